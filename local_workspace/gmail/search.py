"""The search box of Gmail: operators, words, "phrases", (groups), {any of these}, OR, and - for the contrary.

Words are matched whole and in any case, as Gmail does. An operator that is not known is taken as words.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from functools import cached_property
from zoneinfo import ZoneInfo

from local_workspace.errors import bad_request
from local_workspace.gmail import mime, payload
from local_workspace.gmail.stored import Stored

_TOKEN = re.compile(r'(-?)(?:([A-Za-z0-9_]+):)?("[^"]*"?|[(){}]|[^\s(){}"]+)')
_FIELDS = {"from": ("from",), "to": ("to", "cc", "bcc"), "cc": ("cc",), "bcc": ("bcc",)}
_FIELDS |= {"subject": ("subject",), "deliveredto": ("delivered-to",), "list": ("list-id",)}
_LABELS = {"drafts": "DRAFT", "draft": "DRAFT"}
_DAYS = {"d": 1, "m": 30, "y": 365}
_SIZES = {"": 1, "k": 1024, "m": 1024**2}


class Mail:
    """A message as a search looks at it: nothing of it is read before it is needed."""

    def __init__(self, message: Stored) -> None:
        self.labels = message.labels
        self.at = message.internal_date / 1000
        self.raw = message.raw

    @cached_property
    def parsed(self) -> Message:
        """The mail as a tree of parts."""
        return message_from_bytes(self.raw)

    @cached_property
    def fields(self) -> list[tuple[str, str]]:
        """The header fields."""
        return [(name.lower(), value) for name, value in mime.fields(self.raw)]

    def field(self, *names: str) -> str:
        """The values of the named header fields."""
        return "\n".join(value for name, value in self.fields if name in names)

    @cached_property
    def text(self) -> str:
        """Everything that bare words are looked for in."""
        text = payload.text_of(self.parsed, "text/plain")
        text = text or payload.plain(payload.text_of(self.parsed, "text/html") or "")
        files = (payload.file_name(part) for part in payload.attachments(self.parsed))
        return "\n".join([self.field("from", "to", "cc", "subject"), text, *files])


Test = Callable[[Mail], bool]


@dataclass(frozen=True, slots=True)
class Search:
    """A condition; what it has `label` or `message_id` for, an index finds."""

    holds: Test
    label: str | None = None
    message_id: str | None = None


class _Parser:
    """Reads a search text from its front."""

    def __init__(self, query: str, names: Mapping[str, str], now: datetime) -> None:
        self.tokens = _TOKEN.findall(query)[::-1]
        self.names = names
        self.now = now

    def items(self, end: str = "", field: str = "") -> list[Search]:
        """The conditions up to `end`; OR joins its neighbours, `field` is that of words without one."""
        found: list[Search] = []
        joined = False
        while self.tokens:
            negated, name, text = self.tokens.pop()
            if text == end:
                break
            if (name, text) == ("", "OR"):
                joined = bool(found)
                continue
            item = self.item(name.lower() or field, text)
            if negated:
                item = Search(lambda mail, holds=item.holds: not holds(mail))  # type: ignore[misc]  # bound now
            if joined:
                item = _any([found.pop(), item])
            found.append(item)
            joined = False
        return found

    def item(self, field: str, text: str) -> Search:
        """One condition: a group, or the term that `text` is."""
        if text == "(":
            return _every(self.items(")", field))
        if text == "{":
            return _any(self.items("}", field))
        return self.term(field, text.strip('"'))

    def term(self, field: str, value: str) -> Search:
        """The condition that an operator and its value write."""
        low = value.lower()
        if field in ("in", "label", "is", "category"):
            return self.labelled(field, low)
        if field == "rfc822msgid":
            message_id = f"<{value.strip('<>')}>"
            return Search(lambda mail: mail.field("message-id") == message_id, message_id=message_id)
        if field in _FIELDS:
            return Search(lambda mail: _has_words(mail.field(*_FIELDS[field]), value))
        if (field, low) == ("has", "attachment"):
            return Search(lambda mail: bool(payload.attachments(mail.parsed)))
        if field == "filename":
            return Search(
                lambda mail: any(
                    low in payload.file_name(p).lower() for p in payload.attachments(mail.parsed)
                )
            )
        if field in ("larger", "smaller", "size"):
            size = _size(low)
            return Search(lambda mail: (len(mail.raw) < size) is (field == "smaller"))
        if field in ("after", "newer", "before", "older", "newer_than", "older_than"):
            instant = self.age(low) if field.endswith("_than") else _day(low)
            newer = field.startswith(("after", "newer"))
            return Search(lambda mail: (mail.at >= instant) is newer)
        words = f"{field} {value}" if field else value
        return Search(lambda mail: _has_words(mail.text, words))

    def labelled(self, field: str, name: str) -> Search:
        """The condition for a label, by one of the names that it has in searches."""
        if name == "anywhere":
            return Search(lambda _: True, label="")
        if (field, name) == ("is", "read"):
            return Search(lambda mail: "UNREAD" not in mail.labels)
        label = self.names.get(name) or _LABELS.get(name, name.upper())
        label = f"CATEGORY_{label}" if field == "category" else label
        return Search(lambda mail: label in mail.labels, label=label)

    def age(self, text: str) -> float:
        """The instant so many days, months or years before now, in seconds since 1970."""
        if not re.fullmatch(r"\d{1,4}[dmy]", text):
            return _day(text)
        return self.now.timestamp() - 86_400 * int(text[:-1]) * _DAYS[text[-1]]


def parse(query: str, names: Mapping[str, str] | None = None, now: datetime | None = None) -> list[Search]:
    """The conditions of a search text, all of them to be met; an empty one has none.

    `names`: the account's own labels by their names in searches. `now`: where ages count from, aware.
    """
    return _Parser(query, names or {}, now or datetime.now(UTC)).items()


def matches(message: Stored, wanted: list[Search]) -> bool:
    """Whether the message meets every condition."""
    mail = Mail(message)
    return all(one.holds(mail) for one in wanted)


def _every(found: list[Search]) -> Search:
    return Search(lambda mail: all(one.holds(mail) for one in found))


def _any(found: list[Search]) -> Search:
    return Search(lambda mail: any(one.holds(mail) for one in found))


def _has_words(text: str, wanted: str) -> bool:
    """Whether the words of `wanted` stand in `text`, one after the other."""
    return f" {' '.join(_words(wanted))} " in f" {' '.join(_words(text))} "


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _day(text: str) -> float:
    """Seconds since 1970, or a day's midnight on the Pacific coast, where the API takes its days from."""
    if text.isdecimal() and len(text) > 8:
        return float(text)
    try:
        year, month, day = (int(part) for part in re.split("[/.-]", text))
        return datetime(year, month, day, tzinfo=ZoneInfo("America/Los_Angeles")).timestamp()
    except ValueError:
        raise bad_request(f"Invalid date in q: {text}", "invalidArgument") from None


def _size(text: str) -> int:
    found = re.fullmatch(r"(\d+)([km]?)b?", text)
    if found is None:
        raise bad_request(f"Invalid size in q: {text}", "invalidArgument")
    return int(found[1]) * _SIZES[found[2]]
