"""What a tick did, in the timeline's words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from community.ledger import Entry, Phase
from community.people import head_count
from community.plan import Planned, State
from engine.tick import Tick
from reports.words import PHASES, entry_label, label, month_of
from sheets_schema.choices import Mode
from sheets_schema.dates import MONTHS
from sheets_schema.months import Month

_DID = {
    "access.welcome": "mails the welcome to {who}",
    "access.decline": "mails a kind no to {who}",
    "host.ask": "asks {who} by mail to host in {month}",
    "host.confirmed": "confirms to {who} by mail that they host in {month}",
    "agenda": "mails the agenda to {who}",
    "correction": "mails a correction to {who}, who were told otherwise",
    "reminder": "mails the reminder to {who}",
    "organizer.alert": "mails the organizer",
    "event": "makes {month}'s event with its Meet link and invites {who}",
    "event.time": "moves {month}'s event",
    "event.text": "updates the text of {month}'s event",
    "event.cancel": "cancels {month}'s event",
    "guest": "invites {who} to {month}'s event",
    "member": "adds a row for {who} to Members",
    "month": "adds {who} to Roasts",
    "discord": "makes a single-use Discord invite for {who}",
}
_TAKEN_OFF = "takes {who} off {month}'s guest list"
_WENT_WELL = frozenset({Phase.SENT, Phase.DONE, Phase.REMOVED})
# Said already by the event that they came with.
_WITH_THE_EVENT = frozenset({"guest", "event.link"})
_FEW = 3  # people named one by one


def sayings(tick: Tick, known_codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each thing a tick did, as text and tone (did, stopped, quiet). known_codes: told before."""
    for hold in tick.plan.holds:
        if hold.code not in known_codes:
            yield f"stops and asks: {hold.why} Code: {hold.code}", "stopped"
    for text in _done(tick.done):
        yield text, "did"
    for trouble in tick.troubles:
        yield f"could not do something this time: {trouble}", "stopped"
    later = [item for item in tick.plan.items if item.state in {State.SETTLING, State.SHOWN}]
    if later:
        shows = tick.community.mode is Mode.SHOW_ONLY
        words = "only shows what it would do" if shows else "waits whether more is typed, then"
        yield f"{words}: {_outlook(later)}", "quiet"


def _done(entries: Iterable[Entry]) -> Iterator[str]:
    groups: dict[tuple[str, str, str, str], list[Entry]] = defaultdict(list)
    ended = list(entries)
    new_events = {entry.meeting for entry in ended if entry.kind == "event"}
    for entry in ended:
        if not (entry.kind in _WITH_THE_EVENT and entry.meeting in new_events):
            key = (entry.kind, month_of(entry.meeting), str(entry.phase), entry.reason)
            groups[key if entry.phase not in _WENT_WELL else (*key[:3], "")].append(entry)
    for (kind, month, phase, reason), group in groups.items():
        who = _names([entry.who for entry in group])
        if phase not in _WENT_WELL or kind not in _DID:
            why = f", because {reason}" if reason else ""
            yield f"{entry_label(group[0])} for {who}: {PHASES[group[0].phase]}{why}"
        else:
            words = _TAKEN_OFF if phase == Phase.REMOVED else _DID[kind]
            yield words.format(who=who, month=_month_name(month))


def _outlook(items: Iterable[Planned]) -> str:
    counts = Counter(label(item.effect) for item in items)
    return ", ".join(what if count == 1 else f"{what} ({count})" for what, count in counts.items())


def _month_name(month: str) -> str:
    """December for 2026-12; empty where there is no month."""
    return MONTHS[Month.parse(month).number - 1] if month else ""


def _names(names: list[str]) -> str:
    """A few people by name, more by number."""
    if len(names) > _FEW:
        return head_count(len(names))
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
