"""Requests and answers against the discovery documents: what Google would refuse is refused here."""

import json
import re
from collections.abc import Iterable
from typing import Any

from local_workspace import discovery
from local_workspace.call import Json
from local_workspace.discovery import Method
from local_workspace.errors import ApiError, bad_request

_PROTO_TYPES = {
    "string": "TYPE_STRING",
    "integer": "TYPE_INT32",
    "number": "TYPE_DOUBLE",
    "boolean": "TYPE_BOOL",
    "array": "type.googleapis.com/google.protobuf.ListValue",
}
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
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_CLASSIC = {"calendar", "drive"}
"""The APIs with the older error bodies; they ignore a parameter that only another method of theirs takes."""
_BODY_FIELD = {f"sheets.spreadsheets.values.{name}": "data" for name in ("update", "append")}
"""What Google calls the body as a whole, where it is one field of the request."""


class MismatchError(Exception):
    """A value that does not fit its schema: its place in the body ("" for all of it), and what is wrong."""


def check_parameters(method: Method, path: dict[str, str], query: Iterable[tuple[str, str]]) -> Json:
    """Return path and query parameters with their types, repeated ones as lists; ApiError 400 otherwise."""
    texts: dict[str, list[str]] = {}
    for name, text in query:
        spec = method.parameters.get(name)
        if spec is not None and spec["location"] == "query":
            texts.setdefault(name, []).append(text)
        elif method.api not in _CLASSIC or name not in discovery.parameter_names(method.api):
            words = (
                f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
                f"Field '{name}' could not be found in request message."
            )
            raise _violation(method.api, words, "", location=name)
    texts |= {name: [text] for name, text in path.items()}
    for name, spec in method.parameters.items():
        if spec.get("required") and name not in texts:
            raise bad_request(f"Required parameter: {name}", "required", location=name)
    return {name: _parameter(method, name, values) for name, values in texts.items()}


def check_body(method: Method, raw: bytes) -> Json | None:
    """Return the JSON body of a request that fits its schema; None where the method takes none.

    An empty body is an empty object, as Google has it. ApiError 400 otherwise.
    """
    if method.request is None:
        return None
    try:
        body = json.loads(raw) if raw.strip() else {}
        if _HALF.search(raw):  # of a character; UnicodeEncodeError, unless the other half follows
            json.dumps(body, ensure_ascii=False).encode()
        if not isinstance(body, dict):
            raise ValueError(raw)
        check_value(body, {"$ref": method.request}, method.schemas, _BODY_FIELD.get(method.id, ""), True)
    except MismatchError as mismatch:
        where, words = mismatch.args
        raise _violation(method.api, words, where, "invalid") from None
    except (ValueError, RecursionError):
        if method.api in _CLASSIC:
            raise bad_request("Parse Error", "parseError") from None
        raise bad_request("Invalid JSON payload received. Expected an object.") from None
    _check_required(method, body)
    return body


def check_answer(method: Method, answer: Any) -> None:
    """Raise ApiError 500 with a clear text when an answer of ours is not what the document promises."""
    try:
        if method.response is not None:
            check_value(answer, {"$ref": method.response}, method.schemas)
        elif answer is not None:
            raise MismatchError("", "the method answers without a body")
    except MismatchError as mismatch:
        words = f"The local workspace answers {method.id} wrongly: {mismatch.args[1]}"
        raise ApiError(500, "backendError", words) from None


def check_value(
    value: Any, schema: Json, schemas: dict[str, Json], where: str = "", is_request: bool = False
) -> None:
    """Raise MismatchError unless `value`, which stands at `where`, fits `schema`.

    A request may hold null (it means: not set) and times whose zone stands elsewhere; an answer may not.
    """
    if "$ref" in schema:
        schema = schemas[schema["$ref"]]
    kind = schema["type"]
    if kind == "any" or (value is None and is_request):
        return
    if kind == "object":
        _check_object(value, schema, schemas, where, is_request)
    elif kind == "array":
        items = schema["items"]
        if not isinstance(value, list):
            # A lone value is read as an element.
            expected = _PROTO_TYPES.get(items.get("type"), "Proto field is not repeating, cannot start list.")
            raise MismatchError(where, _wrong(where, expected, value))
        if items.get("type") != "any":
            for index, item in enumerate(value):
                if item is None:
                    raise MismatchError(where, _wrong(f"{where}[{index}]", "Message", item))
                check_value(item, items, schemas, f"{where}[{index}]", is_request)
    elif not _fits(value, schema, naive_times=is_request):
        raise MismatchError(where, _wrong(where, _PROTO_TYPES[kind], value))


def _check_object(value: Any, schema: Json, schemas: dict[str, Json], where: str, is_request: bool) -> None:
    """Raise MismatchError unless `value` is an object with known fields that fit theirs."""
    if not isinstance(value, dict):
        raise MismatchError(where, _wrong(where, "Message", value))
    properties, rest = schema.get("properties", {}), schema.get("additionalProperties")
    for name, item in value.items():
        spec = properties.get(name, rest)
        if spec is None:
            at = f" at '{_snake(where)}'" if where else ""
            words = f'Invalid JSON payload received. Unknown name "{name}"{at}: Cannot find field.'
            raise MismatchError(where, words)
        check_value(item, spec, schemas, f"{where}.{name}" if where else name, is_request)


def _fits(value: Any, spec: Json, *, naive_times: bool = False) -> bool:
    """Say whether a JSON scalar fits the type, format and enum of `spec`; True for type "any"."""
    match spec["type"]:
        case "string":
            return isinstance(value, str) and _text_fits(value, spec, naive_times)
        case "integer":
            low, high = _INTEGERS[spec.get("format", "int64")]
            low, high = int(spec.get("minimum", low)), int(spec.get("maximum", high))
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


def _check_required(method: Method, body: Json) -> None:
    """Raise ApiError 400 when a field is missing that the method requires of its body."""
    if method.request is None or method.api == "gmail":
        return  # its document calls fields required that an upload or a default stands for; its methods check
    for name, spec in method.schemas[method.request].get("properties", {}).items():
        if method.id in spec.get("annotations", {}).get("required", ()) and body.get(name) is None:
            known = method.api == "calendar" and name in ("start", "end")
            words = f"Missing {name} time." if known else f"Required field: {name}"
            raise _violation(method.api, words, name, "required")


def _parameter(method: Method, name: str, texts: list[str]) -> Any:
    """Return the value of one parameter, or the list of them where it may be repeated."""
    spec = method.parameters[name]
    if len(texts) > 1 and not spec.get("repeated"):
        words = f"Invalid value at '{_snake(name)}': the parameter may be given once."
        raise bad_request(words, "invalidParameter", name)
    try:
        values = [_parsed(text, spec) for text in texts]
    except ValueError:
        raise _bad_parameter(method, name, texts[0]) from None
    return values if spec.get("repeated") else values[0]


def _parsed(text: str, spec: Json) -> Any:
    """Return the text of a parameter as its type; ValueError when it does not fit type, format or limits."""
    value: Any = text
    if spec["type"] == "boolean":
        value = {"true": True, "false": False}.get(text.lower())
    elif spec["type"] == "integer":
        value = int(text) if re.fullmatch(r"-?\d{1,20}", text) else None
    if not _fits(value, spec) or not re.search(spec.get("pattern", ""), text):
        raise ValueError(text)
    return value


def _bad_parameter(method: Method, name: str, text: str) -> ApiError:
    """Return the 400 for a parameter with a value that does not fit, in the words of its API."""
    spec = method.parameters[name]
    if method.api not in _CLASSIC:
        words = _wrong(name, _PROTO_TYPES[spec["type"]], text)
        return _violation(method.api, words, name, location=name)
    if spec.get("format") in {"date-time", "google-datetime"}:
        return bad_request("Bad Request", location=name)
    words = f"Invalid {spec['type']} value: '{text}'."
    if "enum" in spec:
        words = f"Invalid string value: '{text}'. Allowed values: [{', '.join(spec['enum'])}]"
    elif spec["type"] == "integer" and re.fullmatch(r"-?\d+", text):
        limits = f"[{spec.get('minimum', -(2**31))}, {spec.get('maximum', 2**31 - 1)}]"
        words = f"Invalid value '{text}'. Values must be within the range: {limits}"
    return bad_request(words, "invalidParameter", name)


def _violation(
    api: str, message: str, where: str, reason: str = "badRequest", location: str | None = None
) -> ApiError:
    """Return the 400 for a request that breaks its schema; the newer APIs name the place in `details`."""
    if api in _CLASSIC:
        return bad_request(message, reason, location)
    violation = ({"field": _snake(where)} if where else {}) | {"description": message}
    details = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}
    return ApiError(400, "badRequest", message, details=(details,))


def _wrong(where: str, expected: str, value: Any) -> str:
    """Return Google's sentence for a value of the wrong type."""
    return f"Invalid value at '{_snake(where)}' ({expected}), {json.dumps(value, ensure_ascii=False)[:200]}"


def _snake(path: str) -> str:
    """Return a place in a body as Google names it: requests[0].add_sheet."""
    return re.sub(r"(?<!^)(?<![.\]])([A-Z])", lambda match: "_" + match[1].lower(), path)
