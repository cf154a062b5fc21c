"""The picture of tasks completed against results achieved as points."""

from __future__ import annotations

from typing import Any, Dict, Tuple

import numpy

from . import _core
from ._board_plots import short
from ._label_places import label_points
from ._languages import is_vietnamese
from ._plots import OBSERVED, PATH, TREND, _legend_below, _new_axes, _number

SIZE = (8.2, 8.6)
BEHIND = "#3d8b5f"
BAND_COLOUR = "#eef2f5"
LABEL_LETTERS = 28
#: Free space around the points, as a share of their span, which is taken for at least so many points of 100.
MARGIN = 0.08
LEAST_SPAN = 10.0

WORDS: Dict[str, Tuple[str, str]] = {
    "gap": ("Khoảng cách giữa hoàn thành đầu việc và hiệu quả thực chất", "Tasks completed against results achieved"),
    "per cent": ("% điểm tối đa", "% of the full marks"),
    "balanced": ("tương xứng (chênh lệch đến {} điểm)", "in balance (gap up to {} points)"),
    "completion": ("hoàn thành vượt hiệu quả", "completion ahead of results"),
    "outcome": ("hiệu quả vượt hoàn thành", "results ahead of completion"),
    "median": ("trung vị của các đơn vị", "medians of the units"),
    "equal": ("hai khối bằng nhau", "both blocks equal"),
    "unknown": ("{} đơn vị chưa đánh giá được", "{} units unknown"),
}


def _word(name: str, vietnamese: bool) -> str:
    return WORDS[name][0 if vietnamese else 1]


def draw_gap_points(table: Dict[str, Any], names: Dict[str, Tuple[str, str]], threshold: float, axes: Any, limit: int, language: str) -> Any:
    """A point a unit; its distance to the diagonal is the gap. The first `limit` gaps are drawn and named."""
    vietnamese = is_vietnamese(language)
    if limit < 0:
        raise ValueError(f"limit: expected 0 or more, not {limit}")
    axes = _new_axes(SIZE) if axes is None else axes
    completion, outcome, gaps = table["completion"], table["outcome"], table["gap"]
    known = numpy.flatnonzero(~numpy.isnan(gaps)).tolist()
    ends = [*completion[known].tolist(), *outcome[known].tolist()] or [0.0, 100.0]
    margin = MARGIN * max(max(ends) - min(ends), LEAST_SPAN)
    low, high = min(ends) - margin, max(ends) + margin
    axes.fill_between([low, high], [low - threshold, high - threshold], [low + threshold, high + threshold], color=BAND_COLOUR, linewidth=0, zorder=0)
    axes.plot([low, high], [low, high], color=PATH, linewidth=1.0, zorder=1, label=_word("equal", vietnamese), gid="equal")
    if known:
        middle = {"color": PATH, "linestyle": ":", "linewidth": 1.1, "zorder": 1}
        axes.axvline(_core.quantile(completion[known], 0.5), label=_word("median", vietnamese), gid="median", **middle)
        axes.axhline(_core.quantile(outcome[known], 0.5), gid="median", **middle)
    kinds = (
        ("balanced", OBSERVED, [row for row in known if abs(gaps[row]) <= threshold]),
        ("completion", TREND, [row for row in known if gaps[row] > threshold]),
        ("outcome", BEHIND, [row for row in known if gaps[row] < -threshold]),
    )
    for kind, colour, rows in kinds:
        if rows:
            label = _word(kind, vietnamese).format(_number(threshold))
            axes.scatter(completion[rows], outcome[rows], s=34, color=colour, edgecolors="white", linewidths=0.6, zorder=3, label=label, gid=kind)
    axes.set_xlim(low, high)
    axes.set_ylim(low, high)
    axes.set_aspect("equal")
    for block, name in (("completion", "x"), ("outcome", "y")):
        words = short(names[block][0 if vietnamese else 1])
        getattr(axes, f"set_{name}label")(f"{words} ({_word('per cent', vietnamese)})")
    title = _word("gap", vietnamese)
    if len(known) < len(gaps):
        title += f"\n{_word('unknown', vietnamese).format(len(gaps) - len(known))}"
    axes.set_title(title, fontsize=11)
    axes.grid(alpha=0.25)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    _legend_below(axes)
    named = known[:limit]
    points = [(float(completion[row]), float(outcome[row])) for row in named]
    for x, y in points:
        axes.plot([x, x], [y, x], color="#a0a0a0", linewidth=0.9, zorder=2, gid="gap")
    texts = [f"{short(str(table['name'][row]), LABEL_LETTERS)} ({_signed(float(gaps[row]))})" for row in named]
    everyone = list(zip(completion[known].tolist(), outcome[known].tolist()))
    label_points(axes, points, texts, everyone, fontsize=8.5, zorder=5)
    return axes


def _signed(gap: float) -> str:
    return f"{'+' if gap > 0 else ''}{_number(gap, 1)}"
