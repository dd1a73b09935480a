"""The .ics file on an agenda."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from community.mails import Letter
from mails.calendar_file import calendar_file
from mails.compose import compose
from mails.samples import SAMPLE_NOW, SAMPLE_SENDER, sample_letter

AGENDA = sample_letter("agenda")


def read(letter: Letter) -> Calendar:
    """The file, read back."""
    content = calendar_file(letter, SAMPLE_SENDER, SAMPLE_NOW)
    assert content is not None
    return Calendar.from_ical(content)


def test_calendar_file_holds_the_meeting_in_the_communitys_zone() -> None:
    calendar = read(AGENDA)
    [event] = calendar.events

    assert calendar["method"] == "PUBLISH"
    assert str(event["uid"]) == "sample0event@google.com"
    assert event.start == datetime(2026, 12, 17, 16, 0, tzinfo=UTC)
    assert event.end == datetime(2026, 12, 17, 17, 0, tzinfo=UTC)
    assert event["dtstart"].params["tzid"] == "Europe/Berlin"
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Europe/Berlin"]
    assert str(event["summary"]) == "Co-op Educators"
    assert str(event["location"]) == str(event["url"]) == "https://meet.google.com/abc-defg-hij"
    assert "attendee" not in event


def test_calendar_file_keeps_the_instant_when_the_start_is_in_another_zone() -> None:
    assert AGENDA.facts is not None
    start = AGENDA.facts.start.astimezone(ZoneInfo("Australia/Sydney"))

    [event] = read(replace(AGENDA, facts=replace(AGENDA.facts, start=start))).events

    assert event.start == datetime(2026, 12, 17, 16, 0, tzinfo=UTC)
    assert event["dtstart"].params["tzid"] == "Europe/Berlin"


def test_calendar_file_defines_the_zone_around_the_meeting() -> None:
    assert AGENDA.facts is not None
    start = datetime(2040, 7, 19, 17, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    letter = replace(AGENDA, facts=replace(AGENDA.facts, start=start))

    content = calendar_file(letter, SAMPLE_SENDER, SAMPLE_NOW)
    [zone] = read(letter).timezones

    assert content is not None
    assert len(content) < 1500
    assert start.replace(tzinfo=zone.to_tz()).utcoffset() == timedelta(hours=2)


def test_calendar_file_needs_no_zone_definition_in_utc() -> None:
    assert AGENDA.facts is not None

    calendar = read(replace(AGENDA, facts=replace(AGENDA.facts, zone="UTC")))

    assert calendar.timezones == []


def test_calendar_file_escapes_what_people_typed() -> None:
    roast = replace(
        AGENDA.roast, title="A; B, C\nEND:VEVENT\r\nATTENDEE:mailto:eve@example.org", link="no link"
    )

    [event] = read(replace(AGENDA, roast=roast)).events

    assert str(event["description"]) == (
        "Host: Rosa Lindqvist\nPlan: A; B, C END:VEVENT ATTENDEE:mailto:eve@example.org"
    )
    assert "attendee" not in event


@pytest.mark.parametrize("lack", ["event_id", "facts"])
def test_calendar_file_is_none_without_an_event(lack: str) -> None:
    letter = replace(AGENDA, event_id=None) if lack == "event_id" else replace(AGENDA, facts=None)

    assert calendar_file(letter, SAMPLE_SENDER, SAMPLE_NOW) is None


def test_an_agenda_carries_the_file_and_other_mails_do_not() -> None:
    agenda = compose(AGENDA, None, SAMPLE_SENDER, SAMPLE_NOW)
    reminder = compose(replace(sample_letter("reminder"), event_id="x"), None, SAMPLE_SENDER, SAMPLE_NOW)

    [attachment] = agenda.iter_attachments()
    assert attachment["Content-Type"] == 'text/calendar; method="PUBLISH"; charset="utf-8"'
    assert attachment.get_filename() == "invite.ics"
    assert list(reminder.iter_attachments()) == []


def test_an_agenda_without_an_event_carries_no_file() -> None:
    message = compose(replace(AGENDA, event_id=None), None, SAMPLE_SENDER, SAMPLE_NOW)

    assert list(message.iter_attachments()) == []
