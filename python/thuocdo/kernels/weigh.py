"""Weights of indicators, from judgements and from the data.

Results are frozen; their arrays are read-only and `weights` adds up to 1. Matrices are (units, indicators). In the
schemes that look at data, NaN is missing: rows with a missing value are left out and `rows_used` counts the others; a
constant column gets weight 0, and where all are constant the weights are equal and `all_constant` is true.

Sums over units are exact, so that the order of units has no effect, but for `critic`, `principal_components` and
`correlation_optimised`, which add up products of columns in the order of the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, Optional, Sequence, Tuple, Union

import numpy
from numpy.typing import ArrayLike

from .. import _core
from ._arrays import Array, numbers, weights_of
from ._judgements import (
    BestWorstWeights,
    BudgetAllocation,
    HierarchyWeights,
    PillarWeights,
    SwaraWeights,
    analytic_hierarchy_process,
    best_worst_method,
    budget_allocation,
    equal,
    equal_within_pillars,
    fucom,
    group_judgement,
    rank_order_centroid,
    rank_reciprocal,
    rank_sum,
    swara,
    swing,
)

Lower = Union[bool, Sequence[bool]]

__all__ = [
    "BestWorstWeights",
    "BudgetAllocation",
    "CilosWeights",
    "ComponentWeights",
    "CorrelationWeights",
    "CriticWeights",
    "EntropyWeights",
    "HierarchyWeights",
    "IdocriwWeights",
    "MerecWeights",
    "PillarWeights",
    "SpreadWeights",
    "SwaraWeights",
    "analytic_hierarchy_process",
    "angular",
    "best_worst_method",
    "budget_allocation",
    "cilos",
    "coefficient_of_variation",
    "correlation_optimised",
    "critic",
    "dirichlet",
    "dirichlet_at",
    "entropy",
    "equal",
    "equal_within_pillars",
    "fucom",
    "gini_index",
    "group_judgement",
    "idocriw",
    "lopcow",
    "merec",
    "noisy",
    "principal_components",
    "rank_order_centroid",
    "rank_reciprocal",
    "rank_sum",
    "standard_deviation",
    "swara",
    "swing",
    "variance",
]


@dataclass(frozen=True, eq=False)
class SpreadWeights:
    """Weights and the measure of spread that they are proportional to."""

    weights: Array
    spread: Array
    rows_used: int
    all_constant: bool


@dataclass(frozen=True, eq=False)
class EntropyWeights:
    """Weights, the entropy of each column (0 to 1) and 1 minus it."""

    weights: Array
    entropy: Array
    divergence: Array
    rows_used: int
    all_constant: bool


@dataclass(frozen=True, eq=False)
class MerecWeights:
    """Weights, E of each indicator and S of each complete row."""

    weights: Array
    removal_effect: Array
    performance: Array
    rows_used: int
    all_constant: bool


@dataclass(frozen=True, eq=False)
class CilosWeights:
    """Weights, and the share of its best that column j loses where row k's indicator is at its best."""

    weights: Array
    relative_loss: Array
    rows_used: int
    all_constant: bool


@dataclass(frozen=True, eq=False)
class IdocriwWeights:
    """Weights and the two results that they multiply."""

    weights: Array
    entropy: EntropyWeights
    cilos: CilosWeights
    rows_used: int
    all_constant: bool


@dataclass(frozen=True, eq=False)
class CriticWeights:
    """Weights, their two factors and product, and the correlations; `no_conflict`: nothing to tell indicators apart."""

    weights: Array
    standard_deviation: Array
    conflict: Array
    information: Array
    correlation: Array
    rows_used: int
    all_constant: bool
    no_conflict: bool


@dataclass(frozen=True, eq=False)
class ComponentWeights:
    """Weights, eigenvalues with their shares, loadings before and after rotation, and the factor of each indicator."""

    weights: Array
    eigenvalues: Array
    explained_variance: Array
    factors: int
    loadings: Array
    rotated_loadings: Array
    rotated_variance: Array
    factor_of: Tuple[int, ...]
    rows_used: int
    all_constant: bool
    converged: bool


@dataclass(frozen=True, eq=False)
class CorrelationWeights:
    """Weights, intended shares, the correlations and shares achieved, and whether they were attained."""

    weights: Array
    target_shares: Array
    correlations: Array
    shares: Array
    largest_deviation: float
    attained: bool
    converged: bool
    iterations: int
    rows_used: int
    all_constant: bool


def _lower(lower_is_better: Lower, x: Array) -> List[bool]:
    if isinstance(lower_is_better, (bool, numpy.bool_)):
        return [bool(lower_is_better)] * (x.shape[1] if x.ndim == 2 else 0)
    return [bool(each) for each in lower_is_better]


def noisy(
    weights: ArrayLike, fraction: float, *, seed: int, draws: int = 1, first_draw: int = 0, stage: int = 0
) -> Array:
    """Weights times 1 + fraction * (2 U - 1), each draw divided by its sum.

    Parameters
    ----------
    weights : array_like, shape (indicators,)
        Finite, 0 or more.
    fraction : float
        0 to 1: the largest change of a weight relative to it.
    seed, first_draw, stage : int
        U for draw d and indicator j depends on seed, d, stage and j alone, so draws can be made in parts.
    draws : int

    Returns
    -------
    array, shape (draws, indicators)

    Raises
    ------
    NumericError
        When the fraction is outside 0 to 1, or naming the weights that are not valid.

    References
    ----------
    Saisana, Saltelli and Tarantola (2005), Journal of the Royal Statistical Society A 168(2), 307-323.
    """
    if draws < 0:
        raise ValueError("draws: expected 0 or more")
    return _core.weigh_noisy(numbers(weights), fraction, seed, first_draw, draws, stage)


def dirichlet(
    parameters: ArrayLike, *, seed: int, draws: int = 1, first_draw: int = 0, stage: int = 0
) -> Array:
    """Weights drawn from a Dirichlet distribution.

    Parameters
    ----------
    parameters : array_like, shape (indicators,)
        Finite, above 0. The mean of weight j is its share of their sum, and larger ones keep closer to it; all 1 makes
        every set of weights as likely as any other.
    seed, first_draw, stage : int
        The uniform number behind weight j of draw d depends on seed, d, stage and j alone: draws can be made in parts.
    draws : int

    Returns
    -------
    array, shape (draws, indicators)

    Raises
    ------
    NumericError
        Naming the parameters that are not valid.

    References
    ----------
    Devroye (1986), Non-Uniform Random Variate Generation, XI.4.
    """
    if draws < 0:
        raise ValueError("draws: expected 0 or more")
    return _core.dirichlet_draws(numbers(parameters), seed, first_draw, draws, stage)


def dirichlet_at(parameters: ArrayLike, uniforms: ArrayLike) -> Array:
    """`dirichlet` at uniform numbers of your own, such as those of a Sobol sequence.

    Weight j is g(j) / sum of g, with g(j) the quantile of the gamma distribution of shape `parameters[j]` at number j.

    Parameters
    ----------
    parameters : array_like, shape (indicators,)
        Finite, above 0.
    uniforms : array_like, shape (draws, indicators)
        Above 0 and below 1.

    Returns
    -------
    array, shape (draws, indicators)

    Raises
    ------
    NumericError
        When sizes do not fit, or naming the parameters or numbers that are not valid.
    """
    return _core.dirichlet(numbers(parameters), numbers(uniforms))


def entropy(x: ArrayLike) -> EntropyWeights:
    """1 - H of each column, over their sum; H = -sum p ln p / ln n with p = x / sum x and 0 ln 0 = 0.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
        0 or more.

    Raises
    ------
    NumericError
        When fewer than two rows are complete, or naming negative and infinite cells.

    References
    ----------
    Shannon (1948); Hwang and Yoon (1981), Multiple Attribute Decision Making.
    """
    return EntropyWeights(**_core.weigh_entropy(numbers(x)))


def standard_deviation(x: ArrayLike) -> SpreadWeights:
    """Sample deviation (n - 1) of each column as given, over their sum; normalise columns of different units first.

    Raises
    ------
    NumericError
        When fewer than two rows are complete, or naming infinite cells.
    """
    return SpreadWeights(**_core.weigh_standard_deviation(numbers(x)))


def variance(x: ArrayLike) -> SpreadWeights:
    """Sample variance (n - 1) of each min-max column, over their sum.

    Raises
    ------
    NumericError
        When fewer than two rows are complete, or naming infinite cells.
    """
    return SpreadWeights(**_core.weigh_variance(numbers(x)))


def coefficient_of_variation(x: ArrayLike) -> SpreadWeights:
    """Sample deviation (n - 1) over |mean| of each column, over their sum.

    Raises
    ------
    NumericError
        When fewer than two rows are complete, naming infinite cells, or the columns that vary about a mean of 0.
    """
    return SpreadWeights(**_core.weigh_coefficient_of_variation(numbers(x)))


def gini_index(x: ArrayLike) -> SpreadWeights:
    """Gini coefficient of each column, over their sum.

    Raises
    ------
    NumericError
        When fewer than two rows are complete, or naming negative and infinite cells.
    """
    return SpreadWeights(**_core.weigh_gini_index(numbers(x)))


def angular(x: ArrayLike) -> SpreadWeights:
    """Angle between each column and the vector of equal entries in radians (`spread`), over their sum.

    Raises
    ------
    NumericError
        When fewer than two rows are complete, naming infinite cells, or the columns that vary about a mean of 0.

    References
    ----------
    Shuai, Zhou, Xu and Chen (2012), 24th Chinese Control and Decision Conference.
    """
    return SpreadWeights(**_core.weigh_angular(numbers(x)))


def lopcow(x: ArrayLike, *, lower_is_better: Lower = False) -> SpreadWeights:
    """abs(100 ln(root mean square / deviation)) of each min-max column (`spread`), over their sum.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
    lower_is_better : bool or sequence of bool
        For all indicators or each.

    Raises
    ------
    NumericError
        When sizes do not fit, fewer than two rows are complete, or naming infinite cells.

    References
    ----------
    Ecer and Pamucar (2022), Omega 112, 102690.
    """
    cells = numbers(x)
    return SpreadWeights(**_core.weigh_lopcow(cells, _lower(lower_is_better, cells)))


def merec(x: ArrayLike, *, lower_is_better: Lower = False) -> MerecWeights:
    """By what leaving an indicator out changes: E(j) = sum over units of abs(S'(i, j) - S(i)), over their sum.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
        Above 0.
    lower_is_better : bool or sequence of bool
        For all indicators or each.

    Raises
    ------
    NumericError
        When sizes do not fit, fewer than two rows are complete, or naming the cells that are not above 0 or infinite.

    References
    ----------
    Keshavarz-Ghorabaee et al. (2021), Symmetry 13(4), 525.
    """
    cells = numbers(x)
    return MerecWeights(**_core.weigh_merec(cells, _lower(lower_is_better, cells)))


def cilos(x: ArrayLike, *, lower_is_better: Lower = False) -> CilosWeights:
    """Weights that balance the losses of each indicator where the others are at their best.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
        0 or more, and above 0 where lower is better.
    lower_is_better : bool or sequence of bool
        For all indicators or each.

    Raises
    ------
    NumericError
        When sizes do not fit, fewer than two rows are complete, naming the cells outside the domain, or when the
        equations do not determine the weights.

    References
    ----------
    Zavadskas and Podvezko (2016), International Journal of Information Technology and Decision Making 15(2), 267-283.
    """
    cells = numbers(x)
    return CilosWeights(**_core.weigh_cilos(cells, _lower(lower_is_better, cells)))


def idocriw(x: ArrayLike, *, lower_is_better: Lower = False) -> IdocriwWeights:
    """Entropy weight times CILOS weight of each indicator, over their sum. Arguments and errors as in `cilos`."""
    cells = numbers(x)
    found = _core.weigh_idocriw(cells, _lower(lower_is_better, cells))
    return IdocriwWeights(
        weights=found["weights"],
        entropy=EntropyWeights(**found["entropy"]),
        cilos=CilosWeights(**found["cilos"]),
        rows_used=found["rows_used"],
        all_constant=found["all_constant"],
    )


def critic(x: ArrayLike, *, lower_is_better: Lower = False, ignore_directions: bool = False) -> CriticWeights:
    """Deviation of each min-max column times the sum of 1 - r with every column, over their sum.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
    lower_is_better : bool or sequence of bool
        For all indicators or each. Correlations are of columns turned so that higher is better.
    ignore_directions : bool
        Take the correlations of the columns as given.

    Raises
    ------
    NumericError
        When sizes do not fit, fewer than two rows are complete, or naming infinite cells.

    References
    ----------
    Diakoulaki, Mavrotas and Papayannakis (1995), Computers and Operations Research 22(7), 763-770.
    """
    cells = numbers(x)
    return CriticWeights(**_core.weigh_critic(cells, _lower(lower_is_better, cells), ignore_directions))


def principal_components(
    x: ArrayLike,
    *,
    factors: Optional[int] = None,
    all_factors: bool = False,
    kaiser_normalisation: bool = True,
) -> ComponentWeights:
    """Squared varimax loadings by share of variance, from the correlation matrix; never negative.

    Parameters
    ----------
    x : array_like, shape (units, indicators)
    factors : int, optional
        How many to keep; default: those with an eigenvalue above 1, at least one.
    all_factors : bool
        Count the squared loadings on all factors kept, and not only that on the factor where the indicator loads most.
    kaiser_normalisation : bool
        Of rows during the rotation.

    Raises
    ------
    NumericError
        When fewer than two rows are complete, naming infinite cells, or when factors is out of range.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6; Nicoletti, Scarpetta and Boylaud (2000).
    """
    found = _core.weigh_principal_components(numbers(x), factors, all_factors, kaiser_normalisation)
    return ComponentWeights(**{**found, "factor_of": tuple(found["factor_of"])})


def correlation_optimised(x: ArrayLike, targets: ArrayLike) -> CorrelationWeights:
    """Weights, 0 or more, by which each column's correlation with the weighted sum has its target share.

    Parameters
    ----------
    x : array_like, shape (units, elements)
        The columns that are to be added up.
    targets : array_like, shape (elements,)
        Intended importance, 0 or more; only ratios count.

    Returns
    -------
    CorrelationWeights
        Where the targets cannot be met without negative weights, the closest weights, and `attained` is false.

    Raises
    ------
    NumericError
        When sizes do not fit, fewer than two rows are complete, naming cells and targets that are not valid, or when
        the columns cancel out.

    References
    ----------
    Becker, Saisana, Paruolo and Vandecasteele (2017), Ecological Indicators 80, 12-22.
    """
    found: Any = _core.weigh_correlation_optimised(numbers(x), weights_of(targets))
    return CorrelationWeights(**found)
