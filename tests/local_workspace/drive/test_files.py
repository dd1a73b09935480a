"""Drive: making, getting and finding files."""

from collections.abc import Callable
from typing import Any

import pytest
from googleapiclient.errors import HttpError

DRIVE_FILE = "https://www.googleapis.com/auth/drive.file"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"


@pytest.fixture
def files(client: Callable[..., Any]) -> Any:
    """Drive's files, with the scope that the program has."""
    return client("drive", "v3", scopes=DRIVE_FILE).files()


def make(files: Any, name: str, mime_type: str = SPREADSHEET) -> str:
    """Make a file and return its id."""
    made = files.create(body={"name": name, "mimeType": mime_type}, supportsAllDrives=True).execute()
    file_id: str = made["id"]
    return file_id


def names(files: Any, **options: Any) -> list[str]:
    """The names of the files that a list answers."""
    return [file["name"] for file in files.list(**options).execute()["files"]]


def test_made_file_is_answered_with_four_fields(files: Any) -> None:
    made = files.create(body={"name": "Community", "mimeType": SPREADSHEET}).execute()

    file_id = made.pop("id")
    assert len(file_id) == 44
    assert made == {"kind": "drive#file", "name": "Community", "mimeType": SPREADSHEET}
    assert files.get(fileId=file_id).execute() == made | {"id": file_id}


def test_times_follow_the_workspace_clock(files: Any, client: Callable[..., Any], local: Any) -> None:
    local("POST", "/local/clock", {"now": "2026-11-19T18:00:00Z"})
    file_id = make(files, "Community")
    local("POST", "/local/clock", {"advance": 60.5})

    client("sheets", "v4").spreadsheets().values().clear(spreadsheetId=file_id, range="A1").execute()

    assert files.get(fileId=file_id, fields="createdTime,modifiedTime,owners/emailAddress").execute() == {
        "createdTime": "2026-11-19T18:00:00.000Z",
        "modifiedTime": "2026-11-19T18:01:00.500Z",
        "owners": [{"emailAddress": "organizer@example.org"}],
    }


def test_list_has_google_s_shape(files: Any) -> None:
    file_id = make(files, "Community")

    assert files.list().execute() == {
        "kind": "drive#fileList",
        "incompleteSearch": False,
        "files": [{"kind": "drive#file", "id": file_id, "name": "Community", "mimeType": SPREADSHEET}],
    }


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("", ["Ann's list", "Community 2026", "Notes"]),
        (f"mimeType = '{SPREADSHEET}'", ["Ann's list", "Community 2026"]),
        (f'mimeType="{SPREADSHEET}" and name = "Community 2026"', ["Community 2026"]),
        (r"name = 'Ann\'s list'", ["Ann's list"]),
        ("name contains 'comm'", ["Community 2026"]),
        ("name contains 'munity'", []),
        ("trashed = false and name != 'Notes'", ["Ann's list", "Community 2026"]),
        ("trashed=true", []),
        ("not (name = 'Notes' or name = 'Community 2026')", ["Ann's list"]),
        (
            "'me' in owners and modifiedTime > '2026-01-01T00:00:00'",
            ["Ann's list", "Community 2026", "Notes"],
        ),
        ("'eve@example.org' in owners", []),
        ("'me' in readers and not name = 'Notes'", ["Ann's list", "Community 2026"]),
        ("  ", ["Ann's list", "Community 2026", "Notes"]),
        ("starred", None),
        ("starred = maybe", None),
        ("name < Notes", None),
        ("name in 'Notes'", None),
        ("'me' in people", None),
        ("name = 'Notes' 'x'", None),
        ("name ( 'Notes'", None),
        ("name = Notes", None),
        ("name ~ 'Notes'", None),
        ("name = 'Notes' and", None),
        ("(name = 'Notes'", None),
        ("size = '3'", None),
    ],
)
def test_search(files: Any, q: str, found: list[str] | None) -> None:
    make(files, "Community 2026")
    make(files, "Ann's list")
    make(files, "Notes", "text/plain")

    if found is None:
        with pytest.raises(HttpError) as error:
            names(files, q=q)
        assert (error.value.status_code, error.value.error_details[0]["location"]) == (400, "q")
    else:
        assert names(files, q=q, orderBy="name") == found


def test_pages_and_order(files: Any) -> None:
    for name in ("b", "c", "a"):
        make(files, name)

    first = files.list(orderBy="name desc", pageSize=2).execute()
    second = files.list(orderBy="name desc", pageSize=2, pageToken=first["nextPageToken"]).execute()

    assert [file["name"] for file in first["files"]] == ["c", "b"]
    assert [file["name"] for file in second["files"]] == ["a"]
    assert "nextPageToken" not in second


def test_recency_is_the_time_of_change(files: Any, local: Any) -> None:
    local("POST", "/local/clock", {"now": "2026-11-19T18:00:00Z"})
    first = make(files, "first")
    make(files, "second")
    local("POST", "/local/clock", {"advance": 60})

    files.update(fileId=first, body={"description": "Changed"}).execute()

    assert names(files, orderBy="recency desc") == ["first", "second"]


@pytest.mark.parametrize(("option", "value"), [("orderBy", "size"), ("pageToken", "x")])
def test_unknown_order_or_page_is_refused(files: Any, option: str, value: str) -> None:
    with pytest.raises(HttpError) as error:
        files.list(**{option: value}).execute()

    assert (error.value.status_code, error.value.error_details[0]["location"]) == (400, option)


def test_missing_file_is_not_found(files: Any) -> None:
    with pytest.raises(HttpError) as error:
        files.get(fileId="1gone").execute()

    assert error.value.status_code == 404
    assert error.value.error_details == [
        {
            "domain": "global",
            "reason": "notFound",
            "message": "File not found: 1gone.",
            "locationType": "parameter",
            "location": "fileId",
        }
    ]


def test_deleted_file_is_gone_with_what_was_inside(files: Any, client: Callable[..., Any]) -> None:
    file_id = make(files, "Community")

    files.delete(fileId=file_id).execute()

    assert names(files) == []
    with pytest.raises(HttpError) as error:
        client("sheets", "v4").spreadsheets().get(spreadsheetId=file_id).execute()
    assert error.value.status_code == 404
    with pytest.raises(HttpError) as error:
        files.delete(fileId=file_id).execute()
    assert error.value.status_code == 404


def test_copy_has_everything_but_metadata(files: Any, client: Callable[..., Any]) -> None:
    file_id = make(files, "Community")
    sheets = client("sheets", "v4").spreadsheets()
    body = {"values": [["a", "=1+1"]]}
    sheets.values().update(
        spreadsheetId=file_id, range="A1", valueInputOption="USER_ENTERED", body=body
    ).execute()
    metadata = {
        "metadataKey": "k",
        "visibility": "DOCUMENT",
        "location": {"dimensionRange": {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}},
    }
    requests = [
        {"createDeveloperMetadata": {"developerMetadata": metadata}},
        {"createDeveloperMetadata": {"developerMetadata": metadata | {"location": {"spreadsheet": True}}}},
    ]
    sheets.batchUpdate(spreadsheetId=file_id, body={"requests": requests}).execute()

    copied = files.copy(fileId=file_id, body={"name": None}).execute()
    sheets.values().clear(spreadsheetId=file_id, range="A1").execute()

    assert copied["name"] == "Copy of Community"
    found = sheets.get(spreadsheetId=copied["id"], includeGridData=True).execute()
    assert "metadata" not in str(found).lower().replace("rowmetadata", "").replace("columnmetadata", "")
    values = sheets.values().get(spreadsheetId=copied["id"], range="Sheet1").execute()["values"]
    assert values == [["a", "2"]]


def test_update_renames_and_bins(files: Any) -> None:
    file_id = make(files, "Community")

    changed = files.update(
        fileId=file_id, body={"name": "People", "trashed": True, "starred": True}
    ).execute()

    assert changed == {"kind": "drive#file", "id": file_id, "name": "People", "mimeType": SPREADSHEET}
    assert names(files, q="trashed = true and starred = true") == ["People"]
    assert names(files, q="trashed = false") == []


def test_export_is_the_first_tab_as_it_is_shown(files: Any, client: Callable[..., Any]) -> None:
    file_id = make(files, "Community")
    values = client("sheets", "v4").spreadsheets().values()
    body = {"values": [["Name", "Day", ""], ['Ann "A", x', "2026-12-17", "=1/4"], [], ["two\nlines"]]}
    values.update(spreadsheetId=file_id, range="A1", valueInputOption="USER_ENTERED", body=body).execute()

    exported = files.export(fileId=file_id, mimeType="text/csv").execute()

    assert exported == b'Name,Day,\r\n"Ann ""A"", x",2026-12-17,0.25\r\n,,\r\n"two\nlines",,'


@pytest.mark.parametrize(
    ("mime_type", "wanted", "reason"),
    [(SPREADSHEET, "application/pdf", "badRequest"), ("text/plain", "text/csv", "fileNotExportable")],
)
def test_export_of_anything_else_is_refused(files: Any, mime_type: str, wanted: str, reason: str) -> None:
    file_id = make(files, "x", mime_type)

    with pytest.raises(HttpError) as error:
        files.export(fileId=file_id, mimeType=wanted).execute()

    assert error.value.error_details[0]["reason"] == reason
