"""users.messages: send, get and list."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.local_workspace.gmail.mails import NOT_FOUND, error, make_draft, make_raw, refusal


def test_send_delivers_at_once(users: Any, local: Callable[..., Any]) -> None:
    sent = users.messages().send(userId="me", body={"raw": make_raw()}).execute()

    assert sent == {"id": sent["id"], "threadId": sent["id"], "labelIds": ["SENT"]}
    assert local("GET", "/local/mailboxes") == {"addresses": {"ann@example.org": 1}}


@pytest.mark.parametrize(
    ("to", "message"), [("", "Recipient address required"), ("ann", "Invalid To header")]
)
def test_send_without_readable_recipient_is_refused(users: Any, to: str, message: str) -> None:
    request = users.messages().send(userId="me", body={"raw": make_raw(To=to)})

    assert refusal(request) == error(400, "invalidArgument", message, "INVALID_ARGUMENT")
    assert users.messages().list(userId="me").execute() == {"resultSizeEstimate": 0}


def test_send_without_raw_is_refused(users: Any) -> None:
    status, body = refusal(users.messages().send(userId="me", body={}))

    assert (status, body["error"]["status"]) == (400, "INVALID_ARGUMENT")


def test_send_into_a_thread_stays_in_it(users: Any) -> None:
    first = users.messages().send(userId="me", body={"raw": make_raw()}).execute()

    second = (
        users.messages().send(userId="me", body={"raw": make_raw(), "threadId": first["threadId"]}).execute()
    )

    assert (second["threadId"], second["id"] != first["id"]) == (first["threadId"], True)


def test_get_gives_only_the_metadata_headers_asked_for(users: Any) -> None:
    sent = users.messages().send(userId="me", body={"raw": make_raw(X_Key="k")}).execute()

    shown = (
        users.messages()
        .get(userId="me", id=sent["id"], format="metadata", metadataHeaders=["x-key", "subject"])
        .execute()
    )

    assert shown["payload"] == {
        "mimeType": "text/plain",
        "headers": [{"name": "Subject", "value": "Hello"}, {"name": "X-Key", "value": "k"}],
    }


def test_get_of_unknown_and_of_malformed_id_are_refused(users: Any) -> None:
    assert refusal(users.messages().get(userId="me", id="19aaa2f1c2e00001")) == NOT_FOUND
    assert refusal(users.messages().get(userId="me", id="r19")) == error(
        400, "invalidArgument", "Invalid id value", "INVALID_ARGUMENT"
    )


@pytest.mark.parametrize(
    "scope", ["https://www.googleapis.com/auth/gmail.compose", "https://www.googleapis.com/auth/gmail.send"]
)
def test_get_and_list_need_more_than_a_writing_scope(client: Callable[..., Any], scope: str) -> None:
    messages = client("gmail", "v1", scopes=scope).users().messages()

    refused = [refusal(messages.get(userId="me", id="19aaa2f1c2e00001")), refusal(messages.list(userId="me"))]

    assert [status for status, _ in refused] == [403, 403]


def test_list_gives_what_has_every_label_newest_first(users: Any) -> None:
    first = users.messages().send(userId="me", body={"raw": make_raw()}).execute()
    users.drafts().create(userId="me", body=make_draft()).execute()
    itself = users.messages().send(userId="me", body={"raw": make_raw(To="organizer@example.org")}).execute()

    sent = users.messages().list(userId="me", labelIds=["SENT"]).execute()
    both = users.messages().list(userId="me", labelIds=["SENT", "INBOX"]).execute()

    assert [one["id"] for one in sent["messages"]] == [itself["id"], first["id"]]
    assert both == {
        "messages": [{"id": itself["id"], "threadId": itself["threadId"]}],
        "resultSizeEstimate": 1,
    }


def test_list_does_not_find_the_callers_own_message_id(users: Any) -> None:
    raw = make_raw(Message_ID="<mine@example.org>")
    sent = users.messages().send(userId="me", body={"raw": raw}).execute()
    shown = users.messages().get(userId="me", id=sent["id"], format="metadata", metadataHeaders="Message-ID")
    given = shown.execute()["payload"]["headers"][0]["value"]

    by_mine = users.messages().list(userId="me", q="rfc822msgid:<mine@example.org>").execute()
    by_given = users.messages().list(userId="me", q=f"rfc822msgid:{given}").execute()

    assert by_mine == {"resultSizeEstimate": 0}
    assert [one["id"] for one in by_given["messages"]] == [sent["id"]]
