"""A1 notation: from "'My tab'!B2:D" to numbers and back. Rows and columns count from 0, ends are excluded."""

import re
from dataclasses import dataclass

END = 1 << 30
"""More rows and columns than any grid has."""

REFERENCE = (
    r"(?:(?:'(?:[^']|'')*'|[A-Za-z_][\w.]*)!)?(?:\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}(?:\$?\d+)?)?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d+:\$?\d+)(?![\w.(!])"
)
"""Cells as formulas refer to them, with or without a tab."""

_SIDES = re.compile(r"(?:\$?([A-Za-z]{1,3}))?(?:\$?([1-9]\d*))?")
_PLAIN_TITLE = re.compile(r"(?![A-Za-z]{1,3}\d+$|[Rr]\d*[Cc]\d*$)[A-Za-z_]\w*", re.ASCII)
"""A title that needs no quotes: a word that does not look like a cell."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle as people write it: an end that is None lies at the edge of the grid."""

    top: int = 0
    bottom: int | None = None
    left: int = 0
    right: int | None = None

    def within(self, rows: int, columns: int) -> "Box":
        """Return the part of it that lies in a grid of `rows` by `columns`; it may be empty."""
        bottom = rows if self.bottom is None else min(self.bottom, rows)
        return Box(self.top, bottom, self.left, columns if self.right is None else min(self.right, columns))


@dataclass(frozen=True, slots=True)
class Box(Area):
    """A rectangle of cells with all four sides known."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def is_one_cell(self) -> bool:
        """Say whether it is a single cell."""
        return self.bottom - self.top == 1 and self.right - self.left == 1

    def common(self, other: "Box") -> "Box | None":
        """Return the part that it has in common with another one."""
        top, bottom = max(self.top, other.top), min(self.bottom, other.bottom)
        left, right = max(self.left, other.left), min(self.right, other.right)
        return Box(top, bottom, left, right) if top < bottom and left < right else None


def column_name(index: int) -> str:
    """Return the letters of column `index` (0 is A)."""
    before, last = divmod(index, 26)
    return (column_name(before - 1) if before else "") + chr(65 + last)


def column_index(letters: str) -> int:
    """Return the index of the column with these letters (A is 0)."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def split(text: str) -> tuple[str | None, str | None]:
    """Split a range at its "!" into the tab's title and the rest; what is not said is None.

    A text without "!" is the rest, a quoted one the title.
    """
    quoted = re.fullmatch(r"'((?:[^']|'')*)'(?:!(.+))?", text, re.DOTALL)
    if quoted:
        return quoted[1].replace("''", "'"), quoted[2]
    title, mark, cells = text.partition("!")
    return (title, cells) if mark else (None, text)


def parse_area(cells: str) -> Area | None:
    """Read "B2", "B2:D7", "B:D", "2:7", "B2:D" or "B2:7"; None when it is no such range."""
    first_text, colon, last_text = cells.partition(":")
    first, last = _SIDES.fullmatch(first_text), _SIDES.fullmatch(last_text if colon else first_text)
    if first is None or last is None or not first[0] or not last[0]:
        return None
    if not colon and not (first[1] and first[2]):
        return None
    left, right = _ends(*(column_index(side[1]) if side[1] else None for side in (first, last)))
    top, bottom = _ends(*(int(side[2]) - 1 if side[2] else None for side in (first, last)))
    return Area(top, bottom, left, right)


def _ends(first: int | None, last: int | None) -> tuple[int, int | None]:
    """Return start and excluded end of a pair written in either order; a missing last one leaves it open."""
    if first is None or last is None:
        return first or 0, None if last is None else last + 1
    return min(first, last), max(first, last) + 1


def quote(title: str) -> str:
    """Return the title as it stands in a range: in quotes unless it is a plain word."""
    return title if _PLAIN_TITLE.fullmatch(title) else "'" + title.replace("'", "''") + "'"


def name(title: str, area: Area) -> str:
    """Write a range as Google says it back: only the sides that are known, a single cell as "Sheet1!A1"."""
    columns, rows = (area.left, area.right) != (0, None), (area.top, area.bottom) != (0, None)
    if not columns and not rows:
        return quote(title)
    first = (column_name(area.left) if columns else "") + (str(area.top + 1) if rows else "")
    last = ("" if area.right is None else column_name(area.right - 1)) + str(area.bottom or "")
    return f"{quote(title)}!{first}" + ("" if first == last and columns and rows else f":{last}")
