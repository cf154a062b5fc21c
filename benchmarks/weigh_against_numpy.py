"""Objective weights beside the obvious numpy form of each, at 10,000 units x 200 indicators.

Both run in this process on one thread, on the same matrix, laid out by columns as the kernels want it and by rows as
numpy has it by default (then the kernel's time includes the copy). Weights are compared first. Prints the best time
of each and numpy's time over the kernel's: above 1 the kernel is faster.

Usage: OPENBLAS_NUM_THREADS=1 python benchmarks/weigh_against_numpy.py [calls]
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any, Callable, Tuple

# Read by numpy when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy  # noqa: E402

from thuocdo.kernels import weigh  # noqa: E402

UNITS = 10_000
INDICATORS = 200

Pair = Tuple[Callable[[], Any], Callable[[], Any]]


def best_of(calls: int, pair: Pair) -> Tuple[float, float]:
    """Best times of two calls in seconds, taken in turns so that a busy machine slows both; the first call warms up."""
    best = [float("inf"), float("inf")]
    for call in pair:
        call()
    for _ in range(calls):
        for k, call in enumerate(pair):
            start = time.perf_counter()
            call()
            best[k] = min(best[k], time.perf_counter() - start)
    return best[0], best[1]


def shares(values: Any) -> Any:
    return values / values.sum()


def entropy(x: Any) -> Any:
    p = x / x.sum(axis=0)
    return shares(1 + (p * numpy.log(p)).sum(axis=0) / numpy.log(len(x)))


def critic(x: Any) -> Any:
    y = (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0))
    return shares(y.std(axis=0, ddof=1) * (1 - numpy.corrcoef(y, rowvar=False)).sum(axis=0))


def merec(x: Any) -> Any:
    logs = numpy.abs(numpy.log(x.min(axis=0) / x))
    total = logs.sum(axis=1)
    performance = numpy.log(1 + total / x.shape[1])
    without = numpy.log(1 + (total[:, None] - logs) / x.shape[1])
    return shares(numpy.abs(without - performance[:, None]).sum(axis=0))


def standard_deviation(x: Any) -> Any:
    return shares(x.std(axis=0, ddof=1))


def principal_components(x: Any) -> Any:
    values, vectors = numpy.linalg.eigh(numpy.corrcoef(x, rowvar=False))
    kept = values > 1
    loadings = vectors[:, kept] * numpy.sqrt(values[kept])
    lengths = numpy.linalg.norm(loadings, axis=1, keepdims=True)
    a = loadings / lengths
    rotation = numpy.eye(a.shape[1])
    for _ in range(1000):
        b = a @ rotation
        u, _, v = numpy.linalg.svd(a.T @ (b**3 - b * (b**2).mean(axis=0)))
        turned = u @ v
        change = numpy.abs(turned - rotation).max()
        rotation = turned
        if change < 1e-9:
            break
    return shares(((a @ rotation * lengths) ** 2).max(axis=1))


def matrix() -> Any:
    """Positive values driven by 12 hidden quantities, reproducible."""
    random = numpy.random.Generator(numpy.random.Philox(57))
    hidden = random.normal(size=(UNITS, 12))
    group = numpy.arange(INDICATORS) % 12
    strength = random.uniform(0.5, 0.9, size=INDICATORS)
    logarithms = hidden[:, group] * strength + random.normal(size=(UNITS, INDICATORS)) * 0.5
    return numpy.ascontiguousarray(numpy.exp(logarithms))


SCHEMES = (
    ("entropy", weigh.entropy, entropy, 1e-9),
    ("standard deviation", weigh.standard_deviation, standard_deviation, 1e-12),
    ("CRITIC", weigh.critic, critic, 1e-10),
    ("MEREC", weigh.merec, merec, 1e-9),
    ("principal components", weigh.principal_components, principal_components, 1e-6),
)


def main() -> None:
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    by_rows = matrix()
    layouts = (("columns", numpy.asfortranarray(by_rows)), ("rows", by_rows))
    print(f"numpy {numpy.__version__}, {UNITS} x {INDICATORS}, one thread")
    print(f"{'scheme':>22} {'laid out by':>12} {'kernel, ms':>11} {'numpy, ms':>10} {'numpy/kernel':>13}")
    for name, kernel, form, tolerance in SCHEMES:
        for layout, x in layouts:
            if not numpy.allclose(kernel(x).weights, form(x), rtol=tolerance, atol=0):
                raise SystemExit(f"{name}: the kernel and numpy disagree")
            ours, theirs = best_of(calls, (lambda: kernel(x), lambda: form(x)))
            print(f"{name:>22} {layout:>12} {ours * 1e3:11.2f} {theirs * 1e3:10.2f} {theirs / ours:13.2f}")


if __name__ == "__main__":
    main()
