"""Made-up models, units and values, the same on every machine. They are no official index and no observations."""

from __future__ import annotations

from typing import Any, Dict, List

from . import _core, datasets
from ._models import IndexModel, ModelSource, load_model
from ._panels import Panel
from ._tasks import TaskRegister
from ._units import Units, as_units

__all__ = ["model", "nation", "panel", "panels", "tasks"]


def model(
    indicators: int = 100,
    *,
    pillars: int = 5,
    sub_pillars: int = 4,
    peer_relative: bool = False,
    mix: str = "arithmetic",
    level: str = "",
) -> IndexModel:
    """A tree of pillars, sub-pillars and leaves; root scaled to 100 and rounded to 2 decimals.

    Parameters
    ----------
    indicators, pillars, sub_pillars : int
        Number of leaves, of pillars, and of sub-pillars in each.
    peer_relative : bool
        Score every tenth indicator against the other units.
    mix : {"arithmetic", "geometric", "alternating"}
        How pillars aggregate.
    level : str
        Level of the units that it ranks; empty for all.

    Raises
    ------
    NumericError
        When there are fewer indicators than sub-pillars.
    """
    return IndexModel(_core.synthetic_model(indicators, pillars, sub_pillars, peer_relative, mix, level))


def nation(provinces: Any = None, *, seed: int = 57) -> Dict[str, Units]:
    """Units of the whole country: ``province``, ``commune`` (made up from the real counts: 3,321) and ``central``.

    Parameters
    ----------
    provinces : Units or frame, optional
        Provinces with attributes ``wards``, ``communes`` and ``special_zones``; default: the 34 of Viet Nam.
    seed : int
        Seed of the populations.
    """
    given = datasets.units() if provinces is None else as_units(provinces) or Units(provinces)
    return {level: Units(units) for level, units in _core.synthetic_nation(given._core, seed).items()}


def panels(
    model: ModelSource,
    units: Any,
    periods: int,
    *,
    seed: int = 57,
    missing_share: float = 0.02,
    provisional_share: float = 0.03,
    zero_denominator_share: float = 0.005,
) -> List[Panel]:
    """Panels of consecutive quarters; see `panel`."""
    given = as_units(units) or Units(units)
    made = _core.synthetic_panels(
        load_model(model)._core, given._core, seed, periods, missing_share, provisional_share, zero_denominator_share
    )
    return [Panel(each) for each in made]


def panel(model: ModelSource, units: Any, **options: Any) -> Panel:
    """Values that suit every rule of a model, so that it scores without error.

    Parameters
    ----------
    model : IndexModel or source
        The model to make values for.
    units : Units, frame or sequence of str
        The units.
    seed : int
        A cell is a function of seed, period, unit, model and indicator.
    missing_share, provisional_share, zero_denominator_share : float
        Shares of the cells, where the model allows them.

    Raises
    ------
    NumericError
        When a share is out of range.
    """
    return panels(model, units, 1, **options)[0]


def tasks(
    count: int = 22_000,
    *,
    seed: int = 57,
    first: str = "2024-01-01",
    last: str = "2026-12-31",
    details: bool = True,
) -> TaskRegister:
    """A register of made-up tasks of central bodies, provinces and communes, with their whole lives.

    Parameters
    ----------
    count : int
        Number of tasks. Each depends on the seed and its own number alone.
    seed : int
        Seed of everything.
    first, last : str
        Days between which tasks are assigned, ``YYYY-MM-DD``.
    details : bool
        Titles, products, money, milestones and progress reports; without them a task has what counts need.
    """
    return TaskRegister(_core.synthetic_tasks(datasets.units()._core, count, seed, first, last, details))
