"""The address of a zaak in the municipality's own zaaksysteem. Must not know Qt."""

from __future__ import annotations

from urllib.parse import quote

from kcs_desktop.sdk import Zaakverwijzing


def zaak_address(sjabloon: str, zaak: Zaakverwijzing) -> str:
    """`sjabloon` filled in; "" without one, or where what it asks for is not known of this zaak."""
    velden = {"{nummer}": zaak.identificatie, "{uuid}": zaak.uuid}
    adres = sjabloon
    for naam, waarde in velden.items():
        if naam in adres:
            if not waarde:
                return ""
            adres = adres.replace(naam, quote(waarde, safe=""))
    return adres
