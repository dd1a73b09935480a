"""The figures of months that died: at rest and in the end apart, and the parts in which they differed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from torture.campaign import Outcome
from torture.tables import table

# Headings, and the names of what they count.
_COLUMNS = {
    "duplicates": "duplicates",
    "lost": "lost",
    "orphans": "orphans",
    "unfinished": "unfinished",
    "unconfirmed": "unconfirmed",
    "of them not delivered": "undelivered",
    "twice in Log": "in Log twice",
    "codes mailed twice": "codes mailed twice",
    "invites nobody was told of": "invites nobody was told of",
}

_EXPLAINED = """\
*At rest* a mail or a change may be late, and stands in these rows as lost or as differing although it comes;
a month that differs at rest is therefore played to its end and counted there once more. *In the end* are
these months and the sample. Compared are mailboxes, events, drafts, the organizer's tabs (*sheet*), Today,
People and Problems (*reports*; without minutes and Meet links), the keys and results in Log, how often each
Discord code was mailed, and the ledger's keys with their phases and what it watches. An invite that was
made right before a death is made once more, since its code was in the answer; nobody is told of the first,
and it lapses."""


def summary(groups: Mapping[str, Mapping[str, Outcome]]) -> str:
    """The table of some groups of cells, by name, and what differed."""
    seen = [one for cells in groups.values() for one in cells.values()]
    rest, end = _at_rest(seen), _in_the_end(seen)
    again = [one["in the end"] for one in seen if one["at rest"]["differs"]]
    alike = sum(not one["differs"] for one in again)
    return "\n".join(
        [
            table(
                ("", "cells", *_COLUMNS),
                [row for name, cells in groups.items() for row in _rows(name, cells)],
            ),
            "",
            f"Differed at rest: {_parts(rest)}; {alike:,} of these {len(again):,} months ended alike in every"
            f" part. Differed in the end: {_parts(end)}, of {len(end):,} that were played to it.",
            "",
            _EXPLAINED,
        ]
    )


def _rows(name: str, cells: Mapping[str, Outcome]) -> list[tuple[str | int, ...]]:
    seen = list(cells.values())
    groups = {"at rest": _at_rest(seen), "in the end": _in_the_end(seen)}
    return [
        (f"{name}, {when}", len(found), *(sum(map(_number, _all(found, what))) for what in _COLUMNS.values()))
        for when, found in groups.items()
        if found
    ]


def _at_rest(seen: Iterable[Outcome]) -> list[Outcome]:
    return [one["at rest"] for one in seen]


def _in_the_end(seen: Iterable[Outcome]) -> list[Outcome]:
    return [one["in the end"] for one in seen if one["in the end"]]


def _all(found: Iterable[Outcome], what: str) -> list[Any]:
    return [one[what] for one in found]


def _number(counted: int | Sequence[str]) -> int:
    return counted if isinstance(counted, int) else len(counted)


def _parts(found: Iterable[Outcome]) -> str:
    """In how many months each part differed, such as `sheet 12, events 4`."""
    parts = Counter(part for one in found for part in one["differs"])
    return ", ".join(f"{part} {count:,}" for part, count in parts.most_common()) or "nothing"
