"""Correlations with p-values of 100 indicators over 3,321 units, beside the best form in numpy and scipy.

One thread on both sides. Results are compared first, to 1e-9; then both run in turns, and the best time of each is
printed with their ratio. Kendall in numpy is the faster of a loop over `scipy.stats.kendalltau` and products of
matrices of signs. With missing values, pandas is the peer, for coefficients alone.

Usage: OPENBLAS_NUM_THREADS=1 python benchmarks/diagnose_against_numpy.py [calls]
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any, Callable, List, Tuple

if os.environ.get("OPENBLAS_NUM_THREADS") != "1":
    raise SystemExit("set OPENBLAS_NUM_THREADS=1: both sides use one thread")

import numpy
import pandas
import scipy.special
import scipy.stats

from thuocdo.kernels import diagnose

UNITS = 3_321
INDICATORS = 100
AGREEMENT = 1e-9
SHARE_MISSING = 0.02

Pair = Tuple[numpy.ndarray, numpy.ndarray]


def student_p_values(r: numpy.ndarray, rows: int) -> numpy.ndarray:
    """Two-sided, vectorised; the diagonal is 0."""
    with numpy.errstate(divide="ignore"):
        t = r * numpy.sqrt((rows - 2) / numpy.maximum((1 - r) * (1 + r), 0))
    p: numpy.ndarray = 2 * scipy.special.stdtr(rows - 2, -numpy.abs(t))
    return p


def numpy_pearson(x: numpy.ndarray) -> Pair:
    r = numpy.corrcoef(x, rowvar=False)
    numpy.fill_diagonal(r, 1.0)
    return r, student_p_values(r, len(x))


def numpy_spearman(x: numpy.ndarray) -> Pair:
    return numpy_pearson(scipy.stats.rankdata(x, axis=0))


def loop_of_scipy(x: numpy.ndarray) -> Pair:
    tau, p = numpy.eye(x.shape[1]), numpy.zeros((x.shape[1], x.shape[1]))
    for a in range(x.shape[1]):
        for b in range(a):
            found = scipy.stats.kendalltau(x[:, a], x[:, b], method="asymptotic")
            tau[a, b] = tau[b, a] = found.statistic
            p[a, b] = p[b, a] = found.pvalue
    return tau, p


def products_of_signs(x: numpy.ndarray) -> Pair:
    """Without ties. Single precision holds the whole numbers of one product."""
    rows = len(x)
    # Ranks fit single precision, whose signs and products are twice as fast.
    ranks = scipy.stats.rankdata(x, axis=0).astype(numpy.float32)
    total = numpy.zeros((x.shape[1], x.shape[1]))
    for i in range(rows - 1):
        signs = numpy.sign(ranks[i + 1 :] - ranks[i])
        total += signs.T @ signs
    deviation = numpy.sqrt(rows * (rows - 1) * (2 * rows + 5) / 18)
    return total / (rows * (rows - 1) / 2), scipy.special.erfc(numpy.abs(total) / deviation / numpy.sqrt(2))


def timed(call: Callable[[], Any]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def compare(name: str, calls: int, ours: Callable[[], Any], peers: List[Callable[[], Any]]) -> None:
    found = ours()
    for peer in peers:
        for mine, theirs in zip(found, peer()):
            upper = numpy.triu_indices(len(mine), 1)
            if not numpy.allclose(mine[upper], theirs[upper], rtol=AGREEMENT, atol=AGREEMENT):
                raise SystemExit(f"{name}: results differ")
    mine, theirs = float("inf"), float("inf")
    for _ in range(calls):
        mine = min(mine, timed(ours))
        theirs = min(theirs, *(timed(peer) for peer in peers))
    print(f"{name:>32} {mine * 1e3:12.2f} {theirs * 1e3:12.2f} {theirs / mine:8.1f}")


def main() -> None:
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    random = numpy.random.Generator(numpy.random.Philox(57))
    x = random.normal(size=(UNITS, INDICATORS)) + 0.5 * random.normal(size=(UNITS, 1))
    x = numpy.asfortranarray(x)
    holes = x.copy(order="F")
    holes[random.random(x.shape) < SHARE_MISSING] = numpy.nan
    frame = pandas.DataFrame(holes)
    print(f"{'':>32} {'here, ms':>12} {'peer, ms':>12} {'ratio':>8}")
    compare("Pearson with p-values", calls, lambda: diagnose.pearson_table(x)[:2], [lambda: numpy_pearson(x)])
    compare("Spearman with p-values", calls, lambda: diagnose.spearman_table(x)[:2], [lambda: numpy_spearman(x)])
    compare(
        "Kendall with p-values",
        1,
        lambda: diagnose.kendall_table(x)[:2],
        [lambda: loop_of_scipy(x), lambda: products_of_signs(x)],
    )
    for name, matrix in (("pearson", diagnose.pearson_matrix), ("spearman", diagnose.spearman_matrix)):
        compare(
            f"{name.capitalize()}, 2% missing",
            calls,
            lambda: [matrix(holes)],
            [lambda: [frame.corr(method=name).to_numpy()]],
        )


if __name__ == "__main__":
    main()
