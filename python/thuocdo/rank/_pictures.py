"""Pictures of compared methods, with matplotlib."""

from __future__ import annotations

from typing import Any, Dict, List

import numpy

from .._plots import _new_axes
from ._decision import Array

#: From blue over grey to red, told apart by people who see red and green alike.
LINE_COLOURS = ("#1b6ca8", "#c8553d", "#3a7d44", "#8e5ea2", "#e0a458", "#2a9d8f", "#6d597a", "#b56576", "#355070", "#7a7a7a")

#: Width a method takes and height a rank takes, in inches.
METHOD_WIDTH, RANK_HEIGHT = 0.72, 0.42
HEAT_CELL = 0.62


def bump_chart(ranks: Array, alternatives: List[str], methods: List[str], top: int, vietnamese: bool) -> Any:
    """Ranks of the best alternatives from method to method."""
    order = numpy.argsort(ranks.sum(axis=1), kind="stable")[: max(1, top)]
    places = numpy.arange(len(methods))
    height = RANK_HEIGHT * len(order) + 2.2
    axes = _new_axes((METHOD_WIDTH * len(methods) + 3.2, height))
    for place, row in enumerate(order):
        colour = LINE_COLOURS[place % len(LINE_COLOURS)]
        # The second round of colours is dashed.
        style = "-" if place < len(LINE_COLOURS) else "--"
        axes.plot(places, ranks[row], color=colour, linestyle=style, linewidth=2.0, marker="o", markersize=9)
        for x, rank in zip(places, ranks[row]):
            axes.annotate(f"{int(rank)}", (x, rank), color="white", fontsize=6, ha="center", va="center")
    # Names stand at both ends; those at one rank share a line.
    for end, side, shift in ((0, "right", -9), (len(methods) - 1, "left", 9)):
        at: Dict[float, List[str]] = {}
        for row in order:
            at.setdefault(float(ranks[row, end]), []).append(alternatives[row])
        for rank, names in at.items():
            axes.annotate(", ".join(names), (end, rank), xytext=(shift, 0), textcoords="offset points", ha=side, va="center", fontsize=8)
    axes.set_xticks(places, methods, rotation=40, ha="right", rotation_mode="anchor", fontsize=8)
    axes.set_ylim(float(ranks[order].max()) + 0.7, float(ranks[order].min()) - 0.7)
    axes.set_xlim(-0.4, len(methods) - 0.6)
    axes.set_yticks([])
    axes.set_title(
        f"Hạng của {len(order)} đối tượng theo từng phương pháp" if vietnamese else f"Ranks of {len(order)} alternatives by method", fontsize=11
    )
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    return axes


def correlation_heat_map(correlations: Array, methods: List[str], vietnamese: bool) -> Any:
    """Kendall's tau-b of every two methods."""
    side = HEAT_CELL * len(methods) + 2.4
    axes = _new_axes((side, side))
    picture = axes.imshow(correlations, cmap="RdBu", vmin=-1.0, vmax=1.0)
    for row in range(len(methods)):
        for column in range(len(methods)):
            value = correlations[row, column]
            text = "–" if numpy.isnan(value) else f"{value:.2f}"
            axes.annotate(text, (column, row), ha="center", va="center", fontsize=7, color="white" if abs(value) > 0.6 else "black")
    axes.set_xticks(range(len(methods)), methods, rotation=40, ha="right", rotation_mode="anchor", fontsize=8)
    axes.set_yticks(range(len(methods)), methods, fontsize=8)
    axes.set_title("Mức đồng thuận giữa các phương pháp (tau-b của Kendall)" if vietnamese else "Agreement of methods (Kendall's tau-b)", fontsize=11)
    axes.figure.colorbar(picture, ax=axes, shrink=0.7)
    return axes
