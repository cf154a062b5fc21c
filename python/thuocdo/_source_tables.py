"""Tables of text and numbers from frames, CSV files and workbooks, each cell with its place in the source."""

from __future__ import annotations

import csv
import os
import re
from typing import Any, Callable, List, Optional, Sequence, Tuple, Union

import numpy
from numpy.typing import NDArray

from ._cells import cell_number, text_problem
from ._errors import CODES_ARE_TEXT, Problem, data_error
from ._frames import default_kind
from ._tables import Table, as_table, is_missing, is_table

PathLike = Union[str, "os.PathLike[str]"]

#: Endings of workbooks that openpyxl reads.
WORKBOOKS = (".xlsx", ".xlsm")

#: A cell of a text file that holds nothing.
MISSING_WORDS = ("", "NA")

SEPARATORS = (",", ";", "\t")

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")

Place = Callable[[int, str], str]


def is_workbook(source: Any) -> bool:
    """Whether it is the path of a workbook."""
    return isinstance(source, (str, os.PathLike)) and os.fspath(source).lower().endswith(WORKBOOKS)


class SourceTable:
    """A table whose cells know where they stand.

    Parameters
    ----------
    table : Table
        The cells by column.
    place : callable
        Row (from 0) and column to a place that a person finds.
    written : bool
        Whether every cell is text as written in a file.
    title : str
        What the table is called in messages.
    from_file : bool
        Whether it was read from a file, so that results are frames of the default kind.
    """

    def __init__(self, table: Table, place: Place, title: str, written: bool = False, from_file: bool = False) -> None:
        self.table = table
        self.place = place
        self.title = title
        self.written = written
        self.kind = default_kind() if from_file else table.kind
        self.row_count = table.row_count
        self.names: List[Any] = list(table.names)

    def __contains__(self, name: str) -> bool:
        return name in self.names or name == self.table.index_name()

    def _raw(self, name: str) -> Sequence[Any]:
        if name not in self.names:
            codes = self.table.index_codes()
            return [] if codes is None else codes
        return self.table.raw(name)

    def cells(self, name: str, missing_words: Sequence[str] = MISSING_WORDS) -> List[Any]:
        """A column as Python objects, a missing cell as None; in a file the words for missing are that too."""
        out = []
        for cell in self._raw(name):
            nothing = is_missing(cell) or cell == "" or (self.written and cell in missing_words)
            out.append(None if nothing else cell)
        return out

    def texts(
        self,
        name: str,
        problems: List[Problem],
        missing_words: Sequence[str] = MISSING_WORDS,
        why: str = CODES_ARE_TEXT,
    ) -> List[Optional[str]]:
        """A column as text, None where it is missing; anything else is a problem."""
        out: List[Optional[str]] = []
        for row, cell in enumerate(self.cells(name, missing_words)):
            if cell is None or isinstance(cell, str):
                out.append(cell)
                continue
            problems.append(
                Problem("not_text", self.place(row, name), f"the {type(cell).__name__} {cell}", "text", why)
            )
            out.append(None)
        return out

    def numbers(
        self, name: str, problems: List[Problem], missing_words: Sequence[str] = MISSING_WORDS
    ) -> NDArray[numpy.float64]:
        """A column as float64, NaN where it is missing; text is a problem, also where it looks like a number (but in a CSV)."""
        if not self.written and name in self.names:
            column = self.table.numbers(name)
            if isinstance(column, numpy.ndarray):
                self._refuse_infinite(column, name, problems)
                return column
        out = numpy.full(self.row_count, numpy.nan)
        for row, cell in enumerate(self.cells(name, missing_words)):
            number = (
                float(cell) if self.written and cell is not None and _NUMBER.fullmatch(cell) else cell_number(cell, {})
            )
            if number is None:
                found = text_problem("", name, cell)
                problems.append(Problem(found.code, self.place(row, name), found.found, found.expected, found.remedy))
            else:
                out[row] = number
        self._refuse_infinite(out, name, problems)
        return out

    def _refuse_infinite(self, column: NDArray[numpy.float64], name: str, problems: List[Problem]) -> None:
        for row in numpy.flatnonzero(numpy.isinf(column)).tolist():
            problems.append(
                Problem(
                    "not_finite",
                    self.place(row, name),
                    str(column[row]),
                    "a finite number, or a missing value",
                    "correct it",
                )
            )


def source_table(
    source: Any, title: str, *, sheet: Optional[str] = None, text_columns: Sequence[str] = ()
) -> SourceTable:
    """Whatever holds a table.

    Parameters
    ----------
    source : frame, dict of columns, or path
        A path ends in ``.csv`` or in that of a workbook.
    title : str
        What the table is called in messages.
    sheet : str, optional
        The sheet of a workbook.
    text_columns : sequence of str
        Columns of text in a workbook, in which numbers are refused.

    Raises
    ------
    DataError
        When it cannot be read.
    """
    if is_table(source):
        return SourceTable(as_table(source), lambda row, name: f'{title}, row {row + 1}, column "{name}"', title)
    if is_workbook(source):
        from ._excel import read_sheet

        return read_sheet(source, sheet, text_columns)
    if isinstance(source, (str, os.PathLike)):
        return read_csv_text(source)
    raise TypeError(
        f"{title}: expected a frame, a dict of columns or the path of a CSV file or workbook, not {type(source).__name__}"
    )


def read_csv_text(path: PathLike) -> SourceTable:
    """The cells of a CSV file as they are written. The separator is that of the header."""
    name = os.path.basename(os.fspath(path))
    header, rows, lines = _records(path, name)
    problems: List[Problem] = []
    for column, text in enumerate(header):
        if text == "":
            problems.append(
                Problem(
                    "column_without_name",
                    f"{name}:1, column {column + 1}",
                    "an empty name",
                    "a name",
                    "name the column",
                )
            )
        elif header.index(text) != column:
            problems.append(
                Problem(
                    "duplicate_column",
                    f"{name}:1, column {column + 1}",
                    f'"{text}" again',
                    "a name of its own",
                    "rename it",
                )
            )
    for line, row in zip(lines, rows):
        if len(row) != len(header):
            problems.append(
                Problem(
                    "shape",
                    f"{name}:{line}",
                    f"{len(row)} fields",
                    f"{len(header)}, as in the header",
                    "complete the row",
                )
            )
    if problems:
        raise data_error("the file cannot be used", problems)
    columns = {text: [row[column] for row in rows] for column, text in enumerate(header)}
    return SourceTable(
        Table(columns),
        lambda row, column: f'{name}:{lines[row]}, column "{column}"',
        name,
        written=True,
        from_file=True,
    )


def _records(path: PathLike, name: str) -> Tuple[List[str], List[List[str]], List[int]]:
    """Header, rows, and the line at which each row ends."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            reader = csv.reader(file, delimiter=max(SEPARATORS, key=first.count), strict=True)
            rows: List[List[str]] = []
            lines: List[int] = []
            for row in reader:
                if row:
                    rows.append(row)
                    lines.append(reader.line_num)
    except UnicodeDecodeError as error:
        found = Problem("not_utf8", name, f"byte {error.start} is no UTF-8", "a text file in UTF-8", "save it as UTF-8")
        raise data_error("the file cannot be read", [found]) from None
    except csv.Error as error:
        found = Problem(
            "bad_csv", f"{name}:{reader.line_num}", str(error), "fields as RFC 4180 writes them", "correct the quotes"
        )
        raise data_error("the file cannot be read", [found]) from None
    except OSError as error:
        found = Problem(
            "unreadable_file", name, error.strerror or str(error), "a file that can be read", "check the path"
        )
        raise data_error("the file cannot be read", [found]) from None
    if not rows:
        raise data_error(
            "the file cannot be read", [Problem("empty_file", name, "no line", "a header and rows", "check the path")]
        )
    return rows[0], rows[1:], lines[1:]
