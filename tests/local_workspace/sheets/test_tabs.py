"""Requests about tabs and the spreadsheet's properties."""

from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.local_workspace.sheets.conftest import Sheet, message


def properties(sheet: Sheet, **changes: Any) -> dict[str, Any]:
    """A request that changes the first tab; the mask is the changed fields."""
    return {"updateSheetProperties": {"properties": {"sheetId": 0} | changes, "fields": ",".join(changes)}}


def titles(sheet: Sheet) -> list[str]:
    """The tabs' names in order."""
    return [found["properties"]["title"] for found in sheet.get()["sheets"]]


def test_added_tab_is_answered_with_all_its_properties(sheet: Sheet) -> None:
    wanted = {
        "sheetId": 5,
        "title": "Log",
        "hidden": True,
        "tabColorStyle": {"rgbColor": {"red": 0.4980392156862745, "green": 0.0, "blue": 1.0}},
        "gridProperties": {"rowCount": 10, "frozenRowCount": 1},
    }

    [reply] = sheet.batch({"addSheet": {"properties": wanted}})

    color = {"red": 0.49803922, "blue": 1}
    assert reply["addSheet"]["properties"] == {
        "sheetId": 5,
        "title": "Log",
        "index": 1,
        "sheetType": "GRID",
        "hidden": True,
        "gridProperties": {"rowCount": 10, "columnCount": 26, "frozenRowCount": 1},
        "tabColor": color,
        "tabColorStyle": {"rgbColor": color},
    }


def test_added_tabs_get_free_names_and_the_wanted_place(sheet: Sheet) -> None:
    sheet.batch({"addSheet": {}}, {"addSheet": {"properties": {"title": "First", "index": 0}}})

    assert titles(sheet) == ["First", "Sheet1", "Sheet2"]


def test_grid_can_shrink_and_grow(sheet: Sheet) -> None:
    sheet.write("A1", ["a", "b", "c"], ["d"], ["e"])

    sheet.batch(properties(sheet, gridProperties={"rowCount": 2, "columnCount": 2}))
    sheet.batch(properties(sheet, gridProperties={"rowCount": 5, "columnCount": 5}))

    assert sheet.values("Sheet1") == [["a", "b"], ["d"]]
    assert sheet.get()["sheets"][0]["properties"]["gridProperties"] == {"rowCount": 5, "columnCount": 5}


def test_star_means_every_field_that_is_sent(sheet: Sheet) -> None:
    wanted = {"sheetId": 0, "title": "New", "rightToLeft": True}

    sheet.batch({"updateSheetProperties": {"properties": wanted, "fields": "*"}})

    assert sheet.get()["sheets"][0]["properties"] == {
        "sheetId": 0,
        "title": "New",
        "index": 0,
        "sheetType": "GRID",
        "rightToLeft": True,
        "gridProperties": {"rowCount": 1000, "columnCount": 26},
    }


def test_last_visible_tab_stays(sheet: Sheet) -> None:
    sheet.add_tab("Hidden", hidden=True)

    with pytest.raises(HttpError) as error:
        sheet.batch({"deleteSheet": {"sheetId": 0}})

    said = "You can't remove all the visible sheets in a document."
    assert message(error) == f"Invalid requests[0].deleteSheet: {said}"


def test_what_is_off_is_left_out(sheet: Sheet) -> None:
    sheet.batch(properties(sheet, gridProperties={"frozenRowCount": 1, "hideGridlines": True}))

    sheet.batch(
        {
            "updateSheetProperties": {
                "properties": {"sheetId": 0, "gridProperties": {"frozenRowCount": 0, "hideGridlines": False}},
                "fields": "gridProperties/frozenRowCount,gridProperties.hideGridlines",
            }
        }
    )

    assert sheet.get()["sheets"][0]["properties"]["gridProperties"] == {"rowCount": 1000, "columnCount": 26}


def test_color_can_be_taken_away(sheet: Sheet) -> None:
    sheet.batch(properties(sheet, tabColorStyle={"rgbColor": {"red": 1.0}}))

    sheet.batch(properties(sheet, tabColorStyle={"rgbColor": None}))

    assert sheet.get(fields="sheets.properties(tabColor,tabColorStyle)") == {"sheets": [{"properties": {}}]}


@pytest.mark.parametrize(("index", "order"), [(0, "BAC"), (1, "ABC"), (2, "ABC"), (3, "ACB")])
def test_index_counts_the_tabs_before_the_move(sheet: Sheet, index: int, order: str) -> None:
    sheet.batch(properties(sheet, title="A"), {"addSheet": {"properties": {"title": "B", "sheetId": 2}}})
    sheet.add_tab("C")

    sheet.batch({"updateSheetProperties": {"properties": {"sheetId": 2, "index": index}, "fields": "index"}})

    assert titles(sheet) == list(order)
    assert [found["properties"]["index"] for found in sheet.get()["sheets"]] == [0, 1, 2]


def test_copied_tab_has_values_formats_and_rules_of_its_own(sheet: Sheet) -> None:
    sheet.type("A1", ["12%"])
    whole = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1}
    sheet.batch({"mergeCells": {"range": whole | {"startColumnIndex": 1, "endColumnIndex": 3}}})

    [reply] = sheet.batch(
        {
            "duplicateSheet": {
                "sourceSheetId": 0,
                "newSheetName": "Copy",
                "newSheetId": 9,
                "insertSheetIndex": 1,
            }
        }
    )

    assert reply["duplicateSheet"]["properties"]["index"] == 1
    assert sheet.values("Copy", valueRenderOption="FORMATTED_VALUE") == [["12%"]]
    assert sheet.get()["sheets"][1]["merges"] == [
        {"sheetId": 9, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 1, "endColumnIndex": 3}
    ]


def test_deleted_tab_takes_its_cells_and_names_along(sheet: Sheet) -> None:
    sheet.add_tab("Log", sheetId=5)
    sheet.write("Log!A1", ["x"])
    named = {"name": "Here", "range": {"sheetId": 5, "startRowIndex": 0, "endRowIndex": 1}}
    sheet.batch({"addNamedRange": {"namedRange": named}})

    sheet.batch({"deleteSheet": {"sheetId": 5}}, {"addSheet": {"properties": {"title": "Log", "sheetId": 5}}})

    assert sheet.values("Log") == []
    assert "namedRanges" not in sheet.get()


def test_spreadsheet_gets_a_title_that_drive_knows(sheet: Sheet, client: Any) -> None:
    wanted = {"title": "Third Thursday", "timeZone": "Europe/Berlin", "locale": "en_GB"}

    sheet.batch({"updateSpreadsheetProperties": {"properties": wanted, "fields": "title,timeZone,locale"}})

    found = sheet.get()["properties"]
    assert {name: found[name] for name in wanted} == wanted
    assert client("drive", "v3").files().get(fileId=sheet.id).execute()["name"] == "Third Thursday"
    sheet.type("A1", ["10/12/2026"])
    assert sheet.values("A1") == [[46366]]


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (
            {"updateSheetProperties": {"properties": {"sheetId": 0, "hidden": True}, "fields": "hidden"}},
            "updateSheetProperties: You can't hide all the sheets in a document.",
        ),
        ({"deleteSheet": {"sheetId": 0}}, "deleteSheet: You can't remove all the sheets in a document."),
        (
            {"addSheet": {"properties": {"title": "x", "sheetId": 0}}},
            "addSheet: Sheet with id 0 already exists.",
        ),
        (
            {"updateSheetProperties": {"properties": {"sheetId": 0, "title": ""}, "fields": "title"}},
            "updateSheetProperties: Sheet name cannot be empty.",
        ),
        ({"deleteSheet": {"sheetId": 8}}, "deleteSheet: No sheet with id: 8"),
        (
            {"updateSheetProperties": {"properties": {"sheetId": 0, "title": "x"}}},
            "updateSheetProperties: At least one field must be listed in 'fields'. "
            "(Use '*' to indicate all fields.)",
        ),
        (
            {
                "updateSheetProperties": {
                    "properties": {"sheetId": 0, "gridProperties": {"frozenRowCount": 1000}},
                    "fields": "gridProperties.frozenRowCount",
                }
            },
            "updateSheetProperties: You can't freeze all visible rows on the sheet.",
        ),
        (
            {"addSheet": {"properties": {"title": "Sheet1"}}},
            'addSheet: A sheet with the name "Sheet1" already exists. Please enter another name.',
        ),
    ],
)
def test_what_google_refuses(sheet: Sheet, request_: dict[str, Any], said: str) -> None:
    with pytest.raises(HttpError) as error:
        sheet.batch(request_)

    assert message(error) == f"Invalid requests[0].{said}"
