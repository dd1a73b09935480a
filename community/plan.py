"""A plan: every effect wanted at one instant, and what becomes of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from community.effects import Effect
from community.ledger import Sighting


def spelled(code: str) -> str:
    """The one spelling by which release codes are compared: single spaces, lower case, no dashes."""
    return " ".join(code.replace("-", " ").split()).casefold()


class State(StrEnum):
    """What becomes of an effect now, in the organizer's words."""

    READY = "goes now"
    WAITING = "planned"
    SETTLING = "waiting for your changes to settle"
    STOPPED = "stopped, waiting for you"
    FULL = "waiting for tomorrow's mail allowance"
    SHOWN = "shown only"
    PAUSED = "paused"
    TOO_LATE = "too late"


@dataclass(frozen=True, slots=True)
class Planned:
    """One effect and its state. until: when it will be looked at again; code: what releases it."""

    effect: Effect
    state: State
    until: datetime | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """A set of effects that a rule of the gate has stopped.

    code stands for exactly this set. why: a sentence for the organizer. counts: by kind of effect. people:
    how many would hear of it.
    """

    rule: str
    subject: str
    code: str
    why: str
    counts: Mapping[str, int]
    pairs: tuple[tuple[str, str], ...]
    people: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """All effects wanted at `now`.

    holds: what is stopped. released: holds whose code was given. sightings: what to watch from now on.
    troubles: what could not be done this time, a sentence each.
    stop: why nothing at all may happen, empty when it may. first_live: this is the first tick in mode live.
    """

    now: datetime
    items: tuple[Planned, ...] = ()
    holds: tuple[Hold, ...] = ()
    released: tuple[Hold, ...] = ()
    sightings: Mapping[str, Sighting] = field(default_factory=dict)
    stop: str = ""
    first_live: bool = False
    troubles: tuple[str, ...] = ()

    def ready(self) -> tuple[Effect, ...]:
        """The effects that leave now, most urgent first."""
        ready = [item.effect for item in self.items if item.state is State.READY]
        return tuple(sorted(ready, key=lambda effect: (effect.urgency, effect.due, effect.key)))

    def next_due(self) -> datetime | None:
        """When something will be due or settled next, None when nothing is in view."""
        later = [item.until for item in self.items if item.until and item.until > self.now]
        return min(later, default=None)
