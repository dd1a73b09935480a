"""The controls of cells: still to come."""

from local_workspace.call import Routes

ROUTES: Routes = {}
