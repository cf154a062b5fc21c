"""What readers can find out: answers by hand, and every limit against HiGHS (scipy) on the equations of the audit."""

from __future__ import annotations

import json
from typing import Any, Dict, List

import numpy as np
import pandas as pd
import pytest

import thuocdo as td
from thuocdo._command import main

MODEL: Dict[str, Any] = {
    "thuocdo": 1,
    "id": "pillars",
    "version": "1",
    "name": {"en": "Pillars", "vi": "Trụ cột"},
    "root": {
        "code": "t",
        "aggregate": "arithmetic",
        "children": [
            {
                "code": "P",
                "aggregate": "arithmetic",
                "children": [
                    {"code": "a", "unit": "%", "weight": 0.2, "score": {"rule": "as_is"}},
                    {"code": "b", "unit": "%", "weight": 0.3, "score": {"rule": "as_is"}},
                    {"code": "c", "unit": "%", "weight": 0.5, "score": {"rule": "as_is"}},
                ],
            },
            {"code": "q", "unit": "%", "score": {"rule": "as_is"}},
        ],
    },
}
DATA = pd.DataFrame(
    {"unit": ["u1", "u2", "u3"], "a": [50.0, 50, 30], "b": [70.0, 50, 30], "c": [60.8, 50, 30], "q": [80.0, 60, 30]}
).set_index("unit")


def board(data: pd.DataFrame = DATA) -> td.Scoreboard:
    return td.score(td.load_model(MODEL), data)


def withheld(*cells: str, **more: Any) -> Dict[str, Any]:
    return {"cells": [dict(zip(("unit", "node"), cell.split("."))) for cell in cells], **more}


def test_one_withheld_indicator_is_determined_and_a_proposal_makes_it_safe() -> None:
    view = td.audience_view(board(), rules=withheld("u1.c", digits=[{"node": "P", "digits": 1}, {"node": "t", "digits": 0}]))
    assert view.audience == "public" and not view.shows("u1", "c") and view.shows("u1") and not view.shows_all
    assert np.isnan(view.printed().loc["u1", "c"]) and view.printed().loc["u1", "t"] == 71
    found = view.audit()
    assert view.audit(values_in_full=False).unsafe == 1
    row = found.frame().iloc[0]
    assert (row["unit"], row["node"], row["status"]) == ("u1", "c", "interval_too_narrow")
    assert row["lower"] == pytest.approx(60.7, abs=1e-6) and row["upper"] == pytest.approx(60.9, abs=1e-6)
    assert row["needed"] == 10 and "P of u1 = 61.4 (1 decimals)" in row["why"]
    assert not found.is_safe and found.unsafe == 1 and "1 not safe" in repr(found) and "<table" in found._repr_html_()
    proposal = view.propose(kinds=["cells"])
    assert proposal.exact and len(proposal) == 1 and proposal.unsafe == 0
    after = view.apply(proposal).audit()
    assert {each["node"]: each["status"] for each in after.rows()}["c"] == "safe"
    with pytest.raises(td.DataError) as refused:
        view.require_safe()
    assert [problem.code for problem in refused.value.problems] == ["interval_too_narrow"]
    assert view.require_safe(forced_reason="asked for")["forced_reason"] == "asked for"


def test_an_earlier_publication_gives_the_cell_away() -> None:
    now = td.audience_view(board(), rules=withheld("u1.b", "u1.c"))
    assert now.audit().is_safe
    before = td.audience_view(board(), rules=withheld("u1.c"))
    found = now.audit(earlier=[before])
    assert {each["status"] for each in found.rows()} == {"determined_exactly"}
    assert now.audit(widths={"b": 98.0}).unsafe == 1
    assert now.audit(safe_width=0.5, limits={"b": (20.0, 75.0)}).unsafe == 1
    with pytest.raises(td.DataError) as refused:
        now.audit(limits={"b": (60.0, None)})
    assert [problem.code for problem in refused.value.problems] == ["limit_violated"]


def test_rules_are_read_strictly() -> None:
    with pytest.raises(td.DataError) as refused:
        td.audience_view(board(), rules={"units": [{"unit": "u1", "visibility": "secret"}], "cells": [{"unit": "u1"}], "colour": 1})
    assert [problem.place for problem in refused.value.problems] == ["/units/0/visibility", "/cells/0/node", "/colour"]
    with pytest.raises(td.DataError) as refused:
        td.audience_view(board(), rules=withheld("u9.c", "u1.z", default_digits=99))
    assert [problem.code for problem in refused.value.problems] == ["unknown_unit", "unknown_node", "digits_out_of_range"]
    with pytest.raises(td.DataError):
        td.audience_view(board(), "everybody")


@pytest.mark.parametrize("seed", range(8))
def test_every_limit_against_highs(seed: int) -> None:
    linprog = pytest.importorskip("scipy.optimize").linprog
    random = np.random.default_rng(seed)
    data = pd.DataFrame(random.integers(5, 95, (5, 4)).astype(float), columns=list("abcq"), index=[f"u{k}" for k in range(5)])
    nodes = ["a", "b", "c", "q", "P", "t"]
    cells = [f"u{random.integers(5)}.{nodes[random.integers(len(nodes))]}" for _ in range(6)]
    view = td.audience_view(board(data), rules=withheld(*cells, default_digits=int(random.integers(0, 2)), ranks_without_totals=bool(seed % 2)))
    found = view.audit(roll_ups=[{"to": "nation", "digits": 1, "nodes": ["t", "P"]}])
    assert found.links == 0 and found.assumed == []
    equations = found.equations()
    matrix, lines, unknowns = equations["matrix"], equations["lines"], equations["unknowns"]
    rows = np.vstack([matrix, -matrix])
    limits = np.concatenate([lines["upper"], -lines["lower"]])
    kept = np.isfinite(limits)
    bounds = np.column_stack([unknowns["lower"], unknowns["upper"]])
    rows_of: List[Dict[str, Any]] = found.rows()
    assert rows_of
    for row in rows_of:
        cost = np.zeros(matrix.shape[1])
        cost[row["unknown"]] = 1.0
        low = linprog(cost, rows[kept], limits[kept], bounds=bounds)
        high = linprog(-cost, rows[kept], limits[kept], bounds=bounds)
        assert low.status == 0 and high.status == 0
        assert row["lower"] == pytest.approx(low.fun, abs=1e-5) and row["upper"] == pytest.approx(-high.fun, abs=1e-5)


def test_the_command_says_what_leaks(tmp_path: Any, capsys: Any) -> None:
    model, data, rules = tmp_path / "model.json", tmp_path / "data.csv", tmp_path / "rules.json"
    model.write_text(json.dumps(MODEL), encoding="utf-8")
    DATA.to_csv(data)
    rules.write_text(json.dumps(withheld("u1.c")), encoding="utf-8")
    assert main(["disclose", str(model), str(data), "--rules", str(rules), "--propose"]) == 1
    shown = capsys.readouterr().out
    assert "determined exactly" in shown and "proposal (smallest)" in shown and "withhold" in shown
    assert main(["disclose", str(model), str(data), "--rules", str(rules), "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["unsafe"] == 1 and document["withheld"][0]["status"] == "determined_exactly"
    rules.write_text(json.dumps(withheld("u1.c", "u1.b")), encoding="utf-8")
    assert main(["disclose", str(model), str(data), "--rules", str(rules), "--lang", "vi"]) == 0
    assert "an toàn" in capsys.readouterr().out
    earlier = tmp_path / "earlier.json"
    earlier.write_text(json.dumps(withheld("u1.c")), encoding="utf-8")
    arguments = ["disclose", str(model), str(data), "--rules", str(rules), "--earlier", str(data), "--earlier-rules", str(earlier), "--csv"]
    assert main(arguments) == 1
    assert "determined_exactly" in capsys.readouterr().out
