"""Partial responses: the `fields` parameter, such as "items(id,start/dateTime),nextPageToken"."""

import re
from functools import lru_cache
from typing import Any, TypeAlias

from local_workspace.call import Json
from local_workspace.errors import ApiError, bad_request

Mask: TypeAlias = "dict[str, Mask]"
"""Field to what is wanted inside it; empty means all of it; "*" stands for every field."""


def parse(text: str) -> Mask:
    """Return the mask that `text` writes, not to be changed; ApiError 400 when it cannot be read."""
    try:
        return _parse(text)
    except ValueError:
        raise _invalid(text) from None


def check(mask: Mask, schema_name: str, schemas: dict[str, Json]) -> None:
    """Raise ApiError 400 when the mask names a field that the schema does not have."""
    _check(mask, {"$ref": schema_name}, schemas)


def select(value: Any, mask: Mask) -> Any:
    """Return `value` with the masked fields only; lists are masked element by element."""
    if not mask or not isinstance(value, dict | list):
        return value
    if isinstance(value, list):
        return [select(item, mask) for item in value]
    if "*" in mask:
        return {name: select(item, mask.get(name, mask["*"])) for name, item in value.items()}
    return {name: select(item, mask[name]) for name, item in value.items() if name in mask}


@lru_cache(maxsize=256)
def _parse(text: str) -> Mask:
    """Return the mask of `text`; ValueError when it cannot be read."""
    tokens = re.findall(r"[\w.@$-]+|\*|[(),/]|\S", text)
    mask = _fields(tokens)
    if tokens or not mask:
        raise ValueError(text)
    return mask


def _fields(tokens: list[str]) -> Mask:
    """Take a comma-separated list of fields from the front of `tokens`."""
    mask: Mask = {}
    while True:
        _field(tokens, mask)
        if not tokens or tokens[0] != ",":
            return mask
        tokens.pop(0)


def _field(tokens: list[str], mask: Mask) -> None:
    """Take one field, with the path or the group behind it, into `mask`."""
    if not tokens or not re.fullmatch(r"[\w.@$-]+|\*", tokens[0]):
        raise ValueError(tokens)
    inner = mask
    # Sheets writes paths with dots, the older APIs with slashes.
    for name in tokens.pop(0).split("."):
        known = name in inner
        parent, inner = inner, inner.setdefault(name, {})
    whole_before = known and not inner
    if tokens and tokens[0] == "/":
        tokens.pop(0)
        _field(tokens, inner)
    elif tokens and tokens[0] == "(":
        tokens.pop(0)
        inner |= _fields(tokens)
        if not tokens or tokens.pop(0) != ")":
            raise ValueError(tokens)
    else:
        inner.clear()
    if whole_before:
        parent[name] = {}


def _check(mask: Mask, schema: Json, schemas: dict[str, Json]) -> None:
    """Raise ApiError 400 when `mask` names what `schema` does not have."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"]]
    if schema["type"] == "array":
        _check(mask, schema["items"], schemas)
        return
    properties = schema.get("properties", {})
    for name, inner in mask.items():
        spec = properties.get(name, schema.get("additionalProperties"))
        if name == "*":
            continue
        if spec is None:
            raise _invalid(name)
        if inner:
            _check(inner, spec, schemas)


def _invalid(text: str) -> ApiError:
    """Return the 400 for a mask that cannot be read or names an unknown field."""
    return bad_request(f"Invalid field selection {text}", "invalidParameter", "fields")
