"""From a community to a letter: who reads it, what it tells, and the effect that sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from community.community import Community
from community.dates import ahead_of
from community.effects import Effect, SendMail, fingerprint
from community.ledger import TOLD
from community.mails import Letter, MailKind, MeetingFacts
from community.meetings import Meeting
from community.membership import Ask
from community.people import Person
from sheets_schema.choices import Decision, Mode, Wants

LINK_WAIT = timedelta(minutes=15)
ABSORBS_WITHIN = timedelta(hours=36)

URGENCY = {
    MailKind.ORGANIZER_ALERT: 0,
    MailKind.CORRECTION: 1,
    MailKind.REMINDER: 2,
    MailKind.ACCESS_WELCOME: 3,
    MailKind.ACCESS_DECLINE: 3,
    MailKind.HOST_CONFIRMED: 4,
    MailKind.HOST_ASK: 4,
    MailKind.AGENDA: 5,
}


@dataclass(frozen=True, slots=True)
class Timing:
    """When a mail may leave. due, latest: aware; latest None means never too late."""

    due: datetime
    latest: datetime | None
    wait: timedelta


def told(facts: MeetingFacts, *, host: bool) -> Mapping[str, str | None]:
    """The facts a mail tells, as the ledger keeps them; the host only where the mail names one."""
    values: dict[str, str | None] = {
        "start": facts.start.astimezone(UTC).isoformat(),
        "zone": facts.zone,
        "link": facts.link,
        "cancelled": facts.cancelled,
    }
    return values | {"host": facts.host, "host_key": facts.host_key} if host else values


def letter_about(community: Community, meeting: Meeting, kind: MailKind, to: Person, key: str) -> Letter:
    """A letter about one meeting, with everything the sheet says about it but the agenda."""
    return Letter(
        key=key,
        kind=kind,
        to=to,
        facts=meeting.facts,
        duration=timedelta(minutes=meeting.minutes),
        stay_on=community.stay_on,
        roast=meeting.roast,
        event_id=meeting.event_id,
    )


def mail_effect(
    community: Community, letter: Letter, timing: Timing, *, tells: Mapping[str, str | None] | None = None
) -> Effect:
    """The effect that sends one letter; its fingerprint covers everything the reader would see."""
    person, settings = letter.to, community.settings
    wording = community.sheet.emails.get(str(letter.kind))
    bare = replace(letter, to=replace(person, row=None, status=person.status.ACTIVE))
    return Effect(
        key=letter.key,
        kind=str(letter.kind),
        action=SendMail(letter, dict(tells or {})),
        due=timing.due,
        latest=timing.latest,
        meeting=letter.facts.meeting if letter.facts else None,
        reaches=(person.key,),
        person=person.key,
        who=person.name,
        fingerprint=fingerprint(
            bare,
            wording and (wording.subject, wording.text),
            settings.community_name,
            settings.reply_to or settings.organizer,
        ),
        wait=timing.wait,
        urgency=URGENCY[letter.kind],
    )


def link_known_by(community: Community, meeting: Meeting) -> datetime:
    """When to stop waiting for the Meet link: at once when it is there, else 15 minutes after the insert."""
    if meeting.link or meeting.entry is None:
        return community.now
    return meeting.entry.at + LINK_WAIT


def due_before(community: Community, kind: MailKind, meeting: Meeting) -> datetime | None:
    """When a dated mail is due by the Emails tab, None when the tab or the start does not say."""
    row = community.sheet.emails.get(str(kind))
    if row is None or row.before is None or meeting.start is None:
        return None
    return ahead_of(meeting.start, row.before, meeting.zone)


def welcomed_close_to(community: Community, meeting: Meeting) -> frozenset[str]:
    """Keys of the people whom a welcome within 36 hours of the meeting tells everything, now or soon."""
    if meeting.start is None:
        return frozenset()
    since = meeting.start - ABSORBS_WITHIN
    return frozenset(ask.person for ask in community.asks if _welcomed(community, ask, since))


def _welcomed(community: Community, ask: Ask, since: datetime) -> bool:
    key = f"{ask.name}/welcome"
    if community.mode is Mode.ONLY_TO_ME:
        key = f"rehearsal/{key}"  # as engine.rehearsal names it
    entry = community.ledger.entries.get(key)
    if entry and entry.phase in TOLD:
        return entry.at >= since
    approved = ask.row.decision is Decision.APPROVE and ask.row.wants in {Wants.MEETUPS, Wants.BOTH}
    if not approved or (entry and entry.finished) or not community.sends(MailKind.ACCESS_WELCOME):
        return False
    live = community.ledger.live_since  # what was decided before is not answered after the fact
    return community.now >= since and not (live and community.ledger.since(key, community.now) < live)
