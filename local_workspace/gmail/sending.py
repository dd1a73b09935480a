"""What saving and sending share: Gmail's checks, the sender's own copy, delivery to the recipients."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from local_workspace import mailboxes
from local_workspace.call import Json
from local_workspace.errors import ApiError, bad_request, not_found
from local_workspace.gmail import limits, mime, stored

_NO_RAW = "'raw' RFC822 payload message string or uploading message via /upload/* URL required"


def raw_of(message: Json | None) -> bytes:
    """The mail in a Message of a request body. Raises Gmail's 400 when it has none."""
    text = (message or {}).get("raw")
    if not text:
        raise _invalid(_NO_RAW)
    return mime.decode_base64url(text)


def thread_of(db: sqlite3.Connection, account: str, message: Json | None) -> str | None:
    """The thread a request wants its message in, None for a new one. Raises 404 when there is none such."""
    thread_id: str | None = (message or {}).get("threadId")
    if thread_id and not stored.has_thread(db, account, thread_id):
        raise not_found()
    return thread_id or None


def recipients(raw: bytes) -> list[str]:
    """The addresses of To, Cc and Bcc. Raises Gmail's 400 "Invalid To header" (Cc, Bcc) for anything else."""
    try:
        return mime.recipients(raw)
    except mime.InvalidAddress as error:
        raise _invalid(f"Invalid {error} header") from error


def send(
    db: sqlite3.Connection, account: str, raw: bytes, at: datetime, thread_id: str | None
) -> stored.Stored:
    """Send the mail `raw` of the account at the aware instant `at`: keep it, and deliver it to everybody.

    Raises Gmail's 400 for recipients that are missing or unreadable, and 429 over the daily cap.
    """
    to = recipients(raw)
    if not to:
        raise _invalid("Recipient address required")
    limits.spend(db, account, len(to), at)
    kept = mime.stamp(raw, account=account, at=at)
    to_itself = account.lower() in (address.lower() for address in to)
    labels = ("UNREAD", "SENT", "INBOX") if to_itself else ("SENT",)
    message = stored.add(db, account, kept, at, stored.Place(labels, thread_id))
    mailboxes.deliver(db, to, mime.without_bcc(kept), at)
    return message


def send_draft(db: sqlite3.Connection, draft: stored.Stored, raw: bytes, at: datetime) -> stored.Stored:
    """Send a draft with the text `raw`: the draft is gone, its thread has the sent message in its place."""
    message = send(db, draft.account, raw, at, draft.thread_id)
    stored.remove(db, draft)
    return message


def _invalid(message: str) -> ApiError:
    return bad_request(message, "invalidArgument")
