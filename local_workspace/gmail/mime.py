"""The text of a mail: its header fields, its recipients, and what Gmail changes when it keeps or delivers it.

Mails have CRLF at the end of every line, the last one included; else they are kept byte for byte.
"""

import re
import secrets
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import format_datetime

from local_workspace.errors import bad_request

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*\r\n(?:[ \t].*\r\n)*)")

_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_LABEL = r"\w(?:[\w-]*\w)?"
_ADDRESS = rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}"
_PHRASE = r'(?:"(?:[^"\\]|\\.)*"|[^"<>,:;@()\[\]\\])*'
_MAILBOX = re.compile(rf"\s*(?:{_PHRASE}<\s*({_ADDRESS})\s*>|({_ADDRESS}))\s*(?:\([^()]*\)\s*)?(?:,|$)")
_GROUP = re.compile(r'[^:;<>@",]+:([^:;]*);\s*')


def with_crlf(raw: bytes) -> bytes:
    """Return the mail with the line ends that mails have."""
    text = re.sub(rb"\r\n|\r|\n", b"\r\n", raw)
    return text if text.endswith(b"\r\n") else text + b"\r\n"


def fields(raw: bytes) -> list[tuple[str, str]]:
    """Return the header fields in their order, as (name, text)."""
    return [(name, decoded(value)) for name, value, _ in _split(raw)[0]]


def field(raw: bytes, name: str) -> str:
    """Return the text of the first header field of that lower-case name, "" when there is none."""
    return next((decoded(value) for found, value, _ in _split(raw)[0] if found.lower() == name), "")


def decoded(value: str) -> str:
    """Return a field's value as people read it: unfolded, encoded words decoded where they can be."""
    plain = re.sub(r"\r\n(?=[ \t])", "", value).strip()
    try:
        return str(make_header(decode_header(plain))) if "=?" in plain else plain
    except (HeaderParseError, LookupError, UnicodeDecodeError, ValueError):
        return plain


def stamp(raw: bytes, *, account: str, at: datetime) -> bytes:
    """Return the mail as Gmail keeps it once `account` has saved or sent it at the aware instant `at`.

    Message-ID is always Gmail's own, From is forced to the account (a display name before the account's
    own address stays), Date and MIME-Version are added where missing; every other field stays as it is.
    """
    head, body = _split(raw)
    written = next((value.strip() for name, value, _ in head if name.lower() == "from"), "")
    sender = _MAILBOX.fullmatch(written)
    is_own = sender and (sender[1] or sender[2]).lower() == account.lower()
    ours = {
        "MIME-Version": "1.0",
        "From": written if is_own else account,
        "Message-ID": f"<CA{secrets.token_urlsafe(36)}@mail.gmail.com>",
        "Date": format_datetime(at),
    }
    kept = [(name.lower(), line) for name, _, line in head if name.lower() not in ("from", "message-id")]
    added = [f"{name}: {value}\r\n" for name, value in ours.items() if name.lower() not in dict(kept)]
    return b"".join(line for _, line in kept) + "".join(added).encode() + b"\r\n" + body


def without_bcc(raw: bytes) -> bytes:
    """Return the mail as its recipients get it."""
    head, body = _split(raw)
    return b"".join(line for name, _, line in head if name.lower() != "bcc") + b"\r\n" + body


def recipients(raw: bytes) -> list[str]:
    """Return the addresses of To, Cc and Bcc in lower case, each once.

    Raises Gmail's 400 "Invalid To header" (Cc, Bcc) for a field that holds anything else.
    """
    head, _ = _split(raw)
    found = [
        address.lower()
        for field in ("To", "Cc", "Bcc")
        for name, value, _ in head
        if name.lower() == field.lower()
        for address in addresses(field, value)
    ]
    return list(dict.fromkeys(found))


def addresses(field: str, value: str) -> list[str]:
    """Return the bare addresses of an address list; an empty one has none. Raises Gmail's 400."""
    rest = re.sub(r"\r\n(?=[ \t])", "", value).strip()
    if group := _GROUP.fullmatch(rest):
        rest = group[1].strip()
    found = []
    while rest:
        mailbox = _MAILBOX.match(rest)
        if mailbox is None:
            raise bad_request(f"Invalid {field} header", "invalidArgument")
        found.append(mailbox[1] or mailbox[2])
        rest = rest[mailbox.end() :]
    return found


def _split(raw: bytes) -> tuple[list[tuple[str, str, bytes]], bytes]:
    """Return (name, value as written, the whole field with its line end) for each field, and the body."""
    found, end = [], 0
    while match := _FIELD.match(raw, end):
        found.append((match[1].decode(), match[2].decode("utf-8", "replace"), match[0]))
        end = match.end()
    return found, raw[end:].removeprefix(b"\r\n")
