"""Dates between Python and the compiled part, which takes ISO text."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Optional, Tuple

from . import _core


def iso_date(value: Any, argument: str) -> Optional[str]:
    """A date, datetime or `YYYY-MM-DD` text as ISO text."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{argument}: expected a date or text YYYY-MM-DD, not {type(value).__name__}")


def to_date(text: Optional[str]) -> Optional[date]:
    return None if text is None else date.fromisoformat(text)


def period_key(period: str) -> Tuple[str, str, str]:
    """What puts periods into the order of time: first day, last day, text. A day stands for itself."""
    try:
        known = _core.parse_period(period)
    except ValueError:
        return period, period, period
    return known.first_day, known.last_day, period
