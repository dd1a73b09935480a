"""Files for their owner's eyes alone, put in place in one step and on disk for good."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

OTHERS = 0o077  # everything that people other than the owner may do


def open_to_others(path: Path) -> bool:
    """Whether anybody but the owner may do anything with a file; raises OSError when there is none."""
    return bool(stat.S_IMODE(path.stat().st_mode) & OTHERS)


def put_in_place(draft: Path, path: Path) -> None:
    """Replace a file by a finished one beside it: the old or the new one is there, whatever dies meanwhile.

    Both what the draft holds and its new name are on disk at the end. Raises OSError.
    """
    _sync(draft)
    draft.replace(path)
    with suppress(PermissionError):  # a folder that may be written to but not read: its name stands anyway
        _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
