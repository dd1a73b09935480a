"""What the function of a request kind is given, and the ids it hands out."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, cast

from local_workspace.call import Json
from local_workspace.fields import Mask
from local_workspace.sheets import masks, ranges
from local_workspace.sheets.a1 import Box
from local_workspace.sheets.book import Book, Tab


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a batch: its body without nulls, the spreadsheet it is about, and who asks."""

    book: Book
    body: Json
    user: str

    @property
    def mask(self) -> Mask:
        """The fields that the request writes; Refused when it names none."""
        return masks.parse(self.body.get("fields"))

    def tidy(self, name: str) -> Json:
        """Return an object of the body as Google keeps it."""
        return cast(Json, masks.tidy(self.body.get(name, {})))

    def box(self, name: str = "range") -> tuple[Tab, Box]:
        """Return the tab and the rectangle of a GridRange of the body; Refused when they are not there."""
        return ranges.grid_box(self.book, self.body.get(name, {}))


Kind: TypeAlias = Callable[[Asked], Json | None]
"""Does the request; returns what the reply says, None for an empty one. Refused when it cannot be done."""


def by_name(*kinds: Kind) -> dict[str, Kind]:
    """Return the functions by Google's names of what they do: add_sheet is "addSheet"."""
    return {re.sub("_(.)", lambda found: found[1].upper(), kind.__name__): kind for kind in kinds}


def fresh_id() -> int:
    """Return a new id for a tab, a protected range or metadata: a positive 31-bit number."""
    return secrets.randbelow(2**31 - 1) + 1
