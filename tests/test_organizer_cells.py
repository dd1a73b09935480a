"""The check that no cell of an organizer's tab changes: each thing it must find is done once, and found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from sheets_schema.build import SHEET_IDS
from tests.month import Month
from tests.organizer_cells import HAND, Judge, wrong_in

MEMBERS, NEEDS, LOG = (SHEET_IDS[title] for title in ("Members", "Needs", "Log"))
CELL = {"sheetId": MEMBERS, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 1, "endColumnIndex": 2}
ROW = {"sheetId": MEMBERS, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
FILTER = {"a1Range": "Members!B2"}
ANN = {"userEnteredValue": {"stringValue": "Ann"}}
CELLS = {"fields": "userEnteredValue", "rows": [{"values": [ANN]}]}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    """A month in which the service is made to do what it must not, which closing it finds."""
    month = Month(tmp_path_factory.mktemp("planted"))
    month.add_members("Bob")
    yield month
    month.workspace.sheets.write({"Members!B2": [["Ann"]]})
    with pytest.raises(AssertionError, match=r"values\.batchUpdate Members!B2"):
        month.close()


def asked(month: Month, path: str, body: Any, *, method: str = "POST", agent: str = "the service") -> int:
    """Ask for something about the month's spreadsheet; returns the status."""
    token = month.local("GET", "/local/token")["access_token"]
    headers = {"Authorization": f"Bearer {token}", "User-Agent": agent}
    address = f"{month.base}/v4/spreadsheets/{month.id}{path}"
    return requests.request(method, address, json=body, headers=headers, timeout=30).status_code


@pytest.mark.parametrize(
    ("path", "body", "found"),
    [
        ("/values/Members!A1:clear", {}, "values.clear"),
        ("/values:batchClear", {"ranges": ["Members!B2"]}, "values.batchClear"),
        ("/values:batchClearByDataFilter", {"dataFilters": [FILTER]}, "values.batchClearByDataFilter"),
        (
            "/values:batchUpdateByDataFilter",
            {"valueInputOption": "RAW", "data": [{"dataFilter": FILTER, "values": [["Ann"]]}]},
            "values.batchUpdateByDataFilter",
        ),
        (
            "/values/Members!A1:append?valueInputOption=RAW&insertDataOption=OVERWRITE",
            {"values": [["", "Ann"]]},
            "values.append",
        ),
        ("/values/Members:append?valueInputOption=RAW", {"values": [["", "Ann"]]}, "values.append"),
        (
            "/values/Members:append?valueInputOption=USER_ENTERED&insertDataOption=INSERT_ROWS",
            {"values": [["", "=1+1"]]},
            "values.append",
        ),
        ("/values/Today:append?valueInputOption=USER_ENTERED", {"values": [["=1+1"]]}, "values.append"),
    ],
)
def test_write_that_is_not_on_the_list_is_found(planted: Month, path: str, body: Any, found: str) -> None:
    judge = Judge(planted.server.data)

    status = asked(planted, path, body)

    assert status == 200
    query = path.partition("?")[2]
    named = [f"{found} /v4/spreadsheets/{planted.id}{path}"] if query else [found]
    assert judge.look() == named


def test_value_put_into_a_cell_is_found(planted: Month) -> None:
    judge = Judge(planted.server.data)

    status = asked(planted, "/values/Members!B2?valueInputOption=RAW", {"values": [["Ann"]]}, method="PUT")

    assert (status, judge.look()) == (200, ["values.update"])


@pytest.mark.parametrize(
    "where", ["Members!B2", "'Members'!B2:C3", "members!B2", "Members!R2C2", "A2:B3", "Nowhere!A1", "Members"]
)
def test_values_outside_the_services_own_tabs_are_found(where: str) -> None:
    body = {"valueInputOption": "RAW", "data": [{"range": "'Today'!A4"}, {"range": where}]}

    found = wrong_in("sheets.spreadsheets.values.batchUpdate", "/values:batchUpdate", json.dumps(body))

    assert found == [f"values.batchUpdate {where}"]


def test_values_that_would_be_read_as_formulas_are_found() -> None:
    body = {"valueInputOption": "USER_ENTERED", "data": [{"range": "Today!A4", "values": [["=1+1"]]}]}

    found = wrong_in("sheets.spreadsheets.values.batchUpdate", "/values:batchUpdate", json.dumps(body))

    assert found == ["values.batchUpdate as USER_ENTERED"]


@pytest.mark.parametrize(
    "change",
    [
        {"updateCells": CELLS | {"range": CELL}},
        {"repeatCell": {"cell": ANN, "fields": "userEnteredValue", "range": CELL}},
        {"appendCells": CELLS | {"sheetId": MEMBERS}},
        {"insertDimension": {"range": ROW}},
        {"appendDimension": {"sheetId": MEMBERS, "dimension": "ROWS", "length": 1}},
        {"moveDimension": {"source": ROW, "destinationIndex": 5}},
        {"sortRange": {"range": CELL, "sortSpecs": [{"dimensionIndex": 1, "sortOrder": "ASCENDING"}]}},
        {"mergeCells": {"range": CELL | {"endColumnIndex": 3}, "mergeType": "MERGE_ALL"}},
        {"unmergeCells": {"range": CELL}},
        {
            "cutPaste": {
                "source": CELL,
                "destination": {"sheetId": MEMBERS, "rowIndex": 7, "columnIndex": 1},
                "pasteType": "PASTE_NORMAL",
            }
        },
        {"copyPaste": {"source": CELL, "destination": CELL, "pasteType": "PASTE_NORMAL"}},
        {"findReplace": {"find": "Ann", "replacement": "Eve", "sheetId": MEMBERS}},
        {"updateSheetProperties": {"properties": {"sheetId": NEEDS, "title": "Wishes"}, "fields": "title"}},
        {"deleteDimension": {"range": ROW}},
        {"deleteSheet": {"sheetId": NEEDS}},
        {"updateCells": CELLS | {"range": CELL | {"sheetId": LOG}}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_change_in_a_batch_is_found_whatever_stands_beside_it(planted: Month, change: dict[str, Any]) -> None:
    judge = Judge(planted.server.data)
    room = {"appendDimension": {"sheetId": LOG, "dimension": "ROWS", "length": 1}}

    asked(planted, ":batchUpdate", {"requests": [room, change]})  # some are refused: the wish is enough

    assert judge.look() == [f"batchUpdate {next(iter(change))}"]


@pytest.mark.parametrize(
    "method",
    [
        "sheets.spreadsheets.create",
        "sheets.spreadsheets.sheets.copyTo",
        "drive.files.update",
        "drive.files.create",
    ],
)
def test_another_way_to_change_a_spreadsheet_is_found(method: str) -> None:
    assert wrong_in(method, "/", "{}") == [method.removeprefix("sheets.spreadsheets.")]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"insertDimension": {"range": ROW}}, []),
        ({"updateCells": CELLS | {"range": CELL}}, []),
        ({"updateCells": CELLS | {"range": CELL | {"endRowIndex": 3}}}, ["batchUpdate updateCells"]),
        (
            {"updateCells": CELLS | {"start": {"sheetId": MEMBERS, "rowIndex": 2, "columnIndex": 0}}},
            ["batchUpdate updateCells"],
        ),
        ({"setDataValidation": {"range": {"sheetId": MEMBERS}}}, ["batchUpdate setDataValidation"]),
        ({"deleteDimension": {"range": ROW}}, ["batchUpdate deleteDimension"]),
        (
            {"updateSheetProperties": {"properties": {"sheetId": MEMBERS}, "fields": "title"}},
            ["batchUpdate updateSheetProperties"],
        ),
    ],
)
def test_init_fills_nothing_but_what_it_makes(change: dict[str, Any], found: list[str]) -> None:
    body = {"requests": [{"insertDimension": {"range": ROW}}, change]}

    assert wrong_in("sheets.spreadsheets.batchUpdate", ":batchUpdate", json.dumps(body), init=True) == found


def test_what_the_service_needs_and_what_people_do_is_not_found(planted: Month) -> None:
    judge = Judge(planted.server.data)
    sheets = planted.workspace.sheets

    sheets.append("Members", [["", "Cyd", "cyd@example.org"]])
    sheets.append("Log", [["2026-11-12"]], push_down=False)
    sheets.write({"'Today'!A40": [["here"]], "People!A6000": [["a tab that must grow"]]})
    with planted.by_hand() as page:
        page.write({"Members!B2": [["Ann"]]})
    cut = asked(planted, ":batchUpdate", {"requests": [{"deleteDimension": {"range": ROW}}]}, agent=HAND)

    assert (cut, judge.look()) == (200, [])


def test_log_that_was_emptied_before_anybody_looked_is_found(planted: Month) -> None:
    careful, careless = Judge(planted.server.data), Judge(planted.server.data)
    planted.rows("Members")

    careful.look()
    planted.local("DELETE", "/local/requests")

    assert careful.look() == []
    assert careless.look() == ["requests were forgotten before they were judged"]
