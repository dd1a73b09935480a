"""The real program, with a trap: `python -m torture.dying POINT run ...` dies at one point of its tick.

The points are those of tests/mortal.py, counted from the first request on; 0 is never reached.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from sqlalchemy.engine.default import DefaultDialect

from commands.app import run
from main import surroundings
from tests.points import request_name


class _Trap:
    """Counts points, and springs at one of them."""

    def __init__(self, spring_at: int) -> None:
        self._spring_at = spring_at
        self._passed = 0

    def point(self, what: str) -> None:
        """Pass a point, or say what it is and die at it."""
        self._passed += 1
        if self._passed == self._spring_at:
            os.write(2, f"died {what}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    @property
    def counts(self) -> bool:
        """Whether the first request has been made: opening the ledger is before the tick."""
        return self._passed > 0


def _set(trap: _Trap) -> None:
    """Put the trap on the way to the network and to the ledger's disk."""
    send, commit = HTTPAdapter.send, DefaultDialect.do_commit

    def sent(self: HTTPAdapter, request: PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        if request.path_url == "/token":  # signing in is before the tick, too
            return send(self, request, *args, **kwargs)
        what = request_name(request.method, request.path_url)
        trap.point(f"before {what}")
        answer = send(self, request, *args, **kwargs)
        trap.point(f"after {what}")
        return answer

    def committed(self: DefaultDialect, connection: Any) -> None:
        if trap.counts:
            trap.point("before a commit")
        commit(self, connection)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
        if trap.counts:
            trap.point("after a commit")

    HTTPAdapter.send = sent  # type: ignore[method-assign]  # the program itself has no such door
    DefaultDialect.do_commit = committed  # type: ignore[method-assign]


if __name__ == "__main__":
    _set(_Trap(int(sys.argv[1])))
    sys.exit(run(sys.argv[2:], surroundings()))
