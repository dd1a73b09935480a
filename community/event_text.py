"""What the calendar event says: title, description and place, as text that cannot become markup."""

from __future__ import annotations

import html

from community.meetings import Meeting
from sheets_schema.rows import Settings


def event_text(settings: Settings, meeting: Meeting) -> tuple[str, str, str]:
    """Title, description and location of a meeting's event, HTML-escaped where Calendar reads HTML."""
    community = settings.community_name or "Third Thursday"
    host = meeting.host.name if meeting.host else ""
    title = f"{community}: roast with {host}" if host else community
    description = "\n".join(html.escape(line, quote=False) for line in _lines(settings, meeting, host))
    return title, description, settings.meet_link or ""


def _lines(settings: Settings, meeting: Meeting, host: str) -> list[str]:
    plan = meeting.roast
    lines = [f"We meet for {meeting.minutes} minutes."]
    if host:
        lines += ["", f"Roast of the Month, hosted by {host}" + (f': "{plan.title}"' if plan.title else "")]
        lines += [text for text in (plan.sentence, plan.link) if text]
        lines += [f"Question for the group: {plan.question}"] if plan.question else []
    lines += ["", "Then needs sharing: what you work on, what you need, who can help."]
    if settings.meet_link:
        lines += ["", f"Join: {settings.meet_link}"]
    if settings.reply_to:
        lines += ["", f"Questions, or no more invitations: write to {settings.reply_to}"]
    return lines
