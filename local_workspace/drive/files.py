"""Drive files: create, get, list and delete. Only spreadsheets have anything inside."""

from local_workspace.call import Call, Json
from local_workspace.drive import catalog, query
from local_workspace.drive.catalog import File
from local_workspace.errors import bad_request
from local_workspace.sheets import book

_SHORT = ("kind", "id", "name", "mimeType")
_ORDERS = {
    "createdTime": lambda file: file.created,
    "modifiedTime": lambda file: file.modified,
    "name": lambda file: file.name,
    "name_natural": lambda file: file.name.casefold(),
}


def create(call: Call) -> Json:
    """Make a file; a spreadsheet gets its one blank tab."""
    body = call.body or {}
    file = catalog.add(
        call, body.get("name") or "Untitled", body.get("mimeType") or "application/octet-stream"
    )
    if file.mime_type == catalog.SPREADSHEET:
        book.create(call.db, file.id)
    return _answer(call, file)


def delete(call: Call) -> None:
    """Delete a file for good, with what is inside."""
    file = catalog.get(call, call.params["fileId"])
    if file.mime_type == catalog.SPREADSHEET:
        book.delete(call, file)
    catalog.remove(call.db, file.id)


def get(call: Call) -> Json:
    """Return one file's metadata."""
    return _answer(call, catalog.get(call, call.params["fileId"]))


def list_(call: Call) -> Json:
    """Return the files that match `q`, page by page."""
    wanted = query.parse(call.params.get("q", ""))
    files = _ordered(
        [file for file in catalog.visible(call, "drive") if wanted(file)], call.params.get("orderBy")
    )
    start, size = _page(call)
    answer: Json = {
        "kind": "drive#fileList",
        "incompleteSearch": False,
        "files": [_answer(call, file) for file in files[start : start + size]],
    }
    if len(files) > start + size:
        answer["nextPageToken"] = f"~{start + size}"
    return answer


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


def _ordered(files: list[File], order: str | None) -> list[File]:
    """Return the files in the order that `orderBy` asks for, such as "name,modifiedTime desc"."""
    for part in reversed((order or "").split(",")) if order else ():
        name, _, direction = part.strip().partition(" ")
        if name not in _ORDERS or direction not in {"", "desc"}:
            raise bad_request("Invalid Value", "invalid", "orderBy")
        files = sorted(files, key=_ORDERS[name], reverse=direction == "desc")
    return files


def _page(call: Call) -> tuple[int, int]:
    """Return where the page starts and how long it may be."""
    token = call.params.get("pageToken", "")
    if token and not (token[0] == "~" and token[1:].isdigit()):
        raise bad_request("Invalid Value", "invalid", "pageToken")
    return int(token[1:] or 0), call.params.get("pageSize", 100)
