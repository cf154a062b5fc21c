"""Models, scoreboards and explanations as Python objects: labels, HTML, pickling, threads, progress and cancelling."""

from __future__ import annotations

import copy
import pickle
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from typing import Any, List

import numpy
import pytest
from models import BANDED, MEAN_OF_TWO

import thuocdo as td

DATA = {"unit": ["x", "y", "z"], "name": ["<b>X</b>", "Huế", "Z"], "kind": ["p", "p", "q"], "a": [50.0, 40.0, 10.0], "b": [20.0, 5.0, 30.0]}


class TagsBalance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: List[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def balanced(html: str) -> bool:
    parser = TagsBalance()
    parser.feed(html)
    return not parser.open


def test_model_is_a_value() -> None:
    model = td.load_model(MEAN_OF_TWO)
    same = td.load_model(model.to_json())
    assert model == same and hash(model) == hash(same) and model != td.load_model(BANDED) and model != "two"
    assert td.load_model(model.to_dict()).digest == model.digest and td.load_model(model) is model
    assert len(model.digest) == 64 and model.canonical().startswith('{"')
    assert pickle.loads(pickle.dumps(model)) == model and copy.deepcopy(model) == model
    assert model.indicators == ["a", "b"] and [leaf.code for leaf in model.leaves] == ["a", "b"]
    assert model["a"].effective_weight == 0.5 and (model.name, model.name_vi) == ("Mean of two", "Trung bình hai")
    with pytest.raises(td.ModelError):
        model["zz"]
    assert "two 1" in repr(model) and balanced(model._repr_html_())


def test_nodes_make_frames() -> None:
    nodes = td.datasets.model("hdi").nodes
    for package in ("pandas", "polars"):
        frame = pytest.importorskip(package).DataFrame(nodes)
        assert list(frame["code"]) == ["hdi", "health", "education", "eys", "mys", "income"]
        assert frame["effective_weight"].sum() == pytest.approx(1 + 1 + 1 / 3)


def test_scoreboard_prints_the_first_ten_and_escapes_html() -> None:
    hdi = td.score(td.datasets.model("hdi"), td.datasets.panel("hdi-2022"))
    lines = repr(hdi).splitlines()
    assert len(lines) == 14 and "Switzerland" in lines[3] and lines[-1] == "... 183 more"
    board = td.score(BANDED, DATA)
    for html in (board._repr_html_(), board.explain("x")._repr_html_()):
        assert "<b>X" not in html and "&lt;b&gt;X&lt;/b&gt;" in html and balanced(html)


def test_bands_reasons_and_ranks_within() -> None:
    board = td.score(BANDED, DATA)
    assert board.bands().tolist() == ["good", "low", "low"]
    assert "lies in" in board.band_reason("x") and "flags" not in board.flags("x")
    assert board.ranks_within("kind").tolist() == [1, 2, 1]
    assert board.explain("Huế").band == "low" and board.explain("x").flags == []
    assert board.ranking(limit=1)["unit"].tolist() == ["x"]


def test_explanation_adds_up_to_the_score_bit_for_bit() -> None:
    hdi = td.score(td.datasets.model("hdi"), td.datasets.panel("hdi-2022"))
    for unit in hdi.panel.units.codes:
        explanation = hdi.explain(unit)
        assert explanation.total == explanation.score
    lines, adjustments = explanation.lines, explanation.adjustments
    assert lines["contribution"][lines["leaf"]].sum() + adjustments["amount"].sum() == pytest.approx(explanation.score)
    assert "geometric" in repr(explanation)


def test_what_if_is_what_scoring_the_changed_data_gives() -> None:
    board = td.score(BANDED, DATA)
    changed = board.what_if("z", {"a": 60.0})
    again = td.score(BANDED, {**DATA, "a": [50.0, 40.0, 60.0]})
    assert changed.after["score"] == again.explain("z").score and changed.places_gained == 2.0
    assert changed.before["rank"] == 3.0 and "->" in repr(changed)
    mean = td.score(MEAN_OF_TWO, {"unit": ["x"], "a": [1.0], "b": [0.5]})
    assert mean.what_if("x", {"b": (1, 4)}).after["score"] == 0.625
    assert mean.what_if("x", {"b": "not_applicable"}).after["score"] == 1.0
    assert mean.explain("x").score == 0.75


def test_panel_and_board_can_be_pickled() -> None:
    columns = {**DATA, "a:state": [None, "provisional", None], "population": [1.0, 2.0, None], "group:r": ["n", None, "s"], "a:source": ["s", None, None]}
    board = td.score(BANDED, columns)
    panel = pickle.loads(pickle.dumps(board.panel))
    assert td.score(BANDED, panel).digest == board.digest
    assert panel.to_csv(form="long") == board.panel.to_csv(form="long")
    again = pickle.loads(pickle.dumps(board))
    assert again.digest == board.digest and list(again.ranking()["unit"]) == list(board.ranking()["unit"])
    assert again.explain("x").lines["source"].tolist() == board.explain("x").lines["source"].tolist()


def test_growth_reads_the_previous_panel() -> None:
    model = {
        "thuocdo": 1, "id": "g", "version": "1", "name": "g",
        "root": {"code": "r", "children": [{"code": "a", "score": {"rule": "growth_to_target", "target": 0.1}}]},
    }  # fmt: skip
    board = td.score(model, {"unit": ["x"], "a": [105.0]}, previous={"unit": ["x"], "a": [100.0]})
    assert board.scores().tolist() == pytest.approx([0.5])
    assert pickle.loads(pickle.dumps(board)).digest == board.digest


def test_as_of_takes_dates_and_text() -> None:
    from datetime import date, datetime

    model = td.datasets.model("hdi")
    panel = td.datasets.panel("hdi-2022")
    for day in (date(2023, 1, 2), datetime(2023, 1, 2, 3), "2023-01-02"):
        assert td.score(model, panel, as_of=day).as_of == date(2023, 1, 2)
    with pytest.raises(TypeError):
        td.score(model, panel, as_of=2023)


def big() -> Any:
    """A model and panel that take long: powers over many units, in memory that is not used twice."""
    model = td.synthetic.model(60, pillars=3, sub_pillars=2, mix="geometric")
    rows = 400_000
    values = numpy.broadcast_to(numpy.linspace(20.0, 60.0, 60), (rows, 60))
    return model, td.Panel(values, model=model, units=[str(k) for k in range(rows)])


def test_progress_is_told_and_the_interpreter_is_free_meanwhile() -> None:
    shares: List[float] = []
    board = td.score(MEAN_OF_TWO, {"unit": ["x"], "a": [1.0], "b": [2.0]}, progress=shares.append)
    assert shares == [1.0] and len(board) == 1
    model, panel = big()
    ticks = 0
    stop = threading.Event()

    def count() -> None:
        nonlocal ticks
        while not stop.wait(0.002):
            ticks += 1

    counter = threading.Thread(target=count)
    counter.start()
    shares.clear()
    td.score(model, panel, progress=lambda share: shares.append(share), threads=2)
    stop.set()
    counter.join()
    assert 50 < len(shares) <= 150 and max(shares) == 1.0
    assert ticks > 5


def test_progress_can_cancel_and_errors_come_through() -> None:
    model, panel = big()
    shares: List[float] = []

    def enough(share: float) -> bool:
        shares.append(share)
        return len(shares) < 5

    with pytest.raises(td.Cancelled):
        td.score(model, panel, progress=enough)
    assert len(shares) == 5 and max(shares) < 0.1

    def fail(share: float) -> None:
        raise LookupError("from the callback")

    with pytest.raises(LookupError, match="from the callback"):
        td.score(model, panel, progress=fail, threads=2)
    assert len(td.score(model, panel)) == len(panel)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs POSIX timers")
def test_ctrl_c_stops_a_run_without_progress() -> None:
    model, panel = big()

    def interrupt(number: int, frame: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    started = time.perf_counter()
    try:
        with pytest.raises(KeyboardInterrupt):
            signal.setitimer(signal.ITIMER_REAL, 0.03)
            td.score(model, panel)
            pytest.fail(f"scored to the end in {time.perf_counter() - started:.3f} s")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_bar_of_tqdm(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    td.score(MEAN_OF_TWO, {"unit": ["x"], "a": [1.0], "b": [2.0]}, progress=True)
    assert "100%" in capsys.readouterr().err


def test_a_board_is_read_from_many_threads_and_scored_in_many() -> None:
    model, panel = td.datasets.model("hdi"), td.datasets.panel("hdi-2022")
    board = td.score(model, panel)
    codes = panel.units.codes
    with ThreadPoolExecutor(4) as pool:
        digests = list(pool.map(lambda _: td.score(model, panel).digest, range(16)))
        scores = list(pool.map(lambda code: board.explain(code).score, codes))
    assert set(digests) == {board.digest}
    assert scores == numpy.asarray(board.scores()).tolist()


def test_synthetic_nation_is_the_same_every_time() -> None:
    nation = td.synthetic.nation()
    assert {level: len(units) for level, units in nation.items()} == {"province": 34, "commune": 3321, "central": 25}
    for level, name in (("province", "resolution57-province"), ("commune", "resolution57-commune"), ("central", "resolution57-ministry")):
        model = td.datasets.model(name)
        panel = td.synthetic.panel(model, nation[level], seed=5)
        assert td.score(model, panel).digest == td.score(model, td.synthetic.panel(model, nation[level], seed=5)).digest
        assert td.score(model, panel).digest != td.score(model, td.synthetic.panel(model, nation[level], seed=6)).digest
    with pytest.raises(td.NumericError):
        td.synthetic.panel(model, nation["central"], missing_share=2.0)
