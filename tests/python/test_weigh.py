"""Weighting schemes against numpy and scipy forms written out independently."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Tuple

import numpy
import pytest
from scipy.optimize import linprog, minimize

from thuocdo import NumericError
from thuocdo.kernels import weigh

PUBLISHED = Path(__file__).parents[1] / "data" / "weights" / "published.json"


def close(found: numpy.ndarray, expected: numpy.ndarray, tolerance: float = 1e-12) -> bool:
    return bool(numpy.allclose(found, expected, rtol=tolerance, atol=0))


def shares(values: numpy.ndarray) -> numpy.ndarray:
    return values / values.sum()


def case(seed: int, rows: int = 200, columns: int = 7) -> Tuple[numpy.ndarray, numpy.ndarray]:
    random = numpy.random.default_rng(seed)
    x = random.lognormal(1.0, 0.7, size=(rows, columns))
    return x, random.integers(0, 2, columns).astype(bool)


def min_max(x: numpy.ndarray, lower: numpy.ndarray) -> numpy.ndarray:
    low, high = x.min(axis=0), x.max(axis=0)
    return numpy.where(lower, (high - x) / (high - low), (x - low) / (high - low))


def test_spread_by_their_formulas(seed: int) -> None:
    x, lower = case(seed)
    n = len(x)
    assert close(weigh.standard_deviation(x).weights, shares(x.std(axis=0, ddof=1)))
    assert close(weigh.variance(x).weights, shares(min_max(x, lower).var(axis=0)))
    assert close(weigh.coefficient_of_variation(x).weights, shares(x.std(axis=0) / x.mean(axis=0)))
    differences = numpy.abs(x[:, None, :] - x[None, :, :]).sum(axis=(0, 1))
    assert close(weigh.gini_index(x).spread, differences / (2 * n * n * x.mean(axis=0)))
    p = x / x.sum(axis=0)
    angles = numpy.arccos((p / math.sqrt(n)).sum(axis=0) / numpy.linalg.norm(p, axis=0))
    assert close(weigh.angular(x).spread, angles)
    y = min_max(x, lower)
    lopcow = numpy.abs(100 * numpy.log(numpy.sqrt((y**2).mean(axis=0)) / y.std(axis=0, ddof=1)))
    assert close(weigh.lopcow(x, lower_is_better=list(lower)).spread, lopcow)


def test_entropy_by_its_formula(seed: int) -> None:
    x, _ = case(seed)
    p = x / x.sum(axis=0)
    entropy = -(p * numpy.log(p)).sum(axis=0) / math.log(len(x))
    found = weigh.entropy(x)
    assert close(found.entropy, entropy)
    assert close(found.weights, shares(1 - entropy))


def test_merec_by_its_formula(seed: int) -> None:
    x, lower = case(seed)
    logs = numpy.abs(numpy.log(numpy.where(lower, x / x.max(axis=0), x.min(axis=0) / x)))
    total = logs.sum(axis=1)
    performance = numpy.log(1 + total / x.shape[1])
    without = numpy.log(1 + (total[:, None] - logs) / x.shape[1])
    effects = numpy.abs(without - performance[:, None]).sum(axis=0)
    found = weigh.merec(x, lower_is_better=list(lower))
    assert close(found.performance, performance)
    assert close(found.removal_effect, effects)
    assert close(found.weights, shares(effects))


def test_critic_by_its_formula(seed: int) -> None:
    x, lower = case(seed)
    for ignore in (False, True):
        y = min_max(x, numpy.zeros_like(lower) if ignore else lower)
        correlation = numpy.corrcoef(y, rowvar=False)
        information = y.std(axis=0, ddof=1) * (1 - correlation).sum(axis=0)
        found = weigh.critic(x, lower_is_better=list(lower), ignore_directions=ignore)
        assert close(found.weights, shares(information))
        assert numpy.allclose(found.correlation, correlation, rtol=0, atol=1e-14)


def test_cilos_and_idocriw_by_the_null_space(seed: int) -> None:
    x, lower = case(seed, columns=5)
    a = numpy.where(lower, x.min(axis=0) / x, x)
    a = a / a.sum(axis=0)
    square = a[a.argmax(axis=0)]
    losses = (numpy.diag(square) - square) / numpy.diag(square)
    system = losses - numpy.diag(losses.sum(axis=0))
    _, values, right = numpy.linalg.svd(system)
    assert values[-2] > 1e-6
    expected = shares(right[-1])
    found = weigh.cilos(x, lower_is_better=list(lower))
    assert close(found.weights, expected, 1e-11)
    assert numpy.allclose(found.relative_loss, losses, rtol=1e-13, atol=1e-15)
    both = weigh.idocriw(x, lower_is_better=list(lower))
    assert close(both.weights, shares(expected * weigh.entropy(x).weights), 1e-11)
    assert close(both.cilos.weights, found.weights, 0.0)


def varimax(loadings: numpy.ndarray) -> numpy.ndarray:
    """The form with singular vectors, with Kaiser normalisation; the kernel turns pairs of factors."""
    lengths = numpy.linalg.norm(loadings, axis=1, keepdims=True)
    a = loadings / lengths
    rotation = numpy.eye(a.shape[1])
    for _ in range(5000):
        b = a @ rotation
        u, _, v = numpy.linalg.svd(a.T @ (b**3 - b * (b**2).mean(axis=0)))
        turned = u @ v
        done = numpy.abs(turned - rotation).max() < 1e-15
        rotation = turned
        if done:
            break
    return a @ rotation * lengths


def test_principal_components_by_numpy(seed: int) -> None:
    random = numpy.random.default_rng(seed)
    hidden = random.normal(size=(300, 2))
    pattern = numpy.array([[1, 1, 1, 0, 0, 0.3], [0, 0, 0.2, 1, 1, 0.8]])
    x = hidden @ pattern + 0.4 * random.normal(size=(300, 6))
    values, vectors = numpy.linalg.eigh(numpy.corrcoef(x, rowvar=False))
    values, vectors = values[::-1], vectors[:, ::-1]
    kept = int((values > 1).sum())
    assert kept == 2
    rotated = varimax(vectors[:, :kept] * numpy.sqrt(values[:kept]))
    squares = rotated**2
    squares = squares[:, numpy.argsort(-squares.sum(axis=0))]
    found = weigh.principal_components(x)
    assert found.factors == kept
    assert close(found.eigenvalues, values)
    assert numpy.allclose(found.rotated_loadings**2, squares, rtol=0, atol=1e-11)
    assert numpy.allclose(found.weights, shares(squares.max(axis=1)), rtol=1e-10)
    all_factors = weigh.principal_components(x, all_factors=True)
    assert numpy.allclose(all_factors.weights, shares(squares.sum(axis=1)), rtol=1e-12)
    assert found.factor_of == tuple(int(each) for each in squares.argmax(axis=1))


def test_correlation_optimised_against_a_general_optimiser(seed: int) -> None:
    random = numpy.random.default_rng(seed)
    x = random.normal(size=(150, 4)) + 0.8 * random.normal(size=(150, 1))
    targets = numpy.array([0.7, 0.1, 0.1, 0.1])

    def deviation(weights: numpy.ndarray) -> float:
        index = x @ weights
        r = numpy.array([numpy.corrcoef(x[:, j], index)[0, 1] for j in range(4)])
        return float(((r / r.sum() - targets) ** 2).sum())

    found = weigh.correlation_optimised(x, targets)
    assert found.converged
    assert deviation(found.weights) == pytest.approx(float(((found.shares - targets) ** 2).sum()), rel=1e-9)
    searched = minimize(
        deviation,
        numpy.full(4, 0.25),
        bounds=[(0, 1)] * 4,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
        method="SLSQP",
        options={"ftol": 1e-15, "maxiter": 1000},
    )
    assert deviation(found.weights) <= searched.fun + 1e-13
    assert numpy.allclose(found.weights, searched.x, atol=1e-4)


def test_best_worst_method_against_linear_programming(seed: int) -> None:
    random = numpy.random.default_rng(seed)
    unique = 0
    for _ in range(40):
        count = int(random.integers(2, 12))
        span = int(random.integers(1, 10))
        best, worst = (int(each) for each in random.choice(count, 2, replace=False))
        to_others = random.integers(1, span + 1, count).astype(float)
        to_worst = random.integers(1, span + 1, count).astype(float)
        to_others[best] = to_worst[worst] = 1
        to_others[worst] = to_worst[best] = span
        rows = []
        for j in range(count):
            for first, second, ratio in ((best, j, to_others[j]), (j, worst, to_worst[j])):
                if first == second:
                    continue
                row = numpy.zeros(count + 1)
                row[first] += 1
                row[second] -= ratio
                for sign in (1, -1):
                    bound = sign * row
                    bound[-1] = -1
                    rows.append(bound)
        objective = numpy.append(numpy.zeros(count), 1)
        sums = numpy.append(numpy.ones(count), 0)[None, :]
        expected = linprog(
            objective, A_ub=numpy.array(rows), b_ub=numpy.zeros(len(rows)), A_eq=sums, b_eq=[1], method="highs"
        )
        found = weigh.best_worst_method(to_others, to_worst, best=best, worst=worst)
        assert found.deviation == pytest.approx(expected.x[-1], abs=1e-10)
        assert found.weights.sum() == pytest.approx(1, abs=1e-14)
        if found.unique:
            unique += 1
            assert numpy.allclose(found.weights, expected.x[:-1], atol=1e-8)
    assert unique > 20


def test_hierarchy_by_the_eigenvalue_problem(seed: int) -> None:
    random = numpy.random.default_rng(seed)
    for count in (3, 6, 15):
        a = numpy.ones((count, count))
        for i in range(count):
            for j in range(i + 1, count):
                a[i, j] = random.choice([1 / 5, 1 / 3, 1 / 2, 1, 2, 3, 5, 9])
                a[j, i] = 1 / a[i, j]
        values, vectors = numpy.linalg.eig(a)
        first = int(values.real.argmax())
        found = weigh.analytic_hierarchy_process(a)
        assert close(found.weights, shares(vectors[:, first].real))
        assert found.lambda_max == pytest.approx(values[first].real, rel=1e-12)
        assert found.consistency_index == pytest.approx((values[first].real - count) / (count - 1), rel=1e-9)
        geometric = shares(numpy.exp(numpy.log(a).mean(axis=1)))
        assert close(weigh.analytic_hierarchy_process(a, method="geometric_mean").weights, geometric)
        b = a.T.copy()
        assert close(weigh.group_judgement([a, b]), numpy.ones((count, count)))


def test_other_judgements() -> None:
    assert close(weigh.equal(5), numpy.full(5, 0.2))
    pillars = weigh.equal_within_pillars([1, 1, 2])
    assert close(pillars.weights, numpy.array([0.25, 0.25, 0.5]))
    assert (pillars.pillars, pillars.sizes) == ((1, 2), (2, 1))
    assert close(weigh.rank_order_centroid([1, 2, 3]), numpy.array([11, 5, 2]) / 18)
    assert close(weigh.rank_sum([2, 1]), numpy.array([1, 2]) / 3)
    assert close(weigh.rank_reciprocal([2, 1]), numpy.array([1, 2]) / 3)
    assert close(weigh.swing([100, 50]), numpy.array([2, 1]) / 3)
    assert close(weigh.fucom([2]), numpy.array([2, 1]) / 3)
    steps = weigh.swara([math.nan, 0.5])
    assert close(steps.weights, shares(numpy.array([1, 1 / 1.5])))
    points = numpy.array([[60, 40], [30, 70], [50.0, 50]])
    budget = weigh.budget_allocation(points, budget=100)
    assert close(budget.weights, points.mean(axis=0) / 100)
    assert close(budget.dispersion, points.std(axis=0, ddof=1) / 100)


def test_noise_is_made_in_parts_and_stays_within_its_fraction() -> None:
    whole = weigh.noisy([1, 2, 3], 0.2, seed=57, draws=1000, stage=4)
    parts = [weigh.noisy([1, 2, 3], 0.2, seed=57, draws=500, first_draw=start, stage=4) for start in (0, 500)]
    assert numpy.array_equal(whole, numpy.vstack(parts))
    assert not numpy.array_equal(whole, weigh.noisy([1, 2, 3], 0.2, seed=58, draws=1000, stage=4))
    assert numpy.allclose(whole.sum(axis=1), 1, atol=1e-15)
    ratios = whole[:, 1] / whole[:, 0] / 2
    assert 0.8 / 1.2 <= ratios.min() < 0.72 and 1.38 < ratios.max() <= 1.2 / 0.8
    assert numpy.allclose(whole.mean(axis=0), numpy.array([1, 2, 3]) / 6, atol=0.005)


def test_published_examples() -> None:
    for example in json.loads(PUBLISHED.read_text(encoding="utf-8")):
        scheme = getattr(weigh, example["method"])
        options = {}
        if example["method"] in ("cilos", "critic", "idocriw", "lopcow", "merec"):
            options["lower_is_better"] = [not higher for higher in example["higher_is_better"]]
        found = scheme(example["matrix"], **options).weights
        half_a_digit = 0.505 * 10.0 ** -example["decimals"]
        assert numpy.allclose(found, example["weights"], rtol=0, atol=half_a_digit), example["method"]


def test_missing_rows_layouts_and_read_only_results() -> None:
    x, lower = case(3)
    gaps = numpy.vstack([x, x[:3]])
    gaps[-3:, 1] = math.nan
    for scheme in (weigh.entropy, weigh.critic, weigh.merec, weigh.principal_components, weigh.gini_index):
        expected = scheme(numpy.asfortranarray(x))
        found = scheme(gaps)
        assert found.rows_used == len(x)
        assert numpy.array_equal(found.weights, expected.weights)
        with pytest.raises(ValueError):
            found.weights[0] = 1.0
    with pytest.raises(AttributeError):
        weigh.entropy(x).weights = x  # type: ignore[misc]


def test_errors_name_cells_and_arguments() -> None:
    with pytest.raises(NumericError) as caught:
        weigh.entropy([[1, -2], [3, math.inf]])
    assert [problem.place for problem in caught.value.problems] == ["row 1, column 1 (counted from 0)"]
    with pytest.raises(NumericError, match="2 dimensions"):
        weigh.critic([1, 2, 3])
    with pytest.raises(NumericError, match="directions"):
        weigh.merec([[1, 2], [2, 1]], lower_is_better=[True])
    with pytest.raises(NumericError, match="null_space_dimension"):
        weigh.cilos([[9, 9], [1, 2]])
    with pytest.raises(ValueError, match="geometric_mean"):
        weigh.analytic_hierarchy_process([[1]], method="median")
    with pytest.raises(ValueError, match="counted from 0"):
        weigh.best_worst_method([1, 2], [2, 1], best=-1, worst=1)
