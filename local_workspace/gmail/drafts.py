"""users.drafts: create, update, get, list, send and delete. A draft can be sent once: then its id is gone."""

import re

from local_workspace.call import Call, Json
from local_workspace.errors import bad_request, not_found
from local_workspace.gmail import messages, mime, sending, stored
from local_workspace.gmail.users import account


def create(call: Call) -> Json:
    """users.drafts.create: keep the mail in `message.raw`, or the uploaded one; nothing is delivered."""
    message = (call.body or {}).get("message")
    return _keep(call, sending.thread_of(call, message), stored.new_draft_id())


def update(call: Call) -> Json:
    """users.drafts.update: put another mail into a draft; its message gets a new id.

    It moves to a thread of its own, or to that which it answers, when its subject is another one.
    """
    draft = _draft(call, call.params["id"])
    message = (call.body or {}).get("message")
    raw = sending.raw_of(call, message)
    same = stored.subject_key(mime.field(raw, "subject")) == stored.subject_key(
        mime.field(draft.raw, "subject")
    )
    thread = sending.thread_of(call, message) or (draft.thread_id if same else None)
    stored.remove(call.db, draft)
    return _keep(call, thread, call.params["id"])


def get(call: Call) -> Json:
    """users.drafts.get: one draft with its message in the format asked for; 404 once sent or deleted."""
    draft = _draft(call, call.params["id"])
    return {"id": draft.draft_id, "message": messages.resource(call, draft)}


def list_(call: Call) -> Json:
    """users.drafts.list: ids, newest first."""
    return messages.page(
        call,
        "drafts",
        messages.matching(call, "DRAFT"),
        lambda draft: {"id": draft.draft_id, "message": {"id": draft.id, "threadId": draft.thread_id}},
    )


def send(call: Call) -> Json:
    """users.drafts.send: deliver the draft named by `id`, with another text where one is given."""
    body = call.body or {}
    if not body.get("id"):
        raise bad_request("Missing draft id", "invalidArgument")
    draft, message = _draft(call, body["id"]), body.get("message") or {}
    given = message.get("raw") or call.media is not None
    return messages.summary(
        sending.send_draft(call, draft, sending.raw_of(call, message) if given else draft.raw)
    )


def delete(call: Call) -> None:
    """users.drafts.delete: gone at once and for good; 404 once sent or deleted."""
    stored.remove(call.db, _draft(call, call.params["id"]))


def _keep(call: Call, thread_id: str | None, draft_id: str) -> Json:
    owner, raw = account(call), sending.raw_of(call, (call.body or {}).get("message"))
    sending.recipients(raw)
    place = stored.Place(("DRAFT",), thread_id, draft_id)
    draft = stored.add(call.db, owner, mime.stamp(raw, account=owner, at=call.now), call.now, place)
    return {"id": draft.draft_id, "message": messages.summary(draft)}


def _draft(call: Call, draft_id: str) -> stored.Stored:
    if not re.fullmatch(r"r-?[0-9]{1,19}", draft_id):
        raise bad_request("Invalid id value", "invalidArgument")
    draft = stored.by_draft_id(call.db, draft_id, account(call))
    if draft is None:
        raise not_found()
    return draft
