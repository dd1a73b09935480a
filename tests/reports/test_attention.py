"""What needs the organizer, each with its way out; nothing is said without need."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from community.community import Community
from community.events import Conference
from community.ledger import Phase
from community.plan import Hold, Plan
from reports.attention import lines
from reports.overview import look
from sheets_schema.cells import Cell
from tests.reports.builders import (
    ANN,
    BEN,
    NOW,
    START,
    ZONE,
    M,
    key_of,
    make_community,
    make_entry,
    make_event,
    make_ledger,
    make_values,
)

NOVEMBER: Mapping[str, Cell] = {"Month": "2026-11", "No meeting because": "a break"}
HOSTED: list[Mapping[str, Cell]] = [{"Month": "2026-12", "Host": "Ann Lee"}]
PLACE = "Roasts, 2026-12"


def needs(community: Community, plan: Plan | None = None) -> list[list[Cell]]:
    """The lines under "Needs you"; by default nothing is planned."""
    return lines(look(community, plan or Plan(community.now)))


def with_december(**cells: Cell) -> Community:
    """The community with one more cell in December's roast."""
    return make_community(make_values(roasts=[{"Month": "2026-12", "Host": "Ann Lee"} | cells]))


def test_a_usual_month_needs_nothing() -> None:
    assert needs(make_community()) == []


def test_a_stopped_set_comes_with_its_code() -> None:
    hold = Hold("newcomers", "", "maple 4821", "30 people would be reached.", {"agenda": 29, "guest": 1}, ())

    found = needs(make_community(), Plan(NOW, holds=(hold,)))

    assert found == [
        [
            "Stopped, waiting for you",
            "30 people would be reached. (29 x Agenda, 1 x Invitation)",
            'Settings: type "maple 4821" beside "Go ahead with"',
        ]
    ]


def test_a_code_that_fits_nothing_is_named() -> None:
    community = make_community(make_values(settings={"Go ahead with": "maple 4821"}))

    assert needs(community) == [
        [
            "A code that fits nothing",
            '"maple 4821" stands for nothing that is stopped now: it was mistyped, or what it stood for has '
            "changed. Type a code that is shown here, or clear the cell.",
            "Settings: Go ahead with",
        ]
    ]


def test_a_code_that_is_used_or_current_may_stay() -> None:
    values = make_values(settings={"Go ahead with": "Maple-4821, olive 1000"})
    community = make_community(values, ledger=make_ledger(used_codes=frozenset({"maple 4821"})))
    released = Hold("first live", "", "olive 1000", "The first time.", {}, ())

    assert needs(community, Plan(NOW, released=(released,))) == []


def test_a_month_without_a_host_is_named_from_28_days_before() -> None:
    values = make_values(roasts=[NOVEMBER, {"Month": "2026-12"}])
    early = datetime(2026, 11, 18, 23, 59, tzinfo=ZONE)

    assert needs(make_community(values, now=early)) == []
    assert needs(make_community(values, now=early + timedelta(minutes=1))) == [
        ["Meeting of 2026-12", "It has no host: type a name under Host; that person is asked by mail.", PLACE]
    ]


def test_a_host_who_said_no_is_named() -> None:
    assert needs(with_december(**{"Host agreed": "no"})) == [
        ["Meeting of 2026-12", "Ann Lee cannot host: type another name under Host.", PLACE]
    ]


def test_an_agenda_that_waits_for_a_yes_is_named_in_its_week() -> None:
    values = make_values(settings={"Agenda needs my yes": "yes"}, roasts=HOSTED)
    agreed = make_values(
        settings={"Agenda needs my yes": "yes"}, roasts=[{**HOSTED[0], "Send agenda": "yes"}]
    )

    assert needs(make_community(values, now=NOW - timedelta(days=6))) == []
    assert needs(make_community(values)) == [
        ["Meeting of 2026-12", 'The agenda waits for your yes under "Send agenda".', PLACE]
    ]
    assert needs(make_community(agreed)) == []


def test_an_event_deleted_by_hand_is_named_alone() -> None:
    ledger = make_ledger(make_entry(f"{M}/deleted", "event.deleted", Phase.DONE, meeting=M))

    assert needs(make_community(make_values(roasts=[{"Month": "2026-12"}]), events=[], ledger=ledger)) == [
        [
            "Meeting of 2026-12",
            "Its event was deleted in Calendar, so nothing more is sent for it. To have a new one made, type "
            'a reason under "No meeting because", wait until Today says so, and clear the cell.',
            PLACE,
        ]
    ]


def test_an_event_moved_by_hand_is_named_with_its_new_start() -> None:
    moved = make_event(start=START + timedelta(days=1, hours=2))

    assert needs(make_community(events=[moved])) == [
        [
            "Meeting of 2026-12",
            "It was moved in Calendar to Fri 18 Dec 14:00, and mails follow. Move it back if not meant.",
            PLACE,
        ]
    ]


def test_a_missing_meet_link_is_named_after_15_minutes() -> None:
    event = make_event(meet_link=None, conference=Conference.PENDING)
    made = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)
    values = make_values(roasts=[NOVEMBER, *HOSTED])

    assert needs(make_community(values, events=[event], now=made + timedelta(minutes=14))) == []
    assert needs(make_community(values, events=[event], now=made + timedelta(minutes=15))) == [
        [
            "Meeting of 2026-12",
            "It has no Meet link: add one to the event. Mails say that the link stands there.",
            "Google Calendar",
        ]
    ]


def test_a_meeting_on_a_public_holiday_is_named() -> None:
    values = make_values(
        settings={"Holiday countries": "DE-BY, US"},
        roasts=[{"Month": "2026-12", "Host": "Ann Lee", "Other date": "2026-12-25"}],
    )

    assert needs(make_community(values, events=[])) == [
        [
            "Meeting of 2026-12",
            f"It falls on Christmas Day ({country}). Another day can be typed under Other date.",
            PLACE,
        ]
        for country in ("DE-BY", "US")
    ]


def test_a_country_without_holidays_is_named() -> None:
    community = make_community(make_values(settings={"Holiday countries": "XX"}))

    assert needs(community) == [
        ["A country", 'No holidays are known for "XX".', "Settings: Holiday countries"]
    ]


def test_a_free_account_cuts_a_meeting_of_60_minutes_and_what_comes_after() -> None:
    ends = "Google ends free calls of three and more people after 60 minutes."
    long = make_values(settings={"Meet account": "free"})
    hour = make_values(settings={"Meet account": "free", "Stay on (minutes)": "0"})
    short = make_values(settings={"Meet account": "free", "Minutes": "55", "Stay on (minutes)": "0"})

    assert needs(make_community(long)) == [
        [
            "Free Meet account",
            f"{ends} Set Minutes to 55, and shorten the tab Agenda to match. Mails promise nothing"
            " afterwards: set Stay on (minutes) to 0, or Meet account to paid when you meet elsewhere.",
            "Settings: Minutes",
        ]
    ]
    assert needs(make_community(hour)) == [
        [
            "Free Meet account",
            f"{ends} Set Minutes to 55, and shorten the tab Agenda to match.",
            "Settings: Minutes",
        ]
    ]
    assert needs(make_community(short, events=[])) == []


def test_failures_of_the_last_two_weeks_are_named_together() -> None:
    old = make_entry("x", "agenda", Phase.FAILED, at=NOW - timedelta(days=15), reason="Old.")
    failed = [
        make_entry(
            f"{M}/agenda/{key_of(who)}",
            "agenda",
            Phase.FAILED,
            person=key_of(who),
            who=who[:3],
            meeting=M,
            reason="Gmail refused the mail.",
        )
        for who in (ANN, BEN)
    ]
    alone = make_entry(
        "roasts/2027-12", "month", Phase.FAILED, who="2027-12", reason="Nobody may write there."
    )
    link = make_entry(f"{M}/link/1", "event.link", Phase.FAILED, meeting=M, reason="No Meet links here.")

    found = needs(make_community(ledger=make_ledger(old, *failed, alone, link)))

    assert found == [
        ["Could not be done", "Agenda, 2026-12, 2 people: Gmail refused the mail.", "Outbox"],
        ["Could not be done", "New row in Roasts, 2027-12: Nobody may write there.", "Log"],
    ]


def test_a_month_that_is_skipped_needs_nothing() -> None:
    assert needs(with_december(**{"Host": "", "No meeting because": "holidays"})) == []


def test_a_month_that_is_left_alone_is_told_under_problems_only() -> None:
    doubled = make_values(roasts=[{"Month": "2026-12"}, {"Month": "2026-12"}])

    assert needs(make_community(doubled)) == []
