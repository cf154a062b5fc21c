"""Tasks completed against results achieved: gaps of units, kinds of indicators, and which indicators moved."""

from __future__ import annotations

from datetime import date
from typing import Any, Dict, Mapping, Optional, Sequence

from . import _core
from ._boards import Scoreboard
from ._frames import default_kind, make_frame, whole_numbers
from ._models import ModelSource, load_model
from ._panels import Panel, as_panel
from ._result_tables import ResultTable
from ._tables import Labels

#: Units that a picture of gaps shows as bars, and names as points, when nobody says how many.
SHOWN_BARS = 40
NAMED_POINTS = 8


class GapTable(ResultTable):
    """Completion block against outcome block of every unit, largest gap first, units without a gap last."""

    __slots__ = ("_board",)
    _shown = ("rank", "unit", "name", "completion", "outcome", "gap", "state")

    def __init__(self, core: _core.GapTable, board: Scoreboard) -> None:
        super().__init__(core, board._labels)
        self._board = board

    @property
    def completion_node(self) -> str:
        """Code of the block of completed tasks."""
        return self._core.completion_node  # type: ignore[no-any-return]

    @property
    def outcome_node(self) -> str:
        """Code of the block of results."""
        return self._core.outcome_node  # type: ignore[no-any-return]

    @property
    def threshold(self) -> float:
        """Gap in points of 100 up to which the blocks are in balance."""
        return self._core.threshold  # type: ignore[no-any-return]

    def frame(self) -> Any:
        """Codes of units, ``rank``, ``name``, ``completion`` and ``outcome`` in per cent of their full marks, ``gap`` (completion
        less outcome), ``state`` and ``state_vi``.
        """
        columns = dict(self._table())
        codes = columns.pop("unit")
        columns["rank"] = whole_numbers(columns["rank"])
        return make_frame(self._board._unit_labels_without(columns), columns, codes)

    def plot(self, axes: Any = None, *, kind: str = "bars", limit: Optional[int] = None, language: str = "vi") -> Any:
        """Draws both blocks of each unit as bars, the largest gap on top; or as one point, completion to the right, results up.

        Points below the diagonal have completed more than they have achieved; dotted lines at the medians make quadrants.
        Needs matplotlib (``pip install thuocdo[plot]``).

        Parameters
        ----------
        axes : matplotlib axes, optional
            Where to draw; default: a new figure.
        kind : {"bars", "scatter"}
        limit : int, optional
            At most so many units as bars (default 40; the title says how many there are), or so many of the largest gaps with
            a name beside their points (default 8).
        language : {"vi", "en"}

        Returns
        -------
        matplotlib axes
        """
        from ._gap_plots import draw_gap_points
        from ._plots import draw_gaps

        if kind not in ("bars", "scatter"):
            raise ValueError(f'kind: expected "bars" or "scatter", not {kind!r}')
        model = self._board.model
        names = {
            "completion": (model[self.completion_node].name_vi, model[self.completion_node].name),
            "outcome": (model[self.outcome_node].name_vi, model[self.outcome_node].name),
        }
        draw, usual = (draw_gaps, SHOWN_BARS) if kind == "bars" else (draw_gap_points, NAMED_POINTS)
        return draw(self._table(), names, self.threshold, axes, usual if limit is None else limit, language)

    def _caption(self) -> str:
        return f"GapTable of {self.completion_node} against {self.outcome_node}: {len(self)} units"


class KindShares(ResultTable):
    """How much of a model measures means and how much effects.

    Rows are ``input``, ``activity``, ``output``, ``outcome``, ``impact`` and ``undeclared``; their shares of the weight of the
    model make 1. ``shares["outcome"]`` is one of them. ``outside`` counts leaves beside the total: bonus, penalty, monitored.
    """

    __slots__ = ()
    _shown = ("kind", "kind_vi", "share", "leaves", "outside")

    def __getitem__(self, kind: str) -> float:
        table = self._table()
        shares: Dict[str, float] = dict(zip(table["kind"], table["share"].tolist()))
        return shares[kind]


class MovementTable(ResultTable):
    """Which indicators of which units moved between two days. Rows go by unit code, then as the model lists its leaves."""

    __slots__ = ()
    _shown = ("unit", "node", "before", "after", "change", "bound", "movement", "test")

    @property
    def before(self) -> date:
        """The first day."""
        return date.fromisoformat(self._core.before)

    @property
    def after(self) -> date:
        """The second day."""
        return date.fromisoformat(self._core.after)

    def _caption(self) -> str:
        return f"MovementTable from {self.before} to {self.after}: {len(self)} rows"


def completion_result_gap(
    board: Scoreboard,
    completion: str,
    outcome: str,
    *,
    threshold: float = 20.0,
    completion_maximum: Optional[float] = None,
    outcome_maximum: Optional[float] = None,
) -> GapTable:
    """The gap between tasks completed and results achieved, unit by unit.

    Parameters
    ----------
    board : Scoreboard
    completion, outcome : str
        Codes of the nodes of the two blocks.
    threshold : float
        In points of 100; a gap of exactly the threshold is in balance. 20 points are the width of a band of Decree 335.
    completion_maximum, outcome_maximum : float, optional
        Full marks of the blocks where they do not follow from the model.

    Returns
    -------
    GapTable

    Raises
    ------
    ModelError
        When a node is unknown, or the full mark of a block is neither known nor given.
    NumericError
        When the threshold is negative.
    """
    core = _core.completion_result_gap(board._core, completion, outcome, threshold, completion_maximum, outcome_maximum)
    return GapTable(core, board)


def kind_shares(model: ModelSource) -> KindShares:
    """Shares of the weight of a model by the kind of its leaves: input, activity, output, outcome, impact."""
    return KindShares(_core.kind_shares(load_model(model)._core), Labels(default_kind()))


def indicator_movement(
    model: ModelSource,
    before: Any,
    after: Any,
    earlier: Sequence[Any] = (),
    *,
    measurement_error: Optional[Mapping[str, float]] = None,
    usual_change: float = 2.0,
) -> MovementTable:
    """Whether each indicator of each unit moved between two periods, in the direction in which the unit gains.

    A change counts when it is larger than the declared error of measurement; else, with at least three earlier values, when
    it is larger than usual; else when there is any.

    Parameters
    ----------
    model : IndexModel or source
    before, after : Panel
        Each with ``period_end``.
    earlier : sequence of Panel
        Periods before `before`, for what is usual.
    measurement_error : dict, optional
        Error by indicator, in its unit.
    usual_change : float
        Standard deviations of the earlier changes a year that a change must exceed.

    Returns
    -------
    MovementTable

    Raises
    ------
    DataError
        Naming panels out of order or without a last day, and unknown indicators.
    NumericError
        For options out of range.
    """
    definition = load_model(model)
    first, second = as_panel(before, definition), as_panel(after, definition)
    history = [as_panel(each, definition)._core for each in ([earlier] if isinstance(earlier, Panel) else earlier)]
    errors = {name: float(error) for name, error in (measurement_error or {}).items()}
    core = _core.indicator_movement(definition._core, first._core, second._core, history, errors, usual_change)
    return MovementTable(core, Labels(second._labels.kind))
