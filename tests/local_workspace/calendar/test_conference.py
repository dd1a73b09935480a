"""Meet links: pending first, there from the next look on, never made twice for one request id."""

from collections.abc import Callable
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.local_workspace.calendar.conftest import make_event


def request(request_id: str, kind: str = "hangoutsMeet") -> dict[str, Any]:
    """A body's request for a Meet link."""
    return {"createRequest": {"requestId": request_id, "conferenceSolutionKey": {"type": kind}}}


def insert(calendar: Any, data: dict[str, Any], version: int = 1) -> Any:
    """Insert the event with this conference data."""
    return calendar.insert(
        calendarId="primary", conferenceDataVersion=version, body=make_event(conferenceData=data)
    ).execute()


def get(calendar: Any) -> Any:
    """Look the event up."""
    return calendar.get(calendarId="primary", eventId="december2026").execute()


def test_link_is_pending_in_the_answer_and_there_at_the_next_look(calendar: Any) -> None:
    inserted = insert(calendar, request("one"))

    found = get(calendar)

    assert inserted["conferenceData"]["createRequest"]["status"] == {"statusCode": "pending"}
    assert "hangoutLink" not in inserted
    assert found["conferenceData"]["createRequest"]["status"] == {"statusCode": "success"}
    assert found["conferenceData"]["entryPoints"][0]["uri"] == found["hangoutLink"]
    assert found["hangoutLink"] == f"https://meet.google.com/{found['conferenceData']['conferenceId']}"
    assert found["etag"] != inserted["etag"]


def test_same_request_id_again_is_ignored_and_another_makes_another_link(calendar: Any) -> None:
    insert(calendar, request("one"))
    first = get(calendar)

    for request_id in ("one", "two"):
        calendar.patch(
            calendarId="primary",
            eventId="december2026",
            conferenceDataVersion=1,
            body={"conferenceData": request(request_id)},
        ).execute()
        if request_id == "one":
            assert get(calendar)["hangoutLink"] == first["hangoutLink"]

    assert get(calendar)["hangoutLink"] != first["hangoutLink"]


def test_without_version_1_conference_data_is_ignored(calendar: Any) -> None:
    inserted = insert(calendar, request("one"), version=0)

    assert "conferenceData" not in inserted
    assert "conferenceData" not in get(calendar)


def test_update_keeps_what_is_written_back_and_removes_what_is_left_out(calendar: Any) -> None:
    insert(calendar, request("one"))
    whole = get(calendar)
    without = {name: value for name, value in whole.items() if name != "conferenceData"}

    answers = [
        calendar.update(
            calendarId="primary", eventId="december2026", conferenceDataVersion=version, body=body
        ).execute()
        for version, body in ((1, whole), (0, without), (1, without))
    ]

    links = [answer.get("hangoutLink") for answer in answers]
    assert links == [whole["hangoutLink"], whole["hangoutLink"], None]


@pytest.mark.parametrize(("meet", "kind"), [(False, "hangoutsMeet"), (True, "eventHangout")])
def test_account_or_kind_without_meet_is_refused(
    client: Callable[..., Any], local: Callable[..., Any], meet: bool, kind: str
) -> None:
    local("POST", "/local/accounts", {"address": "ann@example.org", "meet": meet})
    events = client("calendar", "v3", account="ann@example.org").events()

    with pytest.raises(HttpError) as caught:
        insert(events, request("one", kind))

    assert caught.value.status_code == 400
    assert caught.value.error_details == [
        {"domain": "global", "reason": "invalid", "message": "Invalid conference type value."}
    ]
    assert insert(events, {}, version=0)["organizer"] == {"email": "ann@example.org", "self": True}
