"""`thuocdo publish`, `thuocdo verify` and `thuocdo key`: publications and the keys that sign them."""

from __future__ import annotations

import argparse
from typing import Any, Dict

from .._boards import score
from .._errors import Problem, data_error
from .._publications import Publication, Verification, new_key, publish, verify
from .._tasks import load_tasks
from .._uncertainty import uncertainty
from . import inputs, output
from .texts import text

OK = 0
NOT_VERIFIED = 1

#: What follows from what, in the order in which it is printed.
LEVELS = ("digests", "signature", "recomputed")


def run(given: argparse.Namespace) -> int:
    """Publishes a period for an audience and prints where."""
    model = inputs.open_model(given.model)
    panel = inputs.open_data(given.data, model, period=given.period, units=given.units)
    previous = None if given.previous is None else inputs.open_data(given.previous, model, units=given.units)
    board = score(model, panel, as_of=given.as_of, previous=previous, threads=given.threads)
    robust = None if given.draws is None else uncertainty(board, draws=given.draws, seed=given.seed, level=given.level, threads=given.threads)
    since = None
    if given.since is not None:
        before = inputs.open_data(given.since, model, units=given.units)
        since = score(model, before, threads=given.threads)
    made = publish(
        board,
        given.out,
        audience=given.audience,
        period=given.label,
        rules=given.rules,
        safe_width=given.safe_width,
        forced_reason=given.force or "",
        since=since,
        robust=robust,
        tasks=None if given.tasks is None else load_tasks(given.tasks),
        tasks_on=given.tasks_on,
        published_on=given.published_on,
        reason=given.version_reason or "",
        versions=not given.no_versions,
        zip=given.zip,
        key=given.key,
        public_key=given.public_key,
        inputs=given.inputs,
    )
    if given.json:
        output.write(output.as_json(_published(made)), None)
    else:
        words = [f"{made.index} {made.period}", text(made.audience, given.lang), f"{text('version', given.lang)} {made.version}"]
        output.write(f"{', '.join(words)}\n{made.path}\n", None)
    return OK


def run_verify(given: argparse.Namespace) -> int:
    """Prints what a verification found; the exit code is 1 when anything is wrong."""
    model = None if given.model is None else inputs.open_model(given.model)
    if given.data is not None and model is None:
        raise data_error("the data cannot be read", [Problem("model_missing", "--data", "no model", "--model with --data", "give both")])
    panel = None if model is None or given.data is None else inputs.open_data(given.data, model, period=given.period, units=given.units)
    previous = None if model is None or given.previous is None else inputs.open_data(given.previous, model, units=given.units)
    found = verify(
        given.publication,
        model=model,
        panel=panel,
        previous=previous,
        as_of=given.as_of,
        public_key=given.public_key,
        require_signature=given.require_signature,
    )
    output.write(output.as_json(_verified(found)) if given.json else _text(found, given.lang), None)
    return OK if found.ok else NOT_VERIFIED


def run_new_key(given: argparse.Namespace) -> int:
    """Makes a pair of keys and prints the fingerprint of the public one."""
    fingerprint = new_key(given.path)
    output.write(f"{given.path}: {text('secret key', given.lang)}\n{given.path}.pub: {text('public key', given.lang)}, {fingerprint}\n", None)
    return OK


def _published(made: Publication) -> Dict[str, Any]:
    return {
        "index": made.index,
        "period": made.period,
        "audience": made.audience,
        "version": made.version,
        "path": made.path,
        "manifest": made.manifest_digest,
    }


def _verified(found: Verification) -> Dict[str, Any]:
    return {
        "ok": found.ok,
        "index": found.index,
        "period": found.period,
        "version": found.version,
        "manifest": found.manifest_digest,
        "signed_by": found.signed_by or None,
        **{name: getattr(found, name)._asdict() for name in LEVELS},
        "findings": [each._asdict() for each in found.findings],
        "differences": [each._asdict() for each in found.differences],
        "difference_count": found.difference_count,
    }


def _text(found: Verification, language: str) -> str:
    lines = []
    if found.index:
        lines.append(f"{found.index} {found.period}, {text('version', language)} {found.version}")
    for name in LEVELS:
        level = getattr(found, name)
        why = f" ({level.why})" if level.why else ""
        lines.append(f"{text(name, language)}: {text(level.outcome, language)}{why}")
    if found.signed_by:
        lines.append(f"{text('signed by', language)}: {found.signed_by}")
    lines += [f"! {each.code} {each.file}: {text('found', language)} {each.found}; {text('expected', language)} {each.expected}" for each in found.findings]
    for each in found.differences:
        where = " / ".join(part for part in (each.unit, each.node) if part)
        values = f"{text('published', language)} {each.published}, {text('recomputed', language)} {each.recomputed}"
        lines.append(f"  {where} {each.quantity}: {values}")
    hidden = found.difference_count - len(found.differences)
    if hidden > 0:
        lines.append(f"  ... {hidden} {text('more', language)}")
    lines.append(text("nothing is wrong" if found.ok else "not as it was published", language))
    return "\n".join(lines) + "\n"
