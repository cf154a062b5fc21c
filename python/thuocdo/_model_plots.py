"""Picture of the framework of an index: a ring a level, an arc a node, as wide as its share of the total."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from ._languages import is_vietnamese
from ._models import Node
from ._plots import _new_axes, _number

#: Colours of the children of the root; deeper nodes are lighter.
GROUP_COLOURS = (
    "#1b6ca8",
    "#c8553d",
    "#3d8b5f",
    "#8a5fa8",
    "#d19a2e",
    "#3a9ca6",
    "#a84f72",
    "#6b7f3a",
    "#5b6bb5",
    "#9a6b4f",
)

#: Half the side of the picture that is drawn in, with the rings inside radius 1 and labels outside.
MARGIN = 1.62
RING_OF_ROOT = 0.2
SIZE = (11.0, 11.0)

#: Sizes of text in points, and of a line against its size.
LARGEST_TEXT = 9.0
SMALLEST_TEXT = 4.0
SIZE_STEP = 0.5
LINE_HEIGHT = 1.25

#: What matplotlib multiplies its own distance of lines with.
LINE_SPACING = 1.05

#: Share of an arc that its text may fill.
FILLED = 0.9

#: Lines of a label outside the rings; a longer one is cut.
OUTER_LINES = 3

#: Radii at which a leader bends and ends, and at which labels start.
BEND, LEADER, LABELS = 1.02, 1.05, 1.065

#: How much lighter each level is than the one above.
LIGHTER = 0.22

#: Keeps a share and the first word of a name on one line.
FIXED_SPACE = "\N{NO-BREAK SPACE}"

POINTS_PER_INCH = 72.0
PER_CENT = 100.0

WORDS: Dict[str, Tuple[str, str]] = {
    "title": ("Khung chỉ số: tỷ trọng trong tổng điểm", "Framework: share of the total"),
    "outside": ("ngoài tổng điểm", "beside the total"),
    "indicators": ("chỉ tiêu", "indicators"),
}


def _word(name: str, vietnamese: bool) -> str:
    return WORDS[name][0 if vietnamese else 1]


@dataclass
class _Arc:
    """A node and where it is drawn, in degrees counted clockwise from the top."""

    node: Node
    share: float
    start: float = 0.0
    end: float = 0.0
    colour: Tuple[float, float, float] = (0.0, 0.0, 0.0)
    children: List["_Arc"] = field(default_factory=list)

    @property
    def width(self) -> float:
        return self.end - self.start

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def _tree(nodes: Sequence[Node], weights: Mapping[str, float]) -> Optional[_Arc]:
    """The nodes that have a share of the total."""
    arcs: Dict[str, _Arc] = {}
    root = None
    for node in nodes:
        share = weights.get(node.code, 0.0)
        if node.parent is None:
            root = arcs[node.code] = _Arc(node, share)
        elif share > 0 and node.parent in arcs:
            arcs[node.code] = _Arc(node, share)
            arcs[node.parent].children.append(arcs[node.code])
    return root


def _spread(arc: _Arc) -> None:
    """Divides the angle of a node among its children."""
    whole = math.fsum(child.share for child in arc.children)
    start = arc.start
    for child in arc.children:
        child.start = start
        child.end = start = start + arc.width * child.share / whole
        _spread(child)


def _colour(arc: _Arc, base: Tuple[float, float, float], depth: int) -> None:
    keep = (1 - LIGHTER) ** max(0, depth - 1)
    arc.colour = (1 - (1 - base[0]) * keep, 1 - (1 - base[1]) * keep, 1 - (1 - base[2]) * keep)
    for child in arc.children:
        _colour(child, base, depth + 1)


def _all(arc: _Arc) -> List[_Arc]:
    return [arc, *(found for child in arc.children for found in _all(child))]


@lru_cache(maxsize=1024)
def _end(text: str, bold: bool) -> float:
    """Where a text ends that is set at the largest size."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    properties = FontProperties(size=LARGEST_TEXT, weight="bold" if bold else "normal")
    return float(TextPath((0, 0), text, prop=properties).get_extents().x1)


@lru_cache(maxsize=1024)
def _letter(letter: str, bold: bool) -> float:
    """Advance of a letter against the size of the text: what it adds between two others."""
    return (_end(f"x{letter}x", bold) - _end("xx", bold)) / LARGEST_TEXT


def _width(text: str, bold: bool = False) -> float:
    """Width of a line of text against its size, but for kerning."""
    return math.fsum(_letter(letter, bold) for letter in text)


def _wrapped(text: str, width: float, lines: int, bold: bool = False) -> Optional[List[str]]:
    """Words on lines of at most a width against the size of the text; None where they do not fit."""
    out: List[str] = []
    for word in text.split(" "):
        if out and _width(f"{out[-1]} {word}", bold) <= width:
            out[-1] += " " + word
        else:
            out.append(word)
    return out if len(out) <= lines and all(_width(line, bold) <= width for line in out) else None


def _cut(text: str, width: float, lines: int) -> List[str]:
    """As many words as fit, and an ellipsis for the rest."""
    found = _wrapped(text, width, lines)
    while found is None and text:
        text = text[:-1].rstrip()
        found = _wrapped(text + "…", width, lines)
    return found or ["…"]


def _apart(targets: Sequence[float], heights: Sequence[float], whole: float) -> List[float]:
    """Middles of labels as near as can be to the targets, one behind the other without overlap on a circle that is so long.

    Without the room of the labels before it, the order is all that must hold for each, and pooling the neighbours that break
    it gives the least squares.
    """
    before = [math.fsum(heights[:k]) + heights[k] / 2 for k in range(len(heights))]
    pools: List[Tuple[float, int]] = []
    for target, room in zip(targets, before):
        pools.append((target - room, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (mean, count), (last, more) = pools[-2], pools[-1]
            pools[-2:] = [((mean * count + last * more) / (count + more), count + more)]
    spare = max(0.0, whole - math.fsum(heights))
    free = [min(max(mean, 0.0), spare) for mean, count in pools for _ in range(count)]
    return [place + room for place, room in zip(free, before)]


class _Drawing:
    """Draws arcs and their labels."""

    def __init__(self, axes: Any, depth: int, label: str, vietnamese: bool) -> None:
        self.axes = axes
        self.depth = depth
        self.label = label
        self.vietnamese = vietnamese
        box = axes.get_window_extent()
        inches = min(box.width, box.height) / axes.figure.dpi
        #: Points on paper of one unit of the picture.
        self.points = inches * POINTS_PER_INCH / (2 * MARGIN)

    def ring(self, depth: int) -> Tuple[float, float]:
        """Inner and outer radius of a level."""
        if depth == 0:
            return 0.0, RING_OF_ROOT
        step = (1 - RING_OF_ROOT) / max(1, self.depth)
        return RING_OF_ROOT + step * (depth - 1), RING_OF_ROOT + step * depth

    def name(self, node: Node) -> str:
        if self.label == "code":
            return node.code
        return node.name_vi if self.vietnamese else node.name

    def share(self, arc: _Arc) -> str:
        return f"{_number(arc.share * PER_CENT)}%"

    def draw(self, arc: _Arc, depth: int = 0) -> None:
        from matplotlib.patches import Wedge

        inner, outer = self.ring(depth)
        # A leaf above the last level reaches to the rim, so that every indicator has its label there.
        outer = 1.0 if arc.node.leaf else outer
        colour = arc.colour if depth else (1.0, 1.0, 1.0)
        wedge = Wedge(
            (0, 0),
            outer,
            90 - arc.end,
            90 - arc.start,
            width=outer - inner,
            facecolor=colour,
            edgecolor="white",
            linewidth=0.8,
        )
        wedge.set_gid(arc.node.code)
        self.axes.add_patch(wedge)
        if depth == 0:
            self._centre(arc)
        elif not arc.node.leaf:
            self._inside(arc, inner, outer)
        for child in arc.children:
            self.draw(child, depth + 1)

    def _centre(self, arc: _Arc) -> None:
        room = 1.6 * RING_OF_ROOT * self.points / LARGEST_TEXT
        for text in (self.name(arc.node), arc.node.code):
            lines = _wrapped(text, room, 4, bold=True)
            if lines:
                self.axes.text(
                    0,
                    0,
                    "\n".join(lines),
                    ha="center",
                    va="center",
                    fontsize=LARGEST_TEXT,
                    fontweight="bold",
                    gid=f"label:{arc.node.code}",
                )
                return

    def _inside(self, arc: _Arc, inner: float, outer: float) -> None:
        """Along the radius or across it, whichever holds the larger text; the code where the name does not fit."""
        middle = (inner + outer) / 2
        along = (outer - inner) * self.points
        across = 2 * middle * math.sin(math.radians(min(arc.width, 180.0) / 2)) * self.points
        best: Optional[Tuple[float, List[str], float]] = None
        for text in dict.fromkeys((self.name(arc.node), arc.node.code)):
            for length, room, turned in ((across, along, arc.middle), (along, across, arc.middle - 90)):
                found = self._fitting(f"{text} {self.share(arc)}", length, room)
                if found and (best is None or found[0] > best[0]):
                    best = (*found, turned)
            if best:
                break
        if best is None:
            return
        size, lines, turned = best
        angle = math.radians(arc.middle)
        self.axes.text(
            middle * math.sin(angle),
            middle * math.cos(angle),
            "\n".join(lines),
            ha="center",
            va="center",
            fontsize=size,
            rotation=_upright(-turned),
            rotation_mode="anchor",
            color=_ink(arc.colour),
            linespacing=LINE_SPACING,
            gid=f"label:{arc.node.code}",
        )

    @staticmethod
    def _fitting(text: str, length: float, room: float) -> Optional[Tuple[float, List[str]]]:
        """The largest size at which a text fits into a box, and its lines."""
        size = LARGEST_TEXT
        while size > SMALLEST_TEXT:
            lines = _wrapped(text, FILLED * length / size, int(FILLED * room / (size * LINE_HEIGHT)))
            if lines:
                return size, lines
            size -= SIZE_STEP
        return None

    def outside(self, arcs: Sequence[_Arc]) -> None:
        """Labels of the leaves around the rim, all of one size; those of narrow arcs move aside and have a leader."""
        rim = 2 * math.pi * LABELS * self.points
        # Where there is no room for all, those of the narrowest arcs are left out.
        most = int(rim / (SMALLEST_TEXT * LINE_HEIGHT))
        shown = {id(arc) for arc in sorted(arcs, key=lambda each: -each.width)[:most]}
        labelled = [arc for arc in arcs if id(arc) in shown]
        size = min(LARGEST_TEXT, rim / (len(labelled) * LINE_HEIGHT))
        lines = max(1, min(OUTER_LINES, int(FILLED * rim / (len(labelled) * size * LINE_HEIGHT))))
        room = (MARGIN - LABELS) * self.points / size
        texts = [_cut(f"{self.share(arc)}{FIXED_SPACE}{self.name(arc.node)}", room, lines) for arc in labelled]
        heights = [360.0 * len(text) * size * LINE_HEIGHT / rim for text in texts]
        for arc, text, place in zip(labelled, texts, _apart([arc.middle for arc in labelled], heights, 360.0)):
            self._label_outside(arc, "\n".join(text), place, size)

    def _label_outside(self, arc: _Arc, text: str, place: float, size: float) -> None:
        side = "left" if place <= 180 else "right"
        target, angle = math.radians(arc.middle), math.radians(place)
        points = ((1.0, target), (BEND, target), (LEADER, angle))
        across, up = zip(*((radius * math.sin(each), radius * math.cos(each)) for radius, each in points))
        self.axes.plot(across, up, color="#999999", linewidth=0.5, zorder=0)
        self.axes.text(
            LABELS * math.sin(angle),
            LABELS * math.cos(angle),
            text,
            ha=side,
            va="center",
            fontsize=size,
            multialignment=side,
            rotation=90 - place if side == "left" else 270 - place,
            rotation_mode="anchor",
            color="#222222",
            linespacing=LINE_SPACING,
            gid=f"label:{arc.node.code}",
        )


def _upright(degrees: float) -> float:
    """The same line, not upside down."""
    turned = degrees % 180
    return turned - 180 if turned > 90 else turned


def _ink(colour: Tuple[float, float, float]) -> str:
    """Black or white, whichever can be read on a colour."""
    red, green, blue = colour
    return "white" if 0.299 * red + 0.587 * green + 0.114 * blue < 0.6 else "#222222"


def draw_framework(
    nodes: Sequence[Node], names: Tuple[str, str], weights: Mapping[str, float], axes: Any, label: str, language: str
) -> Any:
    """A ring a level, an arc a node, as wide as its share of the total."""
    vietnamese = is_vietnamese(language)
    if label not in ("name", "code"):
        raise ValueError(f'label: expected "name" or "code", not {label!r}')
    axes = _new_axes(SIZE) if axes is None else axes
    from matplotlib.colors import to_rgb

    root = _tree(nodes, weights)
    assert root is not None
    root.end = 360.0
    _spread(root)
    for child, colour in zip(root.children, [to_rgb(each) for each in GROUP_COLOURS] * len(root.children)):
        _colour(child, colour, 1)
    depths = {arc.node.depth for arc in _all(root)}
    axes.set_aspect("equal")
    axes.set_xlim(-MARGIN, MARGIN)
    axes.set_ylim(-MARGIN, MARGIN)
    axes.set_axis_off()
    title = f"{names[0 if vietnamese else 1]}\n{_word('title', vietnamese)}"
    shown = {arc.node.code for arc in _all(root)}
    leaves = sum(arc.node.leaf for arc in _all(root))
    title += f"; {leaves} {_word('indicators', vietnamese)}"
    beside = [node for node in nodes if node.code not in shown and node.leaf]
    if beside:
        title += f", {len(beside)} {_word('outside', vietnamese)}"
    axes.set_title(title, fontsize=12)
    axes.figure.draw_without_rendering()  # Sizes of texts follow from the size of the axes, which the layout decides.
    drawing = _Drawing(axes, max(depths), label, vietnamese)
    drawing.draw(root)
    drawing.outside([arc for arc in _all(root) if arc.node.leaf])
    return axes
