"""The pictures that a scoreboard draws of itself; matplotlib is imported when one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional, Sequence, Union, cast

import numpy

from ._languages import is_vietnamese
from ._models import Node

if TYPE_CHECKING:
    from ._boards import Scoreboard


class BoardPictures:
    """The methods of `Scoreboard` that draw."""

    __slots__ = ()

    @property
    def _board(self) -> "Scoreboard":
        return cast("Scoreboard", self)

    def plot_contributions(self, axes: Any = None, *, limit: int = 40, language: str = "vi") -> Any:
        """Draws the score of each unit as a bar of pieces, one a child of the root, best unit on top.

        The pieces are the contributions of the leaves under the child; together with the adjustments they make the score.
        Needs matplotlib (``pip install thuocdo[plot]``).

        Parameters
        ----------
        axes : matplotlib axes, optional
            Where to draw; default: a new figure.
        limit : int
            At most so many units; the title says how many there are.
        language : {"vi", "en"}

        Returns
        -------
        matplotlib axes
        """
        from ._board_plots import draw_contributions

        if limit < 1:
            raise ValueError(f"limit: expected 1 or more, not {limit}")
        board = self._board
        scored = [row for row in board._core.ranked_units if not numpy.isnan(board._core.scores[row])]
        rows = [board._core.row(row) for row in scored[:limit]]
        explanations = [board._core.explain(row["unit"]) for row in rows]
        return draw_contributions(board._model, rows, explanations, len(scored), axes, language)

    def plot_profile(
        self,
        units: Union[str, Sequence[str]],
        axes: Any = None,
        *,
        peers: Optional[Sequence[str]] = None,
        kind: str = "parallel",
        language: str = "vi",
    ) -> Any:
        """Draws the results of units on each child of the root, with the range and the median of their peers.

        Every axis goes from 0 to the best result that the node can have; where it has none, from the lowest to the highest
        result of the board. Needs matplotlib (``pip install thuocdo[plot]``).

        Parameters
        ----------
        units : str or sequence of str
            Codes or names of the units to draw as lines.
        axes : matplotlib axes, optional
            Where to draw, polar ones for a radar; default: a new figure.
        peers : sequence of str, optional
            Units to compare with; default: all.
        kind : {"parallel", "radar"}
            Axes one under the other, or around a centre (three children or more).
        language : {"vi", "en"}

        Returns
        -------
        matplotlib axes

        Raises
        ------
        DataError
            When there is no such unit.
        """
        from ._profile_plots import draw_profile

        return draw_profile(self._board, [units] if isinstance(units, str) else list(units), peers, kind, axes, language)

    def plot_distributions(self, indicators: Optional[Sequence[str]] = None, axes: Any = None, *, limit: int = 12, language: str = "vi") -> Any:
        """Draws the values of indicators, before and after the treatment of outliers where there was one.

        Each value is a point; boxes show the quartiles. Treated points are marked, with a line to what they became; so are
        imputed values. Needs matplotlib (``pip install thuocdo[plot]``).

        Parameters
        ----------
        indicators : sequence of str, optional
            Columns of the data; default: those in which the preparation changed something, else all.
        axes : array of matplotlib axes, optional
            Where to draw, one an indicator; default: a new figure.
        limit : int
            At most so many of the default.
        language : {"vi", "en"}

        Returns
        -------
        array of matplotlib axes

        Raises
        ------
        DataError
            Naming the indicators that the model does not read.
        """
        from ._distribution_plots import distributions_of, draw_distributions

        if limit < 1:
            raise ValueError(f"limit: expected 1 or more, not {limit}")
        board = self._board
        found = distributions_of(board, indicators, limit, is_vietnamese(language))
        return draw_distributions(found, axes, board._model.name_vi if is_vietnamese(language) else board._model.name, language)

    def plot_correlations(
        self,
        node: Optional[str] = None,
        axes: Any = None,
        *,
        elements: str = "indicators",
        method: str = "pearson",
        redundant: float = 0.92,
        weak: float = 0.3,
        language: str = "vi",
    ) -> Any:
        """Draws the correlations of the results below a node, framed by group, with marks where they deserve a look.

        Marked are two children of one parent that are redundant or negative, and children that are negative or weak with
        their parent. Coefficients are pairwise complete. Needs matplotlib (``pip install thuocdo[plot]``).

        Parameters
        ----------
        node : str, optional
            Code of an inner node; default: the root.
        axes : matplotlib axes, optional
            Where to draw; default: a new figure.
        elements : {"indicators", "children"}
            The leaves under the node, or its children.
        method : {"pearson", "spearman", "kendall"}
        redundant, weak : float
            Two children above the first are redundant; a child from 0 to below the second is weak with its parent.
        language : {"vi", "en"}

        Returns
        -------
        matplotlib axes

        Raises
        ------
        ModelError
            When there is no such node.
        """
        from ._diagnosis_plots import correlations_of, draw_correlations

        chosen = self._inner_node(node)
        found = correlations_of(self._board, chosen, elements, method, redundant, weak)
        title = chosen.name_vi if is_vietnamese(language) else chosen.name
        return draw_correlations(found, title, method, redundant, weak, axes, language)

    def plot_importance(self, node: Optional[str] = None, axes: Any = None, *, measure: str = "correlation_ratio", language: str = "vi") -> Any:
        """Draws for each child of a node the weight that it was given beside the importance that it has.

        Needs matplotlib (``pip install thuocdo[plot]``).

        Parameters
        ----------
        node : str, optional
            Code of an inner node; default: the root.
        axes : matplotlib axes, optional
            Where to draw; default: a new figure.
        measure : {"correlation_ratio", "variance_share"}
            See `kernels.diagnose.importance`.
        language : {"vi", "en"}

        Returns
        -------
        matplotlib axes

        Raises
        ------
        ModelError
            When there is no such node.
        """
        from ._diagnosis_plots import draw_importance

        return draw_importance(self._board, self._inner_node(node), measure, axes, language)

    def _inner_node(self, code: Optional[str]) -> Node:
        board = self._board
        node = board._model.nodes[0] if code is None else board._model[code]
        if node.leaf:
            raise ValueError(f'node: expected a node with children, not the leaf "{node.code}"')
        return node
