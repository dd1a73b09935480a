"""The first day of the reference month, played once for all tests of one process."""

from __future__ import annotations

import pytest

from torture.reference import Reference, reference
from torture.script import STEPS

FIRST_DAY = STEPS[:7]


@pytest.fixture(scope="session")
def day(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """Going live, the first events and invitations, an approval, a decline, a host and the first agenda."""
    return reference(tmp_path_factory.mktemp("reference"), FIRST_DAY)
