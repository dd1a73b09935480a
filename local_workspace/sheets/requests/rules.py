"""Requests about what lies over ranges: protection, conditional formats, filters, names and metadata."""

import re

from local_workspace.call import Json
from local_workspace.errors import bad_request
from local_workspace.sheets import a1, metadata, ranges
from local_workspace.sheets.book import keep_items
from local_workspace.sheets.requests.kind import Asked, fresh_id


def add_protected_range(asked: Asked) -> Json:
    """Protect a range; who asks may always edit it."""
    wanted = asked.tidy("protectedRange")
    tab, _ = ranges.grid_box(asked.book, wanted.get("range", {}))
    protected = {"protectedRangeId": fresh_id()} | wanted | {"requestingUserCanEdit": True}
    editors = wanted.get("editors", {})
    users = [*editors.get("users", []), *{asked.user} - set(editors.get("users", []))]
    tab.body.setdefault("protectedRanges", []).append(protected | {"editors": editors | {"users": users}})
    return {"protectedRange": protected | {"editors": editors}}


def delete_protected_range(asked: Asked) -> None:
    """Take a protection away."""
    wanted = asked.body.get("protectedRangeId", 0)
    found = [
        keep_items(tab.body, "protectedRanges", lambda item: item["protectedRangeId"] != wanted)
        for tab in asked.book.tabs
    ]
    if not any(found):
        raise bad_request(f"No protectedRange with ID: {wanted}")


def add_conditional_format_rule(asked: Asked) -> None:
    """Add a conditional format before the one at `index`, or first."""
    rule = asked.tidy("rule")
    if not rule.get("ranges"):
        raise bad_request("No ranges specified.")
    tab, *others = [ranges.grid_box(asked.book, found)[0] for found in rule["ranges"]]
    if any(other is not tab for other in others):
        raise bad_request("All ranges must be on the same sheet.")
    tab.body.setdefault("conditionalFormats", []).insert(asked.body.get("index", 0), rule)


def set_basic_filter(asked: Asked) -> None:
    """Set the tab's filter; it hides no row here."""
    wanted = asked.tidy("filter")
    tab, _ = ranges.grid_box(asked.book, wanted.get("range", {}))
    tab.body["basicFilter"] = {"range": {}} | wanted


def clear_basic_filter(asked: Asked) -> None:
    """Take the tab's filter away."""
    asked.book.tab(asked.body.get("sheetId", 0)).body.pop("basicFilter", None)


def add_named_range(asked: Asked) -> Json:
    """Give a range a name: letters, digits and _, free, and not to be mistaken for a range."""
    wanted = asked.tidy("namedRange")
    ranges.grid_box(asked.book, wanted.get("range", {}))
    name, names = wanted.get("name", ""), asked.book.body.setdefault("namedRanges", [])
    looks_right = re.fullmatch(r"[^\W\d]\w{0,249}", name) and name.upper() not in {"TRUE", "FALSE"}
    if not looks_right or a1.parse_area(name):
        raise bad_request(f"The name '{name}' is invalid.")
    if any(named["name"].casefold() == name.casefold() for named in names):
        raise bad_request(f"A named range with the name '{name}' already exists.")
    names.append({"namedRangeId": str(fresh_id())} | wanted)
    return {"namedRange": names[-1]}


def delete_named_range(asked: Asked) -> None:
    """Take the name of a range away."""
    wanted = asked.body.get("namedRangeId", "")
    if not keep_items(asked.book.body, "namedRanges", lambda named: named["namedRangeId"] != wanted):
        raise bad_request(f"No named range with id: {wanted}")


def create_developer_metadata(asked: Asked) -> Json:
    """Hang metadata on the spreadsheet, a tab, or one row or column, with which it then moves."""
    item: Json = {"metadataId": fresh_id()} | asked.body.get("developerMetadata", {})
    if not item.get("metadataKey") or "visibility" not in item:
        raise bad_request("A developer metadata key and a visibility must be specified.")
    item["location"] = metadata.located(asked.book, item.get("location", {}))
    asked.book.body.setdefault("developerMetadata", []).append(item)
    return {"developerMetadata": item}
