"""The calendars there are: an account's primary one, named by its address, and those it made besides."""

import json
import sqlite3
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from local_workspace import oauth
from local_workspace.call import Call, Json
from local_workspace.errors import not_found

SCHEMA = """
CREATE TABLE IF NOT EXISTS calendars (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL REFERENCES accounts,
    resource TEXT NOT NULL,            -- JSON: what its owner wrote
    listed TEXT NOT NULL               -- JSON: what he wrote into his list
);
CREATE INDEX IF NOT EXISTS calendars_by_owner ON calendars (owner);
CREATE TABLE IF NOT EXISTS sync_epochs (calendar TEXT PRIMARY KEY, epoch INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar: `zone` is the one that times are answered in, `meet` whether it can have Meet links."""

    id: str
    owner: str
    zone: ZoneInfo
    meet: bool
    resource: Json
    listed: Json

    @property
    def primary(self) -> bool:
        """Whether it is its owner's own."""
        return self.id == self.owner


def primary(db: sqlite3.Connection, account: str) -> Calendar:
    """Return the primary calendar of an account that exists."""
    known = oauth.account(db, account)
    row = db.execute("SELECT * FROM calendars WHERE id = ?", (known.address,)).fetchone()
    usual = {"summary": known.address, "timeZone": known.time_zone}
    return _calendar(known, row, usual)


def asked_for(call: Call, name: str = "calendarId") -> Calendar:
    """Return the calendar that a request names; ApiError 404 unless it is the caller's own."""
    wanted = call.params[name].lower()
    if wanted in {"primary", call.user}:
        return primary(call.db, call.user)
    row = call.db.execute(
        "SELECT * FROM calendars WHERE id = ? AND owner = ?", (wanted, call.user)
    ).fetchone()
    if row is None:
        raise not_found("Not Found")
    return _calendar(oauth.account(call.db, call.user), row, {"timeZone": "UTC"})


def all_of(call: Call) -> list[Calendar]:
    """Return the caller's calendars, the primary one first."""
    owner = oauth.account(call.db, call.user)
    rows = call.db.execute(
        "SELECT * FROM calendars WHERE owner = ? AND id <> owner ORDER BY rowid", (call.user,)
    )
    return [primary(call.db, call.user), *(_calendar(owner, row, {"timeZone": "UTC"}) for row in rows)]


def save(db: sqlite3.Connection, calendar: Calendar) -> Calendar:
    """Keep a calendar, new or changed."""
    db.execute(
        "INSERT INTO calendars VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
        " SET resource = excluded.resource, listed = excluded.listed",
        (calendar.id, calendar.owner, json.dumps(calendar.resource), json.dumps(calendar.listed)),
    )
    return calendar


def sync_epoch(db: sqlite3.Connection, calendar: Calendar) -> int:
    """Return the number that a sync token must carry to be good."""
    row = db.execute("SELECT epoch FROM sync_epochs WHERE calendar = ?", (calendar.id,)).fetchone()
    return 0 if row is None else int(row["epoch"])


def end_sync(db: sqlite3.Connection, calendar: Calendar) -> None:
    """Make the sync tokens of a calendar good for nothing."""
    db.execute(
        "INSERT INTO sync_epochs VALUES (?, 1) ON CONFLICT (calendar) DO UPDATE SET epoch = epoch + 1",
        (calendar.id,),
    )


def _calendar(owner: oauth.Account, row: sqlite3.Row | None, usual: Json) -> Calendar:
    written, listed = (json.loads(row["resource"]), json.loads(row["listed"])) if row else ({}, {})
    resource = usual | written
    name = row["id"] if row else owner.address
    return Calendar(name, owner.address, ZoneInfo(resource["timeZone"]), owner.meet, resource, listed)
