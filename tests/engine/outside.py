"""What people outside can see of a community, and what one tick must not do to them."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from tests.engine.model import Typed


@dataclass(frozen=True, slots=True)
class Appointment:
    """A meeting as it stands in Calendar. answers: of each guest, by address."""

    id: str
    start: datetime
    answers: Mapping[str, str]
    link: str = ""


@dataclass(frozen=True, slots=True)
class Outside:
    """What people outside can see at one instant.

    meetings: those to come, by key. reached: who ever got anything. mails: how many mails each person got in
    this calendar month.
    """

    meetings: Mapping[str, Appointment]
    reached: AbstractSet[str] = frozenset()
    mails: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """What the sheet said when the service last wrote an event's start: the start, and all settings."""

    start: datetime
    settings: Mapping[str, str]


def too_much(
    before: Outside,
    after: Outside,
    typed: Typed,
    written: Mapping[str, Written] = MappingProxyType({}),
    freed: AbstractSet[str] = frozenset(),
) -> list[str]:
    """What one tick did that the gate stops unless a code lets it go, a sentence each.

    written: by meeting. freed: the effects that a code has let go, such as 2026-11.g0/guest/ann@example.org.
    """
    found = []
    for meeting in before.meetings.keys() & after.meetings.keys():
        old, new = before.meetings[meeting], after.meetings[meeting]
        gone = [who for who in old.answers if who not in new.answers]
        gone = [who for who in gone if f"{meeting}/guest/{who}" not in freed]
        if len(gone) > max(3, 0.3 * len(old.answers)):
            found.append(f"{len(gone)} of {len(old.answers)} guests of {meeting} were taken off")
        if old.start == new.start or f"{meeting}/time" in freed:
            continue
        if typed.now < old.start and min(old.start, new.start) < typed.now + timedelta(hours=24):
            found.append(f"{meeting} was moved at short notice")
        if meeting in written and _settings_alone_moved(meeting, written[meeting], typed):
            found.append(f"{meeting} was moved by Settings")
    return [*found, *_too_many(before, after, typed, freed)]


def _settings_alone_moved(meeting: str, written: Written, typed: Typed) -> bool:
    """Whether the row alone, read with the settings of the last write, still wants the start written then."""
    month = meeting.partition(".")[0]
    return replace(typed, settings=written.settings).start(month) == written.start != typed.start(month)


def _too_many(before: Outside, after: Outside, typed: Typed, freed: AbstractSet[str]) -> list[str]:
    """More people, or more mails to one of them, than a tick may reach."""
    made = [one.answers for meeting, one in after.meetings.items() if f"{meeting}/event" in freed]
    free = {who for who in after.reached | after.mails.keys() if any(who in key for key in freed)}
    invited = {who for answers in made for who in answers}
    active = sum(typed.status(name) == "active" for name in typed.members)
    found = []
    new_people = after.reached - before.reached - free - invited
    if len(new_people) > max(5, 0.2 * active):
        found.append(f"{len(new_people)} people heard of us for the first time")
    found += [
        f"{who} got more than 12 mails this month"
        for who, count in after.mails.items()
        if count > max(12, before.mails.get(who, 0)) and who not in free
    ]
    return found


def answers_lost(before: Outside, after: Outside) -> list[str]:
    """Guests who are there before and after, and whose answer is another one now."""
    return [
        f"{meeting}: {who} said {said}, and {now} stands there"
        for meeting in before.meetings.keys() & after.meetings.keys()
        for who, said in before.meetings[meeting].answers.items()
        if (now := after.meetings[meeting].answers.get(who, said)) != said
    ]
