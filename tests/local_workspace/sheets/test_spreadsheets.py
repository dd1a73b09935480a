"""spreadsheets.create and get: shapes, field masks, ranges and grid data."""

from collections.abc import Callable
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from local_workspace.sheets.book import PROPERTIES
from tests.local_workspace.sheets.conftest import DRIVE_FILE, Sheet, message


def test_new_spreadsheet_is_as_google_makes_it(sheet: Sheet) -> None:
    assert sheet.get() == {
        "spreadsheetId": sheet.id,
        "properties": {"title": "Community"} | PROPERTIES,
        "sheets": [
            {
                "properties": {
                    "sheetId": 0,
                    "title": "Sheet1",
                    "index": 0,
                    "sheetType": "GRID",
                    "gridProperties": {"rowCount": 1000, "columnCount": 26},
                }
            }
        ],
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{sheet.id}/edit",
    }


def test_create_makes_the_tabs_of_the_body_and_a_file_in_drive(client: Callable[..., Any]) -> None:
    api = client("sheets", "v4", scopes=DRIVE_FILE).spreadsheets()
    body = {
        "properties": {"title": "Community", "timeZone": "Europe/Berlin"},
        "sheets": [
            {"properties": {"title": "Today"}},
            {"properties": {"title": "Log", "hidden": True, "gridProperties": {"rowCount": 5}}},
        ],
    }

    made = api.create(body=body).execute()

    assert made["properties"]["timeZone"] == "Europe/Berlin"
    assert [sheet["properties"]["title"] for sheet in made["sheets"]] == ["Today", "Log"]
    assert made["sheets"][1]["properties"]["gridProperties"] == {"rowCount": 5, "columnCount": 26}
    file = client("drive", "v3", scopes=DRIVE_FILE).files().get(fileId=made["spreadsheetId"]).execute()
    assert file["name"] == "Community"


def test_create_refuses_two_tabs_of_one_name(client: Callable[..., Any]) -> None:
    api = client("sheets", "v4", scopes=DRIVE_FILE).spreadsheets()
    tab = {"properties": {"title": "Log"}}

    with pytest.raises(HttpError) as error:
        api.create(body={"sheets": [tab, tab]}).execute()

    said = 'A sheet with the name "Log" already exists. Please enter another name.'
    assert message(error) == f"Invalid sheets[1]: {said}"


def test_mask_chooses_fields_and_brings_cells_along(sheet: Sheet) -> None:
    sheet.batch(
        {
            "updateCells": {
                "range": {
                    "sheetId": 0,
                    "startRowIndex": 1,
                    "endRowIndex": 2,
                    "startColumnIndex": 1,
                    "endColumnIndex": 2,
                },
                "rows": [{"values": [{"note": "who?"}]}],
                "fields": "note",
            }
        }
    )

    notes = sheet.get(fields="sheets.data.rowData.values.note", ranges=["Sheet1!A1:C3"])

    assert notes == {"sheets": [{"data": [{"rowData": [{}, {"values": [{}, {"note": "who?"}]}]}]}]}
    assert sheet.get(fields="sheets.properties.title") == {"sheets": [{"properties": {"title": "Sheet1"}}]}
    assert sheet.get(fields="sheets.data.rowData.values.note", ranges=["Sheet1!D:D"]) == {
        "sheets": [{"data": [{}]}]
    }


def test_ranges_choose_tabs_and_cells(members: Sheet) -> None:
    found = members.get(ranges=["Members!B1:C2"], includeGridData=True)["sheets"]

    assert [sheet["properties"]["title"] for sheet in found] == ["Members"]
    data = found[0]["data"][0]
    assert data["startColumn"] == 1
    assert [cell["formattedValue"] for cell in data["rowData"][0]["values"]] == ["Name", "Email"]
    assert data["rowMetadata"] == [{"pixelSize": 21}, {"pixelSize": 21}]
    assert data["columnMetadata"] == [{"pixelSize": 100}, {"pixelSize": 100}]


def test_cell_has_its_values_and_formats(sheet: Sheet) -> None:
    sheet.type("A1", ["2026-12-17"])

    [[cell]] = [row["values"] for row in sheet.get(includeGridData=True)["sheets"][0]["data"][0]["rowData"]]

    number_format = {"numberFormat": {"type": "DATE", "pattern": "yyyy-mm-dd"}}
    assert cell == {
        "userEnteredValue": {"numberValue": 46373},
        "effectiveValue": {"numberValue": 46373},
        "formattedValue": "2026-12-17",
        "userEnteredFormat": number_format,
        "effectiveFormat": PROPERTIES["defaultFormat"]
        | number_format
        | {"horizontalAlignment": "RIGHT", "hyperlinkDisplayType": "PLAIN_TEXT"},
    }


def test_computed_cells_have_effective_values_only(members: Sheet) -> None:
    members.write("Checks!A1", ["Members|x", "wrong"])
    members.write("Members!C2", ["x"])

    [cell] = members.get(ranges=["Members!A2"], includeGridData=True)["sheets"][0]["data"][0]["rowData"][0][
        "values"
    ]

    assert "userEnteredValue" not in cell
    assert (cell["effectiveValue"], cell["formattedValue"]) == ({"stringValue": "wrong"}, "wrong")


def test_batch_update_can_answer_the_spreadsheet(sheet: Sheet) -> None:
    body = {
        "requests": [{"addSheet": {"properties": {"title": "Log"}}}],
        "includeSpreadsheetInResponse": True,
    }

    answer = sheet.api.batchUpdate(spreadsheetId=sheet.id, body=body).execute()

    titles = [found["properties"]["title"] for found in answer["updatedSpreadsheet"]["sheets"]]
    assert titles == ["Sheet1", "Log"]


def test_batch_update_is_all_or_nothing(sheet: Sheet) -> None:
    with pytest.raises(HttpError) as error:
        sheet.batch(
            {"addSheet": {"properties": {"title": "Log"}}},
            {"updateSpreadsheetProperties": {"properties": {"title": "New"}, "fields": "title"}},
            {"addSheet": {"properties": {"title": "log"}}},
        )

    assert message(error) == (
        'Invalid requests[2].addSheet: A sheet with the name "log" already exists. Please enter another name.'
    )
    assert sheet.get(fields="properties.title,sheets.properties.title") == {
        "properties": {"title": "Community"},
        "sheets": [{"properties": {"title": "Sheet1"}}],
    }


@pytest.mark.parametrize(
    ("requests", "said"),
    [
        ([], "Must specify at least one request."),
        ([{}], "Invalid requests[0]: Exactly one kind of request must be set."),
    ],
)
def test_batch_update_without_a_request_is_refused(sheet: Sheet, requests: list[Any], said: str) -> None:
    with pytest.raises(HttpError) as error:
        sheet.batch(*requests)

    assert message(error) == said


def test_request_kind_that_is_not_here_says_so(sheet: Sheet) -> None:
    with pytest.raises(HttpError) as error:
        sheet.batch({"randomizeRange": {"range": {"sheetId": 0}}})

    assert error.value.status_code == 501
    assert message(error) == "requests[0].randomizeRange is not implemented by the local workspace."
