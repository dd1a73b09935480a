"""The Meetings tab: a row per month in view, its state in words, its guests counted."""

from datetime import timedelta

from community.events import Response
from community.ledger import Phase
from sheets_schema.cells import Cell, Rows
from tests.reports.builders import (
    ANN,
    BEN,
    EVENT,
    NOW,
    START,
    ZOE,
    M,
    key_of,
    make_community,
    make_entry,
    make_event,
    make_ledger,
    make_values,
    rendered,
)

HEADER = [
    *("Month", "Starts", "Time zone", "State", "Host", "Guests"),
    *("Yes", "Maybe", "No", "No answer", "Meet link", "Event"),
]
LINK = "https://meet.google.com/abc-defg-hij"
ZONE_NAME = "America/New_York"


def december(**cells: Cell) -> Rows:
    """Cells of Roasts with December's row changed."""
    return [list(row) for row in make_values(roasts=[{"Month": "2026-12"} | cells])["Roasts"] or []]


def state_and_host(roasts: Rows, **more: object) -> list[Cell]:
    """The cells State and Host of December."""
    community = make_community(make_values(service={"Roasts": roasts}), **more)  # type: ignore[arg-type]  # by name
    return rendered(community)["Meetings"][1][3:5]


def test_meetings_in_view_are_listed_with_their_answers() -> None:
    answers = {ANN: Response.YES, BEN: Response.MAYBE, ZOE: Response.NO, "o@example.org": Response.NONE}

    rows = rendered(make_community(events=[make_event(answers)]))["Meetings"]

    assert rows == [
        HEADER,
        [
            *("2026-12", "2026-12-17 12:00", ZONE_NAME, "in the calendar", "Ann Lee, not asked yet"),
            *(4, 1, 1, 1, 1, LINK, EVENT),
        ],
        [
            *("2027-01", "2027-01-21 12:00", ZONE_NAME, "planned", "Ben Roy, not asked yet"),
            *(0, 0, 0, 0, 0, "", ""),
        ],
    ]


def test_meetings_say_when_the_host_was_asked_and_agreed() -> None:
    asked = make_entry(f"{M}/host/1/{key_of(ANN)}/ask", "host.ask", person=key_of(ANN), meeting=M)
    ledger = make_ledger(asked)

    waiting = state_and_host(december(Host="Ann Lee"), ledger=ledger)
    agreed = state_and_host(december(**{"Host": "Ann Lee", "Host agreed": "yes"}), ledger=ledger)
    refused = state_and_host(december(**{"Host": "Ann Lee", "Host agreed": "no"}), ledger=ledger)
    unknown = state_and_host(december(Host="Zed"))

    assert [waiting[1], agreed[1], refused[1], unknown[1], state_and_host(december())[1]] == [
        "Ann Lee, asked 7 Dec, no answer yet",
        "Ann Lee, agreed",
        "Ann Lee said no",
        "Zed: see Problems",
        "nobody named",
    ]


def test_meetings_say_what_a_person_did_in_calendar() -> None:
    deleted = make_ledger(make_entry(f"{M}/deleted", "event.deleted", Phase.DONE, meeting=M))
    moved = make_event(start=START + timedelta(hours=1))

    assert state_and_host(december(), events=[], ledger=deleted)[0] == "deleted in Calendar"
    assert state_and_host(december(), events=[moved])[0] == "moved in Calendar to Thu 17 Dec 13:00"


def test_meetings_say_why_there_is_none_or_why_it_is_left_alone() -> None:
    skipped = december(**{"No meeting because": "holidays"})
    doubled: Rows = [*december(), ["", "2026-12"]]

    assert state_and_host(skipped)[0] == "no meeting: holidays"
    unclear = "left as it is: what Roasts says of it is not clear, see Problems"
    assert state_and_host(doubled) == [unclear, "see Problems"]


def test_meetings_are_over_after_their_last_minute() -> None:
    assert state_and_host(december(), now=START + timedelta(minutes=59))[0] == "in the calendar"
    assert state_and_host(december(), now=START + timedelta(minutes=60))[0] == "over"


def test_meetings_number_the_events_of_a_month() -> None:
    cancelled = make_entry(f"{M}/cancel", "event.cancel", Phase.DONE, meeting=M)

    rows = rendered(make_community(events=[], ledger=make_ledger(cancelled), now=NOW))["Meetings"]

    assert rows[1][:4] == ["2026-12, event 2", "2026-12-17 12:00", ZONE_NAME, "planned"]
