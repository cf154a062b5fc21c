"""Sheets of workbooks, read strictly. openpyxl is imported when a workbook is read."""

from __future__ import annotations

import os
import re
from datetime import date, datetime, time, timedelta
from typing import Any, Dict, List, Optional, Sequence, Set, Tuple

import numpy

from ._errors import CODES_ARE_TEXT, Problem, data_error
from ._frames import default_kind
from ._source_tables import PathLike, SourceTable
from ._tables import UNIT_COLUMNS, Table
from ._units import TEXT_ATTRIBUTES

#: Columns of codes and names: numbers in them are refused, and texts may look like numbers.
TEXT_COLUMNS = (*UNIT_COLUMNS, *TEXT_ATTRIBUTES, "indicator", "uCode", "uName", "iCode", "iName", "Parent")

#: Columns in which a period may be a number or text.
PERIOD_COLUMNS = ("period", "Time")

#: Columns of units that hold days.
DATE_COLUMNS = ("valid_from", "valid_to")

#: Prefixes and endings of columns that hold words.
TEXT_PREFIX = "group:"
TEXT_SUFFIXES = (":state", ":source")

#: A text that somebody meant as a number.
_LIKE_A_NUMBER = re.compile(r"\s*[+-]?(\d[\d\s.,]*|[.,]\d+)([eE][+-]?\d+)?\s*%?\s*")


#: A letter by its number, as a workbook holds those that XML cannot hold (ECMA-376, ST_Xstring).
#: Halves of letters beyond the basic plane stay numbers, since they are no text.
_NUMBERED_LETTER = re.compile(r"_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise ImportError("a workbook needs openpyxl: pip install thuocdo[excel]") from None
    return openpyxl


def read_excel(
    path: PathLike,
    sheet: Optional[str] = None,
    *,
    text_columns: Sequence[str] = (),
) -> Any:
    """Reads a table from a sheet of a workbook, strictly: a cell is what its column holds, or it is reported.

    The first row holds the names of the columns. Dates are read as dates. Formulas are read as the value that was stored
    with them when the workbook was last saved.

    Parameters
    ----------
    path : path
        An ``.xlsx`` or ``.xlsm`` file.
    sheet : str, optional
        Its name; it may be left out where there is one only.
    text_columns : sequence of str
        Columns of text beside those of codes and names, which are known (``unit``, ``code``, ``name``, ``uCode``,
        ``iCode``, ...). In them numbers are refused; in all others texts that look like numbers.

    Returns
    -------
    frame
        A pandas frame where pandas is installed, else a dict of columns.

    Raises
    ------
    DataError
        Naming every cell: a number where a code belongs, a number written as text, a formula without a stored value, an
        error such as ``#DIV/0!``, text among numbers, cells that are merged, an empty row, a column without name.
    ImportError
        When openpyxl is not installed.
    """
    return frame_of(read_sheet(path, sheet, text_columns).table)


def frame_of(table: Table) -> Any:
    """The columns as a frame: numbers where all are numbers, text and dates as they are."""
    columns: Dict[str, Any] = {}
    for name in table.names:
        cells = list(table.raw(name))
        known = [cell for cell in cells if cell is not None]
        if known and all(isinstance(cell, bool) for cell in known) and len(known) == len(cells):
            columns[name] = numpy.array(cells)
        elif all(isinstance(cell, (int, float)) for cell in known):
            columns[name] = numpy.array([numpy.nan if cell is None else float(cell) for cell in cells])
        else:
            columns[name] = cells
    if default_kind() != "pandas":
        return columns
    import pandas

    return pandas.DataFrame(columns)


def read_sheet(path: PathLike, sheet: Optional[str], text_columns: Sequence[str] = ()) -> SourceTable:
    """A sheet with the place of every cell."""
    return _SheetReader(path, sheet, text_columns).read()


def _open(path: PathLike, values: bool) -> Any:
    openpyxl = _openpyxl()
    from zipfile import BadZipFile

    try:
        return openpyxl.load_workbook(os.fspath(path), data_only=values)
    except (OSError, BadZipFile, KeyError, openpyxl.utils.exceptions.InvalidFileException) as error:
        found = getattr(error, "strerror", None) or str(error)
        problem = Problem(
            "unreadable_file", os.path.basename(os.fspath(path)), found, "a workbook (.xlsx)", "check the path"
        )
        raise data_error("the file cannot be read", [problem]) from None


class _SheetReader:
    """Reads one sheet and collects what is wrong with it."""

    def __init__(self, path: PathLike, sheet: Optional[str], text_columns: Sequence[str]) -> None:
        self.file = os.path.basename(os.fspath(path))
        self.text_columns = frozenset((*TEXT_COLUMNS, *text_columns))
        self.problems: List[Tuple[int, int, Problem]] = []
        self.filled_rows: Set[int] = set()
        values, formulas = _open(path, values=True), _open(path, values=False)
        self.sheet = self._chosen(values, sheet)
        self.values = values[self.sheet]
        self.formulas = formulas[self.sheet]

    def _chosen(self, book: Any, sheet: Optional[str]) -> str:
        names = [str(each.title) for each in book.worksheets]
        if sheet is None and len(names) == 1:
            return names[0]
        if sheet is not None and sheet in names:
            return sheet
        found = f"sheets {', '.join(names)}" if sheet is None else f'no sheet "{sheet}"'
        problem = Problem("unknown_sheet", self.file, found, f"one of {', '.join(names)}", "say which one with sheet=")
        raise data_error("the workbook cannot be read", [problem])

    def _place(self, cell: Any, column: Optional[str] = None) -> str:
        text = f'{self.file}, sheet "{self.sheet}", cell {cell.coordinate}'
        return text if column is None else f'{text}, column "{column}"'

    def _add(self, cell: Any, column: Optional[str], code: str, found: str, expected: str, remedy: str) -> None:
        self.problems.append((cell.row, cell.column, Problem(code, self._place(cell, column), found, expected, remedy)))

    def read(self) -> SourceTable:
        grid = self._grid()
        if not grid:
            found = Problem(
                "empty_sheet",
                f'{self.file}, sheet "{self.sheet}"',
                "no cell",
                "a header and rows",
                "choose another sheet",
            )
            raise data_error("the workbook cannot be read", [found])
        self._refuse_merged(len(grid), len(grid[0]))
        names = self._header(grid[0])
        rows = self._rows(grid)
        columns = {name: self._column(name, [cells[k] for cells in rows]) for k, name in names.items()}
        if self.problems:
            raise data_error(
                "the sheet cannot be used",
                [problem for _, _, problem in sorted(self.problems, key=lambda each: each[:2])],
            )
        cells_of = {name: [cells[k] for cells in rows] for k, name in names.items()}

        def place(row: int, name: str) -> str:
            return (
                self._place(cells_of[name][row], name)
                if name in cells_of
                else f'{self.file}, sheet "{self.sheet}", row {row + 2}'
            )

        return SourceTable(Table(columns), place, f'{self.file}, sheet "{self.sheet}"', from_file=True)

    def _grid(self) -> List[Tuple[Any, ...]]:
        """Cells from the header to the last row and column that hold something; a formula holds something."""
        last_row = last_column = 0
        for cells in self.formulas.iter_rows():
            for cell in cells:
                if cell.value is not None:
                    self.filled_rows.add(cell.row)
                    last_row, last_column = max(last_row, cell.row), max(last_column, cell.column)
        if last_row == 0:
            return []
        return list(self.values.iter_rows(min_row=1, max_row=last_row, max_col=last_column))

    def _refuse_merged(self, rows: int, columns: int) -> None:
        for merged in self.values.merged_cells.ranges:
            if merged.min_row <= rows and merged.min_col <= columns:
                cell = self.formulas.cell(merged.min_row, merged.min_col)
                found = f"merged cells {merged.coord}, of which only the first has a value"
                self._add(cell, None, "merged_cells", found, "one value a cell", "take the merge apart")

    def _header(self, cells: Tuple[Any, ...]) -> Dict[int, str]:
        """Position and name of every column."""
        names: Dict[int, str] = {}
        for k, cell in enumerate(cells):
            name = cell.value
            if name is None or (isinstance(name, str) and name.strip() == ""):
                self._add(
                    cell,
                    None,
                    "column_without_name",
                    "an empty cell",
                    "the name of the column",
                    "name it, or empty the column",
                )
            elif not isinstance(name, str):
                self._add(
                    cell,
                    None,
                    "code_not_text",
                    f"the {type(name).__name__} {name}",
                    "a name as text",
                    "write it as text",
                )
            elif name in names.values():
                self._add(cell, None, "duplicate_column", f'"{name}" again', "a name of its own", "rename it")
            else:
                names[k] = unescaped(name)
        return names

    def _rows(self, grid: List[Tuple[Any, ...]]) -> List[Tuple[Any, ...]]:
        rows = []
        for cells in grid[1:]:
            if cells[0].row not in self.filled_rows:
                self._add(
                    cells[0],
                    None,
                    "empty_row",
                    f"row {cells[0].row} is empty inside the table",
                    "rows without gaps",
                    "delete the row",
                )
                continue
            rows.append(cells)
        return rows

    def _column(self, name: str, cells: List[Any]) -> List[Any]:
        out = [self._value(name, cell) for cell in cells]
        if name not in PERIOD_COLUMNS and not self._is_text(name):
            self._refuse_mixture(name, cells, out)
        return out

    def _is_text(self, name: str) -> bool:
        return name in self.text_columns or name.startswith(TEXT_PREFIX) or name.endswith(TEXT_SUFFIXES)

    def _value(self, name: str, cell: Any) -> Any:
        """What a cell holds, None where it is empty or cannot be used."""
        value = cell.value
        if value is None:
            written = self.formulas.cell(cell.row, cell.column)
            if written.data_type == "f":
                formula = getattr(written.value, "text", written.value)
                remedy = "open the workbook in a spreadsheet program and save it, or paste the values"
                self._add(
                    cell,
                    name,
                    "formula_without_value",
                    f"the formula {formula} without a stored value",
                    "a value",
                    remedy,
                )
            return None
        if cell.data_type == "e":
            self._add(
                cell, name, "error_in_cell", f"the error {value}", "a value, or an empty cell", "correct the formula"
            )
            return None
        if isinstance(value, str):
            value = unescaped(value)
        if isinstance(value, datetime) and value.time() == time():
            value = value.date()
        if isinstance(value, (time, timedelta)):
            self._add(
                cell,
                name,
                "not_a_date",
                f"the time {value}",
                "a number, a text or a date",
                "write it as a number of hours or days",
            )
            return None
        if self._is_text(name):
            return self._text(name, cell, value)
        if not isinstance(value, str):
            return value
        if value.strip() == "":
            self._add(cell, name, "blank_text", "a text of spaces", "a value, or an empty cell", "empty the cell")
            return None
        if name not in PERIOD_COLUMNS and _LIKE_A_NUMBER.fullmatch(value):
            remedy = f"turn it into a number; if it is a code, name the column in text_columns; {CODES_ARE_TEXT}"
            self._add(cell, name, "number_as_text", f'text "{value}"', "a number", remedy)
            return None
        return value

    def _text(self, name: str, cell: Any, value: Any) -> Any:
        if isinstance(value, str) or (isinstance(value, date) and name in DATE_COLUMNS):
            return value
        found = f"the date {value}" if isinstance(value, date) else f"the number {value}"
        remedy = f"format the cells as text and write the code in full; {CODES_ARE_TEXT}"
        self._add(cell, name, "code_not_text", found, "text", remedy)
        return None

    def _refuse_mixture(self, name: str, cells: List[Any], values: List[Any]) -> None:
        """Text or dates among numbers; the kind of the column is that of most of its cells."""
        kinds = [_kind(value) for value in values]
        known = [kind for kind in kinds if kind]
        if len(set(known)) <= 1:
            return
        column_kind = max(dict.fromkeys(known), key=known.count)
        for cell, value, kind in zip(cells, values, kinds):
            if kind and kind != column_kind:
                code = "not_a_number" if column_kind == "number" else "mixed_column"
                self._add(
                    cell,
                    name,
                    code,
                    f'the {kind} "{value}"',
                    f"a {column_kind}, as in the rest of the column",
                    "correct it",
                )


def unescaped(text: str) -> str:
    """The text that a workbook holds, with its numbered letters as themselves."""
    return _NUMBERED_LETTER.sub(lambda found: chr(int(found.group(1), 16)), text)


def _kind(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return "number"
    return "text" if isinstance(value, str) else "date"
