"""Events of live scoreboards as JSON Lines, which the compiled part reads and checks."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Iterable, List, Mapping, Union

#: One event: a mapping, or a line of JSON.
Event = Union[Mapping[str, Any], str]


def event_lines(events: Union[Event, Iterable[Event]]) -> str:
    """Events as JSON Lines; dates and moments in the place of texts are written as such."""
    if isinstance(events, str):
        return events
    given: Iterable[Event] = [events] if isinstance(events, Mapping) else events
    lines: List[str] = []
    for event in given:
        lines.append(event if isinstance(event, str) else json.dumps(dict(event), ensure_ascii=False, default=_text))
    return "\n".join(lines)


def event_bytes(events: Union[Event, Iterable[Event]]) -> bytes:
    """The lines as UTF-8; half characters go through and are refused where all problems are."""
    return event_lines(events).encode("utf-8", "surrogatepass")


def _text(value: Any) -> Any:
    if isinstance(value, date):  # datetime is one
        return value.isoformat()
    if hasattr(value, "item"):  # a number of numpy
        return value.item()
    raise TypeError(f"events: expected what JSON can hold, or dates, not {type(value).__name__}")
