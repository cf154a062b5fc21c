"""thuocdo ("thước đo", yardstick): KPI scoring and agency ranking that can be recomputed to the last digit.

>>> import thuocdo as td
>>> model = td.datasets.model("hdi")
>>> board = td.score(model, td.datasets.panel("hdi-2022"))
>>> board.explain("VNM").rank
107.0
"""

from __future__ import annotations

from . import check, datasets, estimators, kernels, rank, synthetic
from ._audit import AuditReport, audit
from ._boards import Scoreboard, derive, score
from ._calendars import WorkingCalendar, WorkingDate, WorkingDates, WorkingDayCounts, WorkingDays, load_calendar
from ._compare import Comparison, compare
from ._composite_tables import CompositeTables, load_composite_tables
from ._core import __version__
from ._deadlines import Deadline, Period, parse_deadline, parse_period
from ._diff import Diff, diff
from ._disclosure import AudienceView, DisclosureAudit, DisclosureProposal, audience_view
from ._errors import Cancelled, DataError, Error, JournalError, ModelError, NumericError, Problem, TaskError
from ._excel import read_excel
from ._excel_writer import write_csv, write_excel
from ._explanations import Explanation, WhatIf
from ._gaps import GapTable, KindShares, MovementTable, completion_result_gap, indicator_movement, kind_shares
from ._journal import Journal, JournalAppend, JournalState, JournalVerification
from ._live import LiveScoreboard
from ._live_log import CellAtMoment, ObservationLog
from ._live_results import BoardSnapshot, BoardUpdate
from ._models import DerivedIndicator, IndexModel, Node, check_model, load_model
from ._panels import Panel, load_panel, load_panels
from ._people import Bottlenecks, CheapestImprovements, bottlenecks, cheapest_improvements
from ._preparation import Preparation, PreparationStage, WeightingReport
from ._publications import Publication, Verification, load_publication, new_key, publication_diff, publish, verify
from ._rank_plots import plot_rank_history
from ._robust_studies import LeaveOneOut, PairStability, WeightStability, leave_one_out, weight_stability, with_weight_share
from ._sensitivity import Sensitivity, sensitivity
from ._smaa import NormalValue, SmaaResult, smaa
from ._task_quality import ForecastCalibration, WarningEvaluation
from ._task_results import OverdueList, TaskList, TaskTable
from ._tasks import TaskRegister, join_panels, load_tasks
from ._track import MissedTargets, TrackRow, TrackTable, missed_targets, on_track
from ._uncertainty import DrawCounts, FailedDraws, Uncertainty, UncertaintyPlan, uncertainty, uncertainty_plan
from ._units import Units, load_units

__all__ = [
    "AudienceView",
    "AuditReport",
    "BoardSnapshot",
    "BoardUpdate",
    "Bottlenecks",
    "Cancelled",
    "CellAtMoment",
    "CheapestImprovements",
    "Comparison",
    "CompositeTables",
    "DataError",
    "Deadline",
    "DerivedIndicator",
    "Diff",
    "DisclosureAudit",
    "DisclosureProposal",
    "DrawCounts",
    "Error",
    "Explanation",
    "FailedDraws",
    "ForecastCalibration",
    "GapTable",
    "IndexModel",
    "Journal",
    "JournalAppend",
    "JournalError",
    "JournalState",
    "JournalVerification",
    "KindShares",
    "LeaveOneOut",
    "LiveScoreboard",
    "MissedTargets",
    "ModelError",
    "MovementTable",
    "Node",
    "NormalValue",
    "NumericError",
    "ObservationLog",
    "OverdueList",
    "PairStability",
    "Panel",
    "Period",
    "Preparation",
    "PreparationStage",
    "Problem",
    "Publication",
    "Scoreboard",
    "Sensitivity",
    "SmaaResult",
    "TaskError",
    "TaskList",
    "TaskRegister",
    "TaskTable",
    "TrackRow",
    "TrackTable",
    "Uncertainty",
    "UncertaintyPlan",
    "Units",
    "Verification",
    "WarningEvaluation",
    "WeightStability",
    "WeightingReport",
    "WhatIf",
    "WorkingCalendar",
    "WorkingDate",
    "WorkingDates",
    "WorkingDayCounts",
    "WorkingDays",
    "__version__",
    "audience_view",
    "audit",
    "bottlenecks",
    "cheapest_improvements",
    "check",
    "check_model",
    "compare",
    "completion_result_gap",
    "datasets",
    "derive",
    "diff",
    "estimators",
    "indicator_movement",
    "join_panels",
    "kernels",
    "kind_shares",
    "leave_one_out",
    "load_calendar",
    "load_composite_tables",
    "load_model",
    "load_panel",
    "load_panels",
    "load_publication",
    "load_tasks",
    "load_units",
    "missed_targets",
    "new_key",
    "on_track",
    "parse_deadline",
    "parse_period",
    "plot_rank_history",
    "publication_diff",
    "publish",
    "rank",
    "read_excel",
    "score",
    "sensitivity",
    "smaa",
    "synthetic",
    "uncertainty",
    "uncertainty_plan",
    "verify",
    "weight_stability",
    "with_weight_share",
    "write_csv",
    "write_excel",
]
