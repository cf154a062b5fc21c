"""A board of ranks in a browser that moves when an event arrives: the standard library and nothing else.

    python examples/live_server.py                       # 34 provinces with made-up values
    python examples/live_server.py --demo 2              # an event every two seconds
    python examples/live_server.py --model M --data FILE --period 2026-Q3 --journal events.db

Then open http://127.0.0.1:8766/ and tell it something:

    curl --data-binary @- http://127.0.0.1:8766/events <<'END'
    {"id":"e1","type":"observation","valid":"2026-03-31","known":"2026-04-05","unit":"01","indicator":"satisfaction","period":"2026-Q1","value":99}
    END

GET / is the page, GET /board the board as JSON, GET /events the changes as server-sent events, POST /events takes JSON
Lines: events, or {"advance_to": "2026-10-01"} alone. It knows no users: put what asks for names in front of it.
"""

from __future__ import annotations

import argparse
import itertools
import json
import secrets
import threading
import time
from collections import deque
from datetime import date, datetime, timezone
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Deque, Dict, Iterator, List, Optional, Tuple
from urllib.parse import parse_qs, urlsplit

import thuocdo as td

PAGE = Path(__file__).with_name("live_server.html")
DEFAULT_PORT = 8766

#: Seconds without a change after which a line is sent, so that nobody takes the connection for dead.
KEEP_ALIVE = 15.0
#: What a browser waits before it connects again, in milliseconds.
RETRY = 500
#: Updates that a browser may have missed and still gets.
REMEMBERED = 1000
#: Bytes that one request may bring.
LARGEST_BODY = 4_000_000


class Feed:
    """The last updates, each with a number, for any number of readers that wait for the next."""

    def __init__(self) -> None:
        # Numbers of an earlier run must not be taken for those of this one.
        self.run = secrets.token_hex(4)
        self._changed = threading.Condition()
        self._updates: Deque[Tuple[int, str, str]] = deque(maxlen=REMEMBERED)
        self._last = 0
        self._closed = False

    def publish(self, kind: str, content: Dict[str, Any]) -> None:
        text = json.dumps(content, ensure_ascii=False)
        with self._changed:
            self._last += 1
            self._updates.append((self._last, kind, text))
            self._changed.notify_all()

    def last_id(self) -> str:
        with self._changed:
            return f"{self.run}-{self._last}"

    def number_of(self, event_id: str) -> Optional[int]:
        """The number of an update that this feed sent and whose successors it still has."""
        run, _, number = event_id.partition("-")
        if run != self.run or not number.isdigit():
            return None
        with self._changed:
            oldest = self._updates[0][0] if self._updates else self._last + 1
            return int(number) if oldest - 1 <= int(number) <= self._last else None

    def after(self, number: int) -> Optional[List[Tuple[int, str, str]]]:
        """Waits for updates after a number: an empty list when none came for a while, None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._last > number, KEEP_ALIVE)
            return None if self._closed else [each for each in self._updates if each[0] > number]

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()


class BoardServer(ThreadingHTTPServer):
    """Serves one board. Whoever calls it in the same program may go on using the board."""

    daemon_threads = True

    def __init__(self, address: Tuple[str, int], board: td.LiveScoreboard, note: Optional[Dict[str, str]] = None) -> None:
        super().__init__(address, Handler)
        self.board = board
        self.note = note
        self.feed = Feed()
        self._open_problems = board.open_problems
        board.subscribe(self._publish)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def _publish(self, update: td.BoardUpdate) -> None:
        # For changes this is called under the lock of the board, so they come in their order.
        content = {"sequence": update.sequence, "as_of": update.as_of.isoformat(), "rebuilt": update.rebuilt}
        self.feed.publish("update", {**content, "changes": update.records()})

    def take(self, body: bytes) -> td.BoardUpdate:
        """Applies events, or moves to a later day."""
        text = body.decode("utf-8")
        day = _day_to_move_to(text)
        update = self.board.apply(text) if day is None else self.board.advance_to(day)
        if update.open_problems != self._open_problems:
            self._open_problems = update.open_problems
            self.feed.publish("reset", {})
        elif len(update) == 0:
            # Subscribers hear of changes only; the page shows the day and counts events too.
            self._publish(update)
        return update

    def document(self) -> Dict[str, Any]:
        """The board as plain values. What comes after `last_id` may be in it already, and changes nothing then."""
        last_id = self.feed.last_id()
        picture = self.board.snapshot()
        model = picture.model
        names = {lang: model._core.band_names(lang == "vi") for lang in ("vi", "en")}
        return {
            "last_id": last_id,
            "model": {"id": model.id, "version": model.version, "name": {"vi": model.name_vi, "en": model.name}},
            "note": self.note,
            "bands": {code: {"vi": names["vi"][code], "en": names["en"][code]} for code in names["en"]},
            "period": picture.period,
            "as_of": picture.as_of.isoformat(),
            "sequence": picture.sequence,
            "open_problems": picture.open_problems,
            "ranking": picture.records() if picture.is_scorable else [],
        }

    def shutdown(self) -> None:
        self.feed.close()
        super().shutdown()


class Handler(BaseHTTPRequestHandler):
    """The requests that the page makes."""

    server: BoardServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/":
            self._page()
        elif path == "/board":
            self._json(HTTPStatus.OK, self.server.document())
        elif path == "/events":
            self._events()
        else:
            self._json(HTTPStatus.NOT_FOUND, {"error": "there is /, /board and /events"})

    def do_POST(self) -> None:
        if urlsplit(self.path).path != "/events":
            self._json(HTTPStatus.NOT_FOUND, {"error": "events go to /events"})
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            self.close_connection = True
            self._json(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"error": f"state a length up to {LARGEST_BODY} bytes"})
            return
        body = self.rfile.read(int(length))
        # A page of another site can make a browser post here; it cannot hide where it is from.
        origin = self.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != self.headers.get("Host"):
            self._json(HTTPStatus.FORBIDDEN, {"error": "events of another site"})
            return
        try:
            update = self.server.take(body)
        except td.JournalError as error:
            self._json(HTTPStatus.SERVICE_UNAVAILABLE, {"problems": _problems(error)})
        except (td.Error, UnicodeDecodeError) as error:
            self._json(HTTPStatus.BAD_REQUEST, {"problems": _problems(error)})
        else:
            done = {"new_events": update.new_events, "sequence": update.sequence, "changed_units": len(update)}
            self._json(HTTPStatus.OK, done)

    def _page(self) -> None:
        nonce = secrets.token_urlsafe(16)
        policy = (
            f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; img-src data:; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        page = PAGE.read_text(encoding="utf-8").replace("{nonce}", nonce)
        self._send(HTTPStatus.OK, "text/html; charset=utf-8", page.encode(), {"Content-Security-Policy": policy})

    def _events(self) -> None:
        asked = parse_qs(urlsplit(self.path).query).get("after", [""])[0]
        number = self.server.feed.number_of(self.headers.get("Last-Event-ID", asked))
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for part in self._parts(number):
                self.wfile.write(part.encode())
                self.wfile.flush()
        except OSError:
            pass  # The browser has gone.

    def _parts(self, number: Optional[int]) -> Iterator[str]:
        """What is sent to one browser, until the server ends."""
        feed = self.server.feed
        yield f"retry: {RETRY}\n\n"
        if number is None:
            # It has seen something else, or too little: it has to look at the whole board.
            last_id = feed.last_id()
            number = feed.number_of(last_id) or 0
            yield f"id: {last_id}\nevent: reset\ndata: {{}}\n\n"
        while (updates := feed.after(number)) is not None:
            if not updates:
                yield ": still here\n\n"
            for number, kind, text in updates:
                yield f"id: {feed.run}-{number}\nevent: {kind}\ndata: {text}\n\n"

    def _json(self, status: HTTPStatus, content: Dict[str, Any]) -> None:
        self._send(status, "application/json; charset=utf-8", json.dumps(content, ensure_ascii=False).encode(), {})

    def _send(self, status: HTTPStatus, kind: str, body: bytes, headers: Dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing: the terminal belongs to whoever started the server."""


def _day_to_move_to(text: str) -> Optional[str]:
    """The day of {"advance_to": "2026-10-01"}."""
    try:
        fields = json.loads(text)
    except ValueError:
        return None
    return str(fields["advance_to"]) if isinstance(fields, dict) and list(fields) == ["advance_to"] else None


def _problems(error: Exception) -> List[Dict[str, str]]:
    if not isinstance(error, td.Error):
        return [{"code": "not_utf8", "place": "", "found": str(error), "expected": "text in UTF-8", "remedy": ""}]
    fields = ("code", "place", "found", "expected", "remedy")
    return [{field: getattr(each, field) for field in fields} for each in error.problems]


#: What the page says of the made-up values.
SAMPLE_NOTE = {"vi": "Số liệu minh họa, không phải số liệu thật.", "en": "Made-up values for illustration."}


def sample_board(**options: Any) -> td.LiveScoreboard:
    """The 34 provinces with made-up values under the reference model of Resolution 57."""
    model = td.datasets.model("resolution57-province")
    panel = td.synthetic.panel(model, td.synthetic.nation()["province"], missing_share=0.0, zero_denominator_share=0.0)
    return td.LiveScoreboard(model, baseline=panel, **options)


def sample_events(board: td.LiveScoreboard, seed: int = 57) -> Iterator[List[Dict[str, Any]]]:
    """For ever: some indicators of a unit take the values that another unit had at first."""
    panel = board.panel
    units, run = panel.units.codes, secrets.token_hex(4)
    leaves = [k for k, code in enumerate(panel.indicators) if not code.startswith("tasks.")]
    for number in itertools.count():
        step = (number + seed) * 7919
        to, of = step % len(units), step // len(units) % len(units)
        known = datetime.now(timezone.utc)
        events: List[Dict[str, Any]] = []
        for column in leaves[step % 7 :: 3]:
            events.append({
                "id": f"demo-{run}-{number}-{column}", "type": "observation", "valid": board.as_of, "known": known, "unit": units[to],
                "indicator": panel.indicators[column], "period": board.period, "value": float(panel.values[of, column]),
            })  # fmt: skip
        yield events


def main(arguments: Optional[List[str]] = None) -> None:
    parser = argparse.ArgumentParser(description="A live board of ranks in a browser.")
    parser.add_argument("--model", help="file of an index model (default: Resolution 57, provinces)")
    parser.add_argument("--data", help="table to start from (default: made-up values)")
    parser.add_argument("--period", help="period that is scored (default: that of the table)")
    parser.add_argument("--as-of", type=date.fromisoformat, help="the day of the board (default: the last day of the period)")
    parser.add_argument("--journal", help="file in which events survive")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument("--demo", type=float, metavar="SECONDS", help="make up an event every so often")
    given = parser.parse_args(arguments)
    options: Dict[str, Any] = {"as_of": given.as_of, "journal": given.journal}
    if given.model is None:
        board = sample_board(**options)
    else:
        board = td.LiveScoreboard(given.model, period=given.period, baseline=given.data, **options)
    with board, BoardServer((given.host, given.port), board, SAMPLE_NOTE if given.model is None else None) as server:
        print(f"http://{given.host}:{server.server_address[1]}/", flush=True)
        if given.demo is not None:
            threading.Thread(target=_demonstrate, args=(board, given.demo), daemon=True).start()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            server.feed.close()


def _demonstrate(board: td.LiveScoreboard, seconds: float) -> None:
    for events in sample_events(board):
        board.apply(events)
        time.sleep(seconds)


if __name__ == "__main__":
    main()
