"""users.drafts: create, update, get, list, send and delete. A draft can be sent once: then its id is gone."""

import re
import secrets

from local_workspace.call import Call, Json
from local_workspace.errors import bad_request, not_found
from local_workspace.gmail import messages, mime, sending, stored


def create(call: Call) -> Json:
    """users.drafts.create: keep the mail in `message.raw`, or the uploaded one; nothing is delivered."""
    return _keep(call, *sending.given(call), f"r{secrets.randbelow(9 * 10**18) + 10**18}")


def update(call: Call) -> Json:
    """users.drafts.update: put another mail into a draft; its message gets a new id.

    It moves to a thread of its own, or to that which it answers, when its subject is another one.
    """
    draft, (raw, thread_id) = _draft(call, call.params["id"]), sending.given(call)
    if stored.subject_key(raw) == stored.subject_key(draft.raw):
        thread_id = thread_id or draft.thread_id
    stored.remove(call.db, draft)
    return _keep(call, raw, thread_id, call.params["id"])


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
    draft = _draft(call, body["id"])
    is_given = call.media is not None or (body.get("message") or {}).get("raw")
    return messages.summary(
        sending.send_draft(call, draft, sending.given(call)[0] if is_given else draft.raw)
    )


def delete(call: Call) -> None:
    """users.drafts.delete: gone at once and for good; 404 once sent or deleted."""
    stored.remove(call.db, _draft(call, call.params["id"]))


def _keep(call: Call, raw: bytes, thread_id: str | None, draft_id: str) -> Json:
    mime.recipients(raw)  # what cannot be read is refused here already
    kept, where = (
        mime.stamp(raw, account=call.user, at=call.now),
        {"thread_id": thread_id, "draft_id": draft_id},
    )
    draft = stored.add(call.db, call.user, kept, call.now, labels=("DRAFT",), **where)
    return {"id": draft.draft_id, "message": messages.summary(draft)}


def _draft(call: Call, draft_id: str) -> stored.Stored:
    if not re.fullmatch(r"r-?[0-9]{1,19}", draft_id):
        raise bad_request("Invalid id value", "invalidArgument")
    draft = next(stored.find(call.db, account=call.user, draft_id=draft_id), None)
    if draft is None:
        raise not_found()
    return draft
