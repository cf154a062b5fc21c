"""Variance-based sensitivity: which uncertain factors a result depends on, alone and with others.

Points are those of a scrambled Sobol sequence, so that every number is a function of the seed; results have the same
bits on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Dict, Optional, Sequence, Tuple

import numpy
from numpy.typing import ArrayLike

from .. import _core
from .._progress import Progress, run_with_progress
from ._arrays import Array, numbers

Columns = Dict[str, Any]

__all__ = ["SobolIndices", "sobol_design", "sobol_indices", "sobol_indices_of", "sobol_points"]


@dataclass(frozen=True, eq=False)
class SobolIndices:
    """Indices of each factor with their bootstrap intervals; arrays and tuples have one entry a factor."""

    first_order: Array
    """Share of the variance that would go, on average, if the factor were known."""
    first_order_lower: Array
    first_order_upper: Array
    total: Array
    """Share that would stay, on average, if all other factors were known: first order and interactions."""
    total_lower: Array
    total_upper: Array
    first_order_includes_zero: Tuple[bool, ...]
    """Whether 0 lies in the interval: the runs do not tell the factor from one without effect."""
    total_includes_zero: Tuple[bool, ...]
    rows_used: Tuple[int, ...]
    left_out: Tuple[int, ...]
    """Rows that lack one of the outputs that the factor needs."""
    state: Tuple[str, ...]
    """``"estimated"``, or why the index is NaN: ``"no_variation"`` or ``"too_few_rows"``."""
    reason: Tuple[str, ...]
    """The state in words."""
    reason_vi: Tuple[str, ...]
    mean: float
    variance: float
    rows: int
    missing_outputs: int
    resamples: int
    level: float
    convergence_rows: Tuple[int, ...]
    """An eighth, a quarter, half and all of the rows."""
    convergence_first_order: Array
    """(parts of the rows, factors): the indices from so many rows only."""
    convergence_total: Array

    def columns(self, names: Optional[Sequence[str]] = None) -> Columns:
        """One row a factor, ready for a frame.

        Parameters
        ----------
        names : sequence of str, optional
            Names of the factors; ``factor 1``, ``factor 2``, ... by default.
        """
        factors = len(self.state)
        if names is not None and len(names) != factors:
            raise ValueError(f"names: expected {factors}, one a factor, not {len(names)}")
        return {
            "factor": [f"factor {j + 1}" for j in range(factors)] if names is None else list(names),
            "first_order": self.first_order,
            "first_order_lower": self.first_order_lower,
            "first_order_upper": self.first_order_upper,
            "first_order_includes_zero": list(self.first_order_includes_zero),
            "total": self.total,
            "total_lower": self.total_lower,
            "total_upper": self.total_upper,
            "total_includes_zero": list(self.total_includes_zero),
            "rows_used": list(self.rows_used),
            "left_out": list(self.left_out),
            "state": list(self.state),
        }


def sobol_points(count: int, dimensions: int, *, seed: int = 0, first: int = 0, scramble: bool = True) -> Array:
    """Points of the Sobol sequence, which fill the unit cube more evenly than random ones.

    Take a power of two of them from 0 on: leaving out the first or taking 1,000 loses the balance.

    Parameters
    ----------
    count : int
        How many; ``first + count`` at most 2^32.
    dimensions : int
        1 to 1,024.
    seed : int
        Of the nested uniform scrambling (Owen 1995, by hashing), which makes each point uniform and seeds independent.
    first : int
        The first point, so that points can be made in parts.
    scramble : bool
        False for the sequence itself, without a seed: the points of scipy plus 2^-33.

    Returns
    -------
    array, shape (count, dimensions)
        On the open interval (0, 1).

    Raises
    ------
    NumericError
        When there are no such dimensions or points.

    References
    ----------
    Joe and Kuo (2008), SIAM Journal on Scientific Computing 30(5); Burley (2020), Journal of Computer Graphics
    Techniques 9(4).
    """
    return _core.sobol_points(seed, count, dimensions, first, scramble)


def sobol_design(samples: int, factors: int, *, seed: int = 0) -> Array:
    """The points at which a model runs for `sobol_indices`.

    Parameters
    ----------
    samples : int
        Rows, a power of two for even points.
    factors : int
        1 to 512.
    seed : int

    Returns
    -------
    array, shape (factors + 2, samples, factors)
        A, B, and for each factor the points AB, which are those of A but for this factor, which is that of B.

    Raises
    ------
    NumericError
        When the number of factors is out of range.
    """
    return numpy.stack(_core.sobol_design(seed, samples, factors))


def sobol_indices(
    y_a: ArrayLike,
    y_b: ArrayLike,
    y_ab: ArrayLike,
    *,
    resamples: int = 1000,
    level: float = 0.95,
    seed: int = 0,
    progress: Progress = False,
) -> SobolIndices:
    """First-order and total indices from the outputs of a model.

    S = mean of (yB - m) (yAB - yA) / V and ST = mean of (yA - yAB)^2 / 2V, with m and V the mean and variance of yA and
    yB together.

    Parameters
    ----------
    y_a, y_b : array_like, shape (rows,)
        Outputs at A and B. NaN is missing: a run that failed.
    y_ab : array_like, shape (rows, factors)
        Outputs at AB. A row is left out of a factor only where that factor lacks one of its three outputs.
    resamples : int
        Of the rows, for percentile intervals; 0 for none.
    level : float
        Of the intervals.
    seed : int
        Of the resamples.
    progress : bool or callable
        True shows a bar; a callable gets the share done, and False from it stops.

    Raises
    ------
    NumericError
        Naming infinite outputs, sizes that differ and options out of range.
    Cancelled
        When `progress` returned False.

    References
    ----------
    Saltelli et al. (2010), Computer Physics Communications 181(2), 259-270; Jansen (1999), the same 117, 35-43.
    """
    a, b, ab = numbers(y_a), numbers(y_b), numbers(y_ab)
    return SobolIndices(
        **run_with_progress(progress, lambda report: _core.sobol_indices(a, b, ab, resamples, level, seed, report))
    )


def sobol_indices_of(
    function: Callable[[Array], ArrayLike],
    factors: int,
    *,
    samples: int = 1024,
    seed: int = 0,
    resamples: int = 1000,
    level: float = 0.95,
    progress: Progress = False,
) -> SobolIndices:
    """`sobol_indices` of a function, run at the points of `sobol_design`.

    Parameters
    ----------
    function : callable
        Gets an array of points, shape (m, factors) with m up to 4,096, each coordinate uniform on (0, 1), and returns m
        outputs; NaN where a run fails.
    factors : int
        1 to 512.
    samples : int
        Rows, a power of two; the function is asked for ``samples * (factors + 2)`` outputs.
    seed : int
        Of the points and the resamples.
    resamples, level, progress
        As in `sobol_indices`.

    Raises
    ------
    NumericError
        Naming options out of range, infinite outputs, or when the function returns another number of outputs.
    Cancelled
        When `progress` returned False.
    """
    return SobolIndices(
        **run_with_progress(
            progress,
            lambda report: _core.sobol_indices_of(function, factors, samples, seed, resamples, level, report),
        )
    )
