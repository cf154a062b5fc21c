"""The log that live scoreboards follow: events, from which the data of any past moment can be rebuilt."""

from __future__ import annotations

import json
import os
from datetime import date, datetime
from typing import Any, Dict, Iterable, Iterator, List, Mapping, NamedTuple, Optional, Sequence, Union

from . import _core
from ._dates import iso_date, period_key, to_date
from ._errors import DataError, JournalError, Problem, data_error
from ._event_lines import Event, event_bytes
from ._frames import default_kind
from ._journal import Journal
from ._models import IndexModel, ModelSource, load_model
from ._panels import Panel, _panel_of, load_panel
from ._tables import Labels
from ._task_input import read_register
from ._tasks import TaskRegister, _calendar

Day = Union[date, str]
Moment = Union[date, datetime, str]
PathLike = Union[str, "os.PathLike[str]"]

#: Under which a journal keeps the digest of what its log starts from.
BASELINE_KEY = "baseline"


class CellAtMoment(NamedTuple):
    """What a cell of a log holds at a moment.

    Attributes
    ----------
    value, numerator, denominator : float
        NaN where there is none.
    state : str
        Such as ``observed`` or ``not_reported``.
    valid : date or None
        Day from which the value is true; None where neither an event nor the baseline has the cell.
    event : str or None
        Id of the event that holds.
    """

    value: float
    state: str
    numerator: float
    denominator: float
    valid: Optional[date]
    event: Optional[str]


class ObservationLog:
    """Events that are never changed and never removed: observations, units, tasks, and what takes them back.

    Every answer is a function of the set of events, of a day and of a moment; the order in which events arrived has no
    effect. Of the events for one cell that are true by the day and known by the moment, the last by (valid, known, id)
    holds. An event that another one names in ``replaces`` counts no longer once that one is known.

    Parameters
    ----------
    baseline : Panel, frame, dict of columns or path, optional
        A table to start from; its cells are older than every event of the same day.
    baseline_valid : date or str, optional
        First day on which it is true, and from which its units are there; default: the first day of its period.
    baseline_known : datetime, date or str, optional
        When it became known; default: before everything else.
    period : str, optional
        The period of the baseline, where it names none or several.
    model : IndexModel or source, optional
        The model that a frame or file is read for; see `Panel`.
    longest_age : int, optional
        For so many days an observation holds; then it is stale and the cell is not reported. Default: for ever.
    longest_ages : dict, optional
        The same for single indicators.
    arrival : {"in_order", "any_order"}
        Whether an event of an unknown unit or task is an error, or waits for what it needs.
    tasks_by : {"lead", "participation", "head", "level", "sector", "document"}, optional
        Give columns ``tasks.*``, counted from the tasks of the log; see `TaskRegister.panel`. Default: none.
    all_tasks, other_groups, earlier
        As for `TaskRegister.panel`.
    offices, task_rules
        ``offices`` and ``rules`` as for `TaskRegister`.
    journal : Journal or path, optional
        Where events are written before the log takes them. Those that it has already are added.

    Raises
    ------
    DataError, JournalError
        When the baseline, the rules or the journal cannot be used.

    Examples
    --------
    >>> import thuocdo as td
    >>> log = td.ObservationLog()
    >>> log.append([
    ...     {"id": "u1", "type": "unit", "valid": "2026-07-01", "known": "2026-07-01", "unit": {"code": "HN"}},
    ...     {"id": "e1", "type": "observation", "valid": "2026-09-30", "known": "2026-10-05", "unit": "HN", "indicator": "le",
    ...      "period": "2026-Q3", "value": 75.4},
    ...     {"id": "e2", "type": "observation", "valid": "2026-09-30", "known": "2026-10-20", "unit": "HN", "indicator": "le",
    ...      "period": "2026-Q3", "value": 75.6, "replaces": "e1"}])
    3
    >>> log.cell("HN", "le", valid="2026-09-30", known="2026-10-10", period="2026-Q3").value
    75.4
    """

    def __init__(
        self,
        baseline: Any = None,
        *,
        baseline_valid: Optional[Day] = None,
        baseline_known: Optional[Moment] = None,
        period: Optional[str] = None,
        model: Optional[ModelSource] = None,
        longest_age: Optional[int] = None,
        longest_ages: Optional[Mapping[str, int]] = None,
        arrival: str = "in_order",
        tasks_by: Optional[str] = None,
        all_tasks: bool = False,
        other_groups: bool = False,
        earlier: Optional[Day] = None,
        offices: Any = None,
        task_rules: Optional[Mapping[str, Any]] = None,
        journal: Union[Journal, PathLike, None] = None,
    ) -> None:
        panel = None if baseline is None else _baseline(baseline, period, None if model is None else load_model(model))
        self._labels = Labels(default_kind(), "unit") if panel is None else panel._labels
        self._period = "" if panel is None else panel.period or period or ""
        valid = iso_date(baseline_valid, "baseline_valid")
        if panel is not None and valid is None:
            valid = day_of_period(self._period, True, "baseline_valid", "the first day on which the baseline is true")
        tasks = None
        if offices is not None or task_rules is not None:
            tasks = read_register((), {"offices": offices}, task_rules, {"calendar": _calendar(None)})
        self._core = _core.ObservationLog(
            arrival,
            longest_age,
            dict(longest_ages or {}),
            tasks_by,
            all_tasks,
            other_groups,
            iso_date(earlier, "earlier"),
            tasks,
            None if panel is None else panel._core,
            self._period,
            valid,
            moment_text(baseline_known, "baseline_known"),
        )
        self._journal: Optional[Journal] = None
        self._owns_journal = False
        if journal is not None:
            self._attach(journal)

    def _attach(self, journal: Union[Journal, PathLike]) -> None:
        opened = journal if isinstance(journal, Journal) else Journal(journal)
        try:
            _check_baseline(opened, self._core.digest)
            self._core.attach(opened._core)
        except BaseException:
            if opened is not journal:
                opened.close()
            raise
        self._journal = opened
        self._owns_journal = opened is not journal

    @property
    def journal(self) -> Optional[Journal]:
        """Where the events are written, if they are."""
        return self._journal

    @property
    def digest(self) -> str:
        """SHA-256 over the events by id and the baseline: equal logs have equal digests, whatever the order of arrival."""
        return self._core.digest

    def __len__(self) -> int:
        return len(self._core)

    def __getitem__(self, position: int) -> Dict[str, Any]:
        """The event at a position, in the order of arrival, as a dictionary."""
        count = len(self)
        at = position + count if position < 0 else position
        if not 0 <= at < count:
            raise IndexError(f"event {position} of {count}")
        event: Dict[str, Any] = json.loads(self._core.line(at))
        return event

    def __iter__(self) -> Iterator[Dict[str, Any]]:
        for line in self.lines():
            yield json.loads(line)

    def lines(self) -> Iterator[str]:
        """The canonical lines of the events, in the order of arrival."""
        for at in range(len(self)):
            yield self._core.line(at)

    def __contains__(self, event_id: object) -> bool:
        return isinstance(event_id, str) and self._core.find(event_id) is not None

    def event(self, event_id: str) -> Dict[str, Any]:
        """The event of an id.

        Raises
        ------
        KeyError
            When there is none.
        """
        at = self._core.find(event_id)
        if at is None:
            raise KeyError(event_id)
        return self[at]

    def append(self, events: Union[Event, Iterable[Event]]) -> int:
        """Adds the events that the log does not have: all of them, or none after an error.

        With a journal they are written to it first. Boards that follow the log are told by `LiveScoreboard.catch_up`.

        Parameters
        ----------
        events : str, mapping, or iterable of them
            Events as mappings, or JSON Lines.

        Returns
        -------
        int
            How many were new.

        Raises
        ------
        DataError
            With every problem of every event.
        JournalError
            When they cannot be written; the log is then as before.
        """
        return self._core.append(event_bytes(events), "events")

    def cell(self, unit: str, indicator: str, *, valid: Day, known: Optional[Moment] = None, period: Optional[str] = None) -> CellAtMoment:
        """What a cell holds on a day, by what was known at a moment; arguments as for `as_of`."""
        fields = self._core.cell(unit, indicator, _day(valid), moment_text(known, "known"), self._period if period is None else period)
        fields["valid"] = to_date(fields["valid"])
        return CellAtMoment(**fields)

    def as_of(
        self,
        valid: Day,
        known: Optional[Moment] = None,
        *,
        period: Optional[str] = None,
        indicators: Sequence[str] = (),
        units_on: Optional[Day] = None,
    ) -> Panel:
        """The data of a period as they were on a day, by what was known at a moment.

        Parameters
        ----------
        valid : date or str
            The day for which entries count and age.
        known : datetime, date or str, optional
            What became known later is left out. A day stands for its end in Viet Nam. Default: everything.
        period : str, optional
            Label of the period; default: that of the baseline.
        indicators : sequence of str, optional
            Columns wanted; default: every indicator of the period, by code.
        units_on : date or str, optional
            The day whose units are the rows; default: ``valid``. A live scoreboard takes the values of the period before for the
            units of its own day.

        Returns
        -------
        Panel
            Units by code; `score` takes it.
        """
        period = self._period if period is None else period
        units_day = None if units_on is None else _day(units_on)
        core = self._core.as_of(_day(valid), moment_text(known, "known"), period, list(indicators), units_day)
        return _panel_of(core, self._labels)

    def tasks(self, valid: Day, known: Optional[Moment] = None) -> TaskRegister:
        """The tasks on a day, by what was known at a moment.

        Raises
        ------
        TaskError
            When what is known contradicts itself, e.g. a task is resumed that nothing suspended.
        """
        return TaskRegister(self._core.tasks(_day(valid), moment_text(known, "known")))

    def checkpoint(self) -> None:
        """Keeps the log in its journal as it stands, so that opening it again need not read every event.

        Done every 50,000 events by itself.

        Raises
        ------
        DataError
            When there is no journal, or others wrote events into it that the log does not have (``log_differs``).
        """
        self._core.checkpoint()

    def close(self) -> None:
        """Closes the journal where the log opened it."""
        if self._journal is not None and self._owns_journal:
            self._journal.close()

    def __enter__(self) -> "ObservationLog":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __repr__(self) -> str:
        journal = "" if self._journal is None else f", journal {self._journal.path!r}"
        return f"<ObservationLog: {len(self)} events{journal}>"


def moment_text(moment: Optional[Moment], argument: str) -> Optional[str]:
    """A moment as text; one without its offset is refused by the compiled part."""
    if moment is None or isinstance(moment, str):
        return moment
    if isinstance(moment, date):  # datetime is one
        return moment.isoformat()
    raise TypeError(f"{argument}: expected a datetime, a date or text, not {type(moment).__name__}")


def _day(day: Day) -> str:
    text = iso_date(day, "valid")
    if text is None:
        raise TypeError("valid: expected a date or text YYYY-MM-DD, not None")
    return text


def day_of_period(period: str, first: bool, argument: str, wanted: str) -> str:
    """The first or last day of a period, where its label says which; a day stands for itself."""
    start, end, _ = period_key(period)
    day = start if first else end
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        raise data_error(
            "a day is missing", [Problem("day_missing", argument, f'period "{period}"', wanted, f"give {argument}")]
        ) from None


def _baseline(given: Any, period: Optional[str], model: Optional[IndexModel]) -> Panel:
    if isinstance(given, Panel):
        return given
    options = {} if period is None else {"period": period}
    if isinstance(given, (str, os.PathLike)):
        return _file(given, model, options)
    return Panel(given, model=model, **options)


def _file(path: PathLike, model: Optional[IndexModel], options: Dict[str, Any]) -> Panel:
    """A file of one period needs no column that says which."""
    try:
        return load_panel(path, model, **options)
    except DataError as error:
        if not options or [each.code for each in error.problems] != ["unknown_period"]:
            raise
        panel = load_panel(path, model)
        if panel.period:
            raise
        return panel


def _check_baseline(journal: Journal, digest: str) -> None:
    """A journal holds events only: they mean something else after another table."""
    noted = journal.metadata(BASELINE_KEY)
    if noted is None:
        try:
            journal.set_metadata(BASELINE_KEY, digest)
        except JournalError as error:
            if [each.code for each in error.problems] != ["journal_read_only"]:
                raise
        return
    if noted == digest:
        return
    problem = Problem(
        "baseline_disagrees",
        journal.path,
        f"a baseline of digest {noted[:12]}",
        f"this one, {digest[:12]}",
        "give the table that the journal was begun with",
    )
    raise data_error("the journal belongs to another log", [problem])


def texts_of(texts: Union[str, Sequence[str]]) -> List[str]:
    """Texts; a single one is a list of one."""
    return [texts] if isinstance(texts, str) else list(texts)
