"""The value of a cell: blank, text, number, boolean or formula."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Formula:
    """What a cell holds that begins with "=", as entered."""

    text: str


class Failure(str):
    """What a formula shows that cannot be computed: "#REF!", "#DIV/0!" and the like."""

    __slots__ = ()


Value: TypeAlias = bool | int | float | str | Formula | None


def is_number(value: object) -> bool:
    """Say whether it is a number; Python takes booleans for numbers too, a sheet does not."""
    return type(value) in (int, float)


def tidy_number(number: float) -> int | float:
    """Return the number as JSON shows it best: whole ones without ".0", digits a double cannot hold lost."""
    number = float(number)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number
