"""Pictures for publications: what is drawn stands for the data, and labels neither cover each other nor get lost."""

from __future__ import annotations

import math
from typing import Any, Dict, Iterator, List, Tuple

import numpy
import pytest

import thuocdo as td

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")

SIMPLE: Dict[str, Any] = {
    "thuocdo": 1, "id": "simple", "version": "1", "name": {"en": "Simple", "vi": "Đơn giản"},
    "defaults": {"missing": "renormalise"}, "root": {"code": "total", "children": [{"code": "v", "score": {"rule": "as_is"}}]},
}  # fmt: skip

BLOCKS: Dict[str, Any] = {
    "thuocdo": 1, "id": "blocks", "version": "1", "name": {"en": "Blocks", "vi": "Hai khối"},
    "root": {"code": "total", "points": 100, "aggregate": "sum", "children": [
        {"code": "tasks", "name": {"en": "Tasks", "vi": "Nhiệm vụ"}, "points": 50, "score": {"rule": "points_awarded"}},
        {"code": "results", "name": {"en": "Results", "vi": "Kết quả"}, "points": 50, "score": {"rule": "points_awarded"}},
    ]},
}  # fmt: skip


def simple(values: Dict[str, float]) -> td.Scoreboard:
    names = [f"Đơn vị có tên khá dài {code}" for code in values]
    return td.score(SIMPLE, {"unit": list(values), "name": names, "v": list(values.values())})


@pytest.fixture(scope="module")
def provinces() -> td.Scoreboard:
    return td.score(td.datasets.model("index766-province"), td.datasets.panel("index766-provinces"))


@pytest.fixture(autouse=True)
def close_figures() -> Iterator[None]:
    yield
    matplotlib.pyplot.close("all")


def by_gid(artists: Any, prefix: str) -> Dict[str, Any]:
    return {each.get_gid()[len(prefix) :]: each for each in artists if (each.get_gid() or "").startswith(prefix)}


def boxes(axes: Any, texts: Any) -> List[Any]:
    axes.figure.draw_without_rendering()
    # The extent of an annotation would hold its line too.
    return [matplotlib.text.Text.get_window_extent(text) for text in texts]


def assert_readable(axes: Any, texts: Any) -> None:
    """No text covers another, and all are inside the figure."""
    found = boxes(axes, texts)
    for k, first in enumerate(found):
        assert first.x0 >= -1 and first.y0 >= -1 and first.x1 <= axes.figure.bbox.width + 1 and first.y1 <= axes.figure.bbox.height + 1
        for second in found[:k]:
            width, height = min(first.x1, second.x1) - max(first.x0, second.x0), min(first.y1, second.y1) - max(first.y0, second.y0)
            assert width <= 0.5 or height <= 1.0, (width, height)


def history() -> Dict[str, td.Scoreboard]:
    """A leads but drops out; B is missing in the middle; C comes late; D to K are tied."""
    tied = {code: 5.0 for code in "DEFGHIJK"}
    return {
        "Quý I": simple({"A": 9, "B": 8, **tied}),
        "Quý II": simple({"A": 7, "C": 9, **tied}),
        "Quý III": simple({"B": 9, "C": 1, **tied}),
    }


def test_ranks_of_periods_are_lines_that_break_where_there_is_none() -> None:
    axes = td.plot_rank_history(history())
    lines = by_gid(axes.lines, "unit:")
    ranks = {code: line.get_ydata().tolist() for code, line in lines.items()}
    assert sorted(ranks) == list("ABCDEFGHIJK")
    assert ranks["A"][:2] == [1, 2] and math.isnan(ranks["A"][2])
    assert ranks["B"][0] == 2 and math.isnan(ranks["B"][1]) and ranks["B"][2] == 1
    assert math.isnan(ranks["C"][0]) and ranks["C"][1:] == [1, 10] and ranks["K"] == [3, 3, 2]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["Quý I", "Quý II", "Quý III"]
    assert axes.get_title() == "Đơn giản\nThứ hạng qua các kỳ" and axes.yaxis_inverted()
    first, last = by_gid(axes.texts, "first:"), by_gid(axes.texts, "last:")
    assert sorted(first) == sorted(last) == sorted(ranks)
    assert last["B"].get_text() == "1. Đơn vị có tên khá dài B" and last["A"].get_text() == "– Đơn vị có tên khá dài A"
    assert first["C"].get_text().startswith("–") and first["K"].get_text().startswith("3. ")


@pytest.mark.parametrize("size", [None, (8.0, 3.0)])
def test_labels_of_ranks_stay_apart_at_both_ends(size: Any) -> None:
    axes = td.plot_rank_history(history(), None if size is None else matplotlib.pyplot.subplots(figsize=size, layout="constrained")[1])
    for end in ("first:", "last:"):
        texts = by_gid(axes.texts, end)
        assert len(texts) == 11
        assert_readable(axes, texts.values())
    # Labels stand in the order of the ranks.
    tops = [text.xy[1] for text in sorted(texts.values(), key=lambda each: each.xy[1])]
    assert tops == sorted(tops) and len(set(tops)) == 11


def test_units_that_are_chosen_stand_out_and_are_never_left_out() -> None:
    boards = {str(year): simple({f"U{k:02d}": float((k * (year - 2019)) % 37) for k in range(34)}) for year in (2023, 2024, 2025)}
    axes = td.plot_rank_history(boards, highlight=["U33", "Đơn vị có tên khá dài U07"], limit=5, language="en")
    lines = by_gid(axes.lines, "unit:")
    best = [str(code) for code in numpy.asarray(list(boards.values())[-1].ranking(5)["unit"])]
    assert set(best) | {"U33", "U07"} == set(lines)
    assert lines["U33"].get_linewidth() > lines[best[0]].get_linewidth() or best[0] in ("U33", "U07")
    assert f"{len(lines)} of 34 units" in axes.get_title()
    assert by_gid(axes.texts, "last:")["U33"].get_fontweight() == "bold"
    with pytest.raises(td.DataError, match="unknown_unit"):
        td.plot_rank_history(boards, highlight=["U99"])
    with pytest.raises(td.DataError, match="no_period"):
        td.plot_rank_history({})
    for wrong in ({"limit": 0}, {"language": "fr"}):
        with pytest.raises(ValueError):
            td.plot_rank_history(boards, **wrong)


def test_one_period_one_unit_and_none_with_a_rank_are_drawn() -> None:
    axes = td.plot_rank_history({"2026": simple({"A": 1.0})})
    assert list(by_gid(axes.texts, "first:")) == list(by_gid(axes.texts, "last:")) == ["A"]
    empty = td.plot_rank_history({"2026": simple({"A": math.nan})})
    assert not empty.texts and not by_gid(empty.lines, "unit:")


def gap_table(units: int = 30) -> td.GapTable:
    random = numpy.random.default_rng(5)
    data = {"unit": [f"{k:02d}" for k in range(units)], "name": [f"Tỉnh số {k}" for k in range(units)]}
    tasks, results = random.uniform(20, 50, units), random.uniform(10, 50, units)
    return td.completion_result_gap(td.score(BLOCKS, {**data, "tasks": tasks, "results": results}), "tasks", "results")


def test_each_unit_is_a_point_of_completion_and_result() -> None:
    table = gap_table()
    frame = {name: numpy.asarray(column) for name, column in table.frame().items()}
    axes = table.plot(kind="scatter", limit=6)
    drawn: List[Tuple[float, float]] = []
    for kind, rows in (
        ("balanced", abs(frame["gap"]) <= 20), ("completion", frame["gap"] > 20), ("outcome", frame["gap"] < -20),
    ):  # fmt: skip
        (points,) = [each for each in axes.collections if each.get_gid() == kind]
        assert sorted(map(tuple, points.get_offsets().tolist())) == sorted(zip(frame["completion"][rows], frame["outcome"][rows]))
        drawn += points.get_offsets().tolist()
    assert len(drawn) == 30
    assert [text.get_text().rpartition(" (")[0] for text in axes.texts] == frame["name"][:6].tolist()
    assert axes.texts[0].get_text().endswith(f"({frame['gap'][0]:+.1f})")
    gaps = [line for line in axes.lines if line.get_gid() == "gap"]
    assert [line.get_ydata()[1] - line.get_ydata()[0] for line in gaps] == pytest.approx(list(frame["gap"][:6]))
    medians = [line for line in axes.lines if line.get_gid() == "median"]
    assert medians[0].get_xdata()[0] == pytest.approx(numpy.median(frame["completion"]))
    assert medians[1].get_ydata()[0] == pytest.approx(numpy.median(frame["outcome"]))
    assert axes.get_xlabel() == "Nhiệm vụ (% điểm tối đa)" and axes.get_xlim() == axes.get_ylim()
    assert_readable(axes, axes.texts)


def test_gaps_as_points_in_english_of_one_unit_and_of_equal_ones() -> None:
    english = gap_table().plot(kind="scatter", language="en")
    assert english.get_ylabel() == "Results (% of the full marks)" and len(english.texts) == 8
    assert "both blocks equal" in [text.get_text() for text in english.get_legend().get_texts()]
    assert len(gap_table(1).plot(kind="scatter").texts) == 1
    equal = td.score(BLOCKS, {"unit": list("abcdefghijkl"), "tasks": [40.0] * 12, "results": [10.0] * 12})
    axes = td.completion_result_gap(equal, "tasks", "results").plot(kind="scatter")
    assert_readable(axes, axes.texts)
    assert len(gap_table().plot(limit=3).get_yticklabels()) == 3
    with pytest.raises(ValueError, match="kind"):
        gap_table().plot(kind="pie")
    with pytest.raises(ValueError, match="limit"):
        gap_table().plot(kind="scatter", limit=-1)


def test_a_profile_places_results_between_nothing_and_the_best(provinces: td.Scoreboard) -> None:
    axes = provinces.plot_profile("66", peers=["82", "75", "66"])
    results = provinces.results()
    codes = list(results.columns[2:]) if "unit" in results.columns else list(results.columns[1:])
    codes = [code for code in codes if code != "index766"]
    best = {node.code: node.points for node in provinces.model.nodes}
    rows = {code: row for row, code in enumerate(provinces.panel.units.codes)}
    line = by_gid(axes.lines, "unit:")["66"]
    expected = [100 * results[code][rows["66"]] / best[code] for code in codes]
    assert line.get_xdata().tolist() == pytest.approx(expected)
    peers = [[100 * results[code][rows[unit]] / best[code] for unit in ("82", "75", "66")] for code in codes]
    bars = [patch for patch in axes.patches if patch.get_gid() == "range"]
    assert [bar.get_x() for bar in bars] == pytest.approx([min(each) for each in peers])
    assert [bar.get_x() + bar.get_width() for bar in bars] == pytest.approx([max(each) for each in peers])
    (median,) = [each for each in axes.lines if each.get_gid() == "median"]
    assert median.get_xdata().tolist() == pytest.approx([sorted(each)[1] for each in peers])
    assert [text.get_text() for text in axes.texts][0] == "11.85 / 18"
    legend = [text.get_text() for text in axes.get_legend().get_texts()]
    assert "Đắk Lắk: 65.49 (hạng 7)" in legend and "thấp nhất đến cao nhất của 3 đơn vị so sánh" in legend
    assert [label.get_text() for label in axes.get_yticklabels()][0] == "Công khai, minh bạch"


def test_a_radar_closes_its_lines_and_keeps_its_labels_apart(provinces: td.Scoreboard) -> None:
    axes = provinces.plot_profile(["66", "Đồng Tháp"], kind="radar", language="en")
    flat = provinces.plot_profile(["66", "82"])
    lines, straight = by_gid(axes.lines, "unit:"), by_gid(flat.lines, "unit:")
    assert list(lines) == ["66", "82"] and not flat.texts
    for code, line in lines.items():
        radii = line.get_ydata()
        assert radii[0] == radii[-1] and list(radii[:-1]) == list(straight[code].get_xdata())
    assert "median of the peers" in [text.get_text() for text in axes.get_legend().get_texts()]
    assert_readable(axes, [*axes.get_xticklabels(), axes.title, *axes.get_legend().get_texts()])
    own = matplotlib.pyplot.subplots(subplot_kw={"projection": "polar"})[1]
    assert provinces.plot_profile("66", own, kind="radar") is own


def test_profiles_that_cannot_be_drawn_are_refused_and_extremes_are_not(provinces: td.Scoreboard) -> None:
    with pytest.raises(ValueError, match="polar"):
        provinces.plot_profile("66", matplotlib.pyplot.subplots()[1], kind="radar")
    with pytest.raises(ValueError, match="3 pillars"):
        td.score(BLOCKS, {"unit": ["a"], "tasks": [1.0], "results": [2.0]}).plot_profile("a", kind="radar")
    with pytest.raises(ValueError, match="kind"):
        provinces.plot_profile("66", kind="pie")
    with pytest.raises(ValueError, match="units"):
        provinces.plot_profile([])
    with pytest.raises(td.DataError):
        provinces.plot_profile("nobody")
    # No best result is known of a value taken as it is: the axis goes from the lowest to the highest.
    axes = simple({"a": 2.0, "b": 6.0, "c": math.nan, "d": 3.0}).plot_profile(["d", "c"], language="en")
    assert by_gid(axes.lines, "unit:")["d"].get_xdata().tolist() == [25.0]
    assert axes.get_yticklabels()[0].get_text().endswith("(axis from lowest to highest)")
    assert simple({"a": math.nan}).plot_profile("a").texts[0].get_text().startswith("–")
    hdi = td.score(td.datasets.model("hdi"), td.datasets.panel("hdi-2022")).plot_profile(["VNM"], kind="radar")
    assert hdi.get_ylim() == (0.0, 100.0)


def test_without_matplotlib_pictures_say_what_to_install(provinces: td.Scoreboard, monkeypatch: pytest.MonkeyPatch) -> None:
    table = gap_table(2)
    monkeypatch.setitem(__import__("sys").modules, "matplotlib.pyplot", None)
    draws = [
        lambda: td.plot_rank_history({"a": provinces}), lambda: table.plot(kind="scatter"),
        lambda: provinces.plot_profile("66"), lambda: provinces.plot_profile("66", kind="radar"),
    ]  # fmt: skip
    for draw in draws:
        with pytest.raises(ImportError, match=r"thuocdo\[plot\]"):
            draw()
