"""What we ask Google's permission for, and why; nothing more."""

from __future__ import annotations

_GOOGLE = "https://www.googleapis.com/auth/"

DRIVE_FILE = f"{_GOOGLE}drive.file"  # the one spreadsheet that `init` creates, and no other file
SPREADSHEETS = f"{_GOOGLE}spreadsheets"  # instead of it, when the sheet was made by hand: sees every sheet
CALENDAR = f"{_GOOGLE}calendar.events.owned"  # the meetings' events on a calendar we own, guests included
GMAIL = f"{_GOOGLE}gmail.compose"  # drafts and sending; cannot read the inbox

SCOPES: tuple[str, ...] = (DRIVE_FILE, CALENDAR, GMAIL)


def scopes(*, with_existing_sheet: bool = False) -> tuple[str, ...]:
    """The scopes to ask for; with_existing_sheet: for a spreadsheet that we did not create."""
    return (SPREADSHEETS, CALENDAR, GMAIL) if with_existing_sheet else SCOPES
