from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from community.events import Conference, EventChange, EventDraft, Guest, Response, event_id
from local_workspace.serve import RunningWorkspace
from tests.workspace.conftest import Control
from tests.workspace.loopback import Answer, Loopback, Received, everywhere, one_after_another
from workspace.calendar import Calendar
from workspace.errors import (
    Conflict,
    Gone,
    GuestListNotWhole,
    MeetRefused,
    NotFound,
    OutcomeUnknown,
    Stale,
    TooManyGuests,
)
from workspace.transport import Transport, open_transport

COMMUNITY = "c1"
START = datetime(2026, 12, 17, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def draft(month: str = "2026-12", **overrides: Any) -> EventDraft:
    """December's meeting, with one guest and no Meet link."""
    fields: dict[str, Any] = {
        "id": event_id(COMMUNITY, month, 0),
        "start": START,
        "end": START + HOUR,
        "zone": "America/New_York",
        "title": "Roast of the Month",
        "description": "Come",
        "location": "Google Meet",
        "guests": ("ann@example.org",),
        "private": {"thirdThursday": COMMUNITY, "thirdThursdayMeeting": f"{month}.g0"},
        "conference_request": None,
        **overrides,
    }
    return EventDraft(**fields)


@pytest.fixture
def calendar(transport: Transport) -> Calendar:
    """The organizer's own calendar."""
    return Calendar(transport)


def mails(control: Control, address: str) -> list[str]:
    """The kinds of the mails that an address got, in order."""
    return [mail["kind"] for mail in control("GET", f"mailboxes/{address}")["mails"]]


def test_inserted_event_is_as_drafted_and_guests_are_invited(calendar: Calendar, control: Control) -> None:
    event = calendar.insert(draft(guests=("Ann@Example.org",)))

    assert (event.id, event.start, event.end) == (draft().id, START, START + HOUR)
    assert (event.title, event.description, event.location) == ("Roast of the Month", "Come", "Google Meet")
    assert event.guests == (Guest("ann@example.org", Response.NONE),)
    assert event.owner == "organizer@example.org"
    assert event.private == {"thirdThursday": "c1", "thirdThursdayMeeting": "2026-12.g0"}
    assert event.conference == Conference.NONE
    assert calendar.get(event.id) == event
    assert mails(control, "ann@example.org") == ["invitation"]


def test_insert_hides_the_guests_from_each_other() -> None:
    answer = Answer({"id": "event1", "start": {}, "end": {}})
    with Loopback(lambda _: answer) as server:
        Calendar(Transport(None, server.endpoints), "primary").insert(draft())

    asked = urlsplit(server.received[0].path)
    body = json.loads(server.received[0].body)
    assert asked.path == "/calendar/v3/calendars/primary/events"
    assert parse_qs(asked.query) == {"conferenceDataVersion": ["1"], "sendUpdates": ["all"], "alt": ["json"]}
    assert (body["guestsCanSeeOtherGuests"], body["guestsCanInviteOthers"]) == (False, False)


def test_second_insert_of_an_id_is_a_conflict(calendar: Calendar, control: Control) -> None:
    calendar.insert(draft())

    with pytest.raises(Conflict):
        calendar.insert(draft())

    assert mails(control, "ann@example.org") == ["invitation"]


def test_insert_without_an_answer_is_not_repeated() -> None:
    with Loopback(lambda _: None) as server, pytest.raises(OutcomeUnknown):
        Calendar(Transport(None, server.endpoints)).insert(draft())

    assert len(server.received) == 1


def test_meet_link_is_made_after_a_moment(calendar: Calendar, control: Control) -> None:
    inserted = calendar.insert(draft(conference_request="request-1"))
    control("POST", "clock", {"advance": 60})

    event = calendar.get(inserted.id)

    assert inserted.conference in {Conference.PENDING, Conference.READY}
    assert event.conference == Conference.READY
    assert event.meet_link is not None
    assert event.meet_link.startswith("https://meet.google.com/")


def test_account_without_meet_is_told_and_nothing_is_made(
    running: RunningWorkspace, control: Control, tmp_path: Path
) -> None:
    account = control("POST", "accounts", {"address": "free@example.org", "meet": False})
    path = tmp_path / "token.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "refresh_token": account["refresh_token"]}))
    calendar = Calendar(open_transport(path, everywhere(running.base_url)))

    with pytest.raises(MeetRefused):
        calendar.insert(draft(conference_request="request-1"))

    assert calendar.insert(draft()).conference == Conference.NONE


def test_tagged_events_are_listed(calendar: Calendar) -> None:
    december = calendar.insert(draft())
    january = calendar.insert(draft("2027-01", start=START + 28 * DAY, end=START + 28 * DAY + HOUR))
    calendar.insert(draft("2027-02", private={"thirdThursday": "another"}))

    assert calendar.list_tagged(COMMUNITY, LONG_AGO) == (december, january)
    assert calendar.list_tagged(COMMUNITY, START + HOUR) == (january,)


def test_cancelled_event_missing_in_the_list_is_found_by_its_id(calendar: Calendar) -> None:
    event = calendar.insert(draft())
    calendar.cancel(event.id)

    listed = calendar.list_tagged(COMMUNITY, LONG_AGO)

    assert all(other.cancelled for other in listed)  # with its tag or, having lost that, not at all
    assert calendar.get(event.id).cancelled


def test_untagged_events_are_listed_between_two_instants(calendar: Calendar) -> None:
    event = calendar.insert(draft(private={}))

    assert calendar.list_between(START - HOUR, START + HOUR) == (event,)
    assert calendar.list_between(START + HOUR, START + 2 * HOUR) == ()


def test_list_goes_to_the_last_page() -> None:
    def react(request: Received) -> Answer:
        page = 2 if "pageToken=p2" in request.path else 1
        item = {"id": f"event{page}", "status": "confirmed", "start": {"date": "2026-12-17"}, "end": {}}
        more = {} if page == 2 else {"nextPageToken": "p2"}
        return Answer({"timeZone": "America/New_York", "items": [item], **more})

    with Loopback(react) as server:
        events = Calendar(Transport(None, server.endpoints)).list_tagged(COMMUNITY, LONG_AGO)

    asked = parse_qs(urlsplit(server.received[0].path).query)
    assert [event.id for event in events] == ["event1", "event2"]
    assert events[0].start == datetime(2026, 12, 17, 5, tzinfo=UTC)
    assert asked == {
        "privateExtendedProperty": ["thirdThursday=c1"],
        "timeMin": ["2020-01-01T00:00:00+00:00"],
        "showDeleted": ["true"],
        "singleEvents": ["true"],
        "maxResults": ["250"],
        "alt": ["json"],
    }


def test_list_of_a_calendar_in_an_unknown_zone_is_in_utc() -> None:
    item = {"id": "event1", "start": {"date": "2026-12-17"}, "end": {"date": "2026-12-18"}}
    with Loopback(lambda _: Answer({"timeZone": "Mars/Olympus", "items": [item]})) as server:
        events = Calendar(Transport(None, server.endpoints)).list_between(LONG_AGO, START)

    assert [event.start for event in events] == [datetime(2026, 12, 17, tzinfo=UTC)]


def test_unknown_event_is_not_found(calendar: Calendar) -> None:
    with pytest.raises(NotFound):
        calendar.get("event1")


def test_update_of_guests_keeps_the_answers_and_tells_them(calendar: Calendar, control: Control) -> None:
    event = calendar.insert(draft(guests=("ann@example.org", "bo@example.org")))
    answer = {"address": "ann@example.org", "event": event.id, "status": "accepted", "comment": "late"}
    control("POST", "invitations/answer", answer)

    changed = calendar.update(
        event.id, EventChange(add_guests=("Cy@example.org",), remove_guests=("bo@example.org",))
    )

    assert changed.guests == (
        Guest("ann@example.org", Response.YES),
        Guest("cy@example.org", Response.NONE),
    )
    assert mails(control, "cy@example.org") == ["invitation"]
    assert mails(control, "bo@example.org") == ["invitation", "cancellation"]


def test_update_of_the_text_tells_nobody(calendar: Calendar, control: Control) -> None:
    event = calendar.insert(draft())

    changed = calendar.update(event.id, EventChange(title="New", private={"thirdThursdayText": "h"}))

    assert changed.title == "New"
    assert changed.private == {**event.private, "thirdThursdayText": "h"}
    assert changed.guests == event.guests
    assert mails(control, "ann@example.org") == ["invitation"]


def test_update_of_the_time_tells_the_guests(calendar: Calendar, control: Control) -> None:
    event = calendar.insert(draft())

    changed = calendar.update(event.id, EventChange(start=START + HOUR, end=START + 2 * HOUR))

    assert (changed.start, changed.end) == (START + HOUR, START + 2 * HOUR)
    assert mails(control, "ann@example.org") == ["invitation", "update"]


def test_second_update_writes_nothing(calendar: Calendar, transport: Transport) -> None:
    change = EventChange(start=START + HOUR, end=START + 2 * HOUR, add_guests=("cy@example.org",))
    first = calendar.update(calendar.insert(draft()).id, change)
    transport.requests.clear()

    second = calendar.update(first.id, change)

    assert second == first
    assert transport.requests == {"calendar.events.get": 1}


def test_update_keeps_the_meet_link(calendar: Calendar, control: Control) -> None:
    event = calendar.insert(draft(conference_request="request-1"))
    control("POST", "clock", {"advance": 60})
    link = calendar.get(event.id).meet_link

    changed = calendar.update(event.id, EventChange(add_guests=("cy@example.org",)))

    assert link is not None
    assert changed.meet_link == link


def test_update_asks_for_a_meet_link_later(calendar: Calendar, control: Control) -> None:
    event = calendar.insert(draft())

    calendar.update(event.id, EventChange(conference_request="request-2"))

    control("POST", "clock", {"advance": 60})
    assert calendar.get(event.id).conference == Conference.READY
    assert mails(control, "ann@example.org") == ["invitation"]


def resource(etag: str, *guests: str, **fields: Any) -> Answer:
    """An event as answered by a plain server."""
    side = {"dateTime": "2026-12-17T17:00:00Z"}
    attendees = [{"email": guest, "responseStatus": "accepted"} for guest in guests]
    return Answer(
        {"id": "event1", "etag": etag, "start": side, "end": side, "attendees": attendees, **fields}
    )


CHANGED = Answer({"error": {"code": 412, "message": "Precondition Failed"}}, 412)


def test_update_starts_over_when_somebody_was_faster() -> None:
    answers = one_after_another(
        resource('"1"', "ann@example.org"),
        CHANGED,
        resource('"2"', "ann@example.org", "bo@example.org"),
        resource('"3"', "ann@example.org", "bo@example.org", "cy@example.org"),
    )
    with Loopback(answers) as server:
        calendar = Calendar(Transport(None, server.endpoints))

        event = calendar.update("event1", EventChange(add_guests=("cy@example.org",)))

    puts = [request for request in server.received if request.method == "PUT"]
    assert [request.headers["if-match"] for request in puts] == ['"1"', '"2"']
    assert json.loads(puts[1].body)["attendees"] == [
        {"email": "ann@example.org", "responseStatus": "accepted"},
        {"email": "bo@example.org", "responseStatus": "accepted"},
        {"email": "cy@example.org"},
    ]
    assert len(event.guests) == 3


def test_update_whose_answer_was_lost_is_not_told_twice() -> None:
    answers = one_after_another(
        resource('"1"', "ann@example.org"),
        None,
        CHANGED,
        resource('"2"', "ann@example.org", "cy@example.org"),
    )
    with Loopback(answers) as server:
        calendar = Calendar(Transport(None, server.endpoints, sleep=lambda _: None))

        event = calendar.update("event1", EventChange(add_guests=("cy@example.org",)))

    assert [request.method for request in server.received] == ["GET", "PUT", "PUT", "GET"]
    assert event.etag == '"2"'


def test_update_gives_up_after_three_changes_by_others() -> None:
    with Loopback(lambda request: CHANGED if request.method == "PUT" else resource('"1"')) as server:
        calendar = Calendar(Transport(None, server.endpoints))

        with pytest.raises(Stale):
            calendar.update("event1", EventChange(title="New"))

    assert [request.method for request in server.received] == ["GET", "PUT"] * 3


def test_update_refuses_a_guest_list_that_is_not_whole() -> None:
    with Loopback(lambda _: resource('"1"', "ann@example.org", attendeesOmitted=True)) as server:
        calendar = Calendar(Transport(None, server.endpoints))

        with pytest.raises(GuestListNotWhole):
            calendar.update("event1", EventChange(title="New"))

    assert [request.method for request in server.received] == ["GET"]


def test_update_of_a_cancelled_event_is_gone(calendar: Calendar) -> None:
    event = calendar.insert(draft())
    calendar.cancel(event.id)

    with pytest.raises(Gone):
        calendar.update(event.id, EventChange(title="New"))


def test_more_than_200_guests_are_refused_before_anything_is_sent(
    calendar: Calendar, transport: Transport
) -> None:
    crowd = tuple(f"guest{number}@example.org" for number in range(200))
    event = calendar.insert(draft(guests=crowd))
    transport.requests.clear()

    with pytest.raises(TooManyGuests, match=r"201 guests are more than the 200 .* Google Group"):
        calendar.update(event.id, EventChange(add_guests=("one-more@example.org",)))
    with pytest.raises(TooManyGuests, match="201 guests"):
        calendar.insert(draft("2027-01", guests=(*crowd, "one-more@example.org")))

    assert transport.requests == {"calendar.events.get": 1}


def test_cancelled_event_tells_its_guests_once(calendar: Calendar, control: Control) -> None:
    event = calendar.insert(draft())

    calendar.cancel(event.id)
    calendar.cancel(event.id)
    calendar.cancel("never0there")

    assert calendar.get(event.id).cancelled
    assert mails(control, "ann@example.org") == ["invitation", "cancellation"]


@pytest.mark.parametrize(("fault", "kind"), [("404", NotFound), ("410", Gone)])
def test_event_that_is_said_to_be_missing_although_it_lives_is_not_cancelled(
    calendar: Calendar, control: Control, fault: str, kind: type[Exception]
) -> None:
    event = calendar.insert(draft())
    control("POST", "faults", {"fault": fault, "method": "calendar.events.delete"})

    with pytest.raises(kind):
        calendar.cancel(event.id)
    calendar.cancel(event.id)

    assert calendar.get(event.id).cancelled
