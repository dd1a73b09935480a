"""users.labels: Gmail's own labels, and those that the account makes."""

import json
import sqlite3
from typing import Any

from local_workspace.call import Call, Json
from local_workspace.errors import ApiError, bad_request, not_found
from local_workspace.gmail import stored
from local_workspace.gmail.users import account

SCHEMA = """
CREATE TABLE IF NOT EXISTS gmail_labels (
    account TEXT NOT NULL,
    number INTEGER NOT NULL,           -- of the id Label_1
    resource TEXT NOT NULL,            -- JSON
    PRIMARY KEY (account, number)
);
"""
_FOLDERS = ("INBOX", "SENT", "DRAFT", "TRASH", "SPAM")
_MARKS = ("UNREAD", "STARRED", "IMPORTANT", "CHAT")
_TABS = tuple(f"CATEGORY_{name}" for name in ("PERSONAL", "SOCIAL", "PROMOTIONS", "UPDATES", "FORUMS"))
SYSTEM = (*_FOLDERS, *_MARKS, *_TABS)
_FIXED = {"SENT", "DRAFT", "CHAT"}
_USUAL = {"labelListVisibility": "labelShow", "messageListVisibility": "show"}


def list_(call: Call) -> Json:
    """users.labels.list: every label without its counts."""
    return {"labels": [_system(name) for name in SYSTEM] + _own(call.db, account(call))}


def get(call: Call) -> Json:
    """users.labels.get: one label with its counts."""
    return _counted(call, _named(call))


def create(call: Call) -> Json:
    """users.labels.create: a label of the account's; 409 for a name it has."""
    owner = account(call)
    number = call.db.execute(
        "SELECT COALESCE(MAX(number), 0) + 1 FROM gmail_labels WHERE account = ?", (owner,)
    )
    return _write(call, {"id": f"Label_{number.fetchone()[0]}"} | _USUAL)


def patch(call: Call) -> Json:
    """users.labels.patch: change the named properties of a label that the account made."""
    return _write(call, _changeable(call))


def update(call: Call) -> Json:
    """users.labels.update: replace a label that the account made."""
    return _write(call, {"id": _changeable(call)["id"]} | _USUAL)


def delete(call: Call) -> None:
    """users.labels.delete: forget a label that the account made; its messages stay, without it."""
    owner, label = account(call), _changeable(call)["id"]
    for message in list(stored.newest_first(call.db, owner, before=2**62, label=label)):
        stored.relabel(call.db, message, (), [label])
    call.db.execute("DELETE FROM gmail_labels WHERE account = ? AND number = ?", (owner, _number(label)))


def check_change(call: Call, add: list[str], remove: list[str]) -> None:
    """Raise Gmail's 400 for labels that are not there, or that are not put on or taken off by hand."""
    known = {*SYSTEM, *(label["id"] for label in _own(call.db, account(call)))} - _FIXED
    if wrong := next((label for label in (*add, *remove) if label not in known), None):
        raise bad_request(f"Invalid label: {wrong}", "invalidArgument")
    if not add and not remove:
        raise bad_request("No label add or removes specified", "invalidArgument")
    if set(add) & set(remove):
        raise bad_request("Cannot both add and remove the same label", "invalidArgument")


def ids_by_name(db: sqlite3.Connection, owner: str) -> dict[str, str]:
    """The ids of the account's labels as a search names them: in lower case, with dashes for blanks."""
    return {
        label["name"].lower().replace(" ", "-").replace("/", "-"): label["id"] for label in _own(db, owner)
    }


def _own(db: sqlite3.Connection, owner: str) -> list[Json]:
    rows = db.execute("SELECT resource FROM gmail_labels WHERE account = ? ORDER BY number", (owner,))
    return [json.loads(row[0]) for row in rows]


def _named(call: Call) -> Json:
    wanted = call.params["id"]
    if wanted in SYSTEM:
        return _system(wanted)
    found = next((label for label in _own(call.db, account(call)) if label["id"] == wanted), None)
    if found is None:
        raise not_found()
    return found


def _changeable(call: Call) -> Json:
    label = _named(call)
    if label["type"] == "system":
        raise bad_request(
            "Invalid delete request" if call.method.endswith("delete") else "Invalid label", "invalidArgument"
        )
    return label


def _write(call: Call, before: Json) -> Json:
    """Keep `before` with what the body writes over it."""
    owner, body = account(call), call.body or {}
    names = ("name", "labelListVisibility", "messageListVisibility", "color")
    label: Json = (
        before | {name: body[name] for name in names if body.get(name) is not None} | {"type": "user"}
    )
    name = label.get("name", "").strip()
    if not name:
        raise bad_request("Invalid label name", "invalidArgument")
    others = [one["name"].lower() for one in _own(call.db, owner) if one["id"] != label["id"]]
    if name.lower() in {*others, *(system.lower() for system in SYSTEM)}:
        raise ApiError(409, "aborted", "Label name exists or conflicts")
    row = (owner, _number(label["id"]), json.dumps(label))
    call.db.execute("INSERT OR REPLACE INTO gmail_labels VALUES (?, ?, ?)", row)
    return label


def _number(label: str) -> int:
    return int(label.removeprefix("Label_"))


def _system(name: str) -> Json:
    return {"id": name, "name": name, "type": "system"}


def _counted(call: Call, label: Json) -> Json:
    owner = account(call)
    counts: dict[str, Any] = {}
    counts["messagesTotal"], counts["threadsTotal"] = stored.counts(call.db, owner, label["id"])
    counts["messagesUnread"], counts["threadsUnread"] = stored.counts(call.db, owner, label["id"], "UNREAD")
    return label | counts
