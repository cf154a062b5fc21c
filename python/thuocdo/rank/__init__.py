"""Ranking methods for decisions with several criteria, on arrays, frames and labelled matrices.

Every method takes ``(matrix, weights, directions)`` in this order and gives a `Ranking`, which has the scores, the ranks
and every intermediate under its name of the literature.
"""

from ._decision import DecisionMatrix
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
from ._ranking import Ranking
from ._weighted import normalise, weighted_sum

__all__ = [
    "DecisionMatrix",
    "Ranking",
    "borda",
    "condorcet",
    "copeland_ranking",
    "kemeny",
    "median_rank",
    "normalise",
    "ranking_correlation",
    "ranking_correlation_matrix",
    "verify_kemeny",
    "weighted_sum",
]
