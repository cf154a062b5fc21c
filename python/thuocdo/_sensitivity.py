"""Which uncertain choice of an index matters."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

import numpy

from . import _core, _html
from ._boards import Scoreboard
from ._frames import make_frame
from ._progress import Progress, run_with_progress
from ._tables import Labels
from ._uncertainty import FailedDraws, Factors, resolved_factors
from .kernels.sensitivity import SobolIndices


class Sensitivity:
    """How much of the variance of a result each factor causes, alone and together with others. Immutable.

    The first order of a factor is the share of the variance that would go, on average, if it were known; the total is the
    share that would stay, on average, if all others were known. Both are estimates: a first order may come out below 0.
    """

    __slots__ = ("_board", "_fields")

    def __init__(self, board: Scoreboard, fields: Dict[str, Any]) -> None:
        self._board = board
        self._fields = fields

    @property
    def board(self) -> Scoreboard:
        """What was tried."""
        return self._board

    @property
    def factors(self) -> List[str]:
        """Names of the factors."""
        return list(self._fields["factors"])

    @property
    def target(self) -> str:
        """What is explained."""
        return str(self._fields["target"])

    @property
    def unit(self) -> Optional[str]:
        """Code of the unit whose rank or score is explained."""
        return self._fields["unit"] or None

    @property
    def samples(self) -> int:
        """Rows of points."""
        return int(self._fields["samples"])

    @property
    def runs(self) -> int:
        """How often the board was computed: samples times (factors + 2)."""
        return int(self._fields["runs"])

    @property
    def indices(self) -> SobolIndices:
        """The indices as arrays, with the mean and the variance of what is explained."""
        found: SobolIndices = self._fields["indices"]
        return found

    @property
    def failures(self) -> List[FailedDraws]:
        """Why runs failed; only the rows of the factors that need them are left out."""
        return [FailedDraws(*each) for each in self._fields["failures"]]

    def _columns(self) -> Dict[str, Any]:
        found = self.indices
        columns: Dict[str, Any] = {
            "factor": self.factors,
            "first_order": found.first_order,
            "first_low": found.first_order_lower,
            "first_high": found.first_order_upper,
            "total": found.total,
            "total_low": found.total_lower,
            "total_high": found.total_upper,
            "rows": numpy.array(found.rows_used, dtype=numpy.int64),
        }
        return columns

    def table(self) -> Any:
        """A row a factor, in their order: first order and total with their bootstrap intervals, and the rows that were used.

        NaN where nothing varies or too few runs succeeded, see ``indices.reason``.
        """
        return make_frame(Labels(self._board._labels.kind), self._columns(), labelled=False)

    def convergence(self) -> Any:
        """The indices from an eighth, a quarter, half and all of the rows: a row for each and each factor.

        They have settled when the last ones are alike.
        """
        found = self.indices
        parts, names = len(found.convergence_rows), self.factors
        columns: Dict[str, Any] = {
            "rows": numpy.repeat(numpy.array(found.convergence_rows, dtype=numpy.int64), len(names)),
            "factor": names * parts,
            "first_order": numpy.asarray(found.convergence_first_order).reshape(-1),
            "total": numpy.asarray(found.convergence_total).reshape(-1),
        }
        return make_frame(Labels(self._board._labels.kind), columns, labelled=False)

    def plot(self, axes: Any = None, *, limit: int = 25, language: str = "vi") -> Any:
        """Draws for each factor a bar for the first order and one for the total, with intervals, the largest total first.

        Needs matplotlib (``pip install thuocdo[plot]``).

        Parameters
        ----------
        axes : matplotlib axes, optional
            Where to draw; default: a new figure.
        limit : int
            At most so many factors.
        language : {"vi", "en"}

        Returns
        -------
        matplotlib axes
        """
        from ._uncertainty_plots import draw_sensitivity

        return draw_sensitivity(self._columns(), self.target, self._unit_name(), self.runs, axes, limit, language)

    def _unit_name(self) -> str:
        if self.unit is None:
            return ""
        units = self._board._core.panel.units
        return str(units.display_names()[units.index_of(self.unit)])

    def __len__(self) -> int:
        return len(self.factors)

    def __repr__(self) -> str:
        of = f" of {self.unit}" if self.unit else ""
        return f"<Sensitivity of {self.target}{of}>\n{self._fields['text']}".rstrip("\n")

    def _repr_html_(self) -> str:
        columns = self._columns()
        rows = [[cells if isinstance(cells, str) else cells.item() for cells in row] for row in zip(*columns.values())]
        notes = [f"{self.runs} runs, seed {self._fields['seed']}"]
        notes += [f"{each.count} runs failed ({each.code}): {each.text}" for each in self.failures]
        of = f" of {self._unit_name()}" if self.unit else ""
        return _html.table(f"{self.target.replace('_', ' ')}{of}", list(columns), rows, notes)

    def __reduce__(self) -> Tuple[Any, Tuple[Any, ...]]:
        return Sensitivity, (self._board, self._fields)


def sensitivity(
    board: Scoreboard,
    factors: Factors = None,
    *,
    samples: int = 256,
    seed: int = 0,
    target: str = "mean_rank_shift",
    unit: Optional[str] = None,
    resamples: int = 1000,
    level: float = 0.95,
    threads: int = 1,
    progress: Progress = False,
) -> Sensitivity:
    """Which factor moves the ranks: first-order and total Sobol indices.

    The board is computed ``samples * (factors + 2)`` times at points of a scrambled Sobol sequence. A factor that draws
    several numbers (the weights of a group, the errors of cells) is one factor.

    Parameters
    ----------
    board : Scoreboard
    factors : list of dict, optional
        As for `uncertainty`.
    samples : int
        Rows of points, 8 or more; a power of two uses them best.
    seed : int
        The same numbers for the same seed, on any machine and with any number of threads.
    target : {"mean_rank_shift", "rank", "score"}
        What is explained: the mean over the units of the places between the rank and the published one, or the rank or the
        score (before rounding) of one unit.
    unit : str, optional
        Code or name of the unit, for the targets that are about one.
    resamples : int
        Bootstrap resamples for the intervals; 0 for none.
    level : float
        Probability of the intervals.
    threads : int
    progress : bool or callable, optional
        True for a bar; a callable gets the share done, and False from it stops. Ctrl-C always works.

    Returns
    -------
    Sensitivity

    Raises
    ------
    ModelError
        With every factor that hits nothing or has no effect, and when there are none.
    NumericError
        For options out of range.
    Cancelled
        When the callback returned False.

    References
    ----------
    A. Saltelli and others (2010), Computer Physics Communications 181(2), 259-270; M. J. W. Jansen (1999), the same 117, 35-43.

    Examples
    --------
    >>> import thuocdo as td
    >>> board = td.score(td.datasets.model("hdi"), td.datasets.panel("hdi-2022"))
    >>> factors = [{"at": "hdi", "noise": 0.25}, {"at": "@hdi/aggregate", "one_of": ["geometric", "arithmetic"]}]
    >>> found = td.sensitivity(board, factors, samples=32, resamples=0)
    >>> found.runs
    128
    """
    found, _ = resolved_factors(board, factors)
    code = "" if unit is None else board._unit_codes()[board._unit(unit)]
    options = (samples, seed, target, code, resamples, level, threads)
    core = run_with_progress(progress, lambda report: _core.sensitivity(board._core, found, *options, report))
    fields = {name: getattr(core, name) for name in ("factors", "samples", "runs", "failures")}
    fields.update(target=target, unit=code, seed=seed, indices=SobolIndices(**core.indices()), text=core.text())
    return Sensitivity(board, fields)
