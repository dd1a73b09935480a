"""Calendar's events through the real client: ids, versions, lists, changes, deletion."""

from collections.abc import Callable
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.local_workspace.calendar.conftest import make_event

START = {"dateTime": "2026-12-17T17:00:00Z", "timeZone": "America/New_York"}
END = {"dateTime": "2026-12-17T18:00:00Z", "timeZone": "America/New_York"}


@pytest.fixture(autouse=True)
def _first_of_december(local: Callable[..., Any]) -> None:
    local("POST", "/local/clock", {"now": "2026-12-01T09:00:00Z"})


def refused(request: Any) -> tuple[int, str, str]:
    """Execute a request that must fail; return status, reason and message as Google's client reads them."""
    with pytest.raises(HttpError) as caught:
        request.execute()
    return (
        caught.value.status_code,
        caught.value.error_details[0]["reason"],
        caught.value.error_details[0]["message"],
    )


def test_insert_answers_the_whole_event(calendar: Any) -> None:
    body = make_event(
        description="A roast.  \n", attendees=[{"email": "Ann@Example.org"}], guestsCanSeeOtherGuests=False
    )

    event = calendar.insert(calendarId="primary", body=body).execute()

    assert event == {
        "kind": "calendar#event",
        "etag": event["etag"],
        "id": "december2026",
        "status": "confirmed",
        "htmlLink": "https://www.google.com/calendar/event?eid=december2026",
        "created": "2026-12-01T09:00:00.000Z",
        "updated": "2026-12-01T09:00:00.000Z",
        "summary": "Third Thursday",
        "description": "A roast.",
        "creator": {"email": "organizer@example.org", "self": True},
        "organizer": {"email": "organizer@example.org", "self": True},
        "start": START,
        "end": END,
        "iCalUID": "december2026@google.com",
        "sequence": 0,
        "attendees": [{"email": "ann@example.org", "responseStatus": "needsAction"}],
        "guestsCanSeeOtherGuests": False,
        "reminders": {"useDefault": True},
        "eventType": "default",
    }
    assert calendar.get(calendarId="organizer@example.org", eventId="december2026").execute() == event


def test_insert_without_id_makes_one(calendar: Any) -> None:
    body = make_event()
    del body["id"]

    event = calendar.insert(calendarId="primary", body=body).execute()

    assert len(event["id"]) == 26


@pytest.mark.parametrize("bad_id", ["abcd", "Third", "roast-2026", "wxyz12345"])
def test_insert_with_bad_id_is_refused(calendar: Any, bad_id: str) -> None:
    insert = calendar.insert(calendarId="primary", body=make_event(id=bad_id))

    assert refused(insert) == (400, "invalid", "Invalid resource id value.")


def test_insert_of_taken_id_is_409_also_after_deletion(calendar: Any) -> None:
    insert = calendar.insert(calendarId="primary", body=make_event())
    insert.execute()

    before = refused(insert)
    calendar.delete(calendarId="primary", eventId="december2026").execute()

    assert before == (409, "duplicate", "The requested identifier already exists.")
    assert refused(insert) == before


@pytest.mark.parametrize(
    ("changes", "reason", "message"),
    [
        ({"start": None}, "required", "Missing start time."),
        ({"start": {"dateTime": "0001-01-01T00:00:00+12:00"}}, "invalid", "Invalid start time."),
        ({"end": {"dateTime": "9999-12-31T23:00:00-12:00"}}, "invalid", "Invalid end time."),
        ({"end": None}, "required", "Missing end time."),
        (
            {"end": {"dateTime": "2026-12-17T11:00:00-05:00"}},
            "timeRangeEmpty",
            "The specified time range is empty.",
        ),
        (
            {"end": {"dateTime": "2026-12-17T13:00:00"}},
            "required",
            "Missing time zone definition for end time.",
        ),
        (
            {"end": {"dateTime": "2026-12-17T13:00:00", "timeZone": "Mars/Base"}},
            "invalid",
            "Invalid time zone definition for end time.",
        ),
        (
            {"end": {"date": "2026-12-18"}},
            "invalid",
            "Start and end times must either both be date or both be dateTime.",
        ),
        ({"attendees": [{"email": "ann"}]}, "invalid", "Invalid attendee email."),
        (
            {"attendees": [{"email": f"guest{n}@example.org"} for n in range(201)]},
            "attendeesLimitExceeded",
            "The number of attendees exceeds the limit of 200.",
        ),
    ],
)
def test_insert_that_google_would_not_take(
    calendar: Any, changes: dict[str, Any], reason: str, message: str
) -> None:
    insert = calendar.insert(calendarId="primary", body=make_event(**changes))

    assert refused(insert) == (400, reason, message)


def test_unknown_calendar_and_event_are_404(calendar: Any) -> None:
    elsewhere = refused(calendar.get(calendarId="ann@example.org", eventId="december2026"))

    assert elsewhere == (404, "notFound", "Not Found")
    assert refused(calendar.get(calendarId="primary", eventId="december2026")) == elsewhere


def test_update_replaces_and_patch_merges(calendar: Any) -> None:
    calendar.insert(calendarId="primary", body=make_event(location="Here", description="A roast.")).execute()

    patched = calendar.patch(
        calendarId="primary", eventId="december2026", body={"summary": "Roast", "description": None}
    ).execute()
    updated = calendar.update(
        calendarId="primary", eventId="december2026", body=make_event(summary="New")
    ).execute()

    assert [patched.get(name) for name in ("summary", "description", "location")] == ["Roast", None, "Here"]
    assert [updated.get(name) for name in ("summary", "description", "location")] == ["New", None, None]


def test_patch_replaces_lists_and_merges_properties(calendar: Any) -> None:
    body = make_event(
        attendees=[{"email": "ann@example.org"}, {"email": "bob@example.org"}],
        extendedProperties={"private": {"month": "2026-12", "made-by": "test"}},
    )
    calendar.insert(calendarId="primary", body=body).execute()
    change = {
        "attendees": [{"email": "cleo@example.org"}],
        "extendedProperties": {"private": {"made-by": None, "generation": "0"}},
    }

    event = calendar.patch(calendarId="primary", eventId="december2026", body=change).execute()

    assert event["attendees"] == [{"email": "cleo@example.org", "responseStatus": "needsAction"}]
    assert event["extendedProperties"] == {"private": {"month": "2026-12", "generation": "0"}}


def test_moving_adds_to_the_sequence_and_an_older_one_is_refused(calendar: Any) -> None:
    before = calendar.insert(calendarId="primary", body=make_event()).execute()

    moved = calendar.patch(
        calendarId="primary", eventId="december2026", body={"end": {"dateTime": "2026-12-17T13:30:00"}}
    ).execute()
    status, reason, message = refused(
        calendar.update(calendarId="primary", eventId="december2026", body=before)
    )

    assert (moved["sequence"], moved["end"]) == (1, END | {"dateTime": "2026-12-17T18:30:00Z"})
    assert (status, reason, message[:23]) == (400, "invalid", "Invalid sequence value.")


def test_every_change_has_its_own_etag_and_an_old_one_is_412(calendar: Any) -> None:
    first = calendar.insert(calendarId="primary", body=make_event()).execute()
    second = calendar.update(calendarId="primary", eventId="december2026", body=first).execute()
    stale = calendar.update(calendarId="primary", eventId="december2026", body=first)
    stale.headers["If-Match"] = first["etag"]
    fresh = calendar.update(calendarId="primary", eventId="december2026", body=first | {"summary": "Roast"})
    fresh.headers["If-Match"] = second["etag"]

    answer = refused(stale)

    assert first["etag"] != second["etag"]
    assert answer == (412, "conditionNotMet", "Precondition Failed")
    assert fresh.execute()["summary"] == "Roast"


def test_deleted_event_can_be_looked_up_and_is_410_the_second_time(calendar: Any) -> None:
    tagged = make_event(extendedProperties={"private": {"month": "2026-12"}, "shared": {"colour": "red"}})
    calendar.insert(calendarId="primary", body=tagged).execute()
    delete = calendar.delete(calendarId="primary", eventId="december2026")

    delete.execute()

    event = calendar.get(calendarId="primary", eventId="december2026").execute()
    assert (event["status"], event["summary"]) == ("cancelled", "Third Thursday")
    assert "extendedProperties" not in event
    assert refused(delete) == (410, "deleted", "Resource has been deleted")


def test_confirming_a_deleted_event_restores_it(calendar: Any) -> None:
    calendar.insert(calendarId="primary", body=make_event()).execute()
    calendar.delete(calendarId="primary", eventId="december2026").execute()

    event = calendar.patch(
        calendarId="primary", eventId="december2026", body={"status": "confirmed"}
    ).execute()

    assert event["status"] == "confirmed"


def test_times_are_answered_in_the_zone_that_is_asked_for(calendar: Any) -> None:
    calendar.insert(calendarId="primary", body=make_event()).execute()

    event = calendar.get(calendarId="primary", eventId="december2026", timeZone="Europe/Berlin").execute()

    assert event["start"] == {"dateTime": "2026-12-17T18:00:00+01:00", "timeZone": "America/New_York"}


def test_whole_days_are_kept_as_days(calendar: Any) -> None:
    body = make_event(start={"date": "2026-12-17"}, end={"date": "2026-12-18"})

    event = calendar.insert(calendarId="primary", body=body).execute()

    assert (event["start"], event["end"]) == ({"date": "2026-12-17"}, {"date": "2026-12-18"})


def test_long_private_properties_are_dropped_and_cut(calendar: Any) -> None:
    private = {"k" * 45: "dropped", "k" * 44: "v" * 1025}

    event = calendar.insert(
        calendarId="primary", body=make_event(extendedProperties={"private": private})
    ).execute()

    assert event["extendedProperties"] == {"private": {"k" * 44: "v" * 1024}}


def test_defaults_and_overrides_of_reminders_together_are_refused(calendar: Any) -> None:
    reminders = {"useDefault": True, "overrides": [{"method": "popup", "minutes": 10}]}

    answer = refused(calendar.insert(calendarId="primary", body=make_event(reminders=reminders)))

    assert answer == (
        400,
        "cannotUseDefaultRemindersAndSpecifyOverride",
        "Cannot specify both default reminders and overrides at the same time.",
    )


def test_scope_of_another_api_is_403(client: Callable[..., Any]) -> None:
    events = client("calendar", "v3", scopes="https://www.googleapis.com/auth/gmail.compose").events()

    with pytest.raises(HttpError) as caught:
        events.get(calendarId="primary", eventId="december2026").execute()

    assert (caught.value.status_code, caught.value.reason) == (
        403,
        "Request had insufficient authentication scopes.",
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"conferenceData": {"createRequest": {"requestId": "one", "conferenceSolutionKey": None}}},
        {"attendees": [None]},
        {"attendees": [{"email": None}]},
        {"reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": None}]}},
        {"start": {"dateTime": "2026-02-31T12:00:00Z"}},
    ],
)
def test_nulls_and_days_that_do_not_exist_are_400(calendar: Any, changes: dict[str, Any]) -> None:
    insert = calendar.insert(calendarId="primary", conferenceDataVersion=1, body=make_event(**changes))

    assert refused(insert)[0] == 400


def test_nulls_elsewhere_mean_nothing(calendar: Any) -> None:
    body = make_event(
        attendees=[{"email": "ann@example.org", "comment": None}], location=None, conferenceData=None
    )

    event = calendar.insert(calendarId="primary", conferenceDataVersion=1, body=body).execute()

    assert event["attendees"] == [{"email": "ann@example.org", "responseStatus": "needsAction"}]
    assert "location" not in event


def test_recurrence_is_kept_and_not_expanded(calendar: Any) -> None:
    body = make_event(recurrence=["RRULE:FREQ=MONTHLY;BYDAY=3TH"])

    made = calendar.insert(calendarId="primary", body=body).execute()
    listed = calendar.list(calendarId="primary", singleEvents=True).execute()["items"]

    assert made["recurrence"] == ["RRULE:FREQ=MONTHLY;BYDAY=3TH"]
    assert listed == [made]


def test_recurrence_without_a_zone_is_400(calendar: Any) -> None:
    times = {"start": {"dateTime": START["dateTime"]}, "end": {"dateTime": END["dateTime"]}}

    said = refused(
        calendar.insert(calendarId="primary", body=make_event(recurrence=["RRULE:FREQ=WEEKLY"], **times))
    )

    assert said == (400, "required", "Missing time zone definition for start time.")


def test_event_that_is_the_same_is_304(calendar: Any) -> None:
    event = calendar.insert(calendarId="primary", body=make_event()).execute()
    request = calendar.get(calendarId="primary", eventId="december2026")
    request.headers["If-None-Match"] = event["etag"]

    with pytest.raises(HttpError) as caught:
        request.execute()

    assert (caught.value.status_code, caught.value.content) == (304, b"")
