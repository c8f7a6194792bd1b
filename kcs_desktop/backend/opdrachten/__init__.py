"""Commands: carried out exactly once, with a stored outcome for every repeat."""
