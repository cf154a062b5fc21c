"""Looking at the data before it becomes an index: statistics, correlations, reliability, trends, actual importance.

Matrices are (units, indicators), trends (units, periods); NaN is missing. Correlations are pairwise complete and
undefined (NaN) with a constant column. Results are named tuples whose arrays are read-only. Bits are the same on every
machine but for p-values, growth rates and principal components, which agree to about 1e-13.
"""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Optional, Sequence

import numpy
from numpy.typing import ArrayLike, NDArray

from .. import _core
from ._arrays import Array, numbers, weights_of
from ._correlations import (
    CorrelationTable,
    covariance_matrix,
    kendall_matrix,
    kendall_table,
    kendall_tau_a,
    kendall_tau_b,
    pearson,
    pearson_matrix,
    pearson_table,
    spearman,
    spearman_matrix,
    spearman_table,
)

Counts = NDArray[numpy.int64]
Columns = Dict[str, Any]

__all__ = [
    "Availability",
    "CompoundGrowth",
    "CorrelationTable",
    "CronbachAlpha",
    "DenominatorCorrelations",
    "Importance",
    "LinearTrend",
    "PrincipalComponentAnalysis",
    "availability",
    "compound_growth_rate",
    "correlation_findings",
    "correlation_ratio",
    "correlation_with_denominators",
    "covariance_matrix",
    "cronbach_alpha",
    "importance",
    "indicator_statistics",
    "kendall_matrix",
    "kendall_table",
    "kendall_tau_a",
    "kendall_tau_b",
    "linear_trend",
    "pearson",
    "pearson_matrix",
    "pearson_table",
    "principal_component_analysis",
    "spearman",
    "spearman_matrix",
    "spearman_table",
]


class Availability(NamedTuple):
    """Shares of observed cells, 0 to 1; NaN where there is no cell."""

    overall: float
    of_unit: Array
    of_indicator: Array
    of_unit_in_group: Array
    """(units, groups of indicators)"""
    of_indicator_in_group: Array
    """(groups of units, indicators)"""


class CronbachAlpha(NamedTuple):
    """Alpha of a group of indicators."""

    alpha: float
    mean_covariance: float
    sum_of_covariances: float
    alpha_without: Array
    """Alpha of the others, one for each indicator left out."""
    rows: int


class PrincipalComponentAnalysis(NamedTuple):
    """Components in descending order of eigenvalue; rows of matrices are indicators, columns components."""

    eigenvalues: Array
    explained_variance: Array
    cumulative_variance: Array
    eigenvectors: Array
    loadings: Array
    """Eigenvectors times the square root of the eigenvalue: correlations of indicators with components."""
    correlations: Array
    active: Counts
    """Columns that take part: those that are not constant."""
    eigenvalues_above_one: int
    rows: int
    scores: Optional[Array]
    """(units, components), where asked for."""


class CompoundGrowth(NamedTuple):
    """Growth rates, one a unit."""

    rate: Array
    first_time: Array
    last_time: Array
    refused: Counts
    """Units whose first value is not above 0 or whose last is below 0."""


class LinearTrend(NamedTuple):
    """Lines by ordinary least squares, one a unit."""

    slope: Array
    intercept: Array
    correlation: Array
    r_squared: Array
    standard_error: Array
    p_value: Array
    observed: Counts


class Importance(NamedTuple):
    """Actual importance of children, one a child, beside the intended weight."""

    intended_weight: Array
    variance_share: Array
    squared_correlation: Array
    correlation_ratio: Array
    relative_importance: Array
    """Correlation ratios scaled to sum 1."""
    groups: int
    rows: int


class DenominatorCorrelations(NamedTuple):
    """Correlations of indicators with denominators."""

    coefficients: Array
    """(indicators, denominators)"""
    pairs: Counts
    findings: Columns


def _times(x: Array, times: Optional[ArrayLike]) -> List[float]:
    if times is not None:
        return weights_of(times)
    return [float(period) for period in range(x.shape[1])] if x.ndim == 2 else []


def _groups(groups: Optional[Sequence[int]]) -> Optional[List[int]]:
    return None if groups is None else [int(each) for each in groups]


def indicator_statistics(
    x: ArrayLike,
    *,
    availability: float = 0.65,
    nonzero_share: float = 0.5,
    distinct_share: float = 0.5,
    absolute_skewness: float = 2.0,
    excess_kurtosis: float = 3.5,
) -> Columns:
    """Counts, extremes, mean, median, deviation, shape, the most frequent value, and flags for each indicator.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
        Finite; NaN is missing.
    availability : float
        Below this share of observed units the flag ``low_availability`` is set.
    nonzero_share : float
        Below this share of observed values that are not 0, ``many_zeros``.
    distinct_share : float
        Below this share of distinct among observed values, ``few_distinct_values``.
    absolute_skewness, excess_kurtosis : float
        At both or above, ``heavy_tails``: outliers are likely.

    Returns
    -------
    dict of arrays, shape (indicators,)
        Ready for a frame: ``observed``, ``missing``, ``zeros``, ``distinct``, ``minimum``, ``maximum``, ``mean``,
        ``median``, ``standard_deviation``, ``skewness``, ``excess_kurtosis``, ``most_frequent_value``,
        ``most_frequent_share``, and the flags, ``constant`` among them.

    Raises
    ------
    NumericError
        Naming the infinite cells and thresholds out of range.
    """
    found: Columns = _core.diagnose_indicator_statistics(
        numbers(x), availability, nonzero_share, distinct_share, absolute_skewness, excess_kurtosis
    )
    return found


def availability(
    x: ArrayLike,
    *,
    indicator_groups: Optional[Sequence[int]] = None,
    unit_groups: Optional[Sequence[int]] = None,
) -> Availability:
    """Share of observed cells by unit, by indicator, and inside groups of either.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
        NaN is missing.
    indicator_groups : sequence of int, optional
        The group of each indicator, from 0; -1 for none.
    unit_groups : sequence of int, optional
        The group of each unit, from 0; -1 for none.

    Raises
    ------
    NumericError
        When groups do not fit, naming each that is out of range.
    """
    return Availability(**_core.diagnose_availability(numbers(x), _groups(indicator_groups), _groups(unit_groups)))


def cronbach_alpha(x: ArrayLike, *, rows: str = "complete") -> CronbachAlpha:
    """Cronbach's alpha, k^2 c / S with c the mean covariance of two columns and S the sum of all covariances.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
        Normalised indicators of one group, higher is better; NaN is missing.
    rows : {"complete", "pairwise"}
        Units where all are observed, or for each covariance those where its two columns are.

    Raises
    ------
    NumericError
        Naming the infinite cells.

    References
    ----------
    L. J. Cronbach (1951), Coefficient alpha and the internal structure of tests, Psychometrika 16.
    """
    return CronbachAlpha(**_core.diagnose_cronbach_alpha(numbers(x), rows))


def principal_component_analysis(
    x: ArrayLike, *, rows: str = "complete", with_scores: bool = False
) -> PrincipalComponentAnalysis:
    """Principal components of the correlation matrix.

    The entry of largest magnitude of each eigenvector is positive; a constant column takes no part and has zeros.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
        Finite; NaN is missing.
    rows : {"complete", "pairwise"}
        Units where all are observed, or for each correlation those where its two columns are; eigenvalues may then be
        negative.
    with_scores : bool
        Also return standardised values times eigenvectors.

    Raises
    ------
    NumericError
        When fewer than two rows are complete, or naming infinite cells and pairs without a correlation.
    """
    return PrincipalComponentAnalysis(**_core.diagnose_principal_components(numbers(x), rows, with_scores))


def compound_growth_rate(x: ArrayLike, times: Optional[ArrayLike] = None) -> CompoundGrowth:
    """(last / first)^(1 / (last time - first time)) - 1 from the first to the last observed value of each unit.

    Parameters
    ----------
    x : array_like, shape (units, periods)
        One indicator in order of time; NaN is missing.
    times : array_like, shape (periods,), optional
        Strictly rising, in years for an annual rate; periods counted from 0 by default.

    Raises
    ------
    NumericError
        When times do not fit or rise, or naming the infinite cells.
    """
    cells = numbers(x)
    return CompoundGrowth(**_core.diagnose_compound_growth_rate(cells, _times(cells, times)))


def linear_trend(x: ArrayLike, times: Optional[ArrayLike] = None) -> LinearTrend:
    """Line through the observed values of each unit by ordinary least squares.

    Parameters
    ----------
    x : array_like, shape (units, periods)
        One indicator in order of time; NaN is missing.
    times : array_like, shape (periods,), optional
        Strictly rising; periods counted from 0 by default.

    Raises
    ------
    NumericError
        When times do not fit or rise, or naming the infinite cells.
    """
    cells = numbers(x)
    return LinearTrend(**_core.diagnose_linear_trend(cells, _times(cells, times)))


def correlation_findings(
    children: ArrayLike,
    parent: Optional[ArrayLike] = None,
    *,
    redundant: float = 0.92,
    weak: float = 0.3,
    method: str = "pearson",
) -> Columns:
    """Pairs of children that are redundant or negative, and children that are negative or weak with their parent.

    Parameters
    ----------
    children : array_like, shape (units, children)
        Normalised, higher is better; NaN is missing.
    parent : array_like, shape (units,), optional
        Scores of the parent.
    redundant : float
        Two children above it are a ``redundant_pair``.
    weak : float
        A child from 0 to below it is ``weak_with_parent``.
    method : {"pearson", "spearman", "kendall"}

    Returns
    -------
    dict of columns
        ``kind`` (``redundant_pair``, ``negative_pair``, ``negative_with_parent``, ``weak_with_parent``), ``first`` and
        ``second`` (columns; -1 is the parent), ``coefficient``, ``pairs``.

    Raises
    ------
    NumericError
        When lengths differ, or naming infinite cells and thresholds outside 0 to 1.
    """
    scores = None if parent is None else numbers(parent)
    found: Columns = _core.diagnose_correlation_findings(numbers(children), scores, redundant, weak, method)
    return found


def correlation_with_denominators(
    x: ArrayLike, denominators: ArrayLike, *, threshold: float = 0.6, method: str = "pearson"
) -> DenominatorCorrelations:
    """Correlations with denominators such as population: beyond the threshold an indicator may still measure size.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
    denominators : array_like, shape (units, denominators)
    threshold : float
        A correlation beyond it in either direction is a finding.
    method : {"pearson", "spearman", "kendall"}

    Raises
    ------
    NumericError
        When lengths differ, or naming infinite cells and a threshold outside 0 to 1.
    """
    return DenominatorCorrelations(
        **_core.diagnose_correlation_with_denominators(numbers(x), numbers(denominators), threshold, method)
    )


def correlation_ratio(child: ArrayLike, index: ArrayLike, *, groups: int = 0) -> float:
    """Share of the variance of the index that is explained by the child, whatever the shape of their relation.

    Units sorted by the child are cut into groups of equal size (equal values together), each gets a line by least
    squares, and the result is 1 - (RSS / (n - p)) / (TSS / (n - 1)) with p fitted parameters, not below 0.

    Parameters
    ----------
    child, index : array_like, shape (units,)
        Finite; NaN is missing.
    groups : int
        0 for the cube root of the number of units.

    Raises
    ------
    NumericError
        When lengths differ, groups are negative, or naming every infinite cell.

    References
    ----------
    P. Paruolo, M. Saisana, A. Saltelli (2013), Ratings and rankings: voodoo or science?, J. R. Stat. Soc. A 176.
    """
    return _core.diagnose_correlation_ratio(numbers(child), numbers(index), groups)


def importance(y_children: ArrayLike, weights: ArrayLike, index: ArrayLike, *, groups: int = 0) -> Importance:
    """Actual importance of the children of an index beside their intended weights.

    ``variance_share`` is w_i (Sigma w)_i / w' Sigma w; ``squared_correlation`` and ``correlation_ratio`` are those with
    the index. Units with a missing value are left out.

    Parameters
    ----------
    y_children : array_like, shape (units, children)
        Normalised scores.
    weights : array_like, shape (children,)
        Intended weights, 0 or more, not all 0.
    index : array_like, shape (units,)
        Scores of the index.
    groups : int
        For the correlation ratio; 0 for the cube root of the number of units.

    Raises
    ------
    NumericError
        When lengths differ, or naming wrong weights and infinite cells.

    References
    ----------
    P. Paruolo, M. Saisana, A. Saltelli (2013), Ratings and rankings: voodoo or science?, J. R. Stat. Soc. A 176.
    """
    return Importance(
        **_core.diagnose_importance(numbers(y_children), weights_of(weights), numbers(index), groups)
    )
