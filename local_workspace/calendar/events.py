"""The methods of calendar.events. Recurrence is kept, not expanded."""

import re

from local_workspace.calendar import calendars, event_store, notices, times, writing
from local_workspace.calendar.calendars import Calendar
from local_workspace.call import Answer, Call, Json
from local_workspace.errors import bad_request, conflict, gone, not_found, precondition_failed
from local_workspace.store import new_id

_ID = re.compile(r"[a-v0-9]{5,1024}")
_ID_LETTERS = "0123456789abcdefghijklmnopqrstuv"


def insert(call: Call) -> Json:
    """Make an event, under the caller's own id where one is given; 409 when that was ever used."""
    calendar, body = calendars.asked_for(call), call.body or {}
    body |= {"id": body.get("id") or new_id(26, _ID_LETTERS)}
    if not _ID.fullmatch(body["id"]):
        raise bad_request("Invalid resource id value.", "invalid")
    if event_store.load(call.db, calendar, body["id"]):
        raise conflict()
    return _write(call, calendar, {}, writing.written(call, calendar, body, {}))


def get(call: Call) -> Json | Answer:
    """Return an event, a cancelled one too; 304 when If-None-Match names the version it has."""
    calendar, event = _asked_for(call)
    if call.headers.get("if-none-match") == event["etag"]:
        return Answer(status=304)
    return _shown(call, calendar, event)


def list_(call: Call) -> Json:
    """Return a page of the events that the parameters ask for, or of those changed since a sync token."""
    calendar = calendars.asked_for(call)
    found, token = event_store.page(call, calendar)
    changed = event_store.latest(call.db, calendar)[1] or times.timestamp(call.now)
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
    calendar, before = _asked_for(call)
    return _write(call, calendar, before, writing.written(call, calendar, call.body or {}, before))


def patch(call: Call) -> Json:
    """Change the fields that the body names: lists are replaced whole, null removes."""
    calendar, before = _asked_for(call)
    # Flags at their defaults are not kept; the rest of what is kept reads as if it had been sent.
    body = writing.merged(before, call.body or {})
    return _write(call, calendar, before, writing.written(call, calendar, body, before))


def delete(call: Call) -> None:
    """Cancel an event: its id stays taken; 410 when that was done before."""
    calendar, before = _asked_for(call)
    if before["status"] == "cancelled":
        raise gone()
    _write(call, calendar, before, writing.cancelled(before))


def move(call: Call) -> Json:
    """Move an event to another calendar of the caller's, which becomes its organizer."""
    source, before = _asked_for(call)
    target = calendars.find(call.db, call.user, call.params["destination"])
    if before["eventType"] != "default" or before["status"] == "cancelled":
        raise bad_request("The event cannot be moved.", "invalid")
    if event_store.load(call.db, target, before["id"]):
        raise conflict()
    event_store.save(call.db, source, writing.cancelled(before), call.now)
    return _write(call, target, before, before | {"organizer": writing.organizer(target)})


def _asked_for(call: Call) -> tuple[Calendar, Json]:
    """Return the event that a request names, and its calendar.

    ApiError 404 when there never was one, 412 when the request's If-Match names another version.
    """
    calendar = calendars.asked_for(call)
    event = event_store.load(call.db, calendar, call.params["eventId"])
    if not event:
        raise not_found("Not Found")
    if call.headers.get("if-match", "*") not in {"*", event["etag"]}:
        raise precondition_failed()
    return calendar, event


def _write(call: Call, calendar: Calendar, before: Json, event: Json) -> Json:
    """Keep the event, tell its guests when the request asks for it, and return it as answered."""
    if event["status"] == "cancelled":
        event = writing.cancelled(event)
    saved = last = event_store.save(call.db, calendar, event, call.now)
    if (linked := writing.linked(saved)) != saved:
        # The link comes a moment later and changes the event once more: the answer is not its last version.
        last = event_store.save(call.db, calendar, linked, call.now)
    notices.tell(call, before, last)
    return _shown(call, calendar, saved)


def _shown(call: Call, calendar: Calendar, event: Json) -> Json:
    """Return a kept event as this request sees it: in its zone."""
    name = call.params.get("timeZone")
    zone = calendar.zone if name is None else times.named_zone(name, "the response")
    return event | {side: times.shown(event[side], zone) for side in ("start", "end")}
