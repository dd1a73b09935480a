"""What Calendar's tests share: a client of the organizer, and an event to write."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def calendar(client: Callable[..., Any]) -> Any:
    """Calendar's client with the scope that the program has."""
    return client("calendar", "v3", scopes="https://www.googleapis.com/auth/calendar.events.owned").events()


def make_event(**changes: Any) -> dict[str, Any]:
    """An event's body: noon to one in New York on the third Thursday of December."""
    return {
        "id": "december2026",
        "summary": "Third Thursday",
        "start": {"dateTime": "2026-12-17T12:00:00", "timeZone": "America/New_York"},
        "end": {"dateTime": "2026-12-17T13:00:00", "timeZone": "America/New_York"},
    } | changes
