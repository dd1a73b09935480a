"""Events on disk: whole resources as JSON, with columns and indexes for what lists are asked for."""

import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from local_workspace.calendar import times
from local_workspace.calendar.calendars import Calendar
from local_workspace.call import Call, Json
from local_workspace.errors import ApiError, bad_request

SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    calendar TEXT NOT NULL REFERENCES calendars ON DELETE CASCADE,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,          -- counts the changes to the calendar
    status TEXT NOT NULL,
    starts REAL NOT NULL,              -- seconds since 1970
    ends REAL NOT NULL,
    updated TEXT NOT NULL,             -- ISO, UTC
    resource TEXT NOT NULL,            -- JSON, times in UTC
    PRIMARY KEY (calendar, id)
);
CREATE INDEX IF NOT EXISTS events_by_end ON events (calendar, ends, starts);
CREATE INDEX IF NOT EXISTS events_by_version ON events (calendar, version);
CREATE TABLE IF NOT EXISTS event_tags (
    calendar TEXT NOT NULL,
    tag TEXT NOT NULL,                 -- private.name=value, of an extended property
    event TEXT NOT NULL,
    PRIMARY KEY (calendar, tag, event),
    FOREIGN KEY (calendar, event) REFERENCES events ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS event_tags_by_event ON event_tags (calendar, event);
"""

_ORDERS = {None: "id", "startTime": "starts", "updated": "updated"}
_SEARCHES = (
    *("iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "updatedMin"),
    *("timeMin", "timeMax"),
)
_TAGGED = "id IN (SELECT event FROM event_tags WHERE calendar = ? AND tag = ?)"
_TOKEN = re.compile(r"(\d{1,18})\.(\d{1,18})\.([a-v0-9]*)\.(.*)")


def load(db: sqlite3.Connection, calendar: Calendar, event_id: str) -> Json:
    """Return the event as it is kept, a cancelled one too; an empty one when there never was any."""
    query = "SELECT resource FROM events WHERE calendar = ? AND id = ?"
    row = db.execute(query, (calendar.id, event_id)).fetchone()
    return json.loads(row["resource"]) if row else {}


def save(db: sqlite3.Connection, calendar: Calendar, event: Json, now: datetime) -> Json:
    """Keep `event`, new or changed, and return it with its new etag and time of change."""
    version = latest(db, calendar)[0] + 1
    # Like Google's: the time of the change, and never the same twice even while the clock stands still.
    etag = f'"{int(now.timestamp() * 1000) * 2000 + version}"'
    event = event | {"etag": etag, "updated": times.timestamp(now)}
    starts, ends = (times.instant(event[side], calendar.zone) for side in ("start", "end"))
    values = (calendar.id, event["id"], version, event["status"], starts, ends, event["updated"])
    # What is replaced takes its tags with it.
    db.execute(
        "INSERT OR REPLACE INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, json.dumps(event, ensure_ascii=False)),
    )
    tags = [
        (calendar.id, f"{kind}.{name}={value}", event["id"])
        for kind, properties in event.get("extendedProperties", {}).items()
        for name, value in properties.items()
    ]
    db.executemany("INSERT INTO event_tags VALUES (?, ?, ?)", tags)
    return event


def latest(db: sqlite3.Connection, calendar: Calendar) -> tuple[int, str | None]:
    """Return the number of the calendar's latest change and its time, ISO in UTC; (0, None) without one."""
    query = "SELECT version, updated FROM events WHERE calendar = ? ORDER BY version DESC LIMIT 1"
    row = db.execute(query, (calendar.id,)).fetchone()
    return (0, None) if row is None else (row["version"], row["updated"])


def page(call: Call, calendar: Calendar) -> tuple[list[Json], Json]:
    """Return a page of what events.list asks for, as kept, and the token that the answer ends with.

    A token says after which place and id to go on, and up to which change the first page knew everything:
    the next sync begins there, so that nothing written between two pages is missed.
    """
    since, after = _token(call, "syncToken"), _token(call, "pageToken")
    searched = [name for name in _SEARCHES if name in call.params]
    if since and searched:
        raise bad_request(f"Sync token cannot be combined with {searched[0]}.", location=searched[0])
    if since and since[3] != calendar.sync_epoch:
        message = "Sync token is no longer valid, a full sync is required."
        raise ApiError(410, "fullSyncRequired", message, domain="calendar", location="syncToken")
    column = "version" if since else _ORDERS[call.params.get("orderBy")]
    conditions = [("calendar = ?", calendar.id), *(() if since else _conditions(call, calendar))]
    if begin := after or since:
        conditions.append((f"({column}, +id) > (?, ?)", *begin[:2]))
    known = after[2] if after else latest(call.db, calendar)[0]
    size = min(call.params.get("maxResults", 250), 2500)
    found = [*islice(_search(call, conditions, column), size + 1)]
    events = [event for _, event in found[:size]]
    if len(found) > size:
        place = found[size - 1][0]
        return events, {"nextPageToken": f"{known}.{calendar.sync_epoch}.{events[-1]['id']}.{place}"}
    if {*searched} - {"timeMin", "timeMax"}:
        return events, {}
    return events, {"nextSyncToken": f"{known}.{calendar.sync_epoch}..{known + 1}"}


def _token(call: Call, name: str) -> tuple[str, str, int, int] | None:
    """Return the place, id, change and epoch of a token, None without one; ApiError 400 for another's."""
    if name not in call.params:
        return None
    match = _TOKEN.fullmatch(call.params[name])
    if match is None:
        raise bad_request(f"Invalid {name.removesuffix('Token')} token value.", "invalid", name)
    known, epoch, event_id, place = match.groups()
    return place, event_id, int(known), int(epoch)


def _search(call: Call, conditions: list[tuple[Any, ...]], column: str) -> Iterator[tuple[str | float, Json]]:
    """Yield what meets every condition in the order of `column`, with the value of that."""
    where = " AND ".join(text for text, *_ in conditions)  # constant texts; every value is bound
    query = f"SELECT {column}, resource FROM events WHERE {where} ORDER BY {column}, id"  # noqa: S608
    for place, resource in call.db.execute(query, [value for _, *values in conditions for value in values]):
        event = json.loads(resource)
        if _matches(call, event):
            yield place, event


def _conditions(call: Call, calendar: Calendar) -> Iterator[tuple[Any, ...]]:
    """Yield the conditions of a list that is no sync, each as a piece of SQL and the values it binds."""
    ending, beginning, changed = (_instant(call, name) for name in ("timeMax", "timeMin", "updatedMin"))
    if ending and beginning and ending <= beginning:
        raise times.time_range_empty()
    if call.params.get("orderBy") == "startTime" and not call.params.get("singleEvents"):
        raise bad_request("The requested ordering is not available for the particular query.")
    if not call.params.get("showDeleted") and not changed:
        yield ("status <> 'cancelled'",)
    plus = ""  # keeps SQLite from walking the index of ends where tags pick few events out of many
    for kind in ("private", "shared"):
        for text in call.params.get(f"{kind}ExtendedProperty", []):
            if "=" not in text[1:]:
                raise bad_request("Bad Request", location=f"{kind}ExtendedProperty")
            yield _TAGGED, calendar.id, f"{kind}.{text}"
            plus = "+"
    if beginning:
        yield f"{plus}ends > ?", beginning.timestamp()
    if ending:
        yield "starts < ?", ending.timestamp()
    if changed:
        yield "updated >= ?", times.timestamp(changed)


def _matches(call: Call, event: Json) -> bool:
    """Say whether an event has the iCalUID and the type, and every word of the text, that are asked for."""
    words = call.params.get("q", "").lower().split()
    people = [event["organizer"], *event.get("attendees", [])] if words else []
    texts = [event.get(name, "") for name in ("summary", "description", "location")]
    texts += [person.get(name, "") for person in people for name in ("email", "displayName")]
    text = "\n".join(texts).lower()
    return (
        call.params.get("iCalUID", event["iCalUID"]) == event["iCalUID"]
        and event["eventType"] in call.params.get("eventTypes", [event["eventType"]])
        and all(word in text for word in words)
    )


def _instant(call: Call, name: str) -> datetime | None:
    """Return a time parameter as an instant; its form, offset included, has been checked already."""
    wrong = bad_request("Bad Request", location=name)  # 31 February has the right form
    return times.parsed(call.params[name], wrong) if name in call.params else None
