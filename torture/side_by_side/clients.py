"""Third Thursdays with gcsa, gspread and simplegmail: the friendliest libraries that Python has for Google.

The public pattern: what their own documentation shows. `GoogleCalendar.get_events` and `add_event`,
`get_all_records` and `append_row`, `Gmail.send_message`; none of gcsa and simplegmail asks twice by itself.
What was done is known from Calendar (a meeting of that month, by its title) and from a tab Sent with a row
per mail, appended right after it left, so that it does not hang on the place of anybody's row. cron calls it
every hour.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime, timedelta
from typing import Any

import gspread
from gcsa.attendee import Attendee  # type: ignore[import-not-found]  # in the clients' own environment
from gcsa.conference import ConferenceSolutionCreateRequest  # type: ignore[import-not-found]  # likewise
from gcsa.event import Event  # type: ignore[import-not-found]  # likewise
from gcsa.google_calendar import GoogleCalendar, SendUpdatesMode  # type: ignore[import-not-found]  # likewise
from simplegmail import Gmail  # type: ignore[import-not-found]  # likewise

ME, TITLE = "organizer@example.org", "Co-op educators"

Row = dict[str, Any]


class Post:
    """Sends each mail once: those that left stand in the tab Sent."""

    def __init__(self, gmail: Gmail, sent: gspread.Worksheet) -> None:
        self._gmail, self._tab = gmail, sent
        self._sent = {tuple(row[:3]) for row in sent.get_all_values()}

    def send(self, kind: str, month: str, address: str, subject: str, text: str) -> None:
        """One mail to one person, unless it left before."""
        if (kind, month, address) not in self._sent:
            self._gmail.send_message(ME, address, subject, msg_plain=text)
            self._tab.append_row([kind, month, address])


def run(credentials: Any, spreadsheet: str, now: datetime) -> None:
    """Do what is due. now: in the community's zone."""
    sheets = {sheet.title: sheet for sheet in gspread.authorize(credentials).open_by_key(spreadsheet)}
    calendar = GoogleCalendar(credentials=credentials)
    post = Post(Gmail(credentials=credentials), sheets["Sent"])
    settings = {row["Setting"]: row["Value"] for row in rows_of(sheets["Settings"])}
    people = rows_of(sheets["Members"])
    answer_requests(post, sheets, people)
    active = [row for row in people if row["Email"] and row["Status"] in ("", "active")]
    for roast in rows_of(sheets["Roasts"]):
        start, end = third_thursday(roast, settings, now)
        if start <= now or (start.year, start.month) > (now.year + now.month // 12, now.month % 12 + 1):
            continue
        event = meet(calendar, roast, (start, end), [row["Email"] for row in active])
        if event is None:
            continue
        ask_host(post, roast, people, start)
        for row in active:
            text = f"Hello {row['Name']},\n\n{roast['Plan title']}\n{event.other.get('hangoutLink', '')}"
            if now >= start - timedelta(days=7) and roast["Send agenda"] == "yes":
                subject = f"{TITLE} on {start:%-d %B %Y}: the agenda"
                post.send("agenda", roast["Month"], row["Email"], subject, text)
            if now >= start - timedelta(days=1):
                subject = f"Soon: {TITLE}, {start:%-d %B %Y at %H:%M}"
                post.send("reminder", roast["Month"], row["Email"], subject, text)


def rows_of(sheet: gspread.Worksheet) -> list[Row]:
    """A tab's rows by header."""
    return [dict(row) for row in sheet.get_all_records()]


def third_thursday(row: Row, settings: Row, now: datetime) -> tuple[datetime, datetime]:
    """When the meeting of a row of Roasts begins and ends."""
    month = datetime.strptime(row["Month"], "%Y-%m").replace(tzinfo=now.tzinfo)
    day = month + timedelta(days=(3 - month.weekday()) % 7 + 14)
    if row["Other date"]:
        day = datetime.strptime(row["Other date"], "%Y-%m-%d").replace(tzinfo=now.tzinfo)
    hour, minute = map(int, (row["Other start"] or settings["Starts at"]).split(":"))
    start = day.replace(hour=hour, minute=minute)
    return start, start + timedelta(minutes=settings["Minutes"])


def meet(
    calendar: GoogleCalendar, roast: Row, when: tuple[datetime, datetime], guests: list[str]
) -> Event | None:
    """The month's event with the guests it should have, made if Calendar has none; None when skipped."""
    start, end = when
    first = start.replace(day=1, hour=0, minute=0)
    last = first + timedelta(days=monthrange(start.year, start.month)[1])
    event = next(iter(calendar.get_events(first, last, query=TITLE, single_events=True)), None)
    if roast["No meeting because"]:
        if event:
            calendar.delete_event(event, send_updates=SendUpdatesMode.ALL)
        return None
    if event is None:
        new = Event(
            TITLE,
            start,
            end,
            attendees=guests,
            guests_can_see_other_guests=False,
            conference_solution=ConferenceSolutionCreateRequest(solution_type="hangoutsMeet"),
        )
        return calendar.add_event(new, send_updates=SendUpdatesMode.ALL)
    there = {guest.email: guest for guest in event.attendees}
    if set(there) != set(guests) or (event.start, event.end) != when:
        event.attendees = [there.get(address, Attendee(address)) for address in guests]
        event.start, event.end = when
        return calendar.update_event(event, send_updates=SendUpdatesMode.ALL)
    return event


def ask_host(post: Post, roast: Row, people: list[Row], start: datetime) -> None:
    """Ask the host that was named, and thank the one who agreed."""
    address = next((row["Email"] for row in people if row["Name"] == roast["Host"]), "")
    if address:
        subject = f"Will you host the roast on {start:%-d %B %Y}?"
        post.send("ask", roast["Month"], address, subject, f"Hello {roast['Host']}, please answer this mail.")
    if address and roast["Host agreed"] == "yes":
        subject = f"Thank you for hosting on {start:%-d %B %Y}"
        post.send("thanks", roast["Month"], address, subject, f"Hello {roast['Host']}, see you then.")


def answer_requests(post: Post, sheets: dict[str, gspread.Worksheet], people: list[Row]) -> None:
    """Let in whom the organizer approved, and tell whoever was decided about."""
    for row in rows_of(sheets["Requests"]):
        text = f"Hello {row['Name']}, this is about your request."
        if row["Decision"] == "decline":
            post.send("decline", "", row["Email"], f"Your request to join {TITLE}", text)
        if row["Decision"] == "approve":
            if row["Email"] not in [person["Email"] for person in people]:
                sheets["Members"].append_row(["", row["Name"], row["Email"]])
            post.send("welcome", "", row["Email"], f"Welcome to {TITLE}", text)
