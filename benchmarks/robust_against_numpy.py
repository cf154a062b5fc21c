"""Robustness runs beside batched numpy, in one process and in processor time of one thread (and in wall time of two).

10,000 draws of uniform Dirichlet weights of a model of two levels (5 pillars of 20 indicators), at 3,321 and at 34 units,
with the rank of every unit counted in every draw. The numpy form draws weights, multiplies the matrix with the effective
weights of a batch of draws at once, sorts and counts; the best of three ways of counting is taken. That both count the same
for the same weights is checked first. Ours also counts scores, central weights and (by default) neighbours; numpy does not.
Then: weights with three normalisations and three aggregations, how time grows with draws, the floor (product, sort and count
each alone), and memory of a process of its own. How numpy sorts depends on its version and on the processor: say which was used.

Usage: OPENBLAS_NUM_THREADS=1 python benchmarks/robust_against_numpy.py [repetitions]
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import Any, Callable, Dict, List, Tuple

# Read by numpy when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy  # noqa: E402
import pandas  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

import thuocdo as td  # noqa: E402
from thuocdo.kernels import weigh  # noqa: E402

Array = NDArray[numpy.float64]
Counts = NDArray[numpy.uint32]

UNITS, PROVINCES, PILLARS, LEAVES = 3_321, 34, 5, 20
DRAWS, SEED, BATCH = 10_000, 57, 256
WEIGHTS = [{"dirichlet": "uniform"}]
RULES: Tuple[Dict[str, Any], ...] = ({"rule": "as_is"}, {"rule": "min_max"}, {"rule": "goalposts", "lower": 0, "upper": 2})
AGGREGATIONS = ("arithmetic", "geometric", {"method": "power_mean", "exponent": 2})


def pillars(rule: Dict[str, Any]) -> List[Dict[str, Any]]:
    return [
        {"code": f"p{p}", "children": [{"code": f"x{p}_{k:02d}", "score": rule} for k in range(LEAVES)]} for p in range(PILLARS)
    ]


def board_of(units: int) -> Tuple[Any, Array]:
    """A board and its matrix, values between 0.01 and 1."""
    root = {"code": "total", "children": pillars(RULES[0])}
    model = td.load_model({"thuocdo": 1, "id": "robust", "version": "1", "name": "Robust", "root": root})
    x = numpy.random.Generator(numpy.random.Philox(SEED)).uniform(0.01, 1.0, (units, PILLARS * LEAVES))
    codes = pandas.Index([f"U{k:07d}" for k in range(units)], name="unit")
    return td.score(model, pandas.DataFrame(x, index=codes, columns=list(model.indicators))), x


def every_choice() -> List[Dict[str, Any]]:
    """Weights, three normalisations of all indicators and three aggregations of the total."""
    return [
        *WEIGHTS,
        {"name": "normalisation", "at": "@total/children", "one_of": [pillars(rule) for rule in RULES]},
        {"name": "aggregation", "at": "@total/aggregate", "one_of": list(AGGREGATIONS)},
    ]


class NumpyWeights:
    """Uniform weights of both levels, as numpy draws them: exponential numbers over their sum."""

    def __init__(self) -> None:
        self._random = numpy.random.Generator(numpy.random.SFC64(SEED))

    def __call__(self, first: int, count: int) -> Tuple[Array, Array]:
        """Weights of the pillars (draws x 5) and inside them (draws x 5 x 20)."""
        above = self._random.standard_exponential((count, PILLARS))
        below = self._random.standard_exponential((count, PILLARS, LEAVES))
        return above / above.sum(axis=1, keepdims=True), below / below.sum(axis=2, keepdims=True)


def our_weights(first: int, count: int) -> Tuple[Array, Array]:
    """The weights of a run with this seed: one stage of the generator a node, in the order of the document."""
    above = weigh.dirichlet(numpy.ones(PILLARS), seed=SEED, draws=count, first_draw=first, stage=0)
    below = [
        weigh.dirichlet(numpy.ones(LEAVES), seed=SEED, draws=count, first_draw=first, stage=p + 1) for p in range(PILLARS)
    ]
    return above, numpy.stack(below, axis=1)


def count_by_draw(order: NDArray[numpy.intp], counts: Counts) -> None:
    """In a draw no cell is met twice, so that an index in place adds right. Counts are ranks x units."""
    flat = counts.reshape(-1)
    start = numpy.arange(order.shape[1]) * order.shape[1]
    for each in order:
        flat[start + each] += 1


def count_by_add_at(order: NDArray[numpy.intp], counts: Counts) -> None:
    cells = order + numpy.arange(order.shape[1]) * order.shape[1]
    numpy.add.at(counts.reshape(-1), cells.reshape(-1), numpy.uint32(1))


def count_by_bincount(order: NDArray[numpy.intp], counts: Counts) -> None:
    cells = order + numpy.arange(order.shape[1]) * order.shape[1]
    counts += numpy.bincount(cells.reshape(-1), minlength=counts.size).reshape(counts.shape).astype(numpy.uint32)


COUNTINGS: Tuple[Callable[[NDArray[numpy.intp], Counts], None], ...] = (count_by_draw, count_by_add_at, count_by_bincount)


def best_counting(x: Array) -> Callable[[NDArray[numpy.intp], Counts], None]:
    """The quickest way of counting for so many units, all of which count the same."""
    above, below = our_weights(0, BATCH)
    order = numpy.argsort(-((above[:, :, None] * below).reshape(BATCH, -1) @ x.T), axis=1)
    found, spent = [], []
    for way in COUNTINGS:
        counts: Counts = numpy.zeros((len(x), len(x)), numpy.uint32)
        way(order, counts)
        found.append(counts.copy())
        start = time.process_time()
        way(order, counts)
        spent.append(time.process_time() - start)
    for counts in found[1:]:
        numpy.testing.assert_array_equal(counts, found[0])
    return COUNTINGS[int(numpy.argmin(spent))]


def numpy_run(x: Array, draws: int, weights: Callable[[int, int], Tuple[Array, Array]], count: Callable[..., None]) -> Counts:
    """How often each unit (column) had each rank (row)."""
    counts: Counts = numpy.zeros((len(x), len(x)), numpy.uint32)
    values = numpy.ascontiguousarray(-x.T)
    for first in range(0, draws, BATCH):
        above, below = weights(first, min(BATCH, draws - first))
        effective = (above[:, :, None] * below).reshape(len(above), -1)
        count(numpy.argsort(effective @ values, axis=1), counts)
    return counts


def numpy_run_of_choices(x: Array, draws: int, count: Callable[..., None]) -> Counts:
    """The same with every choice, draws of one form together."""
    counts: Counts = numpy.zeros((len(x), len(x)), numpy.uint32)
    weights = NumpyWeights()
    forms = numpy.random.Generator(numpy.random.SFC64(SEED + 1)).integers(9, size=draws)
    low, high = x.min(axis=0), x.max(axis=0)
    normalised = [x, (x - low) / (high - low), numpy.clip(x / 2, 0, 1)]
    for form in range(9):
        blocks = normalised[form // 3].T.reshape(PILLARS, LEAVES, -1)
        total = int((forms == form).sum())
        for first in range(0, total, BATCH):
            above, below = weights(0, min(BATCH, total - first))
            results = numpy.matmul(below.transpose(1, 0, 2), blocks)
            shares = above.T[:, :, None]
            if form % 3 == 0:
                scores = (shares * results).sum(axis=0)
            elif form % 3 == 1:
                scores = (shares * numpy.log(results)).sum(axis=0)
            else:
                scores = (shares * results * results).sum(axis=0)
            count(numpy.argsort(-scores, axis=1), counts)
    return counts


def our_run(board: Any, factors: List[Dict[str, Any]], draws: int, threads: int = 1, pairs: str = "none") -> Any:
    return td.uncertainty(board, factors=factors, draws=draws, seed=SEED, threads=threads, pairs=pairs)


def best_of(repetitions: int, calls: List[Callable[[], Any]]) -> List[Tuple[float, float]]:
    """Least processor time and least wall time of each, taken in turns."""
    best = [(float("inf"), float("inf"))] * len(calls)
    for _ in range(repetitions):
        for k, call in enumerate(calls):
            wall, processor = time.perf_counter(), time.process_time()
            call()
            taken = (time.process_time() - processor, time.perf_counter() - wall)
            best[k] = (min(best[k][0], taken[0]), min(best[k][1], taken[1]))
    return best


def line(name: str, taken: Tuple[float, float], draws: int, beside: float) -> None:
    """Time, time of a draw, and numpy's processor time over ours."""
    processor, wall = taken
    print(f"{name:>46} {processor:10.3f} {wall:10.3f} {processor / draws * 1e6:12.2f} {beside / processor:10.2f}", flush=True)


def check_counts(board: Any, x: Array, draws: int) -> None:
    """Ranks are counted the same from the same weights."""
    ours = numpy.asarray(our_run(board, WEIGHTS, draws).rank_acceptability(), dtype=float) * draws
    theirs = numpy_run(x, draws, our_weights, count_by_draw).T
    numpy.testing.assert_allclose(ours, theirs, atol=1e-6)


def mean_ranks(counts: Array) -> Tuple[Array, Array]:
    """Mean and variance of the rank of each unit, from counts units x ranks."""
    ranks = numpy.arange(1, counts.shape[1] + 1)
    mean = counts @ ranks / counts.sum(axis=1)
    return mean, counts @ (ranks * ranks) / counts.sum(axis=1) - mean * mean


def check_choices(board: Any, x: Array, draws: int) -> None:
    """Other random numbers: mean ranks agree to six standard errors."""
    ours, spread = mean_ranks(numpy.asarray(our_run(board, every_choice(), draws).rank_acceptability(), dtype=float))
    theirs, _ = mean_ranks(numpy_run_of_choices(x, draws, count_by_draw).T.astype(float))
    excess = numpy.abs(ours - theirs) - 6 * numpy.sqrt(2 * spread / draws) - 1e-9
    if excess.max() > 0:
        raise SystemExit("mean ranks over all choices differ from those of numpy")


def time_weights(units: int, repetitions: int) -> None:
    board, x = board_of(units)
    check_counts(board, x, 1_000)
    check_choices(board, x, 2_000)
    count = best_counting(x)
    print(f"\n{units:,} x {PILLARS * LEAVES}, {DRAWS:,} draws; numpy in batches of {BATCH}, {count.__name__}")
    print(f"{'':>46} {'processor':>10} {'wall, s':>10} {'us a draw':>12} {'numpy/ours':>10}")
    calls: List[Tuple[str, Callable[[], Any]]] = [
        ("weights, numpy", lambda: numpy_run(x, DRAWS, NumpyWeights(), count)),
        ("weights", lambda: our_run(board, WEIGHTS, DRAWS)),
        ("weights, two threads", lambda: our_run(board, WEIGHTS, DRAWS, threads=2)),
        ("weights and pairs by default", lambda: our_run(board, WEIGHTS, DRAWS, pairs="automatic")),
    ]
    taken = best_of(repetitions, [call for _, call in calls])
    for (name, _), each in zip(calls, taken):
        line(name, each, DRAWS, taken[0][0])
    calls = [
        ("weights, normalisation, aggregation, numpy", lambda: numpy_run_of_choices(x, DRAWS, count)),
        ("weights, normalisation, aggregation", lambda: our_run(board, every_choice(), DRAWS)),
        ("the same, two threads", lambda: our_run(board, every_choice(), DRAWS, threads=2)),
    ]
    taken = best_of(repetitions, [call for _, call in calls])
    for (name, _), each in zip(calls, taken):
        line(name, each, DRAWS, taken[0][0])


def time_growth(repetitions: int) -> None:
    board, _ = board_of(UNITS)
    print(f"\nprocessor time by draws at {UNITS:,} x {PILLARS * LEAVES}, weights alone")
    sizes = (2_000, DRAWS, 2 * DRAWS)
    taken = best_of(repetitions, [lambda draws=draws: our_run(board, WEIGHTS, draws) for draws in sizes])
    for draws, (processor, _) in zip(sizes, taken):
        relative = (processor / draws) / (taken[1][0] / DRAWS)
        print(f"{draws:>12,} draws {processor:10.3f} s {processor / draws * 1e6:10.2f} us a draw, {relative:.2f} of that at {DRAWS:,}")


def time_floor(repetitions: int) -> None:
    """Product, sort and count of one batch, each alone, in numpy."""
    _, x = board_of(UNITS)
    count = best_counting(x)
    above, below = our_weights(0, BATCH)
    effective = (above[:, :, None] * below).reshape(BATCH, -1)
    values = numpy.ascontiguousarray(-x.T)
    scores = effective @ values
    order = numpy.argsort(scores, axis=1)
    counts: Counts = numpy.zeros((UNITS, UNITS), numpy.uint32)
    parts: List[Tuple[str, Callable[[], Any]]] = [
        ("drawing of weights", lambda: NumpyWeights()(0, BATCH)),
        ("product", lambda: effective @ values),
        ("sort", lambda: numpy.argsort(scores, axis=1)),
        ("count", lambda: count(order, counts)),
    ]
    taken = best_of(3 * repetitions, [call for _, call in parts])
    print(f"\nnumpy, us a draw in a batch of {BATCH} at {UNITS:,} x {PILLARS * LEAVES}")
    for (name, _), (processor, _) in zip(parts, taken):
        print(f"{name:>20} {processor / BATCH * 1e6:10.2f}")
    print(f"{'together':>20} {sum(processor for processor, _ in taken) / BATCH * 1e6:10.2f}", flush=True)


def peak_memory() -> float:
    """Megabytes of this process at most so far. The peak of `resource` would be that of the process that started it."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(row.split()[1]) for row in status if row.startswith("VmHWM")) / 1024


def report_memory() -> None:
    """Growth of peak memory over a run, of this process."""
    board, _ = board_of(UNITS)
    before = peak_memory()
    result = our_run(board, WEIGHTS, DRAWS, threads=2, pairs="automatic")
    after = peak_memory()
    print(f"{after - before:.0f} MB above {before:.0f} MB with the board; {len(result.counts.bytes()) / 2**20:.0f} MB as bytes")


def main() -> None:
    if sys.argv[1:] == ["--memory"]:
        report_memory()
        return
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    print(f"numpy {numpy.__version__}, thuocdo {td.__version__}")
    for units in (UNITS, PROVINCES):
        time_weights(units, repetitions)
    time_growth(repetitions)
    time_floor(repetitions)
    print(f"\npeak memory of {DRAWS:,} draws, two threads, pairs by default, in a process of its own:")
    sys.stdout.flush()
    subprocess.run([sys.executable, __file__, "--memory"], check=True)


if __name__ == "__main__":
    main()
