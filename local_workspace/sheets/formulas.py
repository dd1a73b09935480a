"""Formulas: read by Python's own parser, then computed. Each result is a grid, a lone value one of 1 by 1."""

import ast
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import chain, compress, cycle, islice
from operator import add, eq, ge, gt, le, lt, mul, ne, sub, truediv
from typing import Any, TypeAlias, cast

from local_workspace.sheets.a1 import REFERENCE, Box
from local_workspace.sheets.cells import Failure, Value, is_number, tidy_number
from local_workspace.sheets.number_formats import automatic

Grid: TypeAlias = list[list[Value]]
Function: TypeAlias = Callable[..., Grid]

REF, VALUE, MISSING, ZERO, NAME = map(Failure, ("#REF!", "#VALUE!", "#N/A", "#DIV/0!", "#NAME?"))

_TOKEN = re.compile(
    rf'\s*(?:(?P<cells>{REFERENCE})|(?P<number>(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d+)?)|"(?P<text>(?:[^"]|"")*)"|'
    r"(?P<name>[A-Z]\w*)|(?P<sign><=|>=|<>|[-+*/&=<>(),;{}]))\s*",
    re.IGNORECASE,
)
_SPELLED = {"=": "==", "<>": "!=", "{": "[[", ";": "],[", "}": "]]", "TRUE": "True", "FALSE": "False"}
"""What Python spells otherwise. All signs bind there as closely as in a sheet."""


class Failed(Exception):
    """The whole formula fails; its one argument is what it shows."""


class Cells(list[list[Value]]):
    """The grid of what the cells of a box show; `read` gives that of another box on the same tab."""

    def __init__(self, box: Box, read: Callable[[Box], Grid]) -> None:
        super().__init__(read(box))
        self.box, self.read = box, read


def compute(text: str, own: Mapping[str, Function]) -> Grid:
    """Return what the formula `text`, which begins with "=", shows: "#NAME?" when it is not known here.

    `own` has the functions that depend on where it stands: cells, NOW and TODAY.
    """
    try:
        found: Grid = _Computer(own).visit(_parse(text))
    except Failed as failed:
        return [[failed.args[0]]]
    except (RecursionError, MemoryError):
        return [[NAME]]
    return [[0]] if found == [[None]] else found


@lru_cache(maxsize=1000)
def _parse(text: str) -> ast.expr:
    """Read a formula, its tokens spelled as Python has them."""
    spelled, place = [], 1
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None:
            raise Failed(NAME)
        spelled.append(_spelled(token))
        place = token.end()
    try:
        return ast.parse(" ".join(spelled), mode="eval").body
    except SyntaxError:
        raise Failed(NAME) from None


def _spelled(token: re.Match[str]) -> str:
    """Return a token as Python spells it; a reference becomes a call of `cells`."""
    kind = cast(str, token.lastgroup)
    text = token[kind]
    if kind == "number":
        return repr(tidy_number(float(text)))
    if kind == "text":
        return repr(text.replace('""', '"'))
    if kind == "cells":
        return f"cells({text!r})"
    return _SPELLED.get(text.upper(), text.upper())


class _Computer(ast.NodeVisitor):
    """Computes the grid of each node from those of the nodes inside it."""

    def __init__(self, own: Mapping[str, Function]) -> None:
        self._own = own

    def generic_visit(self, node: ast.AST) -> Grid:
        raise Failed(NAME)

    def visit_Constant(self, node: ast.Constant) -> Grid:
        return [[cast(Value, node.value)]]

    def visit_List(self, node: ast.List) -> Grid:
        """Put grids beside each other, and those rows of grids below each other."""
        rows = [[self.visit(part) for part in cast(ast.List, row).elts] for row in node.elts]
        joined = [list(chain(*parts)) for row in rows for parts in zip(*row, strict=False)]
        return joined if len(set(map(len, joined))) == 1 else [[VALUE]]

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Grid:
        return _OPERATORS[type(node.op)]([[0]], self.visit(node.operand))

    def visit_BinOp(self, node: ast.BinOp) -> Grid:
        return _OPERATORS[type(node.op)](self.visit(node.left), self.visit(node.right))

    def visit_Compare(self, node: ast.Compare) -> Grid:
        result: Grid = self.visit(node.left)
        for sign, right in zip(node.ops, node.comparators, strict=True):
            result = _OPERATORS[type(sign)](result, self.visit(right))
        return result

    def visit_Call(self, node: ast.Call) -> Grid:
        name = getattr(node.func, "id", "")
        if name == "IF" and len(node.args) == 3:
            asked = self.visit(node.args[0])
            failed = isinstance(asked[0][0], Failure)
            return asked if failed else cast(Grid, self.visit(node.args[1 if asked[0][0] else 2]))
        function, grids = self._own.get(name) or _FUNCTIONS.get(name), map(self.visit, node.args)
        if function is None:
            raise Failed(NAME)
        try:
            return function(*grids)
        except (TypeError, ValueError, AttributeError):  # It takes other arguments than these.
            raise Failed(NAME) from None


def _each(function: Callable[..., Any]) -> Function:
    """Return the function of grids that goes through them cell by cell; single rows and columns repeat."""

    def spread(*grids: Grid) -> Grid:
        height = min((len(grid) for grid in grids if len(grid) > 1), default=1)
        width = min((len(grid[0]) for grid in grids if len(grid[0]) > 1), default=1)
        lists = [_values((row * width)[:width] for row in islice(cycle(grid), height)) for grid in grids]
        results = _all(function, lists)
        return [results[place : place + width] for place in range(0, height * width, width)]

    return spread


def _all(function: Callable[..., Any], lists: Sequence[list[Value]]) -> list[Value]:
    """Return what a function makes of each of many values: at once where nothing is the matter with them."""
    with suppress(ZeroDivisionError, ValueError, OverflowError):
        results = list(map(function, *lists))
        if {Failure, float}.isdisjoint(map(type, chain(results, *lists))):
            return results
    return [_value(function, values) for values in zip(*lists, strict=True)]


def _value(function: Callable[..., Any], values: Sequence[Value]) -> Value:
    """Return what a function makes of values: a failure if one of them is, or if it cannot be done."""
    if Failure in map(type, values):
        return next(value for value in values if isinstance(value, Failure))
    try:
        result = function(*values)
    except ZeroDivisionError:
        return ZERO
    except (ValueError, OverflowError):
        return VALUE
    if isinstance(result, float):
        return tidy_number(result) if math.isfinite(result) else VALUE
    return cast(Value, result)


def _over_numbers(function: Callable[[list[Any]], float]) -> Function:
    """Return the function of grids that takes all numbers in them at once."""

    def over(*grids: Grid) -> Grid:
        values = _values(*grids)
        failures = [value for value in values if isinstance(value, Failure)]
        return [[failures[0] if failures else _value(lambda: function(list(filter(is_number, values))), [])]]

    return over


def _values(*grids: Iterable[list[Value]]) -> list[Value]:
    return list(chain.from_iterable(chain.from_iterable(grids)))


def _number(value: Any, _other: Value = None) -> float:
    """Return a value as a number; ValueError when it is a text that spells none."""
    return float(0 if value is None else value)


def _joined(sign: Callable[..., Any], taken: Callable[..., Any]) -> Function:
    """Return the function of grids that joins values by a sign, each as it is `taken` beside the other."""
    return _each(lambda left, right: sign(taken(left, right), taken(right, left)))


def rank(value: Value, other: Value = None) -> tuple[int, Any]:
    """Return what a value is compared by: numbers before texts before booleans; a blank is like `other`."""
    if value is None:
        value = "" if isinstance(other, str) else False if isinstance(other, bool) else 0
    if isinstance(value, str):
        return 1, value.casefold()
    return (0, value) if is_number(value) else (2, value)


def _text(value: Value, _other: Value = None) -> str:
    """Return a value as it is joined to a text: dates are serial numbers."""
    if value is None or isinstance(value, str):
        return value or ""
    return automatic(cast(float, value), digits=15) if is_number(value) else str(value).upper()


def _rounded(value: Value, digits: Value = 0) -> float:
    """Return a number with so many decimals, halves away from zero."""
    number, scale = _number(value), 10.0 ** int(_number(digits))
    return math.copysign(math.floor(abs(number) * scale + 0.5) / scale, number)


def _offset(cells: Cells, *numbers: Grid) -> Grid:
    """Return the cells so far down and right, of this height and width."""
    down, right, height, width = (int(_number(number[0][0])) for number in numbers)
    top, left = cells.box.top + down, cells.box.left + right
    inside = min(top, left) >= 0 and min(height, width) > 0
    return Cells(Box(top, top + height, left, left + width), cells.read) if inside else [[REF]]


def _xlookup(keys: Grid, looked: Grid, results: Grid, missing: Grid | None = None) -> Grid:
    """Return the result beside each key; texts are alike without regard to case, the first counts."""
    pairs = reversed([(key, result) for [key], [result] in zip(looked, results, strict=False)])
    found = {rank(key): result for key, result in pairs if key is not None}
    otherwise = missing[0][0] if missing else MISSING
    return _each(lambda key: found.get(rank(key), otherwise))(keys)


_JOINED: dict[Callable[..., Any], dict[type[ast.AST], Callable[..., Any]]] = {
    rank: {ast.Eq: eq, ast.NotEq: ne, ast.Lt: lt, ast.LtE: le, ast.Gt: gt, ast.GtE: ge},
    _number: {ast.Add: add, ast.UAdd: add, ast.Sub: sub, ast.USub: sub, ast.Mult: mul, ast.Div: truediv},
    _text: {ast.BitAnd: add},
}
_OPERATORS = {sign: _joined(join, taken) for taken, signs in _JOINED.items() for sign, join in signs.items()}
_FUNCTIONS: dict[str, Function] = {
    "ABS": _each(lambda value: abs(_number(value))),
    "ARRAYFORMULA": lambda grid: grid,
    "AVERAGE": _over_numbers(lambda numbers: sum(numbers) / len(numbers)),
    "COUNT": lambda *grids: [[sum(map(is_number, _values(*grids)))]],
    "COUNTA": lambda *grids: [[sum(value is not None for value in _values(*grids))]],
    "FILTER": lambda grid, wanted: list(compress(grid, _values(wanted))) or [[MISSING]],
    "ISBLANK": _each(lambda value: value is None),
    "ISNUMBER": _each(is_number),
    "MAX": _over_numbers(lambda numbers: max(numbers, default=0)),
    "MIN": _over_numbers(lambda numbers: min(numbers, default=0)),
    "NOT": _each(lambda value: not value),
    "OFFSET": _offset,
    "ROUND": _each(_rounded),
    "ROW": lambda cells: [[row + 1] for row in range(cells.box.top, cells.box.bottom)],
    "SUM": _over_numbers(sum),
    "XLOOKUP": _xlookup,
}
