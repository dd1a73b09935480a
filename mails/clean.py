"""Makes text that people typed fit to be shown: nothing invisible, nothing endless, links https only."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

# Cf holds zero-width and bidi characters, Cs lone surrogates, which no mail can be encoded with.
_DROPPED = {"Cf", "Cs"}
_BREAKING = {"Cc", "Zl", "Zp"}

_HTTPS = re.compile(r"https://[!#-;=?-\[\]_a-z~]+", re.IGNORECASE)  # printable ASCII, less "<>\\^`{|}


def visible(text: str) -> str:
    """The same text without zero-width, bidi and half characters; control characters become spaces."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if category in _BREAKING else char
        for char in text
        if (category := unicodedata.category(char)) not in _DROPPED
    )


def one_line(text: str, limit: int) -> str:
    """Visible text on one line, single spaces, at most `limit` characters (the last one … when cut)."""
    line = " ".join(visible(text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def several_lines(text: str) -> str:
    """Visible text that keeps its line ends, whatever their spelling, and leading spaces."""
    return "\n".join(visible(line).rstrip() for line in text.splitlines())


def person_name(text: str, limit: int = 80) -> str:
    """A person's name for others to read: of an address only what stands before the @."""
    return one_line(text, limit).partition("@")[0].strip()


def https_link(text: str | None) -> str | None:
    """The link when it is https, names a host and hides nothing (sign-in part, odd character), or None."""
    link = (text or "").strip()
    if len(link) > 1000 or not _HTTPS.fullmatch(link):
        return None
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    return link if parts.hostname and "@" not in parts.netloc else None
