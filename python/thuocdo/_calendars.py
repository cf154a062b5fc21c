"""Calendars of working days: which days are worked, and counts of them."""

from __future__ import annotations

import os
from datetime import date
from typing import Any, Iterable, List, NamedTuple, Sequence, Tuple, Union, overload

import numpy
from numpy.typing import NDArray

from . import _core, _html
from ._dates import iso_date
from ._errors import Problem, data_error
from ._frames import default_kind, make_frame
from ._tables import Labels, is_missing

PathLike = Union[str, "os.PathLike[str]"]
Day = Union[date, str]
#: Many days: an array of datetime64, a column of a frame, or a sequence of dates.
Days = Union["NDArray[numpy.datetime64]", Sequence[date]]
Counts = Union["NDArray[numpy.int64]", Sequence[int]]


class WorkingDate(NamedTuple):
    """A day that was reached by counting, and whether a counted day is not certain."""

    date: date
    provisional: bool


class WorkingDates(NamedTuple):
    """The same for many days."""

    date: "NDArray[numpy.datetime64]"
    provisional: "NDArray[numpy.bool_]"


class WorkingDays(NamedTuple):
    """A number of working days, and whether a counted day is not certain."""

    days: int
    provisional: bool


class WorkingDayCounts(NamedTuple):
    """The same for many pairs of days."""

    days: "NDArray[numpy.int64]"
    provisional: "NDArray[numpy.bool_]"


def _day_numbers(days: Any, argument: str) -> Tuple[NDArray[numpy.int64], bool]:
    """Days since 1970-01-01, and whether a single day was given."""
    if isinstance(days, (date, str)):
        return _core.day_numbers([iso_date(days, argument) or ""]), True
    array = numpy.asarray(days)
    if array.dtype.kind == "M":
        unit = numpy.datetime_data(array.dtype)[0]
        if unit in ("Y", "M", "W"):
            expected = "days: datetime64[D]"
            problem = Problem("not_a_date", argument, str(array.dtype), expected, "say which day of the period is meant")
            raise data_error("days cannot be counted", [problem])
        numbers = array.astype("datetime64[D]").astype(numpy.int64)
        return numpy.ascontiguousarray(numbers), array.ndim == 0
    cells = numpy.asarray(days, dtype=object)
    missing = [str(place) for place, each in enumerate(cells.ravel()) if is_missing(each)]
    if missing:
        problems = [
            Problem("not_a_date", f"{argument}[{place}]", "no day", "a day of the calendar", "leave out the rows without a day")
            for place in missing
        ]
        raise data_error("days cannot be counted", problems)
    texts = [iso_date(each, argument) or "" for each in cells.ravel()]
    return _core.day_numbers(texts).reshape(cells.shape), cells.ndim == 0


def _alike(first: NDArray[numpy.int64], second: NDArray[numpy.int64]) -> List[NDArray[numpy.int64]]:
    """Both in one shape, by the rules of numpy."""
    return [numpy.ascontiguousarray(each) for each in numpy.broadcast_arrays(first, second)]


class WorkingCalendar:
    """Which days are worked: weeks from Monday to Friday, less days off, with swapped days.

    A day is provisional when its year is not decided, when the calendar does not cover its year (then no holiday is
    known), or when its swap is not confirmed; a count is provisional when one of the days that it counted is. Immutable;
    get one from ``datasets.calendar("vn")`` or `load_calendar`.
    """

    __slots__ = ("_core",)

    def __init__(self, core: _core.WorkingCalendar) -> None:
        self._core = core

    @property
    def code(self) -> str:
        """Code of the calendar, such as ``vn``."""
        return self._core.code

    @property
    def name(self) -> str:
        """Name in English."""
        return self._core.name(False)

    @property
    def name_vi(self) -> str:
        """Name in Vietnamese."""
        return self._core.name(True)

    @property
    def years(self) -> Tuple[int, int]:
        """First and last year that is covered."""
        return self._core.first_year, self._core.last_year

    @overload
    def is_working_day(self, days: Day) -> bool: ...

    @overload
    def is_working_day(self, days: Days) -> NDArray[numpy.bool_]: ...

    def is_working_day(self, days: Any) -> Any:
        """Whether a day is worked; of many days, an array.

        Parameters
        ----------
        days : date, ``YYYY-MM-DD``, array of datetime64, or sequence of dates

        Raises
        ------
        DataError
            Naming every cell that is no day (NaT).
        """
        numbers, single = _day_numbers(days, "days")
        found = self._core.are_working_days(numpy.atleast_1d(numbers))
        return bool(found[0]) if single else found

    @overload
    def is_provisional(self, days: Day) -> bool: ...

    @overload
    def is_provisional(self, days: Days) -> NDArray[numpy.bool_]: ...

    def is_provisional(self, days: Any) -> Any:
        """Whether it is not certain if a day is worked; of many days, an array."""
        numbers, single = _day_numbers(days, "days")
        found = self._core.are_provisional(numpy.atleast_1d(numbers))
        return bool(found[0]) if single else found

    @overload
    def add_working_days(self, start: Day, count: int) -> WorkingDate: ...

    @overload
    def add_working_days(self, start: Days, count: Union[int, Counts]) -> WorkingDates: ...

    @overload
    def add_working_days(self, start: Day, count: Counts) -> WorkingDates: ...

    def add_working_days(self, start: Any, count: Any) -> Any:
        """The n-th working day after a day, which is not counted itself: 1 from a Friday is Monday.

        A negative number goes back; 0 is the day itself when it is worked and else the next that is.

        Parameters
        ----------
        start : date, ``YYYY-MM-DD``, array of datetime64, or sequence of dates
        count : int or array of int

        Returns
        -------
        WorkingDate or WorkingDates
            The day and whether it is provisional.
        """
        numbers, single = _day_numbers(start, "start")
        counts = numpy.asarray(count)
        if counts.dtype.kind not in "iu":
            raise TypeError(f"count: expected whole numbers, not {counts.dtype}")
        from_days, number = _alike(numbers, counts.astype(numpy.int64))
        single = single and counts.ndim == 0
        days, provisional = self._core.add_working_days(numpy.atleast_1d(from_days), numpy.atleast_1d(number))
        dates = days.view("datetime64[D]")
        if single:
            return WorkingDate(dates[0].item(), bool(provisional[0]))
        return WorkingDates(dates, provisional)

    @overload
    def working_days_between(self, start: Day, end: Day) -> WorkingDays: ...

    @overload
    def working_days_between(self, start: Days, end: Union[Day, Days]) -> WorkingDayCounts: ...

    @overload
    def working_days_between(self, start: Day, end: Days) -> WorkingDayCounts: ...

    def working_days_between(self, start: Any, end: Any) -> Any:
        """Working days after one day and up to another; negative when that is earlier.

        Parameters
        ----------
        start, end : date, ``YYYY-MM-DD``, array of datetime64, or sequence of dates
            A single day goes with every day of an array.

        Returns
        -------
        WorkingDays or WorkingDayCounts
            The number and whether it is provisional.

        Raises
        ------
        DataError
            Naming every cell that is no day (NaT).
        """
        first, first_single = _day_numbers(start, "start")
        last, last_single = _day_numbers(end, "end")
        single = first_single and last_single
        if not single:
            first = first[0] if first_single else first
            last = last[0] if last_single else last
        from_days, to_days = _alike(first, last)
        days, provisional = self._core.count_working_days(numpy.atleast_1d(from_days), numpy.atleast_1d(to_days))
        if single:
            return WorkingDays(int(days[0]), bool(provisional[0]))
        return WorkingDayCounts(days, provisional)

    def frame(self) -> Any:
        """Days off and swapped days by date: ``date``, ``kind``, ``name``, ``name_vi``, ``swapped_with``, ``provisional``, ``note``.

        ``kind`` is ``day_off``, ``swapped_off`` (a weekday off for which another day is worked) or ``swapped_work`` (that
        other day).
        """
        columns = self._core.columns()
        columns["note"] = [text or None for text in columns["note"]]
        return make_frame(Labels(default_kind()), columns, labelled=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WorkingCalendar) and self._core == other._core

    def __hash__(self) -> int:
        return hash((self.code, self.years))

    def __reduce__(self) -> Tuple[Any, Tuple[_core.WorkingCalendar]]:
        return WorkingCalendar, (self._core,)

    def __repr__(self) -> str:
        first, last = self.years
        return f"<WorkingCalendar {self.code}: {first} to {last}>"

    def _repr_html_(self) -> str:
        columns = self._core.columns()
        names = ("date", "kind", "name", "name_vi", "provisional")
        rows = [[each.item() if isinstance(each, numpy.generic) else each for each in row] for row in zip(*(columns[name] for name in names))]
        return _html.table(f"{self.name} ({self.code})", names, rows)


def load_calendar(source: Union[PathLike, Iterable[PathLike]]) -> WorkingCalendar:
    """Reads a calendar of working days.

    Parameters
    ----------
    source : path or list of paths
        A file of one year, several of one calendar, or a folder whose ``.json`` files are those. The format is the JSON
        Schema ``thuocdo.datasets.path("working-calendar.schema.json")``.

    Returns
    -------
    WorkingCalendar

    Raises
    ------
    DataError
        With every problem of all files.
    """
    paths = [source] if isinstance(source, (str, os.PathLike)) else list(source)
    if not paths:
        problem = Problem("no_years", "source", "no file", "at least one file of a year", "give the files")
        raise data_error("the calendar cannot be read", [problem])
    return WorkingCalendar(_core.load_calendars([os.fspath(path) for path in paths]))
