"""What formulas show is kept between requests: no change of what they depend on may be missed."""

from collections.abc import Callable
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.local_workspace.sheets.conftest import Sheet

Local = Callable[..., Any]


def _checks(members: Sheet) -> list[str]:
    return [row[0] for row in members.values("Members!A2:A9")]


@pytest.fixture
def checked(members: Sheet) -> Sheet:
    """The tab Members with the keys a, b, c, of which b has a check; read once."""
    members.write("Checks!A1", ["Members|b", "second"])
    members.write("Members!C2", ["a"], ["b"], ["c"])
    assert _checks(members) == ["", "second", ""]
    return members


def test_written_and_cleared_cells_show_in_the_next_read(checked: Sheet, local: Local) -> None:
    found = []

    checked.write("Checks!B1", ["changed"])
    found.append(_checks(checked))
    checked.write("Members!C2", ["b"])
    found.append(_checks(checked))
    local("POST", f"/local/sheets/{checked.id}/cells", {"tab": "Members", "cell": "C3", "value": "x"})
    found.append(_checks(checked))
    checked.append("Members!A1:C1", [None, None, "b"])
    found.append(_checks(checked))
    checked.api.values().clear(spreadsheetId=checked.id, range="Checks!A1", body={}).execute()
    found.append(_checks(checked))

    assert found == [
        ["", "changed", ""],
        ["changed", "changed", ""],
        ["changed", "", ""],
        ["changed", "", "", "changed"],
        ["", "", "", ""],
    ]


def test_moved_rows_and_changed_tabs_show_in_the_next_read(checked: Sheet, local: Local) -> None:
    path, found = f"/local/sheets/{checked.id}", []

    for change, body in (
        ("rows/insert", {"before": 2}),
        ("rows/delete", {"from": 3}),
        ("rows/delete", {"from": 2}),
        ("rows/insert", {"before": 3}),
    ):
        local("POST", f"{path}/{change}", {"tab": "Members"} | body)
        found.append(_checks(checked))
    rows = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 1, "endColumnIndex": 3}
    checked.batch({"sortRange": {"range": rows, "sortSpecs": [{"dimensionIndex": 2}]}})
    found.append(_checks(checked))
    local("POST", f"{path}/tabs/rename", {"tab": "Members", "title": "Old"})
    local("POST", f"{path}/tabs/rename", {"tab": "Old", "title": "Members"})
    local("POST", f"{path}/tabs/delete", {"tab": "Checks"})
    found.append(checked.values("Members!A1:A9"))

    assert found == [
        ["", "", "second", ""],
        ["", "second", ""],
        ["second", ""],
        ["second", "", ""],
        ["second", ""],
        [["#REF!"]],
    ]


def test_refused_batch_leaves_what_was_shown(checked: Sheet) -> None:
    rows = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 1, "endColumnIndex": 3}
    typed = {"rows": [{"values": [{"userEnteredValue": {"stringValue": "c"}}]}], "fields": "userEnteredValue"}

    with pytest.raises(HttpError):
        checked.batch(
            {"updateCells": typed | {"start": {"sheetId": 7, "rowIndex": 0, "columnIndex": 0}}},
            {"sortRange": {"range": rows, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]}},
            {"deleteSheet": {"sheetId": 12345}},
        )

    assert _checks(checked) == ["", "second", ""]


def test_written_values_are_answered_as_they_are_now(checked: Sheet) -> None:
    def write(value: str) -> Any:
        request = checked.api.values().update(
            spreadsheetId=checked.id,
            range="Checks!B1",
            valueInputOption="USER_ENTERED",
            includeValuesInResponse=True,
            body={"values": [[value]]},
        )
        return request.execute()["updatedData"]["values"]

    assert [write("=Members!C3"), write("=Members!C4")] == [[["b"]], [["c"]]]
    assert _checks(checked) == ["", "c", ""]


def test_whatever_tells_the_time_goes_with_the_clock(sheet: Sheet, local: Local) -> None:
    sheet.type("A1", ["=TODAY()", "=A1+1", "=SUM(A1:A1)", "=SUM(A1:A1)", "={B1,7}", "", "=1+1"])
    local("POST", "/local/clock", {"now": "2026-12-01T18:00:00Z"})

    today = sheet.values("Sheet1")
    local("POST", "/local/clock", {"advance": 86400})
    tomorrow = sheet.values("Sheet1")
    local("POST", "/local/clock", {"run": True})

    assert today == [[46357, 46358, 46357, 46357, 46358, 7, 2]]
    assert tomorrow == [[46358, 46359, 46358, 46358, 46359, 7, 2]]
