"""How far a ranking depends on the weight of a node, and on each element of the model."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Optional, Sequence

import numpy

from . import _core
from ._boards import Scoreboard, text_of_unit
from ._frames import make_frame, whole_numbers
from ._models import IndexModel
from ._progress import Progress, run_with_progress
from ._result_tables import ResultTable
from ._tables import Labels

#: The defaults of the library, see `weight_stability`.
TOP = 10
RESOLUTION = 1e-4
SCAN = 32


class PairStability(NamedTuple):
    """Between which shares of the weight of a node two units keep their order."""

    node: str
    name: str
    name_vi: str
    #: Share of the weight (or points) among the siblings on the board.
    share: float
    lowest: float
    highest: float
    #: Codes of the unit that passes the other just beyond an end; None where the share can go all the way.
    overtaker_below: Optional[str]
    overtaker_above: Optional[str]
    #: Worked out rather than searched.
    exact: bool


class WeightStability(ResultTable):
    """How far the weight of each node can move before the first place, or one of the first ranks, changes.

    Rows go as the model lists its nodes. ``first_lowest`` to ``first_highest`` are the shares that keep the first place,
    ``top_lowest`` to ``top_highest`` those that keep the ranks up to `top`; the units that are overtaken and overtake just
    beyond each end follow.
    """

    __slots__ = ()
    _optional = (
        *(f"{order}_{who}_{end}" for order in ("first", "top") for who in ("overtaken", "overtaker") for end in ("below", "above")),
        "refusal",
    )
    _shown = ("node", "name", "share", "first_lowest", "first_highest", "first_overtaker_below", "first_overtaker_above", "top_lowest", "top_highest")

    @property
    def top(self) -> int:
        """The ranks that must stay within ``top_lowest`` to ``top_highest``."""
        return int(self._core.top)

    def plot(self, axes: Any = None, *, order: str = "first", limit: int = 25, language: str = "vi") -> Any:
        """Draws for each node its share and the shares that keep the order, the narrowest room first.

        Needs matplotlib (``pip install thuocdo[plot]``).

        Parameters
        ----------
        axes : matplotlib axes, optional
            Where to draw; default: a new figure.
        order : {"first", "top"}
            Whether the first place must stay or all ranks up to `top`.
        limit : int
            At most so many nodes.
        language : {"vi", "en"}

        Returns
        -------
        matplotlib axes
        """
        from ._robust_plots import draw_stability

        return draw_stability(self._table(), order, self.top, axes, limit, language)

    def _caption(self) -> str:
        return f"WeightStability: {len(self)} nodes"


class LeaveOneOut(ResultTable):
    """The ranking without each element in turn; rows go as the elements were named, or as the model lists its leaves."""

    __slots__ = ("_nominal",)
    _optional = ("most_moved", "refusal")
    _shown = ("element", "name", "mean_shift", "largest_shift", "most_moved", "moved", "rank_correlation", "refusal")

    def __init__(self, core: Any, nominal: Scoreboard) -> None:
        super().__init__(core, nominal._labels)
        self._nominal = nominal

    @property
    def nominal(self) -> Scoreboard:
        """The board with every element."""
        return self._nominal

    def frame(self) -> Any:
        """A row an element: mean and largest number of places moved and whose, the correlation of ranks, or why it cannot be left out."""
        return make_frame(self._labels, self._table(), labelled=False)

    def scores(self) -> Any:
        """Scores of the units (rows) without each element (columns), ``nominal`` first."""
        return self._by_unit(self._core.scores(), self._nominal._core.scores)

    def ranks(self) -> Any:
        """Ranks of the units (rows) without each element (columns), ``nominal`` first."""
        return self._by_unit(self._core.ranks(), self._nominal._core.ranks, ranks=True)

    def places_gained(self) -> Any:
        """Places that the units (rows) gain without each element (columns); negative when lost."""
        return self._by_unit(self._core.places_gained(), None, ranks=True)

    def _by_unit(self, values: Any, nominal: Any, ranks: bool = False) -> Any:
        columns: Dict[str, Any] = {} if nominal is None else {"nominal": nominal}
        for place, code in enumerate(self._table()["element"]):
            columns[code] = values[:, place]
        if ranks:
            columns = {name: whole_numbers(numpy.asarray(column)) for name, column in columns.items()}
        return make_frame(self._nominal._unit_labels_without(columns), columns, self._nominal._unit_codes())

    def plot(self, axes: Any = None, *, limit: int = 25, language: str = "vi") -> Any:
        """Draws the places that units gain and lose without each element, the largest mean shift first.

        Needs matplotlib (``pip install thuocdo[plot]``).

        Parameters
        ----------
        axes : matplotlib axes, optional
            Where to draw; default: a new figure.
        limit : int
            At most so many elements.
        language : {"vi", "en"}

        Returns
        -------
        matplotlib axes
        """
        from ._robust_plots import draw_left_out

        order: List[int] = self._core.by_mean_shift()
        board = self._nominal._core
        names = board.panel.units.display_names()
        return draw_left_out(self._table(), order, self._core.places_gained(), board.ranked_units, names, axes, limit, language)

    def _caption(self) -> str:
        return f"LeaveOneOut: {len(self)} elements"

    def __repr__(self) -> str:
        return f"<{self._caption()}>\n{self._core.text(0)}".rstrip("\n")


def leave_one_out(board: Scoreboard, elements: Sequence[str] = (), *, threads: int = 1, progress: Progress = None) -> LeaveOneOut:
    """Leaves out the elements of the model one by one, each time from the whole model, and ranks the units again.

    Parameters
    ----------
    board : Scoreboard
    elements : sequence of str
        Codes of nodes or indicators; default: every leaf.
    threads : int
    progress : bool or callable, optional
        True for a bar; a callable gets the share done, and False from it stops.

    Returns
    -------
    LeaveOneOut
        An element that cannot be left out, because a gate or a tie-breaker counts on it, is a row with the reason.

    Raises
    ------
    ModelError
        For codes that the model does not have.
    Cancelled
        When the callback returns False.

    Examples
    --------
    >>> import thuocdo as td
    >>> board = td.score(td.datasets.model("hdi"), td.datasets.panel("hdi-2022"))
    >>> len(td.leave_one_out(board)) == len(board.model.leaves)
    True
    """
    core = run_with_progress(progress, lambda report: _core.leave_one_out(board._core, list(elements), threads, report))
    return LeaveOneOut(core, board)


def weight_stability(
    board: Scoreboard,
    node: Optional[str] = None,
    units: Optional[Sequence[str]] = None,
    *,
    top: int = TOP,
    resolution: float = RESOLUTION,
    scan: int = SCAN,
    threads: int = 1,
    progress: Progress = None,
) -> Any:
    """How far the weight of a node can move before two units, the first place or the first ranks change.

    The others among its siblings keep their proportions. Where totals are sums and arithmetic means the answer is exact;
    else the board is scored again under a grid of shares, and the ends are bisected.

    Parameters
    ----------
    board : Scoreboard
    node : str, optional
        Code of the node whose weight moves; with `units`.
    units : two str, optional
        Codes or names of the two units whose order is asked after; default: first place and first ranks, for every node.
    top : int
        How many ranks must stay.
    resolution : float
        How closely ends are found that have to be searched.
    scan : int
        How many shares between 0 and 1 are looked at first in a search.
    threads : int
    progress : bool or callable, optional
        True for a bar; a callable gets the share done, and False from it stops.

    Returns
    -------
    WeightStability or PairStability

    Raises
    ------
    ModelError
        For an unknown node, or one without a weight or without siblings.
    DataError
        For an unknown unit, or one without a rank.
    Cancelled
        When the callback returns False.

    Examples
    --------
    >>> import thuocdo as td
    >>> board = td.score(td.datasets.model("hdi"), td.datasets.panel("hdi-2022"))
    >>> td.weight_stability(board, "health", ["CHE", "NOR"]).exact
    False
    """
    if (node is None) != (units is None):
        raise ValueError("node and units: expected both or neither")
    if node is not None and units is not None:
        pair = [text_of_unit(unit) for unit in units]
        if len(pair) != 2:
            raise ValueError(f"units: expected two, not {len(pair)}")
        fields = _core.pair_stability(board._core, node, pair, resolution, scan)
        for name in ("overtaker_below", "overtaker_above"):
            fields[name] = fields[name] or None
        return PairStability(**fields)
    core = run_with_progress(progress, lambda report: _core.weight_stability(board._core, top, resolution, scan, threads, report))
    return WeightStability(core, Labels(board._labels.kind))


def with_weight_share(board: Scoreboard, node: str, share: float) -> IndexModel:
    """The model of a board in which a node has another share of the weight among its siblings, which keep their proportions.

    Raises
    ------
    ModelError
        For an unknown node, one without a weight or siblings, and a share that is not above 0 and below 1.
    """
    return IndexModel(_core.with_weight_share(board._core, node, share))
