"""Small months that stand right before the tick in which a request is made that can be spoiled."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import filelock

from community.events import COMMUNITY_PROPERTY
from tests.month import Month
from torture.outcomes import FOLDER, fingerprint
from workspace.transport import Request

CHANNEL = "123456789012345678"
SETTINGS = {
    "Mode": "live",
    "Wait after my last change": "0",
    "Discord channel id": CHANNEL,
    "Months ahead": "2",
}
READERS = ("Ann", "Bob", "Cyd", "Dan", "Eve", "Fay", "Gil", "Hal", "Ida", "Joy", "Kim", "Lea")
_CREATE, _SEND, _DELETE = (f"gmail.users.drafts.{what}" for what in ("create", "send", "delete"))
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
    place = folder / f"faults-{fingerprint(__name__)}"
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


def _agenda(month: Month, readers: Sequence[str] = READERS[:2]) -> None:
    """November's agenda is due to readers who are invited already."""
    month.add_members(*readers)
    month.tick(*(hold.code for hold in month.tick().plan.holds))  # so many newcomers at once are held
    month.tick()
    month.go_to(_DUE)


def _crowd(month: Month) -> None:
    """November's agenda is due to twelve."""
    _agenda(month, READERS)


def _quiet(month: Month) -> None:
    """Nothing is due for the next days."""
    _agenda(month)
    month.tick()
    month.tick()


def _moved_on(month: Month) -> None:
    """Nothing is due, but the alarm must be pushed on."""
    _quiet(month)
    month.wait(hours=30)


def _modes(*modes: str) -> Callable[[Month], None]:
    """Nothing is due; one mode was chosen after the other, and the last one has not been seen yet."""

    def prepare(month: Month) -> None:
        _quiet(month)
        for mode in modes:
            month.tick()
            month.set("Mode", mode)

    return prepare


def _untagged(month: Month) -> None:
    """Nothing is due; November's event has lost its tags, so that the list of events does not show it."""
    _quiet(month)
    event = month.ledger.view().entries["2026-11.g0/event"].ids["event"]
    untagged = {"extendedProperties": {"private": {COMMUNITY_PROPERTY: None}}}
    place = f"{month.base}/calendar/v3/calendars/primary/events/{event}"
    month.transport.send(Request("by hand", "PATCH", place, body=json.dumps(untagged)))


def _unheard(month: Month) -> None:
    """The answer to the insert of January's event was lost a minute ago."""
    _quiet(month)
    month.set("Months ahead", "3")
    month.local("POST", "/local/faults", {"fault": "closeAfter", "method": "calendar.events.insert"})
    month.tick()
    month.wait(minutes=1)


def _refused(times: int) -> Callable[[Month], None]:
    """The agenda to Ann and Bob: Gmail has refused to send the drafts so many times, and keeps them."""

    def prepare(month: Month) -> None:
        _agenda(month)
        month.local("POST", "/local/faults", {"fault": "400", "method": _SEND, "times": None})
        month.local("POST", "/local/faults", {"fault": "503", "method": _DELETE, "times": None})
        for _ in range(times):
            month.tick()
            month.wait(minutes=2)

    return prepare


def _withdrawn(month: Month) -> None:
    """Gmail has refused to send the agenda to Ann and Bob, and the meeting has been cancelled since."""
    _refused(1)(month)
    month.fill("Roasts", "2026-11", No_meeting_because="Exams")


def _meetings(month: Month) -> None:
    """No mail is due; a meeting is moved, one cancelled, one made."""
    _quiet(month)
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
    _quiet(month)
    month.add_members("Cyd", "Dan")
    _cut(month, "People", rows=3)


def _cut(month: Month, title: str, rows: int) -> None:
    tabs = month.workspace.sheets.describe()["sheets"]
    tab = next(tab["properties"] for tab in tabs if tab["properties"]["title"] == title)
    grid = {"sheetId": tab["sheetId"], "gridProperties": {"rowCount": rows}}
    change = {"updateSheetProperties": {"properties": grid, "fields": "gridProperties.rowCount"}}
    with month.by_hand() as page:
        page.batch_update([change])


def _retitled(month: Month) -> None:
    """Gmail has refused to send the agenda to Ann and Bob, and a host was found since."""
    _refused(1)(month)
    month.fill("Roasts", "2026-11", Host="Ann")


SCENES: Mapping[str, Scene] = {
    scene.name: scene
    for scene in (
        Scene("busy", "much is due at once", _busy),
        Scene("expired", "the same, and the access token has ended", _busy, expired=True),
        Scene("mail", "an agenda is due to twelve", _crowd),
        Scene("meetings", "a meeting is moved, one cancelled, one made", _meetings),
        Scene("orphan", "the answer to a drafts.create was lost", _unanswered(_CREATE, "closeAfter")),
        Scene("left", "the answer to a drafts.send that acted was lost", _unanswered(_SEND, "closeAfter")),
        Scene("stayed", "a drafts.send never arrived", _unanswered(_SEND, "closeBefore")),
        Scene("alarm", "the alarm must be pushed on", _moved_on),
        Scene("no alarm", "the alarm was deleted, and another must be made", _modes("show only", "live")),
        Scene("off", "the alarm must be deleted", _modes("show only")),
        Scene("taken", "the answer to an events.insert was lost", _unheard),
        Scene("untagged", "an event is not in the list", _untagged),
        Scene("refused", "two drafts are given up, but were not deleted", _refused(3)),
        Scene("retitled", "two drafts say what is no longer true", _retitled),
        Scene("withdrawn", "two drafts are no longer wanted", _withdrawn),
        Scene("short", "a grey tab has too few rows", _short),
    )
}
