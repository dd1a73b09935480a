"""The organizer's own event at the meeting's time: asked about, adopted, or one more made beside it."""

from typing import Any

from tests.month import Month

START, END = "2026-11-19T17:00:00+01:00", "2026-11-19T18:30:00+01:00"


def make_own_event(month: Month, **more: object) -> str:
    """An event that the organizer made by hand."""
    body = {"summary": "Our circle", "start": {"dateTime": START}, "end": {"dateTime": END}, **more}
    token = month.local("GET", "/local/token")["access_token"]
    reply = month._http.post(
        f"{month.base}/calendar/v3/calendars/primary/events",
        json=body,
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    )
    assert reply.ok, reply.text
    return str(reply.json()["id"])


def november(month: Month) -> Any:
    return month.tick().community.meetings[0]


def test_own_event_is_asked_about_and_nothing_is_made(month: Month) -> None:
    make_own_event(month)
    month.add_members("Ann")

    month.live()

    assert november(month).event is None
    assert [line[1] for line in month.rows("Problems")[1:]] == [""]
    assert month.rows("Problems")[1][4] == (
        "Your calendar has an event at the time of the meeting of 2026-11. Type adopt to use that event, or"
        " make new to have one beside it."
    )


def test_adopted_event_keeps_its_text_and_gets_guests_and_link(month: Month) -> None:
    own = make_own_event(month, description="Bring tea.")
    month.add_members("Ann")
    month.set("My existing event", "adopt")

    month.live()

    meeting = november(month)
    assert (meeting.event_id, meeting.event.title, meeting.event.description) == (
        own,
        "Our circle",
        "Bring tea.",
    )
    assert [guest.address for guest in meeting.event.guests] == ["ann@example.org"]
    assert meeting.link.startswith("https://meet.google.com/")
    assert meeting.event.end.isoformat() == "2026-11-19T17:30:00+00:00"


def test_new_event_is_made_beside_the_own_one(month: Month) -> None:
    own = make_own_event(month)
    month.add_members("Ann")
    month.set("My existing event", "make new")

    month.live()

    assert november(month).event_id != own
    assert november(month).event.title == "Co-op educators"


def test_second_run_after_adoption_changes_nothing(month: Month) -> None:
    make_own_event(month)
    month.add_members("Ann")
    month.set("My existing event", "adopt")
    month.live()
    month.forget_requests()

    month.tick()

    assert month.asked() == ["sheets.spreadsheets.values.batchGet", "calendar.events.list"]
