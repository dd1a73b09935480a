"""The methods of calendar.calendars."""

from dataclasses import replace

from local_workspace.calendar import calendar_store, event_store, times
from local_workspace.calendar.calendar_store import Calendar
from local_workspace.call import Call, Json
from local_workspace.errors import bad_request
from local_workspace.store import new_id

WRITABLE = ("summary", "description", "location", "timeZone")


def insert(call: Call) -> Json:
    """Make a secondary calendar."""
    made = Calendar(
        f"c_{new_id(64, '0123456789abcdef')}@group.calendar.google.com",
        call.user,
        *(calendar_store.primary(call.db, call.user).zone, True, {}, {}),
    )
    return shown(calendar_store.save(call.db, _written(call, made, {"timeZone": "UTC"})))


def get(call: Call) -> Json:
    """Return a calendar's own properties."""
    return shown(calendar_store.asked_for(call))


def update(call: Call) -> Json:
    """Replace what a calendar's owner may write."""
    calendar = calendar_store.asked_for(call)
    usual = {"timeZone": calendar.zone.key} | ({"summary": calendar.id} if calendar.primary else {})
    return shown(calendar_store.save(call.db, _written(call, calendar, usual)))


def patch(call: Call) -> Json:
    """Change the named ones of what a calendar's owner may write; null removes."""
    calendar = calendar_store.asked_for(call)
    return shown(calendar_store.save(call.db, _written(call, calendar, calendar.resource)))


def delete(call: Call) -> None:
    """Delete a secondary calendar with its events."""
    calendar = calendar_store.asked_for(call)
    if calendar.primary:
        raise bad_request("The primary calendar cannot be deleted.", "invalid")
    event_store.clear(call.db, calendar)
    call.db.execute("DELETE FROM calendars WHERE id = ?", (calendar.id,))


def clear(call: Call) -> None:
    """Delete every event of the primary calendar for good; its sync tokens end."""
    calendar = calendar_store.asked_for(call)
    if not calendar.primary:
        raise bad_request("Only a primary calendar can be cleared.", "invalid")
    event_store.clear(call.db, calendar)


def shown(calendar: Calendar) -> Json:
    """Return a calendar as answered."""
    body: Json = {"kind": "calendar#calendar", "id": calendar.id} | calendar.resource
    types = ["hangoutsMeet"] if calendar.meet else []
    body |= {"dataOwner": calendar.owner, "conferenceProperties": {"allowedConferenceSolutionTypes": types}}
    return body | {"etag": times.etag(body)}


def _written(call: Call, calendar: Calendar, before: Json) -> Calendar:
    """Return the calendar with what the body writes over `before`."""
    body = {name: value for name, value in (call.body or {}).items() if name in WRITABLE}
    resource = {name: value for name, value in (before | body).items() if value is not None}
    if not resource.get("summary"):
        raise bad_request("Missing title.", "required")
    zone = times.named_zone(resource.setdefault("timeZone", "UTC"), "the calendar")
    return replace(calendar, zone=zone, resource=resource)
