"""The workspace clock: wall time until somebody sets it; then it stands still and is moved by hand.

It gives created and updated times, due times and quotas. Access tokens live on wall time.
"""

import sqlite3
from datetime import UTC, datetime, timedelta

from local_workspace.call import Call, Json, Routes
from local_workspace.errors import bad_request

SCHEMA = """
CREATE TABLE IF NOT EXISTS clock (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    frozen_at TEXT,                           -- ISO, UTC; NULL while it runs
    ahead_seconds REAL NOT NULL DEFAULT 0     -- how far it runs ahead of wall time
);
INSERT OR IGNORE INTO clock (id) VALUES (1);
"""
_FAR = 100 * 366 * 86_400  # seconds; more at once is a slip


def wall_time() -> datetime:
    """Return the machine's time, aware, in UTC: for tokens only."""
    return datetime.now(UTC)


def now(db: sqlite3.Connection) -> datetime:
    """Return the workspace's time, aware, in UTC."""
    frozen_at, ahead = db.execute("SELECT frozen_at, ahead_seconds FROM clock").fetchone()
    if frozen_at is not None:
        return datetime.fromisoformat(frozen_at)
    return wall_time() + timedelta(seconds=ahead)


def show(call: Call) -> Json:
    """GET /local/clock: what time it is, in UTC, and whether the clock stands still."""
    frozen = call.db.execute("SELECT frozen_at IS NOT NULL FROM clock").fetchone()[0]
    return {"now": now(call.db).isoformat(), "frozen": bool(frozen)}


def change(call: Call) -> Json:
    """POST /local/clock: {"now": ISO time with zone} stops it there, {"advance": seconds}, {"run": true}."""
    match call.body:
        case {"now": str(text)}:
            _freeze(call.db, _aware(text))
        case {"advance": int() | float() as seconds} if seconds is not True and abs(seconds) < _FAR:
            if show(call)["frozen"]:
                _freeze(call.db, call.now + timedelta(seconds=seconds))
            else:
                call.db.execute("UPDATE clock SET ahead_seconds = ahead_seconds + ?", (seconds,))
        case {"run": True}:
            call.db.execute("UPDATE clock SET frozen_at = NULL, ahead_seconds = 0")
        case _:
            raise bad_request('Send {"now": "2026-12-01T09:00:00Z"}, {"advance": 3600} or {"run": true}.')
    return show(call)


def _freeze(db: sqlite3.Connection, at: datetime) -> None:
    db.execute("UPDATE clock SET frozen_at = ?", (at.astimezone(UTC).isoformat(),))


def _aware(text: str) -> datetime:
    """Return an ISO time that says its zone; ApiError 400 otherwise."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise bad_request(f"{text!r} is no ISO time.") from None
    if at.tzinfo is None:
        raise bad_request(f"{text!r} does not say its zone; write 2026-12-01T09:00:00Z.")
    return at


CONTROLS: Routes = {("GET", "/local/clock"): show, ("POST", "/local/clock"): change}
