"""What the steps of a preparation did, and where weights come from."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List

from . import _core, _html
from ._frames import make_frame
from ._panels import Panel
from ._tables import Labels


class PreparationStage:
    """The result of one step of a preparation."""

    __slots__ = ("_core", "_labels", "name")

    def __init__(self, core: _core.Scoreboard, labels: Labels, name: str) -> None:
        self._core = core
        self._labels = labels
        #: ``raw``, ``denominated``, ``screened``, ``imputed`` or ``treated``; the second of a kind has ``_2`` added.
        self.name = name

    @property
    def panel(self) -> Panel:
        """Values and states after the step."""
        panel = Panel(_core.stage_panel(self._core, self.name))
        panel._labels = self._labels
        return panel

    def frame(self) -> Any:
        """The values after the step, units in the order of the data."""
        return self.panel.to_frame()

    @property
    def cells(self) -> Any:
        """A frame of the cells that the step filled or moved: ``unit``, ``indicator``, ``before``, ``after``, ``reason``."""
        return make_frame(self._labels, _core.stage_cells(self._core, self.name), labelled=False)

    @property
    def screened(self) -> Any:
        """A frame of the units that a screening flagged, with their shares, and whether they are left out."""
        return make_frame(self._labels, _core.stage_screened(self._core, self.name), labelled=False)

    @property
    def treated(self) -> Any:
        """A frame of the indicators that the treatment of outliers looked at: outcome, points winsorised, skewness and
        kurtosis before and after.
        """
        return make_frame(self._labels, _core.stage_treated(self._core, self.name), labelled=False)

    @property
    def notices(self) -> List[str]:
        """What a reader should know, such as a group in which nothing was observed."""
        return _core.stage_notices(self._core, self.name)

    def __repr__(self) -> str:
        return f"<PreparationStage {self.name}: {len(_core.stage_cells(self._core, self.name)['unit'])} cells changed>"


class Preparation:
    """The stages of a preparation in order; the first is the data as given."""

    __slots__ = ("_core", "_labels")

    def __init__(self, core: _core.Scoreboard, labels: Labels) -> None:
        self._core = core
        self._labels = labels

    @property
    def names(self) -> List[str]:
        """Names of the stages."""
        return _core.stage_names(self._core)

    def __getitem__(self, name: str) -> PreparationStage:
        """The stage with a name.

        Raises
        ------
        ModelError
            When there is none.
        """
        _core.stage_notices(self._core, name)
        return PreparationStage(self._core, self._labels, name)

    def __iter__(self) -> Iterator[PreparationStage]:
        return (PreparationStage(self._core, self._labels, name) for name in self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __repr__(self) -> str:
        return _core.preparation_text(self._core).rstrip("\n")


class WeightingReport:
    """How the weights of the children of one node came about. Weights are relative inside the node and add up to 1."""

    __slots__ = ("_fields", "_labels")

    def __init__(self, fields: Dict[str, Any], labels: Labels) -> None:
        self._fields = fields
        self._labels = labels

    @property
    def node(self) -> str:
        """Code of the node."""
        return str(self._fields["node"])

    @property
    def scheme(self) -> str:
        """Name of the scheme, e.g. ``critic``."""
        return str(self._fields["scheme"])

    @property
    def weights(self) -> Dict[str, float]:
        """Weight by code of the child."""
        return dict(zip(self._fields["elements"], self._fields["weights"]))

    @property
    def figures(self) -> Dict[str, float]:
        """Figures of the whole, e.g. ``consistency_ratio``."""
        return dict(self._fields["figures"])

    @property
    def notices(self) -> List[str]:
        """What a reader should know, e.g. that judgements contradict each other."""
        return list(self._fields["notices"])

    def frame(self) -> Any:
        """One row a child: ``element``, ``weight`` and the figures of the scheme for each."""
        columns: Dict[str, Any] = {"element": self._fields["elements"], "weight": self._fields["weights"]}
        columns.update({name: values for name, values in self._fields["element_figures"]})
        return make_frame(self._labels, columns, labelled=False)

    def __repr__(self) -> str:
        return str(self._fields["text"]).rstrip("\n")

    def _repr_html_(self) -> str:
        figures = self._fields["element_figures"]
        header = ["element", "weight", *(name for name, _ in figures)]
        rows = zip(self._fields["elements"], self._fields["weights"], *(values for _, values in figures))
        notes = [f"{name}: {_html.shown(value)}" for name, value in self.figures.items()]
        return _html.table(f"weights of {self.node} by {self.scheme}", header, [list(row) for row in rows], notes + self.notices)
