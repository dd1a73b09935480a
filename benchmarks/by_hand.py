"""The same month as one would write it by hand: the way of Google's own quickstarts, read fairly.

Reads each tab with gspread's get_all_records, looks for the meeting, inserts the event with its guests, and
sends each mail with messages.send. It keeps no ledger: the caller says what is due.
"""

from __future__ import annotations

import base64
from email.message import EmailMessage
from typing import Any

import gspread

TABS = ("Roasts", "Members", "Requests", "Settings")


def read(client: gspread.Client, spreadsheet: str) -> dict[str, list[dict[str, Any]]]:
    """Every tab by its header row."""
    sheet = client.open_by_key(spreadsheet)
    return {title: sheet.worksheet(title).get_all_records() for title in TABS}


def look(client: gspread.Client, calendar: Any, spreadsheet: str) -> dict[str, list[dict[str, Any]]]:
    """One look at sheet and calendar, to find that there is nothing to do."""
    rows = read(client, spreadsheet)
    calendar.events().list(calendarId="primary", timeMin="2026-11-12T00:00:00Z").execute()
    return rows


def invite(calendar: Any, members: list[str], request: str) -> None:
    """One event for everybody."""
    body = {
        "summary": "Co-op educators",
        "start": {"dateTime": "2026-12-17T17:00:00+01:00"},
        "end": {"dateTime": "2026-12-17T18:00:00+01:00"},
        "attendees": [{"email": address} for address in members],
        "conferenceData": {
            "createRequest": {"requestId": request, "conferenceSolutionKey": {"type": "hangoutsMeet"}}
        },
    }
    insert = calendar.events().insert(
        calendarId="primary", conferenceDataVersion=1, sendUpdates="all", body=body
    )
    insert.execute()


def mail(gmail: Any, address: str, subject: str) -> None:
    """One mail."""
    message = EmailMessage()
    message["To"], message["Subject"] = address, subject
    message.set_content("See you on Thursday.")
    raw = base64.urlsafe_b64encode(message.as_bytes()).decode()
    gmail.users().messages().send(userId="me", body={"raw": raw}).execute()
