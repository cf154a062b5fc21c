"""Estimators of what happens to the values before they are scored."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Sequence

import numpy

from .._errors import Problem, data_error
from ..kernels import numeric, prepare
from ._base import Array, Estimator, Frame


class Screener(Estimator):
    """Leaves out units with too few observed values or too many zeros.

    Parameters
    ----------
    minimum_availability : float
        Share of observed values below which a unit is flagged.
    minimum_nonzero : float
        Share of values other than zero, of those observed, below which a unit is flagged.
    action : {"exclude", "report"}
        Whether `transform` leaves flagged units out.

    Attributes
    ----------
    availability_, nonzero_share_ : array, shape (units,)
        Shares of the units that were fitted.
    flagged_ : list of str
        Units that were flagged.

    Notes
    -----
    The shares are those of a unit alone, so that `transform` looks at the units that it is given.
    """

    def __init__(
        self, *, minimum_availability: float = 0.65, minimum_nonzero: float = 0.0, action: str = "exclude"
    ) -> None:
        self.minimum_availability = minimum_availability
        self.minimum_nonzero = minimum_nonzero
        self.action = action

    def _screened(self, frame: Frame) -> Any:
        if self.action not in ("exclude", "report"):
            raise ValueError(f'action: expected "exclude" or "report", not {self.action!r}')
        return prepare.screen(frame.block(), availability=self.minimum_availability, nonzero=self.minimum_nonzero)

    @staticmethod
    def _flagged(found: Any) -> List[int]:
        return sorted({*found.flagged_by_availability.tolist(), *found.flagged_by_zeros.tolist()})

    def _learn(self, frame: Frame) -> None:
        found = self._screened(frame)
        self.availability_ = found.availability
        self.nonzero_share_ = found.nonzero_share
        self.flagged_ = [frame.rows[row] for row in self._flagged(found)]

    def _apply(self, frame: Frame) -> Any:
        flagged = set(self._flagged(self._screened(frame))) if self.action == "exclude" else set()
        rows = [row for row in range(len(frame.rows)) if row not in flagged]
        return frame.with_columns(frame.columns, rows if flagged else None)


class Denominator(Estimator):
    """Divides indicators by other columns, such as population or area.

    Parameters
    ----------
    by : dict
        Column of the denominator by indicator.
    scale : dict, optional
        By denominator: 1000 gives values per thousand.
    keep : bool
        Whether the denominators stay in the frame.
    zero_denominator : {"refuse", "missing"}
        What a denominator of zero does.

    Attributes
    ----------
    zero_denominators_ : list of str
        Units and indicators that were fitted with a denominator of zero.
    """

    def __init__(
        self,
        by: Mapping[str, str],
        *,
        scale: Optional[Mapping[str, float]] = None,
        keep: bool = False,
        zero_denominator: str = "refuse",
    ) -> None:
        self.by = by
        self.scale = scale
        self.keep = keep
        self.zero_denominator = zero_denominator

    def _learn(self, frame: Frame) -> None:
        if self.zero_denominator not in ("refuse", "missing"):
            raise ValueError(f'zero_denominator: expected "refuse" or "missing", not {self.zero_denominator!r}')
        problems = [
            Problem("missing_column", 'argument "by"', f'no column "{name}"', "columns of X", "check the spelling")
            for name in dict.fromkeys((*self.by, *self.by.values()))
            if name not in frame.columns
        ]
        if problems:
            raise data_error("the indicators cannot be divided", problems)
        self.zero_denominators_ = self._divided(frame)[1]

    def _divided(self, frame: Frame) -> Any:
        scales = self.scale or {}
        columns = dict(frame.columns)
        zeros: List[str] = []
        for name, by in self.by.items():
            values, rows = prepare.denominate(frame.columns[name], frame.columns[by], scale=scales.get(by, 1.0))
            columns[name] = values
            zeros += [f'{frame.rows[row]}, column "{name}"' for row in rows.tolist()]
        if zeros and self.zero_denominator == "refuse":
            remedy = 'correct it, or ask for zero_denominator="missing"'
            raise data_error(
                "denominators of zero",
                [Problem("zero_denominator", place, "a denominator of 0", "another", remedy) for place in zeros],
            )
        if not self.keep:
            columns = {
                name: column for name, column in columns.items() if name in self.by or name not in self.by.values()
            }
        return columns, zeros

    def _apply(self, frame: Frame) -> Any:
        return frame.with_columns(self._divided(frame)[0])


class Imputer(Estimator):
    """Fills missing values with the mean or median of the column or of the unit's group.

    Parameters
    ----------
    method : {"mean", "median", "group_mean", "group_median"}
    group : str, optional
        The column that names the group of each unit, for the methods of groups. It is no indicator.

    Attributes
    ----------
    statistics_ : dict
        By column the value that is filled in; for the methods of groups a dict of them by group. NaN where nothing was
        observed: such cells stay missing, as do those of units without a group or of a group that was not fitted.
    """

    def __init__(self, method: str = "mean", *, group: Optional[str] = None) -> None:
        self.method = method
        self.group = group

    def _text_columns(self) -> Sequence[str]:
        return () if self.group is None else (self.group,)

    def _check(self) -> bool:
        """Whether the method goes by groups."""
        methods = ("mean", "median", "group_mean", "group_median")
        if self.method not in methods:
            raise ValueError(f"method: expected one of {', '.join(methods)}, not {self.method!r}")
        grouped = self.method.startswith("group")
        if grouped != (self.group is not None):
            raise ValueError(
                f"group: expected {'the name of a column' if grouped else 'none'} with the method {self.method!r}"
            )
        return grouped

    def _statistic(self, values: Array) -> float:
        if self.method.endswith("median"):
            return float(numeric.quantile(values, 0.5))
        return float(numeric.column_statistics(values)["mean"])

    def _learn(self, frame: Frame) -> None:
        if not self._check():
            self.statistics_: Dict[str, Any] = {name: self._statistic(values) for name, values in frame.columns.items()}
            return
        groups = frame.cells(str(self.group))
        rows = {
            group: [row for row, each in enumerate(groups) if each == group]
            for group in dict.fromkeys(groups)
            if group is not None
        }
        self.statistics_ = {
            name: {group: self._statistic(values[chosen]) for group, chosen in rows.items()}
            for name, values in frame.columns.items()
        }

    def _apply(self, frame: Frame) -> Any:
        groups = frame.cells(str(self.group)) if self.group is not None else None
        out = {}
        for name, values in frame.columns.items():
            statistic = self.statistics_[name]
            if groups is None:
                fill = numpy.full(len(values), statistic)
            else:
                fill = numpy.array([statistic.get(group, numpy.nan) for group in groups])
            out[name] = numpy.where(numpy.isnan(values), fill, values)
        return frame.with_columns(out)


class OutlierTreatment(Estimator):
    """Winsorises indicators with outliers and, where that does not help, transforms them.

    An indicator passes when its absolute skewness or its excess kurtosis is below the threshold. The values that the fitted
    units were moved to are the limits for other units; a transform keeps its parameters.

    Parameters
    ----------
    maximum_skewness, maximum_kurtosis : float
        Thresholds.
    maximum_winsorised : int
        Values moved at most.
    otherwise : {"logarithm", "box_cox", "none"}
        The transform.
    box_cox_lambda : float
        Exponent of Box-Cox.

    Attributes
    ----------
    treatments_ : dict
        By column what `kernels.prepare.treat_outliers` found.
    limits_ : dict
        By winsorised column its smallest and largest value afterwards.
    """

    def __init__(
        self,
        *,
        maximum_skewness: float = 2.0,
        maximum_kurtosis: float = 3.5,
        maximum_winsorised: int = 5,
        otherwise: str = "logarithm",
        box_cox_lambda: float = 0.0,
    ) -> None:
        self.maximum_skewness = maximum_skewness
        self.maximum_kurtosis = maximum_kurtosis
        self.maximum_winsorised = maximum_winsorised
        self.otherwise = otherwise
        self.box_cox_lambda = box_cox_lambda

    def _learn(self, frame: Frame) -> None:
        self.treatments_: Dict[str, Any] = {}
        self.limits_: Dict[str, Any] = {}
        for name, values in frame.columns.items():
            found = prepare.treat_outliers(
                values,
                max_skewness=self.maximum_skewness,
                max_kurtosis=self.maximum_kurtosis,
                max_winsorised=self.maximum_winsorised,
                transform=self.otherwise,
                box_cox_lambda=self.box_cox_lambda,
            )
            self.treatments_[name] = found
            if found.transform == "none" and found.winsorised_points > 0:
                known = numeric.column_statistics(found.values)
                self.limits_[name] = (known["minimum"], known["maximum"])

    def _apply(self, frame: Frame) -> Any:
        out = {}
        for name, values in frame.columns.items():
            found = self.treatments_[name]
            if found.transform != "none":
                out[name] = prepare.apply_outlier_transform(values, found)
            elif name in self.limits_:
                out[name] = numpy.clip(values, *self.limits_[name])
            else:
                out[name] = values
        return frame.with_columns(out)
