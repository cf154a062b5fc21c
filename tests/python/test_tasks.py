"""Registers of tasks in Python: what goes in and out, counts of a day, and errors."""

from __future__ import annotations

import copy
import pickle
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Dict, List, Optional

import numpy
import pytest
from task_samples import DAY, OFFICES, records, register

import thuocdo as td

pandas = pytest.importorskip("pandas")


def official_2017() -> Any:
    """Government Office, 2017: 21,914 tasks; 14,068 done on time, 1,983 late, 5,640 open in time, 223 overdue."""
    rows: List[Dict[str, Any]] = []

    def add(count: int, accepted: Optional[str], deadline: str) -> None:
        for _ in range(count):
            rows.append({"code": f"N{len(rows)}", "lead": "VPCP", "assigned": "2017-01-02", "deadline": deadline, "accepted": accepted})

    add(14068, "2017-06-30", "2017-06-30")
    add(1983, "2017-07-01", "2017-06-30")
    add(5640, None, "2017-12-31")
    add(223, None, "2017-12-30")
    return pandas.DataFrame(rows)


def test_official_counts_of_2017_come_out_of_a_frame() -> None:
    table = td.TaskRegister(official_2017()).table("2017-12-31", by="nation")
    total = table.total
    counts = {name: total[name] for name in ("all", "done", "on_time", "late", "open", "open_in_time", "overdue", "due")}
    assert counts == {
        "all": 21914, "done": 16051, "on_time": 14068, "late": 1983, "open": 5863, "open_in_time": 5640, "overdue": 223, "due": 16274,
    }  # fmt: skip
    assert (total["completion_on_tasks_due_numerator"], total["completion_on_tasks_due_denominator"]) == (16051, 16274)
    assert f"{total['completion_on_tasks_due']:.4f}" == "0.9863"
    assert f"{total['completion_on_all_tasks']:.4f}" == "0.7325"
    assert table.frame().loc[0, "completion_on_tasks_due"] == 16051 / 16274


def test_every_grouping_counts_each_task_once_but_participation() -> None:
    tasks = register()
    expected = {
        "nation": {"nation": 4},
        "lead": {"BCA": 2, "BYT": 2},
        "body": {"BCA": 2, "BYT": 2},
        "participation": {"BCA": 3, "BXD": 1, "BYT": 2},
        "head": {"BCA": 2, "BYT": 2},
        "level": {"central": 4},
        "sector": {"dữ liệu": 2, "y tế": 2},
        "document": {"": 1, "03/NQ-CP": 1, "57-NQ/TW": 2},  # the number of a secret task's document is secret
    }
    for by, counts in expected.items():
        table = tasks.table(DAY, by)
        frame = table.frame()
        assert dict(zip(frame["code"], frame["all"])) == counts, by
        assert table.total["all"] == 4 and len(table) == len(counts)
        assert list(tasks.quantities(DAY, by)["code"]) == list(counts)
        assert list(tasks.flow("2026-03-31", DAY, by)["code"]) == list(counts)
        assert tasks.resources(DAY, by)["tasks"].sum() == (4 if by == "participation" else 3) + (by == "participation")
    assert "do not add up" in tasks.table(DAY, "participation").meaning
    assert tasks.table(DAY, "head")["BYT"]["person"] == "Trần Thị B"
    assert tasks.table("2026-03-31", "head")["BYT"]["person"] == "Nguyễn Văn A"
    with pytest.raises(td.DataError, match="unknown_word"):
        tasks.table(DAY, "province")


def test_status_of_a_day_as_a_frame() -> None:
    frame = register().status(DAY).set_index("code")
    assert list(frame.index) == ["NV-01", "NV-02", "NV-03"]
    assert list(frame["state"]) == ["completed_late", "in_progress_overdue", "not_started"]
    assert list(frame["state_vi"]) == ["hoàn thành quá hạn", "đang thực hiện, quá hạn", "chưa thực hiện"]
    assert list(frame["days_late"]) == [10, 92, 0]
    assert list(frame["due_soon"]) == [False, False, True]
    assert frame.loc["NV-01", "deadline"] == pandas.Timestamp("2026-03-31") and pandas.isna(frame.loc["NV-02", "finished"])
    assert frame.loc["NV-02", "person"] == "Trần Thị B" and frame.loc["NV-02", "position_vi"] == "Bộ trưởng"
    assert frame.loc["NV-02", "position"] == "Minister"


def test_a_rate_without_a_denominator_is_missing_and_has_its_counts() -> None:
    row = register().table("2026-01-10")["BYT"]
    assert numpy.isnan(row["completion_on_tasks_due"])
    assert (row["completion_on_tasks_due_numerator"], row["completion_on_tasks_due_denominator"]) == (0, 0)
    assert row["completion_on_all_tasks_denominator"] == 2


def test_flow_between_two_days() -> None:
    row = register().flow("2026-04-05", DAY, "nation").iloc[0]
    assert (row["open_then"], row["closed_since"], row["open_now"]) == (4, 1, 3)
    assert (row["overdue_then"], row["carried_over"], row["overdue_closed"], row["newly_overdue"]) == (3, 2, 1, 0)
    assert (row["closure_rate"], row["closure_rate_numerator"], row["closure_rate_denominator"]) == (0.25, 1, 4)
    assert row["carry_over_rate"] == 2 / 3
    with pytest.raises(td.TaskError, match="dates_reversed"):
        register().flow(DAY, DAY)


def test_overdue_tasks_name_body_person_and_position() -> None:
    found = register().overdue(DAY, earlier="2026-04-05")
    assert (found.total, found.secret, len(found), found.by) == (2, 1, 1, "head")
    row = found.rows()[0]
    assert (row["code"], row["lead"], row["person"], row["position_vi"]) == ("NV-02", "BYT", "Trần Thị B", "Bộ trưởng")
    assert row["person_at_deadline"] == "Nguyễn Văn A" and row["carried_over"] is True
    assert row["deadline"] == date(2026, 3, 31) and row["days_late"] == 92
    # 1 April to 1 July 2026: 66 weekdays, without the Hung Kings' day off (27 April), 30 April and 1 May.
    assert row["working_days_late"] == 63
    assert register().overdue("2026-02-01").frame().columns.tolist() == found.frame().columns.tolist()
    from_files = register().overdue(DAY, calendar=td.datasets.calendars())
    assert from_files.rows()[0]["working_days_late"] == 63


def test_a_moment_stands_for_its_day_in_viet_nam() -> None:
    tasks = register()
    assert tasks.table("2026-03-31T16:30:00Z").as_of == date(2026, 3, 31)
    assert tasks.table("2026-03-31T17:30:00Z").as_of == date(2026, 4, 1)
    before, after = (datetime(2026, 3, 31, hour, 30, tzinfo=timezone.utc) for hour in (16, 17))
    assert tasks.overdue(before).total == 1 and tasks.overdue(after).total == 3
    assert tasks.status(after).equals(tasks.status(date(2026, 4, 1)))
    assert tasks.table(datetime(2026, 4, 1, 0, 30, tzinfo=timezone(timedelta(hours=7)))).as_of == date(2026, 4, 1)
    for wrong in (datetime(2026, 4, 1, 12, 30), "today", "2026-04-31"):
        with pytest.raises(td.DataError, match="bad_date"):
            tasks.table(wrong)
    with pytest.raises(TypeError, match="as_of"):
        tasks.table(None)  # type: ignore[arg-type]


def test_round_trip_frame_register_csv_register(tmp_path: Path) -> None:
    tasks = td.TaskRegister(pandas.DataFrame(records()), offices=pandas.DataFrame(OFFICES))
    tables = tasks.to_csv(tmp_path)
    assert set(tables) == {"tasks", "events", "money", "offices"}
    again = td.load_tasks({name: tmp_path / f"{name}.csv" for name in tables})
    assert again.to_json() == tasks.to_json()
    assert register().to_json() == tasks.to_json()
    tasks.to_json(tmp_path / "register.json")
    assert td.load_tasks(tmp_path / "register.json").to_json() == tasks.to_json()
    assert td.load_tasks(tmp_path / "tasks.csv").status(DAY)["code"].tolist() == ["NV-01", "NV-02", "NV-03"]


def test_every_kind_of_table_gives_the_same_register() -> None:
    expected = register().to_json()
    flat = [{**row, "coordinating": "|".join(row.get("coordinating", ())), "indicators": "|".join(row.get("indicators", ()))} for row in records()]
    names = list(dict.fromkeys(name for row in flat for name in row))
    columns = {name: [row.get(name) for row in flat] for name in names}
    frame = pandas.DataFrame(columns)
    frame["assigned"] = pandas.to_datetime(frame["assigned"])
    frame["submitted"] = pandas.to_datetime(frame["submitted"])
    given: List[Any] = [columns, frame, frame.set_index("code"), frame.convert_dtypes()]
    polars = pytest.importorskip("polars")
    given += [polars.DataFrame(columns), polars.DataFrame(columns).lazy()]
    for tasks in given:
        assert td.TaskRegister(tasks, OFFICES).to_json() == expected


def test_frames_come_in_the_kind_of_the_table() -> None:
    columns = {"code": ["A", "B"], "lead": ["X", "X"], "assigned": ["2026-01-05"] * 2, "deadline": ["2026-03-31", None]}
    polars, pyarrow = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    made = {
        "polars": td.TaskRegister(polars.DataFrame(columns)), "arrow": td.TaskRegister(pyarrow.table(columns)), "dict": td.TaskRegister(columns),
    }  # fmt: skip
    for kind, tasks in made.items():
        for frame in (copy.copy(tasks).status(DAY), pickle.loads(pickle.dumps(tasks)).status(DAY)):
            assert type(frame).__module__.split(".")[0] == {"polars": "polars", "arrow": "pyarrow", "dict": "builtins"}[kind]
        deadlines = tasks.status(DAY)["deadline"]
        cells = deadlines.to_pylist() if kind == "arrow" else deadlines.tolist() if kind == "dict" else deadlines.to_list()
        assert cells == [date(2026, 3, 31), None]
        frames = (tasks.overdue(DAY).frame(), tasks.table(DAY).frame(), tasks.warnings(DAY).frame(), tasks.flow("2026-02-01", DAY))
        assert len({type(frame) for frame in (*frames, tasks.status(DAY))}) == 1


def test_documents_and_nested_records_with_rules() -> None:
    task = {
        "code": "#1", "lead": "BYT", "assigned": date(2026, 1, 5), "deadline": pandas.Timestamp("2026-03-31"),
        "events": [{"kind": "submitted", "date": "2026-03-30"}, {"kind": "completed", "date": "2026-04-02", "note": None}],
    }  # fmt: skip
    rules = {"accepted_product_required": False, "timeliness": "completion"}
    for tasks in ([task], {"tasks": [task]}, {"thuocdo_tasks": 1, "tasks": [task]}):
        made = td.TaskRegister(tasks, OFFICES, rules)
        assert made.status("2026-04-02")["state"].tolist() == ["completed_late"]
        assert made["#1"]["events"][1] == {"kind": "completed", "date": "2026-04-02"}
    flat = {"code": "#1", "lead": "BYT", "assigned": "2026-01-05", "deadline": "2026-03-31"}
    events = [{"task": "#1", "kind": "completed", "date": "2026-04-02"}]
    assert td.TaskRegister([flat], rules=rules, events=events).status("2026-04-02")["state"].tolist() == ["completed_late"]
    assert td.TaskRegister([flat], events=events).status("2026-04-02")["awaiting_acceptance"].tolist() == [True]
    with pytest.raises(td.TaskError, match="due_soon_days"):
        td.TaskRegister([flat], rules={"due_soon_days": -1})
    with pytest.raises(td.TaskError, match="unknown_member"):
        td.TaskRegister([flat], rules={"due_soon": 1})
    with pytest.raises(TypeError, match="events"):
        td.TaskRegister([task], events=events)


def test_an_empty_register() -> None:
    tasks = td.TaskRegister()
    assert len(tasks) == 0 and tasks.table(DAY, "nation").total["all"] == 0
    assert list(tasks.status(DAY).columns)[0] == "code" and len(tasks.status(DAY)) == 0
    assert numpy.isnan(tasks.table(DAY, "nation").total["completion_on_tasks_due"])
    assert len(td.TaskRegister(pandas.DataFrame({"code": [], "lead": [], "assigned": []}))) == 0


def test_errors_carry_every_problem_at_its_row_and_column() -> None:
    rows = records()
    rows[0]["title"] = "hai\ndòng"
    rows[1]["deadline"] = "đầu năm 2026"
    rows[2]["lead"] = ""
    rows[3]["code"] = "NV-01"
    with pytest.raises(td.TaskError) as caught:
        td.TaskRegister(rows)
    places = {problem.code: problem.place for problem in caught.value.problems}
    assert len(caught.value.problems) == 3 and isinstance(caught.value, td.Error)
    assert places["lead_missing"] == 'tasks: row 3, column "lead"'
    assert places["duplicate_task"] == 'tasks: row 4, column "code"'
    assert 'tasks: row 2, column "deadline"' in places.values()
    with pytest.raises(td.TaskError) as caught:
        td.TaskRegister(records(), events=[{"task": "NV-9", "kind": "started", "date": "2026-02-01"}])
    assert caught.value.problems[0].code == "unknown_task" and caught.value.problems[0].place.startswith("events: row 1")
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


def test_codes_are_text_and_entries_of_lists_hold_no_bar() -> None:
    row = {"code": 1, "lead": "BYT", "assigned": "2026-01-05", "coordinating": ["A|B", "C"]}
    with pytest.raises(td.TaskError) as caught:
        td.TaskRegister([row])
    assert [problem.code for problem in caught.value.problems] == ["code_not_text", "reserved_character"]
    assert caught.value.problems[0].place == 'tasks: row 1, column "code"'
    for wrong in (7, "tasks", ["NV-01"], None):
        with pytest.raises(TypeError, match="expected a frame"):
            td.TaskRegister(wrong)


def test_adding_and_recording_change_a_register_and_nothing_else() -> None:
    tasks = register()
    before = copy.copy(tasks)
    tasks.add({"code": "NV-05", "lead": "BXD", "assigned": "2026-02-01", "deadline": "2026-06-30"})
    tasks.add(pandas.DataFrame({"code": ["NV-06"], "lead": ["BXD"], "assigned": ["2026-02-01"]}))
    tasks.record("NV-05", "progress", date(2026, 3, 1), share=0.4)
    tasks.record("NV-05", "submitted", "2026-06-30T16:30:00Z")
    tasks.extend("NV-02", "2026-04-05", date(2026, 8, 31), "12/QĐ-TTg")
    assert len(tasks) == 6 and len(before) == 4 and "NV-05" in tasks and "NV-05" not in before
    assert tasks["NV-05"]["events"] == [{"kind": "progress", "date": "2026-03-01", "share": 0.4}, {"kind": "submitted", "date": "2026-06-30"}]
    status = tasks.status(DAY).set_index("code")
    assert status.loc["NV-02", "state"] == "in_progress" and bool(status.loc["NV-02", "extended"])
    assert before.status(DAY).set_index("code").loc["NV-02", "days_late"] == 92
    for code, wrong in (
        ("duplicate_task", lambda: tasks.add(records()[0])),
        ("offices_stated", lambda: tasks.add({"code": "NV-07", "lead": "BXD", "assigned": "2026-02-01", "head": "Ai đó"})),
        ("unknown_task", lambda: tasks.record("NV-99", "started", "2026-02-01")),
        ("unknown_word", lambda: tasks.record("NV-05", "finished", "2026-02-01")),
        ("authority_missing", lambda: tasks.record("NV-05", "cancelled", "2026-07-01")),
        ("extension_not_later", lambda: tasks.extend("NV-02", "2026-05-01", "2026-07-31", "13/QĐ-TTg")),
    ):
        with pytest.raises(td.TaskError, match=code):
            wrong()
    assert len(tasks) == 6
    again = pickle.loads(pickle.dumps(tasks))
    assert again.to_json() == tasks.to_json()


def test_tasks_by_code() -> None:
    tasks = register()
    task = tasks["NV-01"]
    assert task["coordinating"] == ["BCA", "BXD"] and task["deadline_text"] == "chậm nhất trong Quý I/2026"
    assert "NV-01" in tasks and "NV-09" not in tasks and 1 not in tasks
    with pytest.raises(KeyError):
        tasks["NV-09"]
    with pytest.raises(td.TaskError, match="code_not_text"):
        tasks[1]  # type: ignore[index]


def test_task_indicators_make_a_panel_that_a_model_scores() -> None:
    tasks = register()
    panel = tasks.panel(DAY, ["BCA", "BYT"], earlier="2026-04-05", period="2026-H1")
    assert panel.period == "2026-H1" and panel.period_end == date(2026, 7, 1)
    columns = dict(zip(panel.indicators, panel.values.T))
    assert columns["tasks.done"].tolist() == [0.0, 0.5] and columns["tasks.late"].tolist() == [1.0, 1.0]
    assert "tasks.carried_over" in panel.indicators
    with pytest.raises(td.TaskError, match="unknown_unit"):
        tasks.panel(DAY, ["BYT"])
    alone = tasks.panel(DAY, ["BYT"], other_groups=True, all_tasks=True)
    assert "tasks.carried_over" not in alone.indicators and len(alone) == 1
    entered = td.Panel(
        {"unit": ["BCA", "BYT"], "general_criteria": [27.0, 28.0], "tasks.disciplined": [0.0, 0.0]}, period="2026-H1", period_end="2026-07-01"
    )
    board = td.score(td.datasets.model("decree335"), td.join_panels(panel, entered))
    # BYT: 28 + 70 * (0.5 + 0.5 + 0.375) / 3, its only task done was late once.
    assert board.scores().tolist() == [27.0, round(28 + 70 * 1.375 / 3, 2)]
    with pytest.raises(td.DataError, match="duplicate_column"):
        td.join_panels(panel, panel)


def test_made_up_tasks_are_the_same_for_a_seed() -> None:
    tasks = td.synthetic.tasks(300, seed=7)
    assert len(tasks) == 300 and tasks.to_json() == td.synthetic.tasks(300, seed=7).to_json()
    table = tasks.table("2026-10-10", "level")
    assert table.frame()["all"].sum() == table.total["all"] > 0
    forecast = tasks.forecast("2026-06-30")
    assert len(forecast) > 0 and forecast["probability"].between(0, 1).all()
    assert (forecast["low"] <= forecast["probability"]).all() and (forecast["probability"] <= forecast["high"]).all()


def test_printed_forms() -> None:
    tasks = register()
    assert repr(tasks) == "<TaskRegister: 4 tasks, of which 1 secret>"
    assert repr(tasks.table(DAY)).startswith("2026-07-01: tasks by lead body, each once")
    assert "of which 1 secret, counted only" in repr(tasks.overdue(DAY))
    for each in (tasks, tasks.table(DAY), tasks.table(DAY, "head"), tasks.overdue(DAY), tasks.warnings(DAY)):
        html = each._repr_html_()
        assert html.startswith('<table class="thuocdo">') and html.count("<tr>") == html.count("</tr>")
    assert "Trần Thị B" in tasks.table(DAY, "head")._repr_html_()
    many = td.synthetic.tasks(3000)
    assert "more rows" in repr(many.table("2026-10-10")) and "more" in many._repr_html_()
    assert "more" in repr(many.overdue("2026-10-10")) and len(repr(many.overdue("2026-10-10")).splitlines()) < 30
