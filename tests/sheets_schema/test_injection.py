"""Every cell that is read as an address or a link gives one that holds nothing else, or nothing."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest

from sheets_schema.addresses import ADDRESS
from sheets_schema.cells import LINK, Unreadable
from sheets_schema.settings import SETTINGS
from sheets_schema.sheet import TABS

LINES = ["\r\n", "\n", "\r", "\x00", "\u2028", "%0d%0a", "=?utf-8?q?=0D=0A?="]
LINKS = [
    "javascript:alert(1)",
    "JavaScript://example.org/%0aalert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "http://example.org/plan",
    "//example.org/plan",
    "https://ann@example.org/",
    "https://google.com:pass@example.org/",
    "https://example.org\\@evil.example/",
    "https:example.org",
    "https://example.org/ onclick=x",
    "https://localhost/",
]


def test_addresses_and_links_are_read_in_these_places() -> None:
    columns = [(f"{tab.title}, {column.header}", column.kind) for tab in TABS for column in tab.columns]
    columns += [(f"Settings, {setting.name}", setting.kind) for setting in SETTINGS]

    assert [name for name, kind in columns if kind is ADDRESS] == [
        "Members, Email",
        "Requests, Email",
        "Settings, Organizer",
        "Settings, Reply to",
        "Settings, Second person",
    ]
    assert [name for name, kind in columns if kind is LINK] == [
        "Roasts, Link",
        "Settings, Meet link to use",
        "Settings, Discord invite link",
    ]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize(
    "typed", ["ann@example.org{}Bcc: eve@evil.example", "Ann{}Bcc: x <ann@example.org>", "ann{}@example.org"]
)
def test_address_holds_no_second_one_and_no_line(typed: str, line: str) -> None:
    with suppress(Unreadable):
        assert re.fullmatch(r"[a-z0-9.=?%_-]+@example\.org", ADDRESS.read(typed.format(line), None))


@pytest.mark.parametrize("typed", LINKS)
def test_what_is_no_https_link_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        LINK.read(typed, None)
