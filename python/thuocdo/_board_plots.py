"""Pictures of where the points of units came from."""

from __future__ import annotations

import math
from typing import Any, Dict, List, Mapping, Sequence, Tuple

import numpy
from numpy.typing import NDArray

from . import _core
from ._languages import is_vietnamese
from ._model_plots import GROUP_COLOURS
from ._models import IndexModel, Node
from ._plots import SHOWN_DIGITS, _legend_below, _new_axes, _number

ADJUSTMENT = "#b8b8b8"
SHORTFALL = "#e4e4e4"

#: Height of a bar, of all else, and width of a picture of bars, in inches.
ROW_HEIGHT = 0.34
FRAME_HEIGHT = 1.9
BAR_WIDTH = 10.0
BAR_FILL = 0.72

#: Share of the axis below which a piece of a bar is too narrow for its figure.
NARROW = 0.045

#: Totals below which figures have one digit more.
SMALL_TOTAL = 10.0

#: Decimals up to which a score is written as it is.
MOST_DIGITS = 4

#: Letters of a label at the side of a bar.
SIDE_LETTERS = 46


WORDS: Dict[str, Tuple[str, str]] = {
    "points": ("điểm", "points"),
    "adjustments": ("điều chỉnh (làm tròn, giới hạn, hàm tổng hợp)", "adjustments (rounding, bounds, aggregation)"),
    "contributions": ("Đóng góp vào tổng điểm", "Contributions to the total"),
    "first": ("{} đơn vị đầu trong {} đơn vị", "first {} of {} units"),
    "rank": ("hạng", "rank"),
    "score": ("điểm", "score"),
    "unknown": ("chưa đánh giá được", "without a score"),
    "lost": ("còn có thể đạt", "could still be gained"),
    "others": ("chỉ tiêu khác", "other indicators"),
}


def _word(name: str, vietnamese: bool) -> str:
    return WORDS[name][0 if vietnamese else 1]


def _digits(largest: float) -> int:
    """Decimals of figures whose largest is so large."""
    return SHOWN_DIGITS if abs(largest) >= SMALL_TOTAL else SHOWN_DIGITS + 1


def _score(score: float) -> str:
    """As published where it is rounded, else with as many decimals as other figures."""
    published = _core.shortest(score)
    return published if len(published.partition(".")[2]) <= MOST_DIGITS else _number(score, _digits(score))


def short(text: str, letters: int = SIDE_LETTERS) -> str:
    """A label of at most so many letters."""
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def name_of(node: Node, vietnamese: bool) -> str:
    return node.name_vi if vietnamese else node.name


class _Stack:
    """Bars of pieces, those above 0 to the right and those below to the left."""

    def __init__(self, axes: Any, rows: int) -> None:
        self.axes = axes
        self.right = numpy.zeros(rows)
        self.left = numpy.zeros(rows)
        self.pieces: List[Tuple[NDArray[numpy.float64], NDArray[numpy.float64], str]] = []

    def add(self, widths: NDArray[numpy.float64], colour: Any, label: str, **style: Any) -> None:
        """One piece of every bar; NaN is no piece."""
        known = numpy.where(numpy.isnan(widths), 0.0, widths)
        start = numpy.where(known >= 0, self.right, self.left)
        places = numpy.arange(len(known))
        self.axes.barh(
            places,
            known,
            left=start,
            height=BAR_FILL,
            color=colour,
            label=label,
            edgecolor="white",
            linewidth=0.5,
            **style,
        )
        self.right = self.right + numpy.where(known > 0, known, 0.0)
        self.left = self.left + numpy.where(known < 0, known, 0.0)
        self.pieces.append((start, known, _ink(colour)))

    def figures(self, span: float, digits: int) -> None:
        """Writes into every piece that is wide enough how much it is."""
        for start, widths, ink in self.pieces:
            for place, (begin, width) in enumerate(zip(start.tolist(), widths.tolist())):
                if abs(width) >= NARROW * span:
                    self.axes.text(
                        begin + width / 2,
                        place,
                        _number(width, digits),
                        ha="center",
                        va="center",
                        fontsize=7.5,
                        color=ink,
                    )


def _ink(colour: Any) -> str:
    from matplotlib.colors import to_rgb

    red, green, blue = to_rgb(colour)
    return "white" if 0.299 * red + 0.587 * green + 0.114 * blue < 0.6 else "#222222"


def _bare(axes: Any, rows: int) -> None:
    axes.set_ylim(max(rows, 1) - 0.5, -0.5)
    axes.grid(axis="x", alpha=0.3)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.axvline(0.0, color="#888888", linewidth=0.8)


def _parts(
    model: IndexModel,
    lines: Sequence[Mapping[str, Any]],
    adjustments: Sequence[Tuple[str, str, float]],
    tops: Sequence[Node],
) -> List[float]:
    """Contribution of the leaves under each of some nodes, and the sum of the adjustments; together the total."""
    under = _top_of(model, tops)
    out = []
    for top in tops:
        given = [line["contribution"] for line in lines if line["leaf"] and under.get(line["code"]) == top.code]
        known = numpy.array([each for each in given if each == each])
        out.append(float(_core.exact_sum(known)) if len(known) else math.nan)
    out.append(float(_core.exact_sum(numpy.array([amount for _, _, amount in adjustments], dtype=numpy.float64))))
    return out


def _top_of(model: IndexModel, tops: Sequence[Node]) -> Dict[str, str]:
    """Which of some nodes each node is under, or is."""
    found: Dict[str, str] = {node.code: node.code for node in tops}
    for node in model.nodes:
        if node.code not in found and node.parent in found:
            found[node.code] = found[node.parent]
    return found


def _parts_of_total(model: IndexModel) -> List[Node]:
    """Children of the root that count."""
    root = model.nodes[0]
    return [node for node in model.nodes if node.parent == root.code and node.role != "monitored"] or [root]


def draw_contributions(
    model: IndexModel,
    rows: Sequence[Mapping[str, Any]],
    explanations: Sequence[Any],
    total: int,
    axes: Any,
    language: str,
) -> Any:
    """A bar a unit, in pieces of the children of the root; the pieces make the score."""
    vietnamese = is_vietnamese(language)
    shown = len(rows)
    axes = _new_axes((BAR_WIDTH, FRAME_HEIGHT + 0.5 + ROW_HEIGHT * shown)) if axes is None else axes
    tops = _parts_of_total(model)
    table = numpy.array([_parts(model, each.lines(), each.adjustments(), tops) for each in explanations]).reshape(
        shown, len(tops) + 1
    )
    stack = _Stack(axes, shown)
    for k, node in enumerate(tops):
        stack.add(table[:, k], GROUP_COLOURS[k % len(GROUP_COLOURS)], short(name_of(node, vietnamese)))
    if any(_number(amount) != "0" for amount in table[:, -1].tolist()):
        stack.add(table[:, -1], ADJUSTMENT, _word("adjustments", vietnamese))
    right = float(stack.right.max(initial=0.0))
    span = (right - float(stack.left.min(initial=0.0))) or 1.0
    stack.figures(span, _digits(right))
    for place, row in enumerate(rows):
        axes.annotate(
            _score(row["score"]),
            (stack.right[place], place),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontweight="bold",
            fontsize=8.5,
        )
    axes.set_yticks(range(shown), [_ranked(row) for row in rows])
    _bare(axes, shown)
    axes.set_xlim(left=min(0.0, float(stack.left.min(initial=0.0))) * 1.05, right=right + 0.1 * span)
    axes.set_xlabel(_word("points", vietnamese))
    title = f"{model.name_vi if vietnamese else model.name}\n{_word('contributions', vietnamese)}"
    if shown < total:
        title += f"; {_word('first', vietnamese).format(shown, total)}"
    axes.set_title(title, fontsize=11)
    _legend_below(axes)
    return axes


def _ranked(row: Mapping[str, Any]) -> str:
    rank = float(row["rank"])
    return short(str(row["name"]) if rank != rank else f"{_number(rank)}. {row['name']}")


def draw_explanation(core: _core.Explanation, axes: Any, limit: int, language: str) -> Any:
    """A bar an indicator: its part of the total, and what the total would gain at its best result."""
    vietnamese = is_vietnamese(language)
    if limit < 1:
        raise ValueError(f"limit: expected 1 or more, not {limit}")
    lines, row = core.lines(), core.row()
    groups = _groups_of_lines(lines)
    leaves = [
        line
        for line in lines
        if line["leaf"] and line["contribution"] == line["contribution"] and line["role"] != "monitored"
    ]
    shown = _largest(leaves, limit)
    adjustments = [amount for _, _, amount in core.adjustments()]
    bars: List[Tuple[str, float, float, Any]] = [
        (
            short(line["name_vi" if vietnamese else "name"]),
            line["contribution"],
            line["shortfall"],
            groups[line["code"]],
        )
        for line in shown
    ]
    rest = [line["contribution"] for line in leaves if line not in shown]
    if rest:
        bars.append(
            (
                f"{len(rest)} {_word('others', vietnamese)}",
                float(_core.exact_sum(numpy.array(rest))),
                math.nan,
                ADJUSTMENT,
            )
        )
    other = float(_core.exact_sum(numpy.array(adjustments, dtype=numpy.float64)))
    if _number(other) != "0":
        bars.append((short(_word("adjustments", vietnamese)), other, math.nan, ADJUSTMENT))
    axes = _new_axes((BAR_WIDTH, FRAME_HEIGHT + ROW_HEIGHT * len(bars))) if axes is None else axes
    stack = _Stack(axes, len(bars))
    contributions = numpy.array([bar[1] for bar in bars])
    axes.barh(
        numpy.arange(len(bars)),
        contributions,
        height=BAR_FILL,
        color=[bar[3] for bar in bars],
        edgecolor="white",
        linewidth=0.5,
    )
    stack.right = numpy.maximum(contributions, 0.0)
    stack.left = numpy.minimum(contributions, 0.0)
    # The best result of a penalty is the largest penalty, which is nothing to be gained.
    lost = numpy.array([bar[2] if bar[2] > 0 else math.nan for bar in bars])
    stack.add(lost, SHORTFALL, _word("lost", vietnamese), hatch="////")
    right, left = float(stack.right.max(initial=0.0)), float(stack.left.min(initial=0.0))
    digits = _digits(row["score"])
    for place, (_, amount, gain, _) in enumerate(bars):
        text = _number(amount, digits) + (
            f"  (+{_number(gain, digits)})" if gain > 0 and _number(gain, digits) != "0" else ""
        )
        axes.annotate(
            text, (stack.right[place], place), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8
        )
    axes.set_yticks(range(len(bars)), [bar[0] for bar in bars])
    _bare(axes, len(bars))
    axes.set_xlim(left=left * 1.05, right=right + 0.16 * ((right - left) or 1.0))
    axes.set_xlabel(_word("points", vietnamese))
    axes.set_title(_title_of(row, vietnamese), fontsize=11)
    _legend_of_groups(axes, lines, groups, vietnamese)
    return axes


def _title_of(row: Mapping[str, Any], vietnamese: bool) -> str:
    if row["score"] != row["score"]:
        return f"{row['name']}: {_word('unknown', vietnamese)}\n{_word('contributions', vietnamese)}"
    title = f"{row['name']}: {_word('score', vietnamese)} {_score(row['score'])}"
    if row["rank"] == row["rank"]:
        title += f", {_word('rank', vietnamese)} {_number(row['rank'])}"
    return f"{title}\n{_word('contributions', vietnamese)}"


def _groups_of_lines(lines: Sequence[Mapping[str, Any]]) -> Dict[str, str]:
    """Colour of each line: that of the child of the root that it is under."""
    out: Dict[str, str] = {}
    colour = GROUP_COLOURS[0]
    tops = 0
    for line in lines:
        if line["depth"] == 1:
            colour = GROUP_COLOURS[tops % len(GROUP_COLOURS)]
            tops += 1
        out[line["code"]] = colour
    return out


def _largest(leaves: Sequence[Mapping[str, Any]], limit: int) -> List[Mapping[str, Any]]:
    """The leaves with the largest reach, in the order of the model."""
    if len(leaves) <= limit:
        return list(leaves)

    def reach(line: Mapping[str, Any]) -> float:
        gain = line["shortfall"]
        return abs(float(line["contribution"])) + (gain if gain == gain else 0.0)

    chosen = {line["code"] for line in sorted(leaves, key=lambda each: -reach(each))[:limit]}
    return [line for line in leaves if line["code"] in chosen]


def _legend_of_groups(
    axes: Any, lines: Sequence[Mapping[str, Any]], groups: Mapping[str, str], vietnamese: bool
) -> None:
    from matplotlib.patches import Patch

    tops = [line for line in lines if line["depth"] == 1 and line["role"] != "monitored"]
    known = [
        Patch(color=groups[line["code"]], label=short(line["name_vi" if vietnamese else "name"]))
        for line in tops
        if not line["leaf"]
    ]
    known.append(Patch(facecolor=SHORTFALL, hatch="////", edgecolor="white", label=_word("lost", vietnamese)))
    _legend_below(axes, known)
