"""What a call from Python costs beside the C++ work in it.

Scores a pandas frame with `td.score` and, beside it, calls the bound C++ function on a panel that is already
there; prints the best time of each and their ratio. Results are compared first.

Usage: python benchmarks/python_overhead.py [calls]
"""

from __future__ import annotations

import sys
import time
from typing import Any, Callable

import numpy
import pandas

import thuocdo as td
from thuocdo import _core

SIZES = (34, 3_321)


def best_of(calls: int, call: Callable[[], Any]) -> float:
    """Best time of several calls in seconds; the first warms up."""
    call()
    best = float("inf")
    for _ in range(calls):
        start = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - start)
    return best


def frame_of(model: td.IndexModel, rows: int) -> pandas.DataFrame:
    """Complete values, reproducible, units as index."""
    random = numpy.random.Generator(numpy.random.Philox(57))
    values = random.uniform(0.1, 1.0, size=(rows, len(model.indicators)))
    codes = [f"U{k:07d}" for k in range(rows)]
    return pandas.DataFrame(values, index=pandas.Index(codes, name="unit"), columns=list(model.indicators))


def main() -> None:
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    model = td.synthetic.model(indicators=100)
    print(f"{'units x indicators':>20} {'td.score, ms':>14} {'C++ score, ms':>14} {'ratio':>7}")
    for rows in SIZES:
        frame = frame_of(model, rows)
        panel = td.Panel(frame, model=model)

        def bound() -> Any:
            return _core.score(model._core, panel._core, as_of=None, previous=None, threads=1, progress=None)

        whole = td.score(model, frame)
        if not numpy.array_equal(numpy.asarray(bound().scores), numpy.asarray(whole.scores()), equal_nan=True):
            raise SystemExit("td.score and the bound function disagree")
        outer = best_of(calls, lambda: td.score(model, frame))
        inner = best_of(calls, bound)
        print(f"{f'{rows} x 100':>20} {outer * 1e3:14.3f} {inner * 1e3:14.3f} {outer / inner:7.2f}")


if __name__ == "__main__":
    main()
