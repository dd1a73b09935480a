"""The Members tab: who belongs to the community, and what reaches them."""

from __future__ import annotations

from sheets_schema.addresses import ADDRESS
from sheets_schema.cells import YES_NO, Rows, choice, text
from sheets_schema.choices import MailWish, Status
from sheets_schema.columns import CHECK, PRIVATE_NOTES, Tab, optional, required
from sheets_schema.dates import DATE
from sheets_schema.problems import Problem
from sheets_schema.rows import MemberRow
from sheets_schema.table import read_table
from sheets_schema.zones import ZONE

_LEFT_OUT = "This person stays a guest where they are one, and gets no mail until this is mended."

NAME = required(
    "Name",
    text(100),
    "How mails greet this person, and how others know them.",
    _LEFT_OUT,
    aliases=("Full name", "Member"),
    width=160,
)
EMAIL = required(
    "Email",
    ADDRESS,
    "The address that is invited and mailed. One row per address.",
    _LEFT_OUT,
    aliases=("E-mail", "Mail address", "Email address"),
    width=220,
)
TIME_ZONE = optional(
    "Time zone",
    ZONE,
    None,
    "Where this person's clock stands, like Europe/Berlin. Empty: the community's time zone.",
    "Mails show the community's time instead.",
    aliases=("Timezone", "Zone"),
)
LANGUAGE = optional(
    "Language", text(30), "", "For you; mails are in the language of the tab Emails.", width=90
)
STATUS = optional(
    "Status",
    choice(Status, {"on pause": Status.PAUSED, "discord": Status.DISCORD_ONLY}),
    Status.ACTIVE,
    "Active members are invited. Paused, left and Discord only take a person off the guest list: deleting "
    "the row does not. Empty: active.",
    _LEFT_OUT,
    guard=True,
    width=100,
)
MAIL = optional(
    "Mail",
    choice(
        MailWish,
        {
            "all": MailWish.EVERYTHING,
            "invitation & agenda": MailWish.INVITATION_AND_AGENDA,
            "invitations only": MailWish.INVITATION_ONLY,
            "none": MailWish.NOTHING,
        },
    ),
    MailWish.EVERYTHING,
    "Which mails this person gets. Empty: everything.",
    _LEFT_OUT,
    guard=True,
    aliases=("Mails",),
    width=150,
)
AWAY_UNTIL = optional(
    "Away until",
    DATE,
    None,
    "The last day away; until then this person gets no mail.",
    _LEFT_OUT,
    guard=True,
    width=110,
)
MAY_BE_INTRODUCED = optional(
    "May be introduced",
    YES_NO,
    None,
    "Whether this person agreed to be introduced to others by mail. Empty: not asked yet.",
    width=130,
)
JOINED = optional("Joined", DATE, None, "The first day as a member.", width=110)
SEND_AGAIN_ON = optional(
    "Send again on",
    DATE,
    None,
    "Type a date to have the newest mail to this person sent once more from that day on.",
    "Nothing is sent again.",
    width=110,
)

TAB = Tab(
    "Members",
    (
        CHECK,
        NAME,
        EMAIL,
        TIME_ZONE,
        LANGUAGE,
        STATUS,
        MAIL,
        AWAY_UNTIL,
        MAY_BE_INTRODUCED,
        JOINED,
        SEND_AGAIN_ON,
        PRIVATE_NOTES,
    ),
    explain="One row per person. Approved requests are added at the end by the service.",
    stops="No member is read: nobody is invited, mailed or taken off a guest list until it is back.",
    key=EMAIL.header,
)


def read(rows: Rows | None, problems: list[Problem]) -> tuple[MemberRow, ...] | None:
    """Read the members; of rows with one address only the first counts. None when the tab is stopped."""
    found = read_table(TAB, rows, problems)
    if found is None:
        return None
    members = []
    first_rows: dict[str, int] = {}
    for row in found:
        address = row.find(EMAIL)
        first = first_rows.setdefault(address, row.number) if address else row.number
        if first != row.number:
            what = f"{address} stands in row {first} already. Delete one of the two rows."
            problems.append(
                Problem(TAB.title, row.number, EMAIL.header, row.key, what, f"Only row {first} counts.")
            )
        elif not row.dropped:
            members.append(
                MemberRow(
                    row=row.number,
                    key=row.key,
                    name=row.get(NAME),
                    email=row.get(EMAIL),
                    time_zone=row.get(TIME_ZONE),
                    language=row.get(LANGUAGE),
                    status=row.get(STATUS),
                    mail=row.get(MAIL),
                    away_until=row.get(AWAY_UNTIL),
                    may_be_introduced=row.get(MAY_BE_INTRODUCED),
                    joined=row.get(JOINED),
                    send_again_on=row.get(SEND_AGAIN_ON),
                )
            )
    return tuple(members)
