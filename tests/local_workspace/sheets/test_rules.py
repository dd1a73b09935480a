"""Protected ranges, conditional formats, filters, named ranges, developer metadata."""

from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.local_workspace.sheets.conftest import Sheet, message

BOX = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
SHOWN = {name: value for name, value in BOX.items() if name != "sheetId"}


def test_protected_range_may_be_edited_by_who_made_it(sheet: Sheet) -> None:
    wanted = {"range": BOX, "description": "The service's", "warningOnly": True, "editors": None}

    [reply] = sheet.batch({"addProtectedRange": {"protectedRange": wanted}})

    protected = reply["addProtectedRange"]["protectedRange"]
    number = protected.pop("protectedRangeId")
    assert protected == {
        "range": SHOWN,
        "description": "The service's",
        "warningOnly": True,
        "requestingUserCanEdit": True,
        "editors": {},
    }
    editors = {"users": ["organizer@example.org"]}
    kept = protected | {"protectedRangeId": number, "editors": editors}
    assert sheet.get()["sheets"][0]["protectedRanges"] == [kept]
    sheet.batch({"deleteProtectedRange": {"protectedRangeId": number}})
    assert "protectedRanges" not in sheet.get()["sheets"][0]


def test_conditional_formats_keep_their_order(sheet: Sheet) -> None:
    def rule(kind: str) -> dict[str, object]:
        return {
            "ranges": [BOX],
            "booleanRule": {"condition": {"type": kind}, "format": {"textFormat": {"bold": True}}},
        }

    sheet.batch(
        {"addConditionalFormatRule": {"rule": rule("BLANK"), "index": 0}},
        {"addConditionalFormatRule": {"rule": rule("NOT_BLANK"), "index": 0}},
    )

    shown = [rule(kind) | {"ranges": [SHOWN]} for kind in ("NOT_BLANK", "BLANK")]
    assert sheet.get()["sheets"][0]["conditionalFormats"] == shown


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ({"addConditionalFormatRule": {"rule": {}}}, "addConditionalFormatRule: No ranges specified."),
        (
            {"addConditionalFormatRule": {"rule": {"ranges": [BOX, BOX | {"sheetId": 5}]}}},
            "addConditionalFormatRule: All ranges must be on the same sheet.",
        ),
        (
            {"deleteProtectedRange": {"protectedRangeId": 5}},
            "deleteProtectedRange: No protectedRange with ID: 5",
        ),
        ({"deleteNamedRange": {"namedRangeId": "5"}}, "deleteNamedRange: No named range with id: 5"),
        (
            {"createDeveloperMetadata": {"developerMetadata": {"metadataKey": "x"}}},
            "createDeveloperMetadata: A developer metadata key and a visibility must be specified.",
        ),
        (
            {"createDeveloperMetadata": {"developerMetadata": {"metadataKey": "x", "visibility": "PROJECT"}}},
            "createDeveloperMetadata: A location must be specified.",
        ),
    ],
)
def test_what_google_refuses(sheet: Sheet, request_: dict[str, Any], said: str) -> None:
    sheet.add_tab("Other", sheetId=5)

    with pytest.raises(HttpError) as error:
        sheet.batch(request_)

    assert message(error) == f"Invalid requests[0].{said}"


def test_filter_is_kept(sheet: Sheet) -> None:
    sheet.batch({"setBasicFilter": {"filter": {"range": BOX}}})

    assert sheet.get()["sheets"][0]["basicFilter"] == {"range": SHOWN}
    sheet.batch({"clearBasicFilter": {"sheetId": 0}})
    assert "basicFilter" not in sheet.get()["sheets"][0]


def test_named_range_is_a_range(sheet: Sheet) -> None:
    sheet.write("A1", ["a", "b", "c"], ["d"])

    [reply] = sheet.batch({"addNamedRange": {"namedRange": {"name": "Here", "range": BOX}}})

    named = reply["addNamedRange"]["namedRange"]
    assert (named["name"], named["range"]) == ("Here", SHOWN)
    assert sheet.values("Here") == [["a", "b"], ["d"]]
    assert sheet.values("Sheet1!Here") == [["a", "b"], ["d"]]
    assert sheet.get()["namedRanges"] == [named]
    sheet.batch({"deleteNamedRange": {"namedRangeId": named["namedRangeId"]}})
    assert "namedRanges" not in sheet.get()


@pytest.mark.parametrize("name", ["A1", "two words", "1st", "", "true"])
def test_named_range_needs_a_name_that_is_no_range(sheet: Sheet, name: str) -> None:
    with pytest.raises(HttpError) as error:
        sheet.batch({"addNamedRange": {"namedRange": {"name": name, "range": BOX}}})

    assert message(error) == f"Invalid requests[0].addNamedRange: The name '{name}' is invalid."


def test_named_range_needs_a_free_name(sheet: Sheet) -> None:
    sheet.batch({"addNamedRange": {"namedRange": {"name": "Here", "range": BOX}}})

    with pytest.raises(HttpError) as error:
        sheet.batch({"addNamedRange": {"namedRange": {"name": "here", "range": BOX}}})

    assert message(error).endswith("A named range with the name 'here' already exists.")


def test_metadata_moves_with_its_column(sheet: Sheet) -> None:
    column = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    wanted = {
        "metadataKey": "column",
        "metadataValue": "email",
        "visibility": "DOCUMENT",
        "location": {"dimensionRange": column},
    }

    [reply] = sheet.batch({"createDeveloperMetadata": {"developerMetadata": wanted}})
    sheet.batch({"insertDimension": {"range": column | {"startIndex": 0, "endIndex": 1}}})

    made = reply["createDeveloperMetadata"]["developerMetadata"]
    assert made["location"]["locationType"] == "COLUMN"
    sizes = sheet.get(fields="sheets.data.columnMetadata")["sheets"][0]["data"][0]["columnMetadata"]
    moved = {"dimension": "COLUMNS", "startIndex": 2, "endIndex": 3}
    location = {"locationType": "COLUMN", "dimensionRange": moved}
    assert sizes[2] == {"pixelSize": 100, "developerMetadata": [made | {"location": location}]}


def test_metadata_of_tab_and_spreadsheet(sheet: Sheet) -> None:
    base = {"metadataKey": "made-by", "visibility": "DOCUMENT"}

    sheet.batch(
        {"createDeveloperMetadata": {"developerMetadata": base | {"location": {"sheetId": 0}}}},
        {"createDeveloperMetadata": {"developerMetadata": base | {"location": {"spreadsheet": True}}}},
    )

    found = sheet.get()
    assert found["sheets"][0]["developerMetadata"][0]["location"] == {"locationType": "SHEET", "sheetId": 0}
    assert found["developerMetadata"][0]["location"] == {"locationType": "SPREADSHEET", "spreadsheet": True}
