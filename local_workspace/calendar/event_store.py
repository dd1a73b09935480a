"""Events on disk: whole resources as JSON, with columns and an index for everything that is searched by."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from local_workspace.calendar import times
from local_workspace.calendar.calendars import Calendar
from local_workspace.call import Json

SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    calendar TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,          -- counts the changes
    status TEXT NOT NULL,
    starts REAL NOT NULL,              -- seconds since 1970
    ends REAL NOT NULL,
    updated TEXT NOT NULL,             -- ISO, UTC
    ical_uid TEXT NOT NULL,
    resource TEXT NOT NULL,            -- JSON, times in UTC
    PRIMARY KEY (calendar, id)
);
CREATE INDEX IF NOT EXISTS events_by_start ON events (calendar, starts);
CREATE INDEX IF NOT EXISTS events_by_end ON events (calendar, ends);
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

_ORDERS = {None: "id", "startTime": "starts", "updated": "updated"}


@dataclass(frozen=True, slots=True)
class Search:
    """What to list: instants in seconds since 1970, `updated_min` ISO in UTC.

    `properties` are all to be met, as (private or shared, name, value).
    `after` is where the page before ended: (value of the order's column, id).
    """

    limit: int
    order: str | None = None
    starts_before: float | None = None
    ends_after: float | None = None
    updated_min: str | None = None
    ical_uid: str | None = None
    deleted: bool = False
    properties: tuple[tuple[str, str, str], ...] = ()
    after: tuple[str | float, str] | None = None


def load(db: sqlite3.Connection, calendar: Calendar, event_id: str) -> Json | None:
    """Return the event as it is kept, a cancelled one too; None when there never was one."""
    row = db.execute(
        "SELECT resource FROM events WHERE calendar = ? AND id = ?", (calendar.id, event_id)
    ).fetchone()
    return None if row is None else json.loads(row["resource"])


def save(db: sqlite3.Connection, calendar: Calendar, event: Json, now: datetime) -> Json:
    """Keep `event`, new or changed, and return it with its new etag and time of change."""
    row = db.execute(
        "SELECT version FROM events WHERE calendar = ? AND id = ?", (calendar.id, event["id"])
    ).fetchone()
    version = 1 if row is None else row["version"] + 1
    # Like Google's: the time of the change, and never the same twice even while the clock stands still.
    etag = f'"{int(now.timestamp() * 1000) * 2000 + version}"'
    event = event | {"etag": etag, "updated": times.timestamp(now)}
    db.execute(
        "INSERT OR REPLACE INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            calendar.id,
            event["id"],
            version,
            event["status"],
            times.instant(event["start"], calendar.zone),
            times.instant(event["end"], calendar.zone),
            event["updated"],
            event["iCalUID"],
            json.dumps(event, ensure_ascii=False),
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


def search(db: sqlite3.Connection, calendar: Calendar, wanted: Search) -> list[tuple[str | float, Json]]:
    """Return what matches, in order, with the value of the order's column; at most `limit` of them."""
    column = _ORDERS[wanted.order]
    where, values = zip(*_conditions(calendar, wanted, column), strict=True)
    rows = db.execute(
        # The conditions are constant texts of this module; every value is bound.
        f"SELECT {column} AS place, resource FROM events WHERE {' AND '.join(where)}"  # noqa: S608
        f" ORDER BY {column}, id LIMIT ?",
        [*(value for group in values for value in group), wanted.limit],
    )
    return [(row["place"], json.loads(row["resource"])) for row in rows]


def last_change(db: sqlite3.Connection, calendar: Calendar) -> str | None:
    """Return when any event of the calendar changed last, ISO in UTC; None while it is empty."""
    row = db.execute("SELECT MAX(updated) AS updated FROM events WHERE calendar = ?", (calendar.id,))
    found: str | None = row.fetchone()["updated"]
    return found


def _conditions(
    calendar: Calendar, wanted: Search, column: str
) -> Iterator[tuple[str, Iterable[str | float]]]:
    """Yield the parts of the WHERE clause with the values that they bind."""
    yield "calendar = ?", (calendar.id,)
    if not wanted.deleted:
        yield "status <> 'cancelled'", ()
    # A plus keeps SQLite from walking an index of times where properties pick few events out of many.
    plus = "+" if wanted.properties else ""
    if wanted.starts_before is not None:
        yield f"{plus}starts < ?", (wanted.starts_before,)
    if wanted.ends_after is not None:
        yield f"{plus}ends > ?", (wanted.ends_after,)
    if wanted.updated_min is not None:
        yield f"{plus}updated >= ?", (wanted.updated_min,)
    if wanted.ical_uid is not None:
        yield "ical_uid = ?", (wanted.ical_uid,)
    for wanted_property in wanted.properties:
        yield (
            "id IN (SELECT event FROM event_properties"
            " WHERE calendar = ? AND visibility = ? AND name = ? AND value = ?)",
            (calendar.id, *wanted_property),
        )
    if wanted.after is not None:
        yield f"({plus}{column}, {plus}id) > (?, ?)", wanted.after
