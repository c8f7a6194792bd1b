"""What there is to choose where a zaak is made: zaaktypen, by product where one was meant, and what others handle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from kcs_desktop.sdk import Doorverwijzing, Product, Seat, Zaakaanmaken, Zaaktypekeuze, clean


class Keuze(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing to choose: a zaaktype, perhaps for one of its products, or a product that is handled elsewhere."""

    titel: str
    zaaktype: Zaaktypekeuze | None = None
    product: str = ""
    elders: Doorverwijzing | None = None

    @property
    def key(self) -> str:
        """Names it across updates."""
        return f"keuze:{self.zaaktype.uuid if self.zaaktype is not None else ''}:{self.product}"


def all_of(aan: Zaakaanmaken, product: str) -> Iterator[Keuze]:
    """Everything, first what this product leads to; "" for none."""
    eigen = tuple(of_product(aan, product)) if product else ()
    yield from eigen
    bekend = {keuze.zaaktype.uuid for keuze in eigen if keuze.zaaktype is not None}
    yield from (Keuze(al.naam, al, elders=al.doorverwijzing) for al in aan.find("") if al.uuid not in bekend)


def of_product(aan: Zaakaanmaken, product: str) -> Iterator[Keuze]:
    """What this product of the catalogue leads to."""
    elders = aan.referral(product)
    if elders is not None:
        yield Keuze(product, product=product, elders=elders)
        return
    for zaaktype in aan.for_product(product):
        yield Keuze(product, zaaktype, product)


def found(seat: Seat, getypt: str) -> Iterator[Keuze]:
    """Zaaktypen in which the words stand, each by the products that were meant; then what is handled elsewhere."""
    woorden = clean(getypt).casefold().split()
    genoemd: set[str] = set()
    for zaaktype in seat.zaakaanmaken.find(getypt):
        producten = [al for al in zaaktype.kenmerk.producten if _says(al, woorden)]
        genoemd.update(producten)
        if zaaktype.doorverwijzing is not None or not producten or _says(zaaktype.naam, woorden):
            yield Keuze(zaaktype.naam, zaaktype, elders=zaaktype.doorverwijzing)
            continue
        for product in producten:
            yield Keuze(product, zaaktype, product)
    for ander in _elsewhere(seat, woorden, genoemd):
        yield Keuze(ander.naam, product=ander.naam, elders=seat.zaakaanmaken.referral(ander.naam))


def _elsewhere(seat: Seat, woorden: Sequence[str], genoemd: set[str]) -> Iterator[Product]:
    for product in seat.catalogus.producten:
        is_meant = product.naam not in genoemd and _says(product.naam, woorden)
        if is_meant and seat.zaakaanmaken.referral(product.naam) is not None:
            yield product


def _says(naam: str, woorden: Sequence[str]) -> bool:
    klein = naam.casefold()
    return all(woord in klein for woord in woorden)
