"""syncToken: what changed since, page by page, until the token is good no more."""

from collections.abc import Callable
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.local_workspace.calendar.conftest import make_event


@pytest.fixture
def synced(calendar: Any) -> str:
    """The sync token after two events, "first" and "second"."""
    for name in ("first", "second"):
        calendar.insert(calendarId="primary", body=make_event(id=name)).execute()
    token: str = calendar.list(calendarId="primary").execute()["nextSyncToken"]
    return token


def seen(answer: dict[str, Any]) -> list[tuple[str, str]]:
    """Ids and states of a page."""
    return [(event["id"], event["status"]) for event in answer["items"]]


def test_sync_tells_what_changed_and_what_is_gone(calendar: Any, synced: str) -> None:
    calendar.insert(calendarId="primary", body=make_event(id="third")).execute()
    calendar.delete(calendarId="primary", eventId="first").execute()

    answer = calendar.list(calendarId="primary", syncToken=synced).execute()
    again = calendar.list(calendarId="primary", syncToken=answer["nextSyncToken"]).execute()

    assert seen(answer) == [("third", "confirmed"), ("first", "cancelled")]
    assert seen(again) == []


def test_sync_comes_in_pages_and_misses_nothing_written_between_them(calendar: Any, synced: str) -> None:
    for name in ("first", "second"):
        calendar.patch(calendarId="primary", eventId=name, body={"summary": "Changed"}).execute()

    page = calendar.list(calendarId="primary", syncToken=synced, maxResults=1).execute()
    calendar.patch(calendarId="primary", eventId="first", body={"summary": "Again"}).execute()
    rest = calendar.list(
        calendarId="primary", syncToken=synced, maxResults=5, pageToken=page["nextPageToken"]
    ).execute()
    later = calendar.list(calendarId="primary", syncToken=rest["nextSyncToken"]).execute()

    assert "nextSyncToken" not in page
    assert seen(page) == [("first", "confirmed")]
    assert seen(rest) == [("second", "confirmed"), ("first", "confirmed")]
    assert [event["id"] for event in later["items"]] == ["first"]


def test_searches_give_no_sync_token(calendar: Any, synced: str) -> None:
    assert "nextSyncToken" not in calendar.list(calendarId="primary", q="Third").execute()


def test_sync_with_a_search_is_400(calendar: Any, synced: str) -> None:
    with pytest.raises(HttpError) as caught:
        calendar.list(calendarId="primary", syncToken=synced, q="Third").execute()

    assert caught.value.status_code == 400


def test_expired_sync_token_is_410(calendar: Any, synced: str, local: Callable[..., Any]) -> None:
    local("POST", "/local/events/expire-sync-tokens")

    with pytest.raises(HttpError) as caught:
        calendar.list(calendarId="primary", syncToken=synced).execute()

    assert caught.value.status_code == 410
    assert caught.value.error_details == [
        {
            "domain": "calendar",
            "reason": "fullSyncRequired",
            "message": "Sync token is no longer valid, a full sync is required.",
            "locationType": "parameter",
            "location": "syncToken",
        }
    ]
