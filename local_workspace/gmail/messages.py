"""users.messages: send, insert, get, list, modify, trash, untrash, delete, and the batches of them."""

import re
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from local_workspace.call import Call, Json
from local_workspace.errors import bad_request, forbidden, not_found
from local_workspace.gmail import labels, mime, payload, search, sending, stored
from local_workspace.gmail.users import account

_LARGEST_PAGE = 500
_READING = {
    "https://mail.google.com/",
    "https://www.googleapis.com/auth/gmail.modify",
    "https://www.googleapis.com/auth/gmail.readonly",
}


def send(call: Call) -> Json:
    """users.messages.send: deliver the mail in `raw`, or the uploaded one, now."""
    raw = sending.raw_of(call, call.body)
    return summary(sending.send(call, raw, sending.thread_of(call, call.body)))


def insert(call: Call) -> Json:
    """users.messages.insert: keep a mail in the mailbox as it is, without sending it."""
    raw, body = sending.raw_of(call, call.body), call.body or {}
    place = stored.Place(tuple(body.get("labelIds") or ()), sending.thread_of(call, call.body))
    return summary(stored.add(call.db, account(call), mime.crlf(raw), call.now, place))


def get(call: Call) -> Json:
    """users.messages.get: one message, a draft's too, in the format asked for."""
    return resource(call, named(call))


def list_(call: Call) -> Json:
    """users.messages.list: ids and threads, newest first, with every label and condition asked for."""
    return page(call, "messages", matching(call), lambda one: {"id": one.id, "threadId": one.thread_id})


def modify(call: Call) -> Json:
    """users.messages.modify: put labels on and take labels off."""
    return summary(change_labels(call, [named(call)])[0])


def trash(call: Call) -> Json:
    """users.messages.trash: out of the inbox, into the trash."""
    return summary(stored.relabel(call.db, named(call), ["TRASH"], ["INBOX"]))


def untrash(call: Call) -> Json:
    """users.messages.untrash: out of the trash."""
    return summary(stored.relabel(call.db, named(call), [], ["TRASH"]))


def delete(call: Call) -> None:
    """users.messages.delete: gone at once and for good."""
    stored.remove(call.db, named(call))


def batch_modify(call: Call) -> None:
    """users.messages.batchModify: modify up to 1,000 messages alike."""
    change_labels(call, [named(call, one) for one in _ids(call)])


def batch_delete(call: Call) -> None:
    """users.messages.batchDelete: delete up to 1,000 messages; those that are not there do not matter."""
    for one in _ids(call):
        message = stored.by_id(call.db, account(call), one)
        if message is not None:
            stored.remove(call.db, message)


def resource(call: Call, message: stored.Stored) -> Json:
    """A Message in the format that the call wants: minimal, metadata (with metadataHeaders), full or raw."""
    wanted = call.params.get("format", "full")
    if _metadata_only(call) and wanted in ("full", "raw") and ".drafts." not in call.method:
        raise forbidden(f"Metadata scope doesn't allow format {wanted.upper()}")
    shown: dict[str, Any] = {
        **summary(message),
        "snippet": message.snippet,
        "sizeEstimate": len(message.raw),
        "historyId": str(message.history),
        "internalDate": str(message.internal_date),
    }
    if wanted == "raw":
        shown["raw"] = mime.encode_base64url(message.raw)
    elif wanted == "full":
        shown["payload"] = payload.payload(message.raw)
    elif wanted == "metadata":
        shown["payload"] = payload.head(message.raw, call.params.get("metadataHeaders"))
    return shown


def summary(message: stored.Stored) -> Json:
    """A Message as the answers to sending and saving have it."""
    return {"id": message.id, "threadId": message.thread_id, "labelIds": list(message.labels)}


def named(call: Call, message_id: str | None = None) -> stored.Stored:
    """The caller's message of that id, of the path's unless one is given; Gmail's 400 and 404 otherwise."""
    wanted = message_id or call.params.get("messageId") or call.params["id"]
    if not re.fullmatch(r"[0-9a-f]{1,16}", wanted):
        raise bad_request("Invalid id value", "invalidArgument")
    message = stored.by_id(call.db, account(call), wanted)
    if message is None:
        raise not_found()
    return message


def matching(call: Call, *more: str) -> Iterable[stored.Stored]:
    """The caller's messages that a list asks for, newest first, from its page on, all with the labels `more`.

    Spam and trash are left out, unless they are asked for.
    """
    query, owner = call.params.get("q") or "", account(call)
    if query and _metadata_only(call) and not more:
        raise forbidden("Metadata scope does not support 'q' parameter")
    wanted = search.parse(query, labels.ids_by_name(call.db, owner), call.now)
    tags = {*more, *(call.params.get("labelIds") or ())}
    named = {one.label for one in wanted if one.label is not None}
    shown = call.params.get("includeSpamTrash") or "" in named
    hidden = set() if shown else {"SPAM", "TRASH"} - tags - named
    # The label that is likely to be on the fewest messages, for its index.
    rarest = min(tags | named - {""}, key=lambda tag: (tag in {"INBOX", "SENT"}, tag), default=None)
    message_id = next((one.message_id for one in wanted if one.message_id), None)
    found = stored.newest_first(call.db, owner, before=_page_start(call), label=rarest, message_id=message_id)
    return (
        one
        for one in found
        if tags <= set(one.labels) and hidden.isdisjoint(one.labels) and search.matches(one, wanted)
    )


def page(
    call: Call, name: str, found: Iterable[stored.Stored], shown: Callable[[stored.Stored], Json]
) -> Json:
    """One page of a list under `name`, of at most maxResults; the estimate counts no further than it."""
    size = min(max(call.params.get("maxResults", 100), 1), _LARGEST_PAGE)
    messages = list(islice(found, size + 1))
    answer: Json = {"resultSizeEstimate": len(messages)}
    if messages:
        answer[name] = [shown(message) for message in messages[:size]]
    if len(messages) > size:
        answer["nextPageToken"] = str(messages[size - 1].seq)
    return answer


def change_labels(call: Call, messages: list[stored.Stored]) -> list[stored.Stored]:
    """Put the body's addLabelIds on every message, and take its removeLabelIds off."""
    body = call.body or {}
    add, remove = body.get("addLabelIds") or [], body.get("removeLabelIds") or []
    labels.check_change(call, add, remove)
    return [stored.relabel(call.db, message, add, remove) for message in messages]


def _page_start(call: Call) -> int:
    """The history number that the page asked for lies below."""
    token = call.params.get("pageToken", str(2**62))
    if not re.fullmatch(r"[0-9]{1,19}", token):
        raise bad_request("Invalid pageToken", "invalidArgument")
    return min(int(token), 2**62)


def _ids(call: Call) -> list[str]:
    ids: list[str] = (call.body or {}).get("ids") or []
    if not 1 <= len(ids) <= 1000:
        raise bad_request(
            "No message ids specified" if not ids else "Too many message ids", "invalidArgument"
        )
    return ids


def _metadata_only(call: Call) -> bool:
    """Whether the token may see labels and headers, but no text."""
    return not call.scopes & _READING
