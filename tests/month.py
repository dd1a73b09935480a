"""A community on a local workspace of its own, for tests: the organizer's hand, the clock, and ticks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import requests

from engine.ledger import Ledger
from engine.plan import Limits
from engine.tick import Pace, Tick, run_tick
from engine.workspace import Workspace
from local_workspace.configuration import write_configuration
from local_workspace.serve import RunningWorkspace
from sheets_schema.build import create_requests
from tests.organizer_cells import HAND, Judge
from workspace.calendar import Calendar
from workspace.discord import Discord, read_token
from workspace.endpoints import Endpoints
from workspace.gmail import Gmail
from workspace.sheets import Sheets
from workspace.transport import open_transport

ORGANIZER = "organizer@example.org"
START = datetime.fromisoformat("2026-11-12T09:00:00+01:00")

_ID = "spreadsheet.txt"
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Mail:
    """One delivered mail. kind: mail, invitation, update or cancellation."""

    to: str
    kind: str
    subject: str
    text: str
    headers: Mapping[str, str]


@cache
def _new_spreadsheet(now: datetime, settings: tuple[tuple[str, str], ...]) -> tuple[str, dict[str, bytes]]:
    """A spreadsheet as `init` makes it: its id, and the files of its workspace, to be copied by each test."""
    with TemporaryDirectory() as folder, RunningWorkspace(Path(folder), check_answers=True) as server:
        base = server.base_url
        write_configuration(server.data, base)
        requests.post(f"{base}/local/clock", json={"now": now.isoformat()}, timeout=30).raise_for_status()
        endpoints = Endpoints(base, base, base, base, base)
        transport = open_transport(server.data / "token.json", endpoints)
        sheets = Sheets(transport)
        sheets.create("Co-op educators")
        sheets.batch_update(create_requests(now.date(), dict(settings)))
        transport.close()
        server.stop()
        return sheets.spreadsheet_id, {path.name: path.read_bytes() for path in server.data.iterdir()}


def _install(folder: Path, now: datetime, settings: Mapping[str, str]) -> None:
    """Put the files of a new spreadsheet into an empty folder."""
    chosen = {
        "Community name": "Co-op educators",
        "Organizer": ORGANIZER,
        "Time zone": "Europe/Berlin",
        "Starts at": "17:00",
        "Minutes": "60",
        **settings,
    }
    identity, files = _new_spreadsheet(now, tuple(chosen.items()))
    (folder / "workspace").mkdir()
    for name, content in files.items():
        (folder / "workspace" / name).write_bytes(content)
        (folder / "workspace" / name).chmod(0o600)
    (folder / _ID).write_text(identity, encoding="utf-8")


class Month:
    """One community, one spreadsheet, one ledger; time stands still unless a test moves it.

    A new one is in mode show only and has nobody in it; `live` makes it go live and lets the first tick go.
    In the folder of an earlier one (closed, or a copy of its files) it goes on where that one was.
    """

    def __init__(
        self, folder: Path, *, now: datetime = START, settings: Mapping[str, str] | None = None
    ) -> None:
        self.folder = folder
        if not (folder / _ID).exists():
            _install(folder, now, settings or {})
        self.id = (folder / _ID).read_text(encoding="utf-8")
        self.server = RunningWorkspace(folder / "workspace", check_answers=True)
        self._judge = Judge(self.server.data)
        self.base = self.server.base_url
        self._http = requests.Session()
        self.go_to(now)
        self.config = write_configuration(self.server.data, self.base).parent
        self.endpoints = Endpoints(self.base, self.base, self.base, self.base, self.base)
        self.transport = open_transport(self.config / "token.json", self.endpoints, sleep=lambda _: None)
        sheets = Sheets(self.transport, self.id)
        discord = Discord(self.endpoints, read_token(self.config / "discord_token"))
        self.workspace = Workspace(sheets, Calendar(self.transport), Gmail(self.transport), discord)
        self.ledger = self.open_ledger()
        self.limits = Limits(per_day=400)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop everything; fails when the service asked for what may change an organizer's cell."""
        wrong = self.organizer_cells_written()
        self.ledger.close()
        self.transport.close()
        if self.workspace.discord:
            self.workspace.discord.close()
        self._http.close()
        self.server.stop()
        assert wrong == [], f"more was written than rows appended and the service's own tabs: {wrong}"

    def open_ledger(self) -> Ledger:
        """The ledger as a process that starts finds it."""
        return Ledger.open(self.folder / "ledger.db", spreadsheet=self.id, calendar="primary")

    # The clock.

    def go_to(self, when: datetime | str) -> None:
        """Set the clock; text is ISO with an offset."""
        self.now = datetime.fromisoformat(when) if isinstance(when, str) else when
        self.local("POST", "/local/clock", {"now": self.now.isoformat()})

    def wait(self, **duration: float) -> None:
        """Let time pass: wait(minutes=11)."""
        self.go_to(self.now + timedelta(**duration))

    # The organizer's hand.

    def local(self, method: str, path: str, body: object = None) -> Any:
        """Call a control of the local workspace."""
        reply = self._http.request(method, self.base + path, json=body, timeout=30)
        assert reply.ok, reply.text
        return reply.json()

    def type(self, tab: str, cell: str, value: object) -> None:
        """Type into a cell as a person does; None clears it."""
        self.local("POST", f"/local/sheets/{self.id}/cells", {"tab": tab, "cell": cell, "value": value})

    def rows(self, tab: str) -> list[list[Any]]:
        """A tab's cells as stored, header first."""
        return self.workspace.sheets.read([tab])[tab] or []

    def type_row(self, tab: str, **cells: object) -> int:
        """Type a new row below the last one; names are headers with _ for spaces. Returns its number."""
        rows = self.rows(tab)
        number = len(rows) + 1
        for name, value in cells.items():
            self.type(tab, f"{self.column(tab, name)}{number}", value)
        return number

    def column(self, tab: str, name: str) -> str:
        """The letter of the column whose header is `name` (_ for spaces, any case)."""
        headers = [str(cell).casefold() for cell in self.rows(tab)[0]]
        return chr(ord("A") + headers.index(name.replace("_", " ").casefold()))

    def row_of(self, tab: str, text: str) -> int:
        """The number of the first row in which a cell reads `text`."""
        return next(
            place for place, row in enumerate(self.rows(tab), 1) if text in [str(cell) for cell in row]
        )

    def fill(self, tab: str, text: str, **cells: object) -> None:
        """Type into the row in which a cell reads `text`: fill("Roasts", "2026-12", Host="Ann")."""
        number = self.row_of(tab, text)
        for name, value in cells.items():
            self.type(tab, f"{self.column(tab, name)}{number}", value)

    def set(self, setting: str, value: str) -> None:
        """Type a setting's value."""
        self.type("Settings", f"B{self.row_of('Settings', setting)}", value)

    @contextmanager
    def by_hand(self) -> Iterator[Sheets]:
        """The spreadsheet, edited through the API as its page does; such requests are not the service's."""
        session = self.transport.session
        service = session.headers["User-Agent"]
        session.headers["User-Agent"] = HAND
        try:
            yield self.workspace.sheets
        finally:
            session.headers["User-Agent"] = service

    def add_members(self, *names: str) -> None:
        """Type active members; Ann has the address ann@example.org."""
        for name in names:
            self.type_row("Members", Name=name, Email=f"{name.lower()}@example.org")

    # The service.

    def tick(self, *codes: str) -> Tick:
        """One tick now."""
        limits = replace(self.limits, allow=frozenset(codes))
        return run_tick(
            self.workspace,
            self.ledger,
            clock=lambda: self.now,
            limits=limits,
            pace=Pace(sleep=lambda _: None),
        )

    def settle(self, *codes: str) -> list[Tick]:
        """Tick now and after 10 and 20 minutes: what was typed settles, and so does what follows from it."""
        ticks = [self.tick(*codes)]
        for _ in range(2):
            self.wait(minutes=10)
            ticks.append(self.tick(*codes))
        return ticks

    def live(self) -> None:
        """Settle, go live, and let the first live tick go."""
        self.settle()
        self.set("Mode", "live")
        held = self.tick().plan.holds
        if held:
            self.tick(*(hold.code for hold in held))
        else:
            self.ledger.live_was_released()
        self.tick()

    def run_until(self, when: datetime | str, each: Callable[[Tick], None] = lambda _: None) -> None:
        """Jump from due time to due time, ticking at each, up to and including `when`."""
        end = datetime.fromisoformat(when) if isinstance(when, str) else when
        while True:
            tick = self.tick()
            each(tick)
            due = tick.next_due
            if due is None or due > end:
                break
            self.go_to(max(due, self.now + _SECOND))
        if self.now < end:
            self.go_to(end)
            each(self.tick())

    # What came of it.

    def mails(self, to: str | None = None) -> list[Mail]:
        """Mails that the service sent, to everybody or to one address, in the order of addresses."""
        return [mail for mail in self._mailboxes(to) if mail.kind == "mail"]

    def notices(self, to: str | None = None) -> list[Mail]:
        """What Calendar itself sent: invitations, updates and cancellations."""
        return [mail for mail in self._mailboxes(to) if mail.kind != "mail"]

    def _mailboxes(self, to: str | None) -> list[Mail]:
        addresses = [to] if to else sorted(self.local("GET", "/local/mailboxes")["addresses"])
        return [
            Mail(address, mail["kind"], mail["subject"], mail["text"] or "", mail["headers"])
            for address in addresses
            for mail in self.local("GET", f"/local/mailboxes/{address}")["mails"]
        ]

    def drafts(self) -> list[dict[str, Any]]:
        """The drafts that wait in the organizer's account."""
        found: list[dict[str, Any]] = self.local("GET", "/local/drafts")["drafts"]
        return found

    def requests(self) -> list[dict[str, Any]]:
        """What was asked of the APIs since the last `forget_requests`, bodies of writes included."""
        found: list[dict[str, Any]] = self.local("GET", "/local/requests?bodies=1")["requests"]
        return found

    def asked(self) -> list[str]:
        """The methods asked for since the last `forget_requests`, in order."""
        return [str(entry["api_method"]) for entry in self.requests()]

    def forget_requests(self) -> None:
        """Begin a new count; what is forgotten is judged before."""
        assert self.organizer_cells_written() == []
        self.local("DELETE", "/local/requests")

    def phases(self) -> dict[str, str]:
        """The ledger in short: phase by key."""
        return {key: str(entry.phase) for key, entry in self.ledger.view().entries.items()}

    def organizer_cells_written(self) -> list[str]:
        """Every write of the service so far that was not on the list of what it may ask for."""
        return self._judge.look()
