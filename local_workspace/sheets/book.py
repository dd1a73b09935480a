"""A spreadsheet in memory for the length of one request: its properties, its tabs, the rows on demand."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import astuple, dataclass
from typing import cast

from local_workspace import catalog
from local_workspace.call import Call, Json
from local_workspace.errors import forbidden, not_found
from local_workspace.sheets import defaults, dress, rows
from local_workspace.sheets.a1 import Box
from local_workspace.sheets.dress import Wardrobe
from local_workspace.sheets.rows import Rows

SCHEMA = (
    """
CREATE TABLE IF NOT EXISTS grid_books (
    id TEXT PRIMARY KEY,                      -- the file's id in Drive
    body TEXT NOT NULL                        -- JSON of Spreadsheet without its tabs
);
CREATE TABLE IF NOT EXISTS grid_tabs (
    key INTEGER PRIMARY KEY,
    book TEXT NOT NULL REFERENCES grid_books,
    position INTEGER NOT NULL,
    body TEXT NOT NULL,                       -- JSON of Sheet, without its data
    sizes TEXT NOT NULL,                      -- JSON: ROWS and COLUMNS to index to DimensionProperties
    tail TEXT NOT NULL                        -- JSON: the sides of the table that ends the tab, once known
);
CREATE INDEX IF NOT EXISTS grid_tabs_by_book ON grid_tabs (book, position);
"""
    + rows.SCHEMA
    + dress.SCHEMA
)


class Refused(Exception):
    """A request that cannot be done; the message is Google's, without the part that names the request."""


@dataclass(slots=True)
class Tab:
    """One tab. `body` is Google's Sheet without data; `sizes` has rows and columns that are not as usual.

    `tail` is the table that ends the tab, None when nobody has looked for it since the rows changed.
    """

    key: int
    body: Json
    sizes: dict[str, dict[int, Json]]
    rows: Rows
    tail: Box | None = None
    stored: tuple[str, ...] = ()

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

    def save(self, db: sqlite3.Connection, place: int) -> None:
        """Write what changed."""
        self.rows.flush()
        tail = None if self.tail is None or self.rows.reshaped else astuple(self.tail)
        text = tuple(json.dumps(part, ensure_ascii=False) for part in (self.body, self.sizes, tail))
        if text != self.stored:
            sql = "UPDATE grid_tabs SET position = ?, body = ?, sizes = ?, tail = ? WHERE key = ?"
            db.execute(sql, (place, *text, self.key))


@dataclass(slots=True)
class Book:
    """One spreadsheet. Change it freely; `save` writes what changed."""

    id: str
    title: str
    body: Json
    tabs: list[Tab]
    wardrobe: Wardrobe
    db: sqlite3.Connection
    year: int

    def titled(self, title: str) -> Tab | None:
        """Return the tab with this name, None when there is none."""
        return next((tab for tab in self.tabs if tab.title == title), None)

    def tab(self, sheet_id: int, kind: str = "grid") -> Tab:
        """Return the tab with this id; Refused when there is none."""
        for tab in self.tabs:
            if tab.sheet_id == sheet_id:
                return tab
        raise Refused(f"No {kind} with id: {sheet_id}")

    def add_tab(self, properties: Json, place: int) -> Tab:
        """Put a blank tab before the one at `place` and return it."""
        sql = "INSERT INTO grid_tabs (book, position, body, sizes, tail) VALUES (?, ?, '', '', '')"
        key = cast(int, self.db.execute(sql, (self.id, place)).lastrowid)
        tab = Tab(key, {"properties": properties}, {"ROWS": {}, "COLUMNS": {}}, Rows(self.db, key))
        self.tabs.insert(place, tab)
        self.number_tabs()
        return tab

    def number_tabs(self) -> None:
        """Give every tab the index of its place."""
        for place, tab in enumerate(self.tabs):
            tab.properties["index"] = place

    def remove_tab(self, tab: Tab) -> None:
        """Take the tab out; its rows go with it."""
        self.tabs.remove(tab)
        self.number_tabs()
        tab.rows.forget()
        self.db.execute("DELETE FROM grid_tabs WHERE key = ?", (tab.key,))

    def save(self) -> None:
        """Write everything that changed since the book was opened."""
        sql = "INSERT INTO grid_books VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body"
        self.db.execute(sql, (self.id, json.dumps(self.body, ensure_ascii=False)))
        for place, tab in enumerate(self.tabs):
            tab.save(self.db, place)


def keep_items(body: Json, name: str, wanted: Callable[[Json], bool]) -> bool:
    """Keep the wanted items of a list of `body`, say whether others went; an empty list disappears."""
    items = body.pop(name, [])
    kept = [item for item in items if wanted(item)]
    if kept:
        body[name] = kept
    return len(kept) < len(items)


def create(call: Call, file: catalog.File) -> Book:
    """Make the inside of a new spreadsheet, without tabs; its caller saves it."""
    call.db.execute("INSERT INTO grid_books VALUES (?, '')", (file.id,))
    body = {"properties": dict(defaults.PROPERTIES)}
    return Book(file.id, file.name, body, [], Wardrobe(call.db), call.db, call.now.year)


def create_blank(call: Call, file: catalog.File) -> None:
    """Make the inside of a new spreadsheet: one blank tab named Sheet1."""
    book = create(call, file)
    book.add_tab(defaults.tab_properties(0, "Sheet1"), 0)
    book.save()


def copy(call: Call, source: catalog.File, target: catalog.File) -> None:
    """Fill a new spreadsheet with what is in another one, but for the metadata of developers."""
    book, copied = load(call, source), create(call, target)
    book.body.pop("developerMetadata", None)
    copied.body = book.body
    for place, tab in enumerate(book.tabs):
        tab.body.pop("developerMetadata", None)
        for size in (*tab.sizes["ROWS"].values(), *tab.sizes["COLUMNS"].values()):
            size.pop("developerMetadata", None)
        made = copied.add_tab(tab.properties, place)
        made.body, made.sizes, made.tail = tab.body, tab.sizes, tab.tail
        made.rows.copy_from(tab.key)
    copied.save()


def open_book(call: Call) -> Book:
    """Return the spreadsheet that the request names; ApiError 403 or 404 when the caller may not see it."""
    file = catalog.find(call.db, call.params["spreadsheetId"])
    if file is None or file.mime_type != catalog.SPREADSHEET:
        raise not_found()
    if not catalog.sees(call, file, "sheets"):
        raise not_found() if file.owner == call.user else forbidden()
    return load(call, file)


def load(call: Call, file: catalog.File) -> Book:
    """Return the spreadsheet inside `file`, whoever asks."""
    text = call.db.execute("SELECT body FROM grid_books WHERE id = ?", (file.id,)).fetchone()[0]
    book = Book(file.id, file.name, json.loads(text), [], Wardrobe(call.db), call.db, call.now.year)
    sql = "SELECT key, body, sizes, tail FROM grid_tabs WHERE book = ? ORDER BY position"
    for key, *stored in call.db.execute(sql, (file.id,)):
        body, sizes, tail = map(json.loads, stored)
        sizes = {name: {int(index): size for index, size in found.items()} for name, found in sizes.items()}
        book.tabs.append(Tab(key, body, sizes, Rows(call.db, key), tail and Box(*tail), tuple(stored)))
    return book


def delete(call: Call, file: catalog.File) -> None:
    """Delete everything inside a spreadsheet."""
    book = load(call, file)
    for tab in list(book.tabs):
        book.remove_tab(tab)
    call.db.execute("DELETE FROM grid_books WHERE id = ?", (file.id,))


def save(call: Call, book: Book) -> None:
    """Write what changed in the book, and its new time of change in Drive."""
    book.save()
    catalog.change(call, book.id, name=book.title)
