"""The types and formats of the discovery documents: does a value, or a parameter's text, fit them?"""

import base64
import binascii
import re
from typing import Any

from local_workspace.call import Json

_INTEGERS = {
    "int32": (-(2**31), 2**31 - 1),
    "uint32": (0, 2**32 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint64": (0, 2**64 - 1),
}
_DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_TIME = r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?"
_PATTERNS = {
    "date": re.compile(_DATE),
    "date-time": re.compile(rf"{_DATE}[Tt]{_TIME}([Zz]|[+-]\d\d:\d\d)"),
    "google-datetime": re.compile(rf"{_DATE}[Tt]{_TIME}([Zz]|[+-]\d\d:\d\d)"),
    # In a body the zone may stand in a field of its own (EventDateTime.timeZone).
    "local date-time": re.compile(rf"{_DATE}[Tt]{_TIME}([Zz]|[+-]\d\d:\d\d)?"),
}


def parse_parameter(text: str, spec: Json) -> Any:
    """Return the text of a parameter as its type; ValueError when it does not fit type, format or limits."""
    match spec["type"]:
        case "boolean":
            if text.lower() not in {"true", "false"}:
                raise ValueError(text)
            return text.lower() == "true"
        case "integer":
            number = int(text) if re.fullmatch(r"-?\d{1,20}", text) else None
            if number is None or not fits(number, spec) or not _within(number, spec):
                raise ValueError(text)
            return number
        case "number":
            return float(text)
    if not fits(text, spec) or ("pattern" in spec and not re.search(spec["pattern"], text)):
        raise ValueError(text)
    return text


def fits(value: Any, spec: Json, *, naive_times: bool = False) -> bool:
    """Say whether a JSON scalar fits the type, format and enum of `spec`; True for type "any"."""
    match spec["type"]:
        case "string":
            return isinstance(value, str) and _text_fits(value, spec, naive_times)
        case "integer":
            low, high = _INTEGERS[spec.get("format", "int64")]
            return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
    return True


def _text_fits(text: str, spec: Json, naive_times: bool) -> bool:
    """Say whether a text fits the format and the enum of `spec`."""
    if "enum" in spec and text not in spec["enum"]:
        return False
    format_ = spec.get("format")
    if format_ in _INTEGERS:
        low, high = _INTEGERS[format_]
        return bool(re.fullmatch(r"-?\d{1,20}", text)) and low <= int(text) <= high
    if format_ == "byte":
        return _is_base64(text)
    if format_ == "date-time" and naive_times:
        format_ = "local date-time"
    pattern = _PATTERNS.get(format_ or "")
    return pattern is None or bool(pattern.fullmatch(text))


def _is_base64(text: str) -> bool:
    """Say whether `text` is base64, in the web-safe alphabet or the plain one, padded or not."""
    try:
        base64.b64decode(
            text.translate(str.maketrans("-_", "+/")).rstrip("=") + "=" * (-len(text.rstrip("=")) % 4),
            validate=True,
        )
    except binascii.Error:
        return False
    return True


def _within(number: int, spec: Json) -> bool:
    """Say whether a number keeps the limits of `spec`, which the documents write as texts."""
    return int(spec.get("minimum", number)) <= number <= int(spec.get("maximum", number))
