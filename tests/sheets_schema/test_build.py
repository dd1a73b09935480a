"""The spreadsheet is built in the local workspace, which refuses what Google would refuse."""

import pytest

from sheets_schema.build import create_requests
from sheets_schema.problems import Problem
from sheets_schema.sheet import SERVICE_TABS, TABS, read_sheet
from tests.sheets_schema.spreadsheets import TODAY, Call, built, cells


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

    assert [row[0] for row in found] == ["Check", "", "No host yet", *[""] * 10]


def test_log_shows_when_something_was_done_as_date_and_time(call: Call) -> None:
    spreadsheet = built(call)
    path = f"/{spreadsheet}/values/Log:append"
    call(
        "POST", path, {"values": [[46366.5, "Agenda"]]}, valueInputOption="RAW", insertDataOption="OVERWRITE"
    )

    shown = call("GET", f"/{spreadsheet}/values/Log!A2:B2")["values"]

    assert shown == [["2026-12-10 12:00", "Agenda"]]


def test_months_are_appended_behind_the_last_row(call: Call) -> None:
    spreadsheet = built(call)
    path = f"/{spreadsheet}/values/Roasts!A1:append"
    answer = call("POST", path, {"values": [["", "2027-11"]]}, valueInputOption="RAW")

    assert answer["updates"]["updatedRange"].startswith("Roasts!A14")
    assert len(read_sheet(cells(call, spreadsheet)).roasts) == 13


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
