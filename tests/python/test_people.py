"""Differences of boards, bottlenecks and cheapest improvements: frames, texts and arguments."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Dict

import numpy
import pytest

import thuocdo as td


def posts(code: str, weight: float, name: str, name_vi: str) -> Dict[str, Any]:
    rule = {"rule": "goalposts", "lower": 0, "upper": 10}
    return {"code": code, "weight": weight, "name": {"en": name, "vi": name_vi}, "score": rule}


MODEL: Dict[str, Any] = {
    "thuocdo": 1,
    "id": "people",
    "version": "1",
    "name": {"en": "People", "vi": "Con người"},
    "bands": {"scale": [{"code": "good", "from": 60}, {"code": "low"}]},
    "root": {
        "code": "total",
        "scale": 100,
        "children": [posts("a", 60, "Digital institutions", "Thể chế số"), posts("b", 40, "People", "Nhân lực")],
    },
}

BEFORE = {"unit": ["x", "y", "z"], "a": [2.0, 5.0, 9.0], "b": [8.0, 6.0, 9.0]}
AFTER = {"unit": ["x", "y", "w"], "a": [6.0, 5.0, 1.0], "b": [8.5, 6.0, 1.0]}


def test_the_parts_of_a_difference_add_up_exactly() -> None:
    before, after = td.score(MODEL, BEFORE), td.score(td.load_model(MODEL).with_("@b/weight", 20), AFTER)
    found = td.diff(before, after)
    units = found.units()
    assert list(units["unit"]) == ["x", "y", "w", "z"]
    assert list(units["status"]) == ["stayed", "stayed", "entered", "left"]
    parts = found.parts
    for code in ("x", "y"):
        row = list(units["unit"]).index(code)
        for of, change in (("score", units["score_change"][row]), ("rank", -units["places_gained"][row])):
            chosen = [amount for unit, what, amount in zip(parts["unit"], parts["of"], parts["amount"]) if (unit, what) == (code, of)]
            assert float(sum(map(Fraction, chosen))) == change
    assert units["own_data"][0] == pytest.approx(26.0)
    assert numpy.isnan(units["own_data"][2])
    # x: (60 * 60 + 20 * 85) / 80 against 70.
    assert units["definition"][0] == pytest.approx(66.25 - 70.0)
    assert list(found.why("x")["node"]) == ["a", "b"]
    assert list(found.breaks["node"]) == ["total"]
    assert list(found.definition["text_vi"]) == ['trọng số của "Nhân lực": 40 -> 20']
    assert found.movement("x")["overtaken"] == ["y"]
    assert found.movement("x")["left_ahead"] == ["z"]
    assert found.text("x").startswith("Tăng 2 bậc, từ hạng 3 lên hạng 1.\nTổng điểm tăng 22,25 điểm, từ 44,00 lên 66,25.")
    assert found.text("x", "en", digits=1).startswith("Up 2 places")
    assert found.refused == [] and found.held == []
    assert "Diff of 4 units" in found._repr_html_() and "2 units stayed" in repr(found)
    with pytest.raises(td.DataError):
        found.why("w")
    with pytest.raises(td.NumericError):
        found.why("x", "data")


def test_bottlenecks_against_peers_and_targets() -> None:
    found = td.bottlenecks(td.score(MODEL, BEFORE), "x", obstacles={"law": {"leaves": ["a"], "vi": "thể chế", "en": "law"}})
    leaves = found.leaves()
    assert list(leaves["node"]) == ["a", "b"]
    assert leaves["to_median"][0] == pytest.approx(60 * 0.5)
    assert leaves["to_target"][1] == pytest.approx(40 * 0.2)
    assert list(found.obstacles()["behind"]) == [1]
    assert "obstacle" not in found.pillars()
    assert found.peers == ["y", "z"] and found.missing == []
    assert 'Thấp hơn trung vị nhóm so sánh 30,0 điểm (tính vào tổng điểm) ở trụ cột "Thể chế số".' in found.text(digits=1)
    assert "30.0 points" in found.text("en", digits=1)
    assert td.bottlenecks(td.score(MODEL, BEFORE), "x", peers=["y"], by="best").peers == ["y"]
    assert "Bottlenecks of x" in found._repr_html_()
    with pytest.raises(td.DataError):
        td.bottlenecks(td.score(MODEL, BEFORE), "x", peers="region")
    with pytest.raises(ValueError, match="language"):
        found.text("fr")


def test_cheapest_improvements_are_what_scoring_gives() -> None:
    board = td.score(MODEL, BEFORE)
    found = td.cheapest_improvements(board, "x", {"a": {"upper": 9, "cost": 2}, "b": {"upper": 9, "cost": 1}}, rank=2)
    assert found.reached and found.proved
    # A unit of cost gains 3 of a, 4 of b: b first, to its limit; then a, for the remaining 6 of 10 points.
    changes = found.changes()
    assert dict(zip(changes["indicator"], changes["after"])) == {"a": 3.0, "b": 9.0}
    assert found.cost == found.lower_bound == 3.0
    again = board.what_if("x", {"a": 3.0, "b": 9.0})
    assert found.outcome["score"] == again.after["score"]
    assert found.outcome["rank"] == 2.0 and found.outcome["band"] == "low"
    assert list(found.alone()["indicator"]) == ["a"]
    assert found.text().splitlines()[0] == "Đạt hạng 2 trở lên với chi phí 3, thấp nhất có thể trong giới hạn đã nêu."
    assert td.cheapest_improvements(board, "x", {"a": {"upper": 9, "digits": 0}}, band="good").changes()["after"][0] == 5.0
    assert not td.cheapest_improvements(board, "x", {"b": {"upper": 9}}, score=60).reached
    with pytest.raises(td.DataError):
        td.cheapest_improvements(board, "x", {"b": {"upper": 9}}, score=60, rank=1)
    with pytest.raises(TypeError, match="top"):
        td.cheapest_improvements(board, "x", {"b": {"top": 9}}, rank=1)
    with pytest.raises(td.Cancelled):
        td.cheapest_improvements(board, "x", {"b": {"upper": 9}}, rank=1, progress=lambda share: False)
