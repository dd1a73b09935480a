"""values.append: where the table ends, and what happens below it; first the examples of Google's guide."""

import pytest

from tests.local_workspace.sheets.conftest import Sheet


@pytest.fixture
def two_tables(sheet: Sheet) -> Sheet:
    """The sheet of Google's guide: one table in A1:C2, another one in B4:D6."""
    sheet.write(
        "A1", ["x", "y", "z"], ["x", "y", "z"], [], ["", "x", "y"], ["", "", "y", "z"], ["", "x", "y", "z"]
    )
    return sheet


@pytest.mark.parametrize(
    ("a1", "table", "written"),
    [
        ("Sheet1", "Sheet1!B4:D6", "Sheet1!B7"),
        ("B4", "Sheet1!B4:D6", "Sheet1!B7"),
        ("C5:D5", "Sheet1!B4:D6", "Sheet1!B7"),
        ("B2:D4", "Sheet1!B4:D6", "Sheet1!B7"),
        ("A3:G10", "Sheet1!B4:D6", "Sheet1!B7"),
        ("B5", "Sheet1!B4:D6", "Sheet1!B7"),
        ("A1", "Sheet1!A1:C2", "Sheet1!A3"),
        ("E4", None, "Sheet1!E4"),
        ("A4", None, "Sheet1!A4"),
    ],
)
def test_append_goes_on_below_the_last_table_of_the_range(
    two_tables: Sheet, a1: str, table: str | None, written: str
) -> None:
    answer = two_tables.append(a1, ["new"])

    assert answer.get("tableRange") == table
    assert answer["updates"]["updatedRange"] == written


def test_false_is_data(sheet: Sheet) -> None:
    sheet.write("A1", ["Name", "Agreed"], ["Ann", True], ["", False])

    answer = sheet.append("A1", ["Ben", False])

    assert answer["tableRange"] == "Sheet1!A1:B3"
    assert sheet.values("Sheet1!A4:B4") == [["Ben", False]]


def test_what_the_check_formula_shows_is_data(members: Sheet) -> None:
    members.write("Members!C2", ["ann@example.org"])
    members.write("Members!C5", ["ben@example.org"])

    answer = members.append("Members", [None, "Cyd", "cyd@example.org"])

    assert answer["tableRange"] == "Members!A1:C5"
    assert members.values("Members!B6:C6") == [["Cyd", "cyd@example.org"]]
    assert members.values("Members!A1:A6") == [["Check"], [""], [""], [""], [""], [""]]


def test_overwrite_replaces_what_stands_below_the_table(sheet: Sheet) -> None:
    sheet.write("A1", ["Name"], ["Ann"], [""], ["below"])

    sheet.append("A1", ["Ben"], ["Cyd"])

    assert sheet.values("Sheet1") == [["Name"], ["Ann"], ["Ben"], ["Cyd"]]


def test_insert_rows_pushes_down_what_stands_below_the_table(sheet: Sheet) -> None:
    sheet.write("A1", ["Name"], ["Ann"], [""], ["below"])

    sheet.append("A1", ["Ben"], ["Cyd"], insertDataOption="INSERT_ROWS")

    assert sheet.values("Sheet1") == [["Name"], ["Ann"], ["Ben"], ["Cyd"], [], ["below"]]
    assert sheet.get()["sheets"][0]["properties"]["gridProperties"]["rowCount"] == 1002


def test_grid_grows_when_the_table_is_at_its_end(sheet: Sheet) -> None:
    grid = {"rowCount": 2, "columnCount": 2}
    sheet.batch(
        {
            "updateSheetProperties": {
                "properties": {"sheetId": 0, "gridProperties": grid},
                "fields": "gridProperties(rowCount,columnCount)",
            }
        }
    )
    sheet.write("A1", ["a", "b"], ["c", "d"])

    answer = sheet.append("Sheet1", ["e", "f", "g"])

    assert answer["updates"]["updatedRange"] == "Sheet1!A3:C3"
    assert sheet.get()["sheets"][0]["properties"]["gridProperties"] == {"rowCount": 3, "columnCount": 3}


def test_append_to_a_blank_tab_begins_at_the_range(sheet: Sheet) -> None:
    answer = sheet.append("Sheet1!B3", ["a"], ["b"])

    assert answer == {
        "spreadsheetId": sheet.id,
        "updates": {
            "spreadsheetId": sheet.id,
            "updatedRange": "Sheet1!B3:B4",
            "updatedRows": 2,
            "updatedColumns": 1,
            "updatedCells": 2,
        },
    }


def test_append_after_append_goes_on_below(sheet: Sheet) -> None:
    sheet.write("B2", ["Name", "Age"], ["Ann", 1])
    ranges = [sheet.append("Sheet1", ["Ben", 2])["updates"]["updatedRange"] for _ in range(3)]
    sheet.write("B3:B4", [""], [""])
    sheet.write("C3:C4", [""], [""])

    answer = sheet.append("Sheet1", ["Cyd"])

    assert ranges == ["Sheet1!B4:C4", "Sheet1!B5:C5", "Sheet1!B6:C6"]
    assert answer["tableRange"] == "Sheet1!B5:C6"
    assert sheet.append("B2", ["Dan"])["tableRange"] == "Sheet1!B2:C2"


def test_append_that_makes_a_table_wider_finds_it_whole(sheet: Sheet) -> None:
    sheet.write("A1", ["a", "b"])

    tables = [sheet.append("A1", row)["tableRange"] for row in (["c"], ["d", "e", "f"], ["g"], ["h"])]

    assert tables == ["Sheet1!A1:B1", "Sheet1!A1:B2", "Sheet1!A1:C3", "Sheet1!A1:C4"]
