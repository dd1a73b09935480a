"""The controls with which a person's hand edits a spreadsheet."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
from googleapiclient.errors import HttpError

from local_workspace.serve import RunningWorkspace
from tests.local_workspace.sheets.conftest import DRIVE_FILE, Sheet, message

SPREADSHEETS = "https://www.googleapis.com/auth/spreadsheets"
Local = Callable[..., Any]


def refused(workspace: RunningWorkspace, path: str, body: dict[str, Any]) -> str:
    """Send what a control refuses and return its message."""
    reply = requests.post(workspace.base_url + path, json=body, timeout=30)
    assert reply.status_code == 400
    text: str = reply.json()["error"]["message"]
    return text


def test_typing_into_a_cell_is_read_as_typing(sheet: Sheet, local: Local) -> None:
    path = f"/local/sheets/{sheet.id}/cells"

    local("POST", path, {"tab": "Sheet1", "cell": "B2", "value": "2026-12-17"})
    local("POST", path, {"tab": "Sheet1", "cell": "C2", "value": True})
    local("POST", path, {"tab": "Sheet1", "cell": "A1", "value": "gone"})
    local("POST", path, {"tab": "Sheet1", "cell": "A1", "value": None})

    assert sheet.values("Sheet1") == [[], ["", 46373, True]]


def test_rows_are_inserted_deleted_and_sorted_below_the_header(members: Sheet, local: Local) -> None:
    members.write("Checks!A1", ["Members|c", "see"])
    members.write("Members!B2", ["Cyd", "c"], ["Ann", "a"], ["Ben", "b"])
    frozen = {"sheetId": 0, "gridProperties": {"frozenRowCount": 1}}
    members.batch(
        {"updateSheetProperties": {"properties": frozen, "fields": "gridProperties.frozenRowCount"}}
    )
    path = f"/local/sheets/{members.id}/rows"

    local("POST", f"{path}/sort", {"tab": "Members", "by": "B"})
    local("POST", f"{path}/insert", {"tab": "Members", "before": 3, "count": 2})
    local("POST", f"{path}/delete", {"tab": "Members", "from": 2})

    assert members.values("Members") == [
        ["Check", "Name", "Email"],
        [""],
        [""],
        ["", "Ben", "b"],
        ["see", "Cyd", "c"],
    ]


def test_tabs_are_renamed_and_deleted(members: Sheet, local: Local) -> None:
    path = f"/local/sheets/{members.id}/tabs"

    local("POST", f"{path}/rename", {"tab": "Members", "title": "People"})
    local("POST", f"{path}/delete", {"tab": "Checks"})

    assert [found["properties"]["title"] for found in members.get()["sheets"]] == ["People"]


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        (
            "cells",
            {"tab": "Sheet1", "cell": "A1:B2", "value": 1},
            'Send {"tab": "Members", "cell": "C4", "value": "ann@example.org"}.',
        ),
        ("cells", {"tab": "Gone", "cell": "A1", "value": 1}, "There is no tab 'Gone'; there is ['Sheet1']."),
        (
            "rows/insert",
            {"tab": "Sheet1", "before": 0},
            'Send {"tab": "Members", "before": 3, "count": 1}.',
        ),
        (
            "rows/sort",
            {"tab": "Sheet1", "by": "B", "descending": 1},
            'Send {"tab": "Members", "by": "B", "descending": false}.',
        ),
        ("tabs/delete", {"tab": "Sheet1"}, "You can't remove all the sheets in a document."),
    ],
)
def test_unclear_hand_is_told_what_to_send(
    sheet: Sheet, workspace: RunningWorkspace, path: str, body: dict[str, Any], said: str
) -> None:
    assert refused(workspace, f"/local/sheets/{sheet.id}/{path}", body) == said


def test_spreadsheet_made_by_hand_is_invisible_to_drive_file(
    client: Callable[..., Any], local: Local
) -> None:
    made = local("POST", "/local/sheets", {"title": "By hand"})["spreadsheetId"]
    narrow = client("sheets", "v4", scopes=DRIVE_FILE).spreadsheets()
    wide = client("sheets", "v4", scopes=SPREADSHEETS).spreadsheets()

    with pytest.raises(HttpError) as error:
        narrow.get(spreadsheetId=made).execute()
    with pytest.raises(HttpError) as drive_error:
        client("drive", "v3", scopes=DRIVE_FILE).files().get(fileId=made).execute()

    assert (error.value.status_code, message(error)) == (404, "Requested entity was not found.")
    assert (drive_error.value.status_code, message(drive_error)) == (404, f"File not found: {made}.")
    assert client("drive", "v3", scopes=DRIVE_FILE).files().list().execute()["files"] == []
    assert wide.get(spreadsheetId=made).execute()["properties"]["title"] == "By hand"
