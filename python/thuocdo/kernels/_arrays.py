"""What the kernels share: arrays in, and the choice about refused cells."""

from __future__ import annotations

from typing import List, Optional

import numpy
from numpy.typing import ArrayLike, NDArray

Array = NDArray[numpy.float64]


def raises(refused: str) -> bool:
    if refused not in ("raise", "nan"):
        raise ValueError(f'refused: expected "raise" or "nan", not {refused!r}')
    return refused == "raise"


def numbers(values: ArrayLike) -> Array:
    return numpy.asarray(values, dtype=numpy.float64)


def weights_of(weights: ArrayLike) -> List[float]:
    return [float(each) for each in numbers(weights).ravel()]


def optional_weights(weights: Optional[ArrayLike]) -> Optional[List[float]]:
    return None if weights is None else weights_of(weights)
