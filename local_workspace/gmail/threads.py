"""users.threads: conversations, each under the id of its first message."""

import re

from local_workspace.call import Call, Json
from local_workspace.errors import bad_request, not_found
from local_workspace.gmail import messages, stored
from local_workspace.gmail.users import account


def get(call: Call) -> Json:
    """users.threads.get: a thread with its messages, oldest first, in the format asked for."""
    return _shown(call, _named(call))


def list_(call: Call) -> Json:
    """users.threads.list: the threads that hold a message asked for, by the newest such message."""
    seen: set[str] = set()
    # A thread stands where its newest match does; for older ones it may stand on a later page again.
    firsts = (
        one
        for one in messages.matching(call)
        if one.thread_id not in seen and not seen.add(one.thread_id)  # type: ignore[func-returns-value]
    )
    return messages.page(
        call,
        "threads",
        firsts,
        lambda one: {"id": one.thread_id, "snippet": one.snippet, "historyId": str(one.history)},
    )


def modify(call: Call) -> Json:
    """users.threads.modify: put labels on all its messages, and take labels off."""
    return _summary(messages.change_labels(call, _named(call)))


def trash(call: Call) -> Json:
    """users.threads.trash: out of the inbox, into the trash."""
    return _summary([stored.relabel(call.db, one, ["TRASH"], ["INBOX"]) for one in _named(call)])


def untrash(call: Call) -> Json:
    """users.threads.untrash: out of the trash."""
    return _summary([stored.relabel(call.db, one, [], ["TRASH"]) for one in _named(call)])


def delete(call: Call) -> None:
    """users.threads.delete: gone at once and for good."""
    for message in _named(call):
        stored.remove(call.db, message)


def _named(call: Call) -> list[stored.Stored]:
    if not re.fullmatch(r"[0-9a-f]{1,16}", call.params["id"]):
        raise bad_request("Invalid id value", "invalidArgument")
    found = stored.thread(call.db, account(call), call.params["id"])
    if not found:
        raise not_found()
    return found


def _shown(call: Call, found: list[stored.Stored]) -> Json:
    shown = [messages.resource(call, message) for message in found]
    history = max(message.history for message in found)
    return {"id": found[0].thread_id, "historyId": str(history), "messages": shown}


def _summary(found: list[stored.Stored]) -> Json:
    return {"id": found[0].thread_id, "messages": [messages.summary(message) for message in found]}
