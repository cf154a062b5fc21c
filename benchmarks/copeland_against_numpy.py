"""Copeland scores beside the same in numpy: one thread each, results compared before anything is timed.

Run with OPENBLAS_NUM_THREADS=1 and a release build of the package installed.
"""

from __future__ import annotations

import time
from typing import Callable

import numpy

import thuocdo as td

UNITS = 3321
REPEATS = 3


def in_numpy(x: numpy.ndarray, weights: numpy.ndarray) -> numpy.ndarray:
    """Row by row: all partners of a unit in one comparison, weights applied by one product."""
    score = numpy.empty(len(x))
    draw = 1e-12 * weights.sum()
    for i, row in enumerate(x):
        lead = ((row > x).astype(numpy.int8) - (row < x).astype(numpy.int8)) @ weights
        score[i] = (lead > draw).sum() - (lead < -draw).sum()
    return score


def seconds(call: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(REPEATS):
        start = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    random = numpy.random.default_rng(2008)
    for indicators in (20, 100):
        for kind in ("decimal", "random"):
            x = numpy.round(random.normal(size=(UNITS, indicators)), 2)
            weights = random.integers(1, 11, indicators) / 10.0 if kind == "decimal" else random.random(indicators)
            numpy.testing.assert_array_equal(td.kernels.copeland(x, weights=weights), in_numpy(x, weights))
            ours = seconds(lambda: td.kernels.copeland(x, weights=weights))
            theirs = seconds(lambda: in_numpy(x, weights))
            print(
                f"{UNITS} x {indicators:3}, {kind:7} weights: thuocdo {ours * 1e3:7.1f} ms,"
                f" numpy {theirs * 1e3:8.1f} ms, {theirs / ours:5.1f} times"
            )


if __name__ == "__main__":
    main()
