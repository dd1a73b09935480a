"""What a sheet makes of what a person types: numbers, dates, times, percent, booleans, formulas, or text."""

import re
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
_NAME = (
    "(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY, _MONTH, _YEAR = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4})"
_ANY_YEAR = r"(?:[-/](?P<year>\d{4}|\d\d))?"
_DAYS = [
    rf"{_YEAR}[-/]{_MONTH}(?:[-/]{_DAY})?",
    rf"{_NAME}\.? {_YEAR}",
    rf"{_NAME}\.? {_DAY}(?:,? {_YEAR})?",
    rf"{_DAY}[ -]{_NAME}\.?(?:[ ,-]+{_YEAR})?",
]
_MONTH_FIRST, _DAY_FIRST = rf"{_MONTH}[-/]{_DAY}{_ANY_YEAR}", rf"{_DAY}[-/]{_MONTH}{_ANY_YEAR}"


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
    number_format = None
    if match["currency"]:
        number_format = {"type": "CURRENCY", "pattern": f'"$"#,##0{decimals}'}
    elif match["exponent"]:
        number_format = {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
    elif "," in digits:
        number_format = {"type": "NUMBER", "pattern": f"#,##0{decimals}"}
    return Typed(tidy_number(number), number_format)


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
    if (match[4] and not 1 <= hour <= 12) or hour > 23 or minute > 59 or second > 59:
        return None
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower() == "pm" else 0)
    pattern = "h:mm" + (":ss" if match[3] else "") + (" am/pm" if match[4] else "")
    return (hour * 3600 + minute * 60 + second) / 86400, pattern


def _day(text: str, locale: str, year: int) -> tuple[int, str] | None:
    """Read a date as a serial number, with the pattern that shows it as it was typed."""
    by_numbers = _MONTH_FIRST if locale.startswith("en_US") else _DAY_FIRST
    for pattern in (by_numbers, *_DAYS):
        match = re.fullmatch(pattern, text, re.IGNORECASE)
        if match is None:
            continue
        part = match.groupdict()
        month = part.get("month") or _MONTHS.index(part["name"][:3].lower()) + 1
        try:
            day = date(_full_year(part["year"], year), int(month), int(part.get("day") or 1))
        except ValueError:
            return None
        return (day - EPOCH).days, _pattern(match)
    return None


def _pattern(match: re.Match[str]) -> str:
    """Return the typed date with a code in the place of each of its parts."""
    shown, end = "", 0
    for name in sorted((name for name, part in match.groupdict().items() if part), key=match.start):
        width = 2 if match.start("year") == 0 else 1  # 2026-12-07 keeps its zeros.
        code = {"year": "y" * len(match[name]), "month": "m" * width, "day": "d" * width}.get(name)
        long_name = len(match[name]) > 3 or match[name].lower() == "may"
        shown += match.string[end : match.start(name)] + (code or ("mmmm" if long_name else "mmm"))
        end = match.end(name)
    return shown


def _full_year(text: str | None, year: int) -> int:
    """Return the year that two or four digits mean: 30 to 99 lie in the last century; none mean `year`."""
    if text is None:
        return year
    return int(text) + (0 if len(text) == 4 else 1900 if int(text) >= 30 else 2000)
