"""A file is the old one or the new one, whatever dies, and on disk under its name at the end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from credentials.private_files import open_to_others, put_in_place


def test_file_is_on_disk_before_its_name_and_its_name_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, path = tmp_path / "draft", tmp_path / "token.json"
    draft.write_text("new")
    path.write_text("old")
    files = {draft.stat().st_ino: "the file", tmp_path.stat().st_ino: "its folder"}
    seen = []
    sync = os.fsync

    def watched(handle: int) -> None:
        seen.append((files[os.fstat(handle).st_ino], path.read_text()))
        sync(handle)

    monkeypatch.setattr(os, "fsync", watched)

    put_in_place(draft, path)

    assert seen == [("the file", "old"), ("its folder", "new")]
    assert [file.name for file in tmp_path.iterdir()] == ["token.json"]


@pytest.mark.parametrize(("mode", "is_open"), [(0o600, False), (0o700, False), (0o640, True), (0o601, True)])
def test_file_is_open_to_others_when_they_may_do_anything_with_it(
    tmp_path: Path, mode: int, is_open: bool
) -> None:
    path = tmp_path / "token.json"
    path.touch()
    path.chmod(mode)

    assert open_to_others(path) is is_open
