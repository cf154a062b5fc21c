"""Workbooks are read as strictly as CSV files: codes are text, numbers are numbers, and every other cell is named."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Dict, List, Tuple

import pytest
from models import MEAN_OF_TWO

import thuocdo as td

openpyxl = pytest.importorskip("openpyxl")
pandas = pytest.importorskip("pandas")

ROWS: List[List[Any]] = [
    ["unit", "name", "a", "b"],
    ["01", "Hà Nội", 1.0, 2],
    ["02", "Huế", 5, None],
    ["HN", None, 3, 3],
]


def saved(path: Path, rows: List[List[Any]], **sheets: List[List[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Data"
    for title, lines in {"Data": rows, **sheets}.items():
        sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


def with_cell(row: int, column: int, value: Any) -> List[List[Any]]:
    rows = [list(line) for line in ROWS]
    rows[row][column] = value
    return rows


def problems(path: Path, *arguments: Any, **options: Any) -> List[Tuple[str, str]]:
    with pytest.raises(td.DataError) as caught:
        td.read_excel(path, *arguments, **options)
    return [(problem.code, problem.place.rpartition("cell ")[2]) for problem in caught.value.problems]


def test_a_sheet_becomes_a_frame_with_codes_as_text_and_dates_as_dates(tmp_path: Path) -> None:
    rows = [[*ROWS[0], "day", "yes"], *([*line, datetime(2026, 3, k), True] for k, line in enumerate(ROWS[1:], 1))]
    frame = td.read_excel(saved(tmp_path / "book.xlsx", rows))
    assert frame["unit"].tolist() == ["01", "02", "HN"] and frame["a"].tolist() == [1.0, 5.0, 3.0]
    assert frame["b"].isna().tolist() == [False, True, False] and frame["b"].dtype == float
    assert (
        frame["day"].tolist() == [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)] and frame["yes"].dtype == bool
    )


def test_without_pandas_it_is_a_dict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    path = saved(tmp_path / "book.xlsx", ROWS)
    monkeypatch.setitem(sys.modules, "pandas", None)
    columns = td.read_excel(path)
    assert (
        isinstance(columns, dict) and columns["unit"] == ["01", "02", "HN"] and columns["a"].tolist() == [1.0, 5.0, 3.0]
    )


def test_a_panel_of_a_sheet_gives_the_board_of_its_csv(tmp_path: Path) -> None:
    path = saved(tmp_path / "book.xlsx", [["x"], [1]], Values=ROWS)
    panel = td.load_panel(path, MEAN_OF_TWO, sheet="Values")
    assert panel.units.codes == ["01", "02", "HN"] and list(panel.units.to_frame()["name"]) == ["Hà Nội", "Huế", ""]
    (tmp_path / "data.csv").write_text("unit,name,a,b\n01,Hà Nội,1,2\n02,Huế,5,\nHN,,3,3\n", encoding="utf-8")
    assert (
        td.score(MEAN_OF_TWO, panel).digest
        == td.score(MEAN_OF_TWO, td.load_panel(tmp_path / "data.csv", MEAN_OF_TWO)).digest
    )
    one = saved(tmp_path / "one.xlsx", ROWS)
    assert isinstance(td.score(MEAN_OF_TWO, one).ranking(), pandas.DataFrame)
    assert td.load_panel(one, unit_column="unit").indicators == ["a", "b"]


def test_periods_of_a_sheet_come_in_the_order_of_time(tmp_path: Path) -> None:
    rows = [["unit", "period", "a", "b"], ["x", 2021, 1.0, 1.0], ["x", 2020, 3.0, 3.0]]
    path = saved(tmp_path / "book.xlsx", rows)
    assert [(panel.period, panel.values.tolist()) for panel in td.load_panels(path, MEAN_OF_TWO)] == [
        ("2020", [[3.0, 3.0]]),
        ("2021", [[1.0, 1.0]]),
    ]
    assert td.load_panel(path, MEAN_OF_TWO, period="2021").values.tolist() == [[1.0, 1.0]]


CELLS: Dict[str, Tuple[int, int, Any, str, str]] = {
    "number as code": (2, 0, 2, "code_not_text", 'A3, column "unit"'),
    "date as code": (2, 0, datetime(2026, 2, 1), "code_not_text", 'A3, column "unit"'),
    "number as text": (1, 2, "1.5", "number_as_text", 'C2, column "a"'),
    "number with comma": (1, 2, "1,5", "number_as_text", 'C2, column "a"'),
    "number with spaces": (1, 2, "1\u00a0234", "number_as_text", 'C2, column "a"'),
    "per cent": (1, 2, "50 %", "number_as_text", 'C2, column "a"'),
    "word among numbers": (1, 2, "none", "not_a_number", 'C2, column "a"'),
    "date among numbers": (1, 2, datetime(2026, 2, 1), "not_a_number", 'C2, column "a"'),
    "spaces": (1, 2, "  ", "blank_text", 'C2, column "a"'),
    "time": (1, 2, time(12, 30), "not_a_date", 'C2, column "a"'),
    "formula": (3, 3, "=A1+1", "formula_without_value", 'D4, column "b"'),
    "error": (3, 3, "#DIV/0!", "error_in_cell", 'D4, column "b"'),
    "number as name of a column": (0, 3, 2020, "code_not_text", "D1"),
    "column without name": (0, 3, None, "column_without_name", "D1"),
    "name of a column twice": (0, 3, "a", "duplicate_column", "D1"),
}


@pytest.mark.parametrize("name", list(CELLS))
def test_a_cell_that_cannot_be_read_is_named(name: str, tmp_path: Path) -> None:
    row, column, value, code, place = CELLS[name]
    assert problems(saved(tmp_path / "book.xlsx", with_cell(row, column, value))) == [(code, place)]


def test_all_problems_come_at_once_in_the_order_of_the_sheet(tmp_path: Path) -> None:
    rows = with_cell(3, 0, 7)
    rows[1][2], rows[1][3] = "x", "=1+1"
    assert [place for _, place in problems(saved(tmp_path / "book.xlsx", rows))] == [
        'C2, column "a"',
        'D2, column "b"',
        'A4, column "unit"',
    ]
    with pytest.raises(td.DataError, match='book.xlsx, sheet "Data", cell C2'):
        td.load_panel(tmp_path / "book.xlsx", MEAN_OF_TWO)


def test_further_columns_of_codes_are_named_by_the_caller(tmp_path: Path) -> None:
    path = saved(tmp_path / "book.xlsx", [["ma", "a"], ["01", 1.0], ["02", 2.0]])
    assert [code for code, _ in problems(path)] == ["number_as_text", "number_as_text"]
    assert td.read_excel(path, text_columns=["ma"])["ma"].tolist() == ["01", "02"]
    assert td.load_panel(path, unit_column="ma").units.codes == ["01", "02"]


def test_gaps_merged_cells_and_sheets_that_are_not_there(tmp_path: Path) -> None:
    assert [code for code, _ in problems(saved(tmp_path / "gap.xlsx", [*ROWS[:2], [], *ROWS[2:]]))] == ["empty_row"]
    two = saved(tmp_path / "two.xlsx", ROWS, Other=ROWS)
    for arguments in ((), ("No",)):
        assert [code for code, _ in problems(two, *arguments)] == ["unknown_sheet"]
    book = openpyxl.load_workbook(saved(tmp_path / "merged.xlsx", ROWS))
    book.active.merge_cells("C3:C4")
    book.save(tmp_path / "merged.xlsx")
    assert problems(tmp_path / "merged.xlsx") == [("merged_cells", "C3")]
    assert [code for code, _ in problems(saved(tmp_path / "empty.xlsx", []))] == ["empty_sheet"]
    (tmp_path / "no.xlsx").write_text("unit,a\n", encoding="utf-8")
    assert [code for code, _ in problems(tmp_path / "no.xlsx")] == ["unreadable_file"]
    assert [code for code, _ in problems(tmp_path / "absent.xlsx")] == ["unreadable_file"]


def test_rows_and_columns_that_only_have_a_format_do_not_count(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(saved(tmp_path / "book.xlsx", ROWS))
    book.active["F9"].number_format = "0.00"
    book.save(tmp_path / "book.xlsx")
    assert td.read_excel(tmp_path / "book.xlsx").shape == (3, 4)


def test_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    path = saved(tmp_path / "book.xlsx", ROWS)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ImportError, match=r"thuocdo\[excel\]"):
        td.read_excel(path)
