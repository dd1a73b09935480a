"""The controls of events: still to come."""

from local_workspace.call import Routes

ROUTES: Routes = {}
