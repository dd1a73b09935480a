"""Meetings: one calendar event a month, made, moved, worded and cancelled as the sheet says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from automations import guests, meet_links
from community.community import Community
from community.effects import CancelEvent, ChangeEvent, CreateEvent, Effect, Record, fingerprint
from community.event_text import event_text
from community.events import (
    COMMUNITY_PROPERTY,
    MEETING_PROPERTY,
    TEXT_PROPERTY,
    EventChange,
    EventDraft,
    marks_from,
    marks_text,
    text_marks,
)
from community.ledger import Phase
from community.meetings import Meeting
from community.people import head_count, person_key
from sheets_schema.choices import ExistingEvent
from sheets_schema.problems import Problem


def wanted(community: Community) -> Iterator[Effect]:
    """Events to create, change or cancel."""
    for meeting in community.ahead():
        if meeting.unclear or meeting.wanted_start is None:
            continue
        if meeting.skipped:
            yield from _cancel(community, meeting)
        elif meeting.deleted:
            continue
        elif meeting.entry is None or meeting.entry.phase is Phase.STARTED:
            yield from _create(community, meeting)
        elif meeting.event is not None:
            changes = (
                *_move(community, meeting),
                *_reword(community, meeting),
                *meet_links.ask(community, meeting),
            )
            yield from changes
            yield from _in_place(community, meeting, {effect.key for effect in changes})


def community_tag(community_id: str) -> str:
    """The value by which this community's events are told from everybody else's."""
    return person_key(community_id, "calendar")


def _create(community: Community, meeting: Meeting) -> Iterator[Effect]:
    if meeting.wanted_start is None or meeting.wanted_start <= community.now or _asked(community, meeting):
        return
    invited = {person.key: person.address for person in guests.invited(community, meeting)}
    if len(invited) > guests.MOST_GUESTS:
        return
    title, description, location = event_text(community.settings, meeting)
    draft = EventDraft(
        id=meeting.event_id,
        start=meeting.wanted_start,
        end=meeting.wanted_start + timedelta(minutes=meeting.minutes),
        zone=str(meeting.zone),
        title=title,
        description=description,
        location=location,
        guests=tuple(invited.values()),
        private={
            COMMUNITY_PROPERTY: community_tag(community.id),
            MEETING_PROPERTY: meeting.key,
            TEXT_PROPERTY: marks_text(text_marks(title, description, location)),
        },
        conference_request=None if community.settings.meet_link else f"{meeting.event_id}-1",
    )
    yield Effect(
        key=f"{meeting.key}/event",
        kind="event",
        action=CreateEvent(draft, invited, remembered(meeting)),
        due=community.now,
        latest=meeting.wanted_start,
        meeting=meeting.key,
        reaches=tuple(invited),
        who=head_count(len(invited)),
        fingerprint=fingerprint(draft.start, draft.end, draft.zone, sorted(invited)),
        wait=community.wait,
        urgency=1,
    )


def problems(community: Community) -> Iterator[Problem]:
    """Meetings whose place in the calendar is taken by the organizer's own event, or whose start is over."""
    for meeting in community.ahead():
        yield from _start_is_over(community, meeting)
        if meeting.entry is None and not meeting.skipped and _asked(community, meeting):
            yield Problem(
                "Settings",
                None,
                "My existing event",
                "ask",
                f"Your calendar has an event at the time of the meeting of {meeting.month}. Type adopt to use"
                " that event, or make new to have one beside it.",
                "No event was made for that meeting.",
            )


def _start_is_over(community: Community, meeting: Meeting) -> Iterator[Problem]:
    start, row, entry = meeting.wanted_start, meeting.row, meeting.entry
    if row is None or entry is None or start is None or start > community.now or meeting.skipped:
        return
    if remembered(meeting)["start"] != entry.ids.get("start"):
        yield Problem(
            "Roasts",
            row.row,
            "Other date",
            f"{start:%Y-%m-%d %H:%M}",
            "This start is over already. Type one that is still to come.",
            "The event stays where it is.",
        )


def _asked(community: Community, meeting: Meeting) -> bool:
    found = f"{meeting.key}/existing" in community.ledger.entries
    return found and community.settings.existing_event not in {ExistingEvent.ADOPT, ExistingEvent.MAKE_NEW}


def remembered(meeting: Meeting) -> dict[str, str]:
    """What the ledger keeps of a write, so that a later difference can be told from a human's."""
    row = meeting.row
    return {
        "event": meeting.event_id,
        "start": meeting.wanted_start.isoformat() if meeting.wanted_start else "",
        "minutes": str(meeting.minutes),
        "typed": f"{row.other_date}|{row.other_start}" if row else "None|None",
    }


def _move(community: Community, meeting: Meeting) -> Iterator[Effect]:
    """The sheet's start or length has changed since our last write; a human's move in Calendar stays."""
    entry, event, start = meeting.entry, meeting.event, meeting.wanted_start
    if entry is None or event is None or start is None:
        return
    memory = remembered(meeting)
    moved = memory["start"] != entry.ids.get("start")
    resized = memory["minutes"] != entry.ids.get("minutes")
    if not (moved or resized) or start <= community.now:
        return
    begin = start if moved else event.start
    yield Effect(
        key=f"{meeting.key}/time",
        kind="event.time",
        action=ChangeEvent(
            meeting.event_id,
            EventChange(start=begin, end=begin + timedelta(minutes=meeting.minutes), zone=str(meeting.zone)),
            memory=memory,
        ),
        due=community.now,
        latest=min(start, event.start),
        meeting=meeting.key,
        reaches=tuple(person_key(community.id, guest.address) for guest in event.guests),
        who=head_count(len(event.guests)),
        fingerprint=fingerprint(begin, meeting.minutes, meeting.zone),
        wait=community.wait,
        urgency=1,
        from_settings=memory["typed"] == entry.ids.get("typed"),
    )


def _reword(community: Community, meeting: Meeting) -> Iterator[Effect]:
    """Title, text and place follow the sheet, each until a human has written their own in Calendar."""
    event, entry = meeting.event, meeting.entry
    if event is None or entry is None:
        return
    tagged = marks_from(event.private.get(TEXT_PROPERTY))
    known = [marks for marks in (tagged, marks_from(entry.ids.get("text"))) if marks]
    texts = event_text(community.settings, meeting)
    there, ours = text_marks(event.title, event.description, event.location), text_marks(*texts)
    stale = [
        there[part] != ours[part] and any(there[part] == marks[part] for marks in known) for part in range(3)
    ]
    if not any(stale):
        return
    title, description, location = (text if old else None for text, old in zip(texts, stale, strict=True))
    marks = (ours[part] if stale[part] else known[0][part] for part in range(3))
    yield Effect(
        key=f"{meeting.key}/text",
        kind="event.text",
        action=ChangeEvent(
            meeting.event_id,
            EventChange(
                title=title,
                description=description,
                location=location,
                private={TEXT_PROPERTY: marks_text(marks)},
            ),
        ),
        due=community.now,
        latest=meeting.start,
        meeting=meeting.key,
        who="title and text",
        fingerprint=fingerprint(*texts),
        wait=community.wait,
        urgency=7,
    )


def _in_place(community: Community, meeting: Meeting, asked: set[str]) -> Iterator[Effect]:
    """Changes whose answer was lost, and which nothing asks for any more: Calendar has them."""
    for key, entry in community.ledger.entries.items():
        ours = entry.meeting == meeting.key and entry.kind in {"event.time", "event.text", "event.link"}
        if ours and entry.phase is Phase.STARTED and key not in asked:
            yield Effect(
                key,
                entry.kind,
                Record(Phase.DONE, "is in Calendar"),
                due=community.now,
                meeting=meeting.key,
                who=entry.who,
            )


def _cancel(community: Community, meeting: Meeting) -> Iterator[Effect]:
    if meeting.entry is None:
        return
    event = meeting.event
    yield Effect(
        key=f"{meeting.key}/cancel",
        kind="event.cancel",
        action=CancelEvent(meeting.event_id if not meeting.deleted else None),
        due=community.now,
        latest=meeting.start,
        meeting=meeting.key,
        reaches=tuple(person_key(community.id, guest.address) for guest in event.guests) if event else (),
        who=head_count(len(event.guests) if event else 0),
        fingerprint=fingerprint("no meeting"),
        wait=community.wait,
        urgency=1,
    )
