"""The state: one SQLite file, so that a restart finds everything that was ever answered."""

import secrets
import sqlite3
from collections.abc import Iterable
from pathlib import Path


def open_store(path: Path, schemas: Iterable[str]) -> sqlite3.Connection:
    """Open the database at `path`, create what is missing from it, and return its one connection.

    Transactions are begun and ended by the caller. A commit is on disk when it returns (synchronous=FULL).
    The connection is used by one thread at a time: requests are handled one after another.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("PRAGMA foreign_keys=ON")
    db.executescript("BEGIN;" + "".join(schemas) + "COMMIT;")
    return db


def new_id(length: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz0123456789") -> str:
    """Return a fresh random id of `length` letters of `alphabet`."""
    return "".join(secrets.choice(alphabet) for _ in range(length))
