"""Independent plain-Python scores of index model documents.

A second implementation of a subset of the index model format, written only from the format page, to check the library
and the shipped models against. It imports nothing of the library and favours being obvious over being fast.

Subset: aggregation sum, arithmetic, geometric, harmonic, minimum, maximum, median, power_mean; rules as_is, points_awarded,
ratio_to_target, goalposts, log_goalposts, min_max, z_score, step_table, level_table, checklist, yes_no,
penalty_per_occurrence, target_range, rank_target; dated targets; missing renormalise, zero, carry_last, peer_mean, refuse;
zero denominators; points, scale, weights; bonus, penalty and monitored nodes; cap, floor, rounding; minimum coverage.
Anything else raises OutsideSubset, so that a test never passes by luck.

Run as a script it recomputes the published indices and prints how many values and ranks agree.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Mapping

Values = Mapping[str, Mapping[str, "float | None"]]
Ratios = Mapping[str, Mapping[str, "tuple[float, float]"]]
States = Mapping[str, Mapping[str, str]]


class OutsideSubset(ValueError):
    """The document uses a rule this oracle does not know."""


class Refused(ValueError):
    """The model says that scoring fails here (missing value, zero denominator, value out of the rule's range)."""


@dataclass
class NodeResult:
    """What one node gives for one unit. None is missing."""

    result: float | None  # after cap, floor and rounding; what the parent sees
    score: float | None = None  # of a leaf: before points or scale; of an inner node: the aggregate
    value: float | None = None  # of a leaf: the raw value
    observed: int = 0  # scored indicators at or below the node with an observed value
    indicators: int = 0  # scored indicators at or below the node
    imputed: bool = False

    @property
    def coverage(self) -> float:
        return self.observed / self.indicators if self.indicators else 0.0


def round_decimal(x: float, digits: int, mode: str = "half_up") -> float:
    """Decimal rounding of the shortest decimal of the double, as a person rounds the printed number."""
    how = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN}[mode]
    return float(Decimal(repr(float(x))).quantize(Decimal(1).scaleb(-digits), rounding=how))


def _round_at(x: float, rounding: dict | None, place: str) -> float:
    if rounding is None or rounding.get("at", "result") != place:
        return x
    return round_decimal(x, rounding["digits"], rounding.get("mode", "half_up"))


# ---------------------------------------------------------------------------------------------------------------- rules


def target_on(leaf: dict, as_of: date | None) -> float:
    """The target of the rule, or the one the leaf's path gives on a day; constant before the first and after the last."""
    if "target" in leaf["score"]:
        return leaf["score"]["target"]
    points = [(date.fromisoformat(t["date"]), t["value"]) for t in leaf["targets"]]
    if len(points) == 1:
        return points[0][1]
    if as_of is None:
        raise Refused(f"{leaf['code']}: a target that depends on a date needs the as-of date")
    if as_of <= points[0][0]:
        return points[0][1]
    for (d0, v0), (d1, v1) in zip(points, points[1:]):
        if as_of <= d1:
            passed = (as_of - d0).days / (d1 - d0).days
            path = leaf.get("target_path", "linear")
            if path == "linear":
                return v0 + (v1 - v0) * passed
            if path == "compound":
                return v0 * (v1 / v0) ** passed
            return v1
    return points[-1][1]


def _clip(x: float) -> float:
    return min(1.0, max(0.0, x))


def _step_table(leaf: dict, x: float) -> float:
    rule = leaf["score"]
    steps = [(s["from"], s["score"]) for s in rule["steps"]]
    if x < steps[0][0]:
        raise Refused(f"{leaf['code']}: {x} is below the first step")
    last = max(i for i, (start, _) in enumerate(steps) if x >= start)
    if not rule.get("interpolate", False) or last == len(steps) - 1:
        return steps[last][1]
    (x0, y0), (x1, y1) = steps[last], steps[last + 1]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def _target_range(rule: dict, x: float) -> float:
    if x < rule["lower"]:
        return _clip((x - rule["lower_limit"]) / (rule["lower"] - rule["lower_limit"]))
    if x > rule["upper"]:
        return _clip((rule["upper_limit"] - x) / (rule["upper_limit"] - rule["upper"]))
    return 1.0


def score_value(leaf: dict, x: float, cohort: list[float], as_of: date | None = None) -> float | None:
    """Score of one value; `cohort` holds the observed values of the indicator (the value's own included)."""
    rule = leaf["score"]
    name = rule["rule"]
    lower_is_better = leaf.get("direction", "higher_is_better") == "lower_is_better"

    if name == "as_is":
        return x
    if name == "points_awarded":
        if not 0 <= x <= leaf["points"]:
            raise Refused(f"{leaf['code']}: {x} is outside [0, {leaf['points']}]")
        return x / leaf["points"]
    if name == "ratio_to_target":
        target, capped = target_on(leaf, as_of), rule.get("capped", True)
        if lower_is_better and x == 0:
            if capped:
                return 1.0
            raise Refused(f"{leaf['code']}: target divided by a value of 0")
        ratio = target / x if lower_is_better else x / target
        return min(1.0, ratio) if capped else ratio
    if name in ("goalposts", "log_goalposts"):
        lower, upper = rule["lower"], rule["upper"]
        if name == "log_goalposts":
            if x <= 0:
                raise Refused(f"{leaf['code']}: logarithm of {x}")
            x, lower, upper = math.log(x), math.log(lower), math.log(upper)
        share = (upper - x if lower_is_better else x - lower) / (upper - lower)
        return _clip(share) if rule.get("clip", True) else share
    if name in ("min_max", "z_score"):
        smallest, largest = min(cohort), max(cohort)
        if smallest == largest:
            constant = rule.get("zero_range", "missing")
            return None if constant == "missing" else constant
        if name == "min_max":
            return (largest - x if lower_is_better else x - smallest) / (largest - smallest)
        mean = math.fsum(cohort) / len(cohort)
        spread = math.sqrt(math.fsum((y - mean) ** 2 for y in cohort) / (len(cohort) - 1))
        standard = (mean - x if lower_is_better else x - mean) / spread
        return rule.get("mean", 0) + rule.get("deviation", 1) * standard
    if name == "step_table":
        return _step_table(leaf, x)
    if name == "level_table":
        for level in rule["levels"]:
            if x == level["value"]:
                return level["score"]
        raise Refused(f"{leaf['code']}: {x} is not a level")
    if name == "checklist":
        if not 0 <= x <= rule["items"] or x != int(x):
            raise Refused(f"{leaf['code']}: {x} of {rule['items']} items")
        return x / rule["items"]
    if name == "yes_no":
        if x not in (0, 1):
            raise Refused(f"{leaf['code']}: {x} is neither 0 nor 1")
        return 1.0 - x if lower_is_better else float(x)
    if name == "penalty_per_occurrence":
        return max(rule.get("lowest", 0), rule.get("start", 1) - rule["penalty"] * x)
    if name == "target_range":
        return _target_range(rule, x)
    if name == "rank_target":
        return _clip((rule["worst"] - x) / (rule["worst"] - rule["target"]))
    raise OutsideSubset(f"{leaf['code']}: rule {name}")


# ---------------------------------------------------------------------------------------------------------- aggregation


def aggregate(spec: str | dict, results: list[float], weights: list[float], where: str = "") -> float:
    """One number from the present results of the scored children; `sum` is done by the caller, who knows the points."""
    settings = {"method": spec} if isinstance(spec, str) else spec
    method = settings["method"]
    if method == "minimum":
        return min(results)
    if method == "maximum":
        return max(results)
    if method == "median":
        ordered, middle = sorted(results), len(results) // 2
        return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    total = sum(weights)
    if total <= 0:
        raise Refused(f"{where}: all weights are 0")
    exponents = {"arithmetic": 1, "geometric": 0, "harmonic": -1}
    if method == "power_mean":
        exponent = settings["exponent"]
    elif method in exponents:
        exponent = exponents[method]
    else:
        raise OutsideSubset(f"{where}: aggregation {method}")
    if "floor_at" in settings:
        results = [max(settings["floor_at"], x) for x in results]
    if exponent <= 0 and any(x <= 0 for x, w in zip(results, weights) if w > 0):
        raise Refused(f"{where}: a result <= 0 under {method}")
    pairs = [(x, w) for x, w in zip(results, weights) if w > 0]
    if exponent == 1:
        return sum(w * x for x, w in pairs) / total
    if exponent == 0:
        return math.exp(sum(w * math.log(x) for x, w in pairs) / total)
    if exponent == -1:
        return total / sum(w / x for x, w in pairs)
    return (sum(w * x**exponent for x, w in pairs) / total) ** (1 / exponent)


# -------------------------------------------------------------------------------------------------------------- scoring


class _Scorer:
    def __init__(self, model: dict, values: Values, ratios: Ratios, states: States, previous: Values, as_of: date | None):
        self.defaults = model.get("defaults", {})
        self.values, self.ratios, self.states, self.previous, self.as_of = values, ratios, states, previous, as_of
        self.cohorts: dict[str, list[float]] = {}
        self.fill_cohorts(model["root"], list(values))

    def fill_cohorts(self, node: dict, units: list[str]) -> None:
        for child in node.get("children", ()):
            self.fill_cohorts(child, units)
        if "score" in node:
            seen = [self.raw_value(node, unit) for unit in units]
            self.cohorts[node["code"]] = [x for x in seen if isinstance(x, float)]

    def raw_value(self, leaf: dict, unit: str) -> float | str | None:
        """The value, rounded where the leaf rounds values; None when missing; "zero_denominator" when that is the case."""
        indicator = leaf.get("indicator", leaf["code"])
        ratio = self.ratios.get(unit, {}).get(indicator)
        if ratio is not None:
            numerator, denominator = ratio
            if denominator == 0:
                return "zero_denominator"
            x: float | None = numerator / denominator
        else:
            x = self.values.get(unit, {}).get(indicator)
        if x is None or math.isnan(x):
            return None
        return _round_at(float(x), self.rounding(leaf), "value")

    def rounding(self, node: dict) -> dict | None:
        return node.get("rounding", self.defaults.get("rounding"))

    @staticmethod
    def factor(node: dict) -> float:
        return node.get("points", node.get("scale", 1))

    def bounded(self, node: dict, x: float) -> float:
        if "floor" in node:
            x = max(node["floor"], x)
        if "cap" in node:
            x = min(node["cap"], x)
        return _round_at(x, self.rounding(node), "result")

    def missing_policy(self, leaf: dict, unit: str) -> str:
        rule = leaf.get("missing", self.defaults.get("missing", "refuse"))
        if isinstance(rule, str):
            return rule
        kind = self.states.get(unit, {}).get(leaf.get("indicator", leaf["code"]), "default")
        return rule.get(kind, rule.get("default", "refuse"))

    def leaf(self, leaf: dict, unit: str) -> NodeResult:
        x = self.raw_value(leaf, unit)
        if x == "zero_denominator":
            rule = leaf.get("zero_denominator", self.defaults.get("zero_denominator", "refuse"))
            if rule == "refuse":
                raise Refused(f"{unit}, {leaf['code']}: zero denominator")
            if rule in ("full", "zero"):
                score = 1.0 if rule == "full" else 0.0
                return NodeResult(self.bounded(leaf, score * self.factor(leaf)), score, None, 1, 1)
            x = None
        imputed = False
        if x is None:
            policy = self.missing_policy(leaf, unit)
            if policy == "refuse":
                raise Refused(f"{unit}, {leaf['code']}: missing value")
            if policy == "zero":
                return NodeResult(0.0, 0.0, None, 0, 1)
            if policy == "carry_last":
                x = self.previous.get(unit, {}).get(leaf.get("indicator", leaf["code"]))
            elif policy == "peer_mean" and self.cohorts[leaf["code"]]:
                x = math.fsum(self.cohorts[leaf["code"]]) / len(self.cohorts[leaf["code"]])
            if x is None:
                return NodeResult(None, None, None, 0, 1)
            imputed = True
        score = score_value(leaf, float(x), self.cohorts[leaf["code"]], self.as_of)
        if score is None:
            return NodeResult(None, None, float(x), 0, 1)
        return NodeResult(self.bounded(leaf, score * self.factor(leaf)), score, float(x), 0 if imputed else 1, 1, imputed)

    def node(self, node: dict, unit: str, out: dict[str, NodeResult]) -> NodeResult:
        if "children" not in node:
            out[node["code"]] = self.leaf(node, unit)
            return out[node["code"]]
        scored: list[tuple[dict, NodeResult]] = []
        outside = 0.0
        for child in node["children"]:
            given = self.node(child, unit, out)
            role = child.get("role", "scored")
            if role == "scored":
                scored.append((child, given))
            elif role in ("bonus", "penalty") and given.result is not None:
                outside += given.result if role == "bonus" else -given.result
        out[node["code"]] = self.combine(node, unit, scored, outside)
        return out[node["code"]]

    def combine(self, node: dict, unit: str, scored: list[tuple[dict, NodeResult]], outside: float) -> NodeResult:
        observed, indicators = sum(r.observed for _, r in scored), sum(r.indicators for _, r in scored)
        present = [(child, r.result) for child, r in scored if r.result is not None]
        if not present or self.below_coverage(node, scored, observed, indicators):
            policy = node.get("missing", "renormalise")
            if policy == "refuse":
                raise Refused(f"{unit}, {node['code']}: missing or below its coverage")
            return NodeResult(0.0 if policy == "zero" else None, None, None, observed, indicators)
        results = [result for _, result in present]
        spec = node.get("aggregate", self.defaults.get("aggregate", "arithmetic"))
        method = spec if isinstance(spec, str) else spec["method"]
        if method == "sum":
            all_points = sum(child["points"] for child, _ in scored)
            present_points = sum(child["points"] for child, _ in present)
            score = sum(results)
            if len(present) < len(scored):
                score = score * all_points / present_points
            total = score * node.get("scale", 1)
        else:
            weights = [child.get("weight", 1) for child, _ in present]
            score = aggregate(spec, results, weights, f"{unit}, {node['code']}")
            total = score * self.factor(node)
        return NodeResult(self.bounded(node, total + outside), score, None, observed, indicators)

    def below_coverage(self, node: dict, scored: list, observed: int, indicators: int) -> bool:
        """Coverage counts what was observed: a value filled by `zero` or imputed does not raise it."""
        rule = node.get("minimum_coverage", self.defaults.get("minimum_coverage"))
        if rule is None:
            return False
        if not isinstance(rule, dict):
            rule = {"share": rule}
        if rule.get("of", "children") == "indicators":
            return observed < rule["share"] * indicators
        covered = sum(1 for _, r in scored if r.result is not None and r.observed > 0)
        return covered < rule["share"] * len(scored)


def score_document(
    model: dict,
    values: Values,
    denominators: Ratios | None = None,
    states: States | None = None,
    previous: Values | None = None,
    as_of: date | None = None,
) -> dict[str, dict[str, NodeResult]]:
    """Results of every node for every unit of `values`.

    `values[unit][indicator]` is a number or None (missing). `denominators[unit][indicator]` is (numerator, denominator) and
    goes before the value. `states` names the kind of a missing value (not_applicable, not_yet_due, not_reported,
    confidential). `previous` holds the values of the period before, for carry_last. `as_of` places targets with dates.
    """
    scorer = _Scorer(model, values, denominators or {}, states or {}, previous or {}, as_of)
    board: dict[str, dict[str, NodeResult]] = {}
    for unit in values:
        board[unit] = {}
        scorer.node(model["root"], unit, board[unit])
    return board


def ranked_total(model: dict, total: float | None) -> float | None:
    """The number that is ranked on: full, or rounded by the ranking's digits or else by the root's rounding."""
    ranking = model.get("ranking", {})
    if total is None or ranking.get("on", "rounded") == "full":
        return total
    if "digits" in ranking:
        return round_decimal(total, ranking["digits"], ranking.get("mode", "half_up"))
    rounding = model["root"].get("rounding")
    return round_decimal(total, rounding["digits"], rounding.get("mode", "half_up")) if rounding else total


def competition_ranks(totals: Mapping[str, float | None], ascending: bool = False) -> dict[str, int]:
    """Rank 1 + number of strictly better; a missing total has no rank."""
    sign = 1 if ascending else -1
    keys = {unit: sign * total for unit, total in totals.items() if total is not None}
    return {unit: 1 + sum(1 for other in keys.values() if other < key) for unit, key in keys.items()}


def ranks(model: dict, board: Mapping[str, Mapping[str, NodeResult]]) -> dict[str, int]:
    if model.get("ranking", {}).get("ties", "competition") != "competition":
        raise OutsideSubset("only competition ranks")
    root = model["root"]["code"]
    totals = {unit: ranked_total(model, nodes[root].result) for unit, nodes in board.items()}
    return competition_ranks(totals, model.get("ranking", {}).get("order", "descending") == "ascending")


# ---------------------------------------------------------------------------------------------- the published indices

ROOT = Path(__file__).resolve().parents[2]


def read_model(name: str) -> dict:
    return json.loads((ROOT / "data" / "models" / f"{name}.json").read_text(encoding="utf-8"))


def read_rows(path: Path) -> list[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def panel_rows(name: str) -> list[dict[str, str]]:
    return read_rows(ROOT / "data" / "panels" / name)


def numbers(rows: list[dict[str, str]], key: str, columns: list[str]) -> dict[str, dict[str, float | None]]:
    return {row[key]: {c: float(row[c]) if row[c] else None for c in columns} for row in rows}


def read_ratio_panel(name: str) -> tuple[dict, dict]:
    """Values and (numerator, denominator) pairs of a panel in long form."""
    values: dict = {}
    ratios: dict = {}
    for row in panel_rows(name):
        values.setdefault(row["unit"], {})
        if row["value"]:
            values[row["unit"]][row["indicator"]] = float(row["value"])
        else:
            pair = (float(row["numerator"]), float(row["denominator"]))
            ratios.setdefault(row["unit"], {})[row["indicator"]] = pair
    return values, ratios


class Tally:
    """Counts agreements and remembers whether any expectation failed."""

    def __init__(self) -> None:
        self.failed = False

    def check(self, label: str, agree: int, expected: int, of: int | None = None) -> None:
        good = agree == expected
        self.failed |= not good
        note = "" if good else f"   EXPECTED {expected}"
        print(f"{label}: {agree} of {expected if of is None else of}{note}")


def check_ranked_index(tally: Tally, name: str, panel: str, key: str, columns: list[str], value: str, rank: str, equal: int, off: float) -> None:
    model, rows = read_model(name), panel_rows(panel)
    board = score_document(model, numbers(rows, key, columns))
    place, root = ranks(model, board), model["root"]["code"]
    gaps = [abs(board[r[key]][root].result - float(r[value])) for r in rows]
    tally.check(f"{name} values equal", sum(g < 1e-12 for g in gaps), equal, len(rows))
    tally.check(f"{name} values within {off:g}", sum(g < off + 1e-9 for g in gaps), len(rows))
    tally.check(f"{name} ranks", sum(place[r[key]] == int(r[rank]) for r in rows), len(rows))


def check_index766_provinces(tally: Tally) -> None:
    model, rows = read_model("index766-province"), panel_rows("index766_provinces.csv")
    groups = [child["code"] for child in model["root"]["children"]]
    board = score_document(model, numbers(rows, "gso", groups))
    place = ranks(model, board)
    tally.check("index766 totals", sum(board[r["gso"]]["index766"].result == float(r["total"]) for r in rows), len(rows))
    tally.check("index766 ranks", sum(place[r["gso"]] == int(r["rank"]) for r in rows), len(rows))
    agree = 0
    for group in groups:
        inside = competition_ranks({unit: nodes[group].result for unit, nodes in board.items()})
        agree += sum(inside[r["gso"]] == int(r[f"rank_{group}"]) for r in rows)
    tally.check("index766 group ranks", agree, len(rows) * len(groups))


def without_rounding(node: dict) -> dict:
    bare = {k: v for k, v in node.items() if k != "rounding"}
    if "children" in node:
        bare["children"] = [without_rounding(child) for child in node["children"]]
    return bare


def check_index766_metrics(tally: Tally) -> None:
    model = read_model("index766-metrics")
    values, ratios = read_ratio_panel("index766-metrics-dak-lak-2026-10-10.csv")
    nodes = score_document(model, values, ratios)["66"]
    groups = {"CKMB": 11.85, "TDGQ": 17.72, "CLGQ": 8.97, "MDSH": 9.08, "MDHL": 11.18, "TTTT": 6.69, "index766": 65.49}
    for code, expected in groups.items():
        tally.check(f"Dak Lak {code} {nodes[code].result} = {expected}", int(nodes[code].result == expected), 1)
    rows = read_rows(ROOT / "tests" / "data" / "index766_daklak.csv")
    published = [r for r in rows if r["score"] and r["flag"] != "M"]
    tally.check("Dak Lak metric scores", sum(nodes[r["metric"]].result == float(r["score"]) for r in published), len(published))
    bare = {**model, "root": without_rounding(model["root"])}
    unrounded = score_document(bare, values, ratios)["66"]["index766"].result
    tally.check(f"Dak Lak unrounded {unrounded:.6f} prints as 65.51", int(round_decimal(unrounded, 2) == 65.51), 1)


def main() -> int:
    tally = Tally()
    check_ranked_index(tally, "hdi", "hdi_2022.csv", "iso3", ["le_2022", "eys_2022", "mys_2022", "gnipc_2022"], "hdi_2022", "hdi_rank_2022", 193, 0)
    check_ranked_index(tally, "egdi", "egdi_2022.csv", "country", ["osi", "hci", "tii"], "egdi", "rank", 171, 0.0001)
    main_indices = [child["code"] for child in read_model("dti-2022")["root"]["children"]]
    # TP. Hồ Chí Minh gives 0.716355 from the printed main indices, which prints as 0.7164; 0.7163 is published. The main
    # indices are printed with 4 decimals, so their own rounding can move the total by up to 0.00005 and explains it.
    check_ranked_index(tally, "dti-2022", "dti_2022_top5.csv", "province", main_indices, "pdti", "rank", 4, 0.0001)
    check_index766_provinces(tally)
    check_index766_metrics(tally)
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
