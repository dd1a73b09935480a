"""The search language of files.list: "mimeType = 'x' and (name contains 'y' or not trashed = true)"."""

import re
from collections.abc import Callable
from typing import TypeAlias

from local_workspace.drive.catalog import File
from local_workspace.errors import ApiError, bad_request

Test: TypeAlias = Callable[[File], bool]

_TOKEN = re.compile(r"""\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|<=|>=|!=|[=<>()]|\w+)""")
_TEXTS: dict[str, Callable[[File], str]] = {
    "name": lambda file: file.name,
    "mimeType": lambda file: file.mime_type,
    "modifiedTime": lambda file: file.modified,
    "createdTime": lambda file: file.created,
}
_FLAGS: dict[str, Callable[[File], bool]] = {
    "trashed": lambda file: file.trashed,
    "starred": lambda file: file.starred,
}
_PEOPLE: dict[str, Callable[[File], str]] = {"owners": lambda file: file.owner, "parents": lambda _: "root"}


def parse(text: str) -> Test:
    """Return the test that `text` asks of a file; ApiError 400 when it cannot be read."""
    tokens, place = [], 0
    text = text.rstrip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise _invalid()
        tokens.append(match[1])
        place = match.end()
    if not tokens:
        return lambda _: True
    test = _either(tokens)
    if tokens:
        raise _invalid()
    return test


def _either(tokens: list[str]) -> Test:
    """Read tests joined by "or"."""
    tests = [_all_of(tokens)]
    while tokens and tokens[0] == "or":
        tokens.pop(0)
        tests.append(_all_of(tokens))
    return lambda file: any(test(file) for test in tests)


def _all_of(tokens: list[str]) -> Test:
    """Read tests joined by "and"."""
    tests = [_one(tokens)]
    while tokens and tokens[0] == "and":
        tokens.pop(0)
        tests.append(_one(tokens))
    return lambda file: all(test(file) for test in tests)


def _one(tokens: list[str]) -> Test:
    """Read one test, a "not" and one, or a group in parentheses."""
    first = _take(tokens)
    if first == "not":
        inner = _one(tokens)
        return lambda file: not inner(file)
    if first == "(":
        group = _either(tokens)
        if _take(tokens) != ")":
            raise _invalid()
        return group
    return _comparison(first, tokens)


def _comparison(token: str, tokens: list[str]) -> Test:
    """Read "name = 'x'", "trashed = false" or "'ann@example.org' in owners"."""
    operator = _take(tokens)
    if operator == "in":
        person, whom = _quoted(token), _PEOPLE.get(_take(tokens))
        if whom is None:
            raise _invalid()
        return lambda file: person in {whom(file), "me"}
    if token in _FLAGS and operator in {"=", "!="}:
        flag, wanted = _FLAGS[token], _flag(_take(tokens)) == (operator == "=")
        return lambda file: flag(file) == wanted
    if token not in _TEXTS:
        raise _invalid()
    field, text = _TEXTS[token], _quoted(_take(tokens))
    return _text_test(field, operator, text)


def _text_test(field: Callable[[File], str], operator: str, text: str) -> Test:
    """Return the test of a text or a time; "contains" looks at the beginnings of words, without case."""
    if operator == "contains":
        beginning = re.compile(r"(?<!\w)" + re.escape(text.casefold()))
        return lambda file: bool(beginning.search(field(file).casefold()))
    tests: dict[str, Test] = {
        "=": lambda file: field(file) == text,
        "!=": lambda file: field(file) != text,
        "<": lambda file: field(file) < text,
        "<=": lambda file: field(file) <= text,
        ">": lambda file: field(file) > text,
        ">=": lambda file: field(file) >= text,
    }
    if operator not in tests:
        raise _invalid()
    return tests[operator]


def _take(tokens: list[str]) -> str:
    """Take the next token; ApiError 400 when there is none."""
    if not tokens:
        raise _invalid()
    return tokens.pop(0)


def _quoted(token: str) -> str:
    """Return the text inside the quotes of a token."""
    if token[0] not in "'\"":
        raise _invalid()
    return re.sub(r"\\(.)", r"\1", token[1:-1])


def _flag(word: str) -> bool:
    """Return the boolean that a word writes."""
    if word not in {"true", "false"}:
        raise _invalid()
    return word == "true"


def _invalid() -> ApiError:
    """Return the 400 for a search that cannot be read."""
    return bad_request("Invalid Value", "invalid", "q")
