"""Pictures of how sure ranks are, and of what that depends on."""

from __future__ import annotations

from typing import Any, Dict, List, Tuple

import numpy

from ._board_plots import short
from ._languages import is_vietnamese
from ._plots import OBSERVED, PATH, TREND, _legend_below, _new_axes, _number

#: Height of a row, of all else, and width of a picture, in inches.
ROW_HEIGHT = 0.27
FRAME_HEIGHT = 1.9
WIDTH = 9.0

#: Width of a column of the heat map, and of all else.
COLUMN_WIDTH = 0.27
MARGIN_WIDTH = 4.0
MOST_WIDTH = 16.0

#: Units up to which the shares are written into the cells of the heat map.
WRITTEN_UNITS = 24
#: A share that is written is at least this.
WRITTEN_SHARE = 0.01
#: Colours go by this power of the share, so that small shares can be told from none.
COLOUR_POWER = 0.5
#: Where the axis of ranks starts: a rank of 0 would be in it otherwise.
FIRST_RANK_EDGE = 0.4

#: Ranks that are numbered along the axis.
TICKS = 12

#: Share of a colour scale beyond which ink on it is white.
DARK = 0.6

#: Height of a bar of one of the two orders, and of a row of them in inches.
BAR_HEIGHT = 0.38
BAR_ROW_HEIGHT = 0.5
TOTAL = "#e0a458"

WORDS: Dict[str, Tuple[str, str]] = {
    "intervals": ("Thứ hạng và khoảng thứ hạng", "Ranks and how sure they are"),
    "acceptability": ("Xác suất đạt từng thứ hạng", "How often each unit has each rank"),
    "rank": ("hạng", "rank"),
    "interval": ("khoảng {}% số lần mô phỏng", "{}% of the draws"),
    "median": ("trung vị", "median"),
    "published": ("hạng công bố", "published rank"),
    "share": ("tỷ lệ số lần mô phỏng", "share of the draws"),
    "draws": ("lần mô phỏng", "draws"),
    "of": ("{} trong {} đơn vị", "{} of {} units"),
    "sensitivity": ("Lựa chọn nào làm thay đổi kết quả", "Which choices move the result"),
    "mean_rank_shift": ("số bậc thay đổi bình quân", "mean shift of ranks"),
    "score": ("điểm", "score"),
    "variance": ("tỷ trọng phương sai", "share of the variance"),
    "first_order": ("riêng yếu tố", "alone (first order)"),
    "total": ("kể cả tương tác", "with interactions (total)"),
}


def _word(name: str, vietnamese: bool) -> str:
    return WORDS[name][0 if vietnamese else 1]


def _check_top(top: int) -> None:
    if top < 1:
        raise ValueError(f"top: expected 1 or more, not {top}")


def _title(name: str, core: Any, shown: int, total: int, vietnamese: bool) -> str:
    notes = [f"{core.draws} {_word('draws', vietnamese)}"]
    if shown < total:
        notes.insert(0, _word("of", vietnamese).format(shown, total))
    return f"{_word(name, vietnamese)} ({', '.join(notes)})"


def _labels(table: Dict[str, Any], rows: List[int]) -> List[str]:
    labels = []
    for row in rows:
        rank = float(table["rank"][row])
        before = "" if rank != rank else f"{_number(rank)}. "
        labels.append(before + short(table["name"][row]))
    return labels


def draw_intervals(core: Any, level: float, axes: Any, top: int, language: str) -> Any:
    """A line a unit from the lower to the upper rank, by median."""
    vietnamese = is_vietnamese(language)
    _check_top(top)
    table = core.columns(level)
    medians = table["rank_median"]
    order = numpy.argsort(medians, kind="stable")
    rows: List[int] = [int(row) for row in order if not numpy.isnan(medians[row])][:top]
    axes = _new_axes((WIDTH, FRAME_HEIGHT + ROW_HEIGHT * len(rows))) if axes is None else axes
    places = numpy.arange(len(rows))
    low, high = table["rank_low"][rows], table["rank_high"][rows]
    interval = _word("interval", vietnamese).format(_number(level * 100))
    # The caps keep an interval of a single rank visible.
    axes.hlines(places, low, high, color=OBSERVED, alpha=0.45, linewidth=6.0, capstyle="round", label=interval)
    axes.plot(medians[rows], places, "|", color=OBSERVED, markersize=11, markeredgewidth=2.2, label=_word("median", vietnamese))
    axes.plot(table["rank"][rows], places, "D", color=TREND, markersize=4.5, label=_word("published", vietnamese))
    axes.set_yticks(places, _labels(table, rows))
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(left=FIRST_RANK_EDGE)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlabel(_word("rank", vietnamese))
    axes.set_title(_title("intervals", core, len(rows), len(medians), vietnamese), fontsize=11)
    axes.grid(axis="x", alpha=0.3)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    _legend_below(axes)
    return axes


def draw_acceptability(core: Any, axes: Any, top: int, language: str) -> Any:
    """A cell a unit and rank: the share of the draws in which it had it."""
    from matplotlib.colors import PowerNorm

    vietnamese = is_vietnamese(language)
    _check_top(top)
    board = core.board
    total = len(board.ranks)
    shares = core.rank_acceptability()
    ranks = core.acceptability_ranks()
    units: List[int] = [unit for unit in board.ranked_units if not numpy.isnan(shares[unit]).any()][:top]
    cells = shares[units]
    met = numpy.flatnonzero((cells > 0.0).any(axis=0)) if units else numpy.zeros(0, dtype=numpy.intp)
    columns = int(met[-1]) + 1 if len(met) else 0
    cells, ranks = cells[:, :columns], ranks[:columns]
    width = min(MARGIN_WIDTH + COLUMN_WIDTH * columns, MOST_WIDTH)
    if len(units) <= WRITTEN_UNITS:
        width = max(width, min(MARGIN_WIDTH + 2 * COLUMN_WIDTH * columns, MOST_WIDTH))
    axes = _new_axes((max(width, WIDTH), FRAME_HEIGHT + ROW_HEIGHT * len(units))) if axes is None else axes
    if cells.size:
        norm = PowerNorm(COLOUR_POWER, vmin=0.0, vmax=float(cells.max()))
        image = axes.imshow(cells, cmap="Blues", norm=norm, aspect="auto", interpolation="nearest")
        bar = axes.figure.colorbar(image, ax=axes, pad=0.02, fraction=0.04)
        bar.set_label(_word("share", vietnamese))
        bar.outline.set_visible(False)
        bar.ax.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
        if len(units) <= WRITTEN_UNITS:
            for (row, column), share in numpy.ndenumerate(cells):
                if share >= WRITTEN_SHARE:
                    ink = "white" if norm(share) > DARK else "black"
                    axes.text(column, row, f"{share:.0%}", ha="center", va="center", fontsize=7, color=ink)
    published = [(int(numpy.searchsorted(ranks, board.ranks[unit], side="right")) - 1, row) for row, unit in enumerate(units)]
    marks = [(column, row) for column, row in published if board.ranks[units[row]] == board.ranks[units[row]] and column >= 0]
    for number, (column, row) in enumerate(marks):
        label = _word("published", vietnamese) if number == 0 else None
        axes.add_patch(_frame(column, row, label))
    names = board.panel.units.display_names()
    axes.set_yticks(range(len(units)), [short(names[unit]) for unit in units])
    every = max(1, -(-columns // TICKS)) if columns > 2 * TICKS else 1
    shown = list(range(0, columns, every))
    axes.set_xticks(shown, [_number(float(ranks[column])) for column in shown])
    axes.set_xlabel(_word("rank", vietnamese))
    axes.set_title(_title("acceptability", core, len(units), total, vietnamese), fontsize=11)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    if marks:
        _legend_below(axes)
    return axes


def _frame(column: int, row: int, label: Any) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((column - 0.5, row - 0.5), 1.0, 1.0, fill=False, edgecolor=TREND, linewidth=1.3, label=label)


def _target_words(target: str, unit: str, vietnamese: bool) -> str:
    words = _word(target, vietnamese)
    return f"{words}: {unit}" if unit else words


def draw_sensitivity(columns: Dict[str, Any], target: str, unit: str, runs: int, axes: Any, limit: int, language: str) -> Any:
    """Two bars a factor: what it does alone, and with others."""
    vietnamese = is_vietnamese(language)
    if limit < 1:
        raise ValueError(f"limit: expected 1 or more, not {limit}")
    totals = columns["total"]
    order = numpy.argsort(numpy.where(numpy.isnan(totals), numpy.inf, -totals), kind="stable")[:limit]
    axes = _new_axes((WIDTH, FRAME_HEIGHT + BAR_ROW_HEIGHT * len(order))) if axes is None else axes
    places = numpy.arange(len(order))
    for name, short_name, shift, colour in (("first_order", "first", -0.5, OBSERVED), ("total", "total", 0.5, TOTAL)):
        values = columns[name][order]
        low, high = columns[f"{short_name}_low"][order], columns[f"{short_name}_high"][order]
        at = places + shift * BAR_HEIGHT
        axes.barh(at, values, height=BAR_HEIGHT, color=colour, label=_word(name, vietnamese))
        known = ~numpy.isnan(low)
        axes.hlines(at[known], low[known], high[known], color="#333333", linewidth=1.1)
    axes.axvline(0.0, color=PATH, linewidth=0.8)
    axes.set_yticks(places, [short(columns["factor"][row]) for row in order])
    axes.set_ylim(len(order) - 0.5, -0.5)
    axes.set_xlabel(_word("variance", vietnamese))
    heading = _target_words(target, unit, vietnamese)
    axes.set_title(f"{_word('sensitivity', vietnamese)}\n{heading} ({runs} {_word('draws', vietnamese)})", fontsize=11)
    axes.grid(axis="x", alpha=0.3)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    _legend_below(axes)
    return axes
