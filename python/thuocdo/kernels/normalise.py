"""Scores of values against fixed marks: goalposts, targets, tables, counts."""

from __future__ import annotations

from typing import Sequence

from numpy.typing import ArrayLike

from .. import _core
from ._arrays import Array, numbers, raises


def goalposts(
    x: ArrayLike,
    lower: float,
    upper: float,
    *,
    lower_is_better: bool = False,
    clip: bool = True,
    refused: str = "raise",
) -> Array:
    """(x - lower) / (upper - lower), or (upper - x) / (upper - lower) where lower is better.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    lower : float
        Worse end, in the unit of x.
    upper : float
        Better end, above `lower`.
    lower_is_better : bool
        Whether small values are good.
    clip : bool
        Hold the result in [0, 1].
    refused : {"raise", "nan"}
        What happens to cells that the method is not defined for.

    Returns
    -------
    array, the shape of x

    Raises
    ------
    NumericError
        When lower >= upper or a cell is infinite.

    References
    ----------
    UNDP, Human Development Report 2023/24, technical note 1.
    """
    return _core.goalposts(numbers(x), lower, upper, lower_is_better, clip, raises(refused))


def log_goalposts(
    x: ArrayLike,
    lower: float,
    upper: float,
    *,
    lower_is_better: bool = False,
    clip: bool = True,
    refused: str = "raise",
) -> Array:
    """Goalposts on the natural logarithm: ln(x / lower) / ln(upper / lower).

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    lower : float
        Worse end, above 0.
    upper : float
        Better end, above `lower`.
    lower_is_better : bool
        Whether small values are good.
    clip : bool
        Hold the result in [0, 1].
    refused : {"raise", "nan"}
        What happens to cells that the method is not defined for.

    Returns
    -------
    array, the shape of x

    Raises
    ------
    NumericError
        When lower >= upper, or x <= 0 somewhere.

    References
    ----------
    UNDP, Human Development Report 2023/24, technical note 1.
    """
    return _core.log_goalposts(numbers(x), lower, upper, lower_is_better, clip, raises(refused))


def ratio_to_target(
    x: ArrayLike,
    target: float,
    *,
    lower_is_better: bool = False,
    capped: bool = True,
    refused: str = "raise",
) -> Array:
    """x / target, or target / x where lower is better.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    target : float
        Above 0, in the unit of x.
    lower_is_better : bool
        Whether small values are good.
    capped : bool
        Never above 1.
    refused : {"raise", "nan"}
        What happens to cells that the method is not defined for.

    Returns
    -------
    array, the shape of x

    Raises
    ------
    NumericError
        When target <= 0; where lower is better also for x < 0, and for x = 0 unless capped.

    References
    ----------
    Scoring rules of indices 766 and DTI (Viet Nam).
    """
    return _core.ratio_to_target(numbers(x), target, lower_is_better, capped, raises(refused))


def step_table(
    x: ArrayLike,
    from_: Sequence[float],
    scores: Sequence[float],
    *,
    interpolate: bool = False,
    refused: str = "raise",
) -> Array:
    """The score of the largest threshold that is not above x.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    from_ : sequence of float
        Thresholds, strictly ascending.
    scores : sequence of float
        One score a threshold.
    interpolate : bool
        Straight lines between the thresholds.
    refused : {"raise", "nan"}
        What happens to cells that the method is not defined for.

    Returns
    -------
    array, the shape of x

    Raises
    ------
    NumericError
        When the table is not ascending, or x lies below its first threshold.
    """
    return _core.step_table(numbers(x), list(from_), list(scores), interpolate, raises(refused))


def level_table(
    x: ArrayLike,
    values: Sequence[float],
    scores: Sequence[float],
    *,
    refused: str = "raise",
) -> Array:
    """The score of the level that x equals.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    values : sequence of float
        The levels.
    scores : sequence of float
        One score a level.
    refused : {"raise", "nan"}
        What happens to cells that the method is not defined for.

    Returns
    -------
    array, the shape of x

    Raises
    ------
    NumericError
        When x is none of the levels.
    """
    return _core.level_table(numbers(x), list(values), list(scores), raises(refused))


def checklist(x: ArrayLike, items: float, *, refused: str = "raise") -> Array:
    """x / items, where x counts the items that are met.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    items : float
        Number of items, 1 or more.
    refused : {"raise", "nan"}
        What happens to cells that the method is not defined for.

    Returns
    -------
    array, the shape of x

    Raises
    ------
    NumericError
        When x is no whole number from 0 to `items`.
    """
    return _core.checklist(numbers(x), items, raises(refused))


def yes_no(x: ArrayLike, *, refused: str = "raise") -> Array:
    """1 for yes (1), 0 for no (0).

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    refused : {"raise", "nan"}
        What happens to cells that the method is not defined for.

    Returns
    -------
    array, the shape of x

    Raises
    ------
    NumericError
        When x is neither 0 nor 1.
    """
    return _core.yes_no(numbers(x), raises(refused))


def penalty_per_occurrence(
    x: ArrayLike,
    penalty: float,
    *,
    start: float = 1.0,
    lowest: float = 0.0,
    refused: str = "raise",
) -> Array:
    """max(lowest, start - penalty * x).

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    penalty : float
        Taken off for each occurrence.
    start : float
        Score without an occurrence.
    lowest : float
        No score is lower.
    refused : {"raise", "nan"}
        What happens to cells that the method is not defined for.

    Returns
    -------
    array, the shape of x

    Raises
    ------
    NumericError
        When x is no whole number from 0 up.
    """
    return _core.penalty_per_occurrence(numbers(x), penalty, start, lowest, raises(refused))


def target_range(
    x: ArrayLike,
    lower_limit: float,
    lower: float,
    upper: float,
    upper_limit: float,
    *,
    refused: str = "raise",
) -> Array:
    """1 between lower and upper, falling in straight lines to 0 at the limits.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    lower_limit : float
        0 at or below it.
    lower : float
        1 from here
    upper : float
        to here.
    upper_limit : float
        0 at or above it.
    refused : {"raise", "nan"}
        What happens to cells that the method is not defined for.

    Returns
    -------
    array, the shape of x

    Raises
    ------
    NumericError
        When the four numbers are not in order.
    """
    return _core.target_range(numbers(x), lower_limit, lower, upper, upper_limit, raises(refused))


def rank_target(x: ArrayLike, target: float, worst: float, *, refused: str = "raise") -> Array:
    """(worst - x) / (worst - target), held in [0, 1]; x is a rank.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    target : float
        1 at or better than this rank.
    worst : float
        0 at or worse than this rank.
    refused : {"raise", "nan"}
        What happens to cells that the method is not defined for.

    Returns
    -------
    array, the shape of x

    Raises
    ------
    NumericError
        When target >= worst, or x is no rank.
    """
    return _core.rank_target(numbers(x), target, worst, raises(refused))


def growth_to_target(
    x: ArrayLike,
    previous: ArrayLike,
    target: float,
    *,
    lower_is_better: bool = False,
    capped: bool = True,
    refused: str = "raise",
) -> Array:
    """(x / previous - 1) / target.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    previous : array_like, the shape of x
        Values of the period before.
    target : float
        Growth to be reached, e.g. 0.05.
    lower_is_better : bool
        Whether small values are good.
    capped : bool
        Never above 1.
    refused : {"raise", "nan"}
        What happens to cells that the method is not defined for.

    Returns
    -------
    array, the shape of x

    Raises
    ------
    NumericError
        When a previous value is not above 0.
    """
    return _core.growth_to_target(numbers(x), numbers(previous), target, lower_is_better, capped, raises(refused))


def logistic(
    x: ArrayLike,
    midpoint: float,
    steepness: float,
    *,
    lower_is_better: bool = False,
    refused: str = "raise",
) -> Array:
    """1 / (1 + exp(-steepness * (x - midpoint))).

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    midpoint : float
        Scores 0.5.
    steepness : float
        Above 0.
    lower_is_better : bool
        Whether small values are good.
    refused : {"raise", "nan"}
        What happens to cells that the method is not defined for.

    Returns
    -------
    array, the shape of x

    Raises
    ------
    NumericError
        When steepness is not above 0.
    """
    return _core.logistic(numbers(x), midpoint, steepness, lower_is_better, raises(refused))
