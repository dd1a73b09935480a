"""Labels, and what puts them on messages: modify, trash, untrash, delete."""

from collections.abc import Callable
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.local_workspace.gmail.mails import encode


@pytest.fixture
def users(client: Callable[..., Any]) -> Any:
    """The organizer's Gmail, with every scope."""
    return client("gmail", "v1").users()


@pytest.fixture
def received(users: Any) -> str:
    """The id of a mail in the organizer's inbox."""
    raw = encode(b"To: organizer@example.org\r\nSubject: Hi\r\n\r\nHello")
    found: str = users.messages().send(userId="me", body={"raw": raw}).execute()["id"]
    return found


def ids(users: Any, **wanted: Any) -> list[str]:
    """The ids of the messages that a list finds."""
    return [one["id"] for one in users.messages().list(userId="me", **wanted).execute().get("messages", [])]


def test_label_is_made_renamed_and_deleted(users: Any, received: str) -> None:
    labels = users.labels()
    made = labels.create(userId="me", body={"name": "To do"}).execute()
    users.messages().modify(userId="me", id=received, body={"addLabelIds": [made["id"]]}).execute()

    labels.patch(userId="me", id=made["id"], body={"name": "Tasks"}).execute()
    got = labels.get(userId="me", id=made["id"]).execute()
    names = [label["name"] for label in labels.list(userId="me").execute()["labels"]]
    labels.delete(userId="me", id=made["id"]).execute()

    assert made == {
        "id": made["id"],
        "name": "To do",
        "type": "user",
        "labelListVisibility": "labelShow",
        "messageListVisibility": "show",
    }
    assert got == made | {
        "name": "Tasks",
        "messagesTotal": 1,
        "messagesUnread": 1,
        "threadsTotal": 1,
        "threadsUnread": 1,
    }
    assert names[-1] == "Tasks"
    assert "INBOX" in names
    message = users.messages().get(userId="me", id=received, format="minimal").execute()
    assert message["labelIds"] == ["UNREAD", "SENT", "INBOX"]


def test_label_of_a_name_that_is_taken_is_409(users: Any) -> None:
    users.labels().create(userId="me", body={"name": "Tasks"}).execute()

    with pytest.raises(HttpError) as caught:
        users.labels().create(userId="me", body={"name": "tasks"}).execute()

    assert (caught.value.status_code, caught.value.reason) == (409, "Label name exists or conflicts")


@pytest.mark.parametrize(
    ("method", "arguments", "status"),
    [
        ("create", {"body": {}}, 400),
        ("get", {"id": "Label_9"}, 404),
        ("delete", {"id": "INBOX"}, 400),
        ("update", {"id": "INBOX", "body": {"name": "x"}}, 400),
    ],
)
def test_label_is_refused(users: Any, method: str, arguments: dict[str, Any], status: int) -> None:
    with pytest.raises(HttpError) as caught:
        getattr(users.labels(), method)(userId="me", **arguments).execute()

    assert caught.value.status_code == status


def test_modified_message_is_found_by_its_labels(users: Any, received: str) -> None:
    change = {"addLabelIds": ["STARRED"], "removeLabelIds": ["UNREAD"]}

    changed = users.messages().modify(userId="me", id=received, body=change).execute()

    assert changed["labelIds"] == ["SENT", "INBOX", "STARRED"]
    assert ids(users, labelIds=["STARRED", "INBOX"]) == [received]
    assert ids(users, q="is:starred -is:unread") == [received]
    assert ids(users, labelIds=["UNREAD"]) == []


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"addLabelIds": ["Label_9"]},
        {"addLabelIds": ["SENT"]},
        {"addLabelIds": ["STARRED"], "removeLabelIds": ["STARRED"]},
    ],
)
def test_modify_is_refused(users: Any, received: str, change: dict[str, Any]) -> None:
    with pytest.raises(HttpError) as caught:
        users.messages().modify(userId="me", id=received, body=change).execute()

    assert caught.value.status_code == 400


def test_trashed_message_is_found_in_the_trash_alone(users: Any, received: str) -> None:
    users.messages().trash(userId="me", id=received).execute()

    assert ids(users) == []
    assert ids(users, q="in:trash") == ids(users, includeSpamTrash=True) == [received]
    assert ids(users, q="in:anywhere") == ids(users, labelIds=["TRASH"]) == [received]

    users.messages().untrash(userId="me", id=received).execute()
    assert ids(users) == [received]


def test_deleted_message_is_gone(users: Any, received: str) -> None:
    users.messages().delete(userId="me", id=received).execute()

    with pytest.raises(HttpError) as caught:
        users.messages().get(userId="me", id=received).execute()
    assert caught.value.status_code == 404
    assert users.getProfile(userId="me").execute()["messagesTotal"] == 0
