"""Today says whether it runs, what is next, what goes out and what is wrong."""

from datetime import UTC, datetime, timedelta

from community.effects import AppendMonth, ChangeEvent, Effect, Record
from community.events import EventChange
from community.ledger import Phase, Sighting
from community.plan import Plan, Planned, State
from reports import render
from sheets_schema.cells import Cell, Rows
from sheets_schema.months import Month
from tests.reports.builders import (
    ANN,
    BEN,
    MEMBERS,
    NOW,
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

MONTHS = [{"Month": f"2027-{number:02}"} for number in range(2, 12)]
ROASTS = [{"Month": "2026-12", "Host": "Ann Lee"}, {"Month": "2027-01", "Host": "Ben Roy"}, *MONTHS]
BLANK: list[Cell] = ["", "", ""]


def section(rows: Rows, title: str) -> Rows:
    """The lines under one heading."""
    start = rows.index([title, "", ""]) + 1
    end = rows.index(BLANK, start) if BLANK in rows[start:] else len(rows)
    return rows[start:end]


def test_next_meeting_is_none_when_all_months_rest() -> None:
    resting = [{"Month": month, "No meeting because": "rest"} for month in ("2026-12", "2027-01")]

    today = rendered(make_community(make_values(roasts=resting), events=[]))["Today"]

    assert section(today, "Next meeting") == [["", "None is planned.", ""]]


def test_today_of_a_live_month() -> None:
    community = make_community(make_values(roasts=ROASTS))

    today = rendered(community)["Today"]

    assert today == [
        ["Running", "Live: invitations and mails go out.", "Settings: Mode"],
        BLANK,
        ["Next meeting", "", ""],
        ["When", "Thursday 17 December 2026, 12:00", "America/New_York"],
        ["State", "in the calendar", "Roasts, 2026-12"],
        ["Host", "Ann Lee, not asked yet", "Roasts, 2026-12"],
        ["Answers", "1 yes, 0 maybe, 0 no, 1 no answer", "Google Calendar"],
        ["Meet link", "https://meet.google.com/abc-defg-hij", "Google Calendar"],
        BLANK,
        ["Needs you", "", ""],
        ["", "Nothing.", ""],
        BLANK,
        ["Going out in the next 7 days", "", ""],
        ["Calendar event with invitations", "2 people, goes now", "2027-01"],
        ["Question to the host", "Ann Lee, goes now", "2026-12"],
        ["Agenda", "2 people, Thu 10 Dec 12:00", "2026-12"],
        BLANK,
        ["Problems", "", ""],
        ["", "None.", ""],
    ]


def test_today_in_show_only_says_what_would_go() -> None:
    community = make_community(make_values(roasts=ROASTS, settings={"Mode": "show only"}))

    today = rendered(community)["Today"]

    assert today[0] == ["Running", "Show only: nothing goes out. Below stands what would.", "Settings: Mode"]
    assert section(today, "Going out in the next 7 days") == [
        ["Calendar event with invitations", "2 people, would go now", "2027-01"],
        ["Question to the host", "Ann Lee, would go now", "2026-12"],
        ["Agenda", "2 people, would go Thu 10 Dec 12:00", "2026-12"],
    ]


def test_today_in_only_to_me_names_for_whom_each_mail_is_meant() -> None:
    community = make_community(make_values(roasts=ROASTS, settings={"Mode": "only to me"}))

    today = rendered(community)["Today"]

    assert section(today, "Going out in the next 7 days") == [
        ["Calendar event with invitations", "nobody yet, goes now", "2027-01"],
        ["Question to the host", "Ann Lee, to you alone, goes now", "2026-12"],
        ["Agenda", "2 people, to you alone, Thu 10 Dec 12:00", "2026-12"],
    ]


def test_today_says_until_when_changes_settle() -> None:
    request = {"Name": "Zoe Young", "Email": ZOE, "Wants": "Discord", "Decision": "approve"}
    values = make_values(
        roasts=ROASTS, requests=[request], settings={"Wait after my last change": "10"}, members=MEMBERS[:1]
    )

    today = rendered(make_community(values, events=[make_event()]))["Today"]

    assert section(today, "Going out in the next 7 days")[:2] == [
        ["New row in Members", "Zoe Young, goes 10:05", ""],
        ["Welcome", "Zoe Young, goes 10:05", ""],
    ]


def test_today_lists_what_is_stopped_with_its_code() -> None:
    community = make_community(make_values(roasts=ROASTS), ledger=make_ledger(live_released=False))

    today = rendered(community)["Today"]

    (line,) = section(today, "Needs you")
    code = str(line[2]).split('"')[1]
    assert line == [
        "Stopped, waiting for you",
        "This is the first time that mails and invitations would really go out. "
        "(1 x Calendar event with invitations, 1 x Question to the host)",
        f'Settings: type "{code}" beside "Go ahead with"',
    ]
    assert section(today, "Stopped") == [
        ["Calendar event with invitations", f"2 people, stopped; its code is {code}", "2027-01"],
        ["Question to the host", f"Ann Lee, stopped; its code is {code}", "2026-12"],
    ]


def test_today_says_why_everything_is_stopped() -> None:
    community = make_community()

    today = render(community, Plan(NOW, stop="The ledger is older than the tab Log."))["Today"]

    assert today[:2] == [
        ["Everything is stopped", "The ledger is older than the tab Log.", ""],
        ["Mode", "Live: invitations and mails go out.", "Settings: Mode"],
    ]


def test_today_without_a_time_zone_says_that_the_setting_is_missing() -> None:
    community = make_community(make_values(settings={"Time zone": ""}))

    today = rendered(community)["Today"]

    assert section(today, "Next meeting") == [
        ["", "Nobody can tell until Settings are mended: see Problems.", ""]
    ]
    assert section(today, "Problems") == [
        [
            "Settings",
            "The setting Time zone is empty. No calendar event is made or changed and no dated mail goes "
            "out.",
            "Settings, row 6, Value",
        ]
    ]


def test_today_shows_the_first_15_problems_and_counts_the_others() -> None:
    slips = [{"Name": f"P {number}", "Email": f"p{number}@gmial.com"} for number in range(22)]

    today = rendered(make_community(make_values(members=[*MEMBERS, *slips], roasts=ROASTS)))["Today"]

    lines = section(today, "Problems")
    assert len(lines) == 16
    assert lines[0] == [
        "p0@gmial.com",
        '"p0@gmial.com" looks mistyped: did you mean p0@gmail.com? This person stays a guest where they are '
        "one, and gets no mail until this is mended.",
        "Members, row 4, Email",
    ]
    assert lines[15] == ["", "and 7 more in the tab Problems", "Problems"]


def test_today_names_whose_row_a_problem_is_in() -> None:
    request = {"Name": "Ann L.", "Email": ANN, "Decision": "approve"}

    today = rendered(make_community(make_values(requests=[request], roasts=ROASTS)))["Today"]

    assert section(today, "Problems") == [
        [
            ANN,
            "Ann Lee is a member already (Members, row 2, active). They were not added twice.",
            "Requests, row 2 (Ann L.), Email",
        ]
    ]


def test_today_does_not_change_while_nothing_happens() -> None:
    mails = [
        make_entry(f"{M}/agenda/{key_of(who)}", "agenda", person=key_of(who), meeting=M) for who in (ANN, BEN)
    ]
    asked = make_entry(f"{M}/host/1/{key_of(ANN)}/ask", "host.ask", person=key_of(ANN), meeting=M)
    ledger = make_ledger(*mails, asked)

    first = rendered(make_community(ledger=ledger))
    later = rendered(make_community(ledger=ledger, now=NOW + timedelta(hours=9)))

    assert first == later


def test_today_joins_different_times_of_one_mail() -> None:
    again = {"Name": "Ben Roy", "Email": BEN, "Send again on": "2026-12-11"}

    today = rendered(make_community(make_values(members=[MEMBERS[0], again], roasts=ROASTS)))["Today"]

    assert section(today, "Going out in the next 7 days")[-1] == [
        "Agenda",
        "2 people, Thu 10 Dec 12:00, others later",
        "2026-12",
    ]


def test_today_says_what_was_too_late() -> None:
    live_since = datetime(2026, 12, 11, 15, 0, tzinfo=UTC)
    ledger = make_ledger(
        make_entry(f"{M}/host/1/{key_of(ANN)}/ask", "host.ask", Phase.SENT, person=key_of(ANN), meeting=M),
        live_since=live_since,
        sightings={f"member/{key_of(who)}": Sighting("active", NOW) for who in (ANN, BEN)},
    )
    community = make_community(make_values(roasts=ROASTS), ledger=ledger, now=live_since)

    today = rendered(community)["Today"]

    assert section(today, "Stopped") == [["Agenda", "2 people, too late, not sent", "2026-12"]]


def test_today_says_that_the_mode_cannot_be_read() -> None:
    community = make_community(make_values(roasts=ROASTS, settings={"Mode": "on"}))

    today = rendered(community)["Today"]

    assert today[0] == [
        "Running",
        "Mode cannot be read in Settings, so that nothing goes out; below stands what would.",
        "Settings: Mode",
    ]
    assert section(today, "Problems") == [
        [
            "on",
            '"on" is none of: show only, only to me, live, paused. The service only shows what it would do.',
            "Settings, row 12, Value",
        ]
    ]


def test_today_lists_changes_to_an_event_and_new_months_without_people() -> None:
    change = ChangeEvent("event", EventChange(title="New"))
    effects = [
        Effect(f"{M}/text", "event.text", change, due=NOW, meeting=M, who="title and text", urgency=1),
        Effect(f"{M}/link/2", "event.link", change, due=NOW, meeting=M, who="Meet link", urgency=2),
        Effect("roasts/2027-11", "month", AppendMonth(Month(2027, 11)), due=NOW, who="2027-11"),
        Effect("roasts/2027-12", "month", AppendMonth(Month(2027, 12)), due=NOW, who="2027-12"),
        Effect(f"{M}/guest/x", "guest", Record("done", "is on the list"), due=NOW, meeting=M, who="Ann Lee"),
    ]
    plan = Plan(NOW, tuple(Planned(effect, State.READY) for effect in effects))

    today = render(make_community(), plan)["Today"]

    assert section(today, "Going out in the next 7 days") == [
        ["Calendar event's title and text", "goes now", "2026-12"],
        ["Meet link asked for", "goes now", "2026-12"],
        ["New row in Roasts", "2 months, goes now", ""],
    ]


def test_today_names_the_tab_alone_when_all_of_it_is_wrong() -> None:
    today = rendered(make_community(make_values(roasts=ROASTS, service={"Needs": None})))["Today"]

    assert section(today, "Problems") == [
        [
            "Needs",
            "The tab Needs is missing. Bring it back with Undo, or run init for this spreadsheet. No need is "
            "read until it is back.",
            "Needs",
        ]
    ]


def test_today_shows_a_meeting_that_is_left_as_it_is() -> None:
    doubled = [{"Month": "2026-12"}, {"Month": "2026-12", "Host": "Ann Lee"}]

    today = rendered(make_community(make_values(roasts=doubled)))["Today"]

    assert section(today, "Next meeting")[:2] == [
        ["When", "Thursday 17 December 2026, 12:00", "America/New_York"],
        ["State", "left as it is: what Roasts says of it is not clear, see Problems", "Roasts, 2026-12"],
    ]
