"""thuocdo ("thước đo", yardstick): KPI scoring and agency ranking that can be recomputed to the last digit.

>>> import thuocdo as td
>>> model = td.datasets.model("hdi")
>>> board = td.score(model, td.datasets.panel("hdi-2022"))
>>> board.explain("VNM").rank
107.0
"""

from __future__ import annotations

from . import datasets, kernels, synthetic
from ._boards import Scoreboard, score
from ._core import __version__
from ._errors import Cancelled, DataError, Error, ModelError, NumericError, Problem
from ._explanations import Explanation, WhatIf
from ._models import IndexModel, Node, check_model, load_model
from ._panels import Panel, load_panel, load_panels
from ._units import Units, load_units

__all__ = [
    "Cancelled",
    "DataError",
    "Error",
    "Explanation",
    "IndexModel",
    "ModelError",
    "Node",
    "NumericError",
    "Panel",
    "Problem",
    "Scoreboard",
    "Units",
    "WhatIf",
    "__version__",
    "check_model",
    "datasets",
    "kernels",
    "load_model",
    "load_panel",
    "load_panels",
    "load_units",
    "score",
    "synthetic",
]
