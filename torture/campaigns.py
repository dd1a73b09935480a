"""Every campaign, in the order of the page."""

from __future__ import annotations

from torture.campaign import Campaign

# kills, double-kills, hands; then faults, side-by-side, world, sheet, model: one line each.
CAMPAIGNS: tuple[Campaign, ...] = ()


def campaign(name: str) -> Campaign:
    """The campaign of that name; KeyError when there is none."""
    return {one.name: one for one in CAMPAIGNS}[name]
