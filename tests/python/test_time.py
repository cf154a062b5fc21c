"""Deadlines in the words of documents, periods and calendars of working days, in Python and by the command."""

from __future__ import annotations

import copy
import csv
import io
import json
import pickle
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Callable, Tuple

import numpy
import pytest

import thuocdo as td
from thuocdo._command import main

#: Words and their last day, assigned on 5 January 2026 by the calendar of Viet Nam.
PHRASES = [
    ("trước ngày 10/1/2026", "2026-01-09"),
    ("chậm nhất trong Quý I/2026", "2026-03-31"),
    ("trong tháng 01/2026", "2026-01-31"),
    ("trước ngày 10 tháng 1 năm 2026", "2026-01-09"),
    ("TRƯỚC NGÀY 10/1/2026", "2026-01-09"),
    ("trước ngày 1/3/2024", "2024-02-29"),
    ("chậm nhất ngày 31/3/2026", "2026-03-31"),
    ("đến hết ngày 31/3/2026", "2026-03-31"),
    ("31/3/2026", "2026-03-31"),
    ("2026-03-31", "2026-03-31"),
    ("trong Quý I/2026", "2026-03-31"),
    ("đến hết Quý I/2026", "2026-03-31"),
    ("trước Quý II/2026", "2026-03-31"),
    ("trong 6 tháng đầu năm 2026", "2026-06-30"),
    ("nửa cuối năm 2026", "2026-12-31"),
    ("trong 9 tháng đầu năm 2026", "2026-09-30"),
    ("trong năm 2026", "2026-12-31"),
    ("trong 15 ngày làm việc kể từ ngày giao", "2026-01-23"),
    ("trong vòng 3 ngày làm việc kể từ ngày 12/2/2026", "2026-02-24"),
    ("10 ngày kể từ ngày giao", "2026-01-15"),
    ("before 10 January 2026", "2026-01-09"),
    ("by 31 March 2026", "2026-03-31"),
    ("within Q1 2026", "2026-03-31"),
    ("by the end of 2026", "2026-12-31"),
    ("within the first half of 2026", "2026-06-30"),
    ("within 15 working days of assignment", "2026-01-23"),
]

REFUSED = [
    ("", "empty_deadline"),
    ("cuối năm 2026", "vague_deadline"),
    ("sớm nhất", "vague_deadline"),
    ("by Q1 2026", "ambiguous_deadline"),
    ("đến Quý I/2026", "ambiguous_deadline"),
    ("hằng tháng", "recurring_deadline"),
    ("trong quý này", "relative_deadline"),
    ("trước 17 giờ ngày 10/1/2026", "time_of_day"),
    ("sau ngày 10/1/2026", "not_a_deadline"),
    ("trước ngày 30/2/2026", "impossible_date"),
    ("trong quý V/2026", "impossible_period"),
    ("trước ngày 10/1/26", "two_digit_year"),
    ("trước ngày 10/1", "missing_year"),
    ("trong 15 ngày làm việc", "missing_start"),
    ("trước", "unreadable_deadline"),
]

Run = Callable[..., Tuple[int, str, str]]


@pytest.fixture(scope="module")
def calendar() -> td.WorkingCalendar:
    return td.datasets.calendar("vn")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> Tuple[int, str, str]:
        code = main([str(each) for each in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def problem_of(text: str, **options: Any) -> td.Problem:
    with pytest.raises(td.DataError) as caught:
        td.parse_deadline(text, **options)
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


@pytest.mark.parametrize(("text", "last"), PHRASES)
def test_a_phrase_has_its_one_last_day(text: str, last: str, calendar: td.WorkingCalendar) -> None:
    deadline = td.parse_deadline(text, "2026-01-05", calendar)
    day = date.fromisoformat(last)
    assert deadline.last_day == day and deadline.text == text and not deadline.provisional
    assert deadline.is_met_by(day) and not deadline.is_met_by(day + timedelta(days=1))
    assert (deadline.days_late(last), deadline.days_late(day + timedelta(days=3))) == (0, 3)
    assert (deadline.days_left(last), deadline.days_left(day - timedelta(days=3)), deadline.days_left(day + timedelta(days=3))) == (0, 3, 0)


def test_a_phrase_keeps_what_it_named(calendar: td.WorkingCalendar) -> None:
    before = td.parse_deadline("trước ngày 10/1/2026")
    assert (before.kind, before.day, before.period, before.working_days) == ("before_day", date(2026, 1, 10), None, None)
    assert before.meaning() == "chậm nhất ngày 9/1/2026 (trước ngày 10/1/2026)"
    assert before.meaning("en") == "no later than 9 January 2026 (before 10 January 2026)"
    assert repr(before) == "<Deadline 2026-01-09: chậm nhất ngày 9/1/2026 (trước ngày 10/1/2026)>"
    within = td.parse_deadline("chậm nhất trong Quý I/2026")
    assert within.kind == "within_period" and within.period == td.parse_period("2026-Q1")
    counted = td.parse_deadline("trong 15 ngày làm việc kể từ ngày giao", date(2026, 1, 5), calendar)
    assert (counted.kind, counted.working_days, counted.calendar_days) == ("working_days_from", 15, None)
    assert td.parse_deadline("10 ngày kể từ ngày giao", datetime(2026, 1, 5, 8)).calendar_days == 10
    with pytest.raises(ValueError, match="language"):
        before.meaning("fr")


def test_a_last_day_is_provisional_while_its_calendar_is(calendar: td.WorkingCalendar) -> None:
    assert td.parse_deadline("trong 3 ngày làm việc kể từ ngày 1/3/2027", calendar=calendar).provisional
    # Whether Saturday 22 August is worked is not confirmed.
    assert td.parse_deadline("trong 3 ngày làm việc kể từ ngày 20/8/2026", calendar=calendar).provisional
    assert "tạm tính" in td.parse_deadline("trong 3 ngày làm việc kể từ ngày 1/3/2027", calendar=calendar).meaning("vi")


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_words_without_one_exact_meaning_are_refused(text: str, code: str, run: Run) -> None:
    problem = problem_of(text)
    assert problem.code == code and problem.found and problem.expected and problem.remedy
    exit_code, out, err = run("deadlines", text)
    assert (exit_code, out) == (1, "")
    assert err == f'"{text}": ' + str(problem).split(": ", 1)[1] + "\n"


def test_what_only_the_document_knows_is_asked_for(calendar: td.WorkingCalendar) -> None:
    assert problem_of("trong 15 ngày làm việc kể từ ngày giao", calendar=calendar).code == "missing_assignment_day"
    assert problem_of("trong 15 ngày làm việc kể từ ngày 5/1/2026").code == "missing_calendar"
    assert td.parse_deadline("trước ngày 10/1", year=2026).last_day == date(2026, 1, 9)
    assert td.parse_deadline("trong Quý I", year=2026).last_day == date(2026, 3, 31)
    with pytest.raises(td.DataError):
        td.parse_deadline("10 ngày kể từ ngày giao", "2026-02-30")


def test_deadlines_and_periods_are_values(calendar: td.WorkingCalendar) -> None:
    texts = [text for text, _ in PHRASES]
    for text in texts:
        deadline = td.parse_deadline(text, "2026-01-05", calendar)
        assert pickle.loads(pickle.dumps(deadline)) == deadline == copy.deepcopy(deadline)
        assert hash(deadline) == hash(td.parse_deadline(text, "2026-01-05", calendar))
        with pytest.raises(AttributeError):
            deadline.last_day = date(2026, 1, 1)  # type: ignore[misc]
    assert td.parse_deadline("31/3/2026") != td.parse_deadline("2026-03-31")
    period = td.parse_period("2026-Q1")
    assert pickle.loads(pickle.dumps(period)) == period and len({period, td.parse_period("Quý I/2026")}) == 1
    assert pickle.loads(pickle.dumps(calendar)) == calendar and hash(copy.deepcopy(calendar)) == hash(calendar)


def test_a_period_knows_its_days_names_and_neighbours() -> None:
    quarter = td.parse_period("Quý I/2026")
    assert (quarter.first_day, quarter.last_day) == (date(2026, 1, 1), date(2026, 3, 31))
    assert (quarter.iso, quarter.vi, quarter.en, str(quarter)) == ("2026-Q1", "Quý I/2026", "Q1 2026", "2026-Q1")
    assert (quarter.kind, quarter.year, quarter.number) == ("quarter", 2026, 1)
    assert date(2026, 3, 31) in quarter and "2026-04-01" not in quarter
    assert quarter in td.parse_period("6 tháng đầu năm 2026") and td.parse_period("2026") not in quarter
    assert quarter.next().iso == "2026-Q2" and quarter.previous().iso == "2025-Q4" and quarter.next().previous() == quarter
    texts = ["2026-02", "2026", "2026-9M", "2026-H1", "2026-01", "2026-Q1", "2025"]
    ordered = sorted(map(td.parse_period, texts))
    assert [each.iso for each in ordered] == ["2025", "2026-01", "2026-Q1", "2026-H1", "2026-9M", "2026", "2026-02"]
    assert ordered[0] <= ordered[1] and ordered[1] > ordered[0] and quarter != "2026-Q1"
    for text, code in (("tháng 13/2026", "impossible_period"), ("Quý I", "missing_year"), ("", "empty_period")):
        with pytest.raises(td.DataError) as caught:
            td.parse_period(text)
        assert caught.value.problems[0].code == code


def test_tet_2026_is_off_from_monday_to_friday_and_january_is_swapped(calendar: td.WorkingCalendar) -> None:
    tet = [date(2026, 2, day) for day in range(16, 21)]
    assert not calendar.is_working_day(tet).any()
    assert calendar.is_working_day(date(2026, 2, 13)) and calendar.is_working_day("2026-02-23")
    assert calendar.add_working_days("2026-02-13", 1) == (date(2026, 2, 23), False)
    assert calendar.add_working_days(date(2026, 2, 23), -1).date == date(2026, 2, 13)
    assert calendar.working_days_between("2026-02-13", "2026-02-23") == (1, False)
    # 2 January is off, and Saturday 10 January is worked for it.
    assert not calendar.is_working_day("2026-01-02") and calendar.is_working_day("2026-01-10")
    assert calendar.is_provisional("2026-08-31") and not calendar.is_provisional("2026-02-16")


def test_columns_of_days_give_what_single_days_give(calendar: td.WorkingCalendar, seed: int) -> None:
    start = numpy.arange("2024-11-01", "2028-02-01", 5, dtype="datetime64[D]")
    end = start + numpy.random.default_rng(seed).integers(-400, 400, len(start))
    worked, uncertain = calendar.is_working_day(start), calendar.is_provisional(start)
    between = calendar.working_days_between(start, end)
    reached = calendar.add_working_days(start, between.days)
    for k, (first, last) in enumerate(zip(start.tolist(), end.tolist())):
        assert worked[k] == calendar.is_working_day(first) and uncertain[k] == calendar.is_provisional(first)
        assert (between.days[k], between.provisional[k]) == calendar.working_days_between(first, last)
        assert (reached.date[k].item(), reached.provisional[k]) == calendar.add_working_days(first, int(between.days[k]))
    to_tet = calendar.working_days_between(start, "2026-02-16").days
    assert to_tet[7] == calendar.working_days_between(start[7].item(), "2026-02-16").days
    assert worked.dtype == bool and between.days.dtype == numpy.int64 and reached.date.dtype == numpy.dtype("datetime64[D]")
    grid = start[:6].reshape(2, 3)
    assert calendar.is_working_day(grid).tolist() == worked[:6].reshape(2, 3).tolist()
    assert calendar.is_working_day(start[:0]).shape == (0,)


def test_columns_of_frames_are_days_too(calendar: td.WorkingCalendar) -> None:
    expected = [True, False, True]
    days = ["2026-02-13", "2026-02-16", "2026-01-10"]
    pandas = pytest.importorskip("pandas")
    assert calendar.is_working_day(pandas.to_datetime(pandas.Series(days))).tolist() == expected
    polars = pytest.importorskip("polars")
    assert calendar.is_working_day(polars.Series([date.fromisoformat(day) for day in days])).tolist() == expected
    moments = numpy.array(["2026-02-13T23:59", "2026-02-16T00:01", "2026-01-10T12:00"], dtype="datetime64[m]")
    assert calendar.is_working_day(moments).tolist() == expected


def test_what_is_no_day_is_refused_with_its_place(calendar: td.WorkingCalendar) -> None:
    days = numpy.array(["2026-01-05", "NaT", "NaT"], dtype="datetime64[D]")
    with pytest.raises(td.DataError) as caught:
        calendar.working_days_between("2026-01-01", days)
    assert [each.place for each in caught.value.problems] == ["end[1]", "end[2]"]
    with pytest.raises(td.DataError, match="days\\[1\\]"):
        calendar.is_working_day([date(2026, 1, 5), None])  # type: ignore[call-overload]
    with pytest.raises(td.DataError, match="datetime64\\[M\\]"):
        calendar.is_working_day(numpy.array(["2026-01"], dtype="datetime64[M]"))
    with pytest.raises(td.DataError, match="2026-02-30"):
        calendar.is_working_day("2026-02-30")
    with pytest.raises(td.DataError, match="9999"):
        calendar.is_working_day(numpy.array([10**7], dtype="datetime64[D]"))
    with pytest.raises(TypeError):
        calendar.add_working_days("2026-01-05", 1.5)  # type: ignore[call-overload]


def test_a_calendar_lists_its_days_off_and_swaps(calendar: td.WorkingCalendar) -> None:
    pandas = pytest.importorskip("pandas")
    frame = calendar.frame()
    tet = frame[frame["name_vi"] == "Tết Nguyên đán"]
    in_2026 = tet[tet["date"].dt.year == 2026]
    assert in_2026["date"].tolist() == [pandas.Timestamp(2026, 2, day) for day in range(16, 21)]
    swapped = frame[frame["kind"] == "swapped_work"].set_index("date")
    assert swapped.loc["2026-01-10", "swapped_with"] == pandas.Timestamp(2026, 1, 2)
    assert bool(swapped.loc["2026-08-22", "provisional"]) and not bool(swapped.loc["2026-01-10", "provisional"])
    assert frame["date"].is_monotonic_increasing
    assert (calendar.code, calendar.years) == ("vn", (2025, 2027)) and "Việt Nam" in calendar.name_vi
    assert "<table" in calendar._repr_html_()


def test_a_calendar_comes_from_files_a_folder_or_by_name(calendar: td.WorkingCalendar) -> None:
    files = [td.datasets.path(f"vn-{year}") for year in (2025, 2026, 2027)]
    assert td.load_calendar(files) == calendar == td.load_calendar(str(files[0].parent))
    days = numpy.arange("2025-01-01", "2028-01-01", dtype="datetime64[D]")
    assert td.load_calendar(files[::-1]).is_working_day(days).tolist() == calendar.is_working_day(days).tolist()
    alone = td.load_calendar(files[1])
    assert alone.years == (2026, 2026) and alone != calendar
    assert alone.is_provisional("2025-06-02") and not calendar.is_provisional("2025-06-02")
    for source in ([files[0], files[2]], "nowhere.json", []):
        with pytest.raises(td.DataError):
            td.load_calendar(source)  # type: ignore[arg-type]
    with pytest.raises(td.DataError, match="vn"):
        td.datasets.calendar("xx")


def test_the_command_prints_the_last_day_and_what_is_left(run: Run) -> None:
    code, out, err = run("deadlines", "trước ngày 10/1/2026", "chậm nhất trong Quý I/2026", "--as-of", "2026-01-12", "--lang", "vi")
    assert (code, err) == (0, "")
    assert out == (
        "nguyên văn                  ngày cuối cùng  nghĩa là                                        tình trạng      ghi chú\n"
        "--------------------------  --------------  ----------------------------------------------  --------------  -------\n"
        "trước ngày 10/1/2026        2026-01-09      chậm nhất ngày 9/1/2026 (trước ngày 10/1/2026)  quá hạn 3 ngày\n"
        "chậm nhất trong Quý I/2026  2026-03-31      chậm nhất ngày 31/3/2026 (trong Quý I/2026)     còn 78 ngày\n"
    )
    code, out, _ = run("deadlines", "by 12 January 2026", "on 11 January 2026", "--as-of", "2026-01-12")
    assert code == 0 and "last day today" in out and "1 day late" in out


@pytest.mark.parametrize(("text", "last"), PHRASES)
def test_the_command_reads_every_phrase(text: str, last: str, run: Run) -> None:
    code, out, err = run("deadlines", text, "--assigned", "2026-01-05", "--json")
    row = json.loads(out)[0]
    assert (code, err, row["text"], row["last_day"], row["provisional"]) == (0, "", text, last, False)
    assert f"{text}  {last}" in run("deadlines", text, "--assigned", "2026-01-05")[1]


def test_the_command_as_csv_and_json_with_problems(run: Run) -> None:
    given = ("deadlines", "trong Quý I", "trong 3 ngày làm việc kể từ ngày 1/3/2027", "by Q1 2026", "--year", 2026, "--as-of", "2026-04-02")
    code, out, err = run(*given, "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 1 and err.startswith('"by Q1 2026": ') and len(err.splitlines()) == 1 and "hết Quý I/2026" in err
    assert [row["last_day"] for row in rows] == ["2026-03-31", "2027-03-04"]
    assert (rows[0]["days_late"], rows[0]["passed"], rows[1]["provisional"], rows[1]["passed"]) == ("2", "true", "true", "false")
    code, out, err = run(*given, "--json")
    document = json.loads(out)
    assert code == 1 and err == "" and document[2]["problems"][0]["code"] == "ambiguous_deadline"
    assert document[0]["days_late"] == 2 and document[1]["days_left"] == 336
    assert "provisional" in run(*given[:3])[1]


def test_the_command_takes_calendars_and_refuses_bad_options(run: Run, tmp_path: Path) -> None:
    text = "trong 1 ngày làm việc kể từ ngày 13/2/2026"
    year = json.loads(td.datasets.path("vn-2026").read_text(encoding="utf-8"))
    year["days_off"] = [each for each in year["days_off"] if not each["date"].startswith("2026-02")]
    file = tmp_path / "plain.json"
    file.write_text(json.dumps(year), encoding="utf-8")
    assert json.loads(run("deadlines", text, "--json")[1])[0]["last_day"] == "2026-02-23"
    assert json.loads(run("deadlines", text, "--calendar", file, "--json")[1])[0]["last_day"] == "2026-02-16"
    code, out, err = run("deadlines", text, "--as-of", "2026-02-30", "--assigned", "5/1/2026")
    assert (code, out) == (1, "") and [line.split(":")[0] for line in err.splitlines()] == ["--assigned", "--as-of"]
    assert run("deadlines", text, "--calendar", tmp_path / "none.json")[0] == 1
    assert run("deadlines")[0] == 2
    out_file = tmp_path / "out.csv"
    assert run("deadlines", text, "--csv", "--output", out_file)[:2] == (0, "") and text in out_file.read_text(encoding="utf-8")
