"""/local/events/... and /local/invitations/answer: what people do on Calendar's own page."""

from dataclasses import replace
from datetime import datetime

from local_workspace import oauth
from local_workspace.calendar import calendars, event_store, events, times
from local_workspace.calendar.calendars import Calendar
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import bad_request, not_found


def move(call: Call) -> Json:
    """Move an event to {"start", "end"?}: ISO times, in its own zone unless they say; it keeps its length."""
    body, before = call.body or {}, _event(call)
    if not isinstance(body.get("start"), str) or not isinstance(body.get("end", ""), str):
        raise bad_request('Send {"start": "2026-12-17T18:00:00Z", "end": "2026-12-17T19:00:00Z"}.')
    start = times.kept(before["start"] | {"dateTime": body["start"]}, "start", _calendar(call).zone)
    began, ended, begins = (
        datetime.fromisoformat(at["dateTime"]) for at in (before["start"], before["end"], start)
    )
    end = body.get("end", (begins + (ended - began)).isoformat())
    return events.patch(_by_hand(call, before, {"start": start, "end": {"dateTime": end}}))


def delete(call: Call) -> Json:
    """Delete an event."""
    events.delete(_by_hand(call, _event(call), {}))
    return {}


def answer(call: Call) -> Json:
    """Answer as the guest: {"address", "event", "status", "comment"?}; a new etag, and no mail to anybody."""
    body = call.body or {}
    match body:
        case {"address": str(address), "event": str(), "status": str(status)}:
            said = {"responseStatus": status} | ({"comment": body["comment"]} if body.get("comment") else {})
        case _:
            raise bad_request(
                'Send {"address": "ann@example.org", "event": "ID", "status": "accepted", "comment": "..."}.'
            )
    event = _event(call)
    guests = {guest["email"]: guest for guest in event.get("attendees", [])}
    if address.lower() not in guests:
        raise bad_request(f"{address} is not invited to {event['id']}.")
    guests[address.lower()] |= said
    unsaid = replace(call, body=body | {"tell": False})
    return events.patch(_by_hand(unsaid, event, {"attendees": list(guests.values())}))


def end_sync(call: Call) -> Json:
    """Make every sync token of a calendar answer 410, as Google does after a while."""
    calendars.end_sync(call.db, _calendar(call))
    return {}


def _calendar(call: Call) -> Calendar:
    """Return the primary calendar of the account that the body names, the organizer's unless it does."""
    return calendars.find(call.db, (call.body or {}).get("calendar", oauth.ORGANIZER), "primary")


def _event(call: Call) -> Json:
    """Return the event as it is kept, which must be there."""
    event_id = call.params.get("event") or (call.body or {})["event"]
    event = event_store.load(call.db, _calendar(call), event_id)
    if event is None or event["status"] == "cancelled":
        raise not_found(f"There is no event {event_id}.")
    return event


def _by_hand(call: Call, event: Json, change: Json) -> Call:
    """Return the call with which the calendar's owner does it; guests are told unless "tell" is false."""
    tell = "all" if (call.body or {}).get("tell", True) else "none"
    params = {"calendarId": "primary", "eventId": event["id"], "sendUpdates": tell}
    return replace(call, user=_calendar(call).owner, params=params, body=change)


ROUTES: Routes = {
    ("POST", "/local/events/{event}/move"): move,
    ("POST", "/local/events/{event}/delete"): delete,
    ("POST", "/local/events/expire-sync-tokens"): end_sync,
    ("POST", "/local/invitations/answer"): answer,
}
