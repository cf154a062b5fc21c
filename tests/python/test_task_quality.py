"""Quality of warnings and forecasts: counted by hand on a small history, and on made-up tasks against the C++ examples' bounds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict

import pytest

import thuocdo as td

pandas = pytest.importorskip("pandas")


@pytest.fixture
def late_start(tmp_path: Path) -> Path:
    reason = {"vi": "khởi động chậm", "en": "late start"}
    rules = [
        {"code": "late-start", "kind": "late_start", "severity": "alarm", "reason": reason, "lead_time_days": 10, "share": 0.3},
        {"code": "flat", "kind": "no_improvement", "severity": "alarm", "reason": reason, "lead_time_days": 10, "periods": 1},
    ]
    document = {"thuocdo_warning_rules": 1, "id": "test", "version": "1", "name": {"vi": "Thử", "en": "Test"}, "rules": rules}
    file = tmp_path / "rules.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def task(code: str, **members: Any) -> Dict[str, Any]:
    return {"code": code, "lead": "BYT", "assigned": "2026-01-01", "deadline": "2026-04-11", **members}


#: 100 days from assignment to deadline; a third of them has passed on 9 February.
HISTORY = [
    task("hit"),
    task("false alarm", started="2026-03-01", completed="2026-04-01", accepted="2026-04-01"),
    task("missed", started="2026-01-05"),
    task("quiet", started="2026-01-05", completed="2026-04-01", accepted="2026-04-01"),
    task("not known yet", deadline="2026-12-31"),
    task("secret", secrecy="secret"),
]


def test_precision_recall_and_lead_time_are_those_counted_by_hand(late_start: Path) -> None:
    found = td.TaskRegister(HISTORY).evaluate_warnings(["2026-01-15", "2026-02-09"], "2026-05-01", late_start)
    rule, together = found.rows()
    assert [rule[name] for name in ("rule", "hits", "false_alarms", "misses", "quiet", "quiet_unknown")] == ["late-start", 1, 1, 1, 1, 1]
    assert (rule["precision"], rule["precision_numerator"], rule["precision_denominator"]) == (0.5, 1, 2)
    assert (rule["recall"], rule["f1"], rule["base_rate"]) == (0.5, 0.5, 0.5)
    # From 9 February to 11 April.
    assert rule["mean_lead_time"] == rule["median_lead_time"] == 61 and rule["in_good_time"] == 1
    assert together["rule"] == "" and together["hits"] == 1
    assert (found.watched, found.secret, found.not_evaluated, len(found)) == (5, 1, ["flat"], 2)
    assert isinstance(found.frame(), pandas.DataFrame) and "late-start" in repr(found) and "flat" in found._repr_html_()
    nothing = td.TaskRegister(HISTORY).evaluate_warnings(["2026-01-02"], "2026-05-01", late_start).rows()[0]
    assert nothing["hits"] == 0 and nothing["precision"] != nothing["precision"]


def test_rules_about_indicators_are_held_against_targets(late_start: Path) -> None:
    values = {"2026-03-31": (3.0, 3.0, 3.0), "2026-06-30": (3.0, 3.0, 4.0), "2026-09-30": (4.0, 6.0, 4.5)}
    history = [td.Panel({"unit": ["A", "B", "C"], "i": list(row)}, period=end, period_end=end) for end, row in values.items()]
    tasks = td.TaskRegister([{"code": f"T{body}", "lead": body, "assigned": "2026-01-05", "deadline": "2026-12-31", "indicators": ["i"]} for body in "ABC"])
    days = ["2026-05-15", "2026-07-15", "2026-09-15"]

    def judged(**changed: Any) -> Any:
        given: Dict[str, Any] = {"history": history, "better": {"i": "higher"}, "rules": late_start, **changed}
        return tasks.evaluate_indicator_warnings(days, "2026-12-31", {"i": ("2026-09-30", 5)}, **given)

    found = judged()
    # On 15 July A and B have not moved: A then misses 5, B attains it; C moved and misses.
    (rule,) = found.rows()
    assert [rule[name] for name in ("rule", "hits", "false_alarms", "misses", "quiet")] == ["flat", 1, 1, 1, 0]
    assert rule["mean_lead_time"] == 77 and (found.watched, found.not_evaluated) == (3, ["late-start"])
    assert "pairs of body and indicator" in found._repr_html_()
    with pytest.raises(td.TaskError, match="direction_missing"):
        judged(better={})


def test_days_out_of_order_are_refused_together_with_the_end(late_start: Path) -> None:
    with pytest.raises(td.TaskError) as refused:
        td.TaskRegister(HISTORY).evaluate_warnings(["2026-03-01", "2026-02-01", "2026-06-01"], "2026-05-01", late_start)
    assert [problem.code for problem in refused.value.problems] == ["days_out_of_order", "dates_reversed"]


def test_forecasts_are_judged_on_days_not_learnt_from() -> None:
    tasks = td.synthetic.tasks(4000)
    days = ["2025-09-30", "2025-12-31", "2026-03-31"]
    judged = tasks.forecast_calibration("2025-06-30", days, "2028-12-31")
    frame = judged.frame()
    assert frame["count"].sum() == judged.count > 1000 and frame["missed"].sum() == judged.missed
    assert judged.base_rate == judged.missed / judged.count
    # Better than the forecast that knows the base rate only, and calibrated within five per cent.
    assert judged.brier < judged.brier_of_base_rate and judged.area_under_curve > 0.7
    weighted = (frame["count"] * (frame["mean_forecast"] - frame["observed"]).abs()).sum() / judged.count
    assert judged.calibration_error == pytest.approx(weighted, rel=1e-12) and judged.calibration_error < 0.05
    assert f"{judged.count} forecasts" in repr(judged) and "mean forecast" in judged._repr_html_()
    with pytest.raises(td.TaskError, match="dates_reversed"):
        tasks.forecast_calibration("2025-06-30", ["2025-06-30"], "2028-12-31")
