"""A spreadsheet in memory for the length of one request: its properties, its tabs, the rows on demand."""

import json
import secrets
from collections.abc import Callable
from copy import deepcopy
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import cast

from local_workspace import catalog
from local_workspace.call import Call, Json
from local_workspace.errors import bad_request, forbidden, not_found
from local_workspace.sheets import dress, rows
from local_workspace.sheets.a1 import Box
from local_workspace.sheets.dress import Wardrobe
from local_workspace.sheets.edits import Dimension
from local_workspace.sheets.rows import Rows

SCHEMA = f"""
CREATE TABLE IF NOT EXISTS grid_books (
    id TEXT PRIMARY KEY,                      -- the file's id in Drive
    body TEXT NOT NULL,                       -- JSON of Spreadsheet without its tabs
    tabs TEXT NOT NULL,                       -- JSON list: of every Tab its fields but the rows
    state INTEGER NOT NULL                    -- drawn anew by every change of it, or of its rows
);
{rows.SCHEMA}
{dress.SCHEMA}
"""
PROPERTIES: Json = json.loads((Path(__file__).parent / "new_spreadsheet.json").read_text())
"""The properties of a new spreadsheet as Google answers them, but its title."""


@dataclass(slots=True)
class Tab:
    """One tab: `body` is Google's Sheet without data, `sizes` the DimensionProperties that are not as usual.

    `tail` is the table that ends the tab, None when nobody has looked for it since the rows changed.
    """

    key: int
    rows: Rows
    body: Json
    sizes: dict[Dimension, dict[int, Json]] = field(default_factory=lambda: {"ROWS": {}, "COLUMNS": {}})
    tail: Box | None = None

    @property
    def properties(self) -> Json:
        """The tab's SheetProperties."""
        return cast(Json, self.body["properties"])

    @property
    def grid(self) -> Json:
        """The tab's GridProperties."""
        return cast(Json, self.properties["gridProperties"])

    @property
    def sheet_id(self) -> int:
        """The tab's id within its spreadsheet."""
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        """The tab's name."""
        return str(self.properties["title"])

    @property
    def row_count(self) -> int:
        """How many rows the grid has."""
        return int(self.grid["rowCount"])

    @property
    def column_count(self) -> int:
        """How many columns the grid has."""
        return int(self.grid["columnCount"])


@dataclass(slots=True)
class Book:
    """One spreadsheet; `body` is Google's Spreadsheet without title and tabs. Change it, then `save`."""

    call: Call
    id: str
    title: str
    body: Json
    tabs: list[Tab]
    wardrobe: Wardrobe
    state: int = 0

    def titled(self, title: str) -> Tab | None:
        """Return the tab with this name, None when there is none."""
        return next((tab for tab in self.tabs if tab.title == title), None)

    def tab(self, sheet_id: int, kind: str = "grid") -> Tab:
        """Return the tab with this id; ApiError 400 when there is none."""
        for tab in self.tabs:
            if tab.sheet_id == sheet_id:
                return tab
        raise bad_request(f"No {kind} with id: {sheet_id}")

    def add_tab(self, properties: Json, place: int, like: Tab | None = None) -> Tab:
        """Put a tab before the one at `place` and return it: a blank one, or with all that is on `like`."""
        key = secrets.randbits(62)
        tab = Tab(key, Rows(self.call.db, key), {"properties": properties})
        if like is not None:
            tab.body, tab.sizes = deepcopy(like.body) | tab.body, deepcopy(like.sizes)
            like.rows.flush()
            tab.rows.copy_from(like.key)
        self.arrange([*self.tabs[:place], tab, *self.tabs[place:]])
        return tab

    def arrange(self, tabs: list[Tab]) -> None:
        """Have these tabs in this order."""
        self.tabs = tabs
        for place, tab in enumerate(tabs):
            tab.properties["index"] = place


def fresh_id() -> int:
    """Return a new id for a tab, a protected range or metadata: a positive 31-bit number."""
    return secrets.randbelow(2**31 - 1) + 1


def keep_items(body: Json, name: str, wanted: Callable[[Json], bool]) -> bool:
    """Keep the wanted items of a list of `body`, say whether others went; an empty list disappears."""
    items = body.pop(name, [])
    kept = [item for item in items if wanted(item)]
    if kept:
        body[name] = kept
    return len(kept) < len(items)


def create(call: Call, file: catalog.File) -> Book:
    """Return the inside of a new spreadsheet, without tabs; its caller saves it."""
    body = {"properties": dict(PROPERTIES)}
    return Book(call, file.id, file.body["name"], body, [], Wardrobe(call.db))


def copy(call: Call, source: catalog.File, target: catalog.File) -> None:
    """Fill a new spreadsheet with what is in another one, but for the metadata of developers."""
    book, copied = load(call, source), create(call, target)
    copied.body = {name: value for name, value in book.body.items() if name != "developerMetadata"}
    for place, tab in enumerate(book.tabs):
        copied.add_tab(tab.properties, place, like=tab)
    save(call, copied)


def open_book(call: Call) -> Book:
    """Return the spreadsheet that the request names; ApiError 403 or 404 when the caller may not see it."""
    file = catalog.find(call, call.params["spreadsheetId"])
    if file is None or not file.is_spreadsheet:
        raise not_found()
    if not catalog.sees(call, file, "sheets"):
        raise not_found() if file.owner == call.user else forbidden()
    return load(call, file)


def load(call: Call, file: catalog.File) -> Book:
    """Return the spreadsheet inside `file`, whoever asks."""
    book = create(call, file)
    found = call.db.execute("SELECT body, tabs, state FROM grid_books WHERE id = ?", (file.id,)).fetchone()
    book.body, book.state = json.loads(found["body"]), found["state"]
    for key, body, sizes, tail in json.loads(found["tabs"]):
        by_index = {name: {int(index): size for index, size in own.items()} for name, own in sizes.items()}
        book.tabs.append(Tab(key, Rows(call.db, key), body, by_index, tail and Box(*tail)))
    return book


def delete(call: Call, file: catalog.File) -> None:
    """Delete everything inside a spreadsheet."""
    for tab in load(call, file).tabs:
        tab.rows.forget()
    call.db.execute("DELETE FROM grid_books WHERE id = ?", (file.id,))


def save(call: Call, book: Book) -> None:
    """Write what changed in the book, and its new time of change in Drive."""
    tabs = []
    for tab in book.tabs:
        tab.rows.flush()
        tail = None if tab.tail is None or tab.rows.reshaped else astuple(tab.tail)
        tabs.append((tab.key, tab.body, tab.sizes, tail))
    texts = [json.dumps(part, ensure_ascii=False) for part in (book.body, tabs)]
    book.state = secrets.randbits(62)
    call.db.execute("INSERT OR REPLACE INTO grid_books VALUES (?, ?, ?, ?)", (book.id, *texts, book.state))
    catalog.change(call, book.id, {"name": book.title})
