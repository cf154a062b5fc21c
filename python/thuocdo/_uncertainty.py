"""How sure scores and ranks are: the index computed again and again with its choices varied."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Dict, Iterable, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Union

import numpy

from . import _core, _html
from ._boards import Scoreboard
from ._errors import ModelError, Problem, data_error
from ._frames import make_column, make_frame, whole_numbers
from ._progress import Progress, run_with_progress
from ._result_tables import SHOWN_ROWS, cell

#: Factors as a list of the form of the member ``factors`` of a model document; None: those that the model declares.
Factors = Optional[Sequence[Mapping[str, Any]]]

#: The share of the draws that an interval holds.
LEVEL = 0.9

#: Units that a picture shows unless asked for more.
DRAWN_UNITS = 60

#: Lines that the printed form of a run has above its rows.
HEADING_LINES = 3


@dataclass(frozen=True)
class FailedDraws:
    """Draws that have no ranking, for one reason."""

    code: str
    """Code of the problem, such as ``result_outside_domain``."""
    count: int
    first_draw: int
    """The earliest draw that failed so."""
    text: str
    """What was wrong in it."""


class Interval(NamedTuple):
    """A range, both ends included."""

    lower: float
    upper: float


def resolved_factors(board: Scoreboard, factors: Factors) -> Tuple[Any, Optional[str]]:
    """Factors as the compiled part draws them, and the text that they were read from, if they were given."""
    if isinstance(factors, (str, bytes, Mapping)):
        raise TypeError(f"factors: expected a list of factors, not {type(factors).__name__}")
    text = None if factors is None else json.dumps([dict(each) for each in factors], ensure_ascii=False)
    found = _core.Factors(board._core.model, text)
    if len(found) == 0:
        problem = Problem(
            "no_factors",
            "/factors" if factors is None else 'argument "factors"',
            "none",
            "one factor or more",
            'declare them in the model or give them, such as [{"noise": 0.25}]',
        )
        raise ModelError(_core.error_message("nothing is uncertain", [problem]), [problem])
    return found, text


class DrawCounts:
    """What is kept of some draws of a run: whole numbers, so that parts add up to the same bytes however a run was split.

    Pickles, and so travels between the processes of a cluster. Immutable.
    """

    __slots__ = ("_core",)

    def __init__(self, core: Any) -> None:
        self._core = core

    @staticmethod
    def from_bytes(data: bytes) -> "DrawCounts":
        """Counts from their bytes.

        Raises
        ------
        NumericError
            When they are damaged or of another version.
        """
        return DrawCounts(_core.DrawCounts.from_bytes(data))

    def bytes(self) -> bytes:
        """Everything as bytes; equal counts have equal bytes."""
        data: bytes = self._core.bytes()
        return data

    def digest(self) -> str:
        """SHA-256 of the bytes."""
        return str(self._core.digest())

    @property
    def run(self) -> str:
        """A name for the whole run (model, data, factors, seed and options); only counts of one run can be merged."""
        return str(self._core.run)

    @property
    def draws(self) -> int:
        """Draws that are in, with those that failed."""
        return int(self._core.draws)

    @property
    def failed(self) -> int:
        """Draws without a ranking."""
        return int(self._core.failed)

    @property
    def failures(self) -> List[FailedDraws]:
        """Why draws failed."""
        return [FailedDraws(*each) for each in self._core.failures]

    @property
    def ranges(self) -> List[Tuple[int, int]]:
        """The draws that are in, as first draw and number of draws."""
        return [(int(first), int(count)) for first, count in self._core.ranges]

    def merge(self, other: "DrawCounts") -> "DrawCounts":
        """The counts of both, as new counts; the order in which parts are merged has no effect.

        Raises
        ------
        NumericError
            When they are of another run, or when some draw is in both.
        """
        return DrawCounts(self._core.merged(other._core))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DrawCounts) and self.bytes() == other.bytes()

    def __hash__(self) -> int:
        return hash(self.digest())

    def __reduce__(self) -> Tuple[Any, Tuple[Any, ...]]:
        return DrawCounts.from_bytes, (self.bytes(),)

    def __repr__(self) -> str:
        return f"<DrawCounts of {self.draws} draws, {self.failed} failed>"


class UncertaintyPlan:
    """A run that is set up and can be done in parts, on one machine or a cluster.

    A draw is the same numbers whichever thread, part or machine computes it. A plan pickles as the board, the factors and
    the options, which are set up again. Immutable; many threads can use it.
    """

    __slots__ = ("_core", "_board", "_names", "_text", "_options", "_level")

    def __init__(
        self,
        board: Scoreboard,
        factors: Factors = None,
        *,
        draws: int = 1000,
        seed: int = 0,
        level: float = LEVEL,
        threads: int = 1,
        pairs: str = "automatic",
    ) -> None:
        if not 0.0 <= level <= 1.0:
            raise ValueError(f"level: expected a share from 0 to 1, not {level}")
        found, self._text = resolved_factors(board, factors)
        self._board = board
        self._names: List[str] = found.names
        self._options = (draws, seed, threads, pairs)
        self._level = level
        self._core = _core.UncertaintyPlan(board._core, found, *self._options)

    @property
    def board(self) -> Scoreboard:
        """What is tried."""
        return self._board

    @property
    def factors(self) -> List[str]:
        """Names of the factors."""
        return list(self._names)

    @property
    def draws(self) -> int:
        """Draws of the whole run."""
        return self._options[0]

    @property
    def seed(self) -> int:
        """The seed."""
        return self._options[1]

    def parts(self, count: int) -> List[Tuple[int, int]]:
        """The draws of the run in so many parts of about equal size: arguments of `partial`."""
        if count < 1:
            raise ValueError(f"count: expected 1 or more, not {count}")
        ends = [self.draws * part // count for part in range(count + 1)]
        return [(first, end - first) for first, end in zip(ends, ends[1:]) if end > first]

    def partial(self, first: int, count: int, *, progress: Progress = None) -> DrawCounts:
        """The counts of the draws ``first`` to ``first + count - 1``.

        Parameters
        ----------
        first, count : int
        progress : bool or callable, optional
            True for a bar; a callable gets the share done, and False from it stops.

        Returns
        -------
        DrawCounts

        Raises
        ------
        Cancelled
            When the callback returned False.
        """
        return DrawCounts(run_with_progress(progress, lambda report: self._core.partial(first, count, report)))

    def finish(self, counts: Union[DrawCounts, Iterable[DrawCounts]]) -> "Uncertainty":
        """The result that counts amount to.

        Parameters
        ----------
        counts : DrawCounts, or several
            Parts in any order, each once; they need not be all draws of the run.

        Raises
        ------
        NumericError
            When counts belong to another run, when some draw is in two of them, or when no draw succeeded.
        """
        parts = [counts] if isinstance(counts, DrawCounts) else list(counts)
        if not parts:
            raise ValueError("counts: expected one or more")
        whole = parts[0]
        for part in parts[1:]:
            whole = whole.merge(part)
        return Uncertainty(self, whole)

    def run(self, *, progress: Progress = None) -> "Uncertainty":
        """All draws."""
        return self.finish(self.partial(0, self.draws, progress=progress))

    def __reduce__(self) -> Tuple[Any, Tuple[Any, ...]]:
        return _plan_again, (self._board, self._text, self._options, self._level)

    def __repr__(self) -> str:
        return f"<UncertaintyPlan of {self.draws} draws, seed {self.seed}: {', '.join(self._names)}>"


def _plan_again(board: Scoreboard, text: Optional[str], options: Tuple[int, int, int, str], level: float) -> UncertaintyPlan:
    draws, seed, threads, pairs = options
    factors = None if text is None else json.loads(text)
    return UncertaintyPlan(board, factors, draws=draws, seed=seed, level=level, threads=threads, pairs=pairs)


class Uncertainty:
    """How sure the scores and ranks of a board are.

    Frames come in the kind of the data that was scored. Shares are of the draws in which a unit has a score; a unit without
    any has NaN. Immutable.
    """

    __slots__ = ("_core", "_plan")

    def __init__(self, plan: UncertaintyPlan, counts: DrawCounts) -> None:
        self._plan = plan
        self._core = plan._core.finish(counts._core)

    @property
    def board(self) -> Scoreboard:
        """What was tried."""
        return self._plan.board

    @property
    def factors(self) -> List[str]:
        """Names of the factors."""
        return self._plan.factors

    @property
    def seed(self) -> int:
        """The seed."""
        return self._plan.seed

    @property
    def level(self) -> float:
        """The share of the draws that intervals hold unless another is asked for."""
        return self._plan._level

    @property
    def draws(self) -> int:
        """Draws, with those that failed."""
        return int(self._core.draws)

    @property
    def failed(self) -> int:
        """Draws without a ranking; they count nowhere else."""
        return int(self._core.failed)

    @property
    def failures(self) -> List[FailedDraws]:
        """Why draws failed."""
        return [FailedDraws(*each) for each in self._core.failures]

    @property
    def counts(self) -> DrawCounts:
        """What was counted, to be kept or merged with more draws."""
        return DrawCounts(self._core.counts)

    @property
    def rank_resolution(self) -> int:
        """Places that share a count; above 1 (very many units) ranks are known to so many places only."""
        return int(self._core.rank_resolution)

    def _level(self, level: Optional[float]) -> float:
        return self.level if level is None else level

    def _frame(self, columns: Dict[str, Any]) -> Any:
        """Columns over the units in the order of the data."""
        return make_frame(self.board._unit_labels_without(columns), columns, self.board._unit_codes())

    def table(self, level: Optional[float] = None) -> Any:
        """Ranks and scores of the units with their intervals, in the order of the ranking.

        Parameters
        ----------
        level : float, optional
            The middle share of the draws that intervals hold.

        Returns
        -------
        frame
            Codes of units, ``name``, and of ``rank`` and ``score`` the published value, ``_low``, ``_high``, ``_median`` and
            ``_mean`` over the draws; ``score_deviation``, the standard deviation.
        """
        columns = self._core.columns(self._level(level))
        codes = columns.pop("unit")
        for name in ("rank", "rank_low", "rank_high", "rank_median"):
            columns[name] = whole_numbers(columns[name])
        return make_frame(self.board._unit_labels_without(columns), columns, codes)

    def ranking(self, limit: Optional[int] = None, *, level: Optional[float] = None) -> Any:
        """The published ranking with the interval of each rank beside it: `Scoreboard.ranking` with ``robust``."""
        return self.board.ranking(limit, robust=self, level=level)

    def _rank_intervals_of(self, board: Scoreboard, level: Optional[float]) -> Tuple[Any, Any]:
        """Lower and upper ends over the units of a board that must be the one of this run, in the order of its data."""
        # Digests do not depend on the order of the units.
        mine = self.board
        if board is not mine and (board.digest != mine.digest or board._unit_codes() != mine._unit_codes()):
            problem = Problem("another_board", 'argument "robust"', f"a run of {mine.digest}", f"a run of {board.digest}", "run it for this board")
            raise data_error("the robustness run is of another board", [problem])
        ends: Tuple[Any, Any] = self._core.rank_intervals(self._level(level))
        return ends

    def interval(self, unit: str, level: Optional[float] = None) -> Interval:
        """The ranks that hold the middle share of the draws of a unit (code or name): how a rank is printed, such as 2 to 5.

        Raises
        ------
        DataError
            When there is no such unit.
        """
        code = self.board._unit_codes()[self.board._unit(unit)]
        return Interval(*self._core.interval(code, self._level(level)))

    def rank_acceptability(self) -> Any:
        """Share of the draws in which each unit (row, in the order of the data) has each rank (column, such as ``1``)."""
        shares = self._core.rank_acceptability()
        names = [_core.shortest(float(rank)) for rank in self._core.acceptability_ranks()]
        return self._frame({name: shares[:, column] for column, name in enumerate(names)})

    def probability_top(self, top: int) -> Any:
        """Share of the draws in which each unit is among the best ``top``, in the order of the data."""
        return make_column(self.board._labels, f"probability_top_{top}", self._core.probability_top(top), self.board._unit_codes())

    def band_probability(self) -> Any:
        """Share of the draws in which each unit (row, in the order of the data) has each band (column, best first).

        Raises
        ------
        ModelError
            When the model has no bands.
        """
        shares = self._core.band_probability()
        return self._frame({code: shares[:, column] for column, code in enumerate(self._core.band_codes)})

    def winning_probability(self) -> Any:
        """Share of the draws in which the unit of a row is ahead of that of a column, a tie being half; NaN where not compared."""
        shares = self._core.winning_probabilities()
        return self._frame({code: shares[:, column] for column, code in enumerate(self.board._unit_codes())})

    def groups(self, level: Optional[float] = None) -> Any:
        """Units that cannot be told apart: the number of the group of each, from 1 for the best, in the order of the data.

        A group goes on down the published ranking until its first unit is ahead of the next one in at least a share
        ``level`` of the draws. A unit without a rank has no group.

        Raises
        ------
        NumericError
            For a level outside (0.5, 1], or when no pairs were compared.
        """
        found = numpy.asarray(self._core.groups(self._level(level)), dtype=numpy.float64)
        return make_column(self.board._labels, "group", whole_numbers(numpy.where(found < 0, numpy.nan, found + 1)), self.board._unit_codes())

    def central_weights(self) -> Any:
        """Mean weights of the leaves (columns) over the draws in which each unit (row) came first.

        They are shares of the total, and say what one must care for to prefer the unit (central weights of SMAA-2). NaN for
        a unit that never came first, and where no weights are drawn.
        """
        weights = self._core.central_weights()
        leaves = [leaf.code for leaf in self.board.model.leaves]
        return self._frame({code: weights[:, column] for column, code in enumerate(leaves)})

    def plot(
        self, kind: str = "intervals", axes: Any = None, *, top: int = DRAWN_UNITS, level: Optional[float] = None, language: str = "vi"
    ) -> Any:
        """Draws how sure the ranks are.

        Needs matplotlib (``pip install thuocdo[plot]``).

        Parameters
        ----------
        kind : {"intervals", "acceptability"}
            The interval of the rank of each unit with the median and the published rank, by median; or how often each unit
            had each rank, as a heat map.
        axes : matplotlib axes, optional
            Where to draw; default: a new figure.
        top : int
            At most so many units, the best first; the title says how many there are.
        level : float, optional
            The share of the draws that intervals hold.
        language : {"vi", "en"}

        Returns
        -------
        matplotlib axes
        """
        from ._uncertainty_plots import draw_acceptability, draw_intervals

        if kind == "intervals":
            return draw_intervals(self._core, self._level(level), axes, top, language)
        if kind == "acceptability":
            return draw_acceptability(self._core, axes, top, language)
        raise ValueError(f'kind: expected "intervals" or "acceptability", not {kind!r}')

    def __len__(self) -> int:
        return len(self.board)

    def _failure_notes(self) -> List[str]:
        return [f"{each.count} of {self.draws} draws failed ({each.code}), first draw {each.first_draw}: {each.text}" for each in self.failures]

    def __repr__(self) -> str:
        model = self.board.model
        lines = self._core.text().splitlines()
        shown = lines[: HEADING_LINES + min(len(self), SHOWN_ROWS)]
        more = [f"... {len(self) - SHOWN_ROWS} more"] if len(self) > SHOWN_ROWS else []
        notes = lines[HEADING_LINES + len(self) :]
        return "\n".join([f"<Uncertainty of {model.id} {model.version}: {len(self)} units>", *shown, *more, *notes])

    def _repr_html_(self) -> str:
        table = self._core.columns(self.level)
        rows: List[List[Any]] = []
        for row in range(min(len(self), SHOWN_ROWS)):
            values = {name: cell(column, row) for name, column in table.items()}
            ranks, scores = (f"{_html.shown(values[what + '_low'])} – {_html.shown(values[what + '_high'])}" for what in ("rank", "score"))
            rows.append([values["rank"], ranks, values["rank_median"], values["unit"], values["name"], values["score"], scores])
        per_cent = _html.shown(self.level * 100)
        header = ["rank", f"rank, {per_cent}% of draws", "median rank", "unit", "name", "score", f"score, {per_cent}% of draws"]
        notes = [f"{len(self) - SHOWN_ROWS} more"] if len(self) > SHOWN_ROWS else []
        notes.append(f"{self.draws} draws, seed {self.seed}; factors: {', '.join(self.factors)}")
        model = self.board.model
        return _html.table(f"{model.name} ({model.id} {model.version})", header, rows, notes + self._failure_notes())

    def __reduce__(self) -> Tuple[Any, Tuple[Any, ...]]:
        return Uncertainty, (self._plan, self.counts)


def uncertainty_plan(
    board: Scoreboard,
    factors: Factors = None,
    *,
    draws: int = 1000,
    seed: int = 0,
    level: float = LEVEL,
    threads: int = 1,
    pairs: str = "automatic",
) -> UncertaintyPlan:
    """Sets up a run that is done in parts; parameters are those of `uncertainty`.

    Returns
    -------
    UncertaintyPlan

    Examples
    --------
    >>> import thuocdo as td
    >>> board = td.score(td.datasets.model("hdi"), td.datasets.panel("hdi-2022"))
    >>> plan = td.uncertainty_plan(board, [{"noise": 0.25}], draws=200)
    >>> parts = [plan.partial(first, count) for first, count in plan.parts(3)]
    >>> plan.finish(parts).counts == plan.run().counts
    True
    """
    return UncertaintyPlan(board, factors, draws=draws, seed=seed, level=level, threads=threads, pairs=pairs)


def uncertainty(
    board: Scoreboard,
    factors: Factors = None,
    *,
    draws: int = 1000,
    seed: int = 0,
    level: float = LEVEL,
    threads: int = 1,
    pairs: str = "automatic",
    progress: Progress = False,
) -> Uncertainty:
    """How sure the scores and ranks of a board are, when the choices behind it vary.

    In every draw each factor takes one of its values, independently of the others: weights are drawn, alternatives of the
    model chosen, errors added to the data. The board is computed with them, and the units are ranked by the rule of the
    model.

    Parameters
    ----------
    board : Scoreboard
        What is published.
    factors : list of dict, optional
        What is uncertain, in the form of the member ``factors`` of a model document (``docs/model-document.md``), such as
        ``[{"noise": 0.25}, {"at": "@hdi/aggregate", "one_of": ["geometric", "arithmetic"]}]``; default: what the model declares.
    draws : int
        How often; 1,000 show the intervals, 10,000 make them firm.
    seed : int
        The same numbers for the same seed, on any machine and with any number of threads.
    level : float
        The middle share of the draws that intervals hold.
    threads : int
    pairs : {"automatic", "neighbours", "all", "none"}
        Which pairs of units are compared in every draw, for `Uncertainty.groups` and `Uncertainty.winning_probability`:
        units up to 16 places apart in the ranking, or all; automatic: all up to 256 units.
    progress : bool or callable, optional
        True for a bar; a callable gets the share done, and False from it stops. Ctrl-C always works.

    Returns
    -------
    Uncertainty

    Raises
    ------
    ModelError
        With every factor that hits nothing or has no effect, and when there are none.
    NumericError
        For options out of range, and when every draw failed, with the reasons.
    Cancelled
        When the callback returned False.

    References
    ----------
    M. Saisana, A. Saltelli and S. Tarantola (2005), Journal of the Royal Statistical Society A 168(2), 307-323.

    Examples
    --------
    >>> import thuocdo as td
    >>> board = td.score(td.datasets.model("hdi"), td.datasets.panel("hdi-2022"))
    >>> robust = td.uncertainty(board, [{"noise": 0.25}], draws=500)
    >>> robust.interval("VNM").lower <= board.explain("VNM").rank <= robust.interval("VNM").upper
    True
    """
    plan = UncertaintyPlan(board, factors, draws=draws, seed=seed, level=level, threads=threads, pairs=pairs)
    return plan.run(progress=progress)
