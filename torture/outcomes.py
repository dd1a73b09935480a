"""Outcomes on disk: a JSON-lines file per campaign, each line written as soon as its cell has ended."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from torture.campaign import Outcome

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".torture"

# Everything that decides an outcome: the program, what it is run against, and what runs it.
_SOURCES = (
    "automations",
    "commands",
    "community",
    "credentials",
    "engine",
    "local_workspace",
    "mails",
    "reports",
    "sheets_schema",
    "torture",
    "workspace",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One cell's end. at: when, ISO with an offset. seconds: how long it took.

    outcome: what was seen, None when the cell itself failed; error: then its traceback, else empty.
    """

    cell: str
    sources: str
    at: str
    seconds: float
    outcome: Outcome | None
    error: str = ""


@cache
def fingerprint() -> str:
    """A digest of the sources that decide what a cell ends in; a change anywhere in them is another one."""
    files = [path for folder in _SOURCES for path in (ROOT / folder).rglob("*") if path.is_file()]
    files += [ROOT / "main.py", ROOT / "requirements.lock"]
    files += [path for path in (ROOT / "tests").rglob("*.py") if not path.name.startswith("test_")]
    digest = hashlib.sha256()
    for path in sorted(path for path in files if "__pycache__" not in path.parts):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def load(campaign: str, sources: str, folder: Path = FOLDER) -> dict[str, Line]:
    """The newest line of each cell that ran with these sources; a half-written last line does not count."""
    path = _path(campaign, folder)
    found = {}
    for text in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        try:
            line = Line(**json.loads(text))
        except (ValueError, TypeError):
            continue
        if line.sources == sources:
            found[line.cell] = line
    return found


def append(campaign: str, line: Line, folder: Path = FOLDER) -> None:
    """Write one line; it is in the file when this returns. A half-written one before it stays alone."""
    path = _path(campaign, folder)
    folder.mkdir(parents=True, exist_ok=True)
    is_whole = not path.exists() or path.read_bytes()[-1:] in {b"", b"\n"}
    values = {field.name: getattr(line, field.name) for field in fields(line)}  # asdict breaks a Counter
    with path.open("a", encoding="utf-8") as file:
        file.write(("" if is_whole else "\n") + json.dumps(values, ensure_ascii=False) + "\n")


def forget(campaign: str, folder: Path = FOLDER) -> None:
    """Drop everything that is known of a campaign."""
    _path(campaign, folder).unlink(missing_ok=True)


def _path(campaign: str, folder: Path) -> Path:
    return folder / f"{campaign}.jsonl"
