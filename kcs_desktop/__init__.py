"""The headless core of KCS Desktop: everything but the window."""

__version__ = "0.1.0"
