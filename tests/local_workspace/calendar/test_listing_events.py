"""events.list through the real client: spans, properties, deleted events, order, pages."""

from collections.abc import Callable
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.local_workspace.calendar.conftest import make_event


@pytest.fixture
def months(calendar: Any, local: Callable[..., Any]) -> Any:
    """Calendar's client with an event on the 17th of October, November and December, the last two tagged."""
    for number, month in enumerate((10, 11, 12)):
        local("POST", "/local/clock", {"now": f"2026-09-0{3 - number}T09:00:00Z"})
        body = make_event(
            id=f"event{month}",
            start={"dateTime": f"2026-{month}-17T12:00:00Z"},
            end={"dateTime": f"2026-{month}-17T13:00:00Z"},
            extendedProperties={"private": {"tag": "ours", "month": str(month)} if month > 10 else {}},
        )
        calendar.insert(calendarId="primary", body=body).execute()
    return calendar


def ids(answer: dict[str, Any]) -> list[str]:
    """The ids of a page."""
    return [event["id"] for event in answer["items"]]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["event10", "event11", "event12"]),
        ({"timeMin": "2026-11-17T13:00:00Z"}, ["event12"]),
        ({"timeMin": "2026-11-17T07:59:59-05:00"}, ["event11", "event12"]),
        ({"timeMax": "2026-11-17T12:00:00Z"}, ["event10"]),
        ({"timeMin": "2026-11-01T00:00:00Z", "timeMax": "2026-12-01T00:00:00Z"}, ["event11"]),
        ({"privateExtendedProperty": "tag=ours"}, ["event11", "event12"]),
        ({"privateExtendedProperty": ["tag=ours", "month=12"]}, ["event12"]),
        ({"sharedExtendedProperty": "tag=ours"}, []),
        ({"orderBy": "updated"}, ["event12", "event11", "event10"]),
        ({"orderBy": "startTime", "singleEvents": True}, ["event10", "event11", "event12"]),
        ({"updatedMin": "2026-09-02T00:00:00Z"}, ["event10", "event11"]),
        ({"iCalUID": "event11@google.com"}, ["event11"]),
        ({"q": "THIRD organizer@"}, ["event10", "event11", "event12"]),
        ({"q": "Fourth"}, []),
        ({"eventTypes": ["focusTime", "default"]}, ["event10", "event11", "event12"]),
        ({"eventTypes": "focusTime"}, []),
    ],
)
def test_list(months: Any, wanted: dict[str, Any], expected: list[str]) -> None:
    answer = months.list(calendarId="primary", **wanted).execute()

    assert ids(answer) == expected


def test_list_describes_the_calendar(months: Any) -> None:
    answer = months.list(calendarId="primary", fields="kind,summary,timeZone,accessRole,updated").execute()

    assert answer == {
        "kind": "calendar#events",
        "summary": "organizer@example.org",
        "timeZone": "UTC",
        "accessRole": "owner",
        "updated": "2026-09-01T09:00:00.000Z",
    }


def test_deleted_events_are_listed_on_request_but_not_by_private_property(months: Any) -> None:
    months.delete(calendarId="primary", eventId="event12").execute()

    plain = months.list(calendarId="primary").execute()
    with_deleted = months.list(calendarId="primary", showDeleted=True).execute()
    tagged = months.list(calendarId="primary", showDeleted=True, privateExtendedProperty="tag=ours").execute()
    changed = months.list(calendarId="primary", updatedMin="2026-09-01T00:00:00Z").execute()

    assert ids(plain) == ["event10", "event11"]
    assert ids(with_deleted) == ["event10", "event11", "event12"]
    assert ids(tagged) == ["event11"]
    assert ids(changed) == ["event10", "event11", "event12"]


def test_pages_hold_each_event_once(months: Any) -> None:
    request = months.list(calendarId="primary", maxResults=2, orderBy="startTime", singleEvents=True)
    pages = []
    while request is not None:
        answer = request.execute()
        pages.append(ids(answer))
        request = months.list_next(request, answer)

    assert pages == [["event10", "event11"], ["event12"]]


@pytest.mark.parametrize(
    ("wanted", "status", "reason", "message"),
    [
        ({"pageToken": "nonsense"}, 400, "invalid", "Invalid page token value."),
        (
            {"timeMin": "2026-12-01T00:00:00Z", "timeMax": "2026-11-01T00:00:00Z"},
            400,
            "timeRangeEmpty",
            "The specified time range is empty.",
        ),
        ({"timeMin": "2026-12-01T00:00:00"}, 400, "badRequest", "Bad Request"),
        ({"privateExtendedProperty": "tag"}, 400, "badRequest", "Bad Request"),
        (
            {"orderBy": "startTime"},
            400,
            "badRequest",
            "The requested ordering is not available for the particular query.",
        ),
        ({"syncToken": "x"}, 400, "invalid", "Invalid sync token value."),
        ({"syncToken": f"1{'0' * 30}.0..1"}, 400, "invalid", "Invalid sync token value."),
    ],
)
def test_list_that_google_would_not_answer(
    months: Any, wanted: dict[str, Any], status: int, reason: str, message: str
) -> None:
    with pytest.raises(HttpError) as caught:
        months.list(calendarId="primary", **wanted).execute()

    error = caught.value.error_details[0]
    assert (caught.value.status_code, error["reason"], error["message"]) == (status, reason, message)


def test_pages_of_tagged_events_hold_each_once(months: Any) -> None:
    request = months.list(calendarId="primary", maxResults=1, privateExtendedProperty="tag=ours")
    pages = []
    while request is not None:
        answer = request.execute()
        pages.append(ids(answer))
        request = months.list_next(request, answer)

    assert pages == [["event11"], ["event12"]]


@pytest.mark.parametrize("wanted", [{"timeMin": "2026-02-31T00:00:00Z"}, {"pageToken": "1.0.event11"}])
def test_list_with_a_day_or_a_page_that_cannot_be_is_400(months: Any, wanted: dict[str, str]) -> None:
    with pytest.raises(HttpError) as caught:
        months.list(calendarId="primary", **wanted).execute()

    assert caught.value.status_code == 400


def test_long_event_is_found_in_the_middle_of_it(months: Any) -> None:
    days = {"start": {"date": "2026-10-01"}, "end": {"date": "2026-11-15"}}
    months.insert(calendarId="primary", body=make_event(id="long0", **days)).execute()

    found = months.list(
        calendarId="primary", timeMin="2026-11-01T00:00:00Z", timeMax="2026-11-20T00:00:00Z"
    ).execute()

    assert ids(found) == ["event11", "long0"]
