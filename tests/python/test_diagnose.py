"""Looking at the data, against scipy and numpy computed independently."""

from __future__ import annotations

import math
from typing import Any, Callable

import numpy
import pytest
import scipy.stats

from thuocdo import NumericError
from thuocdo.kernels import diagnose

NAN = math.nan


def sample(seed: int, rows: int = 157, columns: int = 6, *, levels: int = 0, missing: float = 0.0) -> numpy.ndarray:
    random = numpy.random.default_rng(seed)
    x = random.normal(size=(rows, columns)) + 0.7 * random.normal(size=(rows, 1))
    if levels:
        x = numpy.round(x * levels)
    x[random.random(x.shape) < missing] = NAN
    return x


def close(found: Any, expected: Any, tolerance: float = 1e-12) -> bool:
    return bool(numpy.allclose(found, expected, rtol=tolerance, atol=1e-15, equal_nan=True))


CORRELATIONS = [
    (diagnose.pearson_table, diagnose.pearson_matrix, diagnose.pearson, scipy.stats.pearsonr),
    (diagnose.spearman_table, diagnose.spearman_matrix, diagnose.spearman, scipy.stats.spearmanr),
    (
        diagnose.kendall_table,
        diagnose.kendall_matrix,
        diagnose.kendall_tau_b,
        lambda a, b: scipy.stats.kendalltau(a, b, method="asymptotic"),
    ),
]


@pytest.mark.parametrize("levels", [0, 2])
@pytest.mark.parametrize("missing", [0.0, 0.15])
@pytest.mark.parametrize("table, matrix, single, scipys", CORRELATIONS)
def test_correlations_and_p_values_are_those_of_scipy(
    seed: int,
    levels: int,
    missing: float,
    table: Callable[..., Any],
    matrix: Callable[..., Any],
    single: Callable[..., Any],
    scipys: Callable[..., Any],
) -> None:
    x = sample(seed, levels=levels, missing=missing)
    found = table(x)
    assert numpy.array_equal(found.coefficients, matrix(x))
    for a in range(x.shape[1]):
        for b in range(x.shape[1]):
            joint = ~numpy.isnan(x[:, a]) & ~numpy.isnan(x[:, b])
            assert found.pairs[a, b] == joint.sum()
            assert single(x[:, a], x[:, b]) == found.coefficients[a, b]
            if a == b:
                assert found.coefficients[a, b] == 1.0
                continue
            expected = scipys(x[joint, a], x[joint, b])
            assert close(found.coefficients[a, b], expected.statistic)
            assert close(found.p_values[a, b], expected.pvalue, 1e-11)


def test_far_tails_of_p_values() -> None:
    x = numpy.arange(500.0)
    y = x + numpy.random.default_rng(4).normal(scale=20.0, size=500)
    found = diagnose.pearson_table(numpy.column_stack([x, y]))
    assert found.p_values[0, 1] < 1e-200
    # The tail of Student's t written with the regularised beta function of scipy.
    r = found.coefficients[0, 1]
    assert close(found.p_values[0, 1], scipy.special.betainc(249.0, 0.5, (1 - r) * (1 + r)), 1e-10)


def test_tau_a_counts_every_pair() -> None:
    a, b = [1, 2, 2, 4], [1, 3, 2, 2]
    assert diagnose.kendall_tau_a(a, b) == pytest.approx(2 / 6)
    assert diagnose.kendall_tau_a(a, a) == pytest.approx(5 / 6)
    assert diagnose.kendall_tau_b(a, a) == 1.0


def test_covariances_are_those_of_numpy(seed: int) -> None:
    x = sample(seed) * 1e3 + 50.0
    assert close(diagnose.covariance_matrix(x), numpy.cov(x, rowvar=False))
    holes = sample(seed, missing=0.2)
    found = diagnose.covariance_matrix(holes)
    joint = ~numpy.isnan(holes[:, 0]) & ~numpy.isnan(holes[:, 3])
    assert close(found[0, 3], numpy.cov(holes[joint, 0], holes[joint, 3])[0, 1])


def test_statistics_of_indicators(seed: int) -> None:
    x = numpy.round(numpy.exp(sample(seed, missing=0.1)), 1)
    found = diagnose.indicator_statistics(x)
    for j in range(x.shape[1]):
        column = x[~numpy.isnan(x[:, j]), j]
        values, counts = numpy.unique(column, return_counts=True)
        assert found["observed"][j] == column.size
        assert found["missing"][j] == x.shape[0] - column.size
        assert found["zeros"][j] == (column == 0).sum()
        assert found["distinct"][j] == values.size
        assert found["most_frequent_value"][j] == values[counts.argmax()]
        assert close(found["most_frequent_share"][j], counts.max() / column.size)
        assert close(found["mean"][j], column.mean())
        assert close(found["median"][j], numpy.median(column))
        assert close(found["standard_deviation"][j], column.std(ddof=1))
        assert close(found["skewness"][j], scipy.stats.skew(column, bias=False))
        assert close(found["excess_kurtosis"][j], scipy.stats.kurtosis(column, bias=False))
    assert found["low_availability"].dtype == bool
    heavy = (numpy.abs(found["skewness"]) >= 2) & (found["excess_kurtosis"] >= 3.5)
    assert numpy.array_equal(found["heavy_tails"], heavy)
    assert diagnose.indicator_statistics(x, availability=1.0)["low_availability"].all()


def test_availability_by_groups(seed: int) -> None:
    x = sample(seed, missing=0.3)
    there = ~numpy.isnan(x)
    pillars = [0, 0, 1, 1, 1, -1]
    regions = [i % 4 for i in range(x.shape[0])]
    found = diagnose.availability(x, indicator_groups=pillars, unit_groups=regions)
    assert close(found.overall, there.mean())
    assert close(found.of_unit, there.mean(axis=1))
    assert close(found.of_indicator, there.mean(axis=0))
    assert close(found.of_unit_in_group[:, 1], there[:, 2:5].mean(axis=1))
    assert close(found.of_indicator_in_group[3], there[3::4].mean(axis=0))
    assert diagnose.availability(x).of_unit_in_group.shape == (x.shape[0], 0)


def test_alpha_by_the_variances(seed: int) -> None:
    x = sample(seed, missing=0.05)
    rows = x[~numpy.isnan(x).any(axis=1)]
    found = diagnose.cronbach_alpha(x)
    k = x.shape[1]
    expected = k / (k - 1) * (1 - rows.var(axis=0, ddof=1).sum() / rows.sum(axis=1).var(ddof=1))
    assert close(found.alpha, expected)
    assert found.rows == rows.shape[0]
    assert close(found.alpha_without[2], diagnose.cronbach_alpha(numpy.delete(rows, 2, axis=1)).alpha)
    assert diagnose.cronbach_alpha(x, rows="pairwise").rows > found.rows


def test_principal_components_are_those_of_numpy(seed: int) -> None:
    x = sample(seed)
    found = diagnose.principal_component_analysis(x, with_scores=True)
    r = numpy.corrcoef(x, rowvar=False)
    values = numpy.linalg.eigvalsh(r)[::-1]
    assert close(found.correlations, r)
    assert close(found.eigenvalues, values)
    assert close(found.explained_variance, values / x.shape[1])
    assert found.eigenvalues_above_one == (values > 1).sum()
    assert close(found.loadings @ found.loadings.T, r)
    assert (found.eigenvectors[numpy.abs(found.eigenvectors).argmax(axis=0), range(x.shape[1])] > 0).all()
    z = (x - x.mean(axis=0)) / x.std(axis=0, ddof=1)
    assert found.scores is not None
    assert numpy.allclose(found.scores, z @ found.eigenvectors, rtol=0, atol=1e-12)
    assert diagnose.principal_component_analysis(x).scores is None


def test_trends_are_those_of_scipy(seed: int) -> None:
    random = numpy.random.default_rng(seed)
    times = numpy.array([2015.0, 2016.0, 2018.0, 2019.5, 2020.0, 2021.0, 2024.0])
    x = 50.0 + random.normal(size=(20, times.size)).cumsum(axis=1)
    x[random.random(x.shape) < 0.2] = NAN
    found = diagnose.linear_trend(x, times)
    growth = diagnose.compound_growth_rate(x, times)
    for i in range(x.shape[0]):
        there = ~numpy.isnan(x[i])
        assert found.observed[i] == there.sum()
        if there.sum() < 3:
            continue
        expected = scipy.stats.linregress(times[there] - 2015.0, x[i, there])
        assert close(found.slope[i], expected.slope, 1e-11)
        assert close(found.intercept[i], expected.intercept - expected.slope * 2015.0, 1e-11)
        assert close(found.standard_error[i], expected.stderr, 1e-11)
        assert close(found.correlation[i], expected.rvalue, 1e-11)
        assert close(found.p_value[i], expected.pvalue, 1e-10)
        values, when = x[i, there], times[there]
        assert close(growth.rate[i], (values[-1] / values[0]) ** (1 / (when[-1] - when[0])) - 1, 1e-11)
        assert growth.first_time[i] == when[0]
    assert growth.refused.size == 0
    assert list(diagnose.compound_growth_rate([[-1.0, 2.0]]).refused) == [0]
    assert close(diagnose.linear_trend([[1.0, 3.0, 5.0]]).slope, [2.0])


def test_importance_by_its_formulas(seed: int) -> None:
    y = sample(seed, rows=400, columns=3)
    weights = numpy.array([0.5, 0.3, 0.2])
    index = y @ weights
    found = diagnose.importance(y, weights * 10, index)
    sigma = numpy.cov(y, rowvar=False)
    assert close(found.intended_weight, weights)
    assert close(found.variance_share, weights * (sigma @ weights) / (weights @ sigma @ weights))
    assert close(found.squared_correlation, [numpy.corrcoef(y[:, j], index)[0, 1] ** 2 for j in range(3)])
    assert found.groups == 7
    order = numpy.argsort(y[:, 1], kind="stable")
    bounds = [g * 400 // 7 for g in range(8)]
    residuals = 0.0
    for start, end in zip(bounds, bounds[1:]):
        rows = order[start:end]
        residuals += numpy.polyfit(y[rows, 1], index[rows], 1, full=True)[1][0]
    expected = 1 - (residuals / (400 - 14)) / index.var(ddof=1)
    assert close(found.correlation_ratio[1], expected, 1e-11)
    assert found.correlation_ratio[1] == diagnose.correlation_ratio(y[:, 1], index)
    assert close(found.relative_importance.sum(), 1.0)


def test_findings_name_columns_and_reason(seed: int) -> None:
    random = numpy.random.default_rng(seed)
    x = random.normal(size=(300, 3))
    x[:, 1] = x[:, 0] + 0.1 * x[:, 1]
    x[:, 2] = 0.8 * x[:, 2] - x[:, 0]
    found = diagnose.correlation_findings(x, x[:, 0])
    assert found["kind"] == ["redundant_pair", "negative_pair", "negative_pair", "negative_with_parent"]
    assert list(found["first"]) == [0, 0, 1, 2]
    assert list(found["second"]) == [1, 2, 2, -1]
    assert close(found["coefficient"][1], numpy.corrcoef(x[:, 0], x[:, 2])[0, 1])
    assert len(diagnose.correlation_findings(x, method="spearman", redundant=1.0)["kind"]) == 2
    size = diagnose.correlation_with_denominators(x, x[:, :1])
    assert list(size.findings["first"]) == [0, 1, 2]
    assert close(size.coefficients[2, 0], numpy.corrcoef(x[:, 0], x[:, 2])[0, 1])


def test_bad_input_is_named() -> None:
    with pytest.raises(NumericError, match="row 1, column 0"):
        diagnose.pearson_matrix([[1.0], [math.inf]])
    with pytest.raises(NumericError, match="2 dimensions"):
        diagnose.kendall_table([1.0, 2.0])
    with pytest.raises(NumericError, match="pearson, spearman or kendall"):
        diagnose.correlation_findings([[1.0]], method="tau")
    with pytest.raises(NumericError, match="complete or pairwise"):
        diagnose.cronbach_alpha([[1.0]], rows="all")
    with pytest.raises(NumericError, match=r"times\[1\]"):
        diagnose.linear_trend([[1.0, 2.0]], [3.0, 3.0])


def test_results_cannot_be_changed_by_accident(seed: int) -> None:
    found = diagnose.pearson_table(sample(seed))
    with pytest.raises(ValueError):
        found.coefficients[0, 0] = 2.0
    with pytest.raises(ValueError):
        found.pairs[0, 0] = 2
