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
    (before, own), body = _event(call), call.body or {}
    if not isinstance(body.get("start"), str) or not isinstance(body.get("end", ""), str):
        raise bad_request('Send {"start": "2026-12-17T18:00:00Z", "end": "2026-12-17T19:00:00Z"}.')
    start = times.kept(before["start"] | {"dateTime": body["start"]}, "start", "UTC")
    began, ended, begins = (
        datetime.fromisoformat(at["dateTime"]) for at in (before["start"], before["end"], start)
    )
    end = body.get("end", (begins + (ended - began)).isoformat())
    return events.patch(replace(own, body={"start": start, "end": {"dateTime": end}}))


def delete(call: Call) -> Json:
    """Delete an event."""
    events.delete(_event(call)[1])
    return {}


def answer(call: Call) -> Json:
    """Answer as the guest: {"address", "event", "status", "comment"?}; a new etag, and no mail to anybody."""
    body = call.body or {}
    if not all(isinstance(body.get(name), str) for name in ("address", "event", "status")):
        example = '{"address": "ann@example.org", "event": "ID", "status": "accepted", "comment": "Yes!"}'
        raise bad_request(f"Send {example}.")
    event, own = _event(call)
    guests = {guest["email"]: guest for guest in event.get("attendees", [])}
    if (address := body["address"].lower()) not in guests:
        raise bad_request(f"{address} is not invited to {event['id']}.")
    said = {"responseStatus": body["status"]} | ({"comment": body["comment"]} if body.get("comment") else {})
    guests[address] |= said
    unsaid = own.params | {"sendUpdates": "none"}
    return events.patch(replace(own, params=unsaid, body={"attendees": [*guests.values()]}))


def end_sync(call: Call) -> Json:
    """Make every sync token of a calendar answer 410, as Google does after a while."""
    calendars.end_sync(call.db, _calendar(call))
    return {}


def _calendar(call: Call) -> Calendar:
    """Return the primary calendar of the account that the body names, the organizer's unless it does."""
    return calendars.find(call.db, str((call.body or {}).get("calendar", oauth.ORGANIZER)), "primary")


def _event(call: Call) -> tuple[Json, Call]:
    """Return the event as it is kept, and a call with which its owner changes it; ApiError 404 without one.

    The guests are told of the change unless the body says "tell": false.
    """
    body = call.body or {}
    calendar = _calendar(call)
    event_id = str(call.params.get("event") or body["event"])
    event = event_store.load(call.db, calendar, event_id)
    if event.get("status", "cancelled") == "cancelled":
        raise not_found(f"There is no event {event_id}.")
    told = "all" if body.get("tell", True) else "none"
    params = {"calendarId": "primary", "eventId": event_id, "sendUpdates": told}
    return event, replace(call, user=calendar.owner, params=params)


ROUTES: Routes = {
    ("POST", "/local/events/{event}/move"): move,
    ("POST", "/local/events/{event}/delete"): delete,
    ("POST", "/local/events/expire-sync-tokens"): end_sync,
    ("POST", "/local/invitations/answer"): answer,
}
