from __future__ import annotations

import pytest

from tests.workspace.loopback import everywhere
from workspace.endpoints import Endpoints


def test_endpoints_are_googles_unless_told_otherwise() -> None:
    assert Endpoints() == Endpoints(
        sheets="https://sheets.googleapis.com",
        drive="https://www.googleapis.com",
        calendar="https://www.googleapis.com",
        gmail="https://gmail.googleapis.com",
        discord="https://discord.com",
    )
    assert not Endpoints().all_loopback


@pytest.mark.parametrize("base", ["http://127.0.0.1:8765", "http://localhost:1", "http://[::1]:1"])
def test_endpoints_on_this_machine(base: str) -> None:
    assert everywhere(base).all_loopback


@pytest.mark.parametrize("base", ["", "http://127.0.0.1.example.org", "http://10.0.0.1", "127.0.0.1:80"])
def test_endpoints_elsewhere(base: str) -> None:
    assert not everywhere(base).all_loopback


def test_one_endpoint_elsewhere_is_enough() -> None:
    here = everywhere("http://127.0.0.1:1")

    mixed = Endpoints(here.sheets, here.drive, here.calendar, here.gmail, "https://discord.com")

    assert not mixed.all_loopback
