"""A proxy between our clients and the local workspace that breaks what a test tells it to break."""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from engine.workspace import Workspace
from tests.month import Month
from workspace.calendar import Calendar
from workspace.discord import Discord, read_token
from workspace.endpoints import Endpoints
from workspace.gmail import Gmail
from workspace.sheets import Sheets
from workspace.transport import open_transport


class Hang(Enum):
    """Ways to leave without an answer: before anything happened, or after everything did."""

    BEFORE = "closed before acting"
    AFTER = "acted, then closed"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in place of the workspace's, which hears nothing of the request."""

    status: int
    body: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Do:
    """Something to do at a point where a test cannot be otherwise, and how to leave after it, if at all."""

    deed: Callable[[], object]
    hang: Hang | None


Fault = Hang | Answer | Do

# API method ids by HTTP method and path, for what the service calls.
_METHODS = {
    "gmail.users.getProfile": r"GET /gmail/v1/users/me/profile",
    "gmail.users.drafts.create": r"POST /gmail/v1/users/me/drafts",
    "gmail.users.drafts.send": r"POST /gmail/v1/users/me/drafts/send",
    "gmail.users.drafts.list": r"GET /gmail/v1/users/me/drafts",
    "gmail.users.drafts.get": r"GET /gmail/v1/users/me/drafts/[^/]+",
    "gmail.users.drafts.delete": r"DELETE /gmail/v1/users/me/drafts/[^/]+",
    "calendar.events.insert": r"POST /calendar/v3/calendars/[^/]+/events",
    "calendar.events.list": r"GET /calendar/v3/calendars/[^/]+/events",
    "calendar.events.get": r"GET /calendar/v3/calendars/[^/]+/events/[^/]+",
    "calendar.events.update": r"PUT /calendar/v3/calendars/[^/]+/events/[^/]+",
    "calendar.events.delete": r"DELETE /calendar/v3/calendars/[^/]+/events/[^/]+",
    "sheets.spreadsheets.values.batchGet": r"GET /v4/spreadsheets/[^/]+/values:batchGet",
    "sheets.spreadsheets.values.batchUpdate": r"POST /v4/spreadsheets/[^/]+/values:batchUpdate",
    "sheets.spreadsheets.values.append": r"POST /v4/spreadsheets/[^/]+/values/[^/]+:append",
    "discord.channels.createInvite": r"POST /api/v10/channels/[^/]+/invites",
}


def method_of(verb: str, path: str) -> str:
    """The API method that an HTTP request calls, "" for one that the service never makes."""
    line = f"{verb} {urlsplit(path).path}"
    return next((name for name, pattern in _METHODS.items() if re.fullmatch(pattern, line)), "")


class Faulty:
    """Serves on a free port while the block lasts; `asked` names the API methods that came by, in order."""

    def __init__(self, upstream: str) -> None:
        self.asked: list[str] = []
        self._upstream = urlsplit(upstream).netloc
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._always: dict[str, Fault] = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def _any(self) -> None:
                outer._handle(self)

            do_GET = do_POST = do_PUT = do_DELETE = _any

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self.base_url = f"http://127.0.0.1:{self._server.server_port}"

    def fail(self, method: str, *faults: Fault) -> None:
        """Break the coming calls of an API method, one fault each, in order; then all is well again."""
        self._faults[method].extend(faults)

    def always(self, method: str, fault: Fault) -> None:
        """Break every call of an API method until `heal`."""
        self._always[method] = fault

    def heal(self) -> None:
        """Break nothing any more."""
        self._faults.clear()
        self._always.clear()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handle(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        method = method_of(request.command, request.path)
        self.asked.append(method)
        waiting = self._faults[method]
        fault = waiting.popleft() if waiting else self._always.get(method)
        if isinstance(fault, Answer):
            _answer(request, fault.status, fault.headers, json.dumps(fault.body).encode())
            return
        hang = fault.hang if isinstance(fault, Do) else fault
        if hang is not Hang.BEFORE:
            status, headers, text = self._forward(request, body)
        if isinstance(fault, Do):
            fault.deed()
        if hang is None:
            _answer(request, status, headers, text)
        else:
            request.close_connection = True
            request.connection.shutdown(socket.SHUT_RDWR)

    def _forward(self, request: BaseHTTPRequestHandler, body: bytes) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(self._upstream, timeout=30)
        kept = {name: value for name, value in request.headers.items() if name.lower() not in _HOP}
        connection.request(request.command, request.path, body or None, kept | {"Connection": "close"})
        answer = connection.getresponse()
        text = answer.read()
        headers = {name: value for name, value in answer.getheaders() if name.lower() not in _HOP}
        connection.close()
        return answer.status, headers, text


_HOP = {"connection", "host", "content-length", "transfer-encoding", "server", "accept-encoding"}


def _answer(request: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
    request.send_response_only(status)  # no date of its own: Google's clock is the workspace's
    for name, value in {"Content-Type": "application/json", **headers}.items():
        request.send_header(name, value)
    if status != 204:
        request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


def restart(month: Month, base: str = "") -> None:
    """Make of a month what a new process finds: fresh clients, and the ledger as it is on disk.

    base: where every API is from now on; empty for where they are.
    """
    month.ledger.close()
    month.transport.close()
    if month.workspace.discord:
        month.workspace.discord.close()
    if base:
        month.endpoints = Endpoints(base, base, base, base, base)
    month.transport = open_transport(month.config / "token.json", month.endpoints, sleep=lambda _: None)
    month.workspace = Workspace(
        Sheets(month.transport, month.id),
        Calendar(month.transport),
        Gmail(month.transport),
        Discord(month.endpoints, read_token(month.config / "discord_token")),
    )
    month.ledger = month.open_ledger()
