"""Outcomes on disk: a JSON-lines file per campaign, each line written as soon as its cell has ended."""

from __future__ import annotations

import ast
import hashlib
import json
import re
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from torture.campaign import Outcome

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".torture"

_PROGRAM = (
    "automations",
    "commands",
    "community",
    "credentials",
    "engine",
    "local_workspace",
    "mails",
    "reports",
    "sheets_schema",
    "workspace",
)
_OURS = re.compile(r"(?:tests|torture)\.[\w.]+")


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
def fingerprint(module: str) -> str:
    """A digest of what decides the outcomes of a campaign that `module` runs; a change in it is another one.

    That is the program and what it is run against, and of what plays them only what the module comes to.
    """
    files = [path for folder in _PROGRAM for path in (ROOT / folder).rglob("*") if path.is_file()]
    files += [ROOT / "main.py", ROOT / "requirements.lock", *_players(module)]
    digest = hashlib.sha256()
    for path in sorted(path for path in files if "__pycache__" not in path.parts):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _players(module: str) -> set[Path]:
    """The files of a module or package of `torture` or `tests`, and of all that they import or run there."""
    found: set[Path] = set()
    files = sorted(_place(module).glob("*.py")) or [_place(module).with_suffix(".py")]
    while files:
        file = files.pop()
        if file.exists() and file not in found:
            found.add(file)
            named = _named(ast.parse(file.read_text(encoding="utf-8")))
            files += [_place(name).with_suffix(".py") for name in named]
    return found


def _place(module: str) -> Path:
    return ROOT / module.replace(".", "/")


def _named(tree: ast.AST) -> list[str]:
    """The modules of `torture` and `tests` that a module imports, or has in a text of its own."""
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names.append(node.value)
    return [name for name in names if _OURS.fullmatch(name)]


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
