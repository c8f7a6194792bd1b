"""A call to the customer about a note, as a klantcontact beside the one it came from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from kcs_desktop.backend.opdrachten import actoren
from kcs_desktop.backend.opdrachten.controle import seat_names
from kcs_desktop.backend.opdrachten.terugbelnotitie import Notitie
from kcs_desktop.backend.terugbellen.tables import TbPoging
from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.klantcontact import MAX_ONDERWERP, Kanaal
from kcs_desktop.domain.tekst import shorten
from kcs_desktop.domain.terugbeltaak import Belresultaat
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.domain.weergave import local

_NAMEN = {
    Belresultaat.GESPROKEN: "Teruggebeld",
    Belresultaat.NIET_BEREIKT: "Terugbelpoging, niet bereikt",
    Belresultaat.INGESPROKEN: "Terugbelpoging, bericht ingesproken",
}


async def register(notitie: Notitie, resultaat: Belresultaat, op: datetime, toelichting: str) -> str:
    """The klantcontact of this call, its uuid; the attempt is kept beside the note. The task must still be there."""
    werk = notitie.werk
    assert notitie.taak is not None  # noqa: S101 -- the handlers ask only then; this tells the type checker
    contact = str(notitie.taak["aanleidinggevendKlantcontact"]["uuid"])
    onderwerp = str((await werk.register.get(werk.unit, "klantcontacten", contact))["onderwerp"])
    metadata = {
        "resultaat": f"terugbellen_{resultaat.value}",
        "afdeling": notitie.rij.afdeling,
        "medewerker": shorten(notitie.mijn_naam, 100),
        "internetaak": notitie.rij.internetaak,
    }
    body: dict[str, Any] = {
        "kanaal": Kanaal.TELEFOON.value,
        "onderwerp": shorten(f"{_NAMEN[resultaat]}: {onderwerp}", MAX_ONDERWERP),
        "inhoud": toelichting,
        "taal": "nld",
        "vertrouwelijk": False,
        # A seat's clock may be ahead; nobody can have called after the call was registered.
        "plaatsgevondenOp": min(op, werk.nu).isoformat(),
        "indicatieContactGelukt": resultaat is Belresultaat.GESPROKEN,
        "metadata": {name: value for name, value in metadata.items() if value},
    }
    async with seat_names({"inhoud": "toelichting"}, "toelichting"):
        made = await werk.register.add(werk.unit, "klantcontacten", body)
    await _link(notitie, contact, made)
    await keep(notitie, resultaat, op, toelichting, made)
    partijen = (notitie.rij.partij,) if notitie.rij.partij else ()
    werk.unit.emit(Wijziging("klantcontact", made, "gemaakt", "crm", partijen))
    return made


async def recorded(notitie: Notitie, resultaat: Belresultaat, op: datetime, toelichting: str) -> str:
    """The klantcontact of this call, where who reports it did so before: the customer was spoken to that day, and
    nothing is added to it. "" for another call."""
    if toelichting or resultaat is not Belresultaat.GESPROKEN:
        return ""
    query = select(TbPoging).where(TbPoging.internetaak == notitie.rij.internetaak)
    last = await notitie.werk.unit.session.scalar(query.order_by(TbPoging.op.desc(), TbPoging.id.desc()).limit(1))
    if last is None or (last.door, last.resultaat) != (notitie.ik, Belresultaat.GESPROKEN.value):
        return ""
    return last.klantcontact if local(last.op).date() == local(op).date() else ""


async def _link(notitie: Notitie, contact: str, made: str) -> None:
    werk = notitie.werk
    me = actoren.of_principal(werk.verzoek.wie)
    slots = await actoren.find_or_create_all(werk, [me])
    handled = {"actor": {"uuid": slots[me.slot]}, "klantcontact": {"uuid": made}}
    await werk.register.add(werk.unit, "actorklantcontacten", handled)
    partij = notitie.rij.partij
    if partij and await werk.register.has(werk.unit, "partijen", partij):
        wie = {"hadKlantcontact": {"uuid": made}, "wasPartij": {"uuid": partij}, "rol": "klant", "initiator": False}
        await werk.register.add(werk.unit, "betrokkenen", wie)
    before = {"klantcontact": {"uuid": made}, "wasKlantcontact": {"uuid": contact}, **_NO_OBJECT}
    await werk.register.add(werk.unit, "onderwerpobjecten", before)


async def keep(notitie: Notitie, resultaat: Belresultaat, op: datetime, toelichting: str, made: str = "") -> None:
    """The attempt beside the note alone, or with the klantcontact `made` of it."""
    unit, nu = notitie.werk.unit, notitie.werk.nu
    unit.session.add(
        TbPoging(
            id=new_id(unit.now),
            internetaak=notitie.rij.internetaak,
            op=min(op, nu),
            door=notitie.ik,
            naam=notitie.mijn_naam,
            resultaat=resultaat.value,
            notitie=toelichting,
            klantcontact=made,
        )
    )
    await unit.session.flush()


_NO_OBJECT: dict[str, Any] = {
    "onderwerpobjectidentificator": {
        "objectId": "",
        "codeObjecttype": "",
        "codeRegister": "",
        "codeSoortObjectId": "",
    }
}
