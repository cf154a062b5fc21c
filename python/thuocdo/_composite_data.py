"""The table iData: values and attributes of units by the rows of iMeta."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy

from . import _core
from ._composite_meta import TYPES, MetaReader
from ._dates import iso_date, period_key
from ._errors import CODES_ARE_TEXT, Problem
from ._models import IndexModel
from ._panels import Panel
from ._source_tables import SourceTable
from ._tables import Labels
from ._units import Units

#: Columns of iData that are no data.
UNIT_CODE, UNIT_NAME, TIME = "uCode", "uName", "Time"


class PanelReader:
    """Reads iData by the rows of iMeta."""

    def __init__(self, table: SourceTable, meta: MetaReader, problems: List[Problem], ignored: Sequence[str]) -> None:
        self.table = table
        self.meta = meta
        self.problems = problems
        self.values: Dict[str, Any] = {}
        self.described: Dict[str, Any] = {}
        self.codes: List[str] = []
        self.periods: List[str] = [""] * table.row_count
        self._check_columns(frozenset(ignored))
        self._read_units()
        self._read_columns()

    def _add(self, row: int, column: str, code: str, found: str, expected: str, remedy: str) -> None:
        self.problems.append(Problem(code, self.table.place(row, column), found, expected, remedy))

    def _check_columns(self, ignored: "frozenset[str]") -> None:
        header = f"{self.table.title}, header"
        if UNIT_CODE not in self.table:
            self.problems.append(
                Problem(
                    "missing_column",
                    header,
                    f'no column "{UNIT_CODE}"',
                    "a column of unit codes",
                    f"add it; {CODES_ARE_TEXT}",
                )
            )
        for name in self.table.names:
            if name in (UNIT_CODE, UNIT_NAME, TIME) or name in ignored or name in self.meta.by_code:
                continue
            remedy = "add its row (of type Other if it is not used), or name it in ignored_columns"
            self.problems.append(
                Problem("unknown_column", header, f'column "{name}"', "a column with a row in iMeta", remedy)
            )
        for row in self.meta.rows:
            if row.type == "Aggregate":
                if row.code in self.table:
                    self.meta.at(
                        row,
                        "iCode",
                        "aggregate_in_data",
                        f'a column "{row.code}" in iData',
                        "no column: it is computed",
                        "rename one of them",
                    )
            elif row.code not in self.table:
                what = row.type.lower() if row.type in TYPES else "row"
                self.meta.at(
                    row,
                    "iCode",
                    "missing_column",
                    f'the {what} "{row.code}" without column in iData',
                    "a column of that name",
                    "add it",
                )

    def _read_units(self) -> None:
        if UNIT_CODE not in self.table:
            return
        before = len(self.problems)
        codes = self.table.texts(UNIT_CODE, self.problems, missing_words=("",))
        refused = len(self.problems) > before
        for row, code in enumerate(codes):
            if code is None and not refused:
                self._add(
                    row, UNIT_CODE, "missing_code", "no code", "the code of a unit as text", f"add it; {CODES_ARE_TEXT}"
                )
        self.codes = [code or "" for code in codes]
        if UNIT_NAME in self.table:
            names = self.table.texts(UNIT_NAME, self.problems, missing_words=("",), why="names are text")
            self.described["name"] = [name or code for name, code in zip(names, self.codes)]
        if TIME in self.table:
            self._read_periods()
        seen: Dict[Tuple[str, str], int] = {}
        for row, (code, period) in enumerate(zip(self.codes, self.periods)):
            first = seen.setdefault((code, period), row)
            if code and first != row:
                of = f' of period "{period}"' if period else ""
                found = f'"{code}"{of} again, first at {self.table.place(first, UNIT_CODE)}'
                self._add(row, UNIT_CODE, "duplicate_code", found, "one row a unit and period", "delete one of them")

    def _read_periods(self) -> None:
        for row, cell in enumerate(self.table.cells(TIME)):
            if cell is None:
                self._add(row, TIME, "missing_period", "nothing", "a year or another period", "add it")
            else:
                self.periods[row] = _period_text(cell)

    def _read_columns(self) -> None:
        for row in self.meta.rows:
            if row.code not in self.table:
                continue
            if row.type == "Indicator":
                self.values[row.code] = self.table.numbers(row.code, self.problems)
            elif row.type == "Denominator":
                self.described[f"attribute:{row.code}"] = self.table.numbers(row.code, self.problems)
            elif row.type == "Group":
                texts = self.table.texts(row.code, self.problems, why="groups are names, not numbers")
                self.described[f"group:{row.code}"] = [text or "" for text in texts]

    def panels(self, model: IndexModel) -> Dict[str, Panel]:
        """One panel a period, in the order of time."""
        labels = Labels(self.table.kind, UNIT_CODE, UNIT_CODE not in self.table.names)
        columns = model.indicators
        values = numpy.column_stack([self.values[name] for name in columns])
        out = {}
        for period in sorted(set(self.periods), key=period_key):
            rows = [row for row, each in enumerate(self.periods) if each == period]
            described = {name: self._some(cells, rows) for name, cells in self.described.items()}
            units = Units({UNIT_CODE: self._some(self.codes, rows), **described}, unit_column=UNIT_CODE)
            block = numpy.asfortranarray(values[rows])
            panel = Panel(
                block, model=model, units=units, indicators=columns, period=period or None, period_end=_last_day(period)
            )
            panel._labels = labels
            out[period] = panel
        return out

    @staticmethod
    def _some(cells: Sequence[Any], rows: List[int]) -> List[Any]:
        return [cells[row] for row in rows]


def _period_text(cell: Any) -> str:
    """A year, a date or the name of a period as text."""
    if isinstance(cell, (date, datetime)):
        return str(iso_date(cell, TIME))
    if isinstance(cell, (int, float)):
        return _core.shortest(float(cell))
    return str(cell)


def _last_day(period: str) -> Optional[str]:
    """Last day of a period that is one, or the day itself."""
    try:
        return str(_core.parse_period(period).last_day)
    except ValueError:
        pass
    try:
        return date.fromisoformat(period).isoformat()
    except ValueError:
        return None
