"""Whatever people, the clock and the network do: nothing goes twice, and nothing to whom it must not."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.engine.troubled import Troubled

TestTroubled = Troubled.TestCase
TestTroubled.settings = settings(
    deadline=None,
    max_examples=5,
    stateful_step_count=10,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
