"""The promise as this municipality keeps it: the norm per department on the service calendar, from the settings."""

from __future__ import annotations

from kcs_desktop.backend.settings import Settings
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.terugbelnorm import Normen
from kcs_desktop.domain.werkdagen import MAX_WERKDAGEN, Dienstkalender, parse_dagen, parse_uren


def read_normen(settings: Settings) -> Normen:
    """Raises InvalidInput that names the setting."""
    try:
        opent, sluit = parse_uren(settings.openingstijden)
    except InvalidInput as fout:
        raise _wrong("openingstijden", fout.message) from fout
    try:
        gesloten = parse_dagen(settings.gesloten_dagen)
    except InvalidInput as fout:
        raise _wrong("gesloten_dagen", fout.message) from fout
    return Normen(
        Dienstkalender(opent, sluit, max(0, settings.bevrijdingsdag_elke), gesloten),
        _days(str(settings.terugbellen_norm), "terugbellen_norm"),
        dict(_norm(deel) for deel in settings.terugbellen_normen.split(",") if deel.strip()),
    )


def _norm(deel: str) -> tuple[str, int]:
    afdeling, is_gelijk, dagen = deel.rpartition("=")
    if not is_gelijk or not afdeling.strip():
        raise _wrong("terugbellen_normen", f"{deel.strip()} is niet als Burgerzaken=2.")
    return afdeling.strip(), _days(dagen, "terugbellen_normen")


def _days(tekst: str, key: str) -> int:
    if not tekst.strip().isdecimal() or not 0 <= int(tekst) <= MAX_WERKDAGEN:
        raise _wrong(key, f"geef een aantal werkdagen van 0 tot {MAX_WERKDAGEN}.")
    return int(tekst)


def _wrong(key: str, what: str) -> InvalidInput:
    return InvalidInput(f"Instelling {key}: {what}", field=key, code="instelling")
