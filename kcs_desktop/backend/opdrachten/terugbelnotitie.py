"""What the commands about a callback note share: the row held, the task as the register has it, and who may."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kcs_desktop.backend.opdrachten import overnemen
from kcs_desktop.backend.opdrachten.controle import Controle
from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.backend.standards.objecten.fields import parse_uuid
from kcs_desktop.backend.standards.port import Resource
from kcs_desktop.backend.terugbellen import bijhouden
from kcs_desktop.backend.terugbellen.indeling import Indeling, Indelingen
from kcs_desktop.backend.terugbellen.tables import TbNotitie
from kcs_desktop.domain.errors import Conflict, Forbidden, NotFound
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.terugbelnorm import Normen
from kcs_desktop.domain.weergave import dag_en_tijd

KLAAR = "verwerkt"


class Notitie:
    """A note in work, held to the end of the unit. `taak` is None where the register no longer has it."""

    def __init__(self, werk: Werk, rij: TbNotitie, taak: Resource | None, indeling: Indeling) -> None:
        self.werk = werk
        self.rij = rij
        self.taak = taak
        self.indeling = indeling
        self.ik = werk.verzoek.wie.naam
        self.mijn_naam = werk.verzoek.wie.weergavenaam or werk.verzoek.wie.naam

    @property
    def is_coordinator(self) -> bool:
        return self.rij.afdeling in self.indeling.coordinates(self.ik)

    @property
    def is_done(self) -> bool:
        return self.taak["status"] == KLAAR if self.taak is not None else self.rij.afgehandeld_op is not None

    def require_open(self) -> None:
        """Raises Conflict that tells what the first one did."""
        if not self.is_done:
            return
        rij = self.rij
        op = rij.afgehandeld_op
        wie = rij.afgehandeld_naam or "een ander programma"
        when = f" op {dag_en_tijd(op)}" if op is not None else ""
        what = _RESULTATEN.get(rij.resultaat, "afgehandeld")
        raise Conflict(
            f"Deze terugbelnotitie is al afgehandeld door {wie}{when}: {what}. Er is niets dubbel geregistreerd.",
            current={
                "afgehandeld_door": wie,
                "afgehandeld_op": op.isoformat() if op is not None else "",
                "resultaat": rij.resultaat,
            },
        )

    def require_mine(self) -> None:
        """Raises Conflict where a colleague has it."""
        if self.rij.door and self.rij.door != self.ik:
            raise Conflict(
                f"{self.rij.door_naam} heeft deze terugbelnotitie al opgepakt. Er is niets gewijzigd.",
                current={"door": self.rij.door, "door_naam": self.rij.door_naam},
            )

    def require_mine_or_coordinated(self) -> None:
        """Raises Forbidden where a colleague has it and this is not the coordinator."""
        if self.rij.door and self.rij.door != self.ik and not self.is_coordinator:
            raise Forbidden(
                f"{self.rij.door_naam} heeft deze terugbelnotitie. Alleen {self.rij.door_naam} of de coördinator van"
                f" {self.rij.afdeling or 'het team'} kan dit doen."
            )

    def claim(self) -> None:
        self.rij.door = self.ik
        self.rij.door_naam = self.mijn_naam
        self.rij.opgepakt_op = self.werk.unit.now

    def let_go(self) -> None:
        self.rij.door = self.rij.door_naam = ""
        self.rij.opgepakt_op = None

    async def finish(self, **more: str) -> dict[str, Any]:
        """Store, announce and note in the trail; the outcome."""
        await self.werk.unit.session.flush()
        bijhouden.announce(self.werk.unit, self.rij.internetaak, self.rij.partij)
        if self.rij.partij:
            self.werk.audit("gewijzigd", "partij", self.rij.partij, ("internetaak", self.rij.internetaak))
        else:
            self.werk.audit("gewijzigd", "klantcontact", self.rij.klantcontact, ("internetaak", self.rij.internetaak))
        return {"notitie": self.rij.internetaak, **more}


_RESULTATEN = {
    "gesproken": "de klant is gesproken",
    "niet_bereikt": "de klant is niet bereikt",
    "ingesproken": "er is een bericht ingesproken",
}


class OverNotitie:
    """What every handler of these commands is built with and answers alike."""

    def __init__(self, normen: Normen, indelingen: Indelingen) -> None:
        self.normen = normen
        self._indelingen = indelingen

    def required(self, _gegevens: Any) -> Sequence[tuple[str, Recht]]:
        return [(bijhouden.FUNCTIE, Recht.WIJZIGEN)]

    def subject(self, gegevens: Any) -> tuple[str, str]:
        return "internetaak", str(gegevens.notitie)[:36]

    async def take(self, werk: Werk, uuid: str) -> Notitie:
        """Raises NotFound for what was never a note here."""
        indeling = await self._indelingen.read(werk.unit.session)
        await werk.hold(f"terugbelnotitie:{uuid}")
        rij = await bijhouden.locked(werk.unit, self.normen, indeling, uuid)
        if rij is None:
            await overnemen.adopt(werk, self.normen, indeling, uuid)
            rij = await bijhouden.locked(werk.unit, self.normen, indeling, uuid)
        if rij is None:
            raise NotFound("Deze terugbelnotitie is hier niet bekend.")
        try:
            taak = await werk.register.get(werk.unit, "internetaken", uuid)
        except NotFound:
            taak = None
        return Notitie(werk, rij, taak, indeling)


def check_uuid(controle: Controle, uuid: str) -> str:
    """In its normal form."""
    parsed = parse_uuid(uuid)
    if parsed is None:
        controle.wrong("notitie", "invalid", "Dit is geen nummer van een terugbelnotitie.")
        return ""
    return str(parsed)
