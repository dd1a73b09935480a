"""Spreadsheets in a local workspace, for the tests that build and complete them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sheets_schema.build import create_requests
from sheets_schema.cells import Rows
from sheets_schema.sheet import ranges

TODAY = date(2026, 11, 20)
CHOSEN = {"Organizer": "organizer@example.org", "Time zone": "Europe/Berlin"}
Call = Callable[..., Any]


def made(call: Call, *titles: str) -> str:
    """The id of a new spreadsheet with these tabs, or with the one that a new one has."""
    tabs = [{"properties": {"title": title}} for title in titles]
    answer = call("POST", "", {"properties": {"title": "Ours"}} | ({"sheets": tabs} if tabs else {}))
    return str(answer["spreadsheetId"])


def built(call: Call) -> str:
    """The id of a new spreadsheet that is the community's."""
    spreadsheet = made(call)
    call("POST", f"/{spreadsheet}:batchUpdate", {"requests": create_requests(TODAY, CHOSEN)})
    return spreadsheet


def cells(call: Call, spreadsheet: str, titles: list[str] | None = None) -> dict[str, Rows]:
    """The cells as stored of the community's tabs, or of those with the given titles."""
    wanted = ranges() if titles is None else titles
    answer = call(
        "GET", f"/{spreadsheet}/values:batchGet", ranges=wanted, valueRenderOption="UNFORMATTED_VALUE"
    )
    return {
        title: found.get("values", []) for title, found in zip(wanted, answer["valueRanges"], strict=True)
    }
