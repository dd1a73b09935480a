"""Days, months and times as people type them."""

from __future__ import annotations

import math
import re
from datetime import date, time, timedelta

from sheets_schema.cells import Cell, Kind, Unreadable, one_line, quoted, shown
from sheets_schema.months import Month

# Day 0 of a spreadsheet's calendar.
EPOCH = date(1899, 12, 30)
_FIRST = (date(1950, 1, 1) - EPOCH).days
_LAST = (date(2101, 1, 1) - EPOCH).days

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d.*)?")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})(?:[-/.] ?(\d{4}|\d{2}))?\.?")
_FILLERS = re.compile(r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|the|of)\b\.?")
_YEAR_AND_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?::\d{2})?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?(?P<word>\s*(?:h|hrs?|hours|uhr|o'clock))?"
)


def from_serial(days: float) -> date | None:
    """The day that a spreadsheet counts as `days`, None when it is outside 1950 to 2100."""
    if math.isfinite(days) and _FIRST <= days < _LAST:
        return EPOCH + timedelta(days=int(days))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1950 <= year <= 2100 else None


def month_named(word: str) -> int | None:
    """1 to 12 for an English month's name or its first letters, three at least; None for other words."""
    for number, name in enumerate(MONTHS, start=1):
        if len(word) >= 3 and name.casefold().startswith(word.casefold()):
            return number
    return None


def _with_name(typed: str, year: int | None) -> list[date]:
    """The day that words such as "10 dec 2026" name; empty when they name none."""
    words = re.sub(r"[.,/\-']", " ", re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", typed)).split()
    months = [number for word in words if (number := month_named(word))]
    numbers = [word for word in words if word.isdigit() and word.isascii()]
    if len(months) != 1 or len(words) != len(numbers) + 1 or not 1 <= len(numbers) <= 2:
        return []
    if len(numbers[0]) == 4:
        numbers.reverse()
    if len(numbers[0]) > 2 or (len(numbers) == 2 and len(numbers[1]) not in (2, 4)):
        return []
    if len(numbers) == 2:
        year = int(numbers[1]) + (2000 if len(numbers[1]) == 2 else 0)
    found = _day(year, months[0], int(numbers[0])) if year is not None else None
    return [found] if found else []


def _candidates(typed: str, year: int | None) -> list[date]:
    """Every day that a text may mean; `year` stands in where the text has none."""
    if match := _YEAR_FIRST.fullmatch(typed):
        orders = [(int(match[1]), int(match[2]), int(match[3]))]
    elif match := _DAY_AND_MONTH.fullmatch(typed):
        first, second = int(match[1]), int(match[3])
        if match[4]:
            year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
        if year is None:
            return []
        orders = [(year, second, first)]
        # A dot stands behind a day ("10.12."); with other signs half the world writes the month first.
        if match[2] != "." and first != second:
            orders.append((year, first, second))
    else:
        return _with_name(typed, year)
    return [found for order in orders if (found := _day(*order))]


def _bare(cell: Cell) -> str:
    """The text of a date in lower case, without weekdays and fillers."""
    return one_line(_FILLERS.sub(" ", one_line(shown(cell)).casefold()).strip(" ,.")).strip(", ")


def _long(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def read_date(cell: Cell, month: Month | None = None) -> date:
    """Read a day from a date cell, a serial number or text; `month` settles what 10/12 means.

    Raises Unreadable, also when the text may mean two days.
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        found = [day for day in [from_serial(cell)] if day]
    else:
        found = _candidates(_bare(cell), month.year if month else None)
    if month is not None:
        found = [day for day in found if Month.of(day) == month] or found
    if len(found) == 1:
        return found[0]
    if found:
        one, other = sorted(found)
        raise Unreadable(
            f"{quoted(cell)} may be {_long(one)} or {_long(other)}: "
            f"write {one.isoformat()} or {other.isoformat()}."
        )
    if month is None and _candidates(_bare(cell), 2024):
        raise Unreadable(f"{quoted(cell)} has no year: write the date like 2026-12-17.")
    raise Unreadable(f"{quoted(cell)} is not a date: write it like 2026-12-17.")


def read_day_in(cell: Cell, month: Month | None) -> date:
    """Read a day that must lie in the row's month; a bare number is a day of it. Raises Unreadable."""
    typed = one_line(shown(cell)).rstrip(".")
    if month is not None and typed.isascii() and typed.isdigit() and len(typed) <= 2:
        found = _day(month.year, month.number, int(typed))
    else:
        found = read_date(cell, month)
    where = f"{MONTHS[month.number - 1]} {month.year}, the month of this row" if month else ""
    if found is None:
        raise Unreadable(f"{quoted(cell)} is not a day of {where}.")
    if month is None or Month.of(found) == month:
        return found
    # Sheets may have read 10/12 the other way round before we saw it.
    turned = _day(found.year, found.day, found.month)
    hint = f" Did you mean {turned.isoformat()}?" if turned and Month.of(turned) == month else ""
    raise Unreadable(f"{_long(found)} does not lie in {where}.{hint}")


def read_month(cell: Cell, _: Month | None = None) -> Month:
    """Read a month from "2026-12", "Dec 2026", "12/2026" or any date in it. Raises Unreadable."""
    typed = _bare(cell)
    year, number = 0, 0
    if match := _YEAR_AND_MONTH.fullmatch(typed):
        year, number = int(match[1]), int(match[2])
    elif match := _MONTH_AND_YEAR.fullmatch(typed):
        year, number = int(match[2]), int(match[1])
    elif match := re.fullmatch(r"([a-z]+)[., -]*(\d{4})|(\d{4})[., -]*([a-z]+)", typed):
        year, number = int(match[2] or match[3]), month_named(match[1] or match[4]) or 0
    if 1 <= number <= 12 and 1950 <= year <= 2100 and isinstance(cell, str):
        return Month(year, number)
    try:
        return Month.of(read_date(cell))
    except Unreadable:
        raise Unreadable(f"{quoted(cell)} is not a month: write it like 2026-12.") from None


def read_time(cell: Cell, _: Month | None = None) -> time:
    """Read a time of day from a time cell (a fraction of a day) or text. Raises Unreadable."""
    unreadable = Unreadable(f"{quoted(cell)} is not a time of day: write it like 17:00.")
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if not (math.isfinite(cell) and (0 <= cell < 1 or from_serial(cell))):
            raise unreadable
        minutes = round(cell % 1 * 1440) % 1440
        return time(minutes // 60, minutes % 60)
    typed = one_line(shown(cell)).casefold()
    if typed in ("noon", "midday"):
        return time(12)
    match = _TIME.fullmatch(typed)
    if match is None or not (match["minute"] or match["half"] or match["word"]):
        raise unreadable
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            raise unreadable
        hour = hour % 12 + (12 if match["half"].startswith("p") else 0)
    if hour > 23 or minute > 59:
        raise unreadable
    return time(hour, minute)


def read_moment(cell: Cell, _: Month | None = None) -> float:
    """Read when something arrived as days since 1899-12-30, for ordering. Raises Unreadable."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and from_serial(cell):
        return float(cell)
    day, _space, clock = one_line(shown(cell)).partition(" ")
    try:
        minutes = read_time(clock)
        fraction = (minutes.hour * 60 + minutes.minute) / 1440
    except Unreadable:
        day, fraction = shown(cell), 0.0
    return (read_date(day) - EPOCH).days + fraction


DATE = Kind("a date, like 2026-12-17", read_date, "DATE", "yyyy-mm-dd", "DATE_IS_VALID")
DAY_IN_MONTH = Kind("a date in the row's month", read_day_in, "DATE", "yyyy-mm-dd", "DATE_IS_VALID")
MONTH = Kind("a month, like 2026-12", read_month, "TEXT")
TIME = Kind("a time of day, like 17:00", read_time, "TEXT")
MOMENT = Kind("date and time", read_moment, "DATE_TIME", "yyyy-mm-dd hh:mm")
