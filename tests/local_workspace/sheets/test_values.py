"""values.get, update, batchUpdate, clear and batchClear."""

from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.local_workspace.sheets.conftest import Sheet, message


def get(sheet: Sheet, a1: str, **options: Any) -> Any:
    """Return the whole answer of values.get."""
    return sheet.api.values().get(spreadsheetId=sheet.id, range=a1, **options).execute()


@pytest.mark.parametrize(
    ("a1", "answered"),
    [
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("'Sheet1'", "Sheet1!A1:Z1000"),
        ("Sheet1!B:C", "Sheet1!B1:C1000"),
        ("Sheet1!2:3", "Sheet1!A2:Z3"),
        ("Sheet1!B2:C", "Sheet1!B2:C1000"),
        ("B2", "Sheet1!B2"),
        ("Sheet1!C3:B2", "Sheet1!B2:C3"),
        ("Sheet1!Y999:AZ2000", "Sheet1!Y999:Z1000"),
    ],
)
def test_blank_range_has_its_full_name_and_no_values(sheet: Sheet, a1: str, answered: str) -> None:
    assert get(sheet, a1) == {"range": answered, "majorDimension": "ROWS"}


@pytest.mark.parametrize("a1", ["Gone!A1", "Sheet1!", "Sheet1!Nothing", "Nothing", "Sheet1!A0", "sheet1!A1"])
def test_range_that_is_nowhere_is_refused(sheet: Sheet, a1: str) -> None:
    with pytest.raises(HttpError) as error:
        get(sheet, a1)

    assert error.value.status_code == 400
    assert message(error) == f"Unable to parse range: {a1}"


def test_range_that_begins_outside_the_grid_is_refused(sheet: Sheet) -> None:
    with pytest.raises(HttpError) as error:
        get(sheet, "Sheet1!1001:1002")

    assert message(error) == "Range (Sheet1!1001:1002) exceeds grid limits. Max rows: 1000, max columns: 26"


def test_blank_ends_are_left_out(sheet: Sheet) -> None:
    sheet.write("A1", ["a", "", "c", ""], ["", ""], ["d", ""], [""])

    assert sheet.values("Sheet1") == [["a", "", "c"], [], ["d"]]
    assert sheet.values("Sheet1!B1:C3") == [["", "c"]]
    assert sheet.values("Sheet1!A1:D3", majorDimension="COLUMNS") == [["a", "", "d"], [], ["c"]]


def test_raw_values_stay_as_they_are(sheet: Sheet) -> None:
    row = ["=A1", "'x", "2026-12-17", "0042", 42, 1.5, True, "TRUE", "a\nb", " x "]

    sheet.write("A1", row)

    assert sheet.values("Sheet1") == [row]


def test_typed_values_are_read(sheet: Sheet) -> None:
    sheet.type("A1", ["=B1", "'x", "2026-12-17", "0042", "12%", "true", 1.5, "2,000.5", "Ann"])

    assert sheet.values("Sheet1") == [["x", "x", 46373, 42, 0.12, True, 1.5, 2000.5, "Ann"]]
    assert sheet.values("Sheet1", valueRenderOption="FORMATTED_VALUE") == [
        ["x", "x", "2026-12-17", "42", "12%", "TRUE", "1.5", "2,000.50", "Ann"]
    ]
    assert sheet.values("Sheet1!A1:D1", dateTimeRenderOption="FORMATTED_STRING") == [
        ["x", "x", "2026-12-17", 42]
    ]


def test_plain_text_cells_keep_digits(sheet: Sheet) -> None:
    sheet.batch(
        {
            "repeatCell": {
                "range": {"sheetId": 0, "startColumnIndex": 1, "endColumnIndex": 2},
                "cell": {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}},
                "fields": "userEnteredFormat.numberFormat",
            }
        }
    )

    sheet.type("A1", ["123456789012345678", "123456789012345678"], ["=A1", "=A1"], ["2026-12", "2026-12"])

    assert sheet.values("Sheet1") == [
        [1.2345678901234568e17, "123456789012345678"],
        [1.2345678901234568e17, "=A1"],
        [46357, "2026-12"],
    ]
    assert sheet.cells("Sheet1!B2")[0][0]["userEnteredValue"] == {"stringValue": "=A1"}


def test_null_leaves_a_cell_and_an_empty_text_clears_it(sheet: Sheet) -> None:
    sheet.write("A1", ["a", "b"], ["c", "d"])

    answer = sheet.write("A1:B2", [None, ""], ["e", None])

    assert sheet.values("Sheet1") == [["a"], ["e", "d"]]
    assert answer == {
        "spreadsheetId": sheet.id,
        "updatedRange": "Sheet1!A1:B2",
        "updatedRows": 2,
        "updatedColumns": 2,
        "updatedCells": 2,
    }


def test_one_cell_stands_for_as_much_room_as_the_values_need(sheet: Sheet) -> None:
    answer = sheet.write("Sheet1!B2", ["a"], ["b", "c"])

    assert answer["updatedRange"] == "Sheet1!B2:C3"
    assert answer["updatedCells"] == 3


@pytest.mark.parametrize(
    ("a1", "rows", "said"),
    [
        (
            "A3:L3",
            [["x"] * 13],
            "Requested writing within range [Sheet1!A3:L3], but tried writing to column [M]",
        ),
        ("A3:L3", [["x"]] * 2, "Requested writing within range [Sheet1!A3:L3], but tried writing to row [4]"),
        ("A1001", [["x"]], "Range (Sheet1!A1001) exceeds grid limits. Max rows: 1000, max columns: 26"),
        ("Z1", [["x", "y"]], "Range (Sheet1!Z1:AA1) exceeds grid limits. Max rows: 1000, max columns: 26"),
        ("A1", [["x", [1]]], "Invalid values[0][1]: list_value {\n}"),
        (
            "A1",
            [["x" * 50_001]],
            "Your input contains more than the maximum of 50000 characters in a single cell.",
        ),
    ],
)
def test_values_that_do_not_fit_are_refused(sheet: Sheet, a1: str, rows: list[Any], said: str) -> None:
    with pytest.raises(HttpError) as error:
        sheet.write(a1, *rows)

    assert message(error) == said
    assert sheet.values("Sheet1") == []


def test_columns_can_be_written(sheet: Sheet) -> None:
    body = {"majorDimension": "COLUMNS", "values": [["a", "b"], ["c"]]}

    sheet.api.values().update(spreadsheetId=sheet.id, range="A1", valueInputOption="RAW", body=body).execute()

    assert sheet.values("Sheet1") == [["a", "c"], ["b"]]


def test_value_input_option_is_required(sheet: Sheet) -> None:
    with pytest.raises(HttpError) as error:
        sheet.api.values().update(spreadsheetId=sheet.id, range="A1", body={"values": [["x"]]}).execute()

    assert message(error) == "'valueInputOption' is required but not specified"


def test_written_values_are_answered_when_asked_for(sheet: Sheet) -> None:
    answer = (
        sheet.api.values()
        .update(
            spreadsheetId=sheet.id,
            range="A1",
            valueInputOption="USER_ENTERED",
            includeValuesInResponse=True,
            responseValueRenderOption="UNFORMATTED_VALUE",
            body={"values": [["12%"]]},
        )
        .execute()
    )

    assert answer["updatedData"] == {"range": "Sheet1!A1", "majorDimension": "ROWS", "values": [[0.12]]}


def batch_update(sheet: Sheet, *data: dict[str, Any]) -> Any:
    """Write many ranges as they are."""
    body = {"valueInputOption": "RAW", "data": list(data)}
    return sheet.api.values().batchUpdate(spreadsheetId=sheet.id, body=body).execute()


def test_batch_update_writes_all_ranges(sheet: Sheet) -> None:
    answer = batch_update(
        sheet,
        {"range": "Sheet1!A1", "values": [["a"]]},
        {"range": "Sheet1!C3:D3", "values": [["c", "d"]]},
    )

    assert sheet.values("Sheet1") == [["a"], [], ["", "", "c", "d"]]
    assert {name: value for name, value in answer.items() if name != "responses"} == {
        "spreadsheetId": sheet.id,
        "totalUpdatedRows": 2,
        "totalUpdatedColumns": 3,
        "totalUpdatedCells": 3,
        "totalUpdatedSheets": 1,
    }
    assert [response["updatedRange"] for response in answer["responses"]] == ["Sheet1!A1", "Sheet1!C3:D3"]


def test_batch_update_writes_nothing_when_one_range_is_wrong(sheet: Sheet) -> None:
    with pytest.raises(HttpError) as error:
        batch_update(sheet, {"range": "A1", "values": [["a"]]}, {"range": "Gone!A1", "values": [["b"]]})

    assert message(error) == "Unable to parse range: Gone!A1"
    assert sheet.values("Sheet1") == []


def test_clearing_keeps_formats(sheet: Sheet) -> None:
    sheet.type("A1", ["12%", "x"], ["y"])

    answer = sheet.api.values().clear(spreadsheetId=sheet.id, range="Sheet1!A1:A").execute()

    assert answer == {"spreadsheetId": sheet.id, "clearedRange": "Sheet1!A1:A1000"}
    assert sheet.values("Sheet1") == [["", "x"]]
    sheet.type("A1", [0.5])
    assert sheet.values("A1", valueRenderOption="FORMATTED_VALUE") == [["50%"]]


def test_batch_clear_clears_all_ranges(sheet: Sheet) -> None:
    sheet.write("A1", ["a", "b", "c"])
    body = {"ranges": ["Sheet1!A1", "C1:C"]}

    answer = sheet.api.values().batchClear(spreadsheetId=sheet.id, body=body).execute()

    assert answer == {"spreadsheetId": sheet.id, "clearedRanges": ["Sheet1!A1", "Sheet1!C1:C1000"]}
    assert sheet.values("Sheet1") == [["", "b"]]


def test_another_account_s_spreadsheet_is_forbidden(sheet: Sheet, client: Any, local: Any) -> None:
    local("POST", "/local/accounts", {"address": "eve@example.org", "meet": True})
    eve = client("sheets", "v4", account="eve@example.org").spreadsheets()

    with pytest.raises(HttpError) as error:
        eve.values().get(spreadsheetId=sheet.id, range="A1").execute()

    assert (error.value.status_code, message(error)) == (403, "The caller does not have permission")


def test_unknown_spreadsheet_is_not_found(sheet: Sheet) -> None:
    with pytest.raises(HttpError) as error:
        sheet.api.get(spreadsheetId="1gone").execute()

    assert (error.value.status_code, message(error)) == (404, "Requested entity was not found.")


def test_numbers_and_booleans_in_plain_text_cells_are_text_when_typed(sheet: Sheet) -> None:
    cell = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    whole = {"range": {"sheetId": 0}, "cell": cell, "fields": "userEnteredFormat.numberFormat"}
    sheet.batch({"repeatCell": whole})

    sheet.type("A1", [42, True, "'x"])

    assert sheet.values("Sheet1") == [["42", "TRUE", "x"]]
