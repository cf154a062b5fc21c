"""What an auditor of indices looks for in a scoreboard."""

from __future__ import annotations

from typing import Any, Dict

from . import _core, _html
from ._boards import Scoreboard
from ._frames import make_frame
from ._tables import Labels

#: Columns of the findings that notebooks show.
SHOWN = ("kind", "code", "other", "figure", "limit", "text")


class AuditReport:
    """Findings about a scoreboard, and the tables behind them. Print it for one readable text."""

    __slots__ = ("_core", "_labels", "_title")

    def __init__(self, core: _core.AuditReport, labels: Labels, title: str) -> None:
        self._core = core
        self._labels = labels
        self._title = title

    @property
    def units(self) -> int:
        """Units that were evaluated."""
        return self._core.units

    @property
    def findings(self) -> Any:
        """A frame: ``kind``, ``code`` (of a node or unit), ``other``, ``figure``, ``limit``, ``text``, ``text_vi``."""
        return self._frame(self._core.findings())

    @property
    def leaves(self) -> Any:
        """A frame with one row a leaf: values measured, missing, zero and distinct; statistics of the values that the leaf
        read; share of the total; correlation with its parent and with the total.
        """
        return self._frame(self._core.leaves())

    @property
    def nodes(self) -> Any:
        """A frame with one row an inner node: number of scored children and their Cronbach's alpha."""
        return self._frame(self._core.nodes())

    @property
    def importance(self) -> Any:
        """A frame with one row a child of a node: weight, share of the variance, relative importance (correlation ratio),
        correlation with the node.
        """
        return self._frame(self._core.children())

    def frame(self) -> Any:
        """The findings."""
        return self.findings

    def to_html(self, language: str = "en") -> str:
        """The findings, leaves, nodes and weights against importance as HTML tables.

        Parameters
        ----------
        language : {"en", "vi"}
            Of the findings.
        """
        found = dict(self._core.findings())
        found["text"] = found["text_vi"] if language == "vi" else found["text"]
        parts = [_table(f"{self._title}: {len(found['kind'])} findings over {self.units} units", {name: found[name] for name in SHOWN})]
        parts.append(_table("leaves", self._core.leaves()))
        parts.append(_table("nodes", self._core.nodes()))
        parts.append(_table("weight against importance", self._core.children()))
        return "\n".join(parts)

    def _frame(self, columns: Dict[str, Any]) -> Any:
        return make_frame(self._labels, columns, labelled=False)

    def __len__(self) -> int:
        return len(self._core.findings()["kind"])

    def __repr__(self) -> str:
        return str(self._core).rstrip("\n")

    def _repr_html_(self) -> str:
        return self.to_html()


def _table(caption: str, columns: Dict[str, Any]) -> str:
    rows = [list(row) for row in zip(*(list(values) for values in columns.values()))]
    return _html.table(caption, list(columns), rows, [])


def audit(
    board: Scoreboard,
    *,
    availability: float = 0.65,
    redundant: float = 0.92,
    weak: float = 0.3,
    alpha: float = 0.7,
    weight_ratio: float = 2.0,
    silent: float = 0.1,
    fewest_units: int = 10,
) -> AuditReport:
    """Looks through a scoreboard as an auditor of indices does.

    Findings are about missing data, zeros and tails of every indicator; redundant, negative and weak correlations inside
    every node; reliability; weights against what really moves the node; leaves that do nothing; indicators that still
    follow their denominator; judgements that contradict each other.

    Parameters
    ----------
    board : Scoreboard
    availability : float
        Least share of units measured for an indicator, and of indicators for a unit.
    redundant, weak : float
        Correlation of two children above which they say the same; of a child with its parent below which it hardly counts.
    alpha : float
        Least Cronbach's alpha of the children of a node.
    weight_ratio : float
        How many times more, or less, than its weight a child may matter.
    silent : float
        Least absolute correlation of a leaf with the total.
    fewest_units : int
        Correlations over fewer units are no findings.

    Returns
    -------
    AuditReport

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, steps 3 to 8.
    """
    core = _core.audit(board._core, availability, redundant, weak, alpha, weight_ratio, silent, fewest_units)
    return AuditReport(core, board._labels, f"{board.model.name} ({board.model.id} {board.model.version})")
