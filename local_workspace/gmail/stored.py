"""The messages each account keeps, drafts among them: what goes into the database and comes out of it."""

import re
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from local_workspace.gmail import mime, payload

SCHEMA = """
CREATE TABLE IF NOT EXISTS gmail_messages (
    seq INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    thread_id TEXT NOT NULL,
    draft_id TEXT UNIQUE,
    labels TEXT NOT NULL,              -- ids, separated by spaces
    history INTEGER NOT NULL,          -- of its last change
    internal_date INTEGER NOT NULL,
    message_id TEXT NOT NULL,          -- of the header
    snippet TEXT NOT NULL,
    raw BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS gmail_messages_by_account ON gmail_messages (account, seq);
CREATE INDEX IF NOT EXISTS gmail_threads ON gmail_messages (account, thread_id);
CREATE INDEX IF NOT EXISTS gmail_message_ids ON gmail_messages (account, message_id);
CREATE TABLE IF NOT EXISTS gmail_labelled (
    account TEXT NOT NULL,
    label TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (account, label, seq)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS gmail_totals (
    account TEXT PRIMARY KEY, messages INTEGER NOT NULL, threads INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS gmail_history (last INTEGER NOT NULL);
INSERT INTO gmail_history (last) SELECT 1000 WHERE NOT EXISTS (SELECT 1 FROM gmail_history);
"""

_ID_SPREAD = 0x9E375  # odd, so that every history number below 2**20 gives other low bits


@dataclass(frozen=True, slots=True)
class Stored:
    """A message of an account: `internal_date` is in ms since 1970 UTC, `draft_id` None once it is sent."""

    seq: int
    account: str
    id: str
    thread_id: str
    draft_id: str | None
    labels: tuple[str, ...]
    history: int
    internal_date: int
    message_id: str
    snippet: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new message goes: its labels, thread (None: that of what it answers, or its own) and draft."""

    labels: tuple[str, ...]
    thread_id: str | None = None
    draft_id: str | None = None


def add(db: sqlite3.Connection, account: str, raw: bytes, at: datetime, place: Place) -> Stored:
    """Keep `raw` as a new message of the account, made at the aware instant `at`."""
    seq = next_history_id(db)
    internal_date = int(at.timestamp() * 1000)
    message_id = f"{internal_date << 20 | seq * _ID_SPREAD % 2**20:016x}"
    head = {name.lower(): value for name, value in mime.fields(raw)}
    message = Stored(
        seq=seq,
        account=account,
        id=message_id,
        thread_id=place.thread_id or _answered(db, account, head) or message_id,
        draft_id=place.draft_id,
        labels=place.labels,
        history=seq,
        internal_date=internal_date,
        message_id=head.get("message-id", ""),
        snippet=payload.snippet(raw),
        raw=raw,
    )
    columns = asdict(message) | {"labels": " ".join(place.labels)}
    is_new = not has_thread(db, account, message.thread_id)
    db.execute("INSERT INTO gmail_messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*columns.values()])
    _label(db, message, place.labels)
    _count(db, account, 1, int(is_new))
    return message


def relabel(db: sqlite3.Connection, message: Stored, add: Iterable[str], remove: Iterable[str]) -> Stored:
    """Give the message labels and take some off; return it as it is then."""
    gone = set(remove)
    labels = tuple(dict.fromkeys(label for label in (*message.labels, *add) if label not in gone))
    changed = replace(message, labels=labels, history=next_history_id(db))
    db.execute(
        "UPDATE gmail_messages SET labels = ?, history = ? WHERE seq = ?",
        (" ".join(labels), changed.history, message.seq),
    )
    _unlabel(db, message)
    _label(db, message, labels)
    return changed


def remove(db: sqlite3.Connection, message: Stored) -> None:
    """Forget the message for good."""
    db.execute("DELETE FROM gmail_messages WHERE seq = ?", (message.seq,))
    _unlabel(db, message)
    _count(db, message.account, -1, -int(not has_thread(db, message.account, message.thread_id)))
    next_history_id(db)


def new_draft_id() -> str:
    """A draft id of the form Gmail gives: "r" and up to 19 digits."""
    return f"r{secrets.randbelow(9 * 10**18) + 10**18}"


def by_id(db: sqlite3.Connection, account: str, message_id: str) -> Stored | None:
    """The account's message of that id; None when there is none."""
    return next(_all(db, "account = ? AND id = ?", account, message_id), None)


def by_draft_id(db: sqlite3.Connection, draft_id: str, account: str | None = None) -> Stored | None:
    """The draft of that id, of the account alone where one is named; None when it was sent or never made."""
    found = next(_all(db, "draft_id = ?", draft_id), None)
    return found if found and account in {None, found.account} else None


def drafts_of_everybody(db: sqlite3.Connection) -> list[Stored]:
    """Every draft of every account, oldest first."""
    return list(_all(db, "draft_id IS NOT NULL ORDER BY seq"))


def thread(db: sqlite3.Connection, account: str, thread_id: str) -> list[Stored]:
    """The account's messages of a thread, oldest first."""
    return list(_all(db, "account = ? AND thread_id = ? ORDER BY seq", account, thread_id))


def has_thread(db: sqlite3.Connection, account: str, thread_id: str) -> bool:
    """Whether the account has a message in that thread."""
    query = "SELECT 1 FROM gmail_messages WHERE account = ? AND thread_id = ? LIMIT 1"
    return db.execute(query, (account, thread_id)).fetchone() is not None


def newest_first(
    db: sqlite3.Connection,
    account: str,
    *,
    before: int,
    label: str | None = None,
    message_id: str | None = None,
) -> Iterator[Stored]:
    """The account's messages with a seq below `before`, newest first, with that label or Message-ID only."""
    if message_id is not None:
        return _all(
            db, "account = ? AND message_id = ? AND seq < ? ORDER BY seq DESC", account, message_id, before
        )
    if label is None:
        return _all(db, "account = ? AND seq < ? ORDER BY seq DESC", account, before)
    labelled = "SELECT seq FROM gmail_labelled WHERE account = ? AND label = ? AND seq < ? ORDER BY seq DESC"
    found = db.execute(labelled, (account, label, before))
    return (message for row in found for message in _all(db, "seq = ?", row[0]))


def counts(db: sqlite3.Connection, account: str, label: str, *others: str) -> tuple[int, int]:
    """The number of the account's messages with all the labels, and of their threads."""
    query = "SELECT seq FROM gmail_labelled WHERE account = ? AND label = ?"
    seqs = " INTERSECT ".join([query] * (1 + len(others)))
    values = [value for name in (label, *others) for value in (account, name)]
    count = f"SELECT COUNT(*), COUNT(DISTINCT thread_id) FROM gmail_messages WHERE seq IN ({seqs})"  # noqa: S608
    messages, threads = db.execute(count, values).fetchone()
    return messages, threads


def totals(db: sqlite3.Connection, account: str) -> tuple[int, int]:
    """The number of the account's messages, and of its threads."""
    row = db.execute("SELECT messages, threads FROM gmail_totals WHERE account = ?", (account,)).fetchone()
    return (0, 0) if row is None else (row[0], row[1])


def history_id(db: sqlite3.Connection) -> int:
    """The number of the latest change to any mailbox."""
    return int(db.execute("SELECT last FROM gmail_history").fetchone()[0])


def next_history_id(db: sqlite3.Connection) -> int:
    """Count one more change, and return its number."""
    return int(db.execute("UPDATE gmail_history SET last = last + 1 RETURNING last").fetchone()[0])


def subject_key(text: str) -> str:
    """A subject without the marks of answers and forwards, in lower case: one conversation has one."""
    return re.sub(r"(?i)^(\s*(re|fwd?)\s*:)+", "", text).strip().lower()


def _answered(db: sqlite3.Connection, account: str, head: dict[str, str]) -> str | None:
    """The thread of what a mail answers by its fields and under the same subject; None without one."""
    named = re.findall(r"<[^<>\s]+>", f"{head.get('references', '')} {head.get('in-reply-to', '')}")
    for message_id in dict.fromkeys(reversed(named)):
        for found in _all(db, "account = ? AND message_id = ?", account, message_id):
            subject = dict((name.lower(), value) for name, value in mime.fields(found.raw)).get("subject", "")
            if subject_key(subject) == subject_key(head.get("subject", "")):
                return found.thread_id
    return None


def _label(db: sqlite3.Connection, message: Stored, labels: Iterable[str]) -> None:
    rows = [(message.account, label, message.seq) for label in labels]
    db.executemany("INSERT OR IGNORE INTO gmail_labelled VALUES (?, ?, ?)", rows)


def _unlabel(db: sqlite3.Connection, message: Stored) -> None:
    rows = [(message.account, label, message.seq) for label in message.labels]
    db.executemany("DELETE FROM gmail_labelled WHERE account = ? AND label = ? AND seq = ?", rows)


def _count(db: sqlite3.Connection, account: str, messages: int, threads: int) -> None:
    db.execute(
        "INSERT INTO gmail_totals VALUES (?, ?, ?) ON CONFLICT (account) DO UPDATE"
        " SET messages = messages + excluded.messages, threads = threads + excluded.threads",
        (account, messages, threads),
    )


def _all(db: sqlite3.Connection, where: str, *values: str | int) -> Iterator[Stored]:
    # The conditions are constant texts of this module; every value is bound.
    for row in db.execute(f"SELECT * FROM gmail_messages WHERE {where}", values):  # noqa: S608
        yield Stored(**dict(row) | {"labels": tuple(row["labels"].split())})
