"""What became of the cells that the organizer typed: compared with a month that no program touched."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.month import Month
from torture.script import BEGIN, SETTINGS, STEPS
from torture.side_by_side.owed import Letter
from torture.side_by_side.plans import BY_HAND
from torture.side_by_side.played import Played

_KEYS = {"Members": "Email", "Roasts": "Month", "Requests": "Email", "Emails": "Mail", "Settings": "Setting"}
_NOT_TYPED = {"Check"}  # a formula's
_CODES = "Go ahead with"  # what is typed there depends on what the program says

Rows = dict[str, dict[str, Any]]
"""A tab's rows by key, each by header."""


def written_over(month: Played, until: datetime) -> list[str]:
    """Cells that do not hold what the organizer typed, and rows of a key that stand there twice."""
    wrong = []
    typed = {(body["tab"], body["cell"]): body["value"] for body in month.typed if "cell" in body}
    for tab, expected in _untouched(until).items():
        found, twice = _read(month, tab)
        wrong += [f"{tab}: {key} stands there twice" for key in twice]
        for key, row in expected.items():
            now = found.get(key, {})
            wrong += [
                f"{tab}: {key}: {header}"
                for header, value in row.items()
                if now.get(header, "") != value and (tab, header) not in _headers_typed(month, typed)
            ]
    for (tab, cell), value in typed.items():
        line = [*month.rows(tab)[int(cell[1:]) - 1], *[""] * 26]
        if line[_place(cell)] != value:
            wrong.append(f"{tab}: {cell}: {value}")
    return wrong


def told_by_hand(month: Played) -> set[Letter]:
    """The mails that a merge need not send, because the organizer noted in its column to have called."""
    header = month.rows("Members")[0]
    exempt = set()
    for body in month.typed:
        if body.get("value") == BY_HAND:
            kind, when = str(header[_place(body["cell"])]).lower().split()
            exempt.add((kind, when, str(month.rows("Members")[int(body["cell"][1:]) - 1][1])))
    return exempt


def _place(cell: str) -> int:
    """The place of a cell's column, from 0."""
    return ord(cell[0]) - ord("A")


def _headers_typed(month: Month, typed: dict[tuple[str, str], Any]) -> set[tuple[str, str]]:
    """The columns in which something was typed during runs; these cells are looked at one by one."""
    return {(tab, str(month.rows(tab)[0][_place(cell)])) for tab, cell in typed}


@cache
def _untouched(until: datetime) -> dict[str, Rows]:
    """The organizer's tabs of a month in which people do all they do, and no program runs."""
    with TemporaryDirectory() as folder, Month(Path(folder), now=BEGIN, settings=SETTINGS) as month:
        for step in STEPS:
            if step.when <= until:
                month.go_to(step.when)
                step.deed(month)
        return {tab: _read(month, tab)[0] for tab in _KEYS}


def _read(month: Month, tab: str) -> tuple[Rows, list[str]]:
    """A tab's rows by key, and the keys that stand there more than once."""
    header, *rows = [
        [str(cell) if place == 0 else cell for cell in row] for place, row in enumerate(month.rows(tab))
    ]
    lines = [dict(zip(header, [*row, *[""] * len(header)], strict=False)) for row in rows]
    keyed = [(str(line[_KEYS[tab]]), line) for line in lines if line[_KEYS[tab]] != ""]
    count = Counter(key for key, _ in keyed)
    kept = {
        key: {name: value for name, value in line.items() if name not in _NOT_TYPED}
        for key, line in keyed
        if key != _CODES
    }
    return kept, [key for key, times in count.items() for _ in range(times - 1)]
