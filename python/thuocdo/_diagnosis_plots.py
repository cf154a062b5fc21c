"""Pictures of what the data say about an index: correlations inside groups, and weights against actual importance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, List, Sequence, Tuple

import numpy
from numpy.typing import NDArray

from . import _core
from ._board_plots import BAR_WIDTH, FRAME_HEIGHT, ROW_HEIGHT, name_of, short
from ._languages import is_vietnamese
from ._models import IndexModel, Node
from ._plots import TREND, _legend_below, _new_axes, _number
from .kernels import diagnose

if TYPE_CHECKING:
    from ._boards import Scoreboard

#: Coefficients beyond which a pair of one group is flagged, and at which a p-value is no sign of a relation.
REDUNDANT = 0.92
WEAK = 0.3
SIGNIFICANT = 0.05

METHODS = ("pearson", "spearman", "kendall")

#: Side of a cell in inches, for few and for many columns, and what is around the cells.
LARGEST_CELL, SMALLEST_CELL = 0.62, 0.15
SIDE, EDGE = 9.0, 3.4

#: Columns up to which coefficients are written into the cells.
WRITTEN = 22

#: Letters of a label at the side, for few and for many columns.
LABEL_LETTERS = 30

MEASURES = {"correlation_ratio": "relative_importance", "variance_share": "variance_share"}

WEIGHT = "#7a7a7a"
IMPORTANCE = "#1b6ca8"
PER_CENT = 100.0

WORDS: Dict[str, Tuple[str, str]] = {
    "correlations": ("Tương quan giữa các chỉ tiêu", "Correlations"),
    "pearson": ("Pearson", "Pearson"),
    "spearman": ("hạng Spearman", "Spearman, of ranks"),
    "kendall": ("tau-b Kendall", "Kendall's tau-b"),
    "redundant_pair": ("cùng nhóm, trùng lặp (trên {})", "same group, redundant (above {})"),
    "negative_pair": ("cùng nhóm, ngược chiều", "same group, negative"),
    "negative_with_parent": ("▼ ngược chiều với nhóm", "▼ negative with its group"),
    "weak_with_parent": ("○ tương quan yếu với nhóm (dưới {})", "○ weak with its group (below {})"),
    "insignificant": ("xám: p ≥ {}", "grey: p ≥ {}"),
    "coefficient": ("hệ số tương quan", "coefficient"),
    "undefined": ("không xác định", "undefined"),
    "importance": ("Trọng số và tầm quan trọng thực tế", "Weights and actual importance"),
    "weight": ("trọng số", "weight"),
    "correlation_ratio": (
        "tầm quan trọng (tỷ số tương quan, quy về 100%)",
        "importance (correlation ratio, scaled to 100%)",
    ),
    "variance_share": ("tầm quan trọng (phần phương sai)", "importance (share of variance)"),
    "per cent": ("% của nhóm", "% of the group"),
}

#: Marks of children that go badly with their parent.
MARKS = {"negative_with_parent": "▼ ", "weak_with_parent": "○ "}


def _word(name: str, vietnamese: bool) -> str:
    return WORDS[name][0 if vietnamese else 1]


@dataclass
class Correlations:
    """Correlations of some nodes, which of them share a parent, and what is worth a look."""

    nodes: List[Node]
    table: diagnose.CorrelationTable
    #: Rows at which another group begins, without the first.
    borders: List[int]
    #: Places of pairs by kind of finding.
    pairs: Dict[str, List[Tuple[int, int]]]
    #: Kind of finding of a node with its parent, by place.
    with_parent: Dict[int, str]


def children_of(model: IndexModel, node: Node) -> List[Node]:
    """Scored children of a node."""
    return [each for each in model.nodes if each.parent == node.code and each.role == "scored"]


def correlations_of(
    board: "Scoreboard", node: Node, elements: str, method: str, redundant: float, weak: float
) -> Correlations:
    """Correlations of the leaves under a node or of its children, by their results, so that higher is better."""
    if elements not in ("indicators", "children"):
        raise ValueError(f'elements: expected "indicators" or "children", not {elements!r}')
    if method not in METHODS:
        raise ValueError(f"method: expected one of {', '.join(METHODS)}, not {method!r}")
    model = board.model
    nodes = children_of(model, node) if elements == "children" else _leaves_under(model, node)
    results = dict(zip(board._core.model.node_codes, board._core.model.node_order))
    values = board._core.results

    def of(chosen: Sequence[Node]) -> NDArray[numpy.float64]:
        return numpy.asfortranarray(values[:, [results[each.code] for each in chosen]])

    table = getattr(diagnose, f"{method}_table")(of(nodes))
    pairs: Dict[str, List[Tuple[int, int]]] = {"redundant_pair": [], "negative_pair": []}
    with_parent: Dict[int, str] = {}
    for parent in dict.fromkeys(each.parent for each in nodes):
        places = [k for k, each in enumerate(nodes) if each.parent == parent]
        found = diagnose.correlation_findings(
            of([nodes[k] for k in places]),
            values[:, results[str(parent)]],
            redundant=redundant,
            weak=weak,
            method=method,
        )
        for kind, first, second in zip(found["kind"], found["first"], found["second"]):
            if second < 0:
                with_parent[places[first]] = kind
            else:
                pairs[kind].append((places[first], places[second]))
    borders = [k for k in range(1, len(nodes)) if nodes[k].parent != nodes[k - 1].parent]
    return Correlations(nodes, table, borders, pairs, with_parent)


def _leaves_under(model: IndexModel, node: Node) -> List[Node]:
    under = {node.code}
    out = []
    for each in model.nodes:
        if each.parent in under and each.role == "scored":
            under.add(each.code)
            if each.leaf:
                out.append(each)
    return out


def draw_correlations(
    found: Correlations, title: str, method: str, redundant: float, weak: float, axes: Any, language: str
) -> Any:
    """A cell a pair, blue where they rise together and red where one falls; groups are framed and findings marked."""
    from matplotlib.patches import Rectangle

    vietnamese = is_vietnamese(language)
    count = len(found.nodes)
    cell = min(LARGEST_CELL, max(SMALLEST_CELL, SIDE / max(1, count)))
    axes = _new_axes((EDGE + 1.2 + cell * count, EDGE + cell * count)) if axes is None else axes
    size = max(4.0, min(9.0, cell * 72 * 0.55))
    coefficients = found.table.coefficients
    image = axes.imshow(numpy.ma.masked_invalid(coefficients), cmap=_colours(), vmin=-1.0, vmax=1.0)
    axes.set_facecolor("#d9d9d9")
    if count <= WRITTEN:
        _write(axes, found, min(8.0, size))
    places = range(count)
    axes.set_xticks(places, [short(each.code, LABEL_LETTERS) for each in found.nodes], rotation=90, fontsize=size)
    letters = [
        MARKS.get(found.with_parent.get(k, ""), "") + short(name_of(each, vietnamese), LABEL_LETTERS)
        for k, each in enumerate(found.nodes)
    ]
    axes.set_yticks(places, letters, fontsize=size)
    for border in found.borders:
        axes.axhline(border - 0.5, color="white", linewidth=2.5)
        axes.axvline(border - 0.5, color="white", linewidth=2.5)
    _frame_groups(axes, found)
    for kind, colour in (("redundant_pair", "#d19a2e"), ("negative_pair", "#111111")):
        for first, second in (*found.pairs[kind], *((b, a) for a, b in found.pairs[kind])):
            # What chance would do as well is marked, but does not shout.
            sure = bool(found.table.p_values[first, second] < SIGNIFICANT)
            line: Dict[str, Any] = {"edgecolor": colour if sure else "#9a9a9a", "linewidth": 1.6 if sure else 0.6}
            axes.add_patch(Rectangle((first - 0.42, second - 0.42), 0.84, 0.84, fill=False, zorder=4, gid=kind, **line))
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    bar = axes.figure.colorbar(image, ax=axes, shrink=min(1.0, 3.0 / max(1e-9, cell * count)), aspect=14, pad=0.02)
    bar.set_label(_word("coefficient", vietnamese), fontsize=8)
    bar.ax.tick_params(labelsize=8)
    axes.set_title(f"{title}\n{_word('correlations', vietnamese)} ({_word(method, vietnamese)})", fontsize=11)
    _legend_of_findings(axes, found, redundant, weak, vietnamese)
    return axes


def _colours() -> Any:
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("falls and rises", [TREND, "#f7f7f7", IMPORTANCE])


def _write(axes: Any, found: Correlations, size: float) -> None:
    """Coefficients into the cells; grey where the p-value says that chance would do."""
    for row in range(len(found.nodes)):
        for column in range(len(found.nodes)):
            value = float(found.table.coefficients[row, column])
            if value != value or row == column:
                continue
            sure = found.table.p_values[row, column] < SIGNIFICANT
            ink = ("white" if abs(value) > 0.6 else "#111111") if sure else "#8a8a8a"
            axes.text(column, row, _core.fixed(value, 2), ha="center", va="center", fontsize=size * 0.85, color=ink)


def _frame_groups(axes: Any, found: Correlations) -> None:
    from matplotlib.patches import Rectangle

    edges = [0, *found.borders, len(found.nodes)]
    for start, end in zip(edges, edges[1:]):
        axes.add_patch(
            Rectangle(
                (start - 0.5, start - 0.5),
                end - start,
                end - start,
                fill=False,
                edgecolor="#333333",
                linewidth=1.2,
                zorder=3,
                gid="group",
            )
        )


def _legend_of_findings(axes: Any, found: Correlations, redundant: float, weak: float, vietnamese: bool) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: List[Any] = []
    if found.pairs["redundant_pair"]:
        label = _word("redundant_pair", vietnamese).format(_number(redundant))
        handles.append(Patch(fill=False, edgecolor="#d19a2e", linewidth=1.6, label=label))
    if found.pairs["negative_pair"]:
        handles.append(Patch(fill=False, edgecolor="#111111", linewidth=1.6, label=_word("negative_pair", vietnamese)))
    for kind in ("negative_with_parent", "weak_with_parent"):
        if kind in found.with_parent.values():
            handles.append(Line2D([], [], linestyle="none", label=_word(kind, vietnamese).format(_number(weak))))
    if len(found.nodes) <= WRITTEN:
        handles.append(
            Line2D([], [], linestyle="none", label=_word("insignificant", vietnamese).format(_number(SIGNIFICANT)))
        )
    if bool(numpy.isnan(found.table.coefficients).any()):
        handles.append(Patch(color="#d9d9d9", label=_word("undefined", vietnamese)))
    if handles:
        axes.figure.legend(handles=handles, loc="outside lower center", ncols=2, frameon=False, fontsize=8)


def draw_importance(board: "Scoreboard", node: Node, measure: str, axes: Any, language: str) -> Any:
    """For each child of a node its weight as a bar and its actual importance as a point."""
    vietnamese = is_vietnamese(language)
    if measure not in MEASURES:
        raise ValueError(f"measure: expected one of {', '.join(MEASURES)}, not {measure!r}")
    children = children_of(board.model, node)
    results = dict(zip(board._core.model.node_codes, board._core.model.node_order))
    values = board._core.results
    shares = board.effective_weights()
    found = diagnose.importance(
        numpy.asfortranarray(values[:, [results[child.code] for child in children]]),
        [shares[child.code] for child in children],
        values[:, results[node.code]],
    )
    weights = found.intended_weight * PER_CENT
    importance = getattr(found, MEASURES[measure]) * PER_CENT
    shown = len(children)
    axes = _new_axes((BAR_WIDTH, FRAME_HEIGHT + ROW_HEIGHT * shown)) if axes is None else axes
    places = numpy.arange(shown)
    axes.barh(places, weights, height=0.6, color="#d5dbe1", label=_word("weight", vietnamese))
    for place in range(shown):
        if importance[place] == importance[place]:
            axes.plot([weights[place], importance[place]], [place, place], color=IMPORTANCE, linewidth=1.6, zorder=3)
    axes.plot(
        importance, places, linestyle="none", marker="o", color=IMPORTANCE, zorder=4, label=_word(measure, vietnamese)
    )
    ends = numpy.fmax(weights, importance)
    for place, (weight, value) in enumerate(zip(weights.tolist(), importance.tolist())):
        text = f"{_number(value)}%" if value == value else _word("undefined", vietnamese)
        axes.annotate(
            f"{_number(weight)}% → {text}",
            (ends[place], place),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
        )
    axes.set_yticks(places, [short(name_of(child, vietnamese)) for child in children])
    axes.set_ylim(shown - 0.5, -0.5)
    left = min(0.0, float(numpy.nanmin(importance, initial=0.0))) * 1.1
    axes.set_xlim(left=left, right=float(numpy.nanmax(ends, initial=1.0)) * 1.22)
    axes.set_xlabel(_word("per cent", vietnamese))
    axes.set_title(f"{name_of(node, vietnamese)}\n{_word('importance', vietnamese)}", fontsize=11)
    axes.axvline(0.0, color="#888888", linewidth=0.8)
    axes.grid(axis="x", alpha=0.3)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    _legend_below(axes)
    return axes
