from sheets_schema.choices import NeedStatus
from sheets_schema.months import Month
from sheets_schema.needs import TAB, read
from sheets_schema.problems import Problem
from sheets_schema.rows import NeedRow


def test_a_need_is_read() -> None:
    problems: list[Problem] = []
    row = ["", "2026-12", "Ann Lee", "A retreat", "A venue for 20", "Bo, Cy", "Connected", "mine"]

    found = read([list(TAB.headers), list(row)], problems)

    assert problems == []
    assert found == (
        NeedRow(
            row=2,
            key="A venue for 20",
            month=Month(2026, 12),
            who="Ann Lee",
            working_on="A retreat",
            need="A venue for 20",
            helpers="Bo, Cy",
            status=NeedStatus.CONNECTED,
        ),
    )


def test_a_need_that_says_nothing_is_left_out() -> None:
    problems: list[Problem] = []

    found = read([list(TAB.headers), ["", "2026-12", "Ann Lee"]], problems)

    assert found == ()
    assert problems == [Problem("Needs", 2, "Need", "", "This cell is empty.", "This row is left out.")]


def test_a_missing_tab_stops() -> None:
    assert read(None, []) is None
