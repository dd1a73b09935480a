"""What a sheet makes of what a person types: numbers, dates, times, percent, booleans, formulas, or text."""

import re
from calendar import month_abbr, month_name
from datetime import UTC, datetime
from typing import TypeAlias

from local_workspace.call import Json
from local_workspace.sheets.cells import Formula, Value, tidy_number
from local_workspace.sheets.number_formats import serial

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)\$?(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)"
    r"(?P<exponent>[eE][+-]?\d+)?(?P<percent>\s?%)?"
)
Typed: TypeAlias = tuple[Value, Json | None]
"""The value that typing gives, and the number format that the cell takes on with it."""

_CODES = {
    "yyyy": r"(?P<year>\d{4})",
    "yy": r"(?P<year>\d\d)",
    "mmmm": rf"(?P<name>{'|'.join(month_name[1:])})",
    "mmm": rf"(?P<name>{'|'.join(month_abbr[1:])})\.?",
    "m": r"(?P<month>\d{1,2})",
    "d": r"(?P<day>\d{1,2})",
    "h:mm": r"(?P<hour>\d{1,2}):(?P<minute>\d\d)",
    ":ss": r":(?P<second>\d\d)",
    " am/pm": r"\s*(?P<half>[ap]m)",
}
"""What is typed in the place of each code of a pattern."""


def _regexes(*patterns: str) -> dict[str, re.Pattern[str]]:
    """Return patterns with what must have been typed to be shown in them afterwards."""
    codes = r"yyyy|yy|mmmm|mmm|h:mm|:ss| am/pm|(m)m?|(d)d?"
    return {
        pattern: re.compile(re.sub(codes, lambda code: _CODES[code[1] or code[2] or code[0]], pattern), re.I)
        for pattern in patterns
    }


_TIMES = _regexes("h:mm", "h:mm:ss", "h:mm am/pm", "h:mm:ss am/pm")
_DAYS = _regexes(
    *("yyyy-mm-dd", "yyyy/mm/dd", "yyyy-mm", "yyyy/mm"),
    *(f"{name}{rest}" for name in ("mmmm", "mmm") for rest in (" d, yyyy", " d yyyy", " d", " yyyy")),
    *(f"d{name}" for name in (" mmmm yyyy", " mmm yyyy", " mmmm", " mmm", "-mmm-yyyy", "-mmm")),
)
_MONTH_FIRST = _DAYS | _regexes("m/d/yyyy", "m/d/yy", "m/d", "m-d-yyyy", "m-d-yy", "m-d")
_DAY_FIRST = _DAYS | _regexes("d/m/yyyy", "d/m/yy", "d/m", "d-m-yyyy", "d-m-yy", "d-m")


def read_typed(text: str, locale: str, year: int) -> Typed:
    """Return what a sheet of `locale` makes of `text`, typed into a cell without a format in `year`.

    "" clears the cell. A leading apostrophe keeps the rest as text and disappears.
    """
    if text == "":
        return None, None
    if text.startswith("'"):
        return text[1:], None
    if text.startswith("=") and len(text) > 1:
        return Formula(text), None
    plain = text.strip()
    if plain.upper() in {"TRUE", "FALSE"}:
        return plain.upper() == "TRUE", None
    days = _MONTH_FIRST if locale.startswith("en_US") else _DAY_FIRST
    return _number(plain) or _moment(plain, days, year) or (text, None)


def _number(text: str) -> Typed | None:
    """Read "42", "2,000,000.01", "12%", "$5" or "1e3"."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    digits, decimals = match["digits"], ".00" if "." in match["digits"] else ""
    number = float(match["sign"] + digits.replace(",", "") + (match["exponent"] or ""))
    if match["percent"]:
        return tidy_number(number / 100), {"type": "PERCENT", "pattern": f"0{decimals}%"}
    grouped = {"type": "NUMBER", "pattern": f"#,##0{decimals}"} if "," in digits else None
    return tidy_number(number), grouped


def _moment(text: str, days: dict[str, re.Pattern[str]], year: int) -> Typed | None:
    """Read a day, a time of day, or a day followed by a time."""
    day, *time = re.split(r"(?:^|[ T])(?=\d{1,2}:)", text, maxsplit=1)
    parts: dict[str, str] = {}
    patterns = []
    for typed, known in [(day, days)] * bool(day) + [(piece, _TIMES) for piece in time]:
        found = [(pattern, match) for pattern, regex in known.items() if (match := regex.fullmatch(typed))]
        if not found:
            return None
        patterns.append(found[0][0])
        parts |= found[0][1].groupdict()
    usual = {"year": year, "day": 1} if day else {"year": 1899, "month": 12, "day": 30}
    try:
        moment = datetime(**usual | _numbers(parts), tzinfo=UTC)
    except ValueError:
        return None
    kind = "_".join(["DATE"] * bool(day) + ["TIME"] * len(time))
    return tidy_number(serial(moment)), {"type": kind, "pattern": " ".join(patterns)}


def _numbers(parts: dict[str, str]) -> dict[str, int]:
    """Return the typed parts of a moment as datetime takes them; an hour that is none becomes 24."""
    numbers = {name: int(part) for name, part in parts.items() if part.isdecimal()}
    if "name" in parts:
        numbers["month"] = list(month_abbr).index(parts["name"][:3].title())
    if numbers.get("year", 100) < 100:
        numbers["year"] += 1900 if numbers["year"] >= 30 else 2000
    if "half" in parts:
        later = 12 if parts["half"].lower() == "pm" else 0
        numbers["hour"] = numbers["hour"] % 12 + later if 1 <= numbers["hour"] <= 12 else 24
    return numbers
