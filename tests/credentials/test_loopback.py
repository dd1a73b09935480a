from __future__ import annotations

import pytest

from credentials.loopback import is_loopback


@pytest.mark.parametrize("url", ["http://127.0.0.1:8765/x", "https://localhost", "http://[::1]:1"])
def test_this_machine(url: str) -> None:
    assert is_loopback(url)


@pytest.mark.parametrize(
    "url", ["", "https://oauth2.googleapis.com/token", "http://127.0.0.1.example.org", "127.0.0.1:80"]
)
def test_another_machine(url: str) -> None:
    assert not is_loopback(url)
