"""The daily cap: how many recipients an account may write to in any 24 hours of the workspace clock."""

import sqlite3
from datetime import UTC, datetime, timedelta

from local_workspace.errors import ApiError

SCHEMA = """
CREATE TABLE IF NOT EXISTS gmail_sends (
    account TEXT NOT NULL,
    at INTEGER NOT NULL,     -- ms since 1970 UTC on the workspace clock, never before the send before it
    total INTEGER NOT NULL,  -- the recipients the account has ever written to, these included
    PRIMARY KEY (account, total)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS gmail_sends_by_time ON gmail_sends (account, at, total);
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
    now = _milliseconds(at)
    last_at, total = _latest(db, account)
    _, before_window = _latest(db, account, until=_milliseconds(at - _WINDOW))
    if total - before_window + recipients > per_day(db):
        raise _over_the_cap(_fits_at(db, account, total + recipients - per_day(db)) or at + _WINDOW)
    db.execute("INSERT INTO gmail_sends VALUES (?, ?, ?)", (account, max(now, last_at), total + recipients))


def _latest(db: sqlite3.Connection, account: str, until: int = 2**62) -> tuple[int, int]:
    """(at, total) of the account's last send up to `until`, (0, 0) when there is none."""
    query = (
        "SELECT at, total FROM gmail_sends WHERE account = ? AND at <= ? ORDER BY at DESC, total DESC LIMIT 1"
    )
    row = db.execute(query, (account, until)).fetchone()
    return (0, 0) if row is None else (row[0], row[1])


def _fits_at(db: sqlite3.Connection, account: str, total: int) -> datetime | None:
    """When the sends up to `total` recipients are all a day old; None when there were never so many."""
    query = "SELECT at FROM gmail_sends WHERE account = ? AND total >= ? ORDER BY total LIMIT 1"
    row = db.execute(query, (account, total)).fetchone()
    return None if row is None else datetime.fromtimestamp(row[0] / 1000, UTC) + _WINDOW


def _over_the_cap(retry_after: datetime) -> ApiError:
    at = retry_after.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return ApiError(429, "rateLimitExceeded", f"User-rate limit exceeded.  Retry after {at}")


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
