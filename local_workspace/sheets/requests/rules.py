"""Requests about what lies over ranges: protection, conditional formats, filters, names and metadata."""

import re

from local_workspace.call import Json
from local_workspace.errors import bad_request
from local_workspace.sheets import a1, masks, metadata, ranges
from local_workspace.sheets.book import Book, Tab, fresh_id, keep_items


def add_protected_range(book: Book, body: Json) -> Json:
    """Protect a range; who asks may always edit it."""
    tab, wanted = _tidy(book, body, "protectedRange")
    protected = {"protectedRangeId": fresh_id()} | wanted | {"requestingUserCanEdit": True}
    editors: Json = wanted.get("editors", {})
    users = list(dict.fromkeys([*editors.get("users", []), book.call.user]))
    tab.body.setdefault("protectedRanges", []).append(protected | {"editors": editors | {"users": users}})
    return {"protectedRange": protected | {"editors": editors}}


def delete_protected_range(book: Book, body: Json) -> None:
    """Take a protection away."""
    wanted = body.get("protectedRangeId", 0)
    gone = [
        keep_items(tab.body, "protectedRanges", lambda item: item["protectedRangeId"] != wanted)
        for tab in book.tabs
    ]
    if not any(gone):
        raise bad_request(f"No protectedRange with ID: {wanted}")


def add_conditional_format_rule(book: Book, body: Json) -> None:
    """Add a conditional format before the one at `index`, or first."""
    rule = masks.tidy(body.get("rule", {}))
    if not rule.get("ranges"):
        raise bad_request("No ranges specified.")
    tab, *others = [ranges.grid_box(book, found)[0] for found in rule["ranges"]]
    if any(other is not tab for other in others):
        raise bad_request("All ranges must be on the same sheet.")
    tab.body.setdefault("conditionalFormats", []).insert(body.get("index", 0), rule)


def set_basic_filter(book: Book, body: Json) -> None:
    """Set the tab's filter; it hides no row here."""
    tab, wanted = _tidy(book, body, "filter")
    tab.body["basicFilter"] = {"range": {}} | wanted


def clear_basic_filter(book: Book, body: Json) -> None:
    """Take the tab's filter away."""
    book.tab(body.get("sheetId", 0)).body.pop("basicFilter", None)


def add_named_range(book: Book, body: Json) -> Json:
    """Give a range a name: letters, digits and _, free, and not to be mistaken for a range."""
    _, wanted = _tidy(book, body, "namedRange")
    name, names = wanted.get("name", ""), book.body.setdefault("namedRanges", [])
    looks_right = re.fullmatch(r"[^\W\d]\w{0,249}", name) and name.upper() not in {"TRUE", "FALSE"}
    if not looks_right or a1.parse_area(name):
        raise bad_request(f"The name '{name}' is invalid.")
    if any(named["name"].casefold() == name.casefold() for named in names):
        raise bad_request(f"A named range with the name '{name}' already exists.")
    names.append({"namedRangeId": str(fresh_id())} | wanted)
    return {"namedRange": names[-1]}


def delete_named_range(book: Book, body: Json) -> None:
    """Take the name of a range away."""
    wanted = body.get("namedRangeId", "")
    if not keep_items(book.body, "namedRanges", lambda named: named["namedRangeId"] != wanted):
        raise bad_request(f"No named range with id: {wanted}")


def create_developer_metadata(book: Book, body: Json) -> Json:
    """Hang metadata on the spreadsheet, a tab, or one row or column, with which it then moves."""
    item: Json = {"metadataId": fresh_id()} | body.get("developerMetadata", {})
    if not item.get("metadataKey") or "visibility" not in item:
        raise bad_request("A developer metadata key and a visibility must be specified.")
    item["location"] = metadata.located(book, item.get("location", {}))
    book.body.setdefault("developerMetadata", []).append(item)
    return {"developerMetadata": item}


def _tidy(book: Book, body: Json, name: str) -> tuple[Tab, Json]:
    """Return an object of the body as Google keeps it, and the tab on which its range lies."""
    wanted: Json = masks.tidy(body.get(name, {}))
    return ranges.grid_box(book, wanted.get("range", {}))[0], wanted
