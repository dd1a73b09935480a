"""Root may read and write everything; these let a test be somebody who may not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


@contextmanager
def as_an_ordinary_user() -> Iterator[None]:
    """Be nobody in particular for the length of a block; whoever is not root stays who they are."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def give_to_the_ordinary_user(path: Path) -> None:
    """Let a file belong to whom `as_an_ordinary_user` makes of us."""
    if os.geteuid() == 0:
        os.chown(path, _NOBODY, -1)
