"""Every request that was answered, so that tests can count them and see what was written where.

What was asked of the APIs, the sign-in and Discord; the controls are not in it.
"""

import json
import sqlite3

from local_workspace.call import Call, Json, Routes

SCHEMA = """
CREATE TABLE IF NOT EXISTS requests (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,                  -- workspace clock
    method TEXT NOT NULL,              -- HTTP method
    path TEXT NOT NULL,                -- with the query
    status INTEGER NOT NULL,           -- 0: nothing left
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


def show(call: Call) -> Json:
    """GET /local/requests: the log, oldest first; with ?bodies=1 also what each write carried."""
    bodies = call.params.get("bodies", "0") not in {"0", "false"}
    found = []
    for row in call.db.execute("SELECT * FROM requests ORDER BY seq"):
        entry = dict(row) | {"params": json.loads(row["params"])}
        body = entry.pop("body")
        found.append(entry | ({"body": _parsed(body)} if bodies else {}))
    return {"requests": found}


def clear(call: Call) -> Json:
    """DELETE /local/requests: forget them; numbers go on."""
    call.db.execute("DELETE FROM requests")
    return {}


def _parsed(body: str | None) -> object:
    """Return a body as JSON where it is some, otherwise as it was sent."""
    try:
        return None if body is None else json.loads(body)
    except (ValueError, RecursionError):
        return body


CONTROLS: Routes = {("GET", "/local/requests"): show, ("DELETE", "/local/requests"): clear}
