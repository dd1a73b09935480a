from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.events import Conference, Event, EventChange, EventDraft, Guest, Response
from workspace.calendar_wire import event_from, merged, reaches_guests, resource_from

ANN = {"email": "ann@example.org", "responseStatus": "accepted", "comment": "late", "additionalGuests": 1}
BO = {"email": "bo@example.org", "responseStatus": "needsAction", "optional": True}
START = datetime(2026, 12, 17, 12, tzinfo=ZoneInfo("America/New_York"))


def resource(**overrides: Any) -> dict[str, Any]:
    """An event as Calendar answers it."""
    return {
        "kind": "calendar#event",
        "etag": '"3"',
        "id": "event1",
        "status": "confirmed",
        "summary": "Roast",
        "description": "Come",
        "organizer": {"email": "Organizer@example.org", "self": True},
        "start": {"dateTime": "2026-12-17T12:00:00-05:00", "timeZone": "America/New_York"},
        "end": {"dateTime": "2026-12-17T13:00:00-05:00", "timeZone": "America/New_York"},
        "attendees": [ANN, BO],
        "extendedProperties": {"private": {"thirdThursday": "c1"}},
        "sequence": 2,
        **overrides,
    }


def test_event_from_a_whole_resource() -> None:
    link = "https://meet.google.com/abc-defg-hij"
    entry = {"entryPointType": "video", "uri": link}
    conference = {"entryPoints": [{"entryPointType": "phone", "uri": "tel:+1"}, entry]}

    event = event_from(resource(conferenceData=conference, location="Meet"))

    assert event == Event(
        id="event1",
        etag='"3"',
        start=datetime(2026, 12, 17, 17, tzinfo=UTC),
        end=datetime(2026, 12, 17, 18, tzinfo=UTC),
        title="Roast",
        description="Come",
        location="Meet",
        guests=(Guest("ann@example.org", Response.YES), Guest("bo@example.org", Response.NONE)),
        owner="organizer@example.org",
        conference=Conference.READY,
        meet_link=link,
        private={"thirdThursday": "c1"},
    )


def test_event_from_a_cancelled_stub() -> None:
    event = event_from({"id": "event1", "etag": '"4"', "status": "cancelled"})

    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    assert event == Event(id="event1", etag='"4"', start=epoch, end=epoch, cancelled=True)


def test_event_of_whole_days_begins_at_the_calendars_midnight() -> None:
    zone = timezone(timedelta(hours=1))

    event = event_from(resource(start={"date": "2026-12-17"}, end={"date": "2026-12-18"}), zone)

    assert (event.start, event.end) == (
        datetime(2026, 12, 16, 23, tzinfo=UTC),
        datetime(2026, 12, 17, 23, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("fields", "conference"),
    [
        ({}, Conference.NONE),
        ({"conferenceData": {"createRequest": {"requestId": "a"}}}, Conference.PENDING),
        ({"conferenceData": {"createRequest": {"status": {"statusCode": "pending"}}}}, Conference.PENDING),
        ({"conferenceData": {"createRequest": {"status": {"statusCode": "failure"}}}}, Conference.FAILED),
        ({"hangoutLink": "https://meet.google.com/a"}, Conference.READY),
    ],
)
def test_conference_state(fields: dict[str, Any], conference: Conference) -> None:
    assert event_from(resource(**fields)).conference == conference


def test_resource_from_a_draft() -> None:
    draft = EventDraft(
        id="event1",
        start=datetime(2027, 3, 18, 16, tzinfo=UTC),
        end=datetime(2027, 3, 18, 17, tzinfo=UTC),
        zone="America/New_York",
        title="Roast",
        description="Come",
        location="",
        guests=("Ann@example.org",),
        private={"thirdThursday": "c1"},
        conference_request="event1-1",
    )

    assert resource_from(draft) == {
        "id": "event1",
        "summary": "Roast",
        "description": "Come",
        "location": "",
        "start": {"dateTime": "2027-03-18T12:00:00-04:00", "timeZone": "America/New_York"},
        "end": {"dateTime": "2027-03-18T13:00:00-04:00", "timeZone": "America/New_York"},
        "attendees": [{"email": "ann@example.org"}],
        "guestsCanSeeOtherGuests": False,
        "guestsCanInviteOthers": False,
        "extendedProperties": {"private": {"thirdThursday": "c1"}},
        "conferenceData": {
            "createRequest": {
                "requestId": "event1-1",
                "conferenceSolutionKey": {"type": "hangoutsMeet"},
            }
        },
    }


def test_merge_keeps_whole_attendees_and_everything_unknown() -> None:
    change = EventChange(add_guests=("Cy@example.org", "ANN@example.org"), remove_guests=("Bo@example.org",))

    after = merged(resource(), change)

    assert after == resource(attendees=[ANN, {"email": "cy@example.org"}])


def test_merge_moves_the_event_in_its_zone() -> None:
    after = merged(resource(), EventChange(start=START + timedelta(hours=1), end=START + timedelta(hours=2)))

    assert after == resource(
        start={"dateTime": "2026-12-17T13:00:00-05:00", "timeZone": "America/New_York"},
        end={"dateTime": "2026-12-17T14:00:00-05:00", "timeZone": "America/New_York"},
    )


def test_merge_moves_an_event_of_whole_days_to_a_time() -> None:
    before = resource(start={"date": "2026-12-17"}, end={"date": "2026-12-18"})

    after = merged(before, EventChange(start=datetime(2026, 12, 17, 9, tzinfo=UTC)))

    assert after == resource(start={"dateTime": "2026-12-17T09:00:00+00:00"}, end={"date": "2026-12-18"})


def test_merge_adds_private_properties_to_those_there() -> None:
    after = merged(resource(), EventChange(private={"thirdThursdayText": "h"}))

    private = {"thirdThursday": "c1", "thirdThursdayText": "h"}
    assert after == resource(extendedProperties={"private": private})


def test_merge_asks_for_a_meet_link_under_a_new_request_only() -> None:
    asked = {"createRequest": {"requestId": "event1-1", "status": {"statusCode": "failure"}}}

    same = merged(resource(conferenceData=asked), EventChange(conference_request="event1-1"))
    new = merged(resource(conferenceData=asked), EventChange(conference_request="event1-2"))

    assert same == resource(conferenceData=asked)
    wanted = {"requestId": "event1-2", "conferenceSolutionKey": {"type": "hangoutsMeet"}}
    assert new == resource(conferenceData={"createRequest": wanted})


def test_merge_of_what_is_there_already_changes_nothing() -> None:
    change = EventChange(
        start=START,
        end=START + timedelta(hours=1),
        zone="America/New_York",
        title="Roast",
        description="Come",
        location="",
        add_guests=("ann@example.org",),
        remove_guests=("cy@example.org",),
        private={"thirdThursday": "c1"},
    )

    assert merged(resource(), change) == resource()


def test_merge_leaves_its_input_alone() -> None:
    before = resource()

    merged(before, EventChange(title="New", add_guests=("cy@example.org",), private={"a": "b"}))

    assert before == resource()


ADDRESSES = st.sampled_from([f"{name}@example.org" for name in ("ann", "bo", "cy", "di", "ed")])


@given(there=st.sets(ADDRESSES), add=st.sets(ADDRESSES), remove=st.sets(ADDRESSES))
def test_merge_of_guests_is_whole_and_settles(there: set[str], add: set[str], remove: set[str]) -> None:
    attendees = [{"email": address, "responseStatus": "accepted"} for address in sorted(there)]
    change = EventChange(add_guests=tuple(sorted(add - remove)), remove_guests=tuple(sorted(remove)))

    after = merged(resource(attendees=attendees), change)

    assert {guest["email"] for guest in after["attendees"]} == (there | add) - remove
    assert [guest for guest in after["attendees"] if guest["email"] in there] == [
        guest for guest in attendees if guest["email"] not in remove
    ]
    assert merged(after, change) == after


@pytest.mark.parametrize(
    ("change", "reaches"),
    [
        (EventChange(title="New", description="New", location="New", private={"a": "b"}), False),
        (EventChange(conference_request="event1-1"), False),
        (EventChange(start=START), False),
        (EventChange(start=START - timedelta(hours=1)), True),
        (EventChange(end=START + timedelta(hours=2)), True),
        (EventChange(add_guests=("cy@example.org",)), True),
        (EventChange(add_guests=("ann@example.org",)), False),
        (EventChange(remove_guests=("ann@example.org",)), True),
    ],
)
def test_change_that_guests_hear_of(change: EventChange, reaches: bool) -> None:
    assert reaches_guests(resource(), merged(resource(), change)) is reaches
