"""What a cell has beside its value (format, note, validation rule), stored once per different one."""

import json
import sqlite3

from local_workspace.call import Json

SCHEMA = """
CREATE TABLE IF NOT EXISTS grid_dress (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL UNIQUE                 -- JSON of CellData: userEnteredFormat, note, dataValidation
);
"""


class Wardrobe:
    """The dresses that one request deals with. What it returns is shared: change a copy."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._bodies: dict[int, Json] = {0: {}}

    def body(self, dress: int) -> Json:
        """Return the dress with this id; that of 0 is empty."""
        if dress not in self._bodies:
            row = self._db.execute("SELECT body FROM grid_dress WHERE id = ?", (dress,)).fetchone()
            self._bodies[dress] = json.loads(row[0])
        return self._bodies[dress]

    def number_format(self, dress: int) -> Json | None:
        """Return the number format of the dress with this id."""
        found: Json | None = self.body(dress).get("userEnteredFormat", {}).get("numberFormat")
        return found

    def keep(self, body: Json) -> int:
        """Return the id of this dress, new or known; 0 for an empty one."""
        if not body:
            return 0
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        self._db.execute("INSERT OR IGNORE INTO grid_dress (body) VALUES (?)", (text,))
        dress: int = self._db.execute("SELECT id FROM grid_dress WHERE body = ?", (text,)).fetchone()[0]
        self._bodies[dress] = body
        return dress
