"""Alerts: the organizer hears once when something is stopped, has failed, or a host said no."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from community.community import Community
from community.effects import Effect, fingerprint
from community.labels import LABELS
from community.ledger import Entry, Phase
from community.letters import Timing, mail_effect
from community.mails import Letter, MailKind
from community.meetings import Meeting
from community.people import Person, head_count, person_key
from community.plan import Hold

FRESH = timedelta(days=2)


def wanted(community: Community, holds: Iterable[Hold]) -> Iterator[Effect]:
    """One mail per stopped set, per day with failures, and per host who said no."""
    if community.zone is None:
        return
    for hold in holds:
        day = _day(community, community.ledger.since(hold_name(hold), community.now))
        yield from _alert(community, f"stopped-{_slug(hold)}", day, "Stopped, waiting for you", _held(hold))
    for day, failed in _failures(community).items():
        lines = [f"{_title(entry)}: {entry.reason}" for entry in failed]
        lines.append("Mend what is named here; a date under `Send again on` sends it once more.")
        yield from _alert(community, "failed", day, "Something could not be sent", tuple(lines))
    for meeting in _declined(community):
        day = _day(community, community.ledger.since(f"{meeting.key}/declined", community.now))
        host = meeting.row.host if meeting.row else ""
        kind = f"host-no.{meeting.key}.{fingerprint(host.casefold())[:8]}"
        text = f"{host} cannot host in {meeting.month}."
        lines_no = (text, "Type another name under Host in the tab Roasts; that person is asked by mail.")
        yield from _alert(community, kind, day, f"No host for {meeting.month}", lines_no)


def observe(community: Community) -> dict[str, str]:
    """Since when a host has said no; a row that cannot be read just now changes nothing."""
    seen = {
        f"{meeting.key}/declined": fingerprint(meeting.row.host)
        for meeting in _declined(community)
        if meeting.row
    }
    for meeting in community.meetings:
        before = community.ledger.sightings.get(f"{meeting.key}/declined")
        if before and (meeting.row is None or meeting.wanted_start is None):
            seen[f"{meeting.key}/declined"] = before.value
    return seen


def hold_name(hold: Hold) -> str:
    """Under what a stopped set is watched, so that it is said once and not once per tick."""
    return f"hold/{hold.rule}/{hold.subject}"


def _declined(community: Community) -> Iterator[Meeting]:
    for meeting in community.ahead():
        if meeting.row and meeting.row.host and meeting.row.host_agreed is False and not meeting.skipped:
            yield meeting


def _failures(community: Community) -> dict[date, list[Entry]]:
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in community.ledger.entries.values():
        fresh = entry.phase is Phase.FAILED and entry.at > community.now - FRESH
        if fresh and entry.kind != MailKind.ORGANIZER_ALERT:
            by_day[_day(community, entry.at)].append(entry)
    return by_day


def _title(entry: Entry) -> str:
    name = LABELS.get(entry.kind, entry.kind)
    return f"{name} to {entry.who}" if entry.who else name


def _held(hold: Hold) -> tuple[str, ...]:
    counts = ", ".join(f"{LABELS.get(kind, kind)} ({count})" for kind, count in hold.counts.items())
    return (
        hold.why,
        f"Stopped: {counts}; {head_count(hold.people)} would hear of it.",
        f'If this is what you want, type "{hold.code}" into the tab Settings, beside "Go ahead with".',
        "If it is not, mend the sheet; then this goes away by itself.",
    )


def _slug(hold: Hold) -> str:
    return "-".join(f"{hold.rule} {hold.subject}".split())


def _day(community: Community, instant: datetime) -> date:
    return instant.astimezone(community.zone).date()


def _alert(
    community: Community, kind: str, day: date, subject: str, lines: tuple[str, ...]
) -> Iterator[Effect]:
    settings, zone = community.settings, community.zone
    addresses = dict.fromkeys(filter(None, (settings.organizer, settings.second_person)))
    if zone is None:
        return
    for address in addresses:
        person = Person(person_key(community.id, address), "", address, zone)
        letter = Letter(
            key=f"alert/{kind}/{day}/{person.key}",
            kind=MailKind.ORGANIZER_ALERT,
            to=person,
            lines=lines,
            subject=subject,
        )
        yield mail_effect(community, letter, Timing(community.now, None, timedelta(0)))
