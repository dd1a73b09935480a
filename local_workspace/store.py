"""The state: one SQLite file, so that a restart finds everything that was ever answered."""

import os
import re
import secrets
import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def open_store(path: Path, schemas: Iterable[str]) -> sqlite3.Connection:
    """Open the database at `path`, make it when there is none, and return its one connection.

    Transactions are begun and ended by the caller. A commit is on disk when it returns (synchronous=FULL).
    The connection is used by one thread at a time: requests are handled one after another. OSError when the
    file is not a workspace's, is one of another version, or cannot be opened.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):  # SQLite would let everybody read it
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            _prepare(db, "".join(schemas))
        except BaseException:
            db.close()
            raise
    except sqlite3.DatabaseError as error:
        raise OSError(f"{path.name}: {error}") from None
    return db


def _prepare(db: sqlite3.Connection, schema: str) -> None:
    """Make the tables where there are none; OSError when there are others than these."""
    db.row_factory = sqlite3.Row
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        db.execute(f"PRAGMA {pragma}")
    version = zlib.crc32(re.sub(r"--.*|\s+", "", schema).encode()) >> 1  # of 31 bits, as SQLite keeps it
    made_by = db.execute("PRAGMA user_version").fetchone()[0]
    if made_by != version and db.execute("SELECT 1 FROM sqlite_schema").fetchone():
        raise OSError("workspace.db is another version's: delete it and the files beside it to begin anew")
    db.executescript(f"BEGIN; {schema} PRAGMA user_version = {version}; COMMIT;")


def new_id(length: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz0123456789") -> str:
    """Return a fresh random id of `length` letters of `alphabet`."""
    return "".join(secrets.choice(alphabet) for _ in range(length))
