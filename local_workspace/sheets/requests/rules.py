"""Requests about what lies over ranges: protection, conditional formats, banding, filters."""

from local_workspace.call import Json
from local_workspace.sheets import masks, ranges
from local_workspace.sheets.book import Book, Refused, Tab
from local_workspace.sheets.requests.kind import Asked, Kind, fresh_id


def add_protected_range(asked: Asked) -> Json:
    """Protect a range; who asks may always edit it."""
    wanted = masks.tidy(asked.body.get("protectedRange", {}))
    tab, _ = ranges.grid_box(asked.book, wanted.get("range", {}))
    protected = {"protectedRangeId": fresh_id()} | wanted | {"requestingUserCanEdit": True}
    users = wanted.get("editors", {}).get("users", [])
    kept = protected | {
        "editors": wanted.get("editors", {}) | {"users": [*users, *{asked.user} - set(users)]}
    }
    tab.body.setdefault("protectedRanges", []).append(kept)
    return {"protectedRange": protected | {"editors": wanted.get("editors", {})}}


def update_protected_range(asked: Asked) -> None:
    """Change the masked fields of a protected range."""
    wanted = masks.tidy(asked.body.get("protectedRange", {}))
    found = _owned(asked.book, "protectedRanges", "protectedRangeId", wanted.get("protectedRangeId", 0))
    masks.merge(found[1], wanted, masks.parse(asked.body.get("fields")))


def delete_protected_range(asked: Asked) -> None:
    """Take a protection away."""
    _remove(asked.book, "protectedRanges", "protectedRangeId", asked.body.get("protectedRangeId", 0))


def add_conditional_format_rule(asked: Asked) -> None:
    """Add a conditional format before the one at `index`, or first."""
    rule = masks.tidy(asked.body.get("rule", {}))
    if not rule.get("ranges"):
        raise Refused("No ranges specified.")
    tabs = [ranges.grid_box(asked.book, found)[0] for found in rule["ranges"]]
    if len({tab.key for tab in tabs}) > 1:
        raise Refused("All ranges must be on the same sheet.")
    tabs[0].body.setdefault("conditionalFormats", []).insert(asked.body.get("index", 0), rule)


def update_conditional_format_rule(asked: Asked) -> Json:
    """Replace a conditional format, or move it to another index."""
    index = asked.body.get("index", 0)
    _, rules = _conditional_formats(asked, index)
    old = rules[index]
    if "rule" in asked.body:
        rules[index] = masks.tidy(asked.body["rule"])
        return {"oldRule": old, "newRule": rules[index], "newIndex": index}
    new_index = asked.body.get("newIndex", 0)
    rules.insert(new_index, rules.pop(index))
    return {"oldRule": old, "oldIndex": index, "newRule": old, "newIndex": new_index}


def delete_conditional_format_rule(asked: Asked) -> Json:
    """Take the conditional format at an index away."""
    index = asked.body.get("index", 0)
    tab, rules = _conditional_formats(asked, index)
    rule = rules.pop(index)
    if not rules:
        del tab.body["conditionalFormats"]
    return {"rule": rule}


def add_banding(asked: Asked) -> Json:
    """Band a range in alternating colors."""
    wanted = masks.tidy(asked.body.get("bandedRange", {}))
    tab, _ = ranges.grid_box(asked.book, wanted.get("range", {}))
    banded = {"bandedRangeId": fresh_id()} | wanted
    tab.body.setdefault("bandedRanges", []).append(banded)
    return {"bandedRange": banded}


def delete_banding(asked: Asked) -> None:
    """Take a banding away."""
    _remove(asked.book, "bandedRanges", "bandedRangeId", asked.body.get("bandedRangeId", 0))


def set_basic_filter(asked: Asked) -> None:
    """Set the tab's filter; it hides no row here."""
    wanted = masks.tidy(asked.body.get("filter", {}))
    tab, _ = ranges.grid_box(asked.book, wanted.get("range", {}))
    tab.body["basicFilter"] = {"range": {}} | wanted


def clear_basic_filter(asked: Asked) -> None:
    """Take the tab's filter away."""
    asked.book.tab(asked.body.get("sheetId", 0)).body.pop("basicFilter", None)


def _conditional_formats(asked: Asked, index: int) -> tuple[Tab, list[Json]]:
    """Return the tab that the request is about and its rules; Refused when it has none at `index`."""
    tab = asked.book.tab(asked.body.get("sheetId", 0))
    rules: list[Json] = tab.body.get("conditionalFormats", [])
    if not 0 <= index < len(rules):
        raise Refused(f"No conditional format on sheet: {tab.sheet_id} at index: {index}")
    return tab, rules


def _owned(book: Book, name: str, key: str, wanted: int) -> tuple[Tab, Json]:
    """Return the tab and the item of one of its lists that has this id."""
    for tab in book.tabs:
        for item in tab.body.get(name, ()):
            if item[key] == wanted:
                return tab, item
    raise Refused(f"No {key.removesuffix('Id')} with ID: {wanted}")


def _remove(book: Book, name: str, key: str, wanted: int) -> None:
    """Take the item with this id out of its list; an empty list disappears."""
    tab, item = _owned(book, name, key, wanted)
    tab.body[name].remove(item)
    if not tab.body[name]:
        del tab.body[name]


KINDS: dict[str, Kind] = {
    "addProtectedRange": add_protected_range,
    "updateProtectedRange": update_protected_range,
    "deleteProtectedRange": delete_protected_range,
    "addConditionalFormatRule": add_conditional_format_rule,
    "updateConditionalFormatRule": update_conditional_format_rule,
    "deleteConditionalFormatRule": delete_conditional_format_rule,
    "addBanding": add_banding,
    "deleteBanding": delete_banding,
    "setBasicFilter": set_basic_filter,
    "clearBasicFilter": clear_basic_filter,
}
