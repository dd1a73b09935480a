"""The spreadsheet is built in the local workspace, which refuses what Google would refuse."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import requests

from local_workspace.serve import RunningWorkspace
from sheets_schema.build import create_requests, missing_requests
from sheets_schema.cells import Rows
from sheets_schema.problems import Problem
from sheets_schema.rows import MemberRow
from sheets_schema.sheet import SERVICE_TABS, TABS, ranges, read_sheet

TODAY = date(2026, 11, 20)
CHOSEN = {"Organizer": "organizer@example.org", "Time zone": "Europe/Berlin"}
HEADERS = "sheets(properties,data(rowData(values(formattedValue,userEnteredValue))))"
Call = Callable[..., Any]


@pytest.fixture
def call(tmp_path: Path) -> Iterator[Call]:
    """Call the Sheets API of a fresh workspace: call("POST", "", {"properties": ...})."""
    with RunningWorkspace(tmp_path, check_answers=True) as workspace, requests.Session() as session:
        token = session.get(f"{workspace.base_url}/local/token", timeout=30).json()["access_token"]
        session.headers["Authorization"] = f"Bearer {token}"

        def send(method: str, path: str, body: Any = None, **params: Any) -> Any:
            url = f"{workspace.base_url}/v4/spreadsheets{path}"
            reply = session.request(method, url, json=body, params=params, timeout=30)
            assert reply.ok, reply.text
            return reply.json()

        yield send


def made(call: Call, *titles: str) -> str:
    """The id of a new spreadsheet with these tabs, or with the one that a new one has."""
    tabs = [{"properties": {"title": title}} for title in titles]
    answer = call("POST", "", {"properties": {"title": "Ours"}} | ({"sheets": tabs} if tabs else {}))
    return str(answer["spreadsheetId"])


def built(call: Call) -> str:
    spreadsheet = made(call)
    call("POST", f"/{spreadsheet}:batchUpdate", {"requests": create_requests(TODAY, CHOSEN)})
    return spreadsheet


def cells(call: Call, spreadsheet: str) -> dict[str, Rows | None]:
    answer = call(
        "GET", f"/{spreadsheet}/values:batchGet", ranges=ranges(), valueRenderOption="UNFORMATTED_VALUE"
    )
    return {
        title: found.get("values", []) for title, found in zip(ranges(), answer["valueRanges"], strict=True)
    }


def first_rows(call: Call, spreadsheet: str) -> Any:
    titles = [tab["properties"]["title"] for tab in call("GET", f"/{spreadsheet}")["sheets"]]
    return call("GET", f"/{spreadsheet}", ranges=[f"{title}!1:1" for title in titles], fields=HEADERS)


def test_a_new_spreadsheet_reads_without_problems(call: Call) -> None:
    sheet = read_sheet(cells(call, built(call)))

    assert sheet.problems == ()
    assert sheet.settings.organizer == "organizer@example.org"
    assert [str(roast.month) for roast in sheet.roasts][:2] == ["2026-11", "2026-12"]


def test_a_new_spreadsheet_shows_its_tabs_in_order_and_hides_details(call: Call) -> None:
    answer = call("GET", f"/{built(call)}")

    tabs = [tab["properties"] for tab in answer["sheets"]]
    assert [tab["title"] for tab in tabs] == [tab.title for tab in TABS]
    assert [tab["title"] for tab in tabs if tab.get("hidden")] == list(SERVICE_TABS[1:])
    assert [tab["gridProperties"]["frozenRowCount"] for tab in tabs] == [2] + [1] * 13
    warned = [tab["properties"]["title"] for tab in answer["sheets"] if tab.get("protectedRanges")]
    assert warned == list(SERVICE_TABS)
    assert answer["properties"]["timeZone"] == "Europe/Berlin"


def test_check_shows_what_the_tab_checks_says_about_a_row(call: Call) -> None:
    spreadsheet = built(call)
    path = f"/{spreadsheet}/values/Checks!A2:B2"
    call("PUT", path, {"values": [["Roasts|2026-12", "No host yet"]]}, valueInputOption="RAW")

    found = cells(call, spreadsheet)["Roasts"]

    assert found is not None
    assert [row[0] for row in found] == ["Check", "", "No host yet", *[""] * 10]


def test_months_are_appended_behind_the_last_row(call: Call) -> None:
    spreadsheet = built(call)
    path = f"/{spreadsheet}/values/Roasts!A1:append"
    answer = call("POST", path, {"values": [["", "2027-11"]]}, valueInputOption="RAW")

    assert answer["updates"]["updatedRange"].startswith("Roasts!A14")
    assert len(read_sheet(cells(call, spreadsheet)).roasts) == 13


def test_nothing_is_missing_in_a_new_spreadsheet(call: Call) -> None:
    spreadsheet = built(call)

    assert missing_requests(first_rows(call, spreadsheet), TODAY, CHOSEN) == []


def test_what_is_missing_is_added_and_what_is_there_stays(call: Call) -> None:
    spreadsheet = made(call, "Members", "My notes")
    typed = [["E-mail", "Full name", "Shoe size"], ["ann@example.org", "Ann Lee", 39, "no header above"]]
    call("PUT", f"/{spreadsheet}/values/Members!A1", {"values": typed}, valueInputOption="RAW")

    requests_made = missing_requests(first_rows(call, spreadsheet), TODAY, CHOSEN)
    call("POST", f"/{spreadsheet}:batchUpdate", {"requests": requests_made})

    found = cells(call, spreadsheet)
    members = found["Members"]
    assert members is not None
    assert members[0][:5] == ["E-mail", "Full name", "Shoe size", "Check", "Time zone"]
    assert members[1][:3] == ["ann@example.org", "Ann Lee", 39]
    assert members[1][-1] == "no header above"
    sheet = read_sheet(found)
    assert sheet.members == (MemberRow(2, "ann@example.org", "Ann Lee", "ann@example.org"),)
    assert sheet.problems == ()
    assert missing_requests(first_rows(call, spreadsheet), TODAY, CHOSEN) == []


def test_a_tab_without_any_header_gets_them_all(call: Call) -> None:
    spreadsheet = made(call, "Roasts")

    requests_made = missing_requests(first_rows(call, spreadsheet), TODAY, CHOSEN)
    call("POST", f"/{spreadsheet}:batchUpdate", {"requests": requests_made})

    sheet = read_sheet(cells(call, spreadsheet))
    assert sheet.problems == ()
    assert sheet.roasts == ()


def test_ids_of_tabs_that_are_taken_are_not_used_again() -> None:
    existing = {
        "sheets": [
            {"properties": {"sheetId": sheet_id, "title": f"Mine {sheet_id}"}} for sheet_id in range(100, 120)
        ]
    }

    added = [
        request["addSheet"] for request in missing_requests(existing, TODAY, {}) if "addSheet" in request
    ]

    ids = [request["properties"]["sheetId"] for request in added]
    assert len(set(ids)) == len(TABS)
    assert not set(ids) & set(range(100, 120))


def test_columns_go_behind_the_last_header_that_says_something() -> None:
    row = [{"formattedValue": "Mail"}, {"formattedValue": "Goes to"}, {}, {"formattedValue": ""}]
    existing = {
        "sheets": [
            {"properties": {"sheetId": 7, "title": "Emails"}, "data": [{"rowData": [{"values": row}]}]},
            *({"properties": {"sheetId": 1, "title": tab.title}} for tab in TABS if tab.title == "Today"),
        ]
    }

    inserted = [
        request["insertDimension"]["range"]
        for request in missing_requests(existing, TODAY, {})
        if "insertDimension" in request
    ]

    assert inserted == [{"sheetId": 7, "dimension": "COLUMNS", "startIndex": 2, "endIndex": 6}]


def test_a_spreadsheet_has_the_zone_of_its_settings() -> None:
    requests_made = create_requests(TODAY, {})

    assert requests_made[0]["updateSpreadsheetProperties"]["properties"]["timeZone"] == "America/New_York"


def test_a_setting_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no setting called Colour"):
        create_requests(TODAY, {"Colour": "green"})


def test_a_header_taken_away_stops_its_tab(call: Call) -> None:
    spreadsheet = built(call)
    call("PUT", f"/{spreadsheet}/values/Members!C1", {"values": [["Mailbox"]]}, valueInputOption="RAW")

    sheet = read_sheet(cells(call, spreadsheet))

    assert sheet.stopped == frozenset(["Members"])
    assert sheet.problems == (
        Problem(
            "Members",
            1,
            "Email",
            "",
            "Row 1 has no column headed Email. Type the header above its column again.",
            "No member is read: nobody is invited, mailed or taken off a guest list until it is back.",
        ),
    )
