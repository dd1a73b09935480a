"""The search box of Gmail: operators, words, "phrases", (groups), {any of these}, OR, and - for the contrary.

Words are matched whole and in any case, as Gmail does. An operator that is not known is taken as words.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from email import message_from_bytes
from typing import NamedTuple
from zoneinfo import ZoneInfo

from local_workspace.errors import bad_request
from local_workspace.gmail import mime
from local_workspace.gmail.stored import Stored

_TOKEN = re.compile(r'(-?)(?:([A-Za-z0-9_]+):)?("[^"]*"?|[(){}]|[^\s(){}"]+)')
_ENDS = {"(": ")", "{": "}"}
_FIELDS: dict[str, tuple[str, ...]] = {name: (name,) for name in ("from", "cc", "bcc", "subject")}
_FIELDS |= {"to": ("to", "cc", "bcc"), "deliveredto": ("delivered-to",), "list": ("list-id",)}
_SINCE, _UNTIL = ("after", "newer", "newer_than"), ("before", "older", "older_than")
_DAYS = {"d": 1, "m": 30, "y": 365}


class Condition(NamedTuple):
    """What a message has to meet; `column`: by which column, or "label", and its value an index finds it."""

    holds: Callable[[Stored], bool]
    column: Mapping[str, str] = {}


def labelled(label: str) -> Condition:
    """Return the condition that a message has the label of that id."""
    return Condition(lambda mail: label in mail.labels, {"label": label})


def parse(query: str, labels: Mapping[str, str], now: datetime) -> list[Condition]:
    """Return what a search text wants, all of it to be met. `labels`: ids by name; ages count from `now`."""
    try:
        return _Parser(query, labels, now).items()
    except ValueError:
        raise bad_request(f"Invalid date or size in q: {query}", "invalidArgument") from None


class _Parser:
    def __init__(self, query: str, labels: Mapping[str, str], now: datetime) -> None:
        self.tokens = _TOKEN.findall(query)[::-1]
        self.labels = labels
        self.now = now

    def items(self, end: str = "", field: str = "") -> list[Condition]:
        """The conditions up to `end`; OR and {} join neighbours, `field` is that of words without one."""
        found: list[Condition] = []
        joined = False
        while self.tokens:
            negated, name, text = self.tokens.pop()
            if text == end:
                break
            if (name, text) == ("", "OR"):
                joined = True
                continue
            item = self.item(name.lower() or field, text)
            item = _not(item) if negated else item
            found.append(_either(found.pop(), item) if found and (joined or end == "}") else item)
            joined = False
        return found

    def item(self, field: str, text: str) -> Condition:
        """One condition: a group, or an operator ("" for words) with its value."""
        if text in _ENDS:
            group = self.items(_ENDS[text], field)
            return Condition(lambda mail: all(one.holds(mail) for one in group))
        value = text.strip('"')
        low = value.lower()
        if (field, low) in {("in", "anywhere"), ("is", "read")}:
            return Condition(lambda mail: low == "anywhere" or "UNREAD" not in mail.labels)
        if field in ("in", "label", "is", "category"):
            return labelled(self.labels.get(f"category_{low}" if field == "category" else low, ""))
        if field == "rfc822msgid":
            message_id = f"<{value.strip('<>')}>"
            return Condition(lambda mail: mail.message_id == message_id, {"message_id": message_id})
        if field in _FIELDS:
            return Condition(lambda mail: _has_words(_fields(mail, *_FIELDS[field]), value))
        if field == "filename" or (field, low) == ("has", "attachment"):
            part = low if field == "filename" else ""
            return Condition(lambda mail: any(part in name.lower() for name in _file_names(mail)))
        if field in ("larger", "smaller", "size"):
            unit = 1024**2 if "m" in low else 1024 if "k" in low else 1
            size = unit * int(re.sub("[kmb]*$", "", low))
            return Condition(lambda mail: (len(mail.raw) < size) is (field == "smaller"))
        if field in _SINCE + _UNTIL:
            instant = 1000 * _instant(low, self.now)
            return Condition(lambda mail: (mail.internal_date >= instant) is (field in _SINCE))
        return Condition(lambda mail: _has_words(_text(mail), f"{field} {value}"))


def _either(one: Condition, other: Condition) -> Condition:
    return Condition(lambda mail: one.holds(mail) or other.holds(mail))


def _not(condition: Condition) -> Condition:
    return Condition(lambda mail: not condition.holds(mail))


def _fields(mail: Stored, *names: str) -> str:
    return "\n".join(one["value"] for one in mime.fields(mail.raw, *names))


def _file_names(mail: Stored) -> list[str]:
    return [mime.file_name(part) for part in mime.files(message_from_bytes(mail.raw)).values()]


def _text(mail: Stored) -> str:
    """Everything that bare words are looked for in."""
    seen = mime.words(message_from_bytes(mail.raw))
    return "\n".join([_fields(mail, "from", "to", "cc", "subject"), seen, *_file_names(mail)])


def _has_words(text: str, wanted: str) -> bool:
    """Say whether the words of `wanted` stand in `text`, one after the other."""
    there, words = (" ".join(["", *re.findall(r"\w+", one.lower()), ""]) for one in (text, wanted))
    return words in there


def _instant(text: str, now: datetime) -> float:
    """Seconds since 1970: as written, an age before now, or midnight on the Pacific coast as in Google."""
    if re.fullmatch(r"\d{1,4}[dmy]", text):
        return now.timestamp() - 86_400 * int(text[:-1]) * _DAYS[text[-1]]
    if text.isdecimal() and len(text) > 8:
        return float(text)
    year, month, day = map(int, re.split("[/.-]", text))
    return datetime(year, month, day, tzinfo=ZoneInfo("America/Los_Angeles")).timestamp()
