from sheets_schema.log import TAB, read
from sheets_schema.problems import Problem
from sheets_schema.rows import LogEntry


def test_a_line_says_which_ledger_wrote_it() -> None:
    problems: list[Problem] = []

    found = read(
        [
            list(TAB.headers),
            [46366.5, "Agenda", "Ann", "sent", "k", "abc", 12],
            [],
            ["", "", "", "", "l", "abc", "13"],
        ],
        problems,
    )

    assert problems == []
    assert found == (LogEntry("abc", 12, "k", 46366.5), LogEntry("abc", 13, "l"))


def test_a_line_that_somebody_typed_is_a_problem() -> None:
    problems: list[Problem] = []

    found = read([list(TAB.headers), ["", "", "", "", "k", "abc", "last"]], problems)

    assert found == ()
    assert [(problem.row, problem.column, problem.skipped) for problem in problems] == [
        (2, "Number", "This row does not count as a witness of what was sent.")
    ]


def test_a_missing_tab_stops() -> None:
    assert read(None, []) is None
