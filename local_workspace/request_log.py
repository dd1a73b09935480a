"""Every request to the APIs, the sign-in and Discord, so that tests can count and read them."""

import json
import sqlite3

from local_workspace.call import Call, Json, Routes

SCHEMA = """
-- entry: JSON; body: of writes, as sent
CREATE TABLE IF NOT EXISTS requests (seq INTEGER PRIMARY KEY AUTOINCREMENT, entry TEXT NOT NULL, body TEXT);
"""


def add(db: sqlite3.Connection, body: str | None, **entry: object) -> None:
    """Note one request, inside the transaction that carries what it changed."""
    db.execute("INSERT INTO requests (entry, body) VALUES (?, ?)", (json.dumps(entry), body))


def show(call: Call) -> Json:
    """GET /local/requests: the log, oldest first; with ?bodies=1 also what each write carried."""
    bodies = call.params.get("bodies", "0") not in {"0", "false"}
    found = []
    for row in call.db.execute("SELECT * FROM requests ORDER BY seq"):
        body = {"body": _parsed(row["body"])} if bodies else {}
        found.append({"seq": row["seq"]} | json.loads(row["entry"]) | body)
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
