"""The small print under a mail: why it comes, and how to get fewer or none."""

from __future__ import annotations

from community.mails import MailKind
from mails.document import Paragraph, Span

_OPT_OUT = "To get fewer mails, or none, answer with “fewer mails” or “leave”."

_FOOTERS: dict[MailKind, tuple[str, str]] = {
    MailKind.ACCESS_WELCOME: ("you asked to join {community}", _OPT_OUT),
    MailKind.ACCESS_DECLINE: ("you asked to join {community}", "No further mails follow."),
    MailKind.HOST_ASK: ("you are named as a host of {community}", _OPT_OUT),
    MailKind.HOST_CONFIRMED: ("you are a host of {community}", _OPT_OUT),
    MailKind.AGENDA: ("you are a member of {community}", _OPT_OUT),
    MailKind.CORRECTION: ("an earlier mail of {community} told you otherwise", _OPT_OUT),
    MailKind.REMINDER: ("you are invited to this meeting of {community}", _OPT_OUT),
    MailKind.ORGANIZER_ALERT: (
        "you look after {community}",
        "To have these mails go elsewhere, change Organizer or Second person in the tab Settings.",
    ),
}


def footer(kind: MailKind, community: str) -> tuple[Paragraph, ...]:
    """Why the reader gets this kind of mail, and the way out."""
    why, way_out = _FOOTERS[kind]
    because = f"You get this mail because {why.replace('{community}', community)}."
    return (Paragraph((Span(f"{because} {way_out}"),), quiet=True),)
