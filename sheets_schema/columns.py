"""What a tab is made of. One declaration of a column parses it, explains it, documents it and builds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from sheets_schema.cells import UNREAD, Kind

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
D = TypeVar("D")

CHECK_HEADER = "Check"
EMPTY = "It counts as empty."


@dataclass(frozen=True, slots=True)
class Column(Generic[T_co]):
    """A column, found by its header wherever it stands.

    explain: the note on the header. required: the cell must be filled. guard: it keeps people from being
    reached by mistake, so that a row in which it cannot be read is left out, and so is the tab when the
    header is gone. headed: only the latter. otherwise: what happens when a cell cannot be read. aliases:
    other headers that mean it. width: pixels. default: the value of an empty cell.
    """

    header: str
    kind: Kind[T_co]
    explain: str
    otherwise: str = EMPTY
    required: bool = False
    guard: bool = False
    headed: bool = False
    aliases: tuple[str, ...] = ()
    width: int = 140
    default: object = None

    @property
    def is_read(self) -> bool:
        """Whether the service reads what stands in it."""
        return self.kind.read is not UNREAD.read

    @property
    def drops_row(self) -> bool:
        """Whether a cell that cannot be read leaves its whole row out."""
        return self.required or self.guard

    @property
    def drops_tab(self) -> bool:
        """Whether a tab without this header is left out."""
        return self.drops_row or self.headed


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab. key: the header of the column by which `Check` finds a row, "" where there is no Check column.

    explain: what it is for. stops: what does not happen when the tab or a needed header is missing.
    organizers: whether the organizer types here; everything else is written by the service. hidden: a
    detail tab.
    """

    title: str
    columns: tuple[Column[object], ...]
    explain: str
    stops: str
    key: str = ""
    organizers: bool = True
    hidden: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers from left to right, as `init` types them."""
        return tuple(column.header for column in self.columns)


def required(
    header: str,
    kind: Kind[T],
    explain: str,
    otherwise: str,
    *,
    aliases: tuple[str, ...] = (),
    width: int = 140,
) -> Column[T]:
    """A column whose cell must be filled and readable, or the row is left out."""
    return Column(header, kind, explain, otherwise, required=True, aliases=aliases, width=width)


def optional(  # noqa: PLR0913 - a declaration reads best as one call with names
    header: str,
    kind: Kind[T],
    default: D,
    explain: str,
    otherwise: str = EMPTY,
    *,
    guard: bool = False,
    headed: bool = False,
    aliases: tuple[str, ...] = (),
    width: int = 140,
) -> Column[T | D]:
    """A column whose cell may be empty, which means `default`."""
    return Column(
        header,
        kind,
        explain,
        otherwise,
        guard=guard,
        headed=headed,
        aliases=aliases,
        width=width,
        default=default,
    )


CHECK: Column[None] = Column(
    CHECK_HEADER,
    UNREAD,
    "What the service has to say about this row. A formula in this cell fills the column: leave it alone.",
    width=260,
)

PRIVATE_NOTES: Column[None] = Column(
    "Private notes", UNREAD, "For you alone: the service neither reads nor sends this.", width=220
)


def written(header: str, explain: str, width: int = 140, kind: Kind[None] = UNREAD) -> Column[None]:
    """A column of a tab that the service writes."""
    return Column(header, kind, explain, width=width)
