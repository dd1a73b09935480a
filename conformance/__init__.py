"""Clients that nobody here wrote, against the local workspace. `make conformance` runs them all."""
