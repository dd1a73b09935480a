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


def used_columns(values: list[Value]) -> str:
    """Return "1" for every column with a value and "0" for every blank one."""
    return "".join("0" if value is None else "1" for value in values)


def formula_class(values: list[Value]) -> int:
    """Return 0 for a row without formulas, 2 when one of them fills cells below, else 1."""
    texts = [value.text.upper() for value in values if isinstance(value, Formula)]
    return (2 if any("ARRAYFORMULA(" in text for text in texts) else 1) if texts else 0
