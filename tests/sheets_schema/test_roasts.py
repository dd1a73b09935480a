from datetime import date, time

import pytest

from sheets_schema.cells import Cell, Rows
from sheets_schema.months import Month
from sheets_schema.problems import Problem
from sheets_schema.roasts import TAB, read
from sheets_schema.rows import RoastRow

HEAD: list[Cell] = list(TAB.headers)
DECEMBER = Month(2026, 12)
Found = tuple[tuple[RoastRow, ...], frozenset[Month]] | None


def roasts(rows: Rows) -> tuple[Found, list[Problem]]:
    problems: list[Problem] = []
    return read([HEAD, *rows], problems), problems


def typed(month: Cell, **cells: Cell) -> list[Cell]:
    values: dict[str, Cell] = {"Month": month}
    values |= {name.replace("_", " "): cell for name, cell in cells.items()}
    return [values.get(str(header), "") for header in HEAD]


def test_a_roast_is_read() -> None:
    row = typed(
        "Dec 2026",
        Host="Ann Lee",
        Plan_title="Budget as a story",
        In_one_sentence="Numbers are told, not shown.",
        Link="example.org/plan",
        Question_for_the_group="How to begin?",
        Host_agreed="yes",
        Backup="bo@example.org",
        Backup_agreed=False,
        Other_date="10/12",
        Other_start="5 pm",
        No_meeting_because="",
        Send_agenda="y",
        Recap_for_everyone="no",
    )

    found, problems = roasts([row])

    assert problems == []
    assert found == (
        (
            RoastRow(
                row=2,
                key="Dec 2026",
                month=DECEMBER,
                host="Ann Lee",
                plan_title="Budget as a story",
                sentence="Numbers are told, not shown.",
                link="https://example.org/plan",
                question="How to begin?",
                host_agreed=True,
                backup="bo@example.org",
                backup_agreed=False,
                other_date=date(2026, 12, 10),
                other_start=time(17),
                no_meeting="",
                send_agenda=True,
                recap=False,
            ),
        ),
        frozenset(),
    )


def test_a_month_may_be_a_date_cell() -> None:
    found, problems = roasts([typed(46357)])

    assert problems == []
    assert found == ((RoastRow(2, "46357", DECEMBER),), frozenset())


def test_a_month_in_two_rows_counts_in_neither() -> None:
    found, problems = roasts([typed("2026-12", Host="Ann"), typed("2027-01"), typed("12/2026", Host="Bo")])

    assert found == ((RoastRow(3, "2027-01", Month(2027, 1)),), frozenset([DECEMBER]))
    skipped = "This month's meeting is left as it is until this is mended."
    assert problems == [
        Problem(
            "Roasts",
            2,
            "Month",
            "2026-12",
            "2026-12 stands in row 4, too. Delete the row that is not meant.",
            skipped,
        ),
        Problem(
            "Roasts",
            4,
            "Month",
            "12/2026",
            "2026-12 stands in row 2, too. Delete the row that is not meant.",
            skipped,
        ),
    ]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Other date", "2027-01-20"),
        ("Other date", "10 or 11"),
        ("Other start", "late"),
        ("No meeting because", "#REF!"),
        ("Host", "#N/A"),
    ],
)
def test_a_meeting_is_left_as_it_is_when_its_row_is_not_sure(column: str, cell: str) -> None:
    found, problems = roasts([typed("2026-12", **{column: cell})])

    assert found == ((), frozenset([DECEMBER]))
    assert [(problem.row, problem.column, problem.skipped) for problem in problems] == [
        (2, column, "This month's meeting is left as it is until this is mended.")
    ]


def test_a_row_without_a_month_is_left_out() -> None:
    found, problems = roasts([typed("", Host="Ann"), typed("2026-12")])

    assert found == ((RoastRow(3, "2026-12", DECEMBER),), frozenset())
    assert problems == [Problem("Roasts", 2, "Month", "", "This cell is empty.", "This row is left out.")]


def test_a_link_that_is_not_safe_is_left_away() -> None:
    found, problems = roasts([typed("2026-12", Link="http://example.org")])

    assert found == ((RoastRow(2, "2026-12", DECEMBER),), frozenset())
    assert [problem.skipped for problem in problems] == ["Mails go without the link."]


def test_nobody_is_taken_to_have_agreed_or_not_when_that_column_has_no_header() -> None:
    problems: list[Problem] = []
    head: list[Cell] = ["" if cell == "Host agreed" else cell for cell in HEAD]

    assert read([head, typed("2026-12", Host="Ann")], problems) is None
    assert [problem.column for problem in problems] == ["Host agreed"]


def test_a_missing_tab_stops() -> None:
    problems: list[Problem] = []

    assert read(None, problems) is None
    assert [problem.tab for problem in problems] == ["Roasts"]


def test_header_that_was_moved_away_from_its_column_stops_the_tab() -> None:
    place = HEAD.index("Host")
    head: list[Cell] = [*HEAD[:place], "", *HEAD[place + 1 :], "Host"]
    problems: list[Problem] = []

    found = read([head, typed("2026-12", Host="Ann Lee")], problems)

    assert found is None
    assert [(problem.row, problem.what) for problem in problems] == [
        (1, "Column C has no header above what stands in it. Type the header again, or clear the column.")
    ]


def test_notes_of_the_organizers_own_need_no_header() -> None:
    problems: list[Problem] = []
    row = typed("2026-12", Host="Ann Lee")

    empty = read([[*HEAD[:3], "", *HEAD[3:]], [*row[:3], "", *row[3:]]], problems)
    beside = read([HEAD, [*row, "ask her in May"]], problems)

    assert problems == []
    assert empty == beside
    assert empty is not None
