"""Combining and comparing rankings against numpy, scipy and all orders."""

from __future__ import annotations

import itertools
from typing import Any, List

import numpy
import pandas
import pytest

import thuocdo as td

scipy_stats = pytest.importorskip("scipy.stats")


def random_rankings(n: int, judges: int, seed: int, levels: int = 0) -> numpy.ndarray:
    random = numpy.random.default_rng(seed)
    if levels:
        return random.integers(1, levels + 1, (n, judges)).astype(float)
    return numpy.column_stack([random.permutation(n) + 1.0 for _ in range(judges)])


def margins(x: numpy.ndarray, weights: numpy.ndarray) -> numpy.ndarray:
    return numpy.sign(x[None, :, :] - x[:, None, :]) @ weights


def distance(x: numpy.ndarray, order: Any, weights: numpy.ndarray) -> float:
    turned = x[list(order)][:, None, :] > x[list(order)][None, :, :]
    return float(sum(turned[p, q] @ weights for p in range(len(x)) for q in range(p + 1, len(x))))


@pytest.mark.parametrize("shape", [(2, 1), (9, 4), (60, 7)])
@pytest.mark.parametrize("levels", [0, 4])
def test_borda_copeland_and_median_are_those_of_numpy(shape: "tuple[int, int]", levels: int) -> None:
    x = random_rankings(*shape, seed=3, levels=levels)
    places = numpy.column_stack([scipy_stats.rankdata(column) for column in x.T])
    for weights in (None, numpy.arange(1.0, shape[1] + 1) / 4):
        w = numpy.ones(shape[1]) if weights is None else weights
        borda = td.rank.borda(x, weights)
        numpy.testing.assert_allclose(borda.scores, (len(x) - places) @ w, rtol=1e-12)
        numpy.testing.assert_allclose(borda.mean_ranks, places @ w / w.sum(), rtol=1e-12)
        signs = numpy.sign(margins(x, w))
        copeland = td.rank.copeland_ranking(x, weights)
        numpy.testing.assert_array_equal(copeland.scores, signs.sum(axis=1))
        numpy.testing.assert_array_equal(copeland.wins, (signs > 0).sum(axis=1))
        numpy.testing.assert_array_equal(copeland.draws, (signs == 0).sum(axis=1) - 1)
        numpy.testing.assert_array_equal(copeland.losses, (signs < 0).sum(axis=1))
    numpy.testing.assert_array_equal(td.rank.median_rank(x).scores, numpy.median(places, axis=1))
    repeated = numpy.repeat(places, range(1, shape[1] + 1), axis=1)
    weighted = td.rank.median_rank(x, range(1, shape[1] + 1))
    numpy.testing.assert_array_equal(weighted.scores, numpy.median(repeated, axis=1))
    assert not weighted.higher_is_better and td.rank.borda(x).higher_is_better


@pytest.mark.parametrize("seed", range(20))
def test_condorcet_groups_are_the_mutually_reachable(seed: int) -> None:
    x = random_rankings(7, 2 + seed % 4, seed, levels=5)
    signs = numpy.sign(margins(x, numpy.ones(x.shape[1])))
    reach = signs >= 0
    for via in range(len(x)):
        reach |= reach[:, [via]] & reach[[via], :]
    together = reach & reach.T
    order = sorted({tuple(numpy.flatnonzero(row)) for row in together}, key=lambda rows: -int(reach[rows[0]].sum()))
    found = td.rank.condorcet(x)
    assert [tuple(rows) for rows, _ in found.groups] == order
    winners = [row for row in range(len(x)) if (signs[row] > 0).sum() == len(x) - 1]
    losers = [row for row in range(len(x)) if (signs[row] < 0).sum() == len(x) - 1]
    assert found.winner == (winners[0] if winners else None) and found.loser == (losers[0] if losers else None)


def test_a_circle_is_named() -> None:
    found = td.rank.condorcet([[1, 2, 3], [2, 3, 1], [3, 1, 2], [4, 4, 4]])
    assert found.groups == (([0, 1, 2], True), ([3], False))
    assert found.winner is None and found.loser == 3


@pytest.mark.parametrize("seed", range(12))
def test_kemeny_is_the_least_of_all_orders(seed: int) -> None:
    n = 3 + seed % 4
    x = random_rankings(n, 2 + seed % 3, seed, levels=0 if seed % 2 else 4)
    weights = None if seed % 3 else numpy.arange(1, x.shape[1] + 1) / 8
    w = numpy.ones(x.shape[1]) if weights is None else weights
    every: List[float] = [distance(x, order, w) for order in itertools.permutations(range(n))]
    found = td.rank.kemeny(x, weights)
    assert found.distance == min(every) == found.lower_bound and found.optimal
    assert distance(x, found.order, w) == min(every)
    assert found.unique == (every.count(min(every)) == 1)
    numpy.testing.assert_array_equal(found.scores[found.order], numpy.arange(n) + 1)
    checked = td.rank.verify_kemeny(x, found, weights)
    assert checked.sound and checked.optimal and checked.distance == found.distance == checked.lower_bound


def test_kemeny_of_34_alternatives_is_proven_and_can_be_stopped() -> None:
    x = random_rankings(34, 20, seed=1)
    shares: List[float] = []
    found = td.rank.kemeny(x, progress=shares.append)
    assert found.optimal and td.rank.verify_kemeny(x, found).optimal
    assert shares[-1] == 1.0 and sorted(shares) == shares
    hard = random_rankings(100, 3, seed=1)
    stopped = td.rank.kemeny(hard, progress=lambda share: False)
    assert not stopped.optimal and stopped.unique is None and stopped.lower_bound < stopped.distance
    checked = td.rank.verify_kemeny(hard, stopped)
    assert checked.sound and not checked.optimal and checked.lower_bound == stopped.lower_bound
    assert not td.rank.kemeny(hard, most_updates=0).optimal

    def fail(share: float) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        td.rank.kemeny(hard, progress=fail)


@pytest.mark.parametrize("levels", [0, 4, 12])
def test_correlations_are_those_of_scipy_and_the_papers(levels: int) -> None:
    x, y = random_rankings(30, 2, seed=9, levels=levels).T
    a, b = scipy_stats.rankdata(x), scipy_stats.rankdata(y)
    n = len(x)

    def found(measure: str, **options: Any) -> float:
        return td.rank.ranking_correlation(x, y, measure=measure, **options)

    close = {"rel": 1e-12, "abs": 1e-12}
    assert found("spearman") == pytest.approx(scipy_stats.spearmanr(x, y).statistic, **close)
    assert found("kendall_tau_b") == pytest.approx(scipy_stats.kendalltau(x, y).statistic, **close)
    sx, sy = numpy.sign(x[:, None] - x), numpy.sign(y[:, None] - y)
    assert found("kendall_tau_a") == pytest.approx((sx * sy).sum() / (n * (n - 1)), **close)
    ahead = numpy.where(sx <= 0, 1, -1) * numpy.where(sy <= 0, 1, -1)
    assert found("kendall_tau_x") == pytest.approx((ahead.sum() - n) / (n * (n - 1)), **close)
    weighted = 1 - 6 * ((a - b) ** 2 * (2 * n + 2 - a - b)).sum() / (n**4 + n**3 - n**2 - n)
    assert found("weighted_spearman") == pytest.approx(weighted, **close)
    ws = 1 - (2.0**-a * abs(a - b) / numpy.maximum(abs(1 - a), abs(n - a))).sum()
    assert found("ws_coefficient") == pytest.approx(ws, **close)
    best_x, best_y = scipy_stats.rankdata(x, "min"), scipy_stats.rankdata(y, "min")

    def tops(depth: int) -> "tuple[int, int, int]":
        in_x, in_y = best_x <= depth, best_y <= depth
        return int((in_x & in_y).sum()), int(in_x.sum()), int(in_y.sum())

    p = 0.8
    terms = [2 * tops(d)[0] / (tops(d)[1] + tops(d)[2]) * p ** (d - 1) for d in range(1, n + 1)]
    assert found("rank_biased_overlap", persistence=p) == pytest.approx((1 - p) * sum(terms) + p**n, **close)
    both, in_x, in_y = tops(5)
    assert found("top_k_overlap", k=5) == pytest.approx(2 * both / (in_x + in_y), **close)
    assert found("top_k_jaccard", k=5) == pytest.approx(both / (in_x + in_y - both), **close)


def test_a_matrix_of_correlations_keeps_names() -> None:
    x = random_rankings(12, 3, seed=4, levels=6)
    for measure in ("spearman", "kendall_tau_b", "kendall_tau_x", "ws_coefficient"):
        matrix = td.rank.ranking_correlation_matrix(x, measure=measure)
        for i, j in itertools.product(range(3), repeat=2):
            assert matrix[i, j] == pytest.approx(td.rank.ranking_correlation(x[:, i], x[:, j], measure=measure), rel=1e-13)
    frame = pandas.DataFrame(x, columns=["a", "b", "c"], index=[f"p{row}" for row in range(12)])
    named = td.rank.ranking_correlation_matrix(frame)
    assert named.index.tolist() == named.columns.tolist() == ["a", "b", "c"]
    assert named.loc["a", "b"] == td.rank.ranking_correlation_matrix(x)[0, 1]


def test_names_come_back_and_weights_go_by_name() -> None:
    frame = pandas.DataFrame({"judge": [1, 2, 3], "citizens": [3, 1, 2]}, index=["x", "y", "z"])
    found = td.rank.kemeny(frame, {"citizens": 2.0, "judge": 1.0})
    assert found.ranking().index.tolist() == ["y", "z", "x"]
    assert found.explain().startswith("Kemeny's order") and "order" in found.explain()
    assert td.rank.borda(frame).ranking().index.tolist()[0] == "y"
    assert set(found.steps()["part"]) >= {"scores", "distance", "lower_bound", "optimal", "order"}


def test_refusals_name_the_place() -> None:
    for method in (td.rank.borda, td.rank.copeland_ranking, td.rank.median_rank, td.rank.condorcet, td.rank.kemeny):
        with pytest.raises(td.NumericError, match="row 1, column 0"):
            method([[1.0, 2.0], [numpy.nan, 1.0]])
        with pytest.raises(td.NumericError, match="weights"):
            method([[1.0, 2.0], [2.0, 1.0]], [1.0])
    with pytest.raises(td.NumericError, match="no such measure"):
        td.rank.ranking_correlation([1, 2], [2, 1], measure="rho")
    with pytest.raises(td.NumericError, match="from 1 to 2"):
        td.rank.ranking_correlation([1, 2], [2, 1], measure="top_k_overlap", k=3)
    with pytest.raises(td.NumericError, match="fewer decimals"):
        td.rank.kemeny([[1, 2], [2, 1]], [1 / 3, 1.0])
    assert numpy.isnan(td.rank.ranking_correlation([1, 1], [1, 2]))
