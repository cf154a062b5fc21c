"""Tables for people, CSV and JSON for programs, and problems on the error stream."""

from __future__ import annotations

import csv
import io
import json
import sys
import unicodedata
from typing import Any, Iterable, List, Optional, Sequence

from .. import _core
from .._errors import Problem


def display_width(text: str) -> int:
    """Columns that a text takes on a terminal: combining marks take none, East Asian wide characters two."""
    width = 0
    for character in text:
        if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
            continue
        width += 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
    return width


def number(value: Any) -> str:
    """A number in its shortest form; a missing one as a dash."""
    if value is None or value != value:
        return "-"
    return _core.shortest(float(value))


def aligned(header: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int]) -> str:
    """A table whose columns are as wide as their widest cell; columns in `right` are aligned to the right."""
    lines = [list(header)] + [list(row) for row in rows]
    widths = [max(display_width(line[column]) for line in lines) for column in range(len(header))]
    lines.insert(1, ["-" * width for width in widths])
    out = []
    for line in lines:
        cells = []
        for column, cell in enumerate(line):
            gap = " " * (widths[column] - display_width(cell))
            cells.append(gap + cell if column in right else cell + gap)
        out.append("  ".join(cells).rstrip())
    return "\n".join(out) + "\n"


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """CSV with every digit; a missing number is an empty field."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_field(cell) for cell in row])
    return text.getvalue()


def _field(cell: Any) -> str:
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, (int, float)):
        return _core.shortest(float(cell))
    return str(cell)


def as_json(value: Any) -> str:
    """JSON in which whole numbers have no fraction and a missing number is null."""
    return json.dumps(_plain(value), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        if value != value:
            return None
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    return value


def write(text: str, path: Optional[str]) -> None:
    """To a file, or to the standard output."""
    if path is None:
        sys.stdout.write(text)
        return
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def problem_lines(problems: Iterable[Problem], source: str = "") -> List[str]:
    """One line a problem, with its place; `source` is put before places inside a document."""
    lines = []
    for problem in problems:
        inside = source and (problem.place == "" or problem.place.startswith(("/", "line ")))
        line = f"{source}: {problem}" if inside else str(problem)
        lines.append(line.replace("\n", "\\n"))
    return lines


def print_problems(problems: Iterable[Problem], source: str = "", fallback: str = "") -> None:
    for line in problem_lines(problems, source) or fallback.splitlines():
        print(line, file=sys.stderr)
