"""Scoring, and what it gives."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple, Union

import numpy

from . import _core, _html
from ._board_pictures import BoardPictures
from ._dates import iso_date, to_date
from ._errors import CODES_ARE_TEXT, Problem, data_error
from ._explanations import Explanation, WhatIf
from ._frames import make_column, make_frame, whole_numbers
from ._models import IndexModel, ModelSource, load_model
from ._panels import Panel, as_panel
from ._preparation import Preparation, WeightingReport
from ._progress import Progress, run_with_progress
from ._source_tables import PathLike
from ._tables import Labels

if TYPE_CHECKING:
    from ._uncertainty import Uncertainty

#: Rows that the printed form of a scoreboard shows.
SHOWN_ROWS = 10

Change = Union[float, str, Tuple[float, float]]


class Scoreboard(BoardPictures):
    """The result of `score`: results of every node for every unit, totals, ranks, bands, and why.

    Frames come in the kind of the data that was scored, with the codes of the units where they stood. Immutable.
    """

    __slots__ = ("_core", "_labels", "_model", "_codes", "_arguments")

    def __init__(self, core: _core.Scoreboard, model: IndexModel, labels: Labels, arguments: Tuple[Any, ...]) -> None:
        self._core = core
        self._model = model
        self._labels = labels
        self._arguments = arguments
        self._codes: Optional[List[str]] = None

    def _unit_codes(self) -> List[str]:
        if self._codes is None:
            self._codes = self._core.panel.units.codes
        return self._codes

    def _unit(self, unit: str) -> int:
        return self._core.panel.units.index_of(text_of_unit(unit))

    @property
    def model(self) -> IndexModel:
        """The model that was scored with."""
        return self._model

    @property
    def panel(self) -> Panel:
        """The data that were scored."""
        panel = Panel(self._core.panel)
        panel._labels = self._labels
        return panel

    @property
    def preparation(self) -> Preparation:
        """The result of each step of the preparation by name, and what it did to which cell."""
        return Preparation(self._core, self._labels)

    def weighting(self, node: str) -> Optional[WeightingReport]:
        """How the weights of the children of a node came about; ``None`` where no scheme gave them.

        Raises
        ------
        ModelError
            When there is no such node.
        """
        fields = _core.weighting_report(self._core, node)
        return None if fields is None else WeightingReport(fields, self._labels)

    def effective_weights(self) -> Dict[str, float]:
        """Share of each node in the total when nothing is missing, with the weights that were used."""
        return dict(zip(self._core.model.node_codes, _core.effective_weights(self._core)))

    @property
    def as_of(self) -> Optional[date]:
        """The date at which dated targets were read, if there was one."""
        return to_date(self._core.as_of)

    @property
    def digest(self) -> str:
        """SHA-256 over everything that could be published; the same on every machine and for every order of units."""
        return self._core.digest

    @property
    def notices(self) -> List[str]:
        """What the whole scoring noticed, such as a column without spread."""
        return self._core.notices

    def ranking(self, limit: Optional[int] = None, *, robust: Optional["Uncertainty"] = None, level: Optional[float] = None) -> Any:
        """Units from best to worst; equal ranks by code, units without a score last.

        Parameters
        ----------
        limit : int, optional
            At most so many rows.
        robust : Uncertainty, optional
            A robustness run of this board: adds the ends of the interval of each rank.
        level : float, optional
            The share of the draws that the intervals hold; default: that of the run.

        Returns
        -------
        frame
            Codes of units, ``rank``, (``rank_low``, ``rank_high``,) ``name``, ``score``, ``band`` (where the model has
            bands), ``coverage`` and ``rank_within_<attribute>`` for each attribute that the model ranks within. Ranks are
            integers where they are whole; a unit without a score has none.

        Raises
        ------
        DataError
            When the robustness run is of another board.
        """
        order = numpy.array(self._core.ranked_units[:limit], dtype=numpy.intp)
        names = self._core.panel.units.display_names()
        columns: Dict[str, Any] = {"rank": whole_numbers(self._core.ranks)[order]}
        if robust is not None:
            for name, ends in zip(("rank_low", "rank_high"), robust._rank_intervals_of(self, level)):
                columns[name] = whole_numbers(ends)[order]
        columns["name"] = [names[row] for row in order]
        columns["score"] = self._core.scores[order]
        if self._core.has_bands:
            bands = self._core.bands
            columns["band"] = [bands[row] or None for row in order]
        columns["coverage"] = self._core.coverage[order]
        for attribute in self._core.groups_ranked_within:
            columns[f"rank_within_{attribute}"] = whole_numbers(self._core.ranks_within(attribute))[order]
        codes = self._unit_codes()
        return make_frame(self._unit_labels_without(columns), columns, [codes[row] for row in order])

    def _unit_labels_without(self, columns: Dict[str, Any]) -> Labels:
        """Where the codes go, under a name that no other column has."""
        labels = self._labels
        if not labels.in_index and labels.name in columns:
            return Labels(labels.kind, "unit")
        return labels

    def results(self) -> Any:
        """Results of all nodes as a wide frame, units in the order of the data, nodes in that of the model."""
        results = self._core.results
        codes = self._core.model.node_codes
        columns = {code: results[:, node] for code, node in zip(codes, self._core.model.node_order)}
        return make_frame(self._unit_labels_without(columns), columns, self._unit_codes())

    def scores(self) -> Any:
        """Totals as published, with the rounding of the root, in the order of the data."""
        return make_column(self._labels, "score", self._core.scores, self._unit_codes())

    def full_scores(self) -> Any:
        """Totals before the rounding of the root."""
        return make_column(self._labels, "full_score", self._core.full_scores, self._unit_codes())

    def ranks(self) -> Any:
        """Ranks over all units, in the order of the data."""
        return make_column(self._labels, "rank", whole_numbers(self._core.ranks), self._unit_codes())

    def ranks_within(self, attribute: str) -> Any:
        """Ranks inside the groups of an attribute that the model ranks within.

        Raises
        ------
        ModelError
            When it does not rank within it.
        """
        ranks = whole_numbers(self._core.ranks_within(attribute))
        return make_column(self._labels, f"rank_within_{attribute}", ranks, self._unit_codes())

    def ranks_by(self, node: str) -> Any:
        """Ranks by the result of one node, with the tie rule of the model.

        Raises
        ------
        ModelError
            When there is no such node.
        """
        return make_column(self._labels, f"rank_{node}", whole_numbers(self._core.ranks_by(node)), self._unit_codes())

    def coverage(self) -> Any:
        """Share of the applicable indicators that were measured, in the order of the data."""
        return make_column(self._labels, "coverage", self._core.coverage, self._unit_codes())

    def bands(self) -> Any:
        """Codes of the bands, in the order of the data; missing outside the scale."""
        return make_column(self._labels, "band", [band or None for band in self._core.bands], self._unit_codes())

    def band_reason(self, unit: str) -> str:
        """Why a unit has its band: the interval, each gate that failed, the quota."""
        return self._core.band_reason(self._unit(unit))

    def flags(self, unit: str) -> List[str]:
        """What a reader of the unit's row should know: provisional, imputed and missing values, a lowered band."""
        return self._core.flags(self._unit(unit))

    def explain(self, unit: str) -> Explanation:
        """Where every point of a unit came from.

        Parameters
        ----------
        unit : str
            Code, or a name that no other unit has.

        Returns
        -------
        Explanation

        Raises
        ------
        DataError
            When there is no such unit.
        """
        return Explanation(self._core.explain(text_of_unit(unit)), self._labels.kind)

    def what_if(self, unit: str, changes: Mapping[str, Change]) -> WhatIf:
        """The unit's score and rank if some of its values were different; the board stays as it is.

        Parameters
        ----------
        unit : str
            Code or name.
        changes : dict
            By indicator: a number, ``(numerator, denominator)``, or a state without value such as ``"not_applicable"``.

        Returns
        -------
        WhatIf
            What scoring the changed data would give, bit for bit.

        Raises
        ------
        DataError
            For an unknown unit, indicator or state, and as `score` does.
        """
        given: List[Tuple[str, Optional[float], Optional[float], Optional[float], str]] = []
        for indicator, change in changes.items():
            if isinstance(change, str):
                given.append((indicator, None, None, None, change))
            elif isinstance(change, tuple):
                given.append((indicator, None, float(change[0]), float(change[1]), "observed"))
            else:
                given.append((indicator, float(change), None, None, "observed"))
        return WhatIf(self._core.what_if(text_of_unit(unit), given))

    def roll_up(self, to: str = "nation", weights: Optional[str] = None, *, plain_mean: bool = False) -> Any:
        """One figure for every parent of units, or for the nation.

        Parameters
        ----------
        to : str
            ``nation`` for one figure over all units, else the level of the parents.
        weights : str, optional
            Attribute of units or column of the data to weigh with. Without it, the roll-up that the model declares.
        plain_mean : bool
            Ask for the unweighted mean of units. It must be asked for by name: it is not a national rate.

        Returns
        -------
        frame
            ``code``, ``scored_units``, ``units``, ``weight``, ``score``, one column a node, and ``method``.

        Raises
        ------
        DataError
            When no method is given or declared, when weights are missing or negative, or units have no parent.
        """
        weighted, by = weights is not None, weights or ""
        if weights is None and not plain_mean:
            declared = [each for each in self._core.model.roll_ups if each[0] == to]
            if not declared:
                raise data_error(
                    "the roll-up has no method",
                    [
                        Problem(
                            "roll_up_undeclared",
                            "/roll_up",
                            f'no roll-up to "{to}" in the model',
                            "weights, or plain_mean=True",
                            "a plain mean of units is not a rate; ask for it by name",
                        )
                    ],
                )
            weighted, by = declared[0][1], declared[0][2]
        table = self._core.roll_up(to, weighted, by)
        columns: Dict[str, Any] = {name: table[name] for name in ("code", "scored_units", "units", "weight", "score")}
        columns["scored_units"] = numpy.array(columns["scored_units"], dtype=numpy.int64)
        columns["units"] = numpy.array(columns["units"], dtype=numpy.int64)
        for code, node in zip(self._core.model.node_codes, self._core.model.node_order):
            if code not in columns:
                columns[code] = table["results"][:, node]
        columns["method"] = [table["method"]] * len(columns["code"])
        return make_frame(self._labels, columns, labelled=False)

    def to_excel(
        self,
        path: PathLike,
        *,
        robust: Optional["Uncertainty"] = None,
        level: Optional[float] = None,
        explanations: Union[bool, Sequence[str]] = False,
        language: str = "vi",
    ) -> None:
        """Writes the board into a workbook: ranking, results of all nodes, values, definitions and notices, a sheet each.

        Everything is written, whatever may be published of it. Cells are as `write_excel` says. Needs openpyxl (``pip install
        thuocdo[excel]``).

        Parameters
        ----------
        path : path
            The file, ``.xlsx``.
        robust : Uncertainty, optional
            A robustness run of this board: adds the interval of each rank.
        level : float, optional
            The share of the draws that the intervals hold; default: that of the run.
        explanations : bool or sequence of str
            Units whose explanations are a further sheet; True for all.
        language : {"vi", "en"}
            Of titles, headers and names.

        Raises
        ------
        DataError
            When the robustness run is of another board, there is no such unit, or a sheet cannot hold the table.
        """
        from ._board_excel import write_board

        write_board(self, path, robust, level, explanations, language)

    def __len__(self) -> int:
        return len(self._core.scores)

    def __repr__(self) -> str:
        text = f"<Scoreboard of {self._model.id} {self._model.version}: {len(self)} units>\n"
        text += self._core.text(SHOWN_ROWS)
        if len(self) > SHOWN_ROWS:
            text += f"... {len(self) - SHOWN_ROWS} more\n"
        return text.rstrip("\n")

    def _repr_html_(self) -> str:
        ranked = self._core.ranked_units[:SHOWN_ROWS]
        header = ["rank", "unit", "name", "score", "band", "coverage"]
        rows = []
        for row in ranked:
            fields = self._core.row(row)
            rows.append([fields["rank"], fields["unit"], fields["name"], fields["score"], fields["band"], fields["coverage"]])
        if not self._core.has_bands:
            header.remove("band")
            for cells in rows:
                del cells[4]
        notes = [f"{len(self) - SHOWN_ROWS} more"] if len(self) > SHOWN_ROWS else []
        return _html.table(f"{self._model.name} ({self._model.id} {self._model.version})", header, rows, notes + self.notices)

    def __reduce__(self) -> Tuple[Any, Tuple[Any, ...]]:
        # Scoring has the same bits everywhere, so a board travels as what it was made of.
        return _score_again, (self._model, self._core.panel, self._labels, self._arguments)


def text_of_unit(unit: Any) -> str:
    """A unit as text; a number is refused."""
    if isinstance(unit, str):
        return unit
    raise data_error(
        "no such unit",
        [Problem("code_not_text", "unit", f"the {type(unit).__name__} {unit}", "the code or name of a unit as text", CODES_ARE_TEXT)],
    )


def _score_again(model: IndexModel, panel: _core.Panel, labels: Labels, arguments: Tuple[Any, ...]) -> Scoreboard:
    as_of, previous, other_periods = arguments
    core = _core.score(model._core, panel, as_of, previous, other_periods, 1, None)
    return Scoreboard(core, model, labels, arguments)


def _other_panel(data: Any, model: IndexModel, unit_column: Optional[str]) -> _core.Panel:
    """The panel of another period."""
    return data._core if isinstance(data, Panel) else as_panel(data, model, unit_column=unit_column)._core


def derive(model: ModelSource, data: Any, *, previous: Any = None, unit_column: Optional[str] = None) -> Panel:
    """The data with the derived indicators of a model as further columns; `score` does this by itself.

    Parameters
    ----------
    model : IndexModel, path, dict or str
        The definition of the index.
    data : frame, dict of columns, array, path or Panel
        Units are rows, indicators are columns; see `Panel`.
    previous : as `data`, optional
        The period before, for ``previous(x)`` and ``growth(x)``.
    unit_column : str, optional
        As for `Panel`.

    Returns
    -------
    Panel

    Raises
    ------
    DataError
        Naming every column that is not there and every unit and part of an expression that has no result, such as
        the logarithm of 0.
    """
    definition = load_model(model)
    panel = as_panel(data, definition, unit_column=unit_column)
    before = None if previous is None else as_panel(previous, definition, unit_column=unit_column)._core
    derived = Panel(_core.derive(definition._core, panel._core, before))
    derived._labels = panel._labels
    return derived


def score(
    model: ModelSource,
    data: Any,
    *,
    units: Any = None,
    as_of: Union[date, str, None] = None,
    previous: Any = None,
    other_periods: Sequence[Any] = (),
    threads: int = 1,
    progress: Progress = False,
    unit_column: Optional[str] = None,
    states: Any = None,
    period: Optional[str] = None,
) -> Scoreboard:
    """Scores every unit of a table with an index model.

    For each unit, leaves first: value -> score rule -> points or scale -> floor, cap, rounding; inner nodes aggregate the
    results of their children. The total is the result of the root; ranks, bands, gates and quota follow from it. Missing
    values go by the rule of each leaf; missing is never zero unless the model says so.

    Parameters
    ----------
    model : IndexModel, path, dict or str
        The definition of the index.
    data : frame, dict of columns, array, path or Panel
        Units are rows, indicators are columns; see `Panel`.
    units : sequence of str, Units, frame or path, optional
        Codes of the rows (needed for an array), or a table that describes the units.
    as_of : date or str, optional
        The date at which dated targets are read; default: the end of the period of the data.
    previous : as `data`, optional
        The period before, for growth rules and carried values.
    other_periods : sequence, optional
        Data of other periods, earlier or later: for leaves whose ``reference_period`` names one or all of them, and for
        imputation along time.
    threads : int
        Threads to use. The result has the same bits for any number.
    progress : bool or callable
        True shows a bar (needs tqdm). A callable gets the share done, now and then and at the end; returning False
        cancels. Ctrl-C always works.
    unit_column, states, period
        As for `Panel`.

    Returns
    -------
    Scoreboard
        Its frames are of the kind of `data`.

    Raises
    ------
    ModelError
        When the model cannot be used.
    DataError
        Naming every unit and indicator: columns that are not there, values that are missing and may not be, text where
        a number belongs, values outside the domain of a rule, a date that is needed and not given.
    Cancelled
        When `progress` returned False.

    Examples
    --------
    >>> import thuocdo as td
    >>> board = td.score(td.datasets.model("hdi"), td.datasets.panel("hdi-2022"))
    >>> board.explain("VNM").score
    0.726
    """
    definition = load_model(model)
    panel = as_panel(data, definition, units=units, unit_column=unit_column, states=states, period=period)
    before = None if previous is None else _other_panel(previous, definition, unit_column)
    others = [_other_panel(each, definition, unit_column) for each in other_periods]
    day = iso_date(as_of, "as_of")

    def run(callback: Optional[Callable[[float], Any]]) -> _core.Scoreboard:
        return _core.score(definition._core, panel._core, day, before, others, threads, callback)

    core = run_with_progress(progress, run)
    return Scoreboard(core, definition, panel._labels, (day, before, others))
