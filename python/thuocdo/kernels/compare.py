"""Scores of values against the other values of the column."""

from __future__ import annotations

from typing import Optional, Sequence

from numpy.typing import ArrayLike

from .. import _core
from ._arrays import Array, numbers, raises


def min_max(
    x: ArrayLike,
    *,
    minimum: Optional[float] = None,
    maximum: Optional[float] = None,
    lower_is_better: bool = False,
    refused: str = "raise",
) -> Array:
    """(x - min) / (max - min), or (max - x) / (max - min) where lower is better.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    minimum : float, optional
        Of the peers; default: the smallest value of the column.
    maximum : float, optional
        Of the peers; default: the largest value.
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
        When a column is constant, or minimum > maximum.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5.
    """
    return _core.min_max(numbers(x), minimum, maximum, lower_is_better, raises(refused))


def z_score(
    x: ArrayLike,
    *,
    mean: float = 0.0,
    deviation: float = 1.0,
    average: Optional[float] = None,
    spread: Optional[float] = None,
    lower_is_better: bool = False,
    refused: str = "raise",
) -> Array:
    """mean + deviation * (x - average) / s, with s the sample deviation (n - 1) of the column.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    mean : float
        Mean of the result.
    deviation : float
        Deviation of the result.
    average : float, optional
        Of the peers; default: the mean of the column.
    spread : float, optional
        Sample deviation of the peers; default: that of the column.
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
        When a column is constant, or spread is below 0.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5.
    """
    return _core.z_score(numbers(x), mean, deviation, average, spread, lower_is_better, raises(refused))


def rank_score(
    x: ArrayLike,
    *,
    ties: str = "average",
    lower_is_better: bool = False,
    refused: str = "raise",
) -> Array:
    """Rank of x among the observed values, the best highest.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    ties : {"average", "lowest", "highest", "dense"}
        Rank of equal values.
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
        When a cell is infinite.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5.
    """
    return _core.rank_score(numbers(x), ties, lower_is_better, raises(refused))


def borda(
    x: ArrayLike,
    *,
    ties: str = "average",
    lower_is_better: bool = False,
    refused: str = "raise",
) -> Array:
    """Rank of x among the observed values less 1, the best highest.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    ties : {"average", "lowest", "highest", "dense"}
        Rank of equal values.
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
        When a cell is infinite.

    References
    ----------
    de Borda (1781), Mémoire sur les élections au scrutin.
    """
    return _core.borda(numbers(x), ties, lower_is_better, raises(refused))


def percentile_rank(x: ArrayLike, *, lower_is_better: bool = False, refused: str = "raise") -> Array:
    """(rank - 1) / (m - 1) among m observed values, ties by their mean rank.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
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
        When only one value is observed.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5.
    """
    return _core.percentile_rank(numbers(x), lower_is_better, raises(refused))


def distance_to_best(
    x: ArrayLike,
    *,
    minimum: Optional[float] = None,
    maximum: Optional[float] = None,
    lower_is_better: bool = False,
    refused: str = "raise",
) -> Array:
    """1 - (max - x) / (max - min), or 1 - (x - min) / (max - min) where lower is better.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    minimum : float, optional
        Of the peers; default: the smallest value of the column.
    maximum : float, optional
        Of the peers; default: the largest value.
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
        When a column is constant.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5.
    """
    return _core.distance_to_best(numbers(x), minimum, maximum, lower_is_better, raises(refused))


def distance_to_reference(
    x: ArrayLike,
    reference: float,
    *,
    lower_is_better: bool = False,
    capped: bool = False,
    refused: str = "raise",
) -> Array:
    """1 - (ref - x) / (ref - min), or 1 - (x - ref) / (max - ref) where lower is better.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    reference : float
        The value of the reference unit.
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
        When the range is zero.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5.
    """
    return _core.distance_to_reference(numbers(x), reference, lower_is_better, capped, raises(refused))


def distance_to_target(
    x: ArrayLike,
    target: float,
    *,
    minimum: Optional[float] = None,
    maximum: Optional[float] = None,
    lower_is_better: bool = False,
    capped: bool = True,
    refused: str = "raise",
) -> Array:
    """(x - min) / (target - min), or (max - x) / (max - target) where lower is better.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    target : float
        In the unit of x.
    minimum : float, optional
        Of the peers; default: the smallest value of the column.
    maximum : float, optional
        Of the peers; default: the largest value.
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
        When the range is zero.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5.
    """
    return _core.distance_to_target(numbers(x), target, minimum, maximum, lower_is_better, capped, raises(refused))


def fraction_of_best(
    x: ArrayLike,
    *,
    minimum: Optional[float] = None,
    maximum: Optional[float] = None,
    lower_is_better: bool = False,
    refused: str = "raise",
) -> Array:
    """x / max, or min / x where lower is better.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    minimum : float, optional
        Of the peers; default: the smallest value of the column.
    maximum : float, optional
        Of the peers; default: the largest value.
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
        When the best value is not above 0.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5.
    """
    return _core.fraction_of_best(numbers(x), minimum, maximum, lower_is_better, raises(refused))


def above_below_mean(x: ArrayLike, *, band: float = 0.0, refused: str = "raise") -> Array:
    """1, 0 or -1 as x / mean lies above, within or below 1 ± band.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    band : float
        Half width around the mean, from 0 to below 1.
    refused : {"raise", "nan"}
        What happens to cells that the method is not defined for.

    Returns
    -------
    array, the shape of x

    Raises
    ------
    NumericError
        When the mean is not above 0.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5.
    """
    return _core.above_below_mean(numbers(x), band, raises(refused))


def categorical_scale(
    x: ArrayLike,
    percentiles: Sequence[float],
    scores: Sequence[float],
    *,
    lower_is_better: bool = False,
    refused: str = "raise",
) -> Array:
    """The score of the class between percentiles of the column in which x lies.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    percentiles : sequence of float
        Cuts as percentiles of the column, 0 to 100, ascending.
    scores : sequence of float
        One more than the cuts, from the worst class to the best.
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
        When percentiles or scores do not fit.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5.
    """
    return _core.categorical_scale(numbers(x), list(percentiles), list(scores), lower_is_better, raises(refused))


def adjusted_mazziotta_pareto(
    x: ArrayLike,
    *,
    reference: float,
    half_range: float,
    lower_is_better: bool = False,
    refused: str = "raise",
) -> Array:
    """100 + 30 (x - reference) / half_range, or 100 less that where lower is better: the scale of the AMPI.

    Parameters
    ----------
    x : array_like, shape (units,) or (units, indicators)
        Values; NaN is missing.
    reference : float
        The value that counts 100.
    half_range : float
        Half of maximum - minimum over all units and periods compared.
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
        When the half range is zero or below, or naming infinite cells.

    References
    ----------
    Mazziotta and Pareto (2016), Social Indicators Research 127, 983-1003.
    """
    return _core.adjusted_mazziotta_pareto(numbers(x), reference, half_range, lower_is_better, raises(refused))
