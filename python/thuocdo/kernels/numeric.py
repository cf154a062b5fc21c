"""Ranks, decimal rounding and statistics that are exact in any order of the rows."""

from __future__ import annotations

from typing import Any, Dict, Optional, Sequence, Tuple

import numpy
from numpy.typing import ArrayLike, NDArray

from .. import _core
from ._arrays import Array, numbers


def ranks(
    scores: ArrayLike,
    *,
    ties: str = "competition",
    order: str = "descending",
    tie_breakers: Sequence[Tuple[ArrayLike, str]] = (),
    groups: Optional[Sequence[int]] = None,
) -> Array:
    """Ranks by score.

    Parameters
    ----------
    scores : array_like, shape (units,)
        NaN gets no rank (NaN).
    ties : {"competition", "dense", "fractional", "ordinal"}
        What equal scores get: 1224, 1223, 1 2.5 2.5 4, or an error unless a tie-breaker decides (1234).
    order : {"descending", "ascending"}
        Which end is best.
    tie_breakers : sequence of (values, order)
        Columns that decide between equal scores, each with its order.
    groups : sequence of int, optional
        Rank within each group; -1 is in no group and gets no rank.

    Returns
    -------
    array, shape (units,)

    Raises
    ------
    NumericError
        When sizes do not fit, or an ordinal tie is not decided.
    """
    breakers = [(numbers(values), direction) for values, direction in tie_breakers]
    return _core.ranks(numbers(scores), ties, order, breakers, None if groups is None else [int(each) for each in groups])


def argsort(values: ArrayLike, *, order: str = "ascending") -> NDArray[numpy.uint32]:
    """Rows in sorted order, stable; NaN comes last in both orders.

    Parameters
    ----------
    values : array_like, shape (units,)
    order : {"ascending", "descending"}

    Returns
    -------
    array of uint32, shape (units,)

    Raises
    ------
    NumericError
        For another order.
    """
    return _core.argsort(numbers(values), order)


def round_decimal(x: ArrayLike, digits: int, *, mode: str = "half_up") -> Array:
    """Rounds as a person does on the printed number: 2.675 to two digits is 2.68.

    Parameters
    ----------
    x : array_like
        NaN stays NaN.
    digits : int
        Decimals; negative for tens and hundreds.
    mode : {"half_up", "half_even"}
        What becomes of a number exactly half way.

    Returns
    -------
    array, the shape of x

    Raises
    ------
    NumericError
        For another mode.
    """
    return _core.round_decimal(numbers(x), digits, mode)


def exact_sum(x: ArrayLike) -> float:
    """The exact sum of all numbers, rounded once, so that their order has no effect. NaN if any is NaN."""
    return _core.exact_sum(numbers(x))


def weighted_mean(x: ArrayLike, weights: ArrayLike) -> float:
    """sum(w x) / sum(w) over the observed x, summed exactly.

    Raises
    ------
    NumericError
        When lengths differ, or a weight is missing or negative.
    """
    return _core.weighted_mean(numbers(x), numbers(weights))


def quantile(x: ArrayLike, probability: float) -> float:
    """Quantile of the observed values, definition 7 of Hyndman and Fan (1996), as in numpy and R.

    Raises
    ------
    NumericError
        When `probability` is not in [0, 1].
    """
    return _core.quantile(numbers(x), probability)


def normal_quantile(probability: float) -> float:
    """The number below which a standard normal variable lies with this probability (Wichura 1988, AS 241)."""
    return _core.normal_quantile(probability)


def gamma_quantile(shape: ArrayLike, probability: ArrayLike) -> Array:
    """The number below which a gamma variable of this shape and scale 1 lies with this probability.

    Relative error below 2e-13 for shapes from 0.01. NaN for a probability outside 0 to 1.

    Parameters
    ----------
    shape, probability : array_like
        Shapes are finite, above 0; the two are broadcast. Quick where neighbours have the same shape.

    Raises
    ------
    NumericError
        When a shape is not valid.
    """
    shapes, probabilities = numpy.broadcast_arrays(numbers(shape), numbers(probability))
    return _core.gamma_quantile(shapes.ravel(), probabilities.ravel()).reshape(shapes.shape)


def column_statistics(x: ArrayLike) -> Dict[str, Any]:
    """Number observed, minimum, maximum, mean and sample deviation (n - 1) of a column; NaN is skipped."""
    return _core.column_statistics(numbers(x))


def skewness(x: ArrayLike) -> float:
    """Sample-adjusted skewness (type 2) of the observed values; NaN below three of them or when all are equal.

    Parameters
    ----------
    x : array_like, shape (units,)
        NaN is missing.

    References
    ----------
    Joanes and Gill (1998), Comparing measures of sample skewness and kurtosis, The Statistician 47(1).
    """
    return _core.skewness(numbers(x))


def excess_kurtosis(x: ArrayLike) -> float:
    """Sample-adjusted excess kurtosis (type 2) of the observed values; NaN below four of them or when all are equal.

    Parameters
    ----------
    x : array_like, shape (units,)
        NaN is missing.

    References
    ----------
    Joanes and Gill (1998), Comparing measures of sample skewness and kurtosis, The Statistician 47(1).
    """
    return _core.excess_kurtosis(numbers(x))
