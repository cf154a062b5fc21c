"""`thuocdo explain`: where every point of one unit came from."""

from __future__ import annotations

import argparse
from typing import Any, Dict, List

from .. import _core
from .._boards import score
from .._explanations import Explanation
from .._models import IndexModel
from . import inputs, output
from .texts import text

#: Decimals in the table; CSV and JSON have every digit.
SHOWN_DIGITS = 4

#: Adjustments below this are the last bits of floating point and not shown in the table.
SMALLEST_SHOWN = 1e-9

COLUMNS = ("value", "numerator", "denominator", "target", "rule", "result", "best", "contribution")


def run(given: argparse.Namespace) -> int:
    """Prints one line a node."""
    model = inputs.open_model(given.model)
    panel = inputs.open_data(given.data, model, period=given.period, units=given.units)
    previous = None if given.previous is None else inputs.open_data(given.previous, model, units=given.units)
    explanation = score(model, panel, as_of=given.as_of, previous=previous).explain(given.unit)
    lines = explanation._core.lines()
    if given.json:
        output.write(output.as_json(_document(explanation, lines)), given.output)
    elif given.csv:
        output.write(output.as_csv(list(lines[0]), [list(line.values()) for line in lines]), given.output)
    else:
        output.write(_table(explanation, lines, model, given.lang), given.output)
    return 0


def _document(explanation: Explanation, lines: List[Dict[str, Any]]) -> Dict[str, Any]:
    adjustments = [{"node": node, "what": what, "amount": amount} for node, what, amount in explanation._core.adjustments()]
    return {
        "unit": explanation.unit,
        "name": explanation.name,
        "rank": explanation.rank,
        "score": explanation.score,
        "full_score": explanation.full_score,
        "band": explanation.band,
        "band_reason": explanation.band_reason or None,
        "coverage": explanation.coverage,
        "flags": explanation.flags,
        "lines": lines,
        "adjustments": adjustments,
    }


def _shown(value: float) -> str:
    if value != value:
        return "-"
    return _core.shortest(float(_core.round_decimal(value, SHOWN_DIGITS, "half_up")))


def _table(explanation: Explanation, lines: List[Dict[str, Any]], model: IndexModel, language: str) -> str:
    out = f"{explanation.name} ({explanation.unit}): {text('score', language)} {_shown(explanation.score)}"
    out += f", {text('rank', language)} {_shown(explanation.rank)}"
    if explanation.band:
        name = model._core.band_names(language == "vi").get(explanation.band, explanation.band)
        out += f", {text('band', language)} {name}"
    out += "\n" + (f"{explanation.band_reason}\n" if explanation.band_reason else "")
    out += "".join(f"! {flag}\n" for flag in explanation.flags) + "\n"
    header = [text("node", language), text("name", language)] + [text(name, language) for name in COLUMNS] + [text("note", language)]
    rows = []
    for line in lines:
        cells = ["  " * line["depth"] + line["code"], line["name_vi" if language == "vi" else "name"]]
        cells += [line[name] if isinstance(line[name], str) else _shown(line[name]) for name in COLUMNS]
        rows.append(cells + [", ".join(text(note, language) for note in _notes(line))])
    right = [k + 2 for k, name in enumerate(COLUMNS) if name != "rule"]
    out += output.aligned(header, rows, right)
    for node, what, amount in explanation._core.adjustments():
        if abs(amount) > SMALLEST_SHOWN:
            out += f"{text('adjustment', language)} {node} ({what}): {_shown(amount)}\n"
    return out


def _notes(line: Dict[str, Any]) -> List[str]:
    notes = [line["role"]] if line["role"] != "scored" else []
    if line["leaf"] and line["state"] != "observed":
        notes.append(line["state"])
    if line["imputed"]:
        notes.append("imputed")
    return notes
