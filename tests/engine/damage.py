"""A person in the spreadsheet who damages it without meaning to, and the way back: the version of before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests

from sheets_schema.sheet import ORGANIZER_TABS
from tests.month import Month
from tests.organizer_cells import HAND

Request = dict[str, Any]

MOST_CHARACTERS = 50_000  # in one cell, says Google
ODD_TEXTS = {
    "emoji": "👩‍🏫 Ann 🇩🇪",
    "a right-to-left override": "\u202eevil\u202c",
    "Hebrew": "שלום רב",
    "zero-width characters": "A\u200bn\u200cn\ufeff",
    "a Cyrillic letter that looks Latin": "Аnn",
    "a fullwidth address": "ａｎｎ@example.org",
    "placeholders of four languages": "{{ 7 * 7 }} {% for x in y %} %s {0} ${jndi}",
    "a script tag": "<script>alert(1)</script>",
    "a header of a mail": "name\r\nBcc: somebody@example.org",
    "control characters": "\x00\x07",
    "a telephone number": "+49 30 1234",
    "a minus sign": "-1",
    "@here": "@here",
    "a number past all bounds": "1e400",
    "400 digits": "9" * 400,
    "TRUE": "TRUE",
    "an error as text": "#REF!",
    "50,000 characters": "x" * MOST_CHARACTERS,
}
FORMULAS = {
    "a division by zero": "=1/0",
    "NA()": "=NA()",
    "a tab that is not there": "=Nowhere!A1",
    "a link": '=HYPERLINK("http://example.org","x")',
    "another cell": "=A1",
}
FAILING = ("a division by zero", "NA()", "a tab that is not there")
FIVE_WAYS = (
    "ANN@EXAMPLE.ORG",
    " ann@example.org ",
    "Ann <ann@example.org>",
    "mailto:ann@example.org",
    "ann@example.org,",
)


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing done to one tab. row counts from 1, column from 0; both wrap around to what is there.

    text: what is typed, where the kind is to type something.
    """

    kind: str
    tab: str
    row: int
    column: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was done. row: from 1, None for a whole tab; header: of the column, "" for all."""

    tab: str
    row: int | None = None
    header: str = ""


class Hand:
    """A person in the spreadsheet, who keeps copies of tabs as the version history does."""

    def __init__(self, month: Month) -> None:
        self.month = month
        self._copied: tuple[str, ...] = ()
        token = month.local("GET", "/local/token")["access_token"]
        self._http = requests.Session()
        self._http.headers.update({"Authorization": f"Bearer {token}", "User-Agent": HAND})
        self._base = f"{month.base}/v4/spreadsheets/{month.id}"

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def copy(self, tabs: tuple[str, ...] = ORGANIZER_TABS) -> None:
        """Keep a copy of these tabs."""
        token = self.month.local("GET", "/local/token")["access_token"]
        self._http.headers["Authorization"] = f"Bearer {token}"
        there = self.sheet_ids()
        gone = [{"deleteSheet": {"sheetId": key}} for title, key in there.items() if _is_copy(title)]
        copies = [
            {"duplicateSheet": {"sourceSheetId": there[tab], "newSheetName": f"{tab} as it was"}}
            for tab in tabs
        ]
        self._copied = tabs
        self.batch(*gone, *copies)

    def restore(self) -> None:
        """Put the copies in the place of whatever the tabs have become."""
        there = self.sheet_ids()
        for tab in self._copied:
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
        if asked:
            reply = self._http.post(f"{self._base}:batchUpdate", json={"requests": asked}, timeout=60)
            assert reply.ok, reply.text[:500]

    def cells(self, tabs: tuple[str, ...] = ORGANIZER_TABS) -> dict[str, list[list[Any]]]:
        """What stands in each of these tabs that is there, formulas as typed; blank rows at the end are
        left out."""
        titles = [title for title in self.sheet_ids() if title.removesuffix(" renamed") in tabs]
        reply = self._http.get(
            f"{self._base}/values:batchGet",
            params={"ranges": [f"'{title}'" for title in titles], "valueRenderOption": "FORMULA"},
            timeout=60,
        ).json()
        found = reply.get("valueRanges", [])
        return {title: one.get("values", []) for title, one in zip(titles, found, strict=True)}

    def append(self, tab: str, rows: list[list[Any]]) -> None:
        """Paste rows below a tab's last one."""
        reply = self._http.post(
            f"{self._base}/values/{tab}!A1:append",
            params={"valueInputOption": "RAW"},
            json={"values": rows},
            timeout=120,
        )
        assert reply.ok, reply.text[:500]

    def add_column(self, tab: str) -> None:
        """Widen a tab by one column."""
        more = {"sheetId": self.sheet_ids()[tab], "dimension": "COLUMNS", "length": 1}
        self.batch({"appendDimension": more})

    def type_at(self, tab: str, row: int, column: int, text: object) -> None:
        """Type into a cell: row from 1, column from 0."""
        self.month.type(tab, f"{chr(ord('A') + column)}{row}", text)


def _is_copy(title: str) -> bool:
    return title.endswith(" as it was")
