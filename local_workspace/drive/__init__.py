"""The Drive API: as much of it as finding, making and copying spreadsheets needs."""

from local_workspace import catalog
from local_workspace.call import Handler, handlers
from local_workspace.drive import files

METHODS: dict[str, Handler] = handlers("drive.files", files, "copy create delete export get list update")
SCHEMA = catalog.SCHEMA
