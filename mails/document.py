"""What a mail says, as values: both parts of a mail, text and HTML, are drawn from the same nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text; a text of one line end is a break. href is https or mailto."""

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of what follows."""

    shape: ClassVar[str] = "heading"
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; quiet text is smaller and paler."""

    shape: ClassVar[str] = "paragraph"
    spans: tuple[Span, ...]
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `first` is the number of its first item, None for bullets."""

    shape: ClassVar[str] = "items"
    rows: tuple[tuple[Node, ...], ...]
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, indented."""

    shape: ClassVar[str] = "quote"
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""

    shape: ClassVar[str] = "rule"


@dataclass(frozen=True, slots=True)
class Button:
    """The one thing to press; its address is shown too. href is https."""

    shape: ClassVar[str] = "button"
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class TimetableRow:
    """One line of a timetable: clock time, what, details such as who and how long, and a note below."""

    clock: str
    what: str
    details: str
    note: str


@dataclass(frozen=True, slots=True)
class Timetable:
    """What happens when; the caption names the clock."""

    shape: ClassVar[str] = "timetable"
    caption: str
    rows: tuple[TimetableRow, ...]


Node: TypeAlias = Heading | Paragraph | Items | Quote | Rule | Button | Timetable


@dataclass(frozen=True, slots=True)
class Page:
    """A whole mail: what an inbox shows beside the subject, who writes, what it says, the small print."""

    preheader: str
    community: str
    body: tuple[Node, ...]
    footer: tuple[Node, ...]
