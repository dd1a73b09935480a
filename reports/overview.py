"""What every report looks things up in, gathered in one pass over the plan and one over the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from community.community import Community
from community.effects import Record
from community.events import Guest
from community.ledger import Entry, Phase
from community.meetings import Meeting
from community.people import Person, normalise
from community.plan import Plan, Planned, State
from reports.problems import all_problems
from reports.words import is_mail, outlook
from sheets_schema.problems import Problem
from sheets_schema.sheet import Sheet

_SAID = frozenset({Phase.SENT, Phase.UNCONFIRMED, Phase.GONE, Phase.FAILED})
_HAS_TIME = frozenset({State.WAITING, State.SETTLING})


@dataclass(frozen=True, slots=True)
class Overview:
    """A community and its plan, with what the reports need of them.

    zone: the community's, UTC while Settings name none. planned: what is to happen, by time, then key;
    by_key: the same. mails: the mails that ended, by person and meeting, oldest first. last_mail: the newest
    that reached each person. upcoming: the meetings ahead that take place, by time. guests: by meeting, by
    address. keys, names: of the organizer's rows, by tab and row number; the key cell as typed, and whose row
    it is.
    """

    community: Community
    plan: Plan
    zone: ZoneInfo
    problems: tuple[Problem, ...]
    planned: tuple[Planned, ...]
    by_key: Mapping[str, Planned]
    mails: Mapping[tuple[str, str], list[Entry]]
    last_mail: Mapping[str, Entry]
    upcoming: tuple[Meeting, ...]
    guests: Mapping[str, Mapping[str, Guest]]
    keys: Mapping[tuple[str, int], str]
    names: Mapping[tuple[str, int], str]

    @property
    def now(self) -> datetime:
        """The instant of the reports."""
        return self.community.now

    def within(self, instant: datetime, days: int) -> bool:
        """Whether an instant lies no more than so many days after today, or before it when negative.

        Whole days of the community's calendar count, so that the reports change at midnight at most.
        """
        day, edge = instant.astimezone(self.zone).date(), self.today + timedelta(days=days)
        return day <= edge if days >= 0 else day >= edge

    @property
    def today(self) -> date:
        """The day on the community's clock."""
        return self.now.astimezone(self.zone).date()

    def outlook(self, item: Planned) -> str:
        """What becomes of a planned effect, in words."""
        return outlook(item, self.community.mode, self.now, self.zone)

    def guest(self, meeting: Meeting, person: Person) -> Guest | None:
        """This person's place on a guest list."""
        return self.guests[meeting.key].get(normalise(person.address))

    def mail(self, meeting: Meeting, person: Person, kind: str) -> Entry | None:
        """The newest mail of a kind about a meeting that ended for this person."""
        found = (entry for entry in self.mails.get((person.key, meeting.key), ()) if entry.kind == kind)
        return max(found, key=lambda entry: entry.at, default=None)


def time_of(item: Planned, now: datetime) -> datetime:
    """When a planned effect leaves; `now` for whatever waits for nothing but the service or the organizer."""
    if item.state is State.TOO_LATE:
        return item.effect.due
    return item.until if item.state in _HAS_TIME and item.until else now


def look(community: Community, plan: Plan) -> Overview:
    """Gather what the reports need."""
    planned = [item for item in plan.items if not isinstance(item.effect.action, Record)]
    planned.sort(key=lambda item: (time_of(item, community.now), item.effect.urgency, item.effect.key))
    # Not community.ahead(): a meeting that is left as it is takes place all the same.
    dated = [(meeting.start, meeting) for meeting in community.meetings if meeting.start]
    dated.sort(key=lambda pair: pair[0])
    upcoming = [meeting for start, meeting in dated if start > community.now and not meeting.skipped]
    mails, last_mail = _mails(community)
    return Overview(
        community=community,
        plan=plan,
        zone=community.zone or ZoneInfo("UTC"),
        problems=all_problems(community),
        planned=tuple(planned),
        by_key={item.effect.key: item for item in planned},
        mails=mails,
        last_mail=last_mail,
        upcoming=tuple(upcoming),
        guests={
            meeting.key: {guest.address: guest for guest in meeting.event.guests} if meeting.event else {}
            for meeting in community.meetings
        },
        keys={place: key for place, key, _ in _typed(community.sheet)},
        names={place: name for place, _, name in _typed(community.sheet)},
    )


def _typed(sheet: Sheet) -> Iterator[tuple[tuple[str, int], str, str]]:
    """Place, key and name of every row of the organizer's that has a Check column and could be read."""
    yield from ((("Roasts", row.row), row.key, str(row.month)) for row in sheet.roasts)
    yield from ((("Members", row.row), row.key, row.name) for row in sheet.members)
    yield from ((("Requests", row.row), row.key, row.name) for row in sheet.requests)
    yield from ((("Needs", row.row), row.key, row.who) for row in sheet.needs)


def _mails(community: Community) -> tuple[dict[tuple[str, str], list[Entry]], dict[str, Entry]]:
    ended = [
        entry for entry in community.ledger.entries.values() if entry.phase in _SAID and is_mail(entry.kind)
    ]
    by_meeting: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    last: dict[str, Entry] = {}
    for entry in sorted(ended, key=lambda entry: (entry.at, entry.number or 0)):
        if entry.person:
            by_meeting[entry.person, entry.meeting or ""].append(entry)
            if entry.phase in {Phase.SENT, Phase.UNCONFIRMED}:
                last[entry.person] = entry
    return dict(by_meeting), last
