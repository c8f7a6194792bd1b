"""Gives a new klantcontact along with its change, to the seats that show its customer: read once, audited for each.

It is what each of them would have asked for, under the same rights and with the same line in the audit trail.
"""

from __future__ import annotations

from collections.abc import Sequence

from kcs_desktop.api.klantinteracties_vormen import EXPAND_CONTACT
from kcs_desktop.backend.audit.store import record_looks
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.feed.getoond import Kijker
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.standards.klantinteracties import auditing
from kcs_desktop.backend.standards.klantinteracties.acts import Reading, functies_of, read_object
from kcs_desktop.backend.standards.klantinteracties.adres import PREFIX
from kcs_desktop.backend.standards.klantinteracties.register import EmbeddedKlantinteracties
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.gebeurtenis import Wijziging

_RESOURCE = "klantcontacten"
_ASKED = {"expand": EXPAND_CONTACT}


class Meegever:
    """Implements `kcs_desktop.backend.feed.getoond.Meegever`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._functies = functies_of(_RESOURCE, EXPAND_CONTACT)

    def brings(self, wijziging: Wijziging) -> bool:
        return (wijziging.soort, wijziging.handeling) == ("klantcontact", "gemaakt")

    async def bring(self, wijziging: Wijziging, kijkers: Sequence[Kijker]) -> Sequence[bytes | None]:
        may = {
            place: kijker
            for place, kijker in enumerate(kijkers)
            if all(kijker.wie.mag(functie) for functie in self._functies)
        }
        readings: dict[str, Reading] = {}
        try:
            for address in sorted({kijker.base_url for kijker in may.values()}):
                register = EmbeddedKlantinteracties(address.rstrip("/") + PREFIX)
                readings[address] = await read_object(self._db, register, _RESOURCE, wijziging.id, _ASKED)
        except NotFound:
            return [None] * len(kijkers)  # removed meanwhile, which is told as well
        looks = [
            regel
            for kijker in may.values()
            for regel in auditing.lines(
                Verzoek(kijker.wie, kijker.doelbinding, ""), "geraadpleegd", readings[kijker.base_url].subjects
            )
        ]
        await record_looks(self._db, looks)
        return [
            bytes(readings[kijker.base_url].answer) if place in may else None for place, kijker in enumerate(kijkers)
        ]
