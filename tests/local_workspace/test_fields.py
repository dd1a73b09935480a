"""Partial responses."""

from typing import Any

import pytest

from local_workspace import discovery, fields
from local_workspace.errors import ApiError

VALUE = {"a": 1, "b": {"c": 2, "d": {"e": 3}}, "items": [{"id": 1, "x": {"y": 4, "z": 5}}, {"id": 2}]}


@pytest.mark.parametrize(
    ("mask", "expected"),
    [
        ("a", {"a": 1}),
        ("a,b/c", {"a": 1, "b": {"c": 2}}),
        ("b.d.e", {"b": {"d": {"e": 3}}}),
        ("b(c,d/e)", {"b": {"c": 2, "d": {"e": 3}}}),
        ("items(id, x/y)", {"items": [{"id": 1, "x": {"y": 4}}, {"id": 2}]}),
        ("items/id,a", {"items": [{"id": 1}, {"id": 2}], "a": 1}),
        ("*", VALUE),
        ("b/*", {"b": {"c": 2, "d": {"e": 3}}}),
        ("b/c,b", {"b": {"c": 2, "d": {"e": 3}}}),
        ("b,b/c", {"b": {"c": 2, "d": {"e": 3}}}),
        ("b/c,b/d", {"b": {"c": 2, "d": {"e": 3}}}),
        ("nothing", {}),
    ],
)
def test_select(mask: str, expected: Any) -> None:
    assert fields.select(VALUE, fields.parse(mask)) == expected


@pytest.mark.parametrize("mask", ["", "a,", "a(b", "a)b", "/a", "a(", "a b"])
def test_mask_that_cannot_be_read_is_400(mask: str) -> None:
    with pytest.raises(ApiError) as caught:
        fields.parse(mask)

    assert (caught.value.status, caught.value.location) == (400, "fields")


def test_mask_is_held_to_the_schema() -> None:
    schemas = discovery.methods()["calendar.events.list"].schemas

    fields.check(
        fields.parse("items(id,start/dateTime,extendedProperties/private/month),etag"),
        {"$ref": "Events"},
        schemas,
    )
    with pytest.raises(ApiError) as caught:
        fields.check(fields.parse("items(id,start/hour)"), {"$ref": "Events"}, schemas)

    assert caught.value.message == "Invalid field selection hour"
