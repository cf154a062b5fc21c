"""Methods by distance from declared or found reference points (SPOTIS, RIM, CODAS, COMET), and dominance."""

from __future__ import annotations

from typing import Any, Callable, List, Mapping, NamedTuple, Optional, Sequence, Union

import numpy
from numpy.typing import NDArray

from .. import _core
from ._decision import Array, Decision, Directions, Weights, by_name, read_decision
from ._ranking import TITLES, Ranking, ranked

TITLES["spotis"] = ("SPOTIS", "SPOTIS")
TITLES["rim"] = ("Reference ideal method (RIM)", "Phương pháp lý tưởng tham chiếu (RIM)")
TITLES["comet"] = ("Characteristic objects method (COMET)", "Phương pháp đối tượng đặc trưng (COMET)")

#: A lower and an upper end for each criterion, in their order or by name.
Intervals = Union[Sequence[Sequence[float]], Array, Mapping[str, Sequence[float]], Any]

Flags = NDArray[numpy.bool_]
Counts = NDArray[numpy.int64]


class DominanceCounts(NamedTuple):
    """How many alternatives each one dominates, and by how many it is dominated."""

    dominates: Counts
    dominated_by: Counts


def _intervals(given: Intervals, decision: Decision, argument: str) -> Array:
    return numpy.asarray(by_name(given, decision.names, argument), dtype=numpy.float64)


def _numbers(given: Any, decision: Decision, argument: str) -> List[float]:
    return [] if given is None else [float(each) for each in by_name(given, decision.names, argument)]


def spotis(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    bounds: Intervals,
    ideal: Any = None,
    keep_matrix: bool = False,
) -> Ranking:
    """Stable preference ordering towards ideal solution: score_i = sum_j w_j |x_ij - s_j| / (upper_j - lower_j).

    The score of an alternative does not depend on the others, so adding or removing one reverses no ranks.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values within the bounds.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    bounds : array_like, shape (criteria, 2), or dict
        Between which values each criterion can lie. There is no default: bounds taken from the alternatives at hand bring
        back the rank reversals that the method is free of.
    ideal : array_like or dict, optional
        The ideal solution point s within the bounds; by default the bound that is best by direction.
    keep_matrix : bool
        Whether the result keeps the normalised distances.

    Returns
    -------
    Ranking
        With `scores` (lower is better), `ideal` and `distances`.

    Raises
    ------
    NumericError
        Naming every cell outside its bounds, missing cells and everything else that does not fit.

    References
    ----------
    J. Dezert, A. Tchamova, D. Han and J.-M. Tacnet (2020), 23rd International Conference on Information Fusion.
    """
    decision = read_decision(matrix, weights, directions)
    found = _intervals(bounds, decision, "bounds")
    return ranked("spotis", decision, _core.rank_spotis, found, _numbers(ideal, decision, "ideal"), keep_matrix)


def rim(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    ranges: Intervals,
    reference_ideals: Optional[Intervals] = None,
    keep_matrix: bool = False,
) -> Ranking:
    """Reference ideal method: closeness to an ideal that is an interval of each criterion.

    y is 1 within the reference ideal [C, D] and falls evenly to 0 at the ends of the range [A, B];
    I+ = sqrt(sum_j (w_j y_ij - w_j)^2), I- = sqrt(sum_j (w_j y_ij)^2), score_i = I- / (I+ + I-).

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values within the ranges.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default. They count only without `reference_ideals`.
    ranges : array_like, shape (criteria, 2), or dict
        Between which values each criterion can lie.
    reference_ideals : array_like, shape (criteria, 2), or dict, optional
        The values of each criterion that are ideal; by default the end of the range that is best by direction.
    keep_matrix : bool
        Whether the result keeps the normalised matrix.

    Returns
    -------
    Ranking
        With `scores` (higher is better), `distance_to_ideal`, `distance_to_anti_ideal` and `normalised`.

    Raises
    ------
    NumericError
        Naming every cell outside its range, missing cells and everything else that does not fit.

    References
    ----------
    E. Cables, M. T. Lamata and J. L. Verdegay (2016), Information Sciences 337-338, 1-10.
    """
    decision = read_decision(matrix, weights, directions)
    ideals = None if reference_ideals is None else _intervals(reference_ideals, decision, "reference_ideals")
    return ranked("rim", decision, _core.rank_rim, _intervals(ranges, decision, "ranges"), ideals, keep_matrix)


def codas(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    threshold: float = 0.02,
    keep_matrix: bool = False,
    keep_pairs: bool = False,
) -> Ranking:
    """Combinative distance-based assessment, from the distances of each alternative from the negative ideal.

    r = w x/max, or w min/x where lower is better; E and T are the Euclidean and the taxicab distance from the least r of
    every criterion; score_i = sum_k (E_i - E_k) + (T_i - T_k where |E_i - E_k| >= threshold).

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values, above 0 where lower is better.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    threshold : float
        In units of E, 0.01 to 0.05 in the paper. Differences are compared with it rounded to 12 decimals, so one that
        equals it reaches it.
    keep_matrix : bool
        Whether the result keeps the weighted normalised matrix.
    keep_pairs : bool
        Whether the result keeps the relative assessment of all pairs, alternatives by alternatives.

    Returns
    -------
    Ranking
        With `scores` (higher is better), `euclidean_distance`, `taxicab_distance`, `negative_ideal`, `weighted` and
        `relative_assessment`.

    Raises
    ------
    NumericError
        Naming columns without a maximum above 0, cells of 0 or below where lower is better, missing cells and everything
        else that does not fit.

    References
    ----------
    M. Keshavarz Ghorabaee, E. K. Zavadskas, Z. Turskis and J. Antucheviciene (2016), Economic Computation and Economic
    Cybernetics Studies and Research 50(3), 25-44.
    """
    decision = read_decision(matrix, weights, directions)
    return ranked("codas", decision, _core.rank_codas, threshold, keep_matrix, keep_pairs)


def comet(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    characteristic_values: Any,
    expert: Union[str, Callable[[Array], Any], None] = None,
    judgements: Any = None,
    keep_matrix: bool = False,
) -> Ranking:
    """Characteristic objects method: an expert compares all combinations of characteristic values, rules do the rest.

    MEJ has 1, 0.5 or 0 for each two objects, SJ its row sums, and the preference P spreads the different sums evenly over
    0 to 1. score_i = sum over objects of P times the product of the triangular memberships of the values of i.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values between the first and the last characteristic value.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more; equal shares by default. Only the expert "topsis" uses them.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default. Only the expert "topsis" uses them.
    characteristic_values : sequence of sequences, or dict
        For each criterion two values or more, ascending.
    expert : "topsis" or callable, optional
        A callable takes the objects, an array of shape (objects, criteria), and returns one rating each, higher is better.
        Ratings that differ by no more than 1e-12 of the largest are equal. "topsis" (min-max) without `judgements`.
    judgements : array_like, optional
        MEJ in place of an expert. Objects stand in the order of `itertools.product(*characteristic_values)`.
    keep_matrix : bool
        Whether the result keeps the objects and MEJ; up to 5,000 objects.

    Returns
    -------
    Ranking
        With `scores` (higher is better), and for the objects `preference`, `summed_judgements`, `characteristic_objects`
        and `judgements`.

    Raises
    ------
    NumericError
        Naming cells beyond the characteristic values, above 1,048,576 objects, missing cells, ratings and judgements that
        cannot be used and everything else that does not fit.

    References
    ----------
    W. Salabun (2015), Journal of Multi-Criteria Decision Analysis 22(1-2), 37-50.
    """
    decision = read_decision(matrix, weights, directions)
    values = by_name(characteristic_values, decision.names, "characteristic_values")
    lists = [[float(each) for each in one] for one in values]
    if isinstance(expert, str) and expert != "topsis":
        raise ValueError(f'expert: expected "topsis" or a callable, not {expert!r}')
    if expert is not None and judgements is not None:
        raise ValueError("expert and judgements: give one of them")
    rate = None if isinstance(expert, str) else expert
    if judgements is not None:
        judgements = numpy.asarray(judgements, dtype=numpy.float64)
    return ranked("comet", decision, _core.rank_comet, lists, rate, judgements, keep_matrix)


def dominance_matrix(matrix: Any, directions: Directions = None) -> Flags:
    """Whether alternative a (row) dominates alternative b (column): never worse and once better.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.

    Returns
    -------
    array of bool, shape (alternatives, alternatives)
        Identical alternatives do not dominate each other.

    Raises
    ------
    NumericError
        Naming missing cells and everything else that does not fit.
    """
    decision = read_decision(matrix, None, directions)
    return _core.rank_dominance_matrix(decision.values, decision.signs)


def non_dominated(matrix: Any, directions: Directions = None) -> Flags:
    """Whether no other alternative dominates each: the Pareto set.

    Parameters
    ----------
    matrix, directions
        As in `dominance_matrix`.

    Returns
    -------
    array of bool, one entry an alternative

    Raises
    ------
    NumericError
        Naming missing cells and everything else that does not fit.
    """
    decision = read_decision(matrix, None, directions)
    return _core.rank_non_dominated(decision.values, decision.signs)


def non_dominated_fronts(matrix: Any, directions: Directions = None) -> Counts:
    """The front of each alternative: 1 when nothing dominates it, 2 when nothing does once front 1 is gone, and so on.

    Parameters
    ----------
    matrix, directions
        As in `dominance_matrix`.

    Returns
    -------
    array of int, one entry an alternative

    Raises
    ------
    NumericError
        Naming missing cells and everything else that does not fit.

    References
    ----------
    N. Srinivas and K. Deb (1994), Evolutionary Computation 2(3), 221-248.
    """
    decision = read_decision(matrix, None, directions)
    return _core.rank_non_dominated_fronts(decision.values, decision.signs)


def dominance_counts(matrix: Any, directions: Directions = None) -> DominanceCounts:
    """How many alternatives each one dominates, and by how many it is dominated, without the matrix of pairs.

    Parameters
    ----------
    matrix, directions
        As in `dominance_matrix`.

    Returns
    -------
    DominanceCounts
        With `dominates` and `dominated_by`, one entry an alternative.

    Raises
    ------
    NumericError
        Naming missing cells and everything else that does not fit.
    """
    decision = read_decision(matrix, None, directions)
    return DominanceCounts(*_core.rank_dominance_counts(decision.values, decision.signs))
