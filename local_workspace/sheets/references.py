"""References inside formulas follow when rows and columns are inserted, deleted or moved, or tabs renamed."""

import re
from collections.abc import Callable

from local_workspace.sheets import a1
from local_workspace.sheets.edits import Edit

_TOKEN = re.compile(rf"""(?P<text>"(?:[^"]|"")*")|(?<![\w.$]){a1.REFERENCE}""")
_PART = re.compile(r"\$?[A-Za-z]+|\$?\d+")
"""A column or a row of a reference, with the "$" that keeps it when it is copied."""


def follow(formula: str, own_title: str, edited_title: str, edit: Edit) -> str:
    """Return the formula of a cell on tab `own_title` after `edit` on tab `edited_title`."""

    def moved(title: str | None, prefix: str, cells: str) -> str:
        is_edited = (own_title if title is None else title).casefold() == edited_title.casefold()
        return prefix + (_moved(cells, edit) if is_edited else cells)

    return _changed(formula, moved)


def rename(formula: str, old_title: str, new_title: str) -> str:
    """Return the formula after the tab `old_title` got another name."""

    def renamed(title: str | None, prefix: str, cells: str) -> str:
        is_old = title is not None and title.casefold() == old_title.casefold()
        return (f"{a1.quote(new_title)}!" if is_old else prefix) + cells

    return _changed(formula, renamed)


def shift(formula: str, down: int, right: int) -> str:
    """Return the formula as it is when copied so many rows and columns away; "$" keeps a part."""

    def part(found: re.Match[str]) -> str:
        by = down if found[0].isdigit() else right
        return found[0] if found[0].startswith("$") else _named(found[0], max(_index(found[0]) + by, 0))

    return _changed(formula, lambda _, prefix, cells: prefix + _PART.sub(part, cells))


def _changed(formula: str, change: Callable[[str | None, str, str], str]) -> str:
    """Put every reference through `change`, which is given its tab, all before the cells, and those."""

    def changed(token: re.Match[str]) -> str:
        if token["text"]:
            return token[0]
        title, cells = a1.split(token[0])
        return change(title, token[0].removesuffix(cells or ""), cells or "")

    return _TOKEN.sub(changed, formula)


def _moved(cells: str, edit: Edit) -> str:
    """Return the cells of a reference, such as "K:K", "A1" or "$B$2:C7", after the edit of their tab."""

    def is_edited(part: str) -> bool:
        return part[-1].isdigit() == (edit.dimension == "ROWS")

    places = sorted(_index(part) for part in _PART.findall(cells) if is_edited(part))
    if not places:
        return cells
    is_open = len(places) == 1 and ":" in cells
    span = edit.span(places[0], a1.END if is_open else places[-1] + 1)
    if span is None:
        return "#REF!"
    ends = iter((span[0], span[1] - 1))
    return _PART.sub(lambda part: _named(part[0], next(ends)) if is_edited(part[0]) else part[0], cells)


def _index(part: str) -> int:
    """Return the index of a column or row such as "B" or "$2"."""
    name = part.removeprefix("$")
    return int(name) - 1 if name.isdigit() else a1.column_index(name)


def _named(part: str, index: int) -> str:
    """Return the column or row `index` in the way of `part`."""
    return "$" * part.startswith("$") + (str(index + 1) if part[-1].isdigit() else a1.column_name(index))
