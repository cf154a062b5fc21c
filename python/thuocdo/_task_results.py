"""What registers of tasks give: tables of counts, and lists of single tasks without secret ones."""

from __future__ import annotations

from datetime import date
from typing import Any, Dict, List, Mapping, Sequence

import numpy

from . import _core, _html
from ._frames import make_frame
from ._tables import Labels

#: Rows that printed forms show.
SHOWN_ROWS = 20

#: Columns of counts that the HTML form of a table shows.
SHOWN_COUNTS = ("all", "done", "on_time", "late", "open", "overdue", "suspended", "cancelled")
SHOWN_RATES = ("completion_on_tasks_due", "on_time_on_tasks_due", "mean_days_overdue")


def frame_of(columns: Mapping[str, Any], kind: str) -> Any:
    """Columns as a frame of a kind."""
    return make_frame(Labels(kind), dict(columns), labelled=False)


def rows_of(columns: Mapping[str, Any], limit: "int | None" = None) -> List[Dict[str, Any]]:
    """Rows as dicts; days are dates, and None where there is none."""
    cells = {name: (values.tolist() if isinstance(values, numpy.ndarray) else list(values)) for name, values in columns.items()}
    return [dict(zip(cells, row)) for row in list(zip(*cells.values()))[:limit]]


class TaskTable:
    """Counts of tasks at the end of a day by body, head, level, sector or document, or for the nation.

    Attributes
    ----------
    as_of : datetime.date
        The day.
    by : str
        What the rows stand for.
    meaning, meaning_vi : str
        What the counts are counts of: tasks, each once, or participations that do not add up.
    total : dict
        The counts and rates over all tasks, each once, also where rows overlap.
    """

    __slots__ = ("as_of", "by", "meaning", "meaning_vi", "total", "_columns", "_text", "_kind")

    def __init__(self, given: Mapping[str, Any], kind: str) -> None:
        self._kind = kind
        self.as_of = date.fromisoformat(given["as_of"])
        self.by: str = given["by"]
        self.meaning: str = given["meaning"]
        self.meaning_vi: str = given["meaning_vi"]
        self.total: Dict[str, Any] = rows_of(given["total"])[0]
        self._columns: Dict[str, Any] = given["columns"]
        self._text: str = given["text"]

    def frame(self) -> Any:
        """One row a group, sorted by code.

        Beside each rate stand its ``_numerator`` and ``_denominator``; the name of the rate says the denominator. A rate
        without anything to divide by is missing, never 0.
        """
        return frame_of(self._columns, self._kind)

    def rows(self) -> List[Dict[str, Any]]:
        """The same as a list of dicts."""
        return rows_of(self._columns)

    def __getitem__(self, code: str) -> Dict[str, Any]:
        for row in self.rows():
            if row["code"] == code:
                return row
        raise KeyError(code)

    def __len__(self) -> int:
        return len(self._columns["code"])

    def _hidden(self) -> int:
        return max(0, len(self) - SHOWN_ROWS)

    def __repr__(self) -> str:
        hidden = f"... {self._hidden()} more rows\n" if self._hidden() else ""
        return (self._text + hidden).rstrip("\n")

    def _repr_html_(self) -> str:
        who = ["person", "position_vi"] if self.by == "head" else []
        names = [*SHOWN_COUNTS, *SHOWN_RATES]
        rows = [[row[name] for name in ["code", *who, *names]] for row in rows_of(self._columns, SHOWN_ROWS)]
        if self.by != "nation":
            rows.append(["tasks, each once", *("" for _ in who), *(self.total[name] for name in names)])
        header = [self.by, *(["person", "position"] if who else []), *(name.replace("_", " ") for name in names)]
        notes = [f"{self._hidden()} more rows"] if self._hidden() else []
        return _html.table(f"{self.as_of}: {self.meaning}", header, rows, notes)


class TaskList:
    """Single tasks at the end of a day, or signs about them. Secret tasks are counted and never listed.

    Attributes
    ----------
    as_of : datetime.date
        The day.
    secret : int
        Secret tasks that would be listed; of waste flags, all secret tasks assigned, which are not looked at.
    summary : dict
        What else was counted.
    """

    __slots__ = ("as_of", "secret", "summary", "_columns", "_title", "_shown", "_kind")

    def __init__(self, given: Mapping[str, Any], title: str, shown: Sequence[str], kind: str) -> None:
        self._kind = kind
        self.as_of = date.fromisoformat(given["as_of"])
        self.secret: int = given["secret"]
        self.summary: Dict[str, Any] = given.get("summary", {})
        self._columns: Dict[str, Any] = given["columns"]
        self._title = title
        self._shown = shown

    def frame(self) -> Any:
        """The rows as a frame. Entries of lists are separated by ``|``."""
        return frame_of(self._columns, self._kind)

    def rows(self) -> List[Dict[str, Any]]:
        """The rows as a list of dicts."""
        return rows_of(self._columns)

    def __len__(self) -> int:
        return len(self._columns["lead"])

    def _caption(self) -> str:
        return f"{len(self)} {self._title} on {self.as_of}; {self.secret} secret, counted only"

    def _notes(self) -> List[str]:
        hidden = len(self) - SHOWN_ROWS
        return [f"{hidden} more"] if hidden > 0 else []

    def __repr__(self) -> str:
        lines = [f"<{type(self).__name__}: {self._caption()}>"]
        for row in rows_of(self._columns, SHOWN_ROWS):
            lines.append("  " + " | ".join(_html.shown(row[name]) for name in self._shown))
        return "\n".join(lines + [f"  ... {note}" for note in self._notes()])

    def _repr_html_(self) -> str:
        rows = [[row[name] for name in self._shown] for row in rows_of(self._columns, SHOWN_ROWS)]
        header = [name.replace("_vi", "").replace("_", " ") for name in self._shown]
        return _html.table(self._caption(), header, rows, self._notes())


class OverdueList(TaskList):
    """Overdue tasks with the body, the person and the position that answer for each.

    Groups with most tasks come first, in each the longest overdue first. Secret tasks are counted and never listed.

    Attributes
    ----------
    by : str
        The groups.
    total : int
        Overdue tasks, each once, secret ones among them.
    """

    __slots__ = ("by", "total", "_text")

    def __init__(self, given: Mapping[str, Any], kind: str) -> None:
        shown = ("person", "position_vi", "lead", "code", "document", "deadline", "days_late", "working_days_late", "carried_over")
        super().__init__(given, "overdue", shown, kind)
        self.by: str = given["by"]
        self.total: int = given["total"]
        self._text: str = given["text"]

    def _caption(self) -> str:
        return f"{self.total} overdue on {self.as_of}, of which {self.secret} secret, counted only"

    def __repr__(self) -> str:
        return "\n".join([self._text.rstrip("\n")] + [f"... {note}" for note in self._notes()])


def register_html(core: _core.TaskRegister) -> str:
    """A register for notebooks: how many tasks, and the first that may be shown."""
    columns = core.first_tasks(SHOWN_ROWS)
    rows = [list(row.values()) for row in rows_of(columns)]
    hidden = len(core) - core.secret - len(rows)
    notes = [f"{hidden} more"] if hidden > 0 else []
    caption = f"{len(core)} tasks, of which {core.secret} secret, counted only"
    return _html.table(caption, [name.replace("_", " ") for name in columns], rows, notes)
