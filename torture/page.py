"""docs/reliability.md: what is promised under which assumptions, and what the campaigns counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from torture.campaign import Campaign, Outcome, broken
from torture.outcomes import ROOT, Line

PAGE = ROOT / "docs" / "reliability.md"
_NAMED = 10  # failed cells, and broken promises, named in full


@dataclass(frozen=True, slots=True)
class Section:
    """A campaign, the names of all of its cells, and the lines of those that have ended."""

    campaign: Campaign
    cells: Sequence[str]
    lines: Mapping[str, Line]

    @property
    def outcomes(self) -> dict[str, Outcome]:
        """What was seen, by cell, in the campaign's order; cells that failed saw nothing."""
        ended = ((cell, self.lines[cell].outcome) for cell in self.cells if cell in self.lines)
        return {cell: outcome for cell, outcome in ended if outcome is not None}

    @property
    def errors(self) -> list[str]:
        """The cells that failed themselves."""
        return [cell for cell in self.cells if cell in self.lines and self.lines[cell].error]


_INTRODUCTION = """\
# How reliable it is

This page is written by `make torture`. It plays months of a sample community against the local workspace,
breaks them in the ways described below, and counts what everybody found in their mailboxes and calendars.
"""

_PROMISES = (
    (
        "Each mail is sent once, whatever dies in between.",
        "Nobody takes the service's drafts in Gmail. Gmail sends a draft once, and it is gone when it "
        "has left. A request that was not answered has had its effect, or never will, after 60 "
        "seconds. One ledger runs on one machine: of two with copies of it the later one stops, but both "
        "may send in the same moment, which is noticed at their next look.",
    ),
    (
        "With a human's hand on our drafts: no mail twice, and one that was lost is shown.",
        "The same of Gmail. Until the service sends a draft it is addressed to nobody, so that nobody "
        "sends it by mistake; somebody who types a recipient into a draft whose creation was never "
        "answered, and sends it, is not seen.",
    ),
    (
        "Each invitation goes out once.",
        "Calendar refuses a second event under an id that was used, and writes to a guest about what "
        "changed, not about what stayed.",
    ),
    (
        "An approved member and a coming month get one row.",
        "An append that was not answered shows in a read a minute later.",
    ),
    (
        "What was done is not forgotten.",
        "The disk keeps what SQLite has synced. A ledger that was lost, or put back from a copy, is "
        "noticed by the tab Log, and everything stops; so it does while Log is missing or empty. A ledger "
        "and Log that are both put back from older copies, at once, are not noticed.",
    ),
)

_WORDS = """\
*Lost* is what a month without a fault brings and this one did not. An *orphan* is a draft of ours that is
left when everything is at rest. *Unconfirmed* is a mail that Gmail never confirmed and whose draft is gone,
so it must have left; each one is looked up in the mailbox of the person it is for.
"""


def render(sections: Sequence[Section], missing: Sequence[str], seed: int) -> str:
    """The page as markdown. sections: of the campaigns that have outcomes; missing: names of the others."""
    dates = sorted(line.at for section in sections for line in section.lines.values())
    when = f"Counted on {dates[-1][:10]} with seed {seed}." if dates else "Nothing has been counted yet."
    if missing:
        when += f"\n\n**Not run with these sources: {', '.join(missing)}.**"
    parts = [_INTRODUCTION, when, _promises(), _WORDS, *map(_section, sections)]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _promises() -> str:
    rows = [f"| {promise} | {assumption} |" for promise, assumption in _PROMISES]
    return "\n".join(["## What is promised", "", "| promise | while |", "|--|--|", *rows])


def _section(section: Section) -> str:
    lines = [f"## {section.campaign.title}", ""]
    seen, wanted = len(section.outcomes), len(section.cells)
    if seen < wanted:
        lines += [f"**Not run in full: {seen:,} of {wanted:,} cells are in this section.**", ""]
    failed = [f"`{cell}`" for cell in section.errors]
    if failed:
        lines += [f"**{len(failed):,} CELLS ENDED IN AN ERROR: {_first(failed, ', ')}.**", ""]
    wrong = broken(section.outcomes)
    if wrong:
        lines += [f"**{len(wrong):,} PROMISES BROKEN: {_first(wrong, '; ')}.**", ""]
    if section.outcomes:
        lines += [section.campaign.report(section.outcomes).strip("\n"), ""]
    lines += [f"Again: `python -m torture {section.campaign.name}`; {_time(section)}."]
    return "\n".join(lines)


def _first(named: Sequence[str], between: str) -> str:
    """The first of some, and how many more there are."""
    more = f" and {len(named) - _NAMED:,} more" if len(named) > _NAMED else ""
    return between.join(named[:_NAMED]) + more


def _time(section: Section) -> str:
    seconds = sum(line.seconds for line in section.lines.values())
    return f"these {len(section.lines):,} cells took {seconds / 60:.0f} minutes, one after the other"
