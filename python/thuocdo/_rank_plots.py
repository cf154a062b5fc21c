"""The picture of how ranks went over periods."""

from __future__ import annotations

import math
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy

from ._board_plots import short
from ._boards import Scoreboard, text_of_unit
from ._errors import Problem, data_error
from ._label_places import LINE_HEIGHT, POINTS_AN_INCH, font_that_fits, height_of_axes, spread
from ._languages import is_vietnamese
from ._model_plots import GROUP_COLOURS
from ._plots import _new_axes, _number

#: Height of a label, of all else, and width of a period and of all else, in inches.
ROW_HEIGHT = 0.25
FRAME_HEIGHT = 1.1
LEAST_HEIGHT = 3.2
PERIOD_WIDTH = 1.5
LABELS_WIDTH = 4.6
MOST_WIDTH = 18.0

FONT_SIZE = 8.5
LABEL_LETTERS = 34
#: From the outermost period to its labels, in periods.
LABEL_DISTANCE = 0.12
BACKGROUND = "#c4c4c4"
BACKGROUND_INK = "#6d6d6d"

WORDS: Dict[str, Tuple[str, str]] = {
    "title": ("Thứ hạng qua các kỳ", "Ranks over the periods"),
    "first": ("{} trong {} đơn vị", "{} of {} units"),
}


def _word(name: str, vietnamese: bool) -> str:
    return WORDS[name][0 if vietnamese else 1]


def plot_rank_history(
    boards: Mapping[str, Scoreboard],
    axes: Any = None,
    *,
    highlight: Optional[Sequence[str]] = None,
    limit: Optional[int] = None,
    language: str = "vi",
) -> Any:
    """Draws the rank of each unit over periods as a line (a bump chart), with its name at both ends.

    A line is broken where the unit had no rank. A unit without a rank in the first or last period still has its label at
    that end: beside the rank that is nearest in time, marked with a dash. Needs matplotlib (``pip install thuocdo[plot]``).

    Parameters
    ----------
    boards : dict of Scoreboard
        By the label of the period, in the order in which they are drawn.
    axes : matplotlib axes, optional
        Where to draw; default: a new figure. Labels become smaller where they would not fit.
    highlight : sequence of str, optional
        Codes or names of the units whose lines stand out; default: all of them in colours.
    limit : int, optional
        At most so many units, those with the best ranks in the last period, and those to highlight; the title says how many
        there are. Default: all.
    language : {"vi", "en"}

    Returns
    -------
    matplotlib axes

    Raises
    ------
    DataError
        When no period is given, or a unit to highlight is in none of them.
    """
    vietnamese = is_vietnamese(language)
    if limit is not None and limit < 1:
        raise ValueError(f"limit: expected 1 or more, not {limit}")
    if not boards:
        problem = Problem("no_period", "boards", "no board", "one or more by the label of the period", "score a period")
        raise data_error("there is nothing to draw", [problem])
    names, ranks = _history(boards)
    marked = _highlighted(boards, highlight)
    ordered = [code for code in _best_last(ranks) if not numpy.isnan(ranks[code]).all()]
    shown = [code for place, code in enumerate(ordered) if limit is None or place < limit or code in marked]
    axes = _new_axes(_size(len(boards), len(shown))) if axes is None else axes
    for place, code in enumerate(shown):
        _line(axes, code, ranks[code], _style(place, code, marked, highlight))
    _scales(axes, boards, [ranks[code] for code in shown])
    model = list(boards.values())[-1].model
    title = f"{model.name_vi if vietnamese else model.name}\n{_word('title', vietnamese)}"
    if len(shown) < len(ordered):
        title += f"; {_word('first', vietnamese).format(len(shown), len(ordered))}"
    axes.set_title(title, fontsize=11)
    for end, right in ((0, False), (len(boards) - 1, True)):
        _labels(axes, [(code, names[code], ranks[code]) for code in shown], end, right, marked, highlight, vietnamese)
    return axes


def _history(boards: Mapping[str, Scoreboard]) -> Tuple[Dict[str, str], Dict[str, Any]]:
    """Name and ranks of every unit that is in any period; NaN where it has none."""
    names: Dict[str, str] = {}
    ranks: Dict[str, Any] = {}
    for period, board in enumerate(boards.values()):
        units = board._core.panel.units
        for code, name, rank in zip(units.codes, units.display_names(), board._core.ranks.tolist()):
            ranks.setdefault(code, numpy.full(len(boards), numpy.nan))[period] = rank
            names[code] = name
    return names, ranks


def _highlighted(boards: Mapping[str, Scoreboard], highlight: Optional[Sequence[str]]) -> List[str]:
    """Codes of the units to highlight."""
    codes: List[str] = []
    problems: List[Problem] = []
    for unit in [highlight] if isinstance(highlight, str) else highlight or ():
        text = text_of_unit(unit)
        code = next((found for found in (_code_in(board, text) for board in boards.values()) if found), None)
        if code is None:
            problems.append(Problem("unknown_unit", "highlight", f'"{text}"', "a unit of one of the periods", "check the code"))
        else:
            codes.append(code)
    if problems:
        raise data_error("no such unit", problems)
    return codes


def _code_in(board: Scoreboard, unit: str) -> Optional[str]:
    codes = board._unit_codes()
    if unit in codes:
        return unit
    names = board._core.panel.units.display_names()
    return codes[names.index(unit)] if names.count(unit) == 1 else None


def _best_last(ranks: Mapping[str, Any]) -> List[str]:
    """By the rank of the last period, then by that of the one before, and so on; units without one last."""

    def key(code: str) -> Tuple[Any, ...]:
        return (*(math.inf if rank != rank else rank for rank in reversed(ranks[code].tolist())), code)

    return sorted(ranks, key=key)


def _size(periods: int, units: int) -> Tuple[float, float]:
    width = min(LABELS_WIDTH + PERIOD_WIDTH * max(periods - 1, 1), MOST_WIDTH)
    return width, max(LEAST_HEIGHT, FRAME_HEIGHT + ROW_HEIGHT * units)


def _style(place: int, code: str, marked: Sequence[str], highlight: Optional[Sequence[str]]) -> Dict[str, Any]:
    if highlight is None:
        return {"color": GROUP_COLOURS[place % len(GROUP_COLOURS)], "linewidth": 1.6, "markersize": 4.5, "zorder": 2}
    if code in marked:
        colour = GROUP_COLOURS[list(marked).index(code) % len(GROUP_COLOURS)]
        return {"color": colour, "linewidth": 2.6, "markersize": 6.5, "zorder": 3}
    return {"color": BACKGROUND, "linewidth": 1.0, "markersize": 3.0, "zorder": 1}


def _line(axes: Any, code: str, ranks: Any, style: Dict[str, Any]) -> None:
    """Broken at every NaN; a rank between two of them is a point."""
    (line,) = axes.plot(numpy.arange(len(ranks)), ranks, marker="o", **style)
    line.set_gid(f"unit:{code}")


def _scales(axes: Any, boards: Mapping[str, Scoreboard], ranks: Sequence[Any]) -> None:
    known = numpy.concatenate([*ranks, numpy.zeros(0)])
    known = known[~numpy.isnan(known)]
    best, worst = (float(known.min()), float(known.max())) if len(known) else (1.0, 1.0)
    axes.set_ylim(worst + 0.6, best - 0.6)
    axes.set_yticks([])
    axes.set_xticks(range(len(boards)), list(boards))
    axes.set_xlim(-LABEL_DISTANCE, max(len(boards) - 1, 0) + LABEL_DISTANCE)
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0)
    axes.grid(axis="x", alpha=0.4)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)


def _nearest(ranks: Any, end: int) -> int:
    """The period nearest to one end in which the unit had a rank."""
    known = numpy.flatnonzero(~numpy.isnan(ranks)).tolist()
    return int(min(known, key=lambda period: abs(period - end)))


def _labels(
    axes: Any,
    units: Sequence[Tuple[str, str, Any]],
    end: int,
    right: bool,
    marked: Sequence[str],
    highlight: Optional[Sequence[str]],
    vietnamese: bool,
) -> None:
    """Names beside the first or the last period, so far apart that all can be read."""
    if not units:
        return
    periods = [_nearest(ranks, end) for _, _, ranks in units]
    order = sorted(range(len(units)), key=lambda each: (float(units[each][2][periods[each]]), each))
    inches = height_of_axes(axes)
    size = font_that_fits(len(units), inches, FONT_SIZE)
    bottom, top = axes.get_ylim()
    apart = size * LINE_HEIGHT / POINTS_AN_INCH / inches * (bottom - top)
    places = spread([float(units[each][2][periods[each]]) for each in order], apart, top + apart / 2, bottom - apart / 2)
    for place, each in zip(places, order):
        code, name, ranks = units[each]
        rank, period = float(ranks[periods[each]]), periods[each]
        text = f"{_number(rank)}. {short(name, LABEL_LETTERS)}" if period == end else f"– {short(name, LABEL_LETTERS)}"
        style = _style(each, code, marked, highlight)
        plain = highlight is not None and code not in marked
        edge = end + (LABEL_DISTANCE if right else -LABEL_DISTANCE)
        axes.plot(
            [period, edge], [rank, place], color=style["color"], linewidth=0.7, clip_on=False, zorder=0,
            linestyle="-" if period == end else ":",
        )  # fmt: skip
        label = axes.annotate(
            text, (edge, place), xytext=(3 if right else -3, 0), textcoords="offset points", annotation_clip=False,
            ha="left" if right else "right", va="center", fontsize=size, color=BACKGROUND_INK if plain else style["color"],
            fontweight="bold" if code in marked else "normal",
        )  # fmt: skip
        label.set_gid(f"{'last' if right else 'first'}:{code}")
