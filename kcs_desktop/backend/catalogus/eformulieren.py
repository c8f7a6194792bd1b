"""The rules for e-formulieren as this municipality has them, from the settings."""

from __future__ import annotations

from kcs_desktop.backend.settings import Settings
from kcs_desktop.backend.terugbellen.normen import read_normen
from kcs_desktop.domain.eformulier import Eformulierregels
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.werkdagen import MAX_WERKDAGEN

MAX_DAGEN = 366


def read_regels(settings: Settings) -> Eformulierregels:
    """Raises InvalidInput that names the setting."""
    return Eformulierregels(
        bronnen=_texts(settings.eformulier_bronnen),
        kanalen=_texts(settings.eformulier_kanalen),
        toelichtingen=_texts(settings.eformulier_toelichtingen),
        dagen=_number("eformulier_dagen", settings.eformulier_dagen, MAX_DAGEN),
        norm=_number("eformulier_norm", settings.eformulier_norm, MAX_WERKDAGEN),
        kalender=read_normen(settings).kalender,
    )


def _texts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _number(key: str, value: int, most: int) -> int:
    if not 0 <= value <= most:
        raise InvalidInput(f"Instelling {key}: geef een aantal dagen van 0 tot {most}.", field=key, code="instelling")
    return value
