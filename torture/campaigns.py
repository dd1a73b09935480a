"""Every campaign, in the order of the page."""

from __future__ import annotations

from torture.campaign import Campaign
from torture.double_kills import DOUBLE_KILLS
from torture.hands import HANDS
from torture.kills import KILLS

CAMPAIGNS: tuple[Campaign, ...] = (
    KILLS,
    DOUBLE_KILLS,
    HANDS,
)
