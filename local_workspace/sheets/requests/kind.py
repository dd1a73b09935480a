"""What the function of a request kind looks like, and the ids it hands out."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from local_workspace.call import Json
from local_workspace.sheets.book import Book


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a batch: its body without nulls, the spreadsheet it is about, and who asks."""

    book: Book
    body: Json
    user: str


Kind: TypeAlias = Callable[[Asked], Json | None]
"""Does the request; returns what the reply says, None for an empty one. Refused when it cannot be done."""


def fresh_id() -> int:
    """Return a new id for a tab, a protected range or metadata: a positive 31-bit number."""
    return secrets.randbelow(2**31 - 1) + 1
