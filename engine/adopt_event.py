"""An event of the organizer at the time of the meeting: asked about, adopted, or ignored, as Settings say."""

from __future__ import annotations

from dataclasses import replace

from community.community import Community
from community.effects import CreateEvent, Effect
from community.events import COMMUNITY_PROPERTY, TEXT_PROPERTY, Event, EventChange
from community.ledger import Entry, Phase
from engine.desk import Desk
from sheets_schema.choices import ExistingEvent


def existing_event(desk: Desk, community: Community, action: CreateEvent) -> Event | None:
    """An event that starts when the meeting should and is not ours; None when all is clear to make one."""
    if community.settings.existing_event is ExistingEvent.MAKE_NEW:
        return None
    draft = action.draft
    there = desk.workspace.calendar.list_between(draft.start, draft.end)
    foreign = (event for event in there if event.id != draft.id and COMMUNITY_PROPERTY not in event.private)
    return next((event for event in foreign if event.start == draft.start and not event.cancelled), None)


def ask_about(desk: Desk, effect: Effect, event: Event) -> None:
    """Write down that the organizer must say what to do about this event."""
    desk.ledger.put(
        Entry(
            key=f"{effect.meeting}/existing",
            kind="event.existing",
            phase=Phase.DONE,
            at=desk.clock(),
            meeting=effect.meeting,
            ids={"event": event.id},
            reason="your calendar has an event at that time already",
        )
    )


def adoption(action: CreateEvent, event: Event) -> EventChange:
    """What makes an existing event the meeting's: our tags, the guests, a Meet link; never its text."""
    tags = {name: value for name, value in action.draft.private.items() if name != TEXT_PROPERTY}
    return EventChange(
        add_guests=action.draft.guests,
        private=tags,
        conference_request=None if event.meet_link else action.draft.conference_request,
    )


def adopted(action: CreateEvent, event: Event) -> CreateEvent:
    """The same wish, under the existing event's id and at its time."""
    return replace(
        action,
        draft=replace(action.draft, id=event.id),
        memory={**action.memory, "event": event.id},
    )
