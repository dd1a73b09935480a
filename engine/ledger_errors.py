"""What is wrong with a ledger's file, in a sentence with the way out."""

from __future__ import annotations

from pathlib import Path

_WAYS_OUT = (
    ("locked", "Another program has it open: close that one."),
    ("readonly", "Let the user that runs this program write the file and its folder."),
    ("permission", "Let the user that runs this program write the file and its folder."),
    ("read-only", "Let the user that runs this program write the file and its folder."),
    ("unable to open", "Let the user that runs this program write the file and its folder."),
    ("full", "Free some space on that disk."),
    ("no space", "Free some space on that disk."),
)
_DAMAGED = (
    "If it is damaged, put back a copy: those of the last days lie beside it. docs/operating.md says how."
)


class LedgerError(Exception):
    """The ledger cannot be used; the message says why and what to do."""


class LedgerInUseError(LedgerError):
    """Another process holds the ledger."""


def unusable(path: Path, error: BaseException) -> LedgerError:
    """The error to raise for what SQLite or the machine said about the file.

    Whoever raises it has sent nothing that the ledger does not know: each phase is written first.
    """
    said = cause(error)
    way_out = next((way for word, way in _WAYS_OUT if word in said.casefold()), _DAMAGED)
    return LedgerError(
        f"The ledger {path.name} cannot be read or written ({said}). {way_out} Nothing goes out until then."
    )


def cause(error: BaseException) -> str:
    """SQLite's or the machine's own words for an error, without the statement."""
    return str(getattr(error, "orig", None) or getattr(error, "strerror", None) or error)
