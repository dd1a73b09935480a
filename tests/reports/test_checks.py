"""The Checks tab: one line beside each row of which there is something to say."""

from datetime import UTC, datetime, timedelta

from community.community import Community
from community.events import Response
from community.ledger import Phase
from sheets_schema.cells import Cell
from tests.reports.builders import (
    ANN,
    BEN,
    MEMBERS,
    NOW,
    ROASTS,
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

MEETING = "Roasts|2026-12"


def checks(community: Community) -> dict[Cell, Cell]:
    """The lines by key."""
    header, *rows = rendered(community)["Checks"]
    assert header == ["Key", "Line"]
    assert len({row[0] for row in rows}) == len(rows)
    return {row[0]: row[1] for row in rows}


def test_members_see_their_place_and_their_mails() -> None:
    mails = [
        make_entry(f"{M}/agenda/{key_of(ANN)}", "agenda", person=key_of(ANN), meeting=M),
        make_entry(
            f"{M}/reminder/{key_of(ANN)}",
            "reminder",
            Phase.UNCONFIRMED,
            person=key_of(ANN),
            meeting=M,
            at=NOW,
        ),
    ]
    dee: dict[str, Cell] = {"Name": "Dee Fox", "Email": "Dee@Example.org ", "Status": "left"}
    gone: dict[str, Cell] = {"Name": "Gus Orr", "Email": "gus@example.org", "Status": "left"}
    new: dict[str, Cell] = {"Name": "Zoe Young", "Email": ZOE}
    added = make_entry(f"{M}/guest/{key_of('dee@example.org')}", "guest", Phase.DONE, meeting=M)
    guests = {ANN: Response.YES, BEN: Response.NONE, "dee@example.org": Response.NONE}
    values = make_values(members=[*MEMBERS, dee, gone, new], roasts=[])

    found = checks(make_community(values, events=[make_event(guests)], ledger=make_ledger(*mails, added)))

    assert found == {
        f"Members|{ANN}": "guest of 2026-12 (yes), agenda sent, reminder almost surely sent, "
        "to be invited to 2027-01",
        f"Members|{BEN}": "guest of 2026-12 (no answer), to be invited to 2027-01",
        "Members|Dee@Example.org ": "to be taken off the guest list of 2026-12",
        f"Members|{ZOE}": "to be invited to 2026-12, to be invited to 2027-01",
    }


def test_member_who_left_by_a_request_sees_it_in_the_row() -> None:
    leave: dict[str, Cell] = {"Received": "2026-12-01", "Email": ANN, "Wants": "leave"}
    event = make_event({BEN: Response.NONE})

    found = checks(make_community(make_values(requests=[leave], roasts=[]), events=[event]))

    assert found[f"Members|{ANN}"] == "left, as asked in Requests"


def test_members_without_a_meeting_ahead_see_their_last_mail() -> None:
    sent = make_entry("2026-11.g0/reminder/x", "reminder", person=key_of(ANN), meeting="2026-11.g0")
    skipped = [{"Month": month, "No meeting because": "a break"} for month in ("2026-12", "2027-01")]

    found = checks(make_community(make_values(roasts=skipped), ledger=make_ledger(sent), events=[]))

    assert found == {
        MEETING: "no meeting: a break",
        "Roasts|2027-01": "no meeting: a break",
        f"Members|{ANN}": "reminder sent 7 Dec",
    }


def test_roasts_see_their_state_and_their_host() -> None:
    asked = make_entry(f"{M}/host/1/{key_of(ANN)}/ask", "host.ask", person=key_of(ANN), meeting=M)
    moved = make_event(start=START + timedelta(hours=1))

    found = checks(
        make_community(make_values(members=[], roasts=ROASTS), events=[moved], ledger=make_ledger(asked))
    )

    assert (
        found[MEETING] == "Ann Lee is nobody in Members; type the name as it stands there, or an address. "
        "Nobody was asked to host this month."
    )

    found = checks(make_community(events=[moved], ledger=make_ledger(asked)))

    assert found[MEETING] == (
        "moved in Calendar to Thu 17 Dec 13:00, host: Ann Lee, asked 7 Dec, no answer yet"
    )
    assert found["Roasts|2027-01"] == "planned, host: Ben Roy, not asked yet"


def test_requests_see_what_became_of_them() -> None:
    people = {
        "a@example.org": {"Decision": "approve", "Wants": "Discord"},
        "b@example.org": {"Decision": "decline"},
        "c@example.org": {"Decision": "hold"},
        "d@example.org": {"Decision": "ignore"},
        "e@example.org": {},
        "f@example.org": {"Wants": "leave"},
        BEN: {"Wants": "fewer mails"},
        "g@example.org": {"Decision": "approve", "Wants": "Discord", "Send again on": "2026-12-20"},
    }
    rows = [{"Email": email} | cells for email, cells in people.items()]
    sent = [
        make_entry(f"access/{key_of('b@example.org')}/1/decline", "access.decline"),
        make_entry(f"access/{key_of('g@example.org')}/1/welcome", "access.welcome"),
    ]
    values = make_values(requests=rows, settings={"Wait after my last change": "10"})

    found = checks(make_community(values, ledger=make_ledger(*sent)))

    assert {key: line for key, line in found.items() if str(key).startswith("Requests|")} == {
        "Requests|a@example.org": "welcome: goes 10:05",
        "Requests|b@example.org": "answer sent 7 Dec",
        "Requests|c@example.org": "on hold",
        "Requests|d@example.org": "ignored",
        "Requests|e@example.org": "waits for your decision",
        "Requests|f@example.org": "is nobody in Members",
        f"Requests|{BEN}": "gets fewer mails",
        "Requests|g@example.org": "welcome sent 7 Dec, welcome: Sun 20 Dec 09:00",
    }


def test_problems_come_instead_of_the_state() -> None:
    request: dict[str, Cell] = {"Name": "Ann", "Email": "Ann@example.org", "Decision": "approve"}
    need: dict[str, Cell] = {"Month": "2026-12", "Who asks": "Ann", "Need": "a room", "Status": "opne"}
    odd: dict[str, Cell] = {"Name": "Cy", "Email": "cy@gmial.com"}
    dull: dict[str, Cell] = {"Name": "Di", "Email": "di@example.org", "Mail": "none at all"}
    values = make_values(members=[*MEMBERS, odd, dull], requests=[request], needs=[need], roasts=[])

    found = checks(make_community(values, events=[make_event({})]))

    assert {key: line for key, line in found.items() if "to be invited" not in str(line)} == {
        "Requests|Ann@example.org": "Ann Lee is a member already (Members, row 2, active). They were not "
        "added twice.",
        "Needs|a room": '"opne" is none of: open, connected, met, dropped. Did you mean open? It counts as '
        "open.",
        "Members|cy@gmial.com": '"cy@gmial.com" looks mistyped: did you mean cy@gmail.com? This person stays '
        "a guest where they are one, and gets no mail until this is mended.",
        "Members|di@example.org": '"none at all" is none of: everything, invitation and agenda, invitation '
        "only, nothing. This person stays a guest where they are one, and gets no mail until this is mended.",
    }


def test_rows_with_one_key_share_a_line() -> None:
    rows: list[dict[str, Cell]] = [
        {"Email": ZOE, "Decision": "ignore", "Received": 46300},
        {"Email": ZOE.upper(), "Received": 46301},
        {"Email": ZOE, "Received": 46302},
    ]

    found = checks(make_community(make_values(requests=rows, roasts=[], members=[]), events=[]))

    assert found == {f"Requests|{ZOE}": "ignored; waits for your decision"}


def test_a_key_too_long_for_a_cell_is_left_out() -> None:
    need = {"Month": "2026-12", "Who asks": "Ann", "Need": "x" * 49_999, "Status": "opne"}

    assert checks(make_community(make_values(needs=[need], members=[], roasts=[]), events=[])) == {}


def test_checks_do_not_change_with_the_clock() -> None:
    values = make_values(requests=[{"Email": ZOE, "Decision": "decline"}])
    sent = make_entry(
        f"access/{key_of(ZOE)}/1/decline", "access.decline", at=datetime(2026, 11, 1, tzinfo=UTC)
    )

    first = checks(make_community(values, ledger=make_ledger(sent)))
    later = checks(make_community(values, ledger=make_ledger(sent), now=NOW + timedelta(hours=5)))

    assert first == later
