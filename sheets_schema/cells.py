"""Kinds of cells: what a person may type there, how it is read, and how `init` prepares the cell."""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from sheets_schema.months import Month

Cell = str | int | float | bool
Rows = list[list[Cell]]

T_co = TypeVar("T_co", covariant=True)
Choice = TypeVar("Choice", bound=StrEnum)

# Control, zero-width, bidirectional and other invisible characters, and halves of surrogate pairs.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_ERRORS = re.compile(r"#(REF|N/A|ERROR|NAME\?|VALUE|DIV/0|NUM|NULL)[!?]?.*", re.DOTALL)
_YES = frozenset(["yes", "y", "x", "ja", "j", "true", "ok", "oui", "si", "sí", "✓", "✔", "✅", "1"])
_NO = frozenset(["no", "n", "nein", "false", "non", "0"])


class Unreadable(Exception):
    """A cell that cannot be read. what: a sentence for the organizer, with the way out.

    instead: what is used all the same, when something of the cell can be.
    """

    def __init__(self, what: str, instead: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.instead = instead


@dataclass(frozen=True, slots=True)
class Kind(Generic[T_co]):
    """A kind of cell.

    name: for the docs. read: turns a cell that is not empty into a value or raises Unreadable; it is given
    the row's month where there is one. number_format, pattern: how Sheets should keep and show the cell.
    validation: Sheets' condition that warns while typing. options: the dropdown.
    """

    name: str
    read: Callable[[Cell, Month | None], T_co]
    number_format: str = ""
    pattern: str = ""
    validation: str = ""
    options: tuple[str, ...] = ()


def shown(cell: Cell) -> str:
    """A cell as text, as Sheets writes it behind `&`: 46357, 0.5, TRUE."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (int, float)):
        whole = math.isfinite(cell) and cell == int(cell) and abs(cell) < 1e15
        return str(int(cell)) if whole else format(cell, ".15g")
    return cell


def quoted(cell: Cell) -> str:
    """A cell for a sentence: on one line, at most 60 characters, in quotes."""
    text = one_line(shown(cell))
    return f'"{text[:57]}..."' if len(text) > 60 else f'"{text}"'


def clean(text: str) -> str:
    """Text without invisible characters, in one Unicode spelling (NFC), ends trimmed; line breaks stay."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text.replace("\r\n", "\n"))).strip()


def one_line(text: str) -> str:
    """Cleaned text on one line, with single spaces."""
    return " ".join(clean(text).split())


def is_blank(cell: Cell) -> bool:
    """Whether there is nothing in a cell but, maybe, what cannot be seen."""
    return cell == "" or (isinstance(cell, str) and not clean(cell))


def failed_formula(cell: Cell) -> str | None:
    """The error that a formula in the cell shows, such as #REF!, or None."""
    if isinstance(cell, str) and cell.startswith("#") and _ERRORS.fullmatch(cell):
        return cell[:20]
    return None


def text(limit: int, *, lines: bool = False, whole: bool = False) -> Kind[str]:
    """Text of at most `limit` characters, on one line unless `lines`. whole: a cut text is of no use."""
    trim = clean if lines else one_line

    def read(cell: Cell, _: Month | None) -> str:
        found = trim(shown(cell))
        if len(found) <= limit:
            return found
        length = f"This is {len(found)} characters long, {limit} are allowed"
        if whole:
            raise Unreadable(f"{length}.")
        raise Unreadable(f"{length}: only those are used.", found[:limit].rstrip())

    name = "text, several lines" if lines else "text"
    return Kind(name, read)


def choice(words: type[Choice], also: Mapping[str, Choice] | None = None) -> Kind[Choice]:
    """One of the words of an enum, in any case; `also`: further spellings, in lower case."""
    spellings: dict[str, Choice] = {word.value.casefold(): word for word in words} | dict(also or {})
    options = tuple(word.value for word in words)

    def read(cell: Cell, _: Month | None) -> Choice:
        typed = re.sub(r"[\s_-]+", " ", one_line(shown(cell)).casefold()).strip(" .!")
        if typed in spellings:
            return spellings[typed]
        close = difflib.get_close_matches(typed[:40], list(spellings), 1, 0.7)
        hint = f" Did you mean {spellings[close[0]].value}?" if close else ""
        raise Unreadable(f"{quoted(cell)} is none of: {', '.join(options)}.{hint}")

    return Kind("one of: " + ", ".join(options), read, options=options)


def integer(low: int, high: int) -> Kind[int]:
    """A whole number within bounds; a unit behind it is allowed."""

    def read(cell: Cell, _: Month | None) -> int:
        match = re.fullmatch(r"(\d{1,6})(?:\s*[A-Za-z]+\.?)?", one_line(shown(cell)))
        if match and low <= int(match[1]) <= high:
            return int(match[1])
        raise Unreadable(f"{quoted(cell)} is not a whole number from {low} to {high}.")

    return Kind(f"a whole number, {low} to {high}", read)


def _read_number(cell: Cell, _: Month | None) -> float:
    try:
        number = float(one_line(shown(cell)).replace(",", "."))
    except ValueError:
        number = math.nan
    if isinstance(cell, bool) or not math.isfinite(number):
        raise Unreadable(f"{quoted(cell)} is not a number.")
    return number


def _read_yes_no(cell: Cell, _: Month | None) -> bool:
    typed = one_line(shown(cell)).casefold().strip(".!")
    if typed in _YES:
        return True
    if typed in _NO:
        return False
    raise Unreadable(f"{quoted(cell)} is neither yes nor no: write one of the two.")


def _read_link(cell: Cell, _: Month | None) -> str:
    typed = one_line(shown(cell))
    if re.match(r"[\w-]+(\.[\w-]+)+(/|$)", typed):
        typed = "https://" + typed
    try:
        parts = urlsplit(typed)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if "." not in host or " " in typed or "@" in parts.netloc or len(typed) > 2000:
        raise Unreadable(f"{quoted(cell)} is not a link: copy it from the browser's address bar.")
    if parts.scheme.casefold() != "https":
        raise Unreadable(f"{quoted(cell)} does not begin with https://, so it is not shown to anybody.")
    return typed


def _read_digits(cell: Cell, _: Month | None) -> str:
    if isinstance(cell, (int, float)):
        raise Unreadable(
            "This was typed as a number, and Sheets may have changed its last digits: choose Format > Number "
            "> Plain text for the cell and type it again."
        )
    typed = one_line(cell)
    if not (typed.isascii() and typed.isdigit() and 15 <= len(typed) <= 20):
        raise Unreadable(
            f"{quoted(cell)} is not an id of 17 to 20 digits, as Discord's Copy Channel ID gives it."
        )
    return typed


def _read_nothing(_cell: Cell, _month: Month | None) -> None:
    return None


NUMBER = Kind("a number", _read_number)
YES_NO = Kind("yes or no", _read_yes_no, options=("yes", "no"))
LINK = Kind("a link that begins with https://", _read_link)
DIGITS = Kind("an id, digits only", _read_digits, number_format="TEXT")
UNREAD = Kind("anything; the service does not read it", _read_nothing)


def column_letters(position: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    rest, last = divmod(position, 26)
    return (column_letters(rest - 1) if rest else "") + chr(ord("A") + last)
