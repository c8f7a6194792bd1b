"""Find or make the actor of an employee or department. The standard has no unique key for it, so this holds a slot.

The identifications are those other municipal software uses with Open Klant, so that actoren are shared with it.
"""

from __future__ import annotations

from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.backend.principal import Principal


class Gezocht:
    """An actor that is needed: `soort` is medewerker, organisatorische_eenheid or geautomatiseerde_actor.

    `objecttype` says which kind of organisatorische_eenheid: "afd" or "grp".
    """

    def __init__(self, soort: str, object_id: str, naam: str, objecttype: str = "") -> None:
        self.soort = soort
        self.objecttype = objecttype or ("afd" if soort == "organisatorische_eenheid" else "mdw")
        self.object_id = object_id[:200]
        self.naam = (naam or object_id)[:200]

    @property
    def slot(self) -> str:
        soort = "groep" if self.objecttype == "grp" else self.soort
        return f"actor:{soort}:{self.object_id}"

    @property
    def identificator(self) -> dict[str, str]:
        return {
            "objectId": self.object_id,
            "codeObjecttype": self.objecttype,
            "codeRegister": "obj" if self.soort == "organisatorische_eenheid" else "msei",
            "codeSoortObjectId": "idf",
        }


def of_principal(wie: Principal) -> Gezocht:
    """The one who acts."""
    soort = "medewerker" if wie.soort == "medewerker" else "geautomatiseerde_actor"
    return Gezocht(soort, wie.naam, wie.weergavenaam)


def of_afdeling(naam: str) -> Gezocht:
    return Gezocht("organisatorische_eenheid", naam, naam)


def of_groep(naam: str) -> Gezocht:
    """A team across departments."""
    return Gezocht("organisatorische_eenheid", naam, naam, "grp")


def of_medewerker(gebruikersnaam: str, naam: str) -> Gezocht:
    return Gezocht("medewerker", gebruikersnaam, naam)


async def find_or_create_all(werk: Werk, wanted: list[Gezocht]) -> dict[str, str]:
    """uuid per slot name, each actor made at most once whatever runs at the same time."""
    made: dict[str, str] = {}
    for actor in wanted:
        if actor.slot not in made and (found := await _find(werk, actor)):
            made[actor.slot] = found
    absent = {actor.slot: actor for actor in wanted if actor.slot not in made}
    # Held only to make one: whoever acts often would otherwise wait for each of their own commands.
    await werk.hold(*absent)
    for slot, actor in absent.items():
        made[slot] = await _find(werk, actor) or await _create(werk, actor)
    return made


async def _find(werk: Werk, actor: Gezocht) -> str:
    key = actor.identificator
    found = await werk.register.uuids(
        werk.unit,
        "actoren",
        {
            "actoridentificatorObjectId": key["objectId"],
            "actoridentificatorCodeObjecttype": key["codeObjecttype"],
            "actoridentificatorCodeRegister": key["codeRegister"],
        },
    )
    return found[0] if found else ""


async def _create(werk: Werk, actor: Gezocht) -> str:
    # Without an actorIdentificatie: it may be left out, and where it is given a medewerker must have a function and a
    # telephone number in it, which we do not know.
    body = {
        "naam": actor.naam,
        "soortActor": actor.soort,
        "indicatieActief": True,
        "actoridentificator": actor.identificator,
    }
    return str((await werk.register.create(werk.unit, "actoren", body))["uuid"])
