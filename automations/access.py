"""Access: a decision in Requests becomes a member, a single-use Discord invite, and one mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from community.community import Community
from community.dates import instant
from community.effects import AppendMember, Effect, MakeInvite, Record, fingerprint
from community.ledger import Phase
from community.letters import (
    ABSORBS_WITHIN,
    Timing,
    agenda_items,
    link_known_by,
    mail_effect,
    settle_wait,
    told,
)
from community.mails import Letter, MailKind, RoastPlan
from community.meetings import Meeting
from community.membership import Ask
from community.people import Person, Status
from sheets_schema.choices import Decision, Wants
from sheets_schema.problems import Problem

APPROVAL_WAIT = timedelta(minutes=5)
AGAIN_AT = time(9)
_COMES_IN = frozenset({Wants.MEETUPS, Wants.DISCORD, Wants.BOTH})


def wanted(community: Community) -> Iterator[Effect]:
    """Member rows, Discord invites, welcomes and declines that follow from the decisions."""
    if community.zone is None:
        return
    for ask in community.asks:
        if ask.row.decision is Decision.DECLINE:
            yield from _decline(community, ask)
        elif ask.row.decision is Decision.APPROVE and ask.row.wants in _COMES_IN:
            yield from _approve(community, ask)


def problems(community: Community) -> Iterator[Problem]:
    """Approved requests of people whose row in Members says otherwise."""
    for ask in community.asks:
        person = community.people.get(ask.person)
        ours = community.ledger.phase(f"{ask.name}/member") is not None
        if ask.row.decision is not Decision.APPROVE or person is None or person.row is None or ours:
            continue
        if ask.row.wants in _COMES_IN:
            yield Problem(
                "Requests",
                ask.row.row,
                "Email",
                ask.row.email,
                f"{person.name} is a member already (Members, row {person.row}, {person.status}).",
                "They were not added twice.",
            )


def coming_meeting(community: Community) -> Meeting | None:
    """The next meeting that takes place and stands in the calendar."""
    held = (meeting for meeting in community.ahead() if meeting.event and not meeting.skipped)
    return min(held, key=lambda meeting: meeting.start or community.now, default=None)


def _wait(community: Community) -> timedelta:
    return min(APPROVAL_WAIT, settle_wait(community))


def _approve(community: Community, ask: Ask) -> Iterator[Effect]:
    person = community.people.get(ask.person)
    if person is None or person.status in {Status.LEFT, Status.PAUSED}:
        return
    decided = fingerprint(ask.row.email, ask.row.name, ask.row.wants)
    if person.row is not None and community.ledger.phase(f"{ask.name}/member") is Phase.STARTED:
        yield _arrived(community, ask, person)
    elif person.row is None:
        yield Effect(
            key=f"{ask.name}/member",
            kind="member",
            action=AppendMember(_member_cells(community, ask, person)),
            due=community.now,
            person=person.key,
            who=person.name,
            fingerprint=decided,
            wait=_wait(community),
            urgency=3,
        )
    invite = f"{ask.name}/discord"
    channel = community.settings.discord_channel
    by_invite = bool(channel) and ask.row.wants is not Wants.MEETUPS
    if by_invite:
        yield Effect(
            key=invite,
            kind="discord",
            action=MakeInvite(channel or ""),
            due=community.now,
            reaches=(person.key,),
            person=person.key,
            who=person.name,
            fingerprint=decided,
            wait=_wait(community),
            urgency=2,
        )
    for key, due in _occasions(community, ask, "welcome"):
        yield _welcome(community, ask, person, Timing(due, None, _wait(community)), key, by_invite)


def _arrived(community: Community, ask: Ask, person: Person) -> Effect:
    """The append whose answer was lost has arrived after all."""
    action = Record(Phase.DONE, "is in Members")
    return Effect(
        f"{ask.name}/member", "member", action, due=community.now, person=person.key, who=person.name
    )


def _occasions(community: Community, ask: Ask, what: str) -> Iterator[tuple[str, datetime]]:
    """Once when decided, and once more on the day under "Send again on", at nine in the community's zone."""
    key = f"{ask.name}/{what}"
    yield key, community.ledger.since(key, community.now)
    if ask.row.send_again_on and community.zone:
        again = instant(ask.row.send_again_on, AGAIN_AT, community.zone)
        yield f"{key}/again-{ask.row.send_again_on}", again


def _welcome(
    community: Community, ask: Ask, person: Person, timing: Timing, key: str, by_invite: bool
) -> Effect:
    meeting = coming_meeting(community) if ask.row.wants is not Wants.DISCORD else None
    if meeting:
        timing = Timing(max(timing.due, link_known_by(community, meeting)), timing.latest, timing.wait)
    facts = meeting.facts if meeting else None
    near = meeting if meeting and meeting.start and meeting.start - community.now <= ABSORBS_WITHIN else None
    letter = Letter(
        key=key,
        kind=MailKind.ACCESS_WELCOME,
        to=person,
        facts=facts,
        duration=timedelta(minutes=community.settings.minutes or 0),
        stay_on=timedelta(minutes=community.settings.stay_on or 0),
        roast=near.roast if near else RoastPlan(),
        agenda=agenda_items(community.sheet.agenda, near) if near else (),
        discord=_discord_link(community, ask, by_invite),
        event_id=meeting.event_id if meeting else None,
    )
    effect = mail_effect(community, letter, timing, tells=told(facts, host=bool(near)) if facts else None)
    return _decided_by(effect, ask, after=(f"{ask.name}/discord",) if by_invite else ())


def _decided_by(effect: Effect, ask: Ask, after: tuple[str, ...] = ()) -> Effect:
    """Settle on the decision, not on everything the mail tells: a host typed meanwhile must not delay it."""
    decision = fingerprint(ask.row.email, ask.row.name, ask.row.wants, ask.row.decision)
    return replace(effect, fingerprint=decision, after=after)


def _discord_link(community: Community, ask: Ask, by_invite: bool) -> str | None:
    if ask.row.wants is Wants.MEETUPS:
        return None
    entry = community.ledger.entries.get(f"{ask.name}/discord")
    if by_invite and entry is not None and entry.phase is Phase.DONE:
        return f"https://discord.gg/{entry.ids['code']}"
    return community.settings.discord_link or None


def _decline(community: Community, ask: Ask) -> Iterator[Effect]:
    if community.zone is None:
        return
    person = Person(ask.person, ask.row.name, ask.row.email, community.zone)
    for key, due in _occasions(community, ask, "decline"):
        letter = Letter(key=key, kind=MailKind.ACCESS_DECLINE, to=person)
        yield _decided_by(mail_effect(community, letter, Timing(due, None, _wait(community))), ask)


def _member_cells(community: Community, ask: Ask, person: Person) -> dict[str, str]:
    today = community.now.astimezone(community.zone).date()
    return {
        "Name": ask.row.name,
        "Email": ask.row.email,
        "Status": str(person.status),
        "Mail": "everything",
        "Joined": today.isoformat(),
    }
