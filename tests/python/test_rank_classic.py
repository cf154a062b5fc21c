"""Products, TOPSIS, VIKOR and MOORA against numpy."""

from __future__ import annotations

import numpy
import pytest
from decisions import random_decision

import thuocdo as td

SHAPES = [(5, 3), (34, 10), (700, 8)]


def close(found: numpy.ndarray, expected: numpy.ndarray) -> None:
    numpy.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


def linear(x: numpy.ndarray, directions: numpy.ndarray) -> numpy.ndarray:
    return numpy.where(directions > 0, x / x.max(axis=0), x.min(axis=0) / x)


def ratios(x: numpy.ndarray) -> numpy.ndarray:
    return x / numpy.sqrt((x**2).sum(axis=0))


@pytest.mark.parametrize("shape", SHAPES)
def test_weighted_product_and_waspas(shape: "tuple[int, int]") -> None:
    x, weights, directions = random_decision(*shape, seed=1)
    n = linear(x, directions)
    product = numpy.prod(n**weights, axis=1)
    found = td.rank.weighted_product(x, weights, directions, keep_matrix=True)
    close(found.scores, product)
    close(found.log_scores, numpy.log(product))
    close(found.normalised, n)
    assert td.rank.weighted_product(x, weights, directions).normalised is None
    by_sums = td.rank.normalise(x, directions, normalisation="sum")
    close(td.rank.weighted_product(x, weights, directions, normalisation="sum").scores, numpy.prod(by_sums**weights, axis=1))
    mixed = td.rank.waspas(x, weights, directions, lambda_=0.25)
    close(mixed.weighted_sums, n @ weights)
    close(mixed.weighted_products, product)
    close(mixed.scores, 0.25 * (n @ weights) + 0.75 * product)
    close(td.rank.waspas(x, weights, directions).scores, 0.5 * (n @ weights) + 0.5 * product)


def test_a_factor_of_zero_makes_zero() -> None:
    found = td.rank.weighted_product([[0.0, 4.0], [2.0, 1.0]], [0.5, 0.5])
    assert found.scores.tolist() == [0.0, 0.5] and found.log_scores[0] == -numpy.inf
    assert td.rank.weighted_product([[0.0, 4.0], [2.0, 1.0]], [0.0, 1.0]).scores.tolist() == [1.0, 0.25]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("how", ["vector", "min_max", "linear"])
def test_topsis(shape: "tuple[int, int]", how: str) -> None:
    x, weights, directions = random_decision(*shape, seed=2)
    if how == "vector":
        v = weights * ratios(x)
        ideal = numpy.where(directions > 0, v.max(axis=0), v.min(axis=0))
        anti_ideal = numpy.where(directions > 0, v.min(axis=0), v.max(axis=0))
    else:
        v = weights * td.rank.normalise(x, directions, normalisation=how)
        ideal, anti_ideal = v.max(axis=0), v.min(axis=0)
    to_ideal = numpy.linalg.norm(v - ideal, axis=1)
    to_anti_ideal = numpy.linalg.norm(v - anti_ideal, axis=1)
    found = td.rank.topsis(x, weights, directions, normalisation=how, keep_matrix=True)
    close(found.scores, to_anti_ideal / (to_ideal + to_anti_ideal))
    close(found.ideal, ideal)
    close(found.anti_ideal, anti_ideal)
    close(found.distance_to_ideal, to_ideal)
    close(found.distance_to_anti_ideal, to_anti_ideal)
    close(found.weighted_normalised, v)
    assert found.variant == how and found.all_identical is False


def test_topsis_of_identical_alternatives_says_so() -> None:
    found = td.rank.topsis([[3.0, 5.0], [3.0, 5.0]], directions=["max", "min"])
    assert found.scores.tolist() == [0.5, 0.5] and found.all_identical is True
    assert found.ranks.tolist() == [1, 1]
    assert "all_identical" in found.explain()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("v", [0.0, 0.5, 0.8])
def test_vikor(shape: "tuple[int, int]", v: float) -> None:
    x, weights, directions = random_decision(*shape, seed=3)
    best = numpy.where(directions > 0, x.max(axis=0), x.min(axis=0))
    worst = numpy.where(directions > 0, x.min(axis=0), x.max(axis=0))
    d = weights * (best - x) / (best - worst)
    s, r = d.sum(axis=1), d.max(axis=1)
    q = v * (s - s.min()) / numpy.ptp(s) + (1 - v) * (r - r.min()) / numpy.ptp(r)
    found = td.rank.vikor(x, weights, directions, v=v, keep_matrix=True)
    close(found.scores, q)
    close(found.group_utility, s)
    close(found.individual_regret, r)
    close(found.shortfalls, d)
    close(found.best_values, best)
    close(found.worst_values, worst)
    order = numpy.argsort(q)
    needed = 1 / (len(x) - 1)
    c1 = bool(q[order[1]] - q[order[0]] >= needed)
    c2 = bool(s[order[0]] == s.min() or r[order[0]] == r.min())
    assert found.acceptable_advantage is c1 and found.acceptable_stability is c2
    chosen = numpy.flatnonzero(q - q.min() < needed) if not c1 else order[: 1 if c2 else 2]
    assert found.compromise_set.tolist() == sorted(chosen.tolist())
    assert found.higher_is_better is False and found.ranks[order[0]] == 1
    close(found.advantage_needed, needed)
    close(found.advantage, q[order[1]] - q[order[0]])


@pytest.mark.parametrize("shape", SHAPES)
def test_moora(shape: "tuple[int, int]") -> None:
    x, weights, directions = random_decision(*shape, seed=4)
    v = weights * ratios(x)
    y = (v * directions).sum(axis=1)
    ratio = td.rank.moora_ratio(x, weights, directions, keep_matrix=True)
    close(ratio.scores, y)
    close(ratio.benefit_sums, v[:, directions > 0].sum(axis=1))
    close(ratio.cost_sums, v[:, directions < 0].sum(axis=1))
    close(ratio.weighted_ratios, v)
    reference = numpy.where(directions > 0, v.max(axis=0), v.min(axis=0))
    z = abs(reference - v).max(axis=1)
    point = td.rank.moora_reference_point(x, weights, directions, keep_matrix=True)
    close(point.scores, z)
    close(point.reference_point, reference)
    close(point.deviations, abs(reference - v))
    assert point.higher_is_better is False
    u = (weights * directions * numpy.log(ratios(x))).sum(axis=1)
    product = td.rank.moora_multiplicative(x, weights, directions)
    close(product.scores, u)
    close(product.relative_utilities, numpy.exp(u - u.max()))
    close(product.benefit_logarithms - product.cost_logarithms, u)

    found = td.rank.multimoora(x, weights, directions)
    close(found.ratio_scores, y)
    close(found.reference_point_scores, z)
    close(found.multiplicative_scores, u)
    wins = numpy.zeros((len(x), len(x)), dtype=int)
    for better in (y, -z, u):
        wins += numpy.sign(better[:, None] - better[None, :]).astype(int)
    assert found.scores.tolist() == numpy.sign(wins).sum(axis=1).tolist()
    assert found.ratio_ranks.tolist() == [1 + int((y > each).sum()) for each in y]
    assert found.reference_point_ranks.tolist() == [1 + int((z < each).sum()) for each in z]
    assert found.multiplicative_ranks.tolist() == [1 + int((u > each).sum()) for each in u]


def test_weights_are_exponents_of_the_multiplicative_form() -> None:
    x = [[4.0, 1.0], [1.0, 5.0]]
    assert td.rank.moora_multiplicative(x, [1, 1]).ranks.tolist() == [2, 1]
    assert td.rank.moora_multiplicative(x, [2, 1]).ranks.tolist() == [1, 2]


def test_what_does_not_fit_is_named() -> None:
    with pytest.raises(td.NumericError, match="value_not_positive"):
        td.rank.multimoora([[0.0, 1.0], [2.0, 1.0]], [0.5, 0.5])
    with pytest.raises(td.NumericError, match="negative_factor"):
        td.rank.weighted_product([[-1.0], [2.0]], [1.0])
    with pytest.raises(td.NumericError, match="option_out_of_range"):
        td.rank.vikor([[1.0], [2.0]], [1.0], v=2.0)
    with pytest.raises(td.NumericError, match="option_out_of_range"):
        td.rank.waspas([[1.0], [2.0]], [1.0], lambda_=-1.0)
    with pytest.raises(td.NumericError, match="unknown_word"):
        td.rank.topsis([[1.0], [2.0]], [1.0], normalisation="magic")
