"""The mailboxes of everybody the workspace writes to; nothing ever leaves the machine.

Gmail puts sent mails here and Calendar its invitations; the controls under /local/mailboxes show them.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from local_workspace.call import Json

Kind = Literal["mail", "invitation", "update", "cancellation"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS mails (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    extra TEXT NOT NULL,               -- JSON
    raw BLOB NOT NULL                  -- once, however many get it
);
CREATE TABLE IF NOT EXISTS deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL,
    mail INTEGER NOT NULL REFERENCES mails
);
CREATE INDEX IF NOT EXISTS deliveries_by_address ON deliveries (address, seq);
"""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One mail in one mailbox: `raw` is the RFC 5322 text as the recipient got it, `at` is aware."""

    seq: int
    at: datetime
    kind: Kind
    raw: bytes
    extra: Json | None


def deliver(
    db: sqlite3.Connection,
    to: Iterable[str],
    raw: bytes,
    at: datetime,
    *,
    kind: Kind = "mail",
    extra: Json | None = None,
) -> None:
    """Put the mail `raw` (RFC 5322) into the mailboxes of the addresses `to`, in the caller's transaction.

    `at` is an aware instant of the workspace clock; `extra` is what the sender wants shown beside it, such as
    the event of an invitation. A mail of Calendar's comes without To: each guest reads his own. Addresses
    that differ only in case are one mailbox.
    """
    text = db.execute(
        "INSERT INTO mails (at, kind, extra, raw) VALUES (?, ?, ?, ?)",
        (at.isoformat(), kind, json.dumps(extra), raw),
    )
    rows = ((address.lower(), text.lastrowid) for address in to)
    db.executemany("INSERT INTO deliveries (address, mail) VALUES (?, ?)", rows)


def counts(db: sqlite3.Connection) -> dict[str, int]:
    """Return every address that got a mail, in order of the alphabet, with the number of its mails."""
    return dict(
        tuple(row)
        for row in db.execute("SELECT address, COUNT(*) FROM deliveries GROUP BY address ORDER BY address")
    )


def deliveries(db: sqlite3.Connection, address: str) -> list[Delivery]:
    """Return the mails of one address in the order they came; an unknown address has none."""
    address = address.lower()
    rows = db.execute(
        "SELECT seq, at, kind, raw, extra FROM deliveries JOIN mails ON mails.id = mail"
        " WHERE address = ? ORDER BY seq",
        (address,),
    )
    to = f"To: {address}\r\n".encode()
    return [
        Delivery(
            seq, datetime.fromisoformat(at), kind, (b"" if kind == "mail" else to) + raw, json.loads(extra)
        )
        for seq, at, kind, raw, extra in rows
    ]


def clear(db: sqlite3.Connection) -> None:
    """Empty every mailbox. What Gmail keeps as sent stays."""
    db.execute("DELETE FROM deliveries")
    db.execute("DELETE FROM mails")
