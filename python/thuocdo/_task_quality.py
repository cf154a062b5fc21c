"""How good early warnings and forecasts of missed deadlines were, held against what became of the tasks."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

from . import _html
from ._task_results import frame_of, rows_of

#: Columns that the HTML form shows.
SHOWN_WARNINGS = ("rule", "hits", "false_alarms", "misses", "precision", "recall", "f1", "mean_lead_time", "in_good_time")
SHOWN_BINS = ("from", "to", "count", "missed", "mean_forecast", "observed")


class WarningEvaluation:
    """Precision, recall and lead time of rules of warning over a history.

    Of rules about tasks and money a task is counted, of rules about indicators a pair of a body and an indicator.

    A task is warned by a rule on the first day on which the rule holds while the task is open and not beyond its deadline. A
    hit went beyond its deadline after that day, a false alarm was completed in time; what is not known yet is in no rate.
    A pair is a hit when its target was then missed, or for stale data, when the value for the target did not come.

    Attributes
    ----------
    watched : int
        Tasks that were open and in time on at least one of the days; pairs for which the body led an open task until the target.
    secret : int
        Secret tasks, which are left out.
    not_evaluated : list of str
        Rules of the other kind.
    """

    __slots__ = ("watched", "secret", "not_evaluated", "_columns", "_text", "_what", "_kind")

    def __init__(self, given: Mapping[str, Any], what: str, kind: str) -> None:
        self._what = what
        self._kind = kind
        self.watched: int = given["watched"]
        self.secret: int = given["secret"]
        self.not_evaluated: List[str] = given["not_evaluated"]
        self._columns: Dict[str, Any] = given["columns"]
        self._text: str = given["text"]

    def frame(self) -> Any:
        """One row a rule; of tasks also, last and with an empty ``rule``, all together. Beside each rate stands what it is a rate of."""
        return frame_of(self._columns, self._kind)

    def rows(self) -> List[Dict[str, Any]]:
        """The same as a list of dicts."""
        return rows_of(self._columns)

    def __len__(self) -> int:
        return len(self._columns["rule"])

    def __repr__(self) -> str:
        return self._text.rstrip("\n")

    def _repr_html_(self) -> str:
        rows = [[row[name] or ("all together" if name == "rule" else row[name]) for name in SHOWN_WARNINGS] for row in self.rows()]
        caption = f"Warnings on {self.watched} {self._what}; {self.secret} secret tasks, left out"
        notes = [f"not evaluated: {', '.join(self.not_evaluated)}"] if self.not_evaluated else []
        return _html.table(caption, [name.replace("_", " ") for name in SHOWN_WARNINGS], rows, notes)


class ForecastCalibration:
    """Forecasts of missed deadlines beside what happened, on days that were not learnt from.

    Attributes
    ----------
    count, missed : int
        Forecasts with a known outcome, and those of them whose deadline was missed.
    unknown : int
        Forecasts whose outcome is not known.
    base_rate : float
        Share missed: the forecast that knows nothing else.
    brier, brier_of_base_rate : float
        Mean squared error of the forecasts, and of the base rate; 0 is perfect.
    calibration_error : float
        Mean distance of the forecasts of a bin from the share that missed.
    area_under_curve : float
        Probability that a missed deadline was forecast higher than a kept one.
    """

    __slots__ = (
        "count", "missed", "unknown", "base_rate", "brier", "brier_of_base_rate", "calibration_error", "area_under_curve",
        "_columns", "_kind",
    )  # fmt: skip

    def __init__(self, given: Mapping[str, Any], kind: str) -> None:
        self._kind = kind
        self.count: int = given["count"]
        self.missed: int = given["missed"]
        self.unknown: int = given["unknown"]
        self.base_rate: float = given["base_rate"]
        self.brier: float = given["brier"]
        self.brier_of_base_rate: float = given["brier_of_base_rate"]
        self.calibration_error: float = given["calibration_error"]
        self.area_under_curve: float = given["area_under_curve"]
        self._columns: Dict[str, Any] = given["columns"]

    def frame(self) -> Any:
        """The calibration curve: one row a bin of forecasts, with their mean and the share that missed."""
        return frame_of(self._columns, self._kind)

    def rows(self) -> List[Dict[str, Any]]:
        """The same as a list of dicts."""
        return rows_of(self._columns)

    def __len__(self) -> int:
        return len(self._columns["from"])

    def _caption(self) -> str:
        names = ("base_rate", "brier", "brier_of_base_rate", "calibration_error", "area_under_curve")
        figures = ", ".join(f"{name.replace('_', ' ')} {_html.shown(getattr(self, name))}" for name in names)
        return f"{self.count} forecasts, {self.missed} missed, {self.unknown} of unknown outcome; {figures}"

    def __repr__(self) -> str:
        lines = [f"<{type(self).__name__}: {self._caption()}>"]
        lines += ["  " + " | ".join(f"{name.replace('_', ' ')} {_html.shown(row[name])}" for name in SHOWN_BINS) for row in self.rows()]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = [[row[name] for name in SHOWN_BINS] for row in self.rows()]
        return _html.table(self._caption(), [name.replace("_", " ") for name in SHOWN_BINS], rows)
