"""The methods of calendar.settings: what a new account has, in the zone of its calendar."""

from local_workspace.calendar import calendar_store, times
from local_workspace.call import Call, Json
from local_workspace.errors import not_found

_USUAL = {
    "autoAddHangouts": "true",
    "dateFieldOrder": "MDY",
    "defaultEventLength": "60",
    "format24HourTime": "false",
    "hideInvitations": "false",
    "hideWeekends": "false",
    "locale": "en",
    "remindOnRespondedEventsOnly": "false",
    "showDeclinedEvents": "true",
    "timezone": "UTC",
    "useKeyboardShortcuts": "true",
    "weekStart": "0",
}


def list_(call: Call) -> Json:
    """Return every setting of the caller's, on one page."""
    items = [_shown(call, name) for name in _USUAL]
    return {"kind": "calendar#settings", "etag": times.etag(items), "items": items}


def get(call: Call) -> Json:
    """Return one setting; ApiError 404 for a name that there is not."""
    if call.params["setting"] not in _USUAL:
        raise not_found("Not Found")
    return _shown(call, call.params["setting"])


def _shown(call: Call, name: str) -> Json:
    zone = calendar_store.primary(call.db, call.user).zone.key
    setting = {"kind": "calendar#setting", "id": name, "value": zone if name == "timezone" else _USUAL[name]}
    return setting | {"etag": times.etag(setting)}
