"""A headless Chromium that tests drive over its DevTools protocol, through a pipe and without a further package."""

from __future__ import annotations

import base64
import fcntl
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Dict, List, Optional

import pytest

#: Set where a test must not be skipped for want of a browser.
REQUIRED = "THUOCDO_REQUIRE_BROWSER"

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
    "--disable-default-apps", "--no-default-browser-check", "--no-proxy-server", "--mute-audio",
    # Nothing but this machine has an address.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--remote-debugging-pipe",
)  # fmt: skip

#: DevTools reads from descriptor 3 and writes to 4.
PLACE_PIPES = "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execv(sys.argv[3], sys.argv[3:])"

#: Seconds in which the browser must answer.
PATIENCE = 15.0


def program() -> str:
    """The browser; without one the test is skipped, or fails where one is required."""
    found = next((path for path in map(shutil.which, NAMES) if path is not None), None)
    if found is not None:
        return found
    if os.environ.get(REQUIRED):
        pytest.fail(f"{REQUIRED} is set and there is no Chromium: apt-get install chromium", pytrace=False)
    pytest.skip("no Chromium (Debian: apt-get install chromium)")


def _pipe() -> "tuple[int, int]":
    """Both ends above the descriptors that are put in place."""
    ends = os.pipe()
    high = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
    for end in ends:
        os.close(end)
    return high[0], high[1]


class Browser:
    """One page, and what it asked for, wrote to its console and threw."""

    def __init__(self, folder: Path, width: int = 1200, height: int = 900, *flags: str) -> None:
        reads, self._writer = _pipe()
        self._reader, writes = _pipe()
        command = [
            sys.executable, "-c", PLACE_PIPES, str(reads), str(writes), program(), *FLAGS, *flags,
            f"--user-data-dir={folder}", f"--window-size={width},{height}", "about:blank",
        ]  # fmt: skip
        self._log = open(folder.with_suffix(".log"), "wb")
        self._process = subprocess.Popen(command, stdout=self._log, stderr=self._log, pass_fds=(reads, writes), start_new_session=True)
        os.close(reads)
        os.close(writes)
        self._numbers = itertools.count(1)
        self._answers: Dict[int, Dict[str, Any]] = {}
        self._arrived = threading.Condition()
        self._ended = False
        self.console: List[str] = []
        self.requests: List[str] = []
        self.dialogs: List[str] = []
        self._session: Optional[str] = None
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        pages = [each for each in self.call("Target.getTargets")["targetInfos"] if each["type"] == "page"]
        target = pages[0]["targetId"] if pages else self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def _listen(self) -> None:
        rest = b""
        while True:
            try:
                block = os.read(self._reader, 1 << 16)
            except OSError:
                block = b""
            *messages, rest = (rest + block).split(b"\0")
            with self._arrived:
                for message in map(json.loads, messages):
                    if "id" in message:
                        self._answers[message["id"]] = message
                    else:
                        self._note(message.get("method", ""), message.get("params", {}))
                self._ended = not block
                self._arrived.notify_all()
            if not block:
                return

    def _note(self, method: str, given: Dict[str, Any]) -> None:
        if method == "Network.requestWillBeSent":
            self.requests.append(given["request"]["url"])
        elif method == "Log.entryAdded":
            entry = given["entry"]
            self.console.append(f"{entry['level']}: {entry['text']} {entry.get('url', '')}")
        elif method == "Runtime.consoleAPICalled":
            self.console.append(f"{given['type']}: {[each.get('value') for each in given['args']]}")
        elif method == "Runtime.exceptionThrown":
            self.console.append(f"exception: {given['exceptionDetails']}")
        elif method == "Page.javascriptDialogOpening":
            self.dialogs.append(given["message"])

    def call(self, method: str, **given: Any) -> Dict[str, Any]:
        """Sends a command of the protocol and waits for its answer."""
        number = next(self._numbers)
        message: Dict[str, Any] = {"id": number, "method": method, "params": given}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._writer, json.dumps(message).encode() + b"\0")
        with self._arrived:
            assert self._arrived.wait_for(lambda: self._ended or number in self._answers, PATIENCE), f"no answer to {method}"
            assert number in self._answers, f"the browser has ended: {Path(self._log.name).read_text(errors='replace')[-2000:]}"
            answer = self._answers.pop(number)
        assert "error" not in answer, f"{method}: {answer['error']}"
        result: Dict[str, Any] = answer["result"]
        return result

    def open(self, url: str) -> None:
        self.call("Page.navigate", url=url)

    def value(self, expression: str) -> Any:
        """What an expression gives in the page; a promise is waited for."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait_for(self, expression: str, seconds: float = PATIENCE) -> float:
        """Waits until an expression holds in the page; returns how long that took."""
        start = time.monotonic()
        # What is not there yet may be asked for its members.
        tried = f"(() => {{ try {{ return Boolean({expression}); }} catch (error) {{ return false; }} }})()"
        while not self.value(tried):
            assert time.monotonic() - start < seconds, f"after {seconds} s not yet: {expression}"
            time.sleep(0.01)
        return time.monotonic() - start

    def picture(self, path: Path) -> None:
        """Saves what the page looks like."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def close(self) -> None:
        self._session = None
        try:
            self.call("Browser.close")
            self._process.wait(5)
        except (AssertionError, OSError, subprocess.TimeoutExpired):
            pass
        finally:
            # Its helpers are in a session of its own.
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self._process.wait(5)
            self._thread.join(5)
            for descriptor in (self._reader, self._writer):
                os.close(descriptor)
            self._log.close()
