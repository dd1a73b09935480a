"""Kinds of values that only settings have: a day of the month, a wait, countries."""

from __future__ import annotations

import re
from datetime import timedelta

from sheets_schema.cells import Cell, Kind, Unreadable, integer, one_line, quoted, shown
from sheets_schema.dates import WEEKDAYS
from sheets_schema.months import Month
from sheets_schema.rows import MeetingDay

_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}
_MINUTES = integer(0, 1440)


def _as_typed(cell: Cell, _: Month | None) -> Cell:
    return cell


def _read_meeting_day(cell: Cell, _: Month | None) -> MeetingDay:
    words = one_line(shown(cell)).casefold().removeprefix("every ").removeprefix("the ").split()[:2]
    day = words[1].rstrip("s,.") if len(words) == 2 else ""
    weekdays = [
        index for index, name in enumerate(WEEKDAYS) if len(day) > 2 and name.casefold().startswith(day)
    ]
    if not weekdays or words[0] not in _NTH:
        raise Unreadable(f"{quoted(cell)} is not a day of the month: write it like third Thursday.")
    return MeetingDay(_NTH[words[0]], weekdays[0])


def _read_wait(cell: Cell, month: Month | None) -> timedelta:
    return timedelta(minutes=_MINUTES.read(cell, month))


def _read_countries(cell: Cell, _: Month | None) -> tuple[str, ...]:
    codes = re.split(r"[\s,;]+", one_line(shown(cell)).upper().strip(" ,;"))
    if not all(re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", code) for code in codes):
        raise Unreadable(f"{quoted(cell)} holds something else than country codes: write them like US, DE.")
    return tuple(dict.fromkeys(codes))


AS_TYPED = Kind("what the setting asks for", _as_typed, number_format="TEXT")
MEETING_DAY = Kind("a day of the month, like third Thursday", _read_meeting_day)
WAIT = Kind("minutes, 0 to 1440", _read_wait)
COUNTRIES = Kind("country codes, like US, DE", _read_countries)
