"""users.labels: Gmail's own labels, and those that the account makes."""

import json
import re

from local_workspace.call import Call, Json
from local_workspace.errors import ApiError, bad_request, not_found
from local_workspace.gmail import stored

SCHEMA = """
CREATE TABLE IF NOT EXISTS gmail_labels (account TEXT NOT NULL, id TEXT PRIMARY KEY, label JSON NOT NULL);
"""
_NAMES = ["INBOX", "SENT", "DRAFT", "TRASH", "SPAM", "UNREAD", "STARRED", "IMPORTANT", "CHAT"]
_NAMES += [f"CATEGORY_{name}" for name in ("PERSONAL", "SOCIAL", "PROMOTIONS", "UPDATES", "FORUMS")]
_SYSTEM = {name: {"id": name, "name": name, "type": "system"} for name in _NAMES}
_FIXED = {"SENT", "DRAFT", "CHAT"}
_USUAL = {"type": "user", "labelListVisibility": "labelShow", "messageListVisibility": "show"}
_WRITABLE = ("name", "labelListVisibility", "messageListVisibility", "color")


def list_(call: Call) -> Json:
    """users.labels.list: every label without its counts."""
    return {"labels": [*_all(call).values()]}


def get(call: Call) -> Json:
    """users.labels.get: one label with its counts."""
    label = _named(call)
    counts = {"Total": [*stored.find(call.db, account=call.user, label=label["id"])]}
    counts["Unread"] = [message for message in counts["Total"] if "UNREAD" in message.labels]
    messages = {f"messages{which}": len(found) for which, found in counts.items()}
    threads = {f"threads{which}": len({one.thread_id for one in found}) for which, found in counts.items()}
    return label | messages | threads


def create(call: Call) -> Json:
    """users.labels.create: a label of the account's; 409 for a name it has."""
    return _write(call, {"id": f"Label_{stored.next_history_id(call.db)}"} | _USUAL)


def patch(call: Call) -> Json:
    """users.labels.patch: change the named properties of a label that the account made."""
    return _write(call, _named(call))


def update(call: Call) -> Json:
    """users.labels.update: replace a label that the account made."""
    return _write(call, {"id": _named(call)["id"]} | _USUAL)


def delete(call: Call) -> None:
    """users.labels.delete: forget a label that the account made; its messages stay, without it."""
    label = _named(call)["id"]
    for message in [*stored.find(call.db, account=call.user, label=label)]:
        stored.relabel(call.db, message, [], [label])
    call.db.execute("DELETE FROM gmail_labels WHERE id = ?", (label,))


def check_change(call: Call, add: list[str], remove: list[str]) -> None:
    """Raise Gmail's 400 for labels that are not there, or that are not put on or taken off by hand."""
    known = _all(call).keys() - _FIXED
    if wrong := next((label for label in (*add, *remove) if label not in known), None):
        raise bad_request(f"Invalid label: {wrong}", "invalidArgument")
    if not add and not remove:
        raise bad_request("No label add or removes specified", "invalidArgument")
    if set(add) & set(remove):
        raise bad_request("Cannot both add and remove the same label", "invalidArgument")


def ids_by_name(call: Call) -> dict[str, str]:
    """Return the ids of the labels by their names in searches: in lower case, with dashes for blanks."""
    names = {label["name"].lower(): label["id"] for label in _all(call).values()}
    return {re.sub("[ /]", "-", name): label for name, label in names.items()} | {"drafts": "DRAFT"}


def _all(call: Call) -> dict[str, Json]:
    """Return every label by its id, the account's own ones last."""
    query = "SELECT id, label FROM gmail_labels WHERE account = ? ORDER BY rowid"
    return _SYSTEM | {row[0]: json.loads(row[1]) for row in call.db.execute(query, (call.user,))}


def _named(call: Call) -> Json:
    """Return the label that the path names; 404 without one, 400 for changing one of Gmail's own."""
    label = _all(call).get(call.params["id"])
    if label is None:
        raise not_found()
    if label["type"] == "system" and not call.method.endswith(".get"):
        raise bad_request("Invalid label", "invalidArgument")
    return label


def _write(call: Call, before: Json) -> Json:
    """Keep `before` with what the body writes over it."""
    label = before | {name: text for name, text in (call.body or {}).items() if name in _WRITABLE}
    if not (label.get("name") or "").strip():
        raise bad_request("Invalid label name", "invalidArgument")
    others = [one["name"].lower() for one in _all(call).values() if one["id"] != label["id"]]
    if label["name"].lower() in others:
        raise ApiError(409, "aborted", "Label name exists or conflicts")
    row = (call.user, label["id"], json.dumps(label))
    call.db.execute("REPLACE INTO gmail_labels VALUES (?, ?, ?)", row)
    return label
