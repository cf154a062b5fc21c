"""Where the points of one unit came from, and what would change them."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from . import _core, _html
from ._frames import make_frame
from ._tables import Labels

#: Columns of the lines of an explanation that hold text.
TEXT_COLUMNS = ("code", "name", "name_vi", "role", "unit", "state", "expression", "rule", "source", "date", "owner")


class Explanation:
    """The whole explanation of one unit.

    The contributions of the leaves and the amounts of the adjustments add up to the score, bit for bit.
    """

    __slots__ = ("_core", "_kind", "_row")

    def __init__(self, core: _core.Explanation, kind: str) -> None:
        self._core = core
        self._kind = kind
        self._row = core.row()

    @property
    def unit(self) -> str:
        """Code of the unit."""
        return str(self._row["unit"])

    @property
    def name(self) -> str:
        """Name of the unit, or its code."""
        return str(self._row["name"])

    @property
    def score(self) -> float:
        """Total as published; NaN is missing."""
        return float(self._row["score"])

    @property
    def full_score(self) -> float:
        """Total before the rounding of the root."""
        return self._core.full_score

    @property
    def rank(self) -> float:
        """Rank over all units; NaN without a score."""
        return float(self._row["rank"])

    @property
    def coverage(self) -> float:
        """Share of the applicable indicators that were measured."""
        return float(self._row["coverage"])

    @property
    def band(self) -> Optional[str]:
        """Code of the band."""
        return self._row["band"] or None

    @property
    def band_reason(self) -> str:
        """Why the unit has its band."""
        return self._core.band_reason

    @property
    def flags(self) -> List[str]:
        """What a reader of the unit's row should know."""
        return self._core.flags

    @property
    def lines(self) -> Any:
        """A frame with one row a node, parents first.

        ``weight`` is the share of the total when nothing is missing; ``value`` what the model read, after carrying or
        filling; ``best`` the most that the node can give; ``contribution`` the part of the total that comes through the
        node (slope times result); ``shortfall`` what the total would gain, to first order, at the best result.
        """
        lines = self._core.lines()
        columns: Dict[str, Any] = {name: [line[name] for line in lines] for name in lines[0]}
        for name in TEXT_COLUMNS:
            columns[name] = [text or None for text in columns[name]]
        return make_frame(Labels(self._kind), columns, labelled=False)

    @property
    def adjustments(self) -> Any:
        """A frame of the parts of the total that are no leaf's: rounding, bounds, the curvature of an aggregation."""
        found = self._core.adjustments()
        columns = {
            "node": [each[0] for each in found],
            "what": [each[1] for each in found],
            "amount": [each[2] for each in found],
        }
        return make_frame(Labels(self._kind), columns, labelled=False)

    @property
    def total(self) -> float:
        """Exact sum of contributions and adjustments; equal to the score."""
        return self._core.total()

    def plot(self, axes: Any = None, *, limit: int = 40, language: str = "vi") -> Any:
        """Draws the part of the total that comes from each indicator, and what the total could still gain from it.

        Needs matplotlib (``pip install thuocdo[plot]``).

        Parameters
        ----------
        axes : matplotlib axes, optional
            Where to draw; default: a new figure.
        limit : int
            At most so many indicators, those with the largest bars; the others are one bar.
        language : {"vi", "en"}

        Returns
        -------
        matplotlib axes
        """
        from ._board_plots import draw_explanation

        return draw_explanation(self._core, axes, limit, language)

    def __repr__(self) -> str:
        return str(self._core).rstrip("\n")

    def _repr_html_(self) -> str:
        header = ("node", "name", "value", "numerator", "denominator", "target", "rule", "result", "best", "contribution", "note")
        rows = []
        for line in self._core.lines():
            notes = [line["role"]] if line["role"] != "scored" else []
            if line["leaf"] and line["state"] != "observed":
                notes.append(line["state"])
            if line["imputed"]:
                notes.append("imputed")
            rows.append(
                ["    " * line["depth"] + line["code"], line["name"]]
                + [line[name] for name in header[2:-1]]
                + [", ".join(notes)]
            )
        caption = f"{self.name} ({self.unit}): score {_html.shown(self.score)}, rank {_html.shown(self.rank)}"
        if self.band:
            caption += f", band {self.band}"
        return _html.table(caption, header, rows, [self.band_reason] * bool(self.band_reason) + self.flags)


class WhatIf:
    """A unit before and after some of its values were changed.

    Attributes
    ----------
    before, after : dict
        ``unit``, ``name``, ``rank``, ``score``, ``band``, ``coverage``.
    """

    __slots__ = ("_text", "before", "after", "score_change", "places_gained")

    def __init__(self, core: _core.WhatIf) -> None:
        self._text = str(core)
        self.before: Dict[str, Any] = core.before()
        self.after: Dict[str, Any] = core.after()
        #: Score after less score before.
        self.score_change: float = core.score_change()
        #: Places gained; negative when places are lost.
        self.places_gained: float = core.places_gained()

    def __repr__(self) -> str:
        return self._text.rstrip("\n")
