"""Where the outside services are: Google's and Discord's own addresses unless configured otherwise."""

from __future__ import annotations

import ipaddress
from dataclasses import astuple, dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Base URLs, without the API's own path and without a slash at the end."""

    sheets: str = "https://sheets.googleapis.com"
    drive: str = "https://www.googleapis.com"
    calendar: str = "https://www.googleapis.com"
    gmail: str = "https://gmail.googleapis.com"
    discord: str = "https://discord.com"

    @property
    def all_loopback(self) -> bool:
        """Whether every one of them is on this machine, so that nobody outside can be reached."""
        return all(is_loopback(url) for url in astuple(self))


def is_loopback(url: str) -> bool:
    """Whether a URL's host is this machine: localhost, 127.0.0.0/8 or ::1."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
