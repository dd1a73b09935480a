"""Events: inserted under an id of ours, changed in one update for all ready parts, cancelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from community.community import Community
from community.effects import CancelEvent, ChangeEvent, CreateEvent, Effect
from community.events import Event, EventChange, marks_from, marks_text, text_marks
from community.ledger import Entry, Phase
from engine.create_event import create_event, mark_deleted
from engine.desk import Desk
from workspace.errors import Gone, MeetRefused, OutcomeUnknown, Refused


def change_calendar(desk: Desk, community: Community, effects: list[Effect]) -> list[Event]:
    """Create, change and cancel events; returns them as Calendar answered."""
    answered: list[Event] = []
    changes: dict[str, list[Effect]] = defaultdict(list)
    for effect in effects:
        if isinstance(effect.action, ChangeEvent):
            changes[effect.action.event_id].append(effect)
    for effect in effects:
        if not _may_go_on(desk):
            return answered
        try:
            if isinstance(effect.action, CreateEvent):
                answered += create_event(desk, community, effect, effect.action)
            elif isinstance(effect.action, CancelEvent):
                answered += _cancel(desk, community, effect, effect.action)
        except Refused as error:
            desk.refused("calendar", error)
        except OutcomeUnknown as error:
            desk.troubles.append(str(error))
    for event_id, parts in changes.items():
        if not _may_go_on(desk):
            return answered
        answered += _change(desk, event_id, parts)
    return answered


def _may_go_on(desk: Desk) -> bool:
    return not desk.stopping() and not desk.rests("calendar")


def _change(desk: Desk, event_id: str, parts: list[Effect]) -> list[Event]:
    before = {part.key: desk.entry(part.key) for part in parts}
    started = [_start_part(desk, part) for part in parts]
    whole = _merged(part.action.change for part in parts if isinstance(part.action, ChangeEvent))
    try:
        event = desk.workspace.calendar.update(event_id, whole)
    except MeetRefused as error:
        return _change_without_link(desk, event_id, parts, str(error))
    except Gone as error:
        _restore(desk, before)
        if error.status:  # said by Calendar, not seen: the next list tells
            desk.troubles.append(str(error))
        elif entry := _event_entry(desk, parts[0]):
            mark_deleted(desk, entry)
        return []
    except Refused as error:
        _restore(desk, before)
        desk.refused("calendar", error)
        return []
    except OutcomeUnknown as error:
        desk.troubles.append(str(error))
        return []
    for part, entry in zip(parts, started, strict=True):
        _end_part(desk, part, entry)
    _remember(desk, parts, event)
    return [event]


def _change_without_link(desk: Desk, event_id: str, parts: list[Effect], reason: str) -> list[Event]:
    """This account makes no Meet links just now: the rest of the update goes without asking for one."""
    rest = []
    for part in parts:
        entry = desk.entry(part.key)
        if part.kind == "event.link" and entry:
            desk.end(entry, Phase.FAILED, reason)
        else:
            rest.append(part)
    return _change(desk, event_id, rest) if rest else []


def _start_part(desk: Desk, part: Effect) -> Entry:
    removes = isinstance(part.action, ChangeEvent) and part.action.change.remove_guests
    return desk.start(part, Phase.REMOVING if removes else Phase.STARTED)


def _end_part(desk: Desk, part: Effect, entry: Entry) -> None:
    desk.end(entry, Phase.REMOVED if entry.phase is Phase.REMOVING else Phase.DONE)


def _restore(desk: Desk, before: Mapping[str, Entry | None]) -> None:
    """Nothing was changed: a try that counts for nothing must not delay the next one by a day."""
    for key, entry in before.items():
        if entry is None:
            desk.ledger.forget(key)
        else:
            desk.ledger.amend(entry)


def _remember(desk: Desk, parts: list[Effect], event: Event) -> None:
    """Keep what this write made of the event, so that a later difference is known to be a human's."""
    entry = _event_entry(desk, parts[0])
    if entry is None:
        return
    ids = dict(entry.ids)
    for part in parts:
        if isinstance(part.action, ChangeEvent):
            ids.update(part.action.memory)
            if text := _written_text(ids.get("text"), part.action.change, event):
                ids["text"] = text
    if ids != entry.ids:
        desk.ledger.amend(replace(entry, ids=ids))


def _written_text(before: str | None, change: EventChange, event: Event) -> str:
    """The fingerprints of what we wrote, as Calendar answers it; those of other parts stay."""
    written = [text is not None for text in (change.title, change.description, change.location)]
    marks = marks_from(before)
    if marks is None or not any(written):
        return before or ""
    answered = text_marks(event.title, event.description, event.location)
    return marks_text(new if ours else old for new, old, ours in zip(answered, marks, written, strict=True))


def _event_entry(desk: Desk, part: Effect) -> Entry | None:
    return desk.entry(f"{part.meeting}/event")


def _merged(changes: Iterable[EventChange]) -> EventChange:
    """One change out of the parts; parts never speak of the same thing."""
    whole = EventChange()
    for change in changes:
        whole = EventChange(
            start=change.start or whole.start,
            end=change.end or whole.end,
            zone=change.zone or whole.zone,
            title=whole.title if change.title is None else change.title,
            description=whole.description if change.description is None else change.description,
            location=whole.location if change.location is None else change.location,
            add_guests=whole.add_guests + change.add_guests,
            remove_guests=whole.remove_guests + change.remove_guests,
            private={**whole.private, **change.private},
            conference_request=change.conference_request or whole.conference_request,
        )
    return whole


def _cancel(desk: Desk, community: Community, effect: Effect, action: CancelEvent) -> list[Event]:
    entry = desk.start(effect)
    if action.event_id is not None:
        desk.workspace.calendar.cancel(action.event_id)
    desk.end(entry, Phase.DONE)
    there = (meeting.event for meeting in community.meetings if meeting.key == effect.meeting)
    return [replace(event, cancelled=True) for event in there if event]
