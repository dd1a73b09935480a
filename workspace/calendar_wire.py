"""Calendar's event resources to our values and back; Google's names stop here."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from community.events import Conference, Event, EventChange, EventDraft, Guest, Response

Json = dict[str, Any]

_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
_RINGS = ("popup", "email")  # how a reminder comes: on screens that show the calendar, and by mail


def event_from(resource: Mapping[str, Any], zone: tzinfo = UTC) -> Event:
    """An event as Calendar sent it.

    zone: the calendar's, for events of whole days, which begin at its midnight. A cancelled event may have
    lost its times; they read 1970 then.
    """
    return Event(
        id=resource["id"],
        etag=resource.get("etag", ""),
        start=_instant(resource.get("start", {}), zone),
        end=_instant(resource.get("end", {}), zone),
        title=resource.get("summary", ""),
        description=resource.get("description", ""),
        location=resource.get("location", ""),
        cancelled=resource.get("status") == "cancelled",
        guests=tuple(_guest(attendee) for attendee in resource.get("attendees", [])),
        guests_omitted=bool(resource.get("attendeesOmitted", False)),
        owner=resource.get("organizer", {}).get("email", "").lower(),
        conference=_conference(resource),
        meet_link=_meet_link(resource),
        private=dict(_private(resource)),
    )


def resource_from(draft: EventDraft) -> Json:
    """The body that inserts a draft: guests see neither each other nor a way to invite more."""
    resource: Json = {
        "id": draft.id,
        "summary": draft.title,
        "description": draft.description,
        "location": draft.location,
        "start": _moment(draft.start, draft.zone),
        "end": _moment(draft.end, draft.zone),
        "attendees": [{"email": address.lower()} for address in draft.guests],
        "guestsCanSeeOtherGuests": False,
        "guestsCanInviteOthers": False,
        "extendedProperties": {"private": dict(draft.private)},
    }
    if draft.conference_request:
        resource["conferenceData"] = _meet_request(draft.conference_request)
    if draft.rings:
        reminders = [{"method": method, "minutes": 0} for method in _RINGS]
        resource |= {
            "visibility": "private",
            "transparency": "transparent",
            "reminders": {"useDefault": False, "overrides": reminders},
        }
    return resource


def merged(resource: Mapping[str, Any], change: EventChange) -> Json:
    """The whole resource with the change in it, and everything else as it was.

    A guest who is there keeps the whole attendee object, answer included. What the change would leave as it
    is stays untouched to the letter, so that equality tells whether there is anything to write.
    """
    after: Json = copy.deepcopy(dict(resource))
    for side, moment in (("start", change.start), ("end", change.end)):
        if moment is not None and moment != _instant(after.get(side, {}), UTC):
            after[side] = _moment(moment, change.zone or after.get(side, {}).get("timeZone"))
    for name, text in (
        ("summary", change.title),
        ("description", change.description),
        ("location", change.location),
    ):
        if text is not None and text != after.get(name, ""):
            after[name] = text
    _change_guests(after, change)
    if change.private:
        properties = after.setdefault("extendedProperties", {}).setdefault("private", {})
        properties.update(change.private)
    if change.conference_request and change.conference_request != _asked(after):
        after["conferenceData"] = _meet_request(change.conference_request)
    return after


def reaches_guests(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether guests must be told of the difference: the time and who is invited, not the text."""
    return (
        _instant(before.get("start", {}), UTC) != _instant(after.get("start", {}), UTC)
        or _instant(before.get("end", {}), UTC) != _instant(after.get("end", {}), UTC)
        or before.get("attendees", []) != after.get("attendees", [])
    )


def _change_guests(resource: Json, change: EventChange) -> None:
    if not (change.add_guests or change.remove_guests):
        return
    leaving = {address.lower() for address in change.remove_guests}
    attendees = resource.get("attendees", [])
    kept = [attendee for attendee in attendees if _address(attendee) not in leaving]
    there = {_address(attendee) for attendee in kept}
    coming = dict.fromkeys(address.lower() for address in change.add_guests)
    kept += [{"email": address} for address in coming if address not in there]
    if kept != attendees:
        resource["attendees"] = kept


def _address(attendee: Mapping[str, Any]) -> str:
    return str(attendee.get("email", "")).lower()


def _guest(attendee: Mapping[str, Any]) -> Guest:
    return Guest(_address(attendee), Response(attendee.get("responseStatus", Response.NONE)))


def _private(resource: Mapping[str, Any]) -> Mapping[str, str]:
    private: Mapping[str, str] = resource.get("extendedProperties", {}).get("private", {})
    return private


def _instant(side: Mapping[str, Any], zone: tzinfo) -> datetime:
    if "dateTime" in side:
        return datetime.fromisoformat(side["dateTime"])
    if "date" in side:
        return datetime.fromisoformat(side["date"]).replace(tzinfo=zone)
    return _NO_TIME


def _moment(instant: datetime, zone: str | None) -> Json:
    """An instant with the offset of its zone and the zone's name, if there is one."""
    if zone is None:
        return {"dateTime": instant.isoformat()}
    return {"dateTime": instant.astimezone(ZoneInfo(zone)).isoformat(), "timeZone": zone}


def _meet_request(request_id: str) -> Json:
    wanted = {"requestId": request_id, "conferenceSolutionKey": {"type": "hangoutsMeet"}}
    return {"createRequest": wanted}


def _asked(resource: Mapping[str, Any]) -> str | None:
    """The requestId of the last request for a Meet link; Calendar ignores a repeated one."""
    asked: str | None = resource.get("conferenceData", {}).get("createRequest", {}).get("requestId")
    return asked


def _meet_link(resource: Mapping[str, Any]) -> str | None:
    for entry in resource.get("conferenceData", {}).get("entryPoints", []):
        if entry.get("entryPointType") == "video" and entry.get("uri"):
            return str(entry["uri"])
    return resource.get("hangoutLink")


def _conference(resource: Mapping[str, Any]) -> Conference:
    if _meet_link(resource):
        return Conference.READY
    data = resource.get("conferenceData", {})
    status = data.get("createRequest", {}).get("status", {}).get("statusCode")
    if status == "failure":
        return Conference.FAILED
    return Conference.PENDING if "createRequest" in data else Conference.NONE
