from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_schema.cells import Cell, Rows
from sheets_schema.contents import rows_of
from sheets_schema.emails import without_tab
from sheets_schema.months import Month
from sheets_schema.problems import Problem
from sheets_schema.rows import LogEntry, Settings
from sheets_schema.sheet import ORGANIZER_TABS, SERVICE_TABS, TABS, Sheet, ranges, read_sheet

HEADERS: dict[str, list[Cell]] = {tab.title: list(tab.headers) for tab in TABS}
CHOSEN = {"Organizer": "organizer@example.org"}
NEW: dict[str, Rows | None] = {
    title: [head, *rows_of(title, date(2026, 11, 20), CHOSEN)] for title, head in HEADERS.items()
}
WORDS = [
    "",
    "2026-12",
    "10/12",
    "ann@example.org",
    "yes",
    "active",
    "agenda",
    "Mode",
    "live",
    "#REF!",
    "Ann",
    46357,
    5,
]
CELLS = st.one_of(st.sampled_from(WORDS), st.text(max_size=20), st.integers(), st.floats(), st.booleans())


def test_tabs_stand_in_the_organizers_order() -> None:
    assert ORGANIZER_TABS == ("Roasts", "Members", "Requests", "Needs", "Emails", "Agenda", "Settings")
    assert SERVICE_TABS == ("Today", "Meetings", "People", "Outbox", "Problems", "Checks", "Log")
    assert ranges() == ["Today", *ORGANIZER_TABS, *SERVICE_TABS[1:]]


def test_a_new_sheet_has_no_problems() -> None:
    sheet = read_sheet(NEW)

    assert sheet.problems == ()
    assert sheet.stopped == frozenset()
    assert [roast.month for roast in sheet.roasts] == [Month(2026, 11).plus(ahead) for ahead in range(12)]
    assert sum(line.minutes for line in sheet.agenda if not line.optional) == 60


def test_a_spreadsheet_without_tabs_is_read() -> None:
    sheet = read_sheet({})

    assert sheet == Sheet(
        settings=Settings(),
        emails=without_tab(),
        problems=sheet.problems,
        stopped=frozenset([*ORGANIZER_TABS, *SERVICE_TABS]),
    )
    assert [(problem.tab, problem.row) for problem in sheet.problems] == [(tab.title, None) for tab in TABS]


@pytest.mark.parametrize("title", [tab.title for tab in TABS])
def test_a_missing_tab_stops_nothing_else(title: str) -> None:
    sheet = read_sheet(NEW | {title: None})

    assert sheet.stopped == frozenset([title])
    assert [problem.tab for problem in sheet.problems] == [title]


def test_problems_come_by_tab_and_row() -> None:
    members: Rows = [
        HEADERS["Members"],
        ["", "Ann", "ann@"],
        ["", "Bo", "bo@"],
        ["", "Cy", "cy@example.org", "Mars"],
    ]
    roasts: Rows = [HEADERS["Roasts"], ["", "2026-12"], ["", "soon"], ["", "2026-12"]]

    sheet = read_sheet(NEW | {"Members": members, "Roasts": roasts})

    assert [(problem.tab, problem.row, problem.column) for problem in sheet.problems] == [
        ("Roasts", 2, "Month"),
        ("Roasts", 3, "Month"),
        ("Roasts", 4, "Month"),
        ("Members", 2, "Email"),
        ("Members", 3, "Email"),
        ("Members", 4, "Time zone"),
    ]
    assert sheet.unsure_months == frozenset([Month(2026, 12)])


def test_an_agenda_is_held_against_the_minutes_of_the_settings() -> None:
    chosen = rows_of("Settings", date(2026, 11, 20), CHOSEN | {"Minutes": "57"})

    sheet = read_sheet(NEW | {"Settings": [HEADERS["Settings"], *chosen]})

    assert sheet.agenda == ()
    what = (
        "5+5+5+10+12+3+15+5=60 minutes, but the meeting has 57. Change these lines, or Minutes in Settings."
    )
    skipped = "The agenda mail waits until it is mended."
    assert sheet.problems == (Problem("Agenda", None, "Minutes", "", what, skipped),)


def test_the_services_tabs_are_kept_as_read() -> None:
    log: Rows = [HEADERS["Log"], ["", "Agenda", "Ann", "sent", "k", "abc", 7]]

    sheet = read_sheet(NEW | {"Log": log, "Checks": None})

    assert sheet.logged == (LogEntry("abc", 7, "k"),)
    assert sheet.service["Log"] is log
    assert "Checks" not in sheet.service
    assert "Members" not in sheet.service


def test_rows_with_problems_keep_their_keys_as_typed() -> None:
    members: Rows = [
        HEADERS["Members"],
        ["", "Ann", " Ann@", "", "", "active"],
        ["", "Bo"],
        ["", "Cy", "Cy@example.org", "", "", "gone?"],
        ["", "Di", "di@example.org"],
    ]
    roasts: Rows = [HEADERS["Roasts"], ["", 46357], ["", "12/2026"]]

    sheet = read_sheet(NEW | {"Members": members, "Roasts": roasts})

    assert sheet.problem_keys == {
        ("Members", 2): " Ann@",
        ("Members", 3): "",
        ("Members", 4): "Cy@example.org",
        ("Roasts", 2): "46357",
        ("Roasts", 3): "12/2026",
    }


@settings(deadline=None, max_examples=200)
@given(data=st.data())
def test_any_cells_at_all_are_read(data: st.DataObject) -> None:
    body = st.lists(st.lists(CELLS, max_size=8), max_size=6)
    values: dict[str, Rows | None] = {}
    for title, head in HEADERS.items():
        heads: list[Rows] = [[head], [head[::-1]], [[*head, *head]], [[]], []]
        first: Rows = data.draw(st.sampled_from(heads))
        values[title] = data.draw(st.none() | st.builds(first.__add__, body))

    sheet = read_sheet(values)

    assert all(problem.what and problem.tab in HEADERS for problem in sheet.problems)


def test_twenty_thousand_members_are_read_in_one_pass() -> None:
    row: list[Cell] = ["", "", "", "Europe/Berlin", "en", "active", "everything", "", True, 46000]
    members = [["", f"Member {n}", f"member{n}@example.org", *row[3:]] for n in range(20_000)]
    begun = process_time()

    sheet = read_sheet(NEW | {"Members": [HEADERS["Members"], *members]})

    assert len(sheet.members) == 20_000
    # A machine that is busy is slow; what must never happen is a second look at every row per row.
    assert process_time() - begun < 20
