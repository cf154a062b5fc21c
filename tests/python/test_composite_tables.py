"""The tables iData and iMeta make one model and its panels; every inconsistency is named with row and column."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any, Callable, Dict, List, Tuple

import numpy
import pytest

import thuocdo as td

Columns = Dict[str, List[Any]]

DATA: Columns = {
    "uCode": ["A", "B", "C", "NA"],
    "uName": ["An", "Binh", "Cam", "Namibia"],
    "Region": ["north", "north", "south", None],
    "Area": [10.0, 20.0, 40.0, 80.0],
    "Roads": [10.0, 40.0, 160.0, 80.0],
    "Crime": [30.0, 10.0, 20.0, None],
    "Schools": [1.0, 2.0, 3.0, 5.0],
    "Remark": ["x", "", None, "y"],
}

META: Columns = {
    "iCode": ["Roads", "Crime", "Schools", "Living", "Learning", "Index", "Region", "Area", "Remark"],
    "iName": ["Roads", "Crime rate", "Schools", "Living", "Learning", "Quality", "Region", "Area in km2", "Remark"],
    "Type": ["Indicator"] * 3 + ["Aggregate"] * 3 + ["Group", "Denominator", "Other"],
    "Level": [1, 1, 1, 2, 2, 3, None, None, None],
    "Parent": ["Living", "Living", "Learning", "Index", "Index", None, None, None, None],
    "Direction": [1, -1, 1, 1, 1, None, None, None, None],
    "Weight": [3, 1, 1, 2, 1, None, None, None, None],
    "Unit": ["km/km2", "per 1000", "number", None, None, None, None, None, None],
    "Denominator": ["Area", None, None, None, None, None, None, None, None],
}

ID = {"id": "quality", "version": "2026"}


def load(data: Any = DATA, meta: Any = META, **options: Any) -> td.CompositeTables:
    return td.load_composite_tables(data, meta, **{**ID, **options})


def changed(columns: Columns, column: str, row: int, value: Any) -> Columns:
    out = copy.deepcopy(columns)
    out[column][row] = value
    return out


def problems(data: Any = DATA, meta: Any = META, **options: Any) -> List[Tuple[str, str]]:
    with pytest.raises(td.DataError) as caught:
        load(data, meta, **options)
    return [(problem.code, problem.place) for problem in caught.value.problems]


def with_rows(*rows: Dict[str, Any]) -> Columns:
    return {name: cells + [row.get(name) for row in rows] for name, cells in META.items()}


def test_the_document_holds_the_tree_with_directions_weights_units_and_the_division() -> None:
    document = load().model.to_dict()
    assert document["id"] == "quality" and document["name"] == "Quality"
    assert document["preparation"] == [
        {"step": "denominate", "denominators": [{"indicators": ["Roads"], "by": "Area"}]}
    ]
    root = document["root"]
    assert root["code"] == "Index" and [child["code"] for child in root["children"]] == ["Living", "Learning"]
    living = root["children"][0]
    assert living["weight"] == 2 and [leaf["code"] for leaf in living["children"]] == ["Roads", "Crime"]
    roads, crime = living["children"]
    assert roads == {"code": "Roads", "weight": 3, "scale": 100, "unit": "km/km2", "score": {"rule": "min_max"}}
    assert crime["direction"] == "lower_is_better" and crime["name"] == "Crime rate" and "weight" not in crime


def test_scores_are_those_of_the_formula() -> None:
    tables = load()
    scores = numpy.asarray(tables.score().scores())
    density = numpy.array([1.0, 2.0, 4.0, 1.0])
    roads = (density - 1) / 3 * 100
    crime = numpy.array([0.0, 100.0, 50.0])
    schools = (numpy.array([1.0, 2.0, 3.0, 5.0]) - 1) / 4 * 100
    living = numpy.append((3 * roads[:3] + crime) / 4, roads[3])  # Missing is not zero: Namibia has roads alone.
    assert scores == pytest.approx((2 * living + schools) / 3, rel=1e-12)


def test_units_keep_their_codes_names_groups_and_denominators_also_namibia() -> None:
    tables = load()
    units = tables.panel.units.to_frame()
    assert tables.panel.units.codes == ["A", "B", "C", "NA"]
    assert list(units["name"]) == DATA["uName"] and list(units["group:Region"]) == ["north", "north", "south", ""]
    assert list(units["attribute:Area"]) == DATA["Area"]
    assert tables.groups == {"Region": "Region"} and tables.denominators == {"Area": "Area in km2"}
    assert tables.panel.indicators == ["Roads", "Crime", "Schools"]


def test_choices_of_rule_scale_method_scheme_and_steps() -> None:
    tables = load(
        normalisation={"default": {"rule": "z_score", "mean": 50, "deviation": 10}, "Crime": "rank_score"},
        aggregation={3: {"method": "power_mean", "exponent": 2}, "Living": "minimum"},
        weighting={2: "equal"},
        preparation=[{"step": "impute", "method": "median"}],
        denominator_scale={"Area": 1000},
        name={"en": "Quality", "vi": "Chất lượng"},
        digits=1,
        ranking={"within": ["Region"]},
    )
    model = tables.model
    assert model.name_vi == "Chất lượng" and model["Crime"].rule.startswith("rank_score")
    document = model.to_dict()
    assert [step["step"] for step in document["preparation"]] == ["denominate", "impute"]
    assert document["preparation"][0]["denominators"][0]["scale"] == 1000
    assert document["root"]["aggregate"] == {"method": "power_mean", "exponent": 2}
    assert document["root"]["rounding"] == {"digits": 1}
    living, learning = document["root"]["children"]
    assert living["aggregate"] == "minimum" and living["weights"] == "equal" and learning["weights"] == "equal"
    assert all("weight" not in leaf and "scale" not in leaf for leaf in living["children"])
    assert load(scale=1).model.to_dict()["root"]["children"][0]["children"][0].get("scale", 1) == 1


def test_rules_with_a_target_read_the_column_target() -> None:
    meta = {**META, "Target": [2.0, None, 4.0, None, None, None, None, None, None]}
    rules = {"default": "ratio_to_target", "Crime": "min_max"}
    root = load(meta=meta, normalisation=rules).model.to_dict()["root"]
    assert root["children"][0]["children"][0]["score"] == {"rule": "ratio_to_target", "target": 2}
    assert problems(meta=meta, normalisation="ratio_to_target") == [("missing_target", 'iMeta, row 2, column "Target"')]


@pytest.mark.parametrize("kind", ["pandas", "pandas index", "polars", "arrow", "dict"])
def test_every_kind_of_table_gives_the_same_board_with_results_of_its_kind(kind: str) -> None:
    def made(columns: Columns) -> Any:
        if kind.startswith("pandas"):
            frame = pytest.importorskip("pandas").DataFrame(columns)
            return frame.set_index("uCode") if kind == "pandas index" and "uCode" in columns else frame
        if kind == "dict":
            return columns
        package = pytest.importorskip("polars" if kind == "polars" else "pyarrow")
        return (package.DataFrame if kind == "polars" else package.table)(columns)

    board = load(made(DATA), made(META)).score()
    assert board.digest == load().score().digest
    expected = type(made(DATA)) if kind != "dict" else dict
    assert isinstance(board.ranking(), expected)
    if kind == "pandas index":
        assert board.ranking().index.name == "uCode"


def written(path: Path, columns: Columns) -> Path:
    rows = [
        ",".join(columns),
        *(",".join("NA" if cell is None else str(cell) for cell in row) for row in zip(*columns.values())),
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_csv_files_with_NA_for_missing_but_not_as_a_code(tmp_path: Path) -> None:
    tables = load(written(tmp_path / "iData.csv", DATA), written(tmp_path / "iMeta.csv", META))
    assert tables.score().digest == load().score().digest
    assert tables.panel.units.codes[-1] == "NA"
    bad = changed(DATA, "Crime", 1, "1,5")
    bad["Crime"][1] = '"1,5"'
    assert problems(written(tmp_path / "iData.csv", bad), META) == [("decimal_comma", 'iData.csv:3, column "Crime"')]
    (tmp_path / "iData.csv").write_text("uCode,Roads\nA,1,2\n", encoding="utf-8")
    assert problems(tmp_path / "iData.csv", META) == [("shape", "iData.csv:2")]
    (tmp_path / "iData.csv").write_bytes(b"uCode,Roads\n\xff,1\n")
    assert problems(tmp_path / "iData.csv", META) == [("not_utf8", "iData.csv")]
    assert problems(tmp_path / "absent.csv", META) == [("unreadable_file", "absent.csv")]


def test_one_workbook_with_two_sheets(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, columns in (("iData", DATA), ("iMeta", META)):
        sheet = book.create_sheet(title)
        sheet.append(list(columns))
        for row in zip(*columns.values()):
            sheet.append(list(row))
    book.save(tmp_path / "book.xlsx")
    board = load(tmp_path / "book.xlsx", None).score()
    assert board.digest == load().score().digest
    assert isinstance(board.ranking(), pytest.importorskip("pandas").DataFrame)
    book["iMeta"]["D2"] = "one"
    book.save(tmp_path / "book.xlsx")
    assert problems(tmp_path / "book.xlsx", None) == [
        ("not_a_number", 'book.xlsx, sheet "iMeta", cell D2, column "Level"')
    ]
    with pytest.raises(TypeError, match="workbook"):
        load(DATA, None)


def test_several_periods_make_a_panel_each_in_the_order_of_time() -> None:
    data = {name: cells + cells for name, cells in DATA.items()}
    data["Schools"] = DATA["Schools"] + [2.0, 2.0, 3.0, 5.0]
    data["Time"] = [2021] * 4 + [2020] * 4
    tables = load(data)
    assert list(tables.panels) == ["2020", "2021"] and tables.panels["2020"].period_end.isoformat() == "2020-12-31"
    assert tables.panels["2020"].values[0].tolist() == [10.0, 30.0, 2.0]
    assert tables.score("2021").digest == load({**DATA, "Time": [2021] * 4}).score().digest
    for access in (lambda: tables.panel, lambda: tables.score()):
        with pytest.raises(td.DataError, match="several_periods"):
            access()
    with pytest.raises(td.DataError, match="unknown_period"):
        tables.score("2019")
    assert "2 periods" in repr(tables)
    data["Time"] = [2021] * 5 + [2020] * 2 + [None]
    assert problems(data) == [
        ("missing_period", 'iData, row 8, column "Time"'),
        ("duplicate_code", 'iData, row 5, column "uCode"'),
    ]


META_PROBLEMS: Dict[str, Tuple[Callable[[], Columns], str, str]] = {
    "parent": (lambda: changed(META, "Parent", 0, "Nowhere"), "unknown_parent", 'iMeta, row 1, column "Parent"'),
    "parent that is an indicator": (lambda: changed(META, "Parent", 0, "Schools"), "bad_parent", 'iMeta, row 1, column "Parent"'),
    "two roots": (lambda: changed(META, "Parent", 4, None), "two_roots", 'iMeta, row 6, column "Parent"'),
    "no root": (lambda: changed(META, "Parent", 5, "Index"), "no_root", "iMeta"),
    "level gap": (lambda: changed(META, "Level", 5, 4), "level_gap", 'iMeta, row 4, column "Level"'),
    "level of an indicator": (lambda: changed(META, "Level", 0, 2), "bad_level", 'iMeta, row 1, column "Level"'),
    "level of an aggregate": (lambda: changed(META, "Level", 3, 1), "bad_level", 'iMeta, row 4, column "Level"'),
    "broken level": (lambda: changed(META, "Level", 0, 1.5), "bad_level", 'iMeta, row 1, column "Level"'),
    "direction": (lambda: changed(META, "Direction", 1, 2), "bad_direction", 'iMeta, row 2, column "Direction"'),
    "no direction": (lambda: changed(META, "Direction", 1, None), "bad_direction", 'iMeta, row 2, column "Direction"'),
    "direction of an aggregate": (lambda: changed(META, "Direction", 3, -1), "bad_direction", 'iMeta, row 4, column "Direction"'),
    "weight": (lambda: changed(META, "Weight", 2, -1), "negative_weight", 'iMeta, row 3, column "Weight"'),
    "no weight": (lambda: changed(META, "Weight", 2, None), "missing_weight", 'iMeta, row 3, column "Weight"'),
    "weight as text": (lambda: changed(META, "Weight", 2, "1"), "not_a_number", 'iMeta, row 3, column "Weight"'),
    "type": (lambda: changed(META, "Type", 8, "Text"), "unknown_type", 'iMeta, row 9, column "Type"'),
    "code twice": (lambda: changed(META, "iCode", 8, "Roads"), "duplicate_code", 'iMeta, row 9, column "iCode"'),
    "no code": (lambda: changed(META, "iCode", 8, None), "missing_code", 'iMeta, row 9, column "iCode"'),
    "number as code": (lambda: changed(META, "iCode", 8, 7), "not_text", 'iMeta, row 9, column "iCode"'),
    "space in a code": (lambda: changed(META, "iCode", 3, "Living here"), "bad_code", 'iMeta, row 4, column "iCode"'),
    "denominator": (lambda: changed(META, "Denominator", 0, "Volume"), "unknown_denominator", 'iMeta, row 1, column "Denominator"'),
    "denominator that is a group": (
        lambda: changed(META, "Denominator", 0, "Region"), "unknown_denominator", 'iMeta, row 1, column "Denominator"',
    ),
    "denominator not in the data": (
        lambda: with_rows({"iCode": "People", "Type": "Denominator"}), "missing_column", 'iMeta, row 10, column "iCode"',
    ),
    "indicator without column": (
        lambda: with_rows({"iCode": "Rain", "Type": "Indicator", "Level": 1, "Parent": "Living", "Direction": 1, "Weight": 1}),
        "missing_column", 'iMeta, row 10, column "iCode"',
    ),
    "aggregate without children": (
        lambda: with_rows({"iCode": "Idle", "Type": "Aggregate", "Level": 2, "Parent": "Index", "Weight": 1}),
        "no_children", 'iMeta, row 10, column "iCode"',
    ),
    "column that is not there": (lambda: {name: cells for name, cells in META.items() if name != "Weight"}, "missing_column", "iMeta, header"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(META_PROBLEMS))
def test_what_is_wrong_in_imeta_is_named_with_row_and_column(name: str) -> None:
    make, code, place = META_PROBLEMS[name]
    assert (code, place) in problems(meta=make())


DATA_PROBLEMS: Dict[str, Tuple[Callable[[], Columns], str, str]] = {
    "text": (lambda: changed(DATA, "Crime", 0, "n/a"), "not_a_number", 'iData, row 1, column "Crime"'),
    "number as text": (lambda: changed(DATA, "Crime", 0, "30"), "not_a_number", 'iData, row 1, column "Crime"'),
    "percent": (lambda: changed(DATA, "Crime", 0, "30%"), "percent_sign", 'iData, row 1, column "Crime"'),
    "infinity": (lambda: changed(DATA, "Crime", 0, float("inf")), "not_finite", 'iData, row 1, column "Crime"'),
    "text in a denominator": (lambda: changed(DATA, "Area", 3, "big"), "not_a_number", 'iData, row 4, column "Area"'),
    "code twice": (lambda: changed(DATA, "uCode", 2, "A"), "duplicate_code", 'iData, row 3, column "uCode"'),
    "number as code": (lambda: changed(DATA, "uCode", 2, 3), "not_text", 'iData, row 3, column "uCode"'),
    "no code": (lambda: changed(DATA, "uCode", 2, None), "missing_code", 'iData, row 3, column "uCode"'),
    "number as group": (lambda: changed(DATA, "Region", 0, 4), "not_text", 'iData, row 1, column "Region"'),
    "unknown column": (lambda: {**DATA, "Wind": [1.0] * 4}, "unknown_column", "iData, header"),
    "column of an aggregate": (
        lambda: {**DATA, "Living": [1.0] * 4},
        "aggregate_in_data",
        'iMeta, row 4, column "iCode"',
    ),
    "no codes": (
        lambda: {name: cells for name, cells in DATA.items() if name != "uCode"},
        "missing_column",
        "iData, header",
    ),
}


@pytest.mark.parametrize("name", list(DATA_PROBLEMS))
def test_what_is_wrong_in_idata_is_named_with_row_and_column(name: str) -> None:
    make, code, place = DATA_PROBLEMS[name]
    assert problems(make()) == [(code, place)]


def test_problems_of_both_tables_and_of_the_choices_come_at_once() -> None:
    found = problems(
        changed(DATA, "Crime", 0, "x"), changed(META, "Direction", 0, 0),
        normalisation={"Rain": "min_max"}, aggregation={4: "geometric", "Nowhere": "minimum"}, denominator_scale={"Volume": 2.0},
    )  # fmt: skip
    assert found == [
        ("bad_direction", 'iMeta, row 1, column "Direction"'),
        ("not_a_number", 'iData, row 1, column "Crime"'),
        ("unknown_place", 'argument "normalisation"'),
        ("unknown_place", 'argument "aggregation"'),
        ("unknown_place", 'argument "aggregation"'),
        ("unknown_place", 'argument "denominator_scale"'),
    ]


def test_columns_can_be_ignored_by_name_and_the_model_checks_the_rest() -> None:
    assert load({**DATA, "Wind": [1.0] * 4}, ignored_columns=["Wind"]).score().digest == load().score().digest
    with pytest.raises(td.ModelError):
        load(normalisation="no_such_rule")
    with pytest.raises(td.ModelError):
        load(preparation=[{"step": "screen"}])
    with pytest.raises(TypeError, match="iData"):
        load(7)
