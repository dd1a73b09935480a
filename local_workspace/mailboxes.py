"""The mailboxes of everybody the workspace writes to; nothing ever leaves the machine.

Gmail puts sent mails here and Calendar its invitations; the controls under /local/mailboxes show them.
"""

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from local_workspace.call import Json

Kind = Literal["mail", "invitation", "update", "cancellation"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS mails (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    extra TEXT NOT NULL,               -- JSON
    recipients TEXT NOT NULL,          -- JSON: their addresses in lower case
    raw BLOB NOT NULL
);
"""


def deliver(
    db: sqlite3.Connection,
    to: Iterable[str],
    raw: bytes,
    at: datetime,
    *,
    kind: Kind = "mail",
    extra: Json | None = None,
) -> None:
    """Put the mail `raw` (RFC 5322) into the mailboxes of the addresses `to`, whatever their case.

    `at` is an aware instant of the workspace clock; `extra` is what the sender wants shown beside it, such as
    the event of an invitation. A mail of Calendar's comes without To: each guest reads his own.
    """
    recipients = json.dumps([address.lower() for address in to])
    query = "INSERT INTO mails (at, kind, extra, recipients, raw) VALUES (?, ?, ?, ?, ?)"
    db.execute(query, (at.isoformat(), kind, json.dumps(extra), recipients, raw))


def addressed(raw: bytes, address: str) -> bytes:
    """Return the mail as one of its recipients gets it: with a To of his own where it has none."""
    head = b"\r\n" + raw.partition(b"\r\n\r\n")[0].lower()
    return raw if b"\r\nto:" in head else f"To: {address}\r\n".encode() + raw
