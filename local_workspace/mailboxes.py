"""The mailboxes of everybody the workspace writes to: one row per mail and address, newest last.

Gmail puts sent mails here and Calendar its invitations; the controls under /local/mailboxes show them.
Nothing ever leaves the machine.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Kind = Literal["mail", "invitation", "update", "cancellation"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    extra TEXT,
    raw BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS deliveries_by_address ON deliveries (address, seq);
"""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One mail in one mailbox: `raw` is the RFC 5322 text as the recipient got it, `at` is aware."""

    seq: int
    address: str
    at: datetime
    kind: Kind
    raw: bytes
    extra: dict[str, Any] | None


def deliver(
    db: sqlite3.Connection,
    *,
    to: str,
    raw: bytes,
    at: datetime,
    kind: Kind,
    extra: Mapping[str, Any] | None = None,
) -> None:
    """Put the mail `raw` (RFC 5322) into the mailbox of the address `to`, in the caller's transaction.

    `at` is an aware instant of the workspace clock; `extra` is whatever the sender wants shown beside it
    as JSON, such as the event of an invitation. Addresses differing only in case are one mailbox.
    """
    db.execute(
        "INSERT INTO deliveries (address, at, kind, extra, raw) VALUES (?, ?, ?, ?, ?)",
        (to.lower(), at.isoformat(), kind, None if extra is None else json.dumps(dict(extra)), raw),
    )


def counts(db: sqlite3.Connection) -> dict[str, int]:
    """Every address that got a mail, in order of the alphabet, with the number of its mails."""
    rows = db.execute("SELECT address, COUNT(*) FROM deliveries GROUP BY address ORDER BY address")
    return {address: count for address, count in rows}


def deliveries(db: sqlite3.Connection, address: str) -> list[Delivery]:
    """The mails of one address in the order they came; an unknown address has none."""
    rows = db.execute(
        "SELECT seq, address, at, kind, raw, extra FROM deliveries WHERE address = ? ORDER BY seq",
        (address.lower(),),
    )
    return [
        Delivery(
            seq, owner, datetime.fromisoformat(at), kind, raw, None if extra is None else json.loads(extra)
        )
        for seq, owner, at, kind, raw, extra in rows
    ]


def clear(db: sqlite3.Connection) -> None:
    """Empty every mailbox. What Gmail keeps as sent stays."""
    db.execute("DELETE FROM deliveries")
