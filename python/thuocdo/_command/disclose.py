"""`thuocdo disclose`: what readers can find out about the figures that are withheld from them."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any, Dict, List, Optional

from .._boards import score
from .._disclosure import AudienceView, DisclosureAudit, DisclosureProposal, audience_view
from .._errors import Problem, data_error
from . import inputs, output
from .texts import text

#: Columns of the table, and which of them are numbers.
SHOWN = ("unit", "node", "lower", "upper", "needed", "status", "why")
NUMBERS = ("lower", "upper", "needed")
#: Decimals of numbers in the table; CSV and JSON have every digit.
DIGITS = 4


def run(given: argparse.Namespace) -> int:
    """Prints every withheld figure with its interval; 1 when one is not safe."""
    model = inputs.open_model(given.model)

    def view_of(data: str, rules: Optional[str], **options: Any) -> AudienceView:
        panel = inputs.open_data(data, model, units=given.units, **options)
        previous = None if given.previous is None else inputs.open_data(given.previous, model, units=given.units)
        board = score(model, panel, as_of=given.as_of, previous=previous)
        return audience_view(board, given.audience, _rules_file(rules))

    view = view_of(given.data, given.rules, period=given.period)
    earlier = [view_of(data, given.earlier_rules or given.rules) for data in given.earlier]
    demands: Dict[str, Any] = {"safe_width": given.safe_width, "values_in_full": not given.rounded_values, "earlier": earlier}
    found = view.audit(**demands)
    proposal = view.propose(**demands) if given.propose and not found.is_safe else None
    if given.json:
        output.write(output.as_json(_document(view, found, proposal)), given.output)
    elif given.csv:
        rows = _rows(found)
        output.write(output.as_csv(list(rows[0]) if rows else SHOWN, [list(row.values()) for row in rows]), given.output)
    else:
        output.write(_text(found, proposal, given.propose, given.lang), given.output)
    return 0 if found.is_safe else 1


def _rules_file(file: Optional[str]) -> Optional[Path]:
    if file is None:
        return None
    if not os.path.exists(file):
        raise data_error("no such rules", [Problem("file_not_found", file, "no such file", "a JSON document of rules", "check the path")])
    return Path(file)


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and abs(value) == float("inf") else value


def _rows(found: DisclosureAudit) -> List[Dict[str, Any]]:
    return [{name: _finite(value) for name, value in row.items() if name != "unknown"} for row in found.rows()]


def _document(view: AudienceView, found: DisclosureAudit, proposal: Optional[DisclosureProposal]) -> Dict[str, Any]:
    model = view.board.model
    document: Dict[str, Any] = {
        "model": {"id": model.id, "version": model.version, "digest": model.digest},
        "audience": view.audience,
        "safe_width": found.safe_width,
        "safe": found.is_safe,
        "unsafe": found.unsafe,
        "withheld": _rows(found),
        "assumed": found.assumed,
    }
    if proposal is not None:
        document["proposal"] = {
            "steps": proposal.rows(),
            "smallest": proposal.exact,
            "lower_bound": proposal.lower_bound,
            "unsafe": proposal.unsafe,
        }
    return document


def _text(found: DisclosureAudit, proposal: Optional[DisclosureProposal], asked: bool, language: str) -> str:
    def cell(name: str, value: Any) -> str:
        if name in NUMBERS:
            return output.number(None if _finite(value) is None else round(value, DIGITS))
        return text(value, language) if name == "status" else str(value)

    lines = [[cell(name, row[name]) for name in SHOWN] for row in found.rows()]
    right = [column for column, name in enumerate(SHOWN) if name in NUMBERS]
    parts = [output.aligned([text(name, language) for name in SHOWN], lines, right).rstrip("\n"), ""] if lines else []
    parts.append(f"{text('withheld', language)}: {len(found)}; {text('not safe', language)}: {found.unsafe}")
    if proposal is not None:
        proved = text("smallest" if proposal.exact else "not proved smallest", language)
        parts += ["", f"{text('proposal', language)} ({proved}):"]
        parts += [f"  {row['text']}" for row in proposal.rows()] or [f"  {text('nothing', language)}"]
        if proposal.unsafe:
            parts.append(f"{text('still not safe', language)}: {proposal.unsafe}")
    elif asked:
        parts.append(f"{text('proposal', language)}: {text('nothing', language)}")
    return "\n".join(parts) + "\n"
