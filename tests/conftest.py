"""Fixtures for every test: a community on a local workspace of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.month import Month


@pytest.fixture
def month(tmp_path: Path) -> Iterator[Month]:
    """An empty community in mode show only, on Thursday 12 November 2026, 09:00 in Berlin."""
    with Month(tmp_path) as community:
        yield community
