"""`thuocdo watch` and `thuocdo replay`: a scoreboard that follows events, and one of a past moment."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, Dict, List, Mapping

from .. import _core
from .._boards import score
from .._errors import DataError, Problem
from .._journal import Journal
from .._live import LiveScoreboard
from .._live_log import ObservationLog
from .._live_results import BoardUpdate
from .._models import IndexModel
from . import inputs, output
from .score import print_ranking
from .texts import text

OK = 0
PROBLEMS = 1

#: What the code of a unit stands for in tasks.
TASK_GROUPS = ("lead", "participation")

#: What standard input is called in messages.
INPUT = "stdin"

#: Names of overtaken units that one line shows.
SHOWN_NAMES = 3

#: The member of a line that is no event: a day to move to.
ADVANCE = "advance_to"


def watch(given: argparse.Namespace) -> int:
    """Prints what each line of the standard input changes, and bad lines to the error stream."""
    model = inputs.open_model(given.model)
    with _open_log(given, model, given.journal) as log:
        board = LiveScoreboard(model, log, period=given.period, as_of=given.as_of, previous_period=given.previous_period)
        printer = _Printer(board, given)
        printer.header()
        board.subscribe(printer.show, top=given.top)
        bad_lines = 0
        for number, line in enumerate(sys.stdin.buffer, 1):
            if not line.strip():
                continue
            try:
                _follow(board, line, printer)
            except DataError as error:
                bad_lines += 1
                output.print_problems([_at_line(each, number) for each in error.problems], fallback=f"{INPUT}:{number}: {error}")
                if given.strict:
                    return PROBLEMS
    return OK if bad_lines == 0 else PROBLEMS


def replay(given: argparse.Namespace) -> int:
    """Prints the ranking of a past day, by what was known at a moment."""
    model = inputs.open_model(given.model)
    with Journal(given.journal, read_only=True) as journal, _open_log(given, model, journal) as log:
        period = log._period if given.period is None else given.period
        panel = log.as_of(given.as_of, given.known, period=period)
        wanted = [*model.indicators, *(each for each in panel.indicators if each not in model.indicators)]
        panel = log.as_of(given.as_of, given.known, period=period, indicators=wanted)
        previous = None
        if given.previous_period is not None:
            last = min(_core.parse_period(given.previous_period).last_day, given.as_of)
            previous = log.as_of(last, given.known, period=given.previous_period, indicators=wanted)
        board = score(model, panel, as_of=given.as_of, previous=previous)
        return print_ranking(board, given)


def _open_log(given: argparse.Namespace, model: IndexModel, journal: Any) -> ObservationLog:
    baseline = None
    if given.data is not None:
        baseline = inputs.open_data(given.data, model)
    return ObservationLog(
        baseline,
        period=given.period,
        baseline_valid=given.data_from,
        longest_age=given.longest_age,
        arrival="any_order" if given.any_order else "in_order",
        tasks_by=given.tasks_by,
        other_groups=True,
        journal=journal,
    )


def _follow(board: LiveScoreboard, line: bytes, printer: "_Printer") -> None:
    """An event, or a day to move to."""
    fields = _fields(line)
    if ADVANCE in fields and "id" not in fields:
        if len(fields) > 1 or not isinstance(fields[ADVANCE], str):
            problem = Problem("bad_line", "", line.decode("utf-8", "replace").strip(), '{"advance_to": "YYYY-MM-DD"}', "correct it")
            raise DataError("the line cannot be used", [problem])
        printer.cause = ""
        update = board.advance_to(fields[ADVANCE])
    else:
        printer.cause = str(fields.get("id", ""))
        update = BoardUpdate(board._core.apply(line, INPUT), board._labels)
    printer.note(update)


def _fields(line: bytes) -> Mapping[str, Any]:
    """The members of a line; none where it is not an object, which the reader of events reports."""
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _at_line(problem: Problem, number: int) -> Problem:
    """A problem of the only line of a text as one of a line of the input."""
    only = f"{INPUT}:1"
    inside = problem.place[len(only) :] if problem.place.startswith(only) else f": {problem.place}" if problem.place else ""
    return Problem(problem.code, f"{INPUT}:{number}{inside}", problem.found, problem.expected, problem.remedy)


class _Printer:
    """Writes changes as they come; every line goes out at once."""

    def __init__(self, board: LiveScoreboard, given: argparse.Namespace) -> None:
        self.board = board
        self.json: bool = given.json
        self.language: str = given.lang
        #: Id of the event that is followed; empty for a day.
        self.cause = ""
        self.open_problems = 0

    def write(self, line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    def word(self, word: str) -> str:
        return text(word, self.language)

    def header(self) -> None:
        """The board at the start, and why it cannot be scored if so."""
        if not self.json:
            model = self.board.model
            title = model.name_vi if self.language == "vi" else model.name
            counts = f"{len(self.board)} {self.word('units')}, {self.board.sequence} {self.word('events')}"
            self.write(f"{title} ({model.id} {model.version}), {self.board.period}, {self.board.as_of}: {counts}")
        self.warn(self.board.open_problems)

    def note(self, update: BoardUpdate) -> None:
        """What subscribers do not hear of: whether there are ranks at all."""
        self.warn(update.open_problems)

    def warn(self, open_problems: int) -> None:
        if open_problems == self.open_problems:
            return
        self.open_problems = open_problems
        if open_problems and not self.json:
            self.write(f"{self._moment()}: {self.word('no ranks, open problems')}: {open_problems}")
        output.print_problems(self.board.problems())

    def show(self, update: BoardUpdate) -> None:
        """The changes that passed the filter, best rank first."""
        rows = [row for row in update.records() if _is_move(row)]
        rows.sort(key=lambda row: (row["rank_after"] is None, row["rank_after"] or 0, row["unit"]))
        if not rows:
            return
        if self.json:
            report: Dict[str, Any] = {"as_of": update.as_of.isoformat(), "sequence": update.sequence}
            if self.cause:
                report["event"] = self.cause
            self.write(json.dumps({**report, "changes": rows}, ensure_ascii=False))
            return
        units = self.board._core.units
        names = dict(zip(units.codes, units.display_names()))
        bands = self.board.model._core.band_names(self.language == "vi")
        for row in rows:
            self.write(f"{self._moment()}: {self._line(row, names, bands)}")

    def _moment(self) -> str:
        return f"{self.board.as_of} {self.cause}".rstrip()

    def _line(self, row: Mapping[str, Any], names: Mapping[str, str], bands: Mapping[str, str]) -> str:
        parts = [f"{self.word('rank')} {_arrow(row, 'rank')}"]
        if row["score_before"] != row["score_after"]:
            parts.append(f"{self.word('score')} {_arrow(row, 'score')}")
        if row.get("band_before") != row.get("band_after"):
            named = {key: bands.get(row[key] or "", row[key] or "-") for key in ("band_before", "band_after")}
            parts.append(f"{self.word('band')} {named['band_before']} -> {named['band_after']}")
        overtaken: List[str] = row["overtaken"]
        if overtaken:
            shown = ", ".join(names.get(code, code) for code in overtaken[:SHOWN_NAMES])
            more = f" (+{len(overtaken) - SHOWN_NAMES})" if len(overtaken) > SHOWN_NAMES else ""
            parts.append(f"{self.word('overtakes')} {shown}{more}")
        return f"{row['name']} ({row['unit']}): {', '.join(parts)}"


def _is_move(row: Mapping[str, Any]) -> bool:
    return row["rank_before"] != row["rank_after"] or row.get("band_before") != row.get("band_after")


def _arrow(row: Mapping[str, Any], what: str) -> str:
    before, after = (output.number(row[f"{what}_{when}"]) for when in ("before", "after"))
    return after if before == after else f"{before} -> {after}"
