"""The steps, named after their number."""
