"""Mail composition: from a letter and its wording to one message for one person; no network, no clock."""
