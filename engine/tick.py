"""One tick: read, plan, apply, report. The same code under cron, `serve` and the demo."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from automations.meetings import community_tag
from community.community import Community, assemble
from community.events import Event
from community.ledger import UNDER_WAY, Entry, LedgerView, Phase
from community.meetings import LOOK_BACK
from community.plan import Plan
from engine import gate
from engine.apply import apply
from engine.create_event import mark_deleted
from engine.desk import ANSWER_WAIT, Desk
from engine.keep_alarm import keep_alarm
from engine.ledger import Ledger
from engine.ledger_errors import LedgerError, cause
from engine.plan import Limits, make_plan
from engine.recover import recover
from engine.send_mail import settle_unfinished
from engine.sign_in_alert import warn_of_sign_in
from engine.trust import reason_to_stop
from engine.workspace import Workspace
from engine.write_reports import write_reports
from sheets_schema.cells import Cell, Rows
from sheets_schema.choices import Mode
from sheets_schema.sheet import Sheet, ranges, read_sheet
from workspace.errors import AccessDenied, Gone, NotFound, ScopeMissing, WorkspaceError

# What is applied can make more ready at once (an invite, then its welcome); more than this is a mistake.
MOST_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Pace:
    """How a tick goes about its mails. seconds_between: two mails; sleep: how to wait.

    stopping: asked after every effect, so that a service can end between two of them.
    """

    seconds_between: float = 0
    sleep: Callable[[float], None] = time.sleep
    stopping: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class Tick:
    """What one tick saw and did.

    plan: what is left after applying. done: the ledger rows that ended, in order. troubles: plain sentences
    about what could not be done this time and will be tried again.
    """

    community: Community
    plan: Plan
    done: tuple[Entry, ...]
    troubles: tuple[str, ...]

    @property
    def next_due(self) -> datetime | None:
        """When the next tick is worth making, None when nothing is in view."""
        entries = self.community.ledger.entries.values()
        unfinished = (entry.at + ANSWER_WAIT for entry in entries if entry.phase in UNDER_WAY)
        planned = self.plan.next_due()
        later = [planned] if planned else []
        # What its wait did not finish had its chance in this tick; the interval gives it the next one.
        return min([*later, *(at for at in unfinished if at > self.plan.now)], default=None)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one look at Google gave: the tabs' cells, the sheet they make, and Calendar's events by id."""

    values: Mapping[str, Rows | None]
    sheet: Sheet
    events: Mapping[str, Event]
    missing: tuple[Entry, ...]
    clock_error: timedelta

    @property
    def headers(self) -> Mapping[str, Sequence[Cell]]:
        return {tab: rows[0] if rows else [] for tab, rows in self.values.items() if rows is not None}

    def after(self, events: Mapping[str, Event], appended: Mapping[str, Rows]) -> _Reading:
        """The reading with what our own writes have made of it since."""
        reading = replace(self, events={**self.events, **events})
        if not appended:
            return reading
        values = {tab: rows and rows + appended.get(tab, []) for tab, rows in self.values.items()}
        return replace(reading, values=values, sheet=read_sheet(values))

    def community(self, workspace: Workspace, ledger: LedgerView, now: datetime) -> Community:
        community = assemble(
            self.sheet, self.events, ledger, community_id=workspace.sheets.spreadsheet_id, now=now
        )
        return replace(community, clock_error=self.clock_error)


def look(workspace: Workspace, ledger: Ledger, now: datetime) -> Community:
    """The community as it stands, with one Sheets read and one Calendar list; changes nothing.

    now: may be another instant than this one, so that the clock is not judged. Raises WorkspaceError when
    Google cannot be read.
    """
    reading = replace(_read(workspace, ledger.view(), now), clock_error=timedelta(0))
    return reading.community(workspace, ledger.view(), now)


def learn_from_log(workspace: Workspace, ledger: Ledger, now: datetime) -> int:
    """Let this ledger take over what another one had done; returns how many effects it learned.

    Raises WorkspaceError when Google cannot be read, LedgerError when Log is missing or has lost a header.
    """
    reading = _read(workspace, ledger.view(), now)
    community = reading.community(workspace, ledger.view(), now)
    return recover(ledger, community, dict(community.sheet.service).get("Log", []), reading.events)


def run_tick(
    workspace: Workspace,
    ledger: Ledger,
    *,
    clock: Callable[[], datetime],
    limits: Limits,
    pace: Pace = Pace(),
) -> Tick:
    """Bring everything that is due about, once.

    clock: aware instants. Raises WorkspaceError when Google cannot be read or no longer knows us, LedgerError
    when the ledger cannot be written, which Today then says; whatever else fails after reading is a trouble
    of the tick, or an entry's reason in the ledger.
    """
    before = ledger.view().last_number
    desk = Desk(workspace, ledger, clock, {}, pace.seconds_between, pace.sleep, pace.stopping)
    try:
        reading = _read(workspace, ledger.view(), clock())
    except (ScopeMissing, AccessDenied) as error:
        with suppress(LedgerError):
            warn_of_sign_in(desk, error)
        raise
    desk.headers = reading.headers
    try:
        community, plan = _bring_about(desk, reading, limits)
        done = sorted(
            (entry for entry in ledger.view().entries.values() if (entry.number or 0) > before),
            key=lambda entry: entry.number or 0,
        )
        plan = replace(plan, troubles=tuple(dict.fromkeys(desk.troubles)))
        write_reports(desk, community, plan)
        keep_alarm(desk, community, plan, reading.events.values())  # last: a tick that dies lets it ring
    except LedgerError as error:
        community = reading.community(workspace, ledger.view(), clock())
        with suppress(LedgerError, WorkspaceError):
            write_reports(desk, community, make_plan(community, limits, stop=str(error)))
        raise
    return Tick(community, plan, tuple(done), tuple(dict.fromkeys(desk.troubles)))


def _bring_about(desk: Desk, reading: _Reading, limits: Limits) -> tuple[Community, Plan]:
    """Do what is due, unless everything is stopped; returns the community after that, and what is left."""
    community = reading.community(desk.workspace, desk.ledger.view(), desk.clock())
    if reason_to_stop(community):
        return community, make_plan(community, limits)
    _back_up(desk, community)
    for entry in reading.missing:
        mark_deleted(desk, entry)
    community, plan = _apply_in_rounds(desk, reading, limits)
    desk.ledger.see(plan.sightings)
    return community, plan


def _back_up(desk: Desk, community: Community) -> None:
    """A copy of the ledger for each day; that it cannot be made is said, and stops nothing."""
    try:
        desk.ledger.back_up(community.now.astimezone(community.zone or UTC).date())
    except (OSError, sqlite3.Error) as error:
        desk.troubles.append(f"Today's copy of the ledger could not be written: {cause(error)}")


def _apply_in_rounds(desk: Desk, reading: _Reading, limits: Limits) -> tuple[Community, Plan]:
    """Plan and apply until nothing more is ready; returns the last community and its plan."""
    for round_number in range(MOST_ROUNDS):
        known = desk.ledger.view()
        community = reading.community(desk.workspace, known, desk.clock())
        plan = make_plan(community, limits)
        _note(desk, community, plan)
        if round_number == 0 and community.mode is not Mode.SHOW_ONLY:
            settle_unfinished(desk, community, plan)
        ended = desk.ledger.view().last_number
        events = apply(desk, community, plan)
        reading = reading.after(events, desk.appended)
        desk.appended.clear()
        if desk.ledger.view() is known:  # nothing was written, so that a new plan would be this one
            return community, plan
        if desk.ledger.view().last_number == ended:
            break
    community = reading.community(desk.workspace, desk.ledger.view(), desk.clock())
    return community, make_plan(community, limits)


def _note(desk: Desk, community: Community, plan: Plan) -> None:
    """Write down what the plan itself decided: what is watched, that it is live, what a code let go."""
    desk.ledger.see(plan.sightings)
    if plan.first_live:
        desk.ledger.went_live(community.now)
    for hold in plan.released:
        desk.ledger.release(hold.code, hold.pairs, community.now, first_live=hold.rule == gate.FIRST_LIVE)


def _read(workspace: Workspace, ledger: LedgerView, now: datetime) -> _Reading:
    values = workspace.sheets.read(ranges())
    clock_error = now - (workspace.sheets.server_time or now)
    tag = community_tag(workspace.sheets.spreadsheet_id)
    listed = workspace.calendar.list_tagged(tag, now - LOOK_BACK)
    events = {event.id: event for event in listed}
    missing = []
    for entry in _expected(ledger, now):
        event = events.get(entry.ids["event"]) or _look_up(workspace, entry.ids["event"])
        if event is None or event.cancelled:
            missing.append(entry)
        else:
            events[event.id] = event
    return _Reading(values, read_sheet(values), events, tuple(missing), clock_error)


def _expected(ledger: LedgerView, now: datetime) -> list[Entry]:
    """Events that should be in Calendar: made, ahead, neither cancelled by us nor known to be deleted."""
    return [
        entry
        for entry in ledger.entries.values()
        if entry.kind == "event"
        and entry.phase is Phase.DONE
        and entry.ids.get("start")
        and datetime.fromisoformat(entry.ids["start"]) > now
        and f"{entry.meeting}/cancel" not in ledger.entries
        and f"{entry.meeting}/deleted" not in ledger.entries
    ]


def _look_up(workspace: Workspace, event_id: str) -> Event | None:
    try:
        return workspace.calendar.get(event_id)
    except (Gone, NotFound):
        return None
