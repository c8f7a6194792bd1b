"""The zaaktypen that an employee may start a zaak of, as a seat keeps them."""

from __future__ import annotations

from datetime import datetime

import msgspec

from kcs_desktop.domain.knip import Knipbeeld
from kcs_desktop.domain.zaaktype import Doorverwijzing, Zaaktype, Zaaktypekenmerk


class Zaaktypekeuze(msgspec.Struct, frozen=True):
    """One to choose. With `doorverwijzing` no zaak is made here, but the customer is referred."""

    zaaktype: Zaaktype
    kenmerk: Zaaktypekenmerk
    knip: Knipbeeld
    doorverwijzing: Doorverwijzing | None = None

    @property
    def uuid(self) -> str:
        return self.zaaktype.uuid

    @property
    def naam(self) -> str:
        return self.zaaktype.omschrijving


class Zaaktypenlijst(msgspec.Struct, frozen=True, omit_defaults=True):
    """By name. `opgehaald_op` is when the catalogue was read; None: never at this seat. `uit_cache`: not read since
    this sign-in. `melding` says why nothing can be chosen, or why it could not be read anew."""

    keuzes: tuple[Zaaktypekeuze, ...] = ()
    opgehaald_op: datetime | None = None
    uit_cache: bool = False
    laadt: bool = False
    melding: str = ""

    def find(self, zaaktype: str) -> Zaaktypekeuze | None:
        """By uuid or identificatie."""
        return next((al for al in self.keuzes if zaaktype in (al.uuid, al.zaaktype.identificatie)), None)
