"""What the commands know of the machine they run on; `main.py` alone looks it up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The clock, the folders, and this program itself.

    clock: gives aware instants. folder: where we stand; configurations, data: the user's own folders.
    program: the command that starts this program, to which a verb is added. version: this program's.
    open_url: shows a page in the browser and returns at once.
    config: the file named by --config, None to look for one.
    """

    clock: Callable[[], datetime]
    folder: Path
    configurations: Path
    data: Path
    program: tuple[str, ...]
    version: str
    open_url: Callable[[str], object]
    config: Path | None = None
