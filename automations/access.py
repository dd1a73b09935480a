"""Access: a decision in Requests becomes a member, a single-use Discord invite, and one mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from community.agenda_lines import agenda_items
from community.community import Community
from community.dates import instant
from community.effects import Action, AppendMember, Effect, MakeInvite, Record, fingerprint
from community.ledger import Phase
from community.letters import (
    ABSORBS_WITHIN,
    Timing,
    link_known_by,
    mail_effect,
    told,
)
from community.mails import Letter, MailKind, RoastPlan
from community.meetings import Meeting
from community.membership import Ask, requester
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
    unread = "Members" in community.sheet.stopped  # then nobody can tell who is a member already
    added: set[str] = set()
    for ask in community.asks:
        if ask.row.decision is Decision.DECLINE:
            yield from _decline(community, ask)
        elif ask.row.decision is Decision.APPROVE and ask.row.wants in _COMES_IN and not unread:
            yield from _member(community, ask, added)
            yield from _approve(community, ask)


def problems(community: Community) -> Iterator[Problem]:
    """Approved requests of people whose row in Members says otherwise."""
    for ask in community.asks:
        person = community.people.get(ask.person)
        ours = community.ledger.phase(f"{ask.name}/member") in {Phase.STARTED, Phase.DONE}
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
    return min(APPROVAL_WAIT, community.wait)


def _member(community: Community, ask: Ask, added: set[str]) -> Iterator[Effect]:
    """The row in Members, once for each person however often they asked; `added`: people seen so far."""
    person = community.people.get(ask.person)
    if person is None:
        return
    key = f"{ask.name}/member"
    action: Action = AppendMember(_member_cells(community, ask, person))
    if person.row is not None and community.ledger.phase(key) is Phase.STARTED:
        action = Record(Phase.DONE, "is in Members")
    elif person.row is not None or person.key in added:
        action = Record(Phase.SKIPPED, "is a member already")
    added.add(person.key)
    quiet = isinstance(action, Record)
    yield Effect(
        key=key,
        kind="member",
        action=action,
        due=community.now,
        person=person.key,
        who=person.name,
        fingerprint=_decided(ask),
        wait=timedelta(0) if quiet else _wait(community),
        urgency=3,
    )


def _approve(community: Community, ask: Ask) -> Iterator[Effect]:
    person = community.people.get(ask.person)
    if person is None or person.status in {Status.LEFT, Status.PAUSED}:
        return
    for suffix, due in _occasions(community, ask, "welcome"):
        invite = _invite(community, ask, person, f"{ask.name}/discord{suffix}", due)
        if invite:
            yield invite
        timing = Timing(due, None, _wait(community))
        yield _welcome(community, ask, person, timing, f"{ask.name}/welcome{suffix}", invite)


def _invite(community: Community, ask: Ask, person: Person, key: str, due: datetime) -> Effect | None:
    """The single-use invite that one welcome names, None where Discord is not wanted or no channel is set."""
    channel = community.settings.discord_channel
    if not channel or ask.row.wants is Wants.MEETUPS or not community.sends(MailKind.ACCESS_WELCOME):
        return None
    return Effect(
        key=key,
        kind="discord",
        action=MakeInvite(channel),
        due=due,
        reaches=(person.key,),
        person=person.key,
        who=person.name,
        fingerprint=_decided(ask),
        wait=_wait(community),
        urgency=2,
    )


def _occasions(community: Community, ask: Ask, what: str) -> Iterator[tuple[str, datetime]]:
    """How a key ends and when it is due: once when decided, and once more on the day under "Send again on",
    at nine in the community's zone."""
    yield "", community.ledger.since(f"{ask.name}/{what}", community.now)
    if ask.row.send_again_on and community.zone:
        again = instant(ask.row.send_again_on, AGAIN_AT, community.zone)
        yield f"/again-{ask.row.send_again_on}", again


def _welcome(
    community: Community, ask: Ask, person: Person, timing: Timing, key: str, invite: Effect | None
) -> Effect:
    meeting = coming_meeting(community) if ask.row.wants is not Wants.DISCORD else None
    if meeting:
        timing = Timing(max(timing.due, link_known_by(community, meeting)), timing.latest, timing.wait)
    facts = meeting.facts if meeting else None
    near = meeting if meeting and meeting.start and meeting.start - community.now <= ABSORBS_WITHIN else None
    made = _made_link(community, invite)
    letter = Letter(
        key=key,
        kind=MailKind.ACCESS_WELCOME,
        to=person,
        facts=facts,
        duration=timedelta(minutes=community.settings.minutes or 0),
        stay_on=community.stay_on,
        roast=near.roast if near else RoastPlan(),
        agenda=agenda_items(community.agenda, near) if near else (),
        discord=made or _lasting_link(community, ask),
        discord_for_one=made is not None,
        event_id=meeting.event_id if meeting else None,
    )
    names_host = near is not None and near.names_host
    effect = mail_effect(community, letter, timing, tells=told(facts, host=names_host) if facts else None)
    return replace(effect, fingerprint=_decided(ask), after=(invite.key,) if invite else ())


def _decided(ask: Ask) -> str:
    """Settle on the decision, not on everything the mail tells: a host typed meanwhile must not delay it."""
    return fingerprint(ask.row.email, ask.row.name, ask.row.wants, ask.row.decision)


def _made_link(community: Community, invite: Effect | None) -> str | None:
    """The single-use invite, once it was made."""
    entry = community.ledger.entries.get(invite.key) if invite else None
    return f"https://discord.gg/{entry.ids['code']}" if entry and entry.phase is Phase.DONE else None


def _lasting_link(community: Community, ask: Ask) -> str | None:
    """The link from Settings, for whoever wants Discord."""
    return (community.settings.discord_link or None) if ask.row.wants is not Wants.MEETUPS else None


def _decline(community: Community, ask: Ask) -> Iterator[Effect]:
    if community.zone is None:
        return
    person = requester(ask, community.zone)
    for suffix, due in _occasions(community, ask, "decline"):
        letter = Letter(key=f"{ask.name}/decline{suffix}", kind=MailKind.ACCESS_DECLINE, to=person)
        effect = mail_effect(community, letter, Timing(due, None, _wait(community)))
        yield replace(effect, fingerprint=_decided(ask))


def _member_cells(community: Community, ask: Ask, person: Person) -> dict[str, str]:
    today = community.now.astimezone(community.zone).date()
    return {
        "Name": person.name or ask.row.email.partition("@")[0],  # a row without a name is not read
        "Email": ask.row.email,
        "Status": str(person.status),
        "Mail": "everything",
        "Joined": today.isoformat(),
    }
