"""What the function of a request kind is given, and the ids it hands out."""

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
        """The fields that the request writes; ApiError 400 when it names none."""
        return masks.parse(self.body.get("fields"))

    def tidy(self, name: str) -> Json:
        """Return an object of the body as Google keeps it."""
        return cast(Json, masks.tidy(self.body.get(name, {})))

    def box(self, name: str = "range") -> tuple[Tab, Box]:
        """Return the tab and the rectangle of a GridRange; ApiError 400 when they are not there."""
        return ranges.grid_box(self.book, self.body.get(name, {}))


Kind: TypeAlias = Callable[[Asked], Json | None]
"""Does the request and returns what the reply says, if anything. ApiError 400 when it cannot be done."""


def fresh_id() -> int:
    """Return a random id for a tab, a rule or metadata."""
    return secrets.randbelow(2**31 - 1) + 1
