"""Indicators on their way to dated targets, and targets that were missed."""

from __future__ import annotations

from datetime import date
from typing import Any, Dict, List, Optional, Sequence, Tuple, Union

from . import _core
from ._boards import text_of_unit
from ._dates import iso_date
from ._errors import Problem, data_error
from ._models import IndexModel, ModelSource, load_model
from ._panels import Panel, as_panel
from ._result_tables import ResultTable, cell
from ._tables import Labels

Day = Union[date, str]

#: The defaults of the library, see `on_track`.
SIGNIFICANT = 0.95
MODERATE = 0.60
GROWTH = 0.01
INTERVAL_LEVEL = 0.90
HORIZON_YEARS = 100.0
DAYS_THAT_DECIDE = 366


class MissedTargets(ResultTable):
    """Targets that have passed and were not attained on their day: missed, attained late, or undecided for want of a value.

    Rows go by unit code, then as the model lists its leaves, then by date.
    """

    __slots__ = ()
    _optional = ("owner",)
    _shown = ("unit", "indicator", "target", "target_date", "value", "value_date", "shortfall", "result", "owner")

    @property
    def as_of(self) -> date:
        """The day on which the question was asked."""
        return date.fromisoformat(self._core.as_of)

    def _caption(self) -> str:
        return f"MissedTargets as of {self.as_of}: {len(self)}"


class TrackRow:
    """One indicator of one unit on its way: what `TrackTable.frame` says of it, and a picture.

    ``row["pace"]`` is a column of the table; missing numbers are NaN, missing days and texts None.
    """

    __slots__ = ("_core", "_row", "_fields", "_as_of")

    def __init__(self, core: _core.Track, row: int, fields: Dict[str, Any], as_of: date) -> None:
        self._core = core
        self._row = row
        self._fields = fields
        self._as_of = as_of

    @property
    def fields(self) -> Dict[str, Any]:
        """All columns."""
        return dict(self._fields)

    @property
    def as_of(self) -> date:
        """The day on which the question was asked."""
        return self._as_of

    def __getitem__(self, column: str) -> Any:
        return self._fields[column]

    def plot(self, axes: Any = None, *, language: str = "vi") -> Any:
        """Draws what was observed, the path that the targets require, and the trend with its prediction interval.

        Needs matplotlib (``pip install thuocdo[plot]``).

        Parameters
        ----------
        axes : matplotlib axes, optional
            Where to draw; default: a new figure.
        language : {"vi", "en"}

        Returns
        -------
        matplotlib axes
        """
        from ._plots import draw_track

        return draw_track(self._core.drawing(self._row), self._fields, self._as_of, axes, language)

    def __repr__(self) -> str:
        return f"<TrackRow {self['unit']}, {self['indicator']}: {self['status']}, {self['progress']}>"


class TrackTable(ResultTable):
    """Every unit and indicator on its way to its dated targets. Rows go by unit code, then as the model lists its leaves."""

    __slots__ = ("_arguments",)
    _optional = ("owner", "notes", "linear_remark", "compound_remark")
    _shown = ("unit", "indicator", "latest", "latest_date", "required_today", "target", "target_date", "status", "progress")

    _arguments: Tuple[Any, ...]

    @property
    def as_of(self) -> date:
        """The day on which the question was asked."""
        return date.fromisoformat(self._core.as_of)

    def row(self, unit: str, indicator: str) -> TrackRow:
        """The row of a unit (its code) and a leaf.

        Raises
        ------
        DataError
            When there is none.
        """
        table = self._table()
        wanted = (text_of_unit(unit), indicator)
        for row, found in enumerate(zip(table["unit"], table["indicator"])):
            if found == wanted:
                return TrackRow(self._core, row, {name: cell(values, row) for name, values in table.items()}, self.as_of)
        problem = Problem(
            "unknown_row",
            "row",
            f'unit "{unit}", indicator "{indicator}"',
            "a unit that the model evaluates and a leaf with dated targets",
            "see the columns unit and indicator of frame()",
        )
        raise data_error("the table has no such row", [problem])

    def missed(self) -> MissedTargets:
        """The targets that have passed and were not attained on their day."""
        return MissedTargets(self._core.missed(), self._labels)

    def _caption(self) -> str:
        return f"TrackTable as of {self.as_of}: {len(self)} rows"

    def __reduce__(self) -> Tuple[Any, Tuple[Any, ...]]:
        return _track_again, (*self._arguments, self._labels)


def _track_again(model: IndexModel, panels: Sequence[Panel], options: Tuple[Any, ...], labels: Labels) -> TrackTable:
    core = _core.Track(model._core, [panel._core for panel in panels], _core.OnTrackOptions(*options))
    table = TrackTable(core, labels)
    table._arguments = (model, list(panels), options)
    return table


def _series(model: IndexModel, panels: Sequence[Any]) -> Tuple[List[Panel], Labels]:
    """The panels, and the kind of frames that their results come in."""
    if isinstance(panels, Panel):
        panels = [panels]
    found = [as_panel(each, model) for each in panels]
    return found, Labels(found[-1]._labels.kind if found else "dict")


def _options(
    as_of: Optional[Day] = None,
    baseline: Optional[Day] = None,
    significant: float = SIGNIFICANT,
    moderate: float = MODERATE,
    growth: float = GROWTH,
    interval_level: float = INTERVAL_LEVEL,
    horizon_years: float = HORIZON_YEARS,
    days_that_decide: int = DAYS_THAT_DECIDE,
) -> Tuple[Any, ...]:
    days = iso_date(as_of, "as_of"), iso_date(baseline, "baseline")
    return (*days, significant, moderate, growth, interval_level, horizon_years, days_that_decide)


def on_track(
    model: ModelSource,
    panels: Sequence[Any],
    *,
    as_of: Optional[Day] = None,
    baseline: Optional[Day] = None,
    significant: float = SIGNIFICANT,
    moderate: float = MODERATE,
    growth: float = GROWTH,
    interval_level: float = INTERVAL_LEVEL,
    horizon_years: float = HORIZON_YEARS,
    days_that_decide: int = DAYS_THAT_DECIDE,
) -> TrackTable:
    """How far every unit has come toward the dated targets of a model, and where its trend leads.

    Parameters
    ----------
    model : IndexModel or source
        Leaves with ``targets`` are tracked, save those with a growth rule.
    panels : sequence of Panel
        One a period, in any order, each with ``period_end``, the day that its values hold for. Imputed values are no
        observations. Units are those of the newest panel.
    as_of : date or str, optional
        Later panels are not read; default: the last day of the newest panel.
    baseline : date or str, optional
        Last day of the panel that has the baselines; default: the first value observed for each unit.
    significant, moderate : float
        Shares of the required growth from which progress is significant (and on track; default 0.95) and moderate (behind;
        default 0.60), after the classes of Eurostat.
    growth : float
        Growth a year that is significant where there is no target; default 1%.
    interval_level : float
        Probability of the prediction intervals of the trends; default 0.90.
    horizon_years : float
        A trend that needs longer is said not to reach its target; default 100.
    days_that_decide : int
        Days before a target within which the newest value decides it, for `TrackTable.missed`; default 366.

    Returns
    -------
    TrackTable

    Raises
    ------
    DataError
        Naming panels without a last day, two with the same, or a baseline without panel.
    NumericError
        For options out of range.
    """
    definition = load_model(model)
    found, labels = _series(definition, panels)
    options = _options(as_of, baseline, significant, moderate, growth, interval_level, horizon_years, days_that_decide)
    return _track_again(definition, found, options, labels)


def missed_targets(
    model: ModelSource, panels: Sequence[Any], *, as_of: Optional[Day] = None, days_that_decide: int = DAYS_THAT_DECIDE
) -> MissedTargets:
    """The targets dated before a day that units did not attain: missed, attained late, or undecided.

    Parameters
    ----------
    model, panels, as_of, days_that_decide
        As for `on_track`.

    Returns
    -------
    MissedTargets
    """
    definition = load_model(model)
    found, labels = _series(definition, panels)
    options = _options(as_of=as_of, days_that_decide=days_that_decide)
    core = _core.missed_targets(definition._core, [panel._core for panel in found], _core.OnTrackOptions(*options))
    return MissedTargets(core, labels)
