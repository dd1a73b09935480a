from datetime import date, timedelta

import pytest

from sheets_schema.cells import Cell, Rows
from sheets_schema.contents import rows_of
from sheets_schema.emails import TAB, before, read, without_tab
from sheets_schema.problems import Problem
from sheets_schema.rows import EmailRow
from sheets_schema.wording import BUILT_IN

HEAD: list[Cell] = list(TAB.headers)
FILLED = rows_of("Emails", date(2026, 11, 20), {})
AGENDA = next(index for index, row in enumerate(FILLED) if row[0] == "agenda")
OWN_WORDS = "The built-in wording is used until it is mended."


def emails(rows: Rows) -> tuple[dict[str, EmailRow], list[Problem]]:
    problems: list[Problem] = []
    found = read([HEAD, *rows], problems)
    assert found is not None
    return found, problems


def with_agenda(**cells: Cell) -> Rows:
    """The rows of a new sheet, with other cells in the agenda's row."""
    return [
        [cells.get(str(header), cell) for header, cell in zip(HEAD, row, strict=True)]
        if row[0] == "agenda"
        else row
        for row in FILLED
    ]


def test_the_mails_of_a_new_sheet_are_the_built_in_ones() -> None:
    found, problems = emails(FILLED)

    assert problems == []
    assert found == {
        kind: EmailRow(kind, words.goes_to, before(words.when), True, words.subject, words.text)
        for kind, words in BUILT_IN.items()
    }


def test_a_mail_is_worded_and_timed_by_its_row() -> None:
    rows = with_agenda(
        Mail=" Agenda", When="10 Days before", Send=True, Subject="Come, {name}", Text="Hello\n\n{agenda}"
    )

    found, problems = emails(rows)

    assert problems == []
    assert found["agenda"] == EmailRow(
        "agenda", BUILT_IN["agenda"].goes_to, timedelta(days=10), True, "Come, {name}", "Hello\n\n{agenda}"
    )


def test_cells_that_are_empty_have_the_built_in_wording() -> None:
    found, problems = emails(with_agenda(Subject="", Text=" "))

    assert problems == []
    assert found["agenda"].subject == BUILT_IN["agenda"].subject
    assert found["agenda"].text == BUILT_IN["agenda"].text


def test_an_unknown_placeholder_brings_the_built_in_wording() -> None:
    found, problems = emails(with_agenda(Subject="Hi {nmae}", Text="To {nobody}"))

    assert [(problem.row, problem.column, problem.skipped) for problem in problems] == [
        (AGENDA + 2, "Subject", OWN_WORDS),
        (AGENDA + 2, "Text", OWN_WORDS),
    ]
    assert problems[1].what.startswith("{nobody} is not known in this mail; it knows {agenda}")
    assert found["agenda"].subject == BUILT_IN["agenda"].subject
    assert found["agenda"].text == BUILT_IN["agenda"].text


def test_a_text_that_is_too_long_brings_the_built_in_wording() -> None:
    found, problems = emails(with_agenda(Text="x" * 20_001))

    assert [(problem.what, problem.skipped) for problem in problems] == [
        ("This is 20001 characters long, 20000 are allowed.", OWN_WORDS)
    ]
    assert found["agenda"].text == BUILT_IN["agenda"].text


@pytest.mark.parametrize("cell", ["perhaps", "#REF!"])
def test_a_mail_is_not_sent_when_send_cannot_be_read(cell: str) -> None:
    found, problems = emails(with_agenda(Send=cell))

    assert not found["agenda"].send
    assert [(problem.column, problem.skipped) for problem in problems] == [
        ("Send", "This mail is not sent until it is mended.")
    ]


def test_a_mail_is_not_sent_when_send_is_empty() -> None:
    found, problems = emails(with_agenda(Send=""))

    assert problems == []
    assert not found["agenda"].send


@pytest.mark.parametrize("when", ["soon", "", "7 days", "1000 days before", 7])
def test_a_mail_is_not_sent_when_its_time_cannot_be_read(when: Cell) -> None:
    found, problems = emails(with_agenda(When=when))

    assert not found["agenda"].send
    assert [(problem.column, problem.what) for problem in problems] == [
        ("When", f'"{when}" is not understood: write it like "7 days before".')
    ]


def test_the_time_of_a_mail_that_follows_an_event_is_not_read() -> None:
    rows: Rows = [
        ["access.welcome", "", "whenever", "yes"],
        *(row for row in FILLED if row[0] != "access.welcome"),
    ]

    found, problems = emails(rows)

    assert problems == []
    assert found["access.welcome"].before is None
    assert found["access.welcome"].send


def test_a_mail_without_a_row_is_not_sent() -> None:
    found, problems = emails([row for row in FILLED if row[0] != "agenda"])

    assert not found["agenda"].send
    what = "The row of the mail agenda is missing. Bring it back with Undo, or run init for this spreadsheet."
    assert problems == [Problem("Emails", None, "Mail", "", what, "This mail is not sent until it is back.")]


def test_alerts_go_out_without_a_row() -> None:
    found, problems = emails([row for row in FILLED if row[0] != "organizer.alert"])

    assert found["organizer.alert"].send
    assert [problem.skipped for problem in problems] == [""]


def test_a_mail_that_does_not_exist_is_a_problem() -> None:
    _, problems = emails([*FILLED, ["agneda", "", "", "yes"]])

    assert [(problem.row, problem.value, problem.skipped) for problem in problems] == [
        (len(FILLED) + 2, "agneda", "This row is left out.")
    ]
    assert problems[0].what.startswith('There is no mail called "agneda". There are: access.welcome')


def test_a_second_row_of_a_mail_does_not_count() -> None:
    found, problems = emails([*FILLED, ["agenda", "", "1 days before", "no"]])

    assert found["agenda"].send
    what = "Two rows are about agenda. Delete the one that is not meant."
    assert problems == [
        Problem("Emails", len(FILLED) + 2, "Mail", "agenda", what, "Only the first row counts.")
    ]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("28 days before", timedelta(days=28)),
        ("1 day before", timedelta(days=1)),
        ("24 hours before the start", timedelta(hours=24)),
        ("2 weeks before", timedelta(weeks=2)),
        ("90 minutes before", timedelta(minutes=90)),
        ("when approved", None),
        ("before", None),
        ("7 days beforehand", None),
    ],
)
def test_a_time_before_the_start_is_read(when: str, expected: timedelta | None) -> None:
    assert before(when) == expected


def test_only_alerts_go_out_without_the_tab() -> None:
    assert [kind for kind, mail in without_tab().items() if mail.send] == ["organizer.alert"]
    assert read(None, []) is None
