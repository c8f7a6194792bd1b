"""The names of the roles, in the words of the floor: everywhere the same. The rights behind them are the domain's."""

from __future__ import annotations

_NAMES = {
    "receptie": "Receptie",
    "snelbalie": "Snelbalie",
    "tic": "TIC",
    "email": "E-mail",
    "social": "Social media",
    "chat": "Chat",
    "post": "Post",
    "balie2": "2e lijn balie",
    "tweedelijn": "2e lijn",
    "floormanager": "Floormanager",
    "afdelingshoofd": "Afdelingshoofd",
    "redacteur": "Redacteur",
    "beheerder": "Functioneel beheerder",
    "auditor": "Auditor",
}


def rolnaam(rol: str) -> str:
    """A role that the table does not know keeps its own name."""
    return _NAMES.get(rol, rol.replace("_", " ").capitalize())
