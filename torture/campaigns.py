"""Every campaign, in the order of the page."""

from __future__ import annotations

from torture.campaign import Campaign
from torture.double_kills import DOUBLE_KILLS
from torture.faults import FAULTS_CAMPAIGN
from torture.hands import HANDS
from torture.kills import KILLS
from torture.model import MODEL
from torture.sheet import SHEET
from torture.side_by_side import CAMPAIGN as SIDE_BY_SIDE
from torture.world import WORLD

CAMPAIGNS: tuple[Campaign, ...] = (
    KILLS,
    DOUBLE_KILLS,
    HANDS,
    SIDE_BY_SIDE,
    FAULTS_CAMPAIGN,
    WORLD,
    SHEET,
    MODEL,
)
