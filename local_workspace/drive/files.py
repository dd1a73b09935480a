"""Drive files: create, get, list, update, copy, export and delete. Only spreadsheets have anything inside."""

import csv
import io

from local_workspace import catalog
from local_workspace.call import Answer, Call, Json
from local_workspace.catalog import File
from local_workspace.drive import query
from local_workspace.errors import bad_request, forbidden, not_found
from local_workspace.sheets import book as books
from local_workspace.sheets import reading, spreadsheets
from local_workspace.sheets.a1 import Box
from local_workspace.sheets.computed import kept

_SHORT = ("kind", "id", "name", "mimeType")
_WRITABLE = ("name", "description", "starred", "trashed")


def create(call: Call) -> Json:
    """Make a file; a spreadsheet gets its one blank tab."""
    body = call.body or {}
    mime_type = body.get("mimeType") or "application/octet-stream"
    file = catalog.add(call, body.get("name") or "Untitled", mime_type)
    if file.is_spreadsheet:
        spreadsheets.make(call, file, {})
    return _changed(call, file)


def copy(call: Call) -> Json:
    """Copy a file, with all that is inside but developer metadata."""
    source = _file(call)
    name = (call.body or {}).get("name") or f"Copy of {source.body['name']}"
    file = catalog.add(call, name, source.body["mimeType"])
    if source.is_spreadsheet:
        books.copy(call, source, file)
    return _changed(call, file)


def update(call: Call) -> Json:
    """Change a file's name, description, star or place in the bin."""
    return _changed(call, _file(call))


def delete(call: Call) -> None:
    """Delete a file for good, with what is inside."""
    file = _file(call)
    if file.is_spreadsheet:
        books.delete(call, file)
    call.db.execute("DELETE FROM drive_files WHERE id = ?", (file.id,))


def get(call: Call) -> Json:
    """Return one file's metadata."""
    return _answer(call, _file(call))


def export(call: Call) -> Answer:
    """Return the first tab of a spreadsheet as CSV, its cells as they are shown."""
    file = _file(call)
    if not file.is_spreadsheet:
        raise forbidden("Export only supports Docs Editors files.", "fileNotExportable")
    if call.params["mimeType"] != "text/csv":
        raise bad_request("The requested conversion is not supported.")
    book = books.load(call, file)
    tab = book.tabs[0]
    rows = reading.read(kept(book), tab, Box(0, tab.row_count, 0, tab.column_count))
    width = max(map(len, rows), default=0)
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(row + [""] * (width - len(row)) for row in rows)
    return Answer(text.getvalue().removesuffix("\r\n").encode(), content_type="text/csv")


def list_(call: Call) -> Json:
    """Return the files that match `q`, page by page."""
    token = call.params.get("pageToken") or "~0"
    if not (token[0] == "~" and token[1:].isdigit()):
        raise bad_request("Invalid Value", "invalid", "pageToken")
    start, size = int(token[1:]), call.params.get("pageSize", 100)
    files = query.search(call, call.params.get("q", ""), call.params.get("orderBy", ""), start, size + 1)
    answer: Json = {"kind": "drive#fileList", "incompleteSearch": False}
    answer["files"] = [_answer(call, file) for file in files[:size]]
    return answer | ({"nextPageToken": f"~{start + size}"} if len(files) > size else {})


def _file(call: Call) -> File:
    """Return the file that the request names; ApiError 404 when its token does not see it."""
    file_id = call.params["fileId"]
    file = catalog.find(call, file_id)
    if file is None or not catalog.sees(call, file, "drive"):
        raise not_found(f"File not found: {file_id}.", location="fileId")
    return file


def _changed(call: Call, file: File) -> Json:
    """Keep what the body says of the file, and answer it as it is now."""
    body = call.body or {}
    changes = {name: body[name] for name in _WRITABLE if body.get(name) is not None}
    if changes:
        catalog.change(call, file.id, changes)
    return _answer(call, catalog.find(call, file.id) or file)


def _answer(call: Call, file: File) -> Json:
    """Return a file as Drive describes it: four fields, or all of them where `fields` chooses."""
    owner = {"kind": "drive#user", "displayName": file.owner, "me": True, "emailAddress": file.owner}
    resource = file.body | {
        "kind": "drive#file",
        "id": file.id,
        "parents": ["root"],
        "ownedByMe": True,
        "owners": [owner],
    }
    if file.is_spreadsheet:
        resource["webViewLink"] = f"https://docs.google.com/spreadsheets/d/{file.id}/edit?usp=drivesdk"
    return resource if "fields" in call.params else {name: resource[name] for name in _SHORT}
