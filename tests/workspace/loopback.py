"""A plain server on this machine that answers, stays silent or hangs up as a test tells it to."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from workspace.endpoints import Endpoints


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came over the wire; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What to answer: a JSON value, or bytes as they are."""

    body: Any = field(default_factory=dict)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


HANG_UP = None  # read the request, close the connection, answer nothing
React = Callable[[Received], Answer | None]


class Loopback:
    """Serves on a free port while the block lasts; `received` holds every request, in order."""

    def __init__(self, react: React) -> None:
        self.received: list[Received] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _any(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                body = self.rfile.read(int(headers.get("content-length", 0)))
                request = Received(self.command, self.path, headers, body)
                outer.received.append(request)
                answer = react(request)
                if answer is HANG_UP:
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                text = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
                self.send_response(answer.status)
                for name, value in {"Content-Length": str(len(text)), **answer.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PUT = do_DELETE = _any

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self.base_url = f"http://127.0.0.1:{self._server.server_port}"

    @property
    def endpoints(self) -> Endpoints:
        """Every API at this server."""
        return everywhere(self.base_url)

    def __enter__(self) -> Self:
        """Serves from now on."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stops serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def everywhere(base: str) -> Endpoints:
    """Endpoints with every API at one base URL."""
    return Endpoints(sheets=base, drive=base, calendar=base, gmail=base, discord=base)


def one_after_another(*answers: Answer | None) -> React:
    """Reacts with each answer once, in order; more requests than answers are an error of the test."""
    waiting = list(answers)
    return lambda _request: waiting.pop(0)
