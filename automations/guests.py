"""Guests: every active member stands on the guest list; leaving takes a positive word in the sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from community.community import Community
from community.effects import Action, ChangeEvent, Effect, Record, fingerprint
from community.events import EventChange
from community.ledger import UNDER_WAY, Entry, Phase
from community.meetings import Meeting
from community.people import MailWish, Person, Status, normalise, person_key
from sheets_schema.problems import Problem

MOST_GUESTS = 200
BETWEEN_UPDATES = timedelta(hours=24)
AT_ONCE_WITHIN = timedelta(hours=48)
MISSED_FOR = timedelta(hours=24)
GOES = frozenset({Status.LEFT, Status.PAUSED, Status.DISCORD_ONLY})


def wanted(community: Community) -> Iterator[Effect]:
    """People to add to and remove from the guest lists of the meetings ahead."""
    for meeting in community.ahead():
        if meeting.event is None or meeting.entry is None or meeting.skipped or meeting.unclear:
            continue
        if meeting.event.guests_omitted:
            continue
        there = {guest.address for guest in meeting.event.guests}
        due, full = _next_update(community, meeting), too_many(community, meeting)
        for person in community.people.values():
            action = _for_person(community, meeting, person, normalise(person.address) in there)
            adds = isinstance(action, ChangeEvent) and action.change.add_guests
            if action is not None and not (full and adds):
                yield _effect(community, meeting, person, action, due)


def observe(community: Community) -> dict[str, str]:
    """Since when somebody whom we invited has had no row that can be read."""
    return {_missing_name(person): "missing" for person in _missing(community)}


def invited(community: Community, meeting: Meeting) -> tuple[Person, ...]:
    """Everybody who belongs on this meeting's guest list."""
    return tuple(person for person in community.active() if _belongs(community, meeting, person))


def to_be_invited(community: Community, meeting: Meeting) -> tuple[Person, ...]:
    """Whoever belongs on the list of a meeting that has one, and was not added to it before."""
    if meeting.event is None or too_many(community, meeting):
        return ()
    return tuple(
        person
        for person in invited(community, meeting)
        if meeting.guest(person) is None and not removed_by_hand(community, meeting, person)
    )


def too_many(community: Community, meeting: Meeting) -> bool:
    """Whether the list would pass the 200 guests for which Calendar keeps answers (events reference)."""
    there = {guest.address for guest in meeting.event.guests} if meeting.event else set()
    return len(there | {person.address for person in invited(community, meeting)}) > MOST_GUESTS


def problems(community: Community) -> Iterator[Problem]:
    """Guest lists that cannot be kept, and people whom a human took off one."""
    for meeting in community.ahead():
        if too_many(community, meeting):
            yield Problem(
                "Members",
                None,
                None,
                str(len(invited(community, meeting))),
                f"Calendar keeps the answers of {MOST_GUESTS} guests, and this list is longer; make a Google"
                " Group and invite that one address.",
                f"Nobody new is invited to the meeting of {meeting.month}.",
            )
        for person in invited(community, meeting):
            if removed_by_hand(community, meeting, person):
                yield Problem(
                    "Members",
                    person.row,
                    "Email",
                    person.name,
                    f"{person.name} was taken off the guest list of {meeting.month} in Calendar; if that was"
                    " a mistake, add them there.",
                    "They are not invited again.",
                )

    yield from _missing_problems(community)


def _missing_problems(community: Community) -> Iterator[Problem]:
    for person, entries in _missing(community).items():
        since = community.ledger.since(_missing_name(person), community.now)
        if community.now - since >= MISSED_FOR:
            continue
        months = " and ".join(sorted({(entry.meeting or "").split(".")[0] for entry in entries}))
        yield Problem(
            "Members",
            None,
            "Email",
            entries[0].who,
            f"{entries[0].who} is a guest of {months}, but has no row that can be read. Bring the row back;"
            " whoever leaves needs the Status left.",
            "They stay a guest and get no mail.",
        )


def _missing(community: Community) -> dict[str, list[Entry]]:
    """By person, where somebody whom we invited and of whom no row can be read stands on a list."""
    missing: dict[str, list[Entry]] = defaultdict(list)
    if "Members" in community.sheet.stopped:
        return missing
    for meeting in community.ahead():
        if meeting.event is None or meeting.skipped:
            continue
        for guest in meeting.event.guests:
            person = person_key(community.id, guest.address)
            entry = community.ledger.entries.get(f"{meeting.key}/guest/{person}")
            if entry and entry.phase is Phase.DONE and person not in community.people:
                missing[person].append(entry)
    return missing


def _missing_name(person: str) -> str:
    return f"missing/{person}"


def removed_by_hand(community: Community, meeting: Meeting, person: Person) -> bool:
    """Whether we added this person and a human took them off again."""
    phase = community.ledger.phase(f"{meeting.key}/guest/{person.key}")
    return phase is Phase.DONE and meeting.event is not None and meeting.guest(person) is None


def _belongs(community: Community, meeting: Meeting, person: Person) -> bool:
    return (
        person.status is Status.ACTIVE
        and person.wish is not MailWish.NOTHING
        and not (meeting.start and community.away(person, meeting.start))
        and normalise(person.address) != normalise(community.settings.organizer or "")
        and not (meeting.event and normalise(person.address) == meeting.event.owner)
    )


def _for_person(community: Community, meeting: Meeting, person: Person, there: bool) -> Action | None:
    phase = community.ledger.phase(f"{meeting.key}/guest/{person.key}")
    ours = phase in {Phase.DONE, Phase.REMOVING}
    owner = meeting.event is not None and normalise(person.address) == meeting.event.owner
    if there and ours and person.status in GOES and not owner:
        return _change(meeting, person, EventChange(remove_guests=(normalise(person.address),)))
    if there and phase in {Phase.STARTED, Phase.REMOVING}:
        return Record(Phase.DONE, "is on the list")
    if there:
        return None
    if phase is Phase.REMOVING:
        return Record(Phase.REMOVED, "is off the list")
    if phase is not Phase.DONE and _belongs(community, meeting, person):
        return _change(meeting, person, EventChange(add_guests=(normalise(person.address),)))
    return None


def _change(meeting: Meeting, person: Person, change: EventChange) -> ChangeEvent:
    return ChangeEvent(meeting.event_id, change, person.key)


def _effect(community: Community, meeting: Meeting, person: Person, action: Action, due: datetime) -> Effect:
    quiet = isinstance(action, Record)
    return Effect(
        key=f"{meeting.key}/guest/{person.key}",
        kind="guest",
        action=action,
        due=community.now if quiet else due,
        latest=meeting.start,
        meeting=meeting.key,
        reaches=() if quiet else (person.key,),
        person=person.key,
        who=person.name,
        fingerprint=fingerprint(person.status, person.address, meeting.key),
        wait=timedelta(0) if quiet else community.wait,
        urgency=2,
    )


def _next_update(community: Community, meeting: Meeting) -> datetime:
    """Google may mail every guest on a guest change: one update a day, at once only close to the start.

    A change that was started and shows in nobody's list has told nobody, so it delays nothing.
    """
    if meeting.start is None or meeting.start - community.now <= AT_ONCE_WITHIN:
        return community.now
    last = max(
        (
            entry.at
            for key, entry in community.ledger.entries.items()
            if key.startswith((f"{meeting.key}/guest/", f"{meeting.key}/event"))
            and entry.phase not in UNDER_WAY
        ),
        default=community.now,
    )
    return last + BETWEEN_UPDATES
