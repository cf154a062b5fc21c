"""Every ranking method beside its numpy form: results compared, then the best time of several calls, taken in turns.

Times are those of the processor in one thread, so that other work on the machine counts less. What looks at all pairs, here
or in numpy, is left out above 4,000 rows, where matrices of pairs may not fit; --pairs-up-to moves that. --picture draws how
times grow with the number of alternatives.

Usage: OPENBLAS_NUM_THREADS=1 python benchmarks/rank_against_numpy.py [34 3321 10000 1000000] [--picture FILE.png]
"""

from __future__ import annotations

import argparse
import time
from functools import partial
from typing import Any, Callable, Dict, List, Optional, Tuple

import numpy
import numpy_ranking as forms

import thuocdo as td

COLUMNS = {34: 100, 3_321: 100, 10_000: 200, 1_000_000: 20}
#: Above so many rows a numpy form that looks at all pairs is not run.
most_rows_of_pairs = 4_000
#: Thresholds of values between 1 and 100, and of ELECTRE.
Q, P, S, V, CONCORDANCE, DISCORDANCE = 5.0, 25.0, 15.0, 60.0, 0.6, 0.8
SECONDS_A_METHOD = 1.0

Call = Callable[[], Any]


def decision(rows: int, columns: int) -> Tuple[Any, Any, Any]:
    random = numpy.random.Generator(numpy.random.Philox(57))
    weights = random.uniform(0.1, 1.0, columns)
    return random.uniform(1.0, 100.0, (rows, columns)), weights / weights.sum(), numpy.where(numpy.arange(columns) % 3 == 2, -1, 1)


def best_times(calls: List[Call]) -> List[float]:
    """Least processor time of each, in turns; a call is repeated inside until it can be measured."""
    repeats, best = [], []
    for call in calls:
        start = time.process_time()
        call()
        once = max(time.process_time() - start, 1e-6)
        repeats.append(max(1, int(2e-3 / once)))
        best.append(once)
    spent = 0.0
    while spent < SECONDS_A_METHOD:
        for k, call in enumerate(calls):
            start = time.process_time()
            for _ in range(repeats[k]):
                call()
            took = time.process_time() - start
            spent += took
            best[k] = min(best[k], took / repeats[k])
    return best


def pairs(rows: int, form: Callable[..., Any]) -> Optional[Callable[..., Any]]:
    return form if rows <= most_rows_of_pairs else None


def methods(rows: int, columns: int) -> List[Tuple[str, Callable[..., Any], Optional[Callable[..., Any]]]]:
    """Name, ours and the numpy form, all of (matrix, weights, directions)."""
    bounds = numpy.tile([0.0, 101.0], (columns, 1))
    thresholds: Dict[str, Any] = {"preference": "linear", "q": Q, "p": P}
    out: List[Tuple[str, Callable[..., Any], Optional[Callable[..., Any]]]] = []
    for name, form in forms.BY_COLUMNS.items():
        out.append((name, partial(getattr(td.rank, name)), form))
    for name, form in forms.BY_PAIRS.items():
        out.append((name, partial(getattr(td.rank, name)), pairs(rows, form)))
    out.append(("spotis", partial(td.rank.spotis, bounds=bounds), partial(forms.spotis, bounds=bounds)))
    out.append(("rim", partial(td.rank.rim, ranges=bounds), partial(forms.rim, ranges=bounds)))
    out.append(("promethee_two usual", td.rank.promethee_two, forms.promethee_usual))
    out.append(("promethee_two linear, beside pairs", partial(td.rank.promethee_two, **thresholds), pairs(rows, partial(forms.promethee_linear, q=Q, p=P))))
    out.append(("promethee_two linear, beside sorting", partial(td.rank.promethee_two, **thresholds), partial(forms.promethee_linear_sorted, q=Q, p=P)))
    if rows <= most_rows_of_pairs:
        gaussian = partial(td.rank.promethee_two, preference="gaussian", s=S)
        out.append(("promethee_two gaussian", gaussian, partial(forms.promethee_gaussian, s=S)))
    return out


def scores_of(found: Any) -> Any:
    return found.scores if isinstance(found, td.rank.Ranking) else found


def line(name: str, ours: float, theirs: Optional[float], sweep: float) -> None:
    beside = f"{theirs * 1e3:12.4f} {theirs / ours:10.2f}" if theirs is not None else f"{'not run':>12} {'':>10}"
    print(f"{name:>36} {ours * 1e3:12.4f} {beside} {ours / sweep:10.1f}", flush=True)


def time_methods(rows: int) -> None:
    columns = COLUMNS[rows]
    x, w, t = decision(rows, columns)
    x = numpy.asfortranarray(x)
    sweep = best_times([lambda: x.sum()])[0]
    print(f"\n{rows:,} x {columns}, columns in one piece; a sum over the matrix takes {sweep * 1e3:.4f} ms")
    print(f"{'method':>36} {'thuocdo, ms':>12} {'numpy, ms':>12} {'numpy/ours':>10} {'sweeps':>10}")
    for name, ours, theirs in methods(rows, columns):
        if rows > 100_000 and name.startswith("multimoora"):
            continue
        mine = partial(ours, x, w, t)
        if theirs is None:
            line(name, best_times([mine])[0], None, sweep)
            continue
        other = partial(theirs, x, w, t)
        numpy.testing.assert_allclose(scores_of(mine()), other(), rtol=1e-9, atol=1e-9, err_msg=name)
        line(name, *best_times([mine, other]), sweep)
    time_relations(rows, x, w, t, sweep)


def rating(objects: Any) -> Any:
    """An expert for COMET, to whom no two objects are alike."""
    return numpy.sqrt(objects) @ numpy.array([0.3137, 0.2411, 0.1973, 0.1429, 0.1051])


def time_relations(rows: int, x: Any, w: Any, t: Any, sweep: float) -> None:
    """What compares all pairs because its result is about pairs, and the dominance checks."""
    if rows <= most_rows_of_pairs:
        thresholds = {"concordance_threshold": CONCORDANCE, "discordance_threshold": DISCORDANCE}
        one = partial(td.rank.electre_one, x, w, t, **thresholds)
        other = partial(forms.concordance_and_discordance, x, w, t)
        concordance, discordance = other()
        expected = (concordance >= CONCORDANCE - 1e-12) & (discordance <= DISCORDANCE + 1e-12)
        numpy.fill_diagonal(expected, False)
        numpy.testing.assert_array_equal(one().outranks.astype(bool), expected)
        line("electre_one, beside its matrices", *best_times([one, other]), sweep)
        flows = partial(td.rank.promethee_one, x, w, t, largest_relation=rows)
        both = flows()
        numpy.testing.assert_array_equal(both.phi_plus - both.phi_minus, td.rank.promethee_two(x, w, t).scores)
        line("promethee_one usual, with its relation", best_times([flows])[0], None, sweep)
        three = partial(td.rank.electre_three, x, w, t, q=Q, p=P, v=V)
        line("electre_three", best_times([three])[0], None, sweep)
        front = partial(td.rank.non_dominated, x[:, :5], t[:5])
        naive = partial(forms.dominance, x[:, :5], t[:5])
        numpy.testing.assert_array_equal(front(), ~naive().any(axis=0))
        line("non_dominated of 5 criteria", *best_times([front, naive]), sweep)
    if rows <= 10_000:
        values = [[0.0, 50.0, 101.0]] * 5
        ours = partial(td.rank.comet, x[:, :5], w[:5], t[:5], characteristic_values=values, expert=rating)
        theirs = partial(forms.comet, x[:, :5], values, rating)
        numpy.testing.assert_allclose(ours().scores, theirs(), rtol=1e-9)
        line("comet of 5 criteria, 243 objects", *best_times([ours, theirs]), sweep)
        sorts = partial(numpy.argsort, x, axis=0, kind="stable")
        linear = partial(td.rank.promethee_two, x, w, t, preference="linear", q=Q, p=P)
        line("promethee_two linear, beside argsort", *best_times([linear, sorts]), sweep)


GROWTH = ("weighted_sum", "topsis", "codas", "promethee_two usual", "promethee_two linear, beside sorting")


def draw_growth(path: str) -> None:
    """Times of 20 criteria from 100 to 1,000,000 alternatives, ours and numpy's, both axes logarithmic."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    sizes = [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000]
    figure, axes = plt.subplots(figsize=(8.5, 5.6), layout="constrained")
    colours = plt.get_cmap("tab10").colors
    for place, wanted in enumerate(GROWTH):
        ours: List[float] = []
        pairwise: List[Tuple[int, float]] = []
        for rows in sizes:
            x, w, t = decision(rows, 20)
            x = numpy.asfortranarray(x)
            name, method, _ = next(each for each in methods(rows, 20) if each[0] == wanted)
            ours.append(best_times([partial(method, x, w, t)])[0])
            slow = {"codas": forms.codas, GROWTH[-1]: partial(forms.promethee_linear, q=Q, p=P)}.get(wanted)
            if slow is not None and rows <= most_rows_of_pairs:
                pairwise.append((rows, best_times([partial(slow, x, w, t)])[0]))
        label = wanted.split(",")[0].replace("_", " ")
        axes.loglog(sizes, [1e3 * each for each in ours], marker="o", color=colours[place], label=label)
        if pairwise:
            axes.loglog(*zip(*[(rows, 1e3 * each) for rows, each in pairwise]), marker="x", linestyle="--", color=colours[place], label=f"{label}, numpy over all pairs")
    axes.set_xlabel("alternatives (20 criteria)")
    axes.set_ylabel("processor time, ms")
    axes.set_title("Time grows with the number of alternatives, not with that of pairs")
    axes.grid(True, which="major", alpha=0.3)
    axes.legend(fontsize=8)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=110)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", type=int, default=[34, 3_321, 10_000, 1_000_000])
    parser.add_argument("--picture")
    global most_rows_of_pairs
    parser.add_argument("--pairs-up-to", type=int, default=most_rows_of_pairs)
    arguments = parser.parse_args()
    most_rows_of_pairs = arguments.pairs_up_to
    print(f"numpy {numpy.__version__}, thuocdo {td.__version__}, one thread")
    for rows in arguments.rows:
        time_methods(rows)
    if arguments.picture:
        draw_growth(arguments.picture)


if __name__ == "__main__":
    main()
