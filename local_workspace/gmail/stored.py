"""The messages each account keeps, drafts among them: what goes into the database and comes out of it."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from local_workspace.gmail import payload

SCHEMA = """
CREATE TABLE IF NOT EXISTS gmail_messages (
    seq INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    thread_id TEXT NOT NULL,
    draft_id TEXT UNIQUE,
    labels TEXT NOT NULL,
    internal_date INTEGER NOT NULL,
    snippet TEXT NOT NULL,
    raw BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS gmail_messages_by_account ON gmail_messages (account, seq);
CREATE INDEX IF NOT EXISTS gmail_threads ON gmail_messages (account, thread_id);
CREATE INDEX IF NOT EXISTS gmail_drafts ON gmail_messages (account, seq) WHERE draft_id IS NOT NULL;
CREATE TABLE IF NOT EXISTS gmail_history (last INTEGER NOT NULL);
INSERT INTO gmail_history (last) SELECT 1000 WHERE NOT EXISTS (SELECT 1 FROM gmail_history);
"""

_COLUMNS = "seq, account, id, thread_id, draft_id, labels, internal_date, snippet, raw"
_ID_SPREAD = 0x9E375  # odd, so that every history number below 2**20 gives other low bits


@dataclass(frozen=True, slots=True)
class Stored:
    """A message of an account. `seq` is also its historyId; `internal_date` is in ms since 1970 UTC;
    `draft_id` is None once it is sent."""

    seq: int
    account: str
    id: str
    thread_id: str
    draft_id: str | None
    labels: tuple[str, ...]
    internal_date: int
    snippet: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new message goes: its labels, the thread it joins (None: one of its own), its draft id."""

    labels: tuple[str, ...]
    thread_id: str | None = None
    draft_id: str | None = None


def add(db: sqlite3.Connection, account: str, raw: bytes, at: datetime, place: Place) -> Stored:
    """Keep `raw` as a new message of the account, made at the aware instant `at`."""
    seq = next_history_id(db)
    internal_date = int(at.timestamp() * 1000)
    message_id = f"{internal_date << 20 | seq * _ID_SPREAD % 2**20:016x}"
    message = Stored(
        seq=seq,
        account=account,
        id=message_id,
        thread_id=place.thread_id or message_id,
        draft_id=place.draft_id,
        labels=place.labels,
        internal_date=internal_date,
        snippet=payload.snippet(raw),
        raw=raw,
    )
    db.execute(
        f"INSERT INTO gmail_messages ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - constants
        (
            *(seq, account, message_id, message.thread_id, place.draft_id, " ".join(place.labels)),
            *(internal_date, message.snippet, raw),
        ),
    )
    return message


def new_draft_id() -> str:
    """A draft id of the form Gmail gives: "r" and up to 19 digits."""
    return f"r{secrets.randbelow(9 * 10**18) + 10**18}"


def by_id(db: sqlite3.Connection, account: str, message_id: str) -> Stored | None:
    """The account's message of that id; None when there is none."""
    return _one(db, "account = ? AND id = ?", account, message_id)


def by_draft_id(db: sqlite3.Connection, account: str, draft_id: str) -> Stored | None:
    """The account's draft of that id; None when there is none, or it was sent or discarded."""
    return _one(db, "account = ? AND draft_id = ?", account, draft_id)


def draft_of_anybody(db: sqlite3.Connection, draft_id: str) -> Stored | None:
    """The draft of that id, whoever's it is; None when there is none."""
    return _one(db, "draft_id = ?", draft_id)


def drafts_of_everybody(db: sqlite3.Connection) -> list[Stored]:
    """Every draft of every account, oldest first."""
    query = f"SELECT {_COLUMNS} FROM gmail_messages WHERE draft_id IS NOT NULL ORDER BY seq"  # noqa: S608 - constants
    return [_stored(row) for row in db.execute(query)]


def has_thread(db: sqlite3.Connection, account: str, thread_id: str) -> bool:
    """Whether the account has a message in that thread."""
    query = "SELECT 1 FROM gmail_messages WHERE account = ? AND thread_id = ? LIMIT 1"
    return db.execute(query, (account, thread_id)).fetchone() is not None


def remove(db: sqlite3.Connection, message: Stored) -> None:
    """Forget the message for good."""
    db.execute("DELETE FROM gmail_messages WHERE seq = ?", (message.seq,))
    next_history_id(db)


def newest_first(
    db: sqlite3.Connection, account: str, *, before: int | None = None, drafts: bool = False
) -> Iterator[Stored]:
    """The account's messages (or only its drafts), newest first, those with a seq below `before`."""
    where = "account = ? AND seq < ?" + (" AND draft_id IS NOT NULL" if drafts else "")
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM gmail_messages WHERE {where} ORDER BY seq DESC",  # noqa: S608 - constants
        (account, before if before is not None else 2**62),
    )
    return (_stored(row) for row in rows)


def totals(db: sqlite3.Connection, account: str) -> tuple[int, int]:
    """The number of the account's messages, and of its threads."""
    query = "SELECT COUNT(*), COUNT(DISTINCT thread_id) FROM gmail_messages WHERE account = ?"
    messages, threads = db.execute(query, (account,)).fetchone()
    return messages, threads


def history_id(db: sqlite3.Connection) -> int:
    """The number of the latest change to any mailbox."""
    return int(db.execute("SELECT last FROM gmail_history").fetchone()[0])


def next_history_id(db: sqlite3.Connection) -> int:
    """Count one more change, and return its number."""
    return int(db.execute("UPDATE gmail_history SET last = last + 1 RETURNING last").fetchone()[0])


def _one(db: sqlite3.Connection, where: str, *values: str) -> Stored | None:
    row = db.execute(f"SELECT {_COLUMNS} FROM gmail_messages WHERE {where}", values).fetchone()  # noqa: S608 - constants
    return None if row is None else _stored(row)


def _stored(row: sqlite3.Row) -> Stored:
    columns = dict(row)
    return Stored(**columns | {"labels": tuple(columns["labels"].split())})
