"""Index models and data out of the two tables that analysts of composite indicators keep: iData and iMeta."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

from ._boards import Scoreboard, score
from ._composite_data import PanelReader
from ._composite_meta import MetaReader
from ._composite_model import ByPlace, Choices, ModelBuilder, Rule
from ._errors import Problem, data_error
from ._models import IndexModel, load_model
from ._panels import Panel
from ._source_tables import is_workbook, source_table


class CompositeTables:
    """An index model and its data, made of the tables iData and iMeta by `load_composite_tables`."""

    __slots__ = ("_model", "_panels", "_groups", "_denominators")

    def __init__(
        self, model: IndexModel, panels: Dict[str, Panel], groups: Dict[str, str], denominators: Dict[str, str]
    ) -> None:
        self._model = model
        self._panels = panels
        self._groups = groups
        self._denominators = denominators

    @property
    def model(self) -> IndexModel:
        """The index model that iMeta describes."""
        return self._model

    @property
    def panels(self) -> Dict[str, Panel]:
        """The data by period, in the order of time; without a column Time one panel under an empty name."""
        return dict(self._panels)

    @property
    def panel(self) -> Panel:
        """The data of the only period.

        Raises
        ------
        DataError
            When there are several; `panels` holds them by name.
        """
        return self._panels[self._chosen(None)]

    @property
    def groups(self) -> Dict[str, str]:
        """Code and name of every column of groups; the units of the panels have them as attributes."""
        return dict(self._groups)

    @property
    def denominators(self) -> Dict[str, str]:
        """Code and name of every denominator; the units of the panels have them as attributes."""
        return dict(self._denominators)

    def score(self, period: Optional[str] = None, **options: Any) -> Scoreboard:
        """Scores one period; the others are at hand for what looks at more than one.

        Parameters
        ----------
        period : str, optional
            The period; it may be left out where there is one only.
        **options
            As for `thuocdo.score`.

        Returns
        -------
        Scoreboard

        Raises
        ------
        DataError
            When there is no such period, and as `thuocdo.score` does.
        """
        chosen = self._chosen(period)
        names = list(self._panels)
        place = names.index(chosen)
        given = dict(options)
        if place > 0:
            given.setdefault("previous", self._panels[names[place - 1]])
        given.setdefault("other_periods", [self._panels[name] for name in names if name != chosen])
        return score(self._model, self._panels[chosen], **given)

    def _chosen(self, period: Optional[str]) -> str:
        names = list(self._panels)
        if period is None and len(names) == 1:
            return names[0]
        if period in self._panels:
            return str(period)
        code = "several_periods" if period is None else "unknown_period"
        found = f"periods {', '.join(names)}" if period is None else f'no period "{period}"'
        problem = Problem(code, "period", found, f"one of {', '.join(names)}", "say which one")
        raise data_error(
            "the data hold several periods" if period is None else "the data have no such period", [problem]
        )

    def __repr__(self) -> str:
        units, indicators = next(iter(self._panels.values())).shape
        periods = f"{len(self._panels)} periods, the first with " if len(self._panels) > 1 else ""
        return f"<CompositeTables {self._model.id} {self._model.version}: {periods}{units} units x {indicators} indicators>"


def load_composite_tables(
    idata: Any,
    imeta: Any = None,
    *,
    id: str,
    version: str,
    name: Any = None,
    normalisation: Union[Rule, Mapping[str, Rule]] = "min_max",
    scale: Optional[float] = None,
    aggregation: ByPlace = "arithmetic",
    weighting: Optional[ByPlace] = None,
    preparation: Sequence[Mapping[str, Any]] = (),
    denominator_scale: Optional[Mapping[str, float]] = None,
    missing: Union[str, Mapping[str, str]] = "renormalise",
    digits: Optional[int] = None,
    sheets: Tuple[str, str] = ("iData", "iMeta"),
    ignored_columns: Sequence[str] = (),
    **members: Any,
) -> CompositeTables:
    """Makes an index model and its panels of two tables: values of units (iData), and what their columns are (iMeta).

    The columns have the names of the R package COINr, so that its users can bring their tables along. iData has one row a
    unit (and period): ``uCode``, ``uName`` (optional), ``Time`` (optional), and a column for every row of iMeta that is no
    aggregate. iMeta has one row a column or node: ``iCode``, ``Type`` (Indicator, Aggregate, Group, Denominator or Other),
    ``Level`` (1 for indicators), ``Parent``, ``Direction`` (1, or -1 where lower is better), ``Weight``, and optionally
    ``iName``, ``Unit``, ``Target`` and ``Denominator`` (the column that an indicator is divided by). Columns of iMeta with
    other names are not read. A missing value is missing, never zero.

    Parameters
    ----------
    idata, imeta : frame, dict of columns, or path
        A CSV file or a workbook; in a workbook `sheets` names the sheets. Without `imeta` both come from one workbook.
    id, version : str
        Identity of the index and version of its definition.
    name : str or dict, optional
        Name of the index, or ``{"en": ..., "vi": ...}``; default: the name of the topmost node.
    normalisation : str, dict
        Score rule of the indicators, with its members where it has any: ``{"rule": "z_score", "mean": 50, "deviation": 10}``.
        A dict without ``rule`` gives rules by code of the indicator, with ``"default"`` for all others. Rules with a target
        take that of the column ``Target``.
    scale : float, optional
        Factor on the scores of the indicators; default: 100 for rules whose scores lie between 0 and 1, else 1.
    aggregation : str, dict
        Method of the nodes, with its members where it has any: ``{"method": "power_mean", "exponent": 2}``. A dict without
        ``method`` gives methods by level (2 aggregates the indicators) or by code, with ``"default"`` for all others.
    weighting : str, dict, optional
        A scheme that gives the weights in place of the column ``Weight``; by level and code as for `aggregation`.
    preparation : sequence of dict
        Steps of the preparation after the division by denominators, as the model document writes them.
    denominator_scale : dict, optional
        By denominator: 1000 gives values per thousand.
    missing : str or dict
        What an indicator does with a missing value, as the model document writes it.
    digits : int, optional
        Decimals of the total; default: it is not rounded.
    sheets : tuple of str
        Sheets of iData and of iMeta in a workbook.
    ignored_columns : sequence of str
        Columns of iData that have no row in iMeta.
    **members
        Further members of the model document, such as ``ranking``, ``bands``, ``defaults``, ``source``.

    Returns
    -------
    CompositeTables

    Raises
    ------
    DataError
        With every problem of both tables, with its row and column: codes that are no text or stand twice, an unknown parent,
        two topmost nodes, a level that is left out, a direction other than 1 and -1, a negative weight, an indicator or
        denominator without column, a column without row in iMeta, text where a number belongs.
    ModelError
        When the model that they make does not pass its checks.

    Examples
    --------
    >>> import thuocdo as td
    >>> values = {"uCode": ["A", "B", "C"], "x": [1.0, 2.0, 3.0], "y": [30.0, 10.0, 20.0]}
    >>> meta = {
    ...     "iCode": ["x", "y", "index"], "Type": ["Indicator", "Indicator", "Aggregate"], "Level": [1, 1, 2],
    ...     "Parent": ["index", "index", None], "Direction": [1, -1, 1], "Weight": [1, 1, 1],
    ... }
    >>> td.load_composite_tables(values, meta, id="example", version="1").score().scores().tolist()
    [0.0, 75.0, 75.0]
    """
    choices = Choices(
        {"id": id, "version": version, "name": name, **members},
        normalisation,
        scale,
        aggregation,
        weighting,
        list(preparation),
        dict(denominator_scale or {}),
        missing,
        digits,
    )
    if imeta is None:
        if not is_workbook(idata):
            raise TypeError("imeta: it may be left out where idata is a workbook only")
        imeta = idata
    values = source_table(idata, "iData", sheet=sheets[0])
    meta = source_table(imeta, "iMeta", sheet=sheets[1])
    problems: List[Problem] = []
    reader = MetaReader(meta, problems)
    panels = PanelReader(values, reader, problems, ignored_columns)
    builder = ModelBuilder(reader, choices, problems)
    if problems:
        raise data_error("the tables cannot be used", problems)
    model = load_model(builder.document())
    return CompositeTables(model, panels.panels(model), reader.names_of("Group"), reader.names_of("Denominator"))
