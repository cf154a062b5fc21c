"""Who sees which figures of a scoreboard, and what readers can find out about the others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

import numpy

from . import _core, _html
from ._boards import Scoreboard
from ._frames import make_frame
from ._progress import Progress, run_with_progress
from ._result_tables import SHOWN_ROWS, cell

#: Rules as a JSON-like mapping, the text of a JSON document, or the path of a file.
VisibilitySource = Union[Mapping[str, Any], str, Path, None]

#: Kinds of steps that a proposal may take.
STEP_KINDS = ("cells", "totals", "ranks", "bands", "coarser")


class _Table:
    """A table by columns that the compiled part made."""

    __slots__ = ("_core", "_board", "_columns")
    _shown: Sequence[str] = ()

    def __init__(self, core: Any, board: Scoreboard) -> None:
        self._core = core
        self._board = board
        self._columns: Dict[str, Any] = core.columns()

    def frame(self) -> Any:
        """All rows as a frame of the kind of the data."""
        return make_frame(self._board._labels, self._columns, labelled=False)

    def __len__(self) -> int:
        return len(next(iter(self._columns.values())))

    def rows(self) -> List[Dict[str, Any]]:
        """All rows, each as a mapping of plain values."""
        return [{name: cell(values, row) for name, values in self._columns.items()} for row in range(len(self))]

    def _caption(self) -> str:
        return type(self).__name__

    def __repr__(self) -> str:
        return f"<{self._caption()}>"

    def _repr_html_(self) -> str:
        rows = [[cell(self._columns[name], row) for name in self._shown] for row in range(min(len(self), SHOWN_ROWS))]
        notes = [f"{len(self) - SHOWN_ROWS} more"] if len(self) > SHOWN_ROWS else []
        return _html.table(self._caption(), self._shown, rows, notes)


class DisclosureAudit(_Table):
    """What readers of a view can find out about each withheld result.

    Columns of ``frame()``: ``unit``, ``node``; ``lower``, ``upper`` and ``width`` of the interval to which the result can be
    narrowed; the width ``needed``; ``status`` (``safe``, ``interval_too_narrow``, ``determined_exactly``, ``not_decided``);
    ``why``, the published lines that it follows from; ``value_lower`` and ``value_upper`` of the value of a leaf; ``unknown``,
    the column of ``equations()["matrix"]``.
    """

    __slots__ = ()
    _shown = ("unit", "node", "lower", "upper", "width", "needed", "status", "why")

    @property
    def is_safe(self) -> bool:
        """Whether every withheld result keeps its width."""
        return self._core.is_safe  # type: ignore[no-any-return]

    @property
    def unsafe(self) -> int:
        """Withheld results that are not safe."""
        return self._core.unsafe  # type: ignore[no-any-return]

    @property
    def safe_width(self) -> float:
        """The width demanded, as a share of the scale."""
        return self._core.safe_width  # type: ignore[no-any-return]

    @property
    def assumed(self) -> List[str]:
        """Names of the figures that readers are taken to know because the audit cannot say what they know of them."""
        return self._core.assumed  # type: ignore[no-any-return]

    @property
    def links(self) -> int:
        """Ties between unknowns that are not linear; with none, ``equations()`` says everything."""
        return self._core.links  # type: ignore[no-any-return]

    def equations(self) -> Dict[str, Any]:
        """The equations of a reader: ``lines["lower"] <= matrix @ x <= lines["upper"]``, ``unknowns["lower"] <= x <=
        unknowns["upper"]``, each with its ``name``, for whoever wants to solve them otherwise.
        """
        return self._core.equations()  # type: ignore[no-any-return]

    def _caption(self) -> str:
        return f"DisclosureAudit: {len(self)} withheld, {self.unsafe} not safe"


class DisclosureProposal(_Table):
    """Steps that make withheld results safe.

    Columns of ``frame()``: ``step`` (``cell``, ``ranks``, ``band``, ``coarser``), ``unit``, ``node``, ``digits`` and ``text``.
    """

    __slots__ = ()
    _shown = ("step", "unit", "node", "digits")

    @property
    def exact(self) -> bool:
        """Whether no smaller set of steps is enough."""
        return self._core.exact  # type: ignore[no-any-return]

    @property
    def lower_bound(self) -> int:
        """No fewer steps are enough."""
        return self._core.lower_bound  # type: ignore[no-any-return]

    @property
    def unsafe(self) -> int:
        """Results that are still not safe after the steps."""
        return self._core.unsafe  # type: ignore[no-any-return]

    def _caption(self) -> str:
        return f"DisclosureProposal: {len(self)} steps{'' if self.unsafe == 0 else f', {self.unsafe} still not safe'}"


class AudienceView:
    """The figures of a scoreboard that an audience sees. Immutable. Made by ``audience_view``."""

    __slots__ = ("_core", "_board")

    def __init__(self, core: _core.AudienceView, board: Scoreboard) -> None:
        self._core = core
        self._board = board

    @property
    def board(self) -> Scoreboard:
        """The whole scoreboard."""
        return self._board

    @property
    def audience(self) -> str:
        """``public``, ``internal`` or ``restricted``."""
        return self._core.audience

    @property
    def shows_all(self) -> bool:
        """Whether nothing is withheld."""
        return self._core.shows_all

    def shows(self, unit: str, node: Optional[str] = None) -> bool:
        """Whether a result is shown; without a node, whether anything of a unit is."""
        return self._core.shows_unit(unit) if node is None else self._core.shows(unit, node)

    def printed(self) -> Any:
        """Results as they are printed, a column a node; missing where they are withheld or missing."""
        codes = self._board._core.model.node_codes
        columns = dict(zip(codes, numpy.asarray(self._core.printed()).T))
        return make_frame(self._board._unit_labels_without(columns), columns, list(self._board._core.panel.units.codes))

    def audit(
        self,
        *,
        safe_width: float = 0.1,
        values_in_full: bool = True,
        widths: Optional[Mapping[str, float]] = None,
        limits: Optional[Mapping[str, Tuple[Optional[float], Optional[float]]]] = None,
        roll_ups: Sequence[Mapping[str, Any]] = (),
        earlier: Sequence[AudienceView] = (),
        progress: Progress = False,
    ) -> DisclosureAudit:
        """Says of each withheld result whether readers can find it out, or to which interval they can narrow it.

        Parameters
        ----------
        safe_width : float
            Width that each interval must have, as a share of the scale: of the points of the node, or else of its domain, or
            else of the range of its results.
        values_in_full : bool
            Whether values of shown indicators are published with all their digits, which gives their results away however they
            are printed.
        widths : mapping, optional
            Widths of single nodes, in the unit of the result.
        limits : mapping, optional
            Lower and upper limit of the results of nodes that everybody knows, beyond those of the model; None for no limit.
        roll_ups : sequence of mappings
            Published means: ``{"to": "nation", "digits": 1, "nodes": ["total"], "weights": "population"}``. Without ``nodes``
            those of all nodes, without ``weights`` plain means, without ``digits`` with all digits.
        earlier : sequence of AudienceView
            Other publications that readers have.
        progress : bool or callable, optional
            As in ``score``.

        Returns
        -------
        DisclosureAudit
        """
        arguments = _arguments(safe_width, values_in_full, widths, limits, roll_ups, earlier)
        return DisclosureAudit(run_with_progress(progress, lambda report: self._core.audit(*arguments, report)), self._board)

    def propose(
        self,
        *,
        safe_width: float = 0.1,
        values_in_full: bool = True,
        kinds: Sequence[str] = STEP_KINDS,
        widths: Optional[Mapping[str, float]] = None,
        limits: Optional[Mapping[str, Tuple[Optional[float], Optional[float]]]] = None,
        roll_ups: Sequence[Mapping[str, Any]] = (),
        earlier: Sequence[AudienceView] = (),
        progress: Progress = False,
    ) -> DisclosureProposal:
        """The fewest things less to publish so that every withheld result is safe.

        Parameters
        ----------
        kinds : sequence of {"cells", "totals", "ranks", "bands", "coarser"}
            What may be withheld or, ``coarser``, printed with fewer decimals.
        safe_width, values_in_full, widths, limits, roll_ups, earlier, progress
            As in ``audit``.

        Returns
        -------
        DisclosureProposal
        """
        arguments = _arguments(safe_width, values_in_full, widths, limits, roll_ups, earlier)
        found = run_with_progress(progress, lambda report: self._core.propose(*arguments, list(kinds), report))
        return DisclosureProposal(found, self._board)

    def apply(self, proposal: DisclosureProposal) -> AudienceView:
        """The view after the steps of a proposal for it."""
        return AudienceView(self._core.apply(proposal._core), self._board)

    def require_safe(
        self,
        *,
        safe_width: float = 0.1,
        values_in_full: bool = True,
        widths: Optional[Mapping[str, float]] = None,
        limits: Optional[Mapping[str, Tuple[Optional[float], Optional[float]]]] = None,
        roll_ups: Sequence[Mapping[str, Any]] = (),
        earlier: Sequence[AudienceView] = (),
        forced_reason: str = "",
    ) -> Dict[str, Any]:
        """Refuses a view that gives withheld results away, unless it is forced with a reason.

        Returns
        -------
        dict
            What to write into the publication, with the reason.

        Raises
        ------
        DataError
            With every result that is not safe, and what would make it safe.
        """
        arguments = _arguments(safe_width, values_in_full, widths, limits, roll_ups, earlier)
        return self._core.require_safe(*arguments, forced_reason)

    def __repr__(self) -> str:
        return f"<AudienceView: {self.audience}>"


def _arguments(
    safe_width: float,
    values_in_full: bool,
    widths: Optional[Mapping[str, float]],
    limits: Optional[Mapping[str, Tuple[Optional[float], Optional[float]]]],
    roll_ups: Sequence[Mapping[str, Any]],
    earlier: Sequence[AudienceView],
) -> Tuple[float, bool, List[Any], List[Any], List[_core.AudienceView]]:
    nodes: Dict[str, List[Any]] = {}
    for node, width in (widths or {}).items():
        nodes.setdefault(node, [node, None, None, None])[1] = width
    for node, (at_least, at_most) in (limits or {}).items():
        nodes.setdefault(node, [node, None, None, None])[2:] = [at_least, at_most]
    means = [(each["to"], each.get("weights"), each.get("digits"), list(each.get("nodes", ()))) for each in roll_ups]
    return safe_width, values_in_full, [tuple(each) for each in nodes.values()], means, [each._core for each in earlier]


def audience_view(board: Scoreboard, audience: str = "public", rules: VisibilitySource = None) -> AudienceView:
    """What an audience sees of a scoreboard.

    Parameters
    ----------
    board : Scoreboard
    audience : {"public", "internal", "restricted"}
        The public sees what is public, people inside also what is internal, those with permission all.
    rules : mapping, text or path, optional
        Beyond the visibility that the model gives its nodes: ``units``, ``cells`` and ``tasks`` that are withheld, ``digits``
        and ``default_digits`` with which results are printed, ``ranks_without_totals``, ``bands_without_totals``. A text that
        begins with ``{`` is JSON, any other the path of a file.

    Returns
    -------
    AudienceView

    Raises
    ------
    DataError
        With every mistake in the rules.
    """
    return AudienceView(_core.AudienceView(board._core, audience, _rules_text(rules)), board)


def _rules_text(rules: VisibilitySource) -> str:
    if rules is None:
        return "{}"
    if isinstance(rules, Mapping):
        return json.dumps(dict(rules), ensure_ascii=False)
    if isinstance(rules, str) and rules.lstrip().startswith("{"):
        return rules
    return Path(rules).read_text(encoding="utf-8")
