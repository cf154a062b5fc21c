"""Targets and paths, tasks against results, movement, consistency of figures and concentration: what Python gives back."""

from __future__ import annotations

import math
import pickle
from datetime import date
from pathlib import Path
from typing import Any, Dict, List

import numpy
import pytest

import thuocdo as td
from thuocdo import check, kernels

DIGITAL: Dict[str, Any] = {
    "thuocdo": 1, "id": "digital", "version": "1", "name": {"vi": "Kinh tế số", "en": "Digital economy"},
    "defaults": {"missing": "renormalise"},
    "root": {"code": "total", "children": [
        {"code": "share", "name": {"vi": "Tỷ trọng kinh tế số trong GDP", "en": "Digital economy in GDP"}, "unit": "%",
         "owner": "Bộ Khoa học và Công nghệ", "kind": "outcome", "score": {"rule": "ratio_to_target"},
         "targets": [{"date": "2025-12-31", "value": 20}, {"date": "2030-12-31", "value": 30}]},
    ]},
}  # fmt: skip

BLOCKS: Dict[str, Any] = {
    "thuocdo": 1, "id": "blocks", "version": "1", "name": "Blocks", "defaults": {"missing": "renormalise"},
    "root": {"code": "total", "aggregate": "sum", "points": 100, "children": [
        {"code": "tasks", "name": {"vi": "Hoàn thành đầu việc", "en": "Tasks completed"}, "points": 60, "kind": "output",
         "score": {"rule": "ratio_to_target", "target": 1}},
        {"code": "results", "name": {"vi": "Hiệu quả thực chất", "en": "Results"}, "points": 40, "kind": "outcome",
         "score": {"rule": "goalposts", "lower": 0, "upper": 100}},
    ]},
}  # fmt: skip

#: Ends of years 2020 to 2025 in per cent of GDP; made up but for the last, which was near 14%.
SHARES = [10.2, 11.9, 12.6, 13.1, 13.4, 14.0]


def yearly(first: int, rows: List[List[float]], codes: List[str], indicator: str = "share") -> List[td.Panel]:
    """A panel a year, of frames with the units as columns of values."""
    return [
        td.Panel({"unit": codes, indicator: values}, period=str(year), period_end=f"{year}-12-31")
        for year, values in enumerate(rows, first)
    ]


@pytest.fixture
def panels() -> List[td.Panel]:
    return yearly(2020, [[each, each + 8] for each in SHARES], ["VN", "XX"])


def test_a_digital_economy_near_14_per_cent_has_missed_its_target_of_20(panels: List[td.Panel]) -> None:
    table = td.on_track(DIGITAL, panels, as_of="2026-01-15")
    missed = table.missed()
    again = td.missed_targets(DIGITAL, panels, as_of=date(2026, 1, 15))
    assert len(missed) == len(again) == 1 and missed.as_of == date(2026, 1, 15)
    columns = missed.frame()
    assert columns["unit"].tolist() == ["VN"] and columns["owner"].tolist() == ["Bộ Khoa học và Công nghệ"]
    assert columns["value"][0] == 14.0 and columns["target"][0] == 20.0 and columns["shortfall"][0] == 6.0
    assert columns["target_date"][0] == numpy.datetime64("2025-12-31") and numpy.isnat(columns["attained_on"][0])
    assert (columns["result"][0], columns["result_vi"][0]) == ("missed", "không đạt")
    assert "missed" in repr(missed) and "14" in missed._repr_html_()
    # On the day of the target itself it has not passed.
    assert len(td.missed_targets(DIGITAL, panels, as_of="2025-12-31")) == 0
    # With no value near enough nothing is decided.
    assert td.missed_targets(DIGITAL, panels[:3], as_of="2026-01-15").frame()["result"].tolist() == ["undecided", "undecided"]
    assert len(td.missed_targets(DIGITAL, panels[:3], as_of="2026-01-15", days_that_decide=2000).frame()["result"]) == 1


def test_progress_toward_2030_as_the_library_computes_it(panels: List[td.Panel]) -> None:
    model = {**DIGITAL, "root": {"code": "total", "children": [{**DIGITAL["root"]["children"][0], "targets": [{"date": "2030-12-31", "value": 30}]}]}}
    row = td.on_track(model, panels).row("VN", "share")
    # Half of the ten years: 10.2 + 19.8 / 2 by 1826 of 3652 days.
    assert row["required_today"] == pytest.approx(20.1) and row["attainment"] == pytest.approx(3.8 / 19.8)
    assert row["pace"] == pytest.approx(3.8 / 9.9) and row["status"] == "off_track" and row["status_vi"] == "chệch lộ trình"
    slope, level = numpy.polyfit([0, 1, 2, 3, 4, 5], SHARES, 1)
    assert row["linear_per_year"] == pytest.approx(slope) and row["linear_value"] == pytest.approx(level + 10 * slope)
    assert row["linear_reaches"] == date(2048, 12, 21) and row["linear_lower"] < row["linear_value"] < row["linear_upper"]
    assert row["actual_growth"] == pytest.approx((14 / 10.2) ** 0.2 - 1) and row["test"] == "growth_ratio"
    assert row["latest_date"] == date(2025, 12, 31) and row["reached_on"] is None and row["notes"] is None
    wide = td.on_track(model, panels, interval_level=0.99).row("VN", "share")
    assert wide["linear_lower"] < row["linear_lower"]
    lenient = td.on_track(model, panels, moderate=0.3, significant=0.9).row("VN", "share")
    assert lenient["status"] == "behind" and lenient.as_of == date(2025, 12, 31)
    assert td.on_track(model, panels, baseline="2023-12-31").row("VN", "share")["baseline"] == 13.1
    assert td.on_track(model, panels, horizon_years=10).row("VN", "share")["linear_reaches"] is None


def test_tables_come_as_frames_of_the_data() -> None:
    for package, kind in (("pandas", "DataFrame"), ("polars", "DataFrame")):
        module = pytest.importorskip(package)
        frames = [
            td.Panel(getattr(module, kind)({"unit": ["a", "b"], "share": [5.0 + year, math.nan]}), period_end=f"{2020 + year}-12-31")
            for year in range(3)
        ]
        frame = td.on_track(DIGITAL, frames).frame()
        assert isinstance(frame, getattr(module, kind)) and frame.shape[0] == 2
        assert list(frame["status"]) == ["off_track", "unknown"] and frame["owner"][0] == "Bộ Khoa học và Công nghệ"
        assert frame["notes"][1] == "no value was observed up to 2022-12-31"
        moved = td.indicator_movement(DIGITAL, frames[0], frames[2]).frame()
        assert isinstance(moved, getattr(module, kind)) and list(moved["movement"]) == ["moved_better", "unknown"]


def test_a_track_can_be_pickled_printed_and_asked(panels: List[td.Panel]) -> None:
    table = td.on_track(DIGITAL, list(reversed(panels)))
    again = pickle.loads(pickle.dumps(table))
    assert again.as_of == table.as_of == date(2025, 12, 31) and repr(again) == repr(table)
    assert again.missed().frame()["unit"].tolist() == table.missed().frame()["unit"].tolist()
    assert "off_track" in repr(table) and "<table" in table._repr_html_() and "VN" in repr(table.row("VN", "share"))
    many = td.on_track(DIGITAL, yearly(2024, [[1.0] * 15, [2.0] * 15], [f"{k:02}" for k in range(15)]))
    assert repr(many).endswith("... 5 more") and len(many) == 15
    for unit, indicator in (("nobody", "share"), ("VN", "total")):
        with pytest.raises(td.DataError) as caught:
            table.row(unit, indicator)
        assert caught.value.problems[0].code == "unknown_row"


def test_series_that_make_none_are_refused(panels: List[td.Panel]) -> None:
    def code(*given: Any, **options: Any) -> List[str]:
        with pytest.raises(td.Error) as caught:
            td.on_track(DIGITAL, *given, **options)
        return [each.code for each in caught.value.problems]

    assert code([panels[0], panels[0]]) == ["period_twice"]
    assert code([td.Panel({"unit": ["a"], "share": [1.0]})]) == ["period_end_missing"]
    assert code([]) == ["no_panel"] and code(panels, as_of="2019-01-01") == ["no_panel"]
    assert code(panels, baseline="2019-12-31") == ["baseline_missing"]
    assert code(panels, interval_level=1.0, significant=0.1) == ["thresholds", "level_out_of_range"]


def board() -> td.Scoreboard:
    data = {"unit": ["u1", "u2", "u3", "u4", "u5"], "name": ["Một", "Hai", "Ba", "Bốn", "Năm"],
            "tasks": [0.95, 0.5, 0.7, 1.0, 1.0], "results": [40.0, 80.0, 60.0, 45.0, None]}  # fmt: skip
    return td.score(BLOCKS, data)


def test_gaps_are_ranked_and_called_out() -> None:
    table = td.completion_result_gap(board(), "tasks", "results")
    columns = table.frame()
    # By hand: 95 - 40, 50 - 80, 70 - 60, 100 - 45.
    assert columns["unit"].tolist() == ["u1", "u4", "u3", "u2", "u5"]
    assert columns["gap"].tolist()[:4] == [55.0, 55.0, 10.0, -30.0] and math.isnan(columns["gap"][4])
    assert columns["rank"].tolist()[:4] == [1, 1, 3, 4] and columns["name"][0] == "Một"
    assert columns["state"].tolist() == ["completion_ahead", "completion_ahead", "balanced", "outcome_ahead", "unknown"]
    assert (table.completion_node, table.outcome_node, table.threshold, len(table)) == ("tasks", "results", 20.0, 5)
    narrow = td.completion_result_gap(board(), "tasks", "results", threshold=5).frame()
    assert narrow["state"].tolist()[2] == "completion_ahead"
    halved = td.completion_result_gap(board(), "tasks", "results", completion_maximum=120, outcome_maximum=80).frame()
    assert sorted(halved["gap"].tolist()[:4]) == [-15.0, 5.0, 27.5, 27.5]
    assert "completion_ahead" in repr(table) and "u4" in table._repr_html_()
    with pytest.raises(td.ModelError):
        td.completion_result_gap(board(), "tasks", "nothing")
    with pytest.raises(td.NumericError):
        td.completion_result_gap(board(), "tasks", "results", threshold=-1)


def test_gaps_keep_the_labels_of_the_data() -> None:
    pandas = pytest.importorskip("pandas")
    data = pandas.DataFrame({"tasks": [1.0, 0.4], "results": [20.0, 30.0]}, index=pandas.Index(["a", "b"], name="ma"))
    frame = td.completion_result_gap(td.score(BLOCKS, data), "tasks", "results").frame()
    assert frame.index.name == "ma" and frame.loc["a", "gap"] == 80.0 and str(frame["rank"].dtype) == "int64"


@pytest.mark.parametrize("name", td.datasets.models())
def test_kind_shares_sum_to_one(name: str) -> None:
    shares = td.kind_shares(td.datasets.model(name))
    kinds = ("input", "activity", "output", "outcome", "impact", "undeclared")
    assert kernels.exact_sum([shares[kind] for kind in kinds]) == 1.0
    frame = shares.frame()
    assert list(frame["kind"]) == list(kinds) and frame["leaves"].sum() + frame["outside"].sum() == len(td.datasets.model(name).leaves)


def test_kind_shares_of_points() -> None:
    shares = td.kind_shares(BLOCKS)
    assert (shares["output"], shares["outcome"], shares["impact"]) == (0.6, 0.4, 0.0)
    assert "60.00%" in repr(shares) and "đầu ra" in shares._repr_html_()
    with pytest.raises(KeyError):
        shares["effect"]


def test_movement_is_tested_by_error_by_habit_or_by_any_change(panels: List[td.Panel]) -> None:
    any_change = td.indicator_movement(DIGITAL, panels[4], panels[5])
    assert any_change.frame()["test"].tolist() == ["any_change"] * 2 and any_change.before == date(2024, 12, 31)
    assert any_change.frame()["change"].tolist() == [0.6, 0.6]
    usual = td.indicator_movement(DIGITAL, panels[4], panels[5], panels[:4])
    assert usual.frame()["test"].tolist() == ["usual_change"] * 2
    # Changes 1.7, 0.7, 0.5, 0.3 a year before.
    assert usual.frame()["bound"].tolist() == pytest.approx([2 * numpy.std([1.7, 0.7, 0.5, 0.3], ddof=1)] * 2)
    assert usual.frame()["movement"].tolist() == ["did_not_move"] * 2
    strict = td.indicator_movement(DIGITAL, panels[4], panels[5], panels[:4], usual_change=0.1)
    assert strict.frame()["movement_vi"].tolist() == ["chuyển biến tốt"] * 2
    measured = td.indicator_movement(DIGITAL, panels[4], panels[5], measurement_error={"share": 1})
    assert measured.frame()["movement"].tolist() == ["did_not_move"] * 2 and "measurement_error" in repr(measured)
    for given, code in (
        ((panels[5], panels[4]), "periods_not_ascending"),
        ((panels[0], panels[1], panels[2]), "not_earlier"),
    ):
        with pytest.raises(td.DataError) as caught:
            td.indicator_movement(DIGITAL, *given)
        assert caught.value.problems[0].code == code


def codes(findings: List[check.Finding]) -> List[str]:
    return [each.code for each in findings]


def test_9831_tasks_are_not_the_9813_of_their_parts() -> None:
    parts = {"completed": 7892, "in time": 1602, "overdue": 319}
    findings = check.parts_and_total("tasks 2025", 9831, parts)
    assert len(findings) == 1
    found = findings[0]
    assert (found.code, found.stated, found.computed, found.difference) == ("parts_do_not_make_total", 9831, 9813, 18)
    sentence = "tasks 2025: 7892 + 1602 + 319 = 9813, stated 9831 (completed + in time + overdue) [parts_do_not_make_total]"
    assert repr(found) == str(found) == sentence and repr(pickle.loads(pickle.dumps(found))) == sentence
    frame = check.frame(findings)
    assert list(frame["computed"]) == [9813.0] and list(frame["code"]) == ["parts_do_not_make_total"]
    assert len(check.frame([])["code"]) == 0
    table = {"label": list(parts), "value": list(parts.values())}
    assert [repr(each) for each in check.parts_and_total("tasks 2025", 9831, table)] == [sentence]
    assert check.parts_and_total("tasks 2025", 9831, list(parts.items()), tolerance=18) == []
    assert check.parts_and_total("tasks", 9813, parts) == [] and check.parts_and_total("t", 0.3, {"a": 0.1, "b": 0.2}) == []
    assert codes(check.parts_and_total("tasks", None, {"a": None})) == ["part_missing", "total_missing"]  # type: ignore[arg-type]


def test_figures_that_are_no_numbers_are_refused_with_their_place() -> None:
    with pytest.raises(td.DataError) as caught:
        check.parts_and_total("tasks", 3, {"a": "1,0", "b": "2"})
    assert [each.place for each in caught.value.problems] == ["a, value", "b, value"]
    with pytest.raises(td.DataError, match="9,831"):
        check.parts_and_total("tasks", "9,831", {"a": 1})  # type: ignore[arg-type]
    with pytest.raises(td.DataError, match="3 entries"):
        check.share_and_year_to_date("x", [("Q1", 1, 2)])
    with pytest.raises(td.DataError, match="denominator"):
        check.national_rate("x", 0.5, {"unit": ["a"], "numerator": [1]})
    with pytest.raises(td.NumericError):
        check.parts_and_total("tasks", 1, {}, tolerance=-1)


def test_months_against_the_year_to_date() -> None:
    assert check.flow_and_year_to_date("papers", [("1", 10, 10), ("2", 5, 15), ("3", None, None)]) != []
    assert check.flow_and_year_to_date("papers", [("1", 10, 10), ("2", 5, 15)]) == []
    assert codes(check.flow_and_year_to_date("papers", [("1", 10, 10), ("2", 15, 15)])) == ["month_reported_as_year_to_date"]
    months = {"period": ["1", "2"], "numerator": [90, 10], "denominator": [100, 20], "year_to_date": [0.9, 0.5]}
    findings = check.share_and_year_to_date("on time", months)
    assert codes(findings) == ["month_reported_as_year_to_date"] and "100 / 120" in repr(findings[0])
    months["year_to_date"] = [0.9, 0.7]
    assert codes(check.share_and_year_to_date("on time", months)) == ["plain_mean_of_months"]
    assert check.share_and_year_to_date("on time", [("1", 90, 100, 0.9), ("2", 10, 20, 0.8333)]) == []


def test_a_national_rate_is_no_mean_of_provinces() -> None:
    units = [("HN", 90, 100), ("CB", 5, 10)]
    assert check.national_rate("on time", 95 / 110, units) == []
    assert codes(check.national_rate("on time", 0.7, units)) == ["plain_mean_of_units"]
    assert codes(check.national_rate("on time", 0.5, units)) == ["national_rate_disagrees"]
    assert check.national_rate("on time", 0.86, units, tolerance=0.01) == []
    panel = td.Panel({"unit": ["HN", "CB"], "on_time:numerator": [90, 5], "on_time:denominator": [100, 10]})
    assert codes(check.national_rate("on_time", 0.7, panel)) == ["plain_mean_of_units"]
    with pytest.raises(td.DataError):
        check.national_rate("late", 0.7, panel)


def test_sources_shares_and_measures() -> None:
    first = td.Panel({"unit": ["a", "b"], "x": [1.0, 2.0]}, source="ministry", period_end="2025-12-31")
    second = td.Panel({"unit": ["b", "a"], "x": [2.5, 1.0]}, source="province", period_end="2026-01-31")
    findings = check.source_disagreement(first, second, tolerance=0.1)
    assert codes(findings) == ["periods_differ", "sources_disagree"] and "2 in ministry, 2.5 in province" in repr(findings[1])
    assert codes(check.source_disagreement(first, {"unit": ["a"], "y": [1.0]}, tolerance=0)) == ["nothing_to_compare"]
    panel = td.Panel({"unit": ["a", "b"], "s": [0.5, 1.2], "p": [100.0, 101.0]})
    assert [each.place for each in check.ratio_above_one(panel, "s", percentages=["p"])] == ['unit "b", indicator "s"', 'unit "b", indicator "p"']
    with pytest.raises(td.DataError, match="zz"):
        check.ratio_above_one(panel, ["zz"])
    papers, month, people = check.Flow("papers", "year"), check.Flow("papers", "month"), check.Stock("people")
    ratios = [check.Ratio("a", papers, people), check.Ratio("b", papers, people, flow_per_stock=True), check.Ratio("c", month, papers)]
    assert [(each.place, each.code) for each in check.mixed_measures(ratios)] == [("a", "stock_and_flow"), ("c", "spans_mixed")]
    with pytest.raises(td.NumericError, match="decade"):
        check.mixed_measures([check.Ratio("a", check.Flow("papers", "decade"), people)])


def test_concentration_by_its_formulas(seed: int) -> None:
    amounts = numpy.random.default_rng(seed).uniform(0.5, 9.5, 57)
    shares = numpy.sort(amounts / amounts.sum())[::-1]
    count = len(amounts)
    assert kernels.top_share(amounts, 5) == pytest.approx(shares[:5].sum())
    assert kernels.herfindahl(amounts) == pytest.approx((shares**2).sum())
    assert kernels.concentration.effective_number(amounts) == pytest.approx(1 / (shares**2).sum())
    assert kernels.herfindahl_normalised(amounts) == pytest.approx(((shares**2).sum() - 1 / count) / (1 - 1 / count))
    pairs = numpy.abs(amounts[:, None] - amounts[None, :]).sum()
    assert kernels.gini(amounts) == pytest.approx(pairs / (2 * count**2 * amounts.mean()))
    with_gaps = numpy.append(amounts[::-1], [math.nan, math.nan])
    assert kernels.gini(with_gaps) == kernels.gini(amounts) and kernels.herfindahl(with_gaps) == kernels.herfindahl(amounts)


def test_concentration_at_its_ends() -> None:
    assert kernels.gini([3, 3, 3]) == 0 and kernels.gini([0, 0, 0, 8]) == 0.75
    assert kernels.effective_number([2, 2, 2, 2]) == 4 and kernels.herfindahl([0, 7]) == 1
    assert math.isnan(kernels.herfindahl([0.0, 0.0])) and math.isnan(kernels.top_share([], 1)) and math.isnan(kernels.herfindahl_normalised([5]))
    with pytest.raises(td.NumericError) as caught:
        kernels.herfindahl([1, -1, math.inf])
    assert [each.place for each in caught.value.problems] == ["amounts[1]", "amounts[2]"]
    with pytest.raises(td.NumericError):
        kernels.top_share([1.0], 0)
    with pytest.raises(td.NumericError):
        kernels.gini([[1.0, 2.0]])


@pytest.fixture
def pyplot() -> Any:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    yield plt
    plt.close("all")


def test_a_row_is_drawn_with_path_observations_and_interval(pyplot: Any, panels: List[td.Panel], tmp_path: Path) -> None:
    row = td.on_track(DIGITAL, panels, as_of="2026-01-15").row("VN", "share")
    axes = row.plot()
    assert axes.get_title() == "Tỷ trọng kinh tế số trong GDP\nVN: chệch lộ trình" and axes.get_ylabel() == "%"
    legend = [each.get_text() for each in axes.get_legend().get_texts()]
    assert legend[:2] == ["lộ trình đến mục tiêu", "xu hướng tuyến tính"] and "khoảng dự báo 90%" in legend and "số liệu quan sát" in legend
    lines = {line.get_label(): line for line in axes.get_lines()}
    assert lines["số liệu quan sát"].get_ydata().tolist() == SHARES
    path = lines["lộ trình đến mục tiêu"].get_ydata()
    # The path starts at the first value and goes through both targets.
    assert (path[0], path[-1]) == (10.2, 30.0) and path[1826] == 20.0 and len(path) == 3653
    trend = lines["xu hướng tuyến tính"].get_ydata()
    assert trend[-1] == row["linear_value"] and trend[0] == pytest.approx(numpy.polyval(numpy.polyfit(range(6), SHARES, 1), 0))
    axes.figure.savefig(tmp_path / "track.png")
    assert (tmp_path / "track.png").stat().st_size > 10_000
    english = row.plot(pyplot.subplots()[1], language="en")
    assert english.get_title().endswith("VN: off track")


def test_a_row_without_values_or_interval_is_drawn_too(pyplot: Any) -> None:
    few = td.on_track(DIGITAL, yearly(2023, [[12.0, math.nan], [13.0, math.nan]], ["a", "b"]))
    texts = [each.get_text() for each in few.row("a", "share").plot().get_legend().get_texts()]
    assert "xu hướng tuyến tính" in texts and not any(each.startswith("khoảng") for each in texts)
    axes = few.row("b", "share").plot()
    assert "lộ trình đến mục tiêu" not in [each.get_text() for each in axes.get_legend().get_texts()]


def test_gaps_are_drawn_largest_on_top(pyplot: Any) -> None:
    table = td.completion_result_gap(board(), "tasks", "results")
    axes = table.plot()
    assert [label.get_text() for label in axes.get_yticklabels()] == ["1. Một", "1. Bốn", "3. Ba", "4. Hai", "Năm"]
    assert axes.yaxis_inverted() and [each.get_text() for each in axes.get_legend().get_texts()] == ["Hoàn thành đầu việc", "Hiệu quả thực chất"]
    assert [bar.get_width() for bar in axes.patches[:5]] == pytest.approx([95, 100, 70, 50, 100])
    assert [text.get_text() for text in axes.texts] == ["+55", "+55", "+10", "-30", "chưa đánh giá được"]
    first = table.plot(limit=2, language="en")
    assert len(first.texts) == 2 and "of 5" in first.get_title() and first.get_legend().get_texts()[0].get_text() == "Tasks completed"
    with pytest.raises(ValueError, match="limit"):
        table.plot(limit=0)
