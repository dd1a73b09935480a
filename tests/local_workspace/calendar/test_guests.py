"""Guests: their answers, and the mails they get."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.local_workspace.calendar.conftest import make_event

ANN, BOB, CLEO = "ann@example.org", "bob@example.org", "cleo@example.org"


@pytest.fixture
def mails(local: Callable[..., Any]) -> Callable[[], dict[str, list[str]]]:
    """Take the mails out of all mailboxes: address to subjects without the date."""

    def take() -> dict[str, list[str]]:
        found = {
            address: [
                mail["subject"].split(" @ ")[0]
                for mail in local("GET", f"/local/mailboxes/{address}")["mails"]
            ]
            for address in local("GET", "/local/mailboxes")["addresses"]
        }
        local("DELETE", "/local/mailboxes")
        return found

    return take


def insert(calendar: Any, *guests: str, **params: Any) -> Any:
    """Insert the event with these guests, telling them unless `params` say otherwise."""
    body = make_event(attendees=[{"email": guest} for guest in guests])
    return calendar.insert(calendarId="primary", body=body, **({"sendUpdates": "all"} | params)).execute()


def update(calendar: Any, event: Any, **params: Any) -> Any:
    """Write a whole event back."""
    return calendar.update(calendarId="primary", eventId=event["id"], body=event, **params).execute()


def test_invitations_go_to_every_guest_but_the_organizer(
    calendar: Any, mails: Callable[[], dict[str, list[str]]]
) -> None:
    event = insert(calendar, ANN, BOB, "organizer@example.org")

    assert event["attendees"][2] == {
        "email": "organizer@example.org",
        "organizer": True,
        "self": True,
        "responseStatus": "needsAction",
    }
    assert mails() == {ANN: ["Invitation: Third Thursday"], BOB: ["Invitation: Third Thursday"]}


@pytest.mark.parametrize("params", [{"sendUpdates": "none"}, {"sendUpdates": None}])
def test_nobody_is_told_unless_asked_for(
    calendar: Any, mails: Callable[[], dict[str, list[str]]], params: dict[str, Any]
) -> None:
    insert(calendar, ANN, **params)
    calendar.delete(calendarId="primary", eventId="december2026").execute()

    assert mails() == {}


def test_a_change_of_guests_is_told_to_all(calendar: Any, mails: Callable[[], dict[str, list[str]]]) -> None:
    event = insert(calendar, ANN, BOB)
    mails()

    update(calendar, event | {"attendees": [event["attendees"][0], {"email": CLEO}]}, sendUpdates="all")

    assert mails() == {
        ANN: ["Updated invitation: Third Thursday"],
        BOB: ["Canceled event: Third Thursday"],
        CLEO: ["Invitation: Third Thursday"],
    }


def test_an_update_that_changes_nothing_tells_nobody(
    calendar: Any, mails: Callable[[], dict[str, list[str]]]
) -> None:
    event = insert(calendar, ANN)
    mails()

    update(calendar, event, sendUpdates="all")

    assert mails() == {}


def test_deletion_is_told_to_every_guest(calendar: Any, mails: Callable[[], dict[str, list[str]]]) -> None:
    insert(calendar, ANN, BOB)
    mails()

    calendar.delete(calendarId="primary", eventId="december2026", sendUpdates="all").execute()

    assert mails() == {ANN: ["Canceled event: Third Thursday"], BOB: ["Canceled event: Third Thursday"]}


def test_invitation_says_when_in_the_zone_of_the_event(calendar: Any, local: Callable[..., Any]) -> None:
    insert(calendar, ANN)

    mail = local("GET", f"/local/mailboxes/{ANN}")["mails"][0]

    assert (mail["kind"], mail["from"]) == ("invitation", "organizer@example.org")
    assert mail["subject"] == "Invitation: Third Thursday @ Thu Dec 17, 2026 12:00 (America/New_York)"


def test_invitation_holds_title_place_and_text_whatever_their_letters(
    calendar: Any, local: Callable[..., Any]
) -> None:
    texts = {"summary": "Röstfest", "location": "Café", "description": "Grüße\r\nan alle\n☕"}
    body = make_event(attendees=[{"email": ANN}], **texts)

    calendar.insert(calendarId="primary", sendUpdates="all", body=body).execute()

    mail = local("GET", f"/local/mailboxes/{ANN}")["mails"][0]
    what = "Röstfest @ Thu Dec 17, 2026 12:00 (America/New_York)"
    assert mail["subject"] == f"Invitation: {what}"
    assert mail["text"].splitlines() == [what, "Café", "", "Grüße", "an alle", "☕"]


def test_guest_answers_and_keeps_the_answer_while_written_back_whole(
    calendar: Any, local: Callable[..., Any]
) -> None:
    before = insert(calendar, ANN, BOB)
    answer = {"address": "Ann@example.org", "event": "december2026", "status": "accepted", "comment": "Yes!"}

    answered = local("POST", "/local/invitations/answer", answer)
    whole = update(calendar, answered)
    bare = update(calendar, whole | {"attendees": [{"email": ANN}]})

    said = {"email": ANN, "comment": "Yes!", "responseStatus": "accepted"}
    assert answered["attendees"] == [said, {"email": BOB, "responseStatus": "needsAction"}]
    assert answered["etag"] != before["etag"]
    assert whole["attendees"] == answered["attendees"]
    assert bare["attendees"] == [{"email": ANN, "responseStatus": "needsAction"}]


def test_an_address_is_invited_once(calendar: Any) -> None:
    event = insert(calendar, ANN, "ANN@example.org", BOB)

    assert [guest["email"] for guest in event["attendees"]] == [ANN, BOB]


def test_moving_by_hand_tells_the_guests_and_keeps_the_length(
    calendar: Any, local: Callable[..., Any], mails: Callable[[], dict[str, list[str]]]
) -> None:
    insert(calendar, ANN)
    mails()

    moved = local("POST", "/local/events/december2026/move", {"start": "2026-12-17T14:00"})

    assert (moved["start"]["dateTime"], moved["end"]["dateTime"]) == (
        "2026-12-17T19:00:00Z",
        "2026-12-17T20:00:00Z",
    )
    assert moved["sequence"] == 1
    assert mails() == {ANN: ["Updated invitation: Third Thursday"]}


def test_deleting_by_hand_cancels(calendar: Any, local: Callable[..., Any]) -> None:
    insert(calendar, ANN)

    local("POST", "/local/events/december2026/delete", {"tell": False})

    assert calendar.get(calendarId="primary", eventId="december2026").execute()["status"] == "cancelled"
    assert local("GET", f"/local/mailboxes/{ANN}")["mails"][-1]["kind"] == "invitation"
