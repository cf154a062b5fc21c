"""`thuocdo watch` and `thuocdo replay`: exact output for small cases, bad lines, and lines that go out at once."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Callable, Dict, Tuple

import pytest
from models import BANDED

import thuocdo as td
from thuocdo._command import main

Run = Callable[..., Tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def call(*arguments: object, lines: str = "") -> Tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode("utf-8", "surrogateescape")), encoding="utf-8"))
        code = main([str(each) for each in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "banded.json").write_text(json.dumps(BANDED), encoding="utf-8")
    rows = "unit,name,kind,a,b\n01,Hà Nội,city,50,20\n04,Cao Bằng,province,40,15\n42,東京,city,10,30\n"
    (tmp_path / "data.csv").write_text(rows, encoding="utf-8")
    return tmp_path


@pytest.fixture
def given(folder: Path) -> Tuple[object, ...]:
    return folder / "banded.json", "--data", folder / "data.csv", "--period", "2026-Q3"


def line(event_id: str, unit: str, value: float, **more: Any) -> str:
    event: Dict[str, Any] = {
        "id": event_id, "type": "observation", "valid": "2026-09-30", "known": "2026-10-05", "unit": unit, "indicator": "a",
        "period": "2026-Q3", "value": value, **more,
    }  # fmt: skip
    return json.dumps(event) + "\n"


EVENTS = line("e1", "42", 60) + line("e2", "04", 41) + "\n" + line("e3", "04", 60, known="2026-10-20T09:00:00+07:00")


def test_watch_prints_ranks_that_move(run: Run, given: Tuple[object, ...]) -> None:
    code, out, err = run("watch", *given, lines=EVENTS)
    assert (code, err) == (0, "")
    assert out == (
        "Banded (banded 1), 2026-Q3, 2026-09-30: 3 units, 0 events\n"
        "2026-09-30 e1: 東京 (42): rank 3 -> 1, score 40 -> 90, band low -> good, overtakes Hà Nội, Cao Bằng\n"
        "2026-09-30 e1: Hà Nội (01): rank 1 -> 2\n"
        "2026-09-30 e1: Cao Bằng (04): rank 2 -> 3\n"
        "2026-09-30 e3: Cao Bằng (04): rank 3 -> 2, score 56 -> 75, overtakes Hà Nội\n"
        "2026-09-30 e3: Hà Nội (01): rank 2 -> 3\n"
    )
    assert run("watch", *given, "--lang", "vi", "--top", 1, lines=EVENTS)[1] == (
        "Có bậc (banded 1), 2026-Q3, 2026-09-30: 3 đơn vị, 0 sự kiện\n"
        "2026-09-30 e1: 東京 (42): hạng 3 -> 1, điểm 40 -> 90, xếp loại thấp -> tốt, vượt Hà Nội, Cao Bằng\n"
        "2026-09-30 e1: Hà Nội (01): hạng 1 -> 2\n"
    )


def test_watch_writes_json_lines(run: Run, given: Tuple[object, ...]) -> None:
    code, out, _ = run("watch", *given, "--json", lines=EVENTS)
    first, second = [json.loads(each) for each in out.splitlines()]
    assert code == 0 and (first["event"], first["as_of"], first["sequence"], second["event"]) == ("e1", "2026-09-30", 1, "e3")
    assert [(row["unit"], row["rank_before"], row["rank_after"]) for row in second["changes"]] == [("04", 3, 2), ("01", 2, 3)]


def test_watch_moves_to_a_later_day(run: Run, given: Tuple[object, ...]) -> None:
    lines = line("e1", "42", 60, valid="2026-10-10") + '{"advance_to": "2026-10-09"}\n{"advance_to": "2026-10-10"}\n'
    code, out, _ = run("watch", *given, lines=lines)
    assert code == 0 and [each.partition(":")[0] for each in out.splitlines()[1:]] == ["2026-10-10"] * 3


def test_bad_lines_are_reported_with_their_number_and_passed_over(run: Run, given: Tuple[object, ...]) -> None:
    bad = 'nonsense\n{"id": "x"}\n' + line("e0", "99", 1) + '{"advance_to": "2026-01-01"}\n{"advance_to": 3}\n\udcff\n'
    code, out, err = run("watch", *given, lines=bad + EVENTS)
    assert code == 1 and len(out.splitlines()) == 6
    numbers = [each.split(":")[1].partition("/")[0] for each in err.splitlines()]
    assert all(each.startswith("stdin:") for each in err.splitlines()) and sorted(set(numbers)) == ["1", "2", "3", "4", "5", "6"]
    assert "stdin:2/type: found" in err and 'stdin:3: event "e0"/unit: found "99"' in err and "Traceback" not in err
    code, out, err = run("watch", *given, "--strict", lines=line("e1", "42", 60) + bad + EVENTS)
    assert code == 1 and len(out.splitlines()) == 4 and err.startswith("stdin:2:") and "stdin:3" not in err


def test_watch_says_when_there_are_no_ranks(run: Run, folder: Path) -> None:
    model = json.loads(json.dumps(BANDED))
    for child in model["root"]["children"]:
        child["missing"] = "refuse"
    (folder / "strict.json").write_text(json.dumps(model), encoding="utf-8")
    gone = json.dumps({**json.loads(line("e1", "42", 0)), "state": "confidential"})
    gone = json.dumps({key: value for key, value in json.loads(gone).items() if key != "value"}) + "\n"
    code, out, err = run("watch", folder / "strict.json", "--data", folder / "data.csv", "--period", "2026-Q3", lines=gone + line("e2", "42", 60))
    assert code == 0 and "2026-09-30 e1: no ranks, open problems: 1\n" in out and "2026-09-30 e2: 東京 (42): rank 3 -> 1" in out
    assert len(err.splitlines()) == 1 and "42" in err


def test_mistakes_before_the_first_line(run: Run, folder: Path, given: Tuple[object, ...]) -> None:
    for arguments in (
        (folder / "none.json",), (folder / "banded.json",), (folder / "banded.json", "--period", "soon"),
        (*given, "--as-of", "30/9/2026"), (*given, "--journal", folder / "none" / "events.db"),
    ):  # fmt: skip
        code, out, err = run("watch", *arguments)
        assert code == 1 and out == "" and len(err.splitlines()) == 1 and "Traceback" not in err, arguments
    assert run("replay", *given, "--as-of", "2026-09-30")[0] == 2


def needs_a_journal(folder: Path) -> None:
    try:
        td.Journal(folder / "try.db").close()
    except td.JournalError as error:
        if [each.code for each in error.problems] != ["journal_not_built"]:
            raise
        pytest.skip("built without SQLite")


def test_a_journal_goes_on_and_replay_shows_what_was_known(run: Run, folder: Path, given: Tuple[object, ...]) -> None:
    needs_a_journal(folder)
    journal = ("--journal", folder / "events.db")
    first, *rest = EVENTS.splitlines(keepends=True)
    assert run("watch", *given, *journal, lines=first)[0] == 0
    code, out, _ = run("watch", *given, *journal, lines=first + "".join(rest))
    assert code == 0 and "3 units, 1 events\n" in out and "e1:" not in out and "e3: Cao Bằng (04): rank 3 -> 2" in out

    code, out, err = run("replay", *given, *journal, "--as-of", "2026-09-30")
    assert (code, err) == (0, "")
    assert out == (
        "Banded (banded 1), 2026-Q3\n\n"
        "rank  unit  name      score  band  coverage\n"
        "----  ----  --------  -----  ----  --------\n"
        "   1  42    東京         90  good      100%\n"
        "   2  04    Cao Bằng     75  good      100%\n"
        "   3  01    Hà Nội       70  good      100%\n"
    )
    known = {"2026-10-04": "70,55,40", "2026-10-05": "90,70,56", "2026-10-20T08:59:00+07:00": "90,70,56", "2026-10-20": "90,75,70"}
    for moment, scores in known.items():
        out = run("replay", *given, *journal, "--as-of", "2026-09-30", "--known", moment, "--csv")[1]
        assert ",".join(row.split(",")[3] for row in out.splitlines()[1:]) == scores
    live = td.LiveScoreboard(BANDED, period="2026-Q3", baseline=td.load_panel(folder / "data.csv", BANDED), journal=folder / "events.db")
    with live:
        document = json.loads(run("replay", *given, *journal, "--as-of", "2026-09-30", "--json")[1])
        assert document["digest"] == live.scoreboard().digest
    # A table that the journal was not begun with would show other numbers under the same events.
    (folder / "data.csv").write_text("unit,a,b\n01,1,1\n04,1,1\n42,1,1\n", encoding="utf-8")
    code, out, err = run("replay", *given, *journal, "--as-of", "2026-09-30")
    assert code == 1 and out == "" and "baseline_disagrees" in err


def test_each_line_goes_out_at_once(given: Tuple[object, ...]) -> None:
    command = [sys.executable, "-m", "thuocdo", "watch", *map(str, given)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", bufsize=1) as process:
        assert process.stdin is not None and process.stdout is not None
        assert process.stdout.readline().startswith("Banded")
        for event, moved in ((line("e1", "42", 60), 3), (line("e3", "04", 60), 2)):
            process.stdin.write(event)
            process.stdin.flush()
            assert all("rank" in process.stdout.readline() for _ in range(moved))
        process.stdin.close()
        assert process.wait(30) == 0
