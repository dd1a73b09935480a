"""Partial responses: the `fields` parameter, such as "items(id,start/dateTime),nextPageToken"."""

import re
from functools import lru_cache
from typing import Any, TypeAlias

from local_workspace.call import Json
from local_workspace.errors import ApiError, bad_request

Mask: TypeAlias = "dict[str, Mask]"
"""Field to what is wanted inside it; empty means all of it; "*" stands for every field."""


@lru_cache(maxsize=256)
def parse(text: str) -> Mask:
    """Return the mask that `text` writes, not to be changed; ApiError 400 when it cannot be read."""
    tokens = [*re.findall(r"[\w@$-]+|\S", text), ""]
    try:
        paths = _paths(tokens)
    except ValueError:
        raise _invalid(text) from None
    if tokens != [""]:
        raise _invalid(text)
    whole: Mask = {}
    for path in sorted(paths, key=len):
        mask = whole
        for name in path:
            is_known = name in mask
            mask = mask.setdefault(name, {})
            if is_known and not mask:
                break  # a shorter path wants all of it
    return whole


def check(mask: Mask, schema: Json, schemas: dict[str, Json]) -> None:
    """Raise ApiError 400 when the mask names a field that the schema does not have."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"]]
    if schema["type"] == "array":
        check(mask, schema["items"], schemas)
        return
    for name, inner in mask.items():
        spec = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
        if spec is None and name != "*":
            raise _invalid(name)
        if spec and inner:
            check(inner, spec, schemas)


def select(value: Any, mask: Mask) -> Any:
    """Return `value` with the masked fields only; lists are masked element by element."""
    if not mask or not isinstance(value, dict | list):
        return value
    if isinstance(value, list):
        return [select(item, mask) for item in value]
    if "*" in mask:
        return {name: select(item, mask.get(name, mask["*"])) for name, item in value.items()}
    return {name: select(item, mask[name]) for name, item in value.items() if name in mask}


def _paths(tokens: list[str]) -> list[list[str]]:
    """Take a list of fields from the front of `tokens`, as paths; ValueError when there is none."""
    paths = []
    while True:
        path = [_name(tokens)]
        while tokens[0] in (".", "/"):  # Sheets writes paths with dots, the older APIs with slashes
            del tokens[0]
            path.append(_name(tokens))
        if tokens[0] == "(":
            del tokens[0]
            paths += [path + inner for inner in _paths(tokens)]
            if tokens.pop(0) != ")":
                raise ValueError(tokens)
        else:
            paths.append(path)
        if tokens[0] != ",":
            return paths
        del tokens[0]


def _name(tokens: list[str]) -> str:
    name = tokens.pop(0)
    if not re.fullmatch(r"[\w@$-]+|\*", name):
        raise ValueError(name)
    return name


def _invalid(text: str) -> ApiError:
    """Return the 400 for a mask that cannot be read or names an unknown field."""
    return bad_request(f"Invalid field selection {text}", "invalidParameter", "fields")
