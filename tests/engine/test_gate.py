"""The gate: what smells of a mistake waits for a code, and the code stands for exactly that."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest

from community.ledger import Entry, Phase
from community.people import person_key
from community.plan import Hold
from engine.tick import Tick
from tests.month import Month

NOVEMBER = "2026-11.g0"
TEN = ("Ann", "Bob", "Cleo", "Dan", "Eva", "Finn", "Gil", "Hana", "Ivo", "Jo")


def the_hold(tick: Tick, rule: str, subject: str = "") -> Hold:
    """The set that this rule, and no other, has stopped."""
    assert {hold.rule for hold in tick.plan.holds} == {rule}
    (hold,) = (hold for hold in tick.plan.holds if hold.subject == subject)
    assert re.fullmatch(r"[a-z]+ \d{4}", hold.code)
    return hold


def alerts(month: Month) -> list[str]:
    """The organizer's alerts about what is stopped."""
    mails = month.mails("organizer@example.org")
    return [mail.text for mail in mails if mail.subject == "Co-op educators: Stopped, waiting for you"]


@pytest.fixture
def ten(live: Month) -> Month:
    """A live community of ten members who are all invited."""
    live.add_members(*TEN)
    live.tick(*(hold.code for hold in live.tick().plan.holds))
    live.tick()
    return live


def leave(month: Month, *names: str) -> None:
    """Set members' Status to left."""
    for name in names:
        month.fill("Members", f"{name.lower()}@example.org", Status="left")


def guests(month: Month) -> int:
    """How many guests November's event has."""
    event = month.tick().community.meetings[0].event
    assert event is not None
    return len(event.guests)


def test_first_live_tick_is_held_with_counts(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.settle()
    month.set("Mode", "live")

    tick = month.tick()

    hold = the_hold(tick, "first live")
    assert hold.counts == {"event": 2}
    assert hold.why == "This is the first time that mails and invitations would really go out."
    assert month.notices() == []
    assert len(alerts(month)) == 1
    assert hold.code in alerts(month)[0]


def test_what_is_held_is_said_once_and_not_once_per_tick(month: Month) -> None:
    month.add_members("Ann")
    month.settle()
    month.set("Mode", "live")

    for _ in range(5):
        month.tick()
        month.wait(minutes=30)

    assert len(alerts(month)) == 1


def test_mails_overdue_at_going_live_are_too_late(month: Month) -> None:
    month.add_members("Ann")
    month.go_to("2026-11-14T09:00:00+01:00")  # the agenda was due on the 12th at 17:00

    month.live()
    month.run_until("2026-11-20T09:00:00+01:00")

    subjects = [mail.subject for mail in month.mails("ann@example.org")]
    assert subjects == ["Soon: Co-op educators, Thursday 19 November 2026 at 17:00 (Berlin time, UTC+1)"]


def test_four_of_ten_guests_leaving_are_held(ten: Month) -> None:
    leave(ten, "Ann", "Bob", "Cleo", "Dan")
    ten.go_to("2026-11-18T09:00:00+01:00")  # within 48 hours guests change at once

    hold = the_hold(ten.tick(), "guests leaving", NOVEMBER)

    assert hold.counts == {"guest": 4}
    assert hold.why == "4 of the 10 guests of 2026-11 would be taken off the list."
    assert guests(ten) == 10


def test_three_guests_leave_unhindered(ten: Month) -> None:
    leave(ten, "Ann", "Bob", "Cleo")
    ten.go_to("2026-11-18T09:00:00+01:00")

    tick = ten.tick()

    assert tick.plan.holds == ()
    assert guests(ten) == 7


def test_four_of_fourteen_guests_leave_unhindered_for_that_is_less_than_three_in_ten(live: Month) -> None:
    members = [f"M{number}" for number in range(14)]
    live.add_members(*members)
    live.tick(*(hold.code for hold in live.tick().plan.holds))
    leave(live, *members[:4])
    live.go_to("2026-11-18T09:00:00+01:00")

    holds = live.tick().plan.holds

    assert (holds, guests(live)) == ((), 10)


def test_six_newcomers_are_invited_unhindered_where_they_are_one_in_five(live: Month) -> None:
    members = [f"M{number}" for number in range(24)]
    live.add_members(*members)
    live.tick(*(hold.code for hold in live.tick().plan.holds))
    live.go_to("2026-11-18T09:00:00+01:00")  # within 48 hours guests change at once
    live.add_members(*(f"N{number}" for number in range(6)))

    holds = live.tick().plan.holds

    assert (holds, guests(live)) == ((), 30)


def test_code_releases_exactly_the_set_it_stands_for(ten: Month) -> None:
    leave(ten, "Ann", "Bob", "Cleo", "Dan")
    ten.go_to("2026-11-18T09:00:00+01:00")
    code = the_hold(ten.tick(), "guests leaving", NOVEMBER).code
    ten.set("Go ahead with", code.upper().replace(" ", "-"))

    ten.tick()
    assert guests(ten) == 6
    leave(ten, "Eva", "Finn", "Gil", "Hana")

    hold = the_hold(ten.tick(), "guests leaving", NOVEMBER)
    assert hold.code != code
    assert guests(ten) == 6


def test_set_that_has_changed_needs_a_new_code(ten: Month) -> None:
    leave(ten, "Ann", "Bob", "Cleo", "Dan")
    ten.go_to("2026-11-18T09:00:00+01:00")
    code = the_hold(ten.tick(), "guests leaving", NOVEMBER).code
    leave(ten, "Eva")

    hold = the_hold(ten.tick(code), "guests leaving", NOVEMBER)

    assert hold.code != code
    assert hold.counts == {"guest": 5}
    assert guests(ten) == 10


def test_change_in_settings_that_moves_events_is_held(ten: Month) -> None:
    ten.set("Starts at", "18:30")

    tick = ten.tick()

    hold = the_hold(tick, "settings move")
    assert hold.counts == {"event.time": 2}
    assert hold.why == "A change in Settings would move 2 events that people know about."
    ten.tick(hold.code)
    starts = [meeting.start.isoformat() for meeting in ten.tick().community.meetings if meeting.start]
    assert starts == ["2026-11-19T18:30:00+01:00", "2026-12-17T18:30:00+01:00"]


def test_start_that_changes_less_than_a_day_ahead_is_held(ten: Month) -> None:
    ten.go_to("2026-11-18T18:00:00+01:00")
    ten.tick()
    ten.fill("Roasts", "2026-11", Other_start="19:00")

    hold = the_hold(ten.tick(), "short notice", NOVEMBER)

    assert hold.counts == {"event.time": 1}
    assert hold.why == "A start would change less than 24 hours ahead."


def test_start_that_changes_in_time_is_not_held(ten: Month) -> None:
    ten.fill("Roasts", "2026-11", Other_start="19:00")

    tick = ten.tick()

    assert tick.plan.holds == ()
    assert [entry.kind for entry in tick.done] == ["event.time"]


def test_many_who_never_got_anything_are_held_and_the_rest_goes_on(ten: Month) -> None:
    ten.type_row("Requests", Name="Kim", Email="kim@example.org", Wants="Discord", Decision="approve")
    for name in ("Lea", "Max", "Noa", "Ole", "Pia", "Quin"):
        ten.type_row("Requests", Name=name, Email=f"{name}@example.org", Decision="decline")
    ten.go_to("2026-11-12T17:00:00+01:00")

    tick = ten.tick()

    hold = the_hold(tick, "newcomers")
    assert hold.counts == {"access.decline": 6, "access.welcome": 1}
    assert hold.people == 7
    assert [mail.subject for mail in ten.mails("kim@example.org")] == []
    assert len(ten.mails("ann@example.org")) == 1


def test_few_who_never_got_anything_are_written_to(ten: Month) -> None:
    for name in ("Lea", "Max", "Noa", "Ole", "Pia"):
        ten.type_row("Requests", Name=name, Email=f"{name}@example.org", Decision="decline")

    tick = ten.tick()

    assert tick.plan.holds == ()
    assert len(ten.mails("lea@example.org")) == 1


@pytest.mark.parametrize("cell", ["Name", "Email"])
def test_members_without_headers_hold_everything_that_reaches_people(ten: Month, cell: str) -> None:
    ten.type("Members", f"{ten.column('Members', cell)}1", None)
    ten.type_row("Requests", Name="Kim", Email="kim@example.org", Wants="Discord", Decision="decline")

    tick = ten.tick()

    hold = the_hold(tick, "no members")
    assert hold.counts == {"access.decline": 1}
    assert ten.mails("kim@example.org") == []
    assert guests(ten) == 10


def test_correction_waits_with_the_move_that_is_stopped(live: Month) -> None:
    live.add_members("Ann")
    live.run_until("2026-11-12T17:00:00+01:00")
    live.set("Time zone", "America/New_York")
    tick = live.tick()
    assert [hold.rule for hold in tick.plan.holds] == ["settings move"]
    assert len(live.mails("ann@example.org")) == 1

    live.tick(*(hold.code for hold in tick.plan.holds))
    live.tick()

    assert [mail.subject for mail in live.mails("ann@example.org")] == [
        "Co-op educators on Thursday 19 November 2026: the agenda",
        "Co-op educators, Thursday 19 November 2026: new time",
    ]


def test_code_in_the_cell_that_fits_nothing_releases_nothing(ten: Month) -> None:
    leave(ten, "Ann", "Bob", "Cleo", "Dan")
    ten.set("Go ahead with", "apple 1000")
    ten.go_to("2026-11-18T09:00:00+01:00")

    the_hold(ten.tick(), "guests leaving", NOVEMBER)

    assert guests(ten) == 10


def test_used_code_may_stay_in_its_cell(ten: Month) -> None:
    leave(ten, "Ann", "Bob", "Cleo", "Dan")
    ten.go_to("2026-11-18T09:00:00+01:00")
    ten.set("Go ahead with", ", ".join(hold.code for hold in ten.tick().plan.holds))  # one for each meeting
    ten.tick()

    ticks = [ten.tick() for _ in range(2)]

    assert [tick.plan.holds for tick in ticks] == [(), ()]
    assert "A code that fits nothing" not in [row[0] for row in ten.rows("Today") if row]


def test_more_mails_than_one_person_should_get_in_a_month_wait_for_a_code(live: Month) -> None:
    live.add_members("Ann", "Bob")
    live.limits = replace(live.limits, per_person=1)
    live.run_until("2026-11-18T17:00:00+01:00")
    assert [len(live.mails(f"{name}@example.org")) for name in ("ann", "bob")] == [1, 1]

    hold = the_hold(live.tick(), "many mails")

    assert hold.counts == {"reminder": 2}
    assert hold.why == "2 people would get more than 1 mail in November 2026."
    assert len(alerts(live)) == 1
    assert hold.why in alerts(live)[0]
    live.tick(hold.code)
    assert [len(live.mails(f"{name}@example.org")) for name in ("ann", "bob")] == [2, 2]
    live.run_until("2026-12-10T18:00:00+01:00")  # another month, another count
    assert [len(live.mails(f"{name}@example.org")) for name in ("ann", "bob")] == [3, 3]


@pytest.mark.parametrize(
    ("key", "kind", "at", "held"),
    [
        ("x", "agenda", "2026-11-30T23:30:00+00:00", True),  # December in Berlin
        ("x", "agenda", "2026-11-30T22:30:00+00:00", False),
        ("alert/x", "organizer.alert", "2026-12-02T09:00:00+00:00", False),
        ("rehearsal/x", "agenda", "2026-12-02T09:00:00+00:00", False),
    ],
)
def test_month_of_a_persons_mails_is_the_communitys(
    live: Month, key: str, kind: str, at: str, held: bool
) -> None:
    live.add_members("Ann")
    live.tick()
    ann = person_key(live.id, "ann@example.org")
    live.ledger.put(Entry(key, kind, Phase.SENT, datetime.fromisoformat(at), person=ann))
    live.limits = replace(live.limits, per_person=1)
    live.go_to("2026-12-10T17:00:00+01:00")

    tick = live.tick()

    assert [hold.why for hold in tick.plan.holds] == (
        ["Ann would get more than 1 mail in December 2026."] if held else []
    )
