"""The table iMeta: what the columns of iData are, and the tree that they make."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Dict, List, Optional

import numpy
from numpy.typing import NDArray

from . import _core
from ._errors import Problem
from ._source_tables import SourceTable

#: Columns that iMeta must have.
REQUIRED = ("iCode", "Type", "Level", "Parent", "Direction", "Weight")

TYPES = ("Indicator", "Aggregate", "Group", "Denominator", "Other")

#: Types of rows that are nodes of the index.
NODES = ("Indicator", "Aggregate")

#: Level of the indicators.
FIRST_LEVEL = 1


@dataclass
class Row:
    """A row of iMeta."""

    number: int
    code: str
    type: str
    name: Optional[str]
    level: float
    parent: Optional[str]
    direction: float
    weight: float
    unit: Optional[str]
    target: float
    denominator: Optional[str]
    children: List["Row"] = field(default_factory=list)


class MetaReader:
    """Reads iMeta and checks that its rows make one tree."""

    def __init__(self, table: SourceTable, problems: List[Problem]) -> None:
        self.table = table
        self.problems = problems
        self.rows: List[Row] = []
        self.by_code: Dict[str, Row] = {}
        self.root: Optional[Row] = None
        absent = [name for name in REQUIRED if name not in table]
        for name in absent:
            self._add(
                "missing_column",
                f"{table.title}, header",
                f'no column "{name}"',
                f"the columns {', '.join(REQUIRED)}",
                "add it",
            )
        if absent:
            return
        self._read()
        for row in self.rows:
            self._check_row(row)
        self._check_tree()

    def _add(self, code: str, place: str, found: str, expected: str, remedy: str) -> None:
        self.problems.append(Problem(code, place, found, expected, remedy))

    def at(self, row: Row, column: str, code: str, found: str, expected: str, remedy: str) -> None:
        """Adds a problem of one cell."""
        self._add(code, self.table.place(row.number, column), found, expected, remedy)

    def _texts(self, name: str) -> List[Optional[str]]:
        return self.table.texts(name, self.problems) if name in self.table else [None] * self.table.row_count

    def _numbers(self, name: str) -> NDArray[numpy.float64]:
        if name in self.table:
            return self.table.numbers(name, self.problems)
        return numpy.full(self.table.row_count, numpy.nan)

    def _read(self) -> None:
        # NA is the code of Namibia, so that it is missing in no column of codes but Parent and Denominator.
        codes = self.table.texts("iCode", self.problems, missing_words=("",))
        given = self.table.cells("iCode", missing_words=("",))
        types = self._texts("Type")
        names, units = self._texts("iName"), self._texts("Unit")
        parents, denominators = self._texts("Parent"), self._texts("Denominator")
        levels, directions = self._numbers("Level"), self._numbers("Direction")
        weights, targets = self._numbers("Weight"), self._numbers("Target")
        for k in range(self.table.row_count):
            code = codes[k]
            row = Row(
                k,
                code or "",
                types[k] or "",
                names[k],
                float(levels[k]),
                parents[k],
                float(directions[k]),
                float(weights[k]),
                units[k],
                float(targets[k]),
                denominators[k],
            )
            if code is None:
                if given[k] is None:
                    self.at(row, "iCode", "missing_code", "no code", "the code of a column or node", "add it")
                continue
            if code in self.by_code:
                first = self.table.place(self.by_code[code].number, "iCode")
                self.at(
                    row,
                    "iCode",
                    "duplicate_code",
                    f'"{code}" again, first at {first}',
                    "each code once",
                    "rename one of them",
                )
                continue
            if any(character.isspace() for character in code):
                self.at(row, "iCode", "bad_code", f'"{code}"', "a code without white space", "replace it, e.g. with _")
            self.rows.append(row)
            self.by_code[code] = row

    def _check_row(self, row: Row) -> None:
        if row.type not in TYPES:
            found = f'"{row.type}"' if row.type else "nothing"
            self.at(row, "Type", "unknown_type", found, f"one of {', '.join(TYPES)}", "correct it")
        if row.type not in NODES:
            return
        if not (row.level >= FIRST_LEVEL and row.level == math.floor(row.level)):
            self.at(row, "Level", "bad_level", shown(row.level), "a whole number, 1 for indicators", "correct it")
        elif row.type == "Indicator" and row.level != FIRST_LEVEL:
            self.at(
                row,
                "Level",
                "bad_level",
                f"level {shown(row.level)} of an indicator",
                "level 1",
                "correct Level or Type",
            )
        elif row.type == "Aggregate" and row.level == FIRST_LEVEL:
            self.at(row, "Level", "bad_level", "level 1 of an aggregate", "level 2 or more", "correct Level or Type")
        self._check_direction(row)
        if row.weight < 0:
            self.at(
                row,
                "Weight",
                "negative_weight",
                shown(row.weight),
                "a weight of 0 or more",
                "correct it; Direction says what lowers the index",
            )
        elif math.isnan(row.weight) and row.parent is not None:
            self.at(row, "Weight", "missing_weight", "no weight", "a weight of 0 or more", "add it")

    def _check_direction(self, row: Row) -> None:
        if row.type == "Indicator" and row.direction not in (1, -1):
            self.at(
                row, "Direction", "bad_direction", shown(row.direction), "1, or -1 where lower is better", "correct it"
            )
        elif row.type == "Aggregate" and not (row.direction == 1 or math.isnan(row.direction)):
            found = f"{shown(row.direction)} for an aggregate"
            self.at(
                row,
                "Direction",
                "bad_direction",
                found,
                "1: its children have directions of their own",
                "turn the directions of its indicators",
            )

    def _check_tree(self) -> None:
        nodes = [row for row in self.rows if row.type in NODES]
        if not any(row.type == "Indicator" for row in nodes):
            self._add(
                "no_indicators", self.table.title, "no row of type Indicator", "at least one", "add the indicators"
            )
        tops = [row for row in nodes if row.parent is None]
        for row in nodes:
            if row.parent is not None:
                self._check_parent(row)
        if not tops and nodes:
            self._add(
                "no_root",
                self.table.title,
                "a parent in every row",
                "one aggregate without parent: the index",
                "empty its Parent",
            )
        for row in tops[1:] if len(tops) > 1 else []:
            found = f'"{row.code}" has no parent, nor has "{tops[0].code}"'
            self.at(row, "Parent", "two_roots", found, "one topmost node", "give it a parent, or the type Other")
        if tops and tops[0].type == "Indicator":
            self.at(tops[0], "Parent", "no_parent", "an indicator without parent", "the code of an aggregate", "add it")
        self.root = tops[0] if tops else None
        for row in nodes:
            if row.type == "Aggregate" and not row.children:
                self.at(
                    row,
                    "iCode",
                    "no_children",
                    f'the aggregate "{row.code}" is the parent of nothing',
                    "children",
                    "give it some, or delete the row",
                )

    def _check_parent(self, row: Row) -> None:
        parent = self.by_code.get(row.parent or "")
        if parent is None:
            self.at(
                row,
                "Parent",
                "unknown_parent",
                f'"{row.parent}"',
                "the iCode of an aggregate",
                "check the spelling, or add its row",
            )
            return
        parent.children.append(row)
        if parent.type != "Aggregate":
            self.at(
                row,
                "Parent",
                "bad_parent",
                f'"{row.parent}", which is of type {parent.type or "nothing"}',
                "an aggregate",
                "correct it",
            )
        elif parent.level != row.level + 1:
            found = f'level {shown(row.level)} under "{parent.code}" of level {shown(parent.level)}'
            self.at(row, "Level", "level_gap", found, "a parent in the level above", "correct Level or Parent")

    def of_type(self, kind: str) -> List[Row]:
        """Rows of a type, in their order."""
        return [row for row in self.rows if row.type == kind]

    def names_of(self, kind: str) -> Dict[str, str]:
        """Code and name of the rows of a type."""
        return {row.code: row.name or row.code for row in self.of_type(kind)}


def shown(value: float) -> str:
    return "nothing" if math.isnan(value) else _core.shortest(value)
