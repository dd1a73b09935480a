"""Spreadsheets as a whole: create, get and batchUpdate."""

from typing import Any

from local_workspace import catalog, fields
from local_workspace.call import Call, Json
from local_workspace.errors import ApiError, bad_request, not_implemented
from local_workspace.sheets import book as books
from local_workspace.sheets import data_filters, grid_data, metadata, ranges
from local_workspace.sheets.a1 import Area
from local_workspace.sheets.book import Book, open_book
from local_workspace.sheets.data_filters import Place
from local_workspace.sheets.requests import KINDS
from local_workspace.sheets.requests.tabs import add_sheet


def create(call: Call) -> Json:
    """Make a spreadsheet with the properties and tabs of the body, or with one blank tab."""
    wanted = _without_nulls(call.body or {})
    title = wanted.get("properties", {}).pop("title", "") or "Untitled spreadsheet"
    return _shown(make(call, catalog.add(call, title), wanted), None)


def make(call: Call, file: catalog.File, wanted: Json) -> Book:
    """Fill a new file with the properties and tabs of a Spreadsheet, or with one blank tab; return it."""
    book = books.create(call, file)
    book.body["properties"] |= wanted.get("properties", {})
    for place, sheet in enumerate(wanted.get("sheets") or [{"properties": {"sheetId": 0}}]):
        try:
            add_sheet(book, {"properties": {"index": place} | sheet.get("properties", {})})
        except ApiError as error:
            raise bad_request(f"Invalid sheets[{place}]: {error.message}") from None
    books.save(call, book)
    return book


def get(call: Call) -> Json:
    """Return a spreadsheet, with its cells where includeGridData or the field mask asks for them."""
    book = open_book(call)
    wanted = [ranges.find(book, text) for text in call.params.get("ranges", ())]
    return _shown(book, wanted or None, with_data=_wants_data(call, call.params))


def get_by_data_filter(call: Call) -> Json:
    """Return a spreadsheet with the tabs that the filters find, and those cells where data is asked for."""
    book, body = open_book(call), call.body or {}
    places = [place for place, _ in data_filters.matched(book, body.get("dataFilters") or [])]
    return _shown(book, places if "dataFilters" in body else None, with_data=_wants_data(call, body))


def batch_update(call: Call) -> Json:
    """Do all the requests in order, or none; one reply for each."""
    book = open_book(call)
    body = _without_nulls(call.body or {})
    requests = body.get("requests") or []
    if not requests:
        raise bad_request("Must specify at least one request.")
    replies = [_do(book, f"requests[{number}]", request) for number, request in enumerate(requests)]
    books.save(call, book)
    answer: Json = {"spreadsheetId": book.id, "replies": replies}
    if body.get("includeSpreadsheetInResponse"):
        with_data = body.get("responseIncludeGridData", False)
        wanted = [ranges.find(book, text) for text in body.get("responseRanges", ())]
        answer["updatedSpreadsheet"] = _shown(book, wanted or None, with_data=with_data)
    return answer


def _do(book: Book, name: str, request: Json) -> Json:
    """Do one request and return its reply; ApiError that names it when it cannot be done."""
    if len(request) != 1:
        raise bad_request(f"Invalid {name}: Exactly one kind of request must be set.")
    [(kind, body)] = request.items()
    if kind not in KINDS:
        raise not_implemented(f"{name}.{kind}")
    try:
        said = KINDS[kind](book, body)
    except ApiError as error:
        raise ApiError(error.status, error.reason, f"Invalid {name}.{kind}: {error.message}") from None
    return {} if said is None else {kind: said}


def _shown(book: Book, wanted: list[Place] | None, *, with_data: bool = False) -> Json:
    """Return the spreadsheet; with `wanted` places only the tabs that they touch, and only those cells."""
    sheets = []
    for tab in book.tabs:
        areas = [Area()] if wanted is None else [area for other, area in wanted if other is tab]
        if areas:
            sheets.append(tab.body | metadata.hanging(book, tab, "SHEET").get(0, {}))
        if areas and with_data:
            boxes = [ranges.read_box(tab, area) for area in areas]
            sheets[-1]["data"] = [grid_data.show(book, tab, box) for box in boxes]
    return {
        **{name: value for name, value in book.body.items() if name != "developerMetadata"},
        **metadata.hanging(book, None, "SPREADSHEET").get(0, {}),
        "spreadsheetId": book.id,
        "properties": {"title": book.title} | book.body["properties"],
        "sheets": sheets,
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{book.id}/edit",
    }


def _wants_data(call: Call, options: Json) -> bool:
    """Say whether a request wants cells: its field mask decides, includeGridData where it has none."""
    if "fields" not in call.params:
        return bool(options.get("includeGridData"))
    mask = fields.parse(call.params["fields"])
    sheets = mask.get("sheets")
    return "*" in mask or (sheets is not None and (not sheets or "*" in sheets or "data" in sheets))


def _without_nulls(value: Any) -> Any:
    """Return a request's body without nulls, which mean "not set"."""
    if isinstance(value, dict):
        return {name: _without_nulls(item) for name, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value
