"""Sobol points, gamma quantiles and sensitivity indices against scipy, analytic values and what peers get wrong."""

from __future__ import annotations

import math
from typing import List

import numpy
import pytest
from scipy import stats

from thuocdo import Cancelled, NumericError
from thuocdo.kernels import gamma_quantile, sensitivity, weigh


def ishigami(points: numpy.ndarray) -> numpy.ndarray:
    x, y, z = numpy.pi * (2 * points.T - 1)
    return numpy.sin(x) + 7 * numpy.sin(y) ** 2 + 0.1 * z**4 * numpy.sin(x)


def test_sobol_points_are_those_of_scipy() -> None:
    found = sensitivity.sobol_points(512, 1024, scramble=False)
    expected = stats.qmc.Sobol(1024, scramble=False, bits=32).random(512)
    assert numpy.array_equal(found - 2.0**-33, expected)
    later = stats.qmc.Sobol(3, scramble=False, bits=32).fast_forward(100_000).random(7)
    assert numpy.array_equal(sensitivity.sobol_points(7, 3, first=100_000, scramble=False) - 2.0**-33, later)


def test_scrambled_points_are_even_and_depend_on_the_seed(seed: int) -> None:
    found = sensitivity.sobol_points(256, 40, seed=seed)
    assert numpy.array_equal(numpy.sort(numpy.floor(256 * found), axis=0), numpy.tile(numpy.arange(256.0), (40, 1)).T)
    assert numpy.array_equal(found[100:], sensitivity.sobol_points(156, 40, seed=seed, first=100))
    assert numpy.mean(sensitivity.sobol_points(256, 40, seed=seed + 1) == found) < 0.001
    # As even as the scrambling of scipy, by the centred discrepancy; random points have about 20 times as much.
    ours = numpy.mean([stats.qmc.discrepancy(sensitivity.sobol_points(256, 4, seed=seed + k)) for k in range(10)])
    peer = numpy.mean([stats.qmc.discrepancy(stats.qmc.Sobol(4, rng=k).random(256)) for k in range(10)])
    assert 0.6 * peer < ours < 1.6 * peer


def test_gamma_quantiles_are_those_of_scipy(seed: int) -> None:
    random = numpy.random.default_rng(seed)
    shapes = 10 ** random.uniform(-2, 4, 3000)
    small = 10 ** random.uniform(-12, 0, 1000)
    p = numpy.concatenate([small, random.random(1000), 1 - small])
    expected = stats.gamma.ppf(p, shapes)
    normal = expected > 1e-300
    assert numpy.allclose(gamma_quantile(shapes, p)[normal], expected[normal], rtol=1e-12, atol=0)
    assert numpy.allclose(gamma_quantile(1.0, p), -numpy.log1p(-p), rtol=1e-15, atol=0)
    assert gamma_quantile(2.0, [[0.5, 0.0], [1.0, 2.0]]).shape == (2, 2)
    assert numpy.array_equal(gamma_quantile(2.0, [0.0, 1.0, 2.0]), [0.0, math.inf, math.nan], equal_nan=True)
    with pytest.raises(NumericError, match="shape_not_valid"):
        gamma_quantile([1.0, -1.0], 0.5)


def test_dirichlet_weights() -> None:
    draws = weigh.dirichlet([0.5, 2.0, 1.0], seed=57, draws=4000, stage=2)
    assert numpy.allclose(draws.sum(axis=1), 1.0, rtol=1e-15, atol=0)
    parts = [weigh.dirichlet([0.5, 2.0, 1.0], seed=57, draws=2000, first_draw=start, stage=2) for start in (0, 2000)]
    assert numpy.array_equal(draws, numpy.concatenate(parts))
    for j, a in enumerate([0.5, 2.0, 1.0]):
        assert stats.kstest(draws[:, j], stats.beta(a, 3.5 - a).cdf).pvalue > 1e-4
    u = sensitivity.sobol_points(64, 3, seed=1)
    gammas = stats.gamma.ppf(u, [0.5, 2.0, 1.0])
    assert numpy.allclose(
        weigh.dirichlet_at([0.5, 2.0, 1.0], u), gammas / gammas.sum(axis=1, keepdims=True), rtol=1e-12, atol=0
    )
    with pytest.raises(NumericError, match="parameter_not_valid"):
        weigh.dirichlet([1.0, 0.0], seed=1)
    with pytest.raises(NumericError, match="uniform_out_of_range"):
        weigh.dirichlet_at([1.0, 1.0], [[0.5, 1.0]])
    with pytest.raises(ValueError, match="draws"):
        weigh.dirichlet([1.0], seed=1, draws=-1)


def test_indices_by_scipy_on_the_same_outputs(seed: int) -> None:
    a, b, *ab = sensitivity.sobol_design(256, 3, seed=seed)
    for j, points in enumerate(ab):
        expected = a.copy()
        expected[:, j] = b[:, j]
        assert numpy.array_equal(points, expected)
    y_a, y_b, y_ab = ishigami(a), ishigami(b), numpy.stack([ishigami(points) for points in ab])
    found = sensitivity.sobol_indices(y_a, y_b, y_ab.T, resamples=100)
    # scipy takes the outputs as (outputs, rows) and (factors, outputs, rows); it too takes the mean off.
    peer = stats.sobol_indices(
        func={"f_A": y_a[None], "f_B": y_b[None], "f_AB": y_ab[:, None, :]}, n=256, method="saltelli_2010"
    )
    assert numpy.allclose(found.first_order, peer.first_order.ravel(), rtol=0, atol=1e-13)
    assert numpy.allclose(found.total, peer.total_order.ravel(), rtol=0, atol=1e-13)


def test_indices_of_ishigami() -> None:
    sizes: List[int] = []

    def function(points: numpy.ndarray) -> numpy.ndarray:
        sizes.append(len(points))
        return ishigami(points)

    found = sensitivity.sobol_indices_of(function, 3, samples=8192, seed=3, resamples=200)
    assert sizes == [4096] * 10
    assert numpy.allclose(found.first_order, [0.3139, 0.4424, 0.0], atol=0.01)
    assert numpy.allclose(found.total, [0.5576, 0.4424, 0.2437], atol=0.01)
    assert numpy.all(found.first_order_lower <= [0.3139, 0.4424, 0.0])
    assert numpy.all(found.first_order_upper >= [0.3139, 0.4424, 0.0])
    assert found.first_order_includes_zero == (False, False, True)
    assert found.total_includes_zero == (False, False, False)
    assert found.state == ("estimated",) * 3
    assert found.convergence_rows == (1024, 2048, 4096, 8192)
    assert numpy.array_equal(found.convergence_total[3], found.total)
    table = found.columns(["x", "y", "z"])
    assert table["factor"] == ["x", "y", "z"]
    assert all(len(column) == 3 for column in table.values())
    assert found.columns()["factor"][2] == "factor 3"
    with pytest.raises(ValueError, match="names"):
        found.columns(["x"])
    again = sensitivity.sobol_indices_of(ishigami, 3, samples=8192, seed=3, resamples=200)
    assert numpy.array_equal(again.total_upper, found.total_upper)


def test_a_failed_run_concerns_its_own_factor() -> None:
    random = numpy.random.default_rng(1)
    y_a, y_b, y_ab = random.random(50), random.random(50), random.random((50, 3))
    whole = sensitivity.sobol_indices(y_a, y_b, y_ab, resamples=50)
    y_ab[7, 1] = math.nan
    holed = sensitivity.sobol_indices(y_a, y_b, y_ab, resamples=50)
    assert holed.left_out == (0, 1, 0)
    assert holed.missing_outputs == 1
    for each in ("first_order", "total", "total_lower", "first_order_upper"):
        same = getattr(holed, each) == getattr(whole, each)
        assert list(same) == [True, False, True]
        assert numpy.isfinite(getattr(holed, each)).all()


def test_nothing_to_share_out_and_refusals() -> None:
    constant = sensitivity.sobol_indices_of(lambda points: numpy.full(len(points), 0.3), 2, samples=16)
    assert constant.state == ("no_variation", "no_variation")
    assert constant.reason_vi[0] == "các kết quả không thay đổi"
    assert numpy.isnan(constant.total).all()
    assert constant.mean == 0.3
    with pytest.raises(NumericError, match="size_mismatch"):
        sensitivity.sobol_indices_of(lambda points: 1.0, 2, samples=16)
    with pytest.raises(NumericError, match="size_mismatch"):
        sensitivity.sobol_indices_of(lambda points: points, 2, samples=16)
    with pytest.raises(NumericError, match="factors_out_of_range"):
        sensitivity.sobol_indices_of(ishigami, 513)
    with pytest.raises(NumericError, match="infinite_value"):
        sensitivity.sobol_indices([math.inf, 1.0], [1.0, 2.0], [[1.0], [2.0]])
    with pytest.raises(NumericError, match="dimensions_out_of_range"):
        sensitivity.sobol_points(4, 1025)
    with pytest.raises(ZeroDivisionError):
        sensitivity.sobol_indices_of(lambda points: 1 // 0, 2, samples=16)
    with pytest.raises(Cancelled):
        sensitivity.sobol_indices_of(ishigami, 3, samples=16, progress=lambda share: share < 0.5)
