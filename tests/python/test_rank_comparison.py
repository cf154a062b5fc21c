"""Several methods side by side, rank reversal, and the inputs that they take."""

from __future__ import annotations

import functools

import numpy
import pandas
import pytest
from decisions import random_decision

import thuocdo as td


def provinces() -> pandas.DataFrame:
    x, _, _ = random_decision(12, 5, seed=3)
    return pandas.DataFrame(x, columns=list("abcde"), index=pandas.Index([f"p{k}" for k in range(12)], name="province"))


def test_every_named_method_is_a_function_with_the_scores_of_the_registry() -> None:
    frame, directions = provinces(), [1, 1, -1, 1, -1]
    named = td.rank.ranking_methods()
    assert len(named) == 19 and named["weighted_sum"] == ("Weighted sum", "Tổng có trọng số")
    comparison = td.rank.compare_methods(frame, None, directions)
    assert comparison.methods == list(named) and not comparison.refused
    ranks = comparison.ranks()
    assert list(ranks.columns) == list(named) and ranks.index.name == "province"
    for name in named:
        own = getattr(td.rank, name)(frame, None, directions)
        numpy.testing.assert_array_equal(ranks[name], own.ranks)
        numpy.testing.assert_array_equal(comparison[name].scores, own.scores)
        assert own.title == named[name][0]
    spread = comparison.spread()
    assert (spread["best_rank"] <= spread["worst_rank"]).all()


def test_correlations_of_methods_are_those_of_scipy() -> None:
    stats = pytest.importorskip("scipy.stats")
    comparison = td.rank.compare_methods(provinces(), methods=["topsis", "vikor", "edas"])
    found = comparison.correlation()
    ranks = comparison.ranks()
    for a in found.columns:
        for b in found.columns:
            assert found.loc[a, b] == pytest.approx(stats.kendalltau(ranks[a], ranks[b]).statistic, rel=1e-12)
    assert comparison.correlation("spearman").loc["topsis", "topsis"] == 1.0


def test_several_weightings_and_variants_of_a_method_have_columns_of_their_own() -> None:
    frame = provinces()
    comparison = td.rank.compare_methods(
        frame,
        {"equal": numpy.full(5, 0.2), "one": {"a": 1, "b": 0, "c": 0, "d": 0, "e": 0}},
        methods={"vector": "topsis", "min-max": functools.partial(td.rank.topsis, normalisation="min_max")},
    )
    assert comparison.methods == ["vector / equal", "min-max / equal", "vector / one", "min-max / one"]
    assert comparison.ranks()["vector / one"].loc[frame["a"].idxmax()] == 1


def test_a_refusal_has_its_reason_and_the_others_go_on() -> None:
    comparison = td.rank.compare_methods([[0.0, 2.0], [3.0, 1.0], [1.0, -4.0]], None, ["max", "min"], ["topsis", "weighted_product"])
    assert comparison.methods == ["topsis"]
    assert "value_not_positive" in comparison.refused["weighted_product"]
    assert "weighted_product refused" in repr(comparison)
    with pytest.raises(td.NumericError):
        td.rank.compare_methods([[0.0], [-1.0]], methods=["weighted_product"])
    with pytest.raises(td.DataError, match="unknown_method"):
        td.rank.compare_methods([[1.0]], methods=["topsys"])
    with pytest.raises(TypeError, match="relation"):
        td.rank.compare_methods([[1.0], [2.0]], methods=[td.rank.promethee_one])


def test_pictures_have_a_line_an_alternative_and_a_cell_a_pair() -> None:
    pytest.importorskip("matplotlib").use("Agg")
    comparison = td.rank.compare_methods(provinces(), methods=["topsis", "vikor", "edas"])
    axes = comparison.plot(top=4)
    assert len(axes.lines) == 4 and [each.get_text() for each in axes.get_xticklabels()] == ["TOPSIS", "VIKOR", "EDAS"]
    numpy.testing.assert_array_equal(axes.lines[0].get_ydata(), comparison.ranks().iloc[comparison.ranks().sum(axis=1).argmin()])
    heat = comparison.plot("heat_map", language="vi")
    assert heat.images[0].get_array().shape == (3, 3) and "Kendall" in heat.get_title()
    with pytest.raises(ValueError, match="bump"):
        comparison.plot("pie")


def naive_reversals(x: numpy.ndarray, scores: "functools.partial[td.rank.Ranking]", dropped: int) -> int:
    rest = numpy.delete(numpy.arange(len(x)), dropped)
    before, after = scores(x).scores[rest], scores(x[rest]).scores
    signs = numpy.sign(before[:, None] - before) * numpy.sign(after[:, None] - after)
    return int((signs < 0).sum() // 2)


@pytest.mark.parametrize("method", ["topsis", "vikor", "edas", "copras"])
def test_rank_reversal_counts_the_pairs_that_turn_round(method: str) -> None:
    x, weights, directions = random_decision(15, 4, seed=9)
    x[3, 0] = 900.0
    found = td.rank.rank_reversal(x, weights, directions, method=method)
    run = functools.partial(getattr(td.rank, method), weights=weights, directions=directions)
    expected = [naive_reversals(x, run, row) for row in range(15)]
    assert found.reversed_pairs.tolist() == expected
    assert found.any == (max(expected) > 0)
    own = td.rank.rank_reversal(x, weights, directions, method=getattr(td.rank, method))
    assert own.reversed_pairs.tolist() == expected
    assert found.to_frame()["reversed_pairs"].tolist() == expected


def test_rank_reversal_of_fixed_bounds_is_none_and_progress_stops() -> None:
    x, weights, directions = random_decision(9, 3, seed=2)
    spotis = functools.partial(td.rank.spotis, bounds=[[0, 200]] * 3)
    for change in ("dropped", "copied"):
        assert not td.rank.rank_reversal(x, weights, directions, method=spotis, change=change).any
    added = td.rank.rank_reversal(x, weights, directions, method=spotis, change="added", added=[150, 1, 1])
    assert added.to_frame()["alternative"].tolist() == ["(added)"] and not added.any
    shares = []
    td.rank.rank_reversal(x, weights, directions, progress=shares.append)
    assert shares[-1] == 1.0 and len(shares) == 9
    with pytest.raises(td.Cancelled):
        td.rank.rank_reversal(x, weights, directions, progress=lambda share: False)
    with pytest.raises(ValueError, match="added"):
        td.rank.rank_reversal(x, change="added")

    def broken(matrix: object, weights: object, directions: object) -> object:
        raise RuntimeError("no scores today")

    with pytest.raises(RuntimeError, match="today"):
        td.rank.rank_reversal(x, weights, directions, method=broken)  # type: ignore[arg-type]


def test_a_node_of_a_model_can_rank_by_topsis() -> None:
    frame = provinces().abs()
    document = {
        "thuocdo": 1, "id": "t", "version": "1", "name": "T",
        "root": {
            "code": "total", "aggregate": {"method": "topsis", "normalisation": "min_max"},
            "children": [{"code": each, "weight": k + 1.0, "score": {"rule": "min_max"}} for k, each in enumerate("abc")],
        },
    }  # fmt: skip
    board = td.score(document, frame[list("abc")])
    results = board.results()[list("abc")].sort_index()
    expected = td.rank.topsis(results, numpy.array([1, 2, 3]) / 6, normalisation="min_max")
    ranking = board.ranking()
    units = ranking["province"] if "province" in ranking else ranking.index
    found = dict(zip(units, ranking["score"]))
    assert [found[name] for name in expected.alternatives] == expected.scores.tolist()


def test_lists_of_alternatives_and_relations_print_by_name() -> None:
    cars = td.rank.DecisionMatrix([[9, 30], [7, 18], [8, 22]], alternatives=["a", "b", "c"], directions=["max", "min"])
    vikor = td.rank.vikor(cars)
    names = [vikor.alternatives[row] for row in vikor.compromise_set]
    assert f"compromise_set: {', '.join(names)}" in repr(vikor)
    steps = vikor.steps()
    members = [(row["alternative"], row["value"]) for row in steps if row["part"] == "compromise_set"]
    assert members == [(name, place + 1.0) for place, name in enumerate(names)]
    assert {row["text"] for row in steps if row["part"] == "acceptable_advantage"} <= {"yes", "no"}
    words = td.rank.topsis(cars).steps()
    assert [row["text"] for row in words if row["part"] == "variant"] == ["vector"]
    assert "pairs with a preference" in repr(td.rank.promethee_one(cars))
    assert "kernel: " in repr(td.rank.electre_one(cars)) and "0, 1" not in repr(td.rank.electre_one(cars))
    assert "2 rankings" in repr(td.rank.borda([[1, 2], [2, 1]]))


def test_condorcet_names_the_winner_and_the_circle() -> None:
    circle = td.rank.condorcet([[1, 2, 3], [2, 3, 1], [3, 1, 2], [4, 4, 4]])
    assert "winner: none" in repr(circle) and "loser: A4" in repr(circle)
    assert "majorities run in a circle among A1, A2, A3" in repr(circle)
    assert "winner: A1" in repr(td.rank.condorcet([[1, 1], [2, 2]]))
