"""The durable journal of the events of a live scoreboard."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import TracebackType
from typing import Any, Dict, Iterable, Iterator, NamedTuple, Optional, Protocol, Tuple, Type, Union

from . import _core
from ._errors import Problem
from ._event_lines import Event, event_bytes
from ._progress import Progress, run_with_progress

PathLike = Union[str, "os.PathLike[str]"]

#: Events that are read at a time.
READ_AT_A_TIME = 1000


class BytesWriter(Protocol):
    """What takes bytes, such as a file open for them."""

    def write(self, data: bytes, /) -> Any: ...


class JournalAppend(NamedTuple):
    """What `Journal.append` did: events that are new, events that were there already, and the sequence of the last one."""

    added: int
    skipped: int
    last_sequence: int


class JournalState(NamedTuple):
    """A stored state, and the sequence of the last event that is in it."""

    sequence: int
    bytes: bytes


class JournalVerification(NamedTuple):
    """What `Journal.verify` found.

    Attributes
    ----------
    events : int
        Events that are as they were written, from the first one on.
    chain : str
        The chain after the last of them.
    expected_at : int or None
        Sequence at which the expected head stands.
    problems : tuple of Problem
        What is wrong; the first one names the first row that is not as it was written.
    """

    events: int
    chain: str
    expected_at: Optional[int]
    problems: Tuple[Problem, ...]

    @property
    def intact(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


class Journal:
    """A file of events, each of which survives a killed process and a loss of power once `append` returns.

    Each event has a sequence 1, 2, ... and is chained to the one before it by SHA-256, so that later changes show. One
    program at a time can write; readers do not disturb it. Needs a build of the package with SQLite.

    Parameters
    ----------
    path : str or path
        The file, an SQLite database.
    create : bool
        Make the file where there is none.
    read_only : bool
        Read only, beside a writer or from media that cannot be written.
    busy_timeout : float
        Seconds to wait for another program that holds the file.

    Raises
    ------
    JournalError
        With a code such as `journal_not_found`, `journal_locked`, `not_a_journal`, `journal_full` or `journal_damaged`.

    Examples
    --------
    >>> with td.Journal("events.db") as journal:  # doctest: +SKIP
    ...     journal.append({"id": "e1", "type": "observation", "valid": "2026-09-30", "known": "2026-10-05",
    ...                     "unit": "HN", "indicator": "le", "period": "2026-Q3", "value": 75.4})
    JournalAppend(added=1, skipped=0, last_sequence=1)
    """

    def __init__(self, path: PathLike, *, create: bool = True, read_only: bool = False, busy_timeout: float = 1.0) -> None:
        self._path = os.fspath(path)
        self._core = _core.Journal(self._path, create, float(busy_timeout), read_only)

    @property
    def path(self) -> str:
        """The file."""
        return self._path

    @property
    def chain(self) -> str:
        """The chain after the last event: noted elsewhere, it shows later whether an event up to it was changed."""
        return self._core.chain

    @property
    def is_usable(self) -> bool:
        """Whether the journal is open and can be used on after an error."""
        return self._core.is_usable

    def __len__(self) -> int:
        return len(self._core)

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Journal {self._path!r}, {f'{len(self)} events' if self.is_usable else 'closed'}>"

    def close(self) -> None:
        """Closes the file; may be called again."""
        self._core.close()

    def append(self, events: Union[Event, Iterable[Event]]) -> JournalAppend:
        """Appends events in one transaction that is durable on return.

        Parameters
        ----------
        events : str, mapping, or iterable of them
            Events as mappings, or JSON Lines. An event whose id is there already is passed over if it is equal.

        Returns
        -------
        JournalAppend

        Raises
        ------
        DataError
            With every problem of every event, placed by its number: `events:3/value`. Nothing is written.
        JournalError
            Such as `event_id_conflict`: an id is there with other content. Nothing is written.
        """
        return self._append(event_bytes(events), "events")

    def import_lines(self, path: PathLike) -> JournalAppend:
        """Appends the events of a file of JSON Lines in one transaction."""
        return self._append(Path(path).read_bytes(), os.fspath(path))

    def _append(self, utf8: bytes, name: str) -> JournalAppend:
        added, skipped, last_sequence = self._core.append(utf8, name)
        return JournalAppend(added, skipped, last_sequence)

    def export_lines(self, path: Union[PathLike, "BytesWriter"]) -> int:
        """Writes all events as JSON Lines, as they are kept; `import_lines` makes a journal with the same chain of them.

        Parameters
        ----------
        path : str, path, or file open for bytes

        Returns
        -------
        int
            How many.
        """
        if isinstance(path, (str, os.PathLike)):
            with open(path, "wb") as file:
                return self._core.export_lines(file.write)
        return self._core.export_lines(path.write)

    def lines(self, first: int = 1) -> Iterator[str]:
        """The canonical lines of the events from a sequence on, up to the one that is the last when the first is taken.

        Raises
        ------
        JournalError
            `journal_damaged` at an event that is not as it was written.
        """
        last = len(self)
        while first <= last:
            lines = self._core.lines(first, min(READ_AT_A_TIME, last + 1 - first))
            yield from lines
            first += len(lines)

    def events(self, first: int = 1) -> Iterator[Tuple[int, Dict[str, Any]]]:
        """Each event from a sequence on, as its sequence and a dictionary.

        Raises
        ------
        JournalError
            `journal_damaged` at an event that is not as it was written.
        """
        for sequence, line in enumerate(self.lines(first), first):
            yield sequence, json.loads(line)

    def verify(self, expected_head: Optional[str] = None, *, progress: Progress = None) -> JournalVerification:
        """Checks every row, the chain, the stored head and the file.

        Parameters
        ----------
        expected_head : str, optional
            A chain that was noted earlier. The journal must still have it, and may have grown since.
        progress : bool or callable, optional
            True shows a bar; a function gets the share done, and False from it cancels.

        Returns
        -------
        JournalVerification
            What is wrong is listed, not raised.
        """
        found = run_with_progress(progress, lambda report: self._core.verify(expected_head or "", report))
        events, chain, expected_at, problems = found
        return JournalVerification(events, chain, expected_at, tuple(problems))

    def metadata(self, key: str) -> Optional[str]:
        """A text that was kept with the journal, such as the digest of the model."""
        return self._core.metadata(key)

    def set_metadata(self, key: str, value: str) -> None:
        """Keeps a text with the journal."""
        self._core.set_metadata(key, value)

    def store_state(self, sequence: int, state: bytes) -> None:
        """Keeps a state after the event with a sequence, so that replay need not start at the first; the last two are kept."""
        self._core.store_state(sequence, state)

    def state(self) -> Optional[JournalState]:
        """The latest state that is as it was stored and belongs to the events that are here; None: replay from the start."""
        sequence, state, _ = self._core.state()
        return None if sequence is None else JournalState(sequence, state)

    def ignored_states(self) -> Tuple[Problem, ...]:
        """Why later stored states are passed over by `state`."""
        return tuple(self._core.state()[2])
