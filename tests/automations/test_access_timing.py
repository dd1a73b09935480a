"""Access: when an answer leaves, what it takes the place of, and requests that need no decision."""

from __future__ import annotations

import pytest

from tests.automations.hands import ask_in, assert_quiet, check_of, guests, invites, subjects
from tests.month import Month

CHANNEL = "1100000000000000009"


def test_fewer_mails_needs_no_approval_and_counts_each_time(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.live()

    ask_in(month, "Ann", Wants="fewer mails", Decision=None)
    ask_in(month, "Bob", Wants="fewer mails", Decision=None)
    ask_in(month, "Bob", Wants="fewer mails", Decision=None)
    month.run_until("2026-11-19T12:00:00+01:00")

    assert subjects(month, "ann") == ["Co-op educators on Thursday 19 November 2026: the agenda"]
    assert subjects(month, "bob") == []
    assert sorted(guests(month, "2026-11")) == ["ann", "bob"]


def test_leave_needs_no_approval(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.live()

    ask_in(month, "Bob", Wants="leave", Decision=None)
    month.run_until("2026-11-13T12:00:00+01:00")

    assert sorted(guests(month, "2026-11")) == ["ann"]
    assert subjects(month, "bob") == []
    assert check_of(month, "Requests", "bob@example.org") == "left"
    assert_quiet(month)


def test_decline_is_one_kind_mail(month: Month) -> None:
    month.live()

    ask_in(month, Decision="decline")
    month.settle()

    assert subjects(month, "zoe") == ["Your request to join Co-op educators"]
    assert len(month.rows("Members")) == 1
    assert_quiet(month)


@pytest.mark.parametrize("decision", ["hold", "ignore", None])
def test_hold_ignore_and_no_decision_do_nothing(month: Month, decision: str | None) -> None:
    month.live()
    phases = month.phases()

    ask_in(month, Decision=decision)
    month.settle()

    assert month.phases() == phases
    assert len(month.rows("Members")) == 1
    assert subjects(month, "zoe") == []


def test_welcome_close_to_the_meeting_absorbs_agenda_and_reminder(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.run_until("2026-11-18T09:00:00+01:00")

    ask_in(month)
    month.tick()
    month.go_to("2026-11-18T10:00:00+01:00")  # a slow cron: welcome and agenda are ready in the same tick
    month.tick()
    month.run_until("2026-11-19T17:00:00+01:00")

    (welcome,) = month.mails("zoe@example.org")
    assert welcome.subject == "Welcome to Co-op educators"
    assert "Needs sharing" in welcome.text
    assert sorted(guests(month, "2026-11")) == ["ann", "zoe"]
    assert len(subjects(month, "ann")) == 2


def test_approval_settles_for_five_minutes(month: Month) -> None:
    month.live()
    ask_in(month)
    month.tick()

    month.wait(minutes=4)
    month.tick()
    early = (subjects(month, "zoe"), len(month.rows("Members")))
    month.wait(minutes=1)
    month.tick()

    assert early == ([], 1)
    assert subjects(month, "zoe") == ["Welcome to Co-op educators"]
    assert len(month.rows("Members")) == 2


def test_decision_changed_while_settling_sends_nothing(month: Month) -> None:
    month.live()
    ask_in(month)
    month.tick()
    month.wait(minutes=4)

    month.fill("Requests", "zoe@example.org", Decision="hold")
    month.settle()

    assert subjects(month, "zoe") == []
    assert len(month.rows("Members")) == 1
    assert invites(month) == []


def test_request_decided_before_going_live_is_not_answered_after_the_fact(month: Month) -> None:
    month.set("Discord channel id", CHANNEL)
    month.add_members("Ann")
    ask_in(month)

    month.live()
    month.go_to("2026-11-12T17:00:00+01:00")
    month.tick()

    assert len(month.rows("Members")) == 3
    assert sorted(guests(month, "2026-11")) == ["ann", "zoe"]
    assert invites(month) == []
    assert subjects(month, "zoe") == ["Co-op educators on Thursday 19 November 2026: the agenda"]


def test_deleted_row_of_an_approved_person_is_not_written_again(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    ask_in(month)
    month.settle()

    where = {"tab": "Members", "from": month.row_of("Members", "Zoe")}
    month.local("POST", f"/local/sheets/{month.id}/rows/delete", where)
    month.go_to("2026-11-12T17:00:00+01:00")
    month.tick()

    assert len(month.rows("Members")) == 2
    assert subjects(month, "zoe") == ["Welcome to Co-op educators"]
    assert_quiet(month)
