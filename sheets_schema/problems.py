"""Problems: what could not be understood in the sheet, in words for the organizer."""

from __future__ import annotations

from dataclasses import dataclass

BRING_BACK = "Bring it back with Undo, or run init for this spreadsheet."


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in the sheet that needs the organizer.

    row: as numbered in the sheet, from 1; None when it concerns the whole tab. column: the header.
    value: what stands in the cell, as typed, shortened. what: what is wrong and how to mend it.
    skipped: what does not happen because of it.
    """

    tab: str
    row: int | None
    column: str | None
    value: str
    what: str
    skipped: str

    def __str__(self) -> str:
        """The problem as one line: place, what is wrong, what is left out."""
        place = self.tab
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", {self.column}"
        return f"{place}: {self.what} {self.skipped}".rstrip()
