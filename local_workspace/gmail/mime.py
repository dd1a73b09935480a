"""What Gmail does to the text of a mail: stamps its header fields, reads its recipients, strips its Bcc.

A mail is kept byte for byte but for line ends (always CRLF) and the few fields Gmail sets itself.
"""

import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import format_datetime

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*\r\n(?:[ \t].*\r\n)*)")
_FIELDS = re.compile(rb"(?:[!-9;-~]+[ \t]*:.*\r\n(?:[ \t].*\r\n)*)*")
_RECIPIENT_FIELDS = ("To", "Cc", "Bcc")

_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_LABEL = r"\w(?:[\w-]*\w)?"
_ADDRESS = rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}"
_PHRASE = r'(?:"(?:[^"\\]|\\.)*"|[^"<>,:;@()\[\]\\])*'
_MAILBOX = re.compile(rf"\s*(?:{_PHRASE}<\s*({_ADDRESS})\s*>|({_ADDRESS}))\s*(?:\([^()]*\)\s*)?(?:,|$)")
_GROUP = re.compile(r'[^:;<>@",]+:([^:;]*);\s*')

Fields = list[tuple[str, str]]


class InvalidAddress(ValueError):
    """An address field that Gmail refuses; its text is the field's name."""


def decode_base64url(text: str) -> bytes:
    """The bytes behind base64 `text` in either alphabet, padded or not; it was checked with the request."""
    bare = text.rstrip("=").replace("+", "-").replace("/", "_")
    return urlsafe_b64decode(bare + "=" * (-len(bare) % 4))


def encode_base64url(data: bytes) -> str:
    """`data` as base64url text with its padding, the way Gmail writes it."""
    return urlsafe_b64encode(data).decode("ascii")


def stamp(raw: bytes, *, account: str, at: datetime) -> bytes:
    """The mail as Gmail keeps it once `account` has saved or sent it at the aware instant `at`.

    Message-ID is always Gmail's own, From is forced to the account (a display name before the account's
    own address stays), Date and MIME-Version are added where missing; every other field stays as it is.
    """
    fields, body = _split(raw)
    kept = [(name, value) for name, value in fields if name not in (b"message-id", b"from")]
    names = {name for name, _ in kept}
    added = [b"From: " + _sender(fields, account), b"Message-ID: " + new_message_id().encode("ascii")]
    if b"date" not in names:
        added.append(b"Date: " + format_datetime(at).encode("ascii"))
    if b"mime-version" not in names:
        added.insert(0, b"MIME-Version: 1.0")
    return b"".join(value for _, value in kept) + b"\r\n".join(added) + b"\r\n\r\n" + body


def without_bcc(raw: bytes) -> bytes:
    """The mail as its recipients get it: no Bcc field."""
    fields, body = _split(raw)
    return b"".join(value for name, value in fields if name != b"bcc") + b"\r\n" + body


def fields(raw: bytes) -> Fields:
    """The header fields in their order, as (name, text): unfolded, encoded words decoded."""
    return [
        (value.partition(b":")[0].decode("ascii").strip(), field_text(value.partition(b":")[2]))
        for _, value in _split(raw)[0]
    ]


def field(raw: bytes, name: str) -> str:
    """The text of the first header field of that lower-case name; "" when there is none."""
    return next((value for found, value in fields(raw) if found.lower() == name), "")


def crlf(raw: bytes) -> bytes:
    """The mail with the line ends that mails have."""
    return re.sub(rb"\r\n|\r|\n", b"\r\n", raw)


def field_text(value: bytes) -> str:
    """One field's raw value as people read it; what cannot be decoded stays as it was written."""
    plain = re.sub(r"\r\n(?=[ \t])", "", value.decode("utf-8", "replace")).strip()
    if "=?" not in plain:
        return plain
    try:
        return str(make_header(decode_header(plain)))
    except (HeaderParseError, LookupError, UnicodeDecodeError, ValueError):
        return plain


def recipients(raw: bytes) -> list[str]:
    """The addresses of To, Cc and Bcc in their order, each once whatever its case.

    Raises InvalidAddress with the name of the first field that holds something else than addresses.
    """
    found: dict[str, str] = {}
    head = _split(raw)[0]
    for field in _RECIPIENT_FIELDS:
        for name, value in head:
            if name == field.lower().encode("ascii"):
                for address in addresses(field, value.partition(b":")[2].decode("utf-8", "replace")):
                    found.setdefault(address.lower(), address)
    return list(found.values())


def addresses(field: str, value: str) -> list[str]:
    """The bare addresses of an address list; an empty value has none. Raises InvalidAddress(field)."""
    rest = re.sub(r"\r\n(?=[ \t])", "", value).strip()
    if group := _GROUP.fullmatch(rest):
        rest = group[1].strip()
    found = []
    while rest:
        mailbox = _MAILBOX.match(rest)
        if mailbox is None:
            raise InvalidAddress(field)
        found.append(mailbox[1] or mailbox[2])
        rest = rest[mailbox.end() :]
    return found


def new_message_id() -> str:
    """A Message-ID of the form Gmail gives to everything it saves or sends."""
    return f"<CA{secrets.token_urlsafe(36)}@mail.gmail.com>"


def _sender(head: list[tuple[bytes, bytes]], account: str) -> bytes:
    """The value of From: what the caller wrote when it is the account's own address, else the account."""
    for name, value in head:
        if name == b"from":
            written = value.partition(b":")[2].strip()
            try:
                own = [address.lower() for address in addresses("From", written.decode("utf-8", "replace"))]
            except InvalidAddress:
                break
            if own == [account.lower()]:
                return written
    return account.encode("utf-8")


def _split(raw: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """(lower-case name, whole field with its line end) for each header field, and the body after them."""
    text = crlf(raw)
    if not text.endswith(b"\r\n"):
        text += b"\r\n"
    head = _FIELDS.match(text)
    end = head.end() if head else 0
    found = [(match[1].lower(), match[0]) for match in _FIELD.finditer(text, 0, end)]
    return found, text[end:].removeprefix(b"\r\n")
