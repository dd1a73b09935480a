"""What a cell has beside its value (format, note, validation rule), stored once per different one."""

import copy
import json
import sqlite3

from local_workspace.call import Json
from local_workspace.fields import Mask
from local_workspace.sheets import masks

SCHEMA = """
CREATE TABLE IF NOT EXISTS grid_dress (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL UNIQUE                 -- JSON of CellData, its _PARTS only
);
"""
_PARTS = ("userEnteredFormat", "note", "dataValidation", "textFormatRuns")


class Wardrobe:
    """The dresses that one request deals with, by their ids; 0 is none. What is returned is shared."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._bodies: dict[int, Json] = {0: {}}

    def body(self, dress: int) -> Json:
        """Return the dress with this id."""
        if dress not in self._bodies:
            row = self._db.execute("SELECT body FROM grid_dress WHERE id = ?", (dress,)).fetchone()
            self._bodies[dress] = json.loads(row[0])
        return self._bodies[dress]

    def number_format(self, dress: int) -> Json | None:
        """Return the number format of the dress with this id."""
        found: Json | None = self.body(dress).get("userEnteredFormat", {}).get("numberFormat")
        return found

    def keep(self, body: Json) -> int:
        """Return the id of this dress, new or known."""
        if not body:
            return 0
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        self._db.execute("INSERT OR IGNORE INTO grid_dress (body) VALUES (?)", (text,))
        dress: int = self._db.execute("SELECT id FROM grid_dress WHERE body = ?", (text,)).fetchone()[0]
        self._bodies[dress] = body
        return dress

    def changed(self, dress: int, cell: Json, mask: Mask) -> int:
        """Return the dress that is left when the masked fields of a CellData are written over this one."""
        worn = {name: mask.get(name, {}) for name in _PARTS if name in mask or "*" in mask}
        if not worn:
            return dress
        body = copy.deepcopy(self.body(dress))
        masks.merge(body, masks.tidy(cell), worn)
        return self.keep(masks.tidy(body))
