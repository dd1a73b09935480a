"""The file that holds a workspace's state."""

from __future__ import annotations

from pathlib import Path

import pytest

from local_workspace.store import open_store

SCHEMA = "CREATE TABLE IF NOT EXISTS things (name TEXT);"


def test_state_is_found_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "workspace.db"
    first = open_store(path, [SCHEMA])
    first.execute("INSERT INTO things VALUES ('lamp')")
    first.close()

    second = open_store(path, [SCHEMA])

    found = [row["name"] for row in second.execute("SELECT name FROM things")]
    second.close()
    assert found == ["lamp"]


def test_file_that_is_no_workspace_is_named(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    path.write_text("my shopping list, which is long enough")

    with pytest.raises(OSError, match=r"^workspace\.db: file is not a database$"):
        open_store(path, [SCHEMA])


def test_state_of_another_version_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    open_store(path, [SCHEMA]).close()

    with pytest.raises(OSError, match=r"^workspace\.db is another version's: delete it "):
        open_store(path, ["CREATE TABLE IF NOT EXISTS things (name TEXT, colour TEXT);"])


def test_schema_that_is_only_explained_otherwise_is_the_same_version(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    open_store(path, [SCHEMA]).close()

    open_store(path, ["CREATE TABLE IF NOT EXISTS things (\n    name TEXT  -- of the thing\n);"]).close()
