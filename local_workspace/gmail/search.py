"""The search box of Gmail, as far as `q` is used: in:, label:, from:, to:, cc:, bcc:, subject:, rfc822msgid:,
words, "phrases", (groups), and - before any of them for its contrary. Everything named must hold.

Words are matched whole and in any case, as Gmail does. An operator that is not known is taken as words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes

from local_workspace.gmail import mime, payload
from local_workspace.gmail.stored import Stored

_TERM = re.compile(r'(-)?(?:([A-Za-z0-9]+):)?("[^"]*"?|\([^)]*\)?|\S+)')
_ADDRESS_FIELDS = {"from": ("from",), "to": ("to", "cc", "bcc"), "cc": ("cc",), "bcc": ("bcc",)}
_LABELS = {"drafts": "DRAFT", "draft": "DRAFT"}


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: `field` is the operator ("" for bare words), `value` what follows it."""

    field: str
    value: str
    negated: bool


def parse(query: str) -> list[Term]:
    """The conditions of a search text; an empty one has none."""
    return [
        Term((field or "").lower(), value, bool(negated)) for negated, field, value in _TERM.findall(query)
    ]


def matches(message: Stored, terms: list[Term]) -> bool:
    """Whether the message meets every condition."""
    return all(_holds(message, term) is not term.negated for term in terms)


def _holds(message: Stored, term: Term) -> bool:
    if term.field in ("in", "label", "is"):
        return _has_label(message, term.value.strip('"').lower())
    if term.field == "rfc822msgid":
        return _field(message, "message-id").strip("<>") == term.value.strip('"<>')
    if term.field == "subject":
        return _has_words(_field(message, "subject"), term.value)
    if term.field in _ADDRESS_FIELDS:
        return any(_has_words(_field(message, name), term.value) for name in _ADDRESS_FIELDS[term.field])
    words = f"{term.field} {term.value}" if term.field else term.value
    return _has_words(_everything(message), words)


def _has_label(message: Stored, name: str) -> bool:
    return name == "anywhere" or _LABELS.get(name, name.upper()) in message.labels


def _has_words(text: str, wanted: str) -> bool:
    """Whether the words of `wanted` stand in `text`: one after the other, in a (group) in any order."""
    line = f" {' '.join(_words(text))} "
    if wanted.startswith("("):
        return all(f" {word} " in line for word in _words(wanted))
    return f" {' '.join(_words(wanted))} " in line


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _field(message: Stored, name: str) -> str:
    return " ".join(value for field, value in mime.fields(message.raw) if field.lower() == name)


def _everything(message: Stored) -> str:
    parsed = message_from_bytes(message.raw)
    text = payload.text_of(parsed, "text/plain") or payload.plain(payload.text_of(parsed, "text/html") or "")
    return " ".join([*(_field(message, name) for name in ("from", "to", "cc", "subject")), text])
