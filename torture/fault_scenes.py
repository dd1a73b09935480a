"""Small months that stand right before the tick in which a request is made that can be spoiled."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import filelock

from tests.month import Month
from torture.outcomes import FOLDER, fingerprint

SETTINGS = {
    "Mode": "live",
    "Wait after my last change": "0",
    "Discord channel id": "123456789012345678",
    "Months ahead": "2",
}
_CREATE, _SEND = "gmail.users.drafts.create", "gmail.users.drafts.send"
_DUE = "2026-11-12T17:00:00+01:00"  # when November's agenda leaves


@dataclass(frozen=True, slots=True)
class Scene:
    """What stands at the beginning of a cell. what: in words. prepare: what people did and the service began.

    expired: the access token has just ended, so that the first request asks for a new one.
    """

    name: str
    what: str
    prepare: Callable[[Month], None]
    expired: bool = False


def prepared(scene: Scene, folder: Path = FOLDER) -> Path:
    """The folder of the month in which a scene stands, made by the first who asks; to be copied."""
    return _prepared(scene.name, folder)


@cache
def _prepared(name: str, folder: Path) -> Path:
    place = folder / f"faults-{fingerprint()}"
    folder.mkdir(parents=True, exist_ok=True)
    with filelock.FileLock(folder / f"faults-{name}.lock"):
        if not (place / name).exists():
            with TemporaryDirectory(prefix="torture-") as scratch:
                _play(SCENES[name], Path(scratch))
                shutil.copytree(scratch, place / f"{name}.part", dirs_exist_ok=True)
            (place / f"{name}.part").rename(place / name)
    return place / name


def _play(scene: Scene, folder: Path) -> None:
    with Month(folder, settings=SETTINGS) as month:
        month.ledger.went_live(month.now)
        month.ledger.live_was_released()
        scene.prepare(month)
        month.local("DELETE", "/local/faults")
        month.forget_requests()
        (folder / "now.json").write_text(json.dumps(month.now.isoformat()), encoding="utf-8")


def stands_at(folder: Path) -> str:
    """The instant at which a prepared month stands, ISO."""
    return str(json.loads((folder / "now.json").read_text(encoding="utf-8")))


def _busy(month: Month) -> None:
    """An agenda is due; a meeting is moved, one cancelled, one made; Gus is let in."""
    _agenda(month)
    _edit(month)
    month.type_row("Requests", Name="Gus", Email="gus@example.org", Wants="both", Decision="approve")


def _agenda(month: Month) -> None:
    """November's agenda is due to Ann and Bob."""
    month.add_members("Ann", "Bob")
    month.tick()
    month.tick()
    month.go_to(_DUE)


def _meetings(month: Month) -> None:
    """No mail is due; a meeting is moved, one cancelled, one made."""
    _agenda(month)
    month.tick()
    month.tick()
    _edit(month)


def _edit(month: Month) -> None:
    month.fill("Roasts", "2026-12", Other_date="2026-12-16")
    month.fill("Roasts", "2027-01", No_meeting_because="Exams")
    month.set("Months ahead", "3")


def _unanswered(method: str, fault: str) -> Callable[[Month], None]:
    """The agenda to Ann and Bob: the request for the second of them was spoiled a minute ago."""

    def prepare(month: Month) -> None:
        _agenda(month)
        month.local("POST", "/local/faults", {"fault": fault, "method": method, "call": 2})
        month.tick()
        month.wait(minutes=1)

    return prepare


def _short(month: Month) -> None:
    """Somebody has deleted the empty rows of a grey tab, which now must grow."""
    _agenda(month)
    month.tick()
    month.tick()
    month.add_members("Cyd", "Dan")
    _cut(month, "People", rows=3)


def _cut(month: Month, title: str, rows: int) -> None:
    tabs = month.workspace.sheets.describe()["sheets"]
    tab = next(tab["properties"] for tab in tabs if tab["properties"]["title"] == title)
    grid = {"sheetId": tab["sheetId"], "gridProperties": {"rowCount": rows}}
    change = {"updateSheetProperties": {"properties": grid, "fields": "gridProperties.rowCount"}}
    with month.by_hand() as page:
        page.batch_update([change])


SCENES: Mapping[str, Scene] = {
    scene.name: scene
    for scene in (
        Scene("busy", "much is due at once", _busy),
        Scene("expired", "the same, and the access token has ended", _busy, expired=True),
        Scene("mail", "an agenda is due to two", _agenda),
        Scene("meetings", "a meeting is moved, one cancelled, one made", _meetings),
        Scene("orphan", "the answer to a drafts.create was lost", _unanswered(_CREATE, "closeAfter")),
        Scene("left", "the answer to a drafts.send that acted was lost", _unanswered(_SEND, "closeAfter")),
        Scene("stayed", "a drafts.send never arrived", _unanswered(_SEND, "closeBefore")),
        Scene("short", "a grey tab has too few rows", _short),
    )
}
