"""Events on disk: whole resources as JSON, with columns and an index for everything that is searched by."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

from local_workspace.calendar import calendar_store, times
from local_workspace.calendar.calendar_store import Calendar
from local_workspace.call import Json

SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    calendar TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,          -- counts the changes to the calendar
    status TEXT NOT NULL,
    starts REAL NOT NULL,              -- seconds since 1970
    ends REAL NOT NULL,
    updated TEXT NOT NULL,             -- ISO, UTC
    ical_uid TEXT NOT NULL,
    resource TEXT NOT NULL,            -- JSON, times in UTC
    PRIMARY KEY (calendar, id)
);
CREATE INDEX IF NOT EXISTS events_by_start ON events (calendar, starts);
CREATE INDEX IF NOT EXISTS events_by_length ON events (calendar, ends - starts);
CREATE INDEX IF NOT EXISTS events_by_version ON events (calendar, version);
CREATE INDEX IF NOT EXISTS events_by_update ON events (calendar, updated);
CREATE INDEX IF NOT EXISTS events_by_ical_uid ON events (calendar, ical_uid, id);
CREATE TABLE IF NOT EXISTS event_properties (
    calendar TEXT NOT NULL,
    visibility TEXT NOT NULL,          -- private or shared
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (calendar, visibility, name, value, event)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS event_properties_by_event ON event_properties (calendar, event);
"""

Condition: TypeAlias = tuple[str, Sequence[str | float]]
"""A part of a WHERE clause over events, and the values it binds."""


def has_property(calendar: Calendar, kind: str, name: str, value: str) -> Condition:
    """Return the condition for an extended property; `kind` is private or shared."""
    part = (
        "SELECT event FROM event_properties WHERE calendar = ? AND visibility = ? AND name = ? AND value = ?"
    )
    return f"id IN ({part})", (calendar.id, kind, name, value)


def ends_after(calendar: Calendar, instant: float, *, walk: bool) -> Condition:
    """Return the condition for what ends after an instant, in seconds since 1970.

    Such an event starts no earlier before it than the longest event lasts: with `walk` that is a span of the
    index of starts, and what lies before it costs nothing.
    """
    longest = "(SELECT MAX(ends - starts) FROM events WHERE calendar = ?)"
    plus = "" if walk else "+"
    return f"+ends > ? AND {plus}starts > ? - {longest}", (instant, instant, calendar.id)


def load(db: sqlite3.Connection, calendar: Calendar, event_id: str) -> Json | None:
    """Return the event as it is kept, a cancelled one too; None when there never was one."""
    query = "SELECT resource FROM events WHERE calendar = ? AND id = ?"
    row = db.execute(query, (calendar.id, event_id)).fetchone()
    return None if row is None else json.loads(row["resource"])


def save(db: sqlite3.Connection, calendar: Calendar, event: Json, now: datetime) -> Json:
    """Keep `event`, new or changed, and return it with its new etag and time of change."""
    version = newest(db, calendar) + 1
    # Like Google's: the time of the change, and never the same twice even while the clock stands still.
    etag = f'"{int(now.timestamp() * 1000) * 2000 + version}"'
    event = event | {"etag": etag, "updated": times.timestamp(now)}
    starts, ends = (times.instant(event[side], calendar.zone) for side in ("start", "end"))
    db.execute(
        "INSERT OR REPLACE INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(calendar.id, event["id"], version, event["status"], starts, ends),
            *(event["updated"], event["iCalUID"], json.dumps(event, ensure_ascii=False)),
        ),
    )
    db.execute("DELETE FROM event_properties WHERE calendar = ? AND event = ?", (calendar.id, event["id"]))
    db.executemany(
        "INSERT INTO event_properties VALUES (?, ?, ?, ?, ?)",
        [
            (calendar.id, visibility, name, value, event["id"])
            for visibility, properties in event.get("extendedProperties", {}).items()
            for name, value in properties.items()
        ],
    )
    return event


def search(
    db: sqlite3.Connection, calendar: Calendar, conditions: Sequence[Condition], column: str
) -> Iterator[tuple[str | float, Json]]:
    """Yield what meets every condition in the order of `column`, with the value of that."""
    where, values = zip(("calendar = ?", (calendar.id,)), *conditions, strict=True)
    # The conditions are constant texts; every value is bound.
    query = (
        f"SELECT {column} AS place, resource FROM events WHERE {' AND '.join(where)} ORDER BY {column}, id"  # noqa: S608
    )
    rows = db.execute(query, [value for group in values for value in group])
    return ((row["place"], json.loads(row["resource"])) for row in rows)


def clear(db: sqlite3.Connection, calendar: Calendar) -> None:
    """Forget every event of a calendar, and what its sync tokens stood for."""
    db.execute("DELETE FROM events WHERE calendar = ?", (calendar.id,))
    db.execute("DELETE FROM event_properties WHERE calendar = ?", (calendar.id,))
    calendar_store.end_sync(db, calendar)


def newest(db: sqlite3.Connection, calendar: Calendar) -> int:
    """Return the number of the calendar's latest change."""
    row = db.execute("SELECT MAX(version) FROM events WHERE calendar = ?", (calendar.id,)).fetchone()
    return row[0] or 0


def last_change(db: sqlite3.Connection, calendar: Calendar) -> str | None:
    """Return when any event of the calendar changed last, ISO in UTC; None while it is empty."""
    row = db.execute("SELECT MAX(updated) FROM events WHERE calendar = ?", (calendar.id,)).fetchone()
    found: str | None = row[0]
    return found
