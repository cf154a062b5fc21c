"""Results of children into the result of their parent."""

from __future__ import annotations

from typing import Callable, Optional

from numpy.typing import ArrayLike

from .. import _core
from ._arrays import Array, numbers, optional_weights, weights_of


def arithmetic(x: ArrayLike, *, weights: Optional[ArrayLike] = None) -> Array:
    """Weighted mean: sum(w x) / sum(w).

    Parameters
    ----------
    x : array_like, shape (units, children)
        Results of the children; NaN is missing: it is skipped and the weights are renormalised over the others.
    weights : array_like, shape (children,), optional
        Relative to each other, 0 or more; default: equal.

    Returns
    -------
    array, shape (units,)
        NaN where no child is observed.

    Raises
    ------
    NumericError
        When sizes or weights do not fit, or naming the cells outside the domain.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6.
    """
    return _core.arithmetic(numbers(x), optional_weights(weights))


def geometric(x: ArrayLike, *, weights: Optional[ArrayLike] = None) -> Array:
    """exp(sum(w ln x) / sum(w)), for x > 0.

    Parameters
    ----------
    x : array_like, shape (units, children)
        Results of the children; NaN is missing: it is skipped and the weights are renormalised over the others.
    weights : array_like, shape (children,), optional
        Relative to each other, 0 or more; default: equal.

    Returns
    -------
    array, shape (units,)
        NaN where no child is observed.

    Raises
    ------
    NumericError
        When sizes or weights do not fit, or naming the cells outside the domain.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6.
    """
    return _core.geometric(numbers(x), optional_weights(weights))


def harmonic(x: ArrayLike, *, weights: Optional[ArrayLike] = None) -> Array:
    """sum(w) / sum(w / x), for x > 0.

    Parameters
    ----------
    x : array_like, shape (units, children)
        Results of the children; NaN is missing: it is skipped and the weights are renormalised over the others.
    weights : array_like, shape (children,), optional
        Relative to each other, 0 or more; default: equal.

    Returns
    -------
    array, shape (units,)
        NaN where no child is observed.

    Raises
    ------
    NumericError
        When sizes or weights do not fit, or naming the cells outside the domain.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6.
    """
    return _core.harmonic(numbers(x), optional_weights(weights))


def minimum(x: ArrayLike, *, weights: Optional[ArrayLike] = None) -> Array:
    """Smallest observed child; weights only say which children take part (those above 0).

    Parameters
    ----------
    x : array_like, shape (units, children)
        Results of the children; NaN is missing: it is skipped and the weights are renormalised over the others.
    weights : array_like, shape (children,), optional
        Relative to each other, 0 or more; default: equal.

    Returns
    -------
    array, shape (units,)
        NaN where no child is observed.

    Raises
    ------
    NumericError
        When sizes or weights do not fit, or naming the cells outside the domain.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6.
    """
    return _core.minimum(numbers(x), optional_weights(weights))


def maximum(x: ArrayLike, *, weights: Optional[ArrayLike] = None) -> Array:
    """Largest observed child; weights only say which children take part (those above 0).

    Parameters
    ----------
    x : array_like, shape (units, children)
        Results of the children; NaN is missing: it is skipped and the weights are renormalised over the others.
    weights : array_like, shape (children,), optional
        Relative to each other, 0 or more; default: equal.

    Returns
    -------
    array, shape (units,)
        NaN where no child is observed.

    Raises
    ------
    NumericError
        When sizes or weights do not fit, or naming the cells outside the domain.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6.
    """
    return _core.maximum(numbers(x), optional_weights(weights))


def median(x: ArrayLike, *, weights: Optional[ArrayLike] = None) -> Array:
    """Median of the observed children; weights only say which children take part (those above 0).

    Parameters
    ----------
    x : array_like, shape (units, children)
        Results of the children; NaN is missing: it is skipped and the weights are renormalised over the others.
    weights : array_like, shape (children,), optional
        Relative to each other, 0 or more; default: equal.

    Returns
    -------
    array, shape (units,)
        NaN where no child is observed.

    Raises
    ------
    NumericError
        When sizes or weights do not fit, or naming the cells outside the domain.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6.
    """
    return _core.median(numbers(x), optional_weights(weights))


def power_mean(x: ArrayLike, exponent: float, *, weights: Optional[ArrayLike] = None) -> Array:
    """(sum(w x^p) / sum(w))^(1/p).

    Parameters
    ----------
    x : array_like, shape (units, children)
        Results of the children; NaN is missing: it is skipped and the weights are renormalised over the others.
    exponent : float
        1 is arithmetic, 0 geometric, -1 harmonic.
    weights : array_like, shape (children,), optional
        Relative to each other, 0 or more; default: equal.

    Returns
    -------
    array, shape (units,)
        NaN where no child is observed.

    Raises
    ------
    NumericError
        When sizes or weights do not fit, or naming the cells outside the domain.

    References
    ----------
    Hardy, Littlewood and Pólya (1934), Inequalities, chapter 2.
    """
    return _core.power_mean(numbers(x), exponent, optional_weights(weights))


def ordered_weighted_average(
    x: ArrayLike,
    order_weights: ArrayLike,
    *,
    weights: Optional[ArrayLike] = None,
) -> Array:
    """sum(v_k x_(k)) / sum(v_k), with the children of each unit sorted from best to worst.

    Parameters
    ----------
    x : array_like, shape (units, children)
        Results of the children; NaN is missing: it is skipped and the weights are renormalised over the others.
    order_weights : array_like, shape (children,)
        For the places from best to worst.
    weights : array_like, shape (children,), optional
        Relative to each other, 0 or more; default: equal.

    Returns
    -------
    array, shape (units,)
        NaN where no child is observed.

    Raises
    ------
    NumericError
        When sizes or weights do not fit, or naming the cells outside the domain.

    References
    ----------
    Yager (1988), IEEE Transactions on Systems, Man and Cybernetics 18, 183-190.
    """
    return _core.ordered_weighted_average(numbers(x), weights_of(order_weights), optional_weights(weights))


def mean_min(
    x: ArrayLike,
    *,
    alpha: float = 1.0,
    beta: float = 0.0,
    weights: Optional[ArrayLike] = None,
) -> Array:
    """M - alpha (sqrt((M - min)^2 + beta^2) - beta), with M the weighted mean.

    Parameters
    ----------
    x : array_like, shape (units, children)
        Results of the children; NaN is missing: it is skipped and the weights are renormalised over the others.
    alpha : float
        Strength of the penalty for imbalance, 0 to 1.
    beta : float
        Imbalance that passes almost freely.
    weights : array_like, shape (children,), optional
        Relative to each other, 0 or more; default: equal.

    Returns
    -------
    array, shape (units,)
        NaN where no child is observed.

    Raises
    ------
    NumericError
        When sizes or weights do not fit, or naming the cells outside the domain.

    References
    ----------
    Casadio Tarabusi and Guarini (2013), Social Indicators Research 112, 19-45.
    """
    return _core.mean_min(numbers(x), alpha, beta, optional_weights(weights))


def mazziotta_pareto(
    x: ArrayLike,
    *,
    negative_penalty: bool = True,
    sample_deviation: bool = False,
    weights: Optional[ArrayLike] = None,
) -> Array:
    """M - S cv (or M + S cv), with M the mean of the children, S their deviation and cv = S / M.

    Parameters
    ----------
    x : array_like, shape (units, children)
        Results of the children; NaN is missing: it is skipped and the weights are renormalised over the others.
    negative_penalty : bool
        Imbalance lowers the index; False where lower is better.
    sample_deviation : bool
        Divide by n - 1 instead of n.
    weights : array_like, shape (children,), optional
        Relative to each other, 0 or more; default: equal.

    Returns
    -------
    array, shape (units,)
        NaN where no child is observed.

    Raises
    ------
    NumericError
        As the others, and naming the rows whose mean is not above 0.

    References
    ----------
    Mazziotta and Pareto (2016), Social Indicators Research 127, 983-1003.
    """
    return _core.mazziotta_pareto(numbers(x), negative_penalty, sample_deviation, optional_weights(weights))


def sum_of_points(x: ArrayLike, points: ArrayLike) -> Array:
    """sum(x), scaled up by the points of missing children.

    Parameters
    ----------
    x : array_like, shape (units, children)
        Results of the children; NaN is missing: it is skipped and the weights are renormalised over the others.
    points : array_like, shape (children,)
        The most that each child can give.

    Returns
    -------
    array, shape (units,)
        NaN where no child is observed.

    Raises
    ------
    NumericError
        When sizes or weights do not fit, or naming the cells outside the domain.

    References
    ----------
    Scoring rules of indices DTI, 766 and PAR INDEX (Viet Nam).
    """
    return _core.sum_of_points(numbers(x), weights_of(points))


def copeland(
    x: ArrayLike,
    *,
    weights: Optional[ArrayLike] = None,
    threads: int = 1,
    progress: Optional[Callable[[float], Optional[bool]]] = None,
) -> Array:
    """Comparisons won less those lost, each decided by a weighted majority of the jointly observed children.

    Draws are exact: 0.1 and 0.2 together balance 0.3. The order of units and missing cells favour nobody.

    Parameters
    ----------
    x : array_like, shape (units, children)
        Results of the children, larger is better; NaN is missing.
    weights : array_like, shape (children,), optional
        Relative to each other, 0 or more; default: equal.
    threads : int
        Has no effect on the result.
    progress : callable, optional
        Called now and then with the share done; returning False raises `Cancelled`.

    Returns
    -------
    array, shape (units,)
        NaN where no child is observed.

    Raises
    ------
    NumericError
        When sizes or weights do not fit, or naming the cells outside the domain.

    References
    ----------
    A. H. Copeland (1951), A reasonable social welfare function; G. Munda and M. Nardo (2009), Applied Economics 41(12).
    """
    return _core.copeland(numbers(x), optional_weights(weights), threads, progress)


def gini_penalised_mean(x: ArrayLike, *, weights: Optional[ArrayLike] = None) -> Array:
    """M (1 - G) with M the weighted mean of the children and G their Gini coefficient; x >= 0.

    Parameters
    ----------
    x : array_like, shape (units, children)
        Results of the children, larger is better; NaN is missing.
    weights : array_like, shape (children,), optional
        Relative to each other, 0 or more; default: equal.

    Returns
    -------
    array, shape (units,)
        NaN where no child is observed.

    Raises
    ------
    NumericError
        When sizes or weights do not fit, or naming the cells outside the domain.

    References
    ----------
    A. Sen (1976), Real National Income, Review of Economic Studies 43(1).
    """
    return _core.gini_penalised_mean(numbers(x), optional_weights(weights))


def wroclaw(x: ArrayLike, *, sample_deviation: bool = False, weights: Optional[ArrayLike] = None) -> Array:
    """Taxonomic distance from the ideal unit, over the mean of the distances + 2 of their deviations; smaller is better.

    Parameters
    ----------
    x : array_like, shape (units, children)
        Results of the children, larger is better; NaN is missing.
    sample_deviation : bool
        Divide by n - 1 instead of n.
    weights : array_like, shape (children,), optional
        Relative to each other, 0 or more; default: equal.

    Returns
    -------
    array, shape (units,)
        NaN where no child is observed.

    Raises
    ------
    NumericError
        When sizes or weights do not fit, or naming the cells outside the domain.

    References
    ----------
    K. Florek et al. (1952), Taksonomia wroclawska; Z. Hellwig (1968), Przeglad Statystyczny 15(4).
    """
    return _core.wroclaw(numbers(x), sample_deviation, optional_weights(weights))


def hellwig(x: ArrayLike, *, sample_deviation: bool = False, weights: Optional[ArrayLike] = None) -> Array:
    """1 - the taxonomic distance of `wroclaw`: 1 for a unit that is best on every child.

    Parameters
    ----------
    x : array_like, shape (units, children)
        Results of the children, larger is better; NaN is missing.
    sample_deviation : bool
        Divide by n - 1 instead of n.
    weights : array_like, shape (children,), optional
        Relative to each other, 0 or more; default: equal.

    Returns
    -------
    array, shape (units,)
        NaN where no child is observed.

    Raises
    ------
    NumericError
        When sizes or weights do not fit, or naming the cells outside the domain.

    References
    ----------
    Z. Hellwig (1968), Przeglad Statystyczny 15(4), 307-326.
    """
    return _core.hellwig(numbers(x), sample_deviation, optional_weights(weights))
