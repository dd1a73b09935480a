"""Campaigns that break whatever can break and count what came of it; `python -m torture` runs them."""
