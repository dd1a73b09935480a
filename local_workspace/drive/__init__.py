"""The Drive API: as much of it as finding and making spreadsheets needs."""

from local_workspace.call import Handler
from local_workspace.drive import catalog, files

METHODS: dict[str, Handler] = {
    "drive.files.create": files.create,
    "drive.files.delete": files.delete,
    "drive.files.get": files.get,
    "drive.files.list": files.list_,
}

SCHEMA = catalog.SCHEMA
