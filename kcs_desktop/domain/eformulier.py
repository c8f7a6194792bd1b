"""E-formulieren: zaken that a form on the website made, and which of them still wait for somebody.

How such a zaak is known is a rule over what the standard holds, the same for every register of zaken; see
`docs/adr/0022`.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from kcs_desktop.domain.klant import Klantverwijzing
from kcs_desktop.domain.werkdagen import Dienstkalender
from kcs_desktop.domain.zaak import Zaakregel, Zaakrol


class Eformulierregels(msgspec.Struct, frozen=True, omit_defaults=True):
    """By which signs a zaak is known as one of a form, without regard to capitals; one of them is enough.

    `bronnen` are sources of a kenmerk, `kanalen` names or addresses of a communicatiekanaal, `toelichtingen` what
    stands with the rol of the initiator. `dagen`: how far back a zaak is looked for that has no kenmerk; 0 looks for
    none. `norm`: the working days within which somebody takes it on.
    """

    bronnen: tuple[str, ...] = ("Open Formulieren",)
    kanalen: tuple[str, ...] = ("e-formulier", "webformulier", "formulier", "website")
    toelichtingen: tuple[str, ...] = ("inzender formulier",)
    dagen: int = 30
    norm: int = 2
    kalender: Dienstkalender = Dienstkalender()

    def deadline(self, ontvangen: datetime) -> datetime:
        """Until when somebody should take it on."""
        return self.kalender.deadline(ontvangen, self.norm)


class Formulierzaak(msgspec.Struct, frozen=True, omit_defaults=True):
    """A zaak with the signs that are looked at. `gezet_op` is when its present status was set."""

    regel: Zaakregel
    bronnen: tuple[str, ...] = ()
    kanalen: tuple[str, ...] = ()  # its communicatiekanaal by name and by address
    geregistreerd: date | None = None
    gezet_op: datetime | None = None
    rollen: tuple[Zaakrol, ...] = ()

    @property
    def initiator(self) -> Zaakrol | None:
        return next((rol for rol in self.rollen if rol.generiek == "initiator"), None)

    @property
    def is_waiting(self) -> bool:
        """Nobody took it on: it has no behandelaar, and no step was taken after the first."""
        is_taken = any(rol.generiek == "behandelaar" for rol in self.rollen)
        return self.regel.is_open and not is_taken and self.regel.stap <= 1

    def is_of_form(self, regels: Eformulierregels) -> bool:
        initiator = self.initiator
        toelichting = (initiator.toelichting,) if initiator is not None else ()
        return (
            _meet(self.bronnen, regels.bronnen)
            or _meet(self.kanalen, regels.kanalen)
            or _meet(toelichting, regels.toelichtingen)
        )


class Eformulier(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of the worklist. `klant` has no name where none was found; `vanuit` says where the name came from.

    Without a moment the day alone is known: it counts from the opening of that day.
    """

    regel: Zaakregel
    ontvangen: datetime | None = None
    heeft_tijd: bool = False
    klant: Klantverwijzing | None = None
    vanuit: str = ""  # formulier, klantregistratie or BRP

    @property
    def uuid(self) -> str:
        return self.regel.verwijzing.uuid


class Eformulierlijst(msgspec.Struct, frozen=True, omit_defaults=True):
    """The worklist, newest first; `is_afgekapt`: there may be more that were not looked through."""

    formulieren: tuple[Eformulier, ...] = ()
    is_afgekapt: bool = False
    opgehaald_op: datetime | None = None
    uit_cache: bool = False
    laadt: bool = False
    fout: str = ""

    def find(self, uuid: str) -> Eformulier | None:
        return next((al for al in self.formulieren if al.uuid == uuid), None)


def received(zaak: Formulierzaak, kalender: Dienstkalender) -> tuple[datetime | None, bool]:
    """When it came in, and whether that is a moment or only a day. The first status is set as it is registered."""
    if zaak.gezet_op is not None:
        return zaak.gezet_op, True
    dag = zaak.geregistreerd or zaak.regel.startdatum
    if dag is None:
        return None, False
    return datetime.combine(dag, kalender.opent, ZoneInfo(kalender.zone)), False


def _meet(have: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    known = {one.strip().casefold() for one in wanted if one.strip()}
    return any(one.strip().casefold() in known for one in have)
