"""The state: one SQLite file, so that a restart finds everything that was ever answered."""

import secrets
import sqlite3
from collections.abc import Iterable
from pathlib import Path


def open_store(path: Path, schemas: Iterable[str]) -> sqlite3.Connection:
    """Open the database at `path`, create what is missing from it, and return its one connection.

    Transactions are begun and ended by the caller. A commit is on disk when it returns (synchronous=FULL).
    The connection is used by one thread at a time: requests are handled one after another. OSError when the
    file is not a workspace's, or cannot be opened.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _opened(path, schemas)
    except sqlite3.DatabaseError as error:
        raise OSError(f"{path.name}: {error}") from None


def _opened(path: Path, schemas: Iterable[str]) -> sqlite3.Connection:
    """Return the connection; sqlite3.DatabaseError, and nothing is left open, when there can be none."""
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.row_factory = sqlite3.Row
    try:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("PRAGMA foreign_keys=ON")
        db.executescript("BEGIN;" + "".join(schemas) + "COMMIT;")
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def new_id(length: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz0123456789") -> str:
    """Return a fresh random id of `length` letters of `alphabet`."""
    return "".join(secrets.choice(alphabet) for _ in range(length))
