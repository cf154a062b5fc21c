"""The weighted sum against numpy, and what every method shares: inputs, names, errors, printed forms."""

from __future__ import annotations

import numpy
import pandas
import pytest
from decisions import random_decision

import thuocdo as td


def numpy_normalised(x: numpy.ndarray, directions: numpy.ndarray, how: str) -> numpy.ndarray:
    out = numpy.empty_like(x)
    n = len(x)
    for j, sign in enumerate(directions):
        c = x[:, j]
        low, high = c.min(), c.max()
        both = {
            "min_max": ((c - low) / (high - low), (high - c) / (high - low)),
            "maximum": (c / high, 1 - c / high),
            "sum": (c / c.sum(), (1 / c) / (1 / c).sum()),
            "vector": (c / numpy.linalg.norm(c), 1 - c / numpy.linalg.norm(c)),
            "linear": (c / high, low / c),
            "logarithmic": (numpy.log(c) / numpy.log(c).sum(), (1 - numpy.log(c) / numpy.log(c).sum()) / (n - 1)),
            "nonlinear": ((c / high) ** 2, (low / c) ** 3),
            "enhanced_accuracy": (1 - (high - c) / (high - c).sum(), 1 - (c - low) / (c - low).sum()),
            "zavadskas_turskis": (1 - abs(high - c) / high, 1 - abs(low - c) / low),
        }[how]
        out[:, j] = both[0] if sign > 0 else both[1]
    return out


NORMALISATIONS = ["min_max", "maximum", "sum", "vector", "linear", "logarithmic", "nonlinear", "enhanced_accuracy", "zavadskas_turskis"]


@pytest.mark.parametrize("how", NORMALISATIONS)
@pytest.mark.parametrize("shape", [(5, 3), (700, 8)])
def test_weighted_sum_and_normalisations_are_those_of_numpy(how: str, shape: "tuple[int, int]") -> None:
    x, weights, directions = random_decision(*shape, seed=5)
    expected = numpy_normalised(x, directions, how)
    numpy.testing.assert_allclose(td.rank.normalise(x, directions, normalisation=how), expected, rtol=1e-12, atol=1e-13)
    found = td.rank.weighted_sum(x, weights, directions, normalisation=how, keep_matrix=True)
    numpy.testing.assert_allclose(found.scores, expected @ weights, rtol=1e-12, atol=1e-13)
    numpy.testing.assert_array_equal(found.normalised, td.rank.normalise(x, directions, normalisation=how))
    assert td.rank.weighted_sum(x, weights, directions, normalisation=how).normalised is None


def test_every_layout_of_a_matrix_gives_the_same_bits() -> None:
    x, weights, directions = random_decision(40, 6, seed=1)
    expected = td.rank.weighted_sum(x, weights, directions).scores
    wide = numpy.zeros((80, 12))
    wide[::2, ::2] = x
    for same in (numpy.asfortranarray(x), wide[::2, ::2], x.tolist(), x[::-1][::-1]):
        numpy.testing.assert_array_equal(td.rank.weighted_sum(same, weights, directions).scores, expected)
    numpy.testing.assert_array_equal(td.rank.weighted_sum(x, numpy.repeat(weights, 2)[::2], list(directions)).scores, expected)


def test_names_and_kind_of_a_frame_come_back() -> None:
    frame = pandas.DataFrame({"price": [20.0, 10.0], "comfort": [5.0, 7.0]}, index=["a", "b"])
    found = td.rank.weighted_sum(frame, {"comfort": 0.75, "price": 0.25}, {"price": "min", "comfort": "max"})
    assert found.alternatives == ["a", "b"] and found.criteria == ["price", "comfort"]
    assert found.scores.tolist() == [0.0, 1.0] and found.ranks.tolist() == [2, 1]
    ranking = found.ranking()
    assert isinstance(ranking, pandas.DataFrame) and ranking.index.tolist() == ["b", "a"]
    assert found.to_frame().loc["a", "rank"] == 2
    assert set(found.steps()["part"]) == {"scores"}
    named = td.rank.weighted_sum(frame.reset_index(names="province"), directions=["min", "max"])
    assert named.ranking()["province"].tolist() == ["b", "a"]


def test_a_decision_matrix_keeps_names_weights_and_directions() -> None:
    decision = td.rank.DecisionMatrix(
        [[9, 30], [7, 18]], criteria=["comfort", "price"], alternatives=["x", "y"], weights=[0.5, 0.5], directions=["max", "min"]
    )
    assert td.rank.weighted_sum(decision).scores.tolist() == [0.5, 0.5]
    assert td.rank.weighted_sum(decision.with_weights({"comfort": 1, "price": 0})).ranks.tolist() == [1, 2]
    assert td.rank.weighted_sum(decision.drop("y")).alternatives == ["x"]
    assert "comfort ↑" in repr(decision) and "price ↓" in decision._repr_html_()
    with pytest.raises(AttributeError, match="does not change"):
        decision.weights = [1, 0]  # type: ignore[assignment]


def test_what_does_not_fit_is_named() -> None:
    with pytest.raises(td.DataError) as caught:
        td.rank.DecisionMatrix([[1.0, numpy.nan]], criteria=["c", "c"], weights=[-1, 1])
    assert {each.code for each in caught.value.problems} == {"duplicate_name"}
    with pytest.raises(td.DataError) as caught:
        td.rank.DecisionMatrix([[1.0, numpy.nan]], criteria=["c", "d"], weights=[-1, 1])
    assert [each.code for each in caught.value.problems] == ["weight_out_of_range", "missing_value"]
    frame = pandas.DataFrame({"c": [1.0], "d": [2.0]})
    with pytest.raises(td.DataError, match="unknown_criterion"):
        td.rank.weighted_sum(frame, {"c": 1, "e": 2})
    with pytest.raises(td.DataError, match="unknown_direction"):
        td.rank.weighted_sum(frame, None, ["max", "most"])
    with pytest.raises(td.NumericError, match="missing_value"):
        td.rank.weighted_sum([[1.0, None]], [0.5, 0.5])
    with pytest.raises(td.NumericError, match="unknown_word"):
        td.rank.weighted_sum(frame, normalisation="magic")
    with pytest.raises(td.NumericError, match="dimensions"):
        td.rank.weighted_sum([1.0, 2.0], [1.0], [1])


def test_a_ranking_prints_explains_and_ranks_by_other_rules() -> None:
    found = td.rank.weighted_sum([[3.0], [1.0], [3.0], [2.0]], [1.0])
    assert found.ranks.tolist() == [1, 4, 1, 3]
    assert found.ranks_by(ties="dense").tolist() == [1, 3, 1, 2]
    assert found.ranks_by(ties="fractional").tolist() == [1.5, 4.0, 1.5, 3.0]
    assert found.ranks_by(digits=0).tolist() == [1, 4, 1, 1]
    assert repr(found).splitlines()[1].split() == ["rank", "alternative", "score"]
    assert "A4: 0.5" in found.explain("A4")
    assert "<table" in found._repr_html_()
    with pytest.raises(td.DataError, match="no such alternative"):
        found.explain("A9")
    with pytest.raises(AttributeError, match="it has scores, normalised"):
        found.ideal
    with pytest.raises(ValueError):
        found.scores[0] = 1.0
