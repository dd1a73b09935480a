"""What a campaign is: cells that are run one by one, in any order, and a section of the page made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Outcome = dict[str, Any]

WRONG = "wrong"  # the name under which an outcome lists, in sentences, the promises that were broken


@dataclass(frozen=True, slots=True)
class Campaign:
    """One way of breaking things.

    name: the word after `python -m torture`. title: the heading of its section.
    cells: seed -> the names of its cells, unique and stable; a name holds the seed where the seed matters.
    run: a cell's name and an empty folder -> what was seen, as JSON. It runs in another process than `cells`
    did (so all three are functions of a module), and knows nothing but the name. An outcome may list broken
    promises under "wrong": they make the whole run exit with 1.
    report: outcomes by cell, in the order of `cells` -> the section's markdown, without its heading.
    """

    name: str
    title: str
    cells: Callable[[int], Sequence[str]]
    run: Callable[[str, Path], Outcome]
    report: Callable[[Mapping[str, Outcome]], str]


def broken(outcomes: Mapping[str, Outcome]) -> list[str]:
    """What the outcomes list as broken promises, each with its cell."""
    return [f"{cell}: {what}" for cell, outcome in outcomes.items() for what in outcome.get(WRONG, [])]
