"""Weights of indicators from judgements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Sequence, Tuple

from numpy.typing import ArrayLike

from .. import _core
from ._arrays import Array, numbers, weights_of


@dataclass(frozen=True, eq=False)
class PillarWeights:
    """Weights, the pillar numbers that occur, and how many indicators each has."""

    weights: Array
    pillars: Tuple[int, ...]
    sizes: Tuple[int, ...]


@dataclass(frozen=True, eq=False)
class HierarchyWeights:
    """Weights and consistency; `random_index_source` is "saaty", "alonso_lamata" or "none_needed"."""

    weights: Array
    lambda_max: float
    consistency_index: float
    consistency_ratio: float
    random_index: float
    random_index_source: str
    acceptable: bool


@dataclass(frozen=True, eq=False)
class BestWorstWeights:
    """Weights, the deviation xi, the input-based consistency ratios, and whether no other weights are as good."""

    weights: Array
    deviation: float
    input_consistency_ratios: Array
    input_consistency_ratio: float
    unique: bool


@dataclass(frozen=True, eq=False)
class SwaraWeights:
    """Weights, k and q."""

    weights: Array
    coefficients: Array
    relative_weights: Array


@dataclass(frozen=True, eq=False)
class BudgetAllocation:
    """Mean shares, their sample deviation and range between experts, and the share of each expert (row)."""

    weights: Array
    dispersion: Array
    smallest_share: Array
    largest_share: Array
    shares: Array


def equal(count: int) -> Array:
    """1 / count for each of count indicators.

    Raises
    ------
    NumericError
        When count is below 1.
    """
    return _core.weigh_equal(count)


def equal_within_pillars(pillar_of: Sequence[int]) -> PillarWeights:
    """1 / (number of pillars * size of the indicator's pillar).

    Parameters
    ----------
    pillar_of : sequence of int
        Pillar of each indicator; any numbers serve as names.

    Raises
    ------
    NumericError
        When there is no indicator.
    """
    found = _core.weigh_equal_within_pillars([int(each) for each in pillar_of])
    return PillarWeights(found["weights"], tuple(found["pillars"]), tuple(found["sizes"]))


def analytic_hierarchy_process(
    judgement: ArrayLike, *, method: str = "principal_eigenvector", tolerance: float = 1e-6
) -> HierarchyWeights:
    """Weights from pairwise comparisons, with their consistency.

    Parameters
    ----------
    judgement : array_like, shape (criteria, criteria)
        Cell (i, j): how many times as important i is as j; cell (j, i) is its reciprocal.
    method : {"principal_eigenvector", "geometric_mean"}
    tolerance : float
        How far a diagonal cell, and the product of two reciprocal cells, may be from 1.

    Returns
    -------
    HierarchyWeights
        A consistency ratio above 0.1 is not acceptable. It is 0 for one or two criteria. From 16 criteria the random
        index is the line fitted by Alonso and Lamata, and `random_index_source` says so.

    Raises
    ------
    NumericError
        Naming every cell that is not above 0, not 1 on the diagonal or not the reciprocal of its opposite.

    References
    ----------
    Saaty (1980), The Analytic Hierarchy Process; Crawford and Williams (1985); Alonso and Lamata (2006).
    """
    if method not in ("principal_eigenvector", "geometric_mean"):
        raise ValueError(f'method: expected "principal_eigenvector" or "geometric_mean", not {method!r}')
    return HierarchyWeights(**_core.weigh_analytic_hierarchy_process(numbers(judgement), method, tolerance))


def group_judgement(judgements: Sequence[ArrayLike], *, tolerance: float = 1e-6) -> Array:
    """Geometric mean of each cell over the matrices of the members of a group; it is reciprocal again.

    Raises
    ------
    NumericError
        When there is no matrix, sizes differ, or naming the cells that `analytic_hierarchy_process` would refuse.
    """
    return _core.weigh_group_judgement([numbers(each) for each in judgements], tolerance)


def best_worst_method(
    best_to_others: ArrayLike, others_to_worst: ArrayLike, *, best: int, worst: int
) -> BestWorstWeights:
    """Weights by the linear best-worst model: min xi, |w_B - a_Bj w_j| <= xi, |w_j - a_jW w_W| <= xi.

    Parameters
    ----------
    best_to_others : array_like, shape (criteria,)
        How many times as important the best criterion is as each; 1 for itself.
    others_to_worst : array_like, shape (criteria,)
        How many times as important each criterion is as the worst; 1 for that itself.
    best, worst : int
        Numbers of these criteria, counted from 0.

    Raises
    ------
    NumericError
        When sizes do not fit, naming judgements below 1, or when the two lists disagree on best against worst.

    References
    ----------
    Rezaei (2016), Omega 64, 126-130; Liang, Brunelli and Rezaei (2020), Omega 96, 102175.
    """
    if best < 0 or worst < 0:
        raise ValueError("best, worst: criteria are counted from 0")
    return BestWorstWeights(
        **_core.weigh_best_worst_method(weights_of(best_to_others), weights_of(others_to_worst), best, worst)
    )


def swara(less_important: ArrayLike) -> SwaraWeights:
    """Step-wise ratios: k = 1 + s, q(j) = q(j - 1) / k(j), weights q / sum q.

    Parameters
    ----------
    less_important : array_like, shape (criteria,)
        From the most important criterion down, by which share each is less important than the one before; the first
        is NaN or 0.

    Raises
    ------
    NumericError
        Naming every entry that is not valid.

    References
    ----------
    Kersuliene, Zavadskas and Turskis (2010), Journal of Business Economics and Management 11(2), 243-258.
    """
    return SwaraWeights(**_core.weigh_swara(weights_of(less_important)))


def fucom(ratios: ArrayLike) -> Array:
    """Weights from the ratios of consecutive priorities, from the most important criterion down; one more than ratios.

    Raises
    ------
    NumericError
        Naming every ratio below 1.

    References
    ----------
    Pamucar, Stevic and Sremac (2018), Symmetry 10(9), 393.
    """
    return _core.weigh_fucom(weights_of(ratios))


def rank_order_centroid(ranks: ArrayLike) -> Array:
    """(1/n) sum of 1/k from k = i on, for the i-th most important of n; rank 1 is the most important, ties share.

    Raises
    ------
    NumericError
        Naming every rank that is not finite.

    References
    ----------
    Barron and Barrett (1996), Management Science 42(11), 1515-1523.
    """
    return _core.weigh_rank_order_centroid(weights_of(ranks))


def rank_sum(ranks: ArrayLike) -> Array:
    """2 (n + 1 - i) / (n (n + 1)) for the i-th most important of n; rank 1 is the most important, ties share.

    Raises
    ------
    NumericError
        Naming every rank that is not finite.
    """
    return _core.weigh_rank_sum(weights_of(ranks))


def rank_reciprocal(ranks: ArrayLike) -> Array:
    """(1/i) / sum of 1/k, for the i-th most important; rank 1 is the most important, ties share.

    Raises
    ------
    NumericError
        Naming every rank that is not finite.
    """
    return _core.weigh_rank_reciprocal(weights_of(ranks))


def swing(points: ArrayLike, *, full_swing: float = 100.0) -> Array:
    """Points of each swing over their sum; the most important swing has full_swing points.

    Raises
    ------
    NumericError
        Naming points outside 0 to full_swing, or when no swing has full_swing points.

    References
    ----------
    von Winterfeldt and Edwards (1986), Decision Analysis and Behavioral Research.
    """
    return _core.weigh_swing(weights_of(points), full_swing)


def budget_allocation(points: ArrayLike, *, budget: Optional[float] = None) -> BudgetAllocation:
    """Mean over experts of their points over the points they spread, with the dispersion between experts.

    Parameters
    ----------
    points : array_like, shape (experts, indicators)
        Finite, 0 or more; a blank is an error and not zero.
    budget : float, optional
        What the points of every expert must add up to.

    Raises
    ------
    NumericError
        Naming every cell that is not valid and every expert whose points do not add up.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6.
    """
    return BudgetAllocation(**_core.weigh_budget_allocation(numbers(points), budget))
