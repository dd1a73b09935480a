"""The Drive API: as much of it as finding, making and copying spreadsheets needs."""

from local_workspace import catalog
from local_workspace.call import Handler
from local_workspace.drive import files

METHODS: dict[str, Handler] = {
    "drive.files.copy": files.copy,
    "drive.files.create": files.create,
    "drive.files.delete": files.delete,
    "drive.files.export": files.export,
    "drive.files.get": files.get,
    "drive.files.list": files.list_,
    "drive.files.update": files.update,
}

SCHEMA = catalog.SCHEMA
