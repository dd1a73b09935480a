"""Plain formulas: numbers, texts, cells and ranges, joined by signs, and a few functions over them.

Read and computed in one pass. What a formula cannot compute it shows as "#DIV/0!", "#VALUE!" or "#REF!".
"""

import operator
import re
from collections.abc import Callable
from typing import Any, TypeAlias

from local_workspace.sheets.cells import Failure, Formula, Value, tidy_number
from local_workspace.sheets.check_formula import concatenated

Cells: TypeAlias = Callable[[str], list[Value]]

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|"(?P<text>(?:[^"]|"")*)\""""
    r"""|(?P<cells>(?:(?:'(?:[^']|'')*'|[A-Za-z_]\w*)!)?\$?[A-Za-z]{1,3}(?:\$?\d+(?::\$?[A-Za-z]{1,3}"""
    r"""(?:\$?\d+)?)?|:\$?[A-Za-z]{1,3}))(?![\w(])|(?P<name>[A-Za-z]\w*)|(?P<sign><=|>=|<>|[-+*/&=<>(),]))\s*"""
)
_LEVELS = (("=", "<>", "<", "<=", ">", ">="), ("&",), ("+", "-"), ("*", "/"))
"""The signs that join two values, those that bind closest last."""
_ARITHMETIC: dict[str, Callable[[float, float], float]]
_ARITHMETIC = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
_ORDERS = {"=": {0}, "<>": {-1, 1}, "<": {-1}, "<=": {-1, 0}, ">": {1}, ">=": {0, 1}}
"""Comparisons, by the orders of their two sides in which they hold."""
_FUNCTIONS: dict[str, Callable[[list[float]], float]] = {
    "SUM": sum,
    "AVERAGE": lambda numbers: sum(numbers) / len(numbers),
    "MIN": lambda numbers: min(numbers, default=0),
    "MAX": lambda numbers: max(numbers, default=0),
    "COUNT": len,
}


class NotComputed(Exception):
    """A formula with something in it that the workspace does not compute."""


def evaluate(text: str, cells: Cells) -> Value:
    """Return what the formula `text`, which begins with "=", shows; `cells` gives what a reference shows.

    NotComputed when it has anything unknown in it.
    """
    reader = _Reader(text, cells)
    result = _one(reader.expression())
    if reader.place < len(text):
        raise NotComputed
    return 0 if result is None else result


class _Reader:
    """The formula from left to right; every method reads one thing and returns the values of it."""

    def __init__(self, text: str, cells: Cells) -> None:
        self._text, self._cells = text, cells
        self.place = 1

    def expression(self, level: int = 0) -> list[Value]:
        """Read operands joined by signs of this level of _LEVELS, or of those that bind closer."""
        if level == len(_LEVELS):
            return self._operand()
        left = self.expression(level + 1)
        while sign := self._sign(*_LEVELS[level]):
            left = [_joined(sign, _one(left), _one(self.expression(level + 1)))]
        return left

    def _sign(self, *wanted: str) -> str:
        """Read the next sign if it is a wanted one."""
        match = _TOKEN.match(self._text, self.place)
        if match is None or match["sign"] not in wanted:
            return ""
        self.place = match.end()
        return match["sign"]

    def _operand(self) -> list[Value]:
        """Read a number, text, reference, boolean or function, or an expression in parentheses."""
        if sign := self._sign("-", "+"):
            return [_joined(sign, 0, _one(self._operand()))]
        if self._sign("("):
            return [_one(value) for value in self._expressions()]
        match = _TOKEN.match(self._text, self.place)
        if match is None or match["sign"]:
            raise NotComputed
        self.place = match.end()
        if match["number"]:
            return [tidy_number(float(match["number"]))]
        if match["text"] is not None:
            return [match["text"].replace('""', '"')]
        if match["cells"]:
            return self._cells(match["cells"])
        name = match["name"].upper()
        if self._sign("("):
            return [_function(name, self._expressions())]
        if name not in {"TRUE", "FALSE"}:
            raise NotComputed
        return [name == "TRUE"]

    def _expressions(self) -> list[list[Value]]:
        """Read expressions between commas and the parenthesis that closes them."""
        found = [self.expression()]
        while self._sign(","):
            found.append(self.expression())
        if not self._sign(")"):
            raise NotComputed
        return found


def _one(values: list[Value]) -> Value:
    """Return the one value there must be where no range may stand."""
    if len(values) != 1 or isinstance(values[0], Formula):
        raise NotComputed
    return values[0]


def _joined(sign: str, left: Value, right: Value) -> Value:
    """Return what two values give with a sign between them."""
    for value in (left, right):
        if isinstance(value, Failure):
            return value
    if sign == "&":
        return concatenated(left) + concatenated(right)
    if sign in _ORDERS:
        first, second = _rank(left, right), _rank(right, left)
        return (first > second) - (first < second) in _ORDERS[sign]
    try:
        numbers: list[Any] = [0 if value is None else value for value in (left, right)]
        return tidy_number(_ARITHMETIC[sign](*map(float, numbers)))
    except ZeroDivisionError:
        return Failure("#DIV/0!")
    except ValueError:
        return Failure("#VALUE!")


def _rank(value: Value, other: Value) -> tuple[int, Any]:
    """Return what a value is compared by: numbers before texts, those before booleans."""
    if value is None:
        value = "" if isinstance(other, str) else False if isinstance(other, bool) else 0
    if isinstance(value, bool):
        return 2, value
    return (0, value) if isinstance(value, int | float) else (1, concatenated(value).casefold())


def _function(name: str, arguments: list[list[Value]]) -> Value:
    """Return what a function makes of its arguments: IF, or one over all their values."""
    if name == "IF" and len(arguments) == 3:
        asked = _one(arguments[0])
        return asked if isinstance(asked, Failure) else _one(arguments[1] if asked else arguments[2])
    values = [value for argument in arguments for value in argument]
    if any(isinstance(value, Formula) for value in values) or name not in {"COUNTA", *_FUNCTIONS}:
        raise NotComputed
    if name == "COUNTA":
        return sum(value is not None for value in values)
    failures = [value for value in values if isinstance(value, Failure)]
    if failures and name != "COUNT":
        return failures[0]
    numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    return tidy_number(_FUNCTIONS[name](numbers)) if numbers or name != "AVERAGE" else Failure("#DIV/0!")
