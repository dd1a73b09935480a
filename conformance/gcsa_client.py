"""gcsa, end to end: calendars, their list and settings, and the life of events."""

from datetime import UTC, datetime

from gcsa.attendee import Attendee  # type: ignore[import-not-found]  # in the clients' own environment
from gcsa.calendar import Calendar  # type: ignore[import-not-found]  # likewise
from gcsa.conference import ConferenceSolutionCreateRequest  # type: ignore[import-not-found]  # likewise
from gcsa.event import Event  # type: ignore[import-not-found]  # likewise
from gcsa.google_calendar import GoogleCalendar, SendUpdatesMode  # type: ignore[import-not-found]  # likewise
from gcsa.recurrence import Recurrence  # type: ignore[import-not-found]  # likewise

from conformance import here

START, END = datetime(2026, 12, 17, 18, tzinfo=UTC), datetime(2026, 12, 17, 19, tzinfo=UTC)


def main() -> None:
    """Raise AssertionError, or whatever the library raises, where it is not answered as by Google."""
    here.lead_here()
    calendars = GoogleCalendar(credentials=here.SignedIn())
    _events(calendars)
    _calendars(calendars)


def _events(calendar: GoogleCalendar) -> None:
    event = calendar.add_event(
        Event(
            "Third Thursday",
            start=START,
            end=END,
            timezone="UTC",
            attendees=[Attendee("ann@example.org")],
            conference_solution=ConferenceSolutionCreateRequest(solution_type="hangoutsMeet"),
            guests_can_see_other_guests=False,
        ),
        send_updates=SendUpdatesMode.ALL,
    )
    assert calendar.get_event(event.id).conference_solution.entry_points[0].uri.startswith("https://meet.")
    series = calendar.add_event(
        Event("Weekly", start=START, end=END, timezone="UTC", recurrence=[Recurrence.rule(freq="WEEKLY")])
    )
    assert calendar.get_event(series.id).recurrence == ["RRULE:FREQ=WEEKLY;WKST=SU"]
    event.summary, event.location = "Fourth Thursday", "Online"
    assert calendar.update_event(event, send_updates=SendUpdatesMode.ALL).location == "Online"
    found = calendar.get_events(START, END, query="fourth", order_by="startTime", single_events=True)
    assert [one.id for one in found] == [event.id]
    assert {one.summary for one in calendar.get_events(START, END)} == {"Fourth Thursday", "Weekly"}
    other = calendar.add_calendar(Calendar("Workshops", timezone="Europe/Berlin"))
    moved = calendar.move_event(event, destination_calendar_id=other.id)
    assert [one.id for one in calendar.get_events(START, END, calendar_id=other.id)] == [moved.id]
    calendar.delete_event(series)
    assert list(calendar.get_events(START, END)) == []
    calendar.delete_calendar(other)


def _calendars(calendar: GoogleCalendar) -> None:
    made = calendar.add_calendar(Calendar("Courses", description="All of them"))
    made.summary = "Classes"
    assert calendar.update_calendar(made).summary == "Classes"
    assert calendar.get_calendar(made.id).description == "All of them"
    entry = calendar.get_calendar_list_entry(made.id)
    entry.summary_override = "Ours"
    assert calendar.update_calendar_list_entry(entry).summary_override == "Ours"
    assert [one.primary for one in calendar.get_calendar_list()] == [True, False]
    assert calendar.get_settings().timezone == "UTC"
    calendar.clear_calendar()
    calendar.delete_calendar(made)


if __name__ == "__main__":
    main()
