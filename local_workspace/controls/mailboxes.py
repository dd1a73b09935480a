"""/local/mailboxes, /local/drafts, /local/gmail, /local/discord: what was mailed, a hand on the drafts."""

import json
from email import message_from_bytes
from email.message import Message

from local_workspace import discord
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import bad_request, not_found
from local_workspace.gmail import messages, mime, sending, stored


def addresses(call: Call) -> Json:
    """GET /local/mailboxes: every address that got mail, with the number of its mails."""
    query = "SELECT value, COUNT(*) FROM mails, json_each(recipients) GROUP BY value ORDER BY value"
    return {"addresses": {address: count for address, count in call.db.execute(query)}}


def mails(call: Call) -> Json:
    """GET /local/mailboxes/{address}: its mails decoded, oldest first; an unknown address has none."""
    address = call.params["address"].lower()
    query = "SELECT mails.* FROM mails, json_each(recipients) WHERE value = ? ORDER BY seq"
    return {
        "mails": [
            {"seq": seq, "at": at, "kind": kind, "extra": json.loads(extra)}
            | decoded(sending.addressed(raw, kind, address))
            for seq, at, kind, extra, _, raw in call.db.execute(query, (address,))
        ]
    }


def empty(call: Call) -> Json:
    """DELETE /local/mailboxes: empty every mailbox; what Gmail keeps stays."""
    call.db.execute("DELETE FROM mails")
    return {}


def drafts(call: Call) -> Json:
    """GET /local/drafts: the drafts that wait in any account, decoded, oldest first."""
    waiting = [*stored.find(call.db, label="DRAFT")][::-1]
    return {"drafts": [{"id": one.draft_id, "account": one.account} | decoded(one.raw) for one in waiting]}


def send_draft(call: Call) -> Json:
    """POST /local/drafts/{id}/send {"to": address}: as its owner would in Gmail, who may type a recipient."""
    draft, to = _draft(call), (call.body or {}).get("to")
    raw = draft.raw if to is None else f"To: {to}\r\n".encode() + draft.raw
    return messages.summary(sending.send_draft(call, draft, raw))


def discard_draft(call: Call) -> Json:
    """POST /local/drafts/{id}/discard: throw it away as its owner would in Gmail's own page."""
    stored.remove(call.db, _draft(call))
    return {}


def limit(call: Call) -> Json:
    """POST /local/gmail/limit {"per_day": n}: how many recipients an account may write to in 24 hours."""
    per_day = (call.body or {}).get("per_day")
    if type(per_day) is not int or not 0 <= per_day <= 1_000_000:
        raise bad_request('Say {"per_day": n} with a whole number from 0 to 1000000.')
    call.db.execute("UPDATE gmail_state SET recipients_per_day = ?", (per_day,))
    return {"per_day": per_day}


def discord_invites(call: Call) -> Json:
    """GET /local/discord/invites: every invite that was made, oldest first, as Discord answered it."""
    return {"invites": discord.invites(call.db)}


def decoded(raw: bytes) -> Json:
    """Return a mail as people read it; `text` and `html` are null where it has none."""
    message = message_from_bytes(raw)
    return {name: mime.field(raw, name) for name in ("from", "to", "subject")} | {
        "headers": {one["name"]: one["value"] for one in mime.fields(raw)},
        "text": mime.text_of(message, "text/plain"),
        "html": mime.text_of(message, "text/html"),
        "attachments": [_attached(part) for part in mime.files(message).values()],
    }


def _attached(part: Message) -> Json:
    """Return a file of a mail; its text is null unless it is text or a calendar file."""
    kind = part.get_content_type()
    text = mime.part_text(part) if kind.startswith("text/") or kind == "application/ics" else None
    return {"filename": mime.file_name(part), "content_type": kind, "text": text}


def _draft(call: Call) -> stored.Stored:
    draft = next(stored.find(call.db, draft_id=call.params["id"]), None)
    if draft is None:
        raise not_found(f"There is no draft {call.params['id']}: it was sent or discarded, or never made.")
    return draft


ROUTES: Routes = {
    ("GET", "/local/mailboxes"): addresses,
    ("GET", "/local/mailboxes/{address}"): mails,
    ("DELETE", "/local/mailboxes"): empty,
    ("GET", "/local/drafts"): drafts,
    ("POST", "/local/drafts/{id}/send"): send_draft,
    ("POST", "/local/drafts/{id}/discard"): discard_draft,
    ("POST", "/local/gmail/limit"): limit,
    ("GET", "/local/discord/invites"): discord_invites,
}
