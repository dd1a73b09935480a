"""users.messages: send, get and list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from local_workspace.call import Call, Json
from local_workspace.errors import bad_request, forbidden, not_found
from local_workspace.gmail import mime, payload, search, sending, stored
from local_workspace.gmail.users import account

_LARGEST_PAGE = 500
_READING = {
    "https://mail.google.com/",
    "https://www.googleapis.com/auth/gmail.modify",
    "https://www.googleapis.com/auth/gmail.readonly",
}


def send(call: Call) -> Json:
    """users.messages.send: deliver the mail in `raw` now."""
    owner = account(call)
    raw = sending.raw_of(call.body)
    thread_id = sending.thread_of(call.db, owner, call.body)
    return summary(sending.send(call.db, owner, raw, call.now, thread_id))


def get(call: Call) -> Json:
    """users.messages.get: one message, a draft's too, in the format asked for."""
    wanted = call.params.get("format", "full")
    if _metadata_only(call) and wanted in ("full", "raw"):
        raise forbidden(f"Metadata scope doesn't allow format {wanted.upper()}")
    message_id = call.params["id"]
    if not re.fullmatch(r"[0-9a-f]{1,16}", message_id):
        raise bad_request("Invalid id value", "invalidArgument")
    message = stored.by_id(call.db, account(call), message_id)
    if message is None:
        raise not_found()
    return resource(message, wanted, call.params.get("metadataHeaders"))


def list_(call: Call) -> Json:
    """users.messages.list: ids and threads, newest first, with every label and condition asked for."""
    query, labels = call.params.get("q"), set(call.params.get("labelIds") or ())
    if query and _metadata_only(call):
        raise forbidden("Metadata scope does not support 'q' parameter")
    terms = search.parse(query or "")
    messages = stored.newest_first(call.db, account(call), before=page_start(call))
    found = (one for one in messages if labels <= set(one.labels) and search.matches(one, terms))
    return page(call, "messages", found, lambda one: {"id": one.id, "threadId": one.thread_id})


def resource(message: stored.Stored, wanted: str, headers: list[str] | None = None) -> Json:
    """A Message in the format `wanted`: minimal, metadata (with those `headers` or all), full or raw."""
    shown: dict[str, Any] = {
        **summary(message),
        "snippet": message.snippet,
        "sizeEstimate": len(message.raw),
        "historyId": str(message.seq),
        "internalDate": str(message.internal_date),
    }
    if wanted == "raw":
        shown["raw"] = mime.encode_base64url(message.raw)
    elif wanted == "full":
        shown["payload"] = payload.payload(message.raw)
    elif wanted == "metadata":
        shown["payload"] = payload.head(message.raw, headers)
    return shown


def summary(message: stored.Stored) -> Json:
    """A Message as the answers to sending and saving have it."""
    return {"id": message.id, "threadId": message.thread_id, "labelIds": list(message.labels)}


def page_start(call: Call) -> int | None:
    """The history number that the page asked for lies below; None for the first page."""
    token = call.params.get("pageToken")
    if token is None:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", token):
        raise bad_request("Invalid pageToken", "invalidArgument")
    return int(token)


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


def _metadata_only(call: Call) -> bool:
    """Whether the token may see labels and headers, but no text."""
    return not call.scopes & _READING
