from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sheets_schema.cells import Cell, Rows
from sheets_schema.choices import ExistingEvent, MeetAccount, Mode
from sheets_schema.contents import rows_of
from sheets_schema.problems import Problem
from sheets_schema.read_settings import read
from sheets_schema.rows import MeetingDay, Settings
from sheets_schema.settings import SETTINGS, TAB

HEAD: list[Cell] = list(TAB.headers)
FILLED = rows_of("Settings", date(2026, 11, 20), {"Organizer": "organizer@example.org"})
NO_CALENDAR = "No calendar event is made or changed and no dated mail goes out."
NEW = Settings(
    community_name="Third Thursday",
    organizer="organizer@example.org",
    reply_to="organizer@example.org",
    second_person="",
    time_zone=ZoneInfo("America/New_York"),
    meeting_day=MeetingDay(3, 3),
    starts_at=time(12),
    minutes=60,
    stay_on=30,
    months_ahead=1,
    mode=Mode.SHOW_ONLY,
    wait=timedelta(minutes=10),
    agenda_needs_yes=False,
    meet_account=MeetAccount.FREE,
    existing_event=ExistingEvent.ASK,
    meet_link="",
    discord_link="",
    discord_channel="",
    holiday_countries=(),
    go_ahead="",
)


def read_settings(rows: Rows) -> tuple[Settings | None, list[Problem]]:
    problems: list[Problem] = []
    return read([HEAD, *rows], problems), problems


def with_value(name: str, value: Cell) -> Rows:
    return [[row[0], value] if row[0] == name else row for row in FILLED]


def row_of(name: str) -> int:
    return next(number for number, row in enumerate(FILLED, start=2) if row[0] == name)


def test_the_settings_of_a_new_sheet_are_complete() -> None:
    assert read_settings(FILLED) == (NEW, [])


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Mode", "Live", replace(NEW, mode=Mode.LIVE)),
        ("Starts at", 17.5 / 24, replace(NEW, starts_at=time(17, 30))),
        ("Minutes", 55, replace(NEW, minutes=55)),
        ("Agenda needs my yes", True, replace(NEW, agenda_needs_yes=True)),
        ("Discord channel id", "1234567890123456789", replace(NEW, discord_channel="1234567890123456789")),
        ("Holiday countries", "us, de", replace(NEW, holiday_countries=("US", "DE"))),
        ("Go ahead with", " maple 47 ", replace(NEW, go_ahead="maple 47")),
    ],
)
def test_a_setting_is_read(name: str, value: Cell, expected: Settings) -> None:
    assert read_settings(with_value(name, value)) == (expected, [])


@pytest.mark.parametrize("name", [setting.name for setting in SETTINGS if not setting.may_be_empty])
def test_an_empty_setting_stops_what_needs_it(name: str) -> None:
    _, problems = read_settings(with_value(name, ""))

    assert [(problem.row, problem.column, problem.what) for problem in problems] == [
        (row_of(name), "Value", f"The setting {name} is empty.")
    ]


def test_an_unreadable_setting_stops_what_needs_it() -> None:
    found, problems = read_settings(with_value("Starts at", "late"))

    assert found == replace(NEW, starts_at=None)
    what = '"late" is not a time of day: write it like 17:00.'
    assert problems == [Problem("Settings", row_of("Starts at"), "Value", "late", what, NO_CALENDAR)]


def test_a_failed_formula_stops_what_needs_it() -> None:
    found, problems = read_settings(with_value("Minutes", "#REF!"))

    assert found == replace(NEW, minutes=None)
    assert [problem.skipped for problem in problems] == ["What depends on this setting stops."]


def test_a_missing_setting_stops_what_needs_it() -> None:
    found, problems = read_settings([row for row in FILLED if row[0] != "Time zone"])

    assert found == replace(NEW, time_zone=None)
    what = "The setting Time zone is missing. Bring it back with Undo, or run init for this spreadsheet."
    assert problems == [Problem("Settings", None, "Setting", "", what, NO_CALENDAR)]


def test_a_misspelt_setting_is_asked_about() -> None:
    rows = [["Tme zone", *row[1:]] if row[0] == "Time zone" else row for row in FILLED]

    _, problems = read_settings(rows)

    assert [problem.what for problem in problems] == [
        f"The setting Time zone is missing. Is it row {row_of('Time zone')}?"
    ]


def test_a_doubled_setting_stops_what_needs_it() -> None:
    found, problems = read_settings([*FILLED, ["time zone:", "Europe/Berlin"]])

    assert found == replace(NEW, time_zone=None)
    last = len(FILLED) + 2
    rows = f"{row_of('Time zone')} and {last}"
    what = f"The setting Time zone stands in rows {rows}. Delete the row that is not meant."
    assert problems == [Problem("Settings", last, "Setting", "Time zone", what, NO_CALENDAR)]


def test_a_name_that_is_too_long_is_cut() -> None:
    found, problems = read_settings(with_value("Community name", "x" * 101))

    assert found == replace(NEW, community_name="x" * 100)
    assert len(problems) == 1


def test_the_organizers_own_rows_are_left_alone() -> None:
    assert read_settings([*FILLED, [], ["My own note", "hello"]]) == (NEW, [])


def test_a_missing_tab_stops() -> None:
    assert read(None, []) is None
