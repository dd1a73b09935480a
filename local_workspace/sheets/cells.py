"""The value of a cell: blank, text, number, boolean or formula; and its JSON in the database."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias


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
    """Return the stored text of a row; "" when it is blank."""
    last = len(values)
    while last and values[last - 1] is None:
        last -= 1
    if not last:
        return ""
    return json.dumps(values[:last], ensure_ascii=False, separators=(",", ":"), default=_dumped)


def used_columns(values: list[Value]) -> str:
    """Return "1" for every column with a value and "0" for every blank one, up to the last value."""
    return "".join("0" if value is None else "1" for value in values).rstrip("0")


def formula_class(values: list[Value]) -> int:
    """Return 0 for a row without formulas, 2 when one of them fills cells below, else 1."""
    texts = [value.text.upper() for value in values if isinstance(value, Formula)]
    return (2 if any("ARRAYFORMULA(" in text for text in texts) else 1) if texts else 0


def load_rows(texts: Iterable[str]) -> list[list[Value]]:
    """Return the values of many stored rows at once."""
    rows: list[list[Value]] = json.loads(
        "[" + ",".join(text or "[]" for text in texts) + "]", object_hook=_load_formula
    )
    return rows


def _dumped(formula: Formula) -> dict[str, str]:
    """Return what stands in a stored row for a formula."""
    return {"f": formula.text}


def _load_formula(stored: dict[str, Any]) -> Formula:
    """Return the formula that a stored row has."""
    return Formula(stored["f"])
