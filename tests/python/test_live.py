"""Live scoreboards in Python: the same board as scoring everything again, threads, callbacks, journals."""

from __future__ import annotations

import json
import pickle
import random
import threading
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Dict, Iterator, List

import numpy
import pytest
from models import BANDED

import thuocdo as td

PERIOD = "2026-Q3"
FIRST_DAY = date(2026, 9, 1)
UNITS = [f"u{k}" for k in range(8)]

#: One leaf with fixed goalposts, one that is compared with the cohort, one that is counted from tasks.
MODEL: Dict[str, Any] = {
    "thuocdo": 1,
    "id": "live",
    "version": "1",
    "name": {"en": "Live", "vi": "Trực tiếp"},
    "defaults": {"missing": "renormalise"},
    "root": {
        "code": "total",
        "children": [
            {"code": "a", "score": {"rule": "goalposts", "lower": 0, "upper": 10}},
            {"code": "b", "score": {"rule": "min_max"}},
            {"code": "tasks.on_time", "score": {"rule": "as_is"}, "zero_denominator": "full"},
        ],
    },
}


def observed(event_id: str, unit: str, indicator: str, value: Any, valid: str = "2026-09-30", **more: Any) -> Dict[str, Any]:
    return {
        "id": event_id, "type": "observation", "valid": valid, "known": "2026-10-05", "unit": unit, "indicator": indicator,
        "period": PERIOD, "value": value, **more,
    }  # fmt: skip


def banded_board(**options: Any) -> td.LiveScoreboard:
    table = {"unit": ["01", "04", "42"], "name": ["Hà Nội", "Cao Bằng", "東京"], "kind": ["city", "province", "city"]}
    return td.LiveScoreboard(BANDED, period=PERIOD, baseline={**table, "a": [50.0, 40.0, 10.0], "b": [20.0, 15.0, 30.0]}, **options)


def random_events(chance: random.Random) -> Iterator[Dict[str, Any]]:
    """Units, then observations, corrections, withdrawals, tasks and what happens to them, most of them in any order of days."""
    for unit in UNITS[:6]:
        yield {"id": f"unit-{unit}", "type": "unit", "valid": FIRST_DAY, "known": FIRST_DAY, "unit": {"code": unit, "name": unit.upper()}}
    tasks: List[str] = []
    observations: List[str] = []
    for number in range(10**9):
        day = FIRST_DAY + timedelta(days=chance.randrange(40))
        event: Dict[str, Any] = {"id": f"e{number}", "valid": day, "known": datetime(2026, 9, 1, 8, tzinfo=timezone.utc) + timedelta(hours=number)}
        kind = chance.random()
        if kind < 0.04:
            event.update(type="unit", unit={"code": chance.choice(UNITS), "name": f"name {number}"})
        elif kind < 0.12:
            tasks.append(f"t{number}")
            last = (day + timedelta(days=chance.randrange(15))).isoformat()
            task = {"code": tasks[-1], "lead": chance.choice(UNITS[:6]), "assigned": "2026-09-01", "deadline": last}
            event.update(type="task", task=task)
        elif kind < 0.18 and tasks:
            event.update(type="task_event", task=tasks.pop(), event={"kind": "completed", "date": day.isoformat()})
        elif kind < 0.26 and observations:
            event.update(type="withdrawal", replaces=chance.choice(observations))
        else:
            event.update(type="observation", unit=chance.choice(UNITS[:6]), indicator=chance.choice("ab"), period=PERIOD)
            if chance.random() < 0.1:
                event["state"] = "not_applicable"
            else:
                event["value"] = round(chance.uniform(0, 10), 3)
            if observations and chance.random() < 0.2:
                event["replaces"] = chance.choice(observations)
            observations.append(event["id"])
        yield event


def batch_of(board: td.LiveScoreboard) -> td.Scoreboard:
    columns = board.model.indicators
    return td.score(board.model, board.log.as_of(board.as_of, period=PERIOD, indicators=columns), as_of=board.as_of)


def test_the_board_is_that_of_scoring_everything_again_after_every_event(seed: int) -> None:
    chance = random.Random(seed)
    board = td.LiveScoreboard(
        MODEL, period=PERIOD, as_of=FIRST_DAY, arrival="any_order", tasks_by="lead", other_groups=True, longest_ages={"a": 12}
    )
    day, passed, scorable = FIRST_DAY, 0, 0
    for number, event in zip(range(300), random_events(chance)):
        update = board.apply(event)
        assert update.new_events == 1 and update.sequence == number + 1
        if chance.random() < 0.1:
            day += timedelta(days=chance.randrange(4))
            expected = board.next_change()
            moved = board.advance_to(day)
            passed += len(moved) > 0
            assert expected is None or expected <= day or len(moved) == 0
        if not board.is_scorable:
            assert len(update) == 0 and board.problems()
            continue
        scorable += 1
        again = batch_of(board)
        assert board.scoreboard().digest == again.digest
        if number % 10 == 0:
            assert str(board.snapshot().ranking()) == str(board.ranking()) == str(again.ranking())
    assert passed > 0 and scorable > 200
    # The order of arrival has no effect, nor has anything that arrives twice.
    lines = list(board.log.lines())
    chance.shuffle(lines)
    other = td.LiveScoreboard(MODEL, period=PERIOD, as_of=day, arrival="any_order", tasks_by="lead", other_groups=True, longest_ages={"a": 12})
    other.apply(lines + lines)
    assert other.log.digest == board.log.digest and len(other.log) == 300
    assert other.open_problems == board.open_problems
    if board.is_scorable:
        assert other.scoreboard().digest == board.scoreboard().digest


def test_a_deadline_that_passes_changes_the_ranks_and_a_value_goes_stale() -> None:
    board = td.LiveScoreboard(MODEL, period=PERIOD, as_of="2026-09-10", tasks_by="lead", longest_ages={"b": 20})
    board.apply([
        *({"id": f"unit-{unit}", "type": "unit", "valid": FIRST_DAY, "known": FIRST_DAY, "unit": {"code": unit}} for unit in ("x", "y")),
        *(observed(f"a{unit}", unit, "a", value, "2026-09-01") for unit, value in (("x", 6), ("y", 5))),
        *(observed(f"b{unit}", unit, "b", value, "2026-09-05") for unit, value in (("x", 2), ("y", 1))),
        {"id": "t", "type": "task", "valid": FIRST_DAY, "known": FIRST_DAY,
         "task": {"code": "T", "lead": "x", "assigned": "2026-09-01", "deadline": "2026-09-15"}},
    ])  # fmt: skip
    assert board.rank("x") == 1 and board.units_at(1) == ["x"] and board.next_change() == date(2026, 9, 16)
    assert len(board.advance_to("2026-09-15")) == 0
    update = board.advance_to(date(2026, 9, 16))
    assert update.as_of == date(2026, 9, 16) and board.result("x", "tasks.on_time") == 0
    assert board.next_change() == date(2026, 9, 26) and len(board.log.tasks("2026-09-16")) == 1
    board.advance_to("2026-09-26")
    assert numpy.isnan(board.result("x", "b")) and board.log.cell("x", "b", valid="2026-09-25", period=PERIOD).value == 2
    assert board.scoreboard().digest == batch_of(board).digest
    with pytest.raises(td.DataError, match="date_goes_back"):
        board.advance_to("2026-09-01")


def test_an_update_says_what_changed_and_who_was_overtaken() -> None:
    board = banded_board()
    update = board.apply(observed("e1", "42", "a", 60))
    assert len(update) == 3 and not update.rebuilt and update.overtaken("東京") == ["01", "04"]
    assert update.changes["unit"].tolist() == ["01", "04", "42"]
    assert update.changes["rank_before"].tolist() == [1, 2, 3] and update.changes["rank_after"].tolist() == [2, 3, 1]
    assert update.changes["score_after"].tolist() == [70, 55, 90] and update.changes["band_after"].tolist() == ["good", "good", "good"]
    assert list(zip(update.results["unit"], update.results["node"], update.results["after"])) == [("42", "a", 60), ("42", "total", 90)]
    assert update.records()[2] == {
        "unit": "42", "name": "東京", "score_before": 40, "score_after": 90, "rank_before": 3, "rank_after": 1,
        "band_before": "low", "band_after": "good", "overtaken": ["01", "04"],
    }  # fmt: skip
    assert repr(update).splitlines()[1:] == [
        "  01  Hà Nội: rank 1 -> 2", "  04  Cao Bằng: rank 2 -> 3", "  42  東京: score 40 -> 90, rank 3 -> 1, band low -> good",
    ]  # fmt: skip
    assert "東京" in update._repr_html_() and "<LiveScoreboard of banded 1, 2026-Q3, as of 2026-09-30: 3 units" in repr(board)
    assert len(board.apply(observed("e1", "42", "a", 60))) == 0
    assert board.explain("42").score == board.score("42") == 90 and board.band("01") == "good"


def test_frames_are_of_the_kind_of_the_baseline() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"a": [50.0, 40.0], "b": [20.0, 15.0]}, index=pandas.Index(["01", "04"], name="province"))
    board = td.LiveScoreboard(BANDED, period=PERIOD, as_of="2026-10-01", baseline=frame.assign(kind="city"))
    update = board.apply(observed("e1", "04", "a", 60))
    for found in (board.ranking(), board.snapshot().ranking(), update.changes, board.panel.to_frame()):
        assert found.index.name == "province" and set(found.index) == {"01", "04"}
    assert board.ranking()["rank_within_kind"].tolist() == [1, 2]


def test_any_past_moment_can_be_rebuilt() -> None:
    board = banded_board()
    board.apply([observed("e1", "42", "a", 20), observed("e2", "42", "a", 30, known="2026-10-20T09:00:00+07:00")])
    log = board.log
    seen = [log.as_of("2026-09-30", known).values[2, 0] for known in ("2026-10-04", "2026-10-05", datetime(2026, 10, 20, 1, 59, tzinfo=timezone.utc), "2026-10-20")]
    assert seen == [10, 20, 20, 30]
    assert td.score(BANDED, log.as_of("2026-09-30", "2026-10-04")).scores().tolist() == [70, 55, 40]
    assert log.as_of("2026-09-30", indicators=["b"]).indicators == ["b"]
    cell = log.cell("42", "a", valid=date(2026, 9, 30), known="2026-10-06")
    assert (cell.value, cell.valid, cell.event) == (20, date(2026, 9, 30), "e1")
    assert log.cell("42", "a", valid="2026-09-29").event is None and log.cell("42", "x", valid="2026-09-30").valid is None
    assert len(log) == 2 and "e1" in log and log.event("e2")["value"] == 30 and log[-1]["id"] == "e2" and [each["id"] for each in log] == ["e1", "e2"]
    with pytest.raises(KeyError):
        log.event("e3")
    with pytest.raises(td.DataError, match="bad_moment"):
        log.as_of("2026-09-30", datetime(2026, 10, 1))


def test_two_boards_follow_one_log() -> None:
    log = td.ObservationLog({"unit": ["01", "04"], "a": [1.0, 2.0], "b": [3.0, 1.0]}, period=PERIOD)
    boards = [td.LiveScoreboard(BANDED, log, period=period, previous_period=PERIOD, as_of="2026-10-01") for period in (PERIOD, "2026-Q4")]
    boards[0].apply(observed("e1", "04", "a", 9))
    assert boards[1].sequence == 0
    assert boards[1].catch_up().new_events == 1 and boards[1].sequence == boards[0].sequence == 1
    with pytest.raises(TypeError, match="baseline"):
        td.LiveScoreboard(BANDED, log, baseline={"a": [1.0]})


def test_models_come_into_force_on_their_day_and_another_period_counts() -> None:
    def model(first_day: str, rule: Dict[str, Any]) -> td.IndexModel:
        child = {"code": "a", "score": rule}
        root = {"code": "total", "children": [child]}
        return td.load_model({**MODEL, "version": first_day, "effective": {"from": first_day}, "root": root})

    models = [model("2026-10-05", {"rule": "growth_to_target", "target": 0.5, "capped": False}), model("2026-01-01", {"rule": "as_is"})]
    # The units of the baseline came after the period before; its values are theirs all the same.
    options: Dict[str, Any] = {"as_of": "2026-10-01", "previous_period": "2026-Q2"}
    board = td.LiveScoreboard(models, period=PERIOD, baseline=td.Panel({"unit": ["x", "y"], "a": [4.0, 3.0]}, period=PERIOD), **options)
    board.apply([observed(f"q2-{unit}", unit, "a", value, "2026-06-30", period="2026-Q2") for unit, value in (("x", 4), ("y", 1))])
    assert board.model.version == "2026-01-01" and board.rank("x") == 1 and board.next_change() == date(2026, 10, 5)
    update = board.advance_to("2026-10-05")
    assert update.rebuilt and board.model.version == "2026-10-05" and board.rank("y") == 1
    previous = board.log.as_of("2026-06-30", period="2026-Q2", units_on="2026-10-01")
    assert board.scoreboard().digest == td.score(models[0], board.panel, as_of=board.as_of, previous=previous).digest
    assert pickle.loads(pickle.dumps(board.scoreboard())).digest == board.scoreboard().digest


def test_subscribers_hear_what_passes_their_filter() -> None:
    board = banded_board()
    heard: Dict[str, List[td.BoardUpdate]] = {}

    def listen(name: str, **conditions: Any) -> int:
        return board.subscribe(heard.setdefault(name, []).append, **conditions)

    numbers = [
        listen("all"), listen("unit", units=["Cao Bằng"]), listen("node", nodes=["b"]), listen("far", least_rank_change=2),
        listen("top", top=1), listen("bands", bands=True),
    ]  # fmt: skip
    assert len(set(numbers)) == 6
    update = board.apply(observed("e1", "42", "a", 60))
    assert {name: [len(each) for each in updates] for name, updates in heard.items()} == {
        "all": [3], "unit": [1], "node": [], "far": [1], "top": [2], "bands": [1],
    }  # fmt: skip
    assert heard["unit"][0].changes["unit"].tolist() == ["04"] and heard["far"][0].overtaken("42") == ["01", "04"]
    assert heard["all"][0].records() == update.records() and heard["far"][0].records()[0]["unit"] == "42"
    assert board.unsubscribe(numbers[0]) and not board.unsubscribe(numbers[0])
    board.apply(observed("e2", "04", "b", 16))
    assert len(heard["all"]) == 1 and len(heard["node"]) == 1
    for bad in ({"units": ["nobody"]}, {"nodes": ["nothing"]}):
        with pytest.raises(td.Error, match="unknown"):
            board.subscribe(print, **bad)  # type: ignore[arg-type]


def test_an_error_of_a_callback_comes_out_after_everybody_has_heard() -> None:
    board = banded_board()
    heard = []

    def fail(update: td.BoardUpdate) -> None:
        raise RuntimeError(f"cannot show {update.changes['unit'].tolist()}")

    board.subscribe(fail)
    board.subscribe(lambda update: heard.append(board.rank("42")))
    with pytest.raises(RuntimeError, match="cannot show"):
        board.apply(observed("e1", "42", "a", 60))
    assert heard == [1] and board.sequence == 1 and board.snapshot().rank("42") == 1


def test_all_problems_of_all_events_and_nothing_applied() -> None:
    board = banded_board()
    with pytest.raises(td.DataError) as caught:
        board.apply([observed("e1", "01", "a", 1), observed("e2", "01", "a", 1, valid="30/9"), {"id": "e3", "type": "nonsense"}])
    assert {each.place.partition("/")[0] for each in caught.value.problems} == {"events:2", "events:3"}
    with pytest.raises(td.DataError, match="unknown_unit"):
        board.apply([observed("e1", "01", "a", 1), observed("e2", "99", "a", 1)])
    board.apply(observed("e1", "01", "a", 1))
    with pytest.raises(td.DataError, match="event_id_conflict"):
        board.apply(observed("e1", "01", "a", 2))
    assert len(board.log) == board.sequence == 1
    with pytest.raises(td.DataError, match="day_missing"):
        td.LiveScoreboard(BANDED, period="sometime")
    with pytest.raises(TypeError, match="dates"):
        board.apply({"id": object()})


def test_a_board_that_cannot_be_scored_says_why() -> None:
    model = json.loads(json.dumps(MODEL))
    model["root"]["children"] = [{"code": "a", "score": {"rule": "as_is"}, "missing": "refuse"}]
    board = td.LiveScoreboard(model, period=PERIOD, baseline={"unit": ["x", "y"], "a": [1.0, 2.0]})
    event = observed("e1", "x", "a", 0, state="not_reported")
    del event["value"]
    update = board.apply(event)
    assert update.open_problems == board.open_problems == 1 and not board.is_scorable and len(update) == 0
    assert [each.code for each in board.problems()] == ["value_missing"]
    for ask in (lambda: board.rank("x"), board.ranking, board.scoreboard, board.snapshot().records):
        with pytest.raises(td.DataError):
            ask()
    assert "1 open problem" in repr(board) and "1 open problem" in repr(update) and "1 open problem" in board._repr_html_() + update._repr_html_()
    assert len(board.apply(observed("e2", "x", "a", 3))) == 2


def test_readers_in_threads_see_whole_boards_while_one_writes() -> None:
    board = banded_board()
    done = threading.Event()
    heard: List[float] = []
    # Called with both locks taken, which the readers ask for in the other order.
    board.subscribe(lambda update: heard.append(board.rank("01")))
    failures: List[str] = []
    seen: List[int] = []

    def read() -> None:
        last = -1
        while not done.is_set():
            picture = board.snapshot()
            rows = picture.records()
            # Both values of one call move together: a half of an update would show here.
            if picture.result("01", "a") != picture.result("04", "a") and picture.sequence > 0:
                failures.append(f"half of update {picture.sequence}")
            if sorted((row["score"] for row in rows), reverse=True) != [row["score"] for row in rows] or picture.sequence < last:
                failures.append("order")
            last = picture.sequence
            board.rank("01")
        seen.append(last)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for k in range(150):
        known = f"2026-10-05T08:{k // 60:02}:{k % 60:02}Z"
        board.apply([observed(f"{k}-{unit}", unit, "a", 1 + k % 50, known=known) for unit in ("01", "04")])
    done.set()
    for reader in readers:
        reader.join()
    assert not failures and len(seen) == 3 and board.sequence == 300 and len(heard) == 150


class TestJournal:
    @pytest.fixture(autouse=True)
    def needs_a_journal(self, tmp_path: Path) -> None:
        try:
            td.Journal(tmp_path / "try.db").close()
        except td.JournalError:
            pytest.skip("built without SQLite")

    def test_a_restart_gives_the_same_digest(self, tmp_path: Path, seed: int) -> None:
        options: Dict[str, Any] = {"period": PERIOD, "as_of": "2026-10-15", "arrival": "any_order", "tasks_by": "lead", "other_groups": True}
        with td.LiveScoreboard(MODEL, journal=tmp_path / "events.db", **options) as board:
            for number, event in zip(range(120), random_events(random.Random(seed))):
                board.apply(event)
                # Later, replay goes on from here.
                if number == 80:
                    board.log.checkpoint()
            assert board.journal is not None and len(board.journal) == 120
            chain, digest, scorable = board.journal.chain, board.log.digest, board.is_scorable
            scores = board.scoreboard().digest if scorable else ""
        with td.LiveScoreboard(MODEL, journal=tmp_path / "events.db", **options) as again:
            assert again.sequence == 120 and again.log.digest == digest
            assert again.journal is not None and again.journal.chain == chain
            assert again.is_scorable == scorable and (not scorable or again.scoreboard().digest == scores)

    def test_what_the_journal_refuses_is_not_applied(self, tmp_path: Path) -> None:
        board = banded_board(journal=tmp_path / "events.db")
        board.apply(observed("e1", "42", "a", 60))
        board.close()
        with pytest.raises(td.JournalError, match="journal_closed"):
            board.apply(observed("e2", "42", "a", 1))
        assert board.sequence == len(board.log) == 1 and board.score("42") == 90
        with td.Journal(tmp_path / "events.db", read_only=True) as journal:
            reader = banded_board(journal=journal)
            assert reader.score("42") == 90 and "events.db" in repr(reader.log)
            with pytest.raises(td.JournalError, match="journal_read_only"):
                reader.apply(observed("e2", "42", "a", 1))
            assert reader.score("42") == 90

    def test_what_the_log_refuses_is_not_written(self, tmp_path: Path) -> None:
        with td.Journal(tmp_path / "events.db") as journal:
            board = banded_board(journal=journal)
            with pytest.raises(td.DataError, match="unknown_unit"):
                board.apply([observed("e1", "42", "a", 60), observed("e2", "nobody", "a", 60)])
            assert len(journal) == 0
            # Into the log directly: written too, and each event once.
            assert board.log.append([observed("e1", "42", "a", 60)] * 2) == 1 and len(journal) == 1
            board.apply([observed("e1", "42", "a", 60), observed("e2", "42", "a", 59)])
            assert [event["id"] for _, event in journal.events()] == ["e1", "e2"]
            # What others wrote stands at other positions: then the log is not kept.
            journal.append(observed("e0", "42", "a", 58))
            board.apply(observed("e3", "42", "a", 57))
            with pytest.raises(td.DataError, match="log_differs"):
                board.log.checkpoint()
            assert len(banded_board(journal=journal).log) == 4

    def test_replay_starts_at_what_was_kept(self, tmp_path: Path) -> None:
        with td.Journal(tmp_path / "events.db") as journal:
            board = banded_board(journal=journal)
            board.apply([observed(f"e{k}", "42", "a", k) for k in range(10)])
            board.log.checkpoint()
            state = journal.state()
            assert state is not None and state.sequence == 10
            board.apply(observed("e10", "42", "a", 60))
            assert banded_board(journal=journal).scoreboard().digest == board.scoreboard().digest
            assert banded_board(journal=journal).log.digest == board.log.digest
        with pytest.raises(td.DataError, match="journal_missing"):
            banded_board().log.checkpoint()

    def test_a_journal_is_bound_to_its_baseline(self, tmp_path: Path) -> None:
        banded_board(journal=tmp_path / "events.db").close()
        with pytest.raises(td.DataError, match="baseline_disagrees"):
            td.ObservationLog({"unit": ["01"], "a": [1.0]}, period=PERIOD, journal=tmp_path / "events.db")
        banded_board(journal=tmp_path / "events.db").close()
