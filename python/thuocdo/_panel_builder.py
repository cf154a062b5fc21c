"""Panels out of tables, in wide or long form."""

from __future__ import annotations

from typing import Any, Dict, FrozenSet, List, Optional, Sequence, Tuple

import numpy
from numpy.typing import NDArray

from . import _core
from ._cells import SUFFIXES, Cells, cell_number, number_column, place_of, state_column, text_problem
from ._errors import Problem, data_error
from ._models import IndexModel
from ._tables import Labels, Table, as_table, is_table
from ._units import as_units, attribute_columns, checked_codes, find_codes, is_attribute


def sequence(values: Any) -> List[Any]:
    return values.tolist() if hasattr(values, "tolist") else list(values)


def add_states(cells: Cells, states: Any, indicators: Sequence[str], codes: Sequence[Any], problems: List[Problem]) -> None:
    if states is None:
        return
    if is_table(states):
        table = as_table(states)
        by_name = {name: table.cells(name) for name in table.names if name in indicators}
        unknown = [name for name in table.names if name not in indicators and name not in ("unit", "code")]
        for name in unknown:
            problems.append(Problem("unknown_indicator", "states", f'column "{name}"', "an indicator of the panel", "correct it"))
    else:
        array = numpy.asarray(states, dtype=object)
        if array.shape != cells.shape:
            problems.append(Problem("shape", "states", str(array.shape), str(cells.shape), "give one state a value"))
            return
        by_name = {name: array[:, k].tolist() for k, name in enumerate(indicators)}
    for name, words in by_name.items():
        if len(words) != cells.shape[0]:
            problems.append(Problem("shape", "states", f"{len(words)} rows", f"{cells.shape[0]}, one a unit", "correct it"))
            continue
        cells.words[list(indicators).index(name)] = state_column(words, name, codes, problems)


class PanelBuilder:
    """Makes a panel of a table, in wide or long form."""

    def __init__(self, model: Optional[IndexModel], units: Any, unit_column: Optional[str], states: Any) -> None:
        self.model = model
        self.units = units
        self.unit_column = unit_column
        self.states = states
        self.labels = Labels()
        self.problems: List[Problem] = []
        self.known: FrozenSet[str] = frozenset() if model is None else model._indicator_set()
        columns = {"groups": [], "attributes": []} if model is None else model._unit_columns()
        self.groups: List[str] = columns["groups"]
        self.attributes: List[str] = columns["attributes"]
        self.level_labels = {} if model is None else model._level_labels()

    def build(self, table: Table, period: str, period_end: Optional[str], source: str) -> _core.Panel:
        self.tail = (period, period_end, source)
        names = set(name for name in table.names if isinstance(name, str))
        long_form = "indicator" in names and ("value" in names or "numerator" in names) and "indicator" not in self.known
        return self.long(table) if long_form else self.wide(table)

    def codes_of(self, table: Table) -> Tuple[List[Any], Optional[str]]:
        """Codes of the rows and the column that holds them."""
        if self.units is not None and as_units(self.units) is None:
            self.labels = Labels(table.kind, table.index_name() if table.index_codes() is not None else "unit", table.kind == "pandas")
            return checked_codes(sequence(self.units)), None
        codes, self.labels, used = find_codes(table, self.unit_column)
        return codes, used

    def registry(self, codes: List[Any], table: Table, used: Optional[str]) -> _core.UnitRegistry:
        described = None if self.units is None else as_units(self.units)
        if described is not None:
            return described._core.select(codes)
        attributes = attribute_columns(table, used, self.known, self.groups, self.attributes)
        return _core.UnitRegistry(codes, **attributes)

    def stop_if_any(self) -> None:
        if self.problems:
            raise data_error("the panel cannot be used", self.problems)

    def wide(self, table: Table) -> _core.Panel:
        codes, used = self.codes_of(table)
        registry = self.registry(codes, table, used)
        columns = self.indicator_columns(table, used)
        suffixed = [name for name in table.names if isinstance(name, str) and ":" in name]
        parts = self.suffix_columns(suffixed, columns)
        present = [name for name in columns if name in table.names]
        block = table.block(present) if len(present) == len(columns) else None
        if block is None:
            block = numpy.full((table.row_count, len(columns)), numpy.nan, order="F")
            for k, name in enumerate(columns):
                if name in table.names:
                    block[:, k] = number_column(table, name, codes, self.level_labels.get(name, {}), self.problems)
        owner = table.owner()
        cells = Cells(table.row_count, len(columns))
        for k, name in enumerate(columns):
            if name in parts:
                self.add_parts(table, k, name, parts[name], cells, codes)
        add_states(cells, self.states, columns, codes, self.problems)
        return self.finish(registry, columns, block, owner, cells)

    def indicator_columns(self, table: Table, used: Optional[str]) -> List[str]:
        """Names of the columns that are indicators, in the order of the table."""
        if self.model is not None:
            bases = {name.rpartition(":")[0] for name in table.names if isinstance(name, str) and name.endswith((":numerator", ":state"))}
            columns = [name for name in table.names if isinstance(name, str) and name in self.known]
            return columns + [name for name in self.model.indicators if name in bases and name not in columns]
        columns = []
        for name in table.names:
            if name == used or name == "period":
                continue
            if not isinstance(name, str):
                self.problems.append(
                    Problem("code_not_text", "columns", f"the {type(name).__name__} {name}", "the code of an indicator as text", "rename it")
                )
                continue
            base, _, suffix = name.rpartition(":")
            if suffix in SUFFIXES and base:
                if base not in columns and base not in table.names:
                    columns.append(base)
                continue
            if is_attribute(name, self.groups, self.attributes):
                continue
            column = table.numbers(name)
            if isinstance(column, numpy.ndarray) or not all(isinstance(cell, str) for cell in column if cell is not None):
                columns.append(name)
            elif all(cell is None for cell in column):
                columns.append(name)
        self.stop_if_any()
        return columns

    def suffix_columns(self, names: Sequence[str], columns: Sequence[str]) -> Dict[str, Dict[str, str]]:
        """Columns such as `<code>:numerator`, by indicator and suffix."""
        known = set(columns)
        parts: Dict[str, Dict[str, str]] = {}
        for name in names:
            base, _, suffix = name.rpartition(":")
            if base in known and suffix in SUFFIXES:
                parts.setdefault(base, {})[suffix] = name
        return parts

    def add_parts(self, table: Table, k: int, name: str, parts: Dict[str, str], cells: Cells, codes: Sequence[Any]) -> None:
        if "numerator" in parts and "denominator" in parts:
            cells.ratios[k] = (
                number_column(table, parts["numerator"], codes, {}, self.problems),
                number_column(table, parts["denominator"], codes, {}, self.problems),
            )
            cells.check_ratio(k, name, codes, self.problems)
        elif "numerator" in parts or "denominator" in parts:
            given = "numerator" if "numerator" in parts else "denominator"
            self.problems.append(
                Problem("incomplete_ratio", f'indicator "{name}"', f"a column of {given}s only", "numerators and denominators", "add the other")
            )
        if "state" in parts:
            cells.words[k] = state_column(table.cells(parts["state"]), name, codes, self.problems)
        if "source" in parts or "date" in parts:
            nothing: List[Any] = [None] * table.row_count
            sources = table.cells(parts["source"]) if "source" in parts else nothing
            dates = table.cells(parts["date"]) if "date" in parts else nothing
            ids = [cells.provenance(source, day) for source, day in zip(sources, dates)]
            cells.provenance_ids[k] = numpy.array(ids, dtype=numpy.int32)

    def finish(
        self, registry: _core.UnitRegistry, columns: List[str], values: NDArray[numpy.float64], owner: Any, cells: Cells
    ) -> _core.Panel:
        self.stop_if_any()
        # Keys of a Mapping are invariant, and those of the stub are wider than int.
        ratios: Dict[Any, Any] = dict(cells.ratios)
        provenance_ids: Dict[Any, Any] = dict(cells.provenance_ids)
        return _core.Panel(
            registry,
            columns,
            values,
            owner,
            cells.states(values),
            ratios,
            cells.provenances,
            provenance_ids,
            *self.tail,
        )

    def long(self, table: Table) -> _core.Panel:
        row_codes, used = self.codes_of(table)
        if self.labels.in_index:
            self.labels = Labels(table.kind, self.labels.name, True)
        first_row: Dict[Any, int] = {}
        for row, code in enumerate(row_codes):
            first_row.setdefault(code, row)
        codes = list(first_row)
        row_of = {code: k for k, code in enumerate(codes)}
        names = table.cells("indicator")
        columns = list(self.model.indicators) if self.model is not None else list(dict.fromkeys(names))
        described = table.rows(list(first_row.values()))
        registry = self.registry(codes, described, used)
        shape = (len(codes), len(columns))
        values = numpy.full(shape, numpy.nan, order="F")
        numerators = numpy.full(shape, numpy.nan, order="F")
        denominators = numpy.full(shape, numpy.nan, order="F")
        cells = Cells(*shape)
        column_of = {name: k for k, name in enumerate(columns)}
        nothing: List[Any] = [None] * table.row_count
        given = {
            name: table.cells(name) if name in table.names else nothing
            for name in ("value", "numerator", "denominator", "state", "source", "date")
        }
        seen: Dict[Tuple[int, int], int] = {}
        for row, (code, name) in enumerate(zip(row_codes, names)):
            if name not in column_of:
                expected = f'an indicator of the model "{self.model.id}"' if self.model else "the code of an indicator"
                self.problems.append(Problem("unknown_indicator", f"row {row + 1}", f'indicator "{name}"', expected, "correct or leave out the row"))
                continue
            i, j = row_of[code], column_of[name]
            if (i, j) in seen:
                self.problems.append(
                    Problem("duplicate_cell", place_of(code, name), f"rows {seen[i, j] + 1} and {row + 1}", "one row a cell", "keep one")
                )
                continue
            seen[i, j] = row
            labels = self.level_labels.get(name, {})
            for target, part, words in ((values, "value", labels), (numerators, "numerator", {}), (denominators, "denominator", {})):
                number = cell_number(given[part][row], words)
                if number is None:
                    self.problems.append(text_problem(code, name, given[part][row]))
                else:
                    target[i, j] = number
            word = state_column([given["state"][row]], name, [code], self.problems)[0]
            if word is not None:
                cells.words.setdefault(j, [None] * len(codes))[i] = word
            entry = cells.provenance(given["source"][row], given["date"][row])
            if entry >= 0:
                cells.provenance_ids.setdefault(j, numpy.full(len(codes), -1, dtype=numpy.int32))[i] = entry
        for j, name in enumerate(columns):
            if not (numpy.isnan(numerators[:, j]).all() and numpy.isnan(denominators[:, j]).all()):
                cells.ratios[j] = (numerators[:, j], denominators[:, j])
                cells.check_ratio(j, name, codes, self.problems)
        add_states(cells, self.states, columns, codes, self.problems)
        return self.finish(registry, columns, values, None, cells)
