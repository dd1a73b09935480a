"""Reminder: a day before the meeting, to guests who have not said no; of late stages only the newest goes."""

from __future__ import annotations

import pytest

from tests.automations.hands import answer, assert_quiet, keys, subjects, take_off
from tests.month import Month

DUE = "2026-11-18T17:00:00+01:00"
AGENDA = "Co-op educators on Thursday 19 November 2026: the agenda"
REMINDER = "Soon: Co-op educators, Thursday 19 November 2026 at 17:00 (Berlin time, UTC+1)"


def test_reminder_goes_to_yes_maybe_and_no_answer(month: Month) -> None:
    month.add_members("Ann", "Bob", "Cid", "Dee")
    month.live()
    answer(month, "2026-11", ann="accepted", bob="tentative", cid="declined")
    month.go_to("2026-11-12T17:00:00+01:00")
    month.tick()
    month.go_to("2026-11-18T16:59:00+01:00")
    month.tick()
    early = keys(month, "/reminder/")

    month.go_to(DUE)
    month.tick()

    assert early == {}
    assert keys(month, "/reminder/") == {
        "2026-11.g0/reminder/ann": "sent",
        "2026-11.g0/reminder/bob": "sent",
        "2026-11.g0/reminder/dee": "sent",
    }
    assert subjects(month, "ann") == [AGENDA, REMINDER]
    assert subjects(month, "cid") == [AGENDA]
    assert_quiet(month)


@pytest.mark.parametrize("wish", ["invitation and agenda", "invitation only", "nothing"])
def test_reminder_goes_only_to_whoever_wants_everything(month: Month, wish: str) -> None:
    month.type_row("Members", Name="Ann", Email="ann@example.org", Mail=wish)
    month.live()

    month.go_to(DUE)
    month.tick()

    assert keys(month, "/reminder/") == {}


def test_reminder_needs_a_place_on_the_guest_list(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.live()
    take_off(month, "2026-11", "bob")

    month.go_to(DUE)
    month.tick()

    assert keys(month, "/reminder/") == {"2026-11.g0/reminder/ann": "sent"}


def test_asleep_until_the_last_day_sends_the_reminder_and_skips_the_agenda(month: Month) -> None:
    month.add_members("Ann")
    month.type_row("Members", Name="Bob", Email="bob@example.org", Mail="invitation and agenda")
    month.live()

    month.go_to("2026-11-18T20:00:00+01:00")
    month.tick()

    assert subjects(month, "ann") == [REMINDER]
    assert subjects(month, "bob") == [AGENDA]
    assert keys(month, "2026-11.g0/agenda") == {
        "2026-11.g0/agenda/ann": "skipped",
        "2026-11.g0/agenda/bob": "sent",
    }
    assert ["the reminder was due as well" in str(row) for row in month.rows("Log")].count(True) == 1
    assert_quiet(month)


def test_late_joiner_of_the_last_day_gets_the_reminder_alone(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.run_until("2026-11-18T20:00:00+01:00")

    month.add_members("Bob")
    month.settle()

    assert subjects(month, "bob") == [REMINDER]
    assert keys(month, "2026-11.g0/agenda/bob") == {"2026-11.g0/agenda/bob": "skipped"}
    assert_quiet(month)


def test_reminder_is_never_late(month: Month) -> None:
    month.add_members("Ann")
    month.live()

    month.go_to("2026-11-19T17:00:01+01:00")
    month.tick()

    assert subjects(month, "ann") == []


def test_reminder_hangs_on_the_start_wherever_it_is_moved(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.fill("Roasts", "2026-11", Other_date="2026-11-26")
    month.settle()

    month.go_to(DUE)
    month.tick()
    early = keys(month, "/reminder/")
    month.go_to("2026-11-25T17:00:00+01:00")
    month.tick()

    assert early == {}
    assert keys(month, "/reminder/") == {"2026-11.g0/reminder/ann": "sent"}
    assert_quiet(month)


def test_reminder_without_a_link_says_where_it_stands(month: Month) -> None:
    month.local("POST", "/local/accounts", {"address": "organizer@example.org", "meet": False})
    month.add_members("Ann")
    month.live()

    month.go_to(DUE)
    month.tick()

    (reminder,) = (mail for mail in month.mails("ann@example.org") if mail.subject.startswith("Soon"))
    assert "The link to join is in the calendar event." in reminder.text
