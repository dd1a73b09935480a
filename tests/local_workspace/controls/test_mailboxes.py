"""Mailboxes, and the controls that show them and lend a hand on drafts."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
import requests

from local_workspace.serve import RunningWorkspace

NOON = "2026-11-22T12:00:00+00:00"
Call = Callable[..., Any]


@pytest.fixture
def drafts(client: Call, local: Call) -> Any:
    """The organizer's drafts at noon."""
    local("POST", "/local/clock", {"now": NOON})
    return client("gmail", "v1").users().drafts()


def make_draft() -> dict[str, Any]:
    """A draft to Ann and, unseen, Ben, with text, HTML, a calendar file and a picture."""
    mail = EmailMessage()
    mail["To"] = "Ann <ann@example.org>"
    mail["Bcc"] = "ben@example.org"
    mail["Subject"] = "Café"
    mail["Message-ID"] = "<mine@example.org>"
    mail["Date"] = "Sun, 22 Nov 2026 12:00:00 +0000"
    mail.set_content("Grüße\n")
    mail.add_alternative("<p>Grüße</p>\n", subtype="html")
    mail.add_attachment(b"BEGIN:VCALENDAR", maintype="application", subtype="ics", filename="meeting.ics")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="Café.png")
    return {"message": {"raw": urlsafe_b64encode(mail.as_bytes()).decode()}}


def test_mailbox_shows_mails_decoded(drafts: Any, local: Call) -> None:
    draft = drafts.create(userId="me", body=make_draft()).execute()
    drafts.send(userId="me", body={"id": draft["id"]}).execute()

    (mail,) = local("GET", "/local/mailboxes/ben%40example.org")["mails"]

    assert mail["headers"].pop("Message-ID").endswith("@mail.gmail.com>")
    assert mail["headers"].pop("Content-Type").startswith("multipart/mixed")
    assert mail == {
        "seq": 1,
        "at": NOON,
        "kind": "mail",
        "from": "organizer@example.org",
        "to": "Ann <ann@example.org>",
        "subject": "Café",
        "headers": {
            "To": "Ann <ann@example.org>",
            "Subject": "Café",
            "Date": "Sun, 22 Nov 2026 12:00:00 +0000",
            "MIME-Version": "1.0",
            "From": "organizer@example.org",
        },
        "text": "Grüße\r\n",
        "html": "<p>Grüße</p>\r\n",
        "attachments": [
            {"filename": "meeting.ics", "content_type": "application/ics", "text": "BEGIN:VCALENDAR"},
            {"filename": "Café.png", "content_type": "image/png", "text": None},
        ],
        "extra": None,
    }


def test_mailboxes_can_be_emptied(drafts: Any, local: Call) -> None:
    draft = drafts.create(userId="me", body=make_draft()).execute()
    drafts.send(userId="me", body={"id": draft["id"]}).execute()
    before = local("GET", "/local/mailboxes")

    local("DELETE", "/local/mailboxes")

    assert before == {"addresses": {"ann@example.org": 1, "ben@example.org": 1}}
    assert local("GET", "/local/mailboxes") == {"addresses": {}}
    assert local("GET", "/local/mailboxes/ann@example.org") == {"mails": []}


def test_drafts_are_shown_and_can_be_sent_by_hand(drafts: Any, local: Call) -> None:
    draft = drafts.create(userId="me", body=make_draft()).execute()

    shown = local("GET", "/local/drafts")["drafts"]
    sent = local("POST", f"/local/drafts/{draft['id']}/send")

    assert [(one["id"], one["account"], one["to"], one["text"]) for one in shown] == [
        (draft["id"], "organizer@example.org", "Ann <ann@example.org>", "Grüße\r\n")
    ]
    assert (sent["threadId"], sent["labelIds"]) == (draft["message"]["threadId"], ["SENT"])
    assert local("GET", "/local/drafts") == {"drafts": []}
    assert local("GET", "/local/mailboxes") == {"addresses": {"ann@example.org": 1, "ben@example.org": 1}}


def test_recipient_can_be_typed_into_a_draft_that_is_sent_by_hand(drafts: Any, local: Call) -> None:
    raw = urlsafe_b64encode(b"Subject: Hello\r\n\r\nHi\r\n").decode()
    draft = drafts.create(userId="me", body={"message": {"raw": raw}}).execute()

    local("POST", f"/local/drafts/{draft['id']}/send", {"to": "cleo@example.org"})

    (mail,) = local("GET", "/local/mailboxes/cleo@example.org")["mails"]
    assert (mail["to"], mail["subject"], mail["text"]) == ("cleo@example.org", "Hello", "Hi\r\n")
    assert local("GET", "/local/drafts") == {"drafts": []}


def test_drafts_can_be_discarded_by_hand(drafts: Any, local: Call) -> None:
    draft = drafts.create(userId="me", body=make_draft()).execute()

    local("POST", f"/local/drafts/{draft['id']}/discard")

    assert local("GET", "/local/drafts") == {"drafts": []}
    assert local("GET", "/local/mailboxes") == {"addresses": {}}


def test_drafts_that_are_not_there_are_404(workspace: RunningWorkspace) -> None:
    reply = requests.post(f"{workspace.base_url}/local/drafts/r1/discard", timeout=10)

    assert (reply.status_code, reply.json()["error"]["message"]) == (
        404,
        "There is no draft r1: it was sent or discarded, or never made.",
    )


@pytest.mark.parametrize("body", [{}, {"per_day": -1}, {"per_day": "many"}, {"per_day": True}])
def test_limit_takes_whole_numbers_only(workspace: RunningWorkspace, body: dict[str, Any]) -> None:
    reply = requests.post(f"{workspace.base_url}/local/gmail/limit", json=body, timeout=10)

    assert reply.status_code == 400
