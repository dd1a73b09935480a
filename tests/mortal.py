"""A month whose process dies where a test says, and is started again until the work is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from sqlalchemy.pool import PoolProxiedConnection

from engine.ledger import Ledger
from engine.tick import Tick
from tests.faulty import restart
from tests.month import START, Month
from tests.points import request_name

RESTART_AFTER = 61  # seconds: by then an unanswered request has had its effect or never will
DISCORD = {"Discord channel id": "123456789012345678"}


class Killed(BaseException):
    """The process is no more; nothing catches this."""


class MortalMonth(Month):
    """A month that dies at numbered points of its ticks: around each request and each commit of the ledger.

    die_at: the points, counted from 1, restarts included. points: what each point passed so far was.
    restart_after: seconds until there is a new process.
    """

    def __init__(
        self,
        folder: Path,
        *,
        die_at: Collection[int] = (),
        now: datetime = START,
        settings: Mapping[str, str] = DISCORD,
    ) -> None:
        self.points: list[str] = []
        self.deaths: list[str] = []
        self.restart_after = RESTART_AFTER
        self._die_at = frozenset(die_at)
        self._die_next = ""
        self._passing = 0
        self._ticking = False
        super().__init__(folder, now=now, settings=settings)
        self._mount()

    def open_ledger(self) -> Ledger:
        """The ledger as a process that starts finds it, with a point before and after each commit."""
        ledger = super().open_ledger()
        dialect = ledger._engine.dialect
        commit = dialect.do_commit

        def mortal_commit(dbapi_connection: PoolProxiedConnection) -> None:
            self.point("before a commit")
            commit(dbapi_connection)
            self.point("after a commit")

        dialect.do_commit = mortal_commit  # type: ignore[method-assign]  # SQLAlchemy has no event after one
        return ledger

    def tick(self, *codes: str) -> Tick:
        """One tick; when the process dies in it, a new process some time later."""
        while True:
            self._ticking = True
            try:
                return super().tick(*codes)
            except Killed:
                self._ticking = False
                restart(self)
                self._mount()
                self.wait(seconds=self.restart_after)
            finally:
                self._ticking = False

    def point(self, what: str) -> None:
        """Pass a point, or die at it."""
        if not self._ticking:
            return
        self.points.append(what)
        if self._die_next and what.startswith(self._die_next):
            self._passing -= 1
        if len(self.points) in self._die_at or (self._die_next and self._passing < 0):
            self._die_next = ""
            self._passing = 0
            self.deaths.append(what)
            raise Killed(what)

    def left_behind(self, request: requests.PreparedRequest) -> None:
        """A request that the process died right before; nobody carries it out, unless a subclass does."""

    def die_next(self, what: str, passing: int = 0) -> None:
        """Die once, at the next point that begins so, "before PUT", when so many of them were passed."""
        self._die_next, self._passing = what, passing

    def received(self) -> Counter[tuple[str, str, str]]:
        """What everybody found in their mailboxes: address, kind, subject."""
        found = (*self.mails(), *self.notices())
        return Counter((mail.to, mail.kind, mail.subject) for mail in found)

    def _mount(self) -> None:
        door = _Door(self)
        self.transport.session.mount("http://", door)
        if self.workspace.discord:
            self.workspace.discord._transport.session.mount("http://", door)


class _Door(HTTPAdapter):
    """The way out to the network: a point before each request leaves, and one after it was carried out."""

    def __init__(self, month: MortalMonth) -> None:
        self._month = month
        super().__init__(max_retries=0)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        what = request_name(request.method, request.path_url)
        try:
            self._month.point(f"before {what}")
        except Killed:
            self._month.left_behind(request)
            raise
        response = super().send(request, *args, **kwargs)
        try:
            self._month.point(f"after {what}")
        except Killed:
            response.close()  # as the machine does with a dead process's sockets
            raise
        return response
