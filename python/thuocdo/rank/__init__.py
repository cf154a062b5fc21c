"""Ranking methods for decisions with several criteria, on arrays, frames and labelled matrices.

Every method takes ``(matrix, weights, directions)`` in this order and gives a `Ranking`, which has the scores, the ranks
and every intermediate under its name of the literature. `compare_methods` puts several side by side, `rank_reversal` tells
what a method does when an alternative comes or goes, and rankings of judges or methods are compared and combined by
`ranking_correlation`, `borda`, `kemeny` and their kin.
"""

from ._classic import (
    moora_multiplicative,
    moora_ratio,
    moora_reference_point,
    multimoora,
    topsis,
    vikor,
    waspas,
    weighted_product,
)
from ._comparison import MethodComparison, RankReversal, compare_methods, rank_reversal, ranking_methods
from ._decision import DecisionMatrix
from ._distance import (
    DominanceCounts,
    codas,
    comet,
    dominance_counts,
    dominance_matrix,
    non_dominated,
    non_dominated_fronts,
    rim,
    spotis,
)
from ._orderings import (
    borda,
    condorcet,
    copeland_ranking,
    kemeny,
    median_rank,
    ranking_correlation,
    ranking_correlation_matrix,
    verify_kemeny,
)
from ._outranking import electre_one, electre_three, promethee_one, promethee_two, relation_words
from ._ranking import Ranking
from ._reference import aras, cocoso, copras, edas, mabac, mairca, marcos, ram
from ._weighted import normalise, weighted_sum

__all__ = [
    "DecisionMatrix",
    "DominanceCounts",
    "MethodComparison",
    "RankReversal",
    "Ranking",
    "aras",
    "borda",
    "cocoso",
    "codas",
    "comet",
    "compare_methods",
    "condorcet",
    "copeland_ranking",
    "copras",
    "dominance_counts",
    "dominance_matrix",
    "edas",
    "electre_one",
    "electre_three",
    "kemeny",
    "mabac",
    "mairca",
    "marcos",
    "median_rank",
    "moora_multiplicative",
    "moora_ratio",
    "moora_reference_point",
    "multimoora",
    "non_dominated",
    "non_dominated_fronts",
    "normalise",
    "promethee_one",
    "promethee_two",
    "ram",
    "rank_reversal",
    "ranking_correlation",
    "ranking_correlation_matrix",
    "ranking_methods",
    "relation_words",
    "rim",
    "spotis",
    "topsis",
    "verify_kemeny",
    "vikor",
    "waspas",
    "weighted_product",
    "weighted_sum",
]
