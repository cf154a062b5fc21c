"""Preparation and comparisons against numpy and plain Python."""

from __future__ import annotations

import math

import numpy
import pytest

import thuocdo as td

kernels = td.kernels
prepare = td.kernels.prepare
GAP = numpy.nan


def shape_of(x):
    n = len(x)
    d = x - math.fsum(x) / n
    m2, m3, m4 = (math.fsum(d**p) / n for p in (2, 3, 4))
    skew = math.sqrt(n * (n - 1)) / (n - 2) * m3 / m2**1.5
    return skew, (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (m4 / m2**2 - 3) + 6)


def test_moments_are_the_sample_adjusted_ones():
    x = numpy.random.default_rng(1).gamma(0.5, size=500)
    expected = shape_of(x)
    x = numpy.append(x, GAP)
    assert kernels.skewness(x) == pytest.approx(expected[0], rel=1e-12)
    assert kernels.excess_kurtosis(x) == pytest.approx(expected[1], rel=1e-12)


def test_denominate_lists_zero_denominators():
    found = prepare.denominate([50, 3, GAP], [200000, 0, 0], scale=100000)
    numpy.testing.assert_array_equal(found.values, [25, GAP, GAP])
    assert found.zero_denominator.tolist() == [1]


def test_screening_counts_as_numpy():
    x = numpy.array([[1, 0, GAP], [0, 0, 5], [GAP, GAP, GAP]])
    found = prepare.screen(x, availability=0.5, nonzero=0.5)
    numpy.testing.assert_allclose(found.availability, (~numpy.isnan(x)).mean(axis=1), rtol=1e-12)
    numpy.testing.assert_allclose(found.nonzero_share, [0.5, 1 / 3, GAP], rtol=1e-12)
    assert found.flagged_by_availability.tolist() == [2]
    assert found.flagged_by_zeros.tolist() == [1]


def test_imputation_by_column_and_group_as_numpy():
    random = numpy.random.default_rng(2)
    x = random.normal(size=400)
    x[random.random(400) < 0.2] = GAP
    groups = random.integers(-1, 5, 400)
    gaps = numpy.isnan(x)
    for name, statistic in (("mean", numpy.nanmean), ("median", numpy.nanmedian)):
        found = getattr(prepare, f"impute_{name}")(x)
        numpy.testing.assert_allclose(found.values, numpy.where(gaps, statistic(x), x), rtol=1e-12)
        assert found.imputed.tolist() == numpy.flatnonzero(gaps).tolist()
        grouped = getattr(prepare, f"impute_group_{name}")(x, groups)
        for group in range(5):
            rows = gaps & (groups == group)
            numpy.testing.assert_allclose(grouped.values[rows], statistic(x[groups == group]), rtol=1e-12)
        assert grouped.unresolved.tolist() == numpy.flatnonzero(gaps & (groups == -1)).tolist()
    with pytest.raises(TypeError):
        prepare.impute_group_mean(x, groups.astype(float))


def test_linear_interpolation_as_numpy_inside_the_observed_periods():
    years = numpy.array([2010.0, 2012.0, 2013.0, 2017.0, 2018.0])
    x = numpy.array([[1.0, GAP, GAP, 8.0, 9.0]])
    found = prepare.interpolate_linear(x, years)
    seen = ~numpy.isnan(x[0])
    numpy.testing.assert_allclose(found.values[0], numpy.interp(years, years[seen], x[0, seen]), rtol=1e-12)
    assert found.imputed.tolist() == [[0, 1], [0, 2]]
    carried = prepare.carry_forward(x, longest_gap=1)
    numpy.testing.assert_array_equal(carried.values, [[1, 1, GAP, 8, 9]])


def test_outliers_are_winsorised_or_left_alone_as_asked():
    x = numpy.append(numpy.arange(1.0, 31.0), 1e4)
    found = prepare.treat_outliers(x)
    assert found.outcome == "winsorised"
    assert found.values[-1] == 30
    assert found.changed["row"].tolist() == [30]
    untouched = prepare.treat_outliers(x, max_winsorised=0, transform="none")
    assert untouched.outcome == "still_fails"
    numpy.testing.assert_array_equal(untouched.values, x)


def test_copeland_as_counted_pair_by_pair():
    random = numpy.random.default_rng(3)
    x = random.integers(0, 6, (90, 7)).astype(float)
    x[random.random(x.shape) < 0.2] = GAP
    weights = random.integers(1, 20, 7) / 100
    whole = numpy.rint(weights * 100)
    signs = numpy.nan_to_num(numpy.sign(x[:, None, :] - x[None, :, :]))
    expected = numpy.sign(signs @ whole).sum(axis=1)
    expected[numpy.isnan(x).all(axis=1)] = GAP
    numpy.testing.assert_array_equal(kernels.copeland(x, weights=weights), expected)
    with pytest.raises(td.Cancelled):
        kernels.copeland(x, progress=lambda share: False)


def test_taxonomic_distance_and_gini_penalty_as_numpy():
    x = numpy.random.default_rng(4).random((50, 6))
    c = numpy.sqrt(((x - x.max(axis=0)) ** 2).sum(axis=1))
    expected = c / (c.mean() + 2 * c.std())
    numpy.testing.assert_allclose(kernels.wroclaw(x), expected, rtol=1e-12)
    numpy.testing.assert_allclose(kernels.hellwig(x), 1 - expected, rtol=1e-12, atol=1e-14)
    penalty = numpy.abs(x[:, :, None] - x[:, None, :]).mean(axis=(1, 2)) / 2
    numpy.testing.assert_allclose(kernels.gini_penalised_mean(x), x.mean(axis=1) - penalty, rtol=1e-12)
