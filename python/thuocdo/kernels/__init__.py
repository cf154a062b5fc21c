"""The methods as plain functions on numpy arrays, without models and labels.

Arrays are float64; NaN is missing and stays missing. Normalisation functions take one column of shape (units,) or several
of shape (units, indicators), each by itself, and return an array of that shape. Aggregations take (units, children) and
return (units,). Every result has the same bits for any order of rows (save `argsort`), any memory layout and any machine,
but for the last digits of logarithms and powers, which are those of the C library.

A cell for which a method is not defined raises `NumericError` naming row and column; with ``refused="nan"`` it becomes NaN.
"""

from __future__ import annotations

from . import concentration
from .aggregate import (
    arithmetic,
    geometric,
    harmonic,
    maximum,
    mazziotta_pareto,
    mean_min,
    median,
    minimum,
    ordered_weighted_average,
    power_mean,
    sum_of_points,
)
from .compare import (
    above_below_mean,
    borda,
    categorical_scale,
    distance_to_best,
    distance_to_reference,
    distance_to_target,
    fraction_of_best,
    min_max,
    percentile_rank,
    rank_score,
    z_score,
)
from .concentration import (
    effective_number,
    gini,
    herfindahl,
    herfindahl_normalised,
    top_share,
)
from .normalise import (
    checklist,
    goalposts,
    growth_to_target,
    level_table,
    log_goalposts,
    logistic,
    penalty_per_occurrence,
    rank_target,
    ratio_to_target,
    step_table,
    target_range,
    yes_no,
)
from .numeric import (
    argsort,
    column_statistics,
    exact_sum,
    normal_quantile,
    quantile,
    ranks,
    round_decimal,
    weighted_mean,
)

__all__ = [
    "above_below_mean",
    "argsort",
    "arithmetic",
    "borda",
    "categorical_scale",
    "checklist",
    "column_statistics",
    "concentration",
    "distance_to_best",
    "distance_to_reference",
    "distance_to_target",
    "effective_number",
    "exact_sum",
    "fraction_of_best",
    "geometric",
    "gini",
    "goalposts",
    "growth_to_target",
    "harmonic",
    "herfindahl",
    "herfindahl_normalised",
    "level_table",
    "log_goalposts",
    "logistic",
    "maximum",
    "mazziotta_pareto",
    "mean_min",
    "median",
    "min_max",
    "minimum",
    "normal_quantile",
    "ordered_weighted_average",
    "penalty_per_occurrence",
    "percentile_rank",
    "power_mean",
    "quantile",
    "rank_score",
    "rank_target",
    "ranks",
    "ratio_to_target",
    "round_decimal",
    "step_table",
    "sum_of_points",
    "target_range",
    "top_share",
    "weighted_mean",
    "yes_no",
    "z_score",
]
