"""Outranking methods: PROMETHEE I and II, ELECTRE I and III. Flows and relations between pairs of alternatives."""

from __future__ import annotations

import math
from typing import Any, List, Mapping, Sequence, Union

import numpy
from numpy.typing import NDArray

from .. import _core
from .._progress import Progress, run_with_progress
from ._decision import Decision, Directions, Weights, by_name, read_decision
from ._ranking import RELATION_WORDS, TITLES, Ranking, ranked

TITLES["promethee_one"] = ("PROMETHEE I", "PROMETHEE I")
TITLES["electre_one"] = ("ELECTRE I", "ELECTRE I")
TITLES["electre_three"] = ("ELECTRE III", "ELECTRE III")

#: One value for all criteria, one a criterion, or by the name of the criterion.
Thresholds = Union[float, Sequence[float], NDArray[Any], Mapping[str, float]]
Shapes = Union[str, Sequence[str], Mapping[str, str]]


def relation_words(relation: Any) -> NDArray[Any]:
    """Words for the codes of a relation: what the alternative of the row is to that of the column.

    Parameters
    ----------
    relation : array_like of int
        Codes 0 to 3, as in `Ranking.relation` of an outranking method.

    Returns
    -------
    array of str
        "indifferent", "better", "worse" or "incomparable".

    Raises
    ------
    IndexError
        For other codes.
    """
    return numpy.array(RELATION_WORDS)[numpy.asarray(relation, dtype=numpy.int64)]


def _for_each(values: Any, decision: Decision, argument: str) -> List[Any]:
    """One entry a criterion, in their order."""
    values = by_name(values, decision.names, argument)
    if isinstance(values, str) or numpy.ndim(values) == 0:
        shape = decision.values.shape
        return [values] * (shape[1] if len(shape) == 2 else 0)
    return list(values)


def promethee_one(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    preference: Shapes = "usual",
    q: Thresholds = 0.0,
    p: Thresholds = 0.0,
    s: Thresholds = 0.0,
    keep_matrix: bool = False,
    largest_relation: int = 5000,
    threads: int = 1,
    progress: Progress = False,
) -> Ranking:
    """PROMETHEE I: preference, indifference and incomparability of alternatives by their two flows.

    With pi(a, b) = sum_j w_j P_j(d_j), d_j the difference in favour of a: phi_plus(a) is the mean of pi(a, b) over the
    others, phi_minus(a) that of pi(b, a). a is preferred to b where phi_plus is not lower, phi_minus not higher, and one
    of them differs; indifferent where both are equal (to 1e-12 of the sum of weights); incomparable otherwise. There is
    no score.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    preference : str, sequence or dict
        P for a difference d, for all criteria or each: "usual" 1 for d > 0; "u_shape" 1 for d > q; "v_shape" d/p up to
        p; "level" 1/2 for d > q, 1 for d > p; "linear" (d - q)/(p - q) between q and p; "gaussian" 1 - exp(-d^2/(2 s^2)).
    q, p, s : float, sequence or dict
        Thresholds in the unit of each criterion. Those that a function does not use are not looked at.
    keep_matrix : bool
        Whether the result keeps the net flows on each criterion alone.
    largest_relation : int
        Above so many alternatives `relation` is None: it takes one byte an ordered pair.
    threads : int
        Criteria that are worked on at once. Changes no bit.
    progress : bool or callable, optional
        True shows a bar (needs tqdm). A callable gets the share done now and then; False from it stops.

    Returns
    -------
    Ranking
        With `phi_plus`, `phi_minus`, `relation` (codes, see `relation_words`) and `criterion_flows`.

    Raises
    ------
    NumericError
        Naming missing cells, thresholds and everything else that does not fit.
    Cancelled
        When stopped.

    References
    ----------
    J. P. Brans and P. Vincke (1985), Management Science 31(6), 647-656.
    """
    decision = read_decision(matrix, weights, directions)
    shapes = _for_each(preference, decision, "preference")
    thresholds = [_for_each(value, decision, name) for name, value in (("q", q), ("p", p), ("s", s))]
    options = (shapes, *thresholds, keep_matrix, largest_relation, threads)
    return run_with_progress(progress, lambda report: ranked("promethee_one", decision, _core.rank_promethee_one, *options, report))


def promethee_two(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    preference: Shapes = "usual",
    q: Thresholds = 0.0,
    p: Thresholds = 0.0,
    s: Thresholds = 0.0,
    keep_matrix: bool = False,
    threads: int = 1,
    progress: Progress = False,
) -> Ranking:
    """PROMETHEE II: alternatives by net flow, phi = phi_plus - phi_minus. Higher is better.

    Some programs return the negated flow; here the best on every criterion has a positive one. All but "gaussian" are
    found by sorting, in O(m n log n).

    Parameters
    ----------
    matrix, weights, directions, preference, q, p, s, keep_matrix, threads, progress
        As in `promethee_one`.

    Returns
    -------
    Ranking
        With `scores` (phi), `phi_plus`, `phi_minus` and `criterion_flows`.

    Raises
    ------
    NumericError
        Naming missing cells, thresholds and everything else that does not fit.
    Cancelled
        When stopped.

    References
    ----------
    J. P. Brans and P. Vincke (1985), Management Science 31(6), 647-656.
    """
    decision = read_decision(matrix, weights, directions)
    shapes = _for_each(preference, decision, "preference")
    thresholds = [_for_each(value, decision, name) for name, value in (("q", q), ("p", p), ("s", s))]
    options = (shapes, *thresholds, keep_matrix, threads)
    return run_with_progress(progress, lambda report: ranked("promethee_two", decision, _core.rank_promethee_two, *options, report))


def electre_one(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    concordance_threshold: float = 0.65,
    discordance_threshold: float = 0.35,
) -> Ranking:
    """ELECTRE I: alternatives that between them outrank all others (the kernel).

    a outranks b where the concordance, the share of the weight on which a is at least as good, reaches its threshold and
    the discordance, the largest shortfall of a over the largest range of a criterion, does not exceed its own. The
    discordance compares criteria, so bring the columns to one scale first. Alternatives that outrank each other in a
    circle are taken as one.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values on one scale.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more; equal shares by default. A criterion of weight 0 takes no part.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    concordance_threshold, discordance_threshold : float
        Between 0 and 1.

    Returns
    -------
    Ranking
        With `kernel` (rows, counted from 0), `outranks`, `concordance`, `discordance`, `relation` (codes, see
        `relation_words`), `components` (the cycle of each) and `has_cycle`. There is no score.

    Raises
    ------
    NumericError
        Naming missing cells and everything else that does not fit.

    References
    ----------
    B. Roy (1968), RIRO 8, 57-75.
    """
    decision = read_decision(matrix, weights, directions)
    return ranked("electre_one", decision, _core.rank_electre_one, concordance_threshold, discordance_threshold)


def electre_three(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    q: Thresholds = 0.0,
    p: Thresholds = 0.0,
    v: Thresholds = math.inf,
    alpha: float = 0.30,
    beta: float = -0.15,
    keep_matrix: bool = False,
) -> Ranking:
    """ELECTRE III: two rankings with ties by distillation of degrees of credibility, and what they agree on.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more; equal shares by default. A criterion of weight 0 takes no part.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    q, p, v : float, sequence or dict
        Thresholds of indifference, preference and veto in the unit of each criterion; infinite: no veto.
    alpha, beta : float
        s(l) = alpha + beta l: how far credibilities may lie apart and still count as equal.
    keep_matrix : bool
        Whether the result keeps the concordance.

    Returns
    -------
    Ranking
        With `credibility`, `descending` and `ascending` (ranks, 1 the best), `relation` (codes, see `relation_words`) and
        `concordance`. There is no score.

    Raises
    ------
    NumericError
        Naming missing cells, thresholds and everything else that does not fit.

    References
    ----------
    B. Roy (1978), Cahiers du CERO 20(1), 3-24.
    """
    decision = read_decision(matrix, weights, directions)
    thresholds = [_for_each(value, decision, name) for name, value in (("q", q), ("p", p), ("v", v))]
    return ranked("electre_three", decision, _core.rank_electre_three, *thresholds, alpha, beta, keep_matrix)
