"""What changed on a live scoreboard, and pictures of it."""

from __future__ import annotations

from datetime import date
from typing import Any, Dict, List, Optional

import numpy

from . import _core, _html
from ._boards import SHOWN_ROWS, text_of_unit
from ._frames import make_frame, whole_numbers
from ._models import IndexModel
from ._tables import Labels

_CHANGE_NUMBERS = ("score_before", "score_after", "rank_before", "rank_after")
_CHANGE_BANDS = ("band_before", "band_after")


def labels_beside(labels: Labels, columns: Dict[str, Any]) -> Labels:
    """Where the codes go, under a name that no other column has."""
    if not labels.in_index and labels.name in columns:
        return Labels(labels.kind, "unit")
    return labels


def plain(value: Any) -> Any:
    """A number that JSON can hold: whole ones as integers, a missing one as None."""
    number = float(value)
    if number != number:
        return None
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def ranking_frame(labels: Labels, columns: Dict[str, Any]) -> Any:
    """The columns of a ranking as a frame like that of `Scoreboard.ranking`."""
    codes = columns.pop("unit")
    columns["rank"] = whole_numbers(columns["rank"])
    if "band" in columns:
        columns["band"] = [band or None for band in columns["band"]]
    return make_frame(labels_beside(labels, columns), columns, codes)


def ranking_records(columns: Dict[str, Any]) -> List[Dict[str, Any]]:
    """The rows of a ranking as plain values."""
    records = []
    for row, code in enumerate(columns["unit"]):
        record: Dict[str, Any] = {"rank": plain(columns["rank"][row]), "unit": code, "name": columns["name"][row]}
        record["score"] = plain(columns["score"][row])
        if "band" in columns:
            record["band"] = columns["band"][row] or None
        record["coverage"] = plain(columns["coverage"][row])
        records.append(record)
    return records


def ranking_text(columns: Dict[str, Any]) -> List[str]:
    """A line a row: rank, code, name, score, band."""
    lines = []
    for row in ranking_records(columns):
        band = f", {row['band']}" if row.get("band") else ""
        lines.append(f"{_html.shown(row['rank']):>5}  {row['unit']}  {row['name']}  {_html.shown(row['score'])}{band}")
    return lines


def ranking_html(caption: str, columns: Dict[str, Any], notes: List[str]) -> str:
    """A ranking as an HTML table."""
    header = ["rank", "unit", "name", "score", *(["band"] if "band" in columns else []), "coverage"]
    rows = [[record[name] for name in header] for record in ranking_records(columns)]
    return _html.table(caption, header, rows, notes)


class BoardUpdate:
    """Everything that one call changed on a live scoreboard.

    Its length is the number of units whose published total, rank or band changed. A subscriber gets one that holds the
    changes which passed its filter.
    """

    __slots__ = ("_core", "_labels", "_selected")

    def __init__(self, core: _core.BoardUpdate, labels: Labels, selected: Any = None) -> None:
        self._core = core
        self._labels = labels
        self._selected = selected

    @property
    def sequence(self) -> int:
        """Events that the board has followed by now."""
        return self._core.sequence

    @property
    def as_of(self) -> date:
        """The day of the board."""
        return date.fromisoformat(self._core.as_of)

    @property
    def new_events(self) -> int:
        """Events that were new in this call."""
        return self._core.new_events

    @property
    def rebuilt(self) -> bool:
        """Whether units, model or another period changed, so that everything was computed again."""
        return self._core.rebuilt

    @property
    def open_problems(self) -> int:
        """Problems that keep the board from being scored; while there are any, nothing is listed as changed."""
        return self._core.open_problems

    @property
    def changes(self) -> Any:
        """Units whose published total, rank or band changed.

        Returns
        -------
        frame
            Codes of units, ``name``, ``score_before``, ``score_after``, ``rank_before``, ``rank_after`` and, where the model
            has bands, ``band_before`` and ``band_after``; missing where there was or is none.
        """
        columns = self._columns()
        codes = columns.pop("unit")
        for name in ("rank_before", "rank_after"):
            columns[name] = whole_numbers(columns[name])
        return make_frame(labels_beside(self._labels, columns), columns, codes)

    @property
    def results(self) -> Any:
        """Results of nodes that changed, from the leaves up: ``unit``, ``name``, ``node``, ``before``, ``after``; empty after a rebuild."""
        return make_frame(self._labels, self._core.results(), labelled=False)

    def overtaken(self, unit: str) -> List[str]:
        """Codes of the units that were before a unit in the ranking and are after it now.

        Parameters
        ----------
        unit : str
            Code, or a name that no other unit has.
        """
        return self._core.overtaken_by(text_of_unit(unit))

    def records(self) -> List[Dict[str, Any]]:
        """The changes as plain values that JSON can hold, with the codes of those that each unit overtook."""
        columns = self._columns()
        records = []
        for row, code in enumerate(columns["unit"]):
            record: Dict[str, Any] = {"unit": code, "name": columns["name"][row]}
            record.update({name: plain(columns[name][row]) for name in _CHANGE_NUMBERS})
            record.update({name: columns[name][row] for name in _CHANGE_BANDS if name in columns})
            record["overtaken"] = self._core.overtaken_by(code)
            records.append(record)
        return records

    def _columns(self) -> Dict[str, Any]:
        columns = self._core.changes(self._selected)
        for name in _CHANGE_BANDS:
            if self._core.has_bands:
                columns[name] = [band or None for band in columns[name]]
            else:
                del columns[name]
        return columns

    def __len__(self) -> int:
        return self._core.size if self._selected is None else len(self._selected)

    def __repr__(self) -> str:
        if self.open_problems:
            return f"<BoardUpdate as of {self.as_of}, {self.sequence} events: {self.open_problems} open problems>"
        lines = [f"<BoardUpdate as of {self.as_of}, {self.sequence} events: {len(self)} units changed>"]
        columns = self._columns()
        for row in range(min(len(self), SHOWN_ROWS)):
            parts = [
                f"{part} {_html.shown(before)} -> {_html.shown(after)}"
                for part, before, after in self._moves(columns, row)
            ]
            lines.append(f"  {columns['unit'][row]}  {columns['name'][row]}: {', '.join(parts)}")
        if len(self) > SHOWN_ROWS:
            lines.append(f"... {len(self) - SHOWN_ROWS} more")
        return "\n".join(lines)

    @staticmethod
    def _moves(columns: Dict[str, Any], row: int) -> List[Any]:
        """What is not as before, as (what, before, after)."""
        moves = []
        for part in ("score", "rank", "band"):
            if f"{part}_before" not in columns:
                continue
            before, after = columns[f"{part}_before"][row], columns[f"{part}_after"][row]
            # Missing before and after is no move.
            if before != after and not (before != before and after != after):
                moves.append((part, before, after))
        return moves

    def _repr_html_(self) -> str:
        if self.open_problems:
            return _html.table(f"as of {self.as_of}: {self.open_problems} open problems", [], [])
        columns = self._columns()
        header = list(columns)
        rows = [[columns[name][row] for name in header] for row in range(min(len(self), SHOWN_ROWS))]
        rows = [[each.item() if isinstance(each, numpy.generic) else each for each in row] for row in rows]
        notes = [f"{len(self) - SHOWN_ROWS} more"] if len(self) > SHOWN_ROWS else []
        return _html.table(f"as of {self.as_of}, {self.sequence} events: {len(self)} units changed", header, rows, notes)


class BoardSnapshot:
    """The results, totals, ranks and bands of a live scoreboard at one moment.

    Immutable: any thread keeps it as long as it likes while the board goes on, and all of it belongs to the same moment.
    """

    __slots__ = ("_core", "_labels")

    def __init__(self, core: _core.BoardSnapshot, labels: Labels) -> None:
        self._core = core
        self._labels = labels

    @property
    def model(self) -> IndexModel:
        """The model in force."""
        return IndexModel(self._core.model)

    @property
    def sequence(self) -> int:
        """Events that the board had followed."""
        return self._core.sequence

    @property
    def as_of(self) -> date:
        """The day of the board."""
        return date.fromisoformat(self._core.as_of)

    @property
    def period(self) -> str:
        """The period that was scored."""
        return self._core.period

    @property
    def open_problems(self) -> int:
        """Problems for which `score` would refuse the data."""
        return self._core.open_problems

    @property
    def is_scorable(self) -> bool:
        """Whether there are totals, ranks and bands."""
        return self.open_problems == 0

    def ranking(self, limit: Optional[int] = None) -> Any:
        """Units from best to worst as a frame, as `LiveScoreboard.ranking` gives it.

        Raises
        ------
        DataError
            While the board is not scorable; so do the questions below.
        """
        return ranking_frame(self._labels, self._columns(limit))

    def records(self, limit: Optional[int] = None) -> List[Dict[str, Any]]:
        """The rows of the ranking as plain values that JSON can hold."""
        return ranking_records(self._columns(limit))

    def _columns(self, limit: Optional[int]) -> Dict[str, Any]:
        return self._core.ranking(len(self) if limit is None else limit)

    def score(self, unit: str) -> float:
        """The published total of a unit, by its code or name; NaN without one."""
        return self._core.score(text_of_unit(unit))

    def rank(self, unit: str) -> float:
        """The rank of a unit; NaN without one."""
        return self._core.rank(text_of_unit(unit))

    def band(self, unit: str) -> Optional[str]:
        """Code of the band of a unit, if it has one."""
        return self._core.band(text_of_unit(unit)) or None

    def result(self, unit: str, node: str) -> float:
        """The result of a node for a unit; also while the board is not scorable."""
        return self._core.result(text_of_unit(unit), node)

    def units_at(self, rank: float) -> List[str]:
        """Codes of the units that hold a rank."""
        return self._core.units_at(rank)

    def __len__(self) -> int:
        return self._core.unit_count

    def _caption(self) -> str:
        model = self.model
        return f"{model.id} {model.version}, {self.period or 'no period'}, as of {self.as_of}: {len(self)} units, {self.sequence} events"

    def __repr__(self) -> str:
        return "\n".join([f"<{type(self).__name__} of {self._caption()}>", *self._lines()])

    def _lines(self) -> List[str]:
        if not self.is_scorable:
            return [f"{self.open_problems} open problems"]
        more = [f"... {len(self) - SHOWN_ROWS} more"] if len(self) > SHOWN_ROWS else []
        return ranking_text(self._columns(SHOWN_ROWS)) + more

    def _repr_html_(self) -> str:
        if not self.is_scorable:
            return _html.table(self._caption(), [], [], [f"{self.open_problems} open problems"])
        notes = [f"{len(self) - SHOWN_ROWS} more"] if len(self) > SHOWN_ROWS else []
        return ranking_html(self._caption(), self._columns(SHOWN_ROWS), notes)
