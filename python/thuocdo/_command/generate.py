"""`thuocdo generate`: made-up data, the same on every machine."""

from __future__ import annotations

import argparse
import os
from typing import Iterable, List, Tuple

from .. import datasets, synthetic
from .._errors import Problem, data_error
from .._models import IndexModel
from .._panels import Panel
from .._units import Units
from . import inputs
from .texts import text

#: The reference model of each level of the nation.
NATION_MODELS = {"province": "resolution57-province", "commune": "resolution57-commune", "central": "resolution57-ministry"}


def run(given: argparse.Namespace) -> int:
    """Writes panels as CSV, and the model that they are for where it is made up too."""
    if given.level == "nation" and given.model is not None:
        problem = Problem("bad_option", "--model", given.model, "no model", "each level of the nation has its reference model")
        raise data_error("impossible option", [problem])
    for path in list(_files(given)):
        print(f"{text('wrote', given.lang)} {path}")
    return 0


def _files(given: argparse.Namespace) -> Iterable[str]:
    units = synthetic.nation(seed=given.seed)
    if given.level != "nation":
        yield from _level(given, given.level, units[given.level], given.out)
        return
    os.makedirs(given.out, exist_ok=True)
    for level, shipped in NATION_MODELS.items():
        panels = synthetic.panels(datasets.model(shipped), units[level], given.periods, seed=given.seed)
        yield from _panels(panels, os.path.join(given.out, f"{level}.csv"), f" for {shipped}")


def _level(given: argparse.Namespace, level: str, units: Units, out: str) -> Iterable[str]:
    stem = out[: -len(".csv")] if out.lower().endswith(".csv") else out
    model, note = _model(given, level)
    panels = synthetic.panels(model, units, given.periods, seed=given.seed)
    yield from _panels(panels, f"{stem}.csv", note)
    if given.model is None:
        file = f"{stem}.model.json"
        with open(file, "w", encoding="utf-8") as stream:
            stream.write(model.to_json() + "\n")
        yield file


def _model(given: argparse.Namespace, level: str) -> Tuple[IndexModel, str]:
    if given.model is not None:
        return inputs.open_model(given.model), f" for {given.model}"
    return synthetic.model(given.indicators, level=level), ""


def _panels(panels: List[Panel], path: str, note: str) -> Iterable[str]:
    for panel in panels:
        file = path if len(panels) == 1 else f"{path[: -len('.csv')]}-{panel.period}.csv"
        panel.to_csv(file)
        yield file + note
