"""users.drafts: create, get, list, send and delete. A draft can be sent once: then its id is gone."""

from __future__ import annotations

import re

from local_workspace.call import Call, Json
from local_workspace.errors import bad_request, not_found
from local_workspace.gmail import messages, mime, search, sending, stored
from local_workspace.gmail.users import account


def create(call: Call) -> Json:
    """users.drafts.create: keep the mail in `message.raw`; nothing is delivered."""
    owner = account(call)
    message = (call.body or {}).get("message")
    raw = sending.raw_of(message)
    sending.recipients(raw)
    place = stored.Place(("DRAFT",), sending.thread_of(call.db, owner, message), stored.new_draft_id())
    draft = stored.add(call.db, owner, mime.stamp(raw, account=owner, at=call.now), call.now, place)
    return {"id": draft.draft_id, "message": messages.summary(draft)}


def get(call: Call) -> Json:
    """users.drafts.get: one draft with its message in the format asked for; 404 once sent or deleted."""
    draft = _draft(call, call.params["id"])
    return {"id": draft.draft_id, "message": messages.resource(draft, call.params.get("format", "full"))}


def list_(call: Call) -> Json:
    """users.drafts.list: ids, newest first."""
    terms = search.parse(call.params.get("q") or "")
    drafts = stored.newest_first(call.db, account(call), before=messages.page_start(call), drafts=True)
    found = (draft for draft in drafts if search.matches(draft, terms))
    return messages.page(
        call,
        "drafts",
        found,
        lambda draft: {"id": draft.draft_id, "message": {"id": draft.id, "threadId": draft.thread_id}},
    )


def send(call: Call) -> Json:
    """users.drafts.send: deliver the draft named by `id`, with the text of `message.raw` where given."""
    body = call.body or {}
    if not body.get("id"):
        raise bad_request("Missing draft id", "invalidArgument")
    draft = _draft(call, body["id"])
    message = body.get("message") or {}
    raw = sending.raw_of(message) if message.get("raw") else draft.raw
    return messages.summary(sending.send_draft(call.db, draft, raw, call.now))


def delete(call: Call) -> None:
    """users.drafts.delete: gone at once and for good; 404 once sent or deleted."""
    stored.remove(call.db, _draft(call, call.params["id"]))


def _draft(call: Call, draft_id: str) -> stored.Stored:
    if not re.fullmatch(r"r-?[0-9]{1,19}", draft_id):
        raise bad_request("Invalid id value", "invalidArgument")
    draft = stored.by_draft_id(call.db, account(call), draft_id)
    if draft is None:
        raise not_found()
    return draft
