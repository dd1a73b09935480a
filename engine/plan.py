"""From a community to a plan: what is wanted, less what was done, each with its state. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from automations import AUTOMATIONS, agenda, alerts, guests, hosts
from community.community import Community
from community.effects import (
    Action,
    AppendMember,
    CancelEvent,
    ChangeEvent,
    CreateEvent,
    Effect,
    MakeInvite,
    Record,
    SendMail,
)
from community.ledger import TOLD, Sighting
from community.mails import MailKind
from community.plan import Hold, Plan, Planned, State, spelled
from engine import gate
from engine.rehearsal import rehearse
from engine.trust import reason_to_stop
from sheets_schema.choices import Mode

MAIL_WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the configuration and the command line add.

    per_day: mails per rolling 24 hours. per_person: mails to one person per calendar month. allow: codes.
    """

    per_day: int = 400
    per_person: int = 12
    allow: frozenset[str] = frozenset()


def make_plan(community: Community, limits: Limits, *, stop: str = "") -> Plan:
    """Everything wanted at `community.now` and what becomes of it. stop: why nothing at all may happen."""
    stop = stop or reason_to_stop(community)
    first_live = community.mode is Mode.LIVE and community.ledger.live_since is None
    effects = _open_effects(community)
    sightings = _sightings(community, effects)
    items = [_timed(community, effect, sightings) for effect in effects]
    items = _without_settings(community, items)
    items, holds, released = _gated(community, items, limits)
    items = _after_moves(items)
    sightings = dict(sightings) | _watch(community, {alerts.hold_name(hold): hold.code for hold in holds})
    warnings = [
        Planned(effect, State.READY)
        for effect in alerts.wanted(
            replace(community, ledger=replace(community.ledger, sightings=sightings)), holds
        )
        if _is_sent(community, effect) and not _finished(community, effect)
    ]
    items = _in_mode(community, [*items, *warnings])
    items = _within_allowance(community, items, limits)
    if stop:
        items = [replace(item, state=State.STOPPED) if item.state is State.READY else item for item in items]
    return Plan(
        now=community.now,
        items=tuple(items),
        holds=tuple(holds),
        released=tuple(released),
        sightings=sightings,
        stop=stop,
        first_live=first_live,
    )


def _open_effects(community: Community) -> list[Effect]:
    wanted: Iterable[Effect] = (effect for automation in AUTOMATIONS for effect in automation(community))
    still_open = [
        effect for effect in wanted if _is_sent(community, effect) and not _finished(community, effect)
    ]
    if community.mode is not Mode.ONLY_TO_ME:
        return still_open
    return [effect for effect in rehearse(community, still_open) if not _finished(community, effect)]


def _is_sent(community: Community, effect: Effect) -> bool:
    """Whether the Emails tab lets a mail go out; everything else may."""
    return not isinstance(effect.action, SendMail) or community.sends(effect.action.letter.kind)


def _finished(community: Community, effect: Effect) -> bool:
    """Whether the key was used up; parts of an event's update are told by Calendar's state instead."""
    if isinstance(effect.action, ChangeEvent):
        return False
    entry = community.ledger.entries.get(effect.key)
    return entry is not None and entry.finished


def _sightings(community: Community, effects: Iterable[Effect]) -> Mapping[str, Sighting]:
    """What is seen now, each with the time since which it has been the same."""
    if community.zone is None:
        return community.ledger.sightings
    seen = {effect.key: effect.fingerprint for effect in effects if not isinstance(effect.action, Record)}
    for observe in (agenda.observe, alerts.observe, guests.observe, hosts.observe):
        seen.update(observe(community))
    return _watch(community, seen)


def _watch(community: Community, seen: Mapping[str, str]) -> dict[str, Sighting]:
    before = community.ledger.sightings
    watched = {}
    for name, value in seen.items():
        known = before.get(name)
        watched[name] = known if known and known.value == value else Sighting(value, community.now)
    return watched


def _timed(community: Community, effect: Effect, sightings: Mapping[str, Sighting]) -> Planned:
    now = community.now
    if effect.latest is not None and now > effect.latest:
        return Planned(effect, State.TOO_LATE)
    if _was_due_before_live(community, effect):
        return Planned(effect, State.TOO_LATE)
    if effect.due > now:
        return Planned(effect, State.WAITING, effect.due)
    seen = sightings.get(effect.key)
    settled = seen.since + effect.wait if seen else now
    if settled > now:
        return Planned(effect, State.SETTLING, settled)
    return Planned(effect, State.READY)


def _was_due_before_live(community: Community, effect: Effect) -> bool:
    """Mails that were overdue when the service went live, and their invites, do not go after the fact."""
    if community.mode is not Mode.LIVE or not isinstance(effect.action, SendMail | MakeInvite):
        return False
    return effect.due < (community.ledger.live_since or community.now)


def _without_settings(community: Community, items: list[Planned]) -> list[Planned]:
    """What needs a setting that is missing or cannot be read waits for it; nothing is guessed."""
    settings = community.settings
    waits = settings.wait is None
    no_mail = waits or not (settings.community_name and settings.organizer and settings.reply_to)
    rhythm = (settings.stay_on, settings.months_ahead, settings.meet_account)
    no_calendar = waits or None in rhythm
    no_new_event = no_calendar or settings.existing_event is None

    def stopped(action: Action) -> bool:
        if isinstance(action, SendMail):
            return no_mail or (action.letter.facts is not None and no_calendar)
        if isinstance(action, CreateEvent):
            return no_new_event
        if isinstance(action, ChangeEvent | CancelEvent):
            return no_calendar
        if isinstance(action, MakeInvite):  # it lapses, so that it is made when its mail can go
            return no_mail
        return waits and isinstance(action, AppendMember)

    return [
        replace(item, state=State.STOPPED)
        if item.state is State.READY and stopped(item.effect.action)
        else item
        for item in items
    ]


def _gated(
    community: Community, items: list[Planned], limits: Limits
) -> tuple[list[Planned], list[Hold], list[Hold]]:
    if community.mode is not Mode.LIVE:
        return items, [], []
    ready = (item.effect for item in items if item.state is State.READY)
    found = gate.holds(community, ready, limits.per_person)
    given = {spelled(code) for code in (*limits.allow, *(community.settings.go_ahead or "").split(","))}
    released = [hold for hold in found if spelled(hold.code) in given]
    holds = [hold for hold in found if hold not in released]
    codes = {key: hold.code for hold in holds for key, _ in hold.pairs}
    gated = [
        replace(item, state=State.STOPPED, code=codes[item.effect.key])
        if item.state is State.READY and item.effect.key in codes
        else item
        for item in items
    ]
    return gated, holds, released


def _after_moves(items: list[Planned]) -> list[Planned]:
    """No mail tells a time that is about to change: it waits until the event has been moved.

    While that move is stopped, the time that stands in Calendar is true: only corrections wait with it.
    """

    def moves(*states: State) -> dict[str | None, Planned]:
        return {
            item.effect.meeting: item
            for item in items
            if item.effect.kind == "event.time" and item.state in states
        }

    moving, stopped = moves(State.READY, State.SETTLING), moves(State.STOPPED)

    def after_its_move(item: Planned) -> Planned:
        effect, meeting = item.effect, item.effect.meeting
        if item.state is not State.READY or not isinstance(effect.action, SendMail):
            return item
        if meeting in moving:
            return replace(item, state=State.SETTLING, until=moving[meeting].until)
        if meeting in stopped and effect.kind == MailKind.CORRECTION:
            return replace(item, state=State.STOPPED, code=stopped[meeting].code)
        return item

    return [after_its_move(item) for item in items]


def _in_mode(community: Community, items: list[Planned]) -> list[Planned]:
    state = {Mode.SHOW_ONLY: State.SHOWN, Mode.PAUSED: State.PAUSED}.get(community.mode)
    if state is None:
        return items
    return [replace(item, state=state) if item.state is State.READY else item for item in items]


def _within_allowance(community: Community, items: list[Planned], limits: Limits) -> list[Planned]:
    """Let so many mails go as the day still allows, most urgent first; the others wait."""
    rests = community.ledger.paused_until("mail", community.now)
    left = 0 if rests else limits.per_day - community.ledger.mails_since(community.now - MAIL_WINDOW)
    mails = [item for item in items if item.state is State.READY and isinstance(item.effect.action, SendMail)]
    if len(mails) <= left:
        return items
    mails.sort(key=lambda item: (item.effect.urgency, item.effect.due, item.effect.key))
    waiting = {item.effect.key for item in mails[max(left, 0) :]}
    until = rests or _oldest_mail(community)
    return [
        replace(item, state=State.FULL, until=until) if item.effect.key in waiting else item for item in items
    ]


def _oldest_mail(community: Community) -> datetime:
    """When the oldest mail of the window leaves it, and one more may go."""
    start = community.now - MAIL_WINDOW
    sent = [
        entry.at for entry in community.ledger.entries.values() if entry.at > start and entry.phase in TOLD
    ]
    return min(sent, default=community.now) + MAIL_WINDOW
