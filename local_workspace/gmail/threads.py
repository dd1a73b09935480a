"""users.threads: conversations, each under the id of its first message."""

from local_workspace.call import Call, Json
from local_workspace.gmail import messages
from local_workspace.gmail.stored import Stored


def get(call: Call) -> Json:
    """users.threads.get: a thread with its messages, oldest first, in the format asked for."""
    found = messages.named(call)
    history = str(max(message.history for message in found))
    shown = [messages.resource(call, message) for message in found]
    return {"id": found[0].thread_id, "historyId": history, "messages": shown}


def list_(call: Call) -> Json:
    """users.threads.list: the threads that hold a message asked for, by the newest such message."""
    # For its older ones a thread may stand on a later page again.
    newest: dict[str, Stored] = {}
    found = (one for one in messages.matching(call) if newest.setdefault(one.thread_id, one) is one)
    return messages.page(
        call,
        "threads",
        found,
        lambda one: {"id": one.thread_id, "snippet": one.snippet, "historyId": str(one.history)},
    )
