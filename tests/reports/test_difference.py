"""Only what differs is written, and what stood there before is covered."""

from datetime import datetime

from reports.difference import changes
from sheets_schema.cells import Cell, Rows
from sheets_schema.sheet import Sheet, read_sheet
from tests.reports.builders import NOW, ZONE, make_values

LOOKED = 46364 + 10 / 24  # 2026-12-08 10:00 in New York


def make_today(*block: list[Cell], looked: float | str = LOOKED) -> Rows:
    """The tab Today as it is read."""
    return [["Third Thursday"], ["Last looked", looked, "Running."], [], *block]


def make_sheet(**service: Rows | None) -> Sheet:
    """A sheet with these tabs of the service."""
    return read_sheet(make_values(service=service))


def test_nothing_is_written_when_every_tab_says_what_it_should() -> None:
    sheet = make_sheet(Today=make_today(["Running", "Live."], [], ["Problems"]), People=[["Name"], ["Ann"]])
    wanted: dict[str, Rows] = {
        "Today": [["Running", "Live.", ""], ["", "", ""], ["Problems", "", ""], ["", "", ""]],
        "People": [["Name", "Email"], ["Ann", ""]],
    }
    wanted["People"][0].pop()

    assert changes(sheet, wanted, NOW, ZONE) == {}


def test_a_shorter_block_covers_what_stood_there() -> None:
    sheet = make_sheet(
        Today=make_today(["Running", "Live.", "Settings"], ["Old", "line"]),
        People=[["Name", "Email", "x"], ["Ann", "ann@example.org"], ["Ben"]],
    )
    wanted: dict[str, Rows] = {"Today": [["Paused", "", ""]], "People": [["Name", "Email"], ["Ann", ""]]}

    assert changes(sheet, wanted, NOW, ZONE) == {
        "Today!A4:C5": [["Paused", "", ""], ["", "", ""]],
        "People!A1:C3": [["Name", "Email", ""], ["Ann", "", ""], ["", "", ""]],
        "Today!B2": [[46364.416667]],
    }


def test_a_longer_block_is_written_as_a_whole() -> None:
    sheet = make_sheet(Today=make_today(), Problems=[["Tab"]])

    found = changes(sheet, {"Problems": [["Tab", "Row"], ["Members", 5]]}, NOW, ZONE)

    assert found == {"Problems!A1:B2": [["Tab", "Row"], ["Members", 5]], "Today!B2": [[46364.416667]]}


def test_last_looked_is_written_once_a_day() -> None:
    yesterday = make_sheet(Today=make_today(looked=46363.99))
    today = make_sheet(Today=make_today(looked=46364.01))

    assert changes(yesterday, {}, NOW, ZONE) == {"Today!B2": [[46364.416667]]}
    assert changes(today, {}, NOW, ZONE) == {}


def test_last_looked_is_written_when_it_says_nothing() -> None:
    never = make_sheet(Today=[["Third Thursday"]])
    spoiled = make_sheet(Today=make_today(looked="yesterday"))

    assert changes(never, {}, NOW, ZONE) == {"Today!B2": [[46364.416667]]}
    assert changes(spoiled, {}, NOW, ZONE) == {"Today!B2": [[46364.416667]]}


def test_a_missing_tab_is_left_out() -> None:
    sheet = make_sheet(Today=None, People=None)

    assert changes(sheet, {"Today": [["Running"]], "People": [["Name"]]}, NOW, ZONE) == {}


def test_the_day_changes_on_the_communitys_clock() -> None:
    sheet = make_sheet(Today=make_today(looked=46364.01))

    late = changes(sheet, {}, datetime(2026, 12, 8, 23, 59, tzinfo=ZONE), ZONE)
    next_day = changes(sheet, {}, datetime(2026, 12, 9, 0, 0, tzinfo=ZONE), ZONE)

    assert late == {}
    assert next_day == {"Today!B2": [[46365.0]]}


def test_wide_blocks_have_columns_of_two_letters() -> None:
    sheet = make_sheet(Today=make_today(), People=[[*([""] * 27), "typed by hand"]])

    found = changes(sheet, {"People": [["Name"]]}, NOW, ZONE)

    assert list(found) == ["People!A1:AB1", "Today!B2"]
