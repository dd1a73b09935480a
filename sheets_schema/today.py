"""The Today tab: the one page the organizer looks at, written by the service."""

from __future__ import annotations

from sheets_schema.columns import Tab

TITLE = "Third Thursday"
LAST_LOOKED_LABEL = "Last looked"
# The service writes here when it last read the sheet: a date-time serial in the spreadsheet's time zone.
LAST_LOOKED_CELL = "Today!B2"
# Beside it, in C2; it needs no service to notice that the service has stopped.
STATUS_FORMULA = (
    '=IF(COUNT(B2)=0,"Has not looked yet.",'
    'IF(ABS(NOW()-B2)>1.5,"Stopped since then: is the machine on that runs the service?","Running."))'
)
# True after 36 hours, and for a time that a wrong clock has put far ahead; colours the status red.
STOPPED_FORMULA = "=IF(COUNT($B$2)=0,FALSE,ABS(NOW()-$B$2)>1.5)"
# What the service replaces as a whole: what, details, place. Row 4 downwards.
FIRST_ROW = 4
LAST_ROW = 200
WIDTHS = (220, 460, 320)

TAB = Tab(
    "Today",
    (),
    explain="Whether the service runs, the next meeting, what needs you, and what goes out next.",
    stops="You cannot see here what the service does until it is back.",
    organizers=False,
)
