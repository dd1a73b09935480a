"""The words the organizer chooses from: every dropdown of the sheet."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """A member's place in the community."""

    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"
    DISCORD_ONLY = "Discord only"


class MailWish(StrEnum):
    """Which mails a member wants; each holds less than the one before."""

    EVERYTHING = "everything"
    INVITATION_AND_AGENDA = "invitation and agenda"
    INVITATION_ONLY = "invitation only"
    NOTHING = "nothing"


class Wants(StrEnum):
    """What a person asks for; the last two need no approval."""

    MEETUPS = "meetups"
    DISCORD = "Discord"
    BOTH = "both"
    FEWER_MAILS = "fewer mails"
    LEAVE = "leave"


class Decision(StrEnum):
    """The organizer's answer to a request; hold and ignore send nothing."""

    APPROVE = "approve"
    DECLINE = "decline"
    HOLD = "hold"
    IGNORE = "ignore"


class NeedStatus(StrEnum):
    """How far a need has come."""

    OPEN = "open"
    CONNECTED = "connected"
    MET = "met"
    DROPPED = "dropped"


class Mode(StrEnum):
    """How much the service may do; a new sheet starts with the first."""

    SHOW_ONLY = "show only"
    ONLY_TO_ME = "only to me"
    LIVE = "live"
    PAUSED = "paused"


class MeetAccount(StrEnum):
    """Whether Google ends the organizer's calls after 60 minutes (free) or not (paid)."""

    FREE = "free"
    PAID = "paid"


class ExistingEvent(StrEnum):
    """What to do with a calendar event that the organizer made before."""

    ASK = "ask"
    ADOPT = "adopt"
    MAKE_NEW = "make new"
