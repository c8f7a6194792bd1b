"""A kind of zaak: how it runs, who takes part, what is asked and which documents belong to it; and what this
municipality keeps about it beside the standard.

References are uuids within the catalogue; `url` is the address under which the register wants them named again.
"""

from __future__ import annotations

from datetime import date

import msgspec

from kcs_desktop.domain.catalogus import Knipstap
from kcs_desktop.domain.eigenschap import objection_to
from kcs_desktop.domain.zaakrechten import Zaakrecht, mag_zaak

FORMATEN = ("tekst", "getal", "datum", "datum_tijd")


class Zaaktype(msgspec.Struct, frozen=True, omit_defaults=True):
    """`doorlooptijd` is what the law gives, `servicenorm` how soon it is done as a rule: ISO durations, P8W or P10D."""

    uuid: str
    url: str
    identificatie: str
    omschrijving: str
    vertrouwelijkheidaanduiding: str
    doorlooptijd: str = ""
    servicenorm: str = ""
    verlengingstermijn: str = ""
    mag_verlengen: bool = False
    mag_opschorten: bool = False
    onderwerp: str = ""
    doel: str = ""
    toelichting: str = ""
    verantwoordelijke: str = ""
    trefwoorden: tuple[str, ...] = ()
    begin_geldigheid: date | None = None
    einde_geldigheid: date | None = None
    is_concept: bool = False

    def geldt_op(self, dag: date) -> bool:
        """Whether a zaak of this type may be started on that day."""
        begun = self.begin_geldigheid is None or self.begin_geldigheid <= dag
        return not self.is_concept and begun and (self.einde_geldigheid is None or self.einde_geldigheid >= dag)


class Statustype(msgspec.Struct, frozen=True, omit_defaults=True):
    """A step; `statustekst` is what the citizen reads."""

    uuid: str
    url: str
    omschrijving: str
    volgnummer: int
    statustekst: str = ""
    is_eindstatus: bool = False
    informeren: bool = False


class Roltype(msgspec.Struct, frozen=True, omit_defaults=True):
    """`generiek` is the standard's word: initiator, behandelaar, belanghebbende …"""

    uuid: str
    url: str
    omschrijving: str
    generiek: str


class Resultaattype(msgspec.Struct, frozen=True, omit_defaults=True):
    """A way in which a zaak can end."""

    uuid: str
    url: str
    omschrijving: str
    toelichting: str = ""


class Eigenschap(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that is asked. `formaat` is one of FORMATEN; any other comes from a catalogue that knows more, and is
    asked as text. `lengte` is in characters or digits (0: no bound known), `hoogstens` None is any number of times."""

    uuid: str
    url: str
    naam: str
    definitie: str = ""
    toelichting: str = ""
    groep: str = ""
    formaat: str = "tekst"
    lengte: int = 0
    decimalen: int = 0
    minstens: int = 0
    hoogstens: int | None = 1
    waarden: tuple[str, ...] = ()
    statustype: str = ""

    @property
    def is_verplicht(self) -> bool:
        return self.minstens > 0

    def objection_to(self, waarde: str) -> str:
        """Why this value cannot be given, in Dutch; "" where it can."""
        lengte = f"{self.lengte},{self.decimalen}" if self.decimalen else str(self.lengte or "")
        return objection_to(waarde, {"formaat": self.formaat, "lengte": lengte, "waardenverzameling": self.waarden})


class Documenttype(msgspec.Struct, frozen=True, omit_defaults=True):
    """A kind of document with this zaaktype; `richting` is inkomend, uitgaand or intern."""

    uuid: str
    url: str
    omschrijving: str
    vertrouwelijkheidaanduiding: str = ""
    richting: str = ""
    volgnummer: int = 0


class Zaaktypevorm(msgspec.Struct, frozen=True):
    """All of one zaaktype: enough to draw its form and its course. Each list in the catalogue's own order."""

    zaaktype: Zaaktype
    statustypen: tuple[Statustype, ...] = ()
    roltypen: tuple[Roltype, ...] = ()
    resultaattypen: tuple[Resultaattype, ...] = ()
    eigenschappen: tuple[Eigenschap, ...] = ()
    documenttypen: tuple[Documenttype, ...] = ()

    def roltype(self, generiek: str) -> Roltype | None:
        """The first of this kind; a zaaktype may have none."""
        return next((one for one in self.roltypen if one.generiek == generiek), None)


class Doorverwijzing(msgspec.Struct, frozen=True, omit_defaults=True):
    """No zaak is made here: which loket does it, and what it may be told of the customer."""

    loket: str
    doorgeven: tuple[str, ...] = ()
    toelichting: str = ""


class Zaaktypekenmerk(msgspec.Struct, frozen=True, omit_defaults=True):
    """What this municipality keeps about a zaaktype beside the standard, by its identificatie.

    `formeel_verzoek`: the law wants a confirmation of receipt. `locatie`: it is about a place. `levensgebeurtenissen`
    join it with others that come up in the same days. `knip` says which line does which step, `uitvoerder` who does
    the work and where.
    """

    identificatie: str
    formeel_verzoek: bool = False
    locatie: bool = False
    levensgebeurtenissen: tuple[str, ...] = ()
    producten: tuple[str, ...] = ()
    afdeling: str = ""
    uitvoerder: str = ""
    knipproces: str = ""
    knip: tuple[Knipstap, ...] = ()
    doorverwijzen: Doorverwijzing | None = None


class Zaaktypekenmerken(msgspec.Struct, frozen=True):
    """Of every zaaktype that has any; and with which zaken whoever asks may work, None where that was not told."""

    zaaktypen: tuple[Zaaktypekenmerk, ...] = ()
    zaakrechten: tuple[Zaakrecht, ...] | None = None

    def van(self, identificatie: str) -> Zaaktypekenmerk:
        """Those of one zaaktype; of an unknown one nothing is known."""
        return next(
            (one for one in self.zaaktypen if one.identificatie == identificatie), Zaaktypekenmerk(identificatie)
        )

    def mag(self, zaaktype: Zaaktype) -> bool:
        """Whether a zaak of this type may be made by who asked. The register decides; this is for what is offered."""
        if self.zaakrechten is None:
            return True
        rechten = frozenset(self.zaakrechten)
        return mag_zaak(rechten, zaaktype.identificatie, zaaktype.vertrouwelijkheidaanduiding)

    def bij_product(self, product: str) -> tuple[Zaaktypekenmerk, ...]:
        """The zaaktypen that a product leads to."""
        return tuple(one for one in self.zaaktypen if product in one.producten)

    def samen_met(self, identificatie: str) -> tuple[Zaaktypekenmerk, ...]:
        """Others of the same levensgebeurtenis, those with most of them in common first."""
        own = set(self.van(identificatie).levensgebeurtenissen)
        others = [one for one in self.zaaktypen if one.identificatie != identificatie]
        shared = [(len(own & set(one.levensgebeurtenissen)), one) for one in others]
        return tuple(one for common, one in sorted(shared, key=lambda pair: -pair[0]) if common)
