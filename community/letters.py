"""From a community to a letter: who reads it, what it tells, and the effect that sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from community.community import Community
from community.effects import Effect, SendMail, fingerprint
from community.ledger import TOLD
from community.mails import AgendaItem, Letter, MailKind, MeetingFacts, RoastPlan
from community.meetings import Meeting
from community.membership import Ask
from sheets_schema.choices import Decision, Wants
from sheets_schema.rows import AgendaRow

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


def mail_effect(
    community: Community, letter: Letter, timing: Timing, *, tells: Mapping[str, str | None] | None = None
) -> Effect:
    """The effect that sends one letter; its fingerprint covers everything the reader would see."""
    person = letter.to
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
        fingerprint=fingerprint(bare, wording and (wording.subject, wording.text)),
        wait=timing.wait,
        urgency=URGENCY[letter.kind],
    )


def settle_wait(community: Community) -> timedelta:
    """How long facts must hold still before a mail leaves; Settings' "Wait after my last change"."""
    return community.settings.wait or timedelta(0)


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
    return meeting.start - row.before


def welcomed_close_to(community: Community, meeting: Meeting) -> frozenset[str]:
    """Keys of the people whom a welcome within 36 hours of the meeting tells everything, now or soon."""
    if meeting.start is None:
        return frozenset()
    since = meeting.start - ABSORBS_WITHIN
    return frozenset(ask.person for ask in community.asks if _welcomed(community, ask, since))


def _welcomed(community: Community, ask: Ask, since: datetime) -> bool:
    key = f"{ask.name}/welcome"
    entry = community.ledger.entries.get(key)
    if entry and entry.phase in TOLD:
        return entry.at >= since
    approved = ask.row.decision is Decision.APPROVE and ask.row.wants in {Wants.MEETUPS, Wants.BOTH}
    if not approved or (entry and entry.finished) or not community.sends(MailKind.ACCESS_WELCOME):
        return False
    live = community.ledger.live_since  # what was decided before is not answered after the fact
    return community.now >= since and not (live and community.ledger.since(key, community.now) < live)


def agenda_items(rows: tuple[AgendaRow, ...], meeting: Meeting) -> tuple[AgendaItem, ...]:
    """The agenda of a meeting with its host's words filled in; without a host one open clinic."""
    host = meeting.host.name if meeting.host else None
    return _agenda_items(rows, host, meeting.roast)


@lru_cache(maxsize=16)
def _agenda_items(rows: tuple[AgendaRow, ...], host: str | None, plan: RoastPlan) -> tuple[AgendaItem, ...]:
    items: list[AgendaItem] = []
    offset = 0
    for row in rows:
        roast = row.item.startswith("Roast:")
        if roast and host is None and items and items[-1].item == CLINIC:
            items[-1] = replace(items[-1], minutes=items[-1].minutes + row.minutes)
        else:
            item = CLINIC if roast and host is None else _filled(row.item, host, plan)
            who = "everyone" if roast and host is None else _filled(row.who, host, plan)
            under = "" if roast and host is None else _filled(row.shown_under, host, plan)
            items.append(AgendaItem(offset, row.minutes, item, who, under, row.optional))
        offset += row.minutes
    return tuple(items)


CLINIC = "Open clinic: bring a plan or a question, we work on it together"


def _filled(text: str, host: str | None, plan: RoastPlan) -> str:
    """Fill the agenda's own three placeholders; words from the sheet go in as they are."""
    parts = {"{host}": host or "the host", "{plan}": plan.title or "a plan", "{question}": plan.question}
    if "{question}" in text and not plan.question:
        text = text.replace(' on "{question}"', "").replace("{question}", "the plan")
    pieces = text
    for name, value in parts.items():
        pieces = value.join(pieces.split(name))
    return pieces
