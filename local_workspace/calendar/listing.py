"""events.list: its parameters as conditions that indexes can answer, its pages, and its sync tokens."""

import base64
import binascii
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from local_workspace.calendar import calendar_store, event_store, times
from local_workspace.calendar.calendar_store import Calendar
from local_workspace.calendar.event_store import Condition
from local_workspace.call import Call, Json
from local_workspace.errors import ApiError, bad_request

_ORDERS = {None: "id", "startTime": "starts", "updated": "updated"}
_UNSYNCED = ("iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "updatedMin")
_SEARCHED = ("summary", "description", "location")


def page(call: Call, calendar: Calendar) -> tuple[list[Json], Json]:
    """Return a page of events as kept, and the token that the answer ends with.

    A page token holds where the page ended and the newest version when the first page was read. A sync token
    holds that version too, so that nothing written between two pages is missed.
    """
    since = _since(call, calendar)
    column = "version" if since is not None else _order(call)
    after = _token(call, "pageToken", "Invalid page token value.", (int if since else float | str, str, int))
    newest = after[2] if after else event_store.newest(call.db, calendar)
    conditions = list(_conditions(call, calendar) if since is None else [("version > ?", (since,))])
    if after:
        conditions.append((f"({column}, +id) > (?, ?)", after[:2]))
    size = min(call.params.get("maxResults", 250), 2500)
    found = (
        one for one in event_store.search(call.db, calendar, conditions, column) if _matches(call, one[1])
    )
    events = list(islice(found, size + 1))
    shown = [event for _, event in events[:size]]
    if len(events) > size:
        return shown, {"nextPageToken": _packed([events[size - 1][0], shown[-1]["id"], newest])}
    if any(name in call.params for name in _UNSYNCED):
        return shown, {}
    return shown, {"nextSyncToken": _packed([newest, calendar_store.sync_epoch(call.db, calendar)])}


def _since(call: Call, calendar: Calendar) -> int | None:
    """Return the version that a sync token stands for; ApiError 410 for one that is good no more."""
    token = _token(call, "syncToken", "Invalid sync token value.", (int, int))
    if token is None:
        return None
    for name in (*_UNSYNCED, "timeMin", "timeMax"):
        if name in call.params:
            raise bad_request(f"Sync token cannot be combined with {name}.", location=name)
    if token[1] != calendar_store.sync_epoch(call.db, calendar):
        message = "Sync token is no longer valid, a full sync is required."
        raise ApiError(410, "fullSyncRequired", message, domain="calendar", location="syncToken")
    since: int = token[0]
    return since


def _order(call: Call) -> str:
    if call.params.get("orderBy") == "startTime" and not call.params.get("singleEvents"):
        raise bad_request("The requested ordering is not available for the particular query.")
    return _ORDERS[call.params.get("orderBy")]


def _conditions(call: Call, calendar: Calendar) -> Iterator[Condition]:
    """Yield the conditions of a list that is no sync."""
    params = call.params
    latest, earliest, updated = (_instant(call, name) for name in ("timeMax", "timeMin", "updatedMin"))
    if latest and earliest and latest <= earliest:
        raise times.time_range_empty()
    if not params.get("showDeleted") and not updated:
        yield "status <> 'cancelled'", ()
    properties = list(_properties(call, calendar))
    # A plus keeps SQLite from walking an index of times where properties pick few events out of many.
    plus = "+" if properties else ""
    if latest:
        yield f"{plus}starts < ?", (latest.timestamp(),)
    if earliest:
        yield event_store.ends_after(calendar, earliest.timestamp(), walk=not properties)
    if updated:
        yield f"{plus}updated >= ?", (times.timestamp(updated),)
    if "iCalUID" in params:
        yield "ical_uid = ?", (params["iCalUID"],)
    yield from properties


def _properties(call: Call, calendar: Calendar) -> Iterator[Condition]:
    """Yield a condition for each extended property that is asked for."""
    for kind in ("private", "shared"):
        for text in call.params.get(f"{kind}ExtendedProperty", []):
            name, sign, value = text.partition("=")
            if not sign or not name:
                raise bad_request("Bad Request", location=f"{kind}ExtendedProperty")
            yield event_store.has_property(calendar, kind, name, value)


def _matches(call: Call, event: Json) -> bool:
    """Say whether an event is of the types, and holds every word of the text, that are asked for."""
    types = call.params.get("eventTypes")
    if types and event["eventType"] not in types:
        return False
    words = call.params.get("q", "").lower().split()
    if not words:
        return True
    texts = [event.get(name, "") for name in _SEARCHED]
    for person in [event["organizer"], *event.get("attendees", [])]:
        texts += [person["email"], person.get("displayName", "")]
    text = "\n".join(texts).lower()
    return all(word in text for word in words)


def _instant(call: Call, name: str) -> datetime | None:
    """Return a time parameter as an instant; its form, offset included, has been checked already."""
    text = call.params.get(name)
    try:
        return None if text is None else datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):  # 31 February has the right form
        raise bad_request("Bad Request", location=name) from None


def _packed(value: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


def _token(call: Call, name: str, wrong: str, types: tuple[Any, ...]) -> list[Any] | None:
    """Return what a token of ours holds, None without one; ApiError 400 for one that is not ours."""
    text = call.params.get(name)
    if text is None:
        return None
    try:
        held: Any = json.loads(base64.urlsafe_b64decode(text))
    except (binascii.Error, ValueError, RecursionError):
        raise bad_request(wrong, "invalid", name) from None
    fits = isinstance(held, list) and len(held) == len(types) and all(map(isinstance, held, types))
    if not fits or any(isinstance(one, int) and abs(one) >= 2**63 for one in held):
        raise bad_request(wrong, "invalid", name)
    found: list[Any] = held
    return found
