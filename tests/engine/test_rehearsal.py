"""Mode "only to me": everything is tried out on the organizer; afterwards it happens for real."""

from __future__ import annotations

from collections import Counter

from tests.automations.hands import notices, starts
from tests.month import ORGANIZER, Month

END = "2026-11-20T09:00:00+01:00"


def rehearse(month: Month) -> None:
    """Three members, a host and an approval, tried out from the first event to the day after the meeting."""
    month.add_members("Ann", "Bob", "Cleo")
    month.fill("Roasts", "2026-11", Host="Ann")
    month.set("Mode", "only to me")
    month.settle()
    month.type_row("Requests", Name="Dora", Email="dora@example.org", Wants="both", Decision="approve")
    month.run_until(END)


def test_each_mail_goes_once_and_to_the_organizer_alone(month: Month) -> None:
    rehearse(month)

    assert month.local("GET", "/local/mailboxes")["addresses"] == {ORGANIZER: 4}
    marked = "[rehearsal, would go to "
    assert Counter(mail.subject.removeprefix(marked).partition("] ")[::2] for mail in month.mails()) == {
        ("Ann", "Will you host the roast on Thursday 19 November 2026?"): 1,
        ("Dora", "Welcome to Co-op educators"): 1,
        ("4 people", "Co-op educators on Thursday 19 November 2026: the agenda"): 1,
        (
            "4 people",
            "Soon: Co-op educators, Thursday 19 November 2026 at 17:00 (Berlin time, UTC+1)",
        ): 1,
    }


def test_real_keys_stay_free_and_the_organizer_is_greeted_without_a_name(month: Month) -> None:
    rehearse(month)

    mails = [key for key in month.phases() if "/agenda/" in key or "/reminder/" in key]
    assert mails == []
    assert {line for mail in month.mails() for line in mail.text.splitlines() if "Hello" in line} == {
        "Hello there,"
    }


def test_what_was_done_for_real_is_not_rehearsed(month: Month) -> None:
    month.add_members("Ann")
    month.fill("Roasts", "2026-12", Host="Ann")
    month.live()
    month.run_until("2026-11-19T19:00:00+01:00")
    before = len(month.mails(ORGANIZER))

    month.set("Mode", "only to me")
    month.settle()

    assert "2026-12.g0/host" in " ".join(month.phases())
    assert len(month.mails(ORGANIZER)) == before


def test_nobody_is_invited_no_row_is_added_and_no_invite_is_made(month: Month) -> None:
    month.set("Discord channel id", "123456789012345678")

    rehearse(month)

    events = [meeting.event for meeting in month.tick().community.meetings if meeting.event]
    assert [event.guests for event in events] == [(), ()]
    assert [row[1] for row in month.rows("Members")[1:]] == ["Ann", "Bob", "Cleo"]
    assert "discord.channels.createInvite" not in month.asked()


def test_going_live_afterwards_invites_people_and_writes_to_them(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.set("Mode", "only to me")
    month.settle()
    month.run_until("2026-11-12T12:00:00+01:00")

    month.set("Mode", "live")
    held = month.tick()
    month.tick(*(hold.code for hold in held.plan.holds))
    month.run_until("2026-11-13T18:00:00+01:00")
    held = month.tick()
    month.tick(*(hold.code for hold in held.plan.holds))
    month.run_until(END)

    assert [notice.kind for notice in month.notices("ann@example.org")] == ["invitation", "invitation"]
    assert [mail.subject for mail in month.mails("ann@example.org")] == [
        "Co-op educators on Thursday 19 November 2026: the agenda",
        "Soon: Co-op educators, Thursday 19 November 2026 at 17:00 (Berlin time, UTC+1)",
    ]


def test_without_an_organizer_nothing_is_tried_out(month: Month) -> None:
    month.add_members("Ann")
    month.set("Organizer", "")
    month.set("Mode", "only to me")

    month.settle()
    month.run_until(END)

    assert month.mails() == []


def test_guests_of_a_live_month_hear_of_no_move_until_it_is_live_again(live: Month) -> None:
    live.add_members("Ann")
    live.tick()
    live.set("Mode", "only to me")
    live.fill("Roasts", "2026-11", Other_start="19:00")
    live.settle()
    assert notices(live, "ann") == ["invitation", "invitation"]
    assert starts(live, "2026-11") == "2026-11-19 17:00"

    live.set("Mode", "live")
    live.settle()

    assert notices(live, "ann") == ["invitation", "invitation", "update"]
    assert starts(live, "2026-11") == "2026-11-19 19:00"
