"""Modes: who hears of it all while the sheet says show only, only to me, or paused."""

from __future__ import annotations

from tests.automations.hands import ask_in, assert_quiet, event, guests, keys, subjects, today
from tests.month import Month

AGENDA = "Co-op educators on Thursday 19 November 2026: the agenda"
REHEARSED = f"[rehearsal, would go to 2 people] {AGENDA}"


def test_show_only_writes_the_services_tabs_alone(month: Month) -> None:
    month.add_members("Ann", "Bob")
    ask_in(month)
    month.forget_requests()

    month.settle()
    month.go_to("2026-11-12T17:00:00+01:00")
    month.tick()

    writes = {method for method in month.asked() if not method.endswith(("batchGet", "list"))}
    assert writes == {"sheets.spreadsheets.values.batchUpdate"}
    assert month.phases() == {}
    assert_quiet(month)


def test_only_to_me_sends_every_mail_once_to_the_organizer(month: Month) -> None:
    month.set("Mode", "only to me")
    month.add_members("Ann", "Bob")
    month.fill("Roasts", "2026-11", Host="Ann")
    month.settle()

    month.go_to("2026-11-12T17:00:00+01:00")
    month.tick()

    assert subjects(month, "organizer") == [
        "[rehearsal, would go to Ann] Will you host the roast on Thursday 19 November 2026?",
        REHEARSED,
    ]
    assert "attendees" not in event(month, "2026-11")
    assert (month.mails("ann@example.org"), month.notices("ann@example.org")) == ([], [])
    assert_quiet(month)


def test_only_to_me_adds_no_member_and_makes_no_invite(month: Month) -> None:
    month.set("Mode", "only to me")
    month.set("Discord channel id", "1100000000000000009")

    ask_in(month)
    month.settle()

    assert len(month.rows("Members")) == 1
    assert month.local("GET", "/local/discord/invites") == {"invites": []}
    assert subjects(month, "organizer") == ["[rehearsal, would go to Zoe] Welcome to Co-op educators"]
    assert_quiet(month)


def test_going_live_after_a_rehearsal_invites_and_mails_for_real(month: Month) -> None:
    month.set("Mode", "only to me")
    month.add_members("Ann", "Bob")
    month.live()

    month.go_to("2026-11-13T09:30:00+01:00")
    held = month.tick().plan.holds
    month.tick(*(hold.code for hold in held))

    assert sorted(guests(month, "2026-11")) == ["ann", "bob"]
    assert keys(month, "2026-11.g0/agenda/") == {
        "2026-11.g0/agenda/ann": "sent",
        "2026-11.g0/agenda/bob": "sent",
    }
    assert_quiet(month)


def test_paused_sends_nothing_and_goes_on_afterwards(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.set("Mode", "paused")
    month.go_to("2026-11-12T17:00:00+01:00")
    month.tick()
    paused = subjects(month, "ann")
    assert_quiet(month)

    month.set("Mode", "live")
    month.tick()

    assert paused == []
    assert subjects(month, "ann") == [AGENDA]
    assert_quiet(month)


def test_show_only_says_which_mails_would_go_though_no_event_is_there(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.fill("Roasts", "2026-11", Host="Ann")

    month.settle()

    text = today(month)
    assert "Question to the host | Ann, would go now | 2026-11" in text
    assert "Agenda | 2 people, would go Thu 12 Nov 17:00 | 2026-11" in text
    assert "Reminder | 2 people, would go Wed 18 Nov 17:00 | 2026-11" in text


def test_host_and_readers_of_a_shown_month_get_their_mails_once_it_is_live(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.fill("Roasts", "2026-11", Host="Ann")
    month.live()
    month.settle()

    month.go_to("2026-11-12T17:00:00+01:00")
    month.tick()

    assert subjects(month, "ann") == [
        "Will you host the roast on Thursday 19 November 2026?",
        AGENDA,
    ]
    assert subjects(month, "bob") == [AGENDA]
    assert_quiet(month)


def test_paused_says_what_waits_for_its_end(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.set("Mode", "paused")
    month.type_row("Members", Name="Zed", Email="zed@example.org")
    month.wait(hours=25)
    month.settle()

    text = today(month)

    assert "Invitation | Zed, goes once it is no longer paused | 2026-11" in text
    assert "Reminder | Ann, Wed 18 Nov 17:00, if it is no longer paused | 2026-11" in text
