"""How concentrated amounts are: whether resources go to a few priorities or are scattered over many.

Sums are exact, so the order of the amounts has no effect. NaN is missing and skipped; where the total is 0 or nothing is
observed there are no shares and the result is NaN.
"""

from __future__ import annotations

from numpy.typing import ArrayLike

from .. import _core
from ._arrays import numbers


def top_share(amounts: ArrayLike, k: int) -> float:
    """Share of the k largest amounts in the total, 0 to 1; 1 where there are at most k.

    Parameters
    ----------
    amounts : array_like, shape (units,)
        Finite, 0 or more; NaN is missing.
    k : int
        1 or more.

    Raises
    ------
    NumericError
        When k is below 1, or naming every amount that is negative or infinite.
    """
    return _core.top_share(numbers(amounts), k)


def herfindahl(amounts: ArrayLike) -> float:
    """Sum of squared shares: 1/n when all n are equal, 1 when all is in one.

    Parameters
    ----------
    amounts : array_like, shape (units,)
        Finite, 0 or more; NaN is missing.

    Raises
    ------
    NumericError
        Naming every amount that is negative or infinite.

    References
    ----------
    O. C. Herfindahl (1950), Concentration in the Steel Industry; A. O. Hirschman (1964), The paternity of an index.
    """
    return _core.herfindahl(numbers(amounts))


def herfindahl_normalised(amounts: ArrayLike) -> float:
    """(H - 1/n) / (1 - 1/n) over the n observed amounts: 0 when all are equal, 1 when all is in one; NaN for a single one.

    Parameters
    ----------
    amounts : array_like, shape (units,)
        Finite, 0 or more; NaN is missing.

    Raises
    ------
    NumericError
        Naming every amount that is negative or infinite.
    """
    return _core.herfindahl_normalised(numbers(amounts))


def effective_number(amounts: ArrayLike) -> float:
    """1/H: the number of equal amounts that would be as concentrated.

    Parameters
    ----------
    amounts : array_like, shape (units,)
        Finite, 0 or more; NaN is missing.

    Raises
    ------
    NumericError
        Naming every amount that is negative or infinite.

    References
    ----------
    M. A. Adelman (1969), Comment on the H concentration measure as a numbers-equivalent.
    """
    return _core.effective_number(numbers(amounts))


def gini(amounts: ArrayLike) -> float:
    """2 sum(i x(i)) / (n sum x) - (n + 1)/n with x(1) the smallest: 0 when all are equal, (n - 1)/n when all is in one.

    Parameters
    ----------
    amounts : array_like, shape (units,)
        Finite, 0 or more; NaN is missing.

    Raises
    ------
    NumericError
        Naming every amount that is negative or infinite.
    """
    return _core.gini(numbers(amounts))
