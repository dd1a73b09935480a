"""Every sentence that a fault may bring before the organizer, word for word: fault by family of methods.

What is of an instant or counts, is three dots here. docs/operating.md says what to do about each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

HARMLESS = "slow"
READING = ("get", "list", "batchGet", "getProfile")  # last words of the methods that change nothing
TOKEN, INVITE = "POST /token", "POST /api/v10/channels/{channel}/invites"
_DELETIONS = ("calendar.events.delete", "gmail.users.drafts.delete")
_CUT = ("shortLength", "truncated")
# What need not be told, by method or target: nobody looks at the body of an answer to a deletion, and of a
# draft that is not found the list of drafts tells. Half a body leaves the status whole: the 412 after a
# change that arrived, the 404 of a draft that left.
UNHEARD = frozenset(
    {(method, fault) for method in _DELETIONS for fault in ("empty", "html", *_CUT)}
    | {("calendar.events.update", fault) for fault in _CUT}
    | {("gmail.users.drafts.get (of one that left)", fault) for fault in _CUT}
    | {(f"gmail.users.drafts.get (of one that {went})", "404") for went in ("left", "stayed")}
)
# What our transport asks again, and so may strike once without a word.
_REPEATED = ("sheets.spreadsheets.values.batchUpdate", "calendar.events.update", *_DELETIONS)
# Of what strikes once, besides: a change that meets another one is read and made anew, a sign-in service that
# is busy is asked again, and the id of an alarm that was deleted is taken anyway.
_ASKED_TWICE = frozenset(
    {("calendar.events.get", "412"), ("calendar.events.get (of the alarm)", "412")}
    | {("calendar.events.update", "412"), ("calendar.events.update (of the alarm)", "412")}
    | {("calendar.events.insert (of the alarm)", fault) for fault in ("409", *_CUT)}
    | {(TOKEN, "429"), (TOKEN, "429RetryAfter")}
)
_LOST = "the connection was lost before an answer came"
_UNREADABLE = "the answer could not be read"
_LATE = "no answer in time"

# What each API says, with its status, by fault.
_SILENCES = {
    "closeAfter": _LOST,
    "closeBefore": _LOST,
    "empty": _UNREADABLE,
    "halfAnswer": _LOST,
    "html": _UNREADABLE,
    "resetAfter": _LOST,
    "shortLength": _UNREADABLE,
    "timeoutAfter": _LATE,
    "timeoutBefore": _LATE,
    "truncated": _UNREADABLE,
    "wrongLength": _LOST,
}
_RATES = {
    "403rateLimitExceeded": "Rate Limit Exceeded (403)",
    "403userRateLimitExceeded": "User Rate Limit Exceeded (403)",
    "403userRateLimitRetryAfter": "User-rate limit exceeded. Retry after ... (403)",
}
_CALENDAR = {
    "400": "Bad Request (400)",
    "401": "Invalid Credentials (401)",
    "403quotaExceeded": "Calendar usage limits exceeded. (403)",
    "404": "Not Found (404)",
    "409": "The requested identifier already exists. (409)",
    "410": "Resource has been deleted (410)",
    "412": "Precondition Failed (412)",
    "429": "Rate Limit Exceeded (429)",
    "429RetryAfter": "Rate Limit Exceeded (429)",
    "500": "Backend Error (500)",
    "502": "Bad Gateway (502)",
    "503": "Backend Error (503)",
}
_NEWER = {
    "400": "Request contains an invalid argument. (400)",
    "401": "Invalid Credentials (401)",
    "404": "Requested entity was not found. (404)",
    "409": "Requested entity already exists (409)",
    "410": "Resource has been deleted (410)",
    "412": "Precondition check failed. (412)",
    "500": "Internal error encountered. (500)",
    "502": "Bad Gateway (502)",
    "503": "The service is currently unavailable. (503)",
}
_GMAIL = {
    "403quotaExceeded": "Gmail usage limits exceeded. (403)",
    "429": "Resource has been exhausted (e.g. check quota). (429)",
    "429RetryAfter": "Resource has been exhausted (e.g. check quota). (429)",
}
_WRITES = (
    "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user' of"
    " service 'sheets.googleapis.com' for consumer 'project_number:123'. (429)"
)
_SHEETS = {
    "403quotaExceeded": "Sheets usage limits exceeded. (403)",
    "429": _WRITES,
    "429RetryAfter": _WRITES,
}

_DISCORD = {
    "403quotaExceeded": "403: Forbidden (403)",
    "403rateLimitExceeded": "403: Forbidden (403)",
    "403userRateLimitExceeded": "403: Forbidden (403)",
    "403userRateLimitRetryAfter": _RATES["403userRateLimitRetryAfter"],
    "400": "400: Bad Request (400)",
    "401": "401: Unauthorized (401)",
    "404": "404: Not Found (404)",
    "409": "409: Conflict (409)",
    "410": "410: Gone (410)",
    "412": "412: Precondition Failed (412)",
    "429": "429: Too Many Requests (429)",
    "429RetryAfter": "429: Too Many Requests (429)",
    "500": "500: Internal Server Error (500)",
    "502": "Bad Gateway (502)",
    "503": "503: Service Unavailable (503)",
}
_ALL = {
    "calendar": _SILENCES | _RATES | _CALENDAR,
    "gmail": _SILENCES | _RATES | _NEWER | _GMAIL,
    "sheets": _SILENCES | _RATES | _NEWER | _SHEETS,
    "discord": _SILENCES | _DISCORD,
}
WORDS: Mapping[str, Mapping[str, str]] = {
    api: words | {"503acted": words["503"]} for api, words in _ALL.items()
}
SILENCES = frozenset({*_SILENCES, "500", "502", "503", "503acted"})  # after which nobody knows what was done

# How it is said, by family. {api}: the method; {words}: as above; {plain}: without the status.
_AGAIN = "It is tried again."
_LOGIN = "Google no longer accepts our sign-in: run `main.py login` again"
FORMS: Mapping[str, tuple[str, ...]] = {
    "read": ("{api}: {words}",),
    "alarm": ("Did not work this time: {api}: {words}",),  # Today is written before the alarm is kept
    "calendar": (f"Not done yet: Google Calendar said: {{plain}}. {_AGAIN}", "{api}: {words}"),
    "gmail": (
        f"Not done yet: Gmail said: {{plain}}. {_AGAIN}",
        f"Not done yet: Gmail said: {{plain}}; what became of it is found out in a minute. {_AGAIN}",
        "Could not be done: ...: Gmail said: {plain}.",
        "Mails wait: ... wait: Gmail asked for a pause. The next goes ..., the most urgent first.",
    ),
    "sheets": (
        f"Not done yet: Google Sheets said: {{plain}}. {_AGAIN}",
        "Did not work this time: {api}: {words}",
    ),
    "token": (_LOGIN, "sheets.spreadsheets.values.batchGet: Google's sign-in service did not answer"),
    "discord": (
        f"Not done yet: Discord said: {{plain}}. {_AGAIN}",
        "Could not be done: ...: Discord said: {plain}",
        "Could not be done: ...: Discord said: {plain}.",
    ),
}
# The id is taken, says Calendar, and then it does not know the event either.
_AFTER_409 = {
    "alarm": "Did not work this time: calendar.events.get: Not Found (404)",
    "calendar": f"Not done yet: Google Calendar said: Not Found. {_AGAIN}",
}

_MASKS = (
    (re.compile(r"Retry after [\d:.T-]+Z"), "Retry after ..."),
    (re.compile(r"\d+ mails? waits?:"), "... wait:"),
    (re.compile(r"The next goes \w+ \d+ \w+ [\d:]+,"), "The next goes ...,"),
    (re.compile(r"^Could not be done: [^:]+:"), "Could not be done: ...:"),
)
_STATUS = re.compile(r" \(\d{3}\)$")


def masked(sentence: str) -> str:
    """A sentence as the table has it: instants, counts and names are three dots."""
    for pattern, mask in _MASKS:
        sentence = pattern.sub(mask, sentence)
    return sentence


def sentences(family: str, method: str, fault: str) -> frozenset[str]:
    """What may be said of a fault on a method."""
    said = filled(FORMS[family], family, method, fault)
    if fault == "409":
        said |= {_AFTER_409.get(family, "")}
    if fault == "shortLength":  # what is left over spoils the next answer on the same connection
        said |= filled(FORMS[family], family, method, "closeAfter")
    return frozenset(said)


def filled(forms: Iterable[str], family: str, method: str, fault: str) -> set[str]:
    """Forms with what an API says of a fault in them."""
    whose = family if family in WORDS else method.partition(".")[0]
    words = WORDS.get(whose, {}).get(fault, "")
    plain = _STATUS.sub("", words)
    plain = plain if plain.endswith("...") else plain.rstrip(".")
    return {form.format(api=method, words=words, plain=plain) for form in forms}


def may_be_silent(name: str, method: str, fault: str, times: str) -> bool:
    """Whether nobody need hear of a fault on a target: one that does not matter, or strikes once."""
    if fault == HARMLESS or not UNHEARD.isdisjoint({(name, fault), (method, fault)}):
        return True
    if times == "always":
        return False
    if (name, fault) in _ASKED_TWICE:
        return True
    if fault in SILENCES:
        return method in {TOKEN, *_REPEATED} or method.endswith(READING)
    # After a 401 a new token is asked for, and then the same again.
    return fault == "401" and method not in {TOKEN, INVITE}
