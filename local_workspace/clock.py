"""The workspace clock: wall time until somebody sets it; then it stands still and is moved by hand.

It gives created and updated times, due times and quotas. Access tokens live on wall time.
"""

import sqlite3
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from local_workspace.call import Call, Json, Routes
from local_workspace.errors import bad_request

SCHEMA = """
-- frozen_at: ISO, UTC, NULL while it runs; ahead_seconds: how far it runs ahead of wall time
CREATE TABLE IF NOT EXISTS clock (frozen_at TEXT, ahead_seconds REAL NOT NULL);
INSERT INTO clock SELECT NULL, 0 WHERE NOT EXISTS (SELECT 1 FROM clock);
"""
_FAR = 100 * 366 * 86_400  # seconds; more at once is a slip


def now(db: sqlite3.Connection) -> datetime:
    """Return the workspace's time, aware, in UTC."""
    frozen_at, ahead = db.execute("SELECT frozen_at, ahead_seconds FROM clock").fetchone()
    return datetime.fromisoformat(frozen_at) if frozen_at else datetime.now(UTC) + timedelta(seconds=ahead)


def show(call: Call) -> Json:
    """GET /local/clock: what time it is, in UTC, and whether the clock stands still."""
    frozen = call.db.execute("SELECT frozen_at IS NOT NULL FROM clock").fetchone()[0]
    return {"now": now(call.db).isoformat(), "frozen": bool(frozen)}


def change(call: Call) -> Json:
    """POST /local/clock: {"now": ISO time with zone} stops it there, {"advance": seconds}, {"run": true}."""
    at = None
    match call.body:
        case {"now": str(text)}:
            at = _aware(text)
        case {"advance": int() | float() as seconds} if seconds is not True and abs(seconds) < _FAR:
            call.db.execute("UPDATE clock SET ahead_seconds = ahead_seconds + ?", (seconds,))
            at = call.now + timedelta(seconds=seconds) if show(call)["frozen"] else None
        case {"run": True}:
            call.db.execute("UPDATE clock SET frozen_at = NULL, ahead_seconds = 0")
        case _:
            raise bad_request('Send {"now": "2026-12-01T09:00:00Z"}, {"advance": 3600} or {"run": true}.')
    if at:
        call.db.execute("UPDATE clock SET frozen_at = ?", (at.astimezone(UTC).isoformat(),))
    return show(call)


def _aware(text: str) -> datetime:
    """Return an ISO time that says its zone; ApiError 400 otherwise."""
    with suppress(ValueError):
        at = datetime.fromisoformat(text)
        if at.tzinfo is not None:
            return at
    raise bad_request(f"{text!r} is no ISO time with its zone; write 2026-12-01T09:00:00Z.")


CONTROLS: Routes = {("GET", "/local/clock"): show, ("POST", "/local/clock"): change}
