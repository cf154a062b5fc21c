"""`thuocdo tasks`: counts of a day or between two days, overdue tasks with who answers for them, early warnings."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any, Dict, List, NamedTuple, Sequence

from .. import _core
from .._errors import Problem, data_error
from .._task_input import LISTS
from .._task_results import TaskTable, rows_of
from .._tasks import TaskRegister, load_tasks
from . import output
from .texts import text

__all__ = ["GROUPS", "LISTS", "run"]

#: What `--by` takes; a body is the lead of a task.
GROUPS = ("body", "participation", "head", "level", "sector", "document", "nation")

COUNTS = ("all", "done", "on_time", "late", "open", "overdue", "suspended", "cancelled", "due")
RATES = ("completion_on_tasks_due", "on_time_on_tasks_due")
DAYS = ("mean_days_overdue", "worst_days_overdue")
FLOW = ("open_then", "assigned_since", "closed_since", "open_now", "overdue_then", "carried_over", "overdue_closed", "newly_overdue")
FLOW_RATES = ("closure_rate", "carry_over_rate")
OVERDUE = (
    "person", "position", "lead", "code", "document", "deadline", "days_late", "working_days_late", "extensions",
    "coordinating", "carried_over",
)  # fmt: skip
WARNINGS = ("severity", "rule", "task", "indicator", "lead", "person", "position", "days_left", "amount", "finding")

#: Decimals of rates in per cent and of mean days in tables; CSV and JSON have every digit.
SHOWN_DIGITS = 2
PER_CENT = 100


class Listing(NamedTuple):
    """What is written: all columns of `rows` in CSV, `document` in JSON, and the columns `names` of `shown` for people."""

    rows: List[Dict[str, Any]]
    document: Dict[str, Any]
    names: Sequence[str]
    shown: List[Dict[str, Any]]
    title: str = ""
    by: str = ""
    note: str = ""


def run(given: argparse.Namespace) -> int:
    """Prints counts, or with --overdue and --warnings single tasks."""
    _check_options(given)
    files = {name: getattr(given, name) for name in LISTS if getattr(given, name) is not None}
    register = load_tasks({"tasks": given.register, **files}, decimal=given.decimal, year=given.year)
    lists = {}
    if given.overdue:
        lists["overdue"] = _overdue(given, register)
    if given.warnings:
        lists["warnings"] = _warnings(given, register)
    if not lists:
        lists["counts"] = _counts(given, register) if given.earlier is None else _flow(given, register)
    _write(given, lists)
    return 0


def _check_options(given: argparse.Namespace) -> None:
    """An option that would do nothing is refused."""
    warnings_alone = given.warnings and not given.overdue
    useless = [name for name in ("by", "earlier") if warnings_alone and getattr(given, name) is not None]
    useless += ["rules"] if given.rules is not None and not given.warnings else []
    what = "--warnings" if given.warnings else "the other lists"
    problems = [Problem("bad_option", f"--{name}", f"with {what}", f"{what} without it", "leave it out") for name in useless]
    if given.csv and given.overdue and given.warnings:
        problems.append(Problem("bad_option", "--csv", "two lists, --overdue and --warnings", "one list a table", "ask for one, or for --json"))
    if problems:
        raise data_error("impossible option", problems)


def _counts(given: argparse.Namespace, register: TaskRegister) -> Listing:
    table = register.table(given.as_of, given.by or "body")
    rows = table.rows()
    document = {
        "as_of": table.as_of, "by": table.by, "meaning": table.meaning, "meaning_vi": table.meaning_vi,
        "total": table.total, "rows": rows,
    }  # fmt: skip
    names = _group_columns(table.by) + [*COUNTS, *RATES, *DAYS]
    shown = [_person_of(row, given.lang) for row in rows] + _total(table, given.lang)
    title = f"{table.as_of}: {table.meaning_vi if given.lang == 'vi' else table.meaning}\n"
    return Listing(rows, document, names, shown, title, table.by)


def _group_columns(by: str) -> List[str]:
    return ["code", "person", "position"] if by == "head" else ["code"]


def _total(table: TaskTable, language: str) -> List[Dict[str, Any]]:
    """Every task once, below rows that may overlap."""
    if table.by == "nation":
        return []
    return [{"code": text("each_once", language), "person": "", "position": "", "worst_days_overdue": None, **table.total}]


def _flow(given: argparse.Namespace, register: TaskRegister) -> Listing:
    flow = register._core.flow(given.earlier, given.as_of, given.by or "body")
    rows = rows_of(flow["columns"])
    document = {"earlier": flow["earlier"], "later": flow["later"], "by": flow["by"], "rows": rows}
    names = [name for name in _group_columns(flow["by"]) if name != "position"] + [*FLOW, *FLOW_RATES]
    return Listing(rows, document, names, rows, f"{flow['earlier']} – {flow['later']}\n", flow["by"])


def _overdue(given: argparse.Namespace, register: TaskRegister) -> Listing:
    found = register.overdue(given.as_of, given.by or "head", earlier=given.earlier)
    rows = found.rows()
    document = {"as_of": found.as_of, "by": found.by, "total": found.total, "secret": found.secret, "rows": rows}
    note = f"{found.total} {text('overdue', given.lang)}, {found.secret} {text('secret_only_counted', given.lang)}\n"
    return Listing(rows, document, OVERDUE, [_person_of(row, given.lang) for row in rows], note=note)


def _warnings(given: argparse.Namespace, register: TaskRegister) -> Listing:
    found = register.warnings(given.as_of, given.rules)
    rows = found.rows()
    document = {"as_of": found.as_of, "secret": found.secret, **found.summary, "rows": rows}
    shown = [_person_of(row, given.lang) for row in rows]
    note = f"{len(rows)} {text('warnings', given.lang)}, {found.secret} {text('secret_only_counted', given.lang)}\n"
    for rule in found.summary["not_evaluated"]:
        note += f"! {rule}: {text('not_evaluated', given.lang)}\n"
    return Listing(rows, document, WARNINGS, shown, note=note)


def _person_of(row: Dict[str, Any], language: str) -> Dict[str, Any]:
    """The row with its texts in one language."""
    if language != "vi":
        return row
    return {**row, **{name: row[f"{name}_vi"] for name in row if f"{name}_vi" in row}}


def _write(given: argparse.Namespace, lists: Dict[str, Listing]) -> None:
    """JSON and CSV have every digit; of two lists, JSON has a member each and people one below the other."""
    if given.json:
        documents = {name: each.document for name, each in lists.items()}
        written = output.as_json(_days_as_text(documents if len(documents) > 1 else next(iter(documents.values()))))
    elif given.csv:
        written = "".join(_csv(each) for each in lists.values())
    else:
        written = "\n".join(_table(each, given.lang) for each in lists.values())
    output.write(written, given.output)


def _csv(listing: Listing) -> str:
    header = list(listing.rows[0]) if listing.rows else list(listing.names)
    return output.as_csv(header, [list(_days_as_text(row).values()) for row in listing.rows])


def _table(listing: Listing, language: str) -> str:
    header = [_heading(name, listing.by, language) for name in listing.names]
    cells = [[_cell(name, row[name], language) for name in listing.names] for row in listing.shown]
    right = [k for k, name in enumerate(listing.names) if all(_is_number(row[name]) for row in listing.shown)]
    return listing.title + output.aligned(header, cells, right) + listing.note


def _is_number(value: Any) -> bool:
    """Whether a cell may stand in a column of numbers; the total leaves some of them empty."""
    return value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))


def _days_as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _days_as_text(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_days_as_text(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _heading(name: str, by: str, language: str) -> str:
    heading = text(by if name == "code" and by else "warning_rule" if name == "rule" else name, language)
    return f"{heading} %" if name in (*RATES, *FLOW_RATES) else heading


def _cell(name: str, value: Any, language: str) -> str:
    if isinstance(value, bool):
        return text("yes", language) if value else ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value or "-"
    if value is None:
        return ""
    if value != value:
        return "-"
    number = value * PER_CENT if name in (*RATES, *FLOW_RATES) else value
    return _core.shortest(float(_core.round_decimal(float(number), SHOWN_DIGITS, "half_up")))
