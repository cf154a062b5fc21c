"""Kernels as numpy functions, against the formulas written out in numpy and the examples of the handbook."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

import numpy
import pytest

from thuocdo import NumericError, kernels

NAN = math.nan


def column(seed: int, size: int = 200) -> numpy.ndarray:
    values = numpy.random.default_rng(seed).uniform(0.5, 99.5, size).round(3)
    values[::17] = NAN
    return values


def close(found: numpy.ndarray, expected: numpy.ndarray) -> bool:
    return bool(numpy.allclose(found, expected, rtol=1e-12, atol=1e-12, equal_nan=True))


def test_normalisation_by_its_formula(seed: int) -> None:
    x = column(seed)
    low, high, mean = numpy.nanmin(x), numpy.nanmax(x), numpy.nanmean(x)
    deviation = numpy.nanstd(x, ddof=1)
    cases = [
        (kernels.goalposts(x, 10, 60), numpy.clip((x - 10) / 50, 0, 1)),
        (kernels.goalposts(x, 10, 60, lower_is_better=True, clip=False), (60 - x) / 50),
        (kernels.log_goalposts(x, 1, 80), numpy.clip(numpy.log(x) / math.log(80), 0, 1)),
        (kernels.ratio_to_target(x, 50), numpy.minimum(1, x / 50)),
        (kernels.ratio_to_target(x, 50, lower_is_better=True, capped=False), 50 / x),
        (kernels.min_max(x), (x - low) / (high - low)),
        (kernels.min_max(x, lower_is_better=True), (high - x) / (high - low)),
        (kernels.min_max(x, minimum=0, maximum=200), x / 200),
        (kernels.z_score(x), (x - mean) / deviation),
        (kernels.z_score(x, mean=100, deviation=10, lower_is_better=True), 100 + 10 * (mean - x) / deviation),
        (kernels.distance_to_best(x), 1 - (high - x) / (high - low)),
        (kernels.distance_to_reference(x, 50), 1 - (50 - x) / (50 - low)),
        (kernels.distance_to_target(x, 50), numpy.minimum(1, (x - low) / (50 - low))),
        (kernels.fraction_of_best(x), x / high),
        (kernels.fraction_of_best(x, lower_is_better=True), low / x),
        (kernels.step_table(x, [0, 20, 50], [0, 0.5, 1]), numpy.where(numpy.isnan(x), NAN, numpy.select([x < 20, x < 50], [0, 0.5], 1))),
        (kernels.step_table(x, [0, 100], [0, 1], interpolate=True), x / 100),
        (kernels.penalty_per_occurrence(numpy.floor(x), 0.02), numpy.maximum(0, 1 - 0.02 * numpy.floor(x))),
        (kernels.target_range(x, 0, 20, 60, 100), numpy.clip(numpy.where(x < 20, x / 20, numpy.where(x > 60, (100 - x) / 40, numpy.where(x == x, 1, NAN))), 0, 1)),
        (kernels.rank_target(numpy.array([1.0, 30, 75, 120]), 30, 120), numpy.array([1, 1, 0.5, 0])),
        (kernels.growth_to_target(x, x / 1.02, 0.05), numpy.where(numpy.isnan(x), NAN, 0.4)),
        (kernels.logistic(x, 50, 0.1), 1 / (1 + numpy.exp(-0.1 * (x - 50)))),
        (kernels.above_below_mean(x, band=0.2), numpy.where(numpy.isnan(x), NAN, numpy.select([x / mean > 1.2, x / mean < 0.8], [1, -1], 0))),
    ]  # fmt: skip
    for number, (found, expected) in enumerate(cases):
        assert numpy.allclose(found, expected, rtol=1e-9, atol=1e-9, equal_nan=True), number


def test_ranks_of_columns_and_small_tables() -> None:
    x = numpy.array([3.0, 1.0, 3.0, NAN, 7.0])
    assert close(kernels.rank_score(x), numpy.array([2.5, 1, 2.5, NAN, 4]))
    assert close(kernels.borda(x, ties="lowest"), numpy.array([1, 0, 1, NAN, 3]))
    assert close(kernels.percentile_rank(x), numpy.array([0.5, 0, 0.5, NAN, 1]))
    assert close(kernels.level_table([0, 2, NAN], [0, 1, 2], [0, 0.4, 1]), numpy.array([0, 1, NAN]))
    assert close(kernels.checklist([0, 3, 4], 4), numpy.array([0, 0.75, 1]))
    assert close(kernels.yes_no([0, 1, NAN]), numpy.array([0, 1, NAN]))
    classes = kernels.categorical_scale(numpy.arange(1.0, 101.0), [25, 50, 75], [0, 1, 2, 3])
    assert [int((classes == score).sum()) for score in range(4)] == [25, 25, 25, 25]
    assert close(kernels.ranks([90, 80, 90, NAN]), numpy.array([1, 3, 1, NAN]))
    assert close(kernels.ranks([90, 80, 90], ties="dense", order="ascending"), numpy.array([2, 1, 2]))
    assert close(kernels.ranks([1, 1], ties="ordinal", tie_breakers=[([5, 9], "descending")]), numpy.array([2, 1]))
    assert close(kernels.ranks([1, 2, 3, 4], groups=[0, 0, 1, -1]), numpy.array([2, 1, 1, NAN]))
    assert kernels.argsort([2.0, NAN, 1.0]).tolist() == [2, 0, 1]


def test_aggregation_by_its_formula(seed: int) -> None:
    x = numpy.random.default_rng(seed).uniform(0.1, 1.0, (50, 4))
    w = numpy.array([1.0, 2.0, 3.0, 4.0])
    mean = x.mean(axis=1)
    cases = [
        (kernels.arithmetic(x, weights=w), (x * w).sum(axis=1) / 10),
        (kernels.geometric(x, weights=w), numpy.exp((numpy.log(x) * w).sum(axis=1) / 10)),
        (kernels.harmonic(x, weights=w), 10 / (w / x).sum(axis=1)),
        (kernels.power_mean(x, 2), numpy.sqrt((x**2).mean(axis=1))),
        (kernels.minimum(x), x.min(axis=1)),
        (kernels.maximum(x), x.max(axis=1)),
        (kernels.median(x), numpy.median(x, axis=1)),
        (kernels.ordered_weighted_average(x, [0, 0, 0, 1]), x.min(axis=1)),
        (kernels.mean_min(x), x.min(axis=1)),
        (kernels.mean_min(x, alpha=0.0), mean),
        (kernels.mazziotta_pareto(x), mean - x.var(axis=1) / mean),
        (kernels.mazziotta_pareto(x, negative_penalty=False, sample_deviation=True), mean + x.var(axis=1, ddof=1) / mean),
        (kernels.sum_of_points(x, [1, 1, 1, 1]), x.sum(axis=1)),
    ]
    for number, (found, expected) in enumerate(cases):
        assert numpy.allclose(found, expected, rtol=1e-12), number
    assert close(kernels.arithmetic([[1, NAN], [NAN, NAN]]), numpy.array([1, NAN]))


def test_any_layout_gives_the_same_bits(seed: int) -> None:
    x = numpy.random.default_rng(seed).normal(size=(40, 6))
    for layout in (numpy.asfortranarray(x), numpy.repeat(x, 2, axis=0)[::2], x[:, ::-1][:, ::-1], x.tolist()):
        assert (kernels.min_max(layout) == kernels.min_max(x)).all()
        assert (kernels.arithmetic(layout) == kernels.arithmetic(x)).all()
    assert (kernels.min_max(x)[:, 2] == kernels.min_max(x[:, 2])).all()
    assert kernels.min_max(x).shape == x.shape and kernels.min_max(numpy.empty(0)).shape == (0,)


def test_rounding_is_that_of_the_printed_number(seed: int) -> None:
    x = numpy.random.default_rng(seed).uniform(-1000, 1000, 2000).round(4)
    expected = [float(Decimal(repr(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)) for value in x.tolist()]
    assert kernels.round_decimal(x, 2).tolist() == expected
    assert kernels.round_decimal([2.675, 1.005, 0.125], 2).tolist() == [2.68, 1.01, 0.13]
    assert kernels.round_decimal([0.125, 0.375], 2, mode="half_even").tolist() == [0.12, 0.38]
    assert kernels.round_decimal(x.reshape(40, 50), 1).shape == (40, 50)


def test_statistics_are_exact_in_any_order(seed: int) -> None:
    x = numpy.random.default_rng(seed).normal(scale=1e12, size=999)
    assert kernels.exact_sum(x) == kernels.exact_sum(x[::-1]) == math.fsum(x)
    assert kernels.exact_sum([1e308, 1e308, -1e308]) == 1e308
    assert kernels.weighted_mean([1, 2, NAN], [1, 3, 5]) == 1.75
    assert kernels.quantile(x, 0.3) == pytest.approx(numpy.quantile(x, 0.3), rel=1e-12)
    assert kernels.normal_quantile(0.975) == pytest.approx(1.959963984540054, rel=1e-14)
    found = kernels.column_statistics([1.0, 2.0, 4.0, NAN])
    assert (found["observed"], found["minimum"], found["maximum"], found["mean"]) == (3, 1.0, 4.0, 7 / 3)


def test_refused_cells_are_named_or_become_nan() -> None:
    with pytest.raises(NumericError) as caught:
        kernels.log_goalposts([[10.0, -1.0], [0.0, 5.0]], 1, 100)
    assert [problem.place for problem in caught.value.problems] == ["row 1, column 0", "row 0, column 1"]
    assert close(kernels.log_goalposts([100.0, -1.0], 1, 100, refused="nan"), numpy.array([1, NAN]))
    assert numpy.isnan(kernels.min_max([2.0, 2.0], refused="nan")).all()
    for call in (
        lambda: kernels.min_max([2.0, 2.0]),
        lambda: kernels.goalposts([1.0], 5, 5),
        lambda: kernels.geometric([[1.0, -1.0]]),
        lambda: kernels.arithmetic([[1.0, 2.0]], weights=[1.0]),
        lambda: kernels.arithmetic([1.0, 2.0]),
        lambda: kernels.min_max(numpy.ones((2, 2, 2))),
        lambda: kernels.ranks([1.0], ties="none"),
        lambda: kernels.ranks([1.0], order="up"),
        lambda: kernels.rank_score([1.0], ties="none"),
        lambda: kernels.round_decimal([1.0], 2, mode="down"),
        lambda: kernels.growth_to_target([1.0, 2.0], [1.0], 0.1),
    ):
        with pytest.raises(NumericError):
            call()
    with pytest.raises(ValueError, match="refused"):
        kernels.min_max([1.0, 2.0], refused="ignore")


def test_every_kernel_is_documented() -> None:
    for name in kernels.__all__:
        assert getattr(kernels, name).__doc__, name


def test_statistics_of_peers_take_the_place_of_those_of_the_column() -> None:
    peers = numpy.array([1.0, 4.0, 9.0, 2.0])
    x = numpy.array([3.0, 12.0])
    ends = {"minimum": peers.min(), "maximum": peers.max()}
    spread = peers.std(ddof=1)
    assert kernels.min_max(x, **ends) == pytest.approx((x - 1) / 8)
    assert kernels.distance_to_best(x, **ends) == pytest.approx(1 - (9 - x) / 8)
    assert kernels.distance_to_target(x, 11, **ends, capped=False) == pytest.approx((x - 1) / 10)
    assert kernels.fraction_of_best(x, **ends) == pytest.approx(x / 9)
    assert kernels.z_score(x, average=peers.mean(), spread=spread) == pytest.approx((x - 4) / spread)
    with pytest.raises(NumericError, match="deviation"):
        kernels.z_score(x, average=4.0, spread=-1.0)
