"""`thuocdo deadlines`: the one last day of deadlines as documents word them."""

from __future__ import annotations

import argparse
from typing import Any, Dict, List, Optional

from .. import _core, datasets
from .._calendars import WorkingCalendar, load_calendar
from .._deadlines import Deadline, parse_deadline
from .._errors import DataError, Problem, data_error
from . import output
from .texts import text


def run(given: argparse.Namespace) -> int:
    """Prints a line a deadline; words without one exact meaning go to the error stream."""
    _check_days({"--assigned": given.assigned, "--as-of": given.as_of})
    calendar = load_calendar(given.calendar) if given.calendar else datasets.calendar("vn")
    rows: List[Dict[str, Any]] = []
    refused: List[Problem] = []
    for words in given.texts:
        try:
            rows.append(_row(_read(words, given, calendar), given.as_of, given.lang))
        except DataError as error:
            problems = [_placed(each, words) for each in error.problems]
            refused += problems
            rows.append({"text": words, "problems": [_fields(each) for each in problems]})
    if given.json:
        output.write(output.as_json(rows), given.output)
        return 1 if refused else 0
    output.print_problems(refused)
    read = [row for row in rows if "problems" not in row]
    if given.csv:
        header = list(read[0]) if read else []
        output.write(output.as_csv(header, [list(row.values()) for row in read]) if read else "", given.output)
    else:
        output.write(_table(read, given.as_of is not None, given.lang), given.output)
    return 1 if refused else 0


def _check_days(options: Dict[str, Optional[str]]) -> None:
    problems = []
    for option, day in options.items():
        try:
            _core.day_numbers([] if day is None else [day])
        except DataError as error:
            problems += [Problem(each.code, option, each.found, each.expected, each.remedy) for each in error.problems]
    if problems:
        raise data_error("impossible option", problems)


def _read(words: str, given: argparse.Namespace, calendar: WorkingCalendar) -> Deadline:
    return parse_deadline(words, given.assigned, calendar, given.year)


def _placed(problem: Problem, words: str) -> Problem:
    """The problem with the words as its place, for of several deadlines one must know which."""
    return Problem(problem.code, f'"{words}"', problem.found, problem.expected, problem.remedy)


def _fields(problem: Problem) -> Dict[str, str]:
    return {name: getattr(problem, name) for name in ("code", "place", "found", "expected", "remedy")}


def _row(deadline: Deadline, as_of: Optional[str], language: str) -> Dict[str, Any]:
    row: Dict[str, Any] = {
        "text": deadline.text,
        "last_day": deadline.last_day.isoformat(),
        "kind": deadline.kind,
        "provisional": deadline.provisional,
        "meaning": deadline.meaning(language),
    }
    if as_of is not None:
        row["as_of"] = as_of
        row["passed"] = not deadline.is_met_by(as_of)
        row["days_late"] = deadline.days_late(as_of)
        row["days_left"] = deadline.days_left(as_of)
    return row


def _table(rows: List[Dict[str, Any]], dated: bool, language: str) -> str:
    if not rows:
        return ""
    names = ["text", "last_day", "meaning"] + (["state"] if dated else []) + ["note"]
    cells = []
    for row in rows:
        line = [row["text"], row["last_day"], row["meaning"]]
        if dated:
            line.append(_state(row, language))
        cells.append(line + [text("provisional", language) if row["provisional"] else ""])
    return output.aligned([text(name, language) for name in names], cells, [])


def _state(row: Dict[str, Any], language: str) -> str:
    """Whether the last day has passed, in words."""
    if not row["passed"] and row["days_left"] == 0:
        return text("last day today", language)
    days = row["days_late"] if row["passed"] else row["days_left"]
    if language == "vi":
        return f"quá hạn {days} ngày" if row["passed"] else f"còn {days} ngày"
    return f"{days} {'day' if days == 1 else 'days'} {'late' if row['passed'] else 'left'}"
