"""Finds the member whom a cell of Roasts names, by name or by address."""

from __future__ import annotations

from collections.abc import Iterable

from sheets_schema.addresses import read_address
from sheets_schema.cells import Unreadable, one_line
from sheets_schema.choices import Status
from sheets_schema.problems import Problem
from sheets_schema.roasts import BACKUP, HOST, TAB
from sheets_schema.rows import MemberRow, RoastRow


class Directory:
    """The members by name and by address; those who have left are found by address only."""

    def __init__(self, members: Iterable[MemberRow]) -> None:
        self._by_address: dict[str, MemberRow] = {}
        self._by_name: dict[str, list[MemberRow]] = {}
        self._by_word: dict[str, list[MemberRow]] = {}
        for member in members:
            self._by_address[member.email] = member
            if member.status is Status.LEFT:
                continue
            name = one_line(member.name).casefold()
            self._by_name.setdefault(name, []).append(member)
            for word in set(name.split()):
                self._by_word.setdefault(word, []).append(member)

    def named(self, typed: str) -> tuple[MemberRow, ...]:
        """Every member whom the text may mean: by address, by whole name, or else by words of the name."""
        if "@" in typed:
            try:
                member = self._by_address.get(read_address(typed))
            except Unreadable:
                member = None
            return (member,) if member else ()
        name = one_line(typed).casefold()
        if whole := self._by_name.get(name):
            return tuple(whole)
        words = name.split()
        first = self._by_word.get(words[0], []) if words else []
        return tuple(member for member in first if set(words) <= set(member.name.casefold().split()))


def problems_of(roasts: Iterable[RoastRow], members: Iterable[MemberRow]) -> list[Problem]:
    """The hosts and backups who cannot be told: a name that fits nobody or two, an unreadable address."""
    directory = Directory(members)
    found = []
    for roast in roasts:
        for column, typed in ((HOST, roast.host), (BACKUP, roast.backup)):
            what = _doubt(directory, typed) if typed else None
            if what:
                skipped = (
                    "Nobody is written to as this month's host." if column is HOST else "There is no backup."
                )
                found.append(Problem(TAB.title, roast.row, column.header, typed[:80], what, skipped))
    return found


def _doubt(directory: Directory, typed: str) -> str | None:
    """Why a text does not name one person, None when it does; an address need not be a member's."""
    if "@" in typed:
        try:
            read_address(typed)
        except Unreadable as error:
            return error.what
        return None
    fitting = directory.named(typed)
    if not fitting:
        return f"Nobody in Members is called {typed[:80]}: write the name as it stands there, or an address."
    if len(fitting) > 1:
        rows = " and ".join(str(member.row) for member in fitting[:5])
        return f"{typed[:80]} may be any of rows {rows} of Members: write the address instead."
    return None
