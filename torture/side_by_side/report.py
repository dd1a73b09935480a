"""The section of docs/reliability.md: what was counted of each program, and where the others do better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from torture.campaign import Outcome
from torture.side_by_side.plans import PLANS
from torture.side_by_side.programs import HERE, OURS, PROGRAMS, ROOT, Program

_SHOWN = {
    "mails twice": "mails twice",
    "invited twice": "invitations twice",
    "second events": "second events",
    "lost": "lost",
    "unwanted": "unwanted",
    "written over": "cells written over",
    "answers lost": "answers wiped",
    "exposed": "addresses shown",
}
"""What outcomes list, and what the table calls it."""
_AROUND = {"benchmarks", "conformance", "local_workspace", "tests", "torture"}

_BEGIN = """\
The reference month, played for four programs. cron starts each of them every hour, whatever became of it the
hour before. What goes wrong goes wrong once in every run, unless the table says otherwise, at a place that
the seed draws; a kill is a SIGKILL, and the last runs are left in peace.

- **Third Thursday** is `main.py run`, as it is.
- **(a) quickstart** is the way of Google's Python quickstarts: `events.insert` per meeting, `messages.send`
  in a loop, `num_retries=3`, gspread's `get_all_records`. It looks for the meeting in Calendar before it
  makes one, and marks each row as soon as its mail has left.
- **(b) gcsa, simplegmail** uses these libraries and gspread as their documentation shows. It looks for the
  meeting in Calendar, and keeps a tab with a row per mail that left.
- **(c) mail merge** is the algorithm of Google's sheet samples, in Python: a mail for each row whose cell in
  the merge's column is blank, the whole column written back at the end, errors noted in it.

Each cell counts, over the months of its row: mails, invitations and events of a meeting that came twice;
mails and invitations that were owed and never came (lost); mails to people who had left or were never let in
(unwanted); cells that no longer hold what the organizer typed; answers to invitations that no longer stand;
mails that show addresses of others. A dash means none of these.
"""
_END = """\
Where the others do better:

- Where their cell is a dash, they do what the service does. (b) finds its rows wherever they have moved.
- (a), (b) and (c) are a small part of the code, and keep nothing outside of the sheet and Calendar: there is
  no ledger to take along, and none to lose.
- In the hours in which something happens they make fewer requests. The service looks twice before it writes
  to people, and keeps Today, Log and its other tabs.
- They do at once what was typed, in the next hour at the latest; the service waits ten minutes first, so that
  under cron it acts an hour later.
- (c) has the column that says who got what before the organizer's eyes, and obeys what is typed there.
  Whoever starts it by hand, as the samples mean it, sees it die and can mend the column before starting it
  again.

Found and mended on the way (tests/automations/test_alerts.py): with the process killed in every run, the
set that the first live tick stops had changed by the time its code was typed; the organizer was not
mailed the new code, typed the old one for a week, and November's meeting never came. A code that has
changed since its mail is mailed again now, once a day.
"""


def report(outcomes: Mapping[str, Outcome]) -> str:
    """The table as markdown, from the cells that have ended, and what is to be said for the others."""
    lines = [
        "| what goes wrong | months | " + " | ".join(program.title for program in PROGRAMS) + " |",
        "|--" * (len(PROGRAMS) + 2) + "|",
    ]
    for plan in PLANS:
        found = [_of(outcomes, program, plan.name) for program in PROGRAMS]
        if any(found):
            lines.append(_line(plan.what, str(max(map(len, found))), [_sums(one) for one in found]))
    quiet = [_of(outcomes, program, "none") for program in PROGRAMS]
    everything = [_of(outcomes, program, "") for program in PROGRAMS]
    lines += [
        _line("requests while there is something to do, a month without a fault", "", _first(quiet, "busy")),
        _line("requests of an hour in which there is nothing to do", "", _first(quiet, "idle")),
        _line("runs, in all months", "", [_total(one, "runs") for one in everything]),
        _line("of them killed", "", [_total(one, "killed") for one in everything]),
        _line("of them ended in an error", "", [_total(one, "crashed") for one in everything]),
        _line("lines of Python", "", [f"{_lines(program):,}" for program in PROGRAMS]),
    ]
    return "\n".join([_BEGIN, *lines, "", _END])


def _line(what: str, months: str, cells: Sequence[str]) -> str:
    return f"| {what} | {months} | {' | '.join(cells)} |"


def _of(outcomes: Mapping[str, Outcome], program: Program, plan: str) -> list[Outcome]:
    """The outcomes of a program under a plan, under all plans for ""."""
    begin = f"{program.file}: {plan}: " if plan else f"{program.file}: "
    return [outcome for cell, outcome in outcomes.items() if cell.startswith(begin)]


def _sums(found: Sequence[Outcome]) -> str:
    if not found:
        return "not run"
    sums = {name: sum(len(outcome[kind]) for outcome in found) for kind, name in _SHOWN.items()}
    return ", ".join(f"{count:,} {name}" for name, count in sums.items() if count) or "–"


def _total(found: Sequence[Outcome], number: str) -> str:
    return f"{sum(outcome[number] for outcome in found):,}" if found else "not run"


def _first(found: Sequence[Sequence[Outcome]], number: str) -> list[str]:
    return [str(outcomes[0][number]) if outcomes else "not run" for outcomes in found]


def _lines(program: Program) -> int:
    """The lines that are not empty: of its one file, or of all of the service's packages."""
    files = [HERE / f"{program.file}.py"]
    if program.title == OURS:
        packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - _AROUND
        files = [ROOT / "main.py", *(path for name in packages for path in (ROOT / name).rglob("*.py"))]
    return sum(bool(line.strip()) for path in files for line in path.read_text("utf-8").splitlines())
