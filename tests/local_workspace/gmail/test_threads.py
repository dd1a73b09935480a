"""Threads, and mail between the accounts of a workspace."""

from collections.abc import Callable
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.local_workspace.gmail.mails import encode


@pytest.fixture
def organizer(client: Callable[..., Any]) -> Any:
    """The organizer's Gmail, with every scope."""
    return client("gmail", "v1").users()


@pytest.fixture
def ann(client: Callable[..., Any], local: Callable[..., Any]) -> Any:
    """Ann's Gmail, with every scope."""
    local("POST", "/local/accounts", {"address": "ann@example.org"})
    return client("gmail", "v1", account="ann@example.org").users()


def mail(to: str, subject: str, *fields: str) -> dict[str, Any]:
    """The body of a mail to send."""
    head = "".join(f"{field}\r\n" for field in (f"To: {to}", f"Subject: {subject}", *fields))
    return {"raw": encode(f"{head}\r\nHello".encode())}


def message_id(users: Any, message: str) -> str:
    """The Message-ID of a message."""
    shown = users.messages().get(userId="me", id=message, format="metadata", metadataHeaders="Message-ID")
    found: str = shown.execute()["payload"]["headers"][0]["value"]
    return found


def test_mail_between_accounts_is_in_the_others_inbox(organizer: Any, ann: Any) -> None:
    body = mail("Ann <ann@example.org>", "Plan", "Bcc: ben@example.org")
    sent = organizer.messages().send(userId="me", body=body).execute()

    [listed] = ann.messages().list(userId="me", q="in:inbox from:organizer").execute()["messages"]

    received = ann.messages().get(userId="me", id=listed["id"]).execute()
    names = [header["name"] for header in received["payload"]["headers"]]
    assert received["labelIds"] == ["UNREAD", "INBOX"]
    assert message_id(ann, listed["id"]) == message_id(organizer, sent["id"])
    assert "Bcc" not in names


@pytest.mark.parametrize(("subject", "messages"), [("Re: Plan", 2), ("Another", 1)])
def test_answer_joins_the_thread_under_the_same_subject(
    organizer: Any, ann: Any, subject: str, messages: int
) -> None:
    sent = organizer.messages().send(userId="me", body=mail("ann@example.org", "Plan")).execute()
    answered = f"In-Reply-To: {message_id(organizer, sent['id'])}"

    ann.messages().send(userId="me", body=mail("organizer@example.org", subject, answered)).execute()

    thread = organizer.threads().get(userId="me", id=sent["threadId"], format="minimal").execute()
    assert len(thread["messages"]) == messages
    assert len(organizer.threads().list(userId="me").execute()["threads"]) == 3 - messages


def test_thread_is_changed_and_deleted_as_a_whole(organizer: Any) -> None:
    first = organizer.messages().send(userId="me", body=mail("organizer@example.org", "Plan")).execute()
    body = mail("organizer@example.org", "Plan") | {"threadId": first["threadId"]}
    organizer.messages().send(userId="me", body=body).execute()
    threads, name = organizer.threads(), {"userId": "me", "id": first["threadId"]}

    read = threads.modify(**name, body={"removeLabelIds": ["UNREAD"]}).execute()
    trashed = threads.trash(**name).execute()
    listed = threads.list(userId="me").execute()
    back = threads.untrash(**name).execute()
    threads.delete(**name).execute()

    assert [one["labelIds"] for one in read["messages"]] == [["SENT", "INBOX"]] * 2
    assert [one["labelIds"] for one in trashed["messages"]] == [["SENT", "TRASH"]] * 2
    assert "threads" not in listed
    assert [one["labelIds"] for one in back["messages"]] == [["SENT"]] * 2
    with pytest.raises(HttpError) as caught:
        threads.get(**name).execute()
    assert caught.value.status_code == 404


def test_threads_are_listed_once_by_their_newest_message(organizer: Any) -> None:
    for subject in ("One", "Two"):
        organizer.messages().send(userId="me", body=mail("ann@example.org", subject)).execute()
    listed = organizer.threads().list(userId="me", maxResults=1).execute()
    rest = organizer.threads().list(userId="me", pageToken=listed["nextPageToken"]).execute()

    subjects = [
        organizer.threads().get(userId="me", id=one["id"]).execute()["messages"][0]["payload"]["headers"]
        for answer in (listed, rest)
        for one in answer["threads"]
    ]
    found = [next(h["value"] for h in headers if h["name"] == "Subject") for headers in subjects]
    assert found == ["Two", "One"]


def test_invitation_is_in_the_guests_inbox(client: Callable[..., Any], ann: Any) -> None:
    event = {
        "summary": "Third Thursday",
        "start": {"dateTime": "2026-12-17T12:00:00Z"},
        "end": {"dateTime": "2026-12-17T13:00:00Z"},
        "attendees": [{"email": "ann@example.org"}],
    }
    client("calendar", "v3").events().insert(calendarId="primary", sendUpdates="all", body=event).execute()

    found = ann.messages().list(userId="me", q="subject:invitation to:ann@example.org").execute()

    assert found["resultSizeEstimate"] == 1
