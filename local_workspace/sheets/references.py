"""References inside formulas follow when rows and columns are inserted, deleted or moved, or tabs renamed."""

import re
from collections.abc import Callable

from local_workspace.sheets.a1 import column_index, column_name, quote
from local_workspace.sheets.edits import Edit

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")"""
    r"""|(?:(?P<tab>'(?:[^']|'')*'|[A-Za-z_][\w.]*)!)?"""
    r"""(?<![\w.$])(?P<ref>"""
    r"""\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?"""
    r"""|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}"""
    r"""|\$?\d+:\$?\d+)(?![\w.(!])"""
)
_SIDE = re.compile(r"(\$?)([A-Za-z]+)(\$?)(\d*)|()()(\$?)(\d+)")


def follow(formula: str, own_title: str, edited_title: str, edit: Edit) -> str:
    """Return the formula of a cell on tab `own_title` after `edit` on tab `edited_title`."""

    def moved(tab: str | None, prefix: str, reference: str) -> str:
        here = (own_title if tab is None else tab).casefold() == edited_title.casefold()
        return prefix + (_moved(reference, edit) if here else reference)

    return _changed(formula, moved)


def rename(formula: str, old_title: str, new_title: str) -> str:
    """Return the formula after the tab `old_title` got another name."""

    def renamed(tab: str | None, prefix: str, reference: str) -> str:
        is_old = tab is not None and tab.casefold() == old_title.casefold()
        return (f"{quote(new_title)}!" if is_old else prefix) + reference

    return _changed(formula, renamed)


def shift(formula: str, down: int, right: int) -> str:
    """Return the formula as it is when copied so many rows and columns away; "$" keeps a side."""

    def side(match: re.Match[str]) -> str:
        column_fixed, letters, row_fixed, digits = _sides(match[0])
        if letters and not column_fixed:
            letters = column_name(max(column_index(letters) + right, 0))
        if digits and not row_fixed:
            digits = str(max(int(digits) + down, 1))
        return column_fixed + letters + row_fixed + digits

    return _changed(formula, lambda _, prefix, reference: prefix + re.sub(r"[^:]+", side, reference))


def _changed(formula: str, change: Callable[[str | None, str, str], str]) -> str:
    """Put every reference through `change`, which is given tab, the text that names it, and the cells."""

    def replace(token: re.Match[str]) -> str:
        if token["text"] is not None:
            return token[0]
        tab = token["tab"]
        title = tab[1:-1].replace("''", "'") if tab and tab.startswith("'") else tab
        return change(title, f"{tab}!" if tab else "", token["ref"])

    return _TOKEN.sub(replace, formula)


def _moved(reference: str, edit: Edit) -> str:
    """Return a reference such as "K:K", "A1" or "$B$2:C7" after the edit."""
    sides = [_sides(text) for text in reference.split(":")]
    part = 3 if edit.dimension == "ROWS" else 1
    if not sides[0][part]:
        return reference
    places = [int(side[3]) - 1 if part == 3 else column_index(side[1]) for side in sides]
    span = edit.span(min(places), max(places) + 1)
    if span is None:
        return "#REF!"
    for side, place in zip(sides, (span[0], span[1] - 1), strict=False):
        side[part] = str(place + 1) if part == 3 else column_name(place)
    return ":".join("".join(side) for side in sides)


def _sides(text: str) -> list[str]:
    """Split "$B$2" into dollar, letters, dollar, digits; the dollar of "$2" is the third."""
    match = _SIDE.fullmatch(text)
    assert match is not None
    return [group or "" for group in match.groups()[4 * (match[2] is None) :][:4]]
