"""calendars, calendarList, settings and events.move through the real client."""

from collections.abc import Callable
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.local_workspace.calendar.conftest import make_event


@pytest.fixture
def service(client: Callable[..., Any]) -> Any:
    """Calendar's client with every scope."""
    return client("calendar", "v3")


@pytest.fixture
def second(service: Any) -> str:
    """The id of a secondary calendar."""
    body = {"summary": "Workshops", "timeZone": "Europe/Berlin"}
    found: str = service.calendars().insert(body=body).execute()["id"]
    return found


def test_primary_calendar_is_the_accounts_own(service: Any) -> None:
    found = service.calendars().get(calendarId="primary").execute()

    assert found == {
        "kind": "calendar#calendar",
        "id": "organizer@example.org",
        "summary": "organizer@example.org",
        "timeZone": "UTC",
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
        "etag": found["etag"],
    }


def test_calendar_is_changed_by_patch_and_replaced_by_update(service: Any, second: str) -> None:
    calendars = service.calendars()

    calendars.patch(calendarId=second, body={"description": "All of them", "location": "Here"}).execute()
    patched = calendars.get(calendarId=second).execute()
    updated = calendars.update(calendarId=second, body={"summary": "Courses"}).execute()

    assert (patched["summary"], patched["description"]) == ("Workshops", "All of them")
    assert updated["summary"] == "Courses"
    assert "description" not in updated
    assert updated["dataOwner"] == "organizer@example.org"
    assert updated["timeZone"] == "Europe/Berlin"


def test_zone_of_the_primary_calendar_is_that_of_events_and_settings(service: Any) -> None:
    service.calendars().patch(calendarId="primary", body={"timeZone": "Asia/Tokyo"}).execute()

    listed = service.events().list(calendarId="primary").execute()
    setting = service.settings().get(setting="timezone").execute()

    assert (listed["timeZone"], setting["value"]) == ("Asia/Tokyo", "Asia/Tokyo")


def test_events_of_a_secondary_calendar_are_its_own(service: Any, second: str) -> None:
    event = service.events().insert(calendarId=second, body=make_event()).execute()

    assert event["organizer"] == {"email": second, "self": True, "displayName": "Workshops"}
    assert event["creator"] == {"email": "organizer@example.org"}
    assert event["start"]["dateTime"] == "2026-12-17T18:00:00+01:00"
    assert service.events().list(calendarId="primary").execute()["items"] == []


def test_deleted_calendar_is_gone_with_its_events(service: Any, second: str) -> None:
    service.events().insert(calendarId=second, body=make_event()).execute()

    service.calendars().delete(calendarId=second).execute()

    with pytest.raises(HttpError) as caught:
        service.events().list(calendarId=second).execute()
    assert caught.value.status_code == 404
    assert [entry["id"] for entry in service.calendarList().list().execute()["items"]] == [
        "organizer@example.org"
    ]


def test_cleared_primary_calendar_is_empty_and_asks_for_a_full_sync(service: Any) -> None:
    service.events().insert(calendarId="primary", body=make_event()).execute()
    token = service.events().list(calendarId="primary").execute()["nextSyncToken"]

    service.calendars().clear(calendarId="primary").execute()

    assert service.events().list(calendarId="primary", showDeleted=True).execute()["items"] == []
    with pytest.raises(HttpError) as caught:
        service.events().list(calendarId="primary", syncToken=token).execute()
    assert caught.value.status_code == 410


@pytest.mark.parametrize("method", ["delete", "clear"])
def test_primary_is_not_deleted_and_a_secondary_not_cleared(service: Any, second: str, method: str) -> None:
    calendar = "primary" if method == "delete" else second

    with pytest.raises(HttpError) as caught:
        getattr(service.calendars(), method)(calendarId=calendar).execute()

    assert caught.value.status_code == 400


@pytest.mark.parametrize("body", [{}, {"summary": "X", "timeZone": "Mars"}])
def test_calendar_without_title_or_zone_is_400(service: Any, body: dict[str, str]) -> None:
    with pytest.raises(HttpError) as caught:
        service.calendars().insert(body=body).execute()

    assert caught.value.status_code == 400


def test_somebody_elses_calendar_is_404(
    client: Callable[..., Any], second: str, local: Callable[..., Any]
) -> None:
    local("POST", "/local/accounts", {"address": "ann@example.org"})

    with pytest.raises(HttpError) as caught:
        client("calendar", "v3", account="ann@example.org").calendars().get(calendarId=second).execute()

    assert caught.value.status_code == 404


def test_list_names_every_calendar_and_keeps_what_is_written_into_it(service: Any, second: str) -> None:
    entries = service.calendarList()

    entries.patch(calendarId=second, body={"summaryOverride": "Ours", "hidden": True}).execute()
    shown = entries.list().execute()["items"]
    with_hidden = entries.list(showHidden=True).execute()["items"]
    entries.insert(body={"id": second, "selected": False}).execute()

    entry = entries.get(calendarId=second).execute()
    assert [one["id"] for one in shown] == ["organizer@example.org"]
    assert [(one["id"], one.get("primary", False)) for one in with_hidden] == [
        ("organizer@example.org", True),
        (second, False),
    ]
    assert with_hidden[1]["summaryOverride"] == "Ours"
    assert (entry["selected"], "summaryOverride" in entry, entry["accessRole"]) == (False, False, "owner")


def test_calendar_that_was_taken_off_the_list_keeps_its_events_and_can_come_back(
    service: Any, second: str
) -> None:
    service.events().insert(calendarId=second, body=make_event()).execute()
    entries = service.calendarList()

    entries.delete(calendarId=second).execute()
    shown = entries.list().execute()["items"]
    with_deleted = entries.list(showDeleted=True).execute()["items"]
    with pytest.raises(HttpError) as caught:
        entries.get(calendarId=second).execute()
    entries.insert(body={"id": second}).execute()

    assert [one["id"] for one in shown] == ["organizer@example.org"]
    assert [one.get("deleted", False) for one in with_deleted] == [False, True]
    assert caught.value.status_code == 404
    assert entries.get(calendarId=second).execute()["summary"] == "Workshops"
    assert len(service.events().list(calendarId=second).execute()["items"]) == 1


def test_settings_are_listed(service: Any) -> None:
    answer = service.settings().list().execute()

    assert {one["id"]: one["value"] for one in answer["items"]}["weekStart"] == "0"
    assert answer["items"][0]["kind"] == "calendar#setting"


def test_unknown_setting_is_404(service: Any) -> None:
    with pytest.raises(HttpError) as caught:
        service.settings().get(setting="mood").execute()

    assert caught.value.status_code == 404


def test_moved_event_belongs_to_the_other_calendar(service: Any, second: str) -> None:
    service.events().insert(calendarId="primary", body=make_event()).execute()

    moved = service.events().move(calendarId="primary", eventId="december2026", destination=second).execute()

    before = service.events().get(calendarId="primary", eventId="december2026").execute()
    assert (moved["id"], moved["organizer"]["email"], moved["status"]) == (
        "december2026",
        second,
        "confirmed",
    )
    assert before["status"] == "cancelled"
    with pytest.raises(HttpError) as caught:
        service.events().move(calendarId="primary", eventId="december2026", destination=second).execute()
    assert caught.value.status_code == 400


def test_event_is_not_moved_onto_another_of_its_id(service: Any, second: str) -> None:
    for calendar in ("primary", second):
        service.events().insert(calendarId=calendar, body=make_event()).execute()

    with pytest.raises(HttpError) as caught:
        service.events().move(calendarId="primary", eventId="december2026", destination=second).execute()

    assert caught.value.status_code == 409
