"""What a request costs the local workspace in CPU, and whether that grows with what else it holds."""

from __future__ import annotations

import base64
import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any

from local_workspace.serve import RunningWorkspace

REQUESTS = 60  # of each kind, for one figure
ROUNDS = 5  # figures, of which the median is given
HELD = 200  # mails and events in the smaller workspace; the larger one holds ten times as many
GUESTS = [{"email": f"guest{number}@example.org"} for number in range(40)]
EVENTS = "/calendar/v3/calendars/primary/events"
DRAFTS = "/gmail/v1/users/me/drafts"

Kind = Callable[["Client", int], None]


class Client:
    """One connection to a workspace of its own, and the CPU clock of the thread that serves it."""

    def __init__(self, workspace: RunningWorkspace) -> None:
        self._connection = HTTPConnection(workspace.base_url.removeprefix("http://"))
        self._headers = {"Content-Type": "application/json"}
        self._headers["Authorization"] = f"Bearer {self('GET', '/local/token')['access_token']}"
        self._clock = time.pthread_getcpuclockid(workspace.thread_id)
        self.numbers = itertools.count()
        rows = [[f"{row}", f"Member {row}", f"member{row}@example.org", True] for row in range(20_000)]
        self._sheet = f"/v4/spreadsheets/{self('POST', '/v4/spreadsheets', {})['spreadsheetId']}"
        self("POST", f"{self._sheet}/values/Sheet1!A1:append?valueInputOption=RAW", {"values": rows})

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        """Send one request and return its JSON; an error raises."""
        self._connection.request(method, path, None if body is None else json.dumps(body), self._headers)
        reply = self._connection.getresponse()
        text = reply.read()
        if reply.status >= 400:
            raise RuntimeError(f"{method} {path}: {reply.status} {text!r}")
        return json.loads(text or b"null")

    def cost(self, kind: Kind, requests: int = REQUESTS) -> float:
        """Return the server's CPU milliseconds for one of `requests` of that kind."""
        self._connection.close()  # it may have been idle for too long; the next request opens it again
        begin = time.clock_gettime(self._clock)
        for _ in range(requests):
            kind(self, next(self.numbers))
        return 1000 * (time.clock_gettime(self._clock) - begin) / requests

    def values_get(self, _: int) -> None:
        """Read 100 rows."""
        self("GET", f"{self._sheet}/values/Sheet1!A101:D200?valueRenderOption=UNFORMATTED_VALUE")

    def append(self, number: int) -> None:
        """Append one row."""
        path = f"{self._sheet}/values/Sheet1!A1:D1:append?valueInputOption=RAW&insertDataOption=OVERWRITE"
        self("POST", path, {"values": [[f"{number}", "New", "new@example.org", False]]})

    def batch_get(self, _: int) -> None:
        """Read 20,000 rows."""
        self("GET", f"{self._sheet}/values:batchGet?ranges=Sheet1&valueRenderOption=UNFORMATTED_VALUE")

    def insert(self, number: int) -> None:
        """Make an event with 40 guests, who are told."""
        self("POST", f"{EVENTS}?sendUpdates=all", _event(number))

    def update(self, number: int) -> None:
        """Change an event with 40 guests, who are told."""
        self("PUT", f"{EVENTS}/seed0?sendUpdates=all", _event(number) | {"id": "seed0"})

    def list_span(self, number: int) -> None:
        """List the events of one day."""
        day = f"{number % 27 + 1:02}"
        self("GET", f"{EVENTS}?timeMin=2026-12-{day}T00:00:00Z&timeMax=2026-12-{day}T00:00:01Z&maxResults=5")

    def mail(self, number: int) -> None:
        """Save a draft and send it."""
        text = f"To: guest{number % 40}@example.org\r\nSubject: {number}\r\n\r\nHello {number}".encode()
        draft = self("POST", DRAFTS, {"message": {"raw": base64.urlsafe_b64encode(text).decode()}})
        self("POST", f"{DRAFTS}/send", {"id": draft["id"]})


KINDS: dict[str, Kind] = {
    "values.get of 100 rows": Client.values_get,
    "values.append of a row": Client.append,
    "events.insert, 40 guests": Client.insert,
    "events.update, 40 guests": Client.update,
    "events.list of a day": Client.list_span,
    "drafts.create + send": Client.mail,
}


def costs() -> dict[str, tuple[float, float]]:
    """Return by kind the CPU milliseconds of a request, and the ratio to them with ten times as much held."""
    with _filled(HELD) as small, _filled(10 * HELD) as large:
        found = {}
        for name, kind in KINDS.items():
            # Side by side, so that a busy machine is unkind to both.
            pairs = [(small.cost(kind), large.cost(kind)) for _ in range(ROUNDS)]
            few, many = (median(column) for column in zip(*pairs, strict=True))
            found[name] = (few, many / few)
        return found


def batch_get() -> float:
    """Return the CPU milliseconds of one batchGet of 20,000 rows."""
    with _filled(0) as client:
        return median(client.cost(Client.batch_get, 1) for _ in range(ROUNDS))


def start_up() -> float:
    """Return the CPU milliseconds until a new workspace answers, Python's own start included."""
    code = (
        "import sys, time; from pathlib import Path; from urllib.request import urlopen;"
        "from local_workspace.serve import RunningWorkspace;"
        "running = RunningWorkspace(Path(sys.argv[1])); urlopen(running.base_url + '/local/health').read();"
        "print(time.process_time()); running.stop()"
    )
    found = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-c", code, folder]
            done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 (our own)
        found.append(1000 * float(done.stdout))
    return median(found)


@contextmanager
def _filled(held: int) -> Iterator[Client]:
    """A workspace with a sheet of 20,000 rows, and so many mails and events."""
    with tempfile.TemporaryDirectory() as folder, RunningWorkspace(Path(folder)) as workspace:
        client = Client(workspace)
        client("POST", "/local/gmail/limit", {"per_day": 10**6})
        for number in range(held):
            client("POST", f"{EVENTS}?sendUpdates=all", _event(number) | {"id": f"seed{number}"})
            client.mail(number)
        yield client


def _event(number: int) -> dict[str, Any]:
    day = f"2026-12-{number % 27 + 1:02}"
    return {
        "summary": f"Meeting {number}",
        "start": {"dateTime": f"{day}T12:00:00Z"},
        "end": {"dateTime": f"{day}T13:00:00Z"},
        "attendees": GUESTS,
        "extendedProperties": {"private": {"key": f"{number}"}},
    }
