"""The weighted sum, and normalisations of decision matrices."""

from __future__ import annotations

from typing import Any

from .. import _core
from ._decision import Array, Directions, Weights, read_decision
from ._ranking import Ranking, ranked


def normalise(matrix: Any, directions: Directions = None, *, normalisation: str = "min_max") -> Array:
    """Columns of a decision matrix on a common scale, so that higher is better.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    normalisation : str
        With the extremes, sums and norms of the column, where higher is better; where lower is better:
        "min_max" (x - min)/(max - min); (max - x)/(max - min). "maximum" x/max; 1 - x/max. "sum" x/sum(x);
        (1/x)/sum(1/x). "vector" x/sqrt(sum(x^2)); 1 minus that. "linear" x/max; min/x. "logarithmic" ln(x)/sum(ln(x));
        (1 minus that)/(n - 1). "nonlinear" (x/max)^2; (min/x)^3. "enhanced_accuracy" 1 - (max - x)/sum(max - x);
        1 - (x - min)/sum(x - min). "zavadskas_turskis" 1 - |max - x|/max; 1 - |min - x|/min.

    Returns
    -------
    array, the shape of the matrix

    Raises
    ------
    NumericError
        Naming columns whose divisor is not above 0, and cells of 0 or below under a reciprocal or a logarithm.
    """
    decision = read_decision(matrix, None, directions)
    return _core.rank_normalise(decision.values, decision.signs, normalisation)


def weighted_sum(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    normalisation: str = "min_max",
    keep_matrix: bool = False,
) -> Ranking:
    """Weighted sum model (WSM, SAW): score_i = sum_j w_j n_ij, n the normalised value.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    normalisation : str
        As in `normalise`.
    keep_matrix : bool
        Whether the result keeps the normalised matrix.

    Returns
    -------
    Ranking
        With `scores` (higher is better) and `normalised`.

    Raises
    ------
    NumericError
        Naming missing cells and everything else that does not fit.

    References
    ----------
    P. C. Fishburn (1967), Operations Research 15(3), 537-542.
    """
    return ranked("weighted_sum", read_decision(matrix, weights, directions), _core.rank_weighted_sum, normalisation, keep_matrix)
