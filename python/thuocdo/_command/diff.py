"""`thuocdo diff`: two publications, who moved, by how much, and why."""

from __future__ import annotations

import argparse
from typing import Any, Dict, List, Optional

from .. import _core
from .._diff import Diff
from .._publications import load_publication, publication_diff
from . import output
from .texts import text

#: Columns of numbers that every form has, before those of the causes.
NUMBERS = ("rank_before", "rank_after", "score_before", "score_after", "score_change")
#: Causes of a change, in the order in which they are let in.
CAUSES = ("date", "own_data", "peers", "leaving", "definition", "entering", "rounding", "arithmetic")
#: Decimals of the table; CSV and JSON have every digit.
DIGITS = 4


def run(given: argparse.Namespace) -> int:
    """Prints the difference of two publications, split by cause where both have their inputs."""
    found = publication_diff(given.old, given.new)
    rows = _rows(found, given)
    if given.json:
        output.write(output.as_json(_document(found, rows)), given.output)
    elif given.csv:
        output.write(output.as_csv(list(rows[0]) if rows else ["unit"], [list(row.values()) for row in rows]), given.output)
    else:
        output.write(_text(found, rows, given.lang), given.output)
    return 0


def _rows(found: Optional[Diff], given: argparse.Namespace) -> List[Dict[str, Any]]:
    if found is None:
        table: Dict[str, Any] = _core.printed_changes(load_publication(given.old)._core, load_publication(given.new)._core)
    else:
        table = dict(found._table())
    keys = ["unit", "name", "status", *NUMBERS]
    if found is not None:
        keys += [cause for cause in CAUSES if any(amount == amount and amount != 0.0 for amount in table[cause])]
    return [{key: table[key][row] for key in keys} for row in range(len(table["unit"]))]


def _document(found: Optional[Diff], rows: List[Dict[str, Any]]) -> Dict[str, Any]:
    document: Dict[str, Any] = {"split": found is not None, "units": rows}
    if found is not None:
        document["definition"] = found._core.definition()["text"]
    return document


def _text(found: Optional[Diff], rows: List[Dict[str, Any]], language: str) -> str:
    note = "" if found is not None else f"{text('only printed figures are compared: the publications do not hold their inputs', language)}\n\n"
    if not rows:
        return note
    keys = list(rows[0])
    cells = [[row[key] if isinstance(row[key], str) else _number(key, row[key]) for key in keys] for row in rows]
    right = [k for k, key in enumerate(keys) if key not in ("unit", "name", "status")]
    lines = note + output.aligned([text(key, language) for key in keys], cells, right)
    if found is not None:
        changes = found._core.definition()
        for words in changes["text_vi" if language == "vi" else "text"]:
            lines += f"! {words}\n"
    return lines


def _number(key: str, value: float) -> str:
    if value != value:
        return "-"
    return output.number(value) if key.startswith("rank") else f"{value:.{DIGITS}f}"
