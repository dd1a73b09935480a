"""Composes one mail: the letter's facts, put into the wording of its kind, as one message to one person."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage

from community.mails import Letter, MailKind, Sender
from mails.blocks import blocks, values
from mails.calendar_file import calendar_file
from mails.changes import known_by
from mails.clean import one_line, several_lines
from mails.document import Node, Page, Paragraph, Span
from mails.footer import footer
from mails.headers import addressed, key_header
from mails.html_part import draw_html
from mails.markdown import fill, read_markdown
from mails.text_part import draw_text
from mails.times import local_phrase
from sheets_schema.wording import BUILT_IN, Wording, faults

_WITHOUT_MEETING = {MailKind.ACCESS_WELCOME, MailKind.ACCESS_DECLINE, MailKind.ORGANIZER_ALERT}


def compose(letter: Letter, wording: Wording | None, sender: Sender, now: datetime) -> EmailMessage:
    """The whole mail, text and HTML, with the .ics file on an agenda; the same letter gives the same bytes.

    wording: the organizer's, None for the built-in one. now: aware; the Date header, and whether a deadline
    has passed. Raises ValueError for a wording with faults (see `faults`), a letter that lacks the meeting
    its kind is about, and an address that no header can hold.
    """
    chosen = wording or BUILT_IN[letter.kind]
    subject, text = one_line(chosen.subject, 500), several_lines(chosen.text)
    if found := faults(letter.kind, subject, text):
        raise ValueError(f"the wording of {letter.kind} cannot be used: {'; '.join(found)}")
    _check_complete(letter)
    known = values(letter, sender, now)
    page = Page(
        preheader=_preheader(letter),
        community=known["community"],
        body=(*_rehearsal(letter), *read_markdown(text, known, blocks(letter))),
        footer=footer(letter.kind, known["community"]),
    )
    message = addressed(letter, sender, fill(subject, known), now)
    message.set_content(draw_text(page), cte="quoted-printable")
    message.add_alternative(draw_html(page), subtype="html", cte="quoted-printable")
    if letter.kind is MailKind.AGENDA:
        _attach_calendar_file(message, calendar_file(letter, sender, now))
    _fix_boundaries(message, key_header(letter.key))
    return message


def _check_complete(letter: Letter) -> None:
    if letter.facts is None and letter.kind not in _WITHOUT_MEETING:
        raise ValueError(f"{letter.kind} needs a meeting to be about")
    if letter.before is None and letter.kind is MailKind.CORRECTION:
        raise ValueError("a correction needs what was told before")


def _preheader(letter: Letter) -> str:
    facts = known_by(letter)
    return local_phrase(facts.start, letter.to.zone) if facts else ""


def _rehearsal(letter: Letter) -> tuple[Node, ...]:
    if letter.rehearsal_for is None:
        return ()
    whom = one_line(letter.rehearsal_for, 200)
    text = f"This is a rehearsal: in the mode “live” this mail would go to {whom}."
    return (Paragraph((Span(text),), quiet=True),)


def _attach_calendar_file(message: EmailMessage, content: bytes | None) -> None:
    if content is None:
        return
    message.add_attachment(content, maintype="text", subtype="calendar", filename="invite.ics")
    *_, attachment = message.iter_attachments()
    attachment.set_param("method", "PUBLISH")
    attachment.set_param("charset", "utf-8")


def _fix_boundaries(message: EmailMessage, key: str) -> None:
    parts = [part for part in message.walk() if part.is_multipart()]
    for index, part in enumerate(parts):
        part.set_boundary(f"={index}={key}=")
