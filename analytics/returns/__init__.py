"""Returns: what comes back of what was sold, how sure that is, and of which products."""
