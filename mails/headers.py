"""The headers of a mail: built from values only, so that no text can add a header or an address."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from typing import Any

from community.mails import Letter, Sender
from mails.clean import one_line, person_name

KEY_HEADER = "X-Third-Thursday-Key"
_SUBJECT = 150  # characters; inboxes show fewer


_UNFOLDED = SMTP.clone(max_line_length=998)


class _WholeLines(EmailPolicy):
    """Folds a header only when it must be encoded: the library folds ASCII ones into an empty first line."""

    def fold(self, name: str, value: Any) -> str:
        """The header as text, one line where it is ASCII (RFC 5322 allows 998 characters)."""
        if str(value).isascii():
            return str(_UNFOLDED.fold(name, value))
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The same as bytes."""
        return self.fold(name, value).encode("ascii")


_POLICY = _WholeLines(linesep="\r\n")


def key_header(key: str) -> str:
    """A letter's key as it stands in KEY_HEADER: 32 hex digits that tell nobody what it was made of."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def addressed(letter: Letter, sender: Sender, subject: str, now: datetime) -> EmailMessage:
    """A message with every header and no content yet; `now` is aware.

    Raises ValueError when an address cannot be written in a header.
    """
    message = EmailMessage(policy=_POLICY)
    organizer = address("", sender.organizer).addr_spec
    message["From"] = address(sender.community, sender.organizer)
    message["To"] = address(person_name(letter.to.name), letter.to.address)
    message["Reply-To"] = address(sender.community, sender.reply_to)
    message["Subject"] = _subject(letter, sender, subject)
    message["Date"] = now
    message["List-Unsubscribe"] = f"<mailto:{organizer}?subject=unsubscribe>"
    message["List-Id"] = f"<{_list_name(organizer)}>"
    message["Auto-Submitted"] = "auto-generated"
    message[KEY_HEADER] = key_header(letter.key)
    return message


def address(name: str, spec: str) -> Address:
    """A display name and an address; a domain in another script is written as DNS knows it.

    Raises ValueError for an address that no header can hold.
    """
    local, _, domain = spec.strip().rpartition("@")
    try:
        # Quoted local parts exist, but nobody has one, and each is a chance to be misread.
        if not re.fullmatch(r"[\w.!#$%&'*+/=?^`{|}~-]+", local, re.ASCII):
            raise ValueError("odd characters before the @")
        return Address(_display_name(name), addr_spec=f"{local}@{domain.encode('idna').decode('ascii')}")
    except (ValueError, IndexError) as reason:
        raise ValueError(
            f"{one_line(spec, 100)!r} is not an address that mail can go to: {reason}"
        ) from reason


def _display_name(name: str) -> str:
    line = _header_line(name, 80)
    # Folding an encoded name drops the quotes that keep a comma or an @ in it (a fault of Python's email).
    return line if line.isascii() else " ".join(re.sub(r'[][()<>:;@\\,."]', " ", line).split())


def _header_line(text: str, limit: int) -> str:
    # "=?" begins an encoded word: typed into a cell, it would be decoded into anything, a line end included.
    return one_line(text.replace("=?", "= ?"), limit)


def _subject(letter: Letter, sender: Sender, subject: str) -> str:
    line = _header_line(subject, _SUBJECT) or _header_line(sender.community, _SUBJECT) or "Our meeting"
    if letter.rehearsal_for is None:
        return line
    return f"[rehearsal, would go to {_header_line(letter.rehearsal_for, 80)}] {line}"


def _list_name(organizer: str) -> str:
    local, _, domain = organizer.lower().partition("@")
    return f"third-thursday.{re.sub(r'[^a-z0-9]+', '-', local).strip('-')}.{domain}"
