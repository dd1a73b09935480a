from datetime import date
from zoneinfo import ZoneInfo

import pytest

from sheets_schema.cells import Cell, Rows
from sheets_schema.choices import MailWish, Status
from sheets_schema.members import TAB, read
from sheets_schema.problems import Problem
from sheets_schema.rows import MemberRow

HEAD: list[Cell] = list(TAB.headers)
LEFT_OUT = "This person stays a guest where they are one, and gets no mail until this is mended."


def members(rows: Rows) -> tuple[tuple[MemberRow, ...] | None, list[Problem]]:
    problems: list[Problem] = []
    return read([HEAD, *rows], problems), problems


def typed(**cells: Cell) -> list[Cell]:
    """A row of Members, empty but for Ann's name and address; keywords are headers with _ for spaces."""
    values: dict[str, Cell] = {"Name": "Ann Lee", "Email": "ann@example.org"}
    values |= {name.replace("_", " "): cell for name, cell in cells.items()}
    return [values.get(str(header), "") for header in HEAD]


def test_a_member_is_read() -> None:
    row = typed(
        Email="Ann@Example.org ",
        Time_zone="Berlin",
        Language="en",
        Status="Paused",
        Mail="invitation only",
        Away_until="2026-12-10",
        May_be_introduced=True,
        Joined=46000,
        Send_again_on="1 Dec 2026",
        Private_notes="shy",
    )

    found, problems = members([row])

    assert problems == []
    assert found == (
        MemberRow(
            row=2,
            key="Ann@Example.org ",
            name="Ann Lee",
            email="ann@example.org",
            time_zone=ZoneInfo("Europe/Berlin"),
            language="en",
            status=Status.PAUSED,
            mail=MailWish.INVITATION_ONLY,
            away_until=date(2026, 12, 10),
            may_be_introduced=True,
            joined=date(2025, 12, 9),
            send_again_on=date(2026, 12, 1),
        ),
    )


def test_a_member_needs_name_and_address_only() -> None:
    found, problems = members([typed()])

    assert problems == []
    assert found == (MemberRow(2, "ann@example.org", "Ann Lee", "ann@example.org"),)


@pytest.mark.parametrize("column", ["Status", "Mail", "Away until"])
def test_a_member_is_left_out_when_it_is_not_sure_that_they_want_mail(column: str) -> None:
    found, problems = members([typed(**{column: "???"})])

    assert found == ()
    assert [(problem.row, problem.column, problem.value, problem.skipped) for problem in problems] == [
        (2, column, "???", LEFT_OUT)
    ]


def test_a_member_keeps_what_can_be_read() -> None:
    found, problems = members([typed(Time_zone="EST", Joined="long ago", Send_again_on="soon")])

    assert found == (MemberRow(2, "ann@example.org", "Ann Lee", "ann@example.org"),)
    assert [(problem.column, problem.skipped) for problem in problems] == [
        ("Time zone", "Mails show the community's time instead."),
        ("Joined", "It counts as empty."),
        ("Send again on", "Nothing is sent again."),
    ]


def test_a_second_row_with_one_address_does_not_count() -> None:
    found, problems = members([typed(), [], typed(Name="Ann L.", Email="ANN@example.org")])

    assert found == (MemberRow(2, "ann@example.org", "Ann Lee", "ann@example.org"),)
    what = "ann@example.org stands in row 2 already. Delete one of the two rows."
    assert problems == [Problem("Members", 4, "Email", "ANN@example.org", what, "Only row 2 counts.")]


def test_a_second_row_does_not_stand_in_for_one_that_is_left_out() -> None:
    found, problems = members([typed(Status="gone?"), typed()])

    assert found == ()
    assert [(problem.row, problem.column) for problem in problems] == [(2, "Status"), (3, "Email")]


def test_two_unreadable_addresses_are_two_problems() -> None:
    found, problems = members([typed(Email="ann@"), typed(Email="ann@gmial.com")])

    assert found == ()
    assert [problem.what for problem in problems] == [
        '"ann@" is not a mail address. There must be something after the @-sign.',
        '"ann@gmial.com" looks mistyped: did you mean ann@gmail.com?',
    ]


def test_members_stop_without_the_status() -> None:
    problems: list[Problem] = []

    found = read([["Name", "Email", "Mail", "Away until"], ["Ann", "ann@example.org"]], problems)

    assert found is None
    assert [problem.column for problem in problems] == ["Status"]
