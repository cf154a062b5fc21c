"""Small models that the tests use."""

from __future__ import annotations

from typing import Any, Dict

MEAN_OF_TWO: Dict[str, Any] = {
    "thuocdo": 1,
    "id": "two",
    "version": "1",
    "name": {"en": "Mean of two", "vi": "Trung bình hai"},
    "defaults": {"missing": "renormalise"},
    "root": {
        "code": "total",
        "children": [
            {"code": "a", "score": {"rule": "as_is"}},
            {"code": "b", "score": {"rule": "as_is"}, "zero_denominator": "full"},
        ],
    },
}

BANDED: Dict[str, Any] = {
    "thuocdo": 1,
    "id": "banded",
    "version": "1",
    "name": {"en": "Banded", "vi": "Có bậc"},
    "ranking": {"within": ["kind"]},
    "bands": {
        "scale": [
            {"code": "good", "name": {"en": "good", "vi": "tốt"}, "from": 50, "gates": [{"node": "b", "at_least": 10}]},
            {"code": "low", "name": {"en": "low", "vi": "thấp"}},
        ]
    },
    "roll_up": [{"to": "nation", "method": "weighted_mean", "weights": "population"}],
    "root": {
        "code": "total",
        "points": 100,
        "aggregate": "sum",
        "children": [
            {"code": "a", "points": 60, "score": {"rule": "points_awarded"}},
            {"code": "b", "points": 40, "score": {"rule": "points_awarded"}},
        ],
    },
}
