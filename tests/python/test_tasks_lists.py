"""Lists of single tasks: warnings, signs of waste, orphans; and that no secret task is ever shown."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any, Callable, Dict, List

import pytest
from task_samples import DAY, SECRET_WORDS, records, register

import thuocdo as td
from thuocdo._command import main
from thuocdo._command.tasks import GROUPS

pandas = pytest.importorskip("pandas")


def rule(code: str, kind: str, **parameters: Any) -> Dict[str, Any]:
    reason = {"vi": "lý do", "en": "reason"}
    return {"code": code, "kind": kind, "severity": "alarm", "reason": reason, "lead_time_days": 10, **parameters}


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    file = tmp_path / "rules.json"
    given = [rule("late-start", "late_start", share=0.3), rule("flat", "no_improvement", periods=1)]
    document = {"thuocdo_warning_rules": 1, "id": "test", "version": "1", "name": {"vi": "Thử", "en": "Test"}, "rules": given}
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_warnings_by_rules_with_who_answers(rules: Path) -> None:
    found = register().warnings(DAY, rules)
    # NV-03 is not started, 177 of 186 days have passed; NV-MAT would be warned too.
    assert [row["task"] for row in found.rows()] == ["NV-03"] and found.secret == 1
    row = found.rows()[0]
    assert (row["severity"], row["severity_vi"], row["person"], row["days_left"]) == ("alarm", "báo động", "Lê Văn C", 9)
    assert row["in_good_time"] is False and row["reason_vi"] == "lý do" and found.frame().shape[0] == 1
    assert found.summary == {"not_evaluated": ["flat"], "without_direction": []}
    assert len(register().warnings("2026-01-06", rules)) == 0 and "finding_vi" in register().warnings("2026-01-06", rules).frame()
    assert len(register().warnings(DAY)) >= 2
    with pytest.raises(td.TaskError, match="file_not_found"):
        register().warnings(DAY, rules.parent / "none.json")


def test_warnings_with_the_history_of_indicators(rules: Path) -> None:
    tasks = td.TaskRegister([{"code": "A", "lead": "BYT", "assigned": "2026-01-05", "deadline": "2026-12-31", "indicators": ["ehealth"]}])
    history = [
        td.Panel({"unit": ["BYT"], "ehealth": [value]}, period=end, period_end=end) for value, end in ((50.0, "2026-03-31"), (49.0, "2026-06-30"))
    ]
    found = tasks.warnings(DAY, rules, history=history, better={"ehealth": "higher"})
    said = [(row["rule"], row["indicator"], row["lead"], row["task"]) for row in found.rows()]
    assert said == [("flat", "ehealth", "BYT", ""), ("late-start", "", "BYT", "A")]
    falling = tasks.warnings(DAY, rules, history=history, better={"ehealth": "lower"})
    assert [row["rule"] for row in falling.rows()] == ["late-start"] and falling.summary["not_evaluated"] == []
    assert tasks.warnings(DAY, rules, history=history).summary["without_direction"] == ["ehealth"]
    with pytest.raises(td.DataError, match="higher or lower"):
        tasks.warnings(DAY, rules, history=history, better={"ehealth": "up"})


def test_signs_of_waste_and_their_totals() -> None:
    found = register().waste_flags(DAY)
    assert [(row["kind"], row["task"], row["days"]) for row in found.rows()] == [
        ("idle_allocation", "NV-01", 0), ("days_lost", "NV-02", 92), ("days_lost", "NV-01", 10),
    ]  # fmt: skip
    assert found.rows()[0]["amount"] == 1500000000.5 and found.rows()[0]["class_vi"] == "tiền vốn"
    assert found.summary["money"]["amount"] == 1500000000.5 and found.summary["opportunity"]["days"] == 102
    assert found.secret == 1 and found.summary["people"]["flags"] == 0
    with pytest.raises(td.TaskError, match="overload_ratio"):
        register().waste_flags(DAY, overload_ratio=0.5)


def test_orphans() -> None:
    found = register().orphans(DAY)
    assert [row["code"] for row in found.rows()] == ["NV-01", "NV-02", "NV-03"] and found.secret == 1
    assert [row["without_indicator"] for row in found.rows()] == [False, True, True]
    assert found.summary["considered"] == 3 and found.summary["without_product"] == 3 and found.summary["orphans_on_tasks_considered"] == 1.0
    assert register().orphans(DAY, known=["other"]).rows()[0]["unknown_indicators"] == "ehealth"
    assert register().orphans(DAY, known=td.datasets.model("hdi")).summary["with_unknown_indicator"] == 1


def every_output(tasks: td.TaskRegister) -> List[str]:
    """All that a register shows of a day, as text."""
    out = [repr(tasks), tasks._repr_html_(), tasks.status(DAY).to_csv(), tasks.forecast("2026-03-01").to_csv()]
    lists: List[Any] = [tasks.warnings(DAY), tasks.waste_flags(DAY), tasks.orphans(DAY)]
    for by in GROUPS:
        lists += [tasks.table(DAY, by), tasks.overdue(DAY, by)]
        frames = [tasks.flow("2026-03-31", DAY, by), tasks.quantities(DAY, by), tasks.resources(DAY, by)]
        out += [frame.to_csv() for frame in frames]
    for each in lists:
        out += [repr(each), each._repr_html_(), each.frame().to_csv(), json.dumps(each.rows(), default=str, ensure_ascii=False)]
    panel = tasks.panel(DAY, ["BCA", "BYT"])
    return [*out, repr(panel), panel.to_csv(), panel.source]


def test_a_secret_task_is_counted_and_never_shown() -> None:
    tasks = register()
    shown = every_output(tasks)
    for word in SECRET_WORDS:
        assert not [text for text in shown if word in text], word
    # The words are those of the task, and the search would find them.
    assert all(word in tasks.to_json() for word in SECRET_WORDS)
    assert tasks.secret == 1 and tasks.table(DAY, "nation").total["secret"] == 1 and tasks.table(DAY, "nation").total["overdue"] == 2
    # Nor is its money in sums beside which single tasks are listed.
    assert tasks.resources(DAY, "lead")["allocated"].sum() == 1500000000.5
    with pytest.raises(td.TaskError, match="secret_task") as caught:
        tasks["NV-MAT"]
    assert "Kế hoạch" not in str(caught.value)


def test_a_register_of_secret_tasks_alone_shows_none() -> None:
    tasks = td.TaskRegister([{**row, "secrecy": "secret", "document": "57-NQ/TW"} for row in records()])
    for text in every_output(tasks):
        assert "NV-" not in text and "Kho dữ liệu" not in text
    assert tasks.table(DAY, "nation").total["all"] == tasks.secret == 4


Capture = pytest.CaptureFixture[str]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    register().to_json(tmp_path / "register.json")
    return tmp_path / "register.json"


def test_the_command_never_shows_a_secret_task(file: Path, capsys: Capture) -> None:
    forms: List[List[str]] = [[], ["--csv"], ["--json"], ["--lang", "vi"]]
    what = [["--by", by] for by in GROUPS] + [["--overdue", "--by", by] for by in GROUPS] + [["--warnings"], ["--earlier", "2026-03-31"]]
    both = ["--overdue", "--warnings"]
    for form in forms:
        for each in [*what, both] if form != ["--csv"] else what:
            assert main(["tasks", str(file), "--as-of", DAY, *each, *form]) == 0, each
            out, err = capsys.readouterr()
            assert out and not err and not [word for word in SECRET_WORDS if word in out]


def run(capsys: Capture) -> Callable[..., str]:
    def call(*arguments: object, code: int = 0) -> str:
        assert main([str(each) for each in arguments]) == code
        out, err = capsys.readouterr()
        return str(err if code else out)

    return call


def test_the_command_prints_counts(file: Path, capsys: Capture) -> None:
    command = run(capsys)
    assert command("tasks", file, "--as-of", DAY) == (
        "2026-07-01: tasks by lead body, each once; rows add up to the total\n"
        "lead       all  done  on time  late  open  overdue  suspended  cancelled  due  "
        "completion on tasks due %  on time on tasks due %  mean days overdue  worst days overdue\n"
        "---------  ---  ----  -------  ----  ----  -------  ---------  ---------  ---  "
        "-------------------------  ----------------------  -----------------  ------------------\n"
        "BCA          2     0        0     0     2        1          0          0    1  "
        "                        0                       0                 93                  93\n"
        "BYT          2     1        0     1     1        1          0          0    2  "
        "                       50                       0                 92                  92\n"
        "each once    4     1        0     1     3        2          0          0    3  "
        "                    33.33                       0               92.5\n"
    )
    vietnamese = command("tasks", file, "--as-of", DAY, "--by", "head", "--lang", "vi").splitlines()
    assert vietnamese[0].startswith("2026-07-01: nhiệm vụ theo người chịu trách nhiệm")
    assert vietnamese[1].split("  ")[0] == "người đứng đầu" and "hoàn thành/đến hạn %" in vietnamese[1]
    assert "Trần Thị B" in vietnamese[4] and "Bộ trưởng" in vietnamese[4] and vietnamese[5].startswith("mỗi nhiệm vụ một lần")


def test_the_command_prints_json_and_csv(file: Path, capsys: Capture, tmp_path: Path) -> None:
    command = run(capsys)
    document = json.loads(command("tasks", file, "--as-of", "2026-06-30T17:30:00Z", "--by", "nation", "--json"))
    assert (document["as_of"], document["by"], document["total"]["all"]) == ("2026-07-01", "nation", 4)
    row = document["rows"][0]
    assert (row["completion_on_tasks_due_numerator"], row["completion_on_tasks_due_denominator"]) == (1, 3)
    early = json.loads(command("tasks", file, "--as-of", "2026-06-30T16:30:00Z", "--overdue", "--json"))
    assert early["as_of"] == "2026-06-30" and (early["total"], early["secret"]) == (2, 1)
    assert early["rows"][0]["deadline"] == "2026-03-31" and early["rows"][0]["days_late"] == 91
    out = tmp_path / "overdue.csv"
    assert command("tasks", file, "--as-of", DAY, "--overdue", "--csv", "--output", out) == ""
    frame = pandas.read_csv(io.StringIO(out.read_text(encoding="utf-8")))
    assert frame["code"].tolist() == ["NV-02"] and frame["working_days_late"].tolist() == [63]
    flow = json.loads(command("tasks", file, "--as-of", DAY, "--earlier", "2026-04-05", "--by", "nation", "--json"))
    assert (flow["earlier"], flow["later"], flow["rows"][0]["carried_over"]) == ("2026-04-05", DAY, 2)
    assert json.loads(command("tasks", file, "--as-of", "2026-01-10", "--json"))["rows"][0]["completion_on_tasks_due"] is None


def test_the_command_prints_overdue_tasks_and_warnings(file: Path, rules: Path, capsys: Capture) -> None:
    command = run(capsys)
    out = command("tasks", file, "--as-of", DAY, "--overdue", "--earlier", "2026-04-05", "--lang", "vi")
    assert out == (
        "người chịu trách nhiệm  chức vụ    cơ quan chủ trì  nhiệm vụ  văn bản   thời hạn    ngày chậm  ngày làm việc chậm  gia hạn  phối hợp  tồn từ kỳ trước\n"
        "----------------------  ---------  ---------------  --------  --------  ----------  ---------  ------------------  -------  --------  ---------------\n"
        "Trần Thị B              Bộ trưởng  BYT              NV-02     57-NQ/TW  2026-03-31         92                  63        0  -         có\n"
        "2 đang quá hạn, 1 nhiệm vụ mật, chỉ đếm\n"
    )
    warned = command("tasks", file, "--as-of", DAY, "--warnings", "--rules", rules, "--lang", "vi")
    assert "báo động" in warned and "NV-03" in warned and "1 cảnh báo, 1 nhiệm vụ mật, chỉ đếm\n! flat: chưa đánh giá" in warned
    assert "late-start" in command("tasks", file, "--as-of", DAY, "--warnings", "--rules", rules)
    both = command("tasks", file, "--as-of", DAY, "--overdue", "--warnings", "--earlier", "2026-04-05", "--rules", rules, "--lang", "vi")
    assert both == f"{out}\n{warned}"
    lists = json.loads(command("tasks", file, "--as-of", DAY, "--overdue", "--warnings", "--json"))
    assert list(lists) == ["overdue", "warnings"] and lists["overdue"]["rows"][0]["code"] == "NV-02"
    assert "one list a table" in command("tasks", file, "--as-of", DAY, "--overdue", "--warnings", "--csv", code=1)


def test_the_command_reads_tables_and_reports_problems(tmp_path: Path, root: Path, capsys: Capture) -> None:
    command = run(capsys)
    for name, text in register().to_csv(tmp_path).items():
        assert (tmp_path / f"{name}.csv").read_text(encoding="utf-8") == text
    tables = [f"--{name}={tmp_path / name}.csv" for name in ("events", "offices", "money")]
    rows = json.loads(command("tasks", tmp_path / "tasks.csv", *tables, "--as-of", DAY, "--by", "head", "--json"))["rows"]
    assert [row["person"] for row in rows] == ["Lê Văn C", "Trần Thị B"] and rows[1]["late"] == 1
    spreadsheet = root / "tests" / "data" / "tasks" / "nhiem-vu.csv"
    assert "Bộ Y tế" in command("tasks", spreadsheet, "--decimal", ",", "--as-of", DAY)
    (tmp_path / "bad.csv").write_text("code,lead,assigned\nA,,2026-01-05\nB,BYT,05/01/2026\n", encoding="utf-8")
    errors = command("tasks", tmp_path / "bad.csv", "--as-of", DAY, code=1).splitlines()
    assert len(errors) == 2 and "bad.csv:2:2" in errors[0] and "bad.csv:3:3" in errors[1]
    good = tmp_path / "tasks.csv"
    for arguments in (
        ("--as-of", "today"), ("--as-of", DAY, "--warnings", "--by", "head"), ("--as-of", DAY, "--rules", "x.json"),
        ("--as-of", DAY, "--earlier", DAY),
    ):  # fmt: skip
        assert len(command("tasks", good, *arguments, code=1).splitlines()) == 1
    for wrong in ((), ("--as-of", DAY, "--by", "village")):
        assert "usage: thuocdo" in command("tasks", good, *wrong, code=2)
