"""Tables as workbooks and CSV that no spreadsheet program takes for formulas."""

from __future__ import annotations

import decimal
import io
import numbers
import os
import re
import zipfile
from datetime import date, datetime, time
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Set

import numpy

from . import _core
from ._errors import Problem, data_error
from ._excel import _openpyxl
from ._source_tables import PathLike
from ._tables import as_table, is_missing

#: What a sheet and a cell can hold (specification of Excel).
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_LETTERS = 32_767
MOST_TITLE_LETTERS = 31

#: Largest whole number below which every whole number is a double.
LARGEST_EXACT = 2**53

#: Days from which Excel counts without its leap day of 1900 that never was.
FIRST_DAY = date(1900, 3, 1)

#: Letters with which a spreadsheet program takes a text for a formula or command; the wide ones stand for the narrow.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

#: What the title of a sheet must not contain, and a title that Excel keeps for itself.
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
RESERVED_TITLE = "history"

#: Letters that XML cannot hold, or would change, and what looks like one that was escaped already.
_ESCAPED = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

#: Half of a letter beyond the basic plane, which UTF-8 cannot hold.
_HALF_LETTER = re.compile(r"[\ud800-\udfff]")

#: Widths of columns in letters.
LEAST_WIDTH = 6
MOST_WIDTH = 60
HEADER_MARGIN = 4
#: Rows that are looked at for the width of a column.
MEASURED_ROWS = 1000

GENERAL = "General"
TEXT = "@"
WHOLE = "0"
DECIMALS = "0.00##"
PER_CENT = "0%"
DAY = "yyyy-mm-dd"
MOMENT = "yyyy-mm-dd hh:mm:ss"

HEADER_FILL = "FFE8EEF3"

#: A workbook says when it was made; the same tables must give the same bytes.
CREATED = datetime(2000, 1, 1)
ZIP_TIME = (2000, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(modified|created)[^>]*>)[^<]*(</dcterms:)")

Frame = Any
Columns = Dict[str, Sequence[Any]]


class Sheet(NamedTuple):
    """A table with the title of its sheet and the formats of its columns."""

    title: str
    columns: Columns
    formats: Mapping[str, str]


def write_excel(path: PathLike, sheets: Mapping[str, Frame], *, formats: Optional[Mapping[str, Mapping[str, str]]] = None) -> None:
    """Writes tables into a workbook, one sheet a table, such that a cell is what it was: a number, a day, or a text.

    A text is never a formula: one that begins like a formula is written as text with Excel's mark for quoted text, and reads
    as it was. Codes keep their zeros in front. Letters that a workbook cannot hold are written as Excel does (``_x0000_``);
    `read_excel` reads them back. The first row is frozen and has filters. The same tables give the same bytes.

    Parameters
    ----------
    path : path
        The file, ``.xlsx``; replaced as a whole, or left as it was when something is wrong.
    sheets : dict
        By the name of the sheet: frames (pandas with the codes of a named or textual index first, polars, Arrow) or dicts of
        columns. Names become titles that Excel takes: without ``[]:*?/\\``, at most 31 letters, unique.
    formats : dict, optional
        By the name of the sheet and of the column, the number format, such as ``"0.0%"``. Default: whole numbers without,
        others with two to four decimals, days as ``yyyy-mm-dd``.

    Raises
    ------
    DataError
        Naming every cell with more than 32,767 letters or an infinite number, and every sheet with more than 1,048,576 rows
        or 16,384 columns; nothing is written then.
    ImportError
        When openpyxl is not installed.

    Notes
    -----
    A missing value is an empty cell. Whole numbers beyond 2^53, days before March 1900 and moments with an offset from UTC
    are written as texts, since a workbook cannot hold them exactly.
    """
    given = formats or {}
    write_sheets(path, [Sheet(str(name), columns_of(frame), given.get(name, {})) for name, frame in sheets.items()])


def write_csv(path: Optional[PathLike], frame: Frame, *, safe: bool = True, separator: str = ",", byte_order_mark: bool = False) -> str:
    """Writes a table as CSV that no spreadsheet program takes for formulas.

    A text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end, or with blanks before one of them, **gets an
    apostrophe in front**; numbers stay as they are. The text is thereby changed: with ``safe=False`` every text is written as
    it is, for programs that read it back exactly. All texts are in quotes. A spreadsheet program that is told another
    separator than the file has can still split a text into cells of its own.

    Parameters
    ----------
    path : path, optional
        Where to write it, in UTF-8.
    frame : frame or dict of columns
        As for `write_excel`.
    safe : bool
        Whether texts that look like formulas get an apostrophe.
    separator : str
        Comma, semicolon or tab.
    byte_order_mark : bool
        Begin the file with the mark by which Excel knows UTF-8.

    Returns
    -------
    str
        The text, without the mark. Numbers are the shortest that read back the same; a missing value is an empty cell; days
        are ``YYYY-MM-DD``.

    Raises
    ------
    DataError
        Naming every text that is no Unicode and so cannot be put into a file.
    """
    if separator not in (",", ";", "\t"):
        raise ValueError(f"separator: expected comma, semicolon or tab, not {separator!r}")
    columns = columns_of(frame)
    lines = [separator.join(_quoted(name, safe) for name in columns)]
    lines += [separator.join(_csv_cell(cell, safe) for cell in row) for row in zip(*columns.values())]
    text = "".join(line + "\n" for line in lines)
    if path is not None:
        _refuse_half_letters(columns)
        with open(path, "w", encoding="utf-8-sig" if byte_order_mark else "utf-8", newline="") as file:
            file.write(text)
    return text


def columns_of(frame: Frame) -> Columns:
    """The columns as Python objects, None where a cell is missing; codes in the index of a pandas frame come first."""
    if isinstance(frame, numpy.ndarray) and frame.dtype.names:
        frame = {name: frame[name] for name in frame.dtype.names}
    if isinstance(frame, Mapping):
        # Nanoseconds would become plain numbers.
        frame = {name: _in_microseconds(values) for name, values in frame.items()}
    table = as_table(frame)
    columns: Columns = {}
    codes = table.index_codes()
    if codes is not None:
        name = table.index_name() or "unit"
        columns["index" if name in table.names else name] = [None if is_missing(each) else each for each in codes]
    for name in table.names:
        columns[str(name)] = table.cells(name)
    return columns


def _in_microseconds(values: Any) -> Any:
    if isinstance(values, numpy.ndarray) and values.dtype == numpy.dtype("datetime64[ns]"):
        return values.astype("datetime64[us]")
    return values


def is_like_formula(text: str) -> bool:
    """Whether a spreadsheet program could take the text for a formula or command."""
    return text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)


def write_sheets(path: PathLike, sheets: Sequence[Sheet]) -> None:
    """Writes the sheets when all of them can be written."""
    openpyxl = _openpyxl()
    problems = [problem for sheet in sheets for problem in _problems(sheet)]
    if not sheets:
        problems.append(Problem("no_sheet", os.path.basename(os.fspath(path)), "no table", "one or more", "give a table"))
    if problems:
        raise data_error("the workbook cannot be written", problems)
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = "thuocdo"
    taken: Set[str] = set()
    for sheet in sheets:
        _SheetWriter(openpyxl, book, sheet_title(sheet.title, taken), sheet).write()
    made = io.BytesIO()
    book.save(made)
    target = os.fspath(path)
    part = f"{target}.part"
    try:
        with open(part, "wb") as file:
            file.write(_without_times(made))
        os.replace(part, target)
    finally:
        if os.path.exists(part):
            os.remove(part)


def _without_times(made: io.BytesIO) -> bytes:
    """The same archive, which says nothing about when it was made."""
    out = io.BytesIO()
    moment = CREATED.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + moment + rb"\g<3>", content)
            copy = zipfile.ZipInfo(entry.filename, ZIP_TIME)
            copy.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(copy, content)
    return out.getvalue()


def sheet_title(wanted: str, taken: Set[str]) -> str:
    """A title that Excel takes and no other sheet has; it is added to those taken."""
    clean = _cut(_NOT_IN_TITLES.sub(" ", wanted).strip().strip("'").strip(), MOST_TITLE_LETTERS) or "Sheet"
    title, number = clean, 1
    while title.casefold() in taken or title.casefold() == RESERVED_TITLE:
        number += 1
        ending = f" ({number})"
        title = _cut(clean, MOST_TITLE_LETTERS - len(ending)) + ending
    taken.add(title.casefold())
    return title


def _letters(text: str) -> int:
    """Letters as Excel counts them: units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, letters: int) -> str:
    while _letters(text) > letters:
        text = text[:-1]
    return text.rstrip(" '")


def _problems(sheet: Sheet) -> List[Problem]:
    """Everything in a table that a sheet cannot hold."""
    place = f'sheet "{sheet.title}"'
    found: List[Problem] = []
    rows = len(next(iter(sheet.columns.values()), ()))
    if rows + 1 > MOST_ROWS:
        expected = f"at most {MOST_ROWS - 1} beside the header"
        found.append(Problem("too_many_rows", place, f"{rows} rows", expected, "split the table, or write CSV"))
    if len(sheet.columns) > MOST_COLUMNS:
        expected = f"at most {MOST_COLUMNS}"
        found.append(Problem("too_many_columns", place, f"{len(sheet.columns)} columns", expected, "write the long form, or CSV"))
    for name, cells in sheet.columns.items():
        for row, cell in enumerate([name, *cells]):
            where = f"{place}, column \"{name[:MOST_WIDTH]}\", row {row + 1}"
            if isinstance(cell, str):
                # Letters beyond the basic plane count twice.
                if 2 * len(cell) > MOST_LETTERS and _letters(cell) > MOST_LETTERS:
                    expected = f"at most {MOST_LETTERS}"
                    found.append(Problem("text_too_long", where, f"a text of {_letters(cell)} letters", expected, "shorten it, or write CSV"))
            elif isinstance(cell, float) and cell in (float("inf"), float("-inf")):
                found.append(Problem("not_finite", where, f"the number {cell}", "a finite number", "correct it, or write CSV"))
    return found


class _SheetWriter:
    """Writes one table."""

    def __init__(self, openpyxl: Any, book: Any, title: str, sheet: Sheet) -> None:
        self.openpyxl = openpyxl
        self.book = book
        self.title = title
        self.columns = sheet.columns
        self.styles: Dict[str, Any] = {}
        self.formats = {name: sheet.formats.get(name) or _format_of(cells) for name, cells in sheet.columns.items()}

    def write(self) -> None:
        sheet = self.book.create_sheet(self.title)
        rows = len(next(iter(self.columns.values()), ()))
        letter = self.openpyxl.utils.get_column_letter
        for k, (name, cells) in enumerate(self.columns.items()):
            sheet.column_dimensions[letter(k + 1)].width = _width(name, cells, self.formats[name])
        if self.columns:
            sheet.freeze_panes = "A2"
            sheet.auto_filter.ref = f"A1:{letter(len(self.columns))}{rows + 1}"
            sheet.append([self._header(sheet, name) for name in self.columns])
        formats = list(self.formats.values())
        for row in zip(*self.columns.values()):
            sheet.append([self._cell(sheet, cell, form) for cell, form in zip(row, formats)])

    def _text(self, sheet: Any, text: str) -> Any:
        cell = self.openpyxl.cell.WriteOnlyCell(sheet)
        # Assigned to `value`, a text that begins with "=" becomes a formula and a long one is cut.
        cell._value = escaped(text)
        cell.data_type = "s"
        if is_like_formula(text):
            cell.quotePrefix = True
        return cell

    def _header(self, sheet: Any, name: str) -> Any:
        styles = self.openpyxl.styles
        cell = self._text(sheet, name)
        cell.font = styles.Font(bold=True)
        cell.fill = styles.PatternFill("solid", fgColor=HEADER_FILL)
        cell.alignment = styles.Alignment(vertical="top", wrap_text=True)
        return cell

    def _cell(self, sheet: Any, value: Any, form: str) -> Any:
        value = storable(value)
        if value is None:
            return None
        if isinstance(value, str):
            cell = self._text(sheet, value)
            if form == TEXT and not cell.has_style:
                cell._style = self._style(sheet, TEXT)
            elif form == TEXT:
                cell.number_format = TEXT
            return cell
        cell = self.openpyxl.cell.WriteOnlyCell(sheet, value)
        if isinstance(value, float):
            # openpyxl writes 16 digits, which is one too few for some numbers.
            cell._value = repr(value)
        if form != GENERAL and not isinstance(value, bool):
            cell._style = self._style(sheet, form)
        return cell

    def _style(self, sheet: Any, form: str) -> Any:
        """The style of a number format, which the cells share: to look it up for each takes most of the time."""
        if form not in self.styles:
            cell = self.openpyxl.cell.WriteOnlyCell(sheet)
            cell.number_format = form
            self.styles[form] = cell._style
        return self.styles[form]


def escaped(text: str) -> str:
    """The text as a workbook holds it: letters that XML cannot hold by their numbers (ECMA-376, ST_Xstring)."""
    return _ESCAPED.sub(lambda found: f"_x{ord(found.group()):04X}_", text)


def storable(value: Any) -> Any:
    """A value as a number, bool, day, moment or text that a cell holds exactly; None for an empty cell."""
    if isinstance(value, numpy.generic):
        value = value.item()
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, numbers.Integral):
        return int(value) if abs(int(value)) <= LARGEST_EXACT else str(int(value))
    if isinstance(value, (numbers.Real, decimal.Decimal)):
        return float(value)
    if isinstance(value, datetime):
        if value.tzinfo is not None or value.date() < FIRST_DAY:
            return value.isoformat()
        return value.date() if value.time() == time() else datetime.fromisoformat(value.isoformat())
    if isinstance(value, date):
        return value if value >= FIRST_DAY else value.isoformat()
    if isinstance(value, (list, tuple)):
        return ", ".join(str(each) for each in value)
    return str(value)


def _format_of(cells: Sequence[Any]) -> str:
    """The number format that suits a column."""
    known = [cell for cell in cells if cell is not None]
    if not known or any(isinstance(cell, bool) for cell in known):
        return GENERAL
    if all(isinstance(cell, str) for cell in known):
        return TEXT
    if all(isinstance(cell, datetime) and isinstance(storable(cell), datetime) for cell in known):
        return MOMENT
    if all(isinstance(cell, date) for cell in known):
        return MOMENT if any(isinstance(storable(cell), datetime) for cell in known) else DAY
    if all(isinstance(cell, (numbers.Real, decimal.Decimal)) for cell in known):
        return WHOLE if all(float(cell).is_integer() for cell in known) else DECIMALS
    return GENERAL


def _width(name: str, cells: Sequence[Any], form: str) -> float:
    """Letters of the longest of the first cells, within bounds."""
    longest = max((len(word) for word in name.split()), default=0) + HEADER_MARGIN
    longest = max(longest, min(len(name) + HEADER_MARGIN, 2 * LEAST_WIDTH))
    for cell in cells[:MEASURED_ROWS]:
        if isinstance(cell, str):
            longest = max(longest, max(len(line) for line in cell.split("\n")))
        elif cell is not None:
            longest = max(longest, len(form) + 1 if form in (DAY, MOMENT) else len(DECIMALS) + 2)
    return float(min(max(longest, LEAST_WIDTH), MOST_WIDTH))


def _guarded(text: str, safe: bool) -> str:
    return "'" + text if safe and is_like_formula(text) else text


def _refuse_half_letters(columns: Columns) -> None:
    problems = []
    for name, cells in columns.items():
        for row, cell in enumerate([name, *cells]):
            if isinstance(cell, str) and _HALF_LETTER.search(cell):
                place = f"column {name!r}, row {row + 1}"
                problems.append(Problem("not_unicode", place, ascii(cell), "text in Unicode", "correct it, or write a workbook"))
    if problems:
        raise data_error("the table cannot be written", problems)


def _quoted(text: str, safe: bool) -> str:
    return '"' + _guarded(text, safe).replace('"', '""') + '"'


def _csv_cell(value: Any, safe: bool) -> str:
    if isinstance(value, numpy.generic):
        value = value.item()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, decimal.Decimal):
        return str(value)
    if isinstance(value, numbers.Real):
        return _core.shortest(float(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() and value.tzinfo is None else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return _quoted(", ".join(str(each) for each in value) if isinstance(value, (list, tuple)) else str(value), safe)
