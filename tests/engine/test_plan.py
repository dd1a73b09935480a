"""What becomes of what is wanted: it settles, waits, goes, is shown, or is too late."""

from __future__ import annotations

import pytest

from community.plan import State
from engine.tick import Tick
from tests.month import Month


def states(tick: Tick, kind: str) -> dict[str, State]:
    """The state of each effect of a kind, by whom it is for; of November's where it is about a meeting."""
    effects = [item for item in tick.plan.items if item.effect.meeting in {None, "2026-11.g0"}]
    return {item.effect.who: item.state for item in effects if item.effect.kind == kind}


@pytest.fixture
def settling(live: Month) -> Month:
    """A live community of Ann with its events made, which waits ten minutes after every change."""
    live.add_members("Ann")
    live.tick()
    live.tick()
    live.set("Wait after my last change", "10")
    return live


def request(month: Month) -> int:
    """Decline Kim's request; returns its row."""
    return month.type_row("Requests", Name="Kim", Email="kim@example.org", Decision="decline")


def test_fact_must_be_read_twice_at_least_the_wait_apart(settling: Month) -> None:
    settling.fill("Roasts", "2026-11", Host="Ann")

    first = settling.tick()
    settling.wait(minutes=9, seconds=59)
    second = settling.tick()
    settling.wait(seconds=1)
    third = settling.tick()

    assert states(first, "host.ask") == {"Ann": State.SETTLING}
    assert first.next_due == settling.now
    assert states(second, "host.ask") == {"Ann": State.SETTLING}
    assert ("host.ask", "Ann") in [(entry.kind, entry.who) for entry in third.done]


def test_single_read_however_late_is_not_enough(settling: Month) -> None:
    settling.fill("Roasts", "2026-11", Host="Ann")
    settling.wait(hours=5)

    tick = settling.tick()

    assert states(tick, "host.ask") == {"Ann": State.SETTLING}


def test_changed_fact_starts_the_wait_again(settling: Month) -> None:
    settling.fill("Roasts", "2026-11", Host="Ann")
    settling.tick()
    settling.wait(minutes=9)
    settling.fill("Roasts", "2026-11", Plan_title="Mapping power")
    settling.tick()

    settling.wait(minutes=9)
    early = settling.tick()
    settling.wait(minutes=1)
    late = settling.tick()

    assert states(early, "host.ask") == {"Ann": State.SETTLING}
    assert [entry.kind for entry in late.done if entry.kind == "host.ask"] == ["host.ask"]


def test_fact_that_went_and_came_back_starts_the_wait_again(settling: Month) -> None:
    row = request(settling)
    settling.tick()
    settling.wait(minutes=4)
    settling.type("Requests", f"{settling.column('Requests', 'Decision')}{row}", "hold")
    settling.tick()
    settling.type("Requests", f"{settling.column('Requests', 'Decision')}{row}", "decline")
    settling.wait(minutes=1)

    tick = settling.tick()

    assert states(tick, "access.decline") == {"Kim": State.SETTLING}


def test_decision_settles_in_five_minutes(settling: Month) -> None:
    request(settling)
    settling.tick()
    settling.wait(minutes=5)

    settling.tick()

    assert len(settling.mails("kim@example.org")) == 1


def test_reminder_is_too_late_when_the_meeting_begins(settling: Month) -> None:
    settling.go_to("2026-11-19T17:00:01+01:00")

    settling.tick()

    assert [mail.subject for mail in settling.mails("ann@example.org")] == []


@pytest.mark.parametrize(
    ("mode", "state"), [("show only", State.SHOWN), ("paused", State.PAUSED), ("", State.SHOWN)]
)
def test_mode_that_sends_nothing_writes_the_services_tabs_only(live: Month, mode: str, state: State) -> None:
    live.add_members("Ann")
    live.tick()
    live.set("Mode", mode)
    live.tick()  # takes the alarm out of the calendar
    live.go_to("2026-11-12T17:00:00+01:00")
    live.forget_requests()

    tick = live.tick()

    assert states(tick, "agenda")["Ann"] is state
    assert live.mails("ann@example.org") == []
    assert live.asked() == [
        "sheets.spreadsheets.values.batchGet",
        "calendar.events.list",
        "sheets.spreadsheets.values.batchUpdate",
    ]
