"""Reminder: a day before the meeting, to guests who said yes, maybe or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from automations import guests
from community.community import Community
from community.effects import Effect
from community.events import Response
from community.letters import (
    Timing,
    due_before,
    letter_about,
    link_known_by,
    mail_effect,
    told,
    welcomed_close_to,
)
from community.mails import MailKind
from community.meetings import Meeting
from community.people import MailWish, Person, normalise
from sheets_schema.choices import Mode

WISHES = frozenset({MailWish.EVERYTHING})


def wanted(community: Community) -> Iterator[Effect]:
    """One reminder per reader on the guest list of a meeting ahead."""
    for meeting in community.ahead():
        due, facts = due_before(community, MailKind.REMINDER, meeting), meeting.facts
        if due is None or facts is None:
            continue
        due = max(due, link_known_by(community, meeting)) if not meeting.link else due
        timing = Timing(due, meeting.start, community.wait)
        for person in _readers(community, meeting):
            key = f"{meeting.key}/reminder/{person.key}"
            letter = letter_about(community, meeting, MailKind.REMINDER, person, key)
            yield mail_effect(community, letter, timing, tells=told(facts, host=meeting.names_host))


def overdue_for(community: Community, meeting: Meeting) -> frozenset[str]:
    """Keys of the people whose reminder for this meeting is due by now, or will be once they are invited."""
    due = due_before(community, MailKind.REMINDER, meeting)
    if due is None or due > community.now:
        return frozenset()
    soon = {normalise(person.address) for person in guests.to_be_invited(community, meeting)}
    return frozenset(person.key for person in _readers(community, meeting, soon))


def _readers(
    community: Community, meeting: Meeting, soon: AbstractSet[str] = frozenset()
) -> Iterator[Person]:
    """Who is on the guest list, or will be (`soon`: addresses), and has not said no."""
    goes_on = community.stands(meeting) and not meeting.skipped and not meeting.unclear
    if not goes_on or not community.sends(MailKind.REMINDER):
        return
    if meeting.event is None or community.mode is Mode.ONLY_TO_ME:
        # Nobody is invited then, and the organizer wants to see it all.
        coming = {normalise(person.address) for person in guests.invited(community, meeting)}
    else:
        coming = {guest.address for guest in meeting.event.guests if guest.response is not Response.NO}
        coming |= soon
    welcomed = welcomed_close_to(community, meeting)
    for person in community.readers(WISHES):
        if normalise(person.address) in coming and person.key not in welcomed:
            yield person
