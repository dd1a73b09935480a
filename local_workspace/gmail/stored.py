"""The messages each account keeps, drafts among them: what goes into the database and comes out of it."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from local_workspace.call import Call
from local_workspace.errors import bad_request, not_found
from local_workspace.gmail import mime

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
    account TEXT, label TEXT, seq INTEGER, PRIMARY KEY (account, label, seq)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS gmail_state (history INTEGER NOT NULL, recipients_per_day INTEGER NOT NULL);
INSERT INTO gmail_state SELECT 1000, 500 WHERE NOT EXISTS (SELECT 1 FROM gmail_state);
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


def add(
    call: Call, owner: str, raw: bytes, labels: list[str], thread: str | None = None, draft: str | None = None
) -> Stored:
    """Keep `raw` as a new message of its owner's, in that thread or with what it answers."""
    seq = next_history_id(call.db)
    made = int(call.now.timestamp() * 1000)
    new_id = f"{made << 20 | seq * _ID_SPREAD % 2**20:016x}"
    thread = thread or _answered(call.db, owner, raw) or new_id
    message_id, snippet, tags = mime.field(raw, "message-id"), mime.snippet(raw), tuple(labels)
    message = Stored(seq, owner, new_id, thread, draft, tags, seq, made, message_id, snippet, raw)
    _write(call.db, message)
    return message


def relabel(db: sqlite3.Connection, message: Stored, add: list[str], drop: list[str]) -> Stored:
    """Give the message labels and take some off; return it as it is then."""
    labels = dict.fromkeys(label for label in (*message.labels, *add) if label not in drop)
    changed = replace(message, labels=tuple(labels), history=next_history_id(db))
    remove(db, message)
    _write(db, changed)
    return changed


def remove(db: sqlite3.Connection, message: Stored) -> None:
    """Forget the message for good."""
    next_history_id(db)
    db.execute("DELETE FROM gmail_messages WHERE seq = ?", (message.seq,))
    rows = [(message.account, label, message.seq) for label in message.labels]
    db.executemany("DELETE FROM gmail_labelled WHERE account = ? AND label = ? AND seq = ?", rows)


def named(call: Call, column: str, wanted: str) -> list[Stored]:
    """Return the caller's messages by their id, thread_id or draft_id, oldest first. Raises 400 and 404."""
    if not re.fullmatch(r"r-?[0-9]{1,19}" if column == "draft_id" else "[0-9a-f]{1,16}", wanted):
        raise bad_request("Invalid id value", "invalidArgument")
    found = [*find(call.db, **{"account": call.user, column: wanted})]
    if not found:
        raise not_found()
    return found[::-1]


def find(db: sqlite3.Connection, below: int = 2**62, /, **columns: str) -> Iterator[Stored]:
    """Find the messages with these values in their columns, or as `label`, and a seq below; newest first."""
    # The index of the labels leads: SQLite takes the tables of a CROSS JOIN in their order.
    table, join = "gmail_messages", ""
    if "label" in columns:
        table, join = "gmail_labelled", "CROSS JOIN gmail_messages USING (account, seq)"
    where = "".join(f" AND {column} = ?" for column in columns)
    query = f"SELECT gmail_messages.* FROM {table} {join} WHERE {table}.seq < ?{where}"  # noqa: S608 - our names
    for row in db.execute(f"{query} ORDER BY {table}.seq DESC", (below, *columns.values())):
        yield Stored(**dict(row) | {"labels": tuple(row["labels"].split())})


def next_history_id(db: sqlite3.Connection) -> int:
    """Count one more change to any mailbox, and return its number."""
    return int(db.execute("UPDATE gmail_state SET history = history + 1 RETURNING history").fetchone()[0])


def subject_key(raw: bytes) -> str:
    """Return what one conversation has for a subject: without the marks of answers, in lower case."""
    return re.sub(r"(?i)^(\s*(re|fwd?)\s*:)+", "", mime.field(raw, "subject")).strip().lower()


def _answered(db: sqlite3.Connection, account: str, raw: bytes) -> str | None:
    """The thread of what a mail answers by its fields and under the same subject; None without one."""
    named = " ".join(one["value"] for one in mime.fields(raw, "references", "in-reply-to"))
    for message_id in reversed(re.findall(r"<[^<>\s]+>", named)):
        for found in find(db, account=account, message_id=message_id):
            if subject_key(found.raw) == subject_key(raw):
                return found.thread_id
    return None


def _write(db: sqlite3.Connection, message: Stored) -> None:
    columns = asdict(message) | {"labels": " ".join(message.labels)}
    db.execute("INSERT INTO gmail_messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*columns.values()])
    rows = [(message.account, label, message.seq) for label in message.labels]
    db.executemany("INSERT OR IGNORE INTO gmail_labelled VALUES (?, ?, ?)", rows)
