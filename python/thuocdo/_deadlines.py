"""Periods and deadlines from the words of documents."""

from __future__ import annotations

from datetime import date
from functools import total_ordering
from typing import Any, Optional, Tuple, Union

from . import _core
from ._calendars import WorkingCalendar
from ._dates import iso_date
from ._languages import is_vietnamese

Day = Union[date, str]


def _iso(day: Day) -> str:
    text = iso_date(day, "day")
    if text is None:
        raise TypeError("day: expected a date or text YYYY-MM-DD, not None")
    return text


@total_ordering
class Period:
    """A month, quarter, half-year, year, or the nine months from January. Make one with `parse_period`.

    Periods are ordered by first day, then by last day, and can be keys of a dict.
    """

    __slots__ = ("_core",)

    def __init__(self, core: _core.Period) -> None:
        self._core = core

    @property
    def kind(self) -> str:
        """``month``, ``quarter``, ``half_year``, ``nine_months`` or ``year``."""
        return self._core.kind

    @property
    def year(self) -> int:
        """The year."""
        return self._core.year

    @property
    def number(self) -> int:
        """Number within the year, from 1; 1 for nine months and a year."""
        return self._core.number

    @property
    def first_day(self) -> date:
        """First day."""
        return date.fromisoformat(self._core.first_day)

    @property
    def last_day(self) -> date:
        """Last day."""
        return date.fromisoformat(self._core.last_day)

    @property
    def iso(self) -> str:
        """``2026-01``, ``2026-Q1``, ``2026-H1``, ``2026-9M`` or ``2026``."""
        return self._core.iso

    @property
    def vi(self) -> str:
        """In Vietnamese: ``Quý I/2026``."""
        return self._core.vi

    @property
    def en(self) -> str:
        """In English: ``Q1 2026``."""
        return self._core.en

    def contains(self, other: "Union[Day, Period]") -> bool:
        """Whether a day, or every day of another period, is one of this."""
        if isinstance(other, Period):
            return self._core.contains_period(other._core)
        return self._core.contains_day(_iso(other))

    def __contains__(self, other: "Union[Day, Period]") -> bool:
        return self.contains(other)

    def next(self) -> "Period":
        """The following period of the same kind."""
        return Period(self._core.next())

    def previous(self) -> "Period":
        """The preceding period of the same kind."""
        return Period(self._core.previous())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Period) and self.iso == other.iso

    def __lt__(self, other: "Period") -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return self._core.precedes(other._core)

    def __hash__(self) -> int:
        return hash(self.iso)

    def __str__(self) -> str:
        return self.iso

    def __repr__(self) -> str:
        return f"<Period {self.iso}: {self.vi}>"

    def __reduce__(self) -> Tuple[Any, Tuple[_core.Period]]:
        return Period, (self._core,)


class Deadline:
    """A deadline with its one last day; whoever is done on that day or before is in time. Make one with `parse_deadline`."""

    __slots__ = ("_core",)

    def __init__(self, core: _core.Deadline) -> None:
        self._core = core

    @property
    def kind(self) -> str:
        """How it was stated.

        ``before_day``, ``on_or_before_day``, ``before_period``, ``within_period``, ``by_end_of_period``,
        ``working_days_from`` or ``calendar_days_from``.
        """
        return self._core.kind

    @property
    def last_day(self) -> date:
        """The last day that is still in time."""
        return date.fromisoformat(self._core.last_day)

    @property
    def day(self) -> Optional[date]:
        """The day that was named: before which, on which or from which."""
        return None if self._core.day is None else date.fromisoformat(self._core.day)

    @property
    def period(self) -> Optional[Period]:
        """The period that was named."""
        return None if self._core.period is None else Period(self._core.period)

    @property
    def working_days(self) -> Optional[int]:
        """The number of working days that was named."""
        return self._core.days if self.kind == "working_days_from" else None

    @property
    def calendar_days(self) -> Optional[int]:
        """The number of days of any kind that was named."""
        return self._core.days if self.kind == "calendar_days_from" else None

    @property
    def provisional(self) -> bool:
        """Whether the last day may move once the calendar of working days is final."""
        return self._core.provisional

    @property
    def text(self) -> str:
        """The words as they stood."""
        return self._core.text

    def meaning(self, language: str = "vi") -> str:
        """The last day and how it was stated, in words: ``chậm nhất ngày 31/3/2026 (trong Quý I/2026)``.

        Parameters
        ----------
        language : {"vi", "en"}
        """
        return self._core.meaning(is_vietnamese(language))

    def days_late(self, done: Day) -> int:
        """Calendar days from the last day to `done`; 0 when in time."""
        return self._core.days_late(_iso(done))

    def days_left(self, day: Day) -> int:
        """Calendar days from `day` to the last day; 0 on it and afterwards."""
        return self._core.days_left(_iso(day))

    def is_met_by(self, done: Day) -> bool:
        """Whether work that is done on a day is in time."""
        return self._core.is_met_by(_iso(done))

    def _state(self) -> Tuple[Any, ...]:
        return self.kind, self.last_day, self.day, self.period, self._core.days, self.provisional, self.text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Deadline) and self._state() == other._state()

    def __hash__(self) -> int:
        return hash(self._state())

    def __str__(self) -> str:
        return self.meaning()

    def __repr__(self) -> str:
        return f"<Deadline {self._core.last_day}: {self.meaning()}>"

    def __reduce__(self) -> Tuple[Any, Tuple[_core.Deadline]]:
        return Deadline, (self._core,)


def parse_deadline(
    text: str,
    assigned: Optional[Day] = None,
    calendar: Optional[WorkingCalendar] = None,
    year: Optional[int] = None,
) -> Deadline:
    """Reads a deadline from the words of a document, in Vietnamese or English, and gives its one last day.

    Parameters
    ----------
    text : str
        Such as ``trước ngày 10/1/2026`` (9 January), ``chậm nhất trong Quý I/2026`` (31 March), ``trong tháng 01/2026``,
        ``15 ngày làm việc kể từ ngày giao``, ``by the end of 2026``. Any case, NFC or NFD. Dates in digits are day, month,
        year.
    assigned : date or str, optional
        The day of assignment, for ``kể từ ngày giao``. A day from which one counts is not counted itself.
    calendar : WorkingCalendar, optional
        For deadlines in working days, such as ``datasets.calendar("vn")``.
    year : int, optional
        The year of the plan, for ``trong Quý I`` and ``trước ngày 10/1``.

    Returns
    -------
    Deadline

    Raises
    ------
    DataError
        For words without one exact meaning (``cuối năm 2026``, ``by Q1 2026``, ``hằng tháng``), which are never guessed;
        the problem gives words that are exact.

    Examples
    --------
    >>> import thuocdo as td
    >>> td.parse_deadline("trước ngày 10/1/2026").last_day
    datetime.date(2026, 1, 9)
    """
    core = _core.parse_deadline(text, iso_date(assigned, "assigned"), None if calendar is None else calendar._core, year)
    return Deadline(core)


def parse_period(text: str) -> Period:
    """Reads a period: ``2026-Q1``, ``Quý I/2026``, ``6 tháng đầu năm 2026``, ``first half of 2026`` and the like.

    Raises
    ------
    DataError
        When it is none, or has no year.
    """
    return Period(_core.parse_period(text))
