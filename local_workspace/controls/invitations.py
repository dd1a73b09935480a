"""The controls of invitations: still to come."""

from local_workspace.call import Routes

ROUTES: Routes = {}
