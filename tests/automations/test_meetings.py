"""Meetings: created, moved, reworded, cancelled, restored, and left alone when a human was there."""

from tests.month import Month


def test_meeting_is_created_with_guests_and_a_meet_link(month: Month) -> None:
    month.add_members("Ann", "Bob")

    month.live()

    event = month.tick().community.meetings[0].event
    assert event is not None
    assert [guest.address for guest in event.guests] == ["ann@example.org", "bob@example.org"]
    assert event.start.isoformat() == "2026-11-19T16:00:00+00:00"
    assert (event.meet_link or "").startswith("https://meet.google.com/")
