"""The gate: before anything leaves it looks at the whole plan and stops what smells of a mistake."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from community.community import Community
from community.effects import AppendMember, ChangeEvent, CreateEvent, Effect, SendMail
from community.ledger import TOLD, Entry, Phase
from community.mails import MailKind
from community.people import head_count
from community.plan import Hold

FIRST_LIVE = "first live"
MOST_GUESTS_LEAVING = 3
SHARE_LEAVING = 0.30
FEW_NEWCOMERS = 5
SHARE_NEWCOMERS = 0.20
SHORT_NOTICE = timedelta(hours=24)

_REACHED = frozenset({Phase.SENT, Phase.UNCONFIRMED, Phase.DONE, Phase.REMOVED})
# A row in Members or a Discord invite is nothing that a person has got.
_REACHING = frozenset({"guest", *map(str, MailKind)})

# Short everyday words, none of which sounds like another.
_WORDS = tuple(
    [
        "apple",
        "birch",
        "cedar",
        "daisy",
        "ember",
        "fern",
        "ginger",
        "harbor",
        "island",
        "jasper",
        "kettle",
        "lemon",
        "maple",
        "nutmeg",
        "olive",
        "pepper",
        "quartz",
        "river",
        "saffron",
        "thistle",
        "umber",
        "velvet",
        "willow",
        "yarrow",
        "acorn",
        "basil",
        "clover",
        "dune",
        "fig",
        "garnet",
        "hazel",
        "juniper",
    ]
)

Rule = Callable[[Community, list[Effect]], Iterator[tuple[str, str, list[Effect]]]]


def holds(community: Community, ready: Iterable[Effect], per_person: int) -> list[Hold]:
    """The sets of ready effects that must wait for the organizer, each under its own code.

    per_person: the most mails that one person gets in a calendar month. An effect that a code has let go with
    the same facts before is not stopped again.
    """
    released = community.ledger.released
    open_effects = [effect for effect in ready if (effect.key, effect.fingerprint) not in released]
    rules: list[tuple[str, Rule]] = [*_RULES, ("many mails", partial(_many_mails, per_person))]
    found = []
    for name, rule in rules:
        for subject, why, stopped in rule(community, open_effects):
            found.append(_hold(name, subject, why, stopped))
            taken = {effect.key for effect in stopped}
            open_effects = [effect for effect in open_effects if effect.key not in taken]
    return found


def _hold(rule: str, subject: str, why: str, effects: list[Effect]) -> Hold:
    pairs = tuple(sorted((effect.key, effect.fingerprint) for effect in effects))
    counts = Counter(effect.kind for effect in effects)
    people = len({person for effect in effects for person in effect.reaches})
    return Hold(rule, subject, _code(rule, pairs), why, dict(sorted(counts.items())), pairs, people)


def _code(rule: str, pairs: tuple[tuple[str, str], ...]) -> str:
    digest = hashlib.sha256(repr((rule, pairs)).encode()).digest()
    return f"{_WORDS[digest[0] % len(_WORDS)]} {1000 + int.from_bytes(digest[1:4]) % 9000}"


def _first_live(community: Community, ready: list[Effect]) -> Iterator[tuple[str, str, list[Effect]]]:
    """The first live tick, and the first after `recover`, is stopped: its counts are the last look."""
    if community.ledger.live_released:
        return
    stopped = [effect for effect in ready if _leaves_a_trace(effect)]
    why = "This is the first time that mails and invitations would really go out."
    if community.ledger.recovered:
        why = "The ledger was lost and has learned from Log: is anything of this what people have already?"
    if stopped:
        yield "", why, stopped


def _no_members(community: Community, ready: list[Effect]) -> Iterator[tuple[str, str, list[Effect]]]:
    """Members is empty or has lost its headers while the ledger knows members."""
    if not community.lost_members:
        return
    # The host is unknown then, so that even the event's text would change.
    stopped = [effect for effect in ready if _leaves_a_trace(effect) or effect.kind == "event.text"]
    if stopped:
        yield "", "The tab Members is empty or has lost its headers, but there were members before.", stopped


def _guests_leaving(community: Community, ready: list[Effect]) -> Iterator[tuple[str, str, list[Effect]]]:
    """More than 30 % (and more than 3) of an event's guests would go."""
    for meeting in community.meetings:
        leaving = [effect for effect in ready if effect.meeting == meeting.key and _removes(effect)]
        there = len(meeting.event.guests) if meeting.event else 0
        if len(leaving) > MOST_GUESTS_LEAVING and len(leaving) > SHARE_LEAVING * there:
            yield (
                meeting.key,
                f"{len(leaving)} of the {there} guests of {meeting.month} would be taken off the list.",
                leaving,
            )


def _settings_move(_: Community, ready: list[Effect]) -> Iterator[tuple[str, str, list[Effect]]]:
    """A change in Settings moves events that exist."""
    moved = [effect for effect in ready if effect.kind == "event.time" and effect.from_settings]
    if moved:
        many = f"{len(moved)} events that people" if len(moved) > 1 else "an event that people"
        yield "", f"A change in Settings would move {many} know about.", moved


def _short_notice(community: Community, ready: list[Effect]) -> Iterator[tuple[str, str, list[Effect]]]:
    """A start would change less than 24 hours ahead."""
    soon = community.now + SHORT_NOTICE
    for effect in ready:
        if effect.kind != "event.time" or not isinstance(effect.action, ChangeEvent):
            continue
        new = effect.action.change.start
        if (effect.latest and effect.latest < soon) or (new and new < soon):
            yield effect.meeting or "", "A start would change less than 24 hours ahead.", [effect]


def _newcomers(community: Community, ready: list[Effect]) -> Iterator[tuple[str, str, list[Effect]]]:
    """One tick would reach more than max(5, 20 % of the active members) people who never got anything."""
    reached = {
        entry.person
        for entry in community.ledger.entries.values()
        if entry.person and entry.phase in _REACHED and entry.kind in _REACHING
    }
    by_person: dict[str, list[Effect]] = defaultdict(list)
    for effect in ready:
        for person in effect.reaches:
            if person not in reached and effect.kind != MailKind.ORGANIZER_ALERT:
                by_person[person].append(effect)
    if len(by_person) > max(FEW_NEWCOMERS, SHARE_NEWCOMERS * len(community.active())):
        stopped = {effect.key: effect for effects in by_person.values() for effect in effects}
        why = f"{len(by_person)} people who never got anything before would be written to or invited at once."
        yield "", why, list(stopped.values())


def _many_mails(
    per_person: int, community: Community, ready: list[Effect]
) -> Iterator[tuple[str, str, list[Effect]]]:
    """Somebody would get more mails in this calendar month than one person should; the most urgent go."""
    mails = [effect for effect in ready if isinstance(effect.action, SendMail) and _counts(effect)]
    got = _got_this_month(community) if mails else Counter()
    stopped = []
    for effect in sorted(mails, key=lambda effect: (effect.urgency, effect.due, effect.key)):
        got[effect.person] += 1
        if got[effect.person] > per_person:
            stopped.append(effect)
    if stopped:
        people = {effect.person for effect in stopped}
        who = stopped[0].who if len(people) == 1 else head_count(len(people))
        most = "1 mail" if per_person == 1 else f"{per_person} mails"
        month = f"{community.now.astimezone(community.zone):%B %Y}"
        yield "", f"{who} would get more than {most} in {month}.", stopped


def _got_this_month(community: Community) -> Counter[str | None]:
    """How many mails went to each person since the first of the month on the community's clock."""
    today = community.now.astimezone(community.zone)
    first = datetime(today.year, today.month, 1, tzinfo=community.zone)
    entries = community.ledger.entries.values()
    return Counter(
        entry.person for entry in entries if entry.at >= first and entry.phase in TOLD and _counts(entry)
    )


def _counts(mail: Effect | Entry) -> bool:
    """Whether a mail is one of those that a member gets: neither an alert nor a rehearsal of one."""
    return mail.kind != MailKind.ORGANIZER_ALERT and not mail.key.startswith("rehearsal/")


def _leaves_a_trace(effect: Effect) -> bool:
    """Whether people outside would notice, or a row would be added for them."""
    if effect.kind == MailKind.ORGANIZER_ALERT:
        return False
    return bool(effect.reaches) or isinstance(effect.action, AppendMember | CreateEvent | SendMail)


def _removes(effect: Effect) -> bool:
    return isinstance(effect.action, ChangeEvent) and bool(effect.action.change.remove_guests)


_RULES: tuple[tuple[str, Rule], ...] = (
    (FIRST_LIVE, _first_live),
    ("no members", _no_members),
    ("guests leaving", _guests_leaving),
    ("settings move", _settings_move),
    ("short notice", _short_notice),
    ("newcomers", _newcomers),
)
