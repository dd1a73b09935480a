"""Mails that were under way when a tick ended: what becomes of each in the next one."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from tests.engine.agendas import (
    AGENDA,
    CREATE,
    DELETE,
    GET,
    PRECONDITION,
    SEND,
    agendas,
    over_the_rate,
    subjects,
)
from tests.faulty import fail
from tests.month import Month


def by_hand() -> EmailMessage:
    """The agenda as a person addresses it who finds it among the drafts."""
    message = EmailMessage()
    message["To"] = "ann@example.org"
    message["Subject"] = AGENDA
    return message


@pytest.mark.parametrize("deed", ["sent", "discarded"])
def test_draft_that_a_human_took_is_gone_and_never_made_again(due: Month, deed: str) -> None:
    fail(due, SEND, over_the_rate("2026-11-12T16:15:00.000Z"))
    due.tick()
    draft = due.drafts()[0]["id"]
    if deed == "sent":
        due.workspace.gmail.send_draft(draft, by_hand())
    else:
        due.workspace.gmail.delete_draft(draft)

    due.go_to("2026-11-12T17:15:00+01:00")
    due.tick()
    due.wait(seconds=60)
    due.tick()
    due.wait(hours=3)
    due.tick()

    assert agendas(due) == {"Ann": "gone"}
    assert subjects(due, "ann") == ([AGENDA] if deed == "sent" else [])
    assert due.asked().count(CREATE) == 1


def test_draft_that_is_no_longer_wanted_is_deleted_and_withdrawn(due: Month) -> None:
    fail(due, SEND, over_the_rate("2026-11-12T16:15:00.000Z"))
    due.tick()
    due.fill("Members", "ann@example.org", Status="left")

    due.go_to("2026-11-12T17:15:00+01:00")
    due.tick()

    assert agendas(due) == {"Ann": "withdrawn"}
    assert due.drafts() == []
    assert subjects(due, "ann") == []


def test_mail_in_sending_that_is_no_longer_wanted_is_withdrawn(due: Month) -> None:
    fail(due, SEND, "closeBefore")
    due.tick()
    due.fill("Members", "ann@example.org", Mail="nothing")

    due.wait(seconds=60)
    due.tick()

    assert agendas(due) == {"Ann": "withdrawn"}
    assert (due.drafts(), subjects(due, "ann")) == ([], [])


def test_draft_with_old_facts_is_replaced_before_it_leaves(due: Month) -> None:
    fail(due, SEND, over_the_rate("2026-11-12T16:15:00.000Z"))
    due.tick()
    due.set("Wait after my last change", "10")
    due.fill("Roasts", "2026-11", Host="Ann", Plan_title="Mapping power")

    due.go_to("2026-11-12T17:15:00+01:00")
    due.tick()
    assert (agendas(due), due.drafts()) == ({}, [])
    due.wait(minutes=10)
    due.tick()

    assert agendas(due) == {"Ann": "sent"}
    sent = [mail for mail in due.mails("ann@example.org") if mail.subject == AGENDA]
    assert ["Mapping power" in mail.text for mail in sent] == [True]


def test_paused_finishes_what_is_in_sending_and_nothing_else(due: Month) -> None:
    due.add_members("Bob", "Cleo")
    due.go_to("2026-11-12T16:59:00+01:00")
    due.tick()
    due.go_to("2026-11-12T17:00:00+01:00")
    fail(due, CREATE, "closeAfter")
    fail(due, SEND, "closeBefore", over_the_rate("2026-11-12T16:15:00.000Z"))
    due.tick()
    before = agendas(due)
    due.set("Mode", "paused")
    due.forget_requests()

    due.go_to("2026-11-12T17:15:00+01:00")
    due.tick()

    assert sorted(before.values()) == ["drafted", "drafting", "sending"]
    was_sending = next(who for who, phase in before.items() if phase == "sending")
    assert agendas(due) == before | {was_sending: "sent"}
    assert [method for method in due.asked() if method.startswith("gmail")] == [GET, SEND]
    assert len(due.drafts()) == 2


def test_show_only_touches_no_draft(due: Month) -> None:
    fail(due, SEND, "closeBefore")
    due.tick()
    due.set("Mode", "show only")
    due.forget_requests()

    due.wait(minutes=5)
    due.tick()

    assert agendas(due) == {"Ann": "sending"}
    assert [method for method in due.asked() if method.startswith("gmail")] == []


def test_withdrawn_mail_that_is_wanted_again_goes_once(due: Month) -> None:
    fail(due, SEND, "closeBefore")
    due.tick()
    due.fill("Members", "ann@example.org", Mail="nothing")
    due.wait(seconds=60)
    due.tick()
    due.fill("Members", "ann@example.org", Mail="everything")

    due.settle()

    assert agendas(due) == {"Ann": "sent"}
    assert subjects(due, "ann") == [AGENDA]


def test_mail_whose_withdrawal_was_cut_short_is_no_sent_one(due: Month) -> None:
    fail(due, SEND, "closeBefore")
    fail(due, DELETE, *["closeAfter"] * 4)
    due.tick()
    due.fill("Members", "ann@example.org", Mail="nothing")

    due.wait(seconds=60)
    due.tick()
    assert (agendas(due), due.drafts()) == ({"Ann": "drafted"}, [])
    due.wait(seconds=60)
    due.tick()

    assert agendas(due) == {"Ann": "withdrawn"}
    due.fill("Members", "ann@example.org", Mail="everything")
    due.settle()
    assert subjects(due, "ann") == [AGENDA]


def test_mail_whose_giving_up_was_cut_short_has_failed(due: Month) -> None:
    fail(due, SEND, PRECONDITION, PRECONDITION, PRECONDITION)
    fail(due, DELETE, *["closeAfter"] * 4)

    for _ in range(3):
        due.tick()
        due.wait(minutes=5)
    assert (agendas(due), due.drafts()) == ({"Ann": "drafted"}, [])
    due.tick()

    assert agendas(due) == {"Ann": "failed"}
    assert due.asked().count(SEND) == 3


def test_mail_given_up_whose_draft_cannot_be_deleted_is_not_sent_once_more(due: Month) -> None:
    fail(due, SEND, PRECONDITION, PRECONDITION, PRECONDITION)
    fail(due, DELETE, *["closeAfter"] * 8)

    for _ in range(5):
        due.tick()
        due.wait(minutes=5)

    assert agendas(due) == {"Ann": "failed"}
    assert due.asked().count(SEND) == 3


def test_mail_whose_old_draft_was_deleted_without_an_answer_goes_in_its_new_words(due: Month) -> None:
    fail(due, SEND, PRECONDITION)
    fail(due, DELETE, *["closeAfter"] * 4)
    due.tick()
    due.fill("Roasts", "2026-11", Plan_title="Beans")
    for _ in range(4):
        due.wait(minutes=5)
        due.tick()

    assert agendas(due) == {"Ann": "sent"}
    assert subjects(due, "ann") == [AGENDA]
