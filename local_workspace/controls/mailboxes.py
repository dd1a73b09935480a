"""/local/mailboxes, /local/drafts, /local/gmail, /local/discord: what was mailed, a hand on the drafts."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message

from local_workspace import discord, mailboxes
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import bad_request, not_found
from local_workspace.gmail import limits, messages, mime, payload, sending, stored

_MOST = 1_000_000  # recipients in a day


def addresses(call: Call) -> Json:
    """GET /local/mailboxes: every address that got mail, with the number of its mails."""
    return {"addresses": mailboxes.counts(call.db)}


def mails(call: Call) -> Json:
    """GET /local/mailboxes/{address}: its mails decoded, oldest first; an unknown address has none."""
    return {"mails": [_shown(one) for one in mailboxes.deliveries(call.db, call.params["address"])]}


def empty(call: Call) -> Json:
    """DELETE /local/mailboxes: empty every mailbox."""
    mailboxes.clear(call.db)
    return {}


def drafts(call: Call) -> Json:
    """GET /local/drafts: the drafts that wait in any account, decoded, oldest first."""
    return {
        "drafts": [
            {
                "id": draft.draft_id,
                "account": draft.account,
                "at": datetime.fromtimestamp(draft.internal_date / 1000, UTC).isoformat(),
                **decoded(draft.raw),
            }
            for draft in stored.drafts_of_everybody(call.db)
        ]
    }


def send_draft(call: Call) -> Json:
    """POST /local/drafts/{id}/send: send it as its owner would in Gmail's own page."""
    draft = _draft(call)
    return messages.summary(sending.send_draft(call, draft, draft.raw))


def discard_draft(call: Call) -> Json:
    """POST /local/drafts/{id}/discard: throw it away as its owner would in Gmail's own page."""
    stored.remove(call.db, _draft(call))
    return {}


def limit(call: Call) -> Json:
    """POST /local/gmail/limit {"per_day": n}: how many recipients an account may write to in 24 hours."""
    per_day = (call.body or {}).get("per_day")
    if isinstance(per_day, bool) or not isinstance(per_day, int) or not 0 <= per_day <= _MOST:
        raise bad_request(f'Say {{"per_day": n}} with a whole number from 0 to {_MOST}.')
    limits.set_per_day(call.db, per_day)
    return {"per_day": per_day}


def discord_invites(call: Call) -> Json:
    """GET /local/discord/invites: every invite that was made, oldest first, as Discord answered it."""
    return {"invites": discord.invites(call.db)}


def decoded(raw: bytes) -> Json:
    """A mail as people read it: headers (a repeated one's values in lines), text, html and attachments.

    `text` and `html` are null where the mail has none. The text of an attachment is null unless it is text
    or a calendar file.
    """
    headers: dict[str, str] = {}
    for name, value in mime.fields(raw):
        headers[name] = f"{headers[name]}\n{value}" if name in headers else value
    by_name = {name.lower(): value for name, value in headers.items()}
    message = message_from_bytes(raw)
    return {
        "from": by_name.get("from", ""),
        "to": by_name.get("to", ""),
        "subject": by_name.get("subject", ""),
        "headers": headers,
        "text": payload.text_of(message, "text/plain"),
        "html": payload.text_of(message, "text/html"),
        "attachments": [_attachment(part) for part in payload.attachments(message)],
    }


def _attachment(part: Message) -> Json:
    content_type = part.get_content_type()
    readable = content_type.startswith("text/") or content_type == "application/ics"
    return {
        "filename": payload.file_name(part),
        "content_type": content_type,
        "text": payload.part_text(part) if readable else None,
    }


def _shown(delivery: mailboxes.Delivery) -> Json:
    shown = {"seq": delivery.seq, "at": delivery.at.isoformat(), "kind": delivery.kind}
    return shown | decoded(delivery.raw) | {"extra": delivery.extra}


def _draft(call: Call) -> stored.Stored:
    draft = stored.by_draft_id(call.db, call.params["id"])
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
