"""users.drafts: create, update, get, list, send and delete. A draft can be sent once: then its id is gone."""

import secrets

from local_workspace.call import Call, Json
from local_workspace.gmail import messages, mime, sending, stored


def create(call: Call) -> Json:
    """users.drafts.create: keep the mail in `message.raw`, or the uploaded one; nothing is delivered."""
    return _keep(call, *sending.given(call), f"r{secrets.randbelow(9 * 10**18) + 10**18}")


def update(call: Call) -> Json:
    """users.drafts.update: put another mail into a draft; under another subject it leaves its thread."""
    draft, (raw, thread_id) = _draft(call), sending.given(call)
    if stored.subject_key(raw) == stored.subject_key(draft.raw):
        thread_id = thread_id or draft.thread_id
    stored.remove(call.db, draft)
    return _keep(call, raw, thread_id, call.params["id"])


def get(call: Call) -> Json:
    """users.drafts.get: one draft with its message in the format asked for; 404 once sent or deleted."""
    draft = _draft(call)
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
    draft = _draft(call)
    is_given = call.media is not None or ((call.body or {}).get("message") or {}).get("raw")
    sent = sending.send_draft(call, draft, sending.given(call)[0] if is_given else draft.raw)
    return messages.summary(sent)


def delete(call: Call) -> None:
    """users.drafts.delete: gone at once and for good; 404 once sent or deleted."""
    stored.remove(call.db, _draft(call))


def _keep(call: Call, raw: bytes, thread_id: str | None, draft_id: str) -> Json:
    mime.recipients(raw)  # what cannot be read is refused here already
    kept = mime.stamp(raw, account=call.user, at=call.now)
    draft = stored.add(call, call.user, kept, ["DRAFT"], thread_id, draft_id)
    return {"id": draft.draft_id, "message": messages.summary(draft)}


def _draft(call: Call) -> stored.Stored:
    wanted = call.params.get("id") or (call.body or {}).get("id") or ""
    return stored.named(call, "draft_id", wanted)[0]
