"""The agenda of one meeting: the tab's lines with the host's words filled in."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from community.mails import AgendaItem, RoastPlan
from community.meetings import Meeting
from sheets_schema.rows import AgendaRow

CLINIC = "Open clinic: bring a plan or a question, we work on it together"
_PLACEHOLDER = re.compile(r"\{(host|plan|question)\}")


def agenda_items(rows: tuple[AgendaRow, ...], meeting: Meeting) -> tuple[AgendaItem, ...]:
    """The agenda of a meeting; without a host the lines that begin with "Roast" become one open clinic."""
    return _filled_in(rows, meeting.host.name if meeting.host else None, meeting.roast)


@lru_cache(maxsize=16)
def _filled_in(rows: tuple[AgendaRow, ...], host: str | None, plan: RoastPlan) -> tuple[AgendaItem, ...]:
    items: list[AgendaItem] = []
    offset = 0
    for row in rows:
        if host is None and row.item.casefold().startswith("roast"):
            if items and items[-1].item == CLINIC:
                items[-1] = replace(items[-1], minutes=items[-1].minutes + row.minutes)
            else:
                items.append(AgendaItem(offset, row.minutes, CLINIC, "everyone"))
        else:
            item, who, under = (_filled(text, host, plan) for text in (row.item, row.who, row.shown_under))
            items.append(AgendaItem(offset, row.minutes, item, who, under, row.optional))
        offset += row.minutes
    return tuple(items)


def _filled(text: str, host: str | None, plan: RoastPlan) -> str:
    """Fill the agenda's own three placeholders in one pass: what was typed is never read as a placeholder."""
    if not plan.question:
        text = text.replace(' on "{question}"', "")
    words = {
        "host": host or "the host",
        "plan": plan.title or "a plan",
        "question": plan.question or "the plan",
    }
    return _PLACEHOLDER.sub(lambda found: words[found[1]], text)
