"""What the campaign of the spreadsheet plays besides its draws: each kind and each text in each tab."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_schema.sheet import ORGANIZER_TABS, TABS
from tests.engine.damage import Damage
from tests.engine.damage_kinds import EVERYWHERE, KINDS, SERVICE_KINDS, TEXT_KINDS
from tests.engine.damaged import MOMENTS, Script

_DUE = ("before the agenda", "before the reminder")
_HEADERS = {"a header renamed", "a header in another column", "a header twice"}
_HALF_TYPED = "a cell half typed"
_FILLED = {
    "Roasts": (1, 2, 7),
    "Members": (1, 2),
    "Requests": (1, 2, 3, 6),
    "Needs": (1, 2, 4),
    "Emails": (0, 1, 2, 3, 4, 5),
    "Agenda": (0, 1, 2),
    "Settings": (0, 1),
}  # columns in which the first row has something to be cut short
_WIDTHS = {tab.title: max(len(tab.columns), 1) for tab in TABS}
_OLD_TEXT = "Whatever this was"


def fixed() -> dict[str, list[Script]]:
    """The scripts of one damage each, by the name of their cell."""
    kinds = [kind for kind in KINDS if kind not in TEXT_KINDS and kind not in EVERYWHERE]
    return {
        **{f"{kind}, in every tab": _in_every_tab(kind) for kind in kinds},
        **{kind: [_script(moment, kind, "Members", 1, 1) for moment in MOMENTS] for kind in EVERYWHERE},
        **{f"texts and formulas in {tab}": _texts(tab) for tab in ORGANIZER_TABS},
    }


def edits(names: Sequence[str], kind: str) -> tuple[Damage, ...]:
    """The same edit in several tabs at once, none of which the service mistakes for another."""
    return tuple(Damage(kind, tab, 3, 2) for tab in names)


def _in_every_tab(kind: str) -> list[Script]:
    """At the head of every column where headers are damaged, else twice, in different places."""
    scripts = []
    for tab in TABS:
        if not tab.organizers and kind not in SERVICE_KINDS:
            continue
        for number, column in enumerate(_columns(kind, tab.title)):
            row = 1 if kind == _HALF_TYPED else 1 + number
            scripts.append(_script(_DUE[number % 2], kind, tab.title, row, column, _OLD_TEXT))
    return scripts


def _columns(kind: str, tab: str) -> Sequence[int]:
    if kind in _HEADERS:
        return range(_WIDTHS[tab])
    if kind == _HALF_TYPED:
        return _FILLED[tab]
    return (3, 4) if tab == "Roasts" else (1, 4)  # a merge that swallows the host does take the host away


def _texts(tab: str) -> list[Script]:
    """Every text and formula, each in another column: of the coming meeting's row, or of all rows in turn; a
    setting's value is where people type."""
    kinds = [(kind, text) for kind, texts in TEXT_KINDS.items() for text in texts.values()]
    return [
        _script(
            _DUE[number // _WIDTHS[tab] % 2],
            kind,
            tab,
            1 if tab == "Roasts" else 1 + number,
            1 if tab == "Settings" else number % _WIDTHS[tab],
            text,
        )
        for number, (kind, text) in enumerate(kinds)
    ]


def _script(moment: str, kind: str, tab: str, row: int, column: int, text: str = "") -> Script:
    return Script(moment, (Damage(kind, tab, row, column, text),))


def texts_of(damage: Damage) -> list[str]:
    """The name of the text or formula that a damage types, where that is one of the list."""
    typed = TEXT_KINDS.get(damage.kind, {})
    return [name for name, text in typed.items() if text == damage.text]
