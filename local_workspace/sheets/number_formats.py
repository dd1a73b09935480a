"""Numbers as a sheet shows them: automatic, or by a number format such as "yyyy-mm-dd" or "#,##0.00"."""

import re
from datetime import UTC, date, datetime, timedelta

from local_workspace.call import Json

EPOCH = date(1899, 12, 30)
"""Day 0 of serial dates."""

DATE_TYPES = frozenset({"DATE", "TIME", "DATE_TIME"})

_DEFAULT_PATTERNS = {
    "DATE": "m/d/yyyy",
    "TIME": "h:mm:ss am/pm",
    "DATE_TIME": "m/d/yyyy h:mm:ss",
    "NUMBER": "#,##0.00",
    "CURRENCY": '"$"#,##0.00',
    "PERCENT": "0.00%",
    "SCIENTIFIC": "0.00E+00",
}
_DATE_TOKEN = re.compile(r'"([^"]*)"|\\(.)|(am/pm|a/p|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+)|(.)', re.IGNORECASE)
_NUMBER_PATTERN = re.compile(r"(?P<before>.*?)(?P<digits>[#0,]*(?:\.[#0]+)?)(?P<after>[^#0]*)")


def show(number: float, number_format: Json | None) -> str:
    """Return the text of a number; without a format as Sheets does automatically."""
    kind = (number_format or {}).get("type", "TEXT")
    pattern = (number_format or {}).get("pattern") or _DEFAULT_PATTERNS.get(kind)
    if pattern is None or pattern in {"@", "General"}:
        return automatic(number)
    if kind in DATE_TYPES:
        return _show_date(number, pattern)
    return f"{number:.2E}" if kind == "SCIENTIFIC" else _show_number(number, pattern)


def automatic(number: float, digits: int = 10) -> str:
    """Return a number as Sheets shows it where nobody chose a format: with at most ten digits."""
    if float(number).is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.{digits}g}".upper()


def exact(number: float) -> str:
    """Return a number as formulas concatenate it: up to 15 digits, dates as serial numbers."""
    return automatic(number, 15)


def _show_date(serial: float, pattern: str) -> str:
    """Return a serial number in a date or time pattern."""
    seconds = round((serial % 1) * 86400)
    moment = datetime(1899, 12, 30, tzinfo=UTC) + timedelta(days=int(serial // 1), seconds=seconds)
    tokens = [match.groups("") for match in _DATE_TOKEN.finditer(pattern)]
    codes = [token[2].lower() for token in tokens]
    half_days = "am/pm" in codes or "a/p" in codes
    shown = ""
    for place, (quoted, escaped, code, other) in enumerate(tokens):
        part = _minutes_or_month(codes, place)
        shown += _date_part(moment, part, half_days) if code else quoted or escaped or other
    return shown


def _minutes_or_month(codes: list[str], place: int) -> str:
    """Return the code at `place`; "m" right after hours or before seconds means minutes and becomes "n"."""
    before = next((other for other in reversed(codes[:place]) if other), "")
    after = next((other for other in codes[place + 1 :] if other), "")
    is_minutes = codes[place][:1] == "m" and (before[:1] == "h" or after[:1] == "s")
    return codes[place].replace("m", "n") if is_minutes else codes[place]


def _date_part(moment: datetime, code: str, half_days: bool) -> str:
    """Return one part of a date: "yyyy", "mm", "ddd", "hh", "nn" (minutes) and so on."""
    hour = (moment.hour % 12 or 12) if half_days else moment.hour
    numbers = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}
    if code[0] in "yam":
        names = {"yyyy": "%Y", "yyy": "%Y", "yy": "%y", "y": "%y", "am/pm": "%p", "mmm": "%b", "mmmm": "%B"}
        if name := names.get(code, names.get(code[:4])):
            return moment.strftime(name)
        if code == "a/p":
            return f"{moment:%p}"[:1]
    if code[0] == "d" and len(code) > 2:
        return moment.strftime("%a" if len(code) == 3 else "%A")
    return str(numbers[code[0]]).zfill(len(code))


def _show_number(number: float, pattern: str) -> str:
    """Return a number in a pattern such as "#,##0.00", "0%" or '"$"#,##0.00'; the first section only."""
    match = _NUMBER_PATTERN.fullmatch(pattern.split(";", maxsplit=1)[0])
    if match is None or not match["digits"]:
        return automatic(number)
    if "%" in match["after"]:
        number *= 100
    whole, _, decimals = match["digits"].partition(".")
    text = f"{abs(number):{',' if ',' in whole else ''}.{len(decimals)}f}"
    for _ in range(len(decimals) - decimals.count("0")):
        text = text.removesuffix("0")
    sign = "-" if number < 0 and float(text.replace(",", "")) else ""
    return sign + _literal(match["before"]) + text.removesuffix(".") + _literal(match["after"])


def _literal(text: str) -> str:
    """Return the plain text of the part of a pattern beside the digits."""
    return re.sub(r'["\\]|_.|\*.', "", re.sub(r"\[\$([^\]-]*)[^\]]*\]", r"\1", text))
