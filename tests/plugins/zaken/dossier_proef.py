"""A zaak with its dossier in sight."""

from __future__ import annotations

from plugins.zaken.toevoegvak import Toevoegvak
from tests.harness.seat_zaken import regel
from tests.plugins.zaken.proef import Proef

ZAAK = regel(4127).verwijzing


async def opened(proef: Proef) -> Toevoegvak:
    """The zaak, opened by who may add documents to it."""
    proef.seat.rechten |= {"dossier": 2}
    proef.start()
    await proef.reads("Z-2026-004127")
    proef.page.lijst.gekozen.emit("z-4127")
    await proef.reads("Situatietekening")
    return proef.page.dossier.vak
