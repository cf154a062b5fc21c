"""Ranking methods the numpy way, with the sums that the papers name: whole matrices where memory allows, one criterion at a
time where it does not.
"""

from __future__ import annotations

import itertools
from typing import Any, Callable, Dict

import numpy

Array = Any


def min_max(x: Array, t: Array) -> Array:
    low, high = x.min(axis=0), x.max(axis=0)
    return numpy.where(t > 0, x - low, high - x) / (high - low)


def linear(x: Array, t: Array) -> Array:
    return numpy.where(t > 0, x / x.max(axis=0), x.min(axis=0) / x)


def best(x: Array, t: Array) -> Array:
    return numpy.where(t > 0, x.max(axis=0), x.min(axis=0))


def ratios(x: Array) -> Array:
    return x / numpy.sqrt((x * x).sum(axis=0))


def weighted_sum(x: Array, w: Array, t: Array) -> Array:
    return min_max(x, t) @ w


def weighted_product(x: Array, w: Array, t: Array) -> Array:
    return numpy.exp(numpy.log(linear(x, t)) @ w)


def waspas(x: Array, w: Array, t: Array) -> Array:
    n = linear(x, t)
    return 0.5 * (n @ w) + 0.5 * numpy.exp(numpy.log(n) @ w)


def topsis(x: Array, w: Array, t: Array) -> Array:
    v = ratios(x) * w
    to_ideal = numpy.sqrt(((v - best(v, t)) ** 2).sum(axis=1))
    to_anti_ideal = numpy.sqrt(((v - best(v, -t)) ** 2).sum(axis=1))
    return to_anti_ideal / (to_ideal + to_anti_ideal)


def vikor(x: Array, w: Array, t: Array) -> Array:
    d = (1.0 - min_max(x, t)) * w
    s, r = d.sum(axis=1), d.max(axis=1)
    return 0.5 * (s - s.min()) / numpy.ptp(s) + 0.5 * (r - r.min()) / numpy.ptp(r)


def moora_ratio(x: Array, w: Array, t: Array) -> Array:
    v = ratios(x) * w
    benefits, costs = v[:, t > 0].sum(axis=1), v[:, t < 0].sum(axis=1)
    return benefits - costs


def moora_reference_point(x: Array, w: Array, t: Array) -> Array:
    v = ratios(x) * w
    return numpy.abs(best(v, t) - v).max(axis=1)


def moora_multiplicative(x: Array, w: Array, t: Array) -> Array:
    logarithms = numpy.log(ratios(x)) * w
    benefits, costs = logarithms[:, t > 0].sum(axis=1), logarithms[:, t < 0].sum(axis=1)
    return benefits - costs


def spotis(x: Array, w: Array, t: Array, bounds: Array) -> Array:
    ideal = numpy.where(t > 0, bounds[:, 1], bounds[:, 0])
    return (numpy.abs(x - ideal) / (bounds[:, 1] - bounds[:, 0])) @ w


def rim(x: Array, w: Array, t: Array, ranges: Array) -> Array:
    """With the best end of each range as its reference ideal."""
    ideal = numpy.where(t > 0, ranges[:, 1], ranges[:, 0])
    y = 1.0 - numpy.abs(x - ideal) / (ranges[:, 1] - ranges[:, 0])
    far, near = numpy.sqrt((((y - 1.0) * w) ** 2).sum(axis=1)), numpy.sqrt(((y * w) ** 2).sum(axis=1))
    return near / (far + near)


def copras(x: Array, w: Array, t: Array) -> Array:
    d = x / x.sum(axis=0)
    plus, minus = d[:, t > 0] @ w[t > 0], d[:, t < 0] @ w[t < 0]
    q = plus + minus.sum() / (minus * (1 / minus).sum())
    return q / q.max()


def aras(x: Array, w: Array, t: Array) -> Array:
    ideal = best(x, t)
    n, optimal = numpy.where(t > 0, x, 1 / x), numpy.where(t > 0, ideal, 1 / ideal)
    total = n.sum(axis=0) + optimal
    return (n / total) @ w / ((optimal / total) @ w)


def edas(x: Array, w: Array, t: Array) -> Array:
    mean = x.mean(axis=0)
    distance = t * (x - mean) / mean
    plus, minus = numpy.maximum(distance, 0) @ w, numpy.maximum(-distance, 0) @ w
    return (plus / plus.max() + 1 - minus / minus.max()) / 2


def mabac(x: Array, w: Array, t: Array) -> Array:
    v = w * (min_max(x, t) + 1)
    return (v - numpy.exp(numpy.log(v).mean(axis=0))).sum(axis=1)


def mairca(x: Array, w: Array, t: Array) -> Array:
    return (1 - min_max(x, t)) @ (w / len(x))


def marcos(x: Array, w: Array, t: Array) -> Array:
    ideal, anti_ideal = best(x, t), best(x, -t)
    s = numpy.where(t > 0, x / ideal, ideal / x) @ w
    of_anti_ideal = numpy.where(t > 0, anti_ideal / ideal, ideal / anti_ideal) @ w
    plus, minus = s / w.sum(), s / of_anti_ideal
    f_plus, f_minus = minus / (plus + minus), plus / (plus + minus)
    return (plus + minus) / (1 + (1 - f_plus) / f_plus + (1 - f_minus) / f_minus)


def ram(x: Array, w: Array, t: Array) -> Array:
    d = x / x.sum(axis=0)
    plus, minus = d[:, t > 0] @ w[t > 0], d[:, t < 0] @ w[t < 0]
    return (2 + plus) ** (1 / (2 + minus))


def cocoso(x: Array, w: Array, t: Array) -> Array:
    r = min_max(x, t)
    s, p = r @ w, (r**w).sum(axis=1)
    a = (s + p) / (s + p).sum()
    b = s / s.min() + p / p.min()
    c = (s + p) / (s.max() + p.max())
    return numpy.cbrt(a * b * c) + (a + b + c) / 3


def codas(x: Array, w: Array, t: Array) -> Array:
    r = linear(x, t) * w
    far = r - r.min(axis=0)
    e, d = numpy.sqrt((far * far).sum(axis=1)), far.sum(axis=1)
    apart = e[:, None] - e
    return (apart + numpy.where(numpy.round(numpy.abs(apart), 12) >= 0.02, d[:, None] - d, 0.0)).sum(axis=1)


def multimoora(x: Array, w: Array, t: Array) -> Array:
    wins = numpy.zeros((len(x), len(x)), dtype=numpy.int8)
    for better in (moora_ratio(x, w, t), -moora_reference_point(x, w, t), moora_multiplicative(x, w, t)):
        wins += numpy.sign(better[:, None] - better).astype(numpy.int8)
    return numpy.sign(wins).sum(axis=1, dtype=float)


def comet(x: Array, values: Any, expert: Callable[[Array], Array]) -> Array:
    """Objects one by one, alternatives together."""
    objects = numpy.array(list(itertools.product(*values)), dtype=float)
    ratings = expert(objects)
    judgements = numpy.where(ratings[:, None] == ratings, 0.5, ratings[:, None] > ratings)
    steps, place = numpy.unique(judgements.sum(axis=1), return_inverse=True)
    memberships = [
        [numpy.interp(x[:, j], each, numpy.arange(len(each)) == k) for k in range(len(each))] for j, each in enumerate(values)
    ]
    scores = numpy.zeros(len(x))
    for which, share in zip(itertools.product(*[range(len(each)) for each in values]), place / (len(steps) - 1)):
        rule = numpy.full(len(x), share)
        for j, k in enumerate(which):
            rule *= memberships[j][k]
        scores += rule
    return scores


def promethee_usual(x: Array, w: Array, t: Array) -> Array:
    flow = numpy.zeros(len(x))
    for j, weight in enumerate(w):
        column = numpy.sort(x[:, j] * t[j])
        place = x[:, j] * t[j]
        below = numpy.searchsorted(column, place, "left")
        above = len(column) - numpy.searchsorted(column, place, "right")
        flow += weight * (below - above)
    return flow / (len(x) - 1)


def promethee_linear(x: Array, w: Array, t: Array, q: float, p: float) -> Array:
    """All pairs, one criterion at a time."""
    flow = numpy.zeros(len(x))
    for j, weight in enumerate(w):
        c = x[:, j] * t[j]
        preference = numpy.clip((c[:, None] - c - q) / (p - q), 0.0, 1.0)
        flow += weight * (preference.sum(axis=1) - preference.sum(axis=0))
    return flow / (len(x) - 1)


def promethee_linear_sorted(x: Array, w: Array, t: Array, q: float, p: float) -> Array:
    """By sorting and prefix sums, with numpy's tools."""
    flow = numpy.zeros(len(x))
    for j, weight in enumerate(w):
        c = x[:, j] * t[j]
        column = numpy.sort(c)
        sums = numpy.concatenate([[0.0], numpy.cumsum(column)])
        full, some = numpy.searchsorted(column, c - p), numpy.searchsorted(column, c - q)
        flow += weight * (full + ((c - q) * (some - full) - (sums[some] - sums[full])) / (p - q))
        full, some = numpy.searchsorted(column, c + p), numpy.searchsorted(column, c + q)
        flow -= weight * (len(c) - full + ((sums[full] - sums[some]) - (c + q) * (full - some)) / (p - q))
    return flow / (len(x) - 1)


def promethee_gaussian(x: Array, w: Array, t: Array, s: float) -> Array:
    flow = numpy.zeros(len(x))
    for j, weight in enumerate(w):
        c = x[:, j] * t[j]
        d = numpy.maximum(c[:, None] - c, 0.0)
        preference = 1.0 - numpy.exp(-(d * d) / (2 * s * s))
        flow += weight * (preference.sum(axis=1) - preference.sum(axis=0))
    return flow / (len(x) - 1)


def concordance_and_discordance(x: Array, w: Array, t: Array) -> Any:
    """ELECTRE I before its thresholds."""
    widest = numpy.ptp(x, axis=0).max()
    concordance, discordance = numpy.zeros((len(x), len(x))), numpy.zeros((len(x), len(x)))
    for j, weight in enumerate(w):
        c = x[:, j] * t[j]
        ahead = c[:, None] - c
        concordance += weight * (ahead >= 0)
        numpy.maximum(discordance, -ahead / widest, out=discordance)
    return concordance / w.sum(), discordance


def dominance(x: Array, t: Array) -> Array:
    y = x * t
    never_worse, once_better = numpy.ones((len(x), len(x)), dtype=bool), numpy.zeros((len(x), len(x)), dtype=bool)
    for j in range(x.shape[1]):
        ahead = y[:, None, j] - y[None, :, j]
        never_worse &= ahead >= 0
        once_better |= ahead > 0
    return never_worse & once_better


#: Forms that take time in proportion to the cells, or nearly.
BY_COLUMNS: Dict[str, Callable[[Array, Array, Array], Array]] = {
    each.__name__: each
    for each in (
        weighted_sum, weighted_product, waspas, topsis, vikor, moora_ratio, moora_reference_point, moora_multiplicative,
        copras, aras, edas, mabac, mairca, marcos, ram, cocoso,
    )
}  # fmt: skip

#: Forms that look at all pairs of alternatives.
BY_PAIRS: Dict[str, Callable[[Array, Array, Array], Array]] = {"codas": codas, "multimoora": multimoora}
