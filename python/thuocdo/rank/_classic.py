"""Products, distances to ideals, compromises and ratio analysis."""

from __future__ import annotations

from typing import Any

from .. import _core
from ._decision import Directions, Weights, read_decision
from ._ranking import Ranking, ranked


def weighted_product(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    normalisation: str = "linear",
    keep_matrix: bool = False,
) -> Ranking:
    """Weighted product model (WPM): score_i = prod_j n_ij ^ w_j, n the normalised value.

    It is worked out in logarithms, so that hundreds of criteria do not make it 0. A factor of 0 with a weight above 0 makes
    the score 0; a criterion with a weight of 0 takes no part.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    normalisation : str
        As in `normalise`. "linear" keeps the ratios x/max and min/x that the model compares.
    keep_matrix : bool
        Whether the result keeps the normalised matrix.

    Returns
    -------
    Ranking
        With `scores` (higher is better), `log_scores` (minus infinity where a factor is 0) and `normalised`.

    Raises
    ------
    NumericError
        Naming missing cells, cells that are negative after normalisation, and everything else that does not fit.

    References
    ----------
    P. W. Bridgman (1922), "Dimensional analysis", Yale University Press; D. W. Miller and M. K. Starr (1969), "Executive
    decisions and operations research", Prentice-Hall.
    """
    decision = read_decision(matrix, weights, directions)
    return ranked("weighted_product", decision, _core.rank_weighted_product, normalisation, keep_matrix)


def waspas(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    lambda_: float = 0.5,
    normalisation: str = "linear",
    keep_matrix: bool = False,
) -> Ranking:
    """Weighted aggregated sum product assessment (WASPAS): lambda * weighted sum + (1 - lambda) * weighted product.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    lambda_ : float
        Share of the weighted sum, between 0 and 1.
    normalisation : str
        As in `normalise`; "linear" is that of the source.
    keep_matrix : bool
        Whether the result keeps the normalised matrix.

    Returns
    -------
    Ranking
        With `scores` (higher is better), `weighted_sums`, `weighted_products` and `normalised`.

    Raises
    ------
    NumericError
        Naming missing cells, cells that are negative after normalisation, and everything else that does not fit.

    References
    ----------
    E. K. Zavadskas, Z. Turskis, J. Antucheviciene and A. Zakarevicius (2012), Elektronika ir Elektrotechnika 122(6), 3-6.
    """
    return ranked("waspas", read_decision(matrix, weights, directions), _core.rank_waspas, lambda_, normalisation, keep_matrix)


def topsis(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    normalisation: str = "vector",
    keep_matrix: bool = False,
) -> Ranking:
    """TOPSIS: score = d- / (d+ + d-), the distances of the weighted normalised row to the ideal and to the anti-ideal.

    Variants give different winners, so the result names its own. When nothing tells the alternatives apart every score is
    0.5 and `all_identical` is true.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    normalisation : str
        The variant. "vector" is that of the source, x/sqrt(sum(x^2)) with ideals by direction; others as in `normalise`.
    keep_matrix : bool
        Whether the result keeps the weighted normalised matrix.

    Returns
    -------
    Ranking
        With `scores` (higher is better), `ideal`, `anti_ideal`, `distance_to_ideal`, `distance_to_anti_ideal`,
        `weighted_normalised`, `all_identical` and `variant`.

    Raises
    ------
    NumericError
        Naming missing cells and everything else that does not fit.

    References
    ----------
    C. L. Hwang and K. Yoon (1981), "Multiple attribute decision making", Springer; min-max variant: S. Opricovic and G. H.
    Tzeng (2004), European Journal of Operational Research 156(2), 445-455.
    """
    return ranked("topsis", read_decision(matrix, weights, directions), _core.rank_topsis, normalisation, keep_matrix)


def vikor(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    v: float = 0.5,
    keep_matrix: bool = False,
) -> Ranking:
    """VIKOR: Q = v * scaled S + (1 - v) * scaled R, S the sum and R the largest of the weighted shortfalls; lower is better.

    A shortfall is w (f* - f)/(f* - f-), with the best and the worst value of the criterion. C1: a single alternative is
    best, and the next is worse by 1/(n - 1) or more. C2: the best by Q is best by S or by R. The compromise set is the best
    alone when both hold, the best and the second when only C2 fails, else all whose Q is less than 1/(n - 1) above the best.
    A range of 0 scales to 0.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    v : float
        Weight of S, between 0 and 1.
    keep_matrix : bool
        Whether the result keeps the weighted shortfalls.

    Returns
    -------
    Ranking
        With `scores` (Q; lower is better), `group_utility` (S), `individual_regret` (R), `best_values`, `worst_values`,
        `shortfalls`, `advantage`, `advantage_needed`, `acceptable_advantage` (C1), `acceptable_stability` (C2) and
        `compromise_set` (rows counted from 0).

    Raises
    ------
    NumericError
        Naming missing cells and everything else that does not fit.

    References
    ----------
    S. Opricovic and G. H. Tzeng (2004), European Journal of Operational Research 156(2), 445-455.
    """
    return ranked("vikor", read_decision(matrix, weights, directions), _core.rank_vikor, v, keep_matrix)


def moora_ratio(matrix: Any, weights: Weights = None, directions: Directions = None, *, keep_matrix: bool = False) -> Ranking:
    """Ratio system of MOORA: weighted x/sqrt(sum(x^2)) summed where higher is better, less the sum where lower is.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    keep_matrix : bool
        Whether the result keeps the weighted ratios.

    Returns
    -------
    Ranking
        With `scores` (higher is better), `benefit_sums`, `cost_sums` and `weighted_ratios`.

    Raises
    ------
    NumericError
        Naming missing cells and everything else that does not fit.

    References
    ----------
    W. K. M. Brauers and E. K. Zavadskas (2006), Control and Cybernetics 35(2), 445-469.
    """
    return ranked("moora_ratio", read_decision(matrix, weights, directions), _core.rank_moora_ratio, keep_matrix)


def moora_reference_point(matrix: Any, weights: Weights = None, directions: Directions = None, *, keep_matrix: bool = False) -> Ranking:
    """Reference point approach of MOORA: the largest distance of a weighted x/sqrt(sum(x^2)) from the best; lower is better.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    keep_matrix : bool
        Whether the result keeps the deviations.

    Returns
    -------
    Ranking
        With `scores` (lower is better), `reference_point` and `deviations`.

    Raises
    ------
    NumericError
        Naming missing cells and everything else that does not fit.

    References
    ----------
    W. K. M. Brauers and E. K. Zavadskas (2006), Control and Cybernetics 35(2), 445-469.
    """
    decision = read_decision(matrix, weights, directions)
    return ranked("moora_reference_point", decision, _core.rank_moora_reference_point, keep_matrix)


def moora_multiplicative(matrix: Any, weights: Weights = None, directions: Directions = None) -> Ranking:
    """Full multiplicative form: ln of the product of ratio ^ weight where higher is better over that where lower is.

    The ratio is x/sqrt(sum(x^2)). The logarithm is the score because the product itself is 0 or infinite in floating point
    for hundreds of criteria. Weights are exponents.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values, above 0 where the weight is.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.

    Returns
    -------
    Ranking
        With `scores` (ln U; higher is better), `benefit_logarithms`, `cost_logarithms` and `relative_utilities` (U over the
        largest U).

    Raises
    ------
    NumericError
        Naming missing cells, cells of 0 or below, and everything else that does not fit.

    References
    ----------
    W. K. M. Brauers and E. K. Zavadskas (2010), Technological and Economic Development of Economy 16(1), 5-24.
    """
    return ranked("moora_multiplicative", read_decision(matrix, weights, directions), _core.rank_moora_multiplicative)


def multimoora(matrix: Any, weights: Weights = None, directions: Directions = None) -> Ranking:
    """MULTIMOORA: the three rankings of MOORA put together by dominance.

    An alternative dominates another when it is before it in more of the three rankings than behind it. The score is the
    number of alternatives that it dominates, less the number of those that dominate it.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values, above 0 where the weight is.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.

    Returns
    -------
    Ranking
        With `scores` (higher is better), and scores and ranks of the three methods: `ratio_scores`, `reference_point_scores`
        (lower is better), `multiplicative_scores`, `ratio_ranks`, `reference_point_ranks` and `multiplicative_ranks`.

    Raises
    ------
    NumericError
        Naming missing cells, cells of 0 or below, and everything else that does not fit.

    References
    ----------
    W. K. M. Brauers and E. K. Zavadskas (2012), Informatica 23(1), 1-25.
    """
    return ranked("multimoora", read_decision(matrix, weights, directions), _core.rank_multimoora)
