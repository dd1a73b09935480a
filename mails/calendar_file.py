"""The meeting as an .ics file, for readers whose mail program shows no Google invitation."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from community.mails import Letter, Sender
from mails.clean import https_link, one_line, person_name


def calendar_file(letter: Letter, sender: Sender, now: datetime) -> bytes | None:
    """A VCALENDAR with the one meeting in the community's zone; None without a meeting or an event id.

    The UID is the one Google Calendar exports for the event, so that importing it makes no second entry.
    """
    facts = letter.facts
    if facts is None or facts.cancelled is not None or not letter.event_id:
        return None
    start = facts.start.astimezone(ZoneInfo(facts.zone))
    name = one_line(sender.community, 80)
    event = Event()
    event.add("uid", f"{one_line(letter.event_id, 1024)}@google.com")
    event.add("dtstamp", now)
    event.add("dtstart", start)
    event.add("dtend", (facts.start + letter.duration).astimezone(start.tzinfo))
    event.add("summary", name)
    event.add("description", _description(letter))
    organizer = vCalAddress(f"mailto:{sender.organizer}")
    organizer.params["cn"] = vText(name)
    event.add("organizer", organizer)
    if link := https_link(facts.link):
        event.add("location", link)
        event.add("url", link)
    calendar = Calendar()
    calendar.add("prodid", "-//Third Thursday//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    # A year on both sides is enough of the zone's history, whatever the century.
    year = timedelta(days=366)
    calendar.add_missing_timezones(first_date=(start - year).date(), last_date=(start + year).date())
    return bytes(calendar.to_ical())


def _description(letter: Letter) -> str:
    host = person_name(letter.facts.host or "") if letter.facts else ""
    said = (
        ("Host", host),
        ("Plan", one_line(letter.roast.title, 200)),
        ("Link", https_link(letter.roast.link)),
    )
    return "\n".join(f"{label}: {text}" for label, text in said if text)
