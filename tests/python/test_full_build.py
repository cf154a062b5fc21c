"""A whole index of 50 units x 50 indicators in three levels, against an independent replay in numpy."""

from __future__ import annotations

from typing import Any, Dict, List, Tuple

import numpy
import pandas
import pytest

import thuocdo as td

from composite_replay import build

UNITS, INDICATORS, PILLARS = 50, 50, 10
LIMITS = (2.0, 3.5)


def made_up(seed: int) -> Tuple[Dict[str, Any], Dict[str, Any]]:
    random = numpy.random.Generator(numpy.random.Philox(seed))
    codes = [f"i{k:02d}" for k in range(INDICATORS)]
    values: Dict[str, Any] = {}
    for k, code in enumerate(codes):
        # Some columns have far points on either side, some are skewed beyond winsorising.
        column = random.normal(50.0, 10.0, UNITS) if k % 3 else random.lognormal(0.0, 3.5, UNITS)
        if k % 5 == 1:
            column[random.integers(UNITS)] = 900.0
        if k % 7 == 2:
            column[random.integers(UNITS)] = -700.0
        column[random.random(UNITS) < 0.06] = numpy.nan
        values[code] = column
    for code in codes[:18]:
        values[code][3] = numpy.nan
    data = {
        "values": values,
        "groups": [f"g{k}" for k in random.integers(0, 4, UNITS)],
        "sizes": {"people": random.uniform(1e5, 9e6, UNITS), "gdp": random.uniform(1.0, 80.0, UNITS)},
    }
    pillars = {f"p{k}": codes[k * 5 : k * 5 + 5] for k in range(PILLARS)}
    weights = {f"p{k}": float(1 + k % 3) for k in range(PILLARS)}
    weights.update({code: float(1 + k % 4) for k, code in enumerate(codes)})
    plan = {
        "denominators": {codes[0]: "people", codes[7]: "gdp", codes[20]: "people"},
        "scale": 1000.0,
        "availability": 0.8,
        "winsorised": 3,
        "limits": LIMITS,
        "points": 100.0,
        "directions": {code: -1 if k % 4 == 3 else 1 for k, code in enumerate(codes)},
        "weights": weights,
        "levels": [
            {"geometric": False, "nodes": pillars},
            {"geometric": True, "nodes": {"input": [f"p{k}" for k in range(5)], "output": [f"p{k}" for k in range(5, 10)]}},
            {"geometric": False, "nodes": {"index": ["input", "output"]}},
        ],
    }
    return data, plan


def document(plan: Dict[str, Any]) -> Dict[str, Any]:
    def leaf(code: str) -> Dict[str, Any]:
        out: Dict[str, Any] = {"code": code, "score": {"rule": "min_max"}, "scale": plan["points"], "weight": plan["weights"][code]}
        if plan["directions"][code] < 0:
            out["direction"] = "lower_is_better"
        return out

    pillars, parts, _ = plan["levels"]
    by: Dict[str, List[str]] = {}
    for code, size in plan["denominators"].items():
        by.setdefault(size, []).append(code)
    return {
        "thuocdo": 1,
        "id": "full-build",
        "version": "1",
        "name": "Full build",
        "defaults": {"missing": "renormalise"},
        "preparation": [
            {"step": "denominate", "denominators": [{"indicators": codes, "by": size, "scale": plan["scale"]} for size, codes in by.items()]},
            {"step": "impute", "method": "group_mean", "group": "group"},
            {"step": "screen", "minimum_availability": plan["availability"]},
            {"step": "treat", "maximum_winsorised": plan["winsorised"]},
        ],
        "root": {
            "code": "index",
            "children": [
                {
                    "code": part,
                    "aggregate": "geometric",
                    "children": [
                        {"code": pillar, "weight": plan["weights"][pillar], "children": [leaf(code) for code in pillars["nodes"][pillar]]}
                        for pillar in members
                    ],
                }
                for part, members in parts["nodes"].items()
            ],
        },
    }


def frame_of(data: Dict[str, Any]) -> pandas.DataFrame:
    frame = pandas.DataFrame(data["values"], index=pandas.Index([f"u{k:02d}" for k in range(UNITS)], name="unit"))
    for name, sizes in data["sizes"].items():
        frame[f"attribute:{name}"] = sizes
    frame["group:group"] = data["groups"]
    return frame


@pytest.mark.parametrize("seed", range(6))
def test_build_equals_an_independent_numpy_replay(seed: int) -> None:
    data, plan = made_up(seed)
    expected = build(data, plan)
    board = td.score(document(plan), frame_of(data))
    results = board.results()
    kept = expected["kept"]
    assert 0 < (~kept).sum() < UNITS
    assert results["index"].isna().to_numpy().tolist() == (~kept).tolist()
    for node, column in expected["results"].items():
        numpy.testing.assert_allclose(results[node].to_numpy()[kept], column, rtol=1e-12, atol=1e-12, err_msg=node)
    treated = board.preparation["treated"].treated
    outcomes = set(treated["outcome"])
    assert {"passes", "winsorised"} < outcomes


def test_order_of_rows_and_threads_change_no_bit() -> None:
    data, plan = made_up(0)
    frame = frame_of(data)
    board = td.score(document(plan), frame)
    assert td.score(document(plan), frame.iloc[::-1]).digest == board.digest
    assert td.score(document(plan), frame.sample(frac=1.0, random_state=1), threads=4).digest == board.digest
