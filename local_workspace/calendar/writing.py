"""What becomes of the body of insert, update and patch: the event as it is kept, or Google's complaint."""

from typing import Any

from local_workspace.calendar import attendees, conference, times
from local_workspace.calendar.calendar_store import Calendar
from local_workspace.call import Call, Json
from local_workspace.errors import ApiError, bad_request

_TEXTS = ("summary", "description", "location")
_KEPT_AS_SENT = ("colorId", "eventLabelId", "recurrence", "source", "gadget")
_DEFAULTS: Json = {
    "anyoneCanAddSelf": False,
    "endTimeUnspecified": False,
    "guestsCanInviteOthers": True,
    "guestsCanModify": False,
    "guestsCanSeeOtherGuests": True,
    "privateCopy": False,
    "transparency": "opaque",
    "visibility": "default",
}
_CHOICES = {
    "status": {"confirmed", "tentative", "cancelled"},
    "transparency": {"opaque", "transparent"},
    "visibility": {"default", "public", "private", "confidential"},
}


def written(call: Call, calendar: Calendar, body: Json, before: Json | None) -> Json:
    """Return the event that `body` (whole, as update takes it) makes of `before`, None for a new one.

    Fields that Google gives (creator, created, links) are taken from `before` or made, never from `body`.
    """
    body = _without_nulls(body)
    for name, choices in _CHOICES.items():
        if body.get(name) is not None and body[name] not in choices:
            raise bad_request(f"Invalid {name} value.", "invalid")
    event = _given(call, calendar, body, before)
    for name in _TEXTS:
        # Google trims the end of texts, and an empty one is none.
        if text := (body.get(name) or "").rstrip():
            event[name] = text
    event |= {name: body[name] for name in _KEPT_AS_SENT if body.get(name)}
    event |= {name: body[name] for name, usual in _DEFAULTS.items() if body.get(name) not in {None, usual}}
    if call.params.get("supportsAttachments") and body.get("attachments"):
        event["attachments"] = body["attachments"]
    event |= _when(calendar, body)
    event |= {"sequence": _sequence(body, before, event)}
    if body.get("attendees"):
        attendees.check_inviter(call)
        event["attendees"] = attendees.kept(body["attendees"], calendar.id)
    if properties := _properties(body.get("extendedProperties") or {}):
        event["extendedProperties"] = properties
    event["reminders"] = _reminders(body.get("reminders"))
    return event | _conference(call, calendar, body, before)


def merged(before: Any, change: Any) -> Any:
    """Return what a patch makes of a value: objects field by field, null removes, all else is replaced."""
    if not isinstance(before, dict) or not isinstance(change, dict):
        return change
    result = dict(before)
    for name, value in change.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name, {} if isinstance(value, dict) else None), value)
    return result


def cancelled(event: Json) -> Json:
    """Return a deleted event as it is kept.

    Worst case: the private properties are gone, so that no search by them finds it any more.
    """
    properties = {
        kind: given for kind, given in event.get("extendedProperties", {}).items() if kind != "private"
    }
    rest = {name: value for name, value in event.items() if name != "extendedProperties"}
    return rest | {"status": "cancelled"} | ({"extendedProperties": properties} if properties else {})


def organizer(calendar: Calendar) -> Json:
    """Return the organizer of a calendar's events: the calendar itself."""
    name = {} if calendar.primary else {"displayName": calendar.resource["summary"]}
    return {"email": calendar.id, "self": True} | name


def _without_nulls(value: Any) -> Any:
    """Return a sent value without its nulls, which mean the same as nothing, at any depth."""
    if isinstance(value, dict):
        return {name: _without_nulls(item) for name, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


def _given(call: Call, calendar: Calendar, body: Json, before: Json | None) -> Json:
    """Return the fields that are not the writer's to choose, and the status."""
    status = {"status": body.get("status") or "confirmed"}
    if before is not None:
        names = ("kind", "id", "htmlLink", "created", "creator", "organizer", "iCalUID", "eventType")
        return {name: before[name] for name in names} | status
    return {
        "kind": "calendar#event",
        "id": body["id"],
        "htmlLink": f"https://www.google.com/calendar/event?eid={body['id']}",
        "created": times.timestamp(call.now.replace(microsecond=0)),
        "creator": {"email": call.user} | ({"self": True} if calendar.primary else {}),
        "organizer": organizer(calendar),
        "iCalUID": body.get("iCalUID") or f"{body['id']}@google.com",
        "eventType": body.get("eventType") or "default",
    } | status


def _when(calendar: Calendar, body: Json) -> Json:
    """Return start and end as kept; what recurs must say in which zone."""
    for side in ("start", "end"):
        if body.get("recurrence") and "dateTime" in body[side] and not body[side].get("timeZone"):
            raise bad_request(f"Missing time zone definition for {side} time.", "required")
    start = times.kept(body["start"], "start", calendar.zone)
    end = times.kept(body["end"], "end", calendar.zone)
    times.check_range(start, end, calendar.zone)
    return {"start": start, "end": end}


def _sequence(body: Json, before: Json | None, event: Json) -> int:
    """Return the event's iCalendar sequence number: one more whenever its time changes."""
    sent: int = body.get("sequence") or 0
    if before is None:
        return sent
    now: int = before["sequence"]
    if "sequence" in body and sent < now:
        raise bad_request(
            "Invalid sequence value. The specified sequence number is below the current sequence number of "
            "the resource. Re-fetch the resource and use its sequence number on the following request.",
            "invalid",
        )
    moved: bool = event["start"] != before["start"] or event["end"] != before["end"]
    return max(sent, now) + moved


def _properties(sent: Json) -> Json:
    """Return extended properties as kept: long keys are dropped, long values cut, silently as documented."""
    kept = {
        kind: {
            name: text[:1024] for name, text in (given or {}).items() if text is not None and len(name) <= 44
        }
        for kind, given in sent.items()
    }
    return {kind: given for kind, given in kept.items() if given}


def _reminders(sent: Json | None) -> Json:
    """Return the reminders as kept."""
    if not sent:
        return {"useDefault": True}
    if sent.get("useDefault") and sent.get("overrides"):
        raise ApiError(
            400,
            "cannotUseDefaultRemindersAndSpecifyOverride",
            "Cannot specify both default reminders and overrides at the same time.",
            domain="calendar",
        )
    overrides = sent.get("overrides") or []
    if len(overrides) > 5:
        raise bad_request("Too many reminder overrides.", "invalid")
    for override in overrides:
        if override.get("method") not in {"email", "popup"} or not 0 <= override.get("minutes", -1) <= 40320:
            raise bad_request("Invalid reminder override.", "invalid")
    return {"useDefault": bool(sent.get("useDefault"))} | ({"overrides": overrides} if overrides else {})


def _conference(call: Call, calendar: Calendar, body: Json, before: Json | None) -> Json:
    """Return conferenceData and hangoutLink as kept; they stay as they were without version 1."""
    data = (before or {}).get("conferenceData")
    if call.params.get("conferenceDataVersion") == 1:
        event_id = body["id"] if before is None else before["id"]
        data = conference.kept(body.get("conferenceData"), data, event_id, calendar)
    link = conference.link(data)
    return ({"conferenceData": data} if data else {}) | ({"hangoutLink": link} if link else {})
