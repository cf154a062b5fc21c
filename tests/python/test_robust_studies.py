"""SMAA against an independent numpy run, leaving out against `drop` and `compare`, weight stability against rescoring."""

from __future__ import annotations

import copy
from typing import Any, Dict, Iterator

import numpy
import pytest

import thuocdo as td

MODEL: Dict[str, Any] = {
    "thuocdo": 1,
    "id": "studies",
    "version": "1",
    "name": {"en": "Studies", "vi": "Nghiên cứu"},
    "defaults": {"missing": "renormalise"},
    "root": {
        "code": "total",
        "children": [
            {
                "code": "A", "name": {"en": "First pillar", "vi": "Trụ cột một"}, "weight": 3,
                "children": [
                    {"code": "a1", "name": {"en": "Indicator one", "vi": "Chỉ tiêu một"}, "score": {"rule": "as_is"}},
                    {"code": "a2", "name": {"en": "Indicator two", "vi": "Chỉ tiêu hai"}, "score": {"rule": "as_is"}},
                ],
            },
            {
                "code": "B", "name": {"en": "Second pillar", "vi": "Trụ cột hai"}, "weight": 2,
                "children": [
                    {"code": "b1", "name": {"en": "Indicator three", "vi": "Chỉ tiêu ba"}, "score": {"rule": "as_is"}, "weight": 2},
                    {"code": "b2", "name": {"en": "Indicator four", "vi": "Chỉ tiêu bốn"}, "score": {"rule": "as_is"}},
                ],
            },
        ],
    },
}  # fmt: skip


def data(units: int = 16) -> Dict[str, Any]:
    random = numpy.random.default_rng(3)
    columns: Dict[str, Any] = {"unit": [f"U{k:02d}" for k in range(units)], "name": [f"Đơn vị {k}" for k in range(units)]}
    for code in ("a1", "a2", "b1", "b2"):
        columns[code] = random.uniform(size=units)
    return columns


@pytest.fixture(scope="module")
def board() -> td.Scoreboard:
    return td.score(MODEL, data())


@pytest.fixture(autouse=True)
def close_figures() -> Iterator[None]:
    yield
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        return
    plt.close("all")


CELLS = [
    [(0.2, 0.9), 0.4, td.NormalValue(5.0, 1.0)],
    [0.6, (0.1, 0.6), td.NormalValue(4.0, 0.5)],
    [0.5, 0.5, 3.0],
]


def smaa_by_numpy(draws: int) -> Dict[str, Any]:
    """The same problem with other random numbers: scale (0, 1), (0, 1), (2, 7), the last one lower is better."""
    random = numpy.random.default_rng(8)
    values = numpy.empty((draws, 3, 3))
    values[:] = [[0, 0.4, 0], [0.6, 0, 0], [0.5, 0.5, 3.0]]
    values[:, 0, 0] = random.uniform(0.2, 0.9, draws)
    values[:, 1, 1] = random.uniform(0.1, 0.6, draws)
    values[:, 0, 2] = random.normal(5.0, 1.0, draws)
    values[:, 1, 2] = random.normal(4.0, 0.5, draws)
    values[:, :, 2] = (7.0 - values[:, :, 2]) / 5.0
    weights = random.dirichlet(numpy.ones(3), draws)
    totals = numpy.einsum("dij,dj->di", values, weights)
    ranks = (totals[:, None, :] > totals[:, :, None]).sum(axis=2)
    central = numpy.array([weights[ranks[:, i] == 0].mean(axis=0) for i in range(3)])
    confidence = [(numpy.argmax(values @ central[i], axis=1) == i).mean() for i in range(3)]
    return {
        "rank_acceptability": numpy.array([[(ranks[:, i] == r).mean() for r in range(3)] for i in range(3)]),
        "central_weights": central,
        "confidence_factors": numpy.array(confidence),
        "pairwise_winning": numpy.array([[(ranks[:, i] < ranks[:, k]).mean() for k in range(3)] for i in range(3)]),
    }


def test_smaa_agrees_with_numpy() -> None:
    found = td.smaa(CELLS, directions=["max", "max", "min"], scale=[(0, 1), (0, 1), (2, 7)], draws=40_000, seed=2, threads=2)
    for name, expected in smaa_by_numpy(40_000).items():
        assert numpy.allclose(getattr(found, name), expected, atol=0.02), name
    assert found.acceptance_rate == 1.0
    assert numpy.array_equal(found.acceptability, found.rank_acceptability[:, 0])
    assert numpy.allclose(found.meta_weights, [11 / 18, 5 / 18, 2 / 18])


def test_smaa_keeps_names_and_what_is_known_of_the_weights() -> None:
    pandas = pytest.importorskip("pandas")
    cars = pandas.Index(["x", "y", "z"], name="car")
    frame = pandas.DataFrame({"quality": [9.0, 7.0, 8.0], "price": [(28.0, 35.0), (15.0, 22.0), 25.0]}, index=cars)
    found = td.smaa(frame, directions={"quality": "max", "price": "min"}, ranking=["price", "quality"], draws=500)
    assert list(found.rank_acceptability.index) == ["x", "y", "z"]
    assert list(found.rank_acceptability.columns) == ["rank 1", "rank 2", "rank 3"]
    assert found.scale["price"] == (15.0, 35.0)
    central = found.central_weights.dropna()
    assert (central["price"] >= central["quality"]).all()
    assert list(found.frame().columns) == ["acceptability", "first_count", "holistic_acceptability", "confidence_factor"]
    bounded = td.smaa(frame, bounds={"price": (0.2, 0.3)}, draws=200)
    assert bounded.central_weights["price"].dropna().between(0.2, 0.3).all()
    assert bounded.acceptance_rate < 1.0
    exact = td.smaa(frame, weights={"quality": 1, "price": 3}, draws=200, pairwise=False)
    assert exact.pairwise_winning is None
    assert (exact.central_weights.dropna()["price"] == 0.75).all()
    assert "SMAA-2, 200 draws" in repr(exact) and "SMAA-2" in exact._repr_html_()
    named = td.smaa({"car": ["x", "y"], "speed": [(1.0, 2.0), 3.0]}, draws=50)
    assert named.alternatives == ["x", "y"] and named.acceptability.tolist() == [0.0, 1.0]


def test_smaa_takes_a_decision_matrix_and_refuses_what_does_not_fit() -> None:
    matrix = td.rank.DecisionMatrix([[1.0, 2.0], [2.0, 1.0]], criteria=["p", "q"], directions=["max", "min"])
    assert td.smaa(matrix, draws=50).acceptability.tolist() == [0.0, 1.0]
    with pytest.raises(td.NumericError, match="weights_cannot_meet_bounds"):
        td.smaa(matrix, bounds={"p": (0.6, 1.0), "q": (0.5, 1.0)})
    with pytest.raises(td.DataError, match="unknown_criterion"):
        td.smaa(matrix, ranking=["r"])
    with pytest.raises(td.DataError, match="bad_cell"):
        td.smaa([[(1, 2, 3)]])
    with pytest.raises(td.Cancelled):
        td.smaa(matrix, progress=lambda share: False)


def test_leaving_out_agrees_with_compare_and_drop(board: td.Scoreboard) -> None:
    study = td.leave_one_out(board, threads=2)
    table = study._table()
    assert table["element"] == ["a1", "a2", "b1", "b2"]
    ranks, gained = study.ranks(), study.places_gained()
    for row, code in enumerate(table["element"]):
        expected = td.compare(board.model, board.model.drop(code), data())
        assert table["mean_shift"][row] == expected.mean_places
        assert table["largest_shift"][row] == expected.most_places
        assert table["moved"][row] == expected.moved
        assert table["rank_correlation"][row] == expected.rank_correlation
        after = expected.after._core.ranks
        assert numpy.array_equal(ranks[code], after)
        assert numpy.array_equal(gained[code], ranks["nominal"] - after)
        assert numpy.array_equal(study.scores()[code], expected.after._core.scores)
    assert "LeaveOneOut: 4 elements" in repr(study) and "a1" in study._repr_html_()
    with pytest.raises(td.ModelError, match="unknown_node"):
        td.leave_one_out(board, ["nothing"])


def test_what_cannot_be_left_out_says_why() -> None:
    model = copy.deepcopy(MODEL)
    model["ranking"] = {"tie_breakers": [{"node": "a1"}]}
    study = td.leave_one_out(td.score(model, data()), ["a1", "B"])
    frame = study.frame()
    assert "a1" in frame["refusal"][0]
    assert numpy.isnan(frame["mean_shift"][0]) and frame["mean_shift"][1] > 0


def test_weights_are_stable_up_to_the_ends(board: td.Scoreboard) -> None:
    study = td.weight_stability(board, top=3)
    table = study._table()
    assert table["node"] == ["A", "a1", "a2", "B", "b1", "b2"]
    assert table["exact"].all()
    names = board._unit_codes()
    order = [names[unit] for unit in board._core.ranked_units]
    checked = 0
    for row, node in enumerate(table["node"]):
        for end, inward, who in ((table["first_lowest"][row], 1e-6, "below"), (table["first_highest"][row], -1e-6, "above")):
            if not 0.0 < end < 1.0:
                continue
            inside = td.score(td.with_weight_share(board, node, end + inward), data())
            outside = td.score(td.with_weight_share(board, node, end - inward), data())
            assert names[inside._core.ranked_units[0]] == order[0]
            assert names[outside._core.ranked_units[0]] == table[f"first_overtaker_{who}"][row]
            checked += 1
    assert checked > 2
    pair = td.weight_stability(board, "A", order[:2])
    assert pair.exact and pair.node == "A" and pair.lowest <= pair.share <= pair.highest
    assert pair.overtaker_above in (None, order[1])
    assert "WeightStability: 6 nodes" in repr(study) and "first_lowest" in study._repr_html_()
    with pytest.raises(td.ModelError, match="no_weight_to_move"):
        td.weight_stability(board, "total", order[:2])
    with pytest.raises(ValueError, match="both or neither"):
        td.weight_stability(board, "A")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pictures_show_the_numbers(board: td.Scoreboard, language: str) -> None:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    found = td.smaa(CELLS, draws=500)
    axes = found.plot(language=language)
    widths = numpy.array([bar.get_width() for bar in axes.patches]).reshape(3, 3).T
    order = numpy.argsort(-found.holistic_acceptability)
    assert numpy.allclose(widths, found.rank_acceptability[order])
    study = td.leave_one_out(board)
    axes = study.plot(limit=3, language=language)
    cells = numpy.asarray(axes.images[0].get_array())
    first = study._core.by_mean_shift()[0]
    assert numpy.array_equal(cells[0], study._core.places_gained()[board._core.ranked_units, first])
    assert cells.shape == (3, 16)
    stability = td.weight_stability(board)
    axes = stability.plot(order="top", language=language)
    assert sorted(axes.lines[0].get_xdata()) == sorted(stability._table()["share"])
    with pytest.raises(ValueError, match="order"):
        stability.plot(order="last")
    with pytest.raises(ValueError, match="limit"):
        found.plot(limit=0)
