"""An invented community for the demo: everybody lives at example.org, and some rows hold usual mistakes.

Each tab's rows as an organizer would paste them: header -> cell, everything text.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO

Row = Mapping[str, str]

COMMUNITY = "Co-op Educators"
HOST = "Alex Kim"
HOST_ADDRESS = "akim.clinics@example.org"
NEXT_HOST = "Kwame Mensor"
LEAVER = "Mateo Quill"

_MEMBERS = """\
Name|Email|Time zone|Status|Mail|May be introduced|Joined
Amara Oduya|amara.oduya@example.org||active|everything|yes|2024-02-15
Ben Castellane|ben.castellane@example.org||||yes|2024-02-15
Delphine Marchetti|delphine@example.org||active|invitation and agenda|no|2024-03-21
Idris Falk|idris.falk@example.org||active|||2024-05-16
June Tallow|june.tallow@example.org|New York|active|everything|yes|2024-05-16
Marisol Vance|marisol@example.org||active|invitation only|yes|2024-06-20
Oskar Bright|oskar.bright@example.org||paused|everything||2024-06-20
Priscilla Nwadike|priscilla@example.org||active|everything|yes|2024-09-19
Thaddeus Roe|thaddeus.roe@example.org||left|everything|no|2024-09-19
Yusuf Hallam|yusuf.hallam@example.org||active|everything|yes|2024-10-17
Alex Kim|alex.kim@example.org||active|everything|yes|2024-10-17
Camila Restrepo|camila@example.org|America/Los_Angeles|active|everything|yes|2024-11-21
Dana Whitlock|dana.whitlock@example.org|America/Los_Angeles||everything||2024-11-21
Hollis Nakagawa|hollis@example.org|America/Los_Angeles|active|everything|yes|2025-01-16
Kiri Ansel|kiri.ansel@example.org|America/Los_Angeles|active|nothing|no|2025-01-16
Mateo Quill|mateo.quill@example.org|America/Los_Angeles|active|everything|yes|2025-01-16
Sunny Ellery|sunny.ellery@example.org|America/Los_Angeles|Discord only|everything||2025-02-20
Alex Kim|akim.clinics@example.org|America/Los_Angeles|active|everything|yes|2025-02-20
Beatriz Almada|beatriz@example.org|America/Sao_Paulo|active|everything|yes|2025-02-20
Caio Ferraz|caio.ferraz@example.org|America/Sao_Paulo|active|everything|yes|2025-03-20
Luana Teixido|luana.teixido@example.org|America/Sao_Paulo|active|everything|yes|2025-03-20
Rafael Monterro|rafael@example.org|America/Sao_Paulo|active|invitation and agenda||2025-04-17
Aisha Pemberton|aisha.pemberton@example.org|Europe/London|active|everything|yes|2025-04-17
Callum Strand|callum@example.org|Europe/London|active|everything||2025-05-15
Gwen Ashdown|gwen.ashdown@example.org|Europe/London|active|everything|yes|2025-05-15
Kwame Mensor|kwame.mensor@example.org|Europe/London|active|everything|yes|2025-05-15
Nia Treharne|nia.treharne@example.org|Europe/London|active|everything|yes|2025-06-19
Rory Macleish|rory.macleish@example.org|Europe/London|active|everything||2025-06-19
Anneli Korhola|anneli@example.org|Europe/Berlin|active|everything|yes|2025-07-17
Emeka Brandt|emeka.brandt@example.org|Europe/Berlin|active|everything|yes|2025-07-17
Franziska Ohm|franziska.ohm@example.org|Berlin|active|everything|yes|2025-08-21
Jiří Havránek|jiri.havranek@example.org|Europe/Berlin|active|everything||2025-09-18
Leïla Benmansour|leila@example.org|Europe/Berlin|active|everything|yes|2025-09-18
Rosa Lindqvist|Rosa Lindqvist <rosa.lindqvist@example.org>|Europe/Berlin|active|everything|yes|2025-10-16
Tomasz Wilk|tomasz.wilk@example.org|Europe/Berlin|actvie|everything||2025-10-16
Zeynep Aslan|zeynep@example.org|Europe/Berlin|active|everything|yes|2025-11-20
Anjali Deshmane|anjali@example.org|Asia/Kolkata|active|everything|yes|2026-01-15
Farhan Qadri|fq@gmial.com|Asia/Kolkata|active|everything||2026-02-19
Kavya Rattan|kavya.rattan@example.org|Asia/Kolkata|active|everything|yes|2026-03-19
Meera Illath|meera@example.org|#REF!|active|everything|yes|2026-04-16
Amara Oduya|Amara.Oduya@Example.org||active|everything|yes|2026-05-21
Rohit Sengar|rohit.sengar@example.org|Asia/Kolkata|active|everything||2026-06-18
"""

_ROASTS = """\
Month|Host|Plan title|In one sentence|Host agreed|Other date
2025-11|Gwen Ashdown|The empty chair|A board invites the member who never comes and listens.|yes|
2025-12|Caio Ferraz|Pricing a shared oven|A bakery sets a price in one evening.|yes|10/12
2026-01|June Tallow|Minutes nobody dreads|One decision, written down in three ways.|yes|
2026-02|Hollis Nakagawa|Bylaws, out loud|Members act out the three articles they argue about most.|yes|
2026-03|Nia Treharne|A loan in pictures|A balance sheet drawn as a house, then as a garden.|yes|
2026-04|Yusuf Hallam|First meeting of strangers|Nine neighbours, one wish each, an hour.|yes|
2026-05|Anneli Korhola|The slow vote|Consent decisions without a raised voice.|yes|
2026-06|Beatriz Almada|Who cleans the workshop?|Chores as a lesson in governance.|yes|
2026-07|Emeka Brandt|A retreat in half a day|One question, four walks, no slides.|yes|
2026-08|Camila Restrepo|Teaching the seventh principle|Concern for community, on the way to work.|yes|
2026-09|Leïla Benmansour|Conflict, rehearsed|A quarrel is played three times and ends three ways.|yes|
2026-10|Kavya Rattan|The founders' clinic|Five founders, five minutes, one honest number each.|yes|
"""

_REQUESTS = """\
Received|Name|Email|About you|Wants|Decision
2026-10-05 09:12|Imani Okoye|imani.okoye@example.org|I teach bookkeeping to worker co-ops in Atlanta.|both|
2026-10-09 18:40|Teo Bianchi|Teo Bianchi <TEO@example.org>|I study how boards decide.|meetups|
2026-10-14 07:03|Deals Desk|deals@example.org|We sell webinar software and would like to present it.|both|
2026-10-20 12:55|Lucía Ferrand|lucia.ferrand@example.org|I coach housing co-ops, never at noon.|Discord|
2026-10-21 16:30|Marisol Vance|marisol@example.org|I would like to be in again, please!|both|
2026-10-28 10:15|Delphine Marchetti|delphine@example.org|I can read less just now.|fewer mails|
2026-11-02 21:47|Callum Strand|callum@example.org|I am changing work. Thank you for everything!|leave|
2026-11-03 08:20|Hana Sorel|hana.sorel@example.org|Starting a repair co-op with five friends.|both|
2026-11-04 13:05|Pavel Dusan|pavel.dusan@example.org|Not sure yet what this is about.|meetups|hold
2026-11-06 03:33|WIN NOW|winner@example.org|You have been selected|both|ignore
2026-11-09 17:58|Grace Adeyemi-Holt|grace@example.org|Finance trainer; curious about the roasts.|both|
2026-11-11 11:11|Noor Haddad|noor.haddad@example.org|Board of a food co-op, planning a retreat.|meetups|
"""

_NEEDS = """\
Month|Who asks|Working on|Need|Who can help|Status
2026-08|Idris Falk|Onboarding for a driver co-op|A one-page loan agreement to start from|Priscilla Nwadike|met
2026-08|Rafael Monterro|A school garden as a co-op|Two people for a first lesson|Luana Teixido|connected
2026-09|Aisha Pemberton|A board retreat in March|A facilitator who knows housing|Gwen Ashdown|connected
2026-09|Zeynep Aslan|A podcast on co-op failures|Three people willing to tell one||open
2026-10|Dana Whitlock|A bid for a training grant|Someone who has written one before|Ben Castellane|met
2026-10|Emeka Brandt|Teaching surplus to teenagers|A game, not a lecture|Anjali Deshmane|open
"""

AFTERWARDS = """\
Month|Who asks|Working on|Need|Who can help|Status
2026-12|Imani Okoye|A bookkeeping evening|Receipts from a real month, names removed|June Tallow|open
2026-12|Rohit Sengar|A farmers' co-op in two languages|A reader for the Hindi version|Kavya Rattan|open
"""

# What Settings say beyond what `init` typed.
SETTINGS: Mapping[str, str] = {
    "Discord channel id": "112233445566778899",
    "Holiday countries": "US, GB, DE",
}

# The plans that hosts send for December: header -> cell.
PLAN: Row = {
    "Plan title": "Who decides here?",
    "In one sentence": "Six people map last month's decisions and move each to where it belongs.",
    "Link": "https://example.org/plans/who-decides",
    "Question for the group": "How do we leave room for those who never speak up?",
}
NEXT_PLAN: Row = {
    "Plan title": "The members' meeting nobody skips",
    "In one sentence": "An annual meeting rebuilt from the back row forward.",
    "Link": "https://example.org/plans/back-row",
    "Question for the group": "What would you cut first?",
}


def pasted() -> dict[str, list[Row]]:
    """The rows that the organizer pastes on the first day, by tab."""
    return {
        "Members": rows(_MEMBERS),
        "Roasts": rows(_ROASTS),
        "Requests": rows(_REQUESTS),
        "Needs": rows(_NEEDS),
    }


def rows(text: str) -> list[Row]:
    """The rows of a table with | between its cells, headers first."""
    return list(csv.DictReader(StringIO(text), delimiter="|"))
