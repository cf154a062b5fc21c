"""The units that are ranked, with their attributes."""

from __future__ import annotations

import os
from typing import Any, Dict, List, Optional, Sequence, Tuple, Union

from . import _core
from ._errors import CODES_ARE_TEXT, Problem, data_error
from ._frames import default_kind, make_frame
from ._tables import UNIT_COLUMNS, Labels, Table, as_table, is_missing, is_table

TEXT_ATTRIBUTES = {
    "name": "names_vi",
    "name_vi": "names_vi",
    "name_en": "names_en",
    "level": "level",
    "kind": "kind",
    "type": "kind",
    "parent": "parent",
    "valid_from": "valid_from",
    "valid_to": "valid_to",
}
NUMBER_ATTRIBUTES = ("population",)


class Units:
    """An immutable table of units: official text codes, names, level, kind, parent and groups.

    Make one with `load_units`, or from a table with a column of codes and any of the columns ``name`` (Vietnamese),
    ``name_en``, ``level``, ``kind``, ``parent``, ``valid_from``, ``valid_to``, ``population``, ``attribute:<name>``
    (numbers) and ``group:<name>`` (text).

    Parameters
    ----------
    data : frame, dict of columns, or sequence of str
        The units; a plain sequence is their codes.
    unit_column : str, optional
        The column of the codes.

    Raises
    ------
    DataError
        Naming empty, duplicate and other codes that cannot be used.
    """

    __slots__ = ("_core", "_labels")

    def __init__(self, data: Any, *, unit_column: Optional[str] = None) -> None:
        self._labels = Labels(default_kind(), "unit")
        if isinstance(data, _core.UnitRegistry):
            self._core = data
            return
        if not is_table(data):
            self._core = _core.UnitRegistry(checked_codes(list(data)))
            return
        table = as_table(data)
        codes, self._labels, used = find_codes(table, unit_column)
        self._core = _core.UnitRegistry(codes, **attribute_columns(table, used, frozenset()))

    @property
    def codes(self) -> List[str]:
        """Codes in the order given."""
        return self._core.codes

    def __len__(self) -> int:
        return len(self._core)

    def to_frame(self) -> Any:
        """The units as a frame with the columns that the constructor reads."""
        columns: Dict[str, Any] = {}
        given = self._core.columns()
        for name, attribute in (("name", "names_vi"), ("name_en", "names_en")):
            if attribute in given:
                columns[name] = given[attribute]
        for name in ("level", "kind", "parent", "valid_from", "valid_to"):
            if name in given:
                columns[name] = given[name]
        for name, texts in given.get("groups", {}).items():
            columns[f"group:{name}"] = texts
        for name, numbers in given.get("attributes", {}).items():
            columns[name if name in NUMBER_ATTRIBUTES else f"attribute:{name}"] = numbers
        return make_frame(self._labels, columns, self.codes)

    def __repr__(self) -> str:
        return f"<Units: {len(self)}>"

    def __reduce__(self) -> Tuple[Any, Tuple[_core.UnitRegistry]]:
        return Units, (self._core,)


UnitsLike = Union[Units, str, "os.PathLike[str]", Sequence[str], Any]


def load_units(
    path: Union[str, "os.PathLike[str]"],
    *,
    unit_column: str = "",
    name_column: str = "",
    attribute_columns: Sequence[str] = (),
    group_columns: Sequence[str] = (),
    level: str = "province",
    separator: str = "",
    decimal: str = ".",
) -> Units:
    """Reads a CSV table of units, one a row.

    Parameters
    ----------
    path : path
        The file; ``merged_from`` stands for ``predecessors`` where that column does not exist.
    unit_column, name_column : str, optional
        Columns of codes and names, where they are not found by their names.
    attribute_columns, group_columns : sequence of str, optional
        Further columns of numbers and of text.
    level : str
        Level of units that the file gives none.
    separator, decimal : str
        Comma, semicolon or tab (default: that of the header), and the decimal mark.

    Returns
    -------
    Units

    Raises
    ------
    DataError
        With every problem and its ``file:line:column``.
    """
    return Units(
        _core.load_units(
            os.fspath(path), separator, decimal, unit_column, name_column, list(attribute_columns), list(group_columns), level
        )
    )


def as_units(units: UnitsLike) -> Optional[Units]:
    """Units that are described by a table, a file or a `Units`; None for a plain sequence of codes."""
    if isinstance(units, Units):
        return units
    if isinstance(units, _core.UnitRegistry):
        return Units(units)
    if isinstance(units, (str, os.PathLike)):
        return load_units(units)
    if is_table(units):
        return Units(units)
    return None


def checked_codes(codes: List[Any]) -> List[Any]:
    """Codes without the spellings that look alike but differ: not NFC, spaces around."""
    import unicodedata

    try:
        joined = "\n".join(codes)
    except TypeError:
        return codes  # Some are no text; the compiled part names them.
    if joined.isascii() and " " not in joined and "\t" not in joined:
        return codes
    problems = []
    for row, code in enumerate(codes):
        place = f"unit {row + 1}"
        if not unicodedata.is_normalized("NFC", code):
            remedy = "put the codes into NFC: unicodedata.normalize"
            problems.append(Problem("not_nfc", place, f'text "{code}" in decomposed form (NFD)', "composed form (NFC)", remedy))
        if code != code.strip():
            problems.append(
                Problem("surrounding_space", place, f'text "{code}"', "a code without spaces around it", "delete the spaces")
            )
    if problems:
        raise data_error("the units cannot be used", problems)
    return codes


def find_codes(table: Table, unit_column: Optional[str]) -> Tuple[List[Any], Labels, Optional[str]]:
    """Codes of the units, where they stood, and the column that is used up by them.

    In the order: the named column, the index of a pandas frame that is named or holds text, the first of the usual
    columns that exists.
    """
    if unit_column is not None:
        if unit_column not in table.names:
            if unit_column == table.index_name():
                unit_column = None
            else:
                raise _no_unit_column(table, f'no column "{unit_column}"')
    if unit_column is None:
        codes = table.index_codes()
        if codes is not None:
            return checked_codes(codes), Labels(table.kind, table.index_name(), True), None
        unit_column = next((name for name in UNIT_COLUMNS if name in table.names), None)
    if unit_column is None:
        raise _no_unit_column(table, f"columns {', '.join(str(name) for name in table.names[:8])}")
    return checked_codes(list(table.raw(unit_column))), Labels(table.kind, unit_column), unit_column


def _no_unit_column(table: Table, found: str) -> Exception:
    place = "an index of text or a" if table.kind == "pandas" else "a"
    expected = f"{place} column of unit codes: one of {', '.join(UNIT_COLUMNS)}"
    remedy = "name it so, say which it is with unit_column, or give units="
    return data_error("the table has no units", [Problem("no_unit_column", "table", found, expected, f"{remedy}; {CODES_ARE_TEXT}")])


def attribute_columns(
    table: Table,
    unit_column: Optional[str],
    indicators: "frozenset[str]",
    groups: Sequence[str] = (),
    attributes: Sequence[str] = (),
) -> Dict[str, Any]:
    """Attributes of units among the columns of a table, as arguments of the registry."""
    out: Dict[str, Any] = {}
    for name in table.names:
        if not isinstance(name, str) or name == unit_column or name in indicators:
            continue
        if name.startswith("group:"):
            out.setdefault("groups", {})[name[len("group:") :]] = _texts(table, name)
        elif name.startswith("attribute:"):
            out.setdefault("attributes", {})[name[len("attribute:") :]] = _numbers(table, name)
        elif name in TEXT_ATTRIBUTES:
            out.setdefault(TEXT_ATTRIBUTES[name], _texts(table, name))
        elif name in groups:
            out.setdefault("groups", {})[name] = _texts(table, name)
        elif name in attributes or name in NUMBER_ATTRIBUTES:
            out.setdefault("attributes", {})[name] = _numbers(table, name)
    return out


def is_attribute(name: str, groups: Sequence[str] = (), attributes: Sequence[str] = ()) -> bool:
    """Whether a column describes units."""
    return (
        name in TEXT_ATTRIBUTES
        or name in NUMBER_ATTRIBUTES
        or name in groups
        or name in attributes
        or name.startswith(("group:", "attribute:"))
    )


def _texts(table: Table, name: str) -> List[str]:
    raw = list(table.raw(name))
    try:
        "".join(raw)
    except TypeError:
        pass  # Some are missing or no text.
    else:
        return raw
    texts: List[str] = []
    problems = []
    for row, cell in enumerate(table.cells(name)):
        if cell is None:
            texts.append("")
        elif isinstance(cell, str):
            texts.append(cell)
        elif hasattr(cell, "isoformat"):
            texts.append(cell.isoformat()[:10])
        else:
            problems.append(Problem("not_text", f'row {row + 1}, column "{name}"', f"the {type(cell).__name__} {cell}", "text", CODES_ARE_TEXT))
    if problems:
        raise data_error("the units cannot be used", problems)
    return texts


def _numbers(table: Table, name: str) -> List[float]:
    column = table.numbers(name)
    numbers: List[float] = []
    problems = []
    for row, cell in enumerate(column):
        if is_missing(cell):
            numbers.append(float("nan"))
        elif isinstance(cell, (int, float)):
            numbers.append(float(cell))
        else:
            problems.append(Problem("not_a_number", f'row {row + 1}, column "{name}"', f"the {type(cell).__name__} {cell}", "a number", ""))
    if problems:
        raise data_error("the units cannot be used", problems)
    return numbers
