"""The methods of calendar.calendarList: the caller's calendars as they stand in his list."""

from dataclasses import replace

from local_workspace.calendar import calendar_store, calendars, times
from local_workspace.calendar.calendar_store import Calendar
from local_workspace.call import Call, Json

_WRITABLE = (
    *("summaryOverride", "colorId", "backgroundColor", "foregroundColor", "hidden", "selected"),
    *("defaultReminders", "notificationSettings"),
)


def list_(call: Call) -> Json:
    """Return every calendar of the caller's, the hidden ones on request, on one page."""
    entries = [shown(calendar) for calendar in calendar_store.all_of(call)]
    items = [entry for entry in entries if call.params.get("showHidden") or not entry.get("hidden")]
    return {"kind": "calendar#calendarList", "etag": times.etag(items), "items": items}


def get(call: Call) -> Json:
    """Return one entry."""
    return shown(calendar_store.asked_for(call))


def insert(call: Call) -> Json:
    """Put a calendar of the caller's, named by `id`, into his list: it is there already, and changes."""
    named = replace(call, params=call.params | {"calendarId": (call.body or {}).get("id") or ""})
    return _write(named, {})


def update(call: Call) -> Json:
    """Replace what the caller wrote into an entry."""
    return _write(call, {})


def patch(call: Call) -> Json:
    """Change the named ones of an entry's properties; null removes."""
    return _write(call, calendar_store.asked_for(call).listed)


def shown(calendar: Calendar) -> Json:
    """Return an entry as answered."""
    entry: Json = calendars.shown(calendar) | {"kind": "calendar#calendarListEntry", "accessRole": "owner"}
    entry |= {"colorId": "14", "backgroundColor": "#9fe1e7", "foregroundColor": "#000000", "selected": True}
    entry["defaultReminders"] = [{"method": "popup", "minutes": 10}] if calendar.primary else []
    return entry | ({"primary": True} if calendar.primary else {}) | calendar.listed


def _write(call: Call, before: Json) -> Json:
    calendar = calendar_store.asked_for(call)
    body = {name: value for name, value in (call.body or {}).items() if name in _WRITABLE}
    listed = {name: value for name, value in (before | body).items() if value is not None}
    return shown(calendar_store.save(call.db, replace(calendar, listed=listed)))
