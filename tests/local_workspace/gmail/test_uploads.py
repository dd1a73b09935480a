"""Uploads, drafts.update and attachments through the real client."""

import io
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
import requests
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaIoBaseUpload

from local_workspace.serve import RunningWorkspace
from tests.local_workspace.gmail.mails import encode

TEXT = b"To: ann@example.org\r\nSubject: Hi\r\n\r\nHello\r\n"

WRONG = b"--x\r\n\r\n{}\r\n--x\r\nContent-Transfer-Encoding: base64\r\n\r\na\r\n--x--"


@pytest.fixture
def users(client: Callable[..., Any]) -> Any:
    """The organizer's Gmail, with every scope."""
    return client("gmail", "v1").users()


def execute(request: Any) -> Any:
    """Execute an upload here: the client keeps https for these, whatever its endpoint."""
    request.uri = request.uri.replace("https://", "http://")
    return request.execute()


def upload(text: bytes) -> Any:
    """A mail as the client uploads it."""
    return MediaIoBaseUpload(io.BytesIO(text), mimetype="message/rfc822")


def test_mail_is_uploaded_with_its_resource_in_two_parts(users: Any, local: Callable[..., Any]) -> None:
    draft = execute(users.drafts().create(userId="me", body={"message": {}}, media_body=upload(TEXT)))
    sent = users.drafts().send(userId="me", body={"id": draft["id"]}).execute()
    again = {"threadId": sent["threadId"]}
    execute(users.messages().send(userId="me", body=again, media_body=upload(TEXT)))

    mails = local("GET", "/local/mailboxes/ann@example.org")["mails"]
    assert [mail["text"] for mail in mails] == ["Hello\r\n", "Hello\r\n"]
    assert len(users.threads().get(userId="me", id=sent["threadId"]).execute()["messages"]) == 2


def test_mail_is_uploaded_alone(users: Any, local: Callable[..., Any]) -> None:
    execute(users.messages().send(userId="me", media_body=upload(TEXT)))

    assert local("GET", "/local/mailboxes")["addresses"] == {"ann@example.org": 1}


@pytest.mark.parametrize("body", [b"", b"--x\r\n\r\n{}\r\n--x--", WRONG])
def test_multipart_that_is_not_two_parts_is_400(
    workspace: RunningWorkspace, token: dict[str, str], body: bytes
) -> None:
    headers = token | {"Content-Type": "multipart/related; boundary=x"}
    url = f"{workspace.base_url}/upload/gmail/v1/users/me/messages/send?uploadType=multipart"

    assert requests.post(url, data=body, headers=headers, timeout=5).status_code == 400


def test_inserted_mail_is_kept_and_sent_to_nobody(users: Any, local: Callable[..., Any]) -> None:
    body = {"raw": encode(b"From: ann@example.org\r\n" + TEXT), "labelIds": ["INBOX"]}

    made = users.messages().insert(userId="me", body=body).execute()

    assert made["labelIds"] == ["INBOX"]
    assert local("GET", "/local/mailboxes")["addresses"] == {}


def test_updated_draft_keeps_its_id_and_thread(users: Any) -> None:
    body = {"message": {"raw": encode(TEXT)}}
    first = users.drafts().create(userId="me", body=body).execute()

    text = TEXT.replace(b"Hello", b"Good day")
    second = (
        users.drafts().update(userId="me", id=first["id"], body={"message": {"raw": encode(text)}}).execute()
    )
    shown = users.drafts().get(userId="me", id=first["id"]).execute()

    assert second["id"] == first["id"]
    assert second["message"]["id"] != first["message"]["id"]
    assert second["message"]["threadId"] == first["message"]["threadId"]
    assert shown["message"]["snippet"] == "Good day"
    assert users.drafts().list(userId="me").execute()["resultSizeEstimate"] == 1


def test_draft_under_another_subject_leaves_its_thread(users: Any) -> None:
    first = users.drafts().create(userId="me", body={"message": {"raw": encode(TEXT)}}).execute()

    body = {"message": {"raw": encode(TEXT.replace(b"Hi", b"Bye"))}}
    second = users.drafts().update(userId="me", id=first["id"], body=body).execute()

    assert second["message"]["threadId"] == second["message"]["id"]


def test_attachment_is_given_by_its_id(users: Any) -> None:
    mail = EmailMessage()
    mail["To"] = "ann@example.org"
    mail.set_content("Hello\n")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="dot.png")
    sent = users.messages().send(userId="me", body={"raw": encode(mail.as_bytes())}).execute()
    shown = users.messages().get(userId="me", id=sent["id"]).execute()
    attachment = shown["payload"]["parts"][1]["body"]["attachmentId"]

    attachments = users.messages().attachments()
    found = attachments.get(userId="me", messageId=sent["id"], id=attachment).execute()

    assert found == {"size": 4, "data": "iVBORw=="}
    for wrong in ("ANGjdJ-1", "x"):
        with pytest.raises(HttpError) as caught:
            attachments.get(userId="me", messageId=sent["id"], id=wrong).execute()
        assert caught.value.status_code == 400
