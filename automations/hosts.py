"""Hosts: the one named for a month is asked once, and hears back once when they have agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, timedelta

from community.community import Community
from community.effects import Effect, fingerprint
from community.letters import Timing, due_before, letter_about, mail_effect, told
from community.mails import Letter, MailKind
from community.meetings import Meeting
from community.people import MailWish, Person
from sheets_schema.problems import Problem

ASK_UNTIL = timedelta(days=1)


def wanted(community: Community) -> Iterator[Effect]:
    """The ask and the confirmation of every meeting ahead that has a host and stands."""
    for meeting in _hosted(community):
        host = meeting.host
        if host is None or not reachable(community, host):
            continue
        if meeting.row and meeting.row.host_agreed and _agreed(community, meeting):
            yield _confirmed(community, meeting, host)
        else:
            yield from _ask(community, meeting, host)


def observe(community: Community) -> Mapping[str, str]:
    """What must be remembered of this tick: who is named, and under what the yes was first read.

    A yes belongs to the host and the start it was first read with: its sighting stays until the cell has
    read otherwise.
    """
    seen = {
        f"{meeting.key}/named": meeting.host.key
        for meeting in _hosted(community)
        if meeting.host and meeting.event
    }
    for meeting in community.meetings:
        name = f"{meeting.key}/agreed"
        before = community.ledger.sightings.get(name)
        if before and (meeting.row is None or meeting.row.host_agreed):
            seen[name] = before.value
        elif meeting.row and meeting.row.host_agreed and meeting.host and meeting.event:
            seen[name] = _terms(meeting, meeting.host)
    return seen


def problems(community: Community) -> Iterator[Problem]:
    """Hosts the service may not write to, and a yes that was said to something else."""
    for meeting in _hosted(community):
        row, host = meeting.row, meeting.host
        if row is None or host is None:
            continue
        if not reachable(community, host):
            yield Problem(
                "Roasts",
                row.row,
                "Host",
                row.host,
                f"{host.name} wants no mail or is away; ask them yourself.",
                "The host was not asked by mail.",
            )
        elif row.host_agreed and not _agreed(community, meeting):
            yield Problem(
                "Roasts",
                row.row,
                "Host agreed",
                "yes",
                "This yes was given for another host or another time; clear it, and type yes again when they"
                " have agreed.",
                "The host was not sent a confirmation.",
            )


def reachable(community: Community, host: Person) -> bool:
    """Whether the host may be written to: not away, and not opted out of all mail."""
    return host.wish is not MailWish.NOTHING and not community.away(host, community.now)


def _hosted(community: Community) -> Iterator[Meeting]:
    for meeting in community.ahead():
        if meeting.host and community.stands(meeting) and not meeting.skipped and not meeting.unclear:
            yield meeting


def _terms(meeting: Meeting, host: Person) -> str:
    return fingerprint(host.key, meeting.start and meeting.start.astimezone(UTC))


def _agreed(community: Community, meeting: Meeting) -> bool:
    before = community.ledger.sightings.get(f"{meeting.key}/agreed")
    return before is None or (meeting.host is not None and before.value == _terms(meeting, meeting.host))


def _naming(community: Community, meeting: Meeting, host: Person) -> int:
    """Which naming of a host this is, counted from the mails that went to hosts of this meeting."""
    pattern = re.compile(rf"{re.escape(meeting.key)}/host/(\d+)/([^/]+)/")
    found = (pattern.match(key) for key in community.ledger.entries)
    namings = {int(match[1]): match[2] for match in found if match}
    if not namings:
        return 1
    last = max(namings)
    return last if namings[last] == host.key else last + 1


def _letter(community: Community, meeting: Meeting, host: Person, kind: MailKind, what: str) -> Letter:
    key = f"{meeting.key}/host/{_naming(community, meeting, host)}/{host.key}/{what}"
    return letter_about(community, meeting, kind, host, key)


def _ask(community: Community, meeting: Meeting, host: Person) -> Iterator[Effect]:
    due, start = due_before(community, MailKind.HOST_ASK, meeting), meeting.start
    if due is None or start is None or meeting.facts is None or _was_confirmed(community, meeting, host):
        return
    named = community.ledger.sightings.get(f"{meeting.key}/named")
    since = named.since if named and named.value == host.key else community.now
    timing = Timing(max(due, since), start - ASK_UNTIL, community.wait)
    letter = _letter(community, meeting, host, MailKind.HOST_ASK, "ask")
    yield mail_effect(community, letter, timing, tells=told(meeting.facts, host=False))


def _was_confirmed(community: Community, meeting: Meeting, host: Person) -> bool:
    """Whether the host heard that they host at this very start: without a yes, the cell was touched since."""
    key = _letter(community, meeting, host, MailKind.HOST_CONFIRMED, "confirmed").key
    entry = community.ledger.entries.get(key)
    facts = meeting.facts and told(meeting.facts, host=False)
    return bool(entry and entry.told and facts and entry.told.get("start") == facts["start"])


def _confirmed(community: Community, meeting: Meeting, host: Person) -> Effect:
    letter = _letter(community, meeting, host, MailKind.HOST_CONFIRMED, "confirmed")
    since = community.ledger.since(f"{meeting.key}/agreed", community.now)
    timing = Timing(since, meeting.start, community.wait)
    tells = told(meeting.facts, host=False) if meeting.facts else None
    return mail_effect(community, letter, timing, tells=tells)
