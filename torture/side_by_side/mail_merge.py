"""Third Thursdays by the mail-merge algorithm of Google's sheet samples, in Python.

The public pattern (Mail merge, and Event session sign-up, of Google's Apps Script samples): read all rows,
act on each whose cell in the merge's own column is blank, note there that it was done or what went wrong, and
write the whole column back at the end. Here cron calls it every hour, so the column is written only when
something in it is new. A mail of a month has a column of its own; events keep their id in one.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from functools import partial
from typing import Any

import gspread
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

TITLE, RETRIES = "Co-op educators", 3

Row = dict[str, Any]
Mail = tuple[str, str]  # to whom, about what


def run(credentials: Any, spreadsheet: str, now: datetime) -> None:
    """Do what is due. now: in the community's zone."""
    sheets = {sheet.title: sheet for sheet in gspread.authorize(credentials).open_by_key(spreadsheet)}
    calendar = build("calendar", "v3", credentials=credentials)
    gmail = build("gmail", "v1", credentials=credentials)
    settings = {row["Setting"]: row["Value"] for row in rows_of(sheets["Settings"])}
    people = rows_of(sheets["Members"])
    for row in rows_of(sheets["Requests"]):
        if row["Decision"] == "approve" and row["Email"] not in [person["Email"] for person in people]:
            sheets["Members"].append_row(["", row["Name"], row["Email"]])
    merge(gmail, sheets["Requests"], "Answered", answer)
    meetings = meet(
        calendar, sheets["Roasts"], settings, [row["Email"] for row in people if active(row)], now
    )
    starts = {row["Month"]: start for row, start in meetings}
    addresses = {row["Name"]: row["Email"] for row in people}
    merge(gmail, sheets["Roasts"], "Asked", partial(host_mail, "Asked", addresses, starts))
    merge(gmail, sheets["Roasts"], "Confirmed", partial(host_mail, "Confirmed", addresses, starts))
    for row, start in meetings:
        if now >= start - timedelta(days=7) and row["Send agenda"] == "yes":
            agenda = f"{TITLE} on {start:%-d %B %Y}: the agenda"
            merge(gmail, sheets["Members"], f"Agenda {row['Month']}", partial(member_mail, agenda))
        if now >= start - timedelta(days=1):
            reminder = f"Soon: {TITLE}, {start:%-d %B %Y at %H:%M}"
            merge(gmail, sheets["Members"], f"Reminder {row['Month']}", partial(member_mail, reminder))


def merge(gmail: Any, sheet: gspread.Worksheet, column: str, due: Callable[[Row], Mail | None]) -> None:
    """The mail merge: a mail for each row whose cell in `column` is blank, then the column written back."""
    rows = rows_of(sheet)
    marks = []
    for row in rows:
        mail = None if row[column] else due(row)
        marks.append(send(gmail, *mail) if mail else row[column])
    write_back(sheet, column, rows, marks)


def write_back(sheet: gspread.Worksheet, column: str, rows: list[Row], marks: list[Any]) -> None:
    """The whole column, when anything in it is new."""
    if rows and marks != [row[column] for row in rows]:
        top = gspread.utils.rowcol_to_a1(2, list(rows[0]).index(column) + 1)
        sheet.update([[mark] for mark in marks], top)


def send(gmail: Any, address: str, subject: str) -> str:
    """One mail to one person; what to note about it."""
    message = EmailMessage()
    message["To"], message["Subject"] = address, subject
    message.set_content("Everything about it stands in your calendar.")
    raw = base64.urlsafe_b64encode(message.as_bytes()).decode()
    try:
        gmail.users().messages().send(userId="me", body={"raw": raw}).execute(num_retries=RETRIES)
    except HttpError as error:
        return str(error.reason)
    return f"sent: {subject}"


def active(row: Row) -> bool:
    """Whether this row is of somebody who takes part."""
    return bool(row["Email"]) and row["Status"] in ("", "active")


def member_mail(subject: str, row: Row) -> Mail | None:
    """The mail to a member who takes part."""
    return (row["Email"], subject) if active(row) else None


def host_mail(column: str, addresses: dict[str, str], starts: dict[str, datetime], row: Row) -> Mail | None:
    """The question to the host that was named, the thanks to the one who agreed."""
    if row["Month"] not in starts or row["Host"] not in addresses:
        return None
    if column == "Confirmed" and row["Host agreed"] != "yes":
        return None
    words = "Will you host the roast on {}?" if column == "Asked" else "Thank you for hosting on {}"
    return addresses[row["Host"]], words.format(f"{starts[row['Month']]:%-d %B %Y}")


def answer(row: Row) -> Mail | None:
    """The answer to somebody who was decided about."""
    subjects = {"approve": f"Welcome to {TITLE}", "decline": f"Your request to join {TITLE}"}
    return (row["Email"], subjects[row["Decision"]]) if row["Decision"] in subjects else None


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
    calendar: Any, sheet: gspread.Worksheet, settings: Row, guests: list[str], now: datetime
) -> list[tuple[Row, datetime]]:
    """An event for each coming row without an id, then the ids written back; the rows that meet, and when."""
    rows, ids, meetings = rows_of(sheet), [], []
    for row in rows:
        ids.append(row["Event id"])
        start, end = third_thursday(row, settings, now)
        if start <= now or (start.year, start.month) > (now.year + now.month // 12, now.month % 12 + 1):
            continue
        if row["No meeting because"]:
            if row["Event id"] not in ("", "cancelled"):
                gone = calendar.events().delete(
                    calendarId="primary", eventId=row["Event id"], sendUpdates="all"
                )
                gone.execute(num_retries=RETRIES)
                ids[-1] = "cancelled"
        else:
            ids[-1] = hold(calendar, row, (start, end), guests)
            meetings.append((row, start))
    write_back(sheet, "Event id", rows, ids)
    return meetings


def hold(calendar: Any, row: Row, when: tuple[datetime, datetime], guests: list[str]) -> str:
    """The id of the row's event, made if there is none yet, with the guests and the times it should have."""
    times = {side: {"dateTime": at.isoformat()} for side, at in zip(("start", "end"), when, strict=True)}
    how = {"calendarId": "primary", "sendUpdates": "all", "conferenceDataVersion": 1}
    if not row["Event id"]:
        link = {"requestId": row["Month"], "conferenceSolutionKey": {"type": "hangoutsMeet"}}
        new = {"summary": TITLE, "guestsCanSeeOtherGuests": False, "conferenceData": {"createRequest": link}}
        body = new | times | {"attendees": [{"email": address} for address in guests]}
        return str(calendar.events().insert(body=body, **how).execute(num_retries=RETRIES)["id"])
    event = calendar.events().get(calendarId="primary", eventId=row["Event id"]).execute(num_retries=RETRIES)
    there = {guest["email"]: guest for guest in event.get("attendees", [])}
    now = tuple(datetime.fromisoformat(event[side]["dateTime"]) for side in ("start", "end"))
    if set(there) != set(guests) or now != when:
        body = times | {"attendees": [there.get(address, {"email": address}) for address in guests]}
        calendar.events().patch(eventId=event["id"], body=body, **how).execute(num_retries=RETRIES)
    return str(event["id"])
