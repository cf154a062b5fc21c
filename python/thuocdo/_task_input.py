"""Tasks from frames, records and documents as the CSV and JSON forms, which the compiled part reads and checks."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime
from typing import Any, Dict, Iterable, List, Mapping, Optional, Tuple, Union

from . import _core
from ._errors import CODES_ARE_TEXT, Problem, TaskError
from ._tables import Table, as_table, is_missing, is_table

Day = Union[str, date, datetime]

#: Tables of a register beside that of the tasks.
LISTS = ("events", "products", "extensions", "milestones", "money", "offices")

#: Columns of codes, in any table.
CODES = ("code", "lead", "post", "task", "coordinating", "indicators", "document")

#: Columns that the table of tasks must have.
REQUIRED = ("code", "lead", "assigned")

#: Members of the JSON form that hold lists of objects, and have no column in the CSV form.
NESTED = ("events", "products", "extensions", "milestones", "money")

#: Separates the entries of a cell that holds a list.
SEPARATOR = "|"

#: What the compiled part calls the text of a table.
_PLACE = re.compile(r"(\w+)\.csv:(\d+)(?::(\d+))?")


def day_text(value: Day, argument: str = "as_of") -> str:
    """A day as ISO text; a moment keeps its offset, by which the compiled part finds its day in Viet Nam."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, str):
        return value
    raise TypeError(f"{argument}: expected a date, YYYY-MM-DD or a moment with its offset, not {type(value).__name__}")


def task_error(summary: str, problems: Iterable[Problem]) -> TaskError:
    """A `TaskError` whose text is made like those of the compiled part."""
    found = list(problems)
    return TaskError(_core.error_message(summary, found), found)


def is_document(tasks: Any) -> bool:
    """Whether it is a document of the JSON form; a table has no column `tasks`."""
    return isinstance(tasks, Mapping) and ("thuocdo_tasks" in tasks or "tasks" in tasks)


def read_register(tasks: Any, lists: Mapping[str, Any], rules: Optional[Mapping[str, Any]], options: Dict[str, Any]) -> _core.TaskRegister:
    """A register of whatever `TaskRegister` takes."""
    given = {name: value for name, value in lists.items() if value is not None}
    if is_document(tasks):
        return _read_document(tasks, given, rules, options)
    if not is_table(tasks):
        records = _records(tasks, "tasks")
        if any(isinstance(record.get(name), (list, tuple)) for record in records for name in NESTED):
            return _read_document({"tasks": records}, given, rules, options)
        tasks = records
    tables = {name: _CsvText(name, value) for name, value in {"tasks": tasks, **given}.items()}
    tables = {name: table for name, table in tables.items() if table.header}
    problems = [problem for table in tables.values() for problem in table.problems]
    if problems:
        raise task_error("the tasks cannot be used", problems)
    texts = {name: table.text for name, table in tables.items()}
    try:
        return _core.parse_tasks_csv(texts, file_options(separator=",", rules=rules, **options))
    except TaskError as error:
        placed = [_placed(problem, tables) for problem in error.problems]
        raise task_error(str(error).partition("\n")[0], placed) from None


def file_options(
    *,
    separator: str = "",
    decimal: str = ".",
    normalise_to_nfc: bool = False,
    ignore_unknown_columns: bool = False,
    year: Optional[int] = None,
    calendar: Optional[_core.WorkingCalendar] = None,
    rules: Optional[Mapping[str, Any]] = None,
    vocabulary: Optional[Mapping[str, Any]] = None,
) -> _core.TaskFileOptions:
    """Options of the readers; rules and vocabulary are checked as in a document."""
    words = None if vocabulary is None else _core.parse_status_vocabulary(_json(vocabulary), "vocabulary")
    known = None
    if rules is not None:
        bare = _core.TaskFileOptions("", ".", False, False, None, None, None, None)
        known = _core.parse_tasks_json(_json({"thuocdo_tasks": 1, "rules": rules, "tasks": []}), "rules", bare).rules
    return _core.TaskFileOptions(separator, decimal, normalise_to_nfc, ignore_unknown_columns, year, calendar, known, words)


def _read_document(
    document: Mapping[str, Any], lists: Mapping[str, Any], rules: Optional[Mapping[str, Any]], options: Dict[str, Any]
) -> _core.TaskRegister:
    apart = [name for name in lists if name != "offices"]
    if apart:
        raise TypeError(f"tasks that hold their lists cannot have {', '.join(apart)} beside them")
    whole = {"thuocdo_tasks": 1, **document}
    if "offices" in lists:
        whole["offices"] = [_office(record) for record in _records(lists["offices"], "offices")]
    if rules is not None:
        whole["rules"] = rules
    return _core.parse_tasks_json(_json(whole), "tasks", file_options(**options))


def _office(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """An office of the CSV form, which has a column for each language, as one of the JSON form."""
    if "position_en" not in record:
        return record
    names = {"vi": record.get("position"), "en": record["position_en"]}
    return {**{key: value for key, value in record.items() if key != "position_en"}, "position": names}


def _records(given: Any, name: str) -> List[Mapping[str, Any]]:
    """Dicts from a list of them or from a table."""
    if is_table(given):
        table = as_table(given)
        cells = {str(each): table.cells(each) for each in table.names}
        return [{each: column[row] for each, column in cells.items()} for row in range(table.row_count)]
    records = list(given) if isinstance(given, Iterable) and not isinstance(given, (str, bytes)) else [given]
    if all(isinstance(record, Mapping) for record in records):
        return records
    raise TypeError(f"{name}: expected a frame, a dict of columns or a list of dicts, not {type(given).__name__}")


def _json(value: Any) -> str:
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    """What JSON can hold; members without a value are left out, as the format has no null."""
    if isinstance(value, (str, int)):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items() if isinstance(each, (str, int)) or not is_missing(each)}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, (date, datetime)):
        return _day_cell(value)
    return value.item() if hasattr(value, "item") else value


def _day_cell(value: Union[date, datetime]) -> str:
    """A day; midnight without offset, as frames hold days, is the day itself."""
    if isinstance(value, datetime) and value.tzinfo is None and value.time() == datetime.min.time():
        return value.date().isoformat()
    return value.isoformat()


class _CsvText:
    """A table as CSV, and where its rows stand in the text."""

    def __init__(self, name: str, given: Any) -> None:
        self.name = name
        self.problems: List[Problem] = []
        self._rows: List[int] = []
        self.header, columns = _columns(given, name)
        text = io.StringIO()
        # A line that begins with "#" is a note, unless the field is quoted.
        writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(self.header)
        for row, cells in enumerate(zip(*columns)):
            fields = [self._field(row, column, cell) for column, cell in zip(self.header, cells)]
            writer.writerow(fields)
            self._rows += [row + 1] * (1 + sum(field.count("\n") for field in fields))
        self.text = text.getvalue()

    def row_at(self, line: int) -> Optional[int]:
        """The row, counted from 1, that a line of the text belongs to."""
        body = line - 2
        return self._rows[body] if 0 <= body < len(self._rows) else None

    def _field(self, row: int, column: str, cell: Any) -> str:
        if cell is None:
            return ""
        if isinstance(cell, str):
            return cell
        if isinstance(cell, (date, datetime)):
            return _day_cell(cell)
        place = f'{self.name}: row {row + 1}, column "{column}"'
        if isinstance(cell, (list, tuple)):
            entries = [self._field(row, column, None if is_missing(each) else each) for each in cell]
            for entry in entries:
                if SEPARATOR in entry:
                    self.problems.append(
                        Problem("reserved_character", place, f'"{entry}"', f'entries without "{SEPARATOR}"', "give the tasks as a document")
                    )
            return SEPARATOR.join(entries)
        if column in CODES:
            self.problems.append(
                Problem("code_not_text", place, f"the {type(cell).__name__} {cell}", "a code as text", CODES_ARE_TEXT)
            )
        if isinstance(cell, float):
            return _core.shortest(cell)
        return str(cell)


def _columns(given: Any, name: str) -> Tuple[List[str], List[List[Any]]]:
    if is_table(given):
        table: Table = as_table(given)
        header = [str(each) for each in table.names]
        columns = [table.cells(each) for each in table.names]
        index, codes = table.index_name(), table.index_codes()
        if index is not None and codes is not None and index not in header:
            header.insert(0, index)
            columns.insert(0, codes)
        return header, columns
    records = _records(given, name)
    names: Dict[str, None] = {}
    for record in records:
        names.update(dict.fromkeys(map(str, record)))
    if not names:
        return (list(REQUIRED), [[] for _ in REQUIRED]) if name == "tasks" else ([], [])
    cells = [[record.get(each) for record in records] for each in names]
    return list(names), [[None if is_missing(each) else each for each in column] for column in cells]


def _placed(problem: Problem, tables: Mapping[str, _CsvText]) -> Problem:
    """A problem of a cell of the text as one of the row and column that were given."""
    found = _PLACE.fullmatch(problem.place)
    table = tables.get(found.group(1)) if found else None
    if found is None or table is None:
        return problem
    row = table.row_at(int(found.group(2)))
    place = f"{table.name}: columns" if row is None else f"{table.name}: row {row}"
    column = int(found.group(3) or 0)
    if 1 <= column <= len(table.header):
        place += f', column "{table.header[column - 1]}"'
    return Problem(problem.code, place, problem.found, problem.expected, problem.remedy)
