"""`thuocdo journal`: check, describe, export and import the journal of a live scoreboard."""

from __future__ import annotations

import argparse
import codecs
import json
import sys
from typing import Any, Dict

from .._journal import Journal
from . import output
from .texts import text

OK = 0
BROKEN = 1


class StandardOutput:
    """Takes bytes of UTF-8, cut anywhere, for the standard output."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def write(self, data: bytes) -> None:
        sys.stdout.write(self._decoder.decode(data))


def verify(given: argparse.Namespace) -> int:
    """Prints whether the journal is as it was written; what is wrong goes to the error stream."""
    with Journal(given.file, read_only=True) as journal:
        found = journal.verify(given.expected_head)
    if given.json:
        fields = ("code", "place", "found", "expected", "remedy")
        report: Dict[str, Any] = {
            "journal": given.file,
            "intact": found.intact,
            "events": found.events,
            "chain": found.chain,
            "expected_at": found.expected_at,
            "problems": [{field: getattr(each, field) for field in fields} for each in found.problems],
        }
        output.write(output.as_json(report), None)
        return OK if found.intact else BROKEN
    output.print_problems(found.problems)
    words = [f"{given.file}: {text('intact' if found.intact else 'not intact', given.lang)}"]
    if found.intact:
        words += [f"{found.events} {text('events', given.lang)}", f"{text('chain', given.lang)} {found.chain}"]
        if found.expected_at is not None:
            words.append(f"{text('expected head at event', given.lang)} {found.expected_at}")
    else:
        words.append(f"{text('intact up to event', given.lang)} {found.events}")
    output.write(", ".join(words) + "\n", None)
    return OK if found.intact else BROKEN


def info(given: argparse.Namespace) -> int:
    """Prints what the journal holds, without checking it."""
    with Journal(given.file, read_only=True) as journal:
        report: Dict[str, Any] = {"journal": given.file, "events": len(journal), "chain": journal.chain}
        if len(journal) > 0:
            last = json.loads(next(journal.lines(len(journal))))
            report.update(last_event=last["id"], known=last["known"])
        state = journal.state()
        if state is not None:
            report["stored_state"] = state.sequence
        ignored = journal.ignored_states()
    if given.json:
        output.write(output.as_json(report), None)
    else:
        output.write("".join(f"{text(name, given.lang)}: {value}\n" for name, value in list(report.items())[1:]), None)
    output.print_problems(ignored, given.file)
    return OK


def export(given: argparse.Namespace) -> int:
    """Writes the events as JSON Lines."""
    with Journal(given.file, read_only=True) as journal:
        if given.output is None:
            journal.export_lines(StandardOutput())
            return OK
        count = journal.export_lines(given.output)
    output.write(f"{text('wrote', given.lang)} {given.output}, {count} {text('events', given.lang)}\n", None)
    return OK


def import_events(given: argparse.Namespace) -> int:
    """Appends events, all or none."""
    with Journal(given.file) as journal:
        done = journal.append(sys.stdin.read()) if given.events is None else journal.import_lines(given.events)
    counts = f"{text('added', given.lang)} {done.added}, {text('skipped', given.lang)} {done.skipped}"
    output.write(f"{given.file}: {counts}, {done.last_sequence} {text('events', given.lang)}\n", None)
    return OK
