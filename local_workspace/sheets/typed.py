"""What a sheet makes of what a person types: numbers, dates, times, percent, booleans, formulas, or text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from local_workspace.call import Json
from local_workspace.sheets.cells import Formula, Value, tidy_number
from local_workspace.sheets.number_formats import EPOCH

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<currency>\$?)(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)"
    r"(?P<exponent>[eE][+-]?\d+)?(?P<percent>\s?%)?"
)
_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s*([AaPp][Mm]))?")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH_NAME = (
    "(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)


@dataclass(frozen=True, slots=True)
class Typed:
    """The value that typing gives, and the number format that the cell takes on with it."""

    value: Value
    number_format: Json | None = None


def read_typed(text: str, locale: str, year: int) -> Typed:
    """Return what a sheet of `locale` makes of `text`, typed into a cell without a format in `year`.

    "" clears the cell. A leading apostrophe keeps the rest as text and disappears.
    """
    if text == "":
        return Typed(None)
    if text.startswith("'"):
        return Typed(text[1:])
    if text.startswith("=") and len(text) > 1:
        return Typed(Formula(text))
    plain = text.strip()
    if plain.upper() in {"TRUE", "FALSE"}:
        return Typed(plain.upper() == "TRUE")
    return _number(plain) or _moment(plain, locale, year) or Typed(text)


def _number(text: str) -> Typed | None:
    """Read "42", "2,000,000.01", "12%", "$5" or "1e3"."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    digits = match["digits"]
    number = float(match["sign"] + digits.replace(",", "") + (match["exponent"] or ""))
    decimals = ".00" if "." in digits else ""
    if match["percent"]:
        return Typed(tidy_number(number / 100), {"type": "PERCENT", "pattern": f"0{decimals}%"})
    if match["currency"]:
        return Typed(tidy_number(number), {"type": "CURRENCY", "pattern": f'"$"#,##0{decimals}'})
    if match["exponent"]:
        return Typed(tidy_number(number), {"type": "SCIENTIFIC", "pattern": "0.00E+00"})
    if "," in digits:
        return Typed(tidy_number(number), {"type": "NUMBER", "pattern": f"#,##0{decimals}"})
    return Typed(tidy_number(number))


def _moment(text: str, locale: str, year: int) -> Typed | None:
    """Read a date, a time, or a date followed by a time."""
    if (time := _time(text)) is not None:
        return Typed(time[0], {"type": "TIME", "pattern": time[1]})
    if (day := _day(text, locale, year)) is not None:
        return Typed(day[0], {"type": "DATE", "pattern": day[1]})
    head, _, tail = re.sub(r"(?<=\d)T(?=\d)", " ", text).partition(" ")
    day, time = _day(head, locale, year), _time(tail.strip())
    if day is None or time is None:
        return None
    return Typed(tidy_number(day[0] + time[0]), {"type": "DATE_TIME", "pattern": f"{day[1]} {time[1]}"})


def _time(text: str) -> tuple[float, str] | None:
    """Read "14:30", "14:30:05" or "2:30 PM" as a part of a day, with its pattern."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[4].lower() == "pm" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    pattern = "h:mm" + (":ss" if match[3] else "") + (" am/pm" if match[4] else "")
    return (hour * 3600 + minute * 60 + second) / 86400, pattern


def _day(text: str, locale: str, year: int) -> tuple[int, str] | None:
    """Read a date as a serial number, with the pattern that shows it as it was typed."""
    day_first = not locale.startswith("en_US")
    for pattern, read in _DAYS:
        match = re.fullmatch(pattern, text, re.IGNORECASE)
        if match is None:
            continue
        found = read({key: value or "" for key, value in match.groupdict().items()}, day_first, year)
        try:
            return (date(*found[0]) - EPOCH).days, found[1]
        except ValueError:
            return None
    return None


_Read = Callable[[dict[str, str], bool, int], tuple[tuple[int, int, int], str]]


def _year_first(part: dict[str, str], day_first: bool, year: int) -> tuple[tuple[int, int, int], str]:
    """Read 2026-12-17, 2026/12/17 or 2026-12."""
    mark = part["mark"]
    if not part["day"]:
        return (int(part["year"]), int(part["month"]), 1), f"yyyy{mark}mm"
    return (int(part["year"]), int(part["month"]), int(part["day"])), f"yyyy{mark}mm{mark}dd"


def _year_last(part: dict[str, str], day_first: bool, year: int) -> tuple[tuple[int, int, int], str]:
    """Read 12/17/2026, 12/17/26 or 12/17: which of both is the day depends on the locale."""
    first, second, mark = int(part["first"]), int(part["second"]), part["mark"]
    day, month = (first, second) if day_first else (second, first)
    codes = ["d", "m"] if day_first else ["m", "d"]
    if part["year"]:
        codes.append("yyyy" if len(part["year"]) == 4 else "yy")
        year = _full_year(part["year"])
    return (year, month, day), mark.join(codes)


def _by_name(part: dict[str, str], day_first: bool, year: int) -> tuple[tuple[int, int, int], str]:
    """Read Dec 17, 2026 or 17 December 2026, with or without its year; Dec 2026 is its first day."""
    month = _MONTHS.index(part["name"][:3].lower()) + 1
    code = "mmm" if len(part["name"]) <= 3 and part["name"].lower() != "may" else "mmmm"
    if part["year"]:
        year = int(part["year"])
    if not part.get("day"):
        return (year, month, 1), f"{code} yyyy"
    pattern = f"d {code}" if part["order"] == "day" else f"{code} d"
    if part["year"]:
        pattern += " yyyy" if part["order"] == "day" else ", yyyy"
    return (year, month, int(part["day"])), pattern


def _full_year(text: str) -> int:
    """Return the year that two or four digits mean: 30 to 99 lie in the last century."""
    number = int(text)
    if len(text) == 4:
        return number
    return number + (1900 if number >= 30 else 2000)


def _named(order: str) -> _Read:
    """Return the reader of dates with a month's name whose day stands in this order."""
    return lambda part, day_first, year: _by_name(part | {"order": order}, day_first, year)


_DAYS: tuple[tuple[str, _Read], ...] = (
    (r"(?P<year>\d{4})(?P<mark>[-/])(?P<month>\d{1,2})(?:[-/](?P<day>\d{1,2}))?", _year_first),
    (r"(?P<first>\d{1,2})(?P<mark>[-/])(?P<second>\d{1,2})(?:[-/](?P<year>\d{4}|\d\d))?", _year_last),
    (_MONTH_NAME + r"\.? (?P<year>\d{4})", _named("none")),
    (_MONTH_NAME + r"\.? (?P<day>\d{1,2})(?:,? (?P<year>\d{4}))?", _named("month")),
    (r"(?P<day>\d{1,2})[ -]" + _MONTH_NAME + r"\.?(?:[ ,-]+(?P<year>\d{4}))?", _named("day")),
)
