"""A spreadsheet that exists gets what it lacks, and nothing that stands in it changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sheets_schema.complete import ExistingTab, missing_requests
from sheets_schema.rows import MemberRow
from sheets_schema.sheet import TABS, read_sheet
from tests.sheets_schema.spreadsheets import CHOSEN, TODAY, Call, built, cells, made


def existing(call: Call, spreadsheet: str) -> list[ExistingTab]:
    tabs = [tab["properties"] for tab in call("GET", f"/{spreadsheet}")["sheets"]]
    rows = cells(call, spreadsheet, [tab["title"] for tab in tabs])
    return [ExistingTab(tab["sheetId"], tab["title"], rows[tab["title"]]) for tab in tabs]


def missing(call: Call, spreadsheet: str) -> list[dict[str, Any]]:
    return missing_requests(existing(call, spreadsheet), TODAY, CHOSEN)


def complete(call: Call, spreadsheet: str) -> None:
    call("POST", f"/{spreadsheet}:batchUpdate", {"requests": missing(call, spreadsheet)})


def delete_rows(call: Call, spreadsheet: str, title: str, start: int, end: int) -> None:
    """Rows counted from 0, without the last."""
    tabs = [tab["properties"] for tab in call("GET", f"/{spreadsheet}")["sheets"]]
    sheet_id = next(tab["sheetId"] for tab in tabs if tab["title"] == title)
    where = {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": start, "endIndex": end}
    call("POST", f"/{spreadsheet}:batchUpdate", {"requests": [{"deleteDimension": {"range": where}}]})


def put(call: Call, spreadsheet: str, where: str, rows: Sequence[Sequence[object]]) -> None:
    call("PUT", f"/{spreadsheet}/values/{where}", {"values": rows}, valueInputOption="RAW")


def test_nothing_is_missing_in_a_new_spreadsheet(call: Call) -> None:
    assert missing(call, built(call)) == []


def test_what_is_missing_is_added_and_what_is_there_stays(call: Call) -> None:
    spreadsheet = made(call, "Members", "My notes")
    typed: list[list[object]] = [
        ["E-mail", "Full name", "Shoe size"],
        ["ann@example.org", "Ann Lee", 39, "no header above"],
    ]
    put(call, spreadsheet, "Members!A1", typed)

    complete(call, spreadsheet)

    found = cells(call, spreadsheet)
    assert found["Members"][0][:5] == ["E-mail", "Full name", "Shoe size", "Check", "Time zone"]
    assert found["Members"][1][:3] == ["ann@example.org", "Ann Lee", 39]
    assert found["Members"][1][-1] == "no header above"
    sheet = read_sheet(found)
    assert sheet.members == (MemberRow(2, "ann@example.org", "Ann Lee", "ann@example.org"),)
    assert sheet.problems == ()
    assert missing(call, spreadsheet) == []


def test_a_tab_without_any_header_gets_them_all(call: Call) -> None:
    spreadsheet = made(call, "Roasts")

    complete(call, spreadsheet)

    sheet = read_sheet(cells(call, spreadsheet))
    assert sheet.problems == ()
    assert sheet.roasts == ()


def test_settings_and_mails_that_lost_their_rows_get_them_back(call: Call) -> None:
    spreadsheet = built(call)
    put(call, spreadsheet, "Settings!B2", [["My own name"]])
    delete_rows(call, spreadsheet, "Settings", 11, 13)
    delete_rows(call, spreadsheet, "Emails", 3, 4)
    before = cells(call, spreadsheet)

    complete(call, spreadsheet)

    found = cells(call, spreadsheet)
    assert found["Settings"][: len(before["Settings"])] == before["Settings"]
    assert [row[:2] for row in found["Settings"][len(before["Settings"]) :]] == [
        ["Mode", "show only"],
        ["Wait after my last change", "10"],
    ]
    assert found["Emails"][: len(before["Emails"])] == before["Emails"]
    assert [row[:4] for row in found["Emails"][len(before["Emails"]) :]] == [
        ["host.ask", "the month's host", "28 days before", "yes"]
    ]
    assert read_sheet(found).problems == ()
    assert missing(call, spreadsheet) == []


def test_a_setting_that_comes_back_has_its_own_dropdown(call: Call) -> None:
    spreadsheet = built(call)
    delete_rows(call, spreadsheet, "Settings", 11, 13)

    complete(call, spreadsheet)

    answer = call(
        "GET",
        f"/{spreadsheet}",
        ranges="Settings!B20:B21",
        fields="sheets.data.rowData.values.dataValidation.condition",
    )
    rows = answer["sheets"][0]["data"][0]["rowData"]
    conditions = [row["values"][0].get("dataValidation", {}).get("condition") for row in rows]
    options = ("show only", "only to me", "live", "paused")
    assert conditions == [
        {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": option} for option in options]},
        None,
    ]


def test_an_agenda_without_lines_gets_them_all_and_any_other_is_left_alone(call: Call) -> None:
    emptied, shortened = built(call), built(call)
    delete_rows(call, emptied, "Agenda", 1, 10)
    delete_rows(call, shortened, "Agenda", 2, 10)

    complete(call, emptied)

    assert len(read_sheet(cells(call, emptied)).agenda) == 9
    assert missing(call, shortened) == []


def test_rows_find_their_columns_where_these_were_moved(call: Call) -> None:
    spreadsheet = made(call, "Settings")
    put(call, spreadsheet, "Settings!A1", [["Mine", "Value", "Setting"], ["x", "live", "Mode"]])

    complete(call, spreadsheet)

    found = cells(call, spreadsheet)
    assert found["Settings"][:3] == [
        ["Mine", "Value", "Setting", "What it does"],
        ["x", "live", "Mode"],
        ["", "Third Thursday", "Community name", "Stands in events and mails."],
    ]
    assert read_sheet(found).problems == ()


def test_a_check_column_whose_formula_fails_is_there(call: Call) -> None:
    spreadsheet = built(call)
    put(call, spreadsheet, "Roasts!A3", [["in the way"]])

    assert cells(call, spreadsheet)["Roasts"][0][0] == "#REF!"
    assert missing(call, spreadsheet) == []


def test_a_tab_whose_title_differs_by_case_is_the_same(call: Call) -> None:
    spreadsheet = made(call, "members")

    complete(call, spreadsheet)

    titles = [tab.title for tab in existing(call, spreadsheet)]
    assert sorted(titles) == sorted(["members", *(tab.title for tab in TABS if tab.title != "Members")])


def test_a_missing_tab_comes_back_to_its_place(call: Call) -> None:
    spreadsheet = built(call)
    doomed = [tab.sheet_id for tab in existing(call, spreadsheet) if tab.title in {"Today", "Needs", "Log"}]
    requests: list[dict[str, Any]] = [{"deleteSheet": {"sheetId": sheet_id}} for sheet_id in doomed]
    requests.append({"addSheet": {"properties": {"title": "My notes", "index": 0}}})
    call("POST", f"/{spreadsheet}:batchUpdate", {"requests": requests})

    complete(call, spreadsheet)

    titles = [tab.title for tab in existing(call, spreadsheet)]
    assert titles == ["My notes", *(tab.title for tab in TABS)]


def test_ids_of_tabs_that_are_taken_are_not_used_again() -> None:
    taken = [ExistingTab(sheet_id, f"Mine {sheet_id}", []) for sheet_id in range(100, 120)]

    added = [request["addSheet"] for request in missing_requests(taken, TODAY, {}) if "addSheet" in request]

    ids = [request["properties"]["sheetId"] for request in added]
    assert len(set(ids)) == len(TABS)
    assert not set(ids) & set(range(100, 120))


def test_columns_go_behind_the_last_header_that_says_something() -> None:
    tabs = [ExistingTab(7, "Needs", [["Month", "Who asks", "", " "]])]

    inserted = [
        request["insertDimension"]["range"]
        for request in missing_requests(tabs, TODAY, {})
        if "insertDimension" in request
    ]

    assert inserted == [{"sheetId": 7, "dimension": "COLUMNS", "startIndex": 2, "endIndex": 8}]
