"""Corrections: whoever was told something that is no longer true hears it once, and nobody else does."""

from __future__ import annotations

import pytest

from tests.automations.hands import assert_quiet, keys, move_event, notices, subjects
from tests.month import Month

AGENDA = "Co-op educators on Thursday 19 November 2026: the agenda"
TODAY = "Co-op educators, Thursday 19 November 2026"


@pytest.fixture
def told(month: Month) -> Month:
    """Ann, host, and Bob have the agenda of November; Cid, who wants invitations only, has none."""
    month.add_members("Ann", "Bob")
    month.type_row("Members", Name="Cid", Email="cid@example.org", Mail="invitation only")
    month.fill("Roasts", "2026-11", Host="Ann", Host_agreed="yes")
    month.live()
    month.go_to("2026-11-12T17:00:00+01:00")
    month.tick()
    assert subjects(month, "bob") == [AGENDA]
    return month


def test_new_host_is_told_once_to_whoever_had_the_agenda(told: Month) -> None:
    told.fill("Roasts", "2026-11", Host="Bob", Host_agreed=None)

    told.settle()

    assert keys(told, "/correction/") == {
        "2026-11.g0/correction/1/ann": "sent",
        "2026-11.g0/correction/1/bob": "sent",
    }
    (_, correction, _) = told.mails("bob@example.org")
    assert correction.subject == f"{TODAY}: new host"
    assert "New host: Bob\r\n  Before: Ann" in correction.text
    assert subjects(told, "cid") == []
    assert_quiet(told)


def test_host_who_is_gone_is_told_with_the_next_one(told: Month) -> None:
    told.fill("Roasts", "2026-11", Host=None)
    told.settle()
    assert keys(told, "/correction/") == {}

    told.fill("Roasts", "2026-11", Host="Bob", Host_agreed=None)
    told.settle()

    assert keys(told, "/correction/") == {
        "2026-11.g0/correction/1/ann": "sent",
        "2026-11.g0/correction/1/bob": "sent",
    }
    assert_quiet(told)


def test_host_whose_row_is_gone_for_a_while_is_no_news(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.fill("Roasts", "2026-11", Host="Ann", Host_agreed="yes")
    month.live()
    month.fill("Members", "ann@example.org", Name=None)
    month.go_to("2026-11-12T17:00:00+01:00")
    month.settle()
    assert subjects(month, "bob") == [AGENDA]

    month.type("Members", "B2", "Ann")
    month.settle()

    assert keys(month, "/correction/") == {}
    assert_quiet(month)


def test_each_correction_is_counted(told: Month) -> None:
    for host in ("Bob", "Cid"):
        told.fill("Roasts", "2026-11", Host=host, Host_agreed=None)
        told.settle()

    assert keys(told, "/correction/") == {
        "2026-11.g0/correction/1/ann": "sent",
        "2026-11.g0/correction/1/bob": "sent",
        "2026-11.g0/correction/2/ann": "sent",
        "2026-11.g0/correction/2/bob": "sent",
    }
    assert_quiet(told)


def test_new_time_is_told_by_calendar_and_by_one_correction(told: Month) -> None:
    told.fill("Roasts", "2026-11", Other_date="2026-11-26", Other_start="18:00")

    told.settle()

    assert subjects(told, "bob") == [AGENDA, "Co-op educators, Thursday 26 November 2026: new time"]
    assert (
        "Before: Thursday 19 November 2026, 17:00 (Berlin time, UTC+1)"
        in told.mails("bob@example.org")[1].text
    )
    assert notices(told, "cid") == ["invitation", "invitation", "update"]
    assert subjects(told, "cid") == []
    assert_quiet(told)


def test_event_moved_by_hand_is_corrected_too(told: Month) -> None:
    move_event(told, "2026-11", "2026-11-20T17:00:00+01:00")

    told.settle()

    assert subjects(told, "bob") == [AGENDA, "Co-op educators, Friday 20 November 2026: new time"]
    assert_quiet(told)


def test_new_link_is_told(told: Month) -> None:
    told.set("Meet link to use", "https://meet.google.com/new-room-here")

    told.settle()

    assert subjects(told, "bob") == [AGENDA, f"{TODAY}: new link"]
    assert "https://meet.google.com/new-room-here" in told.mails("bob@example.org")[1].text
    assert_quiet(told)


def test_new_zone_of_the_community_at_the_same_instant_is_told(told: Month) -> None:
    told.set("Time zone", "Africa/Lagos")

    told.settle(*_codes(told))

    assert subjects(told, "bob") == [AGENDA, f"{TODAY}: new time zone"]


def _codes(month: Month) -> list[str]:
    month.tick()
    month.wait(minutes=10)
    return [hold.code for hold in month.tick().plan.holds]


def test_cancellation_is_told(told: Month) -> None:
    told.fill("Roasts", "2026-11", No_meeting_because="a strike")

    told.settle()

    assert subjects(told, "bob") == [AGENDA, f"{TODAY}: cancelled"]
    assert "The reason: a strike" in told.mails("bob@example.org")[1].text
    assert notices(told, "bob") == ["invitation", "invitation", "cancellation"]
    assert subjects(told, "cid") == []
    assert_quiet(told)


def test_other_reason_for_a_cancellation_is_not_told(told: Month) -> None:
    told.fill("Roasts", "2026-11", No_meeting_because="a strike")
    told.settle()

    told.fill("Roasts", "2026-11", No_meeting_because="a strike of the trains")
    told.settle()

    assert len(subjects(told, "bob")) == 2


def test_meeting_that_takes_place_after_all_is_told(told: Month) -> None:
    told.fill("Roasts", "2026-11", No_meeting_because="a strike")
    told.settle()

    told.fill("Roasts", "2026-11", No_meeting_because=None)
    told.settle()
    told.settle()

    assert "takes place after all" in " ".join(subjects(told, "bob"))
    assert keys(told, "g1/correction/") == {
        "2026-11.g1/correction/1/ann": "sent",
        "2026-11.g1/correction/1/bob": "sent",
    }
    assert_quiet(told)


def test_correction_vanishes_when_the_facts_return_before_it_left(told: Month) -> None:
    told.fill("Roasts", "2026-11", Host="Bob", Host_agreed=None)
    told.tick()
    told.wait(minutes=9)
    told.tick()

    told.fill("Roasts", "2026-11", Host="Ann")
    told.settle()

    assert keys(told, "/correction/") == {}
    assert_quiet(told)


def test_other_changes_are_not_corrected(told: Month) -> None:
    told.fill("Roasts", "2026-11", Plan_title="Fishbowl", Question_for_the_group="Why?")
    told.fill("Members", "Ann", Name="Ann B.")
    told.fill("Roasts", "2026-11", Host="Ann B.")

    told.settle()

    assert keys(told, "/correction/") == {}
    assert_quiet(told)


def test_whoever_left_is_not_corrected(told: Month) -> None:
    told.fill("Members", "Bob", Status="left")
    told.fill("Roasts", "2026-11", Host="Cid", Host_agreed=None)

    told.settle()

    assert keys(told, "/correction/") == {"2026-11.g0/correction/1/ann": "sent"}


def test_host_who_is_no_member_is_corrected(told: Month) -> None:
    told.fill("Roasts", "2026-11", Host="gil@example.org", Host_agreed=None)
    told.settle()

    told.fill("Roasts", "2026-11", Other_date="2026-11-26")
    told.settle()

    assert subjects(told, "gil") == [
        "Will you host the roast on Thursday 19 November 2026?",
        "Co-op educators, Thursday 26 November 2026: new time",
    ]


def test_late_joiner_is_told_the_new_facts_only(told: Month) -> None:
    told.fill("Roasts", "2026-11", Host="Bob", Host_agreed=None)
    told.settle()

    told.add_members("Dee")
    told.settle()

    assert subjects(told, "dee") == [AGENDA]
    assert_quiet(told)
