"""Whether published figures agree with each other.

Every check gives a list of findings and repairs nothing; an empty list means that nothing disagrees. A finding prints as a
sentence; `frame` makes a table of them. Numbers are added as the decimals that were printed; a missing number is NaN or None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable, List, Mapping, Sequence, Tuple, Union

from . import _core
from ._core import Finding
from ._errors import Problem, data_error
from ._frames import default_kind, make_frame
from ._panels import Panel
from ._tables import Labels, as_table, is_missing, is_table

__all__ = [
    "Finding",
    "Flow",
    "Ratio",
    "Stock",
    "flow_and_year_to_date",
    "frame",
    "mixed_measures",
    "national_rate",
    "parts_and_total",
    "ratio_above_one",
    "share_and_year_to_date",
    "source_disagreement",
]

#: Half of the last digit of a percentage with two decimals, as a share.
PRINTED_SHARE = 0.00005


@dataclass(frozen=True)
class Stock:
    """A column of figures as at a date, such as a population."""

    column: str


@dataclass(frozen=True)
class Flow:
    """A column of figures within a span: ``month``, ``quarter``, ``half_year``, ``year_to_date`` or ``year``."""

    column: str
    span: str


@dataclass(frozen=True)
class Ratio:
    """Two columns that are divided by each other; `flow_per_stock` where a flow for each of a stock is meant."""

    name: str
    numerator: Union[Stock, Flow]
    denominator: Union[Stock, Flow]
    flow_per_stock: bool = False


def frame(findings: Iterable[Finding]) -> Any:
    """Findings as a frame: ``code``, ``place``, ``statement``, ``stated``, ``computed``, ``difference``."""
    return make_frame(Labels(default_kind()), _core.finding_columns(list(findings)), labelled=False)


def _number(value: Any, place: str, problems: List[Problem]) -> float:
    if is_missing(value):
        return float("nan")
    if isinstance(value, (str, bytes)):
        found = value if isinstance(value, str) else repr(value)
        problems.append(Problem("not_a_number", place, f'the text "{found}"', "a number, None where it is missing", "write it as a number"))
        return float("nan")
    return float(value)


def _rows(data: Any, columns: Sequence[str]) -> List[Tuple[Any, ...]]:
    """Rows of a label and numbers, from a table with those columns or from tuples."""
    if is_table(data):
        table = as_table(data)
        absent = [name for name in columns if name not in table.names]
        if absent:
            problems = [
                Problem("missing_column", "table", f"columns {', '.join(map(str, table.names))}", f'a column "{name}"', "rename or add it")
                for name in absent
            ]
            raise data_error("the figures cannot be read", problems)
        given: List[Sequence[Any]] = list(zip(*(table.cells(name) for name in columns)))
    else:
        given = [tuple(row) for row in data]
    problems = []
    rows: List[Tuple[Any, ...]] = []
    for number, row in enumerate(given):
        if len(row) != len(columns):
            expected = f"{len(columns)}: {', '.join(columns)}"
            problems.append(Problem("shape", f"row {number + 1}", f"{len(row)} entries", expected, "give None where a number is missing"))
            continue
        label = str(row[0])
        rows.append((label, *(_number(value, f"{label}, {name}", problems) for name, value in zip(columns[1:], row[1:]))))
    if problems:
        raise data_error("the figures cannot be read", problems)
    return rows


def parts_and_total(name: str, total: float, parts: Any, *, tolerance: float = 0.0) -> List[Finding]:
    """Whether parts make their total.

    Parameters
    ----------
    name : str
        What the total is called in findings.
    total : float
    parts : dict, sequence of (label, value), or table with columns ``label`` and ``value``
    tolerance : float
        Difference that is none.

    Returns
    -------
    list of Finding
        ``parts_do_not_make_total``, ``part_missing``, ``total_missing``.

    Examples
    --------
    >>> import thuocdo as td
    >>> td.check.parts_and_total("tasks", 9831, {"completed": 7892, "in time": 1602, "overdue": 319})[0].computed
    9813.0
    """
    if isinstance(parts, Mapping) and not {"label", "value"} <= set(parts):
        parts = list(parts.items())
    rows = _rows(parts, ("label", "value"))
    return _core.parts_and_total(name, _one_number(total, "total"), [(row[0], row[1]) for row in rows], tolerance)


def _one_number(value: Any, place: str) -> float:
    problems: List[Problem] = []
    number = _number(value, place, problems)
    if problems:
        raise data_error("the figures cannot be read", problems)
    return number


def flow_and_year_to_date(name: str, figures: Any, *, tolerance: float = 0.0) -> List[Finding]:
    """Whether cumulative figures are the sums of the flows from the start of the year.

    Parameters
    ----------
    name : str
    figures : sequence of (period, flow, year_to_date), or table with those columns
        From the first period of the year on, in order; None where one is not stated.
    tolerance : float

    Returns
    -------
    list of Finding
        ``year_to_date_disagrees``, ``month_reported_as_year_to_date``, ``year_to_date_falls``, ``flow_missing``.
    """
    rows = _rows(figures, ("period", "flow", "year_to_date"))
    return _core.flow_and_year_to_date(name, [(row[0], row[1], row[2]) for row in rows], tolerance)


def share_and_year_to_date(name: str, periods: Any, *, tolerance: float = PRINTED_SHARE) -> List[Finding]:
    """Whether stated year-to-date shares are sums of numerators over sums of denominators.

    Parameters
    ----------
    name : str
    periods : sequence of (period, numerator, denominator, year_to_date), or table with those columns
        From the first period of the year on, in order; shares as fractions.
    tolerance : float
        As a share; default: half of the last digit of a percentage with two decimals.

    Returns
    -------
    list of Finding
        ``month_reported_as_year_to_date``, ``plain_mean_of_months``, ``year_to_date_share_disagrees``, ``share_of_nothing``, and
        those of single periods.
    """
    rows = _rows(periods, ("period", "numerator", "denominator", "year_to_date"))
    return _core.share_and_year_to_date(name, [(row[0], row[1], row[2], row[3]) for row in rows], tolerance)


def national_rate(name: str, stated: float, units: Any, *, tolerance: float = PRINTED_SHARE) -> List[Finding]:
    """Whether a stated national rate is the sum of numerators over the sum of denominators, not the mean of units.

    Parameters
    ----------
    name : str
        What the rate is called; of a `Panel`, the indicator.
    stated : float
        As a fraction: 98.63% is 0.9863.
    units : Panel, sequence of (unit, numerator, denominator), or table with those columns
    tolerance : float
        As a share; default: half of the last digit of a percentage with two decimals.

    Returns
    -------
    list of Finding
        ``plain_mean_of_units``, ``national_rate_disagrees``, ``share_of_nothing``, and for single units ``zero_denominator``,
        ``ratio_above_one``, ``part_missing``.

    Raises
    ------
    DataError
        When the panel has no numerators of the indicator.
    """
    rate = _one_number(stated, "stated")
    if isinstance(units, Panel):
        return _core.national_rate_of_panel(units._core, name, rate, tolerance)
    rows = _rows(units, ("unit", "numerator", "denominator"))
    return _core.national_rate(name, rate, [(row[0], row[1], row[2]) for row in rows], tolerance)


def _panel(data: Any) -> Panel:
    return data if isinstance(data, Panel) else Panel(data)


def source_disagreement(a: Any, b: Any, *, tolerance: float) -> List[Finding]:
    """Where two sources of the same indicators differ by more than a tolerance.

    Parameters
    ----------
    a, b : Panel, or what makes one
        Compared by the codes of unit and indicator; ``stated`` is of `a`, ``computed`` of `b`.
    tolerance : float
        In the unit of the indicators.

    Returns
    -------
    list of Finding
        ``sources_disagree``, ``periods_differ``, ``nothing_to_compare``.
    """
    return _core.source_disagreement(_panel(a)._core, _panel(b)._core, tolerance)


def ratio_above_one(panel: Any, shares: Sequence[str], *, percentages: Sequence[str] = ()) -> List[Finding]:
    """Shares that are more than the whole.

    Parameters
    ----------
    panel : Panel, or what makes one
    shares : sequence of str
        Columns of fractions.
    percentages : sequence of str
        Columns in which the whole is 100.

    Returns
    -------
    list of Finding
        ``ratio_above_one``, ``zero_denominator``.

    Raises
    ------
    DataError
        Naming columns that are not there.
    """
    return _core.ratio_above_one(_panel(panel)._core, _names(shares), _names(percentages))


def _names(columns: Sequence[str]) -> List[str]:
    return [columns] if isinstance(columns, str) else list(columns)


def _words(measured: Union[Stock, Flow]) -> Tuple[str, str, str]:
    if isinstance(measured, Flow):
        return measured.column, "flow", measured.span
    # The span of a stock has no meaning and is not read.
    return measured.column, "stock", "year"


def mixed_measures(ratios: Iterable[Ratio]) -> List[Finding]:
    """Ratios whose columns do not go together: a stock over a flow, or flows of different spans.

    Parameters
    ----------
    ratios : sequence of Ratio

    Returns
    -------
    list of Finding
        ``stock_and_flow``, ``spans_mixed``.
    """
    given = [(each.name, _words(each.numerator), _words(each.denominator), each.flow_per_stock) for each in ratios]
    return _core.mixed_measures(given)
