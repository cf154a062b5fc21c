"""Robustness runs against an independent numpy replay of the draws, parts of runs, frames, pictures and the command."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any, Dict, Iterator, List, Tuple

import numpy
import pytest
from models import BANDED

import thuocdo as td
from thuocdo._command import main

UNITS = 14
DRAWS = 400
LEAVES = ("a1", "a2", "b1", "b2")


def leaf(code: str, weight: float = 1.0) -> Dict[str, Any]:
    return {"code": code, "weight": weight, "score": {"rule": "as_is"}}


MODEL: Dict[str, Any] = {
    "thuocdo": 1,
    "id": "robust",
    "version": "1",
    "name": {"en": "Robust", "vi": "Vững"},
    "factors": [{"name": "noise", "noise": 0.3}],
    "root": {
        "code": "total",
        "children": [
            {"code": "A", "weight": 3, "children": [leaf("a1"), leaf("a2", 2)]},
            {"code": "B", "weight": 2, "children": [leaf("b1"), leaf("b2")]},
        ],
    },
}


def data() -> Dict[str, Any]:
    random = numpy.random.default_rng(8)
    columns: Dict[str, Any] = {"unit": [f"U{k:02d}" for k in range(UNITS)], "name": [f"Đơn vị {k}" for k in range(UNITS)]}
    columns.update({code: random.uniform(size=UNITS) for code in LEAVES})
    return columns


@pytest.fixture(scope="module")
def board() -> td.Scoreboard:
    return td.score(MODEL, data())


@pytest.fixture(scope="module")
def result(board: td.Scoreboard) -> td.Uncertainty:
    return td.uncertainty(board, draws=DRAWS, seed=5)


@pytest.fixture(autouse=True)
def close_figures() -> Iterator[None]:
    yield
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        return
    plt.close("all")


def replayed() -> Tuple[Any, Any, Any]:
    """Weights of the leaves, scores and ranks of every draw: arrays of draws by leaves or units."""
    x = numpy.column_stack([data()[code] for code in LEAVES])
    weights = numpy.empty((DRAWS, len(LEAVES)))
    nodes = {"total": [3.0, 2.0], "A": [1.0, 2.0], "B": [1.0, 1.0]}
    # The numbers of node k of the first factor are those of stage k.
    drawn = {code: td.kernels.weigh.noisy(given, 0.3, seed=5, draws=DRAWS, stage=k) for k, (code, given) in enumerate(nodes.items())}
    weights[:, :2] = drawn["total"][:, :1] * drawn["A"]
    weights[:, 2:] = drawn["total"][:, 1:] * drawn["B"]
    scores = weights @ x.T
    ranks = 1 + (scores[:, None, :] > scores[:, :, None]).sum(axis=2)
    return weights, scores, ranks


def test_a_run_is_what_numpy_makes_of_the_same_weights(board: td.Scoreboard, result: td.Uncertainty) -> None:
    weights, scores, ranks = replayed()
    table = result.table()
    order = [int(code[1:]) for code in table["unit"]]
    ends = {low: numpy.quantile(ranks, low, axis=0, method="inverted_cdf") for low in (0.05, 0.5, 0.95)}
    assert table["rank_low"].tolist() == ends[0.05][order].tolist()
    assert table["rank_high"].tolist() == ends[0.95][order].tolist()
    assert table["rank_median"].tolist() == ends[0.5][order].tolist()
    assert table["rank_mean"] == pytest.approx(ranks.mean(axis=0)[order], abs=1e-12)
    assert table["score_mean"] == pytest.approx(scores.mean(axis=0)[order], abs=1e-6)
    assert table["score_deviation"] == pytest.approx(scores.std(axis=0, ddof=1)[order], rel=1e-4)
    assert table["score_median"] == pytest.approx(numpy.median(scores, axis=0)[order], abs=2e-3)
    assert table["rank"].tolist() == sorted(table["rank"])
    shares = result.rank_acceptability()
    expected = numpy.stack([(ranks == rank).mean(axis=0) for rank in range(1, UNITS + 1)], axis=1)
    assert list(shares) == ["unit", *(str(rank) for rank in range(1, UNITS + 1))]
    assert numpy.column_stack([shares[str(rank)] for rank in range(1, UNITS + 1)]) == pytest.approx(expected)
    assert result.probability_top(3) == pytest.approx((ranks <= 3).mean(axis=0))
    winning = result.winning_probability()
    wins = (scores[:, :, None] > scores[:, None, :]).mean(axis=0) + 0.5 * numpy.eye(UNITS)
    assert numpy.column_stack([winning[f"U{k:02d}"] for k in range(UNITS)]) == pytest.approx(wins)
    central = result.central_weights()
    first = numpy.array([weights[ranks[:, k] == 1].mean(axis=0) if (ranks[:, k] == 1).any() else numpy.full(4, numpy.nan) for k in range(UNITS)])
    assert numpy.column_stack([central[code] for code in LEAVES]) == pytest.approx(first, abs=1e-9, nan_ok=True)
    # Groups by their definition, down the ranking.
    groups, leader, group = [0] * UNITS, order[0], 1
    for unit in order:
        if unit != leader and wins[leader, unit] >= 0.9:
            leader, group = unit, group + 1
        groups[unit] = group
    assert result.groups().tolist() == groups and 1 < group < UNITS


def test_ranks_are_published_with_their_intervals(board: td.Scoreboard, result: td.Uncertainty) -> None:
    ranking = result.ranking(3)
    assert list(ranking)[:5] == ["unit", "rank", "rank_low", "rank_high", "name"] and len(ranking["unit"]) == 3
    best = ranking["unit"][0]
    assert result.interval(best) == (ranking["rank_low"][0], ranking["rank_high"][0])
    assert result.interval(f"Đơn vị {int(best[1:])}", level=1.0).lower == 1
    wide = board.ranking(robust=result, level=1.0)
    assert (wide["rank_low"] <= result.table()["rank_low"]).all() and (wide["rank_high"] >= result.table()["rank_high"]).all()
    other = td.score(td.load_model(MODEL).with_("@A/weight", 5), data())
    with pytest.raises(td.DataError, match="another board"):
        other.ranking(robust=result)
    with pytest.raises(td.DataError, match="no such unit"):
        result.interval("nobody")


def test_parts_of_a_run_add_up_to_the_whole(board: td.Scoreboard, result: td.Uncertainty) -> None:
    plan = td.uncertainty_plan(board, draws=DRAWS, seed=5, threads=2)
    remote = pickle.loads(pickle.dumps(plan))
    parts = [remote.partial(first, count) for first, count in plan.parts(3)]
    assert sum(part.draws for part in parts) == DRAWS and parts[1].ranges == [plan.parts(3)[1]]
    assert plan.parts(3)[0][0] == 0 and len(plan.parts(10**6)) == DRAWS
    travelled = [pickle.loads(pickle.dumps(part)) for part in reversed(parts)]
    merged = plan.finish(travelled)
    assert merged.counts == result.counts and merged.counts.digest() == result.counts.digest()
    assert td.DrawCounts.from_bytes(parts[0].bytes()) == parts[0] != parts[1]
    assert parts[0].merge(parts[1]).ranges == [(0, parts[0].draws + parts[1].draws)] and parts[0].draws == plan.parts(3)[0][1]
    assert pickle.loads(pickle.dumps(result)).table()["rank_mean"].tolist() == result.table()["rank_mean"].tolist()
    with pytest.raises(td.NumericError) as caught:
        parts[0].merge(parts[0])
    assert caught.value.problems[0].code == "draws_twice"
    other = td.uncertainty_plan(board, draws=DRAWS, seed=6)
    with pytest.raises(td.NumericError) as caught:
        other.finish(parts)
    assert caught.value.problems[0].code == "another_run" and other.seed == 6
    with pytest.raises(td.NumericError):
        td.DrawCounts.from_bytes(parts[0].bytes()[:-1])


@pytest.mark.parametrize("kind", ["pandas", "index", "polars", "arrow", "numpy"])
def test_frames_come_in_the_kind_of_the_data(kind: str) -> None:
    columns = data()
    if kind in ("pandas", "index"):
        frame: Any = pytest.importorskip("pandas").DataFrame(columns)
        frame = frame.set_index("unit") if kind == "index" else frame
    elif kind == "polars":
        frame = pytest.importorskip("polars").DataFrame(columns)
    elif kind == "arrow":
        frame = pytest.importorskip("pyarrow").table(columns)
    else:
        frame = numpy.column_stack([columns[code] for code in LEAVES])
    board = td.score(MODEL, frame, units=columns["unit"] if kind == "numpy" else None)
    found = td.uncertainty(board, draws=20)
    for table in (found.table(), found.ranking(), found.rank_acceptability(), found.winning_probability(), found.central_weights()):
        assert type(table) is type(board.ranking()) and len(table) == UNITS
    assert type(found.groups()) is type(board.ranks()) and type(found.probability_top(2)) is type(board.scores())
    if kind == "index":
        assert found.table().index.tolist() == found.ranking().index.tolist() and "unit" not in found.table()
        assert found.table().index.name == "unit" and found.groups().index.tolist() == columns["unit"]


def test_draws_that_fail_are_counted_and_named() -> None:
    # The geometric mean has no result for a negative value.
    columns = {**data(), "a1": [-0.1, *([0.5] * (UNITS - 1))]}
    board = td.score(MODEL, columns)
    choice = [{"at": "@A/aggregate", "one_of": ["arithmetic", "geometric"]}]
    found = td.uncertainty(board, choice, draws=50)
    assert 0 < found.failed < 50 and found.draws == 50
    failure = found.failures[0]
    assert failure.count == found.failed and "geometric" in failure.text
    assert f"! {failure.count} draws failed ({failure.code})" in repr(found)
    assert f"{failure.count} of 50 draws failed" in found._repr_html_()
    with pytest.raises(td.NumericError, match="every draw failed"):
        plan = td.uncertainty_plan(board, choice, draws=50)
        plan.finish(plan.partial(failure.first_draw, 1))


def test_bands_and_units_without_a_rank() -> None:
    columns = {"unit": ["x", "y", "z"], "a": [40.0, 30.0, None], "b": [20.0, 5.0, None]}
    board = td.score({**BANDED, "defaults": {"missing": "renormalise"}, "ranking": {}, "roll_up": []}, columns)
    found = td.uncertainty(board, [{"at": "/bands/scale/0/from", "one_of": [30, 62]}], draws=200)
    bands = found.band_probability()
    assert list(bands) == ["unit", "good", "low"]
    assert 0.35 < bands["good"][0] < 0.65 and bands["good"][0] + bands["low"][0] == 1.0 and bands["good"][1] == 0.0
    assert numpy.isnan(bands["good"][2]) and found.groups().tolist()[:2] == [1, 2] and numpy.isnan(found.groups()[2])
    with pytest.raises(td.ModelError, match="no bands"):
        td.uncertainty(td.score(MODEL, data()), draws=2).band_probability()


def test_what_does_not_fit_is_refused_with_its_name(board: td.Scoreboard) -> None:
    with pytest.raises(td.ModelError) as caught:
        td.uncertainty(td.score(td.load_model({**MODEL, "factors": []}), data()))
    assert caught.value.problems[0].code == "no_factors" and '{"noise": 0.25}' in caught.value.problems[0].remedy
    with pytest.raises(td.ModelError) as caught:
        td.uncertainty(board, [{"at": "nobody", "noise": 0.2}, {"at": "A", "noise": 7}])
    assert [each.place for each in caught.value.problems][:2] == ["/factors/0/at", "/factors/1/noise"]
    with pytest.raises(TypeError, match="expected a list"):
        td.uncertainty(board, {"noise": 0.2})  # type: ignore[arg-type]
    with pytest.raises(td.NumericError) as caught:
        td.uncertainty(board, draws=0, threads=0)
    assert len(caught.value.problems) == 2
    with pytest.raises(td.NumericError, match="pairs"):
        td.uncertainty(board, pairs="some")
    with pytest.raises(ValueError, match="level"):
        td.uncertainty(board, level=1.5)
    with pytest.raises(td.NumericError, match="no pairs"):
        td.uncertainty(board, draws=2, pairs="none").groups()


def test_a_run_reports_stops_and_lets_errors_of_the_callback_through(board: td.Scoreboard) -> None:
    seen: List[float] = []
    plan = td.uncertainty_plan(board, draws=20_000)
    td.uncertainty(board, draws=20_000, progress=seen.append)
    assert seen == sorted(seen) and 0 < seen[0] < 1.0 == seen[-1]
    with pytest.raises(td.Cancelled):
        plan.partial(0, 20_000, progress=lambda share: False)
    with pytest.raises(ZeroDivisionError):
        plan.partial(0, 20_000, progress=lambda share: 1 // 0)
    with pytest.raises(td.Cancelled):
        td.sensitivity(board, progress=lambda share: False)


def test_sensitivity_names_the_factor_that_matters(board: td.Scoreboard) -> None:
    factors = [{"at": "total", "noise": 0.5}, {"at": "B", "noise": 0.01}]
    found = td.sensitivity(board, factors, samples=128, target="score", unit="Đơn vị 3", resamples=100)
    table = found.table()
    assert table["factor"].tolist() == ["weights of total", "weights of B"] and found.runs == 128 * 4 and found.unit == "U03"
    assert table["total"][0] > 0.95 and table["total"][1] < 0.01
    assert (table["first_low"] <= table["first_order"]).all() and (table["total"] <= table["total_high"]).all()
    # One factor that draws the only noise has all of the variance, whatever is explained.
    alone = td.sensitivity(board, [{"at": "total", "noise": 0.5}], samples=512, resamples=0)
    assert alone.table()["total"] == pytest.approx([1.0], abs=0.1) and numpy.isnan(alone.table()["total_low"]).all()
    settled = found.convergence()
    assert settled["rows"].tolist() == [16, 16, 32, 32, 64, 64, 128, 128] and settled["total"][-2:].tolist() == table["total"].tolist()
    again = pickle.loads(pickle.dumps(found))
    assert again.table()["total"].tolist() == table["total"].tolist() and repr(again) == repr(found)
    assert "weights of total" in found._repr_html_() and repr(found).startswith("<Sensitivity of score of U03>")
    with pytest.raises(td.NumericError, match="unit"):
        td.sensitivity(board, target="rank")


def test_pictures_show_every_unit_and_factor(board: td.Scoreboard, result: td.Uncertainty) -> None:
    pytest.importorskip("matplotlib").use("Agg")
    axes = result.plot(language="en")
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert len(labels) == UNITS and labels[0] == f"1. {result.ranking(1)['name'][0]}"
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["90% of the draws", "median", "published rank"]
    ends = axes.collections[0].get_segments()
    assert [ends[0][0][0], ends[0][1][0]] == list(result.interval(result.ranking(1)["unit"][0]))
    axes = result.plot("acceptability", top=5)
    assert axes.images[0].get_array().shape[0] == 5 and "5 trong 14 đơn vị" in axes.get_title()
    assert len(axes.patches) == 5
    found = td.sensitivity(board, [{"at": "total", "noise": 0.5}, {"at": "B", "noise": 0.5}], samples=16, resamples=20)
    axes = found.plot(language="en")
    assert len(axes.patches) == 4 and axes.get_yticklabels()[0].get_text() == found.table()["factor"][int(numpy.argmax(found.table()["total"]))]
    with pytest.raises(ValueError, match="kind"):
        result.plot("pie")
    with pytest.raises(ValueError, match="top"):
        result.plot(top=0)


def test_notebooks_show_intervals(result: td.Uncertainty) -> None:
    html = result._repr_html_()
    assert "rank, 90% of draws" in html and f"{DRAWS} draws, seed 5; factors: noise" in html and "4 more" in html
    text = repr(result)
    assert text.startswith("<Uncertainty of robust 1: 14 units>\n400 draws of 1 factor, seed 5") and "... 4 more" in text
    assert len(text.splitlines()) == 1 + 3 + 10 + 1


def test_the_command_prints_the_ranking_with_intervals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    columns = data()
    rows = "\n".join(",".join(str(cell) for cell in row) for row in zip(*columns.values()))
    (tmp_path / "data.csv").write_text(f"{','.join(columns)}\n{rows}\n", encoding="utf-8")
    (tmp_path / "model.json").write_text(json.dumps(MODEL), encoding="utf-8")
    (tmp_path / "plain.json").write_text(json.dumps({**MODEL, "factors": []}), encoding="utf-8")
    (tmp_path / "factors.json").write_text(json.dumps({"factors": MODEL["factors"]}), encoding="utf-8")

    def run(model: str, *arguments: str) -> Tuple[int, str, str]:
        code = main(["robust", str(tmp_path / model), str(tmp_path / "data.csv"), "--draws", str(DRAWS), "--seed", "5", *arguments])
        return (code, *capsys.readouterr())

    code, out, err = run("model.json", "--json", "--top-share", "3", "--sensitivity", "--samples", "16")
    assert (code, err) == (0, "")
    document = json.loads(out)
    result = td.uncertainty(td.score(MODEL, data()), draws=DRAWS, seed=5)
    table = result.table()
    assert [row["unit"] for row in document["ranking"]] == table["unit"].tolist()
    assert [row["rank_high"] for row in document["ranking"]] == table["rank_high"].tolist()
    assert document["ranking"][0]["top_3"] == result.probability_top(3)[int(table["unit"][0][1:])]
    assert document["counts_digest"] == result.counts.digest() and document["sensitivity"]["factors"][0]["factor"] == "noise"
    assert run("plain.json", "--factors", str(tmp_path / "factors.json"), "--csv", "--top", "1")[1].splitlines()[0] == (
        "rank,rank_low,rank_high,rank_median,unit,name,score,score_low,score_high,group"
    )
    code, out, _ = run("plain.json", "--noise", "0.3", "--top", "2", "--lang", "vi", "--top-share", "3", "--sensitivity", "--samples", "16")
    assert code == 0 and "400 lần mô phỏng, seed 5, khoảng 90%" in out and "... 12 đơn vị nữa" in out and "P(tốp 3)" in out
    assert out.startswith("Vững (robust 1)\n") and "tỷ trọng phương sai" in out
    code, out, err = run("plain.json")
    assert code == 1 and out == "" and "give --factors FILE or --noise 0.25" in err
    (tmp_path / "factors.json").write_text("[1", encoding="utf-8")
    assert run("plain.json", "--factors", str(tmp_path / "factors.json"))[0] == 1
    assert run("plain.json", "--noise", "7")[0] == 1 and run("plain.json", "--level", "7")[0] == 2


def test_the_command_shows_a_bar_on_a_terminal_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = data()
    rows = "\n".join(",".join(str(cell) for cell in row) for row in zip(*columns.values()))
    (tmp_path / "data.csv").write_text(f"{','.join(columns)}\n{rows}\n", encoding="utf-8")
    (tmp_path / "model.json").write_text(json.dumps(MODEL), encoding="utf-8")
    asked = ["robust", str(tmp_path / "model.json"), str(tmp_path / "data.csv"), "--draws", "50", "--csv"]
    assert main(asked) == 0
    quiet = capsys.readouterr()
    assert quiet.err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert main(asked) == 0
    shown = capsys.readouterr()
    assert "100%" in shown.err and shown.out == quiet.out
