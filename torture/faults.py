"""Faults: every way in which an API can fail, on every method that is called, once and for an hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from torture.campaign import WRONG, Campaign, Outcome
from torture.fault_endings import ending
from torture.fault_month import Fault, Seen, play, undisturbed
from torture.fault_sentences import HARMLESS, UNHEARD, WORDS, masked, sentences
from torture.outcomes import FOLDER
from torture.tables import table

MOST_REQUESTS = 8  # more than without the fault, for each tick
_INVITE, _TOKEN = "POST /api/v10/channels/{channel}/invites", "POST /token"
_ONLY_FOR_TOKENS = "invalidGrant"


@dataclass(frozen=True, slots=True)
class Target:
    """A request that is spoiled. name: in the page. scene: where it is made. call: the first that is."""

    name: str
    family: str
    scene: str
    method: str
    call: int = 1


def _target(family: str, scene: str, method: str, what: str = "", call: int = 1) -> Target:
    return Target(f"{method} ({what})" if what else method, family, scene, method, call)


TARGETS: tuple[Target, ...] = (
    _target("read", "busy", "sheets.spreadsheets.values.batchGet"),
    _target("sheets", "busy", "sheets.spreadsheets.values.batchUpdate"),
    _target("sheets", "busy", "sheets.spreadsheets.values.append", "Members"),
    _target("sheets", "busy", "sheets.spreadsheets.values.append", "Log", 2),
    _target("sheets", "short", "sheets.spreadsheets.get"),
    _target("sheets", "short", "sheets.spreadsheets.batchUpdate"),
    _target("read", "busy", "calendar.events.list"),
    _target("calendar", "busy", "calendar.events.list", "the organizer's own", 2),
    _target("calendar", "meetings", "calendar.events.get"),
    _target("calendar", "meetings", "calendar.events.insert"),
    _target("calendar", "meetings", "calendar.events.update"),
    _target("calendar", "meetings", "calendar.events.delete"),
    _target("gmail", "mail", "gmail.users.getProfile"),
    _target("gmail", "mail", "gmail.users.drafts.create"),
    _target("gmail", "mail", "gmail.users.drafts.send"),
    _target("gmail", "orphan", "gmail.users.drafts.list"),
    _target("gmail", "orphan", "gmail.users.drafts.get", "of an orphan"),
    _target("gmail", "left", "gmail.users.drafts.get", "of one that left"),
    _target("gmail", "stayed", "gmail.users.drafts.get", "of one that stayed"),
    _target("gmail", "orphan", "gmail.users.drafts.delete"),
    _target("token", "expired", _TOKEN),
    _target("discord", "busy", _INVITE),
)
_TARGETS = {target.name: target for target in TARGETS}
FAULTS = (HARMLESS, *sorted(WORDS["calendar"]))


def cells(_seed: int) -> list[str]:
    """ "method: fault: once" and "method: fault: always"; nothing is drawn."""
    return [
        f"{target.name}: {fault}: {times}"
        for target in TARGETS
        for fault in (*FAULTS, *([_ONLY_FOR_TOKENS] if target.method == _TOKEN else []))
        for times in ("once", "always")
    ]


def run(cell: str, folder: Path) -> Outcome:
    """Play one cell's scene with its fault."""
    return spoiled(cell, folder, FOLDER)


def spoiled(cell: str, scratch: Path, folder: Path) -> Outcome:
    """Play a cell in an empty folder. folder: where prepared scenes are kept."""
    name, fault, times = cell.split(": ")
    target = _TARGETS[name]
    usual = undisturbed(target.scene, folder)
    told = Fault(fault, target.method, times == "always", target.call)
    seen = play(target.scene, told, scratch, folder)
    said = {masked(line) for line in seen.said - usual.said}
    end = ending(name, fault, times)
    found = [what for what in differences(seen, usual) if not (end and what.startswith(end.differs))]
    return {
        "requests": seen.requests - usual.requests,
        "ticks": seen.ticks,
        "sentence": " / ".join(sorted(said)),
        "unconfirmed": len(seen.unconfirmed),
        "why": end.why if end else "",
        WRONG: [*_broken(seen, usual), *found, *_misworded(target, fault, times, said)],
    }


def differences(seen: Seen, usual: Seen) -> list[str]:
    """In what a month ended otherwise than the one without a fault; a mail that came too often is "twice"."""
    got, wanted = seen.received(), usual.received()
    found = [f"{'twice' if mail in wanted else 'more'}: {', '.join(mail)}" for mail in got - wanted]
    found += [f"less: {', '.join(mail)}" for mail in wanted - got]
    found += [f"draft left: {draft}" for draft in seen.state["drafts"]]
    for part, whats in (("event", "events"), ("phase", "phases")):
        one, other = seen.state[whats], usual.state[whats]
        found += [f"{part}: {key}" for key in sorted({*one, *other}) if one.get(key) != other.get(key)]
    for tab, rows in usual.state["sheet"].items():
        if [row[1:] for row in seen.state["sheet"][tab]] != [row[1:] for row in rows]:
            found.append(f"tab: {tab}")  # but for its column Check, which tells of the mails above
    return found


def _broken(seen: Seen, usual: Seen) -> list[str]:
    """What no fault excuses."""
    wrong = [f"unforeseen: {error}" for error in seen.unforeseen]
    wrong += [f"no rest: {key}" for key in seen.restless]
    wrong += [f"unconfirmed and lost: {key}" for key in seen.undelivered]
    if not seen.struck:
        wrong.append("the fault never struck")
    if seen.requests - usual.requests > MOST_REQUESTS * seen.ticks:
        wrong.append(f"{seen.requests - usual.requests} requests more in {seen.ticks} ticks")
    return wrong


def _misworded(target: Target, fault: str, times: str, said: set[str]) -> list[str]:
    """Sentences that are not in the table, and a silence where somebody must hear of it."""
    if fault == HARMLESS:
        return [f"said: {line}" for line in sorted(said)]
    wrong = [f"said: {line}" for line in sorted(said - sentences(target.family, target.method, fault))]
    if times == "always" and not said and (target.name, fault) not in UNHEARD:
        wrong.append("said: nothing")
    return wrong


def report(outcomes: Mapping[str, Outcome]) -> str:
    """A row per method, the totals, and where the end rightly is another one."""
    rows = []
    for target in TARGETS:
        ours = [one for cell, one in outcomes.items() if cell.split(": ")[0] == target.name]
        if ours:
            texts = {one["sentence"] for one in ours} - {""}
            most = max(one["requests"] for one in ours)
            rows.append((target.name, len(ours), most, len(texts), sum(one["unconfirmed"] for one in ours)))
    head = ("method", "cells", "requests more, at most", "distinct sentences", "unconfirmed")
    whys = sorted({one["why"] for one in outcomes.values()} - {""})
    wrong = sum(bool(one[WRONG]) for one in outcomes.values())
    return "\n".join(
        [
            _METHOD,
            "",
            table(head, rows),
            "",
            f"{len(outcomes):,} cells, {wrong:,} of them with a broken promise.",
            *(
                ["", "Where the end rightly is another one:", "", *(f"- {why}" for why in whys)]
                if whys
                else []
            ),
        ]
    )


_METHOD = f"""\
Each fault of the local workspace on each method that the service calls, once and for an hour with a tick
every ten minutes; then it is mended, and the month goes on to the next day. A small month is prepared so that
the method is really called. In the end mailboxes, events with their guests, drafts, the organizer's tabs and
the ledger's phases are held against the same month without a fault. What the organizer reads on Today, or
what the command says where Today cannot be written, is compared with the table in torture/fault_sentences.py,
word for word. A tick may make at most {MOST_REQUESTS} requests more than without the fault, and none may
raise an error without a sentence."""


FAULTS_CAMPAIGN = Campaign("faults", "Every fault on every method", cells, run, report)
