"""Dates between Python and the compiled part, which takes ISO text."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Optional


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
