"""A mail as Gmail shows it: the tree of its MIME parts, its text for people, and the snippet of it."""

import html
import re
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Any

from local_workspace.gmail import mime

_SNIPPET_CHARACTERS = 200
_ATTACHMENT = "ANGjdJ-"
_UNSEEN = re.compile(r"(?is)<(style|script|head|title)\b.*?</\1\s*>|<!--.*?-->")


def payload(raw: bytes) -> dict[str, Any]:
    """The `payload` of format full: every part with its headers and its body.

    Text is given as UTF-8 in base64url; a part with a file name is an attachment and has an attachmentId
    in place of its data.
    """
    top = _part(message_from_bytes(raw), "")
    return top | {"headers": headers(raw)}


def head(raw: bytes, only: list[str] | None = None) -> dict[str, Any]:
    """The `payload` of format metadata: the type and the headers; `only` names those wanted, in any case."""
    wanted = {name.lower() for name in only or ()}
    shown = [header for header in headers(raw) if not wanted or header["name"].lower() in wanted]
    return {"mimeType": BytesHeaderParser().parsebytes(raw).get_content_type(), "headers": shown}


def headers(raw: bytes) -> list[dict[str, str]]:
    """The header fields of the mail as Gmail lists them."""
    return [{"name": name, "value": value} for name, value in mime.fields(raw)]


def snippet(raw: bytes) -> str:
    """The first words of the mail in one line, escaped for HTML as Gmail gives them."""
    message = message_from_bytes(raw)
    seen = text_of(message, "text/plain") or plain(text_of(message, "text/html") or "")
    line = " ".join(seen.split())
    if len(line) > _SNIPPET_CHARACTERS:
        line = line[:_SNIPPET_CHARACTERS].rpartition(" ")[0] or line[:_SNIPPET_CHARACTERS]
    return html.escape(line).replace("&#x27;", "&#39;")


def text_of(message: Message, content_type: str) -> str | None:
    """The text of the first part of that type that is not an attachment; None when there is none."""
    for part in message.walk():
        if part.get_content_type() == content_type and not file_name(part):
            return part_text(part)
    return None


def attachments(message: Message) -> list[Message]:
    """The parts with a file name, in their order."""
    return [part for part in message.walk() if not part.is_multipart() and file_name(part)]


def attachment(raw: bytes, attachment_id: str) -> bytes | None:
    """The content of the part of that attachmentId; None when there is none such."""
    part: Message = message_from_bytes(raw)
    for position in re.findall(r"\d+", attachment_id.removeprefix(_ATTACHMENT)):
        children = [child for child in part.get_payload() if isinstance(child, Message)]
        if not part.is_multipart() or int(position) >= len(children):
            return None
        part = children[int(position)]
    return part_bytes(part) if attachment_id.startswith(_ATTACHMENT) and file_name(part) else None


def file_name(part: Message) -> str:
    """The name of the attached file; "" when the part is none."""
    name = part.get_filename()
    return "" if name is None else mime.field_text(name.encode("utf-8", "replace"))


def part_text(part: Message) -> str:
    """The text of a part that is not a container; characters that its charset does not have are marked."""
    charset = part.get_content_charset() or "utf-8"
    try:
        return part_bytes(part).decode(charset, "replace")
    except LookupError:
        return part_bytes(part).decode("utf-8", "replace")


def part_bytes(part: Message) -> bytes:
    """The content of a part without its transfer encoding; a container has none."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def plain(markup: str) -> str:
    """The words of an HTML text."""
    return html.unescape(re.sub(r"<[^>]*>", " ", _UNSEEN.sub(" ", markup)))


def _part(part: Message, number: str) -> dict[str, Any]:
    """A MessagePart and everything below it; `number` is its partId."""
    shown: dict[str, Any] = {
        "partId": number,
        "mimeType": part.get_content_type(),
        "filename": file_name(part),
        "headers": [
            {"name": name, "value": mime.field_text(str(value).encode("utf-8", "replace"))}
            for name, value in part.items()
        ],
        "body": _body(part, number),
    }
    if part.is_multipart():
        prefix = f"{number}." if number else ""
        shown["parts"] = [
            _part(child, f"{prefix}{position}")
            for position, child in enumerate(part.get_payload())
            if isinstance(child, Message)
        ]
    return shown


def _body(part: Message, number: str) -> dict[str, Any]:
    if part.is_multipart():
        return {"size": 0}
    content = part_text(part).encode() if part.get_content_maintype() == "text" else part_bytes(part)
    if file_name(part):
        return {"attachmentId": f"{_ATTACHMENT}{number or 'x'}", "size": len(part_bytes(part))}
    return {"size": len(content), "data": mime.encode_base64url(content)}
