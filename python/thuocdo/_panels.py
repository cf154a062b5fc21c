"""Panels: units x indicators of one period, from any kind of table."""

from __future__ import annotations

import os
from datetime import date
from typing import Any, Dict, List, Optional, Sequence, Tuple, Union

import numpy
from numpy.typing import NDArray

from . import _core
from ._cells import Cells
from ._dates import iso_date, period_key, to_date
from ._errors import Problem, data_error
from ._frames import default_kind, make_frame
from ._models import IndexModel, ModelSource, load_model
from ._panel_builder import PanelBuilder, add_states, sequence
from ._source_tables import is_workbook
from ._tables import Labels, Table, as_table, is_table
from ._units import Units, as_units, checked_codes

PathLike = Union[str, "os.PathLike[str]"]


class Panel:
    """An immutable table of values: units are rows, indicators are columns, NaN is missing.

    Parameters
    ----------
    data : frame, dict of columns, or array
        A pandas or polars DataFrame, an Arrow table or anything with ``__arrow_c_stream__``, a dict of columns, or an
        array of shape (units, indicators).

        Wide form has one row a unit and a column named by the code of each indicator; beside it there may be
        ``<code>:numerator``, ``<code>:denominator``, ``<code>:state``, ``<code>:source`` and ``<code>:date``. Long form
        has one row a cell, with columns ``indicator`` and ``value`` or ``numerator``. The codes of the units stand in
        the index of a pandas frame (where it is named or holds text) or in a column (``unit``, ``code``, ...).
        Columns ``name`` (Vietnamese), ``name_en``, ``level``, ``kind``, ``parent``, ``population``, ``attribute:<name>``
        and ``group:<name>`` describe the units.
    model : IndexModel or source, optional
        With a model only the columns are read that it needs, and labels of levels stand for their values. Without one
        every column of numbers is an indicator and columns without a number are not read.
    units : sequence of str, Units, frame or path, optional
        The codes of the rows, or a table that describes the units.
    indicators : sequence of str, optional
        Codes of the columns of an array; default: those of the model.
    unit_column : str, optional
        The column of the codes.
    states : frame, dict of columns or array of str, optional
        Why a cell has or lacks its value: ``observed``, ``provisional``, ``imputed``, ``not_applicable``,
        ``not_yet_due``, ``not_reported``, ``zero_denominator``, ``confidential``. Rows as in `data`. Empty: a missing
        value was not reported.
    period : str, optional
        The period of the values; with a column ``period``, the one to be read.
    period_end : date or str, optional
        Its last day.
    source : str
        Note about the origin of the table.

    Raises
    ------
    DataError
        With every problem, naming unit and indicator.

    Notes
    -----
    An array of float64 is used where it lies, with any strides and without a copy; do not change it afterwards. The
    same holds for neighbouring float columns of a pandas frame that lie in one block; pandas itself copies them when the
    frame is changed. `values_address` tells where the values lie.
    """

    __slots__ = ("_core", "_labels")

    def __init__(
        self,
        data: Any,
        *,
        model: Optional[ModelSource] = None,
        units: Any = None,
        indicators: Optional[Sequence[str]] = None,
        unit_column: Optional[str] = None,
        states: Any = None,
        period: Optional[str] = None,
        period_end: Union[date, str, None] = None,
        source: str = "",
    ) -> None:
        definition = None if model is None else load_model(model)
        if isinstance(data, _core.Panel):
            self._core = data
            self._labels = Labels(default_kind(), "unit")
            return
        end = iso_date(period_end, "period_end")
        if is_table(data):
            table = as_table(data)
            builder = PanelBuilder(definition, units, unit_column, states)
            self._core = builder.build(_of_period(table, period, definition), period or _period_of(table), end, source)
            self._labels = builder.labels
        else:
            self._core = _from_array(data, definition, units, indicators, states, (period or "", end, source))
            self._labels = Labels("numpy", "unit")

    @property
    def units(self) -> Units:
        """The units, in the order of the rows."""
        return Units(self._core.units)

    @property
    def indicators(self) -> List[str]:
        """Codes of the columns."""
        return self._core.indicators

    @property
    def shape(self) -> Tuple[int, int]:
        """Number of units and of indicators."""
        return self._core.unit_count, len(self._core.indicators)

    @property
    def period(self) -> str:
        """The period of the values; may be empty."""
        return self._core.period

    @property
    def period_end(self) -> Optional[date]:
        """Last day of the period, if known."""
        return to_date(self._core.period_end)

    @property
    def source(self) -> str:
        """Note about the origin of the table."""
        return self._core.source_note

    @property
    def values(self) -> NDArray[numpy.float64]:
        """The values in place, shape (units, indicators), read-only; NaN is missing."""
        return self._core.values

    @property
    def values_address(self) -> int:
        """Address of the first value in memory."""
        return self._core.values_address

    @property
    def states(self) -> NDArray[numpy.str_]:
        """The state of every cell in words, shape (units, indicators)."""
        return numpy.array(_core.cell_state_names)[self._core.states()]

    def __len__(self) -> int:
        return self._core.unit_count

    def to_frame(self) -> Any:
        """The values as a frame of the kind that the panel was made of."""
        values = self._core.values
        columns = {code: values[:, k] for k, code in enumerate(self._core.indicators)}
        return make_frame(self._labels, columns, self._core.units.codes)

    def to_csv(self, path: Optional[PathLike] = None, *, form: str = "wide", separator: str = ",", decimal: str = ".") -> str:
        """The panel as CSV that `load_panel` reads back.

        Parameters
        ----------
        path : path, optional
            Where to write it.
        form : {"wide", "long"}
            One row a unit, or one row a cell.
        separator, decimal : str
            Comma, semicolon or tab, and the decimal mark.

        Returns
        -------
        str
            The text.
        """
        text = _core.panel_to_csv(self._core, form, separator, decimal, False)
        if path is not None:
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text)
        return text

    def __repr__(self) -> str:
        period = f" of {self.period}" if self.period else ""
        return f"<Panel{period}: {self.shape[0]} units x {self.shape[1]} indicators>"

    def __reduce__(self) -> Tuple[Any, Tuple[_core.Panel, Labels]]:
        return _panel_of, (self._core, self._labels)


def _panel_of(core: _core.Panel, labels: Labels) -> Panel:
    panel = Panel(core)
    panel._labels = labels
    return panel


def load_panels(
    path: PathLike,
    model: Optional[ModelSource] = None,
    **options: Any,
) -> List[Panel]:
    """Reads a CSV file or a sheet with a column ``period`` into one panel a period, in the order of time.

    Parameters
    ----------
    path, model, **options
        As for `load_panel`.

    Returns
    -------
    list of Panel
    """
    if is_workbook(path):
        return _read_workbook(path, model, True, options)
    return _read(path, model, True, options)


def load_panel(
    path: PathLike,
    model: Optional[ModelSource] = None,
    **options: Any,
) -> Panel:
    """Reads a panel from a CSV file, strictly: values are read as written or reported with ``file:line:column``.

    Parameters
    ----------
    path : path
        A CSV file in wide or long form (see `Panel`), a Parquet file, or a workbook (``.xlsx``; see `read_excel` for what
        is refused in it).
    model : IndexModel or source, optional
        The model that the panel is for.
    **options
        For CSV: ``separator``, ``decimal``, ``unit_column``, ``name_column``, ``attribute_columns``, ``group_columns``,
        ``ignored_columns``, ``missing_words``, ``period``, ``period_end``, ``units``, ``add_absent_units``,
        ``ignore_unknown_indicators``, ``allow_absent_indicators``, ``normalise_to_nfc``. For Parquet those of `Panel`. For a
        workbook those of `Panel`, ``sheet``, and ``text_columns`` with the names of further columns of codes.

    Returns
    -------
    Panel

    Raises
    ------
    DataError
        With every problem of the file.
    """
    if os.fspath(path).lower().endswith((".parquet", ".pq")):
        return _read_parquet(path, model, options)
    if is_workbook(path):
        return _read_workbook(path, model, False, options)[0]
    return _read(path, model, False, options)[0]


def _read(path: PathLike, model: Optional[ModelSource], all_periods: bool, options: Dict[str, Any]) -> List[Panel]:
    definition = None if model is None else load_model(model)._core
    panels = _core.load_panels(os.fspath(path), definition, _csv_options(**options), all_periods)
    return [Panel(panel) for panel in panels]


def _csv_options(
    *,
    separator: str = "",
    decimal: str = ".",
    normalise_to_nfc: bool = False,
    unit_column: Optional[str] = None,
    name_column: Optional[str] = None,
    attribute_columns: Sequence[str] = (),
    group_columns: Sequence[str] = (),
    ignored_columns: Sequence[str] = (),
    missing_words: Sequence[str] = (),
    period: Optional[str] = None,
    period_end: Union[date, str, None] = None,
    units: Any = None,
    add_absent_units: bool = False,
    ignore_unknown_indicators: bool = False,
    allow_absent_indicators: bool = False,
) -> _core.PanelOptions:
    described = None
    if units is not None:
        described = as_units(units) or Units(units)
    return _core.PanelOptions(
        separator,
        decimal,
        normalise_to_nfc,
        unit_column or "",
        name_column or "",
        list(attribute_columns),
        list(group_columns),
        list(ignored_columns),
        list(missing_words),
        period or "",
        iso_date(period_end, "period_end"),
        None if described is None else described._core,
        add_absent_units,
        ignore_unknown_indicators,
        allow_absent_indicators,
    )


def _read_parquet(path: PathLike, model: Optional[ModelSource], options: Dict[str, Any]) -> Panel:
    """By whichever of the optional packages is there; results are then frames of that package."""
    try:
        import pyarrow.parquet
    except ImportError:
        pass
    else:
        table = pyarrow.parquet.read_table(os.fspath(path))
        return _panel_of(Panel(table, model=model, **options)._core, Labels(default_kind(), "unit"))
    try:
        import polars
    except ImportError:
        raise data_error(
            "the file cannot be read",
            [Problem("package_missing", os.fspath(path), "a Parquet file", "pyarrow or polars", "pip install thuocdo[arrow]")],
        ) from None
    return Panel(polars.read_parquet(os.fspath(path)), model=model, **options)


def _read_workbook(path: PathLike, model: Optional[ModelSource], all_periods: bool, options: Dict[str, Any]) -> List[Panel]:
    """One panel, or one a period."""
    from ._excel import read_sheet

    definition = None if model is None else load_model(model)
    rest = dict(options)
    sheet = rest.pop("sheet", None)
    text_columns = [*rest.pop("text_columns", ()), *([] if definition is None else definition._unit_columns()["groups"])]
    unit_column = rest.get("unit_column")
    table = read_sheet(path, sheet, text_columns if unit_column is None else [*text_columns, unit_column]).table
    labels = Labels(default_kind(), "unit")
    if not all_periods or "period" not in table.names:
        return [_panel_of(Panel(table, model=definition, **rest)._core, labels)]
    periods = sorted({str(each) for each in table.cells("period")}, key=period_key)
    return [_panel_of(Panel(table, model=definition, **{**rest, "period": period})._core, labels) for period in periods]


def as_panel(data: Any, model: IndexModel, **options: Any) -> Panel:
    """Whatever `score` takes, as a panel."""
    if isinstance(data, Panel):
        given = [name for name, value in options.items() if value is not None]
        if given:
            raise TypeError(f"a Panel is complete: {', '.join(given)} cannot be added")
        return data
    if isinstance(data, (str, os.PathLike)):
        return load_panel(data, model, **{name: value for name, value in options.items() if value is not None})
    return Panel(data, model=model, **options)


def _from_array(
    data: Any,
    model: Optional[IndexModel],
    units: Any,
    indicators: Optional[Sequence[str]],
    states: Any,
    period: Tuple[str, Optional[str], str],
) -> _core.Panel:
    values = numpy.asarray(data)
    if values.dtype.kind not in "fiub":
        raise data_error(
            "the panel cannot be used",
            [Problem("not_a_number", "values", f"an array of {values.dtype}", "an array of numbers", "give numbers, NaN where missing")],
        )
    if units is None:
        raise data_error(
            "the panel has no units",
            [Problem("no_unit_column", "units", "an array without codes", "the code of each row", "give units=[...]")],
        )
    described = as_units(units)
    registry = described._core if described is not None else _core.UnitRegistry(checked_codes(sequence(units)))
    if indicators is not None:
        columns = [str(each) for each in indicators]
    elif model is not None:
        columns = model.indicators
    else:
        raise data_error(
            "the panel has no indicators",
            [Problem("no_indicators", "indicators", "an array without codes", "the code of each column", "give indicators=[...]")],
        )
    if values.dtype != numpy.float64 or not values.dtype.isnative:
        values = values.astype(numpy.float64)
    problems: List[Problem] = []
    cells = Cells(len(registry), len(columns))
    add_states(cells, states, columns, registry.codes, problems)
    if problems:
        raise data_error("the panel cannot be used", problems)
    given = cells.states(values) if values.ndim == 2 else None
    return _core.Panel(registry, columns, values, None, given, {}, [], {}, period[0], period[1], period[2])


def _of_period(table: Table, period: Optional[str], model: Optional[IndexModel]) -> Table:
    """The rows of one period, where there is a column of periods."""
    if "period" not in table.names or (model is not None and "period" in model._indicator_set()):
        return table
    periods = [str(each) for each in table.cells("period")]
    known = list(dict.fromkeys(periods))
    if period is None and len(known) <= 1:
        return table
    if period is None:
        found = f"periods {', '.join(known[:6])}"
        raise data_error(
            "the table holds several periods",
            [Problem("several_periods", 'column "period"', found, "one period", "say which one with period=")],
        )
    if period not in known:
        raise data_error(
            "the table has no such period",
            [Problem("unknown_period", 'column "period"', f'no row of period "{period}"', f"one of {', '.join(known)}", "correct it")],
        )
    return table.rows([row for row, each in enumerate(periods) if each == period])


def _period_of(table: Table) -> str:
    if "period" not in table.names or table.row_count == 0:
        return ""
    return str(table.cells("period")[0])
