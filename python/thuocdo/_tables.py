"""One view of every kind of table: pandas, polars, Arrow, dict of columns.

Only shapes and labels are handled here. Optional packages are never imported: an object is recognised by the module
that made it, so the package works without them.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence, Union

import numpy
from numpy.typing import NDArray

from ._errors import DataError, Problem, data_error

#: Columns that hold unit codes when nobody says which one does, in order of preference.
UNIT_COLUMNS = ("unit", "code", "unit_code", "gso", "iso3", "country", "province", "id")

#: Kinds of tables: what comes in also goes out.
KINDS = ("pandas", "polars", "arrow", "dict", "numpy")

Column = Union["NDArray[numpy.float64]", List[Any]]


@dataclass(frozen=True)
class Labels:
    """Where the codes of the units stood, so that results put them back there."""

    kind: str = "dict"
    name: Optional[str] = "unit"
    in_index: bool = False


def is_missing(value: Any) -> bool:
    """Whether a cell holds nothing: None, NaN, NaT or pandas.NA."""
    if value is None:
        return True
    if isinstance(value, float):
        return value != value
    return type(value).__name__ in ("NAType", "NaTType")


def as_numbers(values: Any) -> Column:
    """A numeric array as float64; anything else as a list of its cells, a missing one as None."""
    array = numpy.asarray(values)
    if array.dtype.kind in "fiub":
        return array.astype(numpy.float64, copy=False)
    # Of a list with numbers and texts numpy makes texts, so the cells are taken as they were.
    cells = values.tolist() if isinstance(values, numpy.ndarray) else values
    return [None if is_missing(each) else each for each in cells]


class Table:
    """A table by columns. The base class holds a dict of columns."""

    kind = "dict"

    def __init__(self, columns: Mapping[str, Any]) -> None:
        self._columns: Dict[str, Any] = dict(columns)
        self.names: List[Any] = list(self._columns)
        lengths = {str(name): len(values) for name, values in self._columns.items()}
        if len(set(lengths.values())) > 1:
            raise data_error(
                "the table cannot be used",
                [Problem("shape", "columns", str(lengths), "columns of one length", "correct it")],
            )
        self.row_count = next(iter(lengths.values()), 0)

    def block(self, names: Sequence[str]) -> Optional[NDArray[numpy.float64]]:
        """The columns as one matrix where that costs no look at single cells; else None."""
        return None

    def owner(self) -> Any:
        """What must stay alive while `block` is in use."""
        return None

    def numbers(self, name: str) -> Column:
        """A column as float64, or its cells where it is no column of numbers."""
        return as_numbers(self._columns[name])

    def cells(self, name: str) -> List[Any]:
        """A column as Python objects, a missing cell as None."""
        return [None if is_missing(each) else each for each in self.raw(name)]

    def raw(self, name: str) -> Sequence[Any]:
        """A column as Python objects, as they are."""
        values = self._columns[name]
        return values.tolist() if isinstance(values, numpy.ndarray) else list(values)

    def index_codes(self) -> Optional[List[Any]]:
        """Codes that stand outside the columns."""
        return None

    def index_name(self) -> Optional[str]:
        return None

    def rows(self, which: List[int]) -> "Table":
        """Some rows."""
        return Table({name: [self.raw(name)[row] for row in which] for name in self.names})


class PandasTable(Table):
    kind = "pandas"

    def __init__(self, frame: Any) -> None:
        self._frame = frame
        self._block: Any = None
        self.names = list(frame.columns)
        self.row_count = len(frame)
        if frame.columns.nlevels > 1 or frame.index.nlevels > 1:
            raise data_error(
                "the frame cannot be used",
                [Problem("multi_index", "frame", "an index of several levels", "one level", "use reset_index()")],
            )
        if not frame.columns.is_unique:
            twice = [str(name) for name in frame.columns[frame.columns.duplicated()]]
            raise data_error(
                "the frame cannot be used",
                [
                    Problem("duplicate_column", f'column "{name}"', "the name again", "a name of its own", "rename it")
                    for name in twice
                ],
            )

    def block(self, names: Sequence[str]) -> Optional[NDArray[numpy.float64]]:
        if not names:
            return None
        first = self.names.index(names[0])
        if self.names[first : first + len(names)] == list(names):
            # A slice of neighbours shares memory with the frame, and while it lives pandas copies before it writes.
            part = self._frame.iloc[:, first : first + len(names)]
        else:
            part = self._frame[list(names)]
        values = part.to_numpy()
        if values.dtype != numpy.float64:
            return None
        self._block = part
        return values  # type: ignore[no-any-return]

    def owner(self) -> Any:
        return self._block

    def numbers(self, name: str) -> Column:
        column = self._frame[name]
        dtype = column.dtype
        if isinstance(dtype, numpy.dtype):
            return as_numbers(column.to_numpy())
        if getattr(dtype, "kind", "O") in "fiub":
            return column.to_numpy(dtype=numpy.float64, na_value=numpy.nan)  # type: ignore[no-any-return]
        return self.cells(name)

    def raw(self, name: str) -> Sequence[Any]:
        return self._frame[name].tolist()  # type: ignore[no-any-return]

    def index_codes(self) -> Optional[List[Any]]:
        index = self._frame.index
        if index.name is None and index.dtype.kind in "iuf":
            return None
        return index.tolist()  # type: ignore[no-any-return]

    def index_name(self) -> Optional[str]:
        name = self._frame.index.name
        return None if name is None else str(name)

    def rows(self, which: List[int]) -> Table:
        return PandasTable(self._frame.iloc[which])


class PolarsTable(Table):
    kind = "polars"

    def __init__(self, frame: Any) -> None:
        self._frame = frame
        self.names = list(frame.columns)
        self.row_count = frame.height

    def block(self, names: Sequence[str]) -> Optional[NDArray[numpy.float64]]:
        if not names:
            return None
        part = self._frame.select(list(names))
        if not all(dtype.is_float() or dtype.is_integer() for dtype in part.schema.dtypes()):
            return None
        values = part.to_numpy()
        return values if values.dtype == numpy.float64 else None

    def numbers(self, name: str) -> Column:
        column = self._frame.get_column(name)
        if column.dtype.is_numeric() or str(column.dtype) == "Boolean":
            import polars

            return column.cast(polars.Float64).to_numpy()  # type: ignore[no-any-return]
        return column.to_list()  # type: ignore[no-any-return]

    def raw(self, name: str) -> Sequence[Any]:
        return self._frame.get_column(name).to_list()  # type: ignore[no-any-return]

    def rows(self, which: List[int]) -> Table:
        return PolarsTable(self._frame[which])


class ArrowTable(Table):
    """A pyarrow.Table, or whatever pyarrow makes one of."""

    kind = "arrow"

    def __init__(self, table: Any) -> None:
        self._table = table
        self.names = list(table.column_names)
        self.row_count = table.num_rows
        if len(set(self.names)) != len(self.names):
            raise data_error(
                "the table cannot be used",
                [Problem("duplicate_column", "table", "a column name twice", "names of their own", "rename it")],
            )

    def numbers(self, name: str) -> Column:
        import pyarrow

        column = self._table.column(name)
        kind = column.type
        if pyarrow.types.is_dictionary(kind):
            column = column.cast(kind.value_type)
            kind = kind.value_type
        if kind == pyarrow.float64():
            return column.to_numpy()  # type: ignore[no-any-return]
        if pyarrow.types.is_floating(kind) or pyarrow.types.is_integer(kind) or pyarrow.types.is_boolean(kind):
            return column.cast(pyarrow.float64()).to_numpy()  # type: ignore[no-any-return]
        if pyarrow.types.is_decimal(kind):
            return column.cast(pyarrow.float64()).to_numpy()  # type: ignore[no-any-return]
        return column.to_pylist()  # type: ignore[no-any-return]

    def raw(self, name: str) -> Sequence[Any]:
        return self._table.column(name).to_pylist()  # type: ignore[no-any-return]

    def rows(self, which: List[int]) -> Table:
        return ArrowTable(self._table.take(which))


def _from_arrow_stream(data: Any) -> Table:
    try:
        import pyarrow
    except ImportError:
        pass
    else:
        return ArrowTable(pyarrow.table(data))
    try:
        import nanoarrow
    except ImportError:
        raise DataError("an Arrow table needs pyarrow or nanoarrow: pip install thuocdo[arrow]") from None
    stream = nanoarrow.ArrayStream(data)
    # nanoarrow crashes on texts in the layout of views (0.9), which polars writes.
    views = [field.name for field in stream.schema.fields if "view" in field.type.name.lower()]
    if views:
        found = f"texts as views in {', '.join(views)}"
        problem = Problem("package_missing", "Arrow stream", found, "pyarrow to read them", "pip install thuocdo[arrow]")
        raise data_error("the table cannot be read", [problem])
    names, columns = stream.to_columns_pysequence(handle_nulls=nanoarrow.nulls_as_sentinel())
    return Table({name: values if isinstance(values, numpy.ndarray) else list(values) for name, values in zip(names, columns)})


def is_table(data: Any) -> bool:
    """Whether `data` is something `as_table` takes."""
    if isinstance(data, (Table, Mapping)) or hasattr(data, "__arrow_c_stream__"):
        return not _made_by(data, "pandas", "Series") and not _made_by(data, "polars", "Series")
    return _made_by(data, "pandas", "DataFrame") or _made_by(data, "polars", "LazyFrame")


def _made_by(data: Any, package: str, name: str) -> bool:
    module = sys.modules.get(package)
    kind = getattr(module, name, None)
    return kind is not None and isinstance(data, kind)


def as_table(data: Any) -> Table:
    """Any kind of table as a `Table`.

    Raises
    ------
    TypeError
        When `data` is no table.
    """
    if isinstance(data, Table):
        return data
    if _made_by(data, "pandas", "DataFrame"):
        return PandasTable(data)
    if _made_by(data, "polars", "DataFrame"):
        return PolarsTable(data)
    if _made_by(data, "polars", "LazyFrame"):
        return PolarsTable(data.collect())
    if _made_by(data, "pyarrow", "Table"):
        return ArrowTable(data)
    if isinstance(data, Mapping):
        return Table(data)
    if hasattr(data, "__arrow_c_stream__"):
        return _from_arrow_stream(data)
    raise TypeError(
        f"expected a pandas or polars DataFrame, an Arrow table, a dict of columns or a path, not {type(data).__name__}"
    )
