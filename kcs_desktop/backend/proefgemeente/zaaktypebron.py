"""zaaktypen.toml as it is written, checked. Pure: no database."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import msgspec

from kcs_desktop.domain.ontvangstbevestiging import TITEL
from kcs_desktop.domain.zaaktype import Doorverwijzing, Zaaktypekenmerk


class Vraag(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One eigenschap."""

    naam: str
    vraag: str
    formaat: str
    lengte: int | str = ""
    waarden: tuple[str, ...] = ()
    verplicht: bool = True
    meer: bool = False

    @property
    def kardinaliteit(self) -> str:
        if self.meer:
            return "1-N" if self.verplicht else "N"
        return "1" if self.verplicht else "0-1"

    @property
    def geschreven_lengte(self) -> str:
        return str(self.lengte) or {"datum": "8", "datum_tijd": "14"}[self.formaat]


class Verloop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a kind of zaak runs."""

    statussen: tuple[tuple[str, str], ...]
    resultaten: tuple[tuple[str, str], ...]
    initiator: str
    extra_rollen: tuple[tuple[str, str], ...] = ()

    @property
    def rollen(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.initiator, "initiator"),
            ("Behandelaar", "behandelaar"),
            ("Belanghebbende", "belanghebbende"),
            *self.extra_rollen,
        )


class Bronzaaktype(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One zaaktype."""

    identificatie: str
    omschrijving: str
    over: str
    verloop: str
    producten: tuple[str, ...]
    uitvoerder: str
    norm: str
    termijn: str
    aanduiding: str
    vragen: tuple[Vraag, ...]
    stukken: tuple[tuple[str, str], ...]
    trefwoorden: tuple[str, ...] = ()
    verlenging: str = ""
    formeel: bool = False
    locatie: bool = False
    levensgebeurtenissen: tuple[str, ...] = ()
    doorverwijzen: Doorverwijzing | None = None

    @property
    def documenten(self) -> tuple[tuple[str, str], ...]:
        """Those of the file, and the confirmation where the law wants one."""
        return (*self.stukken, *([(TITEL, "uitgaand")] if self.formeel else []))

    def said(self, sentence: str) -> str:
        """A sentence of the verloop about this."""
        return sentence.replace("{over}", self.over).replace("{Over}", self.over[0].upper() + self.over[1:])

    def kenmerk(self) -> Zaaktypekenmerk:
        """What is kept beside the standard."""
        return Zaaktypekenmerk(
            self.identificatie,
            formeel_verzoek=self.formeel,
            locatie=self.locatie,
            levensgebeurtenissen=self.levensgebeurtenissen,
            producten=self.producten,
            uitvoerder=self.uitvoerder,
            doorverwijzen=self.doorverwijzen,
        )


class Bron(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verloop: dict[str, Verloop]
    zaaktype: tuple[Bronzaaktype, ...]


def read_bron() -> Bron:
    """The file that ships with the product."""
    text = files("resources.proefgemeente").joinpath("zaaktypen.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Bron)
