"""What goes in as pandas, polars, Arrow, dict or numpy comes out as the same kind, with its labels, without a copy."""

from __future__ import annotations

from typing import Any, Dict, List

import numpy
import pytest
from models import BANDED, MEAN_OF_TWO

import thuocdo as td

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")
pyarrow = pytest.importorskip("pyarrow")

COLUMNS: Dict[str, List[Any]] = {"unit": ["01", "02", "HN"], "a": [1.0, 5.0, 3.0], "b": [2.0, None, 3.0]}


class ArrowStream:
    """Something that only speaks the Arrow C stream interface."""

    def __init__(self, table: Any) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._table.__arrow_c_stream__(requested_schema)


def frames() -> Dict[str, Any]:
    frame = pandas.DataFrame(COLUMNS)
    return {
        "pandas column": frame,
        "pandas index": frame.set_index("unit").rename_axis("ma"),
        "polars": polars.DataFrame(COLUMNS),
        "polars lazy": polars.DataFrame(COLUMNS).lazy(),
        "arrow": pyarrow.table(COLUMNS),
        "stream": ArrowStream(pyarrow.table(COLUMNS)),
        "dict": COLUMNS,
        "dict of arrays": {"unit": COLUMNS["unit"], "a": numpy.array(COLUMNS["a"]), "b": numpy.array([2.0, numpy.nan, 3.0])},
    }


@pytest.mark.parametrize("name", list(frames()))
def test_every_kind_of_frame_gives_the_same_scores(name: str) -> None:
    board = td.score(MEAN_OF_TWO, frames()[name])
    assert numpy.asarray(board.scores()).tolist() == [1.5, 5.0, 3.0]
    assert board.digest == td.score(MEAN_OF_TWO, COLUMNS).digest


def test_pandas_in_pandas_out_with_the_labels_where_they_stood() -> None:
    indexed = td.score(MEAN_OF_TWO, frames()["pandas index"])
    ranking = indexed.ranking()
    assert isinstance(ranking, pandas.DataFrame) and ranking.index.name == "ma"
    assert list(ranking.index) == ["02", "HN", "01"] and list(ranking.columns) == ["rank", "name", "score", "coverage"]
    assert ranking["rank"].dtype == "int64"
    assert list(indexed.results().columns) == ["total", "a", "b"] and list(indexed.results().index) == COLUMNS["unit"]
    assert isinstance(indexed.scores(), pandas.Series) and indexed.scores()["HN"] == 3.0
    labelled = td.score(MEAN_OF_TWO, frames()["pandas column"]).ranking()
    assert list(labelled["unit"]) == ["02", "HN", "01"]


def test_polars_in_polars_out() -> None:
    board = td.score(MEAN_OF_TWO, frames()["polars"])
    assert board.ranking().to_dict(as_series=False) == {
        "unit": ["02", "HN", "01"],
        "rank": [1, 2, 3],
        "name": ["02", "HN", "01"],
        "score": [5.0, 3.0, 1.5],
        "coverage": [0.5, 1.0, 1.0],
    }
    assert board.ranking().schema["rank"] == polars.Int64
    assert isinstance(board.scores(), polars.Series)
    assert isinstance(board.explain("HN").lines, polars.DataFrame)


@pytest.mark.parametrize("name", ["arrow", "stream"])
def test_arrow_in_arrow_out(name: str) -> None:
    ranking = td.score(MEAN_OF_TWO, frames()[name]).ranking()
    assert isinstance(ranking, pyarrow.Table)
    assert ranking.column("rank").type == pyarrow.int64()
    assert ranking.column("unit").to_pylist() == ["02", "HN", "01"]


def test_a_stream_is_read_without_pyarrow_too(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("nanoarrow")
    import sys

    stream = ArrowStream(pyarrow.table(COLUMNS))
    views = ArrowStream(polars.DataFrame(COLUMNS))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    board = td.score(MEAN_OF_TWO, stream)
    assert numpy.asarray(board.scores()).tolist() == [1.5, 5.0, 3.0]
    assert isinstance(board.ranking(), dict)
    with pytest.raises(td.DataError, match="package_missing"):
        td.score(MEAN_OF_TWO, views)


def test_numpy_in_structured_array_out() -> None:
    board = td.score(MEAN_OF_TWO, numpy.array([[1.0, 2.0], [5.0, numpy.nan]]), units=["01", "02"])
    ranking = board.ranking()
    assert ranking.dtype.names == ("unit", "rank", "name", "score", "coverage")
    assert ranking["unit"].tolist() == ["02", "01"] and ranking["rank"].dtype == numpy.int64
    assert board.results()["total"].tolist() == [1.5, 5.0]


def test_dict_in_dict_of_arrays_out() -> None:
    ranking = td.score(MEAN_OF_TWO, COLUMNS).ranking()
    assert list(ranking) == ["unit", "rank", "name", "score", "coverage"]
    assert ranking["score"].tolist() == [5.0, 3.0, 1.5]


def test_ranks_are_integers_where_they_are_whole_also_beside_missing_ones() -> None:
    columns = {"unit": ["a", "b", "c"], "a": [1.0, None, 2.0], "b": [1.0, None, 2.0]}
    ranks = td.score(MEAN_OF_TWO, pandas.DataFrame(columns)).ranks()
    assert ranks.dtype == "Int64" and ranks.tolist() == [2, pandas.NA, 1]
    assert td.score(MEAN_OF_TWO, polars.DataFrame(columns)).ranks().to_list() == [2, None, 1]
    assert td.score(MEAN_OF_TWO, pyarrow.table(columns)).ranks().to_pylist() == [2, None, 1]
    assert numpy.isnan(td.score(MEAN_OF_TWO, columns).ranks()[1])
    fractional = {**MEAN_OF_TWO, "ranking": {"ties": "fractional"}}
    tied = td.score(fractional, pandas.DataFrame({"unit": ["a", "b"], "a": [1.0, 1.0], "b": [1.0, 1.0]})).ranks()
    assert tied.tolist() == [1.5, 1.5]


@pytest.mark.parametrize(
    "values",
    [
        numpy.arange(12.0).reshape(6, 2),
        numpy.asfortranarray(numpy.arange(12.0).reshape(6, 2)),
        numpy.arange(12.0).reshape(6, 2)[::-1],
        numpy.arange(12.0).reshape(6, 2)[::-2, ::-1],
        numpy.arange(48.0).reshape(12, 4)[::3, 1::2],
        numpy.broadcast_to(numpy.array([1.0, 2.0]), (5, 2)),
    ],
    ids=["C", "Fortran", "rows reversed", "both reversed", "steps", "broadcast"],
)
def test_arrays_of_any_strides_are_used_where_they_lie(values: numpy.ndarray) -> None:
    units = [f"{k}" for k in range(len(values))]
    panel = td.Panel(values, model=MEAN_OF_TWO, units=units)
    assert panel.values_address == values.__array_interface__["data"][0]
    assert panel.values.strides == values.strides and (panel.values == values).all()
    assert not panel.values.flags.writeable
    scores = td.score(MEAN_OF_TWO, panel).scores()
    assert scores.tolist() == [(a + b) / 2 for a, b in values.tolist()]


def test_the_array_lives_as_long_as_the_panel() -> None:
    values = numpy.arange(200_000.0).reshape(-1, 2)
    panel = td.Panel(values, model=MEAN_OF_TWO, units=[str(k) for k in range(len(values))])
    del values
    numpy.zeros(200_000).fill(7.0)
    assert panel.values[-1].tolist() == [199_998.0, 199_999.0]


@pytest.mark.parametrize("dtype", ["float32", "int64", "int8", "bool", ">f8"])
def test_other_number_types_are_converted(dtype: str) -> None:
    values = numpy.array([[1, 0], [1, 1]]).astype(dtype)
    board = td.score(MEAN_OF_TWO, values, units=["x", "y"])
    assert board.scores().tolist() == [0.5, 1.0]


def test_unaligned_values_are_copied_not_misread() -> None:
    records = numpy.zeros(3, dtype=[("flag", "u1"), ("values", "f8", (2,))])
    records["values"] = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]
    assert td.score(MEAN_OF_TWO, records["values"], units=["x", "y", "z"]).scores().tolist() == [1.5, 3.5, 5.5]


def test_a_block_of_pandas_is_used_where_it_lies_and_safe_from_changes() -> None:
    frame = pandas.DataFrame(numpy.arange(6.0).reshape(3, 2), columns=["a", "b"], index=pandas.Index(["x", "y", "z"], name="code"))
    panel = td.Panel(frame, model=MEAN_OF_TWO)
    assert panel.values_address == frame.to_numpy().__array_interface__["data"][0]
    board = td.score(MEAN_OF_TWO, panel)
    frame.loc["x", "a"] = 1000.0
    assert panel.values[0, 0] == 0.0 and board.explain("x").score == 0.5
    beside = pandas.DataFrame({"unit": ["x", "y"], "note": ["", ""], "a": [1.0, 2.0], "b": [3.0, 4.0]})
    assert td.score(MEAN_OF_TWO, beside).scores().tolist() == [2.0, 3.0]


def test_columns_in_another_order_or_apart_are_found_by_name() -> None:
    frame = pandas.DataFrame({"b": [2.0], "other": ["text"], "a": [1.0], "unit": ["x"]})
    assert td.score(MEAN_OF_TWO, frame).explain("x").score == 1.5


@pytest.mark.parametrize("dtype", ["Float64", "Int64", "float64[pyarrow]", "object"])
def test_nullable_columns_of_pandas(dtype: str) -> None:
    frame = pandas.DataFrame({"unit": ["x", "y"], "a": pandas.Series([1, None], dtype=dtype), "b": [3.0, 4.0]})
    board = td.score(MEAN_OF_TWO, frame)
    assert board.scores().tolist() == [2.0, 4.0] and board.coverage().tolist() == [1.0, 0.5]


def test_attributes_of_units_come_from_columns() -> None:
    columns = {
        "unit": ["x", "y"],
        "name": ["Đắk Lắk", "Huế"],
        "kind": ["city", "province"],
        "population": [100.0, 300.0],
        "group:region": ["south", None],
        "a": [10.0, 20.0],
        "b": [0.0, 40.0],
    }
    board = td.score(BANDED, columns)
    ranking = board.ranking()
    assert ranking["name"].tolist() == ["Huế", "Đắk Lắk"] and ranking["rank_within_kind"].tolist() == [1, 1]
    assert board.explain("Huế").unit == "y"
    rolled = board.roll_up("nation")
    assert rolled["score"].tolist() == [(10 * 100 + 60 * 300) / 400] and "population" in rolled["method"][0]
    assert board.roll_up(plain_mean=True)["score"].tolist() == [35.0]
    units = board.panel.units.to_frame()
    assert list(units["group:region"])[0] == "south"


def test_units_can_be_described_by_a_table_of_their_own() -> None:
    units = pandas.DataFrame({"code": ["y", "x", "z"], "name": ["Huế", "Đắk Lắk", "Nothing"], "kind": ["city", "city", "city"]})
    board = td.score(BANDED, {"unit": ["x", "y"], "a": [1.0, 2.0], "b": [1.0, 1.0]}, units=units)
    assert board.ranking()["name"].tolist() == ["Huế", "Đắk Lắk"]
    with pytest.raises(td.DataError) as caught:
        td.score(BANDED, {"unit": ["x", "w"], "a": [1.0, 2.0], "b": [1.0, 1.0]}, units=units)
    assert [problem.code for problem in caught.value.problems] == ["unknown_unit"]


def test_ratios_states_and_sources_beside_an_indicator() -> None:
    columns = {
        "unit": ["x", "y", "z"],
        "a": [1.0, None, 2.0],
        "a:state": [None, "not_applicable", "provisional"],
        "b:numerator": [1.0, 3.0, 0.0],
        "b:denominator": [2.0, 4.0, 0.0],
        "b:source": ["report", None, None],
        "b:date": ["2026-10-10", None, None],
    }
    board = td.score(MEAN_OF_TWO, columns)
    assert board.panel.states.tolist() == [
        ["observed", "observed"],
        ["not_applicable", "observed"],
        ["provisional", "zero_denominator"],
    ]
    assert board.scores().tolist() == [0.75, 0.75, 1.5]
    lines = board.explain("x").lines
    row = list(lines["code"]).index("b")
    assert lines["numerator"][row] == 1.0 and lines["source"][row] == "report" and lines["date"][row] == "2026-10-10"
    assert board.flags("z") == ["1 provisional", "1 missing"]


@pytest.mark.parametrize("kind", ["pandas", "polars", "arrow", "dict"])
def test_long_form(kind: str) -> None:
    columns = {
        "unit": ["x", "x", "y", "y"],
        "indicator": ["a", "b", "a", "b"],
        "value": [1.0, None, 3.0, None],
        "numerator": [None, 1.0, None, None],
        "denominator": [None, 2.0, None, None],
        "state": [None, None, None, "not_applicable"],
    }
    data = {"pandas": pandas.DataFrame, "polars": polars.DataFrame, "arrow": pyarrow.table, "dict": dict}[kind](columns)
    board = td.score(MEAN_OF_TWO, data)
    assert numpy.asarray(board.scores()).tolist() == [0.75, 3.0]
    assert board.panel.states.tolist()[1] == ["observed", "not_applicable"]


def test_states_as_a_frame_of_words() -> None:
    values = pandas.DataFrame({"a": [1.0, None], "b": [2.0, 3.0]}, index=pandas.Index(["x", "y"], name="u"))
    states = pandas.DataFrame({"a": [None, "confidential"]}, index=values.index)
    assert td.Panel(values, model=MEAN_OF_TWO, states=states).states.tolist() == [
        ["observed", "observed"],
        ["confidential", "observed"],
    ]
    words = numpy.array([["observed", "provisional"], ["not_yet_due", "observed"]])
    panel = td.Panel(values.to_numpy(), model=MEAN_OF_TWO, units=["x", "y"], states=words)
    assert panel.states.tolist() == words.tolist()


def test_one_period_of_several_is_read_by_name() -> None:
    columns = {"unit": ["x", "x"], "period": ["2026-Q1", "2026-Q2"], "a": [1.0, 2.0], "b": [1.0, 2.0]}
    assert td.score(MEAN_OF_TWO, columns, period="2026-Q2").scores().tolist() == [2.0]
    for period, code in ((None, "several_periods"), ("2025", "unknown_period")):
        with pytest.raises(td.DataError) as caught:
            td.score(MEAN_OF_TWO, columns, period=period)
        assert caught.value.problems[0].code == code


def test_labels_of_levels_stand_for_their_values() -> None:
    model = {
        "thuocdo": 1, "id": "m", "version": "1", "name": "m",
        "root": {"code": "r", "children": [{"code": "a", "score": {"rule": "level_table", "levels": [
            {"value": 0, "score": 0, "label": "chưa"}, {"value": 1, "score": 1, "label": "có"}]}}]},
    }  # fmt: skip
    assert td.score(model, {"unit": ["x", "y"], "a": ["có", "chưa"]}).scores().tolist() == [1.0, 0.0]


def test_without_a_model_columns_of_numbers_are_indicators() -> None:
    panel = td.Panel({"unit": ["x"], "name": ["X"], "a": [1.0], "remark": ["text"], "empty": [None]})
    assert panel.indicators == ["a", "empty"]


@pytest.mark.parametrize("kind", ["pandas", "polars", "arrow", "dict"])
def test_values_come_back_as_they_went_in(kind: str) -> None:
    make = {"pandas": pandas.DataFrame, "polars": polars.DataFrame, "arrow": pyarrow.table, "dict": dict}[kind]
    panel = td.Panel(make(COLUMNS))
    back = panel.to_frame()
    assert type(back) is type(make(COLUMNS))
    again = td.Panel(back)
    assert again.units.codes == COLUMNS["unit"]
    assert numpy.array_equal(again.values, panel.values, equal_nan=True)


def test_csv_and_parquet_files(tmp_path: Any) -> None:
    panel = td.Panel(COLUMNS, period="2026-Q3")
    panel.to_csv(tmp_path / "panel.csv")
    back = td.load_panel(tmp_path / "panel.csv")
    assert back.period == "2026-Q3" and numpy.array_equal(back.values, panel.values, equal_nan=True)
    pandas.DataFrame(COLUMNS).to_parquet(tmp_path / "panel.parquet")
    board = td.score(MEAN_OF_TWO, tmp_path / "panel.parquet")
    assert board.digest == td.score(MEAN_OF_TWO, tmp_path / "panel.csv").digest
    assert isinstance(board.ranking(), pandas.DataFrame)
