"""Pictures of what a ranking depends on."""

from __future__ import annotations

from typing import Any, Dict, List, Sequence, Tuple

import numpy

from ._board_plots import short
from ._languages import is_vietnamese
from ._plots import OBSERVED, PATH, TREND, _legend_below, _new_axes, _number

#: Height of a row, of all else, and width of a picture, in inches.
ROW_HEIGHT = 0.32
FRAME_HEIGHT = 1.9
WIDTH = 9.0

#: Ranks that the legend of a picture names; between them the colours go on.
LEGEND_RANKS = 8

#: Units that are named along the axis, and whose figures are written into their cells.
NAMED_UNITS = 45
WRITTEN_UNITS = 24

#: Places that are numbered along the axis where there are more.
TICKS = 9

#: Share of a colour scale beyond which ink on it is white.
DARK = 0.6

WORDS: Dict[str, Tuple[str, str]] = {
    "acceptability": ("Xác suất đạt từng thứ hạng (SMAA-2)", "Rank acceptability (SMAA-2)"),
    "share of draws": ("tỷ lệ số lần mô phỏng", "share of the draws"),
    "draws": ("lần mô phỏng", "draws"),
    "rank": ("hạng", "rank"),
    "first": ("Khoảng trọng số giữ nguyên đơn vị đứng đầu", "Shares of weight that keep the first place"),
    "top": ("Khoảng trọng số giữ nguyên {} hạng đầu", "Shares of weight that keep the first {} ranks"),
    "weight": ("tỷ trọng trong nhóm", "share of the weight among siblings"),
    "kept": ("giữ nguyên thứ hạng", "order kept"),
    "now": ("trọng số hiện tại", "current weight"),
    "left out": ("Thay đổi thứ hạng khi bỏ từng chỉ tiêu", "Change of rank when one element is left out"),
    "gained": ("số bậc tăng (+) hoặc giảm (−)", "places gained (+) or lost (−)"),
    "units": ("đơn vị, theo thứ hạng ban đầu", "units, by nominal rank"),
    "mean": ("TB", "mean"),
    "of": ("{} trong {}", "{} of {}"),
}


def _word(name: str, vietnamese: bool) -> str:
    return WORDS[name][0 if vietnamese else 1]


def _title(axes: Any, text: str, shown: int, total: int, vietnamese: bool) -> None:
    if shown < total:
        text += f" ({_word('of', vietnamese).format(shown, total)})"
    axes.set_title(text, fontsize=11)


def _check_limit(limit: int) -> None:
    if limit < 1:
        raise ValueError(f"limit: expected 1 or more, not {limit}")


def draw_acceptability(core: Any, axes: Any, limit: int, language: str) -> Any:
    """A bar an alternative, a piece a rank."""
    from matplotlib import colormaps

    vietnamese = is_vietnamese(language)
    _check_limit(limit)
    shares = core.rank_acceptability
    order = numpy.argsort(-core.holistic_acceptability, kind="stable")[:limit]
    axes = _new_axes((WIDTH, FRAME_HEIGHT + ROW_HEIGHT * len(order))) if axes is None else axes
    total = shares.shape[1]
    colours = colormaps["viridis"](numpy.linspace(0.05, 0.95, total)) if total > 1 else colormaps["viridis"]([0.05])
    named = set(numpy.linspace(0, total - 1, min(total, LEGEND_RANKS)).round().astype(int).tolist())
    left = numpy.zeros(len(order))
    places = numpy.arange(len(order))
    for rank in range(total):
        widths = shares[order, rank]
        label = f"{_word('rank', vietnamese)} {rank + 1}" if rank in named else None
        axes.barh(places, widths, left=left, height=0.78, color=colours[rank], label=label, edgecolor="white", linewidth=0.4)
        left = left + widths
    axes.set_yticks(places, [short(core.alternatives[row]) for row in order])
    axes.set_ylim(len(order) - 0.5, -0.5)
    axes.set_xlim(0.0, 1.0)
    axes.set_xlabel(f"{_word('share of draws', vietnamese)} ({core.draws} {_word('draws', vietnamese)})")
    _title(axes, _word("acceptability", vietnamese), len(order), shares.shape[0], vietnamese)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=8)
    return axes


def draw_stability(table: Dict[str, Any], order: str, top: int, axes: Any, limit: int, language: str) -> Any:
    """A line a node from the lowest to the highest share, with the share it has."""
    vietnamese = is_vietnamese(language)
    _check_limit(limit)
    if order not in ("first", "top"):
        raise ValueError(f'order: expected "first" or "top", not {order!r}')
    lowest, highest, share = table[f"{order}_lowest"], table[f"{order}_highest"], table["share"]
    room = numpy.minimum(share - lowest, highest - share)
    known = numpy.flatnonzero(~numpy.isnan(room))
    rows = known[numpy.argsort(room[known], kind="stable")][:limit]
    axes = _new_axes((WIDTH, FRAME_HEIGHT + ROW_HEIGHT * len(rows))) if axes is None else axes
    places = numpy.arange(len(rows))
    axes.hlines(places, 0.0, 1.0, color="#e4e4e4", linewidth=5.0, zorder=0)
    axes.hlines(places, lowest[rows], highest[rows], color=OBSERVED, linewidth=5.0, label=_word("kept", vietnamese))
    axes.plot(share[rows], places, "o", color=TREND, markersize=6, label=_word("now", vietnamese))
    for place, row in enumerate(rows.tolist()):
        for end, who, shift, side in ((lowest, "below", -4, "right"), (highest, "above", 4, "left")):
            unit = table[f"{order}_overtaker_{who}"][row]
            if unit:
                axes.annotate(
                    unit, (end[row], place), xytext=(shift, 0), textcoords="offset points", ha=side, va="center", fontsize=7.5, color="#444444"
                )
    names = table["name_vi" if vietnamese else "name"]
    axes.set_yticks(places, [short(names[row] or table["node"][row]) for row in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(-0.08, 1.08)
    axes.set_xlabel(_word("weight", vietnamese))
    _title(axes, _word(order, vietnamese).format(top), len(rows), len(share), vietnamese)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    _legend_below(axes)
    return axes


def draw_left_out(
    table: Dict[str, Any],
    by_mean: Sequence[int],
    gained: Any,
    units: Sequence[int],
    names: Sequence[str],
    axes: Any,
    limit: int,
    language: str,
) -> Any:
    """A cell a unit and element: the places gained or lost."""
    vietnamese = is_vietnamese(language)
    _check_limit(limit)
    moved: List[int] = [row for row in by_mean if table["mean_shift"][row] == table["mean_shift"][row]]
    rows = moved[:limit]
    ranked = [unit for unit in units if not numpy.isnan(gained[unit][rows]).all()] if rows else []
    cells = gained[numpy.ix_(ranked, rows)].T if rows else numpy.zeros((0, 0))
    width = max(WIDTH, min(len(ranked), NAMED_UNITS) * 0.32 + 4.5)
    axes = _new_axes((width, FRAME_HEIGHT + 0.9 + ROW_HEIGHT * max(len(rows), 1))) if axes is None else axes
    largest = float(numpy.nanmax(numpy.abs(cells))) if cells.size else 0.0
    reach = max(largest, 1.0)
    if cells.size:
        image = axes.imshow(cells, cmap="RdBu", vmin=-reach, vmax=reach, aspect="auto", interpolation="nearest")
        bar = axes.figure.colorbar(image, ax=axes, pad=0.1, fraction=0.04)
        bar.set_label(_word("gained", vietnamese))
    if len(ranked) <= WRITTEN_UNITS:
        for (row, column), value in numpy.ndenumerate(cells):
            if value == value and value != 0.0:
                ink = "white" if abs(value) > DARK * reach else "black"
                text = f"{'+' if value > 0 else '−'}{_number(abs(float(value)))}"
                axes.text(column, row, text, ha="center", va="center", fontsize=7.5, color=ink)
    labels = table["name_vi" if vietnamese else "name"]
    axes.set_yticks(range(len(rows)), [short(labels[row] or table["element"][row]) for row in rows])
    for place, row in enumerate(rows):
        figure = f"{_word('mean', vietnamese)} {_number(float(table['mean_shift'][row]))}"
        axes.annotate(
            figure, (1.0, place), xycoords=("axes fraction", "data"), xytext=(4, 0), textcoords="offset points", va="center", fontsize=7.5, color=PATH
        )
    if len(ranked) <= NAMED_UNITS:
        axes.set_xticks(range(len(ranked)), [short(names[unit], 24) for unit in ranked], rotation=60, ha="right", rotation_mode="anchor", fontsize=8)
    else:
        # Counted from 1, as ranks are.
        ends = numpy.linspace(1, len(ranked), TICKS).round().astype(int)
        axes.set_xticks(ends - 1, [str(end) for end in ends])
    axes.set_xlabel(_word("units", vietnamese))
    _title(axes, _word("left out", vietnamese), len(rows), len(table["element"]), vietnamese)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    return axes
