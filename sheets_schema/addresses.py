"""Mail addresses as people type and paste them."""

from __future__ import annotations

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

from sheets_schema.cells import Cell, Kind, Unreadable, one_line, quoted, shown
from sheets_schema.months import Month

# Slips that are common enough to be sure of; nobody's real mail lives at any of them.
_SLIPS = {
    "gmail.com": "gmial.com gmal.com gmai.com gamil.com gnail.com gmaill.com gmil.com gmail.con gmail.co "
    "gmail.cm gmail.cmo gmail.comm gmailcom gmail.vom gmail.cpm gmeil.com gmsil.com ggmail.com",
    "hotmail.com": "hotmial.com hotmal.com hotmai.com hotmil.com hotamil.com hotmaill.com hotmail.con "
    "hotmail.co homail.com hotnail.com",
    "yahoo.com": "yaho.com yahooo.com yhoo.com yahho.com yahoo.con yahoo.co yaoo.com",
    "outlook.com": "outlok.com outloook.com outlook.con outlook.co oulook.com outlool.com",
    "icloud.com": "iclod.com icoud.com icloud.con icloud.co iclould.com",
    "protonmail.com": "protonmal.com protonmial.com protonmail.con protonmail.co",
}
SLIPS = {slip: right for right, slips in _SLIPS.items() for slip in slips.split()}

# Alphabets whose letters are taken for one another; nobody's domain mixes them within one label.
_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"})

_IN_BRACKETS = re.compile(r"[^<>]*<([^<>]*)>[\s.,;]*")
_AROUND_AT = re.compile(r"\s*@\s*")


def read_address(cell: Cell, _: Month | None = None) -> str:
    """Read one mail address; comes back in lower case, an international domain in ASCII.

    Spaces around it, mailto:, a name before <...> and a stray comma or full stop are taken off. A domain
    that is a known slip of the finger, or passes for another one by look-alike letters, raises Unreadable,
    like everything that is not one address. Before the @ only ASCII is allowed.
    """
    typed = one_line(unicodedata.normalize("NFKC", shown(cell)))
    if match := _IN_BRACKETS.fullmatch(typed):
        typed = match[1]
    typed = re.sub(r"(?i)^mailto:", "", typed.strip(" \"'.,;"))
    typed = _AROUND_AT.sub("@", typed.partition("?")[0].strip(" \"'.,;"))
    if typed.count("@") > 1:
        raise Unreadable(f"{quoted(cell)} holds more than one address: write one per row.")
    domain = typed.rpartition("@")[2].casefold()
    if domain in SLIPS:
        raise Unreadable(
            f"{quoted(cell)} looks mistyped: did you mean {typed[: -len(domain)]}{SLIPS[domain]}?"
        )
    try:
        found = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise Unreadable(f"{quoted(cell)} is not a mail address. {error}") from None
    if impostors := _impostors(found.domain):
        raise Unreadable(
            f"{quoted(cell)} mixes letters that look alike: {impostors}. Type the address anew, by hand."
        )
    return (found.ascii_email or found.normalized).lower()


def _impostors(domain: str) -> str:
    """The letters that make a label of a domain look like another one, in words; "" when none does."""
    for label in domain.split("."):
        alphabets = {letter: unicodedata.name(letter, "").partition(" ")[0] for letter in label}
        mixed = _ALIKE & set(alphabets.values())
        if len(mixed) > 1:
            foreign = mixed - {"LATIN"}
            return ", ".join(f"{letter} is {of.title()}" for letter, of in alphabets.items() if of in foreign)
    return ""


ADDRESS = Kind("a mail address", read_address, validation="TEXT_IS_EMAIL")
