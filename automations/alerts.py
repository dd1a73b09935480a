"""Alerts: the organizer hears once when something is stopped, has failed, or a host said no."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from community.community import Community
from community.effects import Effect, fingerprint
from community.labels import LABELS, in_plain_words
from community.ledger import Entry, Phase
from community.letters import Timing, mail_effect
from community.mails import Letter, MailKind
from community.meetings import Meeting
from community.people import Person, head_count, person_key
from community.plan import Hold

FRESH = timedelta(days=2)
LINK = "event.link"
LOST = "members/lost"
MEMBERS_LOST = (
    "The tab Members is empty or has lost its headers, but people were invited before. They stay on the guest"
    " lists, and nobody gets a mail until the rows are back."
)


def wanted(community: Community, holds: Iterable[Hold]) -> Iterator[Effect]:
    """One mail per stopped set, per day with failures, when Members is lost, and per host who said no."""
    if community.zone is None:
        return
    for hold in holds:
        kind = f"stopped-{_slug(hold)}"
        yield from _alert(
            community, kind, _day_of_code(community, kind, hold), "Stopped, waiting for you", _held(hold)
        )
    for day, failed in _failures(community).items():
        lines = tuple(f"{_title(entry)}: {in_plain_words(entry.reason)}" for entry in failed)
        yield from _alert(
            community, "failed", day, "Something could not be done", (*lines, *_ways_out(failed))
        )
    if _lost(community):
        day = _day(community, community.ledger.since(LOST, community.now))
        yield from _alert(community, "no-members", day, "The tab Members is empty", (MEMBERS_LOST,))
    for meeting in _declined(community):
        day = _day(community, community.ledger.since(f"{meeting.key}/declined", community.now))
        host = meeting.row.host if meeting.row else ""
        kind = f"host-no.{meeting.key}.{fingerprint(host.casefold())[:8]}"
        text = f"{host} cannot host in {meeting.month}."
        lines_no = (text, "Type another name under Host in the tab Roasts; that person is asked by mail.")
        yield from _alert(community, kind, day, f"No host for {meeting.month}", lines_no)


def observe(community: Community) -> dict[str, str]:
    """Since when a host has said no, and since when there are no members any more.

    A row that cannot be read just now changes nothing.
    """
    seen = {
        f"{meeting.key}/declined": fingerprint(meeting.row.host)
        for meeting in _declined(community)
        if meeting.row
    }
    for meeting in community.meetings:
        before = community.ledger.sightings.get(f"{meeting.key}/declined")
        if before and (meeting.row is None or meeting.wanted_start is None):
            seen[f"{meeting.key}/declined"] = before.value
    return seen | ({LOST: "lost"} if community.lost_members else {})


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
        if fresh and entry.kind != MailKind.ORGANIZER_ALERT and not _refused_before(community, entry):
            by_day[_day(community, entry.at)].append(entry)
    return by_day


def _refused_before(community: Community, entry: Entry) -> bool:
    """A Meet link is asked for again every day; its refusal is said once for each meeting."""
    return entry.kind == LINK and any(
        other.kind == LINK
        and other.phase is Phase.FAILED
        and other.meeting == entry.meeting
        and (other.number or 0) < (entry.number or 0)
        for other in community.ledger.entries.values()
    )


def _title(entry: Entry) -> str:
    if entry.kind == LINK:
        return f"Meet link for the meeting of {(entry.meeting or '').partition('.')[0]}"
    name = LABELS.get(entry.kind, entry.kind)
    return f"{name} to {entry.who}" if entry.who else name


def _ways_out(failed: Iterable[Entry]) -> Iterator[str]:
    kinds = {entry.kind for entry in failed}
    if LINK in kinds:
        yield (
            "The link is asked for again every day. Or add one to the event in Calendar, or type one of your"
            ' own beside "Meet link to use" in the tab Settings.'
        )
    if kinds - {LINK}:
        yield (
            'Mend what is named here. A day under "Send again on" sends the agenda (in Members) or the answer'
            " (in Requests) once more."
        )


def _lost(community: Community) -> bool:
    """Whether Members has been empty for longer than it takes to move its rows."""
    since = community.ledger.since(LOST, community.now)
    return community.lost_members and community.now - since >= community.wait


def _held(hold: Hold) -> tuple[str, ...]:
    counts = ", ".join(f"{LABELS.get(kind, kind)} ({count})" for kind, count in hold.counts.items())
    return (
        hold.why,
        f"Stopped: {counts}; {head_count(hold.people)} would hear of it.",
        f'If this is what you want, type "{hold.code}" into the tab Settings, beside "Go ahead with".',
        "If it is not, mend the sheet; then this goes away by itself.",
    )


def _day_of_code(community: Community, kind: str, hold: Hold) -> date:
    """The day on which this code was mailed; today while it was not, so that a set is mailed once a day."""
    since = community.ledger.since(hold_name(hold), community.now)
    mailed = (
        entry.at
        for key, entry in community.ledger.entries.items()
        if key.startswith(f"alert/{kind}/") and entry.finished
    )
    last = max(mailed, default=None)
    return _day(community, last if last and last >= since else community.now)


def _slug(hold: Hold) -> str:
    return "-".join(f"{hold.rule} {hold.subject}".split())


def _day(community: Community, instant: datetime) -> date:
    return instant.astimezone(community.zone).date()


def _alert(
    community: Community, kind: str, day: date, subject: str, lines: tuple[str, ...]
) -> Iterator[Effect]:
    settings, zone = community.settings, community.zone
    if zone is None:
        return
    readers = {settings.organizer: "organizer"}
    readers.setdefault(settings.second_person, "second person")
    for address, who in readers.items():
        if not address:
            continue
        person = Person(person_key(community.id, address), "", address, zone)
        letter = Letter(
            key=f"alert/{kind}/{day}/{person.key}",
            kind=MailKind.ORGANIZER_ALERT,
            to=person,
            lines=lines,
            subject=subject,
        )
        yield replace(mail_effect(community, letter, Timing(community.now, None, timedelta(0))), who=who)
