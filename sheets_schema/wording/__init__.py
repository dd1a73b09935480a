"""The wording that mails have until the organizer writes their own: one Markdown file per kind of mail.

A file begins with three lines (Goes to, When, Subject), then `---`, then the text. Placeholders in braces
come from a closed list. A block placeholder stands on a line of its own, becomes whole paragraphs, and
vanishes (with the heading above it, when nothing else is under that heading) when there is nothing to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Wording:
    """How one kind of mail is worded; the columns of the Emails tab. text is Markdown."""

    kind: str
    goes_to: str
    when: str
    subject: str
    text: str


EXPLAINED: dict[str, str] = {
    "name": "the reader's name",
    "community": "the community's name, from Settings",
    "date": "the meeting's date where the reader lives, such as Thursday 17 December 2026",
    "time": "the start on the community's clock, such as 17:00 (Berlin time, UTC+1)",
    "your_time": "the start on the reader's clock, such as 11:00 (New York time, UTC-5)",
    "length": "how long we meet, and how long one may stay afterwards",
    "host": "the host's name",
    "plan": "the title of the host's plan",
    "deadline": "when the host's plan is needed: eight days before the meeting, or as soon as they can",
    "news": "what a correction is about, such as new time or cancelled",
    "subject": "what an alert is about",
    "when": "date and start on the reader's clock and, when it differs, on the community's",
    "join": "the button that joins the meeting, or that the link is in the calendar event",
    "roast": "host, plan, the sentence about it, its link, and the question for the group",
    "agenda": "the agenda with the times on the reader's clock",
    "discord": "the reader's own Discord invite",
    "changes": "what the reader was told, and what is true now",
    "lines": "the sentences of an alert, one below the other",
}

BLOCKS: frozenset[str] = frozenset({"when", "join", "roast", "agenda", "discord", "changes", "lines"})

_EVERY = frozenset({"name", "community"})
_DATED = _EVERY | {"date", "time", "your_time", "length", "when", "join"}

PLACEHOLDERS: dict[str, frozenset[str]] = {
    "access.welcome": _EVERY | {"length", "when", "join", "roast", "agenda", "discord"},
    "access.decline": _EVERY,
    "host.ask": _DATED | {"deadline", "roast"},
    "host.confirmed": _DATED | {"deadline", "roast"},
    "agenda": _DATED | {"host", "plan", "roast", "agenda"},
    "correction": _EVERY | {"date", "news", "changes", "join"},
    "reminder": _DATED | {"host", "plan", "roast"},
    "organizer.alert": _EVERY | {"subject", "lines"},
}

PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")


def placeholder_name(inside: str) -> str:
    """What stands between two braces, in the one spelling by which placeholders are known."""
    return inside.strip().casefold()


def faults(kind: str, subject: str, text: str) -> tuple[str, ...]:
    """What is wrong with a wording, one sentence for the organizer each; empty when it can be used.

    A kind that does not exist raises KeyError.
    """
    known = PLACEHOLDERS[kind]
    listed = ", ".join(f"{{{name}}}" for name in sorted(known))
    found: dict[str, None] = {}
    for is_subject, line in [(True, subject), *((False, line) for line in text.splitlines())]:
        for match in PLACEHOLDER.finditer(line):
            name = placeholder_name(match[1])
            if name not in known:
                found[f"{match[0]} is not known in this mail; it knows {listed}"] = None
            elif name in BLOCKS and is_subject:
                found[f"{match[0]} cannot stand in a subject"] = None
            elif name in BLOCKS and line.strip() != match[0]:
                found[f"{match[0]} must stand on a line of its own"] = None
    return tuple(found)


def _read(path: Path) -> Wording:
    header, text = path.read_text(encoding="utf-8").split("\n---\n", 1)
    fields = dict(line.split(": ", 1) for line in header.splitlines())
    return Wording(path.stem, fields["Goes to"], fields["When"], fields["Subject"], text.strip())


BUILT_IN: dict[str, Wording] = {kind: _read(Path(__file__).parent / f"{kind}.md") for kind in PLACEHOLDERS}
