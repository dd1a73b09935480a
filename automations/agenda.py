"""Agenda: a week before the meeting, to everybody who wants it; to late joiners when they join."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time

from automations import reminder
from community.agenda_lines import agenda_items
from community.community import Community
from community.dates import instant
from community.effects import Effect, Record
from community.ledger import Phase
from community.letters import (
    Timing,
    due_before,
    letter_about,
    link_known_by,
    mail_effect,
    told,
    welcomed_close_to,
)
from community.mails import AgendaItem, MailKind
from community.meetings import Meeting
from community.people import MailWish, Person

WISHES = frozenset({MailWish.EVERYTHING, MailWish.INVITATION_AND_AGENDA})
AGAIN_AT = time(9)


def wanted(community: Community) -> Iterator[Effect]:
    """One agenda mail per reader and meeting ahead."""
    if not community.sends(MailKind.AGENDA) or not community.sheet.agenda:
        return
    readers = community.readers(WISHES)
    for meeting in community.ahead():
        due = due_before(community, MailKind.AGENDA, meeting)
        if (
            due is None
            or meeting.facts is None
            or not community.stands(meeting)
            or meeting.skipped
            or meeting.unclear
        ):
            continue
        if awaits_yes(community, meeting):
            continue
        items = agenda_items(community.agenda, meeting)
        due = max(due, link_known_by(community, meeting)) if not meeting.link else due
        occasion = _Occasion(items, due, reminder.overdue_for(community, meeting))
        welcomed = welcomed_close_to(community, meeting)
        for person in readers:
            if person.key not in welcomed:
                yield from _for_person(community, meeting, person, occasion)


def observe(community: Community) -> dict[str, str]:
    """Since when each active member has been one: late joiners get the agenda on joining."""
    return {f"member/{person.key}": "active" for person in community.active()}


def awaits_yes(community: Community, meeting: Meeting) -> bool:
    """Whether this agenda waits for "Send agenda"; an unreadable setting waits too."""
    needs_yes = community.settings.agenda_needs_yes is not False
    return needs_yes and not (meeting.row and meeting.row.send_agenda)


@dataclass(frozen=True, slots=True)
class _Occasion:
    """What is the same for every reader of one meeting's agenda. reminded: whose reminder is due as well."""

    items: tuple[AgendaItem, ...]
    due: datetime
    reminded: frozenset[str]


def _for_person(
    community: Community, meeting: Meeting, person: Person, occasion: _Occasion
) -> Iterator[Effect]:
    key = f"{meeting.key}/agenda/{person.key}"
    joined = community.ledger.since(f"member/{person.key}", community.now)
    due = max(occasion.due, joined)
    if person.key in occasion.reminded:
        yield _skip(meeting, person, key, due)
        return
    timing = Timing(due, meeting.start, community.wait)
    yield _mail(community, meeting, person, key, occasion, timing)
    yield from _again(community, meeting, person, key, occasion)


def _again(
    community: Community, meeting: Meeting, person: Person, first: str, occasion: _Occasion
) -> Iterator[Effect]:
    """Once more on the day under "Send again on"; on the day of the first one only when that has ended."""
    day, zone = person.send_again_on, community.zone
    if day is None or zone is None:
        return
    at, entry = instant(day, AGAIN_AT, zone), community.ledger.entries.get(first)
    over = entry is not None and entry.finished and day == occasion.due.astimezone(zone).date()
    if at > occasion.due or over:
        timing = Timing(max(at, occasion.due), meeting.start, community.wait)
        yield _mail(community, meeting, person, f"{first}/again-{day}", occasion, timing)


def _mail(
    community: Community, meeting: Meeting, person: Person, key: str, occasion: _Occasion, timing: Timing
) -> Effect:
    letter = letter_about(community, meeting, MailKind.AGENDA, person, key)
    tells = told(letter.facts, host=meeting.names_host) if letter.facts else None
    return mail_effect(community, replace(letter, agenda=occasion.items), timing, tells=tells)


def _skip(meeting: Meeting, person: Person, key: str, due: datetime) -> Effect:
    """Both agenda and reminder are overdue: only the newest goes."""
    return Effect(
        key=key,
        kind="agenda",
        action=Record(Phase.SKIPPED, "the reminder was due as well"),
        due=due,
        latest=meeting.start,
        meeting=meeting.key,
        person=person.key,
        who=person.name,
        urgency=9,
    )
