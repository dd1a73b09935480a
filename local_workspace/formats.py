"""The types and formats of the discovery documents: does a value, or a parameter's text, fit them?"""

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
_MOMENT = rf"{_DATE}[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?"
_PATTERNS = {
    "date": re.compile(_DATE),
    "date-time": re.compile(rf"{_MOMENT}([Zz]|[+-]\d\d:\d\d)"),
    "google-datetime": re.compile(rf"{_MOMENT}([Zz]|[+-]\d\d:\d\d)"),
    # In a body the zone may stand in a field of its own (EventDateTime.timeZone).
    "local date-time": re.compile(rf"{_MOMENT}([Zz]|[+-]\d\d:\d\d)?"),
    "byte": re.compile(r"[A-Za-z0-9+/_-]*=*"),
}


def parse_parameter(text: str, spec: Json) -> Any:
    """Return the text of a parameter as its type; ValueError when it does not fit type, format or limits."""
    value: Any = text
    if spec["type"] == "boolean":
        value = {"true": True, "false": False}.get(text.lower())
    elif spec["type"] == "integer":
        value = int(text) if re.fullmatch(r"-?\d{1,20}", text) else None
    if not fits(value, spec) or not re.search(spec.get("pattern", ""), text):
        raise ValueError(text)
    if isinstance(value, int):  # the documents write limits as texts
        within = int(spec.get("minimum", value)) <= value <= int(spec.get("maximum", value))
        if not within:
            raise ValueError(text)
    return value


def fits(value: Any, spec: Json, *, naive_times: bool = False) -> bool:
    """Say whether a JSON scalar fits the type, format and enum of `spec`; True for type "any"."""
    match spec["type"]:
        case "string":
            return isinstance(value, str) and _text_fits(value, spec, naive_times)
        case "integer":
            low, high = _INTEGERS[spec.get("format", "int64")]
            return type(value) is int and low <= value <= high
        case "number":
            return type(value) in (int, float)
        case "boolean":
            return isinstance(value, bool)
    return True


def _text_fits(text: str, spec: Json, naive_times: bool) -> bool:
    """Say whether a text fits the format and the enum of `spec`."""
    format_ = spec.get("format", "")
    if format_ in _INTEGERS:
        low, high = _INTEGERS[format_]
        return bool(re.fullmatch(r"-?\d{1,20}", text)) and low <= int(text) <= high
    if format_ == "byte" and len(text.rstrip("=")) % 4 == 1:
        return False  # of base64
    if format_ == "date-time" and naive_times:
        format_ = "local date-time"
    pattern = _PATTERNS.get(format_)
    return text in spec.get("enum", (text,)) and (pattern is None or bool(pattern.fullmatch(text)))
