"""Steps of a composite index as estimators: `fit` learns from a frame, `transform` applies what was learnt.

They follow the conventions of scikit-learn (parameters in the constructor, learnt attributes with a trailing underscore,
`get_params`, `set_params`, `fit_transform`) and work inside its pipelines, but do not need it. A frame goes in and a frame of
the same kind comes out, with its labels: the index of a pandas frame, or a column of codes of units such as ``unit``. All other
columns are indicators. Columns other than those that were fitted are refused.

>>> import thuocdo as td
>>> values = {"unit": ["A", "B", "C"], "x": [1.0, 2.0, None], "y": [30.0, 10.0, 20.0]}
>>> filled = td.estimators.Imputer(method="mean").fit_transform(values)
>>> scores = td.estimators.Normaliser(method="min_max", lower_is_better=["y"]).fit_transform(filled)
>>> td.estimators.Aggregator(method="arithmetic").fit_transform(scores)["score"].tolist()
[0.0, 1.0, 0.5]
"""

from __future__ import annotations

from ._base import Estimator
from ._index import CompositeIndex
from ._preparation import Denominator, Imputer, OutlierTreatment, Screener
from ._scores import Aggregator, Normaliser, Weigher

__all__ = [
    "Aggregator",
    "CompositeIndex",
    "Denominator",
    "Estimator",
    "Imputer",
    "Normaliser",
    "OutlierTreatment",
    "Screener",
    "Weigher",
]
