"""Picture of the values of indicators before and after a preparation."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy
from numpy.typing import NDArray

from . import _core
from ._board_plots import name_of, short
from ._errors import Problem, data_error
from ._languages import is_vietnamese
from ._plots import _new_axes

if TYPE_CHECKING:
    from ._boards import Scoreboard

BEFORE = "#9aa5b1"
AFTER = "#1b6ca8"
TREATED = "#c8553d"
IMPUTED = "#d19a2e"

#: Panels of distributions side by side, and the size of one in inches.
PANELS_ACROSS = 3
PANEL_SIZE = (4.2, 2.1)

#: Width of the band over which equal values are spread.
BAND = 0.34

WORDS: Dict[str, Tuple[str, str]] = {
    "before": ("trước xử lý", "before"),
    "after": ("sau xử lý", "after"),
    "values": ("giá trị", "values"),
    "treated": ("giá trị được xử lý", "treated"),
    "imputed": ("giá trị được bù", "imputed"),
    "distributions": ("Phân bố giá trị của các chỉ tiêu", "Distributions of indicators"),
    "changed": ("điểm được xử lý", "treated points"),
    "missing": ("thiếu", "missing"),
    "transformed": ("đã biến đổi, thang giá trị mới ở trên", "transformed, new scale on top"),
}


def _word(name: str, vietnamese: bool) -> str:
    return WORDS[name][0 if vietnamese else 1]


class Distribution:
    """Values of one indicator before and after a preparation."""

    def __init__(
        self,
        title: str,
        unit: str,
        before: NDArray[numpy.float64],
        after: Optional[NDArray[numpy.float64]],
        treated: Sequence[int],
        imputed: Sequence[int],
        transformed: bool = False,
    ) -> None:
        self.title = title
        self.unit = unit
        self.before = before
        #: None where nothing was changed.
        self.after = after
        #: Rows of the units whose values were moved, and of those whose values were filled.
        self.treated = list(treated)
        self.imputed = list(imputed)
        #: Whether every value was transformed, so that those after it have a scale of their own.
        self.transformed = transformed


def distributions_of(
    board: "Scoreboard", indicators: Optional[Sequence[str]], limit: int, vietnamese: bool
) -> List[Distribution]:
    """Values of indicators before and after the treatments of outliers, and which cells the preparation changed."""
    core = board._core
    names = _core.stage_names(core)
    treatments = [name for name in names if name.startswith("treated")]
    before = _core.stage_panel(core, names[names.index(treatments[0]) - 1] if treatments else names[-1])
    after = _core.stage_panel(core, names[-1])
    row_of = {code: row for row, code in enumerate(after.units.codes)}
    treated, imputed = (
        _changed_rows(core, treatments, row_of),
        _changed_rows(core, [name for name in names if name.startswith("imputed")], row_of),
    )
    columns = {name: k for k, name in enumerate(after.indicators)}
    if indicators is None:
        read = [name for name in board.model.indicators if name in columns]
        chosen = ([name for name in read if name in treated] or [name for name in read if name in imputed] or read)[
            :limit
        ]
    else:
        chosen = list(indicators)
        unknown = [name for name in chosen if name not in columns]
        if unknown:
            known = ", ".join(columns)
            raise data_error(
                "no such indicator",
                [Problem("unknown_indicator", "indicators", f'"{name}"', f"one of {known}", "") for name in unknown],
            )
    leaves = {node.indicator: node for node in reversed(board.model.leaves)}
    out = []
    for name in chosen:
        node = leaves.get(name)
        title = name if node is None else name_of(node, vietnamese)
        moved = treated.get(name, [])
        values = after.values[:, columns[name]] if moved else None
        unit = "" if node is None else node.unit or ""
        raw = before.values[:, before.indicators.index(name)]
        out.append(Distribution(title, unit, raw, values, moved, imputed.get(name, []), _is_transformed(moved, raw)))
    return out


def _is_transformed(moved: Sequence[int], before: NDArray[numpy.float64]) -> bool:
    """A transform changes every value; winsorising leaves those that it moves the others to."""
    return bool(moved) and len(moved) == len(before) - int(numpy.isnan(before).sum())


def _changed_rows(core: _core.Scoreboard, stages: Sequence[str], row_of: Mapping[str, int]) -> Dict[str, List[int]]:
    """Rows of the units whose values some stages changed, by indicator."""
    out: Dict[str, List[int]] = {}
    for stage in stages:
        cells = _core.stage_cells(core, stage)
        for unit, indicator in zip(cells["unit"], cells["indicator"]):
            rows = out.setdefault(indicator, [])
            if row_of[unit] not in rows:
                rows.append(row_of[unit])
    return out


def draw_distributions(found: Sequence[Distribution], axes: Any, title: str, language: str) -> Any:
    """A panel an indicator: every value as a point, boxes of the quartiles, and lines from treated points to what they became."""
    vietnamese = is_vietnamese(language)
    across = min(PANELS_ACROSS, max(1, len(found)))
    down = -(-len(found) // across)
    if axes is None:
        first = _new_axes((PANEL_SIZE[0] * across, PANEL_SIZE[1] * down + 0.9), (down, across))
        panels = numpy.atleast_1d(first).ravel().tolist()
        panels[0].figure.suptitle(f"{title}\n{_word('distributions', vietnamese)}", fontsize=12)
    else:
        panels = numpy.atleast_1d(axes).ravel().tolist()
        if len(panels) < len(found):
            raise ValueError(f"axes: expected {len(found)}, one an indicator, not {len(panels)}")
    for panel in panels[len(found) :]:
        panel.set_axis_off()
    for panel, each in zip(panels, found):
        _draw_distribution(panel, each, vietnamese)
    if axes is None and found:
        _legend_of_points(panels[0].figure, found, vietnamese)
    return numpy.array(panels[: len(found)], dtype=object)


def _draw_distribution(axes: Any, found: Distribution, vietnamese: bool) -> None:
    rows = [("values" if found.after is None else "before", found.before, AFTER if found.after is None else BEFORE)]
    if found.after is not None:
        rows.append(("after", found.after, AFTER))
    # The row of a unit decides how far its point stands from the middle, so that pictures do not change by themselves.
    offsets = [BAND * (2 * _spread_out(row) - 1) for row in range(len(found.before))]
    marked = [] if found.transformed else found.treated
    for place, (name, values, colour) in enumerate(rows):
        known = numpy.flatnonzero(~numpy.isnan(values)).tolist()
        filled = [row for row in found.imputed if row in known and row not in marked] if name != "before" else []
        scale = axes.twiny() if found.transformed and place == 1 else axes
        aside = frozenset((*marked, *filled))
        plain = [row for row in known if row not in aside]
        size = max(4.0, min(22.0, 2200.0 / max(1, len(known))))
        scale.scatter(
            values[plain], [place + offsets[row] for row in plain], s=size, color=colour, alpha=0.65, linewidths=0
        )
        _draw_quartiles(scale, values, place)
        treated = [row for row in marked if row in known]
        scale.scatter(
            values[treated],
            [place + offsets[row] for row in treated],
            s=size * 1.5,
            color=TREATED,
            zorder=4,
            gid="treated",
        )
        scale.scatter(
            values[filled],
            [place + offsets[row] for row in filled],
            s=size * 1.7,
            marker="D",
            facecolor="none",
            edgecolor=IMPUTED,
            zorder=4,
            gid="imputed",
        )
        if scale is not axes:
            scale.tick_params(labelsize=7, colors=AFTER, pad=1)
            scale.spines[["right"]].set_visible(False)
    if found.after is not None:
        for row in marked:
            axes.plot(
                [found.before[row], found.after[row]],
                [offsets[row], 1 + offsets[row]],
                color=TREATED,
                linewidth=0.7,
                alpha=0.8,
                zorder=3,
            )
    axes.set_yticks(range(len(rows)), [_word(name, vietnamese) for name, _, _ in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    notes = []
    if found.transformed:
        notes.append(_word("transformed", vietnamese))
    elif found.treated:
        notes.append(f"{len(found.treated)} {_word('changed', vietnamese)}")
    missing = int(numpy.isnan(found.before).sum())
    if missing:
        notes.append(f"{missing} {_word('missing', vietnamese)}")
    axes.set_title(short(found.title) + (f"\n({', '.join(notes)})" if notes else ""), fontsize=9)
    axes.set_xlabel(found.unit, fontsize=8)
    axes.tick_params(labelsize=8)
    axes.spines[["top", "right"]].set_visible(False)


def _draw_quartiles(axes: Any, values: NDArray[numpy.float64], place: int) -> None:
    """A box from the first to the third quartile, with the median."""
    low, middle, high = (_core.quantile(values, probability) for probability in (0.25, 0.5, 0.75))
    if middle != middle:
        return
    axes.barh(
        [place], [high - low], left=[low], height=0.76, facecolor="none", edgecolor="#555555", linewidth=0.9, zorder=2
    )
    axes.plot([middle, middle], [place - 0.38, place + 0.38], color="#222222", linewidth=1.4, zorder=2)


#: The fractional parts of its multiples fill an interval evenly.
_GOLDEN = (math.sqrt(5.0) - 1) / 2


def _spread_out(row: int) -> float:
    return (0.5 + row * _GOLDEN) % 1.0


def _legend_of_points(figure: Any, found: Sequence[Distribution], vietnamese: bool) -> None:
    from matplotlib.lines import Line2D

    handles = []
    if any(each.treated and not each.transformed for each in found):
        handles.append(Line2D([], [], marker="o", linestyle="-", color=TREATED, label=_word("treated", vietnamese)))
    if any(each.imputed for each in found):
        handles.append(
            Line2D(
                [],
                [],
                marker="D",
                linestyle="none",
                markerfacecolor="none",
                color=IMPUTED,
                label=_word("imputed", vietnamese),
            )
        )
    if handles:
        figure.legend(handles=handles, loc="outside lower center", ncols=len(handles), frameon=False)
