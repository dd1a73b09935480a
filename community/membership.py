"""Who belongs, as of now: the rows of Members, and what people asked for themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from community.ledger import LedgerView, Phase
from community.people import MailWish, Person, Status, person_key, shown_name
from sheets_schema.choices import Decision, Wants
from sheets_schema.rows import MemberRow, RequestRow
from sheets_schema.sheet import Sheet

_FEWER = {
    MailWish.EVERYTHING: MailWish.INVITATION_AND_AGENDA,
    MailWish.INVITATION_AND_AGENDA: MailWish.INVITATION_ONLY,
}
_ROW_SHOWS = timedelta(minutes=1)
_REFUSED = frozenset({Decision.DECLINE, Decision.HOLD, Decision.IGNORE})


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: whose it is, and the how-manieth of that person, however the rows are sorted."""

    person: str
    n: int
    row: RequestRow

    @property
    def name(self) -> str:
        """What this request is called in keys."""
        return f"access/{self.person}/{self.n}"


def number_requests(rows: Iterable[RequestRow], community_id: str) -> tuple[Ask, ...]:
    """Count each person's requests in the order received; undated ones last, in sheet order."""
    counts: Counter[str] = Counter()
    asks = []
    for row in sorted(rows, key=lambda row: (row.received == 0.0, row.received, row.row)):
        person = person_key(community_id, row.email)
        counts[person] += 1
        asks.append(Ask(person, counts[person], row))
    return tuple(asks)


def rows_to_be_seen(asks: Iterable[Ask], ledger: LedgerView, now: datetime) -> frozenset[str]:
    """Names of the requests whose row in Members was there, or appended a while ago: it must be seen."""
    entries = ((ask.name, ledger.entries.get(f"{ask.name}/member")) for ask in asks)
    return frozenset(
        name
        for name, entry in entries
        if entry and entry.phase in {Phase.DONE, Phase.SKIPPED} and now > entry.at + _ROW_SHOWS
    )


def resolve_membership(
    sheet: Sheet, asks: Iterable[Ask], community_id: str, zone: ZoneInfo, appended: frozenset[str]
) -> Mapping[str, Person]:
    """Everybody the sheet knows, by person key.

    `leave` and `fewer mails` need no approval. An approved requester counts at once, before the row is there,
    but not once a row that was appended (`appended`: names of requests) is there no longer.
    """
    people = {person.key: person for person in (_member(row, community_id, zone) for row in sheet.members)}
    typed = dict(people)
    for ask in asks:
        if ask.name in appended and ask.person not in typed:
            continue
        people_after = _after_request(people.get(ask.person), typed.get(ask.person), ask, zone)
        if people_after is not None:
            people[ask.person] = people_after
    return people


def _member(row: MemberRow, community_id: str, zone: ZoneInfo) -> Person:
    return Person(
        key=person_key(community_id, row.email),
        name=shown_name(row.name),
        address=row.email,
        zone=row.time_zone or zone,
        status=row.status,
        wish=row.mail,
        away_until=row.away_until,
        joined=row.joined,
        send_again_on=row.send_again_on,
        row=row.row,
    )


def _after_request(known: Person | None, typed: Person | None, ask: Ask, zone: ZoneInfo) -> Person | None:
    wants, decision = ask.row.wants, ask.row.decision
    if decision in _REFUSED:
        return known
    if wants is Wants.LEAVE:
        return known and replace(known, status=Status.LEFT)
    if wants is Wants.FEWER_MAILS:
        return known and replace(known, wish=_FEWER.get(known.wish, known.wish))
    if decision is not Decision.APPROVE:
        return known
    if typed is not None:
        return typed
    return requester(ask, zone)


def requester(ask: Ask, zone: ZoneInfo) -> Person:
    """Whoever asked, before there is a row in Members."""
    status = Status.DISCORD_ONLY if ask.row.wants is Wants.DISCORD else Status.ACTIVE
    return Person(ask.person, shown_name(ask.row.name), ask.row.email, zone, status)
