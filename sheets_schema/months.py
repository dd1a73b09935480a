"""A calendar month, the unit in which the community plans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_ISO = re.compile(r"(\d{4})-(\d{1,2})")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year; months compare and sort by time.

    Raises ValueError when the number is not 1 to 12.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 12:
            raise ValueError(f"{self.number} is not a month's number")

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `2026-12`. Raises ValueError for anything else."""
        match = _ISO.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a month like 2026-12")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month in which `day` lies."""
        return cls(day.year, day.month)

    def plus(self, months: int) -> Month:
        """This month moved by so many months, back when negative."""
        years, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(years, index + 1)

    def first_day(self) -> date:
        """The first day of this month."""
        return date(self.year, self.number, 1)
