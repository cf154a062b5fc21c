"""Publications: what Python adds to them, and the commands. What is in them and what is caught the C++ tests show."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, Callable, Dict, Tuple

import pytest

import thuocdo as td
from thuocdo import _core
from thuocdo._command import main

pandas = pytest.importorskip("pandas")

Run = Callable[..., Tuple[int, str, str]]

signed = pytest.mark.skipif(not _core.signatures_built(), reason="the package was built without libsodium")


def model() -> Dict[str, Any]:
    def leaf(code: str, **more: Any) -> Dict[str, Any]:
        return {"code": code, "score": {"rule": "goalposts", "lower": 0, "upper": 100}, **more}

    root = {
        "code": "total",
        "name": {"en": "Total", "vi": "Tổng"},
        "aggregate": "arithmetic",
        "scale": 100,
        "rounding": {"digits": 1},
        "children": [leaf("a"), leaf("b"), leaf("secret", visibility="restricted")],
    }
    name = {"en": "Small", "vi": "Nhỏ"}
    return {"thuocdo": 1, "id": "small", "version": "1", "name": name, "root": root}


def frame() -> Any:
    index = pandas.Index(["HN", "DN", "CT"], name="unit")
    return pandas.DataFrame({"a": [90.0, 50, 10], "b": [80.0, 60, 20], "secret": [40.0, 80, 40]}, index=index)


def board() -> td.Scoreboard:
    return td.score(td.load_model(model()), td.Panel(frame(), period="2026-Q3"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> Tuple[int, str, str]:
        code = main([str(each) for each in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_frames_have_what_the_audience_sees() -> None:
    everything = td.publish(board(), audience="restricted")
    ranking = everything.ranking()
    assert list(ranking.index) == ["HN", "DN", "CT"]
    assert list(ranking["rank"]) == [1, 2, 3]
    assert list(ranking["score"]) == [70.0, 63.3, 23.3]
    assert everything.results().loc["HN", "secret"] == 0.4
    assert everything.withheld() == []
    rules = {"default_digits": 0, "units": [{"unit": "CT", "visibility": "internal"}]}
    with pytest.raises(td.DataError, match="not_safe|determined_exactly|interval_too_narrow|not_decided") as refused:
        td.publish(board(), rules=rules, safe_width=0.5)
    assert refused.value.problems and refused.value.problems[0].remedy
    public = td.publish(board(), period="third quarter", rules=rules, safe_width=0.5, forced_reason="a test")
    assert list(public.ranking().index) == ["HN", "DN"]
    assert pandas.isna(public.results().loc["HN", "secret"])
    assert public.withheld() == [("HN", "secret"), ("DN", "secret")]
    assert public.period == "third quarter"
    assert public.disclosure["withheld_units"] == 1
    assert public.disclosure["audited"] and public.disclosure["forced_reason"] == "a test"
    assert public.disclosure["unsafe_figures"] > 0
    assert public.document["thuocdo_publication"] == 1
    assert public.path is None and len(public.overdue()) == 0
    with pytest.raises(td.DataError, match="unknown_unit"):
        td.publish(board(), rules={"units": [{"unit": "XX"}]})
    with pytest.raises(td.DataError, match="unknown_member"):
        td.publish(board(), rules={"unit": {}})


def test_versions_stay_and_verify(tmp_path: Path) -> None:
    first = td.publish(board(), tmp_path, audience="restricted", inputs=True, earlier={"2026-Q2": board()}, peers=1)
    assert first.path == str(tmp_path / "small" / "2026-Q3" / "restricted" / "v1")
    found = td.verify(first.path)
    assert found and found.recomputed.outcome == "yes" and found.signature.outcome == "not possible"
    assert td.load_publication(first.path).to_json() == first.to_json()
    assert first.document["units"][0]["trend"] == [{"period": "2026-Q2", "score": 70, "rank": 1}]
    with pytest.raises(td.DataError, match="reason_missing"):
        td.publish(board(), tmp_path, audience="restricted")
    second = td.publish(board(), tmp_path, audience="restricted", reason="without peers", peers=0, zip=True)
    assert second.version == 2 and str(second.path).endswith("v2.zip")
    assert second.document["supersedes"] == first.manifest_digest
    changed = frame()
    changed.loc["HN", "a"] = 91.0
    other = td.verify(first.path, model=model(), panel=changed)
    assert not other and other.difference_count > 0 and other.differences[0].unit == "HN"
    assert "number_differs" in [each.code for each in other.findings]
    (Path(first.path) / "ranking.csv").write_text("x", encoding="utf-8")
    assert [(each.code, each.file) for each in td.verify(first.path).findings] == [("file_changed", "ranking.csv")]


def test_zip_files_are_read_by_others_and_have_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        td.publish(board(), tmp_path / name, versions=False, zip=True, forced_reason="a test")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as bundle:
        assert bundle.testzip() is None
        names = bundle.namelist()
        assert names == sorted(names) and "publication.json" in names
        assert json.loads(bundle.read("publication.json"))["audience"] == "public"
        bundle.extractall(tmp_path / "out")
    assert td.verify(tmp_path / "out")
    check = [sys.executable, "-m", "zipfile", "-t", str(tmp_path / "a.zip")]
    assert subprocess.run(check, check=True, capture_output=True).returncode == 0


@signed
def test_commands_publish_verify_and_make_keys(tmp_path: Path, run: Run) -> None:
    (tmp_path / "model.json").write_text(json.dumps(model()), encoding="utf-8")
    frame().to_csv(tmp_path / "data.csv")
    (tmp_path / "rules.json").write_text('{"cells": [{"unit": "HN", "node": "a", "visibility": "internal"}]}', encoding="utf-8")
    key = tmp_path / "key"
    code, out, _ = run("key", "new", key)
    assert code == 0 and (key.stat().st_mode & 0o777) == 0o600
    fingerprint = out.split()[-1]
    assert run("key", "new", key)[0] == 1
    data = [tmp_path / "model.json", tmp_path / "data.csv"]
    publish = ["publish", *data, tmp_path / "out", "--label", "2026-Q3", "--key", key, "--public-key", f"{key}.pub"]
    code, _, err = run(*publish)
    assert code == 1 and "secret" in err and not (tmp_path / "out").exists()
    publish += ["--force", "a test"]
    code, out, err = run(*publish, "--rules", tmp_path / "rules.json", "--published-on", "2026-10-20")
    assert (code, err) == (0, "")
    path = Path(out.splitlines()[-1])
    assert path == tmp_path / "out" / "small" / "2026-Q3" / "public" / "v1"
    given = ["verify", path, "--model", data[0], "--data", data[1], "--public-key", f"{key}.pub"]
    code, out, err = run(*given)
    assert code == 0 and f"signed by: {fingerprint}" in out and "recomputed: yes" in out
    code, out, _ = run(*given, "--lang", "vi")
    assert code == 0 and "chữ ký: có" in out
    code, out, err = run(*publish)
    assert code == 1 and "reason_missing" in err
    code, out, _ = run(*publish, "--version-reason", "HN is shown", "--json")
    assert code == 0 and json.loads(out)["version"] == 2
    (path / "values.csv").write_text("", encoding="utf-8")
    code, out, _ = run("verify", path)
    assert code == 1 and "! file_changed values.csv" in out
    code, out, _ = run("verify", path, "--json")
    assert code == 1 and json.loads(out)["findings"][0]["file"] == "values.csv"
    assert run("verify", tmp_path / "nothing")[0] == 1
    code, _, err = run(*publish, "--inputs", "--audience", "internal")
    assert code == 1 and "inputs_withheld" in err


def test_overdue_tasks_and_intervals_are_published() -> None:
    tasks = [
        {"code": "t1", "title": "Report", "lead": "HN", "assigned": "2026-01-05", "deadline": "2026-09-01"},
        {"code": "t2", "title": "Plan", "lead": "DN", "assigned": "2026-01-05", "deadline": "2026-12-01"},
    ]
    factors = [{"at": "total", "noise": 0.25}]
    made = board()
    sure = td.uncertainty(made, factors, draws=50, seed=1)
    out = td.publish(made, audience="restricted", robust=sure, tasks=tasks, tasks_on="2026-09-30")
    assert list(out.overdue()["task"]) == ["t1"] and list(out.overdue()["days_late"]) == [29]
    assert list(out.ranking()["rank_low"]) == [1, 2, 3]
    assert out.document["interval_level"] == 0.9
    with pytest.raises(TypeError, match="tasks_on"):
        td.publish(made, tasks=tasks)


def test_two_publications_are_compared_exactly_where_they_hold_their_inputs(tmp_path: Path, run: Run) -> None:
    later = frame()
    later.loc["CT"] = [90.0, 80, 90]
    after = td.score(td.load_model(model()), td.Panel(later, period="2026-Q4"))
    old = td.publish(board(), tmp_path, audience="restricted", inputs=True)
    new = td.publish(after, tmp_path, audience="restricted", inputs=True, since=board(), limits={"a": {"upper": 100}})
    found = td.publication_diff(str(old.path), str(new.path))
    assert found is not None
    changes = {each["code"]: each for each in new.document["changes"]}
    for unit in ("HN", "DN", "CT"):
        row = changes[unit]
        assert math.fsum(row["score_parts"].values()) == row["score_after"] - row["score_before"]
    assert changes["CT"]["rank_before"] == 3 and changes["CT"]["rank_after"] == 1
    remarks = {each["code"]: each["remarks"] for each in new.document["units"]}
    assert remarks["HN"]["held_back"] and remarks["HN"]["moved"] and remarks["HN"]["nearest"]
    code, out, err = run("diff", old.path, new.path)
    assert (code, err) == (0, "") and "own_data" in out.splitlines()[0].replace(" ", "_")
    code, out, _ = run("diff", old.path, new.path, "--json", "--lang", "vi")
    assert code == 0 and json.loads(out)["split"] and json.loads(out)["units"][0]["unit"] == "CT"
    bare = td.publish(board(), tmp_path / "bare", audience="restricted")
    assert td.publication_diff(str(bare.path), str(new.path)) is None
    code, out, _ = run("diff", bare.path, new.path)
    assert code == 0 and out.startswith("only printed figures") and "86.7000" in out
