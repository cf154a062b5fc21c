"""An index build written again in plain numpy from the definitions of its steps, to hold the library against.

Nothing here calls the library. Sources: OECD/JRC Handbook on Constructing Composite Indicators (2008), steps 3 to 6; sample-adjusted
skewness and kurtosis as in Joanes and Gill (1998), type 2.
"""

from __future__ import annotations

from typing import Any, Dict, List, Tuple

import numpy
from numpy.typing import NDArray

Array = NDArray[numpy.float64]


def skewness(x: Array) -> float:
    n = len(x)
    d = x - x.mean()
    return float(numpy.sqrt(n * (n - 1)) / (n - 2) * (d**3).mean() / (d**2).mean() ** 1.5)


def kurtosis(x: Array) -> float:
    n = len(x)
    d = x - x.mean()
    r = n * (d**4).sum() / (d**2).sum() ** 2
    return float((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (r - 3) + 6))


def passes(x: Array, limits: Tuple[float, float]) -> bool:
    return abs(skewness(x)) < limits[0] or kurtosis(x) < limits[1]


def treated(column: Array, most: int, limits: Tuple[float, float]) -> Array:
    """Winsorised at one end, value by value; else the logarithm of the column as it was."""
    seen = ~numpy.isnan(column)
    original = column[seen]
    x = original.copy()
    if x.max() == x.min() or len(x) < 4 or passes(x, limits):
        return column
    moved: set[int] = set()
    while not passes(x, limits) and len(moved) < most:
        high = skewness(x) >= 0.0
        end = x.max() if high else x.min()
        inner = x[x < end].max() if high else x[x > end].min()
        at = numpy.flatnonzero(x == end)
        x[at] = inner
        moved.update(int(each) for each in at)
    if not passes(x, limits):
        width = original.max() - original.min()
        if skewness(original) >= 0.0:
            x = numpy.log(original - original.min() + 0.01 * width)
        else:
            x = -numpy.log(original.max() - original + 0.01 * width)
    out = column.copy()
    out[seen] = x
    return out


def mean_of_present(x: Array, weights: Array, geometric: bool) -> Array:
    """Weighted mean over the children that are there, weights scaled up."""
    there = ~numpy.isnan(x)
    total = (there * weights).sum(axis=1)
    parts = numpy.where(there, numpy.log(numpy.where(there, x, 1.0)) if geometric else x, 0.0) * weights
    with numpy.errstate(invalid="ignore"):
        mean = parts.sum(axis=1) / total
    return numpy.exp(mean) if geometric else mean


def build(data: Dict[str, Any], plan: Dict[str, Any]) -> Dict[str, Any]:
    """Denominate, impute by group mean, screen, treat, min-max, aggregate over the levels of the plan."""
    values = {code: numpy.array(column, dtype=float) for code, column in data["values"].items()}
    measured = {code: ~numpy.isnan(column) for code, column in values.items()}
    for code, denominator in plan["denominators"].items():
        values[code] = values[code] / (data["sizes"][denominator] / plan["scale"])
    groups = numpy.array(data["groups"])
    for column in values.values():
        for group in set(data["groups"]):
            inside = groups == group
            if numpy.isnan(column[inside]).all():
                continue
            column[inside & numpy.isnan(column)] = numpy.nanmean(column[inside])
    codes: List[str] = list(values)
    availability = numpy.column_stack([measured[code] for code in codes]).mean(axis=1)
    kept = availability >= plan["availability"]
    results: Dict[str, Array] = {}
    for code in codes:
        x = treated(values[code][kept], plan["winsorised"], plan["limits"])
        low, high = numpy.nanmin(x), numpy.nanmax(x)
        score = (x - low) / (high - low) if plan["directions"][code] > 0 else (high - x) / (high - low)
        results[code] = score * plan["points"]
    for level in plan["levels"]:
        for node, children in level["nodes"].items():
            x = numpy.column_stack([results[child] for child in children])
            weights = numpy.array([plan["weights"].get(child, 1.0) for child in children])
            results[node] = mean_of_present(x, weights, level["geometric"])
    return {"kept": kept, "results": results}
