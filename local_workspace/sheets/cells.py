"""The value of a cell: blank, text, number, boolean or formula; and its JSON in the database."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Formula:
    """What a cell holds that begins with "=", as entered."""

    text: str


Value: TypeAlias = bool | int | float | str | Formula | None

FORMULA_MARK = '{"f":'
"""Stands in the text of a stored row exactly when the row has a formula (quotes in texts are escaped)."""


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
    return json.dumps(values[:last], ensure_ascii=False, separators=(",", ":"), default=_dump_formula)


def load_rows(texts: Iterable[str]) -> list[list[Value]]:
    """Return the values of many stored rows at once."""
    rows: list[list[Value]] = json.loads(
        "[" + ",".join(text or "[]" for text in texts) + "]", object_hook=_load_formula
    )
    return rows


def _dump_formula(formula: Formula) -> dict[str, str]:
    """Return what stands in a stored row for a formula."""
    return {"f": formula.text}


def _load_formula(stored: dict[str, Any]) -> Formula:
    """Return the formula that a stored row has."""
    return Formula(stored["f"])
