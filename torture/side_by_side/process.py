"""Runs one of the programs, a process per run: `process.py ours|quickstart|clients|mail_merge`.

A line of JSON in is one run, a line out is how it ended. Every run is forked from this process, which has
imported everything already, so it begins at once and can really be killed. The programs themselves know
nothing of it: their requests for Google are led to the local workspace, and pass a door at which they die, or
at which the organizer types meanwhile. Waiting is cut short, and so are timeouts where a run says so.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import signal
import sys
import time
import traceback
import urllib.request
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

_GOOGLE = re.compile(r"^https://[a-z]+\.googleapis\.com(:443)?")
_SLEEP = time.sleep
_TIMEOUT = 60  # seconds; googleapiclient's own
_SHORTER = 100  # a wait of the programs is a hundredth of what they say

Json = dict[str, Any]


class Door:
    """Where a run's requests pass. deeds: what happens at the n-th: {"at": n, "kill" | "post": ...}.

    typed: a file descriptor; what was posted goes there, a line each.
    """

    def __init__(self, run: Json, typed: int) -> None:
        self._typed = typed
        self._base: str = run["base"]
        self._deeds: list[Json] = run["deeds"]
        self._passed = 0

    def local(self, url: str) -> str:
        """A URL of Google's as the workspace has it."""
        return _GOOGLE.sub(self._base, url)

    def before(self) -> None:
        """A request is about to leave."""
        self._passed += 1
        for deed in self._deeds:
            if deed["at"] == self._passed and "post" in deed:
                self._type(*deed["post"])
        self._die("before")

    def after(self) -> None:
        """A request was carried out, and its answer is known to nobody yet."""
        self._die("after")

    def _die(self, when: str) -> None:
        if any(deed["at"] == self._passed and deed.get("kill") == when for deed in self._deeds):
            os.kill(os.getpid(), signal.SIGKILL)

    def _type(self, path: str, body: Json) -> None:
        request = urllib.request.Request(  # noqa: S310 (the workspace, on this machine)
            self._base + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        urllib.request.urlopen(request, timeout=30).close()  # noqa: S310 (likewise)
        os.write(self._typed, json.dumps(body).encode() + b"\n")


def lead(door: Door, hurry: float) -> None:
    """Lead both of the HTTP libraries in use through the door. hurry: by how much timeouts are divided."""
    import httplib2  # noqa: PLC0415 (waiting must have been cut short before)
    import requests  # noqa: PLC0415 (likewise)

    ask, request, send = httplib2.Http.request, requests.Session.request, requests.adapters.HTTPAdapter.send

    def asked(self: Any, uri: str, *arguments: Any, **options: Any) -> Any:
        door.before()
        self.timeout = min(self.timeout or _TIMEOUT, _TIMEOUT / hurry)
        answer = ask(self, door.local(uri), *arguments, **options)
        door.after()
        return answer

    def requested(self: Any, method: Any, url: Any, *arguments: Any, **options: Any) -> Any:
        return request(self, method, door.local(url), *arguments, **options)

    def sent(self: Any, prepared: Any, *_: Any, **options: Any) -> Any:
        door.before()
        if isinstance(options.get("timeout"), tuple):
            options["timeout"] = tuple(seconds / hurry for seconds in options["timeout"])
        answer = send(self, prepared, **options)
        door.after()
        return answer

    for library, name, way in (
        (httplib2.Http, "request", asked),
        (requests.Session, "request", requested),
        (requests.adapters.HTTPAdapter, "send", sent),
    ):
        setattr(library, name, way)


def run(name: str, order: Json, typed: int) -> int:
    """One run in this process; returns its exit code. What it says goes into the order's file `said`."""
    said = os.open(order["said"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(said, stream)
    lead(Door(order, typed), order["hurry"])
    try:
        if name == "ours":
            main = importlib.import_module("main")
            return int(
                main.run(["run", "--config", order["config"], "--at", order["now"]], main.surroundings())
            )
        credentials = importlib.import_module("google.oauth2.credentials")
        now = datetime.fromisoformat(order["now"]).astimezone(ZoneInfo("Europe/Berlin"))
        importlib.import_module(name).run(credentials.Credentials(order["token"]), order["spreadsheet"], now)
    except Exception:
        os.write(2, traceback.format_exc().encode())
        return 1
    return 0


def wait_less(seconds: Any) -> None:
    """What the programs have for time.sleep."""
    _SLEEP(seconds / _SHORTER)


def serve(name: str) -> None:
    """Answer orders until there is no more; a killed run ended with minus the signal's number."""
    for line in sys.stdin:
        read, write = os.pipe()
        child = os.fork()
        if not child:
            os._exit(run(name, json.loads(line), write))
        os.close(write)
        _, status = os.waitpid(child, 0)
        with os.fdopen(read) as pipe:
            typed = [json.loads(text) for text in pipe]
        sys.stdout.write(json.dumps({"code": os.waitstatus_to_exitcode(status), "typed": typed}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    time.sleep = wait_less  # for every library that is imported from now on
    if sys.argv[1] == "ours":
        sys.path.insert(0, str(Path(__file__).parents[2]))
        for part in ("main", "engine.tick", "commands.connect", "commands.run", "gspread"):
            importlib.import_module(part)
    else:
        importlib.import_module(sys.argv[1])
    importlib.import_module("httplib2")
    serve(sys.argv[1])
