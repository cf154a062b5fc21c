"""Comparing and combining rankings: of judges, methods or periods."""

from __future__ import annotations

from typing import Any

import numpy

from .. import _core
from .._frames import make_frame
from .._progress import Progress, run_with_progress
from .._tables import Labels
from ._decision import Decision, Weights, read_decision
from ._ranking import TITLES, Ranking

TITLES["borda"] = ("Borda's count", "Phép đếm Borda")
TITLES["copeland_ranking"] = ("Copeland's rule", "Quy tắc Copeland")
TITLES["median_rank"] = ("Median rank", "Hạng trung vị")
TITLES["condorcet"] = ("Condorcet's comparison", "So sánh Condorcet")
TITLES["kemeny"] = ("Kemeny's order", "Thứ tự Kemeny")


def _read_rankings(rankings: Any, weights: Weights) -> Decision:
    """Rankings as columns. Without weights each counts 1, which is no weight for the kernels."""
    return read_decision(rankings, numpy.empty(0) if weights is None else weights)


def _combined(method: str, rankings: Any, weights: Weights, kernel: Any, *options: Any) -> Ranking:
    decision = _read_rankings(rankings, weights)
    return Ranking(method, kernel(decision.values, decision.weights, *options), decision)


def borda(rankings: Any, weights: Weights = None) -> Ranking:
    """Borda's count: score_i = sum_j w_j (n - r_ij), r the rank with ties sharing the mean of their places.

    Parameters
    ----------
    rankings : array_like, frame or DecisionMatrix, shape (alternatives, rankings)
        Ranks, 1 is the best, ties allowed. Only the order inside a column counts.
    weights : array_like, dict or Series, optional
        One a ranking, 0 or more, taken as given; 1 each by default.

    Returns
    -------
    Ranking
        With `scores` (higher is better) and `mean_ranks`.

    Raises
    ------
    NumericError
        Naming missing cells and everything else that does not fit.

    References
    ----------
    J.-C. de Borda (1784), Histoire de l'Académie Royale des Sciences pour 1781, 657-665.
    """
    return _combined("borda", rankings, weights, _core.rank_borda)


def copeland_ranking(rankings: Any, weights: Weights = None) -> Ranking:
    """Copeland's rule: how many others a majority of the rankings puts behind an alternative, less those it puts before.

    Parameters
    ----------
    rankings : array_like, frame or DecisionMatrix, shape (alternatives, rankings)
        Ranks, 1 is the best, ties allowed: a ranking that ties two counts for neither.
    weights : array_like, dict or Series, optional
        One a ranking; 1 each by default. They count as the decimals they print as: 0.1 and 0.2 balance 0.3.

    Returns
    -------
    Ranking
        With `scores` (higher is better), `wins`, `draws` and `losses`.

    Raises
    ------
    NumericError
        As `borda`, and for weights of too many decimals.

    References
    ----------
    A. H. Copeland (1951), "A reasonable social welfare function", University of Michigan.
    """
    return _combined("copeland_ranking", rankings, weights, _core.rank_copeland_ranking)


def median_rank(rankings: Any, weights: Weights = None) -> Ranking:
    """Weighted median of the ranks of each alternative; the mean of the two in the middle where half lies on each side.

    Parameters
    ----------
    rankings : array_like, frame or DecisionMatrix, shape (alternatives, rankings)
        Ranks, 1 is the best; ties share the mean of their places.
    weights : array_like, dict or Series, optional
        One a ranking; 1 each by default.

    Returns
    -------
    Ranking
        With `scores` (lower is better), `mean_ranks`, and `places`, where the mean rank breaks ties of medians.

    Raises
    ------
    NumericError
        As `copeland_ranking`.

    References
    ----------
    G. W. Bassett and J. Persky (1999), "Robust voting", Public Choice 99(3/4), 299-310.
    """
    return _combined("median_rank", rankings, weights, _core.rank_median_rank)


def condorcet(rankings: Any, weights: Weights = None) -> Ranking:
    """Who beats each other alternative by a majority of the rankings, who loses to each, and the cycles among the rest.

    Parameters
    ----------
    rankings : array_like, frame or DecisionMatrix, shape (alternatives, rankings)
        Ranks, 1 is the best, ties allowed.
    weights : array_like, dict or Series, optional
        One a ranking; 1 each by default.

    Returns
    -------
    Ranking
        With `scores` (number of the group, from 1), `winner` and `loser` (rows from 0, or None), and `groups`, best
        first: pairs of rows and whether strict majorities run in a circle among them. Each member of a group beats each
        member of the groups behind; the first group is the Smith set.

    Raises
    ------
    NumericError
        As `copeland_ranking`.

    References
    ----------
    M. J. A. N. de Condorcet (1785), "Essai sur l'application de l'analyse"; J. H. Smith (1973), Econometrica 41(6), 1027-1041.
    """
    return _combined("condorcet", rankings, weights, _core.rank_condorcet)


def kemeny(
    rankings: Any,
    weights: Weights = None,
    *,
    most_updates: int = 4_000_000_000,
    most_cycles: int = 16_000_000,
    decide_uniqueness: bool = True,
    progress: Progress = False,
) -> Ranking:
    """Kemeny's order: the strict order with the least total Kendall distance to the rankings.

    The distance is the weight of the rankings that put a pair the other way, over all pairs; a ranking that ties a pair
    costs 0 either way. Groups of up to 256 alternatives that majorities cannot split are searched exactly, larger ones
    by moves of single alternatives. Either way `lower_bound` is proven, and `verify_kemeny` reads the proof.

    Parameters
    ----------
    rankings : array_like, frame or DecisionMatrix, shape (alternatives, rankings)
        Ranks, 1 is the best, ties allowed. At most 4,096 alternatives.
    weights : array_like, dict or Series, optional
        One a ranking; 1 each by default. At most 2^39 units of their last decimal together.
    most_updates : int
        Work that the search may cost, about 10^9 a second.
    most_cycles : int
        Cycles that the proof may keep, 16 bytes each.
    decide_uniqueness : bool
        Whether to look for another order that is as near.
    progress : bool or callable, optional
        True shows a bar (needs tqdm). A callable gets the share done; False from it ends the search with what it has.

    Returns
    -------
    Ranking
        With `scores` (places from 1), `order` (rows, best first), `distance`, `lower_bound`, `optimal`, `unique` (None
        where it is not known), `groups`, `cases` and `certificate`.

    Raises
    ------
    NumericError
        As `copeland_ranking`, and for too many alternatives.

    References
    ----------
    J. G. Kemeny (1959), "Mathematics without numbers", Daedalus 88(4), 577-591; M. Grötschel, M. Jünger and G. Reinelt
    (1984), Operations Research 32(6), 1195-1220.
    """
    options = (most_updates, most_cycles, decide_uniqueness)
    return run_with_progress(progress, lambda report: _combined("kemeny", rankings, weights, _core.rank_kemeny, *options, report))


def verify_kemeny(rankings: Any, found: Ranking, weights: Weights = None) -> Any:
    """Checks the proof of `kemeny` step by step, without its search.

    Parameters
    ----------
    rankings, weights
        As they were given to `kemeny`.
    found : Ranking
        Its result.

    Returns
    -------
    KemenyVerification
        With `sound`, `reason` (why it is not), `distance`, `lower_bound` and `optimal`.

    Raises
    ------
    NumericError
        As `kemeny`, and when the result is of other alternatives.
    """
    decision = _read_rankings(rankings, weights)
    return _core.rank_verify_kemeny(decision.values, found.order, found.certificate, decision.weights)


def ranking_correlation(x: Any, y: Any, *, measure: str = "spearman", persistence: float = 0.9, k: int = 1) -> float:
    """How much two rankings agree.

    Both are brought to ranks first, so only their order counts. For correlations ties share the mean of their places, for
    overlaps the best of them.

    Parameters
    ----------
    x, y : array_like, shape (alternatives,)
        Ranks, 1 is the best.
    measure : str
        "spearman": Pearson's correlation of the ranks; nan where a ranking is constant. "kendall_tau_a": concordant less
        discordant pairs over all. "kendall_tau_b": over the geometric mean of the pairs each decides; nan where a ranking
        is constant. "kendall_tau_x" (Emond and Mason): pairs tied in both count as agreement. "weighted_spearman"
        (Pinto da Costa and Soares): 1 - 6 sum (x-y)^2 ((n-x+1) + (n-y+1))/(n^4+n^3-n^2-n). "ws_coefficient" (Sałabun and
        Urbaniak): 1 - sum 2^-x |x-y|/max(|1-x|, |n-x|), x is the reference. "rank_biased_overlap" (Webber, Moffat and
        Zobel): extrapolated at full depth, a tie enters as a whole at its first place. "top_k_overlap": 2|X and Y|/(|X|+|Y|)
        of the tops; "top_k_jaccard": |X and Y|/|X or Y|; a tie at the cut enters a top as a whole.
    persistence : float
        Of rank_biased_overlap, above 0 and below 1.
    k : int
        Places of the tops.

    Raises
    ------
    NumericError
        For another length, missing values and options out of range, all at once.
    """
    return float(_core.rank_correlation(numpy.asarray(x, dtype=numpy.float64), numpy.asarray(y, dtype=numpy.float64), measure, persistence, k))


def ranking_correlation_matrix(rankings: Any, *, measure: str = "spearman", persistence: float = 0.9, k: int = 1) -> Any:
    """`ranking_correlation` of every two columns; row i is the reference of the WS coefficient.

    Parameters
    ----------
    rankings : array_like, frame or DecisionMatrix, shape (alternatives, rankings)
        Ranks, 1 is the best.
    measure, persistence, k
        As in `ranking_correlation`.

    Returns
    -------
    array, shape (rankings, rankings), or a frame of the kind that came in

    Raises
    ------
    NumericError
        As `ranking_correlation`.
    """
    decision = _read_rankings(rankings, None)
    found = _core.rank_correlation_matrix(decision.values, measure, persistence, k)
    if decision.names is None or decision.names.labels.kind == "numpy":
        return found
    names = decision.names.criteria
    labels = Labels(decision.names.labels.kind, "ranking", decision.names.labels.in_index)
    return make_frame(labels, {name: found[:, place] for place, name in enumerate(names)}, names)
