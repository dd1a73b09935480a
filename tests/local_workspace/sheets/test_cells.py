"""Requests that write cells: values, formats, notes, rules, merges, sorting, copying."""

from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.local_workspace.sheets.conftest import Sheet, message


def box(rows: tuple[int, int], columns: tuple[int, int]) -> dict[str, int]:
    """A range of the first tab."""
    return {
        "sheetId": 0,
        "startRowIndex": rows[0],
        "endRowIndex": rows[1],
        "startColumnIndex": columns[0],
        "endColumnIndex": columns[1],
    }


def test_update_cells_writes_the_masked_fields_and_empties_the_rest_of_the_range(sheet: Sheet) -> None:
    sheet.write("A1", ["old", "old"], ["old", "old"])
    cell = {
        "userEnteredValue": {"formulaValue": "=B1"},
        "note": "why",
        "userEnteredFormat": {"textFormat": {"bold": True, "italic": True}},
    }

    sheet.batch(
        {
            "updateCells": {
                "range": box((0, 2), (0, 2)),
                "rows": [{"values": [cell]}],
                "fields": "userEnteredValue,note,userEnteredFormat.textFormat.bold",
            }
        }
    )

    assert sheet.cells("Sheet1!A1:B2") == [[cell | {"userEnteredFormat": {"textFormat": {"bold": True}}}]]
    assert sheet.values("Sheet1", valueRenderOption="FORMULA") == [["=B1"]]


def test_update_cells_from_a_start_touches_only_the_cells_it_brings(sheet: Sheet) -> None:
    sheet.write("A1", ["a", "b", "c"])
    rows = [{"values": [{"userEnteredValue": {"numberValue": 7}}, {"userEnteredValue": {"boolValue": True}}]}]

    sheet.batch(
        {
            "updateCells": {
                "start": {"sheetId": 0, "rowIndex": 0, "columnIndex": 1},
                "rows": rows,
                "fields": "userEnteredValue",
            }
        }
    )

    assert sheet.values("Sheet1") == [["a", 7, True]]


def test_repeated_format_has_both_faces_of_a_color(sheet: Sheet) -> None:
    fill = {"backgroundColor": {"red": 1.0, "green": 0.5}, "textFormat": {"bold": True}}

    sheet.batch(
        {
            "repeatCell": {
                "range": box((0, 1), (0, 2)),
                "cell": {"userEnteredFormat": fill, "note": "not masked"},
                "fields": "userEnteredFormat(backgroundColor,textFormat)",
            }
        }
    )

    color = {"red": 1, "green": 0.49803922}
    dressed = {
        "userEnteredFormat": {
            "backgroundColor": color,
            "backgroundColorStyle": {"rgbColor": color},
            "textFormat": {"bold": True},
        }
    }
    assert sheet.cells("Sheet1") == [[dressed, dressed]]


def test_format_over_whole_columns_makes_no_data(sheet: Sheet) -> None:
    sheet.batch(
        {
            "repeatCell": {
                "range": {"sheetId": 0, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1},
                "cell": {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}},
                "fields": "userEnteredFormat.numberFormat",
            }
        }
    )
    sheet.write("A1", ["Name"])

    answer = sheet.append("Sheet1", ["Ann"])

    assert answer["updates"]["updatedRange"] == "Sheet1!A2"
    assert sheet.values("Sheet1") == [["Name"], ["Ann"]]


def test_validation_rule_is_kept_and_taken_away(sheet: Sheet) -> None:
    rule = {
        "condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "yes"}]},
        "strict": True,
        "showCustomUi": True,
        "inputMessage": "yes or nothing",
    }
    sheet.batch({"setDataValidation": {"range": box((0, 2), (0, 1)), "rule": rule}})

    sheet.write("A1", ["no"])
    sheet.batch({"setDataValidation": {"range": box((1, 2), (0, 1))}})

    assert sheet.cells("Sheet1!A1:A2") == [
        [{"userEnteredValue": {"stringValue": "no"}, "dataValidation": rule}],
    ]


def test_merging_keeps_the_first_value(sheet: Sheet) -> None:
    sheet.write("A1", ["a", "b"], ["c", "d"])

    sheet.batch({"mergeCells": {"range": box((0, 2), (0, 2)), "mergeType": "MERGE_ROWS"}})

    merge = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 2}
    assert sheet.get()["sheets"][0]["merges"] == [merge, merge | {"startRowIndex": 1, "endRowIndex": 2}]
    assert sheet.values("Sheet1") == [["a"], ["c"]]
    with pytest.raises(HttpError) as error:
        sheet.batch({"unmergeCells": {"range": box((0, 1), (0, 1))}})
    said = "You must select all cells in a merged range to merge or unmerge them."
    assert message(error) == f"Invalid requests[0].unmergeCells: {said}"
    sheet.batch({"unmergeCells": {"range": box((0, 2), (0, 2))}})
    assert "merges" not in sheet.get()["sheets"][0]


@pytest.mark.parametrize(
    ("direction", "order"),
    [
        ("ASCENDING", [1, 2.5, 10, "ann", "Ben", False, True]),
        ("DESCENDING", [True, False, "Ben", "ann", 10, 2.5, 1]),
    ],
)
def test_sorting_ranks_numbers_texts_and_booleans_and_leaves_blanks_last(
    sheet: Sheet, direction: str, order: list[Any]
) -> None:
    for row, value in enumerate(["Ben", 10, "", True, 2.5, False, "ann", 1], 1):
        sheet.write(f"A{row}", [value, "blank" if value == "" else ""])

    sheet.batch(
        {
            "sortRange": {
                "range": box((0, 8), (0, 2)),
                "sortSpecs": [{"dimensionIndex": 0, "sortOrder": direction}],
            }
        }
    )

    assert [row[0] for row in sheet.values("Sheet1")] == [*order, ""]
    assert sheet.values("Sheet1!B8") == [["blank"]]


def test_sorting_by_two_columns_moves_formats_along(sheet: Sheet) -> None:
    sheet.write("A1", ["b", 2], ["a", 2], ["c", 1])
    sheet.type("A2", ["12%"])

    sheet.batch(
        {
            "sortRange": {
                "range": box((0, 3), (0, 2)),
                "sortSpecs": [
                    {"dimensionIndex": 1, "sortOrder": "DESCENDING"},
                    {"dimensionIndex": 0, "sortOrder": "ASCENDING"},
                ],
            }
        }
    )

    assert sheet.values("Sheet1", valueRenderOption="FORMATTED_VALUE") == [
        ["12%", "2"],
        ["b", "2"],
        ["c", "1"],
    ]


def test_repeated_value_and_merged_columns(sheet: Sheet) -> None:
    sheet.batch(
        {
            "repeatCell": {
                "range": box((0, 2), (0, 2)),
                "cell": {"userEnteredValue": {"stringValue": "x"}},
                "fields": "userEnteredValue",
            }
        },
        {"mergeCells": {"range": box((0, 2), (0, 2)), "mergeType": "MERGE_COLUMNS"}},
    )

    assert sheet.values("Sheet1") == [["x", "x"]]
    assert [merge["endColumnIndex"] for merge in sheet.get()["sheets"][0]["merges"]] == [1, 2]


def test_copy_and_cut(sheet: Sheet) -> None:
    sheet.type("A1", ["12%"], ["x"])

    sheet.batch(
        {"copyPaste": {"source": box((0, 1), (0, 1)), "destination": box((0, 3), (1, 2))}},
        {
            "cutPaste": {
                "source": box((0, 2), (0, 1)),
                "destination": {"sheetId": 0, "rowIndex": 4, "columnIndex": 0},
            }
        },
    )

    assert sheet.values("Sheet1", valueRenderOption="FORMATTED_VALUE") == [
        ["", "12%"],
        ["", "12%"],
        ["", "12%"],
        [],
        ["12%"],
        ["x"],
    ]


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (
            {"repeatCell": {"range": {"sheetId": 3}, "cell": {}, "fields": "*"}},
            "repeatCell: No grid with id: 3",
        ),
        (
            {"repeatCell": {"range": box((0, 1001), (0, 1)), "cell": {}, "fields": "*"}},
            "repeatCell: Range (Sheet1!A1:A1001) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
        (
            {"repeatCell": {"range": box((2, 2), (0, 1)), "cell": {}, "fields": "*"}},
            "repeatCell: GridRange.endRowIndex must be after startRowIndex",
        ),
        (
            {"repeatCell": {"range": box((0, 1), (2, 1)), "cell": {}, "fields": "*"}},
            "repeatCell: GridRange.endColumnIndex must be after startColumnIndex",
        ),
        (
            {"repeatCell": {"range": box((0, 1), (0, 1)), "cell": {}, "fields": "note("}},
            "repeatCell: Invalid field selection note(",
        ),
        (
            {"updateCells": {"range": box((0, 1), (0, 1)), "rows": [{"values": [{}, {}]}], "fields": "note"}},
            "updateCells: Attempting to write more than the 1 rows and 1 columns of the range.",
        ),
        (
            {
                "updateCells": {
                    "start": {"sheetId": 0, "columnIndex": 25},
                    "rows": [{"values": [{}, {}]}],
                    "fields": "note",
                }
            },
            "updateCells: Range (Sheet1!Z1:AA1) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
        (
            {"setDataValidation": {"range": box((0, 1), (0, 1)), "rule": {"strict": True}}},
            "setDataValidation: No condition specified",
        ),
        (
            {"sortRange": {"range": box((0, 2), (0, 2)), "sortSpecs": [{"dimensionIndex": 2}]}},
            "sortRange: sortSpecs.dimensionIndex[2] is not in the range.",
        ),
        (
            {
                "copyPaste": {
                    "source": box((0, 1), (0, 1)),
                    "destination": box((0, 1), (0, 1)),
                    "pasteType": "PASTE_DATA_VALIDATION",
                }
            },
            "copyPaste: Pasting in another way than PASTE_NORMAL is not implemented by the local workspace.",
        ),
        (
            {
                "cutPaste": {
                    "source": box((0, 2), (0, 1)),
                    "destination": {"sheetId": 0, "rowIndex": 999},
                }
            },
            "cutPaste: Range (Sheet1!A1000:A1001) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
        (
            {"updateCells": {"rows": [], "fields": "note"}},
            "updateCells: Either 'start' or 'range' must be set.",
        ),
    ],
)
def test_what_google_refuses(sheet: Sheet, request_: dict[str, Any], said: str) -> None:
    with pytest.raises(HttpError) as error:
        sheet.batch(request_)

    assert message(error) == f"Invalid requests[0].{said}"
