"""Derived indicators: values against numpy, models back and forth, previous panels, errors."""

from __future__ import annotations

from typing import Any, Dict

import numpy
import pytest

import thuocdo as td


def model(expression: str, **members: Any) -> td.IndexModel:
    document: Dict[str, Any] = {
        "thuocdo": 1,
        "id": "m",
        "version": "1",
        "name": "M",
        "derived": [{"code": "x", "expression": expression}],
        "root": {"code": "r", "children": [{"code": "x", "score": {"rule": "as_is"}}]},
    }
    return td.load_model({**document, **members})


def table(**columns: Any) -> Dict[str, Any]:
    """Columns with codes of units u1, u2, ..."""
    count = len(next(iter(columns.values())))
    return {"unit": [f"u{k + 1}" for k in range(count)], **columns}


def test_values_agree_with_numpy() -> None:
    generator = numpy.random.default_rng(7)
    a, b, c = generator.uniform(0.1, 9.0, (3, 1000))
    data = table(a=a, b=b, c=c)
    expected = {
        "a + b * c ^ 2 / (a - 20)": a + b * c**2 / (a - 20),
        "geometric_mean(a, b, c)": (a * b * c) ** (1 / 3),
        "harmonic_mean(a, b, c)": 3 / (1 / a + 1 / b + 1 / c),
        "standard_deviation(a, b, c)": numpy.std([a, b, c], axis=0, ddof=1),
        "median(a, b, c)": numpy.median([a, b, c], axis=0),
        "if(a > b and not c < 1, log(a), sqrt(b))": numpy.where((a > b) & ~(c < 1), numpy.log(a), numpy.sqrt(b)),
        "clamp(exp(a / 9), 1.5, max(b, 2))": numpy.clip(numpy.exp(a / 9), 1.5, numpy.maximum(b, 2)),
        "root(-a, 3) + log10(b) ^ 3": -numpy.cbrt(a) + numpy.log10(b) ** 3,
    }
    for expression, values in expected.items():
        scores = td.score(model(expression), data).scores()
        assert numpy.allclose(numpy.asarray(scores), values, rtol=1e-12, atol=1e-14), expression


def test_a_model_goes_to_json_and_back_and_lists_what_it_derives() -> None:
    written = model("( a+b ) / 2", inputs=[{"code": "a", "unit": "km"}, {"code": "b", "unit": "km"}])
    again = td.load_model(written.to_json())
    assert again == written and again.digest == written.digest
    assert written.indicators == ["a", "b"]
    assert [(each.code, each.expression, each.unit) for each in written.derived] == [("x", "( a+b ) / 2", "km")]


def test_derive_gives_the_panel_that_a_board_has() -> None:
    derived = td.derive(model("a / b"), table(a=[1.0, 3.0], b=[2.0, 0.0]))
    assert derived.indicators == ["a", "b", "x"]
    board = td.score(model("coalesce(a / b, 0)"), table(a=[1.0, 3.0], b=[2.0, 0.0]))
    assert board.panel.indicators == ["a", "b", "x"] and list(board.scores()) == [0.5, 0.0]
    assert list(td.score(board.model, board.panel).scores()) == [0.5, 0.0]


def test_growth_reads_the_previous_panel() -> None:
    board = td.score(model("100 * growth(a)"), table(a=[3.0, 2.0]), previous=table(a=[2.0, 2.0]))
    assert list(board.scores()) == [50.0, 0.0]


def test_errors_name_column_unit_and_part() -> None:
    with pytest.raises(td.ModelError) as caught:
        model("a + lg(b)")
    assert [(p.code, p.place) for p in caught.value.problems] == [("unknown_function", "/derived/0/expression:5")]
    with pytest.raises(td.DataError) as failed:
        td.score(model("1 + log(a)"), table(a=[1.0, 0.0]))
    assert failed.value.problems[0].place == 'unit "u2", derived indicator "x"'
    assert 'logarithm of 0 in "log(a)"' in failed.value.problems[0].found
    with pytest.raises(td.DataError, match="previous"):
        td.score(model("previous(a)"), table(a=[1.0]))


def test_what_if_derives_again() -> None:
    board = td.score(model("a / b"), table(a=[1.0, 3.0], b=[2.0, 2.0]))
    assert board.what_if("u1", {"a": 5.0}).after["score"] == 2.5
