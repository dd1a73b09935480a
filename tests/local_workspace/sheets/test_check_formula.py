"""The Check formula, computed: read through the API as the program reads it."""

import pytest
from googleapiclient.errors import HttpError

from tests.local_workspace.sheets.conftest import CHECK, Sheet, message


def test_no_rows_show_the_heading_only(members: Sheet) -> None:
    assert members.values("Members") == [["Check", "Name", "Email"]]


def test_each_row_shows_what_stands_beside_its_key(members: Sheet) -> None:
    members.write("Checks!A1", ["members|ANN@example.org", "typo?"], ["Members|46357", "a date"])
    members.write(
        "Checks!A3", ["Members|TRUE", "yes"], ["Members|1.5", 7], ["Requests|x", "no"], ["Members|", "?"]
    )
    members.write("Members!B2", ["Ann", "ann@example.org"], ["", 46357], ["", True], ["", 1.5], ["Eve", ""])
    members.write("Members!C7", ["x"])

    assert members.values("Members") == [
        ["Check", "Name", "Email"],
        ["typo?", "Ann", "ann@example.org"],
        ["a date", "", 46357],
        ["yes", "", True],
        [7, "", 1.5],
        ["?", "Eve"],
        ["", "", "x"],
    ]


def test_formula_is_given_back_in_its_own_cell_alone(members: Sheet) -> None:
    members.write("Checks!A1", ["Members|x", "wrong"])
    members.write("Members!C2", ["x"])

    assert members.values("Members!A1:C2", valueRenderOption="FORMULA") == [
        [CHECK, "Name", "Email"],
        ["", "", "x"],
    ]


def test_anything_in_the_way_stops_the_spill(members: Sheet) -> None:
    members.write("Members!C2", ["x"], ["y"])
    members.write("Members!A3", ["mine"])

    assert members.values("Members") == [["#REF!", "Name", "Email"], ["", "", "x"], ["mine", "", "y"]]
    cell = members.get(ranges=["Members!A1"], includeGridData=True)["sheets"][0]["data"][0]["rowData"][0]
    assert cell["values"][0]["effectiveValue"]["errorValue"]["type"] == "REF"


def test_missing_tab_is_an_error(members: Sheet) -> None:
    members.write("Members!C2", ["x"])

    members.batch({"deleteSheet": {"sheetId": 7}})

    assert members.values("Members!A1:A2") == [["#REF!"]]


def test_formula_follows_moved_and_inserted_columns(members: Sheet) -> None:
    members.write("Checks!A1", ["Members|x", "wrong"])
    members.write("Members!C2", ["x"])
    column = {"sheetId": 0, "dimension": "COLUMNS"}

    members.batch(
        {"insertDimension": {"range": column | {"startIndex": 1, "endIndex": 2}}},
        {"moveDimension": {"source": column | {"startIndex": 3, "endIndex": 4}, "destinationIndex": 1}},
        {
            "insertDimension": {
                "range": {"sheetId": 7, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
            }
        },
    )

    assert members.values("Members") == [["Check", "Email", "", "Name"], ["wrong", "x"]]
    formula = members.values("Members!A1", valueRenderOption="FORMULA")[0][0]
    assert formula == CHECK.replace("C:C", "B:B").replace("C1", "B1").replace(
        "Checks!B:B", "Checks!C:C"
    ).replace("Checks!A:A", "Checks!B:B")


def test_formula_follows_a_renamed_tab_but_its_text_does_not(members: Sheet) -> None:
    members.write("Checks!A1", ["Members|x", "wrong"])
    members.write("Members!C2", ["x"])

    members.batch(
        {"updateSheetProperties": {"properties": {"sheetId": 7, "title": "The checks"}, "fields": "title"}}
    )

    assert members.values("Members!A1:A2") == [["Check"], ["wrong"]]


def test_inserted_and_sorted_rows_keep_their_checks(members: Sheet) -> None:
    members.write("Checks!A1", ["Members|b", "second"])
    members.write("Members!C2", ["c"], ["b"], ["a"])
    rows = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 3}

    members.batch(
        {"sortRange": {"range": rows, "sortSpecs": [{"dimensionIndex": 2, "sortOrder": "ASCENDING"}]}},
        {"insertDimension": {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}}},
    )

    assert members.values("Members") == [
        ["Check", "Name", "Email"],
        [""],
        ["", "", "a"],
        ["second", "", "b"],
        ["", "", "c"],
    ]


def test_batch_get_needs_one_request_for_all_tabs(members: Sheet) -> None:
    members.write("Members!C2", ["x"])

    found = (
        members.api.values()
        .batchGet(
            spreadsheetId=members.id, ranges=["Members", "Checks"], valueRenderOption="UNFORMATTED_VALUE"
        )
        .execute()
    )

    assert found == {
        "spreadsheetId": members.id,
        "valueRanges": [
            {
                "range": "Members!A1:Z1000",
                "majorDimension": "ROWS",
                "values": [["Check", "Name", "Email"], ["", "", "x"]],
            },
            {"range": "Checks!A1:Z1000", "majorDimension": "ROWS"},
        ],
    }


def test_missing_tab_fails_the_whole_batch_get(members: Sheet) -> None:
    request = members.api.values().batchGet(spreadsheetId=members.id, ranges=["Members", "Gone!A1"])

    with pytest.raises(HttpError) as error:
        request.execute()

    assert error.value.status_code == 400
    assert message(error) == "Unable to parse range: Gone!A1"
