"""The names of the points at which a process may die."""

from __future__ import annotations


def request_name(method: str | None, path: str | None) -> str:
    """A request in short, the method and the end of the path: "POST drafts"."""
    return f"{method} {(path or '').partition('?')[0].rpartition('/')[2]}"
