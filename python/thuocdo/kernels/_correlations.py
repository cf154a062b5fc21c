"""Correlations of indicators, pairwise complete, with p-values."""

from __future__ import annotations

from typing import NamedTuple

import numpy
from numpy.typing import ArrayLike, NDArray

from .. import _core
from ._arrays import Array, numbers

Counts = NDArray[numpy.int64]


class CorrelationTable(NamedTuple):
    """Correlations of every two columns, each of shape (indicators, indicators)."""

    coefficients: Array
    p_values: Array
    """Two-sided; NaN where the coefficient is undefined or no degree of freedom is left."""
    pairs: Counts
    """Units where both columns are observed."""


def pearson(a: ArrayLike, b: ArrayLike) -> float:
    """Pearson's correlation over the units where both are observed; NaN below two of them or with a constant.

    Parameters
    ----------
    a, b : array_like, shape (units,)
        Finite; NaN is missing.

    Raises
    ------
    NumericError
        When the lengths differ, or naming every infinite cell.
    """
    return _core.diagnose_correlation(numbers(a), numbers(b), "pearson")


def spearman(a: ArrayLike, b: ArrayLike) -> float:
    """Pearson's correlation of average ranks among the units where both are observed.

    Parameters
    ----------
    a, b : array_like, shape (units,)
        Finite; NaN is missing.

    Raises
    ------
    NumericError
        When the lengths differ, or naming every infinite cell.
    """
    return _core.diagnose_correlation(numbers(a), numbers(b), "spearman")


def kendall_tau_a(a: ArrayLike, b: ArrayLike) -> float:
    """(concordant - discordant) / (n (n - 1) / 2): ties make it smaller than 1 even for a column with itself.

    Parameters
    ----------
    a, b : array_like, shape (units,)
        Finite; NaN is missing.

    Raises
    ------
    NumericError
        When the lengths differ, or naming every infinite cell.
    """
    return _core.diagnose_correlation(numbers(a), numbers(b), "kendall_tau_a")


def kendall_tau_b(a: ArrayLike, b: ArrayLike) -> float:
    """(concordant - discordant) / sqrt((pairs not tied in a) (pairs not tied in b)), -1 to 1.

    Parameters
    ----------
    a, b : array_like, shape (units,)
        Finite; NaN is missing.

    Raises
    ------
    NumericError
        When the lengths differ, or naming every infinite cell.
    """
    return _core.diagnose_correlation(numbers(a), numbers(b), "kendall")


def pearson_matrix(x: ArrayLike) -> Array:
    """`pearson` of every two columns, pairwise complete.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
        Finite; NaN is missing.

    Returns
    -------
    array, shape (indicators, indicators)
        Symmetric; 1 on the diagonal, NaN for a column that is constant or has fewer than two values.

    Raises
    ------
    NumericError
        Naming the infinite cells.
    """
    return _core.diagnose_correlation_matrix(numbers(x), "pearson")


def spearman_matrix(x: ArrayLike) -> Array:
    """`spearman` of every two columns, each ranked among the units where both are observed.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
        Finite; NaN is missing.

    Returns
    -------
    array, shape (indicators, indicators)

    Raises
    ------
    NumericError
        Naming the infinite cells.
    """
    return _core.diagnose_correlation_matrix(numbers(x), "spearman")


def kendall_matrix(x: ArrayLike) -> Array:
    """`kendall_tau_b` of every two columns, pairwise complete.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
        Finite; NaN is missing.

    Returns
    -------
    array, shape (indicators, indicators)

    Raises
    ------
    NumericError
        Naming the infinite cells.
    """
    return _core.diagnose_correlation_matrix(numbers(x), "kendall")


def pearson_table(x: ArrayLike) -> CorrelationTable:
    """`pearson_matrix` with two-sided p-values (Student's t with n - 2 degrees of freedom) and units used.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
        Finite; NaN is missing.

    Raises
    ------
    NumericError
        Naming the infinite cells.
    """
    return CorrelationTable(**_core.diagnose_correlation_table(numbers(x), "pearson"))


def spearman_table(x: ArrayLike) -> CorrelationTable:
    """`spearman_matrix` with two-sided p-values (Student's t with n - 2 degrees of freedom) and units used.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
        Finite; NaN is missing.

    Raises
    ------
    NumericError
        Naming the infinite cells.
    """
    return CorrelationTable(**_core.diagnose_correlation_table(numbers(x), "spearman"))


def kendall_table(x: ArrayLike) -> CorrelationTable:
    """`kendall_matrix` with two-sided p-values (normal approximation, with ties) and units used.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
        Finite; NaN is missing.

    Raises
    ------
    NumericError
        Naming the infinite cells.
    """
    return CorrelationTable(**_core.diagnose_correlation_table(numbers(x), "kendall"))


def covariance_matrix(x: ArrayLike) -> Array:
    """Covariances (n - 1) of every two columns over the units where both are observed.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
        Finite; NaN is missing.

    Returns
    -------
    array, shape (indicators, indicators)
        NaN below two such units.

    Raises
    ------
    NumericError
        Naming the infinite cells.
    """
    return _core.diagnose_covariance_matrix(numbers(x))
