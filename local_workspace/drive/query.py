"""The search language of files.list, such as "mimeType = 'x' and (name contains 'y' or not trashed = true)".

It is close to SQL's own, so every test becomes one of SQL's, and what joins them stays as it is.
"""

import re
import sqlite3

from local_workspace.errors import bad_request

_COLUMNS = {"name": "name", "mimeType": "mime_type", "modifiedTime": "modified", "createdTime": "created"}
_ORDERS = {
    "createdTime": "created",
    "modifiedTime": "modified",
    "modifiedByMeTime": "modified",
    "recency": "modified",
    "name": "name",
    "name_natural": "name COLLATE NOCASE",
    "starred": "starred",
}
_PEOPLE = {"owners": "owner", "writers": "owner", "readers": "owner", "parents": "'root'"}
_QUOTED = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_TEST = re.compile(
    rf"""\s*(?:(?P<opens>\(|not\b)
    |(?P<column>{"|".join(_COLUMNS)})\s*(?P<operator><=|>=|!=|=|<|>|contains\b)\s*(?P<text>{_QUOTED})
    |(?P<flag>trashed|starred)\s*(?P<equal>!?=)\s*(?P<wanted>true|false)\b
    |(?P<person>{_QUOTED})\s*in\s+(?P<people>{"|".join(_PEOPLE)})\b)""",
    re.VERBOSE,
)
_JOIN = re.compile(r"\s*(?:(?P<closes>\))|(?P<joins>and|or)\b)")


def where(db: sqlite3.Connection, text: str) -> tuple[str, list[str]]:
    """Return the SQL condition on drive_files that `text` asks for, and its arguments.

    ApiError 400 when it cannot be read.
    """
    db.create_function("begins_word", 2, _begins_word, deterministic=True)
    sql: list[str] = []
    arguments: list[str] = []
    place, depth, after_test = 0, 0, False
    text = text.strip()
    while place < len(text):
        match = (_JOIN if after_test else _TEST).match(text, place)
        if match is None:
            raise _invalid("q")
        place, found = match.end(), match.groupdict()
        if after_test:
            sql.append(found["closes"] or found["joins"])
            after_test = bool(found["closes"])
            depth -= after_test
        elif found["opens"]:
            sql.append(found["opens"])
            depth += found["opens"] == "("
        else:
            sql.append(_test(found, arguments))
            after_test = True
        if depth < 0:
            raise _invalid("q")
    if depth or (text and not after_test):
        raise _invalid("q")
    return " ".join(sql) or "TRUE", arguments


def order(text: str) -> str:
    """Return the SQL order that `orderBy` asks for, such as "name,modifiedTime desc"."""
    parts = []
    for part in text.split(",") if text else ():
        name, _, direction = part.strip().partition(" ")
        if name not in _ORDERS or direction not in {"", "desc"}:
            raise _invalid("orderBy")
        parts.append(f"{_ORDERS[name]} {direction}")
    return ", ".join([*parts, "modified DESC", "id"])


def _test(found: dict[str, str], arguments: list[str]) -> str:
    """Return one test as SQL, its texts added to the arguments."""
    if found["flag"]:
        return f"{found['flag']} {found['equal']} {found['wanted']}"
    if found["person"]:
        arguments.append(_plain(found["person"]))
        return f"? IN ({_PEOPLE[found['people']]}, 'me')"
    arguments.append(_plain(found["text"]))
    column = _COLUMNS[found["column"]]
    if found["operator"] == "contains":
        return f"begins_word({column}, ?)"
    return f"{column} {found['operator']} ?"


def _begins_word(text: str, beginning: str) -> bool:
    """Say whether a word of the text, or words of it, begin so; case does not matter."""
    return bool(re.search(r"(?<!\w)" + re.escape(beginning.casefold()), text.casefold()))


def _plain(quoted: str) -> str:
    """Return the text inside the quotes."""
    return re.sub(r"\\(.)", r"\1", quoted[1:-1])


def _invalid(parameter: str) -> Exception:
    """Return the 400 for a search or an order that cannot be read."""
    return bad_request("Invalid Value", "invalid", parameter)
