"""The methods of calendar.calendarList: the caller's calendars as they stand in his list."""

from dataclasses import replace

from local_workspace.calendar import calendars
from local_workspace.calendar.calendars import Calendar
from local_workspace.call import Call, Json
from local_workspace.errors import not_found

_WRITABLE = (
    *("summaryOverride", "colorId", "backgroundColor", "foregroundColor", "hidden", "selected"),
    *("defaultReminders", "notificationSettings"),
)


def list_(call: Call) -> Json:
    """Return the caller's calendars on one page, the hidden and the removed ones on request."""
    query = "SELECT id FROM calendars WHERE owner = ? ORDER BY id <> owner, rowid"
    ids = [row["id"] for row in call.db.execute(query, (call.user,))]
    entries = [_shown(calendars.find(call.db, call.user, one)) for one in ids]
    for mark, asked in (("hidden", "showHidden"), ("deleted", "showDeleted")):
        entries = [entry for entry in entries if call.params.get(asked) or not entry.get(mark)]
    return calendars.with_etag({"kind": "calendar#calendarList", "items": entries})


def get(call: Call) -> Json:
    """Return one entry."""
    return _shown(_listed(call))


def insert(call: Call) -> Json:
    """Put a calendar of the caller's, named by `id`, into his list, or change it there."""
    calendar = calendars.find(call.db, call.user, (call.body or {})["id"])
    return _shown(calendars.write(call, calendar, "listed", {}, _WRITABLE))


def update(call: Call) -> Json:
    """Replace what the caller wrote into an entry."""
    return _shown(calendars.write(call, _listed(call), "listed", {}, _WRITABLE))


def patch(call: Call) -> Json:
    """Change the named ones of an entry's properties; null removes."""
    calendar = _listed(call)
    return _shown(calendars.write(call, calendar, "listed", calendar.listed, _WRITABLE))


def delete(call: Call) -> None:
    """Take a calendar out of the caller's list, with what he wrote there; its events stay."""
    removed = replace(call, body={"deleted": True})
    calendars.write(removed, _listed(call), "listed", {}, ["deleted"])


def _listed(call: Call) -> Calendar:
    """Return the calendar that a request names; ApiError 404 unless it stands in the caller's list."""
    calendar = calendars.asked_for(call)
    if calendar.listed.get("deleted"):
        raise not_found("Not Found")
    return calendar


def _shown(calendar: Calendar) -> Json:
    """Return an entry as answered."""
    entry = calendars.shown(calendar) | {"kind": "calendar#calendarListEntry", "accessRole": "owner"}
    entry |= {"colorId": "14", "backgroundColor": "#9fe1e7", "foregroundColor": "#000000", "selected": True}
    entry["defaultReminders"] = [{"method": "popup", "minutes": 10}] if calendar.primary else []
    return calendars.with_etag(entry | ({"primary": True} if calendar.primary else {}) | calendar.listed)
