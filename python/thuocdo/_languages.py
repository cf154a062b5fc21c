"""The two languages of texts for people."""

from __future__ import annotations


def is_vietnamese(language: str) -> bool:
    """Whether texts are wanted in Vietnamese; another word than ``vi`` and ``en`` is refused."""
    if language not in ("vi", "en"):
        raise ValueError(f'language: expected "vi" or "en", not {language!r}')
    return language == "vi"
