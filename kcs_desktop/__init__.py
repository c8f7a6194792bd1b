"""The headless core of KCS Desktop: everything but the window."""
