"""The names of the roles as the window writes them. The rights behind them are the domain's."""

from __future__ import annotations

_NAMES = {
    "receptie": "Receptie",
    "snelbalie": "Snelbalie",
    "tic": "Telefoon",
    "email": "E-mail",
    "social": "Social media",
    "chat": "Chat",
    "post": "Post",
    "balie2": "Balie 2e lijn",
    "tweedelijn": "Tweede lijn",
    "floormanager": "Floormanager",
    "afdelingshoofd": "Afdelingshoofd",
    "redacteur": "Redacteur",
    "beheerder": "Beheerder",
    "auditor": "Auditor",
}


def rolnaam(rol: str) -> str:
    """A role that the table does not know keeps its own name."""
    return _NAMES.get(rol, rol.replace("_", " ").capitalize())
