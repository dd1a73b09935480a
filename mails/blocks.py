"""What each placeholder becomes for one letter: short values, and blocks of whole paragraphs."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from community.mails import AgendaItem, Letter, MailKind, MeetingFacts, Sender
from mails.changes import changes, known_by, news
from mails.clean import https_link, one_line, person_name
from mails.document import Button, Items, Node, Paragraph, Span, Timetable, TimetableRow
from mails.times import clock, local_phrase, local_time, long_date, second_phrase, weekday, zone_phrase

_TITLE, _SENTENCE = 200, 1000  # characters: more is no title, no sentence, and no reader's friend
_IN_THE_EVENT = "The link to join is in the calendar event."


def values(letter: Letter, sender: Sender, now: datetime) -> dict[str, str]:
    """The placeholders that stand within a line; those about a meeting only when the letter has one."""
    found = {
        "name": person_name(letter.to.name) or "there",
        "community": one_line(sender.community, 80) or "our community",
        "length": _length(letter),
        "plan": one_line(letter.roast.title, _TITLE) or "this month's plan",
        "subject": one_line(letter.subject, _TITLE) or "something needs you",
    }
    if facts := known_by(letter):
        found |= _meeting_values(letter, facts, now)
    return found


def _meeting_values(letter: Letter, facts: MeetingFacts, now: datetime) -> dict[str, str]:
    reader, community = letter.to.zone, ZoneInfo(facts.zone)
    here, there = facts.start.astimezone(reader), facts.start.astimezone(community)
    day = "" if here.date() == there.date() else f" on {weekday(there)}"
    needed = here.date() - timedelta(days=8)
    late = needed < now.astimezone(reader).date()
    return {
        "date": long_date(here.date()),
        "time": f"{there:%H:%M}{day} ({zone_phrase(facts.start, community)})",
        "your_time": local_time(facts.start, reader),
        "host": person_name(facts.host or "") or "a host still to be found",
        "deadline": "as soon as you can" if late else f"by {long_date(needed)}",
        "news": news(letter),
    }


def _length(letter: Letter) -> str:
    minutes, stay = _minutes(letter.duration), _minutes(letter.stay_on)
    return f"{minutes} minutes" + (f", and whoever likes stays {stay} minutes longer" if stay else "")


def _minutes(span: timedelta) -> int:
    return round(span.total_seconds() / 60)


def blocks(letter: Letter) -> dict[str, tuple[Node, ...]]:
    """The placeholders that become whole paragraphs; empty where there is nothing to say."""
    return {
        "when": _when(letter),
        "join": _join(letter),
        "roast": _roast(letter),
        "agenda": _agenda(letter),
        "discord": _discord(letter),
        "changes": changes(letter),
        "lines": _lines(letter),
    }


def _when(letter: Letter) -> tuple[Node, ...]:
    facts = letter.facts
    if facts is None or facts.cancelled is not None:
        return ()
    first = Span(local_phrase(facts.start, letter.to.zone), strong=True)
    second = second_phrase(facts.start, letter.to.zone, ZoneInfo(facts.zone))
    return (Paragraph((first, Span("\n"), Span(f"That is {second}.")) if second else (first,)),)


def _join(letter: Letter) -> tuple[Node, ...]:
    facts, before = letter.facts, letter.before
    if facts is None or facts.cancelled is not None:
        return ()
    link = https_link(facts.link)
    if before is not None:
        # A correction says what changed, so it offers the link only when that is new.
        return (Button("Join the meeting", link),) if link and facts.link != before.link else ()
    return (Button("Join the meeting", link) if link else Paragraph((Span(_IN_THE_EVENT),)),)


def _roast(letter: Letter) -> tuple[Node, ...]:
    plan = letter.roast
    # A name that is told must be corrected later, so only mails that have an agenda to tell name the host.
    names_host = bool(letter.agenda) or letter.kind in {MailKind.AGENDA, MailKind.REMINDER}
    host = letter.facts.host if letter.facts and names_host else None
    labelled = (
        ("Host", person_name(host or "")),
        ("Plan", one_line(plan.title, _TITLE)),
        ("In one sentence", one_line(plan.sentence, _SENTENCE)),
        ("Question for the group", one_line(plan.question, _SENTENCE)),
    )
    said: list[tuple[Span, ...]] = [
        (Span(f"{label}:", strong=True), Span(f" {text}")) for label, text in labelled if text
    ]
    if link := https_link(plan.link):
        said.append((Span("Read the plan", href=link),))
    elif typed := one_line(plan.link, _SENTENCE):
        said.append((Span("Where to find it:", strong=True), Span(f" {typed}")))
    return tuple(Paragraph(spans) for spans in said)


def _agenda(letter: Letter) -> tuple[Node, ...]:
    if letter.facts is None or not letter.agenda:
        return ()
    start, reader = letter.facts.start, letter.to.zone
    rows = tuple(_row(item, start + timedelta(minutes=item.offset), reader) for item in letter.agenda)
    return (Timetable(f"All times in {zone_phrase(start, reader)}.", rows),)


def _row(item: AgendaItem, start: datetime, reader: ZoneInfo) -> TimetableRow:
    optional = "optional" if item.optional and "optional" not in item.item.casefold() else ""
    details = (one_line(item.who, 80), f"{item.minutes} min", optional)
    return TimetableRow(
        clock=clock(start, reader),
        what=one_line(item.item, _SENTENCE),
        details=", ".join(part for part in details if part),
        note=one_line(item.shown_under, _SENTENCE),
    )


def _discord(letter: Letter) -> tuple[Node, ...]:
    link = https_link(letter.discord)
    if link is None:
        return ()
    join = Paragraph((Span("Join us on Discord", href=link),))
    if not letter.discord_for_one:
        return (join,)
    note = "The invite is meant for you alone; please use it within 7 days."
    return (join, Paragraph((Span(note),), quiet=True))


def _lines(letter: Letter) -> tuple[Node, ...]:
    sentences = (one_line(line, _SENTENCE) for line in letter.lines)
    rows = tuple((Paragraph((Span(sentence),)),) for sentence in sentences if sentence)
    return (Items(rows),) if rows else ()
