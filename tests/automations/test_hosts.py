"""Hosts: asked once for each naming, confirmed once, and never on a yes that was said to something else."""

from __future__ import annotations

import pytest

from tests.automations.hands import assert_quiet, edit_event, event, keys, problems, subjects
from tests.month import ORGANIZER, Month

ASKED = "Will you host the roast on Thursday 19 November 2026?"
CONFIRMED = "Thank you for hosting on Thursday 19 November 2026"


@pytest.fixture
def live(month: Month) -> Month:
    """A live community of Ann, Bob and Cid on 12 November, before the agenda of November is due."""
    month.add_members("Ann", "Bob", "Cid")
    month.live()
    return month


def test_host_is_asked_four_weeks_before(live: Month) -> None:
    live.fill("Roasts", "2026-12", Host="Ann")
    live.settle()
    live.go_to("2026-11-19T16:59:00+01:00")
    live.tick()
    early = keys(live, "/host/")

    live.go_to("2026-11-19T17:00:00+01:00")
    live.tick()

    assert early == {}
    assert keys(live, "/host/") == {"2026-12.g0/host/1/ann/ask": "sent"}
    assert "Will you host the roast on Thursday 17 December 2026?" in subjects(live, "ann")
    assert_quiet(live)


def test_host_named_later_is_asked_when_that_has_settled(live: Month) -> None:
    live.fill("Roasts", "2026-11", Host="Ann")
    live.tick()
    live.wait(minutes=9)
    live.tick()
    early = subjects(live, "ann")
    live.wait(minutes=1)

    live.tick()

    assert early == []
    assert subjects(live, "ann") == [ASKED]
    assert_quiet(live)


def test_each_naming_is_asked_once_and_counted(live: Month) -> None:
    for name in ("Ann", "Bob", "Ann"):
        live.fill("Roasts", "2026-11", Host=name)
        live.settle()

    assert keys(live, "/host/") == {
        "2026-11.g0/host/1/ann/ask": "sent",
        "2026-11.g0/host/2/bob/ask": "sent",
        "2026-11.g0/host/3/ann/ask": "sent",
    }
    assert_quiet(live)


def test_host_who_agreed_is_confirmed_once(live: Month) -> None:
    live.fill("Roasts", "2026-11", Host="Ann")
    live.settle()

    live.fill("Roasts", "2026-11", Host_agreed="yes")
    live.settle()
    live.settle()

    assert subjects(live, "ann") == [ASKED, CONFIRMED]
    assert keys(live, "/host/") == {
        "2026-11.g0/host/1/ann/ask": "sent",
        "2026-11.g0/host/1/ann/confirmed": "sent",
    }
    assert_quiet(live)


def test_host_who_agreed_at_once_is_not_asked(live: Month) -> None:
    live.fill("Roasts", "2026-11", Host="Ann", Host_agreed="yes")

    live.settle()

    assert subjects(live, "ann") == [CONFIRMED]


def test_yes_of_another_host_counts_only_after_it_was_typed_anew(live: Month) -> None:
    live.fill("Roasts", "2026-11", Host="Ann", Host_agreed="yes")
    live.settle()
    live.fill("Roasts", "2026-11", Host="Bob")
    live.settle()
    asked = subjects(live, "bob")
    said = problems(live, "Roasts")

    live.fill("Roasts", "2026-11", Host_agreed=None)
    live.tick()
    live.fill("Roasts", "2026-11", Host_agreed="yes")
    live.settle()

    assert asked == [ASKED]
    assert said == [
        "yes This yes was given for another host or another time; clear it, and type yes again when they have"
        " agreed. The host was not sent a confirmation."
    ]
    assert subjects(live, "bob") == [ASKED, CONFIRMED]
    assert problems(live, "Roasts") == []
    assert_quiet(live)


def test_yes_is_still_the_first_hosts_after_the_name_was_empty(live: Month) -> None:
    live.fill("Roasts", "2026-11", Host="Ann", Host_agreed="yes")
    live.settle()

    live.fill("Roasts", "2026-11", Host=None)
    live.settle()
    live.fill("Roasts", "2026-11", Host="Bob")
    live.settle()

    assert subjects(live, "bob") == [ASKED]


def test_yes_survives_a_row_that_cannot_be_read_for_a_while(live: Month) -> None:
    live.fill("Roasts", "2026-11", Host="Ann", Host_agreed="yes")
    live.settle()
    live.fill("Roasts", "2026-11", Host="Bob", Other_date="soon")
    live.tick()

    live.fill("Roasts", "2026-11", Other_date=None)
    live.settle()

    assert subjects(live, "bob") == [ASKED]


def test_yes_to_another_time_does_not_count(live: Month) -> None:
    live.fill("Roasts", "2026-12", Host="Ann", Host_agreed="yes")
    live.tick()

    live.fill("Roasts", "2026-12", Other_date="2026-12-10")
    live.settle()
    unconfirmed = subjects(live, "ann")
    live.fill("Roasts", "2026-12", Host_agreed=None)
    live.tick()
    live.fill("Roasts", "2026-12", Host_agreed="yes")
    live.settle()

    assert unconfirmed == []
    assert subjects(live, "ann") == ["Thank you for hosting on Thursday 10 December 2026"]
    assert_quiet(live)


def test_host_who_says_no_is_reported_once_to_both(live: Month) -> None:
    live.set("Second person", "second@example.org")
    live.fill("Roasts", "2026-11", Host="Ann")
    live.settle()
    before = subjects(live, "organizer")

    live.fill("Roasts", "2026-11", Host_agreed="no")
    live.settle()
    live.wait(hours=5)
    live.tick()

    said = "Co-op educators: No host for 2026-11"
    assert subjects(live, "organizer") == [*before, said]
    assert subjects(live, "second") == [said]
    assert "Ann cannot host in 2026-11." in live.mails("second@example.org")[0].text
    assert event(live, "2026-11")["summary"] == "Co-op educators"
    assert_quiet(live)


def test_second_no_of_a_day_is_reported_too(live: Month) -> None:
    for name in ("Ann", "Bob"):
        live.fill("Roasts", "2026-11", Host=name, Host_agreed="no")
        live.settle()
    live.go_to("2026-11-13T09:30:00+01:00")
    live.fill("Roasts", "2026-11", Other_date="soon")
    live.tick()
    live.fill("Roasts", "2026-11", Other_date=None)
    live.settle()

    said = "Co-op educators: No host for 2026-11"
    assert subjects(live, "organizer").count(said) == 2
    assert_quiet(live)


def test_next_host_after_a_no_is_asked(live: Month) -> None:
    live.fill("Roasts", "2026-11", Host="Ann", Host_agreed="no")
    live.settle()

    live.fill("Roasts", "2026-11", Host="Bob", Host_agreed=None)
    live.settle()

    assert keys(live, "/host/") == {"2026-11.g0/host/1/bob/ask": "sent"}


def test_backup_is_not_written_to(live: Month) -> None:
    live.fill("Roasts", "2026-11", Backup="Ann", Backup_agreed="yes")

    live.settle()

    assert keys(live, "/host/") == {}


@pytest.mark.parametrize("typed", ["ann", " ANN ", "ann@example.org", "Ann A. <Ann@Example.org>"])
def test_host_is_found_by_name_and_by_address(live: Month, typed: str) -> None:
    live.fill("Roasts", "2026-11", Host=typed)

    live.settle()

    assert subjects(live, "ann") == [ASKED]


def test_host_who_is_no_member_is_asked_by_address(live: Month) -> None:
    live.fill("Roasts", "2026-11", Host="Gil Guest <gil@example.org>")

    live.settle()

    assert subjects(live, "gil") == [ASKED]
    assert "Hello Gil Guest," in live.mails("gil@example.org")[0].text
    assert event(live, "2026-11")["summary"] == "Co-op educators: roast with Gil Guest"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Bob", "Bob fits more than one member (Members, rows 3 and 5); type the address instead."),
        ("Nobody", "Nobody is nobody in Members; type the name as it stands there, or an address."),
        ("Dan", "Dan stands in Members as left, so is not asked; name another host."),
    ],
)
def test_name_that_does_not_fit_one_active_person_is_a_problem(live: Month, typed: str, said: str) -> None:
    live.type_row("Members", Name="bob", Email="bob2@example.org")
    live.type_row("Members", Name="Dan", Email="dan@example.org", Status="left")

    live.fill("Roasts", "2026-11", Host=typed)
    live.settle()

    assert keys(live, "/host/") == {}
    assert problems(live, "Roasts") == [f"{typed} {said} Nobody was asked to host this month."]


def test_host_who_wants_no_mail_is_left_to_the_organizer(live: Month) -> None:
    live.fill("Members", "Ann", Mail="nothing")

    live.fill("Roasts", "2026-11", Host="Ann")
    live.settle()

    assert subjects(live, "ann") == []
    assert problems(live, "Roasts") == [
        "Ann Ann wants no mail or is away; ask them yourself. The host was not asked by mail."
    ]


def test_host_is_not_asked_in_the_last_day(live: Month) -> None:
    live.run_until("2026-11-18T16:55:00+01:00")

    live.fill("Roasts", "2026-11", Host="Ann")
    live.settle()

    assert keys(live, "/host/") == {}
    assert "too late" in str(live.rows("Outbox"))


def test_ask_that_is_switched_off_is_not_sent(live: Month) -> None:
    live.fill("Emails", "host.ask", Send="no")

    live.fill("Roasts", "2026-11", Host="Ann")
    live.settle()

    assert subjects(live, "ann") == []


def test_title_typed_by_hand_survives_a_new_host(live: Month) -> None:
    edit_event(live, "2026-11", summary="Party")

    live.fill("Roasts", "2026-11", Host="Ann")
    live.settle()

    assert event(live, "2026-11")["summary"] == "Party"
    assert subjects(live, ORGANIZER.split("@")[0]) == ["Co-op educators: Stopped, waiting for you"]


def test_host_who_was_confirmed_is_not_asked_when_the_yes_cannot_be_read(live: Month) -> None:
    live.fill("Roasts", "2026-11", Host="Ann", Host_agreed="yes")
    live.settle()

    live.fill("Roasts", "2026-11", Host_agreed="yeah?!")
    live.settle()

    assert keys(live, "/host/") == {"2026-11.g0/host/1/ann/confirmed": "sent"}
