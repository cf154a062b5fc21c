"""The library against tests/oracle/reference_scores.py, an independent evaluator, on random panels."""

from __future__ import annotations

import math
import random
from datetime import date
from types import ModuleType
from typing import Any, Dict, Iterator, List, Optional, Tuple

import numpy
import pytest

import thuocdo as td

REFERENCE = ("resolution57-province", "resolution57-ministry", "resolution57-commune")
SIMPLE = ("hdi", "egdi", "dti-2022", "index766-metrics")
AS_OF = date(2027, 12, 31)
UNITS = 40
KINDS = ("not_applicable", "not_yet_due", "not_reported", "confidential")


def leaves(node: Dict[str, Any]) -> Iterator[Dict[str, Any]]:
    if "children" not in node:
        yield node
    for child in node.get("children", ()):
        yield from leaves(child)


def made_up(leaf: Dict[str, Any], chance: random.Random) -> float:
    """A value that the rule of the leaf takes."""
    rule = leaf["score"]
    name = rule["rule"]
    if name in ("goalposts", "log_goalposts"):
        span = rule["upper"] - rule["lower"]
        return round(rule["lower"] + chance.uniform(0.01, 1.05) * span, 3)
    if name == "points_awarded":
        return round(chance.uniform(0, leaf["points"]), 2)
    if name == "checklist":
        return float(chance.randint(0, rule["items"]))
    if name == "yes_no":
        return float(chance.randint(0, 1))
    if name == "penalty_per_occurrence":
        return float(chance.randint(0, 5))
    if name == "step_table":
        return rule["steps"][0]["from"] + chance.uniform(0, 1.2) * (rule["steps"][-1]["from"] - rule["steps"][0]["from"] + 1)
    if name == "level_table":
        return float(chance.choice(rule["levels"])["value"])
    if name == "target_range":
        return chance.uniform(rule["lower_limit"], rule["upper_limit"])
    if name == "rank_target":
        return float(chance.randint(1, int(rule["worst"])))
    if name == "ratio_to_target":
        target = rule.get("target", leaf.get("targets", [{"value": 1.0}])[-1]["value"])
        return round(chance.uniform(0.05, 1.3) * target, 4)
    return round(chance.uniform(0.05, 1.0), 4)


def states_that_may_be(leaf: Dict[str, Any], defaults: Dict[str, Any]) -> List[str]:
    """Kinds of missing values that the leaf does not refuse."""
    rule = leaf.get("missing", defaults.get("missing", "refuse"))
    policies = {kind: rule if isinstance(rule, str) else rule.get(kind, rule.get("default", "refuse")) for kind in KINDS}
    return [kind for kind in KINDS if policies[kind] in ("renormalise", "zero", "peer_mean")]


Values = Dict[str, Dict[str, Optional[float]]]
States = Dict[str, Dict[str, str]]


def random_panel(document: Dict[str, Any], chance: random.Random) -> Tuple[Values, States]:
    units = [f"{k:02d}" for k in range(UNITS)]
    values: Values = {unit: {} for unit in units}
    states: States = {unit: {} for unit in units}
    for leaf in leaves(document["root"]):
        column = leaf.get("indicator", leaf["code"])
        allowed = states_that_may_be(leaf, document.get("defaults", {}))
        for unit in units:
            if allowed and chance.random() < 0.1:
                values[unit][column] = None
                states[unit][column] = chance.choice(allowed)
            else:
                values[unit][column] = made_up(leaf, chance)
    return values, states


def as_columns(values: Values, states: States) -> Tuple[Dict[str, List[Any]], List[str]]:
    units = list(values)
    columns: Dict[str, List[Any]] = {"unit": units}
    for column in next(iter(values.values())):
        columns[column] = [values[unit][column] for unit in units]
        columns[f"{column}:state"] = [states[unit].get(column) for unit in units]
    return columns, units


@pytest.mark.parametrize("name", REFERENCE + SIMPLE)
def test_results_ranks_and_missing_agree_with_the_oracle(name: str, oracle: ModuleType, seed: int) -> None:
    model = td.datasets.model(name)
    document = model.to_dict()
    for _ in range(5):
        values, states = random_panel(document, random.Random(seed))
        seed += 1
        expected = oracle.score_document(document, values, states=states, as_of=AS_OF)
        columns, units = as_columns(values, states)
        board = td.score(model, columns, as_of=AS_OF)
        results = board.results()
        for code in (node.code for node in model.nodes):
            theirs = [expected[unit][code].result for unit in units]
            ours = [None if math.isnan(value) else value for value in results[code].tolist()]
            assert [value is None for value in ours] == [value is None for value in theirs], code
            gaps = [abs(a - b) for a, b in zip(ours, theirs) if a is not None and b is not None]
            assert max(gaps, default=0.0) < 1e-9, code
        ranks = oracle.ranks(document, expected)
        assert {unit: ranks.get(unit) for unit in units} == {
            unit: None if math.isnan(rank) else int(rank) for unit, rank in zip(units, numpy.asarray(board.ranks(), dtype=float))
        }


@pytest.mark.parametrize("name", REFERENCE)
def test_order_of_units_threads_and_layout_change_no_bit(name: str, seed: int) -> None:
    model = td.datasets.model(name)
    chance = random.Random(seed)
    columns, units = as_columns(*random_panel(model.to_dict(), chance))
    digest = td.score(model, columns, as_of=AS_OF).digest
    order = chance.sample(range(len(units)), len(units))
    shuffled = {column: [cells[k] for k in order] for column, cells in columns.items()}
    assert td.score(model, shuffled, as_of=AS_OF).digest == digest
    assert td.score(model, columns, as_of=AS_OF, threads=3).digest == digest
