"""The same community, and whatever may go wrong: faults, deaths, hands on drafts, a sheet that is wiped."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.engine.disturbed import BOUNDARIES, FAULTS, METHODS
from tests.engine.organizing import Organizing

OFTEN = ["gmail.users.drafts.create", "gmail.users.drafts.send", "calendar.events.update"]
# What a DisturbedMonth can announce: the method's name and its arguments.
TROUBLES = st.one_of(
    st.tuples(
        st.just("fail"),
        st.sampled_from(FAULTS),
        st.sampled_from(["*", "*", *OFTEN, *OFTEN, *METHODS]),
        st.sampled_from([1, 1, 2, 3, 5]),
        st.sampled_from([1, 1, 2, 4, 6]),
    ),
    st.tuples(st.just("die_within"), st.integers(1, 25)),
    st.tuples(st.just("die_next"), st.sampled_from(BOUNDARIES)),
    st.tuples(st.just("take_drafts"), st.sampled_from(["discard", "discard", "send"]), st.integers(0, 6)),
)


class Troubled(Organizing):
    """What is announced here happens in the next tick that gives the occasion."""

    @rule(trouble=TROUBLES)
    def is_in_for(self, trouble: tuple[Any, ...]) -> None:
        what, *how = trouble
        getattr(self.month, what)(*how)

    @rule(minutes=st.sampled_from([0, 5, 30, 24 * 60]))
    def is_wiped_and_restored(self, minutes: int) -> None:
        self.watched.be_wiped(minutes)
