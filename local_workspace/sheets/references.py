"""References inside formulas follow when rows and columns are inserted, deleted or moved, or tabs renamed."""

import re

from local_workspace.sheets.a1 import column_index, column_name, quote
from local_workspace.sheets.edits import Edit

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")"""
    r"""|(?P<tab>(?:'(?:[^']|'')*'|[A-Za-z_][\w.]*)!)?"""
    r"""(?<![\w.$])(?P<ref>"""
    r"""\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?"""
    r"""|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}"""
    r"""|\$?\d+:\$?\d+)(?![\w.(!])"""
)
_SIDE = re.compile(r"(\$?)([A-Za-z]*)(\$?)(\d*)")


def follow(formula: str, own_title: str, edited_title: str, edit: Edit) -> str:
    """Return the formula of a cell on tab `own_title` after `edit` on tab `edited_title`."""

    def replace(token: re.Match[str]) -> str:
        if token["text"] is not None:
            return token[0]
        title = _title(token["tab"]) if token["tab"] else own_title
        if title.casefold() != edited_title.casefold():
            return token[0]
        return (token["tab"] or "") + _moved(token["ref"], edit)

    return _TOKEN.sub(replace, formula)


def rename(formula: str, old_title: str, new_title: str) -> str:
    """Return the formula after the tab `old_title` got another name."""

    def replace(token: re.Match[str]) -> str:
        if token["text"] is None and token["tab"] and _title(token["tab"]).casefold() == old_title.casefold():
            return quote(new_title) + "!" + token["ref"]
        return token[0]

    return _TOKEN.sub(replace, formula)


def shift(formula: str, down: int, right: int) -> str:
    """Return the formula as it is when copied so many rows and columns away; "$" keeps a side."""

    def moved(side: re.Match[str]) -> str:
        column_fixed, letters, row_fixed, digits = _sides(side[0])
        if letters and not column_fixed:
            letters = column_name(max(column_index(letters) + right, 0))
        if digits and not row_fixed:
            digits = str(max(int(digits) + down, 1))
        return column_fixed + letters + row_fixed + digits

    def replace(token: re.Match[str]) -> str:
        return token[0] if token["text"] else (token["tab"] or "") + re.sub(r"[^:]+", moved, token["ref"])

    return _TOKEN.sub(replace, formula)


def _title(prefix: str) -> str:
    """Return the tab's title from the prefix of a reference."""
    name = prefix[:-1]
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def _moved(reference: str, edit: Edit) -> str:
    """Return a reference such as "K:K", "A1" or "$B$2:C7" after the edit."""
    first_text, _, last_text = reference.partition(":")
    sides = [_sides(first_text), _sides(last_text or first_text)]
    part = 3 if edit.dimension == "ROWS" else 1
    if not sides[0][part]:
        return reference
    places = [int(side[3]) - 1 if part == 3 else column_index(side[1]) for side in sides]
    span = edit.span(min(places), max(places) + 1)
    if span is None:
        return "#REF!"
    for side, place in zip(sides, (span[0], span[1] - 1), strict=True):
        side[part] = str(place + 1) if part == 3 else column_name(place)
    first, last = ("".join(side) for side in sides)
    return first if not last_text else f"{first}:{last}"


def _sides(text: str) -> list[str]:
    """Split "$B$2" into dollar, letters, dollar, digits; the dollar of "$2" is the third."""
    match = _SIDE.fullmatch(text)
    assert match is not None
    dollar, letters, second, digits = match.groups()
    return ["", "", dollar, digits] if not letters else [dollar, letters, second, digits]
