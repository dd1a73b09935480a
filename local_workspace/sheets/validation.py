"""Data validation as it meets a person who types: a strict rule refuses; the API is not asked."""

import re

from local_workspace.call import Json
from local_workspace.errors import ApiError
from local_workspace.sheets import ranges, reading
from local_workspace.sheets.book import Book
from local_workspace.sheets.cells import Value
from local_workspace.sheets.number_formats import DATE_TYPES
from local_workspace.sheets.reading import Rendering

_TEXTS = {"TEXT_IS_EMAIL": r"[^@\s]+@[^@\s]+\.[^@\s]+", "TEXT_IS_URL": r"https?://\S+"}


def refuses(book: Book, dress: int, value: Value) -> bool:
    """Say whether the rule in a cell's dress keeps a person from typing `value` there; blank always goes."""
    rule: Json = book.wardrobe.body(dress).get("dataValidation", {})
    if value is None or not rule.get("strict"):
        return False
    kind = rule["condition"]["type"]
    arguments = [item.get("userEnteredValue", "") for item in rule["condition"].get("values", ())]
    shown = reading.displayed(book, value, dress)
    if kind == "ONE_OF_LIST":
        return shown.casefold() not in {argument.casefold() for argument in arguments}
    if kind == "ONE_OF_RANGE":
        return shown not in _range_texts(book, arguments[0])
    if kind == "BOOLEAN":
        return not isinstance(value, bool)
    if kind == "DATE_IS_VALID":
        number_format = book.wardrobe.number_format(dress) or {}
        return not isinstance(value, int | float) or number_format.get("type") not in DATE_TYPES
    return kind in _TEXTS and not re.fullmatch(_TEXTS[kind], shown)


def _range_texts(book: Book, text: str) -> set[str]:
    """Return the texts that the cells of a rule's range show; none when the range is gone."""
    try:
        tab, area = ranges.find(book, text.removeprefix("="))
        box = ranges.read_box(tab, area)
    except ApiError:
        return set()
    return {shown for row in reading.read(book, tab, box, Rendering()) for shown in row}
