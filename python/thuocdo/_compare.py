"""Two versions of a model on the same data: who moved, and why."""

from __future__ import annotations

from typing import Any, List, Sequence, Tuple

from . import _core
from ._boards import Scoreboard, _other_panel, text_of_unit
from ._dates import iso_date
from ._frames import make_frame, whole_numbers
from ._models import IndexModel, ModelSource, load_model
from ._panels import as_panel
from ._result_tables import ResultTable
from ._tables import Labels


class Comparison(ResultTable):
    """Scores and ranks of one panel under two models, by rank under the first."""

    __slots__ = ("_models", "_arguments")
    _shown = ("unit", "name", "score_before", "score_after", "rank_before", "rank_after", "places_gained")

    def __init__(self, core: _core.Comparison, models: Tuple[IndexModel, IndexModel], labels: Labels, arguments: Tuple[Any, ...]) -> None:
        super().__init__(core, labels)
        self._models = models
        self._arguments = arguments

    @property
    def before(self) -> Scoreboard:
        """The scoreboard of the first model."""
        return Scoreboard(self._core.before, self._models[0], self._labels, self._arguments)

    @property
    def after(self) -> Scoreboard:
        """The scoreboard of the second model."""
        return Scoreboard(self._core.after, self._models[1], self._labels, self._arguments)

    @property
    def rank_correlation(self) -> float:
        """Spearman's correlation of the ranks of the units that both models rank."""
        return float(self._core.rank_correlation)

    @property
    def mean_places(self) -> float:
        """Mean number of places that a unit moves."""
        return float(self._core.mean_places)

    @property
    def most_places(self) -> float:
        """Largest number of places that a unit moves."""
        return float(self._core.most_places)

    @property
    def moved(self) -> int:
        """Units ranked under both models whose rank differs."""
        return int(self._core.moved)

    def differences(self) -> List[Tuple[str, str, Any, Any]]:
        """What differs between the models, as `IndexModel.differences` gives it."""
        return self._models[0].differences(self._models[1])

    def why(self, unit: str) -> Any:
        """A frame of the change in the contribution of every leaf to the total of a unit, largest first.

        Raises
        ------
        DataError
            For an unknown unit.
        """
        return make_frame(self._labels, self._core.why(text_of_unit(unit)), labelled=False)

    def frame(self) -> Any:
        """``unit``, ``name``, scores and ranks before and after, ``score_change`` and ``places_gained``."""
        columns = dict(self._table())
        for name in ("rank_before", "rank_after", "places_gained"):
            columns[name] = whole_numbers(columns[name])
        return make_frame(self._labels, columns, labelled=False)

    def _caption(self) -> str:
        return f"Comparison of {self._models[0].id} {self._models[0].version} with {self._models[1].id} {self._models[1].version}: {len(self)} units"

    def __repr__(self) -> str:
        return f"<{self._caption()}>\n{self._core.text()}".rstrip("\n")


def compare(
    before: ModelSource,
    after: ModelSource,
    data: Any,
    *,
    as_of: Any = None,
    previous: Any = None,
    other_periods: Sequence[Any] = (),
    threads: int = 1,
) -> Comparison:
    """Scores a table with two models, for example before and after one choice is changed, and says who moved and why.

    Parameters
    ----------
    before, after : IndexModel or source
        See `IndexModel.with_` and `IndexModel.drop`.
    data : frame, dict of columns, path or Panel
        As for `score`; it holds what either model reads.
    as_of, previous, other_periods, threads
        As for `score`.

    Returns
    -------
    Comparison

    Raises
    ------
    ModelError, DataError
        As `score` does for either model.

    Examples
    --------
    >>> import thuocdo as td
    >>> hdi = td.datasets.model("hdi")
    >>> td.compare(hdi, hdi.with_("@hdi/aggregate", "arithmetic"), td.datasets.panel("hdi-2022")).most_places
    6.0
    """
    first, second = load_model(before), load_model(after)
    panel = as_panel(data, first)
    earlier = None if previous is None else _other_panel(previous, first, None)
    others = [_other_panel(each, first, None) for each in other_periods]
    day = iso_date(as_of, "as_of")
    core = _core.compare(first._core, second._core, panel._core, day, earlier, others, threads)
    return Comparison(core, (first, second), panel._labels, (day, earlier, others))
