"""Preparation of raw columns: denominators, screening of units, imputation, outliers.

Columns have the shape (units,), blocks (units, indicators), series of one indicator (units, periods); NaN is missing.
Observed values never change but where `treat_outliers` says so; every function lists the cells it filled or changed.
"""

from __future__ import annotations

from typing import Any, Dict, NamedTuple, Sequence

import numpy
from numpy.typing import ArrayLike, NDArray

from .. import _core
from ._arrays import Array, numbers, weights_of

Rows = NDArray[numpy.int64]


class Denominated(NamedTuple):
    """Ratios, and the rows with an observed value over a denominator of zero."""

    values: Array
    zero_denominator: Rows


class Imputed(NamedTuple):
    """Values after imputation, the cells filled and those that stay missing.

    Cells of a column are row numbers; those of a block are pairs of row and column, shape (cells, 2).
    """

    values: Array
    imputed: Rows
    unresolved: Rows


class Screening(NamedTuple):
    """Counts and shares of each unit, and the rows below each threshold."""

    observed: Rows
    zeros: Rows
    availability: Array
    nonzero_share: Array
    flagged_by_availability: Rows
    flagged_by_zeros: Rows


class OutlierTreatment(NamedTuple):
    """A treated column and what was done to it.

    `outcome` is "passes", "winsorised", "transformed", "untreated_no_variance", "untreated_too_few" or "still_fails".
    The transform is one of y = (x - origin) + offset, mirrored of y = (origin - x) + offset. `changed` is a table by
    columns: row, before, after, reason.
    """

    values: Array
    outcome: str
    skewness_before: float
    kurtosis_before: float
    skewness_after: float
    kurtosis_after: float
    winsorised_points: int
    transform: str
    mirrored: bool
    origin: float
    offset: float
    box_cox_lambda: float
    changed: Dict[str, Any]


def _groups(groups: ArrayLike) -> Rows:
    given = numpy.asarray(groups)
    if given.size and given.dtype.kind not in "iu":
        raise TypeError(f"groups: expected whole numbers, -1 for no group, not {given.dtype}")
    return numpy.ascontiguousarray(given, dtype=numpy.int64)


def denominate(x: ArrayLike, denominator: ArrayLike, *, scale: float = 1.0) -> Denominated:
    """x / (denominator / scale): a scale of 100000 gives amounts per 100,000.

    Parameters
    ----------
    x, denominator : array_like, shape (units,)
        NaN is missing and makes the ratio missing.
    scale : float
        Above 0.

    Returns
    -------
    Denominated
        Where an observed value meets a denominator of zero the ratio is NaN and the row is listed.

    Raises
    ------
    NumericError
        Naming infinite cells and ratios beyond double.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5.
    """
    return Denominated(*_core.denominate(numbers(x), numbers(denominator), scale))


def screen(x: ArrayLike, *, availability: float = 0.0, nonzero: float = 0.0) -> Screening:
    """Share of observed indicators of each unit, and share of non-zero ones among them.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
        NaN is missing.
    availability, nonzero : float
        Least shares, 0 to 1; a unit is flagged strictly below. 0 flags nobody.

    Raises
    ------
    NumericError
        When a threshold is not a share.
    """
    return Screening(*_core.screen(numbers(x), availability, nonzero))


def impute_mean(x: ArrayLike) -> Imputed:
    """Missing cells of a column take the mean of the observed ones.

    Parameters
    ----------
    x : array_like, shape (units,)
        NaN is missing.

    Raises
    ------
    NumericError
        Naming infinite cells.
    """
    return Imputed(*_core.impute_mean(numbers(x)))


def impute_median(x: ArrayLike) -> Imputed:
    """Missing cells of a column take the median of the observed ones.

    Parameters
    ----------
    x : array_like, shape (units,)
        NaN is missing.

    Raises
    ------
    NumericError
        Naming infinite cells.
    """
    return Imputed(*_core.impute_median(numbers(x)))


def impute_group_mean(x: ArrayLike, groups: ArrayLike) -> Imputed:
    """Missing cells take the mean of the observed ones of their group.

    Parameters
    ----------
    x : array_like, shape (units,)
        NaN is missing.
    groups : array_like of int, shape (units,)
        0 or more; -1 where a unit has no group, which is then not imputed.

    Raises
    ------
    NumericError
        Naming infinite cells and impossible groups.
    """
    return Imputed(*_core.impute_group_mean(numbers(x), _groups(groups)))


def impute_group_median(x: ArrayLike, groups: ArrayLike) -> Imputed:
    """Missing cells take the median of the observed ones of their group.

    Parameters
    ----------
    x : array_like, shape (units,)
        NaN is missing.
    groups : array_like of int, shape (units,)
        0 or more; -1 where a unit has no group, which is then not imputed.

    Raises
    ------
    NumericError
        Naming infinite cells and impossible groups.
    """
    return Imputed(*_core.impute_group_median(numbers(x), _groups(groups)))


def impute_pillar_mean(x: ArrayLike, *, lower_is_better: Sequence[bool]) -> Imputed:
    """Missing cells take the level that the unit has, on average, on the other indicators of the pillar.

    The level is the share of the way from the worst to the best observed value; constant indicators have none.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
        NaN is missing.
    lower_is_better : sequence of bool, one an indicator
        Whether small values are good.

    Raises
    ------
    NumericError
        When the sizes do not fit, or naming infinite cells.
    """
    return Imputed(*_core.impute_pillar_mean(numbers(x), [bool(each) for each in lower_is_better]))


def carry_forward(x: ArrayLike, *, longest_gap: int) -> Imputed:
    """Missing periods take the last observed value of the unit, at most `longest_gap` periods old.

    Parameters
    ----------
    x : array_like, shape (units, periods)
        One indicator, periods in order of time; NaN is missing.
    longest_gap : int
        1 or more.

    Raises
    ------
    NumericError
        When the gap is below 1, or naming infinite cells.
    """
    return Imputed(*_core.carry_forward(numbers(x), longest_gap))


def interpolate_linear(x: ArrayLike, positions: ArrayLike) -> Imputed:
    """Missing periods between two observed ones lie on the straight line between them; nothing is extrapolated.

    Parameters
    ----------
    x : array_like, shape (units, periods)
        One indicator; NaN is missing.
    positions : array_like, shape (periods,)
        Of the periods in time, e.g. years, rising.

    Raises
    ------
    NumericError
        When positions do not rise, or naming infinite cells.
    """
    return Imputed(*_core.interpolate_linear(numbers(x), weights_of(positions)))


def interpolate_nearest(x: ArrayLike, positions: ArrayLike) -> Imputed:
    """Missing periods take the value of the observed one nearest in time, of two the earlier.

    Parameters
    ----------
    x : array_like, shape (units, periods)
        One indicator; NaN is missing.
    positions : array_like, shape (periods,)
        Of the periods in time, e.g. years, rising.

    Raises
    ------
    NumericError
        When positions do not rise, or naming infinite cells.
    """
    return Imputed(*_core.interpolate_nearest(numbers(x), weights_of(positions)))


def treat_outliers(
    x: ArrayLike,
    *,
    max_skewness: float = 2.0,
    max_kurtosis: float = 3.5,
    max_winsorised: int = 5,
    transform: str = "logarithm",
    box_cox_lambda: float = 0.0,
) -> OutlierTreatment:
    """Winsorise a column, and transform the original where that does not suffice.

    A column passes when abs(skewness) < max_skewness or excess kurtosis < max_kurtosis. While it fails and fewer than
    `max_winsorised` points have been moved, all points at the maximum (minimum for a skewness below 0) are set to the
    next value.

    Parameters
    ----------
    x : array_like, shape (units,)
        NaN is missing.
    max_skewness, max_kurtosis : float
        Thresholds.
    max_winsorised : int
        0 winsorises nothing.
    transform : {"logarithm", "box_cox", "none"}
        With 0 and "none" nothing is changed.
    box_cox_lambda : float
        Of the Box-Cox transform.

    Raises
    ------
    NumericError
        When the rule is impossible, or naming infinite cells.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 3; Global Innovation Index, appendix on
    adjustments.
    """
    return OutlierTreatment(
        **_core.treat_outliers(numbers(x), max_skewness, max_kurtosis, max_winsorised, transform, box_cox_lambda)
    )


def apply_outlier_transform(x: ArrayLike, treatment: OutlierTreatment) -> Array:
    """The transform that `treat_outliers` chose, for values of other units; without one they are returned as they are.

    Parameters
    ----------
    x : array_like, shape (units,)
        In the unit of the column that was treated; NaN is missing.
    treatment : OutlierTreatment
        What `treat_outliers` found for that column.

    Returns
    -------
    array, shape (units,)
        The values of the treated column get the bits that they got then.

    Raises
    ------
    NumericError
        Naming the rows whose value has no finite transform, such as one far below the treated column.
    """
    return _core.apply_outlier_transform(
        numbers(x), treatment.transform, treatment.mirrored, treatment.origin, treatment.offset, treatment.box_cox_lambda
    )
