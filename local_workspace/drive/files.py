"""Drive files: create, get, list, update, copy, export and delete. Only spreadsheets have anything inside."""

import csv
import io

from local_workspace import catalog
from local_workspace.call import Answer, Call, Json
from local_workspace.catalog import File
from local_workspace.drive import query
from local_workspace.errors import bad_request, forbidden
from local_workspace.sheets import book as books
from local_workspace.sheets import reading
from local_workspace.sheets.a1 import Box
from local_workspace.sheets.reading import Rendering

_SHORT = ("kind", "id", "name", "mimeType")
_KEPT = {"name": "name", "description": "description", "starred": "starred", "trashed": "trashed"}
"""What a request may change, to its column."""
_READ_ONLY = {"id", "kind", "owners", "ownedByMe", "webViewLink", "version", "size"}


def create(call: Call) -> Json:
    """Make a file; a spreadsheet gets its one blank tab."""
    body = call.body or {}
    mime_type = body.get("mimeType") or "application/octet-stream"
    file = catalog.add(call, body.get("name") or "Untitled", mime_type)
    if file.mime_type == catalog.SPREADSHEET:
        books.create_blank(call, file)
    return _changed(call, file)


def copy(call: Call) -> Json:
    """Copy a file, with all that is inside but developer metadata."""
    source = catalog.get(call, call.params["fileId"])
    file = catalog.add(call, (call.body or {}).get("name") or f"Copy of {source.name}", source.mime_type)
    if source.mime_type == catalog.SPREADSHEET:
        books.copy(call, source, file)
    return _changed(call, file)


def update(call: Call) -> Json:
    """Change a file's name, description, star or place in the bin."""
    file = catalog.get(call, call.params["fileId"])
    if not (call.body or {}).keys().isdisjoint({"parents", *_READ_ONLY}):
        message = "The resource body includes fields which are not directly writable."
        raise forbidden(message, "fieldNotWritable")
    return _changed(call, file)


def delete(call: Call) -> None:
    """Delete a file for good, with what is inside."""
    file = catalog.get(call, call.params["fileId"])
    if file.mime_type == catalog.SPREADSHEET:
        books.delete(call, file)
    catalog.remove(call.db, file.id)


def get(call: Call) -> Json:
    """Return one file's metadata."""
    return _answer(call, catalog.get(call, call.params["fileId"]))


def export(call: Call) -> Answer:
    """Return the first tab of a spreadsheet as CSV, its cells as they are shown."""
    file = catalog.get(call, call.params["fileId"])
    if file.mime_type != catalog.SPREADSHEET:
        raise forbidden("Export only supports Docs Editors files.", "fileNotExportable")
    if call.params["mimeType"] != "text/csv":
        raise bad_request("The requested conversion is not supported.")
    book = books.load(call, file)
    tab = book.tabs[0]
    rows = reading.read(book, tab, Box(0, tab.row_count, 0, tab.column_count), Rendering())
    width = max(map(len, rows), default=0)
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(row + [""] * (width - len(row)) for row in rows)
    return Answer(text.getvalue().removesuffix("\r\n").encode(), content_type="text/csv")


def list_(call: Call) -> Json:
    """Return the files that match `q`, page by page."""
    where, arguments = query.where(call.db, call.params.get("q", ""))
    token = call.params.get("pageToken") or "~0"
    if not (token[0] == "~" and token[1:].isdigit()):
        raise bad_request("Invalid Value", "invalid", "pageToken")
    start, size = int(token[1:]), call.params.get("pageSize", 100)
    order = query.order(call.params.get("orderBy", ""))
    files, more = catalog.search(call, where, arguments, order, start, size)
    answer: Json = {"kind": "drive#fileList", "incompleteSearch": False}
    answer["files"] = [_answer(call, file) for file in files]
    return answer | ({"nextPageToken": f"~{start + size}"} if more else {})


def _changed(call: Call, file: File) -> Json:
    """Keep what the body says of the file, and answer it as it is now."""
    body = call.body or {}
    changes = {column: body[name] for name, column in _KEPT.items() if body.get(name) is not None}
    if changes:
        catalog.change(call, file.id, **changes)
    return _answer(call, catalog.get(call, file.id))


def _answer(call: Call, file: File) -> Json:
    """Return a file as Drive describes it: four fields, or all of them where `fields` chooses."""
    resource = _resource(file)
    return resource if "fields" in call.params else {name: resource[name] for name in _SHORT}


def _resource(file: File) -> Json:
    """Return everything that Drive says of a file here."""
    resource = {
        "kind": "drive#file",
        "id": file.id,
        "name": file.name,
        "mimeType": file.mime_type,
        "starred": file.starred,
        "trashed": file.trashed,
        "parents": ["root"],
        "createdTime": file.created,
        "modifiedTime": file.modified,
        "ownedByMe": True,
        "owners": [{"kind": "drive#user", "displayName": file.owner, "me": True, "emailAddress": file.owner}],
    }
    if file.description:
        resource["description"] = file.description
    if file.mime_type == catalog.SPREADSHEET:
        resource["webViewLink"] = f"https://docs.google.com/spreadsheets/d/{file.id}/edit?usp=drivesdk"
    return resource
