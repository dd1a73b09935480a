"""The sheets API."""

from local_workspace.call import Handler

METHODS: dict[str, Handler] = {}
SCHEMA = ""
