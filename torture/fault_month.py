"""A small month with one fault in it: an hour of ticks, healed, brought to rest, and what came of it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from commands.failures import known
from community.labels import in_plain_words
from engine.tick import Tick
from local_workspace import discovery
from tests.month import Month
from torture.fault_scenes import CHANNEL, SCENES, prepared, stands_at
from torture.outcomes import FOLDER
from torture.state import State, look, unconfirmed, unfinished
from workspace.errors import WorkspaceError

EVERY = timedelta(minutes=10)
TICKS = 6  # with the fault on: an hour
DAY = timedelta(hours=26)  # longer than any pause that a fault can ask for
_HELD = 60  # seconds for which an answer is held back that comes too late
_PATIENCE = (
    0.1,
    0.5,
)  # seconds for which it is waited for: of a fault that lasts, and of one that strikes once
_TOLD: Mapping[str, Mapping[str, Any]] = {
    "503acted": {"fault": "503", "acted": True},
    "slow": {"seconds": 0.05},  # late, but in time
    "timeoutAfter": {"fault": "slow", "seconds": _HELD, "acted": True},
    "timeoutBefore": {"fault": "slow", "seconds": _HELD, "acted": False},
}
MOST_TICKS = 8  # until rest; more of them would not be rest but a loop
_BY_THE_ORGANIZER = "sheets.spreadsheets.values.get"  # nothing of ours asks for this one


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault told to the local workspace. call: the first that is struck. lasting: the later ones, too."""

    name: str
    method: str
    lasting: bool = False
    call: int = 1

    def told(self) -> dict[str, Any]:
        """The body of POST /local/faults."""
        times = None if self.lasting else 1
        usual = {"fault": self.name, "method": self.method, "call": self.call, "times": times}
        return {**usual, **_TOLD.get(self.name, {})}


@dataclass(slots=True)
class Seen:
    """What a scene came to.

    struck: how often the fault did; in_one: at most in one tick. requests: how many were made, sign-in
    included, in so many ticks; busiest: in the one that made the most. said: what the organizer read, after
    any tick. unforeseen: errors without a sentence. restless: keys that were still under way when all should
    have been at rest. unconfirmed: mails of which Gmail did not say that they left.
    """

    struck: int = 0
    in_one: int = 0
    requests: int = 0
    busiest: int = 0
    ticks: int = 0
    said: set[str] = field(default_factory=set)
    unforeseen: list[str] = field(default_factory=list)
    restless: list[str] = field(default_factory=list)
    state: State = field(default_factory=dict)
    unconfirmed: list[str] = field(default_factory=list)

    def received(self) -> Counter[tuple[str, str, str]]:
        """Address, kind and subject of every mail that anybody found."""
        return Counter(
            (address, mail["kind"], mail["subject"])
            for address, mails in self.state["mails"].items()
            for mail in mails
        )


@cache
def undisturbed(scene: str, folder: Path = FOLDER) -> Seen:
    """What a scene comes to without a fault."""
    with TemporaryDirectory(prefix="torture-") as scratch:
        return play(scene, None, Path(scratch), folder)


def play(scene: str, fault: Fault | None, scratch: Path, folder: Path = FOLDER) -> Seen:
    """Play a scene in an empty folder: an hour with the fault, then without it until the next day."""
    place = prepared(SCENES[scene], folder)
    shutil.copytree(place, scratch, dirs_exist_ok=True)
    begin = datetime.fromisoformat(stands_at(place))
    with _Watched(scratch, now=begin) as month:
        if SCENES[scene].expired:
            month.local("POST", "/local/tokens/expire")
        if fault:
            month.suffer(fault)
        for _ in range(TICKS):
            month.look_once()
            month.go_to(month.now + EVERY)
        month.local("DELETE", "/local/faults")
        month.come_to_rest()
        month.go_to(begin + DAY)
        month.come_to_rest()
        return month.result()


class _Impatient(HTTPAdapter):
    """The way out to the network: an answer that a fault will hold back is not waited for as others are."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(max_retries=0)
        self._fault = fault
        self._asked = 0

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send one request; ReadTimeout when its answer does not come."""
        path = request.path_url.partition("?")[0]
        found = discovery.find(str(request.method), path)
        name = found[0].id if found else f"{request.method} {path}".replace(CHANNEL, "{channel}")
        if name == self._fault.method:
            self._asked += 1
            since = self._asked - self._fault.call
            if since == 0 or (since > 0 and self._fault.lasting):
                kwargs["timeout"] = _PATIENCE[not self._fault.lasting]
        return super().send(request, *args, **kwargs)


class _Watched(Month):
    """A month in which a tick may fail in a foreseen way, and somebody reads Today after each."""

    def __init__(self, folder: Path, *, now: datetime) -> None:
        super().__init__(folder, now=now)
        self.seen = Seen()

    def suffer(self, fault: Fault) -> None:
        """Let a fault strike from now on; whoever asks for what it holds back gives up soon."""
        self.local("POST", "/local/faults", fault.told())
        if fault.told().get("seconds") == _HELD:
            door = _Impatient(fault)
            sessions = [self.transport.session, self.transport._token_session]
            if self.workspace.discord:
                sessions.append(self.workspace.discord._transport.session)
            for session in sessions:
                session.mount("http://", door)

    def look_once(self) -> Tick | None:
        """One tick, None for one that could not read."""
        tick = self._look_once()
        asked = self._asked()
        made = asked[self.seen.requests :]
        struck = sum(entry["fault"] is not None for entry in made)
        self.seen.ticks += 1
        self.seen.requests = len(asked)
        self.seen.busiest = max(self.seen.busiest, len(made))
        self.seen.struck += struck
        self.seen.in_one = max(self.seen.in_one, struck)
        return tick

    def _asked(self) -> list[dict[str, Any]]:
        """The requests of the service."""
        entries = self.local("GET", "/local/requests")["requests"]
        return [entry for entry in entries if entry["api_method"] != _BY_THE_ORGANIZER]

    def _look_once(self) -> Tick | None:
        try:
            tick = self.tick()
        except WorkspaceError as error:
            foreseen = known(error)
            self.seen.said.add(foreseen[0] if foreseen else f"no sentence: {error!r}")
            return None
        except Exception as error:  # whatever it is, it is a finding
            self.seen.unforeseen.append(repr(error))
            return None
        self.seen.said |= self._told(tick)
        return tick

    def come_to_rest(self) -> None:
        """Tick until a tick does nothing and nothing is under way."""
        for _ in range(MOST_TICKS):
            tick = self.look_once()
            if tick and not (tick.done or tick.troubles or unfinished(self) or self._rests()):
                return
            pauses = self.ledger.view().pauses.values()
            self.go_to(max([self.now + EVERY, *pauses]))
        self.seen.restless = unfinished(self) or ["a tick that is never idle"]

    def _rests(self) -> bool:
        """Whether an API is still left alone because it asked for it."""
        return any(until > self.now for until in self.ledger.view().pauses.values())

    def result(self) -> Seen:
        """What has been seen, and the state of everything."""
        self.seen.state = look(self)
        self.seen.unconfirmed = unconfirmed(self)
        return self.seen

    def _told(self, tick: Tick) -> set[str]:
        """What Today says, and what only the command `run` says because Today could not be written."""
        there = {f"{row[0]}: {row[1]}" for row in self._needs_you()}
        for trouble in tick.troubles:
            line = f"Not done yet: {in_plain_words(trouble).rstrip('.')}. It is tried again."
            there.add(line if line in there else f"Did not work this time: {trouble}")
        return there

    def _needs_you(self) -> list[list[Any]]:
        """The rows of Today that want something of the organizer."""
        token = self.local("GET", "/local/token")["access_token"]
        reply = requests.get(
            f"{self.base}/v4/spreadsheets/{self.id}/values/Today!A3:B60",
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
        )
        rows = [[*row, "", ""][:2] for row in reply.json().get("values", [])]
        stopped = [row for row in rows if row[0] == "Everything is stopped"]
        start = next((place for place, row in enumerate(rows, 1) if row[0] == "Needs you"), len(rows))
        end = next((place for place, row in enumerate(rows) if place > start and not any(row)), len(rows))
        return stopped + rows[start:end]
