"""The value of a cell: blank, text, number, boolean or formula; and its JSON in the database."""

import json
from collections.abc import Iterable
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
    return isinstance(value, int | float) and not isinstance(value, bool)


def tidy_number(number: float) -> int | float:
    """Return the number as JSON shows it best: whole ones without ".0", digits a double cannot hold lost."""
    number = float(number)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def dump_row(values: list[Value]) -> str:
    """Return the stored text of a row, blanks taken off its end; "" when it is blank."""
    while values and values[-1] is None:
        values.pop()
    if not values:
        return ""
    return json.dumps(
        values, ensure_ascii=False, separators=(",", ":"), default=lambda cell: {"f": cell.text}
    )


def load_rows(texts: Iterable[str]) -> list[list[Value]]:
    """Return the values of many stored rows at once."""
    joined = "[" + ",".join(text or "[]" for text in texts) + "]"
    rows: list[list[Value]] = json.loads(joined, object_hook=lambda stored: Formula(stored["f"]))
    return rows


def fills(formula: Formula) -> bool:
    """Say whether a formula may fill more cells than its own."""
    return any(sign in formula.text.upper() for sign in ("ARRAYFORMULA(", "FILTER(", "{"))


def formula_class(values: list[Value]) -> int:
    """Return 0 for a row without formulas, 2 when one of them may fill other cells, else 1."""
    return max((1 + fills(value) for value in values if isinstance(value, Formula)), default=0)
