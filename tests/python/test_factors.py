"""Factors of a robustness run: declared in a model, given in a call, and what they vary."""

from __future__ import annotations

import json
from typing import Any, Dict, List

import pytest

import thuocdo as td
from thuocdo import _core

FACTORS: List[Dict[str, Any]] = [
    {"at": "total", "noise": 0.25},
    {"name": "rule", "at": "@total/aggregate", "one_of": ["arithmetic", {"method": "power_mean", "exponent": 2}]},
    {"weight_sets": {"B": {"a": 2, "b": 1}, "A": {"a": 1, "b": 3}}},
    {"leave_out": "each"},
    {"at": "a", "error": {"scale": "relative", "size": 0.05, "column": "a_se"}},
]


def model(**members: Any) -> td.IndexModel:
    leaves = [{"code": code, "score": {"rule": "as_is"}} for code in "ab"]
    root = {"code": "total", "children": leaves}
    return td.load_model({"thuocdo": 1, "id": "t", "version": "1", "name": "T", "root": root, **members})


def test_declared_factors_are_those_of_the_document_and_resolve() -> None:
    assert model().factors == [] and len(_core.Factors(model()._core, None)) == 0
    declared = model(factors=FACTORS)
    assert declared.factors == FACTORS
    assert td.load_model(declared.to_dict()) == declared != model()
    factors = _core.Factors(declared._core, None)
    assert factors.names == ["weights of total", "rule", "weight set", "left out", "error of a"] and len(factors) == 5
    rows = factors.describe()
    assert [row["kind"] for row in rows] == ["noise", "one_of", "weight_sets", "leave_out", "error"]
    assert [row["varies"] for row in rows] == ["nodes", "model", "model", "model", "indicators"]
    assert [row["alternatives"] for row in rows] == [
        ["total"],
        ["arithmetic", "power_mean (exponent 2)"],
        ["A", "B"],
        ["without a", "without b", "nothing left out"],
        ["a"],
    ]


def test_factors_of_a_call_are_those_of_a_document() -> None:
    given = _core.Factors(model()._core, json.dumps(FACTORS))
    assert given.describe() == _core.Factors(model(factors=FACTORS)._core, None).describe()
    bad = [{"at": "nobody", "noise": 2}, {"at": "@a/wieght", "one_of": [1, 2]}]
    with pytest.raises(td.ModelError) as caught:
        _core.Factors(model()._core, json.dumps(bad))
    found = [(problem.code, problem.place) for problem in caught.value.problems]
    assert found[:2] == [("unknown_node", "/factors/0/at"), ("noise_out_of_range", "/factors/0/noise")]
    assert td.check_model({**model().to_dict(), "factors": bad[1:]})[0].code == "pointer_hits_nothing"


def test_the_schema_takes_every_kind_of_factor_and_refuses_two_in_one() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(td.datasets.path("index-model.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(model(factors=FACTORS).to_dict())
    for bad in ({"noise": 2}, {"noise": 0.2, "leave_out": "each"}, {"one_of": [1, 2]}, {"weight_sets": {"A": {"a": 1}}}, {"nois": 1}):
        assert list(validator.iter_errors({**model().to_dict(), "factors": [bad]}))
