"""The People tab: a row per person with their answers, their last mail and what is next."""

from datetime import UTC, datetime

from community.events import Response
from community.ledger import Phase
from tests.reports.builders import (
    ANN,
    BEN,
    MEMBERS,
    ROASTS,
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


def test_people_have_answers_a_last_mail_and_a_next_one() -> None:
    asked = make_entry(f"{M}/host/1/{key_of(ANN)}/ask", "host.ask", person=key_of(ANN), meeting=M)
    failed = make_entry(f"{M}/agenda/{key_of(ANN)}", "agenda", Phase.FAILED, person=key_of(ANN), meeting=M)
    older = make_entry(
        "access/x/1/welcome", "access.welcome", person=key_of(ANN), at=datetime(2026, 1, 5, tzinfo=UTC)
    )
    dee = {"Name": "Dee Fox", "Email": "dee@example.org", "Status": "left", "Mail": "nothing"}
    request = {"Name": "Zoe Young", "Email": ZOE, "Decision": "approve", "Wants": "meetups"}
    values = make_values(members=[*MEMBERS, dee], requests=[request], roasts=ROASTS[:1])
    event = make_event({ANN: Response.YES, BEN: Response.NONE, "dee@example.org": Response.MAYBE})

    rows = rendered(make_community(values, events=[event], ledger=make_ledger(asked, failed, older)))[
        "People"
    ]

    assert rows == [
        ["Name", "Email", "Status", "Mail", "Next meeting", "Last mail", "What next"],
        [
            *("Ann Lee", ANN, "active", "everything", "2026-12: yes"),
            *("Question to the host, 2026-12-07 10:00", "Reminder: Wed 16 Dec 12:00"),
        ],
        [
            *("Ben Roy", BEN, "active", "everything", "2026-12: no answer"),
            *("", "Agenda: Thu 10 Dec 12:00"),
        ],
        ["Dee Fox", "dee@example.org", "left", "nothing", "2026-12: maybe", "", ""],
        ["Zoe Young", ZOE, "active", "everything", "", "", "Invitation: goes now"],
    ]


def test_people_are_not_told_what_is_too_late() -> None:
    asked = make_entry(f"{M}/host/1/{key_of(ANN)}/ask", "host.ask", person=key_of(ANN), meeting=M)
    at = datetime(2026, 12, 17, 16, 0, tzinfo=UTC)
    ledger = make_ledger(asked, live_since=at)

    rows = rendered(make_community(ledger=ledger, now=at))["People"]

    assert rows[1][-1] == ""
