"""What saving and sending share: Gmail's checks, the sender's own copy, delivery to the recipients."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from local_workspace import mailboxes
from local_workspace.call import Call, Json
from local_workspace.errors import ApiError, bad_request, not_found
from local_workspace.gmail import limits, mime, stored
from local_workspace.gmail.users import account

LARGEST = 36_700_160
"""The bytes that a mail to send may have: what the discovery document says of uploads."""


def raw_of(call: Call, message: Json | None) -> bytes:
    """The mail that was uploaded, or the one in a Message of the body. Raises Gmail's 400 without one."""
    text = (message or {}).get("raw")
    if call.media is None and not text:
        raise _invalid("'raw' RFC822 payload message string or uploading message via /upload/* URL required")
    raw = call.media if call.media is not None else mime.decode_base64url(text or "")
    if len(raw) > LARGEST:
        raise ApiError(413, "uploadTooLarge", "Request Entity Too Large")
    return raw


def thread_of(call: Call, message: Json | None) -> str | None:
    """The thread a request names for its message, None without one. Raises 404 when there is none such."""
    thread_id: str | None = (message or {}).get("threadId")
    if thread_id and not stored.has_thread(call.db, account(call), thread_id):
        raise not_found()
    return thread_id or None


def recipients(raw: bytes) -> list[str]:
    """The addresses of To, Cc and Bcc. Raises Gmail's 400 "Invalid To header" (Cc, Bcc) for anything else."""
    try:
        return mime.recipients(raw)
    except mime.InvalidAddress as error:
        raise _invalid(f"Invalid {error} header") from error


def send(call: Call, raw: bytes, thread_id: str | None) -> stored.Stored:
    """Send the mail `raw` of the caller now: keep it, and deliver it to everybody.

    Raises Gmail's 400 for recipients that are missing or unreadable, and 429 over the daily cap.
    """
    to, owner = recipients(raw), account(call)
    if not to:
        raise _invalid("Recipient address required")
    limits.spend(call.db, owner, len(to), call.now)
    kept = mime.stamp(raw, account=owner, at=call.now)
    to_itself = owner.lower() in (address.lower() for address in to)
    labels = ("UNREAD", "SENT", "INBOX") if to_itself else ("SENT",)
    message = stored.add(call.db, owner, kept, call.now, stored.Place(labels, thread_id))
    delivered = mime.without_bcc(kept)
    mailboxes.deliver(call.db, to, delivered, call.now)
    receive(call.db, {address.lower() for address in to} - {owner}, delivered, call.now)
    return message


def receive(db: sqlite3.Connection, addresses: Iterable[str], raw: bytes, at: datetime) -> None:
    """Put a mail into the inbox of those addresses that have an account here; one without To: is to each."""
    query = "SELECT address FROM accounts WHERE address IN (SELECT value FROM json_each(?)) ORDER BY address"
    for (address,) in db.execute(query, (json.dumps([*addresses]),)).fetchall():
        own = raw if mime.field(raw, "to") else f"To: {address}\r\n".encode() + raw
        stored.add(db, address, own, at, stored.Place(("UNREAD", "INBOX")))


def send_draft(call: Call, draft: stored.Stored, raw: bytes) -> stored.Stored:
    """Send a draft with the text `raw`: the draft is gone, its thread has the sent message in its place."""
    message = send(replace(call, user=draft.account), raw, draft.thread_id)
    stored.remove(call.db, draft)
    return message


def _invalid(message: str) -> ApiError:
    return bad_request(message, "invalidArgument")
