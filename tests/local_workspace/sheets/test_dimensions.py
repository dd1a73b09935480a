"""Requests about rows and columns; what remembers a place on the tab follows."""

from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.local_workspace.sheets.conftest import Sheet, message


def rows(start: int, end: int) -> dict[str, Any]:
    """A range of rows of the first tab."""
    return {"sheetId": 0, "dimension": "ROWS", "startIndex": start, "endIndex": end}


def columns(start: int, end: int) -> dict[str, Any]:
    """A range of columns of the first tab."""
    return rows(start, end) | {"dimension": "COLUMNS"}


@pytest.fixture
def table(sheet: Sheet) -> Sheet:
    """Three rows and three columns; the second row is bold and 40 pixels high."""
    sheet.write("A1", ["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"])
    sheet.batch(
        {
            "repeatCell": {
                "range": {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2, "endColumnIndex": 3},
                "cell": {"userEnteredFormat": {"textFormat": {"bold": True}}},
                "fields": "userEnteredFormat.textFormat.bold",
            }
        },
        {
            "updateDimensionProperties": {
                "range": rows(1, 2),
                "properties": {"pixelSize": 40},
                "fields": "pixelSize",
            }
        },
    )
    return sheet


def bold_rows(sheet: Sheet) -> list[int]:
    """The rows whose first cell is bold."""
    return [
        index
        for index, row in enumerate(sheet.cells("Sheet1!A1:A9"))
        if row and "userEnteredFormat" in row[0]
    ]


def high_rows(sheet: Sheet) -> list[int]:
    """The rows that are 40 pixels high."""
    sizes = sheet.get(fields="sheets.data.rowMetadata")["sheets"][0]["data"][0]["rowMetadata"]
    return [index for index, size in enumerate(sizes) if size["pixelSize"] == 40]


@pytest.mark.parametrize(("before", "bold"), [(False, [1, 2]), (True, [2])])
def test_inserted_rows_look_like_a_neighbour(table: Sheet, before: bool, bold: list[int]) -> None:
    table.batch({"insertDimension": {"range": rows(1, 2), "inheritFromBefore": before}})

    assert table.values("Sheet1") == [["a", "b", "c"], [], ["d", "e", "f"], ["g", "h", "i"]]
    assert bold_rows(table) == bold
    assert high_rows(table) == bold
    assert table.get()["sheets"][0]["properties"]["gridProperties"]["rowCount"] == 1001


def test_inserted_columns_push_the_others_right(table: Sheet) -> None:
    table.batch({"insertDimension": {"range": columns(1, 3)}})

    assert table.values("Sheet1")[0] == ["a", "", "", "b", "c"]
    assert table.get()["sheets"][0]["properties"]["gridProperties"]["columnCount"] == 28


def test_deleted_rows_and_columns_are_gone(table: Sheet) -> None:
    table.batch({"deleteDimension": {"range": rows(0, 1)}}, {"deleteDimension": {"range": columns(1, 2)}})

    assert table.values("Sheet1") == [["d", "f"], ["g", "i"]]
    assert (bold_rows(table), high_rows(table)) == ([0], [0])


@pytest.mark.parametrize(
    ("start", "end", "to", "order"),
    [
        (0, 1, 3, "DGA"),
        (0, 2, 3, "GAD"),
        (2, 3, 0, "GAD"),
        (1, 2, 0, "DAG"),
        (1, 3, 0, "DGA"),
        (0, 1, 1, "ADG"),
    ],
)
def test_moved_rows_stand_before_the_destination(
    table: Sheet, start: int, end: int, to: int, order: str
) -> None:
    table.batch({"moveDimension": {"source": rows(start, end), "destinationIndex": to}})

    assert [row[0] for row in table.values("Sheet1")] == list(order.lower())
    assert bold_rows(table) == [order.index("D")]
    assert high_rows(table) == [order.index("D")]


def test_moved_columns_stand_before_the_destination(table: Sheet) -> None:
    table.batch({"moveDimension": {"source": columns(0, 1), "destinationIndex": 3}})

    assert table.values("Sheet1") == [["b", "c", "a"], ["e", "f", "d"], ["h", "i", "g"]]


def test_appended_rows_make_room(sheet: Sheet) -> None:
    sheet.batch({"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 5}})

    assert sheet.get()["sheets"][0]["properties"]["gridProperties"]["rowCount"] == 1005


def test_ranges_follow_inserted_and_deleted_rows(table: Sheet) -> None:
    box = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}
    column = {"sheetId": 0, "startColumnIndex": 2, "endColumnIndex": 3}
    rule = {
        "ranges": [box, column],
        "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"italic": True}}},
    }
    table.batch(
        {"addNamedRange": {"namedRange": {"name": "Here", "range": box}}},
        {"addProtectedRange": {"protectedRange": {"range": box, "warningOnly": True}}},
        {"addConditionalFormatRule": {"rule": rule}},
        {"mergeCells": {"range": box}},
        {"insertDimension": {"range": rows(2, 4)}},
        {"deleteDimension": {"range": rows(0, 1)}},
        {"deleteDimension": {"range": columns(0, 1)}},
    )

    moved = {"startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 1}
    found = table.get()
    tab = found["sheets"][0]
    assert found["namedRanges"][0]["range"] == moved
    assert tab["protectedRanges"][0]["range"] == moved
    assert tab["conditionalFormats"][0]["ranges"] == [moved, {"startColumnIndex": 1, "endColumnIndex": 2}]
    assert tab["merges"] == [moved]
    table.batch({"deleteDimension": {"range": rows(0, 4)}})
    assert "namedRanges" not in table.get()
    assert "merges" not in table.get()["sheets"][0]


def test_frozen_header_stays_frozen(table: Sheet) -> None:
    frozen = {
        "properties": {"sheetId": 0, "gridProperties": {"frozenRowCount": 1}},
        "fields": "gridProperties.frozenRowCount",
    }
    table.batch({"updateSheetProperties": frozen}, {"insertDimension": {"range": rows(1, 2)}})

    assert table.get()["sheets"][0]["properties"]["gridProperties"]["frozenRowCount"] == 1


def test_groups_have_depths(sheet: Sheet) -> None:
    replies = sheet.batch(
        {"addDimensionGroup": {"range": columns(0, 4)}}, {"addDimensionGroup": {"range": columns(1, 2)}}
    )

    outer = {"range": {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 4}, "depth": 1}
    inner = {"range": {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}, "depth": 2}
    assert replies[1] == {"addDimensionGroup": {"dimensionGroups": [outer, inner]}}
    tab = sheet.get()["sheets"][0]
    assert tab["columnGroups"] == [outer, inner]
    assert tab["properties"]["gridProperties"]["columnGroupControlAfter"] is True
    replies = sheet.batch(
        {"deleteDimensionGroup": {"range": columns(0, 4)}}, {"deleteDimensionGroup": {"range": columns(1, 2)}}
    )
    assert replies == [
        {"deleteDimensionGroup": {"dimensionGroups": [inner | {"depth": 1}]}},
        {"deleteDimensionGroup": {}},
    ]


def test_columns_get_as_wide_as_their_longest_text(sheet: Sheet) -> None:
    sheet.write("A1", ["x" * 30], ["x"])

    sheet.batch({"autoResizeDimensions": {"dimensions": columns(0, 2)}})

    sizes = sheet.get(fields="sheets.data.columnMetadata")["sheets"][0]["data"][0]["columnMetadata"]
    assert [size["pixelSize"] for size in sizes[:3]] == [220, 100, 100]


def test_inserted_columns_look_like_a_neighbour(table: Sheet) -> None:
    wide = {"range": columns(0, 1), "properties": {"pixelSize": 250}, "fields": "pixelSize"}

    table.batch(
        {"updateDimensionProperties": wide},
        {"insertDimension": {"range": columns(1, 2), "inheritFromBefore": True}},
    )

    assert [bool(cell) for cell in table.cells("Sheet1!A2:D2")[0]] == [True, True, True, True]
    sizes = table.get(fields="sheets.data.columnMetadata")["sheets"][0]["data"][0]["columnMetadata"]
    assert [size["pixelSize"] for size in sizes[:3]] == [250, 250, 100]


def test_hidden_columns_say_so(sheet: Sheet) -> None:
    hide = {"range": columns(1, 2), "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}

    sheet.batch({"updateDimensionProperties": hide})

    sizes = sheet.get(fields="sheets.data.columnMetadata")["sheets"][0]["data"][0]["columnMetadata"]
    assert sizes[:2] == [{"pixelSize": 100}, {"pixelSize": 100, "hiddenByUser": True}]


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (
            {"deleteDimension": {"range": rows(0, 1000)}},
            "deleteDimension: You can't delete all the rows on the sheet.",
        ),
        (
            {"insertDimension": {"range": rows(1001, 1002)}},
            "insertDimension: range.startIndex[1001] is after last row index[1000]",
        ),
        (
            {"moveDimension": {"source": rows(1, 3), "destinationIndex": 2}},
            "moveDimension: The destination lies inside the source or outside the grid.",
        ),
        (
            {"deleteDimension": {"range": rows(2, 2)}},
            "deleteDimension: range.endIndex must be after range.startIndex",
        ),
        ({"deleteDimension": {"range": {"sheetId": 0}}}, "deleteDimension: No dimension is specified."),
        (
            {"deleteDimensionGroup": {"range": rows(0, 1)}},
            "deleteDimensionGroup: There is no group over this range.",
        ),
        (
            {"deleteDimension": {"range": rows(999, 1001)}},
            "deleteDimension: range.endIndex[1001] is after last row index[1000]",
        ),
        (
            {"insertDimension": {"range": rows(0, 1), "inheritFromBefore": True}},
            "insertDimension: inheritFromBefore cannot be true if the dimension is being inserted "
            "at the start",
        ),
    ],
)
def test_what_google_refuses(sheet: Sheet, request_: dict[str, Any], said: str) -> None:
    with pytest.raises(HttpError) as error:
        sheet.batch(request_)

    assert message(error) == f"Invalid requests[0].{said}"
