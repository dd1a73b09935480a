"""The community at one instant: everything the automations may look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from community.events import Event
from community.hosts import HostFinder
from community.ledger import LedgerView, Phase
from community.mails import MailKind
from community.meetings import Meeting, MeetingReader, months_in_view
from community.membership import Ask, number_requests, resolve_membership, rows_to_be_seen
from community.people import MailWish, Person, Status
from sheets_schema.choices import MeetAccount, Mode
from sheets_schema.problems import Problem
from sheets_schema.rows import AgendaRow, Settings
from sheets_schema.sheet import Sheet

FREE_CALL = 60  # minutes after which Google ends a free call of three and more


@dataclass(frozen=True, slots=True)
class Community:
    """One consistent view of sheet, calendar and ledger at `now` (aware).

    people: by person key. zone: the community's, None when Settings do not say. meetings: those in view,
    by time. problems: of the sheet and of what its rows mean together. clock_error: how far `now` was ahead
    of Google's clock when the sheet was read, negative when behind.
    """

    id: str
    now: datetime
    sheet: Sheet
    ledger: LedgerView
    zone: ZoneInfo | None
    people: Mapping[str, Person]
    asks: tuple[Ask, ...]
    meetings: tuple[Meeting, ...]
    problems: tuple[Problem, ...]
    clock_error: timedelta = timedelta(0)

    @property
    def settings(self) -> Settings:
        """What the Settings tab says."""
        return self.sheet.settings

    @property
    def mode(self) -> Mode:
        """The mode in force; an unreadable one means show only."""
        return self.sheet.settings.mode or Mode.SHOW_ONLY

    @property
    def wait(self) -> timedelta:
        """How long facts must hold still before they reach people; Settings' "Wait after my last change"."""
        return self.settings.wait or timedelta(0)

    @property
    def stay_on(self) -> timedelta:
        """How long mails say that people may stay afterwards; not at all where Google ends the call."""
        stay = self.settings.stay_on or 0
        is_free = self.settings.meet_account is MeetAccount.FREE
        is_cut = is_free and (self.settings.minutes or 0) + stay > FREE_CALL
        return timedelta(minutes=0 if is_cut else stay)

    @property
    def agenda(self) -> tuple[AgendaRow, ...]:
        """The agenda's lines that mails show: those after the end only where people may stay."""
        return tuple(row for row in self.sheet.agenda if self.stay_on or not row.optional)

    @property
    def lost_members(self) -> bool:
        """Whether Members is empty or cannot be read, though people were invited before."""
        return not self.sheet.members and any(
            entry.kind == "guest" and entry.phase is Phase.DONE for entry in self.ledger.entries.values()
        )

    def ahead(self) -> tuple[Meeting, ...]:
        """The meetings that have not begun, where sheet and settings say when they should begin."""
        return tuple(
            meeting
            for meeting in self.meetings
            if meeting.wanted_start and meeting.start and meeting.start > self.now
        )

    def stands(self, meeting: Meeting) -> bool:
        """Whether a meeting's event is there; in show only, where none is made, whether it would be."""
        return meeting.event is not None or (self.mode is Mode.SHOW_ONLY and not meeting.deleted)

    def away(self, person: Person, at: datetime) -> bool:
        """Whether a person is away at an instant, by the reader's own calendar."""
        return person.away_until is not None and at.astimezone(person.zone).date() <= person.away_until

    def active(self) -> tuple[Person, ...]:
        """The active members, in sheet order."""
        return tuple(person for person in self.people.values() if person.status is Status.ACTIVE)

    def readers(self, wishes: Iterable[MailWish]) -> tuple[Person, ...]:
        """Active members who are not away today and want this kind of mail."""
        wanted = frozenset(wishes)
        return tuple(
            person for person in self.active() if person.wish in wanted and not self.away(person, self.now)
        )

    def sends(self, kind: MailKind) -> bool:
        """Whether the Emails tab lets this kind go out."""
        row = self.sheet.emails.get(str(kind))
        return row is None or row.send


def assemble(
    sheet: Sheet, events: Mapping[str, Event], ledger: LedgerView, *, community_id: str, now: datetime
) -> Community:
    """Put the community together from what was read: the sheet, Calendar's events by id, the ledger."""
    asks = number_requests(sheet.requests, community_id)
    zone = sheet.settings.time_zone
    if zone is None:
        return Community(community_id, now, sheet, ledger, None, {}, asks, (), sheet.problems)
    appended = rows_to_be_seen(asks, ledger, now)
    people = resolve_membership(sheet, asks, community_id, zone, appended)
    finder = HostFinder(people.values(), community_id, zone)
    reader = MeetingReader(sheet, events, ledger, community_id=community_id, zone=zone, finder=finder)
    ahead = sheet.settings.months_ahead if sheet.settings.months_ahead is not None else 0
    meetings = tuple(reader.read(month) for month in months_in_view(now, zone, ahead))
    problems = (*sheet.problems, *reader.problems)
    return Community(community_id, now, sheet, ledger, zone, people, asks, meetings, problems)
