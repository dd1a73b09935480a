"""Every request that was answered, so that tests can count them and see what was written where."""

import json
import sqlite3

from local_workspace.call import Json

SCHEMA = """
CREATE TABLE IF NOT EXISTS requests (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,                  -- workspace clock
    method TEXT NOT NULL,              -- HTTP method
    path TEXT NOT NULL,                -- with the query
    status INTEGER NOT NULL,
    request_bytes INTEGER NOT NULL,
    response_bytes INTEGER NOT NULL,
    api_method TEXT NOT NULL,          -- "calendar.events.insert", "POST /token"; "" when there is none
    params TEXT NOT NULL,              -- JSON
    body TEXT,                         -- of writes, as sent
    fault TEXT                         -- what struck it
);
"""


def add(db: sqlite3.Connection, **columns: str | int | None) -> None:
    """Note one request, a value per column, inside the transaction that carries what it changed."""
    # The names are the caller's own keywords; the values are bound.
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    db.execute(f"INSERT INTO requests ({names}) VALUES ({marks})", tuple(columns.values()))  # noqa: S608


def entries(db: sqlite3.Connection, *, bodies: bool) -> list[Json]:
    """Return the log, oldest first; with `bodies` also what each write carried (parsed when it is JSON)."""
    found = []
    for row in db.execute("SELECT * FROM requests ORDER BY seq"):
        entry = dict(row) | {"params": json.loads(row["params"])}
        body = entry.pop("body")
        found.append(entry | ({"body": _parsed(body)} if bodies else {}))
    return found


def clear(db: sqlite3.Connection) -> None:
    """Forget every request."""
    db.execute("DELETE FROM requests")


def _parsed(body: str | None) -> object:
    """Return a body as JSON where it is some, otherwise as it was sent."""
    try:
        return None if body is None else json.loads(body)
    except ValueError:
        return body
