"""Lives through the demo's weeks: jumps from due time to due time, ticks as `run` does, and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from commands.connect import Connection
from commands.demo_hand import Hand
from commands.demo_story import Scene, Step
from commands.demo_words import sayings
from engine.tick import Tick
from sheets_schema.problems import Problem

SERVICE = "service"
_SECOND = timedelta(seconds=1)
_FEW = 2  # problems told one by one

# at, who, what, and its tone: did, stopped or quiet
Tell = Callable[[datetime, str, str, str], None]


class Clock:
    """The demo's clock: it stands still, and the local workspace's clock follows it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """What time it is, aware."""
        return self.now


@dataclass(slots=True)
class Found:
    """A problem as it was first seen, and when it was seen to be gone; None while it is there."""

    problem: Problem
    gone: datetime | None = None


@dataclass(slots=True)
class Count:
    """What the weeks came to.

    asked: requests by API over the first runs. writes: every write of any run. repeated: what a second run
    at the same instant did although nothing had changed. idle: the requests of the last tick.
    """

    ticks: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    writes: list[dict[str, Any]] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)


class DemoMonth:
    """One community's weeks. tell: is given everything that happens, as it happens."""

    def __init__(self, connection: Connection, hand: Hand, clock: Clock, tell: Tell) -> None:
        self.count = Count()
        self._connection = connection
        self._hand = hand
        self._clock = clock
        self._tell = tell
        self._codes: set[str] = set()
        self._said: list[tuple[str, str]] = []  # since somebody last did something
        self._found: dict[tuple[str, ...], Found] = {}

    @property
    def problems(self) -> list[Found]:
        """Everything that was ever wrong in the sheet, in the order of being found."""
        return list(self._found.values())

    def live_through(self, steps: Iterable[Step], end: datetime) -> None:
        """Tick now, at every due time and after every step, up to and including `end`."""
        tick = self._tick()
        for step in steps:
            tick = self._wait_until(step.at, tick)
            self._go_to(step.at)
            step.act(Scene(self._hand, tick))
            self._tell(step.at, step.who, step.text, "did")
            self._said = []
            tick = self._tick()
        self._wait_until(end, tick)
        self._said = []
        self._go_to(end)
        self._tick()

    def tick_once_more(self) -> bool:
        """A last tick with nothing to do; whether it did nothing. Its requests are in `count.idle`."""
        tick, asked = self._run()
        self.count.idle = [str(entry["api_method"]) for entry in asked]
        return not tick.done and not tick.troubles

    def _wait_until(self, end: datetime, tick: Tick) -> Tick:
        while tick.next_due is not None and tick.next_due < end:
            self._go_to(max(tick.next_due, self._clock.now + _SECOND))
            tick = self._tick()
        return tick

    def _go_to(self, when: datetime) -> None:
        self._clock.now = when
        self._hand.set_clock(when)

    def _tick(self) -> Tick:
        tick, asked = self._run()
        self.count.ticks += 1
        self.count.asked.update(_api(entry) for entry in asked)
        said = list(sayings(tick, self._codes)) or [("has nothing to do", "quiet")]
        fresh = said if said != self._said else []
        for text, tone in (*self._about_problems(tick), *fresh):
            self._tell(self._clock.now, SERVICE, text, tone)
        self._said = said
        self._codes.update(hold.code for hold in tick.plan.holds)
        again, _ = self._run()
        self.count.repeated += [f"{entry.kind} for {entry.who}" for entry in again.done]
        return tick

    def _run(self) -> tuple[Tick, list[dict[str, Any]]]:
        """What `run` does, and what it asked of the APIs."""
        self._hand.take_requests()
        tick = self._connection.tick()
        asked = self._hand.take_requests()
        self.count.writes += [entry for entry in asked if entry["method"] != "GET"]
        return tick, asked

    def _about_problems(self, tick: Tick) -> list[tuple[str, str]]:
        """Tell what is newly wrong in the sheet, and remember when it was mended."""
        now = {_identity(problem): problem for problem in self._connection.problems(tick.community)}
        new = [key for key in now if key not in self._found]
        for key in new:
            self._found[key] = Found(now[key])
        for key, found in self._found.items():
            if key not in now and found.gone is None:
                found.gone = self._clock.now
        if len(new) > _FEW:
            return [(f"finds {len(new)} problems in the sheet; they are listed at the end", "stopped")]
        return [(f"finds a problem: {now[key].what}", "stopped") for key in new]


def _identity(problem: Problem) -> tuple[str, ...]:
    """A problem whatever row it has been sorted to."""
    return problem.tab, problem.column or "", problem.value or problem.what


def _api(entry: dict[str, Any]) -> str:
    name = str(entry["api_method"])
    if "/" in name:  # not one of Google's methods
        return "Sign-in" if name.endswith("/token") else "Discord"
    return name.partition(".")[0].capitalize()
