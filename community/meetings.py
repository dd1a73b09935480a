"""The meetings in view: what the sheet wants, what Calendar holds, what the ledger remembers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from community.dates import instant, meeting_day, on_the_wall
from community.events import Event, Guest, event_id
from community.hosts import HostFinder
from community.ledger import Entry, LedgerView, Phase
from community.mails import MeetingFacts, RoastPlan
from community.people import Person, normalise
from sheets_schema.months import Month
from sheets_schema.problems import Problem
from sheets_schema.rows import RoastRow
from sheets_schema.sheet import Sheet

LOOK_BACK = timedelta(days=3)
_EVENT_KEY = re.compile(r"(\d{4}-\d{2})\.g(\d+)/event")


@dataclass(frozen=True, slots=True)
class Meeting:
    """One month's meeting.

    wanted_start: by the rule and the row, in the community's zone; None when the settings or the row cannot
    say. minutes: its length. event: what Calendar holds, None before and after. entry: the ledger's row of
    that event. deleted: a human removed the event. unclear: why nothing about this meeting may change now.
    """

    month: Month
    generation: int
    event_id: str
    zone: ZoneInfo
    wanted_start: datetime | None
    minutes: int
    row: RoastRow | None
    event: Event | None
    entry: Entry | None
    deleted: bool
    host: Person | None
    link: str | None
    unclear: str = ""

    @property
    def key(self) -> str:
        """The meeting's name in keys, such as `2026-12.g0`."""
        return f"{self.month}.g{self.generation}"

    @property
    def skipped(self) -> str:
        """Why there is no meeting, as typed; empty when there is one."""
        return self.row.no_meeting if self.row else ""

    @property
    def start(self) -> datetime | None:
        """When it really begins: Calendar wins once the event is there."""
        return on_the_wall(self.event.start, self.zone) if self.event else self.wanted_start

    @property
    def moved_by_hand(self) -> bool:
        """Whether a human moved the event in Calendar after our last write."""
        base = self.remembered_start
        return bool(self.event and base and self.event.start not in (base, self.wanted_start))

    @property
    def remembered_start(self) -> datetime | None:
        """The start that our last write gave the event."""
        typed = self.entry.ids.get("start") if self.entry else None
        return datetime.fromisoformat(typed) if typed else None

    @property
    def roast(self) -> RoastPlan:
        """What the host brings, as typed."""
        row = self.row
        return RoastPlan(row.plan_title, row.sentence, row.link, row.question) if row else RoastPlan()

    @property
    def names_host(self) -> bool:
        """Whether it is clear who hosts, or that nobody does yet: nobody typed, or somebody who was found."""
        return self.host is not None or not (self.row and self.row.host)

    @property
    def facts(self) -> MeetingFacts | None:
        """What a mail may tell about this meeting now, None when the start is unknown."""
        if self.start is None:
            return None
        return MeetingFacts(
            month=self.month,
            generation=self.generation,
            start=self.start,
            zone=str(self.zone),
            link=self.link,
            host=self.host.name if self.host else None,
            cancelled=self.skipped or None,
            host_key=self.host.key if self.host else None,
        )

    def guest(self, person: Person) -> Guest | None:
        """This person's place on the guest list."""
        if self.event is None:
            return None
        address = normalise(person.address)
        return next((guest for guest in self.event.guests if guest.address == address), None)


def months_in_view(now: datetime, zone: ZoneInfo, ahead: int) -> tuple[Month, ...]:
    """The months whose meetings matter now, from the one of three days ago to `ahead` months from now."""
    first = Month.of((now - LOOK_BACK).astimezone(zone).date())
    last = Month.of(now.astimezone(zone).date()).plus(ahead)
    months = [first]
    while months[-1] < last:
        months.append(months[-1].plus(1))
    return tuple(months)


def generations(ledger: LedgerView) -> Mapping[str, int]:
    """The highest generation the ledger knows of each month's event."""
    found: dict[str, int] = {}
    for key in ledger.entries:
        match = _EVENT_KEY.fullmatch(key)
        if match:
            found[match[1]] = max(int(match[2]), found.get(match[1], 0))
    return found


class MeetingReader:
    """Puts meetings together from the sheet, Calendar's events by id, and the ledger."""

    def __init__(
        self,
        sheet: Sheet,
        events: Mapping[str, Event],
        ledger: LedgerView,
        *,
        community_id: str,
        zone: ZoneInfo,
        finder: HostFinder,
    ) -> None:
        self._settings = sheet.settings
        self._unsure = sheet.unsure_months
        self._stopped = "Roasts" in sheet.stopped
        self._rows = {row.month: row for row in sheet.roasts}
        self._events = events
        self._ledger = ledger
        self._generations = generations(ledger)
        self._id = community_id
        self._zone = zone
        self._finder = finder
        self.problems: list[Problem] = []

    def read(self, month: Month) -> Meeting:
        """The meeting of one month; what is wrong with its row or its host is added to `problems`."""
        row = self._rows.get(month)
        if self._has_lost(month) and month not in self._unsure:
            self.problems.append(self._lost_row(month))
        generation = self._generation(month, row)
        name = f"{month}.g{generation}"
        entry = self._ledger.entries.get(f"{name}/event")
        identity = (entry.ids.get("event") if entry else None) or event_id(self._id, str(month), generation)
        event = self._events.get(identity)
        alive = event if event and not event.cancelled else None
        return Meeting(
            month=month,
            generation=generation,
            event_id=identity,
            zone=self._zone,
            wanted_start=self._wanted_start(month, row),
            minutes=self._settings.minutes or 0,
            row=row,
            event=alive,
            entry=entry,
            deleted=f"{name}/deleted" in self._ledger.entries,
            host=self._host(row),
            link=self._settings.meet_link or (alive.meet_link if alive else None),
            unclear=self._unclear(month),
        )

    def _generation(self, month: Month, row: RoastRow | None) -> int:
        latest = self._generations.get(str(month), 0)
        over = self._ledger.phase(f"{month}.g{latest}/cancel") is Phase.DONE
        skipped = bool(row and row.no_meeting)
        return latest + 1 if over and not skipped and not self._unclear(month) else latest

    def _unclear(self, month: Month) -> str:
        if self._stopped:
            return "the tab Roasts cannot be read"
        if month in self._unsure or self._has_lost(month):
            return "what Roasts says of it is not clear, see Problems"
        return ""

    def _has_lost(self, month: Month) -> bool:
        """Whether later months have rows and this one has none: every month gets one, so it is a slip."""
        return bool(self._rows) and month not in self._rows and month < max(self._rows)

    def _lost_row(self, month: Month) -> Problem:
        what = f"No row is about {month}. Bring it back with Undo, or type {month} in a row of its own."
        skipped = "Its meeting stays as it is, and no mail about it goes out."
        return Problem("Roasts", None, "Month", str(month), what, skipped)

    def _wanted_start(self, month: Month, row: RoastRow | None) -> datetime | None:
        rule, starts_at = self._settings.meeting_day, self._settings.starts_at
        if rule is None or starts_at is None or self._settings.minutes is None or self._unclear(month):
            return None
        day = meeting_day(month, rule.nth, rule.weekday)
        if row and row.other_date:
            day = row.other_date
        return instant(day, (row.other_start if row and row.other_start else starts_at), self._zone)

    def _host(self, row: RoastRow | None) -> Person | None:
        if row is None or not row.host or row.host_agreed is False:
            return None
        person, trouble = self._finder.find(row.host)
        if trouble:
            self.problems.append(
                Problem("Roasts", row.row, "Host", row.host, trouble, "Nobody was asked to host this month.")
            )
        return person
