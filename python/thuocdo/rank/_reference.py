"""Methods that compare every alternative with a reference: sums, ideal values, averages, borders."""

from __future__ import annotations

from typing import Any, Mapping, Sequence, Union

from .. import _core
from ._decision import Array, Directions, Weights, by_name, read_decision
from ._ranking import Ranking, ranked

OptimalValues = Union[Sequence[float], Array, Mapping[str, float], Any, None]


def copras(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    keep_matrix: bool = False,
) -> Ranking:
    """COPRAS: Q_i = S+_i + sum(S-) / (S-_i sum(1/S-)), score_i = Q_i / max(Q).

    S+ and S- sum w_j x_ij / sum_i x_ij over the criteria where higher and where lower is better.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    keep_matrix : bool
        Whether the result keeps the weighted normalised matrix.

    Returns
    -------
    Ranking
        With `scores` (utility degree, 1 for the best), `benefit_sums` (S+), `cost_sums` (S-),
        `relative_significance` (Q) and `weighted_normalised`.

    Raises
    ------
    NumericError
        Naming columns whose sum is not above 0, alternatives whose S- is not above 0 although a cost criterion has
        weight, missing cells and everything else that does not fit.

    Notes
    -----
    Some programs have S+ + S-, so that a higher cost raises the score; here it lowers it. Without a cost criterion Q is
    S+. A constant column adds the same share to every S+ or S-.

    References
    ----------
    E. K. Zavadskas, A. Kaklauskas and V. Sarka (1994), Technological and Economic Development of Economy 1(3), 131-139.
    """
    return ranked("copras", read_decision(matrix, weights, directions), _core.rank_copras, keep_matrix)


def aras(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    optimal_values: OptimalValues = None,
    keep_matrix: bool = False,
) -> Ranking:
    """ARAS: score_i = S_i / S_0, S the weighted sum of shares, S_0 that of the optimal alternative.

    The shares are x / sum(x) where higher is better and (1/x) / sum(1/x) where lower is, with the optimal alternative in
    the sums.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values, above 0 where lower is better.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    optimal_values : array_like, dict or Series, optional
        The optimal value of each criterion; by default the best that is observed.
    keep_matrix : bool
        Whether the result keeps the weighted normalised matrix, without the row of the optimal alternative.

    Returns
    -------
    Ranking
        With `scores` (utility degree K, 1 for one as good as the optimal alternative), `optimality` (S),
        `optimality_of_optimal_alternative` (S_0), `optimal_alternative` and `weighted_normalised`.

    Raises
    ------
    NumericError
        Naming columns whose sum is not above 0, cost cells and optimal costs of 0 or below, an S_0 that is not above 0,
        missing cells and everything else that does not fit.

    Notes
    -----
    Some programs leave the optimal alternative out of the sums or divide by the largest S. A constant column adds the
    same to every S.

    References
    ----------
    E. K. Zavadskas and Z. Turskis (2010), Technological and Economic Development of Economy 16(2), 159-172.
    """
    decision = read_decision(matrix, weights, directions)
    named = by_name(optimal_values, decision.names, "optimal_values")
    optimal = [] if named is None else [float(each) for each in named]
    return ranked("aras", decision, _core.rank_aras, optimal, keep_matrix)


def edas(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    keep_matrix: bool = False,
) -> Ranking:
    """EDAS: score = (SP / max(SP) + 1 - SN / max(SN)) / 2.

    SP and SN are weighted sums of how much an alternative is better and worse than the mean of each criterion, as a share
    of the absolute value of that mean.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    keep_matrix : bool
        Whether the result keeps the matrices of distances.

    Returns
    -------
    Ranking
        With `scores` (between 0 and 1), `average_solution`, `positive_sums` (SP), `negative_sums` (SN),
        `normalised_positive`, `normalised_negative`, `positive_distances` and `negative_distances`.

    Raises
    ------
    NumericError
        Naming columns whose mean is 0, missing cells and everything else that does not fit.

    Notes
    -----
    The paper divides by the mean, for positive values; under a negative mean that would turn better and worse round. A
    constant column adds 0; where no alternative differs from the mean every score is 0.5.

    References
    ----------
    M. Keshavarz Ghorabaee, E. K. Zavadskas, L. Olfat and Z. Turskis (2015), Informatica 26(3), 435-451.
    """
    return ranked("edas", read_decision(matrix, weights, directions), _core.rank_edas, keep_matrix)


def mabac(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    keep_matrix: bool = False,
) -> Ranking:
    """MABAC: score_i = sum_j V_ij - G_j, V_ij = w_j (n_ij + 1), G_j the geometric mean of V_ij over the alternatives.

    n is the min-max value, higher is better.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    keep_matrix : bool
        Whether the result keeps the weighted matrix and the distances from the border.

    Returns
    -------
    Ranking
        With `scores` (higher is better), `border` (G), `weighted` (V) and `border_distances` (V - G).

    Raises
    ------
    NumericError
        Naming columns whose range is beyond double, missing cells and everything else that does not fit.

    Notes
    -----
    The geometric mean is taken in logarithms: as a product it is 0 from a few hundred alternatives on. A constant column
    and a criterion of weight 0 add 0.

    References
    ----------
    D. Pamucar and G. Cirovic (2015), Expert Systems with Applications 42(6), 3016-3028.
    """
    return ranked("mabac", read_decision(matrix, weights, directions), _core.rank_mabac, keep_matrix)


def mairca(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    keep_matrix: bool = False,
) -> Ranking:
    """MAIRCA: score_i = sum_j w_j/n (1 - n_ij), the gap between theory and reality; lower is better.

    n_ij is the min-max value, higher is better, and n the number of alternatives.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    keep_matrix : bool
        Whether the result keeps the matrix of gaps.

    Returns
    -------
    Ranking
        With `scores` (**lower is better**), `alternative_preference` (1/n), `theoretical_evaluation` and `gaps`.

    Raises
    ------
    NumericError
        Naming columns whose range is beyond double, missing cells and everything else that does not fit.

    Notes
    -----
    On a constant column every alternative is the best and the gap is 0.

    References
    ----------
    L. Gigovic, D. Pamucar, Z. Bajic and M. Milicevic (2016), Sustainability 8(4), 372.
    """
    return ranked("mairca", read_decision(matrix, weights, directions), _core.rank_mairca, keep_matrix)


def marcos(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    keep_matrix: bool = False,
) -> Ranking:
    """MARCOS: score f(K) = (K+ + K-) / (1 + (1 - f(K+))/f(K+) + (1 - f(K-))/f(K-)).

    K+ and K- are the weighted sums S over those of the ideal and of the anti-ideal, on x / ideal where higher is better and
    ideal / x where lower is; f(K+) = K-/(K+ + K-), f(K-) = K+/(K+ + K-).

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values, above 0 where lower is better.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    keep_matrix : bool
        Whether the result keeps the weighted normalised matrix.

    Returns
    -------
    Ranking
        With `scores`, `ideal`, `anti_ideal`, `weighted_sums` (S), `sum_of_ideal`, `sum_of_anti_ideal`,
        `utility_degree_to_ideal` (K+), `utility_degree_to_anti_ideal` (K-), `utility_function_of_ideal` (f(K+)),
        `utility_function_of_anti_ideal` (f(K-)) and `weighted_normalised`.

    Raises
    ------
    NumericError
        Naming benefit columns whose maximum is not above 0, cost cells of 0 or below, an S of the anti-ideal that is not
        above 0, missing cells and everything else that does not fit.

    Notes
    -----
    The ideal and the anti-ideal are found by criterion; some programs take the last alternative for the ideal. A constant
    column adds its weight to every S.

    References
    ----------
    Z. Stevic, D. Pamucar, A. Puska and P. Chatterjee (2020), Computers and Industrial Engineering 140, 106231.
    """
    return ranked("marcos", read_decision(matrix, weights, directions), _core.rank_marcos, keep_matrix)


def ram(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    keep_matrix: bool = False,
) -> Ranking:
    """RAM: score_i = (2 + S+_i)^(1 / (2 + S-_i)).

    S+ and S- sum w_j x_ij / sum_i x_ij over the criteria where higher and where lower is better.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    keep_matrix : bool
        Whether the result keeps the weighted normalised matrix.

    Returns
    -------
    Ranking
        With `scores` (higher is better), `benefit_sums` (S+), `cost_sums` (S-) and `weighted_normalised`.

    Raises
    ------
    NumericError
        Naming columns whose sum is not above 0, alternatives whose S+ or S- is -1 or below, missing cells and everything
        else that does not fit.

    Notes
    -----
    A constant column adds the same share to every S+ or S-.

    References
    ----------
    A. Sotoudeh-Anvari (2023), Journal of Cleaner Production 423, 138695.
    """
    return ranked("ram", read_decision(matrix, weights, directions), _core.rank_ram, keep_matrix)


def cocoso(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    sum_share: float = 0.5,
    keep_matrix: bool = False,
) -> Ranking:
    """CoCoSo: score = (k_a k_b k_c)^(1/3) + (k_a + k_b + k_c) / 3.

    On min-max values r, higher is better, with S = sum_j w_j r_j and P = sum_j r_j^w_j: k_a = (S + P) / sum(S + P),
    k_b = S / min(S) + P / min(P), k_c = (l S + (1 - l) P) / (l max(S) + (1 - l) max(P)).

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    sum_share : float
        l, the share of S beside P in the third strategy, between 0 and 1.
    keep_matrix : bool
        Whether the result keeps the min-max matrix.

    Returns
    -------
    Ranking
        With `scores` (higher is better), `weighted_sums` (S), `power_sums` (P), `arithmetic_strategy` (k_a),
        `relative_strategy` (k_b), `balanced_strategy` (k_c), `all_alike` and `normalised`.

    Raises
    ------
    NumericError
        Naming alternatives that are the worst on every criterion, where k_b would divide by 0, a share that is not between
        0 and 1, missing cells and everything else that does not fit.

    Notes
    -----
    A constant column and a criterion of weight 0 add 0. Where no alternative differs from another k_a = 1/n, k_b = 2 and
    k_c = 1, and `all_alike` is true.

    References
    ----------
    M. Yazdani, P. Zarate, E. K. Zavadskas and Z. Turskis (2019), Management Decision 57(9), 2501-2519.
    """
    return ranked("cocoso", read_decision(matrix, weights, directions), _core.rank_cocoso, sum_share, keep_matrix)
