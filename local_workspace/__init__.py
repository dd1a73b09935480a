"""Google Workspace on this machine: a program of its own that the unchanged Google clients talk to."""
