"""Registers of tasks: where each stands on a day, who answers for it, and counts with named denominators."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple, Union

import numpy

from . import _core, datasets
from ._errors import CODES_ARE_TEXT, Problem
from ._frames import default_kind
from ._models import IndexModel
from ._panels import Panel
from ._task_input import LISTS, Day, day_text, file_options, is_document, read_register, task_error
from ._task_quality import ForecastCalibration, WarningEvaluation
from ._task_results import SHOWN_ROWS, OverdueList, TaskList, TaskTable, frame_of, register_html
from ._tables import as_table, is_table
from ._units import Units, as_units

PathLike = Union[str, "os.PathLike[str]"]


@lru_cache(maxsize=1)
def _shipped_calendar() -> _core.WorkingCalendar:
    return _core.load_calendars([str(file) for file in datasets.calendars()])


def _calendar(given: Any) -> _core.WorkingCalendar:
    """A calendar of working days, of the package or of files; default: that of Viet Nam."""
    if given is None:
        return _shipped_calendar()
    core = getattr(given, "_core", given)
    if isinstance(core, _core.WorkingCalendar):
        return core
    files = [given] if isinstance(given, (str, os.PathLike)) else list(given)
    return _core.load_calendars([os.fspath(file) for file in files])


def _code(code: Any) -> str:
    if isinstance(code, str):
        return code
    raise task_error("no such task", [Problem("code_not_text", "task", f"the {type(code).__name__} {code}", "a code as text", CODES_ARE_TEXT)])


def _rules_file(rules: Optional[PathLike]) -> str:
    """A file of rules of warning; default: those that come with the package."""
    return os.fspath(datasets.warning_rules() if rules is None else rules)


def _optional_day(day: Optional[Day], argument: str) -> Optional[str]:
    return None if day is None else day_text(day, argument)


class TaskRegister:
    """Tasks with their deadlines, events, products and money, and the people who answer for them.

    What a task is on a day is computed from its own record and that day alone. A day is a date, ``YYYY-MM-DD``, or a moment
    with its offset from UTC, which stands for its day in Viet Nam; nothing here takes the day of the machine. Frames come in
    the kind of the table that the register was made of, else in pandas where it is installed.

    Parameters
    ----------
    tasks : frame, dict of columns, list of dict, or document
        One row or dict a task in the columns of the CSV form, dicts as in the JSON form, or a whole document (a dict with
        ``tasks``). See ``docs/task-register.md``. A cell may hold a list.
    offices : frame or list of dict, optional
        Who holds which post: ``post``, ``body``, ``position``, ``person``, ``from``, ``to``.
    rules : dict, optional
        What makes a task complete and in time, as the member ``rules`` of a document.
    events, products, extensions, milestones, money : frame or list of dict, optional
        Tables whose column ``task`` names the task.
    calendar : WorkingCalendar or path, optional
        For deadlines in working days; default: that of Viet Nam, which comes with the package.
    year : int, optional
        The year of deadlines that name none, such as ``trong Quý I``.
    vocabulary : dict, optional
        The texts that may stand as a status.
    normalise_to_nfc, ignore_unknown_columns : bool
        Put text into NFC instead of reporting it; pass over columns that have no meaning.

    Raises
    ------
    TaskError
        With every problem of every table.
    """

    __slots__ = ("_core", "_kind")

    def __init__(
        self,
        tasks: Any = (),
        offices: Any = None,
        rules: Optional[Mapping[str, Any]] = None,
        *,
        events: Any = None,
        products: Any = None,
        extensions: Any = None,
        milestones: Any = None,
        money: Any = None,
        calendar: Any = None,
        year: Optional[int] = None,
        vocabulary: Optional[Mapping[str, Any]] = None,
        normalise_to_nfc: bool = False,
        ignore_unknown_columns: bool = False,
    ) -> None:
        self._kind = default_kind()
        if isinstance(tasks, _core.TaskRegister):
            self._core = tasks
            return
        if is_table(tasks) and not is_document(tasks):
            tasks = as_table(tasks)
            self._kind = tasks.kind
        lists = dict(zip(LISTS, (events, products, extensions, milestones, money, offices)))
        options: Dict[str, Any] = {
            "calendar": _calendar(calendar),
            "year": year,
            "vocabulary": vocabulary,
            "normalise_to_nfc": normalise_to_nfc,
            "ignore_unknown_columns": ignore_unknown_columns,
        }
        self._core = read_register(tasks, lists, rules, options)

    def __len__(self) -> int:
        return len(self._core)

    @property
    def secret(self) -> int:
        """Number of secret tasks. They are in all counts and in no list of single tasks."""
        return self._core.secret

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and code in self._core

    def __getitem__(self, code: str) -> Dict[str, Any]:
        """A task as a dict in the JSON form.

        Raises
        ------
        KeyError
            When no task has the code.
        TaskError
            When the task is secret.
        """
        document = self._core.document(_code(code))
        if document is None:
            raise KeyError(code)
        task: Dict[str, Any] = json.loads(document)["tasks"][0]
        return task

    def status(self, as_of: Day) -> Any:
        """Where each task stands at the end of a day.

        Returns
        -------
        frame
            One row a task in the order of the register: ``code``, ``state`` and ``state_vi``, ``days_late``, ``deadline`` in
            force, ``due_soon``, ``awaiting_acceptance``, who answers for it, and more. Secret tasks are left out; `secret`
            counts them.
        """
        return frame_of(self._core.status(day_text(as_of)), self._kind)

    def table(self, as_of: Day, by: str = "lead") -> TaskTable:
        """Counts by ``nation``, ``lead`` (or ``body``), ``participation``, ``head``, ``level``, ``sector`` or ``document``."""
        return TaskTable(self._core.table(day_text(as_of), by, SHOWN_ROWS), self._kind)

    def flow(self, earlier: Day, later: Day, by: str = "nation") -> Any:
        """What became of tasks between two days: carried over, closed, newly overdue; a frame with one row a group."""
        return frame_of(self._core.flow(day_text(earlier, "earlier"), day_text(later, "later"), by)["columns"], self._kind)

    def overdue(
        self,
        as_of: Day,
        by: str = "head",
        *,
        calendar: Any = None,
        earlier: Optional[Day] = None,
        without_exempted: bool = False,
    ) -> OverdueList:
        """Overdue tasks, each with the body, the person and the position that answer for it.

        Parameters
        ----------
        as_of : day
            The day.
        by : str
            The groups, as for `table`.
        calendar : WorkingCalendar or path, optional
            For the working days late; default: that of Viet Nam, which comes with the package.
        earlier : day, optional
            Tasks that were overdue then are marked as carried over.
        without_exempted : bool
            Leave out tasks whose lateness the authority has excused.
        """
        then = _optional_day(earlier, "earlier")
        return OverdueList(self._core.overdue(day_text(as_of), by, _calendar(calendar), then, without_exempted, SHOWN_ROWS), self._kind)

    def quantities(self, as_of: Day, by: str = "lead", *, all_tasks: bool = False) -> Any:
        """Work converted by the coefficient K: assigned, done, of quality and in time, with its rates; a frame.

        The denominator, ``work_assigned``, is that of tasks due, or with `all_tasks` that of all tasks.
        """
        return frame_of(self._core.quantities(day_text(as_of), by, all_tasks), self._kind)

    def resources(self, as_of: Day, by: str = "lead") -> Any:
        """Money allocated and disbursed, against the time that has passed and the work done; a frame without secret tasks."""
        return frame_of(self._core.resources(day_text(as_of), by), self._kind)

    def warnings(
        self,
        as_of: Day,
        rules: Optional[PathLike] = None,
        *,
        history: Sequence[Panel] = (),
        better: Optional[Mapping[str, str]] = None,
    ) -> TaskList:
        """Early warnings by declared rules.

        Parameters
        ----------
        as_of : day
            The day. Nothing that is dated later is read.
        rules : path, optional
            File of the rules; default: those that come with the package.
        history : sequence of Panel, optional
            Values of indicators by body, one panel a period with its ``period_end``. Without them the rules about indicators
            are not evaluated; ``summary["not_evaluated"]`` names them.
        better : dict, optional
            For each indicator ``"higher"`` or ``"lower"``; ``summary["without_direction"]`` names those that lack it.
        """
        file = _rules_file(rules)
        panels = [panel._core for panel in history]
        given = self._core.warnings(day_text(as_of), file, panels, dict(better or {}))
        return TaskList(given, "warnings", ("severity", "rule", "task", "indicator", "lead", "person", "days_left", "finding"), self._kind)

    def evaluate_warnings(self, days: Iterable[Day], end: Day, rules: Optional[PathLike] = None) -> WarningEvaluation:
        """How good rules of warning are: precision, recall and lead time over a history.

        Parameters
        ----------
        days : sequence of day
            Days on which warnings are taken, in ascending order; each reads only what was dated until then.
        end : day
            What became of the tasks is what is known on this day, not before the last of `days`.
        rules : path, optional
            File of the rules; default: those that come with the package.

        Raises
        ------
        TaskError
            For rules that cannot be used, days out of order, and an end before the last of them.
        """
        file = _rules_file(rules)
        grid = [day_text(day, "days") for day in days]
        return WarningEvaluation(self._core.evaluate_warnings(grid, day_text(end, "end"), file), "watched tasks", self._kind)

    def evaluate_indicator_warnings(
        self,
        days: Iterable[Day],
        end: Day,
        targets: Mapping[str, Tuple[Day, float]],
        *,
        history: Sequence[Panel],
        better: Mapping[str, str],
        rules: Optional[PathLike] = None,
    ) -> WarningEvaluation:
        """How good rules about indicators are: held against whether dated targets were attained.

        Parameters
        ----------
        days, end, rules
            As for `evaluate_warnings`.
        targets : dict
            For each indicator the day and the value that every body is to reach; not after `end`.
        history : sequence of Panel
            As for `warnings`.
        better : dict
            For each indicator ``"higher"`` or ``"lower"``.

        Raises
        ------
        TaskError
            As for `evaluate_warnings`, and for targets without direction or after `end`; with every problem.
        """
        file = _rules_file(rules)
        grid = [day_text(day, "days") for day in days]
        dated = {indicator: (day_text(day, "targets"), float(value)) for indicator, (day, value) in targets.items()}
        panels = [panel._core for panel in history]
        given = self._core.evaluate_indicator_warnings(grid, day_text(end, "end"), file, panels, dict(better), dated)
        return WarningEvaluation({**given, "secret": self.secret}, "watched pairs of body and indicator", self._kind)

    def waste_flags(
        self, as_of: Day, *, overload_ratio: float = 2.0, fewest_heads: int = 5, most_leads_of_a_product: int = 5
    ) -> TaskList:
        """Signs of waste of money, resources, people and opportunity; ``summary`` has the totals of each class.

        Parameters
        ----------
        as_of : day
            The day.
        overload_ratio : float
            A head with more than so many times the median open work is overloaded.
        fewest_heads : int
            With fewer heads in office nobody is compared.
        most_leads_of_a_product : int
            A product name that more lead bodies use is the name of a kind of product, not a duplicate.
        """
        given = self._core.waste_flags(day_text(as_of), overload_ratio, fewest_heads, most_leads_of_a_product)
        return TaskList(given, "signs of waste", ("class", "kind", "task", "lead", "person", "amount", "work", "days"), self._kind)

    def orphans(self, as_of: Day, known: Union[IndexModel, Iterable[str], None] = None) -> TaskList:
        """Tasks that nothing measures: without a linked indicator, or without a product.

        Parameters
        ----------
        as_of : day
            The day.
        known : IndexModel or codes of indicators, optional
            With it, links to other indicators are listed too.
        """
        codes = known.indicators if isinstance(known, IndexModel) else known
        given = self._core.orphans(day_text(as_of), None if codes is None else set(codes))
        return TaskList(given, "tasks that nothing measures", ("code", "lead", "person", "state", "without_indicator", "without_product"), self._kind)

    def forecast(self, as_of: Day) -> Any:
        """The probability that each open task misses its deadline, from what became of similar tasks until that day; a frame."""
        return frame_of(self._core.forecast(day_text(as_of)), self._kind)

    def forecast_calibration(self, learn_until: Day, days: Iterable[Day], known_until: Day) -> ForecastCalibration:
        """How good the forecast of missed deadlines is on days that it has not learnt from.

        Parameters
        ----------
        learn_until : day
            The forecast learns from what was known on this day.
        days : sequence of day
            Later days, on each of which every open task is forecast.
        known_until : day
            What became of the tasks is what is known on this day.

        Raises
        ------
        TaskError
            When one of `days` is not after `learn_until`.
        """
        grid = [day_text(day, "days") for day in days]
        given = self._core.forecast_calibration(day_text(learn_until, "learn_until"), grid, day_text(known_until, "known_until"))
        return ForecastCalibration(given, self._kind)

    def panel(
        self,
        as_of: Day,
        units: Any,
        by: str = "lead",
        *,
        earlier: Optional[Day] = None,
        other_groups: bool = False,
        all_tasks: bool = False,
        period: str = "",
    ) -> Panel:
        """Task indicators of units as a panel, to be scored by a model such as ``decree335``.

        Parameters
        ----------
        as_of : day
            The day.
        units : Units, frame or sequence of codes
            The units.
        by : str
            What the code of a unit stands for.
        earlier : day, optional
            The day of the last report, for ``tasks.carried_over``.
        other_groups : bool
            Leave out tasks of groups that are no units, instead of an error.
        all_tasks : bool
            Converted work over all tasks instead of tasks due.
        period : str
            Label of the panel.
        """
        given = as_units(units) or Units(units)
        then = _optional_day(earlier, "earlier")
        return Panel(self._core.panel(day_text(as_of), given._core, by, then, other_groups, all_tasks, period))

    def add(self, tasks: Any, **options: Any) -> None:
        """Adds a task (a dict), or several in any form that `TaskRegister` takes with its options; all or none.

        Raises
        ------
        TaskError
            With every problem; the register is then as before.
        """
        whole = isinstance(tasks, Mapping) and isinstance(tasks.get("code"), str)
        self._core.add(TaskRegister([tasks] if whole else tasks, **options)._core)

    def record(self, code: str, kind: str, on: Day, *, share: float = numpy.nan, authority: str = "", note: str = "") -> None:
        """Records an event of a task.

        Parameters
        ----------
        code : str
            The task.
        kind : str
            ``started``, ``progress``, ``submitted``, ``returned``, ``accepted``, ``completed``, ``suspended``, ``resumed``,
            ``cancelled`` or ``exempted``.
        on : day
            When it happened; out of order is fine.
        share : float
            Of ``progress``: from 0 to 1.
        authority : str
            Of ``cancelled`` and ``exempted``: who decided.
        note : str
            Anything else.
        """
        self._core.record(_code(code), kind, day_text(on, "on"), share, authority, note)

    def extend(self, code: str, decided: Day, last_day: Day, decision: str) -> None:
        """Records a decision, by its number and day, that moves the deadline of a task to a later last day."""
        self._core.extend(_code(code), day_text(decided, "decided"), day_text(last_day, "last_day"), decision)

    def to_json(self, path: Optional[PathLike] = None, *, indent: int = 2) -> str:
        """The register as a document that `load_tasks` reads back, **secret tasks included**; written where a path is given."""
        text = self._core.to_json(indent)
        if path is not None:
            Path(path).write_text(text + "\n", encoding="utf-8")
        return text

    def to_csv(self, folder: Optional[PathLike] = None, *, separator: str = ",", decimal: str = ".") -> Dict[str, str]:
        """The register as tables by name, **secret tasks included**; empty ones and the rules are not among them.

        Parameters
        ----------
        folder : path, optional
            Write them there as ``tasks.csv``, ``events.csv`` and so on, which `load_tasks` reads back.
        separator, decimal : str
            Comma, semicolon or tab, and the decimal mark.
        """
        tables = {name: text for name, text in self._core.to_csv(separator, decimal, False).items() if text}
        if folder is not None:
            for name, text in tables.items():
                with open(Path(folder) / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
                    file.write(text)
        return tables

    def __copy__(self) -> "TaskRegister":
        return _register_of(self._core.__copy__(), self._kind)

    def __deepcopy__(self, memo: Dict[int, Any]) -> "TaskRegister":
        return self.__copy__()

    def __reduce__(self) -> Tuple[Any, Tuple[str, str]]:
        return _read_again, (self._core.to_json(-1), self._kind)

    def __repr__(self) -> str:
        return f"<TaskRegister: {len(self)} tasks, of which {self.secret} secret>"

    def _repr_html_(self) -> str:
        return register_html(self._core)


def _register_of(core: _core.TaskRegister, kind: str) -> TaskRegister:
    register = TaskRegister(core)
    register._kind = kind
    return register


def _read_again(document: str, kind: str) -> TaskRegister:
    return _register_of(_core.parse_tasks_json(document, "tasks", file_options()), kind)


def load_tasks(
    files: Union[PathLike, Mapping[str, PathLike]],
    *,
    calendar: Any = None,
    separator: str = "",
    decimal: str = ".",
    **options: Any,
) -> TaskRegister:
    """Reads a register, strictly: values are read as written, or reported with their place.

    Parameters
    ----------
    files : path or dict of paths
        A JSON document or a CSV file of tasks; or CSV files by name: ``tasks`` and any of ``events``, ``products``,
        ``extensions``, ``milestones``, ``money`` and ``offices``.
    calendar : WorkingCalendar or path, optional
        For deadlines in working days; default: that of Viet Nam, which comes with the package.
    separator, decimal : str
        Of CSV; the empty separator is read from the header.
    **options
        ``rules``, ``year``, ``vocabulary``, ``normalise_to_nfc`` and ``ignore_unknown_columns`` as for `TaskRegister`; rules
        and vocabulary that a document states come first.

    Raises
    ------
    TaskError
        With every problem of all files.
    """
    named = files if isinstance(files, Mapping) else {"tasks": files}
    paths = {name: os.fspath(file) for name, file in named.items()}
    given = file_options(calendar=_calendar(calendar), separator=separator, decimal=decimal, **options)
    return TaskRegister(_core.load_tasks(paths, given))


def join_panels(left: Panel, right: Panel) -> Panel:
    """Two panels of the same units side by side, e.g. tasks beside results; units are matched by code.

    Raises
    ------
    DataError
        For indicators that both have, units that one of them lacks, and periods that end on different days.
    """
    return Panel(_core.join_panels(left._core, right._core))
