"""Columns of a table as numbers, states and ratio parts; whatever is no number is named with unit and column."""

from __future__ import annotations

import decimal
import numbers
import re
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy
from numpy.typing import NDArray

from . import _core
from ._errors import Problem
from ._tables import Table, is_missing

STATE_CODES: Dict[str, int] = {name: number for number, name in enumerate(_core.cell_state_names)}
OBSERVED = STATE_CODES["observed"]
NOT_REPORTED = STATE_CODES["not_reported"]

#: What may stand behind the code of an indicator in the name of a column.
SUFFIXES = ("numerator", "denominator", "state", "source", "date")

_COMMA_NUMBER = re.compile(r"[+-]?\d+,\d+")


def place_of(unit: Any, column: str) -> str:
    return f'unit "{unit}", indicator "{column}"'


def text_problem(unit: Any, column: str, cell: Any) -> Problem:
    """What is wrong with a cell that should be a number."""
    place = place_of(unit, column)
    if not isinstance(cell, str):
        return Problem("not_a_number", place, f"the {type(cell).__name__} {cell}", "a number", "correct it")
    found = f'text "{cell}"'
    text = cell.strip()
    if text.endswith("%"):
        return Problem("percent_sign", place, found, "a number without percent sign", "write 50% as 0.5, or as the model counts")
    if _COMMA_NUMBER.fullmatch(text):
        return Problem("decimal_comma", place, found, "a number with decimal point", "read the column with decimal=','")
    if text == "":
        return Problem("not_a_number", place, found, "a number, or a missing value", "use None or NaN for a missing value")
    return Problem("not_a_number", place, found, "a number", "convert the column to numbers before")


def number_column(
    table: Table, name: str, codes: Sequence[Any], labels: Mapping[str, float], problems: List[Problem]
) -> NDArray[numpy.float64]:
    """A column as float64; texts that are labels of levels become their values."""
    column = table.numbers(name)
    if isinstance(column, numpy.ndarray):
        return column
    out = numpy.full(len(column), numpy.nan)
    for row, cell in enumerate(column):
        number = cell_number(cell, labels)
        if number is None:
            problems.append(text_problem(codes[row], name, cell))
        else:
            out[row] = number
    return out


def cell_number(cell: Any, labels: Mapping[str, float]) -> Optional[float]:
    """A cell as a number, NaN where it is missing, None where it is something else."""
    if is_missing(cell):
        return float("nan")
    if isinstance(cell, str):
        return labels.get(cell)
    if isinstance(cell, (numbers.Real, decimal.Decimal)):
        return float(cell)
    return None


def state_column(cells: Sequence[Any], name: str, codes: Sequence[Any], problems: List[Problem]) -> List[Optional[int]]:
    """States by word; None where none is given."""
    out: List[Optional[int]] = []
    for row, cell in enumerate(cells):
        if is_missing(cell) or cell == "":
            out.append(None)
            continue
        known = STATE_CODES.get(cell) if isinstance(cell, str) else None
        if known is None:
            problems.append(
                Problem("unknown_state", place_of(codes[row], name), f"state {cell!r}", f"one of {', '.join(STATE_CODES)}", "correct it")
            )
        out.append(known)
    return out


class Cells:
    """What a panel holds beside its values, filled column by column."""

    def __init__(self, rows: int, columns: int) -> None:
        self.shape = (rows, columns)
        self.words: Dict[int, List[Optional[int]]] = {}
        self.ratios: Dict[int, Tuple[NDArray[numpy.float64], NDArray[numpy.float64]]] = {}
        self.provenances: List[Tuple[str, Optional[str]]] = []
        self.provenance_ids: Dict[int, NDArray[numpy.int32]] = {}
        self._known: Dict[Tuple[str, Optional[str]], int] = {}

    def provenance(self, source: Any, date: Any) -> int:
        """Number of an entry; -1 for none."""
        if is_missing(source) and is_missing(date):
            return -1
        day = None if is_missing(date) else str(getattr(date, "isoformat", lambda: date)())[:10]
        entry = ("" if is_missing(source) else str(source), day)
        if entry not in self._known:
            self._known[entry] = len(self.provenances)
            self.provenances.append(entry)
        return self._known[entry]

    def check_ratio(self, column: int, name: str, codes: Sequence[Any], problems: List[Problem]) -> None:
        """Numerator and denominator come together or not at all."""
        top, bottom = self.ratios[column]
        for row in numpy.flatnonzero(numpy.isnan(top) != numpy.isnan(bottom)).tolist():
            missing = "a denominator without a numerator" if numpy.isnan(top[row]) else "a numerator without a denominator"
            problems.append(
                Problem("incomplete_ratio", place_of(codes[row], name), missing, "both, or a value, or a state", "complete the row")
            )

    def states(self, values: NDArray[numpy.float64]) -> Optional[NDArray[numpy.uint8]]:
        """States of all cells; None where NaN says everything."""
        if not self.words:
            return None
        out = numpy.where(numpy.isnan(values), numpy.uint8(NOT_REPORTED), numpy.uint8(OBSERVED))
        for column, (top, bottom) in self.ratios.items():
            out[~numpy.isnan(top) & ~numpy.isnan(bottom), column] = OBSERVED
        for column, words in self.words.items():
            for row, word in enumerate(words):
                if word is not None:
                    out[row, column] = word
        return out
