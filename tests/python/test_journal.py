"""The journal: what Python adds to it, and the command. How durable it is the C++ tests show."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import threading
from pathlib import Path
from typing import Any, Callable, Dict, List, Tuple

import pytest

import thuocdo as td
from thuocdo._command import main

Run = Callable[..., Tuple[int, str, str]]


def journal_is_built() -> bool:
    try:
        td.Journal("/no/such/folder/x.db")
    except td.JournalError as error:
        return error.problems[0].code != "journal_not_built"
    return True


pytestmark = pytest.mark.skipif(not journal_is_built(), reason="the package was built without SQLite")


def event(number: int, **members: Any) -> Dict[str, Any]:
    return {
        "id": f"e{number}",
        "type": "observation",
        "valid": "2026-09-30",
        "known": "2026-10-04T17:00:00Z",
        "unit": "Hà Nội",
        "indicator": "le",
        "period": "2026-Q3",
        "value": number / 10,
        **members,
    }


def codes(error: "pytest.ExceptionInfo[td.Error]") -> List[str]:
    return [f"{each.code} at {each.place}" for each in error.value.problems]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sự kiện.db"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> Tuple[int, str, str]:
        code = main([str(each) for each in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_events_come_back_as_dictionaries(path: Path) -> None:
    with td.Journal(path) as journal:
        assert repr(journal) == f"<Journal {str(path)!r}, 0 events>"
        assert journal.append(event(1)) == (1, 0, 1)
        assert journal.append([event(1), json.dumps(event(2))]) == (1, 1, 2)
        assert journal.append(json.dumps(event(3)) + "\n\n" + json.dumps(event(4)) + "\n").last_sequence == 4
        assert journal.append([]) == (0, 0, 4)
        assert list(journal.events()) == [(k, event(k)) for k in (1, 2, 3, 4)]
        assert list(journal.events(4)) == [(4, event(4))]
        assert list(journal.events(5)) == []
        assert len(journal) == 4
    assert not journal.is_usable and "closed" in repr(journal)
    journal.close()
    with pytest.raises(td.JournalError, match="journal_closed"):
        len(journal)
    with td.Journal(path, read_only=True) as reader:
        assert len(reader) == 4
        with pytest.raises(td.JournalError, match="journal_read_only"):
            reader.append(event(5))


def test_more_events_than_are_read_at_a_time(path: Path) -> None:
    with td.Journal(path) as journal:
        journal.append(event(k) for k in range(2500))
        assert [sequence for sequence, _ in journal.events(500)] == list(range(500, 2501))
        # What is appended meanwhile is not part of it.
        lines = journal.lines()
        next(lines)
        journal.append(event(2500))
        assert sum(1 for _ in lines) == 2499


def test_problems_name_the_event_and_nothing_is_written(path: Path) -> None:
    journal = td.Journal(path)
    journal.append(event(1))
    with pytest.raises(td.DataError) as refused:
        journal.append([event(2), event(3, value=float("nan")), event(4, state="confidential"), {"id": "\ud800"}])
    found = codes(refused)
    assert [place for place in found if "events:3" in place] == ["state_disagrees at events:3/state"]
    assert found[0].startswith("not_finite at events:2:") and found[-1].startswith("invalid_utf8 at events:4:")
    with pytest.raises(td.JournalError) as conflict:
        journal.append([event(2), event(1, value=9)])
    assert codes(conflict) == ["event_id_conflict at event 2"]
    assert isinstance(conflict.value, ValueError)
    assert len(journal) == 1 and journal.is_usable


def test_the_other_errors_have_their_codes(path: Path, tmp_path: Path) -> None:
    with td.Journal(path), pytest.raises(td.JournalError, match="journal_locked"):
        td.Journal(path, busy_timeout=0)
    with pytest.raises(td.JournalError, match="journal_not_found"):
        td.Journal(tmp_path / "none.db", create=False)
    (tmp_path / "text.db").write_text("text" * 500, encoding="utf-8")
    with pytest.raises(td.JournalError, match="not_a_journal"):
        td.Journal(tmp_path / "text.db")


def test_a_change_shows_and_a_noted_head_shows_what_was_cut_off(path: Path) -> None:
    with td.Journal(path) as journal:
        journal.append([event(k) for k in range(1, 11)])
        head = journal.chain
        shares: List[float] = []
        found = journal.verify(head, progress=shares.append)
        assert found.intact and (found.events, found.chain, found.expected_at) == (10, head, 10)
        assert shares == [0.0, 1.0]
        with pytest.raises(td.Cancelled):
            journal.verify(progress=lambda share: False)
        with pytest.raises(ZeroDivisionError):
            journal.verify(progress=lambda share: 1 / 0)
        journal.append(event(11))
        assert journal.verify(head).expected_at == 10
    connection = sqlite3.connect(path)
    connection.execute("UPDATE events SET line = replace(line, '0.4', '0.5') WHERE sequence = 4")
    connection.commit()
    connection.close()
    with td.Journal(path, read_only=True) as journal:
        found = journal.verify()
        assert not found.intact and found.events == 3
        assert [f"{each.code} at {each.place}" for each in found.problems] == ["chain_broken at event 4"]
        with pytest.raises(td.JournalError, match="journal_damaged"):
            list(journal.events())


def test_lines_make_another_journal_with_the_same_chain(path: Path, tmp_path: Path) -> None:
    with td.Journal(path) as journal, td.Journal(tmp_path / "other.db") as other:
        journal.append([event(1), {"id": "w", "type": "withdrawal", "replaces": "e1", "known": "2026-10-06"}])
        assert journal.export_lines(tmp_path / "events.jsonl") == 2
        assert (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines() == list(journal.lines())
        assert other.import_lines(tmp_path / "events.jsonl") == (2, 0, 2)
        assert other.chain == journal.chain
        with pytest.raises(OSError):
            journal.export_lines("/dev/full")
        out = io.BytesIO()
        assert journal.export_lines(out) == 2 and out.getvalue() == (tmp_path / "events.jsonl").read_bytes()


def test_metadata_and_states_are_kept(path: Path) -> None:
    with td.Journal(path) as journal:
        journal.append([event(k) for k in range(1, 4)])
        assert journal.metadata("model") is None and journal.state() is None
        journal.set_metadata("model", "mã băm")
        journal.store_state(2, b"\x00two\xff")
        journal.store_state(3, b"three")
        with pytest.raises(td.JournalError, match="unknown_sequence"):
            journal.store_state(4, b"")
    connection = sqlite3.connect(path)
    connection.execute("UPDATE states SET bytes = x'00' WHERE sequence = 3")
    connection.commit()
    connection.close()
    with td.Journal(path) as journal:
        assert journal.metadata("model") == "mã băm"
        assert journal.state() == (2, b"\x00two\xff")
        assert [each.code for each in journal.ignored_states()] == ["state_damaged"]


def test_threads_may_share_a_journal(path: Path) -> None:
    with td.Journal(path) as journal:

        def work(part: int) -> None:
            for k in range(25):
                journal.append(event(1000 * part + k))
                len(journal)

        threads = [threading.Thread(target=work, args=(part,)) for part in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(journal) == 100 and journal.verify().intact


def test_command_import_info_verify_export(run: Run, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    events = tmp_path / "events.jsonl"
    events.write_text("".join(json.dumps(event(k)) + "\n" for k in (1, 2, 3)), encoding="utf-8")
    assert run("journal", "import", path, events) == (0, f"{path}: added 3, skipped 0, 3 events\n", "")
    monkeypatch.setattr("sys.stdin", io.StringIO(events.read_text(encoding="utf-8")))
    assert run("journal", "import", path, "--lang", "vi") == (0, f"{path}: đã thêm 0, đã có sẵn 3, 3 sự kiện\n", "")
    with td.Journal(path) as journal:
        head = journal.chain
        journal.store_state(2, b"")
    code, out, err = run("journal", "info", path)
    assert (code, err) == (0, "")
    assert out == f"events: 3\nchain: {head}\nlast event: e3\nknown: 2026-10-04T17:00:00Z\nstored state: 2\n"
    assert json.loads(run("journal", "info", path, "--json")[1])["stored_state"] == 2
    assert run("journal", "verify", path) == (0, f"{path}: intact, 3 events, chain {head}\n", "")
    code, out, _ = run("journal", "verify", path, "--expected-head", head, "--lang", "vi")
    assert (code, out) == (0, f"{path}: nguyên vẹn, 3 sự kiện, chuỗi băm {head}, chuỗi băm đã ghi nhớ ở sự kiện 3\n")
    code, out, err = run("journal", "export", path)
    assert (code, err) == (0, "") and [json.loads(line) for line in out.splitlines()] == [event(1), event(2), event(3)]
    copy = tmp_path / "copy.jsonl"
    assert run("journal", "export", path, "--output", copy) == (0, f"wrote {copy}, 3 events\n", "")
    assert copy.read_text(encoding="utf-8") == out
    # Longer than a block, whose end may lie within a letter.
    with td.Journal(path) as journal:
        journal.append(event(k) for k in range(10, 1000))
    assert len(run("journal", "export", path)[1].splitlines()) == 993


def test_command_says_what_is_broken(run: Run, path: Path, tmp_path: Path) -> None:
    assert run("journal", "verify", path)[0] == 1
    assert not os.path.exists(path)
    with td.Journal(path) as journal:
        journal.append([event(1), event(2)])
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM events WHERE sequence = 2")
    connection.commit()
    connection.close()
    code, out, err = run("journal", "verify", path, "--lang", "vi")
    assert (code, out) == (1, f"{path}: không còn nguyên vẹn, nguyên vẹn đến sự kiện 1\n")
    assert err.startswith("event 2: ") and "[row_missing]" in err
    code, out, _ = run("journal", "verify", path, "--json")
    report = json.loads(out)
    assert code == 1 and not report["intact"] and report["problems"][0]["code"] == "row_missing"
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": 1}\n', encoding="utf-8")
    code, out, err = run("journal", "import", tmp_path / "new.db", bad)
    assert (code, out) == (1, "") and f"{bad}:1/id" in err
