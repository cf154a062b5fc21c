"""Pictures with matplotlib, which is imported when one is asked for."""

from __future__ import annotations

from datetime import date
from typing import Any, Dict, List, Optional, Tuple

from . import _core
from ._languages import is_vietnamese

OBSERVED = "#1b6ca8"
PATH = "#7a7a7a"
TREND = "#c8553d"
COMPLETION = "#e0a458"
OUTCOME = "#1b6ca8"

#: Decimals of numbers written into pictures.
SHOWN_DIGITS = 2

#: Height of a row of bars and of all else, in inches.
ROW_HEIGHT = 0.42
FRAME_HEIGHT = 1.9

#: From the axis to the legend under it, in inches.
LEGEND_DISTANCE = 0.5

BAR_HEIGHT = 0.38

WORDS: Dict[str, Tuple[str, str]] = {
    "observed": ("số liệu quan sát", "observed"),
    "path": ("lộ trình đến mục tiêu", "path to the target"),
    "target": ("mục tiêu", "target"),
    "trend": ("xu hướng tuyến tính", "linear trend"),
    "interval": ("khoảng dự báo", "prediction interval"),
    "as_of": ("ngày đánh giá", "as of"),
    "per cent": ("% điểm tối đa của khối", "% of the full marks of the block"),
    "gap": ("Khoảng cách giữa hoàn thành đầu việc và hiệu quả thực chất", "Tasks completed against results achieved"),
    "of": ("đơn vị có khoảng cách lớn nhất trong tổng số", "units with the largest gaps of"),
    "unknown": ("chưa đánh giá được", "unknown"),
    "points": ("điểm", "points"),
    "ahead": ("chênh lệch quá", "gap beyond"),
}


def _word(name: str, vietnamese: bool) -> str:
    return WORDS[name][0 if vietnamese else 1]


def _new_axes(size: Tuple[float, float], grid: Tuple[int, int] = (1, 1)) -> Any:
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        raise ImportError("plot() needs matplotlib: pip install thuocdo[plot]") from None
    return plt.subplots(*grid, figsize=size, layout="constrained")[1]


def _number(value: float, digits: int = SHOWN_DIGITS) -> str:
    return _core.shortest(float(_core.round_decimal(value, digits, "half_up")))


def draw_track(drawing: Dict[str, Any], row: Dict[str, Any], as_of: date, axes: Any, language: str) -> Any:
    """Observations, path and trend of one indicator of one unit."""
    vietnamese = is_vietnamese(language)
    axes = _new_axes((8.5, 5.0)) if axes is None else axes
    days, values = drawing["path"]
    if len(days):
        axes.plot(days, values, color=PATH, linestyle="--", label=_word("path", vietnamese))
    days, values = drawing["trend"]
    if len(days):
        axes.plot(days, values, color=TREND, linewidth=1.2, label=_word("trend", vietnamese))
    if row["linear_lower"] == row["linear_lower"]:
        value = row["linear_value"]
        reach = [[value - row["linear_lower"]], [row["linear_upper"] - value]]
        label = f"{_word('interval', vietnamese)} {_number(drawing['level'] * 100)}%"
        axes.errorbar([row["target_date"]], [value], yerr=reach, color=TREND, marker="s", capsize=5, linestyle="none", label=label)
    days, values = drawing["observed"]
    axes.plot(days, values, color=OBSERVED, marker="o", label=_word("observed", vietnamese))
    last = row["target_date"]
    due = [(day, value) for day, value in zip(drawing["targets"][0].tolist(), drawing["targets"][1].tolist()) if last and day <= last]
    if due:
        axes.plot(*zip(*due), color="black", marker="*", markersize=11, linestyle="none", label=_word("target", vietnamese))
    for day, value in due:
        axes.annotate(_number(value), (day, value), xytext=(0, 8), textcoords="offset points", ha="center")
    day = f"{as_of:%d/%m/%Y}" if vietnamese else as_of.isoformat()
    axes.axvline(as_of, color="#bbbbbb", linewidth=1.0, zorder=0, label=f"{_word('as_of', vietnamese)} {day}")
    status = row["status_vi"] if vietnamese else row["status"].replace("_", " ")
    axes.set_title(f"{row['name_vi' if vietnamese else 'name']}\n{row['unit_name']}: {status}")
    axes.set_ylabel(drawing["unit"])
    axes.margins(y=0.12)
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    return axes


def draw_gaps(table: Dict[str, Any], names: Dict[str, Tuple[str, str]], threshold: float, axes: Any, limit: int, language: str) -> Any:
    """Two bars a unit, and the gap between them in figures."""
    vietnamese = is_vietnamese(language)
    if limit < 1:
        raise ValueError(f"limit: expected 1 or more, not {limit}")
    total = len(table["unit"])
    shown = min(limit, total)
    axes = _new_axes((9.0, FRAME_HEIGHT + ROW_HEIGHT * shown)) if axes is None else axes
    places = range(shown)
    for block, colour, shift in (("completion", COMPLETION, -BAR_HEIGHT / 2), ("outcome", OUTCOME, BAR_HEIGHT / 2)):
        widths = [0.0 if value != value else value for value in table[block][:shown].tolist()]
        label = names[block][0 if vietnamese else 1]
        axes.barh([place + shift for place in places], widths, height=BAR_HEIGHT, color=colour, label=label)
    right = 0.0
    for place in places:
        gap = float(table["gap"][place])
        ends = [value for value in (float(table["completion"][place]), float(table["outcome"][place])) if value == value]
        end = max(ends, default=0.0)
        right = max(right, end)
        known = gap == gap
        text = f"{'+' if gap > 0 else ''}{_number(gap)}" if known else _word("unknown", vietnamese)
        beyond = known and abs(gap) > threshold
        axes.annotate(
            text, (max(end, 0.0), place), xytext=(5, 0), textcoords="offset points", va="center",
            fontweight="bold" if beyond else "normal", color=TREND if beyond else "#444444",
        )  # fmt: skip
    axes.set_yticks(list(places), _unit_labels(table, shown))
    axes.set_ylim(shown - 0.5, -0.5)
    axes.set_xlim(left=min(0.0, axes.get_xlim()[0]), right=max(right, 1.0) * 1.15)
    axes.set_xlabel(_word("per cent", vietnamese))
    title = _word("gap", vietnamese)
    title += f"\n{_word('ahead', vietnamese)} {_number(threshold)} {_word('points', vietnamese)}: "
    title += "in đậm" if vietnamese else "in bold"
    if shown < total:
        title += f"; {shown} {_word('of', vietnamese)} {total}"
    axes.set_title(title, fontsize=11)
    axes.grid(axis="x", alpha=0.3)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    _legend_below(axes)
    return axes


def _legend_below(axes: Any, handles: Optional[List[Any]] = None) -> None:
    """Under the label of the axis, at the same distance for every number of bars."""
    from matplotlib.transforms import ScaledTranslation

    below = axes.transAxes + ScaledTranslation(0.0, -LEGEND_DISTANCE, axes.figure.dpi_scale_trans)
    given = {} if handles is None else {"handles": handles}
    axes.legend(**given, frameon=False, loc="upper center", bbox_to_anchor=(0.5, 0.0), bbox_transform=below, ncols=2)


def _unit_labels(table: Dict[str, Any], shown: int) -> List[str]:
    labels = []
    for place in range(shown):
        rank = float(table["rank"][place])
        before = "" if rank != rank else f"{int(rank)}. "
        labels.append(before + str(table["name"][place]))
    return labels
