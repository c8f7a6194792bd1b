"""Writing to a register upstream exactly once: how each kind of object is found again, and what an answer says."""
