"""Third Thursdays the way of Google's Python quickstarts: what somebody with an afternoon would write.

The public pattern: a service per API from `build`, `events().insert` per meeting, `messages().send` in a
loop, `num_retries` as Google's client library offers it, and gspread's `get_all_records` for the sheet.
What was done is known from Calendar (a meeting of that month, by its title) and from columns of its own in
the sheet, marked right after each mail. cron calls it every hour; after an error the next hour tries again.
"""

from __future__ import annotations

import base64
from calendar import monthrange
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import gspread
from googleapiclient.discovery import build

TITLE, RETRIES = "Co-op educators", 3

Row = dict[str, Any]


def run(credentials: Any, spreadsheet: str, now: datetime) -> None:
    """Do what is due. now: in the community's zone."""
    sheets = {sheet.title: sheet for sheet in gspread.authorize(credentials).open_by_key(spreadsheet)}
    calendar = build("calendar", "v3", credentials=credentials)
    gmail = build("gmail", "v1", credentials=credentials)
    settings = {row["Setting"]: row["Value"] for row in rows_of(sheets["Settings"])}
    people = rows_of(sheets["Members"])
    answer_requests(gmail, sheets, people)
    active = [row for row in people if row["Email"] and row["Status"] in ("", "active")]
    for number, roast in enumerate(rows_of(sheets["Roasts"]), start=2):
        start, end = third_thursday(roast, settings, now)
        if start <= now or (start.year, start.month) > (now.year + now.month // 12, now.month % 12 + 1):
            continue
        event = meet(calendar, roast, (start, end), [row["Email"] for row in active])
        if event:
            ask_host(gmail, sheets["Roasts"], number, roast, people, start)
            if now >= start - timedelta(days=7) and roast["Send agenda"] == "yes":
                mail_members(gmail, sheets["Members"], "Agenda sent", roast, event, start)
            if now >= start - timedelta(days=1):
                mail_members(gmail, sheets["Members"], "Reminder sent", roast, event, start)


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


def meet(calendar: Any, roast: Row, when: tuple[datetime, datetime], guests: list[str]) -> Row | None:
    """The month's event with the guests it should have, made if Calendar has none; None when skipped."""
    start, end = when
    first = start.replace(day=1, hour=0, minute=0)
    last = first + timedelta(days=monthrange(start.year, start.month)[1])
    listing = calendar.events().list(
        calendarId="primary", q=TITLE, timeMin=first.isoformat(), timeMax=last.isoformat(), singleEvents=True
    )
    found = listing.execute(num_retries=RETRIES)["items"]
    event = found[0] if found else None
    if roast["No meeting because"]:
        if event:
            calendar.events().delete(calendarId="primary", eventId=event["id"], sendUpdates="all").execute(
                num_retries=RETRIES
            )
        return None
    there = {guest["email"]: guest for guest in event.get("attendees", [])} if event else {}
    body = {
        "start": {"dateTime": start.isoformat()},
        "end": {"dateTime": end.isoformat()},
        "attendees": [there.get(address, {"email": address}) for address in guests],
    }
    how = {"calendarId": "primary", "sendUpdates": "all", "conferenceDataVersion": 1}
    if event is None:
        link = {"requestId": roast["Month"], "conferenceSolutionKey": {"type": "hangoutsMeet"}}
        new = {"summary": TITLE, "guestsCanSeeOtherGuests": False, "conferenceData": {"createRequest": link}}
        event = calendar.events().insert(body=body | new, **how).execute(num_retries=RETRIES)
    elif set(there) != set(guests) or [
        datetime.fromisoformat(event[side]["dateTime"]) for side in ("start", "end")
    ] != [start, end]:
        change = calendar.events().patch(eventId=event["id"], body=body, **how)
        event = change.execute(num_retries=RETRIES)
    return dict(event)


def mail_members(gmail: Any, sheet: Any, column: str, roast: Row, event: Row, start: datetime) -> None:
    """The agenda, or the reminder, to every member whose row is not marked with this month yet."""
    place = sheet.row_values(1).index(column) + 1
    subject = f"{TITLE} on {start:%-d %B %Y}: the agenda"
    if column == "Reminder sent":
        subject = f"Soon: {TITLE}, {start:%-d %B %Y at %H:%M}"
    for number, row in enumerate(rows_of(sheet), start=2):
        if row["Email"] and row["Status"] in ("", "active") and row[column] != f"sent for {roast['Month']}":
            text = f"Hello {row['Name']},\n\n{roast['Plan title']}\n{event.get('hangoutLink', '')}"
            send(gmail, row["Email"], subject, text)
            sheet.update_cell(number, place, f"sent for {roast['Month']}")


def ask_host(gmail: Any, sheet: Any, number: int, roast: Row, people: list[Row], start: datetime) -> None:
    """Ask the host that was named, and thank the one who agreed."""
    address = next((row["Email"] for row in people if row["Name"] == roast["Host"]), "")
    mails = {"Asked": f"Will you host the roast on {start:%-d %B %Y}?"}
    if roast["Host agreed"] == "yes":
        mails["Confirmed"] = f"Thank you for hosting on {start:%-d %B %Y}"
    for column, subject in mails.items():
        if address and roast[column] != roast["Host"]:
            send(gmail, address, subject, f"Hello {roast['Host']}, please answer this mail.")
            sheet.update_cell(number, list(roast).index(column) + 1, roast["Host"])


def answer_requests(gmail: Any, sheets: Any, people: list[Row]) -> None:
    """Let in whom the organizer approved, and tell whoever was decided about."""
    for number, row in enumerate(rows_of(sheets["Requests"]), start=2):
        if row["Answered"] or row["Decision"] not in ("approve", "decline"):
            continue
        subject = f"Your request to join {TITLE}"
        if row["Decision"] == "approve":
            subject = f"Welcome to {TITLE}"
            if row["Email"] not in [person["Email"] for person in people]:
                sheets["Members"].append_row(["", row["Name"], row["Email"]])
        send(gmail, row["Email"], subject, f"Hello {row['Name']}, this is about your request.")
        sheets["Requests"].update_cell(number, list(row).index("Answered") + 1, row["Decision"])


def send(gmail: Any, address: str, subject: str, text: str) -> None:
    """One mail to one person."""
    message = EmailMessage()
    message["To"], message["Subject"] = address, subject
    message.set_content(text)
    raw = base64.urlsafe_b64encode(message.as_bytes()).decode()
    gmail.users().messages().send(userId="me", body={"raw": raw}).execute(num_retries=RETRIES)
