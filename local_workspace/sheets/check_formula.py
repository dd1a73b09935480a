"""The formula of the Check column, which looks each row's key up in a tab.

    =IF(COUNTA(K:K)<2,"Check",{"Check";ARRAYFORMULA(XLOOKUP("T|"&OFFSET(K1,1,0,
        MAX(FILTER(ROW(K:K),NOT(ISBLANK(K:K))))-1,1),Checks!A:A,Checks!B:B,""))})

It shows "Check" in its own cell and, from the next row to the last used one of the key column, what the
other tab has in its second column beside "T|" and the row's key.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from local_workspace.sheets.a1 import column_index
from local_workspace.sheets.cells import Formula, Value
from local_workspace.sheets.number_formats import exact

_TEXT = r'"((?:[^"]|"")*)"'
_KEYS = r"\$?(?P=key):\$?(?P=key)"
_TAB = r"(?:'(?:[^']|'')*'|[A-Za-z_][\w.]*)!"
_FORMULA = re.compile(
    rf"=IF\(COUNTA\(\$?(?P<key>[A-Z]{{1,3}}):\$?(?P=key)\)<2,{_TEXT},\{{{_TEXT};ARRAYFORMULA\(XLOOKUP\({_TEXT}&"
    rf"OFFSET\(\$?(?P=key)\$?(?P<row>\d+),1,0,MAX\(FILTER\(ROW\({_KEYS}\),NOT\(ISBLANK\({_KEYS}\)\)\)\)-1,1\),"
    rf"(?P<tab>{_TAB})\$?(?P<lookup>[A-Z]{{1,3}}):\$?(?P=lookup),"
    rf"(?P=tab)\$?(?P<result>[A-Z]{{1,3}}):\$?(?P=result),{_TEXT}\)\)\}}\)",
    re.IGNORECASE,
)
_QUOTED_OR_SPACE = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*')|\s+""")


@dataclass(frozen=True, slots=True)
class CheckFormula:
    """What the formula says: columns by index, `first_row` is the one of the OFFSET's cell, from 0."""

    heading: str
    prefix: str
    key_column: int
    first_row: int
    lookup_tab: str
    lookup_column: int
    result_column: int
    missing: str


def parse(formula: Formula) -> CheckFormula | None:
    """Read the formula; None when it is any other one."""
    match = _FORMULA.fullmatch(_QUOTED_OR_SPACE.sub(lambda found: found[1] or "", formula.text))
    if match is None:
        return None
    first, heading, prefix, missing = (match[number].replace('""', '"') for number in (2, 3, 4, 9))
    if first != heading:
        return None
    tab = match["tab"][:-1]
    return CheckFormula(
        heading=heading,
        prefix=prefix,
        key_column=column_index(match["key"]),
        first_row=int(match["row"]) - 1,
        lookup_tab=tab[1:-1].replace("''", "'") if tab.startswith("'") else tab,
        lookup_column=column_index(match["lookup"]),
        result_column=column_index(match["result"]),
        missing=missing,
    )


def result(formula: CheckFormula, key: Value, lookup: dict[str, Value]) -> Value:
    """Return what the formula shows beside a key; `lookup` is the index() of the other tab."""
    found = lookup.get((formula.prefix + concatenated(key)).casefold(), formula.missing)
    return "" if found is None else found


def index(pairs: Iterable[tuple[Value, Value]]) -> dict[str, Value]:
    """Return the results by lookup text, without regard to case; the first of several counts."""
    found: dict[str, Value] = {}
    for key, value in pairs:
        if isinstance(key, str):
            found.setdefault(key.casefold(), value)
    return found


def concatenated(value: Value) -> str:
    """Return the text that a value gives when a formula joins it to a text: dates are serial numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return exact(value)
    return value.text if isinstance(value, Formula) else value
