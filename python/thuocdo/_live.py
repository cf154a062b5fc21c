"""Scoreboards that follow events and days, and are at every moment what scoring everything again would give."""

from __future__ import annotations

from datetime import date
from typing import Any, Callable, Iterable, List, Optional, Sequence, Tuple, Union, cast

from . import _core
from ._boards import Scoreboard, text_of_unit
from ._dates import iso_date, to_date
from ._errors import Problem
from ._event_lines import Event, event_bytes
from ._explanations import Explanation
from ._journal import Journal
from ._live_log import Day, ObservationLog, PathLike, day_of_period, texts_of
from ._live_results import BoardSnapshot, BoardUpdate
from ._models import IndexModel, ModelSource, load_model
from ._panels import Panel, _panel_of
from ._units import Units

Callback = Callable[[BoardUpdate], Any]


class LiveScoreboard:
    """A scoreboard that follows a log event by event and day by day.

    After every call it is what ``td.score(board.model, board.panel)`` gives, bit for bit: scores of all nodes, coverage,
    ranks and bands. The cost follows what changed.

    Parameters
    ----------
    model : IndexModel or source, or list of them
        One model, or several that come into force one after the other (``effective.from``).
    log : ObservationLog, optional
        The log to follow, which other boards may follow too; default: a new one.
    period : str, optional
        Label of the period that is scored; default: that of the baseline.
    as_of : date or str, optional
        The day of the board at first; default: the last day of the period.
    previous_period : str, optional
        The period before, for growth and carried values.
    other_periods : sequence of str
        Further periods, for statistics over several of them.
    baseline : Panel, frame, dict of columns or path, optional
        For a new log, the table to start from. A frame or file is read for the model; where tasks give some of its columns,
        or there are several models, give a `Panel`.
    journal : Journal or path, optional
        For a new log, the durable journal of its events: each is checked, written, then applied, and those that it has
        already are replayed.
    **log_options
        For a new log: ``baseline_valid``, ``longest_age``, ``arrival``, ``tasks_by`` and the others of `ObservationLog`.

    Raises
    ------
    ModelError, DataError, JournalError
        When models, table, options or journal cannot be used.

    Notes
    -----
    `snapshot` may be called from any thread at any time and never waits. Everything else may be called from any thread
    too, one at a time; a callback must not wait for another thread that calls the board.

    Examples
    --------
    >>> import thuocdo as td
    >>> board = td.LiveScoreboard("resolution57.json", period="2026-Q3", baseline="provinces.csv")  # doctest: +SKIP
    >>> board.apply({"id": "e1", "type": "observation", "valid": "2026-09-30", "known": "2026-10-05", "unit": "01",
    ...              "indicator": "satisfaction", "period": "2026-Q3", "value": 91.5})  # doctest: +SKIP
    <BoardUpdate as of 2026-09-30, 1 events: 3 units changed>
    """

    def __init__(
        self,
        model: Union[ModelSource, Sequence[ModelSource]],
        log: Optional[ObservationLog] = None,
        *,
        period: Optional[str] = None,
        as_of: Optional[Day] = None,
        previous_period: Optional[str] = None,
        other_periods: Union[str, Sequence[str]] = (),
        baseline: Any = None,
        journal: Union[Journal, PathLike, None] = None,
        **log_options: Any,
    ) -> None:
        given_models = model if isinstance(model, (list, tuple)) else [cast(ModelSource, model)]
        models = [load_model(each) for each in given_models]
        self._owns_log = log is None
        if log is None:
            only = models[0] if len(models) == 1 else None
            log = ObservationLog(baseline, period=period, model=only, journal=journal, **log_options)
        elif baseline is not None or journal is not None or log_options:
            given = [name for name, value in (("baseline", baseline), ("journal", journal)) if value is not None]
            raise TypeError(f"a log is complete: {', '.join([*given, *log_options])} cannot be added")
        self._log = log
        self._labels = log._labels
        label = log._period if period is None else period
        try:
            self._core = _core.LiveScoreboard(
                [each._core for each in models],
                log._core,
                label,
                iso_date(as_of, "as_of") or day_of_period(label, False, "as_of", "the day for which the board is evaluated"),
                previous_period or "",
                texts_of(other_periods),
            )
        except BaseException:
            self.close()
            raise

    # --- telling it ----------------------------------------------------------------------

    def apply(self, events: Union[Event, Iterable[Event]]) -> BoardUpdate:
        """Adds events to the log, and to its journal before that, and follows them.

        Events that the log has already change nothing. Several events at once cost one look at what they changed together.

        Parameters
        ----------
        events : str, mapping, or iterable of them
            Events as mappings, or JSON Lines. See ``docs/live.md``.

        Returns
        -------
        BoardUpdate
            Everything that changed.

        Raises
        ------
        DataError
            With every problem of every event; nothing has changed then.
        JournalError
            When they cannot be written; nothing has changed then.
        Exception
            What a subscriber raised: the events are applied, and every other subscriber has heard of it.
        """
        return BoardUpdate(self._core.apply(event_bytes(events), "events"), self._labels)

    def catch_up(self) -> BoardUpdate:
        """Follows the events that somebody else appended to the log."""
        return BoardUpdate(self._core.catch_up(), self._labels)

    def advance_to(self, day: Day) -> BoardUpdate:
        """Moves to a later day: deadlines pass, targets step, values begin to count or go stale, units and models come into force.

        Raises
        ------
        DataError
            ``date_goes_back`` for an earlier day.
        """
        return BoardUpdate(self._core.advance_to(_required(day)), self._labels)

    def next_change(self) -> Optional[date]:
        """The next day on which something changes although nothing becomes known; None when there is none."""
        return to_date(self._core.next_change())

    # --- asking it -----------------------------------------------------------------------

    @property
    def log(self) -> ObservationLog:
        """The log that the board follows."""
        return self._log

    @property
    def journal(self) -> Optional[Journal]:
        """Where the events are written, if they are."""
        return self._log.journal

    @property
    def model(self) -> IndexModel:
        """The model in force."""
        return IndexModel(self._core.model)

    @property
    def units(self) -> Units:
        """The units, by code."""
        return Units(self._core.units)

    @property
    def as_of(self) -> date:
        """The day of the board."""
        return date.fromisoformat(self._core.as_of)

    @property
    def period(self) -> str:
        """Label of the period that is scored."""
        return self._core.period

    @property
    def sequence(self) -> int:
        """Events of the log that the board has followed."""
        return self._core.sequence

    @property
    def panel(self) -> Panel:
        """The values that are scored now; the same as ``board.log.as_of(board.as_of)`` for the columns that the model reads."""
        return _panel_of(self._core.panel(), self._labels)

    @property
    def open_problems(self) -> int:
        """Problems for which `score` would refuse the values of now; until they are mended there are no totals, ranks and bands."""
        return self._core.open_problems

    @property
    def is_scorable(self) -> bool:
        """Whether there are totals, ranks and bands."""
        return self.open_problems == 0

    def problems(self) -> Tuple[Problem, ...]:
        """The open problems as `score` words them. Scores everything again."""
        return tuple(self._core.problems())

    def score(self, unit: str) -> float:
        """The published total of a unit; NaN without one.

        Parameters
        ----------
        unit : str
            Code, or a name that no other unit has.

        Raises
        ------
        DataError
            When there is no such unit; with the open problems while the board is not scorable. So do the others.
        """
        return self._core.score(text_of_unit(unit))

    def rank(self, unit: str) -> float:
        """The rank of a unit; NaN without one."""
        return self._core.rank(text_of_unit(unit))

    def band(self, unit: str) -> Optional[str]:
        """Code of the band of a unit, if it has one."""
        return self._core.band(text_of_unit(unit)) or None

    def result(self, unit: str, node: str) -> float:
        """The result of a node for a unit; also while the board is not scorable."""
        return self._core.result(text_of_unit(unit), node)

    def units_at(self, rank: float) -> List[str]:
        """Codes of the units that hold a rank."""
        return self._core.units_at(float(rank))

    def ranking(self, limit: Optional[int] = None) -> Any:
        """Units from best to worst, as a frame with the columns of `Scoreboard.ranking`.

        Parameters
        ----------
        limit : int, optional
            At most so many rows.
        """
        if self._core.groups_ranked_within or not self.is_scorable:
            return self.scoreboard().ranking(limit)
        return self.snapshot().ranking(limit)

    def scoreboard(self) -> Scoreboard:
        """The whole board as `score` returns it, for explanations and reports."""
        core, previous, others = self._core.scoreboard()
        return Scoreboard(core, IndexModel(core.model), self._labels, (core.as_of, previous, others))

    def explain(self, unit: str) -> Explanation:
        """Where every point of a unit came from; see `Scoreboard.explain`."""
        return self.scoreboard().explain(unit)

    def snapshot(self) -> BoardSnapshot:
        """The board after the last call, for any thread: it never waits for the thread that applies events."""
        return BoardSnapshot(self._core.snapshot(), self._labels)

    # --- hearing of it -------------------------------------------------------------------

    def subscribe(
        self,
        callback: Callback,
        *,
        units: Sequence[str] = (),
        nodes: Sequence[str] = (),
        least_rank_change: float = 0.0,
        top: Optional[int] = None,
        bands: bool = False,
    ) -> int:
        """Calls back after every call that changed something which meets all conditions that are given.

        The board and its snapshot are complete by then, and the callback may ask the board. What it raises comes out of
        `apply` or `advance_to` after everybody has heard.

        Parameters
        ----------
        callback : callable
            Gets a `BoardUpdate` of the changes that passed.
        units : sequence of str
            Only changes of these units.
        nodes : sequence of str
            Only units whose result of one of these nodes changed.
        least_rank_change : float
            Only units whose rank moved so many places, or that entered or left the ranking.
        top : int, optional
            Only units that are or were among so many first ranks.
        bands : bool
            Only units whose band changed.

        Returns
        -------
        int
            A number for `unsubscribe`.

        Raises
        ------
        DataError, ModelError
            For an unknown unit or node.
        """
        labels = self._labels

        def call(update: _core.BoardUpdate, selected: Any) -> None:
            callback(BoardUpdate(update, labels, selected))

        chosen = [text_of_unit(each) for each in texts_of(units)]
        return self._core.subscribe(call, chosen, texts_of(nodes), float(least_rank_change), float(top or 0), bands)

    def unsubscribe(self, subscriber: int) -> bool:
        """Calls a subscriber no more; returns whether there was one of that number."""
        return self._core.unsubscribe(subscriber)

    def close(self) -> None:
        """Closes the journal that the board opened."""
        if self._owns_log:
            self._log.close()

    def __enter__(self) -> "LiveScoreboard":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._core.units)

    def __repr__(self) -> str:
        picture = self.snapshot()
        return "\n".join([f"<LiveScoreboard of {picture._caption()}>", *picture._lines()])

    def _repr_html_(self) -> str:
        return self.snapshot()._repr_html_()


def _required(day: Day) -> str:
    text = iso_date(day, "day")
    if text is None:
        raise TypeError("day: expected a date or text YYYY-MM-DD, not None")
    return text
