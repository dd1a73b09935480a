"""Events whose insert got lost on the way: made once, and as the sheet says in the end."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.faulty import fail
from tests.month import Month

INSERT = "calendar.events.insert"


@pytest.mark.parametrize("hang", ["closeBefore", "closeAfter"])
def test_event_whose_insert_got_no_answer_is_made_once(live: Month, hang: str) -> None:
    live.add_members("Ann")
    fail(live, INSERT, hang)

    live.tick()
    live.wait(minutes=5)
    live.tick()
    meetings = live.tick().community.meetings

    starts = [meeting.event.start.isoformat() for meeting in meetings if meeting.event]
    assert starts == ["2026-11-19T16:00:00+00:00", "2026-12-17T16:00:00+00:00"]
    assert Counter(notice.kind for notice in live.notices("ann@example.org")) == {"invitation": 2}
    assert set(live.phases().values()) == {"done"}


def test_event_that_an_unanswered_insert_made_is_moved_to_where_the_sheet_wants_it_now(live: Month) -> None:
    live.add_members("Ann")
    fail(live, INSERT, "closeAfter")
    live.tick()
    live.fill("Roasts", "2026-11", Other_start="19:00")

    live.wait(minutes=5)
    live.tick()
    meetings = live.tick().community.meetings

    starts = [meeting.event.start.isoformat() for meeting in meetings if meeting.event]
    assert starts == ["2026-11-19T18:00:00+00:00", "2026-12-17T16:00:00+00:00"]
    assert not any(meeting.moved_by_hand for meeting in meetings)


def test_account_without_meet_links_gets_its_event_without_one(live: Month) -> None:
    live.local("POST", "/local/accounts", {"address": "organizer@example.org", "meet": False})
    live.add_members("Ann")

    live.tick()
    meetings = live.tick().community.meetings

    assert [bool(meeting.event) for meeting in meetings] == [True, True]
    assert live.phases()["2026-11.g0/link/1"] == "failed"
    assert Counter(notice.kind for notice in live.notices("ann@example.org")) == {"invitation": 2}


def test_event_whose_answer_was_lost_is_asked_for_once_a_tick_while_calendar_is_silent(live: Month) -> None:
    live.add_members("Ann", "Bob")
    fail(live, INSERT, "closeAfter")
    fail(live, "calendar.events.get", *["503"] * 40)
    live.tick()
    live.wait(minutes=5)
    live.tick()
    live.wait(minutes=5)
    live.forget_requests()

    live.tick()

    assert live.asked().count(INSERT) == 1
    assert live.phases()["2026-11.g0/event"] == "started"
    assert {phase for key, phase in live.phases().items() if "/guest/" in key} == {"done"}
