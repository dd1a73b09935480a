"""What saving and sending share: Gmail's checks and daily cap, the sender's own copy, the delivery."""

import json
import sqlite3
from base64 import urlsafe_b64decode
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from local_workspace import mailboxes
from local_workspace.call import Call
from local_workspace.errors import ApiError, bad_request, not_found
from local_workspace.gmail import mime, stored

SCHEMA = """
CREATE TABLE IF NOT EXISTS gmail_sends (
    account TEXT NOT NULL,
    at INTEGER NOT NULL,     -- ms since 1970 UTC on the workspace clock, never before the send before it
    total INTEGER NOT NULL,  -- the recipients the account has ever written to, these included
    PRIMARY KEY (account, total)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS gmail_limit (per_day INTEGER NOT NULL);
INSERT INTO gmail_limit (per_day) SELECT 500 WHERE NOT EXISTS (SELECT 1 FROM gmail_limit);
"""

_LARGEST = 36_700_160  # bytes of a mail to send: what the discovery document says of uploads
_DAY = 86_400_000  # ms


def given(call: Call) -> tuple[bytes, str | None]:
    """Return the mail that a request brings, uploaded or as `raw`, and the thread it names for it.

    Raises Gmail's 400 without a mail, 413 for one that is too large, 404 for an unknown thread.
    """
    body = call.body or {}
    message = (body.get("message") or {}) if ".drafts." in call.method else body
    text, thread_id = message.get("raw"), message.get("threadId") or None
    if call.media is None and not text:
        wanted = "'raw' RFC822 payload message string or uploading message via /upload/* URL required"
        raise bad_request(wanted, "invalidArgument")
    # That it is base64, in either alphabet, was checked with the request; too much padding does no harm.
    raw = urlsafe_b64decode(f"{text}==") if call.media is None else call.media
    if len(raw) > _LARGEST:
        raise ApiError(413, "uploadTooLarge", "Request Entity Too Large")
    if thread_id and not any(stored.find(call.db, account=call.user, thread_id=thread_id)):
        raise not_found()
    return mime.with_crlf(raw), thread_id


def send(call: Call, raw: bytes, thread_id: str | None) -> stored.Stored:
    """Send the mail `raw` of the caller now: keep it, and deliver it to everybody.

    Raises Gmail's 400 for recipients that are missing or unreadable, and 429 over the daily cap.
    """
    to, owner = mime.recipients(raw), call.user
    if not to:
        raise bad_request("Recipient address required", "invalidArgument")
    _spend(call.db, owner, len(to), call.now)
    kept = mime.stamp(raw, account=owner, at=call.now)
    labels = ("UNREAD", "SENT", "INBOX") if owner.lower() in to else ("SENT",)
    message = stored.add(call.db, owner, kept, call.now, labels=labels, thread_id=thread_id)
    delivered = mime.without_bcc(kept)
    mailboxes.deliver(call.db, to, delivered, call.now)
    receive(call.db, set(to) - {owner.lower()}, delivered, call.now)
    return message


def send_draft(call: Call, draft: stored.Stored, raw: bytes) -> stored.Stored:
    """Send a draft with the text `raw`: the draft is gone, its thread has the sent message in its place."""
    message = send(replace(call, user=draft.account), raw, draft.thread_id)
    stored.remove(call.db, draft)
    return message


def receive(db: sqlite3.Connection, addresses: Iterable[str], raw: bytes, at: datetime) -> None:
    """Put a mail, unread, into the inbox of those addresses that have an account here."""
    query = "SELECT address FROM accounts WHERE address IN (SELECT value FROM json_each(?)) ORDER BY address"
    for (address,) in db.execute(query, (json.dumps([*addresses]),)).fetchall():
        stored.add(db, address, mailboxes.addressed(raw, address), at, labels=("UNREAD", "INBOX"))


def _spend(db: sqlite3.Connection, account: str, recipients: int, at: datetime) -> None:
    """Count a mail to so many recipients; over the cap it is a 429 with the instant from which on it fits."""
    now = int(at.timestamp() * 1000)
    (per_day,) = db.execute("SELECT per_day FROM gmail_limit").fetchone()
    latest = "SELECT at, total FROM gmail_sends WHERE account = ? ORDER BY total DESC LIMIT 1"
    last_at, total = db.execute(latest, (account,)).fetchone() or (0, 0)
    # It fits once the recipient of this number was written to a day ago.
    number = total + recipients - per_day
    query = "SELECT at FROM gmail_sends WHERE account = ? AND total >= ? ORDER BY total LIMIT 1"
    (since,) = db.execute(query, (account, number)).fetchone() or (now,)
    if number > 0 and since + _DAY > now:
        retry_after = datetime.fromtimestamp((since + _DAY) / 1000, UTC).isoformat(timespec="milliseconds")
        text = f"User-rate limit exceeded.  Retry after {retry_after.replace('+00:00', 'Z')}"
        raise ApiError(429, "rateLimitExceeded", text)
    db.execute("INSERT INTO gmail_sends VALUES (?, ?, ?)", (account, max(now, last_at), total + recipients))
