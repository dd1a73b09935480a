"""Numbers as a sheet shows them: automatic, or by a number format such as "yyyy-mm-dd" or "#,##0.00"."""

import re
from datetime import UTC, datetime, timedelta

from local_workspace.call import Json

DATE_TYPES = frozenset({"DATE", "TIME", "DATE_TIME"})

_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
_DAYS = 690_000
"""Serial numbers of days that Python knows: well beyond the year 3700."""
_DEFAULT_PATTERNS = {
    "DATE": "m/d/yyyy",
    "TIME": "h:mm:ss am/pm",
    "DATE_TIME": "m/d/yyyy h:mm:ss",
    "NUMBER": "#,##0.00",
    "PERCENT": "0.00%",
}
_DATE_TOKEN = re.compile(r'"([^"]*)"|(am/pm|yyyy|yy|m{1,4}|n{1,2}|d{1,4}|h{1,2}|s{1,2})|(.)', re.IGNORECASE)
_DIRECTIVES = {
    **{"yyyy": "%Y", "yy": "%y", "mmmm": "%B", "mmm": "%b", "m": "%m", "dddd": "%A", "ddd": "%a", "d": "%d"},
    **{"h": "%H", "n": "%M", "s": "%S", "am/pm": "%p"},
}
"""Codes of a date's pattern to those of strftime; "n" stands for minutes."""
_NUMBER = re.compile(r"""(?P<before>[^#0]*)(?P<digits>[#0,]+(?:\.[#0]+)?)(?P<after>[^#0]*)""")


def serial(moment: datetime) -> float:
    """Return a moment as a sheet counts it: days since the end of 1899, on the clock of its own zone."""
    return (moment.replace(tzinfo=UTC) - _EPOCH) / timedelta(days=1)


def show(number: float, number_format: Json | None) -> str:
    """Return the text of a number; automatic without a format, or with one beyond those here."""
    kind = (number_format or {}).get("type", "TEXT")
    pattern = (number_format or {}).get("pattern") or _DEFAULT_PATTERNS.get(kind, "")
    if kind in DATE_TYPES and abs(number) < _DAYS:
        return _show_moment(number, pattern)
    return _show_number(number, pattern)


def automatic(number: float, digits: int = 10) -> str:
    """Return a number as Sheets shows it where nobody chose a format: with so many digits at most."""
    if float(number).is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.{digits}g}".upper()


def _show_moment(number: float, pattern: str) -> str:
    """Return a serial number in a pattern; "m" beside hours or seconds means minutes."""
    moment = _EPOCH + timedelta(seconds=round(number * 86400))
    pattern = re.sub(r"(?i)(?<=h:)mm?|mm?(?=:s)", lambda code: "n" * len(code[0]), pattern)
    hours = "%I" if "am/pm" in pattern.lower() else "%H"

    def part(token: re.Match[str]) -> str:
        quoted, code, other = token.groups("")
        if not code:
            return quoted or other
        code = code.lower()
        directive = hours if code[0] == "h" else _DIRECTIVES.get(code) or _DIRECTIVES[code[0]]
        text = moment.strftime(directive)
        return text.removeprefix("0") if len(code) == 1 else text

    return _DATE_TOKEN.sub(part, pattern)


def _show_number(number: float, pattern: str) -> str:
    """Return a number in a pattern such as "#,##0.00", "0%" or '"$"#,##0.00'."""
    match = _NUMBER.fullmatch(pattern)
    if match is None:  # "", "@", "0.00E+00", several sections
        return automatic(number)
    if "%" in match["after"]:
        number *= 100
    whole, _, decimals = match["digits"].partition(".")
    text = f"{abs(number):{',' if ',' in whole else ''}.{len(decimals)}f}"
    for _ in range(decimals.count("#")):
        text = text.removesuffix("0")
    sign = "-" if number < 0 and float(text.replace(",", "")) else ""
    before, after = (match[name].replace('"', "") for name in ("before", "after"))
    return sign + before + text.removesuffix(".") + after
