"""Steps, weights and changed models from Python: what each stage did, where weights come from, who moved and why."""

from __future__ import annotations

import pickle
from typing import Any, Dict

import numpy
import pandas
import pytest

import thuocdo as td


def document(**members: Any) -> Dict[str, Any]:
    leaves = [{"code": code, "score": {"rule": "min_max", "zero_range": 1}} for code in "abc"]
    root = {"code": "total", "children": leaves, **members.pop("root", {})}
    return {"thuocdo": 1, "id": "t", "version": "1", "name": "T", "defaults": {"missing": "renormalise"}, "root": root, **members}


def frame(rows: int = 30, seed: int = 1) -> pandas.DataFrame:
    random = numpy.random.Generator(numpy.random.Philox(seed))
    values = random.uniform(1.0, 9.0, (rows, 3))
    out = pandas.DataFrame(values, columns=list("abc"), index=pandas.Index([f"u{k:02d}" for k in range(rows)], name="unit"))
    out["group:region"] = ["north" if k % 2 else "south" for k in range(rows)]
    return out


def test_stages_keep_their_values_and_say_what_they_changed() -> None:
    data = frame()
    data.loc["u03", "a"] = numpy.nan
    data.loc["u07", "b"] = 900.0
    board = td.score(document(preparation=[{"step": "impute", "method": "group_mean", "group": "region"}, {"step": "treat"}]), data)
    assert board.preparation.names == ["raw", "imputed", "treated"] and len(board.preparation) == 3
    cells = board.preparation["imputed"].cells
    assert cells["unit"].tolist() == ["u03"] and cells["indicator"].tolist() == ["a"]
    north = data.loc[data["group:region"] == "north", "a"].mean()
    assert cells["after"].tolist() == pytest.approx([north], rel=1e-12)
    moved = board.preparation["treated"].cells
    assert moved["before"].tolist() == [900.0] and moved["after"].tolist() == [data["b"].drop("u07").max()]
    assert board.preparation["treated"].treated["outcome"].tolist() == ["passes", "winsorised", "passes"]
    assert board.preparation["imputed"].frame().loc["u07", "b"] == 900.0
    assert board.preparation["raw"].frame()["a"].isna().sum() == 1
    assert "imputed: 30 units x 3 indicators, 1 cells changed" in repr(board.preparation)
    assert pickle.loads(pickle.dumps(board)).digest == board.digest
    with pytest.raises(td.ModelError, match="unknown_stage"):
        board.preparation["normalised"]


def test_panels_of_other_periods_give_base_minima_and_carried_values() -> None:
    data = frame()
    base = td.Panel(data.drop(columns="group:region") / 2.0, period="2020", period_end="2020-12-31")
    now = data.copy()
    now.loc["u05", "b"] = numpy.nan
    model = document(
        defaults={"missing": "renormalise", "reference_period": "2020"},
        preparation=[{"step": "impute", "method": "carry_forward", "longest_gap": 1}],
    )
    panel = td.Panel(now, model=td.load_model(model), period="2021", period_end="2021-12-31")
    board = td.score(model, panel, other_periods=[base])
    half = data["a"] / 2.0
    expected = (data["a"] - half.min()) / (half.max() - half.min())
    assert numpy.allclose(board.results()["a"], expected, rtol=1e-12)
    assert board.preparation["imputed"].cells["after"].tolist() == [data.loc["u05", "b"] / 2.0]
    with pytest.raises(td.DataError, match="reference_period_missing"):
        td.score(model, panel)


def test_weights_from_data_and_judgements_are_reported() -> None:
    board = td.score(document(root={"weights": "critic"}), frame())
    report = board.weighting("total")
    assert report is not None and report.scheme == "critic" and report.node == "total"
    assert sum(report.weights.values()) == pytest.approx(1.0, rel=1e-12)
    kernel = td.kernels.weigh.critic(board.results()[list("abc")].to_numpy())
    assert list(report.weights.values()) == pytest.approx(list(kernel.weights), rel=1e-12)
    assert board.effective_weights()["b"] == pytest.approx(report.weights["b"], rel=1e-12)
    assert report.frame().columns.tolist() == ["element", "weight", "information"]
    assert report.figures["units_used"] == 30 and "weights of" in repr(report) and "<table" in report._repr_html_()
    judged = {"scheme": "analytic_hierarchy_process", "elements": ["c", "a", "b"], "judgements": [[[1, 2, 4], [0.5, 1, 2], [0.25, 0.5, 1]]]}
    other = td.score(document(root={"weights": judged}), frame()).weighting("total")
    assert other is not None and other.weights == pytest.approx({"a": 2 / 7, "b": 1 / 7, "c": 4 / 7}, rel=1e-9)
    assert other.figures["consistency_ratio"] == pytest.approx(0.0, abs=1e-9)
    assert td.score(document(), frame()).weighting("total") is None


def test_copeland_of_a_model_is_the_kernel_over_all_units() -> None:
    board = td.score(document(root={"aggregate": "copeland"}), frame(200, 5), threads=3)
    expected = td.kernels.copeland(board.results()[list("abc")].to_numpy())
    assert numpy.array_equal(board.scores(), expected)


def test_a_changed_copy_leaves_the_model_alone() -> None:
    model = td.load_model(document())
    heavier = model.with_("@b/weight", 3)
    assert heavier["b"].weight != model["b"].weight
    assert model.differences(heavier) == [("b", "weight", None, 3)]
    assert heavier.without("@b/weight") == model
    assert model.drop("c").differences(model)[-1][:2] == ("c", "")
    assert [leaf.code for leaf in model.drop("c").leaves] == ["a", "b"]
    for call in (lambda: model.with_("@nobody/weight", 1), lambda: model.with_("/root/children/9", 1), lambda: model.drop("z")):
        with pytest.raises(td.ModelError):
            call()
    with pytest.raises(td.ModelError, match="unknown_member"):
        model.with_("@b/wieght", 3)


def test_comparison_says_who_moved_and_by_which_leaves() -> None:
    model = td.load_model(document())
    comparison = td.compare(model, model.with_("@b/weight", 4), frame())
    table = comparison.frame()
    assert table["rank_before"].is_monotonic_increasing and len(table) == len(comparison) == 30
    assert comparison.moved == int((table["places_gained"] != 0).sum()) > 0
    assert comparison.most_places == table["places_gained"].abs().max()
    ranks = table[["rank_before", "rank_after"]].astype(float)
    assert comparison.rank_correlation == pytest.approx(ranks.corr(method="spearman").iloc[0, 1], rel=1e-12)
    why = comparison.why(table["unit"][0])
    assert why["change"].sum() == pytest.approx(table["score_change"][0], rel=1e-9)
    assert comparison.differences() == [("b", "weight", None, 4)]
    assert comparison.before.digest == td.score(model, frame()).digest
    assert "change their rank" in repr(comparison) and "<table" in comparison._repr_html_()


def test_an_audit_is_text_frame_and_html_in_both_languages() -> None:
    data = frame()
    data["c"] = data["a"] * 1.01
    report = td.audit(td.score(document(), data))
    findings = report.findings
    redundant = findings[findings["kind"] == "redundant_pair"].iloc[0]
    assert (redundant["code"], redundant["other"]) == ("a", "c") and redundant["figure"] == pytest.approx(1.0)
    assert "trùng lặp" in redundant["text_vi"] and redundant["text"] in repr(report)
    assert "trùng lặp" in report.to_html("vi") and report._repr_html_().count("<table") == 4
    assert report.units == 30 and len(report) == len(findings)
    leaves = report.leaves
    expected = data["b"].skew()
    assert leaves["skewness"][1] == pytest.approx(expected, rel=1e-12)
    assert report.importance["weight"].sum() == pytest.approx(1.0)
    x = td.score(document(), data).results()[list("abc")]
    k, covariance = 3, x.cov().to_numpy()
    off = (covariance.sum() - numpy.trace(covariance)) / (k * (k - 1))
    assert report.nodes["alpha"][0] == pytest.approx(k * k * off / covariance.sum(), rel=1e-12)
    calm = td.audit(td.score(document(), frame()), alpha=0.0, weak=0.0, weight_ratio=100.0, silent=0.0)
    assert "redundant_pair" not in set(calm.findings["kind"])


@pytest.mark.parametrize("adjusted", [False, True])
def test_mazziotta_pareto_indices_of_a_model_are_their_formulas(adjusted: bool) -> None:
    """Mazziotta and Pareto (2016): M - S*cv of z-scores 100/10 (S with n-1), or of goalposts 70 to 130 (S with n)."""
    data = frame()[list("abc")]
    directions = {"a": 1, "b": -1, "c": 1}
    rules: Dict[str, Any] = {}
    columns = []
    for code, sign in directions.items():
        x = data[code]
        half = (x.max() - x.min()) / 2.0
        if adjusted:
            rules[code] = {"rule": "adjusted_mazziotta_pareto", "reference": float(x.mean()), "half_range": float(half)}
            columns.append(100.0 + sign * 30.0 * (x - x.mean()) / half)
        else:
            rules[code] = {"rule": "z_score", "mean": 100, "deviation": 10}
            columns.append(100.0 + sign * 10.0 * (x - x.mean()) / x.std())
    scores = pandas.concat(columns, axis=1)
    deviation = scores.std(axis=1, ddof=0 if adjusted else 1)
    expected = scores.mean(axis=1) - deviation**2 / scores.mean(axis=1)
    leaves = [
        {"code": code, "score": rules[code], "direction": "higher_is_better" if sign > 0 else "lower_is_better"}
        for code, sign in directions.items()
    ]
    method = {"method": "mazziotta_pareto", "deviation": "population" if adjusted else "sample"}
    model = td.load_model(document(root={"children": leaves, "aggregate": method}))
    assert td.load_model(model.to_dict()) == model
    numpy.testing.assert_allclose(td.score(model, data).scores(), expected, rtol=1e-12)
