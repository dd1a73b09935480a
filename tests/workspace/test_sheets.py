from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.workspace.loopback import Answer, Loopback, Received, one_after_another
from workspace.errors import NotFound, TabMissing
from workspace.sheets import Sheets, quoted
from workspace.transport import Transport

NO_TAB = {"error": {"code": 400, "message": "Unable to parse range: 'B'", "status": "INVALID_ARGUMENT"}}


@pytest.fixture
def sheets(transport: Transport) -> Sheets:
    """A new spreadsheet with the tabs Members and It's a Log, and requests counted from zero."""
    sheets = Sheets(transport)
    sheets.create("Community")
    sheets.batch_update(
        [
            {"addSheet": {"properties": {"title": "Members"}}},
            {"addSheet": {"properties": {"title": "It's a Log"}}},
        ]
    )
    transport.requests.clear()
    return sheets


def described(sheets: Sheets) -> list[dict[str, Any]]:
    """The tabs as Google describes them."""
    tabs: list[dict[str, Any]] = sheets.describe()["sheets"]
    return tabs


def test_created_spreadsheet_is_the_one_at_hand(transport: Transport) -> None:
    sheets = Sheets(transport)

    spreadsheet_id = sheets.create("Community")

    assert sheets.spreadsheet_id == spreadsheet_id
    assert sheets.describe()["properties"]["title"] == "Community"


def test_everything_is_read_in_one_request(transport: Transport, sheets: Sheets) -> None:
    sheets.write({"'Members'!A1:C2": [["Name", "Joined", "Yes"], ["Ann", 46357.5, True]]})
    sheets.write({"'It''s a Log'!A1": [["=1+1"]]})
    transport.requests.clear()

    read = sheets.read(["Members", "It's a Log", "Sheet1"])

    assert read == {
        "Members": [["Name", "Joined", "Yes"], ["Ann", 46357.5, True]],
        "It's a Log": [["=1+1"]],
        "Sheet1": [],
    }
    assert transport.requests == {"sheets.spreadsheets.values.batchGet": 1}


def test_missing_tab_is_none_and_costs_two_requests_more(transport: Transport, sheets: Sheets) -> None:
    sheets.write({"'Members'!A1": [["Name"]]})
    transport.requests.clear()

    read = sheets.read(["Needs", "Members"])

    assert read == {"Needs": None, "Members": [["Name"]]}
    assert transport.requests == {
        "sheets.spreadsheets.values.batchGet": 2,
        "sheets.spreadsheets.get": 1,
    }


def test_no_tab_is_there_at_all(transport: Transport, sheets: Sheets) -> None:
    assert sheets.read(["Needs", "Today"]) == {"Needs": None, "Today": None}
    assert transport.requests == {
        "sheets.spreadsheets.values.batchGet": 1,
        "sheets.spreadsheets.get": 1,
    }


def test_tab_deleted_while_we_read_is_an_error() -> None:
    tabs = Answer({"sheets": [{"properties": {"title": "B"}}]})
    with Loopback(one_after_another(Answer(NO_TAB, 400), tabs, Answer(NO_TAB, 400))) as server:
        sheets = Sheets(Transport(None, server.endpoints), "sheet")

        with pytest.raises(TabMissing):
            sheets.read(["A", "B"])


def test_unknown_spreadsheet_is_not_found(transport: Transport) -> None:
    with pytest.raises(NotFound, match=r"^sheets\.spreadsheets\.values\.batchGet: "):
        Sheets(transport, "1" * 44).read(["Members"])


def test_all_blocks_are_written_in_one_request(transport: Transport, sheets: Sheets) -> None:
    sheets.write({"'Members'!A1:B1": [["a", "b"]], "'It''s a Log'!A2:B2": [["c", ""]]})

    assert transport.requests == {"sheets.spreadsheets.values.batchUpdate": 1}
    assert sheets.read(["Members", "It's a Log"]) == {"Members": [["a", "b"]], "It's a Log": [[], ["c"]]}


def test_nothing_to_write_is_no_request(transport: Transport, sheets: Sheets) -> None:
    sheets.write({})

    assert transport.requests == {}


def test_rows_are_appended_below_the_last_one(sheets: Sheets) -> None:
    sheets.write({"'Members'!A1:B2": [["Name", "Mail"], ["Ann", "ann@example.org"]]})

    where = sheets.append("Members", [["Bo", "=bo"], ["Cy", 7]])

    assert where.replace("'", "") == "Members!A3:B4"
    assert sheets.read(["Members"])["Members"] == [
        ["Name", "Mail"],
        ["Ann", "ann@example.org"],
        ["Bo", "=bo"],
        ["Cy", 7],
    ]


def test_tab_that_is_too_small_for_a_block_is_made_larger(transport: Transport, sheets: Sheets) -> None:
    rows: list[list[str]] = [["x"]] * 1200

    sheets.write({"Members!A1:A1200": rows, "'It''s a Log'!Z1:AB1": [["a", "b", "c"]]})

    assert sheets.read(["Members", "It's a Log"]) == {
        "Members": rows,
        "It's a Log": [[""] * 25 + ["a", "b", "c"]],
    }
    grids = {tab["properties"]["title"]: tab["properties"]["gridProperties"] for tab in described(sheets)}
    assert grids["Members"] == {"rowCount": 2000, "columnCount": 26}
    assert grids["It's a Log"] == {"rowCount": 1000, "columnCount": 28}
    assert transport.requests["sheets.spreadsheets.batchUpdate"] == 1
    assert transport.requests["sheets.spreadsheets.values.batchUpdate"] == 2


def test_block_of_a_tab_that_is_gone_is_an_error_though_another_could_grow(sheets: Sheets) -> None:
    with pytest.raises(TabMissing):
        sheets.write({"Members!A1:A1200": [["x"]] * 1200, "Gone!A1": [["x"]]})


def test_appended_rows_keep_their_columns_though_tick_boxes_stand_below(sheets: Sheets) -> None:
    sheets.write({"Members!A1:C2": [["Name", "Mail", "Yes"], ["Ann", "ann@example.org", False]]})
    sheets.write({"Members!C6:C8": [[False], [False], [False]]})

    sheets.append("Members", [["Bo", "bo@example.org"]])

    read = sheets.read(["Members"])["Members"] or []
    assert read[2] == ["Bo", "bo@example.org"]


def test_appended_rows_keep_their_columns_though_the_first_one_is_empty(sheets: Sheets) -> None:
    sheets.write({"Members!B1:C2": [["Name", "Mail"], ["Ann", "ann@example.org"]]})

    sheets.append("Members", [["", "Bo", "bo@example.org"]], column=1)

    assert sheets.read(["Members"])["Members"] == [
        ["", "Name", "Mail"],
        ["", "Ann", "ann@example.org"],
        ["", "Bo", "bo@example.org"],
    ]


def test_rows_nobody_types_among_go_below_everything(sheets: Sheets) -> None:
    sheets.write({"'It''s a Log'!A1:B5": [["When", "What"], [1, "a"], ["", ""], [2, "b"], [3, "c"]]})

    sheets.append("It's a Log", [[4, "d"], [5, "e"]], push_down=False)

    assert sheets.read(["It's a Log"])["It's a Log"] == [
        ["When", "What"],
        [1, "a"],
        [],
        [2, "b"],
        [3, "c"],
        [4, "d"],
        [5, "e"],
    ]


def test_rows_nobody_types_among_take_empty_rows() -> None:
    with Loopback(lambda _: Answer({"updates": {"updatedRange": "Log!A2"}})) as server:
        Sheets(Transport(None, server.endpoints), "sheet").append("Log", [["x"]], push_down=False)

    asked = urlsplit(server.received[0].path)
    assert asked.path == "/v4/spreadsheets/sheet/values/%27Log%27:append"
    assert parse_qs(asked.query)["insertDataOption"] == ["OVERWRITE"]


def test_appended_rows_push_down_and_are_never_interpreted() -> None:
    with Loopback(lambda _: Answer({"updates": {"updatedRange": "Log!A2"}})) as server:
        Sheets(Transport(None, server.endpoints), "sheet").append("Log", [["x"]])

    asked = urlsplit(server.received[0].path)
    assert asked.path == "/v4/spreadsheets/sheet/values/%27Log%27%21A1:append"
    assert parse_qs(asked.query) == {
        "valueInputOption": ["RAW"],
        "insertDataOption": ["INSERT_ROWS"],
    }
    assert json.loads(server.received[0].body) == {"values": [["x"]]}


def test_description_has_the_tabs_and_their_cells(transport: Transport, sheets: Sheets) -> None:
    sheets.write({"'Members'!A1:B2": [["Name", "Mail"], ["Ann", "x"]]})
    transport.requests.clear()

    tabs = sheets.describe()["sheets"]

    assert [(tab["properties"]["title"], tab["rows"]) for tab in tabs] == [
        ("Sheet1", []),
        ("Members", [["Name", "Mail"], ["Ann", "x"]]),
        ("It's a Log", []),
    ]
    assert transport.requests == {
        "sheets.spreadsheets.get": 1,
        "sheets.spreadsheets.values.batchGet": 1,
    }


def test_batch_update_returns_its_replies(sheets: Sheets) -> None:
    replies = sheets.batch_update([{"addSheet": {"properties": {"title": "Needs"}}}])

    assert [reply["addSheet"]["properties"]["title"] for reply in replies] == ["Needs"]


def test_each_service_is_asked_at_its_own_endpoint() -> None:
    def react(_: Received) -> Answer:
        return Answer({"id": "new", "spreadsheetId": "new", "properties": {"title": "T"}})

    with Loopback(react) as server:
        Sheets(Transport(None, server.endpoints)).create("T")

    paths: list[Any] = [urlsplit(request.path).path for request in server.received]
    assert paths == ["/drive/v3/files", "/v4/spreadsheets/new"]


@pytest.mark.parametrize(("tab", "range_name"), [("Log", "'Log'"), ("It's", "'It''s'"), ("A1", "'A1'")])
def test_quoted_tab(tab: str, range_name: str) -> None:
    assert quoted(tab) == range_name
