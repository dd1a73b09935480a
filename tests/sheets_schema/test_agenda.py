from dataclasses import replace
from datetime import date

import pytest

from sheets_schema.agenda import DEFAULT, TAB, read
from sheets_schema.cells import Cell, Rows
from sheets_schema.contents import rows_of
from sheets_schema.problems import Problem
from sheets_schema.rows import AgendaRow

HEAD: list[Cell] = list(TAB.headers)
WAITS = "The agenda mail waits until it is mended."


def lines(*minutes: int) -> Rows:
    rows: Rows = [[index, length, f"Item {index}"] for index, length in enumerate(minutes)]
    return [HEAD, *rows]


def test_the_agenda_of_a_new_sheet_fits_a_new_sheet() -> None:
    problems: list[Problem] = []

    found = read([HEAD, *rows_of("Agenda", date(2026, 11, 20), {})], 60, 30, problems)

    assert problems == []
    assert found == (*DEFAULT[:-1], replace(DEFAULT[-1], optional=True))


def test_lines_are_sorted_by_their_order() -> None:
    rows: Rows = [HEAD, [2.5, 10, "Last", "all", "below"], [1, 20, "First"], [], [2, 30, "Second"]]

    found = read(rows, 60, 0, [])

    assert found == (
        AgendaRow(1.0, 20, "First"),
        AgendaRow(2.0, 30, "Second"),
        AgendaRow(2.5, 10, "Last", "all", "below"),
    )


def test_lines_after_the_end_are_optional() -> None:
    found = read(lines(60, 10, 20), 60, 30, [])

    assert found is not None
    assert [line.optional for line in found] == [False, True, True]


@pytest.mark.parametrize(
    ("minutes", "what"),
    [
        (
            (5, 10, 43),
            "5+10+43=58 minutes, but the meeting has 60. Change these lines, or Minutes in Settings.",
        ),
        (
            (40, 30, 5),
            "40+30=70 minutes, but the meeting has 60. Change these lines, or Minutes in Settings.",
        ),
        ((70,), "70 minutes, but the meeting has 60. Change these lines, or Minutes in Settings."),
        ((), "0 minutes, but the meeting has 60. Change these lines, or Minutes in Settings."),
        (
            (60, 20, 20),
            "After the meeting's 60 minutes come 20+20=40 minutes, but Settings let people stay on for 30. "
            "Shorten these lines, or raise Stay on.",
        ),
    ],
)
def test_an_agenda_that_does_not_add_up_is_refused_with_the_sum(minutes: tuple[int, ...], what: str) -> None:
    problems: list[Problem] = []

    found = read(lines(*minutes), 60, 30, problems)

    assert found == ()
    assert problems == [Problem("Agenda", None, "Minutes", "", what, WAITS)]


def test_a_line_that_cannot_be_read_is_left_out_of_the_sum() -> None:
    problems: list[Problem] = []

    found = read([*lines(60), [3, "ten", "Late"]], 60, 0, problems)

    assert found == (AgendaRow(0.0, 60, "Item 0"),)
    assert [(problem.row, problem.column, problem.skipped) for problem in problems] == [
        (3, "Minutes", "This line is left out.")
    ]


@pytest.mark.parametrize(("minutes", "stay_on"), [(None, 30), (60, None)])
def test_an_agenda_for_a_meeting_of_unknown_length_is_empty(minutes: int | None, stay_on: int | None) -> None:
    problems: list[Problem] = []

    assert read(lines(60), minutes, stay_on, problems) == ()
    assert problems == []


def test_a_missing_tab_stops() -> None:
    assert read(None, 60, 30, []) is None
