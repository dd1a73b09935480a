"""The methods of calendar.settings: what a new account has, in the zone of its calendar."""

from local_workspace.calendar import calendars
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
    "useKeyboardShortcuts": "true",
    "weekStart": "0",
}


def list_(call: Call) -> Json:
    """Return every setting of the caller's, on one page."""
    values = _USUAL | {"timezone": calendars.find(call.db, call.user, "primary").zone.key}
    settings = [{"kind": "calendar#setting", "id": name, "value": text} for name, text in values.items()]
    items = [calendars.with_etag(setting) for setting in settings]
    return calendars.with_etag({"kind": "calendar#settings", "items": items})


def get(call: Call) -> Json:
    """Return one setting; ApiError 404 for a name that there is not."""
    found: dict[str, Json] = {setting["id"]: setting for setting in list_(call)["items"]}
    if call.params["setting"] not in found:
        raise not_found("Not Found")
    return found[call.params["setting"]]
