"""Pictures of models and scoreboards: what is drawn stands for the right numbers, in both languages."""

from __future__ import annotations

import copy
from typing import Any, Dict, Iterator, List

import numpy
import pytest

import thuocdo as td

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")

LEAVES = {"a1": "one", "a2": "two", "b1": "three", "b2": "four", "b3": "five"}


def leaf(code: str, **members: Any) -> Dict[str, Any]:
    name = {"en": f"Indicator {LEAVES[code]}", "vi": f"Chỉ tiêu {code}"}
    return {"code": code, "name": name, "unit": "points", "score": {"rule": "min_max"}, "scale": 100, **members}


MODEL: Dict[str, Any] = {
    "thuocdo": 1,
    "id": "pictures",
    "version": "1",
    "name": {"en": "Index of pictures", "vi": "Chỉ số hình vẽ"},
    "defaults": {"missing": "renormalise"},
    "root": {
        "code": "total",
        "name": {"en": "Total", "vi": "Tổng điểm"},
        "rounding": {"digits": 2},
        "children": [
            {
                "code": "A", "name": {"en": "First pillar", "vi": "Trụ cột một"}, "weight": 3,
                "children": [leaf("a1"), leaf("a2", direction="lower_is_better")],
            },
            {
                "code": "B", "name": {"en": "Second pillar", "vi": "Trụ cột hai"}, "weight": 1,
                "children": [leaf("b1"), leaf("b2", weight=3), leaf("b3", role="monitored")],
            },
        ],
    },
}  # fmt: skip


def data(units: int = 24) -> Dict[str, Any]:
    random = numpy.random.default_rng(11)
    base = random.normal(size=units)
    columns: Dict[str, Any] = {"unit": [f"U{k:02d}" for k in range(units)], "name": [f"Unit {k}" for k in range(units)]}
    columns["a1"] = base + 0.01 * random.normal(size=units)
    columns["a2"] = -base
    columns["b1"] = random.normal(size=units)
    columns["b2"] = -columns["b1"] + 0.1 * random.normal(size=units)
    columns["b3"] = random.normal(size=units)
    return columns


@pytest.fixture(scope="module")
def board() -> td.Scoreboard:
    return td.score(MODEL, data())


@pytest.fixture(autouse=True)
def close_figures() -> Iterator[None]:
    yield
    matplotlib.pyplot.close("all")


def texts(axes: Any) -> List[str]:
    return [text.get_text() for text in axes.texts]


def labels(axes: Any) -> Dict[str, str]:
    """Text by the node that it labels."""
    return {
        text.get_gid()[len("label:") :]: text.get_text()
        for text in axes.texts
        if (text.get_gid() or "").startswith("label:")
    }


def drawn(axes: Any) -> Any:
    """The figure once it is laid out."""
    axes.figure.canvas.draw()
    return axes.figure


def test_the_framework_has_an_arc_as_wide_as_each_share() -> None:
    model = td.load_model(MODEL)
    axes = model.plot(language="en")
    arcs = {patch.get_gid(): patch.theta2 - patch.theta1 for patch in axes.patches}
    assert set(arcs) == {"total", "A", "a1", "a2", "B", "b1", "b2"}  # What is monitored has no share.
    for code, width in arcs.items():
        assert width == pytest.approx(360 * model[code].effective_weight)
    named = labels(axes)
    assert named["a1"].replace("\n", " ").replace("\xa0", " ") == "37.5% Indicator one"
    assert named["A"].replace("\n", " ") == "First pillar 75%" and named["total"] == "Total"
    assert axes.get_title() == "Index of pictures\nFramework: share of the total; 4 indicators, 1 beside the total"
    vietnamese = model.plot()
    assert "Trụ cột hai" in labels(vietnamese)["B"].replace("\n", " ") and vietnamese.get_title().startswith(
        "Chỉ số hình vẽ"
    )
    assert labels(model.plot(label="code"))["b1"].endswith("b1")


def test_the_framework_can_show_the_weights_that_a_scheme_gave() -> None:
    weights = {"total": 1.0, "A": 0.5, "a1": 0.5, "a2": 0.0, "B": 0.5, "b1": 0.1, "b2": 0.4}
    arcs = {
        patch.get_gid(): patch.theta2 - patch.theta1 for patch in td.load_model(MODEL).plot(weights=weights).patches
    }
    assert "a2" not in arcs and arcs["b2"] == pytest.approx(144.0)


@pytest.mark.parametrize("indicators", [20, 100, 240])
def test_labels_of_a_framework_do_not_overlap_and_stay_inside_the_picture(indicators: int) -> None:
    model = td.synthetic.model(indicators)
    axes = model.plot(language="en")
    figure = drawn(axes)
    named = labels(axes)
    leaves = [
        text for text in axes.texts if (text.get_gid() or "")[len("label:") :] in {node.code for node in model.leaves}
    ]
    assert (
        len(leaves)
        == len(named) - sum(code in named for code in (node.code for node in model.nodes if not node.leaf))
        == indicators
    )
    # In the turned frame of each label neighbours are apart by at least the height of a line.
    places = sorted(
        numpy.degrees(numpy.arctan2(text.get_position()[0], text.get_position()[1])) % 360 for text in leaves
    )
    box = axes.get_window_extent()
    unit = box.width / (axes.get_xlim()[1] - axes.get_xlim()[0])
    radius = numpy.hypot(*leaves[0].get_position()) * unit
    height = leaves[0].get_fontsize() * figure.dpi / 72
    gaps = numpy.diff([*places, places[0] + 360]) * numpy.pi / 180 * radius
    assert gaps.min() >= height and leaves[0].get_fontsize() >= 4
    for text in axes.texts:
        extent = text.get_window_extent()
        assert (
            extent.x0 >= -1
            and extent.y0 >= -1
            and extent.x1 <= figure.bbox.width + 1
            and extent.y1 <= figure.bbox.height + 1
        )


def test_contributions_are_stacked_to_the_score(board: td.Scoreboard) -> None:
    axes = board.plot_contributions(limit=5, language="en")
    bars = {container.get_label(): container for container in axes.containers}
    assert list(bars) == ["First pillar", "Second pillar"]
    ranking = board.ranking(5)
    ends = [bar.get_x() + bar.get_width() for bar in bars["Second pillar"]]
    assert ends == pytest.approx(
        list(ranking["score"]), abs=0.006
    )  # The rounding of the root is too small to be drawn.
    lines = board.explain("U00").lines
    contributions = dict(zip(lines["code"], lines["contribution"]))
    everyone = board.plot_contributions()
    place = [label.get_text().partition(" ")[2] for label in everyone.get_yticklabels()].index("Unit 0")
    assert everyone.containers[0][place].get_width() == pytest.approx(contributions["a1"] + contributions["a2"])
    assert axes.get_yticklabels()[0].get_text() == f"1. {list(ranking['name'])[0]}"
    assert (
        "first 5 of 24 units" in axes.get_title()
        and "5 đơn vị đầu trong 24 đơn vị" in board.plot_contributions(limit=5).get_title()
    )
    assert "Trụ cột một" in [text.get_text() for text in everyone.get_legend().get_texts()]
    assert everyone.get_xlabel() == "điểm" and axes.get_xlabel() == "points"
    with pytest.raises(ValueError, match="limit"):
        board.plot_contributions(limit=0)
    with pytest.raises(ValueError, match="language"):
        board.plot_contributions(language="fr")


def test_adjustments_that_can_be_seen_are_a_piece_of_their_own() -> None:
    model = copy.deepcopy(MODEL)
    model["root"]["cap"] = 40
    axes = td.score(model, data()).plot_contributions(limit=3, language="en")
    last = axes.containers[-1]
    assert last.get_label().startswith("adjustments") and min(bar.get_width() for bar in last) < 0


def test_one_unit_is_explained_by_a_bar_an_indicator(board: td.Scoreboard) -> None:
    explanation = board.explain("U03")
    lines = explanation.lines
    rows = {code: k for k, code in enumerate(lines["code"])}
    axes = explanation.plot(language="en")
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "Indicator one",
        "Indicator two",
        "Indicator three",
        "Indicator four",
    ]
    widths = [bar.get_width() for bar in axes.containers[0]]
    assert widths == pytest.approx([lines["contribution"][rows[code]] for code in ("a1", "a2", "b1", "b2")])
    lost = [bar.get_width() for bar in axes.containers[1]]
    assert lost == pytest.approx([lines["shortfall"][rows[code]] for code in ("a1", "a2", "b1", "b2")])
    assert axes.get_title().startswith(f"Unit 3: score {explanation.score:g}, rank {explanation.rank:g}")
    few = explanation.plot(limit=2)
    assert [label.get_text() for label in few.get_yticklabels()][-1] == "2 chỉ tiêu khác"
    assert sum(bar.get_width() for bar in few.containers[0]) == pytest.approx(explanation.score, abs=0.006)
    assert "còn có thể đạt" in [text.get_text() for text in few.get_legend().get_texts()]
    with pytest.raises(ValueError, match="limit"):
        explanation.plot(limit=0)


def test_distributions_show_every_value_before_and_after_treatment() -> None:
    columns = data()
    columns["a1"] = columns["a1"].copy()
    columns["a1"][0] = 60.0
    columns["b1"] = columns["b1"].copy()
    columns["b1"][1] = numpy.nan
    model = {**MODEL, "preparation": [{"step": "impute", "method": "median"}, {"step": "treat"}]}
    board = td.score(model, columns)
    (axes,) = board.plot_distributions(language="en")
    assert axes.get_title() == "Indicator one\n(1 treated points)"
    marked = [each.get_offsets()[:, 0].tolist() for each in axes.collections if each.get_gid() == "treated"]
    cells = board.preparation["treated"].cells
    assert marked == [[60.0], [float(cells["after"][0])]]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["before", "after"]
    points = sum(len(each.get_offsets()) for each in axes.collections)
    assert points == 2 * 24 and axes.get_xlabel() == "points"
    filled = board.plot_distributions(["b1", "b2"])
    assert (
        len(filled) == 2
        and filled[0].get_title() == "Chỉ tiêu b1"
        and filled[0].get_yticklabels()[0].get_text() == "giá trị"
    )
    assert [len(each.get_offsets()) for each in filled[0].collections if each.get_gid() == "imputed"] == [1]
    assert "giá trị được bù" in [text.get_text() for text in filled[0].figure.legends[0].get_texts()]
    own = matplotlib.pyplot.subplots(1, 2)[1]
    assert board.plot_distributions(["b1", "b2"], own)[1] is own[1]
    with pytest.raises(ValueError, match="axes: expected 2"):
        board.plot_distributions(["b1", "b2"], own[0])
    with pytest.raises(td.DataError, match="unknown_indicator"):
        board.plot_distributions(["nothing"])


def test_a_transformed_indicator_has_a_scale_of_its_own() -> None:
    model = {**MODEL, "preparation": [{"step": "treat", "maximum_winsorised": 0}]}
    columns = data()
    columns["a1"] = numpy.exp(3 * numpy.random.default_rng(2).normal(size=24))
    (axes,) = td.score(model, columns).plot_distributions(language="en")
    assert "transformed" in axes.get_title() and len(axes.figure.axes) == 2
    assert not any(len(each.get_offsets()) for each in axes.collections if each.get_gid() == "treated")


def test_without_a_preparation_every_indicator_is_drawn_as_it_is(board: td.Scoreboard) -> None:
    panels = board.plot_distributions(language="en")
    assert [axes.get_title() for axes in panels] == [f"Indicator {name}" for name in LEAVES.values()]
    assert len(board.plot_distributions(limit=2)) == 2
    assert panels[0].figure.get_suptitle() == "Index of pictures\nDistributions of indicators"


def test_correlations_are_framed_by_group_and_marked(board: td.Scoreboard) -> None:
    axes = board.plot_correlations(language="en")
    values = axes.images[0].get_array()
    results = board.results()
    matrix = numpy.corrcoef(numpy.column_stack([results[code] for code in ("a1", "a2", "b1", "b2")]), rowvar=False)
    assert numpy.asarray(values) == pytest.approx(matrix, abs=1e-12)
    kinds = [patch.get_gid() for patch in axes.patches]
    assert kinds.count("group") == 2 and kinds.count("redundant_pair") == 2 and kinds.count("negative_pair") == 2
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert [name.lstrip("▼○ ") for name in names] == [
        "Indicator one",
        "Indicator two",
        "Indicator three",
        "Indicator four",
    ]
    assert names[2].startswith(("▼", "○"))
    assert f"{matrix[0, 2]:.2f}" in texts(axes)
    legend = [text.get_text() for text in axes.figure.legends[0].get_texts()]
    assert "same group, redundant (above 0.92)" in legend and "same group, negative" in legend
    vietnamese = board.plot_correlations("A", method="spearman")
    assert vietnamese.get_title() == "Trụ cột một\nTương quan giữa các chỉ tiêu (hạng Spearman)"
    children = board.plot_correlations(elements="children", language="en")
    assert [label.get_text() for label in children.get_xticklabels()] == ["A", "B"]
    for wrong in ({"elements": "all"}, {"method": "cosine"}, {"node": "a1"}):
        with pytest.raises(ValueError):
            board.plot_correlations(**wrong)
    with pytest.raises(td.ModelError):
        board.plot_correlations("nothing")


def test_importance_stands_beside_the_weight(board: td.Scoreboard) -> None:
    axes = board.plot_importance(language="en")
    assert [bar.get_width() for bar in axes.containers[0]] == pytest.approx([75.0, 25.0])
    points = next(line for line in axes.lines if line.get_linestyle() == "None")
    results = board.results()
    found = td.kernels.diagnose.importance(
        numpy.column_stack([results["A"], results["B"]]), [3, 1], numpy.asarray(results["total"])
    )
    assert list(points.get_xdata()) == pytest.approx((found.relative_importance * 100).tolist())
    assert [label.get_text() for label in axes.get_yticklabels()] == ["First pillar", "Second pillar"]
    shares = board.plot_importance("B", measure="variance_share")
    assert shares.get_title() == "Trụ cột hai\nTrọng số và tầm quan trọng thực tế"
    assert [bar.get_width() for bar in shares.containers[0]] == pytest.approx([25.0, 75.0])
    with pytest.raises(ValueError, match="measure"):
        board.plot_importance(measure="size")


def test_pictures_go_where_they_are_asked_to(board: td.Scoreboard) -> None:
    for draw in (
        board.model.plot,
        board.plot_contributions,
        board.explain("U01").plot,
        board.plot_correlations,
        board.plot_importance,
    ):
        axes = matplotlib.pyplot.subplots()[1]
        assert draw(axes=axes) is axes


def test_without_matplotlib_it_says_what_to_install(board: td.Scoreboard, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    for draw in (
        board.model.plot,
        board.plot_contributions,
        board.plot_distributions,
        board.plot_importance,
        board.explain("U01").plot,
    ):
        with pytest.raises(ImportError, match=r"thuocdo\[plot\]"):
            draw()


EDGES: Dict[str, Dict[str, Any]] = {
    "nothing observed": {"a1": [None, None], "a2": [None, None]},
    "all equal": {"a1": [1.0, 1.0], "a2": [2.0, 2.0]},
    "one unit": {"a1": [1.0], "a2": [2.0]},
}


@pytest.mark.parametrize("name", list(EDGES))
def test_pictures_of_nearly_nothing(name: str) -> None:
    model = {**MODEL, "root": {"code": "total", "children": [leaf("a1"), leaf("a2")]}}
    columns = {"unit": [f"U{k}" for k in range(len(EDGES[name]["a1"]))], **EDGES[name]}
    board = td.score(model, columns)
    explained = board.explain("U0").plot(language="en")
    for axes in (board.plot_contributions(), explained, board.plot_correlations(), board.plot_importance()):
        assert drawn(axes)
    assert "without a score" in explained.get_title()
    assert drawn(board.plot_distributions()[0])
    undefined = [text for text in texts(board.plot_importance(language="en")) if text.endswith("undefined")]
    assert len(undefined) == 2


def test_a_penalty_stands_to_the_left_and_promises_nothing() -> None:
    children = [leaf("a1"), leaf("a2", role="penalty")]
    model = {**MODEL, "root": {"code": "total", "children": children}}
    board = td.score(model, {"unit": ["U", "V", "W"], "a1": [1.0, 2.0, 4.0], "a2": [1.0, 3.0, 2.0]})
    axes = board.explain("W").plot()
    assert [bar.get_width() for bar in axes.containers[0]] == [100.0, -50.0]
    assert [bar.get_width() for bar in axes.containers[1]] == [0.0, 0.0]
    penalties = board.plot_contributions().containers[1]
    assert sorted(bar.get_width() for bar in penalties) == [-100.0, -50.0, 0.0]
    assert all(bar.get_x() == 0 for bar in penalties)
