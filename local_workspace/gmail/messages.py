"""users.messages, and what changes threads: a thread is changed as its messages are, all at once."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from email import message_from_bytes
from itertools import islice

from local_workspace.call import Call, Json
from local_workspace.errors import bad_request
from local_workspace.gmail import labels, mime, search, sending, stored
from local_workspace.gmail.stored import Stored


def send(call: Call) -> Json:
    """users.messages.send: deliver the mail in `raw`, or the uploaded one, now."""
    return summary(sending.send(call, *sending.given(call)))


def insert(call: Call) -> Json:
    """users.messages.insert: keep a mail in the mailbox as it is, without sending it."""
    raw, thread_id = sending.given(call)
    return summary(stored.add(call, call.user, raw, (call.body or {}).get("labelIds") or [], thread_id))


def get(call: Call) -> Json:
    """users.messages.get: one message, a draft's too, in the format asked for."""
    return resource(call, named(call)[0])


def get_attachment(call: Call) -> Json:
    """users.messages.attachments.get: the content of one file, by the id that the payload names."""
    message = stored.named(call, "id", call.params["messageId"])[0]
    part = mime.files(message_from_bytes(message.raw)).get(call.params["id"])
    if part is None:
        raise bad_request("Invalid attachment token", "invalidArgument")
    content = mime.part_bytes(part)
    return {"size": len(content), "data": urlsafe_b64encode(content).decode()}


def list_(call: Call) -> Json:
    """users.messages.list: ids and threads, newest first, with every label and condition asked for."""
    return page(call, "messages", matching(call), lambda one: {"id": one.id, "threadId": one.thread_id})


def modify(call: Call) -> Json:
    """users.messages.modify, users.threads.modify: put labels on and take labels off."""
    body = call.body or {}
    add, remove = body.get("addLabelIds") or [], body.get("removeLabelIds") or []
    labels.check_change(call, add, remove)
    return _relabelled(call, add, remove)


def trash(call: Call) -> Json:
    """users.messages.trash, users.threads.trash: out of the inbox, into the trash."""
    return _relabelled(call, ["TRASH"], ["INBOX"])


def untrash(call: Call) -> Json:
    """users.messages.untrash, users.threads.untrash: out of the trash."""
    return _relabelled(call, [], ["TRASH"])


def delete(call: Call) -> None:
    """users.messages.delete, users.threads.delete: gone at once and for good."""
    for message in named(call):
        stored.remove(call.db, message)


def named(call: Call) -> list[Stored]:
    """Return the message, or those of the thread, oldest first, that the path names. Raises 400 and 404."""
    return stored.named(call, "thread_id" if ".threads." in call.method else "id", call.params["id"])


def resource(call: Call, message: Stored) -> Json:
    """Return a Message in the format that the call wants: minimal, metadata, full or raw."""
    shown = summary(message) | {
        "snippet": message.snippet,
        "sizeEstimate": len(message.raw),
        "historyId": str(message.history),
        "internalDate": str(message.internal_date),
    }
    match call.params.get("format", "full"):
        case "raw":
            shown["raw"] = urlsafe_b64encode(message.raw).decode()
        case "full":
            shown["payload"] = mime.payload(message.raw)
        case "metadata":
            shown["payload"] = mime.head(message.raw, call.params.get("metadataHeaders", ()))
    return shown


def summary(message: Stored) -> Json:
    """Return a Message as the answers to sending and saving have it."""
    return {"id": message.id, "threadId": message.thread_id, "labelIds": list(message.labels)}


def matching(call: Call, *more: str) -> Iterable[Stored]:
    """Find the messages that a list asks for, with the labels `more` too, newest first from its page on."""
    query, token = call.params.get("q") or "", call.params.get("pageToken", str(2**62))
    if not re.fullmatch(r"[0-9]{1,19}", token):
        raise bad_request("Invalid pageToken", "invalidArgument")
    wanted = [search.labelled(label) for label in (*more, *(call.params.get("labelIds") or ()))]
    wanted += search.parse(query, labels.ids_by_name(call), call.now)
    columns = [one.column for one in wanted if one.column]
    # Spam and trash are left out, unless they are asked for.
    is_all = call.params.get("includeSpamTrash") or "in:anywhere" in query.lower()
    hidden = set() if is_all else {"SPAM", "TRASH"} - {column.get("label") for column in columns}
    # Almost every message is in the inbox or sent: any other index is worth more.
    columns.sort(key=lambda column: column.get("label") in ("INBOX", "SENT"))
    index = columns[0] if columns else {}
    found = stored.find(call.db, min(int(token), 2**62), account=call.user, **index)
    return (one for one in found if hidden.isdisjoint(one.labels) and all(test.holds(one) for test in wanted))


def page(call: Call, name: str, found: Iterable[Stored], shown: Callable[[Stored], Json]) -> Json:
    """Return one page of a list under `name`, of at most maxResults; the estimate counts no further."""
    size = min(max(call.params.get("maxResults", 100), 1), 500)
    messages = [*islice(found, size + 1)]
    answer: Json = {"resultSizeEstimate": len(messages)}
    if messages:
        answer[name] = [shown(message) for message in messages[:size]]
    if len(messages) > size:
        answer["nextPageToken"] = str(messages[size - 1].seq)
    return answer


def _relabelled(call: Call, add: list[str], remove: list[str]) -> Json:
    """Change the labels of the message or thread, and answer with it."""
    changed = [summary(stored.relabel(call.db, message, add, remove)) for message in named(call)]
    return {"id": changed[0]["threadId"], "messages": changed} if ".threads." in call.method else changed[0]
