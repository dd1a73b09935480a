"""The text of a mail, always with CRLF: what its header says, what Gmail changes, how its parts are shown."""

import html
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from datetime import datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import format_datetime

from local_workspace.call import Json
from local_workspace.errors import bad_request

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*\r\n(?:[ \t].*\r\n)*)")
_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_LABEL = r"\w(?:[\w-]*\w)?"
_ADDRESS = rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}"
_PHRASE = r'(?:"(?:[^"\\]|\\.)*"|[^"<>,:;@()\[\]\\])*'
_MAILBOX = re.compile(rf"\s*(?:{_PHRASE}<\s*({_ADDRESS})\s*>|({_ADDRESS}))\s*(?:\([^()]*\)\s*)?(?:,|$)")
_GROUP = re.compile(r'^[^:;<>@",]+:([^:;]*);$')
_UNSEEN = re.compile(r"(?is)<(style|script|head|title)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>")


def with_crlf(raw: bytes) -> bytes:
    """Return the mail with the line ends that mails have."""
    text = re.sub(rb"\r\n|\r|\n", b"\r\n", raw)
    return text if text.endswith(b"\r\n") else text + b"\r\n"


def fields(raw: bytes, *names: str) -> list[dict[str, str]]:
    """Return the header fields as Gmail lists them: those of these lower-case names, or all."""
    found = [one for one in _split(raw)[0] if not names or one[0].lower() in names]
    return [{"name": name, "value": decoded(text)} for name, text, _ in found]


def field(raw: bytes, name: str) -> str:
    """Return the text of the first header field of that lower-case name, "" when there is none."""
    return next((one["value"] for one in fields(raw, name)), "")


def decoded(text: str) -> str:
    """Return a field's text as people read it: encoded words decoded where they can be."""
    try:
        return str(make_header(decode_header(text))) if "=?" in text else text
    except (HeaderParseError, LookupError, UnicodeDecodeError, ValueError):
        return text


def recipients(raw: bytes) -> list[str]:
    """Return the addresses of To, Cc and Bcc in lower case, each once; 400 where there is anything else."""
    head, found = _split(raw)[0], []
    for field in ("To", "Cc", "Bcc"):
        for text in (text for name, text, _ in head if name.lower() == field.lower()):
            rest = _GROUP.sub(r"\1", text).strip()
            while rest:
                mailbox = _MAILBOX.match(rest)
                if mailbox is None:
                    raise bad_request(f"Invalid {field} header", "invalidArgument")
                found.append((mailbox[1] or mailbox[2]).lower())
                rest = rest[mailbox.end() :]
    return list(dict.fromkeys(found))


def stamp(raw: bytes, *, account: str, at: datetime) -> bytes:
    """Return the mail as Gmail keeps it once `account` has saved or sent it at the aware instant `at`.

    Message-ID is always Gmail's own, From is forced to the account (a display name before the account's
    own address stays), Date and MIME-Version are added where missing; every other field stays as it is.
    """
    head, body = _split(raw)
    written = next((text for name, text, _ in head if name.lower() == "from"), "")
    sender = _MAILBOX.fullmatch(written)
    is_own = sender and (sender[1] or sender[2]).lower() == account.lower()
    ours = {
        "MIME-Version": "1.0",
        "From": written if is_own else account,
        "Message-ID": f"<CA{secrets.token_urlsafe(36)}@mail.gmail.com>",
        "Date": format_datetime(at),
    }
    kept = [(name.lower(), line) for name, _, line in head if name.lower() not in ("from", "message-id")]
    added = [f"{name}: {text}\r\n" for name, text in ours.items() if name.lower() not in dict(kept)]
    return b"".join(line for _, line in kept) + "".join(added).encode() + b"\r\n" + body


def without_bcc(raw: bytes) -> bytes:
    """Return the mail as its recipients get it."""
    head, body = _split(raw)
    return b"".join(line for name, _, line in head if name.lower() != "bcc") + b"\r\n" + body


def payload(raw: bytes) -> Json:
    """Return the `payload` of format full: the tree of parts; files have an attachmentId for their data."""
    message = message_from_bytes(raw)
    return _part(message, "", iter(files(message))) | {"headers": fields(raw)}


def head(raw: bytes, only: Iterable[str] = ()) -> Json:
    """Return the `payload` of format metadata: type and headers, those that `only` names in any case."""
    headers = fields(raw, *(name.lower() for name in only))
    return {"mimeType": BytesHeaderParser().parsebytes(raw).get_content_type(), "headers": headers}


def snippet(raw: bytes) -> str:
    """Return the first words of the mail in one line, escaped for HTML as Gmail gives them."""
    line = " ".join(words(message_from_bytes(raw)).split())
    whole_words = re.sub(r"^(.{0,200})(?!\S).*", r"\1", line)
    return html.escape(whole_words[:200]).replace("&#x27;", "&#39;")


def words(message: Message) -> str:
    """Return what a reader sees: the plain text, or that of the HTML where there is none."""
    markup = text_of(message, "text/html") or ""
    return text_of(message, "text/plain") or html.unescape(_UNSEEN.sub(" ", markup))


def text_of(message: Message, content_type: str) -> str | None:
    """Return the text of the first part of that type that is not a file, None when there is none."""
    parts = (part for part in message.walk() if part.get_content_type() == content_type)
    return next((part_text(part) for part in parts if not file_name(part)), None)


def files(message: Message) -> dict[str, Message]:
    """Return the parts with a file name by their attachmentId, in their order."""
    found = (part for part in message.walk() if not part.is_multipart() and file_name(part))
    return {f"ANGjdJ-{place}": part for place, part in enumerate(found)}


def file_name(part: Message) -> str:
    """Return the name of the attached file, "" when the part is none."""
    return decoded(part.get_filename() or "")


def part_text(part: Message) -> str:
    """Return the text of a part; characters that its charset does not have are marked."""
    try:
        return part_bytes(part).decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return part_bytes(part).decode("utf-8", "replace")


def part_bytes(part: Message) -> bytes:
    """Return the content of a part without its transfer encoding; a container has none."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _part(part: Message, number: str, file_ids: Iterator[str]) -> Json:
    """Return a MessagePart and what is below it, taking the next id for each file; `number` is its partId."""
    unfolded = [(name, re.sub(r"[\r\n]", "", str(text))) for name, text in part.items()]
    headers = [{"name": name, "value": decoded(text)} for name, text in unfolded]
    shown: Json = {"partId": number, "mimeType": part.get_content_type(), "filename": file_name(part)}
    shown |= {"headers": headers, "body": {"size": len(part_bytes(part))}}
    if part.is_multipart():
        places = enumerate(part.get_payload())
        shown["parts"] = [_part(child, f"{number}.{place}".lstrip("."), file_ids) for place, child in places]
    elif shown["filename"]:
        shown["body"]["attachmentId"] = next(file_ids)
    else:
        is_text = part.get_content_maintype() == "text"
        content = part_text(part).encode() if is_text else part_bytes(part)
        shown["body"] = {"size": len(content), "data": urlsafe_b64encode(content).decode()}
    return shown


def _split(raw: bytes) -> tuple[list[tuple[str, str, bytes]], bytes]:
    """Return (name, unfolded text, the whole field with its line end) for each field, and the body."""
    found, end = [], 0
    while match := _FIELD.match(raw, end):
        text = re.sub(rb"\r\n(?=[ \t])", b"", match[2]).strip().decode("utf-8", "replace")
        found.append((match[1].decode(), text, match[0]))
        end = match.end()
    return found, raw[end:].removeprefix(b"\r\n")
