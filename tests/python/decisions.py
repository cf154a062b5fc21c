"""Made-up decisions that the tests of the ranking methods share."""

from __future__ import annotations

import numpy


def random_decision(rows: int, columns: int, seed: int) -> "tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray]":
    """Values from 1 to 100, shares of 1 as weights, and every third criterion lower is better."""
    random = numpy.random.default_rng(seed)
    weights = random.uniform(0.1, 1.0, columns)
    directions = numpy.where(numpy.arange(columns) % 3 == 2, -1, 1)
    return random.uniform(1.0, 100.0, (rows, columns)), weights / weights.sum(), directions
