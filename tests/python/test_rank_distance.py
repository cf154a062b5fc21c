"""SPOTIS, RIM, CODAS, COMET and dominance against numpy."""

from __future__ import annotations

import itertools

import numpy
import pytest
from decisions import random_decision

import thuocdo as td


BOUNDS = numpy.array([[0.0 - j, 101.0 + 2 * j] for j in range(6)])
IDEALS = numpy.array([[20.0 + j, 45.0 + 3 * j] for j in range(6)])


def test_spotis_is_the_formula() -> None:
    x, w, d = random_decision(700, 6, 1)
    ideal = numpy.where(d > 0, BOUNDS[:, 1], BOUNDS[:, 0])
    distances = abs(x - ideal) / (BOUNDS[:, 1] - BOUNDS[:, 0])
    found = td.rank.spotis(x, w, d, bounds=BOUNDS, keep_matrix=True)
    numpy.testing.assert_allclose(found.scores, distances @ w, rtol=1e-12)
    numpy.testing.assert_allclose(found.distances, distances, rtol=1e-12)
    assert found.ideal.tolist() == ideal.tolist()
    assert not found.higher_is_better
    assert found.ranks[numpy.argmin(found.scores)] == 1
    middle = td.rank.spotis(x, w, d, bounds=BOUNDS, ideal=[50.0] * 6)
    numpy.testing.assert_allclose(middle.scores, (abs(x - 50.0) / (BOUNDS[:, 1] - BOUNDS[:, 0])) @ w, rtol=1e-12)


def test_spotis_takes_bounds_by_name_and_names_cells_outside() -> None:
    cars = td.rank.DecisionMatrix([[9, 30], [7, 18]], criteria=["comfort", "price"], alternatives=["a", "b"], directions=["max", "min"])
    found = td.rank.spotis(cars, bounds={"price": (10, 40), "comfort": (0, 10)})
    numpy.testing.assert_allclose(found.scores, [0.5 * 0.1 + 0.5 * 20 / 30, 0.5 * 0.3 + 0.5 * 8 / 30], rtol=1e-12)
    with pytest.raises(td.NumericError) as caught:
        td.rank.spotis(cars, bounds=[(0, 8), (20, 40)])
    assert [problem.code for problem in caught.value.problems] == ["value_out_of_bounds"] * 2
    with pytest.raises(td.NumericError, match="lower and an upper"):
        td.rank.spotis(cars, bounds=[1, 2])
    with pytest.raises(TypeError):
        td.rank.spotis(cars)  # type: ignore[call-arg]


def test_rim_is_the_formula() -> None:
    x, w, d = random_decision(700, 6, 2)
    (a, b), (c, e) = BOUNDS.T, IDEALS.T
    y = numpy.where(x < c, 1 - (c - x) / (c - a), numpy.where(x > e, 1 - (x - e) / (b - e), 1.0))
    plus = numpy.sqrt(((y * w - w) ** 2).sum(axis=1))
    minus = numpy.sqrt(((y * w) ** 2).sum(axis=1))
    found = td.rank.rim(x, w, d, ranges=BOUNDS, reference_ideals=IDEALS, keep_matrix=True)
    numpy.testing.assert_allclose(found.scores, minus / (plus + minus), rtol=1e-12)
    numpy.testing.assert_allclose(found.distance_to_ideal, plus, rtol=1e-12)
    numpy.testing.assert_allclose(found.distance_to_anti_ideal, minus, rtol=1e-12)
    numpy.testing.assert_allclose(found.normalised, y, rtol=1e-12, atol=1e-12)
    ends = numpy.where(d > 0, b, a)
    by_direction = td.rank.rim(x, w, d, ranges=BOUNDS)
    assert by_direction.scores.tolist() == td.rank.rim(x, w, ranges=BOUNDS, reference_ideals=numpy.column_stack([ends, ends])).scores.tolist()


@pytest.mark.parametrize("threshold", [0.0, 0.02, 0.3])
def test_codas_is_the_sum_over_pairs(threshold: float) -> None:
    x, w, d = random_decision(400, 6, 3)
    r = numpy.where(d > 0, x / x.max(axis=0), x.min(axis=0) / x) * w
    far = r - r.min(axis=0)
    e, t = numpy.sqrt((far**2).sum(axis=1)), far.sum(axis=1)
    de, dt = e[:, None] - e, t[:, None] - t
    h = de + numpy.where(numpy.round(abs(de), 12) >= threshold, dt, 0.0)
    found = td.rank.codas(x, w, d, threshold=threshold, keep_matrix=True, keep_pairs=True)
    numpy.testing.assert_allclose(found.scores, h.sum(axis=1), rtol=1e-12, atol=1e-12)
    numpy.testing.assert_allclose(found.relative_assessment, h, rtol=1e-12, atol=1e-12)
    numpy.testing.assert_allclose(found.euclidean_distance, e, rtol=1e-12)
    numpy.testing.assert_allclose(found.taxicab_distance, t, rtol=1e-12)
    numpy.testing.assert_allclose(found.weighted, r, rtol=1e-12)
    numpy.testing.assert_allclose(found.negative_ideal, r.min(axis=0), rtol=1e-12)
    assert td.rank.codas(x, w, d).relative_assessment is None


VALUES = [[0, 50, 100], [1, 100], [0, 20, 60, 110]]


def numpy_comet(x: numpy.ndarray, ratings: numpy.ndarray) -> numpy.ndarray:
    objects = numpy.array(list(itertools.product(*VALUES)), dtype=float)
    judgements = numpy.where(abs(ratings[:, None] - ratings) < 1e-12, 0.5, ratings[:, None] > ratings)
    sums = judgements.sum(axis=1)
    steps, place = numpy.unique(sums, return_inverse=True)
    preference = place / (len(steps) - 1)
    scores = numpy.zeros(len(x))
    for which, share in zip(objects, preference):
        rule = numpy.full(len(x), share)
        for j, values in enumerate(VALUES):
            rule *= numpy.interp(x[:, j], values, numpy.asarray(values) == which[j])
        scores += rule
    return scores


def test_comet_is_the_sum_over_objects() -> None:
    x, w, d = random_decision(300, 3, 4)
    objects = numpy.array(list(itertools.product(*VALUES)), dtype=float)
    seen = []

    def expert(given: numpy.ndarray) -> numpy.ndarray:
        seen.append(given)
        return numpy.sqrt(given).sum(axis=1) - 0.3 * given[:, 1]

    found = td.rank.comet(x, w, d, characteristic_values=VALUES, expert=expert, keep_matrix=True)
    assert seen[0].tolist() == objects.tolist() == found.characteristic_objects.tolist()
    numpy.testing.assert_allclose(found.scores, numpy_comet(x, expert(objects)), rtol=1e-12)
    assert found.judgements.sum(axis=1).tolist() == found.summed_judgements.tolist()
    assert (found.preference.min(), found.preference.max()) == (0.0, 1.0)
    again = td.rank.comet(x, w, d, characteristic_values=VALUES, judgements=found.judgements)
    assert again.scores.tolist() == found.scores.tolist()


def test_comet_rates_by_topsis_by_default() -> None:
    x, w, d = random_decision(300, 3, 5)
    objects = numpy.array(list(itertools.product(*VALUES)), dtype=float)
    low, high = objects.min(axis=0), objects.max(axis=0)
    n = numpy.where(d > 0, (objects - low) / (high - low), (high - objects) / (high - low))
    plus, minus = numpy.linalg.norm((n - 1) * w, axis=1), numpy.linalg.norm(n * w, axis=1)
    found = td.rank.comet(x, w, d, characteristic_values=VALUES)
    numpy.testing.assert_allclose(found.scores, numpy_comet(x, minus / (plus + minus)), rtol=1e-12)
    assert found.scores.tolist() == td.rank.comet(x, w, d, characteristic_values=VALUES, expert="topsis").scores.tolist()
    assert "scores" in found.explain()


def test_comet_refuses_what_it_cannot_use() -> None:
    x, w, d = random_decision(3, 3, 6)
    with pytest.raises(ValueError, match="topsis"):
        td.rank.comet(x, w, d, characteristic_values=VALUES, expert="me")
    with pytest.raises(ValueError, match="one of them"):
        td.rank.comet(x, w, d, characteristic_values=VALUES, expert="topsis", judgements=numpy.eye(2))
    with pytest.raises(td.NumericError, match="rating"):
        td.rank.comet(x, w, d, characteristic_values=VALUES, expert=lambda objects: objects[:, 0] * numpy.nan)
    with pytest.raises(td.NumericError, match="dimension"):
        td.rank.comet(x, w, d, characteristic_values=VALUES, expert=lambda objects: objects)
    with pytest.raises(KeyError, match="no idea"):
        td.rank.comet(x, w, d, characteristic_values=VALUES, expert=lambda objects: {}["no idea"])
    with pytest.raises(td.NumericError, match="1048576"):
        td.rank.comet(numpy.ones((2, 21)), characteristic_values=[[0, 1]] * 21)


def numpy_dominance(x: numpy.ndarray, directions: numpy.ndarray) -> numpy.ndarray:
    y = x * directions
    return (y[:, None, :] >= y).all(axis=2) & (y[:, None, :] > y).any(axis=2)


@pytest.mark.parametrize("columns", [1, 2, 3, 8])
@pytest.mark.parametrize("levels", [3, 100])
def test_dominance_is_the_definition(columns: int, levels: int) -> None:
    _, _, d = random_decision(1, columns, 7)
    x = numpy.random.default_rng(columns).integers(0, levels, (300, columns)).astype(float)
    expected = numpy_dominance(x, d)
    matrix = td.rank.dominance_matrix(x, d)
    assert matrix.dtype == numpy.bool_
    assert (matrix == expected).all()
    assert (td.rank.non_dominated(x, d) == ~expected.any(axis=0)).all()
    counts = td.rank.dominance_counts(x, d)
    assert (counts.dominates == expected.sum(axis=1)).all()
    assert (counts.dominated_by == expected.sum(axis=0)).all()
    fronts = td.rank.non_dominated_fronts(x, d)
    left = numpy.ones(300, dtype=bool)
    for front in range(1, fronts.max() + 1):
        free = left & ~expected[left].any(axis=0)
        assert (free == (fronts == front)).all()
        left &= ~free
    assert not left.any()


def test_dominance_reads_labelled_matrices_and_names_missing_cells() -> None:
    cars = td.rank.DecisionMatrix([[9, 30], [7, 18], [7, 19]], directions=["max", "min"])
    assert td.rank.non_dominated(cars).tolist() == [True, True, False]
    assert td.rank.non_dominated_fronts(cars).tolist() == [1, 1, 2]
    with pytest.raises(td.NumericError, match="missing"):
        td.rank.non_dominated([[1.0, numpy.nan]])
