"""Corrections: whoever was told something about a meeting that is no longer true hears what is true now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from community.community import Community
from community.dates import on_the_wall
from community.effects import Effect
from community.ledger import Phase
from community.letters import Timing, mail_effect, told
from community.mails import Letter, MailKind, MeetingFacts
from community.meetings import Meeting
from community.people import MailWish, Person, Status

Told = Mapping[str, str | None]
_HEARD = frozenset({Phase.SENT, Phase.UNCONFIRMED})


def wanted(community: Community) -> Iterator[Effect]:
    """One correction for everybody who was told otherwise about a meeting ahead."""
    for meeting in community.meetings:
        facts = meeting.facts
        if facts is None or meeting.unclear or meeting.deleted:
            continue
        sent = _corrections_sent(community, meeting)
        for key, before in _told_about(community, meeting).items():
            person = community.people.get(key) or _guest_host(meeting, key)
            if person and _may_hear(community, person) and _differs(before, facts):
                yield from _correct(community, meeting, person, before, sent[key] + 1)


def _guest_host(meeting: Meeting, key: str) -> Person | None:
    """The host, when that is somebody named by address who is no member."""
    return meeting.host if meeting.host and meeting.host.key == key else None


def _told_about(community: Community, meeting: Meeting) -> dict[str, dict[str, str | None]]:
    """By person, the latest value told of each fact about this month's meeting."""
    month = f"{meeting.month}.g"
    entries = (
        entry for entry in community.ledger.entries.values() if (entry.meeting or "").startswith(month)
    )
    known: dict[str, dict[str, str | None]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.at, entry.number or 0)):
        if entry.told and entry.person and entry.phase in _HEARD:
            known.setdefault(entry.person, {}).update(entry.told)
    return known


def _corrections_sent(community: Community, meeting: Meeting) -> Counter[str]:
    prefix = f"{meeting.key}/correction/"
    return Counter(
        entry.person
        for key, entry in community.ledger.entries.items()
        if key.startswith(prefix) and entry.person and entry.phase in _HEARD
    )


def _may_hear(community: Community, person: Person) -> bool:
    return (
        person.status not in {Status.LEFT, Status.PAUSED}
        and person.wish is not MailWish.NOTHING
        and not community.away(person, community.now)
    )


def _differs(before: Told, facts: MeetingFacts) -> bool:
    """Whether a fact that was told is another now. A link that was unknown then needs no correction, nor does
    a host whose name is spelled another way; that a host is gone is told when there is another one."""
    now = told(facts, host=True)
    if before.get("cancelled") and now["cancelled"]:
        return False
    if now["cancelled"]:
        return True
    return any(
        before[name] != now[name]
        for name in before
        if name != "host"
        and not (name == "link" and None in (before[name], now[name]))
        and not (name == "host_key" and now[name] is None)
    )


def _correct(
    community: Community, meeting: Meeting, person: Person, before: Told, n: int
) -> Iterator[Effect]:
    facts = meeting.facts
    if facts is None:
        return
    earlier = datetime.fromisoformat(before["start"] or "")
    latest = min(earlier, facts.start)
    if latest <= community.now:
        return
    letter = Letter(
        key=f"{meeting.key}/correction/{n}/{person.key}",
        kind=MailKind.CORRECTION,
        to=person,
        facts=facts,
        before=_as_facts(before, facts, earlier),
        event_id=meeting.event_id,
    )
    timing = Timing(community.now, latest, community.wait)
    yield mail_effect(community, letter, timing, tells=told(facts, host="host" in before))


def _as_facts(before: Told, facts: MeetingFacts, start: datetime) -> MeetingFacts:
    zone = before["zone"] or facts.zone
    same_host = before.get("host_key", facts.host_key) == facts.host_key
    return replace(
        facts,
        start=on_the_wall(start, ZoneInfo(zone)),
        zone=zone,
        link=before["link"] if before.get("link") else facts.link,
        host=facts.host if same_host else before.get("host"),
        cancelled=before.get("cancelled"),
    )
