"""Bad input is refused with every problem at once, each with its place, what was found and how to mend it."""

from __future__ import annotations

import pickle
from typing import Any

import numpy
import pytest
from models import MEAN_OF_TWO

import thuocdo as td


def problems_of(call: Any, *arguments: Any, **options: Any) -> Any:
    with pytest.raises(td.Error) as caught:
        call(*arguments, **options)
    assert isinstance(caught.value, ValueError)
    assert all(problem.code in str(caught.value) for problem in caught.value.problems[:20])
    return caught.value.problems


def test_integer_codes_are_refused_with_the_remedy() -> None:
    problems = problems_of(td.score, MEAN_OF_TWO, {"unit": [1, 2], "a": [1.0, 2.0], "b": [1.0, 2.0]})
    assert [problem.code for problem in problems] == ["code_not_text"] * 2
    assert problems[0].remedy == 'codes are text: 1 is not "01"' and problems[0].found == "the int 1"


def test_integer_index_of_pandas_is_refused_too() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"a": [1.0], "b": [2.0]}, index=pandas.Index([1], name="gso"))
    assert problems_of(td.score, MEAN_OF_TWO, frame)[0].remedy == 'codes are text: 1 is not "01"'
    assert problems_of(td.score, MEAN_OF_TWO, frame.reset_index(drop=True))[0].code == "no_unit_column"


def test_text_where_numbers_belong_is_named_by_unit_and_indicator_all_at_once() -> None:
    columns = {"unit": ["01", "02", "03"], "a": ["100%", 1.0, "n/a"], "b": [1.0, "3,5", ""]}
    problems = problems_of(td.score, MEAN_OF_TWO, columns)
    assert [(problem.place, problem.code) for problem in problems] == [
        ('unit "01", indicator "a"', "percent_sign"),
        ('unit "03", indicator "a"', "not_a_number"),
        ('unit "02", indicator "b"', "decimal_comma"),
        ('unit "03", indicator "b"', "not_a_number"),
    ]
    assert problems[0].found == 'text "100%"'


@pytest.mark.parametrize("package", ["pandas", "polars", "pyarrow"])
def test_columns_of_text_in_frames_are_named_too(package: str) -> None:
    module = pytest.importorskip(package)
    make = getattr(module, "DataFrame", None) or module.table
    frame = make({"unit": ["01", "02"], "a": ["100%", "50%"], "b": [1.0, 2.0]})
    problems = problems_of(td.score, MEAN_OF_TWO, frame)
    assert [problem.place for problem in problems] == ['unit "01", indicator "a"', 'unit "02", indicator "a"']


def test_other_bad_tables() -> None:
    cases = [
        ({"unit": ["x", "x"], "a": [1.0, 2.0], "b": [1.0, 2.0]}, "duplicate_unit"),
        ({"unit": ["x", None], "a": [1.0, 2.0], "b": [1.0, 2.0]}, "code_not_text"),
        ({"unit": ["x", ""], "a": [1.0, 2.0], "b": [1.0, 2.0]}, "empty_code"),
        ({"unit": ["x", " y"], "a": [1.0, 2.0], "b": [1.0, 2.0]}, "surrounding_space"),
        ({"unit": ["x", "Hue\u0302\u0301"], "a": [1.0, 2.0], "b": [1.0, 2.0]}, "not_nfc"),
        ({"unit": ["x", "y"], "a": [1.0, float("inf")], "b": [1.0, 2.0]}, "infinite_value"),
        ({"unit": ["x", "y"], "a": [1.0], "b": [1.0, 2.0]}, "shape"),
        ({"a": [1.0], "b": [2.0]}, "no_unit_column"),
        ({"unit": ["x"], "a": [1.0], "b": [2.0], "a:state": ["gone"]}, "unknown_state"),
        ({"unit": ["x"], "a": [1.0], "b": [2.0], "a:state": ["not_reported"]}, "state_disagrees"),
        ({"unit": ["x"], "a": [1.0], "b:numerator": [2.0], "b:denominator": [None]}, "incomplete_ratio"),
        ({"unit": ["x"], "a": [1.0], "b:numerator": [2.0]}, "incomplete_ratio"),
        ({"unit": ["x", "x"], "indicator": ["a", "a"], "value": [1.0, 2.0]}, "duplicate_cell"),
        ({"unit": ["x"], "indicator": ["zz"], "value": [1.0]}, "unknown_indicator"),
    ]
    for columns, code in cases:
        assert code in [problem.code for problem in problems_of(td.score, MEAN_OF_TWO, columns)], code


def test_a_column_that_the_model_needs_and_the_data_lack_is_named() -> None:
    problems = problems_of(td.score, MEAN_OF_TWO, {"unit": ["x"], "a": [1.0]})
    assert any("b" in problem.place or "b" in problem.found for problem in problems)


def test_missing_values_that_the_model_refuses_are_all_named() -> None:
    strict = {**MEAN_OF_TWO, "defaults": {"missing": "refuse"}}
    problems = problems_of(td.score, strict, {"unit": ["x", "y"], "a": [None, 1.0], "b": [2.0, None]})
    assert [problem.code for problem in problems] == ["value_missing", "value_missing"]


def test_arrays_need_units_and_fitting_shapes() -> None:
    assert problems_of(td.score, MEAN_OF_TWO, numpy.ones((2, 2)))[0].code == "no_unit_column"
    for values, units in ((numpy.ones((2, 3)), ["x", "y"]), (numpy.ones((2, 2)), ["x"]), (numpy.ones(2), ["x", "y"])):
        assert problems_of(td.score, MEAN_OF_TWO, values, units=units)[0].code == "shape"
    assert problems_of(td.score, MEAN_OF_TWO, numpy.array([["1", "2"]]), units=["x"])[0].code == "not_a_number"
    assert problems_of(td.score, MEAN_OF_TWO, "nowhere.csv")[0].code == "file_not_found"


def test_model_errors_carry_the_pointer() -> None:
    bad = {**MEAN_OF_TWO, "root": {"code": "r", "children": [{"code": "a", "wieght": 1, "score": {"rule": "magic"}}]}}
    problems = problems_of(td.load_model, bad)
    assert {problem.place for problem in problems} >= {"/root/children/0/wieght", "/root/children/0/score/rule"}
    assert td.check_model(bad) == list(problems)
    assert issubclass(td.ModelError, td.Error) and issubclass(td.DataError, td.Error) and issubclass(td.NumericError, td.Error)
    assert problems_of(td.load_model, "missing-file.json")[0].code == "file_not_found"


def test_questions_about_nobody() -> None:
    board = td.score(MEAN_OF_TWO, {"unit": ["01"], "a": [1.0], "b": [2.0]})
    assert problems_of(board.explain, "02")[0].code == "unknown_unit"
    assert problems_of(board.explain, 1)[0].remedy == 'codes are text: 1 is not "01"'
    assert problems_of(board.ranks_by, "zz")[0].code == "unknown_node"
    assert problems_of(board.ranks_within, "kind")[0].code == "unknown_group"
    assert problems_of(board.what_if, "01", {"a": "gone"})[0].code == "unknown_state"
    assert problems_of(board.what_if, "01", {"zz": 1.0})
    assert problems_of(board.roll_up, "nation")[0].code == "roll_up_undeclared"
    assert problems_of(td.score, MEAN_OF_TWO, {"unit": ["1"], "a": [1.0], "b": [1.0]}, as_of="2026-02-30")[0].code == "bad_date"


def test_errors_and_problems_can_be_pickled_and_compared() -> None:
    with pytest.raises(td.DataError) as caught:
        td.score(MEAN_OF_TWO, {"unit": ["x", "x"], "a": [1.0, 2.0], "b": [1.0, 2.0]})
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is td.DataError and str(again) == str(caught.value) and again.problems == caught.value.problems
    problem = td.Problem("code", "place", "found", "expected", "remedy")
    assert problem == pickle.loads(pickle.dumps(problem)) and len({problem, pickle.loads(pickle.dumps(problem))}) == 1
    assert str(problem) == "place: found found; expected expected; remedy [code]"
