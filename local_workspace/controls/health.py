"""GET /local/health: is it there?"""

from local_workspace.call import Call, Json, Routes


def health(_: Call) -> Json:
    """Say that the workspace answers."""
    return {"ok": True}


ROUTES: Routes = {("GET", "/local/health"): health}
