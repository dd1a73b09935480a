"""The headers of a mail: built from values only, so that no text can add a header or an address."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from community.mails import Letter, Sender
from mails.clean import one_line, person_name

KEY_HEADER = "X-Third-Thursday-Key"
_SUBJECT = 150  # characters; inboxes show fewer


def key_header(key: str) -> str:
    """A letter's key as it stands in KEY_HEADER: 32 hex digits that tell nobody what it was made of."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def addressed(letter: Letter, sender: Sender, subject: str, now: datetime) -> EmailMessage:
    """A message with every header and no content yet; `now` is aware.

    Raises ValueError when an address cannot be written in a header.
    """
    message = EmailMessage(policy=SMTP)
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
        return Address(one_line(name, 80), addr_spec=f"{local}@{domain.encode('idna').decode('ascii')}")
    except (ValueError, IndexError) as reason:
        raise ValueError(
            f"{one_line(spec, 100)!r} is not an address that mail can go to: {reason}"
        ) from reason


def _subject(letter: Letter, sender: Sender, subject: str) -> str:
    line = one_line(subject, _SUBJECT) or one_line(sender.community, _SUBJECT) or "Our meeting"
    if letter.rehearsal_for is None:
        return line
    return f"[rehearsal, would go to {one_line(letter.rehearsal_for, 80)}] {line}"


def _list_name(organizer: str) -> str:
    local, _, domain = organizer.lower().partition("@")
    return f"third-thursday.{re.sub(r'[^a-z0-9]+', '-', local).strip('-')}.{domain}"
