"""Meetings: created, moved, worded, cancelled, made anew, and left alone where a human was there."""

from __future__ import annotations

import pytest

from community.events import event_id as made_of
from tests.automations.hands import (
    answer,
    assert_quiet,
    check_of,
    delete_event,
    edit_event,
    event,
    guests,
    keys,
    move_event,
    notices,
    problems,
    starts,
    subjects,
    today,
)
from tests.month import ORGANIZER, Month

WRITES = {"calendar.events.insert", "calendar.events.update", "calendar.events.delete"}


def calendar_writes(month: Month) -> list[str]:
    """The writes to Calendar that are about meetings."""
    alarm = made_of(month.id, "alarm", 0)
    return [
        entry["api_method"]
        for entry in month.requests()
        if entry["api_method"] in WRITES and alarm not in f"{entry['path']} {entry.get('body')}"
    ]


def test_event_is_made_with_guests_link_and_hidden_list(month: Month) -> None:
    month.add_members("Ann", "Bob")

    month.live()

    made = event(month, "2026-11")
    assert made["id"] == made_of(month.id, "2026-11", 0)
    assert made["summary"] == "Co-op educators"
    assert made["start"] == {"dateTime": "2026-11-19T16:00:00Z", "timeZone": "Europe/Berlin"}
    assert made["end"] == {"dateTime": "2026-11-19T17:00:00Z", "timeZone": "Europe/Berlin"}
    assert made["guestsCanSeeOtherGuests"] is False
    assert made["hangoutLink"].startswith("https://meet.google.com/")
    assert guests(month, "2026-11") == {"ann": "needsAction", "bob": "needsAction"}
    assert guests(month, "2026-12") == {"ann": "needsAction", "bob": "needsAction"}
    assert notices(month, "ann") == ["invitation", "invitation"]
    assert_quiet(month)


def test_account_without_meet_gets_an_event_without_link_and_is_asked_daily(month: Month) -> None:
    month.local(
        "POST", "/local/accounts", {"address": ORGANIZER, "meet": False, "time_zone": "Europe/Berlin"}
    )
    month.add_members("Ann")
    month.live()
    assert "hangoutLink" not in event(month, "2026-12")
    assert keys(month, "2026-12.g0/link") == {"2026-12.g0/link/1": "failed"}
    assert_quiet(month)
    month.local("POST", "/local/accounts", {"address": ORGANIZER, "meet": True, "time_zone": "Europe/Berlin"})

    month.wait(hours=23)
    month.tick()
    early = "hangoutLink" in event(month, "2026-12")
    month.wait(hours=1)
    month.tick()

    assert early is False
    assert event(month, "2026-12")["hangoutLink"].startswith("https://meet.google.com/")
    assert keys(month, "2026-12.g0/link") == {"2026-12.g0/link/1": "failed", "2026-12.g0/link/2": "done"}
    assert notices(month, "ann") == ["invitation", "invitation"]
    month.tick()
    assert_quiet(month)


def test_event_follows_other_date_and_other_start(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    answer(month, "2026-12", ann="accepted")
    month.fill("Roasts", "2026-12", Other_date="2026-12-10", Other_start="18:30", Host="Ann")
    month.forget_requests()

    month.settle()

    assert calendar_writes(month) == ["calendar.events.update"]
    assert starts(month, "2026-12") == "2026-12-10 18:30"
    assert event(month, "2026-12")["end"]["dateTime"] == "2026-12-10T18:30:00Z"
    assert event(month, "2026-12")["summary"] == "Co-op educators: roast with Ann"
    assert guests(month, "2026-12") == {"ann": "accepted"}
    assert notices(month, "ann") == ["invitation", "invitation", "update"]
    assert_quiet(month)


def test_other_date_that_is_over_is_a_problem_and_moves_nothing(month: Month) -> None:
    month.add_members("Ann")
    month.live()

    month.fill("Roasts", "2026-11", Other_date="2026-11-05")
    month.settle()

    assert starts(month, "2026-11") == "2026-11-19 17:00"
    assert problems(month, "Roasts") == [
        "2026-11-05 17:00 This start is over already. Type one that is still to come."
        " The event stays where it is."
    ]
    assert_quiet(month)


def test_event_moved_by_hand_stays_there_and_mails_follow(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.forget_requests()

    move_event(month, "2026-11", "2026-11-20T18:00:00+01:00")
    month.settle()
    month.go_to("2026-11-13T18:00:00+01:00")
    month.tick()

    assert calendar_writes(month) == []
    assert starts(month, "2026-11") == "2026-11-20 18:00"
    assert subjects(month, "ann") == ["Co-op educators on Friday 20 November 2026: the agenda"]
    assert "moved in Calendar" in check_of(month, "Roasts", "2026-11")
    assert "It was moved in Calendar to" in today(month)
    assert_quiet(month)


def test_event_moved_by_hand_follows_the_sheet_again_once_that_changes(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    move_event(month, "2026-12", "2026-12-18T18:00:00+01:00")
    month.tick()

    month.fill("Roasts", "2026-12", Other_date="2026-12-10")
    month.settle()

    assert starts(month, "2026-12") == "2026-12-10 17:00"
    assert_quiet(month)


def test_description_follows_the_sheet_without_a_notice(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.live()
    month.fill("Roasts", "2026-12", Host="Ann", Plan_title="Fishbowl <b>")
    month.forget_requests()

    month.settle()

    assert calendar_writes(month) == ["calendar.events.update"]
    update = next(entry for entry in month.requests() if entry["api_method"] == "calendar.events.update")
    assert "sendUpdates=none" in update["path"]
    assert event(month, "2026-12")["summary"] == "Co-op educators: roast with Ann"
    assert 'hosted by Ann: "Fishbowl &lt;b&gt;"' in event(month, "2026-12")["description"]
    assert notices(month, "ann") == ["invitation", "invitation"]
    assert_quiet(month)


def test_title_typed_by_hand_is_kept_while_the_description_follows(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.live()
    edit_event(month, "2026-12", summary="Our winter party")

    for host in ("Ann", "Bob"):
        month.fill("Roasts", "2026-12", Host=host)
        month.settle()

    assert event(month, "2026-12")["summary"] == "Our winter party"
    assert "hosted by Bob" in event(month, "2026-12")["description"]
    assert_quiet(month)


def test_skipped_meeting_is_cancelled_and_its_mails_withdrawn(month: Month) -> None:
    month.add_members("Ann")
    month.live()

    month.fill("Roasts", "2026-11", No_meeting_because="a strike")
    month.settle()
    month.run_until("2026-11-20T09:00:00+01:00")

    assert event(month, "2026-11")["status"] == "cancelled"
    assert notices(month, "ann") == ["invitation", "invitation", "cancellation"]
    assert subjects(month, "ann") == []
    assert keys(month, "2026-11.g0/cancel") == {"2026-11.g0/cancel": "done"}


def test_meeting_that_takes_place_after_all_gets_a_new_event(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.fill("Roasts", "2026-12", No_meeting_because="a strike")
    month.settle()
    assert_quiet(month)

    month.fill("Roasts", "2026-12", No_meeting_because=None)
    month.settle()

    assert event(month, "2026-12")["id"] == made_of(month.id, "2026-12", 1)
    assert event(month, "2026-12")["status"] == "confirmed"
    assert notices(month, "ann") == ["invitation", "invitation", "cancellation", "invitation"]
    assert_quiet(month)


def test_reason_taken_back_while_settling_changes_nothing(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.fill("Roasts", "2026-12", No_meeting_because="a strike")
    month.tick()
    month.forget_requests()

    month.fill("Roasts", "2026-12", No_meeting_because=None)
    month.settle()

    assert calendar_writes(month) == []


def test_event_deleted_by_hand_stays_deleted_until_a_reason_comes_and_goes(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.forget_requests()

    delete_event(month, "2026-11")
    month.run_until("2026-11-12T18:00:00+01:00")
    assert calendar_writes(month) == []
    assert subjects(month, "ann") == []
    assert "Its event was deleted in Calendar" in today(month)
    assert_quiet(month)
    month.fill("Roasts", "2026-11", No_meeting_because="deleted it by mistake")
    month.settle()
    month.fill("Roasts", "2026-11", No_meeting_because=None)
    month.settle()

    assert event(month, "2026-11")["id"] == made_of(month.id, "2026-11", 1)
    assert event(month, "2026-11")["status"] == "confirmed"
    assert_quiet(month)


def test_month_rows_are_appended_once_and_reach_twelve_months(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.go_to("2026-12-01T09:00:00+01:00")

    month.tick()

    months = [row[1] for row in month.rows("Roasts")[1:]]
    assert (months[0], months[-1], len(months)) == ("2026-11", "2027-11", 13)
    assert keys(month, "roasts/") == {"roasts/2027-11": "done"}
    month.tick()
    assert_quiet(month)


def test_doubled_month_leaves_its_meeting_as_it_is(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.type_row("Roasts", Month="2026-12", Other_date="2026-12-10", No_meeting_because="a strike")
    month.forget_requests()

    month.settle()

    assert calendar_writes(month) == []
    assert starts(month, "2026-12") == "2026-12-17 17:00"
    assert [line.split(" Delete")[0] for line in problems(month, "Roasts")] == [
        "2026-12 2026-12 stands in row 14, too.",
        "2026-12 2026-12 stands in row 3, too.",
    ]
    assert_quiet(month)


@pytest.mark.parametrize("setting", ["Time zone", "Starts at", "Minutes"])
def test_unreadable_setting_stops_calendar_and_dated_mail(month: Month, setting: str) -> None:
    month.add_members("Ann")
    month.live()
    month.fill("Roasts", "2026-12", Other_date="2026-12-10")
    month.set(setting, "whenever")
    month.forget_requests()

    month.settle()
    month.go_to("2026-11-12T17:00:00+01:00")
    month.tick()

    assert calendar_writes(month) == []
    assert subjects(month, "ann") == []
    assert len(problems(month, "Settings")) == 1
    assert_quiet(month)
