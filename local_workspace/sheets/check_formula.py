"""The one formula that the workspace computes: the Check column that looks each row's key up in a tab.

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
_COLUMN = r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})"
_TAB = r"('(?:[^']|'')*'|[A-Za-z_][\w.]*)!"
_FORMULA = re.compile(
    rf"=IF\(COUNTA\({_COLUMN}\)<2,{_TEXT},\{{{_TEXT};ARRAYFORMULA\(XLOOKUP\({_TEXT}&"
    rf"OFFSET\(\$?([A-Z]{{1,3}})\$?(\d+),1,0,MAX\(FILTER\(ROW\({_COLUMN}\),NOT\(ISBLANK\({_COLUMN}\)\)\)\)-1,1\),"
    rf"{_TAB}{_COLUMN},{_TAB}{_COLUMN},{_TEXT}\)\)\}}\)",
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
    groups = [group or "" for group in match.groups()]
    keys = {groups[0], groups[1], groups[5], *groups[7:11]}
    lookup, result = groups[11:14], groups[14:17]
    one_column = lookup[1] == lookup[2] and result[1] == result[2]
    if len({key.upper() for key in keys}) != 1 or groups[2] != groups[3] or not one_column:
        return None
    if lookup[0] != result[0]:
        return None
    return CheckFormula(
        heading=_plain(groups[3]),
        prefix=_plain(groups[4]),
        key_column=column_index(groups[0]),
        first_row=int(groups[6]) - 1,
        lookup_tab=_title(lookup[0]),
        lookup_column=column_index(lookup[1]),
        result_column=column_index(result[1]),
        missing=_plain(groups[17]),
    )


def result(formula: CheckFormula, key: Value, lookup: dict[str, Value]) -> Value:
    """Return what the formula shows beside a key; `lookup` is the index() of the other tab."""
    found = lookup.get((formula.prefix + concatenated(key)).casefold(), formula.missing)
    return "" if found is None else found


def index(pairs: Iterable[tuple[Value, Value]]) -> dict[str, Value]:
    """Return the results by lookup text, without regard to case; the first of several counts."""
    found: dict[str, Value] = {}
    for key, result in pairs:
        if isinstance(key, str):
            found.setdefault(key.casefold(), result)
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


def _plain(text: str) -> str:
    """Return the text that stands in quotes inside a formula."""
    return text.replace('""', '"')


def _title(name: str) -> str:
    """Return the tab's title as it is, from how it stands in a formula."""
    return name[1:-1].replace("''", "'") if name.startswith("'") else name
