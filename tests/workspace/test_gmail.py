from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest

from tests.workspace.conftest import Control
from tests.workspace.loopback import Answer, Loopback
from workspace.errors import NotFound, OutcomeUnknown, Rejected
from workspace.gmail import Gmail
from workspace.transport import Transport


def mail(to: str = "ann@example.org", key: str = "2026-12.g0/agenda/x") -> EmailMessage:
    message = EmailMessage()
    message["To"] = to
    message["From"] = "organizer@example.org"
    message["Subject"] = "Grüße"
    message["X-Third-Thursday"] = key
    message.set_content("Hallo, schön!\n")
    return message


def test_account_is_the_signed_in_one(transport: Transport) -> None:
    assert Gmail(transport).account() == "organizer@example.org"


def test_draft_goes_out_once(transport: Transport, control: Control) -> None:
    gmail = Gmail(transport)
    draft = gmail.create_draft(mail())
    before = gmail.draft_exists(draft)

    sent = gmail.send_draft(draft, mail())

    assert sent
    assert (before, gmail.draft_exists(draft)) == (True, False)
    with pytest.raises(NotFound):
        gmail.send_draft(draft, mail())
    mails: list[dict[str, Any]] = control("GET", "mailboxes/ann@example.org")["mails"]
    assert [(mail["subject"], mail["text"].strip()) for mail in mails] == [("Grüße", "Hallo, schön!")]


def test_draft_is_addressed_to_nobody_until_it_is_sent(transport: Transport, control: Control) -> None:
    message = mail()

    Gmail(transport).create_draft(message)

    drafts: list[dict[str, Any]] = control("GET", "drafts")["drafts"]
    assert [(draft["to"], draft["subject"]) for draft in drafts] == [("", "Grüße")]
    assert message["To"] == "ann@example.org"


def test_mail_to_nobody_is_rejected(transport: Transport) -> None:
    message = mail()
    del message["To"]
    gmail = Gmail(transport)

    with pytest.raises(Rejected):
        gmail.send_draft(gmail.create_draft(message), message)


def test_deleted_draft_is_gone_and_deleting_again_is_fine(transport: Transport) -> None:
    gmail = Gmail(transport)
    draft = gmail.create_draft(mail())

    gmail.delete_draft(draft)
    gmail.delete_draft(draft)

    assert not gmail.draft_exists(draft)


def test_drafts_are_found_by_header(transport: Transport) -> None:
    gmail = Gmail(transport)
    one, other = gmail.create_draft(mail(key="one")), gmail.create_draft(mail(key="other"))
    again = gmail.create_draft(mail(key="one"))
    gmail.create_draft(mail(key="third"))

    found = gmail.drafts_with_header("x-third-thursday", {"one", "other", "none"})

    assert {key: sorted(drafts) for key, drafts in found.items()} == {
        "one": sorted([one, again]),
        "other": [other],
    }


def test_draft_sent_while_we_look_is_passed_over() -> None:
    lists = iter([{"drafts": [{"id": "r-1"}]}, {}])

    def react(request: Any) -> Answer:
        return Answer({}, 404) if "r-1" in request.path else Answer(next(lists))

    with Loopback(react) as server:
        assert Gmail(Transport(None, server.endpoints)).drafts_with_header("X-Key", {"one"}) == {}


def test_draft_that_is_not_found_although_it_is_there_is_not_taken_for_gone() -> None:
    def react(request: Any) -> Answer:
        return Answer({}, 404) if "r-1" in request.path else Answer({"drafts": [{"id": "r-1"}]})

    with Loopback(react) as server:
        gmail = Gmail(Transport(None, server.endpoints))

        assert gmail.draft_exists("r-1")
        with pytest.raises(NotFound):
            gmail.delete_draft("r-1")
        with pytest.raises(NotFound):
            gmail.drafts_with_header("X-Key", {"one"})


def test_drafts_are_listed_to_the_last_page() -> None:
    def react(request: Any) -> Answer:
        if "/drafts/" in request.path:
            headers = [{"name": "X-Key", "value": "one"}]
            return Answer({"id": "r", "message": {"payload": {"headers": headers}}})
        if "pageToken" in request.path:
            return Answer({"drafts": [{"id": "r-2"}]})
        return Answer({"drafts": [{"id": "r-1"}], "nextPageToken": "p2"})

    with Loopback(react) as server:
        found = Gmail(Transport(None, server.endpoints)).drafts_with_header("X-Key", {"one"})

    assert found == {"one": ["r-1", "r-2"]}


def test_answer_without_an_id_is_no_answer() -> None:
    with Loopback(lambda _: Answer({"labelIds": []})) as server:
        gmail = Gmail(Transport(None, server.endpoints))

        with pytest.raises(OutcomeUnknown, match="names no id"):
            gmail.send_draft("r-1", mail())
