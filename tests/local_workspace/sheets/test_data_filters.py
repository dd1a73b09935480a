"""Ranges found by data filters: A1 notation, sides, and the metadata that hangs on them."""

from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.local_workspace.sheets.conftest import Sheet

BY_KEY = {"developerMetadataLookup": {"metadataKey": "field", "metadataValue": "email"}}
GRID = {"gridRange": {"startRowIndex": 0, "endRowIndex": 1}}


@pytest.fixture
def people(sheet: Sheet) -> Sheet:
    """A tab with names in A, addresses in B (which says so in its metadata), and metadata on tab and file."""
    sheet.write("A1", ["Name", "Email"], ["Ann", "ann@example.org"])
    column = {"dimensionRange": {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}}
    base = {"metadataKey": "field", "visibility": "DOCUMENT"}
    made = [
        base | {"metadataId": 1, "metadataValue": "email", "location": column},
        base | {"metadataId": 2, "location": {"sheetId": 0}},
        base | {"metadataId": 3, "location": {"spreadsheet": True}, "visibility": "PROJECT"},
    ]
    sheet.batch(*({"createDeveloperMetadata": {"developerMetadata": item}} for item in made))
    return sheet


def found(people: Sheet, **lookup: Any) -> list[int]:
    """The ids of the metadata that a lookup finds."""
    body = {"dataFilters": [{"developerMetadataLookup": lookup}]}
    answer = people.api.developerMetadata().search(spreadsheetId=people.id, body=body).execute()
    return [item["developerMetadata"]["metadataId"] for item in answer.get("matchedDeveloperMetadata", [])]


def test_values_are_read_where_the_metadata_is_now(people: Sheet) -> None:
    before = {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 1, "sheetId": 0}
    people.batch({"insertDimension": {"range": before}})
    body = {"dataFilters": [BY_KEY, {"a1Range": "C:C"}, GRID], "majorDimension": "COLUMNS"}

    answer = people.api.values().batchGetByDataFilter(spreadsheetId=people.id, body=body).execute()

    emails = {
        "range": "Sheet1!C1:C1000",
        "majorDimension": "COLUMNS",
        "values": [["Email", "ann@example.org"]],
    }
    row = {"range": "Sheet1!A1:AA1", "majorDimension": "COLUMNS", "values": [[], ["Name"], ["Email"]]}
    assert answer == {
        "spreadsheetId": people.id,
        "valueRanges": [
            {"valueRange": emails, "dataFilters": [BY_KEY, {"a1Range": "C:C"}]},
            {"valueRange": row, "dataFilters": [GRID]},
        ],
    }


def test_values_are_written_where_the_metadata_is(people: Sheet) -> None:
    body = {"valueInputOption": "RAW", "data": [{"dataFilter": BY_KEY, "values": [["Mail"], ["x"]]}]}

    answer = people.api.values().batchUpdateByDataFilter(spreadsheetId=people.id, body=body).execute()

    counts = {"updatedRows": 2, "updatedColumns": 1, "updatedCells": 2}
    assert answer == {
        "spreadsheetId": people.id,
        "totalUpdatedRows": 2,
        "totalUpdatedColumns": 1,
        "totalUpdatedCells": 2,
        "totalUpdatedSheets": 1,
        "responses": [{"updatedRange": "Sheet1!B1:B2", "dataFilter": BY_KEY} | counts],
    }
    assert people.values("Sheet1") == [["Name", "Mail"], ["Ann", "x"]]


def test_values_are_cleared_where_the_metadata_is(people: Sheet) -> None:
    body = {"dataFilters": [BY_KEY]}

    answer = people.api.values().batchClearByDataFilter(spreadsheetId=people.id, body=body).execute()

    assert answer == {"spreadsheetId": people.id, "clearedRanges": ["Sheet1!B1:B1000"]}
    assert people.values("Sheet1") == [["Name"], ["Ann"]]


def test_spreadsheet_with_the_cells_that_the_filters_find(people: Sheet) -> None:
    people.add_tab("Other")
    body = {"dataFilters": [BY_KEY], "includeGridData": True}

    answer = people.api.getByDataFilter(spreadsheetId=people.id, body=body).execute()

    [tab] = answer["sheets"]
    [data] = tab["data"]
    assert (tab["properties"]["title"], data["startColumn"]) == ("Sheet1", 1)
    assert [row["values"][0]["formattedValue"] for row in data["rowData"]] == ["Email", "ann@example.org"]


@pytest.mark.parametrize(
    ("lookup", "ids"),
    [
        ({}, [1, 2, 3]),
        ({"metadataId": 2}, [2]),
        ({"metadataKey": "Field"}, []),
        ({"visibility": "PROJECT"}, [3]),
        ({"locationType": "COLUMN"}, [1]),
        ({"metadataLocation": {"sheetId": 0}}, [2]),
        ({"metadataLocation": {"spreadsheet": True}}, [3]),
        (
            {"metadataLocation": {"sheetId": 0}, "locationMatchingStrategy": "INTERSECTING_LOCATION"},
            [1, 2, 3],
        ),
        (
            {
                "metadataLocation": {
                    "dimensionRange": {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
                }
            },
            [1],
        ),
        ({"metadataLocation": {"sheetId": 9}}, []),
    ],
)
def test_lookup(people: Sheet, lookup: dict[str, Any], ids: list[int]) -> None:
    assert found(people, **lookup) == ids


def test_search_by_range_is_not_there(people: Sheet) -> None:
    request = people.api.developerMetadata().search(
        spreadsheetId=people.id, body={"dataFilters": [{"a1Range": "B7"}]}
    )

    with pytest.raises(HttpError) as error:
        request.execute()

    assert error.value.status_code == 501


def test_metadata_by_its_id(people: Sheet) -> None:
    metadata = people.api.developerMetadata()

    item = metadata.get(spreadsheetId=people.id, metadataId=2).execute()

    assert item == {
        "metadataId": 2,
        "metadataKey": "field",
        "visibility": "DOCUMENT",
        "location": {"locationType": "SHEET", "sheetId": 0},
    }
    with pytest.raises(HttpError) as error:
        metadata.get(spreadsheetId=people.id, metadataId=7).execute()
    assert error.value.resp.status == 404
