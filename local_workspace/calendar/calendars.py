"""The methods of calendar.calendars, and the calendars themselves: an account's primary one and others."""

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from local_workspace.calendar import times
from local_workspace.call import Call, Json
from local_workspace.errors import bad_request, not_found
from local_workspace.store import new_id

SCHEMA = """
CREATE TABLE IF NOT EXISTS calendars (
    id TEXT PRIMARY KEY,                    -- the account's address: its primary one
    owner TEXT NOT NULL REFERENCES accounts,
    resource TEXT NOT NULL DEFAULT '{}',    -- JSON: what its owner wrote
    listed TEXT NOT NULL DEFAULT '{}',      -- JSON: what he wrote into his list
    sync_epoch INTEGER NOT NULL DEFAULT 0   -- sync tokens of an earlier one are good no more
);
CREATE INDEX IF NOT EXISTS calendars_by_owner ON calendars (owner);
INSERT OR IGNORE INTO calendars (id, owner) SELECT address, address FROM accounts;
CREATE TRIGGER IF NOT EXISTS primary_calendar AFTER INSERT ON accounts BEGIN
    INSERT INTO calendars (id, owner) VALUES (new.address, new.address);
END;
"""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar: `zone` is the one that times are answered in, `meet` whether it can have Meet links."""

    id: str
    owner: str
    primary: bool
    zone: ZoneInfo
    meet: bool
    resource: Json
    listed: Json
    sync_epoch: int


def find(db: sqlite3.Connection, owner: str, calendar_id: str) -> Calendar:
    """Return an account's calendar by its id or as "primary"; ApiError 404 for anybody else's."""
    row = db.execute(
        "SELECT calendars.*, meet, time_zone FROM calendars JOIN accounts ON address = owner"
        " WHERE owner = ? AND id = ?",
        (owner, owner if calendar_id == "primary" else calendar_id.lower()),
    ).fetchone()
    if row is None:
        raise not_found("Not Found")
    resource = {"summary": row["id"], "timeZone": row["time_zone"]} | json.loads(row["resource"])
    return Calendar(
        *(row["id"], owner, row["id"] == owner, ZoneInfo(resource["timeZone"]), bool(row["meet"])),
        *(resource, json.loads(row["listed"]), row["sync_epoch"]),
    )


def write(call: Call, calendar: Calendar, column: str, before: Json, writable: Sequence[str]) -> Calendar:
    """Keep in a column what the body writes over `before`, null removes; return the calendar as it is now."""
    body = {name: value for name, value in (call.body or {}).items() if name in writable}
    kept = {name: value for name, value in (before | body).items() if value is not None}
    query = f"UPDATE calendars SET {column} = ? WHERE id = ?"  # noqa: S608 (a name of ours)
    call.db.execute(query, (json.dumps(kept), calendar.id))
    return find(call.db, call.user, calendar.id)


def end_sync(db: sqlite3.Connection, calendar: Calendar) -> None:
    """Make the sync tokens of a calendar good for nothing."""
    db.execute("UPDATE calendars SET sync_epoch = sync_epoch + 1 WHERE id = ?", (calendar.id,))


def with_etag(resource: Json) -> Json:
    """Return a resource with an etag that follows from its content."""
    text = json.dumps(resource, sort_keys=True).encode()
    return resource | {"etag": f'"{hashlib.sha256(text).hexdigest()[:16]}"'}


def insert(call: Call) -> Json:
    """Make a secondary calendar."""
    made = f"c_{new_id(64, '0123456789abcdef')}@group.calendar.google.com"
    call.db.execute("INSERT INTO calendars (id, owner) VALUES (?, ?)", (made, call.user))
    return update(replace(call, params={"calendarId": made}, body={"timeZone": "UTC"} | (call.body or {})))


def get(call: Call) -> Json:
    """Return a calendar's own properties."""
    return shown(asked_for(call))


def update(call: Call) -> Json:
    """Replace what a calendar's owner may write; the zone stays where none is sent."""
    return _write(call, {"timeZone": asked_for(call).zone.key})


def patch(call: Call) -> Json:
    """Change the named ones of what a calendar's owner may write; null removes."""
    return _write(call, asked_for(call).resource)


def delete(call: Call) -> None:
    """Delete a secondary calendar with its events."""
    calendar = asked_for(call)
    if calendar.primary:
        raise bad_request("The primary calendar cannot be deleted.", "invalid")
    call.db.execute("DELETE FROM calendars WHERE id = ?", (calendar.id,))


def clear(call: Call) -> None:
    """Delete every event of the primary calendar for good; its sync tokens end."""
    calendar = asked_for(call)
    if not calendar.primary:
        raise bad_request("Only a primary calendar can be cleared.", "invalid")
    call.db.execute("DELETE FROM events WHERE calendar = ?", (calendar.id,))
    end_sync(call.db, calendar)


def asked_for(call: Call) -> Calendar:
    """Return the calendar that a request names; ApiError 404 unless it is the caller's own."""
    return find(call.db, call.user, call.params["calendarId"])


def shown(calendar: Calendar) -> Json:
    """Return a calendar as answered."""
    types = ["hangoutsMeet"] if calendar.meet else []
    body = {"kind": "calendar#calendar", "id": calendar.id} | calendar.resource
    body |= {} if calendar.primary else {"dataOwner": calendar.owner}
    return with_etag(body | {"conferenceProperties": {"allowedConferenceSolutionTypes": types}})


def _write(call: Call, before: Json) -> Json:
    """Keep what the body writes over `before`, and return the calendar as answered."""
    times.named_zone((call.body or {}).get("timeZone") or "UTC", "the calendar")
    names = ("summary", "description", "location", "timeZone")
    return shown(write(call, asked_for(call), "resource", before, names))
