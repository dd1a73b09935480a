"""What people do to a spreadsheet without meaning it, and the way back: the version of before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests
from hypothesis import strategies as st

from tests.month import Month

Request = dict[str, Any]

TABS = ("Members", "Requests", "Roasts", "Agenda", "Emails", "Settings")
ODD_TEXTS = (
    "👩‍🏫 Ann 🇩🇪",
    "\u202eevil\u202c",
    "שלום רב",
    "A\u200bn\u200cn\ufeff",
    "Аnn",
    "ａｎｎ@example.org",
    "{{ 7 * 7 }} {% for x in y %} %s {0} ${jndi}",
    "<script>alert(1)</script>",
    "name\r\nBcc: somebody@example.org",
    "\x00\x07",
    "+49 30 1234",
    "-1",
    "@here",
    "1e400",
    "9" * 400,
    "TRUE",
    "#REF!",
    "x" * 50_000,
)
FORMULAS = ("=1/0", "=NA()", "=Nowhere!A1", '=HYPERLINK("http://example.org","x")', "=A1")
FIVE_WAYS = (
    "ANN@EXAMPLE.ORG",
    " ann@example.org ",
    "Ann <ann@example.org>",
    "mailto:ann@example.org",
    "ann@example.org,",
)


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing done to one tab. row counts from 1, column from 0; both wrap around to what is there."""

    kind: str
    tab: str
    row: int
    column: int
    text: str

    @property
    def is_brief(self) -> bool:
        """Whether it is a thing half typed, that nobody leaves so for longer than the sheet waits."""
        return self.kind in BRIEF


class Hand:
    """A person in the spreadsheet; every tab has a copy, made before the first damage."""

    def __init__(self, month: Month) -> None:
        self.month = month
        token = month.local("GET", "/local/token")["access_token"]
        self._http = requests.Session()
        self._http.headers["Authorization"] = f"Bearer {token}"
        self._base = f"{month.base}/v4/spreadsheets/{month.id}"

    def copy(self) -> None:
        """Keep a copy of every tab, as the version history does."""
        self._http.headers["Authorization"] = (
            f"Bearer {self.month.local('GET', '/local/token')['access_token']}"
        )
        there = self.sheet_ids()
        gone = [{"deleteSheet": {"sheetId": key}} for title, key in there.items() if _is_copy(title)]
        copies = [
            {"duplicateSheet": {"sourceSheetId": there[tab], "newSheetName": f"{tab} as it was"}}
            for tab in TABS
        ]
        self.batch(*gone, *copies)

    def restore(self) -> None:
        """Put the copies in the place of whatever the tabs have become."""
        there = self.sheet_ids()
        for tab in TABS:
            found = there.get(tab, there.get(f"{tab} renamed"))
            away = [] if found is None else [{"deleteSheet": {"sheetId": found}}]
            back = {"sheetId": there[f"{tab} as it was"], "title": tab}
            self.batch(*away, {"updateSheetProperties": {"properties": back, "fields": "title"}})

    def sheet_ids(self) -> dict[str, int]:
        """Every tab's id by its title."""
        reply = self._http.get(self._base, params={"fields": "sheets.properties"}, timeout=30).json()
        return {sheet["properties"]["title"]: sheet["properties"]["sheetId"] for sheet in reply["sheets"]}

    def batch(self, *asked: Request) -> None:
        """Send requests as the page does."""
        reply = self._http.post(f"{self._base}:batchUpdate", json={"requests": asked}, timeout=60)
        assert reply.ok, reply.text[:500]

    def cells(self) -> dict[str, list[list[Any]]]:
        """What stands in each tab that is there, formulas as typed; blank rows at the end are left out."""
        titles = [title for title in self.sheet_ids() if title.removesuffix(" renamed") in TABS]
        reply = self._http.get(
            f"{self._base}/values:batchGet",
            params={"ranges": [f"'{title}'" for title in titles], "valueRenderOption": "FORMULA"},
            timeout=60,
        ).json()
        return {
            title: found.get("values", [])
            for title, found in zip(titles, reply.get("valueRanges", []), strict=True)
        }

    def do(self, damage: Damage) -> None:
        """Do it."""
        KINDS[damage.kind](self, damage)

    def at(self, damage: Damage) -> tuple[int, int, list[list[Any]]]:
        """The damaged place, inside of what is there: row from 1, column from 0; and the tab's cells."""
        rows = self.cells()[damage.tab] or [[]]
        width = max(*map(len, rows), 1)
        return damage.row % len(rows) + 1, damage.column % width, rows

    def add_column(self, tab: str) -> None:
        """Widen a tab by one column."""
        more = {"sheetId": self.sheet_ids()[tab], "dimension": "COLUMNS", "length": 1}
        self.batch({"appendDimension": more})

    def type_at(self, tab: str, row: int, column: int, text: object) -> None:
        """Type into a cell: row from 1, column from 0."""
        self.month.type(tab, f"{chr(ord('A') + column)}{row}", text)


def _is_copy(title: str) -> bool:
    return title.endswith(" as it was")


def _cut_short(hand: Hand, damage: Damage) -> None:
    row, column, rows = hand.at(damage)
    cell = str(rows[row - 1][column]) if rows and column < len(rows[row - 1]) else "x"
    hand.type_at(damage.tab, max(row, 2), max(column, 1), cell[: len(cell) // 2] or None)


def _begun(hand: Hand, damage: Damage) -> None:
    _, column, rows = hand.at(damage)
    hand.type_at(damage.tab, len(rows) + 1, column, damage.text)


def _odd(hand: Hand, damage: Damage) -> None:
    row, column, _ = hand.at(damage)
    hand.type_at(damage.tab, max(row, 2), max(column, 1), "'" + damage.text)


def _error(hand: Hand, damage: Damage) -> None:
    row, column, _ = hand.at(damage)
    formula = FORMULAS[len(damage.text) % len(FORMULAS)]
    hand.type_at(damage.tab, max(row, 2), max(column, 1), formula)


def _header_renamed(hand: Hand, damage: Damage) -> None:
    _, column, _ = hand.at(damage)
    hand.type_at(damage.tab, 1, max(column, 1), "'" + damage.text[:100])


def _header_doubled(hand: Hand, damage: Damage) -> None:
    _, column, rows = hand.at(damage)
    heads = [*rows[0], *[""] * (column + 2)]
    hand.add_column(damage.tab)
    hand.type_at(damage.tab, 1, len(rows[0]), str(heads[max(column, 1)]) or "x")


def _header_moved(hand: Hand, damage: Damage) -> None:
    _header_doubled(hand, damage)
    _, column, _ = hand.at(damage)
    hand.type_at(damage.tab, 1, max(column, 1), None)


def _move(dimension: str) -> Callable[[Hand, Damage], None]:
    def move(hand: Hand, damage: Damage) -> None:
        row, column, rows = hand.at(damage)
        first, most = (row, len(rows)) if dimension == "ROWS" else (max(column, 1), len(rows[0]))
        source = {"sheetId": hand.sheet_ids()[damage.tab], "dimension": dimension}
        if 1 <= first < most:
            place = {"startIndex": first, "endIndex": first + 1}
            hand.batch({"moveDimension": {"source": source | place, "destinationIndex": most}})

    return move


def _tab_renamed(hand: Hand, damage: Damage) -> None:
    named = {"sheetId": hand.sheet_ids()[damage.tab], "title": f"{damage.tab} renamed"}
    hand.batch({"updateSheetProperties": {"properties": named, "fields": "title"}})


def _tab_deleted(hand: Hand, damage: Damage) -> None:
    hand.batch({"deleteSheet": {"sheetId": hand.sheet_ids()[damage.tab]}})


def _tab_moved(hand: Hand, damage: Damage) -> None:
    first = {"sheetId": hand.sheet_ids()[damage.tab], "index": 0}
    hand.batch({"updateSheetProperties": {"properties": first, "fields": "index"}})


def _cleared(hand: Hand, damage: Damage) -> None:
    everywhere = {"sheetId": hand.sheet_ids()[damage.tab]}
    hand.batch({"updateCells": {"range": everywhere, "fields": "userEnteredValue"}})


def _all_cleared(hand: Hand, damage: Damage) -> None:
    for tab in TABS:
        _cleared(hand, Damage(damage.kind, tab, 1, 1, ""))


def _sorted(hand: Hand, damage: Damage) -> None:
    _, column, _ = hand.at(damage)
    body = {"tab": damage.tab, "by": chr(ord("A") + max(column, 1)), "descending": damage.row % 2 == 0}
    hand.month.local("POST", f"/local/sheets/{hand.month.id}/rows/sort", body)


def _rows_inserted(hand: Hand, damage: Damage) -> None:
    row, _, _ = hand.at(damage)
    body = {"tab": damage.tab, "before": max(row, 2), "count": 1 + damage.column % 3}
    hand.month.local("POST", f"/local/sheets/{hand.month.id}/rows/insert", body)


def _rows_deleted(hand: Hand, damage: Damage) -> None:
    row, _, rows = hand.at(damage)
    if len(rows) > 2:
        body = {"tab": damage.tab, "from": max(row, 2), "count": 1}
        hand.month.local("POST", f"/local/sheets/{hand.month.id}/rows/delete", body)


def _merged(hand: Hand, damage: Damage) -> None:
    row, column, rows = hand.at(damage)
    box = {"startRowIndex": max(row - 1, 1), "endRowIndex": max(row - 1, 1) + 2}
    box |= {"startColumnIndex": max(column, 1), "endColumnIndex": max(column, 1) + 2}
    if box["endRowIndex"] <= len(rows) and box["endColumnIndex"] <= len(rows[0]):
        place = {"sheetId": hand.sheet_ids()[damage.tab], **box}
        hand.batch({"mergeCells": {"range": place, "mergeType": "MERGE_ALL"}})


def _five_ways(hand: Hand, damage: Damage) -> None:
    for spelling in FIVE_WAYS:
        hand.month.type_row("Members", Name="Ann", Email=spelling)


KINDS: dict[str, Callable[[Hand, Damage], None]] = {
    "a cell half typed": _cut_short,
    "a row begun": _begun,
    "odd text in a cell": _odd,
    "a formula in a cell": _error,
    "a header renamed": _header_renamed,
    "a header in another column": _header_moved,
    "a header twice": _header_doubled,
    "columns swapped": _move("COLUMNS"),
    "rows swapped": _move("ROWS"),
    "a tab renamed": _tab_renamed,
    "a tab deleted": _tab_deleted,
    "tabs in another order": _tab_moved,
    "a tab cleared": _cleared,
    "everything cleared": _all_cleared,
    "rows sorted": _sorted,
    "rows inserted": _rows_inserted,
    "a row deleted": _rows_deleted,
    "cells merged": _merged,
    "the same person five ways": _five_ways,
}
BRIEF = {"a cell half typed", "a row begun", "odd text in a cell", "a formula in a cell"}

DAMAGES = st.builds(
    Damage,
    kind=st.sampled_from(sorted(KINDS)),
    tab=st.sampled_from(TABS),
    row=st.integers(1, 40),
    column=st.integers(0, 12),
    text=st.one_of(st.sampled_from(ODD_TEXTS), st.text(max_size=40)),
)
