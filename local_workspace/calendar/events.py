"""The methods of calendar.events. Recurrence is kept, not expanded."""

import base64
import binascii
import json
import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from local_workspace.calendar import calendars, conference, event_store, notices, showing, times, writing
from local_workspace.calendar.calendars import Calendar
from local_workspace.call import Call, Json
from local_workspace.errors import (
    bad_request,
    conflict,
    gone,
    not_found,
    not_implemented,
    precondition_failed,
)
from local_workspace.store import new_id

_ID = re.compile(r"[a-v0-9]{5,1024}")
_ID_LETTERS = "0123456789abcdefghijklmnopqrstuv"


def insert(call: Call) -> Json:
    """Make an event, under the caller's own id where one is given; 409 when that was ever used."""
    calendar = calendars.asked_for(call)
    body = dict(call.body or {})
    body["id"] = body.get("id") or new_id(26, _ID_LETTERS)
    if not _ID.fullmatch(body["id"]):
        raise bad_request("Invalid resource id value.", "invalid")
    if event_store.load(call.db, calendar, body["id"]) is not None:
        raise conflict()
    return _write(call, calendar, None, writing.written(call, calendar, body, None))


def get(call: Call) -> Json:
    """Return an event, a cancelled one too."""
    calendar = calendars.asked_for(call)
    return _shown(call, calendar, _existing(call, calendar))


def list_(call: Call) -> Json:
    """Return a page of events in a span of time with all the given properties; cancelled ones on request."""
    calendar = calendars.asked_for(call)
    wanted = _search(call)
    found = event_store.search(call.db, calendar, wanted)
    page = found[: wanted.limit - 1]
    changed = event_store.last_change(call.db, calendar) or times.timestamp(call.now)
    answer = {
        "kind": "calendar#events",
        "etag": f'"p{re.sub(r"[^0-9]", "", changed)}"',
        "summary": calendar.id,
        "description": "",
        "updated": changed,
        "timeZone": calendar.zone.key,
        "accessRole": "owner",
        "defaultReminders": [{"method": "popup", "minutes": 10}],
        "items": [_shown(call, calendar, event) for _, event in page],
    }
    if len(found) > len(page):
        place, event = page[-1]
        answer["nextPageToken"] = base64.urlsafe_b64encode(json.dumps([place, event["id"]]).encode()).decode()
    return answer


def update(call: Call) -> Json:
    """Replace an event by the body: what the body leaves out falls back to its default."""
    calendar = calendars.asked_for(call)
    before = _unchanged(call, calendar)
    return _write(call, calendar, before, writing.written(call, calendar, call.body or {}, before))


def patch(call: Call) -> Json:
    """Change the fields that the body names: lists are replaced whole, null removes."""
    calendar = calendars.asked_for(call)
    before = _unchanged(call, calendar)
    # Flags at their defaults are not kept; the rest of what is kept reads as if it had been sent.
    body = writing.merged(before, call.body or {})
    if "start" not in body or "end" not in body:
        raise bad_request(f"Missing {'end' if 'start' in body else 'start'} time.", "required")
    return _write(call, calendar, before, writing.written(call, calendar, body, before))


def delete(call: Call) -> None:
    """Cancel an event: its id stays taken; 410 when that was done before."""
    calendar = calendars.asked_for(call)
    before = _unchanged(call, calendar)
    if before["status"] == "cancelled":
        raise gone()
    _write(call, calendar, before, writing.cancelled(before))


def _existing(call: Call, calendar: Calendar) -> Json:
    """Return the event that a request names; ApiError 404 when there never was one."""
    event = event_store.load(call.db, calendar, call.params["eventId"])
    if event is None:
        raise not_found("Not Found")
    return event


def _unchanged(call: Call, calendar: Calendar) -> Json:
    """Return the event that a request names; ApiError 412 when its If-Match names another version."""
    event = _existing(call, calendar)
    if call.headers.get("if-match", "*") not in {"*", event["etag"]}:
        raise precondition_failed()
    return event


def _write(call: Call, calendar: Calendar, before: Json | None, event: Json) -> Json:
    """Keep the event, tell its guests when the request asks for it, and return it as answered."""
    if event["status"] == "cancelled":
        event = writing.cancelled(event)
    saved = event_store.save(call.db, calendar, event, call.now)
    if notices.wanted(call):
        notices.tell(call.db, before, saved, call.now)
    new, old = saved.get("conferenceData"), (before or {}).get("conferenceData")
    if new is None or new == old or "createRequest" not in new:
        return _shown(call, calendar, saved)
    # The link comes a moment later and changes the event once more: this answer is not its last version.
    event_store.save(call.db, calendar, event, call.now)
    shown = _shown(call, calendar, saved | {"conferenceData": conference.pending(new)})
    shown.pop("hangoutLink", None)
    return shown


def _shown(call: Call, calendar: Calendar, event: Json) -> Json:
    """Return a kept event as this request sees it."""
    zone = _zone(call) or calendar.zone
    return showing.shown(event, zone, call.params.get("maxAttendees"))


def _zone(call: Call) -> ZoneInfo | None:
    """Return the zone that the request wants its answer in."""
    name = call.params.get("timeZone")
    return None if name is None else times.named_zone(name, "the response")


def _search(call: Call) -> event_store.Search:
    """Return what a list request looks for, one more than the page holds."""
    params = call.params
    for name in ("q", "syncToken", "eventTypes"):
        if name in params:
            raise not_implemented(f"calendar.events.list with {name}")
    if params.get("orderBy") == "startTime" and not params.get("singleEvents"):
        raise bad_request("The requested ordering is not available for the particular query.")
    starts_before, ends_after = _seconds(call, "timeMax"), _seconds(call, "timeMin")
    if starts_before is not None and ends_after is not None and starts_before <= ends_after:
        raise times.time_range_empty()
    updated_min = _instant(call, "updatedMin")
    return event_store.Search(
        limit=min(params.get("maxResults", 250), 2500) + 1,
        order=params.get("orderBy"),
        starts_before=starts_before,
        ends_after=ends_after,
        updated_min=None if updated_min is None else times.timestamp(updated_min),
        ical_uid=params.get("iCalUID"),
        deleted=bool(params.get("showDeleted")) or updated_min is not None,
        properties=tuple(_properties(call)),
        after=_page(call),
    )


def _properties(call: Call) -> list[tuple[str, str, str]]:
    """Return the constraints on extended properties as (kind, name, value)."""
    found = []
    for kind in ("private", "shared"):
        for text in call.params.get(f"{kind}ExtendedProperty", []):
            name, sign, value = text.partition("=")
            if not sign or not name:
                raise bad_request("Bad Request", location=f"{kind}ExtendedProperty")
            found.append((kind, name, value))
    return found


def _page(call: Call) -> tuple[str | float, str] | None:
    """Return where the page before ended."""
    token = call.params.get("pageToken")
    if token is None:
        return None
    try:
        place, event_id = json.loads(base64.urlsafe_b64decode(token))
    except (binascii.Error, ValueError, TypeError):
        raise bad_request("Invalid page token value.", "invalid", "pageToken") from None
    if not isinstance(place, str | float) or not isinstance(event_id, str):
        raise bad_request("Invalid page token value.", "invalid", "pageToken")
    return place, event_id


def _instant(call: Call, name: str) -> datetime | None:
    """Return a time parameter as an instant; its form, offset included, has been checked already."""
    text = call.params.get(name)
    try:
        return None if text is None else datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):  # 31 February has the right form
        raise bad_request("Bad Request", location=name) from None


def _seconds(call: Call, name: str) -> float | None:
    """Return a time parameter in seconds since 1970."""
    at = _instant(call, name)
    return None if at is None else at.timestamp()
