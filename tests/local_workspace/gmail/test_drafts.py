"""users.drafts: a draft is kept, and delivered once when it is sent."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Callable
from typing import Any

import pytest

from tests.local_workspace.gmail.mails import NOT_FOUND, error, make_draft, make_raw, refusal

Inbox = Callable[[str], list[tuple[str, str]]]


def headers(message: dict[str, Any]) -> dict[str, str]:
    """The headers of a message by name, Gmail's own Message-ID made readable."""
    found = {header["name"]: header["value"] for header in message["payload"]["headers"]}
    return found | {"Message-ID": re.sub(r"<CA[\w-]{48}@mail\.gmail\.com>", "<OURS>", found["Message-ID"])}


def test_create_keeps_the_mail_and_delivers_nothing(users: Any, inbox: Inbox) -> None:
    draft = users.drafts().create(userId="me", body=make_draft()).execute()

    assert re.fullmatch(r"r[0-9]{19}", draft["id"])
    assert re.fullmatch(r"[0-9a-f]{16}", draft["message"]["id"])
    assert draft["message"] == {
        "id": draft["message"]["id"],
        "threadId": draft["message"]["id"],
        "labelIds": ["DRAFT"],
    }
    assert inbox("ann@example.org") == []


def test_create_without_recipient_is_allowed(users: Any) -> None:
    draft = users.drafts().create(userId="me", body=make_draft(To="")).execute()

    assert draft["message"]["labelIds"] == ["DRAFT"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"To": "ann at example.org"}, "Invalid To header"),
        ({"Cc": "ann@example"}, "Invalid Cc header"),
        ({"Bcc": "Co, Ann <ann@example.org>"}, "Invalid Bcc header"),
    ],
)
def test_create_with_invalid_recipients_is_refused(users: Any, fields: dict[str, str], message: str) -> None:
    request = users.drafts().create(userId="me", body=make_draft(**fields))

    assert refusal(request) == error(400, "invalidArgument", message, "INVALID_ARGUMENT")
    assert users.drafts().list(userId="me").execute() == {"resultSizeEstimate": 0}


@pytest.mark.parametrize("body", [{}, {"message": {}}, {"message": {"raw": ""}}])
def test_create_without_raw_is_refused(users: Any, body: dict[str, Any]) -> None:
    message = "'raw' RFC822 payload message string or uploading message via /upload/* URL required"

    assert refusal(users.drafts().create(userId="me", body=body)) == error(
        400, "invalidArgument", message, "INVALID_ARGUMENT"
    )


@pytest.mark.parametrize("raw", ["To: ann!", "aGk=aGk=", "a"])
def test_create_with_raw_that_is_not_base64url_is_refused(users: Any, raw: str) -> None:
    status, body = refusal(users.drafts().create(userId="me", body={"message": {"raw": raw}}))

    assert (status, body["error"]["status"]) == (400, "INVALID_ARGUMENT")


def test_create_in_unknown_thread_is_refused(users: Any) -> None:
    body = {"message": {"raw": make_raw(), "threadId": "19aaa2f1c2e00001"}}

    assert refusal(users.drafts().create(userId="me", body=body)) == NOT_FOUND


def test_get_full_shows_headers_and_text(users: Any) -> None:
    mail = make_draft(Message_ID="<mine@example.org>", X_Third_Thursday="agenda|1")
    draft = users.drafts().create(userId="me", body=mail).execute()

    shown = users.drafts().get(userId="me", id=draft["id"]).execute()

    message = shown["message"]
    assert headers(message) == {
        "To": "ann@example.org",
        "Subject": "Hello",
        "X-Third-Thursday": "agenda|1",
        "MIME-Version": "1.0",
        "From": "organizer@example.org",
        "Message-ID": "<OURS>",
        "Date": "Sun, 22 Nov 2026 09:30:00 +0000",
    }
    assert urlsafe_b64decode(message["payload"]["body"]["data"]) == b"See you on Thursday.\r\n"
    del message["payload"]
    assert shown == {
        "id": draft["id"],
        "message": {
            "id": draft["message"]["id"],
            "threadId": draft["message"]["id"],
            "labelIds": ["DRAFT"],
            "snippet": "See you on Thursday.",
            "historyId": "1001",
            "internalDate": "1795339800000",
            "sizeEstimate": 257,
        },
    }


def test_get_metadata_and_minimal_show_less(users: Any) -> None:
    draft = users.drafts().create(userId="me", body=make_draft(X_Key="k")).execute()

    metadata = users.drafts().get(userId="me", id=draft["id"], format="metadata").execute()["message"]
    minimal = users.drafts().get(userId="me", id=draft["id"], format="minimal").execute()["message"]

    assert headers(metadata)["X-Key"] == "k"
    assert set(metadata["payload"]) == {"mimeType", "headers"}
    assert minimal == {name: value for name, value in metadata.items() if name != "payload"}


def test_get_raw_gives_the_mail_as_kept(users: Any) -> None:
    draft = users.drafts().create(userId="me", body=make_draft(Bcc="ben@example.org")).execute()

    message = users.drafts().get(userId="me", id=draft["id"], format="raw").execute()["message"]

    text = urlsafe_b64decode(message["raw"]).decode()
    assert text.startswith("To: ann@example.org\r\nSubject: Hello\r\nBcc: ben@example.org\r\n")
    assert text.endswith("\r\n\r\nSee you on Thursday.\r\n")
    assert message["sizeEstimate"] == len(text)


def test_get_of_unknown_and_of_malformed_id_are_refused(users: Any) -> None:
    assert refusal(users.drafts().get(userId="me", id="r1234567890123456789")) == NOT_FOUND
    assert refusal(users.drafts().get(userId="me", id="nonsense")) == error(
        400, "invalidArgument", "Invalid id value", "INVALID_ARGUMENT"
    )


def test_list_gives_drafts_newest_first_in_pages(users: Any) -> None:
    made = [users.drafts().create(userId="me", body=make_draft()).execute() for _ in range(3)]
    users.messages().send(userId="me", body={"raw": make_raw()}).execute()
    shown = [
        {"id": draft["id"], "message": {"id": draft["message"]["id"], "threadId": draft["message"]["id"]}}
        for draft in reversed(made)
    ]

    first = users.drafts().list(userId="me", maxResults=2).execute()
    second = users.drafts().list(userId="me", maxResults=2, pageToken=first["nextPageToken"]).execute()

    assert first == {"drafts": shown[:2], "resultSizeEstimate": 3, "nextPageToken": first["nextPageToken"]}
    assert second == {"drafts": shown[2:], "resultSizeEstimate": 1}


def test_list_with_q_gives_the_drafts_that_match(users: Any) -> None:
    users.drafts().create(userId="me", body=make_draft(Subject="Reminder")).execute()
    wanted = users.drafts().create(userId="me", body=make_draft(Subject="The agenda")).execute()

    found = users.drafts().list(userId="me", q="subject:agenda to:ann@example.org").execute()

    assert [draft["id"] for draft in found["drafts"]] == [wanted["id"]]


def test_list_with_a_page_token_of_nobody_is_refused(users: Any) -> None:
    assert refusal(users.drafts().list(userId="me", pageToken="next")) == error(
        400, "invalidArgument", "Invalid pageToken", "INVALID_ARGUMENT"
    )


def test_send_delivers_once_and_the_draft_is_gone(users: Any, inbox: Inbox) -> None:
    mail = make_draft(To="Ann <ann@example.org>", Cc="ben@example.org", Bcc="CY@example.org, ann@example.org")
    draft = users.drafts().create(userId="me", body=mail).execute()

    sent = users.drafts().send(userId="me", body={"id": draft["id"]}).execute()

    assert sent["id"] != draft["message"]["id"]
    assert sent == {"id": sent["id"], "threadId": draft["message"]["threadId"], "labelIds": ["SENT"]}
    assert refusal(users.drafts().send(userId="me", body={"id": draft["id"]})) == NOT_FOUND
    assert refusal(users.drafts().get(userId="me", id=draft["id"])) == NOT_FOUND
    assert refusal(users.messages().get(userId="me", id=draft["message"]["id"])) == NOT_FOUND
    for address in ("ann@example.org", "ben@example.org", "cy@example.org"):
        assert inbox(address) == [("Ann <ann@example.org>", "Hello")]


def test_send_strips_bcc_for_recipients_and_keeps_it_for_the_sender(
    users: Any, local: Callable[..., Any]
) -> None:
    draft = users.drafts().create(userId="me", body=make_draft(Bcc="ben@example.org", X_Key="k")).execute()

    sent = users.drafts().send(userId="me", body={"id": draft["id"]}).execute()

    kept = headers(users.messages().get(userId="me", id=sent["id"]).execute())
    received = local("GET", "/local/mailboxes/ben@example.org")["mails"][0]["headers"]
    assert (kept["Bcc"], kept["X-Key"]) == ("ben@example.org", "k")
    assert received | {"Message-ID": "<OURS>"} == {k: v for k, v in kept.items() if k != "Bcc"}


def test_send_to_the_account_itself_is_in_its_inbox_too(users: Any) -> None:
    draft = users.drafts().create(userId="me", body=make_draft(To="Organizer@example.org")).execute()

    sent = users.drafts().send(userId="me", body={"id": draft["id"]}).execute()

    assert sent["labelIds"] == ["UNREAD", "SENT", "INBOX"]


def test_send_with_a_message_sends_that_text(users: Any, inbox: Inbox) -> None:
    draft = users.drafts().create(userId="me", body=make_draft()).execute()
    body = {"id": draft["id"], "message": {"raw": make_raw(Subject="Hello again")}}

    users.drafts().send(userId="me", body=body).execute()

    assert inbox("ann@example.org") == [("ann@example.org", "Hello again")]


def test_send_without_recipient_is_refused_and_the_draft_stays(users: Any) -> None:
    draft = users.drafts().create(userId="me", body=make_draft(To="")).execute()

    refused = refusal(users.drafts().send(userId="me", body={"id": draft["id"]}))

    assert refused == error(400, "invalidArgument", "Recipient address required", "INVALID_ARGUMENT")
    assert users.drafts().get(userId="me", id=draft["id"], format="minimal").execute()["id"] == draft["id"]


def test_send_of_another_accounts_draft_is_not_found(
    users: Any, client: Callable[..., Any], local: Callable[..., Any]
) -> None:
    local("POST", "/local/accounts", {"address": "second@example.org", "meet": True})
    draft = users.drafts().create(userId="me", body=make_draft()).execute()
    second = client("gmail", "v1", account="second@example.org").users()

    assert refusal(second.drafts().send(userId="me", body={"id": draft["id"]})) == NOT_FOUND


def test_send_without_id_is_refused(users: Any) -> None:
    status, body = refusal(users.drafts().send(userId="me", body={"message": {"raw": make_raw()}}))

    assert (status, body["error"]["status"]) == (400, "INVALID_ARGUMENT")


def test_send_with_an_empty_id_is_refused(users: Any) -> None:
    assert refusal(users.drafts().send(userId="me", body={"id": ""})) == error(
        400, "invalidArgument", "Invalid id value", "INVALID_ARGUMENT"
    )


def test_send_with_scope_send_alone_is_refused(users: Any, client: Callable[..., Any]) -> None:
    draft = users.drafts().create(userId="me", body=make_draft()).execute()
    sender = client("gmail", "v1", scopes="https://www.googleapis.com/auth/gmail.send").users()

    status, body = refusal(sender.drafts().send(userId="me", body={"id": draft["id"]}))

    assert (status, body["error"]["errors"][0]["reason"]) == (403, "insufficientPermissions")


def test_delete_is_for_good(users: Any, inbox: Inbox) -> None:
    draft = users.drafts().create(userId="me", body=make_draft()).execute()

    answer = users.drafts().delete(userId="me", id=draft["id"]).execute()

    assert answer == ""
    assert refusal(users.drafts().delete(userId="me", id=draft["id"])) == NOT_FOUND
    assert refusal(users.drafts().send(userId="me", body={"id": draft["id"]})) == NOT_FOUND
    assert inbox("ann@example.org") == []
