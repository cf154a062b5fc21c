"""Workbooks and CSV that are written: the same texts and numbers come back, and nothing is a formula."""

from __future__ import annotations

import csv
import datetime
import decimal
import io
import math
import zipfile
from pathlib import Path
from typing import Any, Dict, List

import numpy
import pytest

import thuocdo as td

openpyxl = pytest.importorskip("openpyxl")

NASTY = [
    "=cmd()",
    "=HYPERLINK(\"http://x\",\"y\")",
    "+1",
    "-1",
    "@x",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "＝1+1",
    "<script>alert(1)</script>",
    "a&b;\"c\"",
    "two\nlines",
    "NUL\x00 and \x0b",
    "_x0041_ and _x005F_",
    "'quoted",
    "007",
    "1e5",
    " blank at both ends ",
    "Đắk Lắk 🙂",
    "x" * 32_767,
]
FORMULAS = NASTY[:10]


def written(path: Path, frame: Any, **options: Any) -> Any:
    td.write_excel(path, {"data": frame}, **options)
    return openpyxl.load_workbook(path)["data"]


def test_texts_come_back_as_they_were_and_none_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "nasty.xlsx"
    sheet = written(path, {"unit": NASTY, "=1+1": [1.5] * len(NASTY)})
    assert [cell.data_type for cell in sheet["A"]] == ["s"] * (len(NASTY) + 1)
    marked = [cell.row - 2 for cell in sheet["A"] if cell.quotePrefix]
    assert [NASTY[row] for row in marked] == FORMULAS
    assert sheet["B1"].data_type == "s" and sheet["B1"].quotePrefix
    back = td.read_excel(path, text_columns=["unit"])
    assert list(back["unit"]) == NASTY and list(back["=1+1"]) == [1.5] * len(NASTY)
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_half_a_letter_stays_a_number(tmp_path: Path) -> None:
    sheet = written(tmp_path / "half.xlsx", {"unit": ["\ud800 half"]})
    assert sheet["A2"].value == "_xD800_ half" == list(td.read_excel(tmp_path / "half.xlsx")["unit"])[0]


def test_numbers_and_days_are_what_they_were(tmp_path: Path) -> None:
    random = numpy.random.default_rng(8).normal(size=50) * 10.0 ** numpy.arange(-25, 25)
    columns: Dict[str, Any] = {"x": [*random.tolist(), math.nan, 0.1 + 0.2, -0.0, 5e-324]}
    rows = len(columns["x"])
    columns["n"] = [2**53, -(2**53), *range(rows - 2)]
    columns["big"] = [2**53 + 1] + [None] * (rows - 1)
    columns["money"] = [decimal.Decimal("1.25")] * rows
    columns["day"] = [datetime.date(2026, 10, 10), datetime.datetime(2026, 1, 2), None] + [datetime.date(1899, 1, 1)] * (rows - 3)
    columns["at"] = [datetime.datetime(2026, 1, 2, 3, 4, 5)] * rows
    columns["yes"] = [True, False] * (rows // 2)
    columns["days"] = numpy.array(["2026-05-06"] * rows, dtype="datetime64[ns]")
    sheet = written(tmp_path / "n.xlsx", columns)
    by_name = {column[0].value: [cell.value for cell in column[1:]] for column in sheet.columns}
    assert by_name["x"] == [None if math.isnan(each) else each for each in columns["x"]]
    assert by_name["n"] == columns["n"] and by_name["big"][0] == str(2**53 + 1) and by_name["money"][0] == 1.25
    assert by_name["day"][:4] == [datetime.datetime(2026, 10, 10), datetime.datetime(2026, 1, 2), None, "1899-01-01"]
    assert by_name["at"][0] == datetime.datetime(2026, 1, 2, 3, 4, 5) and by_name["yes"][:2] == [True, False]
    assert by_name["days"][0] == datetime.datetime(2026, 5, 6)
    formats = {column[0].value: column[1].number_format for column in sheet.columns}
    assert formats["x"] == "0.00##" and formats["n"] == "0" and formats["day"] == "yyyy-mm-dd"
    assert formats["at"] == "yyyy-mm-dd hh:mm:ss"


def test_a_sheet_is_ready_to_be_read(tmp_path: Path) -> None:
    frame = {"code": ["01", "02"], "a rather long name of a column": [0.5, 0.25], "text": ["y" * 300, None]}
    sheet = written(tmp_path / "s.xlsx", frame, formats={"data": {"a rather long name of a column": "0%"}})
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:C3"
    assert sheet["A2"].value == "01" and sheet["A2"].number_format == "@" and sheet["B2"].number_format == "0%"
    assert sheet["A1"].font.bold and sheet.column_dimensions["C"].width == 60 and sheet.column_dimensions["A"].width < 12


def test_titles_are_made_to_fit_and_to_differ(tmp_path: Path) -> None:
    names = ["a/b", "a:b", "A?B", "History", "", "'x'", "z" * 40, "z" * 41, "\x00[]*\\"]
    td.write_excel(tmp_path / "t.xlsx", {name: {"v": [1]} for name in names})
    titles = openpyxl.load_workbook(tmp_path / "t.xlsx").sheetnames
    assert titles == ["a b", "a b (2)", "A B (3)", "History (2)", "Sheet", "x", "z" * 31, "z" * 27 + " (2)", "Sheet (2)"]


def test_kinds_of_frames_are_written_alike(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    pyarrow = pytest.importorskip("pyarrow")
    columns: Dict[str, List[Any]] = {"unit": ["01", "02"], "v": [1.5, None], "r": [1, 2]}
    record = numpy.array([("01", 1.5, 1), ("02", math.nan, 2)], dtype=[("unit", "U2"), ("v", float), ("r", int)])
    frames = [columns, pandas.DataFrame(columns).set_index("unit"), pandas.DataFrame(columns), polars.DataFrame(columns), pyarrow.table(columns), record]
    for k, frame in enumerate(frames):
        td.write_excel(tmp_path / f"{k}.xlsx", {"data": frame})
    first = (tmp_path / "0.xlsx").read_bytes()
    assert [(tmp_path / f"{k}.xlsx").read_bytes() == first for k in range(len(frames))] == [True] * len(frames)
    assert len({td.write_csv(None, frame) for frame in frames}) == 1


def test_what_does_not_fit_is_refused_with_its_place_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "no.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(td.DataError) as error:
        td.write_excel(path, {"data": {"a": ["x", "y" * 32_768], "b": [math.inf, 1.0], "c": ["🙂" * 16_384, ""]}})
    assert [(each.code, each.place) for each in error.value.problems] == [
        ("text_too_long", 'sheet "data", column "a", row 3'),
        ("not_finite", 'sheet "data", column "b", row 2'),
        ("text_too_long", 'sheet "data", column "c", row 2'),
    ]
    with pytest.raises(td.DataError, match="1048576 rows.*too_many_rows"):
        td.write_excel(path, {"data": {"a": [None] * 1_048_576}})
    with pytest.raises(td.DataError, match="too_many_columns"):
        td.write_excel(path, {"data": {str(k): [1] for k in range(16_385)}})
    with pytest.raises(td.DataError, match="no_sheet"):
        td.write_excel(path, {})
    assert path.read_bytes() == b"old" and [each.name for each in tmp_path.iterdir()] == ["no.xlsx"]
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(ImportError, match=r"thuocdo\[excel\]"):
        td.write_excel(path, {"data": {"a": [1]}})


def test_csv_has_no_formula_unless_it_is_asked_to_be_exact(tmp_path: Path) -> None:
    texts = NASTY
    frame = {"=name": texts, "v": [-1.5] * len(texts)}
    safe = td.write_csv(tmp_path / "safe.csv", frame, byte_order_mark=True)
    rows = list(csv.reader(io.StringIO(safe, newline="")))
    assert [row[0] for row in rows] == ["'" + each if each in FORMULAS or each == "=name" else each for each in ["=name", *texts]]
    assert {row[1] for row in rows[1:]} == {"-1.5"}
    assert (tmp_path / "safe.csv").read_bytes() == b"\xef\xbb\xbf" + safe.encode()
    exact = td.write_csv(tmp_path / "exact.csv", frame, safe=False, separator=";")
    assert [row[0] for row in csv.reader(io.StringIO(exact, newline=""), delimiter=";")] == ["=name", *texts]
    assert (tmp_path / "exact.csv").read_bytes() == exact.encode()
    cells = {"d": [datetime.date(2026, 1, 2), None], "b": [True, None], "n": [2**60, None], "x": [0.1 + 0.2, math.nan]}
    assert td.write_csv(None, cells) == '"d","b","n","x"\n2026-01-02,true,1152921504606846976,0.30000000000000004\n,,,\n'
    with pytest.raises(ValueError, match="separator"):
        td.write_csv(None, frame, separator="|")
    with pytest.raises(td.DataError, match="not_unicode"):
        td.write_csv(tmp_path / "no.csv", {"a": ["x", "\ud800"]})
    assert not (tmp_path / "no.csv").exists()


@pytest.fixture(scope="module")
def board() -> td.Scoreboard:
    return td.score(td.datasets.model("index766-province"), td.datasets.panel("index766-provinces"))


def test_a_board_is_a_sheet_a_table(board: td.Scoreboard, tmp_path: Path) -> None:
    robust = td.uncertainty(board, [{"name": "points", "noise": 0.25}], draws=50, seed=1)
    board.to_excel(tmp_path / "b.xlsx", robust=robust, explanations=["66", "Đồng Tháp"])
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert book.sheetnames == ["Xếp hạng", "Kết quả", "Số liệu", "Giải thích", "Định nghĩa", "Lưu ý"]
    ranking = list(book["Xếp hạng"].values)
    assert ranking[0] == ("Hạng", "Mã đơn vị", "Hạng, cận tốt", "Hạng, cận xấu", "Tên", "Điểm", "Tỷ lệ có số liệu")
    row = next(each for each in ranking if each[1] == "66")
    interval = robust.interval("66")
    assert row == (7, "66", interval.lower, interval.upper, "Đắk Lắk", 65.49, 1)
    assert book["Xếp hạng"]["F2"].number_format == "0.00" and book["Xếp hạng"]["G2"].number_format == "0%"
    results = list(book["Kết quả"].values)
    assert list(results[0][3:]) == [node.code for node in board.model.nodes]
    expected = dict(zip(board.panel.units.codes, numpy.asarray(board.results()[["index766", "CKMB"]]).tolist()))
    assert {each[0]: list(each[3:5]) for each in results[1:]} == expected
    assert book["Số liệu"].max_row == 1 + 34 * 6
    explained = list(book["Giải thích"].values)
    assert [each[0] for each in explained[1:]] == ["66"] * 7 + ["82"] * 7
    contribution = explained[0].index("Đóng góp")
    assert sum(each[contribution] for each in explained[2:8]) == pytest.approx(65.49)
    assert list(book["Định nghĩa"].values)[2][:3] == ("CKMB", "    Công khai, minh bạch", "index766")
    assert ("Mã băm kết quả", board.digest) in list(book["Lưu ý"].values)


def test_the_same_board_gives_the_same_bytes_in_both_languages(board: td.Scoreboard, tmp_path: Path) -> None:
    for language, title in (("vi", "Xếp hạng"), ("en", "Ranking")):
        files = [tmp_path / f"{language}{k}.xlsx" for k in range(2)]
        for file in files:
            board.to_excel(file, language=language)
        assert files[0].read_bytes() == files[1].read_bytes()
        names = openpyxl.load_workbook(files[0]).sheetnames
        assert names[0] == title and len(names) == 5
    with pytest.raises(ValueError, match="language"):
        board.to_excel(tmp_path / "x.xlsx", language="fr")
    with pytest.raises(td.DataError):
        board.to_excel(tmp_path / "x.xlsx", explanations=["nobody"])


def test_values_keep_ratio_state_source_and_day(tmp_path: Path) -> None:
    model = {
        "thuocdo": 1, "id": "r", "version": "1", "name": {"en": "R", "vi": "R"}, "defaults": {"missing": "renormalise"},
        "root": {"code": "unit", "children": [{"code": "rank", "name": {"en": "=en", "vi": "=vi"}, "score": {"rule": "as_is"}}]},
    }  # fmt: skip
    data = {
        "unit": ["01", "02"], "name": ["=cmd()", "<script>"], "rank:numerator": [1.0, None], "rank:denominator": [4.0, None],
        "rank:state": [None, "not_applicable"], "rank:source": ["@x", None], "rank:date": ["2026-03-31", None],
    }  # fmt: skip
    td.score(model, data).to_excel(tmp_path / "v.xlsx", language="en", explanations=True)
    book = openpyxl.load_workbook(tmp_path / "v.xlsx")
    rows = list(book["Values"].values)
    assert rows[1] == ("01", "=cmd()", "rank", "=en", 0.25, 1, 4, "observed", "@x", datetime.datetime(2026, 3, 31))
    assert rows[2] == ("02", "<script>", "rank", "=en", None, None, None, "not_applicable", None, None)
    assert list(book["Results"].values)[0] == ("Unit code", "Name", "Rank", "unit", "rank")
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
