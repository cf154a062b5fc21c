"""Small pieces of HTML for notebooks. Every text is escaped."""

from __future__ import annotations

from html import escape
from typing import Any, Iterable, Sequence

from . import _core

#: Decimals shown in notebooks; frames hold every digit.
SHOWN_DIGITS = 4


def shown(value: Any) -> str:
    """A cell for people: numbers in short form, missing ones as a dash."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, (int, float)):
        number = float(value)
        if number != number:
            return "–"
        return _core.shortest(float(_core.round_decimal(number, SHOWN_DIGITS, "half_up")))
    return str(value)


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[Any]], notes: Sequence[str] = ()) -> str:
    """An HTML table; numbers stand on the right."""
    parts = ['<table class="thuocdo">', f"<caption>{escape(caption)}</caption>", "<thead><tr>"]
    parts += [f"<th>{escape(each)}</th>" for each in header]
    parts.append("</tr></thead><tbody>")
    for row in rows:
        parts.append("<tr>")
        for cell in row:
            number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
            style = ' style="text-align:right"' if number else ' style="text-align:left;white-space:pre"'
            parts.append(f"<td{style}>{escape(shown(cell))}</td>")
        parts.append("</tr>")
    parts.append("</tbody></table>")
    parts += [f"<p>{escape(note)}</p>" for note in notes]
    return "".join(parts)
