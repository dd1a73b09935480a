"""What saving and sending share: Gmail's checks and daily cap, the sender's own copy, the delivery.

Nothing ever leaves the machine: what Gmail and Calendar send is kept for /local/mailboxes to show.
"""

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from local_workspace.call import Call, Json
from local_workspace.errors import ApiError, bad_request
from local_workspace.gmail import mime, stored

SCHEMA = """
CREATE TABLE IF NOT EXISTS mails (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,        -- on the workspace clock
    kind TEXT NOT NULL,      -- mail, invitation, update or cancellation
    extra TEXT NOT NULL,     -- JSON
    recipients TEXT NOT NULL,  -- JSON, in lower case
    raw BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS gmail_sends (
    account TEXT NOT NULL,
    at INTEGER NOT NULL,     -- ms since 1970 UTC on the workspace clock, never before the send before it
    total INTEGER NOT NULL,  -- the recipients the account has ever written to, these included
    PRIMARY KEY (account, total)
) WITHOUT ROWID;
"""
_LARGEST = 36_700_160  # bytes of a mail to send: what the discovery document says of uploads
_DAY = 86_400_000  # ms


def given(call: Call) -> tuple[bytes, str | None]:
    """Return a request's mail, uploaded or as `raw`, and its thread. 400 without, 413 when too large."""
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
    if thread_id:
        stored.named(call, "thread_id", thread_id)
    return mime.with_crlf(raw), thread_id


def send(call: Call, raw: bytes, thread_id: str | None) -> stored.Stored:
    """Send a mail of the caller's now. 400 for missing or unreadable recipients, 429 over the daily cap."""
    to = mime.recipients(raw)
    if not to:
        raise bad_request("Recipient address required", "invalidArgument")
    _spend(call, len(to))
    kept = mime.stamp(raw, account=call.user, at=call.now)
    labels = ["UNREAD", "SENT", "INBOX"] if call.user.lower() in to else ["SENT"]
    message = stored.add(call, call.user, kept, labels, thread_id)
    deliver(call, to, mime.without_bcc(kept))
    return message


def send_draft(call: Call, draft: stored.Stored, raw: bytes) -> stored.Stored:
    """Send a draft with the text `raw`: the draft is gone, its thread has the sent message in its place."""
    message = send(replace(call, user=draft.account), raw, draft.thread_id)
    stored.remove(call.db, draft)
    return message


def deliver(call: Call, to: Iterable[str], raw: bytes, kind: str = "mail", extra: Json | None = None) -> None:
    """Put a mail into the mailboxes `to`, and the inboxes of accounts there; `extra` is shown beside it."""
    recipients = json.dumps([address.lower() for address in to])
    query = "INSERT INTO mails (at, kind, extra, recipients, raw) VALUES (?, ?, ?, ?, ?)"
    call.db.execute(query, (call.now.isoformat(), kind, json.dumps(extra), recipients, raw))
    query = "SELECT address FROM json_each(?) JOIN accounts ON address = value WHERE address != ?"
    for (address,) in call.db.execute(query, (recipients, call.user)).fetchall():
        stored.add(call, address, addressed(raw, kind, address), ["UNREAD", "INBOX"])


def addressed(raw: bytes, kind: str, address: str) -> bytes:
    """Return a mail as one of its recipients gets it: Calendar writes to each of them alone."""
    return raw if kind == "mail" else f"To: {address}\r\n".encode() + raw


def _spend(call: Call, recipients: int) -> None:
    """Count a mail to so many recipients; over the cap it is a 429 with the instant from which on it fits."""
    now = int(call.now.timestamp() * 1000)
    (per_day,) = call.db.execute("SELECT recipients_per_day FROM gmail_state").fetchone()
    latest = "SELECT at, total FROM gmail_sends WHERE account = ? ORDER BY total DESC LIMIT 1"
    last_at, total = call.db.execute(latest, (call.user,)).fetchone() or (0, 0)
    # It fits once the recipient of this number was written to a day ago.
    number = total + recipients - per_day
    query = "SELECT at FROM gmail_sends WHERE account = ? AND total >= ? ORDER BY total LIMIT 1"
    (since,) = call.db.execute(query, (call.user, number)).fetchone() or (now,)
    if number > 0 and since + _DAY > now:
        retry_after = datetime.fromtimestamp((since + _DAY) / 1000, UTC).isoformat(timespec="milliseconds")
        text = f"User-rate limit exceeded.  Retry after {retry_after.replace('+00:00', 'Z')}"
        raise ApiError(429, "rateLimitExceeded", text)
    row = (call.user, max(now, last_at), total + recipients)
    call.db.execute("INSERT INTO gmail_sends VALUES (?, ?, ?)", row)
