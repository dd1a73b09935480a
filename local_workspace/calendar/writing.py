"""What becomes of the body of insert, update and patch: the event as it is kept, or Google's complaint."""

import hashlib
import re
import string
from typing import Any

from local_workspace import oauth
from local_workspace.calendar import times
from local_workspace.calendar.calendars import Calendar
from local_workspace.call import Call, Json
from local_workspace.errors import ApiError, bad_request

_TEXTS = ("summary", "description", "location")
_FREE = (*_TEXTS, "colorId", "eventLabelId", "recurrence", "source")
_CHOICES: dict[str, tuple[Any, ...]] = {
    "status": ("confirmed", "tentative", "cancelled"),
    "transparency": ("opaque", "transparent"),
    "visibility": ("default", "public", "private", "confidential"),
    "anyoneCanAddSelf": (False, True),
    "guestsCanInviteOthers": (True, False),
    "guestsCanModify": (False, True),
    "guestsCanSeeOtherGuests": (True, False),
}
"""What there is to choose from; the first one means the same as nothing."""
_GIVEN = ("kind", "id", "htmlLink", "created", "creator", "organizer", "iCalUID", "eventType")
_GUESTS = 200  # at most
_GUEST = ("displayName", "comment", "additionalGuests", "optional", "resource", "responseStatus")
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
_ANSWERS = {"needsAction", "declined", "tentative", "accepted"}


def written(call: Call, calendar: Calendar, body: Json, before: Json) -> Json:
    """Return the event that `body` (whole, as update takes it) makes of `before`, empty for a new one.

    Fields that Google gives (creator, created, links) are taken from `before` or made, never from `body`.
    """
    body = merged({}, body)  # nulls mean the same as nothing
    body |= {name: body[name].rstrip() for name in _TEXTS if name in body}  # as Google does
    event = {name: before[name] for name in _GIVEN} if before else _given(call, calendar, body)
    event |= {"status": "confirmed", **_when(calendar, body)}
    for name, choices in _CHOICES.items():
        if body.get(name, choices[0]) not in choices:
            raise bad_request(f"Invalid {name} value.", "invalid")
        event |= {name: body[name]} if body.get(name, choices[0]) != choices[0] else {}
    event |= {name: body[name] for name in _FREE if body.get(name)}
    event["sequence"] = _sequence(body, before, event)
    if body.get("attendees"):
        event["attendees"] = _guests(call, body["attendees"], calendar.id)
    for kind, given in body.get("extendedProperties", {}).items():
        # Long names are dropped and long values cut, silently, as documented.
        if fits := {name: text[:1024] for name, text in given.items() if len(name) <= 44}:
            event.setdefault("extendedProperties", {})[kind] = fits
    event["reminders"] = _reminders(body.get("reminders", {}))
    return event | _conference(call, calendar, body.get("conferenceData", {}), before)


def merged(before: Any, change: Any) -> Any:
    """Return what a patch makes of a value: objects field by field, null removes, all else is replaced."""
    if isinstance(change, list):
        return [merged({}, item) for item in change]
    if not isinstance(change, dict):
        return change
    both = before | {name: merged(before.get(name, {}), value) for name, value in change.items()}
    return {name: value for name, value in both.items() if value is not None}


def cancelled(event: Json) -> Json:
    """Return a deleted event as it is kept; worst case: no search by its properties finds it any more."""
    rest = {name: value for name, value in event.items() if name != "extendedProperties"}
    return rest | {"status": "cancelled"}


def linked(event: Json) -> Json:
    """Return an event with the Meet link it waits for; the same request always gets the same one."""
    request = event.get("conferenceData", {}).get("createRequest", {})
    if request.get("status") != {"statusCode": "pending"}:
        return event
    digest = hashlib.sha256(f"{event['id']} {request['requestId']}".encode()).digest()
    letters = "".join(string.ascii_lowercase[byte % 26] for byte in digest[:10])
    code = f"{letters[:3]}-{letters[3:7]}-{letters[7:]}"
    link = f"https://meet.google.com/{code}"
    data = {
        "createRequest": request | {"status": {"statusCode": "success"}},
        "entryPoints": [{"entryPointType": "video", "uri": link, "label": link.removeprefix("https://")}],
        "conferenceSolution": {"key": request["conferenceSolutionKey"], "name": "Google Meet"},
        "conferenceId": code,
    }
    return event | {"conferenceData": data, "hangoutLink": link}


def organizer(calendar: Calendar) -> Json:
    """Return the organizer of a calendar's events: the calendar itself."""
    name = {} if calendar.primary else {"displayName": calendar.resource["summary"]}
    return {"email": calendar.id, "self": True} | name


def _given(call: Call, calendar: Calendar, body: Json) -> Json:
    """Return the fields of a new event that no later writer changes."""
    return {
        "kind": "calendar#event",
        "id": body["id"],
        "htmlLink": f"https://www.google.com/calendar/event?eid={body['id']}",
        "created": times.timestamp(call.now.replace(microsecond=0)),
        "creator": {"email": call.user} | ({"self": True} if calendar.primary else {}),
        "organizer": organizer(calendar),
        "iCalUID": body.get("iCalUID") or f"{body['id']}@google.com",
        "eventType": body.get("eventType") or "default",
    }


def _when(calendar: Calendar, body: Json) -> Json:
    """Return start and end as kept; what recurs must say in which zone."""
    for side in ("start", "end") if body.get("recurrence") else ():
        if body.get(side, {}).keys() == {"dateTime"}:
            raise bad_request(f"Missing time zone definition for {side} time.", "required")
    start, end = (times.kept(body.get(side, {}), side, calendar.zone.key) for side in ("start", "end"))
    if ("date" in start) != ("date" in end):
        raise bad_request("Start and end times must either both be date or both be dateTime.", "invalid")
    if times.instant(end, calendar.zone) < times.instant(start, calendar.zone):
        raise times.time_range_empty()
    return {"start": start, "end": end}


def _sequence(body: Json, before: Json, event: Json) -> int:
    """Return the event's iCalendar sequence number: one more whenever its time changes."""
    now: int = before.get("sequence", 0)
    sent: int = body.get("sequence", now)
    if sent < now:
        raise bad_request(
            "Invalid sequence value. The specified sequence number is below the current sequence number of "
            "the resource. Re-fetch the resource and use its sequence number on the following request.",
            "invalid",
        )
    moved = any(before[side] != event[side] for side in ("start", "end")) if before else False
    return sent + moved


def _guests(call: Call, sent: list[Json], organizer: str) -> list[Json]:
    """Return the guests to keep for a list that was sent, each address once; ApiError 400 for a bad one.

    The list is taken as it is: whoever stands in it without a responseStatus has not answered, even if he
    had (the worst case of what is said of Google). ApiError 403 for a service account in its own name.
    """
    if oauth.is_service_account(call.db, call.user):
        message = "Service accounts cannot invite attendees without Domain-Wide Delegation of Authority."
        raise ApiError(403, "forbiddenForServiceAccounts", message, domain="calendar")
    if len(sent) > _GUESTS:
        message = f"The number of attendees exceeds the limit of {_GUESTS}."
        raise bad_request(message, "attendeesLimitExceeded")
    guests: dict[str, Json] = {}
    for entry in sent:
        address = entry.get("email", "").strip().lower()
        guest = {"email": address, "responseStatus": "needsAction"}
        guest |= {name: entry[name] for name in _GUEST if entry.get(name)}
        if not _ADDRESS.fullmatch(address):
            raise bad_request("Invalid attendee email.", "invalid")
        if guest["responseStatus"] not in _ANSWERS:
            raise bad_request("Invalid attendee response status.", "invalid")
        own = {"organizer": True, "self": True} if address == organizer else {}
        guests.setdefault(address, guest | own)
    return list(guests.values())


def _reminders(sent: Json) -> Json:
    """Return the reminders as kept; nothing rings."""
    overrides = sent.get("overrides", [])
    if overrides and sent.get("useDefault"):
        reason = "cannotUseDefaultRemindersAndSpecifyOverride"
        message = "Cannot specify both default reminders and overrides at the same time."
        raise ApiError(400, reason, message, domain="calendar")
    for override in overrides:
        if override.get("method") not in {"email", "popup"} or not 0 <= override.get("minutes", -1) <= 40320:
            raise bad_request("Invalid reminder override.", "invalid")
    return sent or {"useDefault": True}


def _conference(call: Call, calendar: Calendar, sent: Json, before: Json) -> Json:
    """Return conferenceData and hangoutLink to keep when `sent` is the body's conferenceData.

    Without version 1 they stay as `before` has them; so they do for a createRequest with the last one's
    requestId. ApiError 400 when the account cannot make Meet links or the request is not for one.
    """
    there: Json = {name: before[name] for name in ("conferenceData", "hangoutLink") if name in before}
    last, request = there.get("conferenceData", {}), sent.get("createRequest")
    if call.params.get("conferenceDataVersion") != 1:
        return there
    if request is None:
        is_same = sent.get("conferenceId", "") == last.get("conferenceId")
        return there if is_same else {"conferenceData": sent} if sent else {}
    if not request.get("requestId"):
        raise bad_request("Missing conference request id.", "required")
    if request["requestId"] == last.get("createRequest", {}).get("requestId"):
        return there
    if not calendar.meet or request.get("conferenceSolutionKey", {}).get("type") != "hangoutsMeet":
        raise bad_request("Invalid conference type value.", "invalid")
    return {"conferenceData": {"createRequest": request | {"status": {"statusCode": "pending"}}}}
