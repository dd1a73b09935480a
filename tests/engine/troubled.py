"""The same community, and whatever may go wrong: faults, deaths, hands on drafts, a sheet that is wiped."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.engine.disturbed import BOUNDARIES, FAULTS, METHODS
from tests.engine.organizing import Organizing


class Troubled(Organizing):
    """What is announced here happens in the next tick that gives the occasion."""

    @rule(
        fault=st.sampled_from(FAULTS),
        method=st.sampled_from(METHODS),
        call=st.sampled_from([1, 1, 1, 2, 3, 5]),
        times=st.sampled_from([1, 1, 2, 4, 6]),
    )
    def a_fault_comes(self, fault: str, method: str, call: int, times: int) -> None:
        self.month.fail(fault, method, call, times)

    @rule(points=st.integers(1, 80))
    def dies_somewhere(self, points: int) -> None:
        self.month.die_within(points)

    @rule(boundary=st.sampled_from(BOUNDARIES))
    def dies_at(self, boundary: str) -> None:
        self.month.die_next(boundary)

    @rule(deed=st.sampled_from(["discard", "discard", "send"]), points=st.integers(0, 6))
    def drafts_are_taken(self, deed: str, points: int) -> None:
        self.month.take_drafts(deed, points)

    @rule(minutes=st.sampled_from([0, 5, 30, 24 * 60]))
    def sheet_is_wiped_and_restored(self, minutes: int) -> None:
        self.watched.be_wiped(minutes)
