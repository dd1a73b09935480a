"""Faults: every way in which an API can fail, on every method that is called, once and for an hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.send_mail import MOST_SILENCES
from torture.campaign import WRONG, Campaign, Outcome
from torture.fault_endings import Ending, ending
from torture.fault_month import Fault, Seen, play, undisturbed
from torture.fault_sentences import (
    HARMLESS,
    INVITE,
    READING,
    SILENCES,
    TOKEN,
    WORDS,
    filled,
    masked,
    may_be_silent,
    sentences,
)
from torture.outcomes import FOLDER
from torture.state import undelivered
from torture.tables import table

# More in one tick than in the busiest one without the fault: the list of drafts, and two requests for each of
# the mails of which Gmail had said nothing.
MOST_REQUESTS = 1 + 2 * MOST_SILENCES
# Of mails about which Gmail says nothing: new ones, and besides those that an earlier tick began to send.
_ASKED_ABOUT = {
    "gmail.users.drafts.create": MOST_SILENCES,
    "gmail.users.drafts.send": 2 * MOST_SILENCES,
}
_ONLY_FOR_TOKENS = "invalidGrant"
_AS_IF_READ = frozenset(
    {"closeBefore", "timeoutBefore", "503acted"}
)  # like those beside it if nothing is changed
_GOOGLES = frozenset({"403rateLimitExceeded", "403userRateLimitExceeded"})  # Discord's 403 names no reason


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
    _target("read", "untagged", "calendar.events.get", "of one that is not listed"),
    _target("calendar", "taken", "calendar.events.get", "after a 409"),
    _target("alarm", "alarm", "calendar.events.get", "of the alarm"),
    _target("alarm", "no alarm", "calendar.events.get", "of the alarm, after a 409"),
    _target("calendar", "meetings", "calendar.events.insert"),
    _target("alarm", "no alarm", "calendar.events.insert", "of the alarm"),
    _target("calendar", "meetings", "calendar.events.update"),
    _target("alarm", "alarm", "calendar.events.update", "of the alarm"),
    _target("calendar", "meetings", "calendar.events.delete"),
    _target("alarm", "off", "calendar.events.delete", "of the alarm"),
    _target("gmail", "mail", "gmail.users.getProfile"),
    _target("gmail", "mail", "gmail.users.drafts.create"),
    _target("gmail", "mail", "gmail.users.drafts.send"),
    _target("gmail", "orphan", "gmail.users.drafts.list"),
    _target("gmail", "left", "gmail.users.drafts.list", "after a 404"),
    _target("gmail", "orphan", "gmail.users.drafts.get", "of an orphan"),
    _target("gmail", "left", "gmail.users.drafts.get", "of one that left"),
    _target("gmail", "stayed", "gmail.users.drafts.get", "of one that stayed"),
    _target("gmail", "orphan", "gmail.users.drafts.delete"),
    _target("gmail", "withdrawn", "gmail.users.drafts.delete", "of one no longer wanted"),
    _target("gmail", "retitled", "gmail.users.drafts.delete", "of one with an old text"),
    _target("gmail", "refused", "gmail.users.drafts.delete", "of one given up"),
    _target("token", "expired", TOKEN),
    _target("discord", "busy", INVITE),
)
_TARGETS = {target.name: target for target in TARGETS}
FAULTS = (HARMLESS, *sorted(WORDS["calendar"]))


def cells(_seed: int) -> list[str]:
    """ "method: fault: once" and "method: fault: always"; nothing is drawn."""
    return [
        f"{target.name}: {fault}: {times}"
        for target in TARGETS
        for fault in _faults(target.method)
        for times in (("always",) if fault == HARMLESS else ("once", "always"))
    ]


def _faults(method: str) -> list[str]:
    """Those that a method can have, of several that are the same thing for it one."""
    if method == TOKEN:
        return [fault for fault in (*FAULTS, _ONLY_FOR_TOKENS) if fault not in _AS_IF_READ]
    same = _AS_IF_READ if method.endswith(READING) else _GOOGLES if method == INVITE else frozenset()
    return [fault for fault in FAULTS if fault not in same]


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
    found = differences(seen, usual)
    if end:
        excused = [what for what in found if what.startswith(end.differs)]
        found = [what for what in found if what not in excused]
        if not 0 < len(excused) <= end.most:
            found.append(f"{len(excused)} rightful differences where 1 to {end.most} are right")
    return {
        "requests": seen.requests - usual.requests,
        "busiest": seen.busiest - usual.busiest,
        "ticks": seen.ticks,
        "sentence": " / ".join(sorted(said)),
        "unconfirmed": len(seen.unconfirmed),
        "why": end.why if end else "",
        WRONG: [*_broken(target, fault, seen, usual), *found, *_misworded(target, fault, times, said, end)],
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


def _broken(target: Target, fault: str, seen: Seen, usual: Seen) -> list[str]:
    """What no fault excuses."""
    wrong = [f"unforeseen: {error}" for error in seen.unforeseen]
    wrong += [f"no rest: {key}" for key in seen.restless]
    lost = undelivered(seen.unconfirmed, seen.state, usual.state)
    wrong += [f"unconfirmed and lost: {key}" for key in lost]
    if not seen.struck:
        wrong.append("the fault never struck")
    if seen.busiest > usual.busiest + MOST_REQUESTS:
        wrong.append(f"{seen.busiest} requests in a tick, and {usual.busiest} without the fault")
    if fault in SILENCES and seen.in_one > _ASKED_ABOUT.get(target.method, seen.in_one):
        wrong.append(f"{seen.in_one} mails of which Gmail said nothing in one tick")
    return wrong


def _misworded(target: Target, fault: str, times: str, said: set[str], end: Ending | None) -> list[str]:
    """Sentences that are not in the table, and a silence where somebody must hear of it."""
    must = filled(end.said, target.family, target.method, fault) if end else set()
    right = must if fault == HARMLESS else must | sentences(target.family, target.method, fault)
    wrong = [f"said: {line}" for line in sorted(said - right)]
    wrong += [f"not said: {line}" for line in sorted(must - said)]
    if not said and not may_be_silent(target.name, target.method, fault, times):
        wrong.append("said: nothing")
    return wrong


def report(outcomes: Mapping[str, Outcome]) -> str:
    """A row per method, the totals, and where the end rightly is another one."""
    rows = []
    for target in TARGETS:
        ours = [one for cell, one in outcomes.items() if cell.split(": ")[0] == target.name]
        if ours:
            texts = {one["sentence"] for one in ours} - {""}
            most = max(one["busiest"] for one in ours)
            rows.append((target.name, len(ours), most, len(texts), sum(one["unconfirmed"] for one in ours)))
    head = ("method", "cells", "requests more in a tick, at most", "distinct sentences", "unconfirmed")
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
every ten minutes; then it is mended, and the month goes on to the next day. Of faults that are the same thing
for a method, as those before and after acting are for a read, one is played. A small month is prepared so
that the method is really called. In the end mailboxes, events with their guests, drafts, the organizer's tabs
and the ledger's phases are held against the same month without a fault.

503acted is a 503 after the method was carried out; the two timeouts are answers that the client no longer
waited for, before acting and after. shortLength and wrongLength promise 10 bytes less and more than come.

What the organizer reads on Today, or what the command says where Today cannot be written, is compared with
the table in torture/fault_sentences.py, word for word; a silence is right only where that table has it: of
what is asked again at once and strikes once, and of what makes no difference. No tick may make more than
{MOST_REQUESTS} requests more than the busiest one without the fault, none may ask a silent Gmail about more
than {MOST_SILENCES} new mails and {MOST_SILENCES} begun ones, and none may raise an error without a
sentence."""


FAULTS_CAMPAIGN = Campaign("faults", "Every fault on every method", cells, run, report)
