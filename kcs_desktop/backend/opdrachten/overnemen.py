"""A task of another program, read over the register's port, as a note that nobody here promised."""

from __future__ import annotations

from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.backend.standards.port import Resource
from kcs_desktop.backend.terugbellen.bijhouden import Nieuw, department, take_on
from kcs_desktop.backend.terugbellen.indeling import Indeling, department_of
from kcs_desktop.backend.terugbellen.spiegel import moment
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.terugbelnorm import Normen


async def adopt(werk: Werk, normen: Normen, indeling: Indeling, internetaak: str) -> None:
    """Make the row beside this task, where the register has it."""
    try:
        taak = await werk.register.get(werk.unit, "internetaken", internetaak)
    except NotFound:
        return
    contact = _ref(taak, "aanleidinggevendKlantcontact")
    partij = ""
    for betrokkene in await werk.register.find(werk.unit, "betrokkenen", {"hadKlantcontact__uuid": contact}):
        found = _ref(betrokkene, "wasPartij")
        if found and (not partij or betrokkene.get("rol") == "klant"):
            partij = found
    toegewezen, of_colleague = [], {}
    for reference in taak.get("toegewezenAanActoren") or ():
        actor = await werk.register.get(werk.unit, "actoren", str(reference["uuid"]))
        naam = str((actor.get("actoridentificator") or {}).get("objectId") or "")
        toegewezen.append((str(actor.get("soortActor") or ""), naam))
        of_colleague[naam] = await department_of(werk.unit.session, naam)
    begin = moment(taak.get("toegewezenOp")) or werk.nu
    afdeling = department(indeling, toegewezen, of_colleague)
    nieuw = Nieuw(internetaak, begin, str(taak["gevraagdeHandeling"]), contact, partij, afdeling)
    await take_on(werk.unit, normen, [nieuw])


def _ref(body: Resource, name: str) -> str:
    return str((body.get(name) or {}).get("uuid") or "")
