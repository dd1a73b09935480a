"""Alerts: what is stopped or has failed is said once, with the way out, to organizer and second person."""

from __future__ import annotations

import pytest

from tests.automations.hands import assert_quiet, event, guests, keys, notices, starts, subjects, today
from tests.faulty import answer, fail
from tests.month import Month

STOPPED = "Co-op educators: Stopped, waiting for you"
FAILED = "Co-op educators: Something could not be done"
INVALID_TO = answer(
    400,
    "Invalid To header",
    errors=[{"message": "Invalid To header", "domain": "global", "reason": "invalidArgument"}],
    status="INVALID_ARGUMENT",
)


def test_first_live_tick_is_stopped_and_said_once_to_both(month: Month) -> None:
    month.set("Second person", "second@example.org")
    month.add_members("Ann", "Bob")
    month.settle()
    month.set("Mode", "live")

    ticks = month.settle()

    (hold,) = ticks[-1].plan.holds
    assert subjects(month, "organizer") == [STOPPED]
    assert subjects(month, "second") == [STOPPED]
    (mail,) = month.mails("second@example.org")
    assert "This is the first time that mails and invitations would really go out." in mail.text
    assert f'type "{hold.code}" into the tab Settings, beside "Go ahead with"' in " ".join(mail.text.split())
    assert hold.code in today(month)
    assert [row[2] for row in month.rows("Outbox")[1:]] == ["organizer", "second person"]
    assert notices(month, "ann") == []
    assert_quiet(month)


def test_code_that_changed_after_its_mail_is_mailed_the_next_day(month: Month) -> None:
    month.add_members("Ann")
    month.settle()
    month.set("Mode", "live")
    month.tick()
    month.add_members("Bob")
    month.settle()
    assert subjects(month, "organizer") == [STOPPED]

    month.go_to("2026-11-13T09:00:00+01:00")
    (hold,) = month.tick().plan.holds
    month.go_to("2026-11-14T09:00:00+01:00")
    month.tick()

    assert subjects(month, "organizer") == [STOPPED, STOPPED]
    assert hold.code in month.mails("organizer@example.org")[-1].text
    assert_quiet(month)


def test_code_in_the_sheet_lets_go_and_may_stay_there(month: Month) -> None:
    month.add_members("Ann")
    month.settle()
    month.set("Mode", "live")
    (hold,) = month.tick().plan.holds

    month.set("Go ahead with", hold.code.upper().replace(" ", "-"))
    month.settle()

    assert notices(month, "ann") == ["invitation", "invitation"]
    assert subjects(month, "organizer") == [STOPPED]
    assert "A code that fits nothing" not in today(month)
    assert_quiet(month)


@pytest.fixture
def emptied(month: Month) -> Month:
    """Of five guests, four have been typed as left; their removal is due and stopped."""
    month.add_members("Ann", "Bob", "Cid", "Dee", "Eve")
    month.live()
    for name in ("Bob", "Cid", "Dee", "Eve"):
        month.fill("Members", name, Status="left")
    month.settle()
    month.go_to("2026-11-13T09:30:00+01:00")
    month.tick()
    return month


def test_many_guests_leaving_at_once_are_stopped_and_said_once(emptied: Month) -> None:
    for _ in range(3):
        emptied.wait(minutes=30)
        emptied.tick()

    assert sorted(guests(emptied, "2026-11")) == ["ann", "bob", "cid", "dee", "eve"]
    assert subjects(emptied, "organizer") == [
        STOPPED,
        STOPPED,
        STOPPED,
    ]  # going live, then one for each event
    texts = [mail.text for mail in emptied.mails("organizer@example.org")[1:]]
    assert ["4 of the 5 guests of 2026-11 would be taken off the list." in text for text in texts] == [
        True,
        False,
    ]
    assert ["4 of the 5 guests of 2026-12 would be taken off the list." in text for text in texts] == [
        False,
        True,
    ]
    assert_quiet(emptied)


def test_stopped_changes_go_away_when_the_sheet_is_mended(emptied: Month) -> None:
    for name in ("Bob", "Cid", "Dee", "Eve"):
        emptied.fill("Members", name, Status="active")

    emptied.settle()

    assert emptied.tick().plan.holds == ()
    assert sorted(guests(emptied, "2026-11")) == ["ann", "bob", "cid", "dee", "eve"]
    assert len(subjects(emptied, "organizer")) == 3
    assert_quiet(emptied)


def test_stopped_changes_go_with_their_code_alone(emptied: Month) -> None:
    november, _ = emptied.tick().plan.holds

    emptied.tick(november.code)

    assert sorted(guests(emptied, "2026-11")) == ["ann"]
    assert sorted(guests(emptied, "2026-12")) == ["ann", "bob", "cid", "dee", "eve"]
    assert_quiet(emptied)


def test_start_changed_in_settings_is_stopped_and_said(month: Month) -> None:
    month.add_members("Ann")
    month.live()

    month.set("Starts at", "19:00")
    ticks = month.settle()

    (hold,) = ticks[-1].plan.holds
    assert hold.why == "A change in Settings would move 2 events that people know about."
    assert starts(month, "2026-11") == "2026-11-19 17:00"
    assert subjects(month, "organizer") == [STOPPED, STOPPED]
    month.tick(hold.code)
    assert starts(month, "2026-11") == "2026-11-19 19:00"


def test_start_within_a_day_is_stopped(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.run_until("2026-11-18T18:00:00+01:00")

    month.fill("Roasts", "2026-11", Other_start="19:00")
    ticks = month.settle()

    (hold,) = ticks[-1].plan.holds
    assert hold.why == "A start would change less than 24 hours ahead."
    assert starts(month, "2026-11") == "2026-11-19 17:00"


def test_many_newcomers_at_once_are_stopped_and_the_rest_goes_on(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.add_members("Bob", "Cid", "Dee", "Eve", "Fay", "Gus")
    month.fill("Roasts", "2026-11", Host="Ann")

    month.settle()
    month.go_to("2026-11-12T17:00:00+01:00")
    month.tick()

    assert len(subjects(month, "ann")) == 2  # asked to host, and the agenda
    assert [subjects(month, name) for name in ("bob", "gus")] == [[], []]
    assert subjects(month, "organizer") == [STOPPED, STOPPED]
    assert_quiet(month)


def test_mail_that_fails_is_reported_once(month: Month) -> None:
    month.set("Second person", "second@example.org")
    month.add_members("Ann")
    month.live()
    month.go_to("2026-11-12T17:00:00+01:00")
    fail(month, "gmail.users.drafts.create", *[INVALID_TO] * 3)

    for _ in range(3):
        month.tick()
        month.wait(minutes=1)
    month.settle()
    month.wait(hours=20)
    month.tick()

    assert keys(month, "/agenda/") == {"2026-11.g0/agenda/ann": "failed"}
    assert subjects(month, "organizer") == [STOPPED, FAILED]
    assert subjects(month, "second") == [STOPPED, FAILED]
    text = month.mails("second@example.org")[1].text
    assert "Agenda to Ann: Gmail said: Invalid To header" in text
    assert_quiet(month)


def test_alert_that_is_switched_off_is_not_sent(month: Month) -> None:
    month.fill("Emails", "organizer.alert", Send="no")
    month.add_members("Ann")

    month.live()

    assert subjects(month, "organizer") == []


def test_members_emptied_while_live_is_said_once_and_changes_nothing(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.fill("Roasts", "2026-11", Host="Ann")
    month.live()
    title = event(month, "2026-11")["summary"]

    for row in (2, 3):
        for letter in "BC":
            month.type("Members", f"{letter}{row}", None)
    month.settle()
    for _ in range(3):
        month.wait(hours=12)
        month.tick()

    assert sorted(guests(month, "2026-11")) == ["ann", "bob"]
    assert event(month, "2026-11")["summary"] == title
    empty = "Co-op educators: The tab Members is empty"
    assert subjects(month, "organizer").count(empty) == 1
    assert "nobody gets a mail until the rows are back" in today(month)
    assert_quiet(month)


def test_refused_meet_link_is_said_once_though_it_is_asked_for_daily(month: Month) -> None:
    month.local("POST", "/local/accounts", {"address": "organizer@example.org", "meet": False})
    month.add_members("Ann")
    month.live()

    for _ in range(3):
        month.wait(days=1)
        month.tick()

    assert subjects(month, "organizer") == [STOPPED, FAILED]
    text = " ".join(month.mails("organizer@example.org")[1].text.split())
    assert "Meet link for the meeting of 2026-11: " in text
    assert "The link is asked for again every day." in text
    assert "Send again on" not in text
    assert "people: " not in today(month)
    assert_quiet(month)
