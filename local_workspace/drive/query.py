"""The search language of files.list, such as "mimeType = 'x' and (name contains 'y' or not trashed = true)".

It is close to SQL's own: every test becomes one of SQL's, what joins them stays, SQLite judges the rest.
"""

import re
import sqlite3

from local_workspace import catalog
from local_workspace.call import Call
from local_workspace.catalog import File
from local_workspace.errors import ApiError, bad_request

_ORDER = re.compile(r"(name|createdTime|modifiedTime|starred)( desc)?")
_PEOPLE = {"owners": "owner", "writers": "owner", "readers": "owner", "parents": "'root'"}
_QUOTED = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_TOKEN = re.compile(
    rf"""\s*(?:(?P<join>[()]|(?:and|or|not)\b)
    |(?P<field>name|mimeType|modifiedTime|createdTime)\s*(?P<operator>[<>!]=|[=<>]|contains\b)\s*(?P<text>{_QUOTED})
    |(?P<flag>(?:trashed|starred)\s*!?=\s*(?:true|false)\b)
    |(?P<person>{_QUOTED})\s*in\s+(?P<people>{"|".join(_PEOPLE)})\b)""",
    re.VERBOSE,
)


def search(call: Call, text: str, order: str, start: int, size: int) -> list[File]:
    """Return a page of the caller's files that this token sees; ApiError 400 for what cannot be read."""
    where, arguments = _where(text.strip())
    seen = "TRUE" if catalog.sees_all(call, "drive") else "NOT by_hand"
    sql = f"SELECT * FROM drive_files WHERE owner = ? AND {seen} AND ({where})"  # noqa: S608 - texts of this file
    call.db.create_function("begins_word", 2, _begins_word, deterministic=True)
    try:
        rows = call.db.execute(
            f"{sql} ORDER BY {_order(order)} LIMIT ? OFFSET ?", (call.user, *arguments, size, start)
        ).fetchall()
    except sqlite3.OperationalError:
        raise _invalid("q") from None
    return [catalog.read(row) for row in rows]


def _where(text: str) -> tuple[str, list[str]]:
    """Return the SQL condition that a search asks for, and its arguments."""
    sql: list[str] = []
    arguments: list[str] = []
    place = depth = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise _invalid("q")
        place, found = match.end(), match.groupdict()
        sql.append(found["join"] or found["flag"] or _test(found, arguments))
        depth += {"(": 1, ")": -1}.get(sql[-1], 0)
        if depth < 0:
            raise _invalid("q")
    return " ".join(sql) or "TRUE", arguments


def _test(found: dict[str, str], arguments: list[str]) -> str:
    """Return one test as SQL, its text added to the arguments."""
    arguments.append(re.sub(r"\\(.)", r"\1", (found["person"] or found["text"])[1:-1]))
    if found["person"]:
        return f"? IN ({_PEOPLE[found['people']]}, 'me')"
    if found["operator"] == "contains":
        return f"begins_word({found['field']}, ?)"
    return f"{found['field']} {found['operator']} ?"


def _order(text: str) -> str:
    """Return the SQL order that `orderBy` asks for, such as "name,modifiedTime desc"."""
    parts = [part.strip() for part in text.replace("recency", "modifiedTime").split(",")] if text else []
    if not all(_ORDER.fullmatch(part) for part in parts):
        raise _invalid("orderBy")
    return ", ".join([*parts, "modifiedTime DESC", "id"])


def _begins_word(text: str, beginning: str) -> bool:
    """Say whether a word of the text, or words of it, begin so; case does not matter."""
    return bool(re.search(r"(?<!\w)" + re.escape(beginning.casefold()), text.casefold()))


def _invalid(parameter: str) -> ApiError:
    return bad_request("Invalid Value", "invalid", parameter)
