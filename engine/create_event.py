"""A meeting's event comes into being: inserted under an id of ours, or adopted from the organizer's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from community.community import Community
from community.effects import CreateEvent, Effect
from community.events import (
    COMMUNITY_PROPERTY,
    MEETING_PROPERTY,
    TEXT_PROPERTY,
    Event,
    event_id,
    marks_text,
    text_marks,
)
from community.ledger import Entry, Phase
from community.people import person_key
from engine.adopt_event import adopted, adoption, ask_about, existing_event
from engine.desk import Desk
from sheets_schema.choices import ExistingEvent
from workspace.errors import Conflict, MeetRefused


def create_event(desk: Desk, community: Community, effect: Effect, action: CreateEvent) -> list[Event]:
    """Make the event; returns it, or nothing when the organizer must be asked or has deleted it.

    Calendar refuses a second insert of the same id, so a try without an answer may always be repeated.
    """
    if desk.entry(effect.key) is None and (found := existing_event(desk, community, action)):
        if community.settings.existing_event is not ExistingEvent.ADOPT:
            ask_about(desk, effect, found)
            return []
        action = adopted(action, found)
    entry, guests, link = _started(desk, community, effect, action)
    asked = action.draft.conference_request is not None
    try:
        event = _obtain(desk, community, action)
    except MeetRefused as error:
        desk.end(link, Phase.FAILED, str(error))
        asked = False
        event = _obtain(desk, community, _without_link(action))
    if event.cancelled:
        desk.end(entry, Phase.DONE)
        mark_deleted(desk, entry)
        return []
    _created(desk, community, entry, guests, event)
    if asked:
        desk.end(link, Phase.DONE)
    return [event]


def mark_deleted(desk: Desk, entry: Entry) -> None:
    """A human deleted this event in Calendar: nothing more for its meeting."""
    meeting = entry.meeting or entry.key.removesuffix("/event")
    desk.ledger.put(
        Entry(
            key=f"{meeting}/deleted",
            kind="event.deleted",
            phase=Phase.DONE,
            at=desk.clock(),
            meeting=meeting,
            reason="the event was deleted in Calendar",
        )
    )


def _started(
    desk: Desk, community: Community, effect: Effect, action: CreateEvent
) -> tuple[Entry, list[Entry], Entry]:
    """Write, before anything leaves, which event with which guests is about to be made."""
    entry = Entry(
        effect.key,
        effect.kind,
        Phase.STARTED,
        desk.clock(),
        meeting=effect.meeting,
        who=effect.who,
        ids=dict(action.memory),
        fingerprint=effect.fingerprint,
    )
    guests = [_guest_entry(entry, person, community) for person in action.guests]
    # A guest seen on the list of an event whose insert was not answered stays recorded.
    guests = [guest for guest in guests if not _is_done(desk.entry(guest.key))]
    link = replace(entry, key=f"{effect.meeting}/link/1", kind="event.link", who="Meet link", ids={})
    desk.ledger.put_all([entry, *guests, *([link] if action.draft.conference_request else [])])
    return entry, guests, link


def _is_done(entry: Entry | None) -> bool:
    return entry is not None and entry.phase is Phase.DONE


def _obtain(desk: Desk, community: Community, action: CreateEvent) -> Event:
    """The event as Calendar answers it: inserted, found under our id, or the organizer's own, adopted."""
    draft, calendar = action.draft, desk.workspace.calendar
    month, generation = draft.private[MEETING_PROPERTY].split(".g")
    if draft.id == event_id(community.id, month, int(generation)):
        try:
            return calendar.insert(draft)
        except Conflict:
            return calendar.get(draft.id)
    event = calendar.get(draft.id)
    if event.cancelled or COMMUNITY_PROPERTY in event.private:
        return event
    return calendar.update(draft.id, adoption(action, event))


def _without_link(action: CreateEvent) -> CreateEvent:
    return replace(action, draft=replace(action.draft, conference_request=None))


def _guest_entry(entry: Entry, person: str, community: Community) -> Entry:
    known = community.people.get(person)
    return Entry(
        key=f"{entry.meeting}/guest/{person}",
        kind="guest",
        phase=Phase.STARTED,
        at=entry.at,
        person=person,
        meeting=entry.meeting,
        who=known.name if known else "",
    )


def _created(desk: Desk, community: Community, entry: Entry, guests: list[Entry], event: Event) -> None:
    """Only guests that the answer shows are on the list; the others stay open for the next update."""
    there = {person_key(community.id, guest.address) for guest in event.guests}
    ids = dict(entry.ids)
    if event.start != datetime.fromisoformat(ids["start"]):
        # Made by an insert whose answer was lost, before the sheet was changed: the move is still owed.
        ids |= {"start": event.start.astimezone(community.zone).isoformat(), "typed": ""}
    if event.private.get(TEXT_PROPERTY):
        ids["text"] = marks_text(text_marks(event.title, event.description, event.location))
    now = desk.clock()
    done = [replace(entry, phase=Phase.DONE, at=now, ids=ids)]
    done += [replace(guest, phase=Phase.DONE, at=now) for guest in guests if guest.person in there]
    desk.ledger.put_all(done)
