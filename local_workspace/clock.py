"""The workspace clock: wall time until somebody sets it; then it stands still and is moved by hand.

It gives created and updated times, due times and quotas. Access tokens live on wall time.
"""

import sqlite3
from datetime import UTC, datetime, timedelta

SCHEMA = """
CREATE TABLE IF NOT EXISTS clock (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    frozen_at TEXT,                           -- ISO, UTC; NULL while it runs
    ahead_seconds REAL NOT NULL DEFAULT 0     -- how far it runs ahead of wall time
);
INSERT OR IGNORE INTO clock (id) VALUES (1);
"""


def wall_time() -> datetime:
    """Return the machine's time, aware, in UTC: for tokens only."""
    return datetime.now(UTC)


def now(db: sqlite3.Connection) -> datetime:
    """Return the workspace's time, aware, in UTC."""
    frozen_at, ahead = db.execute("SELECT frozen_at, ahead_seconds FROM clock").fetchone()
    if frozen_at is not None:
        return datetime.fromisoformat(frozen_at)
    return wall_time() + timedelta(seconds=ahead)


def is_frozen(db: sqlite3.Connection) -> bool:
    """Say whether the clock stands still."""
    return bool(db.execute("SELECT frozen_at IS NOT NULL FROM clock").fetchone()[0])


def freeze(db: sqlite3.Connection, at: datetime) -> None:
    """Set the clock to `at` (aware) and stop it there."""
    db.execute("UPDATE clock SET frozen_at = ?", (at.astimezone(UTC).isoformat(),))


def advance(db: sqlite3.Connection, seconds: float) -> None:
    """Move the clock on; a running clock keeps running from there, a frozen one stays frozen."""
    if is_frozen(db):
        freeze(db, now(db) + timedelta(seconds=seconds))
    else:
        db.execute("UPDATE clock SET ahead_seconds = ahead_seconds + ?", (seconds,))


def run(db: sqlite3.Connection) -> None:
    """Let the clock run with wall time again."""
    db.execute("UPDATE clock SET frozen_at = NULL, ahead_seconds = 0")
