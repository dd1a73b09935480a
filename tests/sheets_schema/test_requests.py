from datetime import date

import pytest

from sheets_schema.cells import Cell, Rows
from sheets_schema.choices import Decision, Wants
from sheets_schema.problems import Problem
from sheets_schema.requests import TAB, read
from sheets_schema.rows import RequestRow

HEAD: list[Cell] = list(TAB.headers)


def requests(rows: Rows) -> tuple[tuple[RequestRow, ...] | None, list[Problem]]:
    problems: list[Problem] = []
    return read([HEAD, *rows], problems), problems


def typed(**cells: Cell) -> list[Cell]:
    values: dict[str, Cell] = {"Email": "ann@example.org"}
    values |= {name.replace("_", " "): cell for name, cell in cells.items()}
    return [values.get(str(header), "") for header in HEAD]


def test_a_request_is_read() -> None:
    row = typed(
        Received=46366.5,
        Name="Ann Lee",
        About_you="I teach.\nI like it.",
        Wants="Meetups, Discord",
        Decision="Approved",
        Send_again_on="2026-12-10",
    )

    found, problems = requests([row])

    assert problems == []
    assert found == (
        RequestRow(
            row=2,
            key="ann@example.org",
            received=46366.5,
            name="Ann Lee",
            email="ann@example.org",
            about="I teach.\nI like it.",
            wants=Wants.BOTH,
            decision=Decision.APPROVE,
            send_again_on=date(2026, 12, 10),
        ),
    )


def test_a_request_needs_an_address_only() -> None:
    found, problems = requests([typed()])

    assert problems == []
    assert found == (RequestRow(2, "ann@example.org", 0.0, "", "ann@example.org"),)


def test_a_form_may_fill_the_tab() -> None:
    problems: list[Problem] = []
    rows: Rows = [
        ["Timestamp", "Email address", "Your name", "Wants", "Decision"],
        [46366.5, "ann@example.org", "Ann"],
    ]

    assert read(rows, problems) == (RequestRow(2, "ann@example.org", 46366.5, "Ann", "ann@example.org"),)
    assert problems == []


def test_one_person_may_ask_twice() -> None:
    found, problems = requests([typed(), typed(Wants="leave")])

    assert problems == []
    assert found is not None
    assert [(request.row, request.wants) for request in found] == [(2, Wants.BOTH), (3, Wants.LEAVE)]


def test_a_decision_that_cannot_be_read_waits() -> None:
    found, problems = requests([typed(Decision="aprove it")])

    assert found == (RequestRow(2, "ann@example.org", 0.0, "", "ann@example.org"),)
    assert [(problem.column, problem.skipped) for problem in problems] == [
        ("Decision", "This request waits until it is mended.")
    ]


@pytest.mark.parametrize(("column", "cell"), [("Wants", "a pony"), ("Email", "ann@gmial.com")])
def test_a_request_that_is_not_understood_waits(column: str, cell: str) -> None:
    found, problems = requests([typed(**{column: cell})])

    assert found == ()
    assert [(problem.column, problem.skipped) for problem in problems] == [
        (column, "This request waits until it is mended.")
    ]


def test_a_request_whose_domain_only_looks_right_is_named_and_not_approved() -> None:
    found, problems = requests([typed(Email="ann@ex\u0430mple.org", Decision="approve")])

    assert found == ()
    assert problems == [
        Problem(
            "Requests",
            2,
            "Email",
            "ann@ex\u0430mple.org",
            '"ann@ex\u0430mple.org" mixes letters that look alike: \u0430 is Cyrillic. '
            "Type the address anew, by hand.",
            "This request waits until it is mended.",
        )
    ]


def test_a_request_of_an_unknown_day_counts_as_the_oldest() -> None:
    found, problems = requests([typed(Received="yesterday")])

    assert found == (RequestRow(2, "ann@example.org", 0.0, "", "ann@example.org"),)
    assert [problem.skipped for problem in problems] == ["It counts as the oldest."]


def test_a_missing_tab_stops() -> None:
    assert read(None, []) is None
