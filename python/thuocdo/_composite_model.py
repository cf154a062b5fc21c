"""The model document that the table iMeta describes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Union

from ._composite_meta import MetaReader, Row
from ._errors import Problem

#: Score rules whose results lie between 0 and 1, so that a scale makes percentages of them.
RULES_OF_SHARES = frozenset(
    (
        "min_max",
        "goalposts",
        "log_goalposts",
        "percentile_rank",
        "distance_to_best",
        "distance_to_reference",
        "distance_to_target",
        "fraction_of_best",
        "ratio_to_target",
        "checklist",
        "yes_no",
        "target_range",
        "rank_target",
        "growth_to_target",
        "logistic",
        "penalty_per_occurrence",
    )
)

#: Score rules that read the column Target.
RULES_WITH_TARGET = ("ratio_to_target", "distance_to_target", "growth_to_target", "rank_target")

#: What full marks are where nobody says it.
FULL_MARKS = 100.0

#: Key of a mapping for everything that is not named.
DEFAULT = "default"

Rule = Union[str, Mapping[str, Any]]
ByPlace = Union[str, Mapping[Any, Any]]


@dataclass(frozen=True)
class Choices:
    """What the tables do not say."""

    members: Dict[str, Any]
    normalisation: Union[Rule, Mapping[str, Rule]]
    scale: Optional[float]
    aggregation: ByPlace
    weighting: Optional[ByPlace]
    preparation: List[Mapping[str, Any]]
    denominator_scale: Dict[str, float]
    missing: Union[str, Mapping[str, str]]
    digits: Optional[int]


class ModelBuilder:
    """Makes the model document of the rows of iMeta and of the choices."""

    def __init__(self, meta: MetaReader, choices: Choices, problems: List[Problem]) -> None:
        self.meta = meta
        self.choices = choices
        self.problems = problems
        self.rules = self._rules()
        self.methods = self._by_place(choices.aggregation, "method", "aggregation")
        self.schemes = {} if choices.weighting is None else self._by_place(choices.weighting, "scheme", "weighting")
        self._check_targets()
        self._check_denominators()

    def _unknown(self, argument: str, key: Any, expected: str) -> None:
        self.problems.append(
            Problem("unknown_place", f'argument "{argument}"', f"{key!r}", expected, "check the spelling")
        )

    def _rules(self) -> Dict[str, Dict[str, Any]]:
        """Score rule by indicator."""
        codes = [row.code for row in self.meta.of_type("Indicator")]
        given = self.choices.normalisation
        if isinstance(given, str) or "rule" in given:
            return {code: _as_object(given, "rule") for code in codes}
        for key in given:
            if key != DEFAULT and key not in codes:
                self._unknown("normalisation", key, "an indicator of iMeta")
        fallback = given.get(DEFAULT, "min_max")
        return {code: _as_object(given.get(code, fallback), "rule") for code in codes}

    def _by_place(self, given: ByPlace, member: str, argument: str) -> Dict[str, Any]:
        """What is chosen for each aggregate, by its code; those that nothing is chosen for are left out."""
        rows = self.meta.of_type("Aggregate")
        if isinstance(given, str) or member in given:
            return {row.code: given for row in rows}
        levels = {row.level for row in rows}
        codes = {row.code for row in rows}
        for key in given:
            known = key == DEFAULT or key in codes if isinstance(key, str) else key in levels
            if not known:
                self._unknown(argument, key, "a level or the code of an aggregate of iMeta")
        out = {}
        for row in rows:
            choice = given.get(row.code, given.get(row.level, given.get(DEFAULT)))
            if choice is not None:
                out[row.code] = choice
        return out

    def _check_targets(self) -> None:
        for row in self.meta.of_type("Indicator"):
            rule = self.rules[row.code]
            if rule.get("rule") in RULES_WITH_TARGET and "target" not in rule:
                if math.isnan(row.target):
                    found = f"no target for the rule {rule['rule']}"
                    self.meta.at(
                        row,
                        "Target",
                        "missing_target",
                        found,
                        "a number",
                        "add it, or choose another rule for this indicator",
                    )
                else:
                    rule["target"] = row.target

    def _check_denominators(self) -> None:
        for row in self.meta.rows:
            if row.denominator is None or row.type != "Indicator":
                continue
            by = self.meta.by_code.get(row.denominator)
            if by is None or by.type not in ("Denominator", "Indicator"):
                found = f'"{row.denominator}"' if by is None else f'"{row.denominator}", which is of type {by.type}'
                expected = "the iCode of a row of type Denominator"
                self.meta.at(
                    row, "Denominator", "unknown_denominator", found, expected, "check the spelling, or add its row"
                )
        used = {row.denominator for row in self.meta.rows}
        for key in self.choices.denominator_scale:
            if key not in used:
                self._unknown("denominator_scale", key, "a code of the column Denominator of iMeta")

    def document(self) -> Dict[str, Any]:
        """The model document."""
        members = {key: value for key, value in self.choices.members.items() if value is not None}
        root = self.meta.root
        assert root is not None  # Without one there was a problem.
        members.setdefault("name", root.name or root.code)
        members["defaults"] = {"missing": self.choices.missing, **members.get("defaults", {})}
        steps = [*self._denominate(), *self.choices.preparation]
        if steps:
            members["preparation"] = [*steps, *members.get("preparation", ())]
        top = self._node(root, weighted=False)
        if self.choices.digits is not None:
            top["rounding"] = {"digits": self.choices.digits}
        return {"thuocdo": 1, **members, "root": top}

    def _denominate(self) -> List[Dict[str, Any]]:
        divided: Dict[str, List[str]] = {}
        for row in self.meta.of_type("Indicator"):
            if row.denominator is not None:
                divided.setdefault(row.denominator, []).append(row.code)
        if not divided:
            return []
        scales = self.choices.denominator_scale
        return [
            {
                "step": "denominate",
                "denominators": [
                    {"indicators": codes, "by": by, "scale": scales.get(by, 1)} for by, codes in divided.items()
                ],
            }
        ]

    def _node(self, row: Row, weighted: bool) -> Dict[str, Any]:
        node: Dict[str, Any] = {"code": row.code}
        if row.name:
            node["name"] = row.name
        if weighted:
            node["weight"] = row.weight
        if row.type == "Indicator":
            return self._leaf(node, row)
        if row.code in self.methods:
            node["aggregate"] = self.methods[row.code]
        if row.code in self.schemes:
            node["weights"] = self.schemes[row.code]
        node["children"] = [self._node(child, weighted=row.code not in self.schemes) for child in row.children]
        return node

    def _leaf(self, node: Dict[str, Any], row: Row) -> Dict[str, Any]:
        rule = self.rules[row.code]
        if row.unit:
            node["unit"] = row.unit
        if row.direction < 0:
            node["direction"] = "lower_is_better"
        node["score"] = rule
        default = FULL_MARKS if rule.get("rule") in RULES_OF_SHARES else 1.0
        node["scale"] = default if self.choices.scale is None else self.choices.scale
        return node


def _as_object(given: Rule, member: str) -> Dict[str, Any]:
    return {member: given} if isinstance(given, str) else dict(given)
