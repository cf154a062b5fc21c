"""Explanations for people: what holds a unit back, and which points are nearest to gain."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

from . import _core
from ._boards import Scoreboard, text_of_unit
from ._frames import make_frame
from ._languages import is_vietnamese
from ._progress import Progress, run_with_progress
from ._result_tables import ResultTable
from ._tables import Labels

#: An obstacle class: codes of leaves, or names and codes.
ObstacleClass = Union[Sequence[str], Mapping[str, Any]]
#: A limit of an indicator: `lower`, `upper`, `largest_step`, `digits` and `cost`.
Limit = Mapping[str, Any]

LIMIT_MEMBERS = ("lower", "upper", "largest_step", "digits", "cost")


class Bottlenecks(ResultTable):
    """What holds one unit back, leaf by leaf, largest gap first.

    Gaps are in points of the total: the slope of the node times the distance of its result. Positive holds back.
    """

    __slots__ = ()
    _optional = ("obstacle",)
    _shown = ("node", "name", "result", "to_median", "to_best_quarter", "to_best", "to_target")

    @property
    def unit(self) -> str:
        """Code of the unit."""
        return str(self._core.unit)

    @property
    def peers(self) -> List[str]:
        """Codes of the units that it is held against."""
        return list(self._core.peers)

    @property
    def missing(self) -> List[str]:
        """Codes of leaves without a result."""
        return list(self._core.missing)

    def leaves(self) -> Any:
        """A frame of the leaves: what the yardsticks ask for, the slope, and the gaps ``to_median``, ``to_best_quarter``,
        ``to_best`` and ``to_target``.
        """
        return self.frame()

    def pillars(self) -> Any:
        """The same for the children of the root."""
        columns = self._core.pillars()
        del columns["obstacle"]
        return make_frame(self._labels, columns, labelled=False)

    def obstacles(self) -> Any:
        """A frame of the obstacle classes: leaves ``behind``, and sums of the positive gaps of their leaves."""
        return make_frame(self._labels, self._core.obstacles(), labelled=False)

    def text(self, language: str = "vi", *, digits: int = 2, most: int = 3) -> str:
        """Sentences made from the numbers.

        Parameters
        ----------
        language : {"vi", "en"}
        digits : int
            Decimals of points; what rounds to 0 is not mentioned.
        most : int
            At most so many pillars, leaves and classes are named each.
        """
        return "\n".join(self._core.sentences(is_vietnamese(language), digits, most))

    def _caption(self) -> str:
        return f"Bottlenecks of {self._core.name} against {len(self.peers)} peers"

    def __repr__(self) -> str:
        return f"<{self._caption()}>\n{self._core.text()}".rstrip("\n")


class CheapestImprovements(ResultTable):
    """The cheapest changes of values that reach a goal, one row a change; where it is not reached, what comes nearest."""

    __slots__ = ()
    _shown = ("indicator", "name", "before", "after", "cost")

    @property
    def reached(self) -> bool:
        """Whether the goal can be reached within the limits, as far as the search has seen."""
        return bool(self._core.reached)

    @property
    def proved(self) -> bool:
        """Whether it is proved that nothing is cheaper, or that nothing reaches the goal."""
        return bool(self._core.proved)

    @property
    def cost(self) -> float:
        """Cost of the changes together."""
        return float(self._core.cost)

    @property
    def lower_bound(self) -> float:
        """Nothing that reaches the goal costs less; 0 where nothing is known, infinite where nothing reaches it."""
        return float(self._core.lower_bound)

    @property
    def outcome(self) -> Dict[str, Any]:
        """``score``, ``rank`` and ``band`` that scoring the changed values gives, and those ``_before``."""
        found = self._core.outcome()
        for name in ("band", "band_before"):
            found[name] = found[name] or None
        return dict(found)

    def changes(self) -> Any:
        """A frame of the changed values: ``indicator``, ``name``, ``before``, ``after`` and ``cost``."""
        return self.frame()

    def alone(self) -> Any:
        """A frame of the indicators that reach the goal alone, each with its cheapest value, cheapest first."""
        columns = self._core.alone()
        columns["band"] = [band or None for band in columns["band"]]
        return make_frame(self._labels, columns, labelled=False)

    def text(self, language: str = "vi", *, digits: int = 2) -> str:
        """Sentences made from the numbers; `digits` are the decimals of the score."""
        return "\n".join(self._core.sentences(is_vietnamese(language), digits, 1))

    def _caption(self) -> str:
        state = "reached" if self.reached else "not reached"
        return f"CheapestImprovements: {state}, {'proved' if self.proved else 'not proved'}, {len(self)} changes"

    def __repr__(self) -> str:
        return f"<{self._caption()}>\n{self._core.text()}".rstrip("\n")


def bottlenecks(
    board: Scoreboard,
    unit: str,
    peers: Union[None, str, Sequence[str]] = None,
    *,
    by: str = "median",
    obstacles: Optional[Mapping[str, ObstacleClass]] = None,
) -> Bottlenecks:
    """What holds a unit back: pillars and leaves against its peers and its targets, in points of the total.

    Parameters
    ----------
    board : Scoreboard
    unit : str
        Code or name.
    peers : str or sequence of str, optional
        An attribute that makes the peers (``"level"``, ``"kind"``, ``"parent"`` or a group), or their codes; default: all
        evaluated units.
    by : {"median", "best_quarter", "best", "target"}
        What the lists are ordered by.
    obstacles : dict, optional
        Obstacle classes by code: a sequence of leaves, or ``{"leaves": [...], "en": "human resources", "vi": "nhân lực"}``.

    Returns
    -------
    Bottlenecks

    Raises
    ------
    DataError
        For an unknown unit or peer, an attribute that the unit does not have, and leaves that are unknown or in two classes.
    """
    classes: List[Tuple[str, str, str, List[str]]] = []
    for code, given in (obstacles or {}).items():
        if isinstance(given, Mapping):
            classes.append((code, given.get("en", ""), given.get("vi", ""), list(given["leaves"])))
        else:
            classes.append((code, "", "", list(given)))
    group = peers if isinstance(peers, str) else ""
    codes = [] if peers is None or isinstance(peers, str) else [text_of_unit(each) for each in peers]
    return Bottlenecks(_core.bottlenecks(board._core, text_of_unit(unit), group, codes, by, classes), board._labels)


#: Indicator, lower, upper, largest step, digits, cost.
LimitFields = Tuple[str, Optional[float], Optional[float], Optional[float], int, float]


def limit_fields(limits: Mapping[str, Limit]) -> List[LimitFields]:
    """Limits as the compiled part takes them."""
    given: List[LimitFields] = []
    for indicator, limit in limits.items():
        unknown = [name for name in limit if name not in LIMIT_MEMBERS]
        if unknown:
            raise TypeError(f'limit of "{indicator}": {", ".join(unknown)}; known are {", ".join(LIMIT_MEMBERS)}')
        bounds = [None if limit.get(name) is None else float(limit[name]) for name in LIMIT_MEMBERS[:3]]
        given.append((indicator, bounds[0], bounds[1], bounds[2], int(limit.get("digits", 2)), float(limit.get("cost", 1.0))))
    return given


def cheapest_improvements(
    board: Scoreboard,
    unit: str,
    limits: Mapping[str, Limit],
    *,
    rank: Optional[float] = None,
    score: Optional[float] = None,
    band: Optional[str] = None,
    most_evaluations: int = 2000,
    progress: Progress = None,
) -> CheapestImprovements:
    """Which points are nearest to gain: the cheapest changes of a unit's values that reach a rank, a score or a band.

    Parameters
    ----------
    board : Scoreboard
    unit : str
        Code or name.
    limits : dict
        By indicator: ``lower``, ``upper`` (how far the value may go), ``largest_step``, ``digits`` (new values have so many
        decimals; 0 for counts; default 2) and ``cost`` per unit of value (default 1). Other indicators do not move.
    rank, score, band
        Exactly one goal: this rank, published score or band, or a better one.
    most_evaluations : int
        Scorings that the search may make where units depend on each other.
    progress : bool or callable
        See `score`.

    Returns
    -------
    CheapestImprovements
        What it states is what `Scoreboard.what_if` gives for the changed values.

    Raises
    ------
    DataError
        For an unknown unit or band, not exactly one goal, and every limit that cannot be used.
    TypeError
        For a member of a limit that does not exist.
    """
    given = limit_fields(limits)
    code = text_of_unit(unit)

    def run(report: Any) -> _core.CheapestImprovements:
        return _core.cheapest_improvements(board._core, code, given, rank, score, band, most_evaluations, report)

    labels: Labels = board._labels
    return CheapestImprovements(run_with_progress(progress, run), labels)
