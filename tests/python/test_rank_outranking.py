"""PROMETHEE and ELECTRE against forms in numpy that compare all pairs."""

from __future__ import annotations

from typing import Any, List

import numpy
import pandas
import pytest
from decisions import random_decision

import thuocdo as td

SHAPES = ["usual", "u_shape", "v_shape", "level", "linear", "gaussian"]


def numpy_preference(shape: str, d: Any, q: float, p: float, s: float) -> Any:
    value = {
        "usual": lambda: 1.0 * (d > 0),
        "u_shape": lambda: 1.0 * (d > q),
        "v_shape": lambda: numpy.minimum(d / p, 1.0),
        "level": lambda: 0.5 * (d > q) + 0.5 * (d > p),
        "linear": lambda: numpy.clip((d - q) / (p - q), 0.0, 1.0),
        "gaussian": lambda: 1.0 - numpy.exp(-(d**2) / (2 * s**2)),
    }[shape]()
    return numpy.where(d > 0, value, 0.0)


def differences(x: Any, directions: Any, j: int) -> Any:
    """Of the row over the column, in the direction of the criterion."""
    return directions[j] * (x[:, None, j] - x[None, :, j])


@pytest.mark.parametrize("rows", [2, 30, 300])
@pytest.mark.parametrize("shape", [*SHAPES, "mixed"])
def test_promethee_is_that_of_numpy(shape: str, rows: int) -> None:
    x, weights, directions = random_decision(rows, 6, seed=rows)
    shapes = SHAPES if shape == "mixed" else [shape] * 6
    q, p, s = numpy.linspace(2, 7, 6), numpy.linspace(20, 30, 6), numpy.linspace(5, 25, 6)
    pairs = [numpy_preference(shapes[j], differences(x, directions, j), q[j], p[j], s[j]) for j in range(6)]
    total = sum(w * each for w, each in zip(weights, pairs))
    plus, minus = total.sum(axis=1) / (rows - 1), total.sum(axis=0) / (rows - 1)
    given = shape if shape != "mixed" else shapes
    found = td.rank.promethee_two(x, weights, directions, preference=given, q=q, p=p, s=s, keep_matrix=True, threads=2)
    numpy.testing.assert_allclose(found.phi_plus, plus, rtol=1e-12, atol=1e-12)
    numpy.testing.assert_allclose(found.phi_minus, minus, rtol=1e-12, atol=1e-12)
    numpy.testing.assert_allclose(found.scores, plus - minus, rtol=1e-12, atol=1e-12)
    cells = numpy.stack([(each.sum(axis=1) - each.sum(axis=0)) / (rows - 1) for each in pairs], axis=1)
    numpy.testing.assert_allclose(found.criterion_flows, cells, rtol=1e-12, atol=1e-12)
    one = td.rank.promethee_one(x, weights, directions, preference=given, q=q, p=p, s=s)
    numpy.testing.assert_array_equal(one.phi_plus, found.phi_plus)
    up = numpy.subtract.outer(plus, plus)
    down = -numpy.subtract.outer(minus, minus)
    better, worse = (up > 1e-12) | (down > 1e-12), (up < -1e-12) | (down < -1e-12)
    expected = numpy.where(better & worse, 3, numpy.where(better, 1, numpy.where(worse, 2, 0)))
    numpy.testing.assert_array_equal(one.relation, expected)
    assert one.criterion_flows is None


def test_the_best_has_the_highest_net_flow() -> None:
    found = td.rank.promethee_two([[9, 1], [1, 9], [5, 5]], None, ["max", "min"])
    assert found.scores.tolist() == [1.0, -1.0, 0.0] and found.ranks.tolist() == [1, 3, 2]


def test_thresholds_by_name_and_words_of_a_relation() -> None:
    frame = pandas.DataFrame({"price": [20.0, 10.0, 10.0], "comfort": [5.0, 7.0, 4.0]}, index=["a", "b", "c"])
    directions = {"price": "min", "comfort": "max"}
    found = td.rank.promethee_one(
        frame, {"comfort": 0.5, "price": 0.5}, directions, preference={"comfort": "u_shape", "price": "usual"}, q={"price": 0, "comfort": 1}
    )
    assert found.relation.dtype == numpy.uint8
    assert td.rank.relation_words(found.relation).tolist() == [
        ["indifferent", "worse", "worse"],
        ["better", "indifferent", "better"],
        ["better", "worse", "indifferent"],
    ]
    assert "relation" in found.explain("a") and found.to_frame().loc["b", "phi_plus"] == 0.75
    assert set(found.steps()["part"]) == {"phi_plus", "phi_minus", "relation"}
    with pytest.raises(ValueError):
        found.relation[0, 1] = 1
    assert td.rank.promethee_one(frame, largest_relation=2).relation is None


def numpy_kernel(outranks: Any) -> List[int]:
    n = len(outranks)
    reach = outranks | numpy.eye(n, dtype=bool)
    for k in range(n):
        reach |= numpy.outer(reach[:, k], reach[k])
    cycle = reach & reach.T
    inside = numpy.zeros(n, dtype=bool)
    decided = numpy.zeros(n, dtype=bool)
    while not decided.all():
        for a in range(n):
            others = (outranks[:, cycle[a]].any(axis=1)) & ~cycle[a]
            if not decided[a] and decided[others].all():
                inside[cycle[a]] = not inside[others].any()
                decided[cycle[a]] = True
    return numpy.flatnonzero(inside).tolist()


@pytest.mark.parametrize("rows", [1, 12, 60])
def test_electre_one_is_that_of_numpy(rows: int) -> None:
    x, weights, directions = random_decision(rows, 5, seed=rows)
    d = numpy.stack([differences(x, directions, j) for j in range(5)])
    concordance = numpy.tensordot(weights, d >= 0, 1) / weights.sum()
    width = max(numpy.ptp(x, axis=0).max(), 1e-300)
    discordance = numpy.maximum(-d, 0.0).max(axis=0) / width
    numpy.fill_diagonal(concordance, 0.0)
    outranks = (concordance >= 0.55) & (discordance <= 0.6) & ~numpy.eye(rows, dtype=bool)
    found = td.rank.electre_one(x, weights, directions, concordance_threshold=0.55, discordance_threshold=0.6)
    numpy.testing.assert_allclose(found.concordance, concordance, rtol=1e-12, atol=1e-12)
    numpy.testing.assert_allclose(found.discordance, discordance, rtol=1e-12, atol=1e-12)
    numpy.testing.assert_array_equal(found.outranks, outranks)
    assert found.outranks.dtype == bool
    assert found.kernel.tolist() == numpy_kernel(outranks)
    expected = numpy.where(outranks & outranks.T, 0, numpy.where(outranks, 1, numpy.where(outranks.T, 2, 3)))
    numpy.fill_diagonal(expected, 0)
    numpy.testing.assert_array_equal(found.relation, expected)


def test_a_circle_is_one_in_the_kernel() -> None:
    circle = [[3, 2, 1], [1, 3, 2], [2, 1, 3]]
    found = td.rank.electre_one(circle, concordance_threshold=0.6, discordance_threshold=1.0)
    assert found.kernel.tolist() == [0, 1, 2] and found.has_cycle is True
    assert "kernel: A1, A2, A3" in repr(found)


def numpy_distillation(credibility: Any, best_first: bool) -> List[int]:
    rest = list(range(len(credibility)))
    ranks = [0] * len(rest)
    taken = 0
    while rest:
        taken += 1
        chosen = list(rest)
        c = credibility[numpy.ix_(chosen, chosen)]
        level = c.max()
        while len(chosen) > 1 and level > 0:
            c = credibility[numpy.ix_(chosen, chosen)]
            below = c[c < level - (0.3 - 0.15 * level) - 1e-12]
            level = below.max() if below.size else 0.0
            preferred = (c > level + 1e-12) & (c > c.T + 0.3 - 0.15 * c + 1e-12)
            balance = preferred.sum(axis=1) - preferred.sum(axis=0)
            wanted = balance.max() if best_first else balance.min()
            chosen = [each for each, found in zip(chosen, balance) if found == wanted]
        for each in chosen:
            ranks[each] = taken
            rest.remove(each)
    return ranks if best_first else [taken + 1 - each for each in ranks]


@pytest.mark.parametrize("rows", [1, 2, 12, 45])
def test_electre_three_is_that_of_numpy(rows: int) -> None:
    x, weights, directions = random_decision(rows, 5, seed=rows)
    q, p, v = numpy.array([2.0, 5, 0, 8, 3]), numpy.array([10.0, 20, 15, 30, 12]), numpy.array([60.0, 80, numpy.inf, 70, 90])
    d = numpy.stack([-differences(x, directions, j) for j in range(5)])
    agreement = numpy.clip((p[:, None, None] - d) / (p - q)[:, None, None], 0.0, 1.0)
    concordance = numpy.tensordot(weights, agreement, 1) / weights.sum()
    credibility = concordance.copy()
    for j in range(5):
        against = numpy.clip((d[j] - p[j]) / (v[j] - p[j]), 0.0, 1.0)
        with numpy.errstate(divide="ignore", invalid="ignore"):
            credibility = numpy.where(against > concordance, credibility * (1 - against) / (1 - concordance), credibility)
    numpy.fill_diagonal(concordance, 0.0)
    numpy.fill_diagonal(credibility, 0.0)
    found = td.rank.electre_three(x, weights, directions, q=q, p=p, v=v, keep_matrix=True)
    numpy.testing.assert_allclose(found.concordance, concordance, rtol=1e-12, atol=1e-12)
    numpy.testing.assert_allclose(found.credibility, credibility, rtol=1e-12, atol=1e-12)
    assert found.descending.tolist() == numpy_distillation(credibility, True)
    assert found.ascending.tolist() == numpy_distillation(credibility, False)
    up, down = (numpy.less.outer(each, each) for each in (found.descending, found.ascending))
    better, worse = up | down, up.T | down.T
    expected = numpy.where(better & worse, 3, numpy.where(better, 1, numpy.where(worse, 2, 0)))
    numpy.testing.assert_array_equal(found.relation, expected)
    assert td.rank.electre_three(x, weights, directions, q=q, p=p, v=v).concordance is None


def test_what_does_not_fit_is_named() -> None:
    x = [[1.0, 2.0], [2.0, 1.0]]
    with pytest.raises(td.NumericError, match="unknown_word"):
        td.rank.promethee_two(x, preference="magic")
    with pytest.raises(td.NumericError, match=r"size_mismatch"):
        td.rank.promethee_two(x, q=[1.0])
    with pytest.raises(td.NumericError) as caught:
        td.rank.promethee_one(x, preference=["linear", "gaussian"], q=3, p=2, threads=0)
    assert [each.place for each in caught.value.problems] == ["options.preferences[0].p", "options.preferences[1].s", "options.threads"]
    with pytest.raises(td.NumericError, match="threshold_out_of_range"):
        td.rank.electre_three(x, q=2, p=1)
    with pytest.raises(td.NumericError, match="missing_value"):
        td.rank.electre_one([[1.0, None]])
    with pytest.raises(td.NumericError, match="dimensions"):
        td.rank.promethee_two([1.0, 2.0], [1.0], [1])
    with pytest.raises(AttributeError, match="it has phi_plus"):
        td.rank.promethee_one(x).scores


def test_progress_is_told_and_stops() -> None:
    x, weights, directions = random_decision(400, 4, seed=1)
    shares: List[float] = []
    td.rank.promethee_two(x, weights, directions, preference="gaussian", s=10, progress=shares.append)
    assert shares == sorted(shares) and shares[-1] == pytest.approx(1.0)
    with pytest.raises(td.Cancelled):
        td.rank.promethee_two(x, weights, directions, preference="gaussian", s=10, progress=lambda share: False)

    def fails(share: float) -> bool:
        raise KeyError("from the callback")

    with pytest.raises(KeyError, match="from the callback"):
        td.rank.promethee_one(x, weights, directions, preference="gaussian", s=10, threads=2, progress=fails)
