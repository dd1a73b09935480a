"""Everything that is wrong, once per cell and in the order of the sheet, and the Problems tab."""

from __future__ import annotations

from collections.abc import Iterable

from automations import access, guests, hosts, meetings
from community.community import Community
from sheets_schema import problem_list
from sheets_schema.cells import Rows
from sheets_schema.problems import Problem
from sheets_schema.sheet import TABS

_PLACES = {tab.title: place for place, tab in enumerate(TABS)}


def all_problems(community: Community) -> tuple[Problem, ...]:
    """Every problem of the sheet and of what its rows mean for people, in the order of tabs and rows."""
    typed = community.sheet.problems
    told = {(problem.tab, problem.row, problem.column) for problem in typed if problem.row is not None}
    meant = (
        *community.problems[len(typed) :],
        *meetings.problems(community),
        *guests.problems(community),
        *access.problems(community),
        *hosts.problems(community),
    )
    # A cell that cannot be read has been reported as such; what follows from it need not be.
    more = (problem for problem in meant if (problem.tab, problem.row, problem.column) not in told)
    return tuple(sorted((*typed, *more), key=lambda problem: (_PLACES[problem.tab], problem.row or 0)))


def sentence(problem: Problem) -> str:
    """What is wrong and what was skipped, as one text."""
    return f"{problem.what} {problem.skipped}".rstrip()


def rows(problems: Iterable[Problem]) -> Rows:
    """The Problems tab, header included."""
    table: Rows = [list(problem_list.TAB.headers)]
    for problem in problems:
        row = "" if problem.row is None else problem.row
        table.append([problem.tab, row, problem.column or "", problem.value, problem.what, problem.skipped])
    return table
