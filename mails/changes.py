"""What a correction says: what the reader was told, and what is true now."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from community.mails import Letter, MeetingFacts
from mails.clean import https_link, one_line, person_name
from mails.document import Items, Node, Paragraph, Span
from mails.times import local_phrase, second_phrase, zone_phrase

_REST = Paragraph((Span("Everything else stays as it was."),))


def known_by(letter: Letter) -> MeetingFacts | None:
    """The facts by which the reader knows the meeting: of a cancelled one, those of the mail before."""
    if letter.before and letter.facts and letter.facts.cancelled is not None:
        return letter.before
    return letter.facts


def news(letter: Letter) -> str:
    """What changed, in the few words that fit a subject, such as `new time and new host`."""
    before, facts = letter.before, letter.facts
    if before is None or facts is None:
        return "a change"
    if facts.cancelled is not None:
        return "cancelled"
    found = [
        *(["takes place after all"] if before.cancelled is not None else []),
        *(["new time"] if before.start != facts.start else []),
        *(["new time zone"] if before.start == facts.start and before.zone != facts.zone else []),
        *(["new link"] if before.link != facts.link else []),
        *(["new host"] if before.host != facts.host else []),
    ]
    return " and ".join(found) or "a change"


def changes(letter: Letter) -> tuple[Node, ...]:
    """The changes one by one; empty when nothing differs or this is no correction."""
    before, facts = letter.before, letter.facts
    if before is None or facts is None:
        return ()
    if facts.cancelled is not None:
        return tuple(_cancelled(facts.cancelled, before, letter.to.zone))
    rows = tuple((Paragraph(spans),) for spans in _differences(before, facts, letter.to.zone))
    revived = (
        (Paragraph((Span("The meeting takes place after all."),)),) if before.cancelled is not None else ()
    )
    return (*revived, *((Items(rows), _REST) if rows else ()))


def _cancelled(reason: str, before: MeetingFacts, reader: ZoneInfo) -> Iterator[Node]:
    meeting = local_phrase(before.start, reader)
    yield Paragraph((Span("The meeting is cancelled:", strong=True), Span(f" {meeting}.")))
    if said := one_line(reason, 1000):
        yield Paragraph((Span(f"The reason: {said}"),))


def _differences(before: MeetingFacts, facts: MeetingFacts, reader: ZoneInfo) -> Iterator[tuple[Span, ...]]:
    if before.start != facts.start:
        second = second_phrase(facts.start, reader, ZoneInfo(facts.zone))
        now = local_phrase(facts.start, reader) + (f"; that is {second}" if second else "")
        yield _change("New time", now, local_phrase(before.start, reader))
    elif before.zone != facts.zone:
        now, was = (zone_phrase(at.start, ZoneInfo(at.zone)) for at in (facts, before))
        yield _change("New time zone of the community", f"{now}; on your clock nothing changes", was)
    if before.link != facts.link:
        link = https_link(facts.link)
        now = "please use the one in this mail" if link else "it is in the calendar event"
        yield _change("New link", now, https_link(before.link) or "in the calendar event")
    if before.host != facts.host:
        now, was = (person_name(at.host or "") or "not known yet" for at in (facts, before))
        yield _change("New host", now, was)


def _change(what: str, now: str, was: str) -> tuple[Span, ...]:
    return (Span(f"{what}:", strong=True), Span(f" {now}"), Span("\n"), Span(f"Before: {was}"))
