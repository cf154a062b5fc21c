"""COPRAS, ARAS, EDAS, MABAC, MAIRCA, MARCOS, RAM and CoCoSo against forms in numpy."""

from __future__ import annotations

from typing import Any, Callable, Dict

import numpy
import pandas
import pytest
from decisions import random_decision

import thuocdo as td


def min_max(x: numpy.ndarray, t: numpy.ndarray) -> numpy.ndarray:
    low, high = x.min(axis=0), x.max(axis=0)
    return numpy.where(t > 0, x - low, high - x) / (high - low)


def best(x: numpy.ndarray, t: numpy.ndarray) -> numpy.ndarray:
    return numpy.where(t > 0, x.max(axis=0), x.min(axis=0))


def shares(x: numpy.ndarray, w: numpy.ndarray, t: numpy.ndarray) -> "tuple[numpy.ndarray, numpy.ndarray]":
    d = w * x / x.sum(axis=0)
    return d[:, t > 0].sum(axis=1), d[:, t < 0].sum(axis=1)


def copras(x: numpy.ndarray, w: numpy.ndarray, t: numpy.ndarray) -> Dict[str, Any]:
    plus, minus = shares(x, w, t)
    q = plus + minus.sum() / (minus * (1 / minus).sum())
    return {"scores": q / q.max(), "benefit_sums": plus, "cost_sums": minus, "relative_significance": q}


def aras(x: numpy.ndarray, w: numpy.ndarray, t: numpy.ndarray) -> Dict[str, Any]:
    optimal = best(x, t)
    extended = numpy.where(t > 0, numpy.vstack([optimal, x]), 1 / numpy.vstack([optimal, x]))
    v = w * extended / extended.sum(axis=0)
    s = v.sum(axis=1)
    return {
        "scores": s[1:] / s[0],
        "optimality": s[1:],
        "optimality_of_optimal_alternative": s[0],
        "optimal_alternative": optimal,
        "weighted_normalised": v[1:],
    }


def edas(x: numpy.ndarray, w: numpy.ndarray, t: numpy.ndarray) -> Dict[str, Any]:
    mean = x.mean(axis=0)
    distance = t * (x - mean) / mean
    pda, nda = numpy.maximum(distance, 0), numpy.maximum(-distance, 0)
    sp, sn = pda @ w, nda @ w
    nsp, nsn = sp / sp.max(), 1 - sn / sn.max()
    return {
        "scores": (nsp + nsn) / 2,
        "average_solution": mean,
        "positive_sums": sp,
        "negative_sums": sn,
        "normalised_positive": nsp,
        "normalised_negative": nsn,
        "positive_distances": pda,
        "negative_distances": nda,
    }


def mabac(x: numpy.ndarray, w: numpy.ndarray, t: numpy.ndarray) -> Dict[str, Any]:
    v = w * (min_max(x, t) + 1)
    g = numpy.exp(numpy.log(v).mean(axis=0))
    return {"scores": (v - g).sum(axis=1), "border": g, "weighted": v, "border_distances": v - g}


def mairca(x: numpy.ndarray, w: numpy.ndarray, t: numpy.ndarray) -> Dict[str, Any]:
    theory = w / len(x)
    gaps = theory - theory * min_max(x, t)
    return {"scores": gaps.sum(axis=1), "theoretical_evaluation": theory, "gaps": gaps, "alternative_preference": 1 / len(x)}


def marcos(x: numpy.ndarray, w: numpy.ndarray, t: numpy.ndarray) -> Dict[str, Any]:
    ideal, anti_ideal = best(x, t), best(x, -t)
    v = [w * numpy.where(t > 0, rows / ideal, ideal / rows) for rows in (x, ideal, anti_ideal)]
    s, of_ideal, of_anti_ideal = (each.sum(axis=-1) for each in v)
    plus, minus = s / of_ideal, s / of_anti_ideal
    f_plus, f_minus = minus / (plus + minus), plus / (plus + minus)
    return {
        "scores": (plus + minus) / (1 + (1 - f_plus) / f_plus + (1 - f_minus) / f_minus),
        "ideal": ideal,
        "anti_ideal": anti_ideal,
        "weighted_sums": s,
        "sum_of_ideal": of_ideal,
        "sum_of_anti_ideal": of_anti_ideal,
        "utility_degree_to_ideal": plus,
        "utility_degree_to_anti_ideal": minus,
        "utility_function_of_ideal": f_plus[0],
        "utility_function_of_anti_ideal": f_minus[0],
        "weighted_normalised": v[0],
    }


def ram(x: numpy.ndarray, w: numpy.ndarray, t: numpy.ndarray) -> Dict[str, Any]:
    plus, minus = shares(x, w, t)
    return {"scores": (2 + plus) ** (1 / (2 + minus)), "benefit_sums": plus, "cost_sums": minus, "weighted_normalised": w * x / x.sum(axis=0)}


def cocoso(x: numpy.ndarray, w: numpy.ndarray, t: numpy.ndarray, share: float = 0.5) -> Dict[str, Any]:
    r = min_max(x, t)
    s, p = r @ w, (r**w).sum(axis=1)
    a = (s + p) / (s + p).sum()
    b = s / s.min() + p / p.min()
    c = (share * s + (1 - share) * p) / (share * s.max() + (1 - share) * p.max())
    return {
        "scores": numpy.cbrt(a * b * c) + (a + b + c) / 3,
        "weighted_sums": s,
        "power_sums": p,
        "arithmetic_strategy": a,
        "relative_strategy": b,
        "balanced_strategy": c,
        "all_alike": False,
        "normalised": r,
    }


FORMS: Dict[str, Callable[..., Dict[str, Any]]] = {
    "aras": aras,
    "cocoso": cocoso,
    "copras": copras,
    "edas": edas,
    "mabac": mabac,
    "mairca": mairca,
    "marcos": marcos,
    "ram": ram,
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("shape", [(5, 3), (34, 10), (1300, 8)])
def test_methods_are_those_of_numpy(name: str, shape: "tuple[int, int]") -> None:
    x, weights, directions = random_decision(*shape, seed=9)
    expected = FORMS[name](x, weights, directions)
    found = getattr(td.rank, name)(x, weights, directions, keep_matrix=True)
    for part, values in expected.items():
        numpy.testing.assert_allclose(getattr(found, part), values, rtol=1e-12, atol=1e-13, err_msg=part)
    assert found.higher_is_better == (name != "mairca")
    best_row = expected["scores"].argmin() if name == "mairca" else expected["scores"].argmax()
    assert found.ranks[best_row] == 1


@pytest.mark.parametrize("name", FORMS)
def test_matrices_are_kept_only_on_request_and_names_come_back(name: str) -> None:
    x, weights, directions = random_decision(6, 4, seed=3)
    method = getattr(td.rank, name)
    plain, kept = method(x, weights, directions), method(x, weights, directions, keep_matrix=True)
    numpy.testing.assert_array_equal(plain.scores, kept.scores)
    cells = [part for part, axis, _ in kept.parts if axis == "cells"]
    assert cells and all(getattr(plain, part) is None and getattr(kept, part).shape == x.shape for part in cells)
    frame = pandas.DataFrame(x, index=list("abcdef"), columns=["p", "q", "r", "s"])
    named = method(frame, dict(zip("pqrs", weights)), dict(zip("pqrs", directions)))
    numpy.testing.assert_array_equal(named.scores, plain.scores)
    assert named.alternatives == list("abcdef")
    assert named.title in repr(named) and name not in named.title


def test_mabac_has_a_border_at_the_scale_of_a_country() -> None:
    x, weights, directions = random_decision(3321, 100, seed=4)
    found = td.rank.mabac(x, weights, directions)
    assert (found.border > weights).all() and (found.border < 2 * weights).all()
    assert 0 < found.scores.mean() < 0.05


def test_aras_takes_optimal_values_by_name_or_place() -> None:
    frame = pandas.DataFrame({"comfort": [2.0, 4.0], "price": [4.0, 2.0]})
    for optimal in ({"price": 1, "comfort": 8}, [8, 1], numpy.array([8.0, 1.0])):
        found = td.rank.aras(frame, [0.5, 0.5], ["max", "min"], optimal_values=optimal)
        numpy.testing.assert_allclose(found.scores, [0.25, 0.5], rtol=1e-15)
        assert found.optimal_alternative.tolist() == [8.0, 1.0]
    with pytest.raises(td.DataError, match="unknown_criterion"):
        td.rank.aras(frame, optimal_values={"price": 1, "comfort": 8, "range": 3})
    with pytest.raises(td.NumericError, match="optimal_value_out_of_range"):
        td.rank.aras(frame, [0.5, 0.5], ["max", "min"], optimal_values=[8, 0])


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_cocoso_balances_sums_and_powers(share: float) -> None:
    x, weights, directions = random_decision(20, 5, seed=5)
    found = td.rank.cocoso(x, weights, directions, sum_share=share)
    numpy.testing.assert_allclose(found.scores, cocoso(x, weights, directions, share)["scores"], rtol=1e-12)
    with pytest.raises(td.NumericError, match="share_out_of_range"):
        td.rank.cocoso(x, weights, directions, sum_share=share + 2)


def test_what_a_method_cannot_divide_by_is_named() -> None:
    cases = [
        (td.rank.copras, [[1, 0], [2, 3]], ["max", "min"], "row 0"),
        (td.rank.aras, [[1, 0], [2, 3]], ["max", "min"], "row 0, column 1"),
        (td.rank.edas, [[1, -1], [2, 1]], ["max", "min"], "column 1"),
        (td.rank.marcos, [[0, 1], [1, 0]], ["max", "max"], "anti-ideal"),
        (td.rank.ram, [[1, 0], [2, 0]], ["max", "max"], "column 1"),
        (td.rank.cocoso, [[1, 2], [2, 1]], ["max", "min"], "row 0"),
    ]
    for method, matrix, directions, place in cases:
        with pytest.raises(td.NumericError, match=place):
            method(matrix, [0.5, 0.5], directions)
    for name in FORMS:
        with pytest.raises(td.NumericError, match="missing_value"):
            getattr(td.rank, name)([[1.0, None]], [0.5, 0.5])


def test_a_column_that_is_constant_is_never_nan() -> None:
    x, weights, directions = random_decision(8, 4, seed=6)
    x[:, 1] = 0.1
    for name in FORMS:
        assert numpy.isfinite(getattr(td.rank, name)(x, weights, directions).scores).all(), name
        alike = getattr(td.rank, name)(numpy.full((4, 2), 0.1), [0.5, 0.5], ["max", "min"])
        assert numpy.isfinite(alike.scores).all() and len(set(alike.scores.tolist())) == 1, name
    assert td.rank.cocoso([[1.0], [1.0]]).all_alike
