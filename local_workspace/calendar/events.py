"""The methods of calendar.events. Recurrence is kept, not expanded."""

import re

from local_workspace.calendar import (
    attendees,
    calendar_store,
    conference,
    event_store,
    listing,
    notices,
    times,
    writing,
)
from local_workspace.calendar.calendar_store import Calendar
from local_workspace.call import Answer, Call, Json
from local_workspace.errors import (
    bad_request,
    conflict,
    gone,
    not_found,
    precondition_failed,
)
from local_workspace.store import new_id

_ID = re.compile(r"[a-v0-9]{5,1024}")
_ID_LETTERS = "0123456789abcdefghijklmnopqrstuv"


def insert(call: Call) -> Json:
    """Make an event, under the caller's own id where one is given; 409 when that was ever used."""
    calendar = calendar_store.asked_for(call)
    body = dict(call.body or {})
    body["id"] = body.get("id") or new_id(26, _ID_LETTERS)
    if not _ID.fullmatch(body["id"]):
        raise bad_request("Invalid resource id value.", "invalid")
    if event_store.load(call.db, calendar, body["id"]) is not None:
        raise conflict()
    return _write(call, calendar, None, writing.written(call, calendar, body, None))


def get(call: Call) -> Json | Answer:
    """Return an event, a cancelled one too; 304 when If-None-Match names the version it has."""
    calendar = calendar_store.asked_for(call)
    event = _existing(call, calendar)
    if call.headers.get("if-none-match") == event["etag"]:
        return Answer(status=304)
    return _shown(call, calendar, event)


def list_(call: Call) -> Json:
    """Return a page of the events that the parameters ask for, or of those changed since a sync token."""
    calendar = calendar_store.asked_for(call)
    found, token = listing.page(call, calendar)
    changed = event_store.last_change(call.db, calendar) or times.timestamp(call.now)
    return {
        "kind": "calendar#events",
        "etag": f'"p{re.sub(r"[^0-9]", "", changed)}"',
        "summary": calendar.resource["summary"],
        "description": calendar.resource.get("description", ""),
        "updated": changed,
        "timeZone": calendar.zone.key,
        "accessRole": "owner",
        "defaultReminders": [{"method": "popup", "minutes": 10}],
        "items": [_shown(call, calendar, event) for event in found],
        **token,
    }


def update(call: Call) -> Json:
    """Replace an event by the body: what the body leaves out falls back to its default."""
    calendar = calendar_store.asked_for(call)
    before = _unchanged(call, calendar)
    return _write(call, calendar, before, writing.written(call, calendar, call.body or {}, before))


def patch(call: Call) -> Json:
    """Change the fields that the body names: lists are replaced whole, null removes."""
    calendar = calendar_store.asked_for(call)
    before = _unchanged(call, calendar)
    # Flags at their defaults are not kept; the rest of what is kept reads as if it had been sent.
    body = writing.merged(before, call.body or {})
    if "start" not in body or "end" not in body:
        raise bad_request(f"Missing {'end' if 'start' in body else 'start'} time.", "required")
    return _write(call, calendar, before, writing.written(call, calendar, body, before))


def delete(call: Call) -> None:
    """Cancel an event: its id stays taken; 410 when that was done before."""
    calendar = calendar_store.asked_for(call)
    before = _unchanged(call, calendar)
    if before["status"] == "cancelled":
        raise gone()
    _write(call, calendar, before, writing.cancelled(before))


def move(call: Call) -> Json:
    """Move an event to another calendar of the caller's, which becomes its organizer."""
    source, target = calendar_store.asked_for(call), calendar_store.asked_for(call, "destination")
    before = _existing(call, source)
    if before["eventType"] != "default" or before["status"] == "cancelled":
        raise bad_request("The event cannot be moved.", "invalid")
    if event_store.load(call.db, target, before["id"]) is not None:
        raise conflict()
    event_store.save(call.db, source, writing.cancelled(before), call.now)
    moved = event_store.save(call.db, target, before | {"organizer": writing.organizer(target)}, call.now)
    if notices.wanted(call):
        notices.tell(call.db, before, moved, call.now)
    return _shown(call, target, moved)


def _existing(call: Call, calendar: Calendar) -> Json:
    """Return the event that a request names; ApiError 404 when there never was one."""
    event = event_store.load(call.db, calendar, call.params["eventId"])
    if event is None:
        raise not_found("Not Found")
    return event


def _unchanged(call: Call, calendar: Calendar) -> Json:
    """Return the event that a request names; ApiError 412 when its If-Match names another version."""
    event = _existing(call, calendar)
    if call.headers.get("if-match", "*") not in {"*", event["etag"]}:
        raise precondition_failed()
    return event


def _write(call: Call, calendar: Calendar, before: Json | None, event: Json) -> Json:
    """Keep the event, tell its guests when the request asks for it, and return it as answered."""
    if event["status"] == "cancelled":
        event = writing.cancelled(event)
    saved = event_store.save(call.db, calendar, event, call.now)
    if notices.wanted(call):
        notices.tell(call.db, before, saved, call.now)
    new, old = saved.get("conferenceData"), (before or {}).get("conferenceData")
    if new is None or new == old or "createRequest" not in new:
        return _shown(call, calendar, saved)
    # The link comes a moment later and changes the event once more: this answer is not its last version.
    event_store.save(call.db, calendar, event, call.now)
    shown = _shown(call, calendar, saved | {"conferenceData": conference.pending(new)})
    shown.pop("hangoutLink", None)
    return shown


def _shown(call: Call, calendar: Calendar, event: Json) -> Json:
    """Return a kept event as this request sees it: in its zone, with no more guests than it wants."""
    name = call.params.get("timeZone")
    zone = calendar.zone if name is None else times.named_zone(name, "the response")
    return times.shown_event(attendees.limited(event, call.params.get("maxAttendees")), zone)
