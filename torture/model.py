"""Walks: whatever people, the clock and the network do to one community, drawn by Hypothesis step by step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from tests.engine.troubled import TROUBLES, Troubled
from torture.campaign import Campaign, Outcome
from torture.tables import table

_CELLS = 24
_SCRIPTS = 8  # in each cell; Hypothesis begins each with the simplest one there is, in which nothing happens
_STEPS = 20  # in each script

_PROMISES = (
    "After every tick: no mail and no invitation twice; none to people who left, paused or opted out; none"
    " about a meeting that is cancelled; no other start in a mail than in Calendar; no guest's answer"
    " changed; nothing that the gate stops without its code; and, with nothing in the way, nothing left to"
    " do, and everyone owed a mail has it from the first tick on in which it was due and all it tells had"
    " settled, or Log shows why not. At the end of every script, live and at rest: events and guests as"
    " typed, requests answered, and nobody believes in a meeting that is not so."
)
_FOUND = (
    "Found and mended while it was written down what a walk should compare (tests/engine/test_send_mail.py):"
    " a welcome whose draft waited while its meeting was moved told the new start, but the ledger kept the"
    " old one, so that a correction followed which nobody needed. Found by a walk (tests/engine/"
    "test_rehearsal.py): back in mode only to me, guests still heard of a move in Calendar. All other walks"
    " that stopped did so at mistakes of their own model: it had expected mails that were overdue at going"
    " live, neither work nor a mail once a new event's Meet link had come, and that a tick which could read"
    " nothing had seen what was typed."
)


class Walk(Troubled):
    """A script in which something goes wrong after every other step, and the service may look after each.

    Hypothesis leaves a part of the rules out of each script, so that the others meet more often.
    """

    seen: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.pace = 0
        self.steps = -1  # the invariant runs once before the first step
        self.in_store: list[tuple[Any, ...]] = []

    @initialize(
        minutes=st.sampled_from([0, 10, 10, 60, 60 * 24]),
        in_store=st.lists(TROUBLES, max_size=_STEPS // 2),
    )
    def goes_on(self, minutes: int, in_store: list[tuple[Any, ...]]) -> None:
        """Say how often the service looks, in minutes (0: when a step says so), and what will go wrong."""
        self.pace, self.in_store = minutes, in_store

    @rule(days=st.integers(1, 12))
    def days_go_by(self, days: int) -> None:
        """Let so many days pass, as a service that never sleeps."""
        self.watched.run_until(self.month.now + timedelta(days=days))

    @rule(minutes=st.sampled_from([2, 10, 10, 60]), times=st.integers(1, 4))
    def service_looks(self, minutes: int, times: int) -> None:
        """Look so many times, so many minutes apart."""
        for _ in range(times):
            self.month.wait(minutes=minutes)
            self.watched.tick()

    @invariant()
    def after_a_step(self) -> None:
        """Announce the next trouble, and look."""
        self.steps += 1
        if self.steps % 2 and self.in_store:
            self.is_in_for(self.in_store.pop())
        if self.pace:
            self.month.wait(minutes=self.pace)
            self.watched.tick()

    def teardown(self) -> None:
        """Come to rest, stop everything, and count what was seen."""
        super().teardown()
        if self.steps > 0:
            watched = self.watched
            counts = {"scripts": 1, "steps": self.steps, "ticks": watched.ticks, "rests": watched.rests}
            owed = {f"owed: {kind}": len(mails) for kind, mails in watched.debts.checked.items()}
            blows = {f"blow: {what}": times for what, times in self.month.blows.items() if times}
            self.seen.update({**counts, "mails": watched.received.looked_at, **owed, **blows})


def cells(number: int) -> list[str]:
    """So many walks of a seed."""
    return [f"walk {walk} of seed {number}" for walk in range(1, _CELLS + 1)]


def run(cell: str, _: Path) -> Outcome:
    """Go one walk; AssertionError, with the smallest script that shows it, when a promise is broken."""
    walk, number = cell.split()[1::3]
    counts: Counter[str] = Counter()
    machine = type("Walk", (Walk,), {"seen": counts})
    chosen = settings(
        max_examples=2,
        stateful_step_count=_STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    for script in range(_SCRIPTS):
        drawn = seed(int(number) * 1_000_000 + int(walk) * 100 + script)(machine)
        run_state_machine_as_test(drawn, settings=chosen)
    return dict(counts)


def report(outcomes: Mapping[str, Outcome]) -> str:
    """The section of the page."""
    counts = sum((Counter(one) for one in outcomes.values()), Counter[str]())
    return "\n".join(
        [
            f"{counts['scripts']:,} scripts of up to {_STEPS} steps: {counts['steps']:,} steps,"
            f" {counts['ticks']:,} ticks, {counts['mails']:,} mails and notices looked at; all compared at"
            f" rest {counts['rests']:,} times.",
            "",
            table(("what happened in the middle of a tick", "times"), _named(counts, "blow: ")),
            "",
            table(("mails that were owed, and looked for when due", "mails"), _named(counts, "owed: ")),
            "",
            _PROMISES,
            "",
            _FOUND,
        ]
    )


def _named(counts: Mapping[str, int], prefix: str) -> list[tuple[str, int]]:
    """The counts whose name begins so, by the rest of it."""
    return sorted((what.removeprefix(prefix), n) for what, n in counts.items() if what.startswith(prefix))


MODEL = Campaign("model", "Any order of anything", cells, run, report)
