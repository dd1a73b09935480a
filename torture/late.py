"""A month in which what a dead process had handed over arrives all the same, half a minute later."""

from __future__ import annotations

from datetime import datetime, timedelta

import requests

from tests.mortal import MortalMonth

LATE = timedelta(seconds=30)


class LateMonth(MortalMonth):
    """A month that delivers the first request its process died right before, LATE after the death.

    arrived: the status that Google then answered to nobody; None until it has arrived.
    """

    arrived: int | None = None
    _on_its_way: requests.PreparedRequest | None = None
    _arrives: datetime | None = None

    def left_behind(self, request: requests.PreparedRequest) -> None:
        """The first one is on its way."""
        if self._arrives is None:
            self._on_its_way, self._arrives = request, self.now + LATE

    def wait(self, **duration: float) -> None:
        """Let time pass; what is on its way arrives in time, before whatever comes later."""
        end = self.now + timedelta(**duration)
        if self._on_its_way and self._arrives and self._arrives <= end:
            self.go_to(self._arrives)
            with requests.Session() as session:
                self.arrived = session.send(self._on_its_way, timeout=30).status_code
            self._on_its_way = None
        self.go_to(end)
