"""A month that is disturbed while it runs: by faults, deaths, and somebody's hand on its drafts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import requests

from engine.tick import Tick
from tests.mortal import MortalMonth

METHODS = (
    "*",
    "calendar.events.delete",
    "calendar.events.get",
    "calendar.events.insert",
    "calendar.events.list",
    "calendar.events.update",
    "POST /api/v10/channels/{channel}/invites",
    "gmail.users.drafts.create",
    "gmail.users.drafts.delete",
    "gmail.users.drafts.get",
    "gmail.users.drafts.list",
    "gmail.users.drafts.send",
    "sheets.spreadsheets.values.append",
    "sheets.spreadsheets.values.batchGet",
    "sheets.spreadsheets.values.batchUpdate",
)
# Those that pass. What Google says about the thing itself (400, 404, 409, 410) would be a lie here.
FAULTS = (
    "401",
    "403quotaExceeded",
    "403rateLimitExceeded",
    "403userRateLimitRetryAfter",
    "412",
    "429",
    "429RetryAfter",
    "500",
    "502",
    "503",
    "closeAfter",
    "closeBefore",
    "empty",
    "halfAnswer",
    "html",
    "resetAfter",
    "truncated",
    "wrongLength",
)
BOUNDARIES = (
    "before a commit",
    "after a commit",
    "before POST drafts",
    "after POST drafts",
    "before POST send",
    "after POST send",
    "before POST events",
    "after POST events",
    "before PUT",
    "after PUT",
    "before DELETE",
    "after DELETE",
    "after POST",
)


class DisturbedMonth(MortalMonth):
    """A month in which what was announced happens in the next tick that gives the occasion.

    blows: what has happened so far, by name. A process that died is started again at the same instant.
    """

    def __init__(self, folder: Path, *, settings: Mapping[str, str]) -> None:
        self.blows: Counter[str] = Counter()
        self._faults: list[Mapping[str, object]] = []
        self._deed = ""
        self._points_to_go = 0
        self._draft_made = False
        super().__init__(folder, settings=settings)
        self.restart_after = 0

    def fail(self, fault: str, method: str, call: int, times: int) -> None:
        """Strike so many calls of a method in a row, from this one of a tick on."""
        self._faults.append({"fault": fault, "method": method, "call": call, "times": times})

    def die_within(self, points: int) -> None:
        """Die so many points of a tick from now."""
        self._die_at = frozenset({len(self.points) + points})

    def take_drafts(self, deed: str, points: int) -> None:
        """Send or discard what drafts there are, so many points after the next one was made."""
        self._deed, self._points_to_go = deed, points

    def leave_alone(self) -> None:
        """Take back whatever is still to come."""
        self._faults.clear()
        self._die_at, self._die_next, self._deed = frozenset(), "", ""

    def tick(self, *codes: str) -> Tick:
        """One tick, and after each death in it one more."""
        deaths = len(self.deaths)
        armed = [self.local("POST", "/local/faults", fault)["id"] for fault in self._faults]
        try:
            return super().tick(*codes)
        finally:
            self.blows["a death"] += len(self.deaths) - deaths
            if armed:
                self._disarm(armed)

    def point(self, what: str) -> None:
        """Let the hand act when its moment has come, then pass the point or die at it."""
        if self._deed and self._ticking:
            self._draft_made = self._draft_made or what == "after POST drafts"
            self._points_to_go -= self._draft_made
            if self._points_to_go < 0:
                self._act()
        super().point(what)

    def _act(self) -> None:
        for draft in self.drafts():
            reply = requests.post(f"{self.base}/local/drafts/{draft['id']}/{self._deed}", timeout=30)
            self.blows[f"a draft that somebody {self._deed}s"] += reply.ok
        self._deed, self._draft_made = "", False

    def _disarm(self, armed: list[int]) -> None:
        """Take away what has not struck yet, to be announced again for the next tick."""
        struck = {fault["id"]: fault["struck"] for fault in self.local("GET", "/local/faults")["faults"]}
        self.local("DELETE", "/local/faults")
        for identity, fault in zip(armed, self._faults, strict=True):
            self.blows[f"the fault {fault['fault']}"] += struck[identity]
        self._faults = [
            fault for identity, fault in zip(armed, self._faults, strict=True) if not struck[identity]
        ]
