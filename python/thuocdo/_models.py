"""Index models: loading, checking, and what they consist of."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from typing import Any, Callable, Dict, FrozenSet, List, Mapping, Optional, Tuple, Union

from . import _core, _html
from ._dates import to_date
from ._errors import Problem

ModelSource = Union["IndexModel", Mapping[str, Any], str, "os.PathLike[str]"]


@dataclass(frozen=True)
class DerivedIndicator:
    """An indicator that a model computes from others before scoring.

    ``unit`` is the unit of measure as stated, or else as the expression gives it; empty when it is not known.
    """

    code: str
    name: str
    name_vi: str
    expression: str
    unit: str
    source: str


@dataclass(frozen=True)
class Node:
    """A node of an index model, with defaults and inheritance resolved.

    A list of nodes makes a frame: ``pandas.DataFrame(model.nodes)``.
    """

    code: str
    name: str
    name_vi: str
    parent: Optional[str]
    depth: int
    leaf: bool
    role: str
    weight: float
    effective_weight: float
    points: Optional[float]
    rule: str
    indicator: Optional[str]
    unit: Optional[str]
    direction: Optional[str]
    kind: Optional[str]
    visibility: str
    owner: Optional[str]
    source: Optional[str]
    pointer: str


class IndexModel:
    """An immutable, validated index model. Make one with `load_model`.

    Two models are equal when their canonical forms are; a model can be a key of a dict and can be pickled.
    """

    __slots__ = ("_core", "_cache")

    def __init__(self, core: _core.IndexModel) -> None:
        self._core = core
        self._cache: Dict[str, Any] = {}

    def _once(self, name: str, make: Callable[[], Any]) -> Any:
        if name not in self._cache:
            self._cache[name] = make()
        return self._cache[name]

    @property
    def id(self) -> str:
        """Identity of the index."""
        return self._core.id

    @property
    def version(self) -> str:
        """Version of the definition."""
        return self._core.version

    @property
    def name(self) -> str:
        """Name in English, or in Vietnamese where there is no other."""
        return self._core.name(False)

    @property
    def name_vi(self) -> str:
        """Name in Vietnamese, or in English where there is no other."""
        return self._core.name(True)

    @property
    def description(self) -> str:
        """Description in English, or in Vietnamese where there is no other."""
        return self._core.description(False)

    @property
    def status(self) -> str:
        """`official`, `reference` or `draft`."""
        return self._core.status

    @property
    def source(self) -> str:
        """Decree, report or page."""
        return self._core.source

    @property
    def effective(self) -> Tuple[Optional[date], Optional[date]]:
        """First and last day on which the definition holds."""
        first, last = self._core.effective
        return to_date(first), to_date(last)

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical form, 64 hexadecimal digits."""
        return self._core.digest

    @property
    def nodes(self) -> List[Node]:
        """All nodes as the document lists them, parents first."""
        return list(self._once("nodes", lambda: [Node(**fields) for fields in self._core.nodes()]))

    @property
    def leaves(self) -> List[Node]:
        """The nodes that are scored from an indicator."""
        return [node for node in self.nodes if node.leaf]

    @property
    def indicators(self) -> List[str]:
        """Codes of the columns that the model reads, for its leaves or its expressions, each once."""
        return list(self._once("indicators", lambda: self._core.indicators))

    @property
    def derived(self) -> List[DerivedIndicator]:
        """Indicators that are computed before scoring, as the document lists them."""
        return list(self._once("derived", lambda: [DerivedIndicator(**fields) for fields in self._core.derived]))

    @property
    def factors(self) -> List[Dict[str, Any]]:
        """What the model declares to be uncertain, for robustness runs, as in the document."""
        declared: List[Dict[str, Any]] = self.to_dict().get("factors", [])
        return declared

    def __getitem__(self, code: str) -> Node:
        """The node with a code.

        Raises
        ------
        ModelError
            When there is none.
        """
        by_code: Dict[str, Node] = self._once("by_code", lambda: {node.code: node for node in self.nodes})
        if code not in by_code:
            self._core.index_of(code)
        return by_code[code]

    def canonical(self) -> str:
        """The document with defaults left out, members sorted and no white space; the digest is taken of it."""
        return self._core.canonical

    def to_json(self, indent: int = 2) -> str:
        """The document as text; a negative indent gives the canonical form."""
        return _core.to_json(self._core, indent)

    def to_dict(self) -> Dict[str, Any]:
        """The document as plain Python values."""
        return json.loads(self.to_json())  # type: ignore[no-any-return]

    def with_(self, pointer: str, value: Any) -> "IndexModel":
        """A copy with one member of the document replaced or added; this model stays as it is.

        Parameters
        ----------
        pointer : str
            A JSON pointer into the document, e.g. ``/root/children/0/weight``, or one that starts at a node:
            ``@education/aggregate``. A member that has its default, and is therefore not written, can be given too;
            ``-`` after a list appends to it.
        value
            What the document is to hold there: a number, text, list or dict.

        Raises
        ------
        ModelError
            When the pointer hits nothing, or the changed model does not pass its checks; with every problem.

        Examples
        --------
        >>> import thuocdo as td
        >>> td.datasets.model("hdi").with_("@hdi/aggregate", "arithmetic").differences(td.datasets.model("hdi"))[0][:2]
        ('hdi', 'aggregate')
        """
        return IndexModel(_core.with_(self._core, pointer, json.dumps(value, ensure_ascii=False)))

    def without(self, pointer: str) -> "IndexModel":
        """A copy with one member of the document taken out, which then has its default, or one element of a list.

        Raises
        ------
        ModelError
            When the pointer hits nothing, or the changed model does not pass its checks.
        """
        return IndexModel(_core.without(self._core, pointer))

    def drop(self, code: str) -> "IndexModel":
        """A copy without a node (and what is below it), or without every leaf that reads an indicator.

        Points of the parents and ``weights_sum_to`` follow; judgements about a dropped child are left out; steps of the
        preparation and factors lose what nothing reads any more; a parent that loses its last child goes too.

        Raises
        ------
        ModelError
            When there is no such node or indicator, when nothing would be left, or when something else counts on the
            node (a gate, a tie-breaker, order weights), naming it.
        """
        return IndexModel(_core.drop(self._core, code))

    def differences(self, other: ModelSource) -> List[Tuple[str, str, Any, Any]]:
        """What differs from another model: ``(node, member, here, there)``.

        Nodes are matched by code, so that one that was dropped or moved does not make its neighbours differ; outside the
        tree ``node`` is empty and ``member`` a JSON pointer. ``None`` is a member that has its default, or a node that
        only the other model has (``member`` is then empty).
        """
        table = _core.differences(self._core, load_model(other)._core)

        def value(text: str) -> Any:
            return json.loads(text) if text else None

        rows = zip(table["node"], table["member"], table["before"], table["after"])
        return [(node, member, value(before), value(after)) for node, member, before, after in rows]

    def plot(self, axes: Any = None, *, weights: Optional[Mapping[str, float]] = None, label: str = "name", language: str = "vi") -> Any:
        """Draws the framework: a ring a level, and each node as an arc as wide as its share of the total.

        Needs matplotlib (``pip install thuocdo[plot]``).

        Parameters
        ----------
        axes : matplotlib axes, optional
            Where to draw; default: a new figure.
        weights : dict, optional
            Share of each node in the total, as `Scoreboard.effective_weights` gives it; default: that of the declared
            weights.
        label : {"name", "code"}
            What is written on the arcs. A name that does not fit inside gives way to the code.
        language : {"vi", "en"}

        Returns
        -------
        matplotlib axes
        """
        from ._model_plots import draw_framework

        shares = {node.code: node.effective_weight for node in self.nodes} if weights is None else weights
        return draw_framework(self.nodes, (self.name_vi, self.name), shares, axes, label, language)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, IndexModel) and self._core == other._core

    def __hash__(self) -> int:
        return hash(self._core.digest)

    def __reduce__(self) -> Tuple[Any, Tuple[str]]:
        return load_model, (self.to_json(),)

    def __repr__(self) -> str:
        return f"<IndexModel {self.id} {self.version}: {len(self.leaves)} leaves, {self.digest[:12]}>"

    def _repr_html_(self) -> str:
        rows = [
            ("    " * node.depth + node.code, node.name, node.effective_weight, node.points, node.role, node.rule, node.unit or "")
            for node in self.nodes
        ]
        header = ("node", "name", "share of total", "points", "role", "rule", "unit")
        return _html.table(f"{self.name} ({self.id} {self.version})", header, rows, [f"digest {self.digest}"])

    def _indicator_set(self) -> FrozenSet[str]:
        return self._once("indicator_set", lambda: frozenset(self._core.indicators))  # type: ignore[no-any-return]

    def _unit_columns(self) -> Dict[str, List[str]]:
        return self._once("unit_columns", self._core.unit_columns)  # type: ignore[no-any-return]

    def _level_labels(self) -> Dict[str, Dict[str, float]]:
        return self._once("level_labels", self._core.level_labels)  # type: ignore[no-any-return]


def _is_json(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n").startswith("{")


def load_model(source: ModelSource) -> IndexModel:
    """Reads an index model and checks it as a whole.

    Parameters
    ----------
    source : path, dict or str
        A file (``.json``, or ``.csv`` in table form), the document as a dict, or its JSON text.

    Returns
    -------
    IndexModel

    Raises
    ------
    ModelError
        With every problem of the document and its JSON pointer; also when the file cannot be read.

    Notes
    -----
    The format is described in ``docs/model-document.md`` of the project and by the JSON Schema
    ``thuocdo.datasets.path("index-model.schema.json")``.
    """
    if isinstance(source, IndexModel):
        return source
    if isinstance(source, Mapping):
        return IndexModel(_core.parse_model(json.dumps(source, ensure_ascii=False)))
    if isinstance(source, str) and _is_json(source):
        return IndexModel(_core.parse_model(source))
    return IndexModel(_core.load_model(os.fspath(source)))


def check_model(source: ModelSource) -> List[Problem]:
    """Every problem of an index model, in the order of the document; none when `load_model` accepts it.

    Parameters
    ----------
    source : path, dict or str
        As for `load_model`.

    Returns
    -------
    list of Problem
    """
    if isinstance(source, IndexModel):
        return []
    if isinstance(source, Mapping):
        return _core.check_model(json.dumps(source, ensure_ascii=False))
    if isinstance(source, str) and _is_json(source):
        return _core.check_model(source)
    return _core.check_model_file(os.fspath(source))
