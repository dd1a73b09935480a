"""What must be true when the demo is over, looked up outside the service: in mailboxes and request log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from community.ledger import Entry, Phase
from mails.headers import KEY_HEADER, key_header
from sheets_schema.sheet import SERVICE_TABS

Mailboxes = Mapping[str, Sequence[Mapping[str, Any]]]
IDLE = ["sheets.spreadsheets.values.batchGet", "calendar.events.list"]

_APPEND = "sheets.spreadsheets.values.append"
_WRITE = "sheets.spreadsheets.values.batchUpdate"


def mails_by_entry(mailboxes: Mailboxes, entries: Iterable[Entry]) -> Iterator[tuple[str, Entry | None]]:
    """Each mail of the service in a mailbox: whose that is, and the ledger's row, None when it has none."""
    by_header = {key_header(entry.key): entry for entry in entries}
    for address, mails in mailboxes.items():
        for mail in mails:
            if mail["kind"] == "mail":
                yield address, by_header.get(mail["headers"].get(KEY_HEADER, ""))


def mail_faults(mailboxes: Mailboxes, entries: Sequence[Entry], drafts: int) -> Iterator[str]:
    """Mails that came twice, that nobody planned, or that the ledger calls sent and nobody got."""
    got: Counter[str] = Counter()
    same: Counter[tuple[str, str, str]] = Counter()
    for address, entry in mails_by_entry(mailboxes, entries):
        if entry is None:
            yield f"{address} got a mail that the ledger does not know"
        else:
            got[entry.key] += 1
            same[address, entry.kind, entry.meeting or entry.key] += 1
    for (address, kind, meeting), count in same.items():
        if count > 1:
            yield f"{address} got {kind} for {meeting} {count} times"
    for entry in entries:
        if entry.phase is Phase.SENT and got[entry.key] != 1:
            yield f"{entry.kind} to {entry.who} was sent, and came {got[entry.key]} times"
    if drafts:
        yield f"{drafts} drafts were left in Gmail"


def write_faults(writes: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Requests that may have changed a cell of an organizer's tab; rows may be inserted anywhere."""
    for entry in writes:
        method = str(entry["api_method"])
        if not method.startswith("sheets.") or _inserts_rows(entry):
            continue
        tabs = [where.partition("!")[0].strip("'") for where in _ranges(entry)]
        if not tabs or not set(tabs) <= set(SERVICE_TABS):
            yield f"{method} wrote to {', '.join(tabs) or 'the spreadsheet'}"


def _inserts_rows(entry: Mapping[str, Any]) -> bool:
    """Whether a request appends rows that push down what stands below, and write over nothing."""
    return bool(entry["api_method"] == _APPEND and entry["params"].get("insertDataOption") == "INSERT_ROWS")


def _ranges(entry: Mapping[str, Any]) -> list[str]:
    """Where a request wrote values; of other requests about the spreadsheet nobody knows."""
    if entry["api_method"] == _APPEND:
        return [str(entry["params"]["range"])]
    return [str(block["range"]) for block in entry["body"]["data"]] if entry["api_method"] == _WRITE else []


def repetition_faults(repeated: Iterable[str], idle: Sequence[str], *, did_nothing: bool) -> Iterator[str]:
    """What a second run did again, and a tick with nothing to do that did, or asked for, more than that."""
    yield from (f"a second run repeated {what}" for what in repeated)
    if not did_nothing or list(idle) != IDLE:
        yield f"the last tick should have made 2 requests; it made {len(idle)}: {', '.join(idle)}"
