"""/local/events/... and /local/invitations/answer: what people do on Calendar's own page."""

from datetime import UTC, datetime

from local_workspace import oauth
from local_workspace.calendar import calendar_store, event_store, notices, times, writing
from local_workspace.calendar.calendar_store import Calendar
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import bad_request, not_found

_ANSWERS = {"accepted", "declined", "tentative", "needsAction"}


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


def answer(call: Call) -> Json:
    """Answer as the guest: {"address", "event", "status", "comment"?}; a new etag, and no mail to anybody."""
    body = call.body or {}
    match body:
        case {"address": str(address), "event": str(), "status": str(status)} if status in _ANSWERS:
            said = {"responseStatus": status} | ({"comment": body["comment"]} if body.get("comment") else {})
        case _:
            raise bad_request(
                'Send {"address": "ann@example.org", "event": "ID", "status": "accepted", "comment": "..."}; '
                f"status is one of {', '.join(sorted(_ANSWERS))}."
            )
    calendar, event = _event(call)
    guests = {guest["email"]: guest for guest in event.get("attendees", [])}
    if address.lower() not in guests:
        raise bad_request(f"{address} is not invited to {event['id']}.")
    guests[address.lower()] |= said
    changed = event | {"attendees": list(guests.values())}
    return times.shown_event(event_store.save(call.db, calendar, changed, call.now), calendar.zone)


def end_sync(call: Call) -> Json:
    """Make every sync token of a calendar answer 410, as Google does after a while."""
    calendar_store.end_sync(call.db, _calendar(call))
    return {}


def _calendar(call: Call) -> Calendar:
    """Return the primary calendar of the account that the body names, the organizer's unless it does."""
    return calendar_store.primary(call.db, (call.body or {}).get("calendar", oauth.ORGANIZER))


def _event(call: Call) -> tuple[Calendar, Json]:
    """Return the calendar and the event, which must be there."""
    calendar, event_id = _calendar(call), call.params.get("event") or (call.body or {})["event"]
    event = event_store.load(call.db, calendar, event_id)
    if event is None or event["status"] == "cancelled":
        raise not_found(f"There is no event {event_id}.")
    return calendar, event


def _save(call: Call, calendar: Calendar, before: Json, after: Json) -> Json:
    """Keep the change, and tell the guests unless the body says "tell": false."""
    saved = event_store.save(call.db, calendar, after, call.now)
    if (call.body or {}).get("tell", True):
        notices.tell(call.db, before, saved, call.now)
    return times.shown_event(saved, calendar.zone)


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
    ("POST", "/local/events/expire-sync-tokens"): end_sync,
    ("POST", "/local/invitations/answer"): answer,
}
