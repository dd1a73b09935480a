"""The Checks tab: one line for each row of the organizer's, found by its key cell as typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from community.effects import ChangeEvent, CreateEvent
from community.ledger import Entry
from community.mails import MailKind
from community.meetings import Meeting
from community.membership import Ask
from community.people import Person
from reports import meetings
from reports.overview import Overview
from reports.problems import sentence
from reports.words import ANSWERS, PHASES, day
from sheets_schema import checks
from sheets_schema.cells import Rows
from sheets_schema.choices import Decision, Status, Wants

MOST_CHARACTERS = 50_000  # in a cell; Sheets refuses the whole write for one cell too long

_SHORT = {
    "access.welcome": "welcome",
    "access.decline": "answer",
    "host.ask": "question to the host",
    "host.confirmed": "confirmation",
    "agenda": "agenda",
    "correction": "correction",
    "reminder": "reminder",
}
_WAITS = {
    None: "waits for your decision",
    Decision.HOLD: "on hold",
    Decision.IGNORE: "ignored",
    Decision.APPROVE: "approved",
    Decision.DECLINE: "declined",
}

# A tab and a row's number.
_Place = tuple[str, int]


def rows(overview: Overview) -> Rows:
    """The Checks tab, header included; rows of which there is nothing to say are left out."""
    lines: dict[str, tuple[str, list[str]]] = {}
    for typed, text in _texts(overview):
        if len(typed) <= MOST_CHARACTERS:
            # The formula takes the first line that fits, in whatever case: rows with one key share theirs.
            lines.setdefault(typed.casefold(), (typed, []))[1].append(text)
    table: Rows = [list(checks.TAB.headers)]
    table += [[key, "; ".join(dict.fromkeys(texts))[:MOST_CHARACTERS]] for key, texts in lines.values()]
    return table


def _texts(overview: Overview) -> Iterator[tuple[str, str]]:
    """What a row is looked up by, and its line: its problems, or else its state."""
    lines = dict(_states(overview)) | _problems(overview)
    keys = {**overview.keys, **overview.community.sheet.problem_keys}
    for place, key in keys.items():
        if key and lines.get(place):
            yield f"{place[0]}|{key}", lines[place]


def _problems(overview: Overview) -> dict[_Place, str]:
    """By place, the row's problems joined."""
    found: dict[_Place, list[str]] = defaultdict(list)
    for problem in overview.problems:
        if problem.row is not None:
            found[problem.tab, problem.row].append(sentence(problem))
    return {place: " ".join(texts) for place, texts in found.items()}


def _states(overview: Overview) -> Iterator[tuple[_Place, str]]:
    for meeting in overview.community.meetings:
        if meeting.row:
            yield ("Roasts", meeting.row.row), _meeting(overview, meeting)
    invited = _to_be_invited(overview)
    for person in overview.community.people.values():
        if person.row is not None:
            yield ("Members", person.row), _member(overview, person, invited)
    for ask in overview.community.asks:
        yield ("Requests", ask.row.row), _request(overview, ask)


def _meeting(overview: Overview, meeting: Meeting) -> str:
    parts = [meetings.state(overview, meeting)]
    if not meeting.skipped:
        parts.append(f"host: {meetings.host(overview, meeting)}")
    return ", ".join(parts)


def _to_be_invited(overview: Overview) -> dict[str, list[str]]:
    """By person, the months whose event is still to be made and will invite them."""
    months: dict[str, list[str]] = defaultdict(list)
    for meeting in overview.upcoming:
        item = overview.by_key.get(f"{meeting.key}/event")
        if item and isinstance(item.effect.action, CreateEvent):
            for person in item.effect.action.guests:
                months[person].append(str(meeting.month))
    return months


def _member(overview: Overview, person: Person, invited: dict[str, list[str]]) -> str:
    parts = [part for meeting in overview.upcoming for part in _part_in(overview, meeting, person)]
    parts += [f"to be invited to {month}" for month in invited.get(person.key, ())]
    last = overview.last_mail.get(person.key)
    if not parts and last and person.status is Status.ACTIVE:
        parts = [f"{_outcome(last)} {day(last.at, overview.zone)}"]
    if not parts and person.status is Status.LEFT and _asked_to_leave(overview, person):
        parts = ["left, as asked in Requests"]
    return ", ".join(parts)


def _asked_to_leave(overview: Overview, person: Person) -> bool:
    """Whether a request says so, which changes no cell of the person's own row."""
    asks = overview.community.asks
    return any(ask.person == person.key and ask.row.wants is Wants.LEAVE for ask in asks)


def _part_in(overview: Overview, meeting: Meeting, person: Person) -> Iterator[str]:
    """What a person has to do with a meeting ahead."""
    guest = overview.guest(meeting, person)
    item = overview.by_key.get(f"{meeting.key}/guest/{person.key}")
    change = item.effect.action.change if item and isinstance(item.effect.action, ChangeEvent) else None
    if change and change.remove_guests:
        yield f"to be taken off the guest list of {meeting.month}"
    elif guest:
        yield f"guest of {meeting.month} ({ANSWERS[guest.response]})"
    elif change:
        yield f"to be invited to {meeting.month}"
    for entry in overview.mails.get((person.key, meeting.key), ()):
        yield _outcome(entry)


def _outcome(entry: Entry) -> str:
    """Such as `agenda sent`."""
    return f"{_SHORT.get(entry.kind, entry.kind)} {PHASES[entry.phase]}"


def _request(overview: Overview, ask: Ask) -> str:
    row, known = ask.row, ask.person in overview.community.people
    refused = row.decision in {Decision.DECLINE, Decision.HOLD, Decision.IGNORE}
    if row.wants in {Wants.LEAVE, Wants.FEWER_MAILS} and not refused:
        wish = "left" if row.wants is Wants.LEAVE else "gets fewer mails"
        return wish if known else "is nobody in Members"
    kind = {Decision.APPROVE: MailKind.ACCESS_WELCOME, Decision.DECLINE: MailKind.ACCESS_DECLINE}
    if row.decision not in kind:
        return _WAITS[row.decision]
    key = f"{ask.name}/{'welcome' if row.decision is Decision.APPROVE else 'decline'}"
    keys = [key, f"{key}/again-{row.send_again_on}"]
    parts = [part for part in (_mail(overview, key, kind[row.decision]) for key in keys) if part]
    return ", ".join(parts) or _WAITS[row.decision]


def _mail(overview: Overview, key: str, kind: MailKind) -> str:
    """How far one answer to a request is, empty when there is none."""
    item, entry = overview.by_key.get(key), overview.community.ledger.entries.get(key)
    if item:
        return f"{_SHORT[kind]}: {overview.outlook(item)}"
    return f"{_outcome(entry)} {day(entry.at, overview.zone)}" if entry else ""
