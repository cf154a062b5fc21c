"""Where labels go so that none covers another."""

from __future__ import annotations

import math
from typing import Any, List, Optional, Sequence, Tuple

#: Height of a line of text, in heights of its font.
LINE_HEIGHT = 1.25
POINTS_AN_INCH = 72.0

#: Distances, in points, and number of directions in which a place for a label beside a point is looked for.
DISTANCES = (9.0, 18.0, 30.0, 45.0, 62.0, 80.0)
DIRECTIONS = 16
#: Places above and below a point in a column of labels beside it, and how far off it is.
STACKED = 24
FAR = 100.0
#: How much worse it is to cover a label, and to leave the axes, than to cover a point.
COVERED_LABEL = 1000.0
LEFT_AXES = 100.0
#: A label whose middle is further above or below its point than this, in its own heights, has a line to it.
NEAR = 0.8

Box = Tuple[float, float, float, float]


def spread(wanted: Sequence[float], apart: float, low: float, high: float) -> List[float]:
    """Places as near to the wanted ones (in ascending order) as can be, so far apart, between two bounds.

    The least squares solution: what is left after the distances are taken off must not fall, so neighbours that would
    fall are pooled. When all of them do not fit between the bounds they keep their distance and start at the lower one.
    """
    pools: List[Tuple[float, int]] = []
    for place, each in enumerate(wanted):
        mean, size = each - place * apart, 1
        while pools and pools[-1][0] > mean:
            before, number = pools.pop()
            mean, size = (mean * size + before * number) / (size + number), size + number
        pools.append((mean, size))
    top = max(low, high - apart * (len(wanted) - 1))
    free = [min(max(mean, low), top) for mean, size in pools for _ in range(size)]
    return [each + place * apart for place, each in enumerate(free)]


def font_that_fits(lines: int, inches: float, most: float, least: float = 2.0) -> float:
    """The size of the font with which so many lines fit into a height, up to a largest one."""
    return max(least, min(most, inches * POINTS_AN_INCH / (LINE_HEIGHT * max(lines, 1))))


def height_of_axes(axes: Any) -> float:
    """In inches, after the figure was laid out."""
    axes.figure.draw_without_rendering()
    return float(axes.get_window_extent().height / axes.figure.dpi)


def label_points(axes: Any, points: Sequence[Tuple[float, float]], texts: Sequence[str], others: Sequence[Tuple[float, float]], **style: Any) -> None:
    """Writes a text beside each point where it covers neither another text nor a point, nor leaves the axes."""
    from matplotlib.patheffects import withStroke

    figure = axes.figure
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    scale = figure.dpi / POINTS_AN_INCH
    frame = _box(axes.get_window_extent())
    dots = [_dot(axes.transData.transform(point), scale) for point in others]
    taken: List[Box] = []
    for point, text in zip(points, texts):
        probe = axes.annotate(text, point, xytext=(0, 0), textcoords="offset points", **style)
        extent = probe.get_window_extent(renderer)
        probe.remove()
        x, y = axes.transData.transform(point)
        best: Optional[Tuple[float, float, float, Box]] = None
        for shift_x, shift_y, distance in _shifts(extent.width / scale, extent.height / scale):
            box = _around(x + shift_x * scale, y + shift_y * scale, extent.width, extent.height)
            covered = COVERED_LABEL * sum(_overlap(box, each) for each in taken) + LEFT_AXES * _outside(box, frame)
            cost = covered + sum(_overlap(box, each) for each in dots) + distance
            if best is None or cost < best[0]:
                best = (cost, shift_x, shift_y, box)
        assert best is not None
        taken.append(best[3])
        far = abs(best[2]) > NEAR * extent.height / scale
        line = {"arrowstyle": "-", "color": "#9a9a9a", "linewidth": 0.7, "shrinkA": 1, "shrinkB": 3}
        axes.annotate(
            text, point, xytext=best[1:3], textcoords="offset points", ha="center", va="center", annotation_clip=False,
            arrowprops=line if far else None, path_effects=[withStroke(linewidth=2.5, foreground="white")], **style,
        )  # fmt: skip


def _shifts(width: float, height: float) -> List[Tuple[float, float, float]]:
    """From the point to the middle of the label, nearest first; straight right and left before the rest."""
    out = []
    for distance in DISTANCES:
        for step in range(DIRECTIONS):
            angle = 2.0 * math.pi * step / DIRECTIONS
            x, y = math.cos(angle), math.sin(angle)
            preference = distance + (0.0 if step == 0 else 1.0 if step == DIRECTIONS // 2 else 2.0)
            out.append((x * (distance + width / 2), y * (distance + height / 2), preference))
    # Points in one place have their labels in a column at either side.
    for line in range(-STACKED, STACKED + 1):
        for side in (1.0, -1.0):
            out.append((side * (FAR + width / 2), line * LINE_HEIGHT * height, FAR + abs(line)))
    return out


def _box(extent: Any) -> Box:
    return float(extent.x0), float(extent.y0), float(extent.x1), float(extent.y1)


def _around(x: float, y: float, width: float, height: float) -> Box:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _dot(place: Any, scale: float) -> Box:
    return _around(float(place[0]), float(place[1]), 7.0 * scale, 7.0 * scale)


def _overlap(first: Box, second: Box) -> float:
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    return width * height if width > 0 and height > 0 else 0.0


def _outside(box: Box, frame: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1]) - _overlap(box, frame)
