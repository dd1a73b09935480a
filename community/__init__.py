"""Values only: what a community is at one instant, and what should become true of it."""
