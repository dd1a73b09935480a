"""What one event's refusal, a quota, or a silence means for that event and for the others."""

from __future__ import annotations

from tests.faulty import always, answer, fail, heal
from tests.month import Month

INSERT, UPDATE = "calendar.events.insert", "calendar.events.update"


def started(month: Month) -> list[str]:
    return [meeting.key for meeting in month.tick().community.meetings if meeting.event]


def test_one_events_refusal_does_not_hold_up_the_others(live: Month) -> None:
    message = "Invalid start time."
    reason = {"domain": "calendar", "reason": "invalid", "message": message}
    fail(live, INSERT, answer(400, message, errors=[reason]))

    tick = live.tick()

    assert tick.troubles == ("calendar.events.insert: Invalid start time. (400)",)
    assert live.asked().count(INSERT) == 4  # November, December, November again, the alarm
    assert started(live) == ["2026-11.g0", "2026-12.g0"]


def test_usage_limit_rests_the_calendar_for_three_hours(live: Month) -> None:
    fail(live, INSERT, "403quotaExceeded")

    tick = live.tick()
    told = [row[:2] for row in live.rows("Today") if row[:1] == ["Not done yet"]]
    live.wait(hours=2, minutes=59)
    waiting = live.tick()
    live.wait(minutes=1)

    assert (len(tick.troubles), waiting.troubles) == (1, ())
    assert told == [
        ["Not done yet", "Google Calendar said: Calendar usage limits exceeded. It is tried again."]
    ]
    assert live.asked().count(INSERT) == 1
    assert started(live) == ["2026-11.g0", "2026-12.g0"]


def test_update_without_an_answer_is_done_once(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.live()
    month.fill("Members", "Bob", Status="left")
    month.wait(hours=25)
    month.tick()
    month.wait(minutes=10)
    always(month, UPDATE, "closeAfter")

    tick = month.tick()
    heal(month)
    month.wait(minutes=5)
    month.tick()

    assert tick.troubles == ("calendar.events.update: the connection was lost before an answer came",)
    assert [notice.kind for notice in month.notices("bob@example.org")] == ["invitation"] * 2 + [
        "cancellation"
    ] * 2
    assert [entry for entry in month.phases().values() if entry == "removing"] == []


def test_event_that_was_deleted_meanwhile_is_left_alone(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.fill("Roasts", "2026-12", Other_start="18:00")
    month.tick()
    month.wait(minutes=10)
    december = month.tick().community.meetings[1]
    month.fill("Roasts", "2026-12", Other_start="19:00")
    month.tick()
    month.local("POST", f"/local/events/{december.event_id}/delete", {})
    month.settle()

    assert month.phases()["2026-12.g0/deleted"] == "done"
    assert started(month) == ["2026-11.g0"]


def test_event_that_is_listed_but_not_found_is_not_taken_for_deleted(live: Month) -> None:
    live.add_members("Ann")
    live.tick()
    live.type_row("Members", Name="Bob", Email="bob@example.org")
    live.wait(hours=25)
    fail(live, "calendar.events.get", "404")

    troubles = [live.tick().troubles]
    live.wait(minutes=1)
    troubles.append(live.tick().troubles)

    assert troubles == [("calendar.events.get: Not Found (404)",), ()]
    assert [notice.kind for notice in live.notices("bob@example.org")] == ["invitation"] * 2
    assert "2026-11.g0/deleted" not in live.phases()


def test_event_said_to_be_gone_that_is_still_listed_is_changed_by_the_next_tick(live: Month) -> None:
    live.add_members("Ann")
    live.tick()
    live.fill("Roasts", "2026-12", Other_date="2026-12-16")
    fail(live, UPDATE, "410")

    first = live.tick()
    second = live.tick()

    assert first.troubles == ("calendar.events.update: Resource has been deleted (410)",)
    assert second.troubles == ()
    assert live.phases()["2026-12.g0/time"] == "done"
    assert "2026-12.g0/deleted" not in live.phases()
