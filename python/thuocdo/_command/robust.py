"""`thuocdo robust`: the ranking of the units of a file, and how sure each rank is."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Dict, List, Optional

from .. import _core
from .._boards import score
from .._errors import ModelError, Problem
from .._languages import is_vietnamese
from .._models import IndexModel
from .._progress import on_a_terminal
from .._sensitivity import Sensitivity, sensitivity
from .._uncertainty import FailedDraws, Uncertainty, uncertainty
from . import inputs, output
from .texts import text

#: Decimals of shares and quantiles of scores in the table; CSV and JSON have every digit.
SHARE_DIGITS = 3
SCORE_DIGITS = 2

#: Columns of text in the table; the others are numbers and stand on the right.
TEXTS = ("unit", "name", "factor")


def run(given: argparse.Namespace) -> int:
    """Prints the ranking with the interval of each rank, and on request which factor matters."""
    model = inputs.open_model(given.model)
    factors = _factors(given, model)
    panel = inputs.open_data(given.data, model, period=given.period, units=given.units)
    previous = None if given.previous is None else inputs.open_data(given.previous, model, units=given.units)
    board = score(model, panel, as_of=given.as_of, previous=previous, threads=given.threads)
    bar = on_a_terminal()
    result = uncertainty(
        board, factors, draws=given.draws, seed=given.seed, level=given.level, threads=given.threads, progress=bar
    )
    found = (
        sensitivity(board, factors, samples=given.samples, seed=given.seed, threads=given.threads, progress=bar)
        if given.sensitivity
        else None
    )
    rows = _rows(result, given.top_share)
    shown = rows if given.top is None else rows[: given.top]
    if given.json:
        output.write(output.as_json(_document(result, shown, found)), given.output)
    elif given.csv:
        table = _sensitivity_rows(found) if found is not None else shown
        output.write(output.as_csv(list(table[0]) if table else [], [list(row.values()) for row in table]), given.output)
    else:
        output.write(_text(result, shown, len(rows) - len(shown), found, given.lang), given.output)
    return 0


def _factors(given: argparse.Namespace, model: IndexModel) -> Optional[List[Dict[str, Any]]]:
    """The factors of a file, of --noise, or None for those of the model."""
    if given.factors is not None:
        document = _read_json(given.factors)
        found = document.get("factors") if isinstance(document, dict) else document
        if isinstance(found, list) and all(isinstance(each, dict) for each in found):
            return found
        raise _refusal("bad_factors", given.factors, "something else", 'a JSON list of factors, or an object with "factors"', "")
    if given.noise is not None:
        return [{"noise": given.noise}]
    if not model.factors:
        remedy = "declare them in the model, or give --factors FILE or --noise 0.25"
        raise _refusal("no_factors", f"{given.model}: /factors", "none", "one factor or more", remedy)
    return None


def _read_json(file: str) -> Any:
    try:
        return json.loads(Path(file).read_text(encoding="utf-8"))
    except ValueError as error:
        raise _refusal("bad_json", file, str(error), "JSON in UTF-8", "correct the file") from None


def _refusal(code: str, place: str, found: str, expected: str, remedy: str) -> ModelError:
    problem = Problem(code, place, found, expected, remedy)
    return ModelError(_core.error_message("nothing to vary", [problem]), [problem])


def _rows(result: Uncertainty, top_share: Optional[int]) -> List[Dict[str, Any]]:
    """Rows in the order of the ranking."""
    core = result._core
    order = core.board.ranked_units
    table = core.columns(result.level)
    groups = core.groups(result.level) if 0.5 < result.level <= 1.0 else None
    shares = None if top_share is None else core.probability_top(top_share)
    rows = []
    for place, unit in enumerate(order):
        row: Dict[str, Any] = {name: float(table[name][place]) for name in ("rank", "rank_low", "rank_high", "rank_median")}
        row.update(unit=table["unit"][place], name=table["name"][place])
        row.update({name: float(table[name][place]) for name in ("score", "score_low", "score_high")})
        if shares is not None:
            row[f"top_{top_share}"] = float(shares[unit])
        if groups is not None:
            row["group"] = None if groups[unit] < 0 else groups[unit] + 1
        rows.append(row)
    return rows


def _sensitivity_rows(found: Sensitivity) -> List[Dict[str, Any]]:
    columns = found._columns()
    rows: List[Dict[str, Any]] = []
    for row in zip(*columns.values()):
        rows.append(dict(zip(columns, (cell if isinstance(cell, str) else cell.item() for cell in row))))
    rows.sort(key=lambda row: -row["total"] if row["total"] == row["total"] else float("inf"))
    return rows


def _document(result: Uncertainty, rows: List[Dict[str, Any]], found: Optional[Sensitivity]) -> Dict[str, Any]:
    board = result.board
    model = board.model
    document: Dict[str, Any] = {
        "model": {"id": model.id, "version": model.version, "digest": model.digest},
        "period": board.panel.period or None,
        "as_of": None if board.as_of is None else board.as_of.isoformat(),
        "digest": board.digest,
        "notices": board.notices,
        "factors": result.factors,
        "draws": result.draws,
        "seed": result.seed,
        "level": result.level,
        "failures": [asdict(each) for each in result.failures],
        "counts_digest": result.counts.digest(),
        "ranking": rows,
    }
    if found is not None:
        document["sensitivity"] = {"target": found.target, "runs": found.runs, "factors": _sensitivity_rows(found)}
    return document


def _text(result: Uncertainty, rows: List[Dict[str, Any]], hidden: int, found: Optional[Sensitivity], language: str) -> str:
    board = result.board
    model = board.model
    title = model.name_vi if is_vietnamese(language) else model.name
    period = f", {board.panel.period}" if board.panel.period else ""
    lines = f"{title} ({model.id} {model.version}){period}\n"
    level = f"{text('interval', language)} {output.number(result.level * 100)}%"
    lines += f"{result.draws} {text('draws', language)}, seed {result.seed}, {level}; {text('factors', language)}: {', '.join(result.factors)}\n\n"
    lines += _aligned([_shown(row) for row in rows], language)
    if hidden > 0:
        lines += f"... {hidden} {text('more', language)}\n"
    if found is not None:
        lines += f"\n{text('share of the variance of the mean shift of ranks', language)} ({found.runs} {text('draws', language)})\n\n"
        lines += _aligned([_shown(row) for row in _sensitivity_rows(found)], language)
    lines += _failures(result.failures, result.draws, language)
    if found is not None:
        lines += _failures(found.failures, found.runs, language)
    return lines + "".join(f"! {notice}\n" for notice in board.notices)


def _failures(failures: List[FailedDraws], draws: int, language: str) -> str:
    """A line for each reason."""
    lines = ""
    for each in failures:
        lines += f"! {each.count}/{draws} {text('draws failed', language)} ({each.code}), {text('first draw', language)} {each.first_draw}: {each.text}\n"
    return lines


def _shown(row: Dict[str, Any]) -> Dict[str, str]:
    """A row for people: the two ends of an interval in one cell."""
    out: Dict[str, str] = {}
    for key, value in row.items():
        start = key[: -len("_low")]
        if key.endswith("_low"):
            out[f"{start}_interval"] = _interval(start, value, row[f"{start}_high"])
        elif not key.endswith("_high"):
            out[key] = value if isinstance(value, str) else _number(key, value)
    return out


def _interval(start: str, low: float, high: float) -> str:
    if low != low:
        return "-"
    return f"{_number(f'{start}_low', low)}–{_number(f'{start}_high', high)}"


def _number(key: str, value: Any) -> str:
    if value is None or value != value:
        return "-"
    if key.startswith("top_"):
        return f"{value:.0%}"
    if key in ("score_low", "score_high"):
        return f"{value:.{SCORE_DIGITS}f}"
    if key.startswith(("first", "total")):
        return f"{value:.{SHARE_DIGITS}f}"
    return output.number(value)


def _aligned(rows: List[Dict[str, str]], language: str) -> str:
    if not rows:
        return ""
    keys = list(rows[0])
    right = [k for k, key in enumerate(keys) if key not in TEXTS]
    return output.aligned([_heading(key, language) for key in keys], [list(row.values()) for row in rows], right)


def _heading(key: str, language: str) -> str:
    if key.startswith("top_"):
        return f"P({text('top', language)} {key[len('top_') :]})"
    return text(key, language)
