"""Every problem once per cell, in the order of the sheet, in whole sentences."""

import pytest

from community.ledger import Phase
from reports.problems import all_problems, rows
from sheets_schema.problems import Problem
from tests.reports.builders import (
    ANN,
    BEN,
    MEMBERS,
    M,
    key_of,
    make_community,
    make_entry,
    make_event,
    make_ledger,
    make_values,
)

HEADER = ["Tab", "Row", "Column", "Value", "What is wrong", "What was skipped"]
ALREADY = Problem(
    "Requests",
    2,
    "Email",
    ANN,
    "Ann Lee is a member already (Members, row 2, active).",
    "They were not added twice.",
)


def test_problems_of_all_kinds_come_in_the_sheets_order() -> None:
    values = make_values(
        members=[*MEMBERS, {"Name": "Cy", "Email": "cy@gmial.com"}],
        roasts=[{"Month": "2026-12", "Host": "Zed"}],
        requests=[{"Name": "Ann", "Email": ANN, "Decision": "approve"}],
    )
    added = make_entry(f"{M}/guest/{key_of(BEN)}", "guest", Phase.DONE, person=key_of(BEN), meeting=M)
    asked = make_entry("2027-01.g0/existing", "event.existing", Phase.DONE, meeting="2027-01.g0")
    community = make_community(values, events=[make_event({})], ledger=make_ledger(added, asked))

    assert all_problems(community) == (
        Problem(
            "Roasts",
            2,
            "Host",
            "Zed",
            "Zed is nobody in Members; type the name as it stands there, or an address.",
            "Nobody was asked to host this month.",
        ),
        Problem(
            "Members",
            3,
            "Email",
            "Ben Roy",
            "Ben Roy was taken off the guest list of 2026-12 in Calendar; if that was a mistake, add them "
            "there.",
            "They are not invited again.",
        ),
        Problem(
            "Members",
            4,
            "Email",
            "cy@gmial.com",
            '"cy@gmial.com" looks mistyped: did you mean cy@gmail.com?',
            "This person stays a guest where they are one, and gets no mail until this is mended.",
        ),
        ALREADY,
        Problem(
            "Settings",
            None,
            "My existing event",
            "ask",
            "Your calendar has an event at the time of the meeting of 2027-01. Type adopt to use that event, "
            "or make new to have one beside it.",
            "No event was made for that meeting.",
        ),
    )


def test_a_cell_that_cannot_be_read_is_a_problem_once() -> None:
    values = make_values(members=[{"Name": "Ann", "Email": ANN, "Mail": "nothing"}])

    (problem,) = (one for one in all_problems(make_community(values)) if one.row == 2)

    assert problem.what == "Ann Lee is nobody in Members; type the name as it stands there, or an address."


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        (
            "Ann <ann@ex\u0430mple.org>",
            '"Ann <ann@ex\u0430mple.org>" mixes letters that look alike: \u0430 is Cyrillic. '
            "Type the address anew, by hand.",
        ),
        ("zed@gmial.com", '"zed@gmial.com" looks mistyped: did you mean zed@gmail.com?'),
    ],
)
def test_a_hosts_address_that_cannot_be_right_is_a_problem_and_nobody_is_asked(typed: str, what: str) -> None:
    community = make_community(make_values(roasts=[{"Month": "2026-12", "Host": typed}]))

    problems = [one for one in all_problems(community) if one.tab == "Roasts"]

    assert problems == [Problem("Roasts", 2, "Host", typed, what, "Nobody was asked to host this month.")]


def test_the_tab_lists_a_problem_per_row() -> None:
    whole_tab = Problem("Needs", None, None, "", "The tab Needs is missing.", "No need is read.")

    assert rows([ALREADY, whole_tab]) == [
        HEADER,
        ["Requests", 2, "Email", ANN, ALREADY.what, ALREADY.skipped],
        ["Needs", "", "", "", "The tab Needs is missing.", "No need is read."],
    ]
