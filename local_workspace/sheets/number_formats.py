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
    if kind == "SCIENTIFIC":
        return f"{number:.2E}"
    return _show_number(number, pattern)


def automatic(number: float) -> str:
    """Return a number as Sheets shows it where nobody chose a format: with at most ten digits."""
    if float(number).is_integer() and abs(number) < 1e15:
        return str(int(number))
    return _tidy(f"{number:.10g}")


def exact(number: float) -> str:
    """Return a number as formulas concatenate it: up to 15 digits, dates as serial numbers."""
    if float(number).is_integer() and abs(number) < 1e15:
        return str(int(number))
    return _tidy(f"{number:.15g}")


def _tidy(text: str) -> str:
    """Write exponents the way Sheets does: 1E+20, 1E-07."""
    return text.upper()


def _show_date(serial: float, pattern: str) -> str:
    """Return a serial number in a date or time pattern."""
    seconds = round((serial % 1) * 86400)
    moment = datetime(1899, 12, 30, tzinfo=UTC) + timedelta(days=int(serial // 1), seconds=seconds)
    tokens = [match.groups() for match in _DATE_TOKEN.finditer(pattern)]
    codes = [code.lower() if code else "" for _, _, code, _ in tokens]
    half_days = any(code in {"am/pm", "a/p"} for code in codes)
    shown = []
    for place, (quoted, escaped, code, other) in enumerate(tokens):
        if code:
            shown.append(_date_part(moment, _minutes_or_month(codes, place), half_days))
        else:
            shown.append(quoted or escaped or other or "")
    return "".join(shown)


def _minutes_or_month(codes: list[str], place: int) -> str:
    """Return the code at `place`; "m" right after hours or before seconds means minutes and becomes "n"."""
    code = codes[place]
    if code[0] != "m":
        return code
    before = next((other for other in reversed(codes[:place]) if other), "")
    after = next((other for other in codes[place + 1 :] if other), "")
    return code.replace("m", "n") if before[:1] == "h" or after[:1] == "s" else code


def _date_part(moment: datetime, code: str, half_days: bool) -> str:
    """Return one part of a date: "yyyy", "mm", "ddd", "hh", "nn" (minutes) and so on."""
    hour = (moment.hour % 12 or 12) if half_days else moment.hour
    return {
        "y": f"{moment:%Y}" if len(code) > 2 else f"{moment:%y}",
        "m": _named(moment.month, len(code), f"{moment:%b}", f"{moment:%B}"),
        "d": _named(moment.day, len(code), f"{moment:%a}", f"{moment:%A}"),
        "h": str(hour).zfill(len(code)),
        "n": str(moment.minute).zfill(len(code)),
        "s": str(moment.second).zfill(len(code)),
        "a": f"{moment:%p}" if code == "am/pm" else f"{moment:%p}"[:1],
    }[code[0]]


def _named(number: int, length: int, short: str, long: str) -> str:
    """Return a month or day as a number, its short or its long name, by the length of its code."""
    if length <= 2:
        return str(number).zfill(length)
    return short if length == 3 else long


def _show_number(number: float, pattern: str) -> str:
    """Return a number in a pattern such as "#,##0.00", "0%" or '"$"#,##0.00'; the first section only."""
    section = pattern.split(";", maxsplit=1)[0]
    match = _NUMBER_PATTERN.fullmatch(section)
    if match is None or not match["digits"]:
        return automatic(number)
    if "%" in match["after"]:
        number *= 100
    whole, _, decimals = match["digits"].partition(".")
    text = f"{abs(number):{',' if ',' in whole else ''}.{len(decimals)}f}"
    optional = len(decimals) - decimals.count("0")
    if optional:
        head, _, tail = text.partition(".")
        kept = tail.rstrip("0").ljust(decimals.count("0"), "0")
        text = f"{head}.{kept}" if kept else head
    sign = "-" if number < 0 and float(text.replace(",", "")) else ""
    return sign + _literal(match["before"]) + text + _literal(match["after"])


def _literal(text: str) -> str:
    """Return the plain text of the part of a pattern beside the digits."""
    return re.sub(r'["\\]|_.|\*.', "", re.sub(r"\[\$([^\]-]*)[^\]]*\]", r"\1", text))
