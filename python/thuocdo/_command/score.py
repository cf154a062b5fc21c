"""`thuocdo score`: the ranking of the units of a file."""

from __future__ import annotations

import argparse
from typing import Any, Dict, List

from .._boards import Scoreboard, score
from . import inputs, output
from .texts import text


def run(given: argparse.Namespace) -> int:
    """Prints the ranking as a table, CSV or JSON."""
    model = inputs.open_model(given.model)
    panel = inputs.open_data(given.data, model, period=given.period, units=given.units)
    previous = None if given.previous is None else inputs.open_data(given.previous, model, units=given.units)
    return print_ranking(score(model, panel, as_of=given.as_of, previous=previous, threads=given.threads), given)


def print_ranking(board: Scoreboard, given: argparse.Namespace) -> int:
    """Prints a ranking in the form that was asked for."""
    rows = ranking_rows(board, given.within)
    shown = rows if given.top is None else _top(rows, given.top, given.within)
    if given.json:
        output.write(output.as_json(_document(board, shown)), given.output)
    elif given.csv:
        header = list(shown[0]) if shown else ["rank", "unit", "name", "score", "coverage"]
        output.write(output.as_csv(header, [list(row.values()) for row in shown]), given.output)
    else:
        output.write(_table(board, shown, len(rows) - len(shown), given.lang), given.output)
    return 0


def ranking_rows(board: Scoreboard, within: "str | None") -> List[Dict[str, Any]]:
    """Rows from best to worst; with `within`, group by group."""
    core = board._core
    units = core.panel.units
    codes, names = units.codes, units.display_names()
    groups: List[str] = []
    inner = None
    if within is not None:
        inner = core.ranks_within(within)
        columns = units.columns()
        column = {**columns.get("groups", {}), **columns}.get(within)
        groups = list(column) if column is not None else [""] * len(codes)
    bands = core.bands if core.has_bands else []
    rows = []
    for unit in core.ranked_units:
        row: Dict[str, Any] = {}
        if within is not None and inner is not None:
            row[within] = groups[unit]
            row[f"rank_within_{within}"] = float(inner[unit])
        row.update(rank=float(core.ranks[unit]), unit=codes[unit], name=names[unit], score=float(core.scores[unit]))
        if bands:
            row["band"] = bands[unit]
        row["coverage"] = float(core.coverage[unit])
        rows.append(row)
    if within is not None:
        rows.sort(key=lambda row: str(row[within]))
    return rows


def _top(rows: List[Dict[str, Any]], count: int, within: "str | None") -> List[Dict[str, Any]]:
    """The first rows, of each group where there are groups."""
    if within is None:
        return rows[:count]
    seen: Dict[str, int] = {}
    out = []
    for row in rows:
        seen[row[within]] = seen.get(row[within], 0) + 1
        if seen[row[within]] <= count:
            out.append(row)
    return out


def _document(board: Scoreboard, rows: List[Dict[str, Any]]) -> Dict[str, Any]:
    model = board.model
    return {
        "model": {"id": model.id, "version": model.version, "digest": model.digest},
        "period": board.panel.period or None,
        "as_of": None if board.as_of is None else board.as_of.isoformat(),
        "digest": board.digest,
        "notices": board.notices,
        "ranking": [{**row, "flags": board.flags(row["unit"])} for row in rows],
    }


def _table(board: Scoreboard, rows: List[Dict[str, Any]], hidden: int, language: str) -> str:
    model = board.model
    title = model.name_vi if language == "vi" else model.name
    period = f", {board.panel.period}" if board.panel.period else ""
    lines = f"{title} ({model.id} {model.version}){period}\n\n"
    if rows:
        band_names = model._core.band_names(language == "vi")
        keys = list(rows[0])
        cells = [[_cell(key, row[key], band_names) for key in keys] for row in rows]
        numeric = ("rank", "score", "coverage")
        right = [k for k, key in enumerate(keys) if key in numeric or key.startswith("rank_within_")]
        lines += output.aligned([_heading(key, language) for key in keys], cells, right)
    if hidden > 0:
        lines += f"... {hidden} {text('more', language)}\n"
    return lines + "".join(f"! {notice}\n" for notice in board.notices)


def _heading(key: str, language: str) -> str:
    prefix = "rank_within_"
    if not key.startswith(prefix):
        return text(key, language)
    return f"{text('rank', language)} {text('within', language)} {text(key[len(prefix) :], language)}"


def _cell(key: str, value: Any, band_names: Dict[str, str]) -> str:
    if key == "coverage":
        return "-" if value != value else f"{value:.0%}"
    if key == "band":
        return band_names.get(value, value) or "-"
    return value if isinstance(value, str) else output.number(value)
