"""Mode "only to me": every mail goes once, to the organizer; nobody is invited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from community.community import Community
from community.effects import (
    AppendMember,
    CancelEvent,
    ChangeEvent,
    CreateEvent,
    Effect,
    MakeInvite,
    Record,
    SendMail,
)
from community.mails import MailKind
from community.people import Person, person_key

_TO_MANY = frozenset({MailKind.AGENDA, MailKind.REMINDER, MailKind.CORRECTION})


def rehearse(community: Community, effects: Iterable[Effect]) -> Iterator[Effect]:
    """The same effects as they are tried out: mails to many become one, to the organizer."""
    organizer = _organizer(community)
    groups: dict[str, list[Effect]] = defaultdict(list)
    for effect in effects:
        action = effect.action
        if isinstance(action, SendMail):
            groups[_rehearsal_key(effect, action)].append(effect)
        elif isinstance(action, CreateEvent):
            empty = replace(action, draft=replace(action.draft, guests=()), guests={})
            yield replace(effect, action=empty, reaches=(), who="nobody yet")
        elif not (_is_about_one_person(effect) or _guests_would_hear(effect)):
            yield effect
    if organizer is not None:
        for key, group in groups.items():
            yield _to_organizer(group, key, organizer)


def _is_about_one_person(effect: Effect) -> bool:
    """What is done for real people only; noting a mail as skipped would use up the key of the real one."""
    action = effect.action
    if isinstance(action, Record):
        return effect.kind in set(MailKind)
    return isinstance(action, AppendMember | MakeInvite) or (
        isinstance(action, ChangeEvent) and action.guest is not None
    )


def _guests_would_hear(effect: Effect) -> bool:
    """A move or a cancellation of an event that has guests: it waits until the mode is live again."""
    return isinstance(effect.action, ChangeEvent | CancelEvent) and bool(effect.reaches)


def _organizer(community: Community) -> Person | None:
    address, zone = community.settings.organizer, community.zone
    if not address or zone is None:
        return None
    return Person(person_key(community.id, address), "", address, zone)


def _rehearsal_key(effect: Effect, action: SendMail) -> str:
    if action.letter.kind in _TO_MANY:
        return f"rehearsal/{effect.meeting}/{effect.kind}"
    return f"rehearsal/{effect.key}"


def _to_organizer(group: list[Effect], key: str, organizer: Person) -> Effect:
    first = min(group, key=lambda effect: (effect.due, effect.key))
    if not isinstance(first.action, SendMail):
        raise TypeError("only mails are rehearsed")
    meant_for = first.who if len(group) == 1 else f"{len(group)} people"
    letter = replace(first.action.letter, key=key, to=organizer, rehearsal_for=meant_for)
    return replace(
        first,
        key=key,
        action=SendMail(letter),
        reaches=(organizer.key,),
        person=organizer.key,
        who="you",
        after=(),
    )
