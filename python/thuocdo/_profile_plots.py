"""The profile of units over the children of the root, beside that of their peers."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Sequence, Tuple

import numpy

from . import _core
from ._board_plots import _digits, _parts_of_total, _score, name_of, short
from ._languages import is_vietnamese
from ._model_plots import GROUP_COLOURS
from ._models import Node
from ._plots import _legend_below, _new_axes, _number

if TYPE_CHECKING:
    from ._boards import Scoreboard

#: Height of a row, of all else, and width of a picture, in inches.
ROW_HEIGHT = 0.62
FRAME_HEIGHT = 2.1
WIDTH = 9.5
RADAR_SIZE = (8.6, 8.2)

RANGE_COLOUR = "#d9dee3"
MEDIAN_COLOUR = "#5c6670"
#: Letters of a line of the name of a pillar around a radar, and lines of it.
RADAR_LETTERS = 20
RADAR_LINES = 3
#: Pillars that a radar needs to enclose an area.
LEAST_CORNERS = 3
KINDS = ("parallel", "radar")

WORDS: Dict[str, Tuple[str, str]] = {
    "profile": ("Hồ sơ theo nhóm tiêu chí", "Profile by pillar"),
    "axis": ("% kết quả tốt nhất có thể", "% of the best possible result"),
    "range": ("thấp nhất đến cao nhất của {} đơn vị so sánh", "range of {} peers"),
    "median": ("trung vị của các đơn vị so sánh", "median of the peers"),
    "rank": ("hạng", "rank"),
    "spread": ("trục từ thấp nhất đến cao nhất", "axis from lowest to highest"),
}


def _word(name: str, vietnamese: bool) -> str:
    return WORDS[name][0 if vietnamese else 1]


@dataclass(frozen=True)
class Scale:
    """The axis of one pillar: where 0% and 100% are."""

    node: Node
    low: float
    high: float
    to_best: bool

    def place(self, values: Any) -> Any:
        """Places on the axis in per cent of its length."""
        return 100.0 * (numpy.asarray(values, dtype=numpy.float64) - self.low) / ((self.high - self.low) or 1.0)


def draw_profile(board: "Scoreboard", units: Sequence[str], peers: Optional[Sequence[str]], kind: str, axes: Any, language: str) -> Any:
    """Lines of units over pillars, with the range and the median of their peers."""
    vietnamese = is_vietnamese(language)
    if kind not in KINDS:
        raise ValueError(f'kind: expected "parallel" or "radar", not {kind!r}')
    rows = [board._unit(unit) for unit in units]
    if not rows:
        raise ValueError("units: expected one or more")
    others = list(range(len(board))) if peers is None else [board._unit(unit) for unit in peers]
    core = board._core
    codes = core.model.node_codes
    columns = dict(zip(codes, core.model.node_order))
    results = core.results
    parts = _parts_of_total(board.model)
    pillars = [node for node in parts if node.role == "scored"] or parts
    best = _best(board, rows)
    scales = [_scale(node, best[node.code], results[:, columns[node.code]]) for node in pillars]
    of_units = numpy.array([[results[row, columns[node.code]] for node in pillars] for row in rows])
    of_peers = [results[others, columns[node.code]] for node in pillars]
    picture = _Picture(board, rows, scales, of_units, of_peers, len(others), vietnamese)
    return picture.radar(axes) if kind == "radar" else picture.parallel(axes)


def _best(board: "Scoreboard", rows: Sequence[int]) -> Dict[str, float]:
    """The most that each node can give, by the explanations of some units; NaN where none says it."""
    out: Dict[str, float] = {}
    codes = board._unit_codes()
    for row in rows:
        for line in board._core.explain(codes[row]).lines():
            known = out.get(line["code"], math.nan)
            out[line["code"]] = line["best"] if known != known else known
    return out


def _scale(node: Node, best: float, results: Any) -> Scale:
    known = results[~numpy.isnan(results)]
    # Of a value that is taken as it is nobody knows how large it can be.
    if best > 0.0 and not bool((known > best).any()):
        return Scale(node, 0.0, float(best), True)
    if not len(known):
        return Scale(node, 0.0, 1.0, False)
    return Scale(node, float(known.min()), float(known.max()), False)


class _Picture:
    """What both forms draw."""

    def __init__(
        self, board: "Scoreboard", rows: Sequence[int], scales: Sequence[Scale], of_units: Any, of_peers: Sequence[Any], peers: int, vietnamese: bool
    ) -> None:
        self.board = board
        self.rows = rows
        self.scales = scales
        self.of_units = of_units
        self.values = numpy.array([[float(scale.place(value)) for scale, value in zip(scales, line)] for line in of_units])
        ends = [_ends(results) for results in of_peers]
        self.low, self.middle, self.high = (
            numpy.array([float(scale.place(end[k])) for scale, end in zip(scales, ends)]) for k in range(3)
        )
        self.peers = peers
        self.vietnamese = vietnamese

    def parallel(self, axes: Any) -> Any:
        """An axis a pillar, one under the other, so that their names can be read."""
        count = len(self.scales)
        axes = _new_axes((WIDTH, FRAME_HEIGHT + ROW_HEIGHT * count)) if axes is None else axes
        places = numpy.arange(count)
        label = _word("range", self.vietnamese).format(self.peers)
        bars = axes.barh(places, self.high - self.low, left=self.low, height=0.34, color=RANGE_COLOUR, label=label, zorder=1)
        for bar in bars:
            bar.set_gid("range")
        axes.plot(
            self.middle, places, "|", color=MEDIAN_COLOUR, markersize=17, markeredgewidth=2.2, zorder=2,
            label=_word("median", self.vietnamese), gid="median",
        )  # fmt: skip
        for number in range(len(self.rows)):
            axes.plot(
                self.values[number], places, marker="o", markersize=6, linewidth=1.9, color=self._colour(number), zorder=3,
                label=self._unit_label(number), gid=f"unit:{self._code(number)}",
            )  # fmt: skip
        if len(self.rows) == 1:
            self._write_values(axes)
        axes.set_yticks(places, [self._pillar_label(scale) for scale in self.scales])
        axes.set_ylim(count - 0.5, -0.5)
        lowest = float(numpy.nanmin([0.0, *self.low.tolist(), *self.values.ravel().tolist()]))
        highest = float(numpy.nanmax([100.0, *self.high.tolist(), *self.values.ravel().tolist()]))
        axes.set_xlim(lowest - 2.0, highest + 2.0)
        axes.set_xlabel(_word("axis", self.vietnamese))
        axes.grid(axis="x", alpha=0.3)
        axes.set_axisbelow(True)
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(axis="y", length=0)
        axes.set_title(self._title(), fontsize=11)
        _legend_below(axes)
        return axes

    def _write_values(self, axes: Any) -> None:
        for place, scale in enumerate(self.scales):
            value, best = float(self.of_units[0, place]), scale.high
            text = "–" if value != value else _number(value, _digits(best))
            if scale.to_best:
                text += f" / {_number(best, _digits(best))}"
            axes.annotate(
                text, (1.0, place), xycoords=("axes fraction", "data"), xytext=(6, 0), textcoords="offset points",
                va="center", fontsize=9, color=self._colour(0), annotation_clip=False,
            )  # fmt: skip

    def radar(self, axes: Any) -> Any:
        """A corner a pillar; needs three of them and polar axes."""
        count = len(self.scales)
        if count < LEAST_CORNERS:
            raise ValueError(f'kind: a radar needs {LEAST_CORNERS} pillars or more and the model has {count}; use kind="parallel"')
        if axes is None:
            figure = _new_figure(RADAR_SIZE)
            axes = figure.add_subplot(projection="polar")
        elif axes.name != "polar":
            raise ValueError('axes: expected polar axes, as of subplots(subplot_kw={"projection": "polar"})')
        angles = [2.0 * math.pi * k / count for k in range(count)]
        around = [*angles, angles[0]]
        axes.set_theta_offset(math.pi / 2.0)
        axes.set_theta_direction(-1)
        label = _word("range", self.vietnamese).format(self.peers)
        axes.fill_between(around, _closed(self.low), _closed(self.high), color=RANGE_COLOUR, linewidth=0, label=label, zorder=1)
        axes.plot(
            around, _closed(self.middle), color=MEDIAN_COLOUR, linestyle="--", linewidth=1.4, zorder=2,
            label=_word("median", self.vietnamese), gid="median",
        )  # fmt: skip
        for number in range(len(self.rows)):
            axes.plot(
                around, _closed(self.values[number]), marker="o", markersize=5, linewidth=2.0, color=self._colour(number),
                zorder=3, label=self._unit_label(number), gid=f"unit:{self._code(number)}",
            )  # fmt: skip
        axes.set_ylim(min(0.0, float(numpy.nanmin([0.0, *self.low.tolist(), *self.values.ravel().tolist()]))), 100.0)
        axes.set_yticks([25, 50, 75, 100], ["25%", "50%", "75%", "100%"], fontsize=7.5, color="#777777")
        axes.set_rlabel_position(180.0 / count)
        axes.set_xticks(angles, [_wrapped(self._pillar_label(scale)) for scale in self.scales], fontsize=9)
        for angle, tick in zip(angles, axes.get_xticklabels()):
            side = math.sin(angle)
            tick.set_horizontalalignment("center" if abs(side) < 0.2 else "left" if side > 0 else "right")
        axes.spines["polar"].set_color("#bbbbbb")
        axes.grid(alpha=0.35)
        axes.set_title(self._title(), fontsize=11, pad=16)
        axes.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.09), ncols=2)
        return axes

    def _code(self, number: int) -> str:
        return self.board._unit_codes()[self.rows[number]]

    def _colour(self, number: int) -> str:
        return GROUP_COLOURS[number % len(GROUP_COLOURS)]

    def _unit_label(self, number: int) -> str:
        row = self.board._core.row(self.rows[number])
        text = short(row["name"])
        if row["score"] == row["score"]:
            text += f": {_score(row['score'])}"
        if row["rank"] == row["rank"]:
            text += f" ({_word('rank', self.vietnamese)} {_number(row['rank'])})"
        return text

    def _pillar_label(self, scale: Scale) -> str:
        name = short(name_of(scale.node, self.vietnamese))
        return name if scale.to_best else f"{name}\n({_word('spread', self.vietnamese)})"

    def _title(self) -> str:
        model = self.board.model
        return f"{model.name_vi if self.vietnamese else model.name}\n{_word('profile', self.vietnamese)}"


def _new_figure(size: Tuple[float, float]) -> Any:
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        raise ImportError("plot() needs matplotlib: pip install thuocdo[plot]") from None
    return plt.figure(figsize=size, layout="constrained")


def _ends(results: Any) -> Tuple[float, float, float]:
    """Lowest, median and highest of the known results."""
    known = results[~numpy.isnan(results)]
    if not len(known):
        return math.nan, math.nan, math.nan
    return float(known.min()), float(_core.quantile(known, 0.5)), float(known.max())


def _closed(values: Any) -> List[float]:
    return [*values.tolist(), float(values[0])]


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.wrap(text, RADAR_LETTERS, max_lines=RADAR_LINES, placeholder="…"))
