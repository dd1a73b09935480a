"""The calendars there are: one per account, its primary, named by its address."""

import sqlite3
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from local_workspace import oauth
from local_workspace.call import Call
from local_workspace.errors import not_found


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar: `id` is its owner's address; `zone` is the one that times are answered in."""

    id: str
    zone: ZoneInfo
    meet: bool


def primary(db: sqlite3.Connection, account: str) -> Calendar:
    """Return the primary calendar of an account that exists."""
    row = oauth.account(db, account)
    return Calendar(row.address, ZoneInfo(row.time_zone), row.meet)


def asked_for(call: Call) -> Calendar:
    """Return the calendar that a request names; ApiError 404 unless it is the caller's own."""
    if call.params["calendarId"].lower() not in {"primary", call.user}:
        raise not_found("Not Found")
    return primary(call.db, call.user)
