"""A mail as Gmail shows it: the tree of its MIME parts, its files, the text that people see, the snippet."""

import html
import re
from base64 import urlsafe_b64encode
from collections.abc import Collection, Iterator
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser

from local_workspace.call import Json
from local_workspace.gmail import mime

_SNIPPET_CHARACTERS = 200
_UNSEEN = re.compile(r"(?is)<(style|script|head|title)\b.*?</\1\s*>|<!--.*?-->")


def full(raw: bytes) -> Json:
    """Return the `payload` of format full: every part with its headers and its body.

    Text is given as UTF-8 in base64url; a part with a file name has an attachmentId in place of its data.
    """
    message = message_from_bytes(raw)
    return _part(message, "", iter(files(message))) | {"headers": _headers(mime.fields(raw))}


def head(raw: bytes, only: Collection[str] = ()) -> Json:
    """Return the `payload` of format metadata: type and headers, those that `only` names in any case."""
    wanted = {name.lower() for name in only}
    fields = [(name, value) for name, value in mime.fields(raw) if not wanted or name.lower() in wanted]
    return {"mimeType": BytesHeaderParser().parsebytes(raw).get_content_type(), "headers": _headers(fields)}


def snippet(raw: bytes) -> str:
    """Return the first words of the mail in one line, escaped for HTML as Gmail gives them."""
    line = " ".join(words(message_from_bytes(raw)).split())
    if len(line) > _SNIPPET_CHARACTERS:
        line = line[:_SNIPPET_CHARACTERS].rpartition(" ")[0] or line[:_SNIPPET_CHARACTERS]
    return html.escape(line).replace("&#x27;", "&#39;")


def words(message: Message) -> str:
    """Return what a reader sees: the plain text, or that of the HTML where there is none."""
    markup = _UNSEEN.sub(" ", text_of(message, "text/html") or "")
    return text_of(message, "text/plain") or html.unescape(re.sub(r"<[^>]*>", " ", markup))


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
    return mime.decoded(part.get_filename() or "")


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
    shown: Json = {"partId": number, "mimeType": part.get_content_type(), "filename": file_name(part)}
    shown["headers"] = _headers([(name, mime.decoded(str(value))) for name, value in part.items()])
    if part.is_multipart():
        places = enumerate(part.get_payload())
        shown["parts"] = [_part(child, f"{number}.{place}".lstrip("."), file_ids) for place, child in places]
        shown["body"] = {"size": 0}
    elif shown["filename"]:
        shown["body"] = {"attachmentId": next(file_ids), "size": len(part_bytes(part))}
    else:
        is_text = part.get_content_maintype() == "text"
        content = part_text(part).encode() if is_text else part_bytes(part)
        shown["body"] = {"size": len(content), "data": urlsafe_b64encode(content).decode()}
    return shown


def _headers(fields: list[tuple[str, str]]) -> list[Json]:
    return [{"name": name, "value": value} for name, value in fields]
