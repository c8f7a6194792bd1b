"""Commands as a seat sends them, for the tests of this folder."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from kcs_desktop.domain.uuid7 import new_id
from tests.harness.backend import Backend

BSN = "999990019"
OTHER_BSN = "999990020"
KVK = "12345678"
URL = "/kcs/api/v1/opdrachten"


def persoon(bsn: str = BSN, naam: str = "J. van Duinrode") -> dict[str, Any]:
    return {"sleutel": {"soort": "persoon", "bsn": bsn}, "naam": naam}


def bedrijf(kvk: str = KVK, naam: str = "Bakkerij Duin") -> dict[str, Any]:
    return {"sleutel": {"soort": "organisatie", "kvk_nummer": kvk}, "naam": naam}


def opdracht(now: datetime, gegevens: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"id": new_id(now), "gemaakt_op": now.isoformat(), "gegevens": gegevens, **fields}


def vraag(**fields: Any) -> dict[str, Any]:
    return {"onderwerp": "Paspoort verlengen", "inhoud": "Afspraak gemaakt.", **fields}


def contact(now: datetime, *vragen: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A command that registers a contact."""
    gegevens = {
        "type": "klantcontact.registreren",
        "contact": new_id(now),
        "kanaal": "telefoon",
        "begonnen_op": (now - timedelta(minutes=4)).isoformat(),
        "beeindigd_op": now.isoformat(),
        "vragen": list(vragen) or [vraag()],
        **fields,
    }
    return opdracht(now, gegevens)


def wijziging(now: datetime, klant: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return opdracht(now, {"type": "klant.wijzigen", "klant": klant, **fields})


def registratie(now: datetime, **fields: Any) -> dict[str, Any]:
    return opdracht(now, {"type": "klant.registreren", **fields})


async def found(backend: Backend, resource: str, **filters: str) -> list[dict[str, Any]]:
    """What the register holds now, read over its own port."""
    from kcs_desktop.backend.standards.klantinteracties.register import EmbeddedKlantinteracties

    async with backend.db.write() as unit:
        return list(await EmbeddedKlantinteracties().find(unit, resource, filters))
