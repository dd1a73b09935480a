"""/local/events/{event}/move and /delete: the organizer's own hand on Calendar's page; guests are told."""

from datetime import UTC, datetime

from local_workspace import oauth
from local_workspace.calendar import calendars, event_store, notices, showing, times, writing
from local_workspace.calendar.calendars import Calendar
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import bad_request, not_found


def move(call: Call) -> Json:
    """Move an event to {"start", "end"?}: ISO times, in its own zone unless they say; it keeps its length."""
    body = call.body or {}
    calendar, before = _event(call)
    if "date" in before["start"]:
        raise bad_request("An event of whole days cannot be moved here.")
    match body:
        case {"start": str(text)}:
            start = _time(text, before, calendar)
            length = times.instant(before["end"], calendar.zone) - times.instant(
                before["start"], calendar.zone
            )
            end = _later(start, length) if "end" not in body else _time(body["end"], before, calendar)
        case _:
            raise bad_request('Send {"start": "2026-12-17T18:00:00Z", "end": "2026-12-17T19:00:00Z"}.')
    times.check_range(start, end, calendar.zone)
    moved = before | {"start": start, "end": end, "sequence": before["sequence"] + 1}
    return _save(call, calendar, before, moved)


def delete(call: Call) -> Json:
    """Delete an event."""
    calendar, before = _event(call)
    return _save(call, calendar, before, writing.cancelled(before))


def _event(call: Call) -> tuple[Calendar, Json]:
    """Return the organizer's calendar and the event, which must be there."""
    calendar = calendars.primary(call.db, (call.body or {}).get("calendar", oauth.ORGANIZER))
    event = event_store.load(call.db, calendar, call.params["event"])
    if event is None or event["status"] == "cancelled":
        raise not_found(f"There is no event {call.params['event']}.")
    return calendar, event


def _save(call: Call, calendar: Calendar, before: Json, after: Json) -> Json:
    """Keep the change, and tell the guests unless the body says "tell": false."""
    saved = event_store.save(call.db, calendar, after, call.now)
    if (call.body or {}).get("tell", True):
        notices.tell(call.db, before, saved, call.now)
    return showing.shown(saved, calendar.zone)


def _time(text: str, before: Json, calendar: Calendar) -> Json:
    """Return a typed time as kept, in the zone that the event has."""
    return times.kept({"dateTime": text, "timeZone": before["start"]["timeZone"]}, "start", calendar.zone)


def _later(start: Json, seconds: float) -> Json:
    """Return the time that is so much later than `start`."""
    at = datetime.fromtimestamp(datetime.fromisoformat(start["dateTime"]).timestamp() + seconds, UTC)
    return start | {"dateTime": at.isoformat()}


ROUTES: Routes = {
    ("POST", "/local/events/{event}/move"): move,
    ("POST", "/local/events/{event}/delete"): delete,
}
