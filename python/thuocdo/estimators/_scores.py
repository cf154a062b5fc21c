"""Estimators of normalisation, weights and aggregation."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Sequence, Union

import numpy

from .._errors import Problem, data_error
from ..kernels import aggregate, compare, normalise, numeric, weigh
from ._base import Array, Estimator, Frame

#: Methods of normalisation that learn from the column, and what they take of it.
LEARNT = {
    "min_max": {"minimum": "minimum", "maximum": "maximum"},
    "z_score": {"average": "mean", "spread": "standard_deviation"},
    "distance_to_best": {"minimum": "minimum", "maximum": "maximum"},
    "distance_to_target": {"minimum": "minimum", "maximum": "maximum"},
    "fraction_of_best": {"minimum": "minimum", "maximum": "maximum"},
}

#: Methods that look at a value alone.
FIXED = (
    "goalposts",
    "log_goalposts",
    "ratio_to_target",
    "step_table",
    "level_table",
    "checklist",
    "yes_no",
    "penalty_per_occurrence",
    "target_range",
    "rank_target",
    "logistic",
    "adjusted_mazziotta_pareto",
)

#: Methods that rank the units of a frame among themselves.
AMONG = ("rank_score", "borda", "percentile_rank")

#: Those of them that have a direction.
DIRECTED = (*LEARNT, *AMONG, "goalposts", "log_goalposts", "ratio_to_target", "logistic", "adjusted_mazziotta_pareto")

#: Schemes that look at the values, and whether they read directions.
SCHEMES_OF_DATA = {
    "entropy": False,
    "standard_deviation": False,
    "variance": False,
    "coefficient_of_variation": False,
    "gini_index": False,
    "angular": False,
    "lopcow": True,
    "merec": True,
    "cilos": True,
    "idocriw": True,
    "critic": True,
    "principal_components": False,
    "correlation_optimised": False,
}

#: Schemes that look at judgements, which are parameters.
SCHEMES_OF_JUDGEMENT = (
    "analytic_hierarchy_process",
    "best_worst_method",
    "swara",
    "fucom",
    "rank_order_centroid",
    "rank_sum",
    "rank_reciprocal",
    "swing",
    "budget_allocation",
)

METHODS = (
    "arithmetic",
    "geometric",
    "harmonic",
    "minimum",
    "maximum",
    "median",
    "power_mean",
    "ordered_weighted_average",
    "mean_min",
    "mazziotta_pareto",
    "gini_penalised_mean",
    "copeland",
    "hellwig",
    "wroclaw",
)


def _unknown_columns(argument: str, names: Sequence[str], frame: Frame) -> List[Problem]:
    return [
        Problem("unknown_column", f'argument "{argument}"', f'no column "{name}"', "columns of X", "check the spelling")
        for name in names
        if name not in frame.columns
    ]


class Normaliser(Estimator):
    """Puts indicators on a common scale; the best is highest.

    Parameters
    ----------
    method : str
        ``min_max``, ``z_score``, ``distance_to_best``, ``distance_to_target`` and ``fraction_of_best`` learn from the column
        and apply that to other units; ``rank_score``, ``borda`` and ``percentile_rank`` rank the units of a frame among
        themselves; ``goalposts``, ``log_goalposts``, ``ratio_to_target``, ``logistic``, ``target_range``, ``step_table``,
        ``level_table``, ``checklist``, ``yes_no``, ``penalty_per_occurrence`` and ``rank_target`` look at a value alone.
    lower_is_better : sequence of str
        Columns in which small values are good.
    parameters : dict, optional
        What `thuocdo.kernels` takes for the method, for all columns (``{"mean": 50, "deviation": 10}``) or by column
        (``{"x": {"lower": 0, "upper": 9}}``).
    refused : {"raise", "nan"}
        What happens to cells that the method is not defined for, such as those of a constant column.

    Attributes
    ----------
    statistics_ : dict
        By column what was learnt; empty for methods that learn nothing.
    """

    def __init__(
        self,
        method: str = "min_max",
        *,
        lower_is_better: Sequence[str] = (),
        parameters: Optional[Mapping[str, Any]] = None,
        refused: str = "raise",
    ) -> None:
        self.method = method
        self.lower_is_better = lower_is_better
        self.parameters = parameters
        self.refused = refused

    def _learn(self, frame: Frame) -> None:
        known = (*LEARNT, *AMONG, *FIXED)
        if self.method not in known:
            raise ValueError(f"method: expected one of {', '.join(known)}, not {self.method!r}")
        given = self.parameters or {}
        by_column = bool(given) and all(isinstance(value, Mapping) for value in given.values())
        problems = _unknown_columns("lower_is_better", self.lower_is_better, frame)
        problems += _unknown_columns("parameters", list(given) if by_column else [], frame)
        if self.lower_is_better and self.method not in DIRECTED:
            problems.append(
                Problem(
                    "no_direction",
                    'argument "lower_is_better"',
                    f"the method {self.method}",
                    "a method with directions",
                    "",
                )
            )
        if problems:
            raise data_error("the indicators cannot be normalised", problems)
        self._by_column = by_column
        self.statistics_: Dict[str, Dict[str, float]] = {}
        for name, values in frame.columns.items() if self.method in LEARNT else ():
            found = numeric.column_statistics(values)
            self.statistics_[name] = {argument: found[key] for argument, key in LEARNT[self.method].items()}

    def _apply(self, frame: Frame) -> Any:
        kernel = getattr(normalise, self.method, None) or getattr(compare, self.method)
        given: Mapping[str, Any] = self.parameters or {}
        out = {}
        for name, values in frame.columns.items():
            options = dict(given.get(name, {}) if self._by_column else given)
            options.update(self.statistics_.get(name, {}))
            if self.method in DIRECTED:
                options["lower_is_better"] = name in self.lower_is_better
            out[name] = kernel(values, refused=self.refused, **options)
        return frame.with_columns(out)


class Weigher(Estimator):
    """Weights of indicators, from the values or from judgements. `transform` leaves the frame as it is.

    Parameters
    ----------
    scheme : str
        ``equal``; of the values ``entropy``, ``standard_deviation``, ``variance``, ``coefficient_of_variation``,
        ``gini_index``, ``angular``, ``lopcow``, ``merec``, ``cilos``, ``idocriw``, ``critic``, ``principal_components``,
        ``correlation_optimised``; of judgements ``analytic_hierarchy_process``, ``best_worst_method``, ``swara``, ``fucom``,
        ``rank_order_centroid``, ``rank_sum``, ``rank_reciprocal``, ``swing``, ``budget_allocation``.
    lower_is_better : sequence of str
        Columns in which small values are good; for values that are not yet normalised.
    parameters : dict, optional
        What `thuocdo.kernels.weigh` takes for the scheme beside the values, such as ``{"judgement": ...}``, in the order of
        the columns.

    Attributes
    ----------
    weights_ : dict
        Weight by column; they add up to 1.
    report_ : object
        What `thuocdo.kernels.weigh` gives, with the figures of the scheme.
    """

    def __init__(
        self,
        scheme: str = "equal",
        *,
        lower_is_better: Sequence[str] = (),
        parameters: Optional[Mapping[str, Any]] = None,
    ) -> None:
        self.scheme = scheme
        self.lower_is_better = lower_is_better
        self.parameters = parameters

    def _learn(self, frame: Frame) -> None:
        known = ("equal", *SCHEMES_OF_DATA, *SCHEMES_OF_JUDGEMENT)
        if self.scheme not in known:
            raise ValueError(f"scheme: expected one of {', '.join(known)}, not {self.scheme!r}")
        problems = _unknown_columns("lower_is_better", self.lower_is_better, frame)
        if self.lower_is_better and not SCHEMES_OF_DATA.get(self.scheme, False):
            problems.append(
                Problem(
                    "no_direction",
                    'argument "lower_is_better"',
                    f"the scheme {self.scheme}",
                    "a scheme with directions",
                    "",
                )
            )
        if problems:
            raise data_error("the weights cannot be found", problems)
        given = dict(self.parameters or {})
        kernel = getattr(weigh, self.scheme)
        if self.scheme == "equal":
            self.report_: Any = kernel(len(frame.names))
        elif self.scheme in SCHEMES_OF_DATA:
            if SCHEMES_OF_DATA[self.scheme]:
                given["lower_is_better"] = [name in self.lower_is_better for name in frame.names]
            self.report_ = kernel(frame.block(), **given)
        else:
            self.report_ = kernel(**given)
        weights = getattr(self.report_, "weights", self.report_)
        if len(weights) != len(frame.names):
            found = f"{len(weights)} weights for {len(frame.names)} columns"
            raise data_error(
                "the weights cannot be found", [Problem("shape", 'argument "parameters"', found, "one a column", "")]
            )
        self.weights_: Dict[str, float] = dict(zip(frame.names, numpy.asarray(weights).tolist()))

    def _apply(self, frame: Frame) -> Any:
        return frame.with_columns(frame.columns)


class Aggregator(Estimator):
    """Makes one column of several, or one of each group of columns.

    Parameters
    ----------
    method : str
        ``arithmetic``, ``geometric``, ``harmonic``, ``minimum``, ``maximum``, ``median``, ``power_mean``,
        ``ordered_weighted_average``, ``mean_min``, ``mazziotta_pareto`` or ``gini_penalised_mean``; ``copeland``, ``hellwig``
        and ``wroclaw`` compare the units of a frame among themselves.
    weights : dict or Weigher, optional
        Weight by column, or what finds them when this is fitted; default: equal.
    groups : dict, optional
        Columns by name of the result; default: all columns under `name`.
    name : str
        Name of the result where there are no groups.
    parameters : dict, optional
        What `thuocdo.kernels` takes for the method, such as ``{"exponent": 2}``.

    Attributes
    ----------
    weights_ : dict or None
        Weight by column; None where they are equal.
    """

    def __init__(
        self,
        method: str = "arithmetic",
        *,
        weights: Union[Mapping[str, float], Weigher, None] = None,
        groups: Optional[Mapping[str, Sequence[str]]] = None,
        name: str = "score",
        parameters: Optional[Mapping[str, Any]] = None,
    ) -> None:
        self.method = method
        self.weights = weights
        self.groups = groups
        self.name = name
        self.parameters = parameters

    def _learn(self, frame: Frame) -> None:
        if self.method not in METHODS:
            raise ValueError(f"method: expected one of {', '.join(METHODS)}, not {self.method!r}")
        self.groups_: Dict[str, List[str]] = {self.name: list(frame.names)}
        if self.groups is not None:
            self.groups_ = {name: list(columns) for name, columns in self.groups.items()}
        named = [name for columns in self.groups_.values() for name in columns]
        problems = _unknown_columns("groups", named, frame)
        for name in frame.names:
            if name not in named:
                problems.append(
                    Problem(
                        "column_without_group",
                        'argument "groups"',
                        f'column "{name}" in no group',
                        "every column",
                        "add it",
                    )
                )
        for name in dict.fromkeys(each for each in named if named.count(each) > 1):
            problems.append(
                Problem(
                    "column_in_two_groups",
                    'argument "groups"',
                    f'column "{name}" twice',
                    "each column once",
                    "choose one",
                )
            )
        if isinstance(self.weights, Mapping):
            problems += _unknown_columns("weights", list(self.weights), frame)
            for name in frame.names:
                if name not in self.weights:
                    problems.append(
                        Problem(
                            "missing_weight", 'argument "weights"', f'no weight of "{name}"', "one a column", "add it"
                        )
                    )
        if problems:
            raise data_error("the columns cannot be aggregated", problems)
        self.weights_: Optional[Dict[str, float]] = None
        if isinstance(self.weights, Weigher):
            self.weights_ = type(self.weights)(**self.weights.get_params(deep=False)).fit(frame.source).weights_
        elif self.weights is not None:
            self.weights_ = {name: float(weight) for name, weight in self.weights.items()}

    def _apply(self, frame: Frame) -> Any:
        kernel = getattr(aggregate, self.method)
        out: Dict[str, Array] = {}
        for name, columns in self.groups_.items():
            weights = None if self.weights_ is None else [self.weights_[column] for column in columns]
            out[name] = kernel(frame.block(columns), weights=weights, **(self.parameters or {}))
        return frame.with_columns(out)
