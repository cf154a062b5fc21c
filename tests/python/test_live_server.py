"""The example server: its answers, and its page in a headless Chromium."""

from __future__ import annotations

import http.client
import importlib.util
import json
import socket
import sys
import threading
import time
from pathlib import Path
from types import ModuleType
from typing import Any, Dict, Iterator, List, Optional, Tuple

import pytest
from browser import Browser, program
from models import BANDED

import thuocdo as td

PERIOD = "2026-Q3"


@pytest.fixture(scope="module")
def example(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("live_server", root / "examples" / "live_server.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


class Running:
    """A server in a thread."""

    def __init__(self, example: ModuleType, board: td.LiveScoreboard, port: int = 0) -> None:
        self.server = example.BoardServer(("127.0.0.1", port), board)
        self.port: int = self.server.server_address[1]
        self.url: str = self.server.url
        # Shutting down waits for the next look at the request to do so.
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Tuple[int, Any]:
        text = body if isinstance(body, (bytes, str)) or body is None else "\n".join(json.dumps(each) for each in body)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, text.encode() if isinstance(text, str) else text, headers)
            answer = connection.getresponse()
            content = answer.read().decode()
            return answer.status, json.loads(content) if "json" in answer.headers["Content-Type"] else content
        finally:
            connection.close()

    def post(self, *events: Dict[str, Any]) -> Dict[str, Any]:
        status, answer = self.ask("POST", "/events", list(events))
        assert status == 200, answer
        return dict(answer)

    def stop(self) -> None:
        self.server.shutdown()
        self.thread.join(10)
        self.server.server_close()


def banded_board() -> td.LiveScoreboard:
    table = {"unit": ["01", "04", "42"], "name": ["Hà Nội", "Cao Bằng", "東京"], "kind": ["city", "province", "city"]}
    return td.LiveScoreboard(BANDED, period=PERIOD, baseline={**table, "a": [50.0, 40.0, 10.0], "b": [20.0, 15.0, 30.0]})


@pytest.fixture
def running(example: ModuleType) -> Iterator[Running]:
    server = Running(example, banded_board())
    yield server
    server.stop()


def observed(event_id: str, unit: str, value: float, **more: Any) -> Dict[str, Any]:
    return {
        "id": event_id, "type": "observation", "valid": "2026-09-30", "known": "2026-10-05", "unit": unit, "indicator": "a",
        "period": PERIOD, "value": value, **more,
    }  # fmt: skip


def read_events(running: Running, count: int, last_id: Optional[str] = None, query: str = "") -> List[Dict[str, str]]:
    """So many server-sent events, as their fields."""
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=10)
    connection.request("GET", "/events" + query, headers={} if last_id is None else {"Last-Event-ID": last_id})
    answer = connection.getresponse()
    found: List[Dict[str, str]] = []
    fields: Dict[str, str] = {}
    while len(found) < count:
        line = answer.fp.readline().decode().rstrip("\n")
        name, _, value = line.partition(": ")
        if line:
            fields[name] = value
        else:
            found += [fields] if "data" in fields else []
            fields = {}
    answer.close()
    connection.close()
    return found


def test_the_board_as_json(running: Running) -> None:
    status, board = running.ask("GET", "/board")
    assert status == 200 and board["model"]["name"] == {"vi": "Có bậc", "en": "Banded"} and board["bands"]["low"] == {"vi": "thấp", "en": "low"}
    assert (board["period"], board["as_of"], board["sequence"], board["open_problems"]) == (PERIOD, "2026-09-30", 0, 0)
    assert board["ranking"][1] == {"rank": 2, "unit": "04", "name": "Cao Bằng", "score": 55, "band": "good", "coverage": 1}
    assert running.ask("GET", "/nothing")[0] == running.ask("POST", "/", "")[0] == 404
    status, page = running.ask("GET", "/")
    assert status == 200 and "{nonce}" not in page and "http://" not in page and "https://" not in page and "innerHTML" not in page


def test_events_are_taken_or_refused_with_their_problems(running: Running) -> None:
    assert running.post(observed("e1", "42", 60), observed("e2", "42", 59)) == {"new_events": 2, "sequence": 2, "changed_units": 3}
    assert running.post(observed("e1", "42", 60))["new_events"] == 0
    status, answer = running.ask("POST", "/events", [observed("e3", "42", 1), {"id": "e4"}, observed("e5", "42", 1, valid="30/9")])
    assert status == 400 and {each["place"].partition("/")[0] for each in answer["problems"]} == {"events:2", "events:3"}
    assert set(answer["problems"][0]) == {"code", "place", "found", "expected", "remedy"}
    assert [running.ask("POST", "/events", body)[0] for body in ("nonsense", b"\xff", '{"advance_to": "2026-13-01"}')] == [400] * 3
    assert running.ask("POST", "/events", observed_text("e6"), Origin="http://example.org")[0] == 403
    assert running.ask("POST", "/events", observed_text("e6"), Origin=f"http://127.0.0.1:{running.port}")[0] == 200
    assert running.ask("POST", "/events", "", **{"Content-Length": "99999999999"})[0] == 413
    assert running.ask("POST", "/events", '{"advance_to": "2026-10-01"}')[0] == 200
    board = running.ask("GET", "/board")[1]
    assert board["sequence"] == 3 and board["as_of"] == "2026-10-01"


def observed_text(event_id: str) -> str:
    return json.dumps(observed(event_id, "42", 58))


def test_a_reader_goes_on_where_it_was(running: Running) -> None:
    start = running.ask("GET", "/board")[1]["last_id"]
    running.post(observed("e1", "42", 60))
    running.post(observed("e2", "04", 60))
    first, second = read_events(running, 2, query=f"?after={start}")
    assert first["event"] == "update" and [each["overtaken"] for each in json.loads(first["data"])["changes"]] == [[], [], ["01", "04"]]
    assert read_events(running, 1, last_id=first["id"]) == [second]
    # The header of a browser that connects again counts more than the address it began with.
    assert read_events(running, 1, last_id=first["id"], query=f"?after={start}") == [second]
    # What nobody sent, or another run: the reader has to look at the whole board.
    for last_id in (None, "nonsense", "0-0", f"{first['id']}9"):
        assert [each["event"] for each in read_events(running, 1, last_id)] == ["reset"]


def test_the_page_follows_events(example: ModuleType, tmp_path: Path) -> None:
    program()
    board = example.sample_board()
    running = Running(example, board)
    browser = Browser(tmp_path / "chromium")
    try:
        check_page(example, board, running, browser)
        running.stop()
        # The same board goes on: the browser comes back by itself and sees what it missed.
        board.apply(copied(board, board.units.codes[0], "again"))
        browser.wait_for("!document.getElementById('connection').classList.contains('open')")
        running = Running(example, board, running.port)
        browser.wait_for("document.getElementById('connection').classList.contains('open')")
        browser.wait_for(f"{SHOWN} === {json.dumps(ranking_of(board), ensure_ascii=False)}")
        running.post(*copied(board, board.units.codes[1], "after"))
        browser.wait_for(f"{SHOWN} === {json.dumps(ranking_of(board), ensure_ascii=False)}")
        assert browser.dialogs == []
    finally:
        browser.close()
        running.stop()


#: The ranking as the page shows it.
SHOWN = """[...document.querySelectorAll('#rows tr')].map((row) => row.dataset.unit + ' ' + row.querySelector('.rank').textContent
    + ' ' + row.querySelector('.name').textContent).join('\\n')"""


def ranking_of(board: td.LiveScoreboard) -> str:
    return "\n".join(f"{row['unit']} {row['rank']} {row['name']}" for row in board.snapshot().records())


def copied(board: td.LiveScoreboard, unit: str, event_id: str) -> List[Dict[str, Any]]:
    """Events that give a unit the values of the best one, or of the last one where it is the best itself."""
    records = board.snapshot().records()
    other = records[-1 if records[0]["unit"] == unit else 0]["unit"]
    values = board.panel
    row, day = values.values[values.units.codes.index(other)], board.as_of.isoformat()
    return [
        observed(f"{event_id}-{code}", unit, float(row[k]), valid=day, indicator=code, period=board.period)
        for k, code in enumerate(values.indicators)
        if row[k] == row[k]
    ]


def check_page(example: ModuleType, board: td.LiveScoreboard, running: Running, browser: Browser) -> None:
    browser.open(running.url)
    browser.wait_for("document.getElementById('connection').classList.contains('open')")
    assert browser.value(SHOWN) == ranking_of(board)
    assert browser.value("document.querySelectorAll('#rows tr').length") == 34

    # The last one gets the values of the best.
    records = board.snapshot().records()
    last, names = records[-1], {row["unit"]: row["name"] for row in records}
    heard: List[td.BoardUpdate] = []
    board.subscribe(heard.append)
    events = copied(board, last["unit"], "rise")
    before = time.time()
    answer = running.post(*events)
    assert answer["changed_units"] > 0
    rank = board.snapshot().rank(last["unit"])
    row = f"document.querySelector('#rows tr[data-unit=\"{last['unit']}\"]')"
    waited = browser.wait_for(f"{row}.querySelector('.rank').textContent === '{rank:.0f}'", 5)
    shown_after = float(browser.value("document.body.dataset.shown")) / 1000 - before
    print(f"the page showed the new rank {shown_after * 1000:.0f} ms after the event (seen after {waited * 1000:.0f} ms)")
    assert rank < last["rank"] and shown_after < 1 and waited < 1
    assert browser.value(SHOWN) == ranking_of(board)
    # Who overtook whom, in words that a reader for the blind reads out.
    overtaken = [names[each] for each in heard[-1].overtaken(last["unit"])]
    entry = browser.value("document.querySelector('#log li').textContent")
    assert last["name"] in entry and overtaken[0] in entry
    assert browser.value("document.getElementById('log').getAttribute('aria-live')") == "polite"
    assert browser.value(f"{row}.querySelector('.move').textContent").startswith("▲")
    labels = [browser.value("document.querySelector('thead').textContent.trim().replace(/\\s+/g, ' ')")]
    browser.value("document.getElementById('language').click()")
    labels.append(browser.value("document.querySelector('thead').textContent.trim().replace(/\\s+/g, ' ')"))
    assert sorted(labels) == ["Hạng Thay đổi Đơn vị Điểm Xếp loại", "Rank Change Unit Score Band"]

    # A name is text, whatever it says.
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    code = board.units.codes[0]
    running.post({"id": "name", "type": "unit", "valid": board.as_of.isoformat(), "known": "2026-10-06", "unit": {"code": code, "name": evil}})
    browser.wait_for(f"document.querySelector('#rows tr[data-unit=\"{code}\"] .name').textContent === {json.dumps(evil)}")
    running.post(*copied(board, code, "evil"))
    browser.wait_for(f"document.getElementById('log').textContent.includes({json.dumps(evil)})")
    assert browser.value("document.querySelectorAll('main script, main img').length") == 0

    running.ask("POST", "/events", json.dumps({"advance_to": f"{board.as_of.year + 1}-01-02"}))
    browser.wait_for(f"document.getElementById('as_of').textContent.endsWith('{board.as_of.year}')")
    assert browser.console == [] and browser.dialogs == []
    assert browser.requests and all(each.startswith((running.url, "data:")) for each in browser.requests)
