"""Signing in at a werkplek, the automatic lock, and switching of person in seconds."""
