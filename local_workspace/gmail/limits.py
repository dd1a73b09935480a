"""The daily cap: how many recipients an account may write to in any 24 hours of the workspace clock."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

from local_workspace.errors import ApiError

SCHEMA = """
CREATE TABLE IF NOT EXISTS gmail_sends (
    account TEXT NOT NULL,
    at INTEGER NOT NULL,  -- ms since 1970 UTC, on the workspace clock
    recipients INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS gmail_sends_by_account ON gmail_sends (account, at);
CREATE TABLE IF NOT EXISTS gmail_limit (per_day INTEGER NOT NULL);
INSERT INTO gmail_limit (per_day) SELECT 500 WHERE NOT EXISTS (SELECT 1 FROM gmail_limit);
"""

_WINDOW = timedelta(hours=24)


def per_day(db: sqlite3.Connection) -> int:
    """The recipients that each account may write to in 24 hours."""
    return int(db.execute("SELECT per_day FROM gmail_limit").fetchone()[0])


def set_per_day(db: sqlite3.Connection, recipients: int) -> None:
    """Change the cap of every account."""
    db.execute("UPDATE gmail_limit SET per_day = ?", (recipients,))


def spend(db: sqlite3.Connection, account: str, recipients: int, at: datetime) -> None:
    """Count a mail to that many recipients, sent at the aware instant `at`.

    Raises Gmail's 429 when the account would go over its cap; nothing is counted then. The error's text
    names the instant from which on the mail would fit.
    """
    since = _milliseconds(at - _WINDOW)
    rows = db.execute(
        "SELECT at, recipients FROM gmail_sends WHERE account = ? AND at > ? ORDER BY at", (account, since)
    ).fetchall()
    excess = sum(count for _, count in rows) + recipients - per_day(db)
    if excess > 0:
        raise _over_the_cap(_freed([(sent, count) for sent, count in rows], excess) or at + _WINDOW)
    db.execute("INSERT INTO gmail_sends VALUES (?, ?, ?)", (account, _milliseconds(at), recipients))


def _freed(sends: list[tuple[int, int]], excess: int) -> datetime | None:
    """When the oldest sends have left the window so far that `excess` fits; None when it never does."""
    for sent, count in sends:
        excess -= count
        if excess <= 0:
            return datetime.fromtimestamp(sent / 1000, UTC) + _WINDOW
    return None


def _over_the_cap(retry_after: datetime) -> ApiError:
    at = retry_after.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return ApiError(429, "rateLimitExceeded", f"User-rate limit exceeded.  Retry after {at}")


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
