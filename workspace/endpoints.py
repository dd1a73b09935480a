"""Where the outside services are: Google's and Discord's own addresses unless configured otherwise."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from credentials.loopback import is_loopback


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
