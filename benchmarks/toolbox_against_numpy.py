"""A whole index build and every normalisation, beside the numpy way of doing the same.

Full build of 3,321 units x 100 indicators: denominate, impute by group mean, screen at 90% availability, winsorise, min-max,
weighted means over three levels, ranks. The numpy form works on whole matrices where numpy can and column by column where it
must (the treatment of outliers). Results are compared first; times are the best of several calls in one run, on one thread.

Usage: OPENBLAS_NUM_THREADS=1 python benchmarks/toolbox_against_numpy.py [calls]
"""

from __future__ import annotations

import sys
from typing import Any, Callable, Dict, List, Tuple

import numpy
import pandas
from numpy.typing import NDArray
from python_overhead import best_of
from scipy import stats

import thuocdo as td
from thuocdo import _core, kernels

Array = NDArray[numpy.float64]

UNITS, INDICATORS, PILLARS, GROUPS = 3_321, 100, 10, 34
AVAILABILITY, WINSORISED, SKEWNESS, KURTOSIS = 0.9, 5, 2.0, 3.5


def made_up() -> Tuple[Array, Array, NDArray[numpy.int64]]:
    """Values with gaps and far points, a size of each unit, and its group."""
    random = numpy.random.Generator(numpy.random.Philox(57))
    values = random.normal(50.0, 10.0, (UNITS, INDICATORS))
    values[:, ::4] = random.lognormal(3.0, 0.5, (UNITS, INDICATORS // 4))
    values[random.random(values.shape) < 0.04] = numpy.nan
    for column in range(1, INDICATORS, 4):
        values[random.integers(UNITS, size=3), column] = 5_000.0
    return values, random.uniform(1e3, 9e4, UNITS), random.integers(0, GROUPS, UNITS)


def numpy_moments(x: Array) -> Tuple[float, float]:
    """Sample-adjusted skewness and excess kurtosis."""
    n = len(x)
    d = x - x.mean()
    squares = d * d
    second = squares.sum()
    skewness = numpy.sqrt(n * (n - 1)) / (n - 2) * (squares * d).mean() / (second / n) ** 1.5
    ratio = n * (squares * squares).sum() / second**2
    return skewness, (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (ratio - 3) + 6)


def numpy_treated(column: Array) -> Array:
    """Winsorised value by value; else the logarithm of the column as it was."""
    seen = ~numpy.isnan(column)
    original = column[seen]
    x = original.copy()
    moved = 0
    skewness, kurtosis = numpy_moments(x)
    if abs(skewness) < SKEWNESS or kurtosis < KURTOSIS:
        return column
    first = skewness
    while moved < WINSORISED and not (abs(skewness) < SKEWNESS or kurtosis < KURTOSIS):
        end = x.max() if skewness >= 0 else x.min()
        at = x == end
        x[at] = x[~at].max() if skewness >= 0 else x[~at].min()
        moved = int((x != original).sum())
        skewness, kurtosis = numpy_moments(x)
    if not (abs(skewness) < SKEWNESS or kurtosis < KURTOSIS):
        margin = 0.01 * (original.max() - original.min())
        if first >= 0:
            x = numpy.log(original - original.min() + margin)
        else:
            x = -numpy.log(original.max() - original + margin)
    out = column.copy()
    out[seen] = x
    return out


def numpy_build(values: Array, size: Array, groups: NDArray[numpy.int64]) -> Array:
    """The whole build; the index of each unit, NaN where it is screened out."""
    x = values.copy()
    x[:, : INDICATORS // 2] /= (size / 1000.0)[:, None]
    missing = numpy.isnan(x)
    filled = numpy.where(missing, 0.0, x)
    members = groups[:, None] == numpy.arange(GROUPS)
    sums = members.T.astype(float) @ filled
    counts = members.T.astype(float) @ (~missing)
    x = numpy.where(missing, (sums / counts)[groups], x)
    kept = (~missing).mean(axis=1) >= AVAILABILITY
    x = x[kept]
    for column in range(INDICATORS):
        x[:, column] = numpy_treated(x[:, column])
    low, high = x.min(axis=0), x.max(axis=0)
    score = (x - low) / (high - low)
    weights = 1.0 + numpy.arange(INDICATORS) % 4
    pillars = (score * weights).reshape(len(x), PILLARS, -1).sum(axis=2) / weights.reshape(PILLARS, -1).sum(axis=1)
    parts = pillars.reshape(len(x), 2, -1).mean(axis=2)
    out = numpy.full(UNITS, numpy.nan)
    out[kept] = parts.mean(axis=1)
    return out


def model() -> td.IndexModel:
    """The same build as a model document."""
    codes = [f"i{k}" for k in range(INDICATORS)]

    def leaf(k: int) -> Dict[str, Any]:
        return {"code": codes[k], "weight": 1.0 + k % 4, "score": {"rule": "min_max"}}

    def pillar(k: int) -> Dict[str, Any]:
        wide = INDICATORS // PILLARS
        return {"code": f"p{k}", "children": [leaf(j) for j in range(k * wide, (k + 1) * wide)]}

    half = PILLARS // 2
    return td.load_model(
        {
            "thuocdo": 1,
            "id": "build",
            "version": "1",
            "name": "Full build",
            "defaults": {"missing": "renormalise"},
            "preparation": [
                {"step": "denominate", "denominators": [{"indicators": codes[: INDICATORS // 2], "by": "size", "scale": 1000}]},
                {"step": "impute", "method": "group_mean", "group": "group"},
                {"step": "screen", "minimum_availability": AVAILABILITY},
                {"step": "treat", "maximum_winsorised": WINSORISED, "maximum_skewness": SKEWNESS, "maximum_kurtosis": KURTOSIS},
            ],
            "root": {
                "code": "index",
                "children": [{"code": f"s{part}", "children": [pillar(part * half + k) for k in range(half)]} for part in range(2)],
            },
        }
    )


def time_build(calls: int) -> None:
    values, size, groups = made_up()
    definition = model()
    frame = pandas.DataFrame(values, columns=[f"i{k}" for k in range(INDICATORS)], index=pandas.Index([f"u{k:05d}" for k in range(UNITS)], name="unit"))
    frame["attribute:size"] = size
    frame["group:group"] = [f"g{k}" for k in groups]
    panel = td.Panel(frame, model=definition)

    def ours() -> Any:
        return _core.score(definition._core, panel._core, None, None, [], 1, None)

    board = ours()
    expected = numpy_build(values, size, groups)
    numpy.testing.assert_allclose(numpy.asarray(board.scores), expected, rtol=1e-10)
    treated = td.score(definition, panel).preparation["treated"].treated["outcome"].value_counts().to_dict()
    print(f"full build, {UNITS} x {INDICATORS}; treatment: {treated}, {int(numpy.isnan(expected).sum())} units screened out")
    inner, outer = best_of(calls, ours), best_of(calls, lambda: numpy_build(values, size, groups))
    print(f"{'':>24} {'thuocdo, ms':>12} {'numpy, ms':>10} {'numpy / thuocdo':>16}")
    print(f"{'full build':>24} {inner * 1e3:12.2f} {outer * 1e3:10.2f} {outer / inner:16.1f}")


def normalisations(x: Array) -> List[Tuple[str, Callable[[], Any], Callable[[], Any]]]:
    """Every normalisation: ours, and the numpy way."""
    steps, scores = numpy.array([5.0, 20.0, 40.0, 60.0]), numpy.array([0.1, 0.4, 0.7, 1.0])
    counts = numpy.floor(x)
    percentiles, classes = [25.0, 50.0, 75.0], numpy.array([0.0, 1.0, 2.0, 3.0])

    def ranks(a: Array) -> Array:
        return stats.rankdata(a, axis=0)

    def steps_numpy() -> Array:
        return scores[numpy.searchsorted(steps, x, side="right") - 1]

    def range_numpy() -> Array:
        return numpy.clip(numpy.minimum((x - 0.0) / 30.0, (120.0 - x) / 50.0), 0.0, 1.0)

    def classes_numpy() -> Array:
        cuts = numpy.percentile(x, percentiles, axis=0)
        return classes[(x[:, :, None] >= cuts.T[None]).sum(axis=2)]

    return [
        ("min_max", lambda: kernels.min_max(x), lambda: (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0))),
        ("z_score", lambda: kernels.z_score(x), lambda: (x - x.mean(axis=0)) / x.std(axis=0, ddof=1)),
        ("rank_score", lambda: kernels.rank_score(x), lambda: ranks(x)),
        ("borda", lambda: kernels.borda(x), lambda: ranks(x) - 1),
        ("percentile_rank", lambda: kernels.percentile_rank(x), lambda: (ranks(x) - 1) / (len(x) - 1)),
        ("distance_to_best", lambda: kernels.distance_to_best(x), lambda: 1 - (x.max(axis=0) - x) / (x.max(axis=0) - x.min(axis=0))),
        ("fraction_of_best", lambda: kernels.fraction_of_best(x), lambda: x / x.max(axis=0)),
        (
            "distance_to_reference",
            lambda: kernels.distance_to_reference(x, 55.0),
            lambda: 1 - (55.0 - x) / (55.0 - x.min(axis=0)),
        ),
        (
            "distance_to_target",
            lambda: kernels.distance_to_target(x, 70.0),
            lambda: numpy.minimum((x - x.min(axis=0)) / (70.0 - x.min(axis=0)), 1.0),
        ),
        ("goalposts", lambda: kernels.goalposts(x, 10.0, 80.0), lambda: numpy.clip((x - 10.0) / 70.0, 0.0, 1.0)),
        (
            "log_goalposts",
            lambda: kernels.log_goalposts(x, 10.0, 80.0),
            lambda: numpy.clip((numpy.log(x) - numpy.log(10.0)) / (numpy.log(80.0) - numpy.log(10.0)), 0.0, 1.0),
        ),
        ("ratio_to_target", lambda: kernels.ratio_to_target(x, 60.0), lambda: numpy.minimum(x / 60.0, 1.0)),
        ("step_table", lambda: kernels.step_table(x, steps.tolist(), scores.tolist()), steps_numpy),
        ("target_range", lambda: kernels.target_range(x, 0.0, 30.0, 70.0, 120.0), range_numpy),
        (
            "penalty_per_occurrence",
            lambda: kernels.penalty_per_occurrence(counts, 0.01),
            lambda: numpy.maximum(0.0, 1.0 - 0.01 * counts),
        ),
        ("rank_target", lambda: kernels.rank_target(counts, 30.0, 90.0), lambda: numpy.clip((90.0 - counts) / 60.0, 0.0, 1.0)),
        (
            "growth_to_target",
            lambda: kernels.growth_to_target(x, x[::-1], 0.5),
            lambda: numpy.minimum((x / x[::-1] - 1) / 0.5, 1.0),
        ),
        ("logistic", lambda: kernels.logistic(x, 50.0, 0.1), lambda: 1 / (1 + numpy.exp(-0.1 * (x - 50.0)))),
        (
            "above_below_mean",
            lambda: kernels.above_below_mean(x, band=0.1),
            lambda: (x > 1.1 * x.mean(axis=0)).astype(float) - (x < 0.9 * x.mean(axis=0)),
        ),
        ("categorical_scale", lambda: kernels.categorical_scale(x, percentiles, classes.tolist()), classes_numpy),
    ]


def time_normalisations(calls: int) -> None:
    random = numpy.random.Generator(numpy.random.Philox(3))
    x = numpy.asfortranarray(numpy.clip(random.normal(50.0, 10.0, (UNITS, INDICATORS)), 5.5, 110.0))
    print(f"\nnormalisations of {UNITS} x {INDICATORS}")
    print(f"{'':>24} {'thuocdo, ms':>12} {'numpy, ms':>10} {'numpy / thuocdo':>16}")
    for name, ours, theirs in normalisations(x):
        numpy.testing.assert_allclose(ours(), theirs(), rtol=1e-9, atol=1e-9, err_msg=name)
        inner, outer = best_of(calls, ours), best_of(calls, theirs)
        print(f"{name:>24} {inner * 1e3:12.3f} {outer * 1e3:10.3f} {outer / inner:16.1f}")


def main() -> None:
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    time_build(calls)
    time_normalisations(calls)


if __name__ == "__main__":
    main()
