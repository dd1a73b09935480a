"""Guests: whoever belongs is on the list, whoever leaves goes, and a human's hand on the list is kept."""

from __future__ import annotations

import pytest

from automations import guests as rules
from tests.automations.hands import (
    answer,
    assert_quiet,
    guests,
    keys,
    notices,
    problems,
    put_on,
    subjects,
    take_off,
)
from tests.month import ORGANIZER, Month

NEXT_DAY = "2026-11-13T09:30:00+01:00"


def delete_row(month: Month, tab: str, text: str) -> None:
    month.local(
        "POST", f"/local/sheets/{month.id}/rows/delete", {"tab": tab, "from": month.row_of(tab, text)}
    )


@pytest.mark.parametrize("status", ["left", "paused", "Discord only"])
def test_whoever_leaves_is_taken_off_and_answers_survive(month: Month, status: str) -> None:
    month.add_members("Ann", "Bob", "Cid")
    month.live()
    answer(month, "2026-11", ann="accepted", bob="declined", cid="tentative")

    month.fill("Members", "Bob", Status=status)
    month.settle()
    month.go_to(NEXT_DAY)
    month.forget_requests()
    month.tick()

    assert month.asked().count("calendar.events.update") == 3  # one for each of the two events, and the alarm
    assert guests(month, "2026-11") == {"ann": "accepted", "cid": "tentative"}
    assert guests(month, "2026-12") == {"ann": "needsAction", "cid": "needsAction"}
    assert notices(month, "bob") == ["invitation", "invitation", "cancellation", "cancellation"]
    assert_quiet(month)


def test_several_changes_of_a_day_leave_in_one_update(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.live()
    month.fill("Members", "Bob", Status="left")
    month.settle()
    month.add_members("Cid")
    month.settle()
    before = guests(month, "2026-12")

    month.forget_requests()
    month.go_to(NEXT_DAY)
    month.tick()

    assert before == {"ann": "needsAction", "bob": "needsAction"}
    assert month.asked().count("calendar.events.update") == 3  # one for each event, and the alarm
    assert guests(month, "2026-12") == {"ann": "needsAction", "cid": "needsAction"}
    assert notices(month, "ann") == ["invitation", "invitation", "update", "update"]
    assert_quiet(month)


def test_newcomer_is_invited_at_once_within_two_days_of_the_start(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.go_to("2026-11-17T17:00:00+01:00")
    month.tick()

    month.add_members("Bob")
    month.settle()
    month.add_members("Cid")
    month.settle()

    assert guests(month, "2026-11") == {"ann": "needsAction", "bob": "needsAction", "cid": "needsAction"}


def test_change_of_mind_while_settling_takes_nobody_off(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.live()
    month.go_to(NEXT_DAY)

    month.fill("Members", "Bob", Status="left")
    month.tick()
    month.wait(minutes=8)
    month.fill("Members", "Bob", Status=None)
    month.settle()

    assert guests(month, "2026-11") == {"ann": "needsAction", "bob": "needsAction"}
    assert notices(month, "bob") == ["invitation", "invitation"]


def test_whoever_comes_back_is_invited_again(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.live()
    month.fill("Members", "Bob", Status="paused")
    month.settle()
    month.go_to(NEXT_DAY)
    month.tick()

    month.fill("Members", "Bob", Status="active")
    month.settle()
    month.wait(hours=24)
    month.tick()

    assert guests(month, "2026-12") == {"ann": "needsAction", "bob": "needsAction"}
    assert_quiet(month)


def test_deleted_row_leaves_a_guest_without_mail_and_is_a_problem_for_a_day(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.live()

    delete_row(month, "Members", "Bob")
    month.settle()
    said = problems(month, "Members")
    month.go_to("2026-11-12T17:00:00+01:00")
    month.tick()
    month.go_to(NEXT_DAY)
    month.tick()

    assert said == [
        "Bob Bob is a guest of 2026-11 and 2026-12, but has no row that can be read. Bring the row back;"
        " whoever leaves needs the Status left. They stay a guest and get no mail."
    ]
    assert problems(month, "Members") == []
    assert guests(month, "2026-11") == {"ann": "needsAction", "bob": "needsAction"}
    assert (len(subjects(month, "ann")), len(subjects(month, "bob"))) == (1, 0)
    assert_quiet(month)


def test_unreadable_row_leaves_a_guest_without_mail_until_it_is_mended(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.live()

    month.fill("Members", "Bob", Away_until="when I am back")
    month.settle()
    month.go_to("2026-11-12T17:00:00+01:00")
    month.tick()
    unread = subjects(month, "bob")
    month.fill("Members", "Bob", Away_until=None)
    month.settle()

    assert unread == []
    assert guests(month, "2026-11") == {"ann": "needsAction", "bob": "needsAction"}
    assert subjects(month, "bob") == ["Co-op educators on Thursday 19 November 2026: the agenda"]
    assert problems(month, "Members") == []
    assert_quiet(month)


def test_whoever_was_taken_off_by_hand_stays_out_and_it_is_said(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.live()

    take_off(month, "2026-12", "bob")
    month.settle()
    month.go_to(NEXT_DAY)
    month.tick()

    assert guests(month, "2026-12") == {"ann": "needsAction"}
    assert problems(month, "Members") == [
        "Bob Bob was taken off the guest list of 2026-12 in Calendar; if that was a mistake, add them there."
        " They are not invited again."
    ]
    assert_quiet(month)


def test_guest_added_by_hand_is_kept_whatever_the_sheet_says(month: Month) -> None:
    month.add_members("Ann")
    month.type_row("Members", Name="Bob", Email="bob@example.org", Status="left")
    month.live()
    put_on(month, "2026-11", "bob")
    put_on(month, "2026-11", "stranger")

    month.add_members("Cid")
    month.settle()
    month.go_to(NEXT_DAY)
    month.tick()

    assert guests(month, "2026-11") == {
        "ann": "needsAction",
        "bob": "needsAction",
        "stranger": "needsAction",
        "cid": "needsAction",
    }
    assert_quiet(month)


def test_owner_of_the_calendar_is_never_added_nor_removed(month: Month) -> None:
    month.add_members("Ann")
    month.type_row("Members", Name="Olga", Email=ORGANIZER)
    month.live()
    invited = guests(month, "2026-11")
    put_on(month, "2026-11", "organizer")

    month.fill("Members", "Olga", Status="left")
    month.settle()
    month.go_to(NEXT_DAY)
    month.tick()

    assert invited == {"ann": "needsAction"}
    assert sorted(guests(month, "2026-11")) == ["ann", "organizer"]


def test_whoever_is_away_or_wants_nothing_is_not_invited(month: Month) -> None:
    month.add_members("Ann")
    month.type_row("Members", Name="Bob", Email="bob@example.org", Away_until="2026-12-01")
    month.type_row("Members", Name="Cid", Email="cid@example.org", Mail="nothing")
    month.type_row("Members", Name="Dee", Email="dee@example.org", Mail="invitation only")

    month.live()

    assert sorted(guests(month, "2026-11")) == ["ann", "dee"]
    assert sorted(guests(month, "2026-12")) == ["ann", "bob", "dee"]
    assert_quiet(month)


def test_full_list_takes_nobody_new_until_somebody_has_left(
    month: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_GUESTS", 3)
    month.add_members("Ann", "Bob", "Cid")
    month.live()

    month.add_members("Dee")
    month.fill("Members", "Bob", Status="left")
    month.settle()
    month.go_to(NEXT_DAY)
    month.tick()
    full = guests(month, "2026-12")
    month.wait(hours=24)
    month.tick()

    assert sorted(full) == ["ann", "cid"]
    assert sorted(guests(month, "2026-12")) == ["ann", "cid", "dee"]
    assert_quiet(month)


def test_list_that_would_be_too_long_is_said(month: Month) -> None:
    rows = [["", f"member{number}", f"member{number}@example.org"] for number in range(201)]
    month.workspace.sheets.append("Members", rows)

    month.live()

    assert keys(month, "/event") == {}
    assert problems(month, "Members")[0] == (
        "201 Calendar keeps the answers of 200 guests, and this list is longer; make a Google Group and"
        " invite that one address. Nobody new is invited to the meeting of 2026-11."
    )
