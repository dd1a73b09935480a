from datetime import date

import pytest

from sheets_schema.cells import YES_NO, Cell, Rows, text
from sheets_schema.columns import CHECK, PRIVATE_NOTES, Tab, optional, required
from sheets_schema.dates import DAY_IN_MONTH, MONTH
from sheets_schema.months import Month
from sheets_schema.problems import Problem
from sheets_schema.table import Row, read_table

WHEN = required("Month", MONTH, "The month.", "Left out.", aliases=("In month",))
NOTE = optional("Note", text(10), "", "A note.")
DAY = optional("Day", DAY_IN_MONTH, None, "A day.", "Held.", guard=True)
DONE = optional("Done", YES_NO, None, "Whether it is done.")
TAB = Tab(
    "Things", (CHECK, WHEN, NOTE, DAY, DONE, PRIVATE_NOTES), "Things.", "No thing is read.", key="Month"
)

HEAD: list[Cell] = ["Check", "Month", "Note", "Day", "Done", "Private notes"]
DECEMBER = Month(2026, 12)


def read(rows: Rows | None) -> tuple[list[Row] | None, list[Problem]]:
    problems: list[Problem] = []
    found = read_table(TAB, rows, problems)
    return (None if found is None else list(found)), problems


def values(
    when: Month = DECEMBER, note: str = "", day: date | None = None, done: bool | None = None
) -> dict[str, object]:
    return {"Month": when, "Note": note, "Day": day, "Done": done}


def test_a_row_is_read_by_its_headers() -> None:
    rows, problems = read([HEAD, ["all fine", "2026-12", " hello ", "10/12", "x", "secret"]])

    assert problems == []
    assert rows == [Row(2, "2026-12", values(DECEMBER, "hello", date(2026, 12, 10), True), False)]


def test_moved_and_renamed_headers_are_found() -> None:
    rows, problems = read([["Extra", "NOTE:", " in  month* ", "Day", "Check"], [1, "a", 46357, "", "b"]])

    assert problems == []
    assert rows == [Row(2, "46357", values(DECEMBER, "a"), False)]


def test_a_month_behind_the_day_still_settles_it() -> None:
    rows, _ = read([["Day", "Month"], ["10/12", "2026-12"]])

    assert rows == [Row(2, "2026-12", values(day=date(2026, 12, 10)), False)]


def test_empty_rows_between_are_passed_over() -> None:
    rows, problems = read(
        [HEAD, [], ["", "2026-12"], ["x", "", "", "", False, "notes alone"], ["", " "], ["", "2027-01"]]
    )

    assert problems == []
    assert rows is not None
    assert [(row.number, row.get(WHEN)) for row in rows] == [(3, DECEMBER), (6, Month(2027, 1))]


def test_a_required_cell_that_is_empty_drops_its_row() -> None:
    rows, problems = read([HEAD, ["", "", "hello"]])

    assert rows == [Row(2, "", {"Note": "hello", "Day": None, "Done": None}, True)]
    assert problems == [Problem("Things", 2, "Month", "", "This cell is empty.", "Left out.")]


def test_a_guard_that_cannot_be_read_drops_its_row() -> None:
    rows, problems = read([HEAD, ["", "2026-12", "", "soon"]])

    assert rows is not None
    assert rows[0].dropped
    assert rows[0].find(WHEN) == DECEMBER
    assert rows[0].find(DAY) is None
    assert problems == [
        Problem("Things", 2, "Day", "soon", '"soon" is not a date: write it like 2026-12-17.', "Held.")
    ]


def test_an_optional_cell_that_cannot_be_read_counts_as_empty() -> None:
    rows, problems = read([HEAD, ["", "2026-12", "", "", "perhaps"]])

    assert rows == [Row(2, "2026-12", values(), False)]
    what = '"perhaps" is neither yes nor no: write one of the two.'
    assert problems == [Problem("Things", 2, "Done", "perhaps", what, "It counts as empty.")]


def test_a_text_that_is_too_long_is_used_as_far_as_it_goes() -> None:
    rows, problems = read([HEAD, ["", "2026-12", "12345678901"]])

    assert rows == [Row(2, "2026-12", values(note="1234567890"), False)]
    what = "This is 11 characters long, 10 are allowed: only those are used."
    assert problems == [Problem("Things", 2, "Note", "12345678901", what, "")]


def test_a_failed_formula_is_a_problem_in_any_column() -> None:
    rows, problems = read([HEAD, ["#REF!", "2026-12", "#N/A"]])

    assert rows == [Row(2, "2026-12", values(), False)]
    what = "The formula in this cell fails (#N/A): mend it, or type the value itself."
    assert problems == [Problem("Things", 2, "Note", "#N/A", what, "It counts as empty.")]


def test_all_problems_of_a_row_are_gathered() -> None:
    _, problems = read([HEAD, ["", "x", "", "y", "z"]])

    assert [problem.column for problem in problems] == ["Month", "Day", "Done"]


def test_a_missing_tab_stops() -> None:
    rows, problems = read(None)

    assert rows is None
    what = "The tab Things is missing. Bring it back with Undo, or run init for this spreadsheet."
    assert problems == [Problem("Things", None, None, "", what, "No thing is read.")]


@pytest.mark.parametrize("rows", [[], [[]], [["Note"], ["2026-12"]]])
def test_a_tab_without_its_headers_stops(rows: Rows) -> None:
    found, problems = read(rows)

    assert found is None
    what = "Row 1 has no column headed Month and Day. Type the header above its column again."
    assert problems == [Problem("Things", 1, "Month", "", what, "No thing is read.")]


def test_a_header_that_stands_twice_stops() -> None:
    found, problems = read([["Month", "Day", "month *"], ["2026-12", "", "2027-01"]])

    assert found is None
    what = "2 columns are headed Month and month *. Rename or delete what is not meant."
    assert problems == [Problem("Things", 1, "Month", "Month", what, "No thing is read.")]


def test_two_headers_that_mean_the_same_stop() -> None:
    found, problems = read([["In month", "Day", "In month:"], ["2026-12", "", "2027-01"]])

    assert found is None
    what = "2 columns are headed In month and In month: and mean Month. Rename or delete what is not meant."
    assert problems == [Problem("Things", 1, "Month", "In month", what, "No thing is read.")]


def test_a_column_of_the_organizers_own_may_be_called_like_an_alias() -> None:
    rows, problems = read([["In month", "Month", "Day"], ["my own words", "2026-12"]])

    assert rows == [Row(2, "2026-12", values(), False)]
    assert problems == []


def test_a_header_that_nobody_reads_may_stand_twice() -> None:
    found, problems = read([[*HEAD, "Private notes", "Mine", "Mine"], ["", "2026-12"]])

    assert found == [Row(2, "2026-12", values(), False)]
    assert problems == []


def test_an_optional_column_may_be_missing() -> None:
    found, problems = read([["Month", "Day"], ["2026-12"]])

    assert found == [Row(2, "2026-12", values(), False)]
    assert problems == []


def test_a_long_value_is_shortened_in_a_problem() -> None:
    _, problems = read([HEAD, ["", "2026-12", "", "", "y" * 100]])

    assert problems[0].value == "y" * 77 + "..."
