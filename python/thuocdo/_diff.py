"""Two scoreboards: who moved, by how much, and why, split exactly."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

from . import _core
from ._boards import Scoreboard, text_of_unit
from ._frames import make_frame, whole_numbers
from ._languages import is_vietnamese
from ._progress import Progress, run_with_progress
from ._result_tables import ResultTable

#: Causes of a change in the order in which they are let in.
CAUSES = ("date", "own_data", "peers", "leaving", "definition", "entering", "rounding", "arithmetic")


class Diff(ResultTable):
    """The difference of two boards, by new rank; units that left come last.

    The parts of every unit add up to the change of its published score, bit for bit, and those of its rank exactly.
    """

    __slots__ = ("_boards",)
    _optional = ("linked",)
    _shown = ("unit", "name", "status", "rank_before", "rank_after", "score_before", "score_after", "score_change")

    def __init__(self, core: _core.Diff, before: Scoreboard, after: Scoreboard) -> None:
        super().__init__(core, after._labels)
        self._boards = (before, after)

    @property
    def before(self) -> Scoreboard:
        """The earlier board."""
        return self._boards[0]

    @property
    def after(self) -> Scoreboard:
        """The later board."""
        return self._boards[1]

    def units(self) -> Any:
        """A frame of all units of either board.

        ``unit``, ``name``, ``status`` (``stayed``, ``entered`` or ``left``), ``linked`` (of a unit that left: those made of
        it; of one that entered: its predecessors), ranks and scores before and after, ``places_gained``, ``score_change``
        and one column a cause: ``date``, ``own_data``, ``peers``, ``leaving``, ``definition``, ``entering``, ``rounding`` and
        ``arithmetic``. A cause that cannot be told from others is missing there; see `parts`.
        """
        columns = dict(self._table())
        for name in ("rank_before", "rank_after", "places_gained"):
            columns[name] = whole_numbers(columns[name])
        return make_frame(self._labels, columns, labelled=False)

    def frame(self) -> Any:
        """The same as `units`."""
        return self.units()

    @property
    def parts(self) -> Any:
        """A frame of the parts of every unit: ``unit``, ``of`` (``score`` or ``rank``), ``cause``, ``label`` and ``amount``.

        A part of a rank is negative where it moves the unit up. Causes that cannot be told apart share a part.
        """
        return make_frame(self._labels, self._core.parts(), labelled=False)

    @property
    def breaks(self) -> Any:
        """A frame of the nodes whose results before and after must not be compared, and why."""
        return make_frame(self._labels, self._core.breaks(), labelled=False)

    @property
    def definition(self) -> Any:
        """A frame of what the two models say differently, with a sentence for each (``text``, ``text_vi``)."""
        return make_frame(self._labels, self._core.definition(), labelled=False)

    @property
    def refused(self) -> List[Tuple[str, str, str]]:
        """Scorings on the way that the rules of the model refused: cause, unit (empty for all) and the first problem."""
        return list(self._core.refused)

    @property
    def held(self) -> List[Tuple[str, Optional[str]]]:
        """Old values that stood in for new ones under the old model: indicator and unit (``None`` for all)."""
        return [(indicator, unit or None) for indicator, unit in self._core.held]

    def why(self, unit: str, first: str = "date", last: str = "peers") -> Any:
        """A frame of the change in the contribution of every leaf to the total of a unit, largest first.

        Parameters
        ----------
        unit : str
            Code.
        first, last : str
            Neighbouring causes that are followed together; default: what the new data changed under the old model.

        Raises
        ------
        DataError
            For a unit that is not on both scorings, causes in the wrong order or without a scoring of all units between
            them (``own_data`` alone), and where the scoring was refused.
        """
        return make_frame(self._labels, self._core.why(text_of_unit(unit), first, last)[0], labelled=False)

    def movement(self, unit: str) -> Dict[str, List[str]]:
        """Codes of units that one passed (``overtaken``), that passed it, and that left or entered ahead of it."""
        names = ("overtaken", "overtaken_by", "left_ahead", "entered_ahead")
        return {name: list(codes) for name, codes in zip(names, self._core.movement(text_of_unit(unit)))}

    def text(self, unit: str, language: str = "vi", *, digits: int = 2, most: int = 3) -> str:
        """What moved a unit, in sentences made from the numbers.

        Parameters
        ----------
        unit : str
            Code.
        language : {"vi", "en"}
        digits : int
            Decimals of points; what rounds to 0 is not mentioned.
        most : int
            At most so many units are named each time.
        """
        return "\n".join(self._core.sentences(text_of_unit(unit), is_vietnamese(language), digits, most))

    def _caption(self) -> str:
        return f"Diff of {len(self)} units"

    def __repr__(self) -> str:
        return f"<{self._caption()}>\n{self._core.text()}".rstrip("\n")


def diff(before: Scoreboard, after: Scoreboard, *, threads: int = 1, progress: Progress = None) -> Diff:
    """Splits the difference of two boards exactly into what caused it.

    The causes come in one after the other: targets of the new date, the unit's own data, the data of the others, units that
    left, the definition, units that entered; each has the difference of two scorings.

    Parameters
    ----------
    before, after : Scoreboard
        Units are matched by code.
    threads : int
        Of each scoring; no result depends on it.
    progress : bool or callable
        See `score`.

    Returns
    -------
    Diff

    Raises
    ------
    Cancelled
        When the progress callback returns False.

    Examples
    --------
    >>> import thuocdo as td
    >>> model = {"thuocdo": 1, "id": "m", "version": "1", "name": "m", "root": {"code": "total", "children": [
    ...     {"code": "a", "score": {"rule": "min_max"}}]}}
    >>> before = td.score(model, {"unit": ["x", "y", "z"], "a": [0.0, 5.0, 10.0]})
    >>> after = td.score(model, {"unit": ["x", "y", "z"], "a": [0.0, 10.0, 20.0]})
    >>> moved = td.diff(before, after)
    >>> [float(each) for each in moved.units()["own_data"]], [float(each) for each in moved.units()["peers"]]
    ([0.0, 0.5, 0.0], [0.0, -0.5, 0.0])
    """
    core = run_with_progress(progress, lambda report: _core.diff(before._core, after._core, threads, report))
    return Diff(core, before, after)
