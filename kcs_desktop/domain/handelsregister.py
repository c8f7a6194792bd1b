"""Numbers of the Handelsregister: KvK number, establishment number and RSIN."""

from __future__ import annotations

from typing import NewType

from kcs_desktop.domain.bsn import only_digits, passes_elfproef
from kcs_desktop.domain.errors import InvalidInput

KvkNummer = NewType("KvkNummer", str)
Vestigingsnummer = NewType("Vestigingsnummer", str)
Rsin = NewType("Rsin", str)


def parse_kvk_nummer(tekst: str, *, field: str = "kvkNummer") -> KvkNummer:
    """Eight digits, in any grouping."""
    return KvkNummer(_digits(tekst, 8, "KvK-nummer", field, "kvk"))


def parse_vestigingsnummer(tekst: str, *, field: str = "vestigingsnummer") -> Vestigingsnummer:
    """Twelve digits, in any grouping."""
    return Vestigingsnummer(_digits(tekst, 12, "vestigingsnummer", field, "vestiging"))


def parse_rsin(tekst: str, *, field: str = "rsin") -> Rsin:
    """Nine digits that pass the elfproef."""
    cijfers = _digits(tekst, 9, "RSIN", field, "rsin")
    if not passes_elfproef(cijfers):
        raise InvalidInput("Dit is geen geldig RSIN: de controle klopt niet.", field=field, code="rsin-elfproef")
    return Rsin(cijfers)


def _digits(tekst: str, lengte: int, naam: str, field: str, code: str) -> str:
    cijfers = only_digits(tekst)
    if not cijfers:
        raise InvalidInput(f"Vul een {naam} in.", field=field, code=f"{code}-leeg")
    if not (cijfers.isascii() and cijfers.isdigit()):
        raise InvalidInput(f"Een {naam} bestaat alleen uit cijfers.", field=field, code=f"{code}-tekens")
    if len(cijfers) != lengte:
        raise InvalidInput(
            f"Een {naam} heeft {lengte} cijfers. Dit zijn er {len(cijfers)}.", field=field, code=f"{code}-lengte"
        )
    if not cijfers.strip("0"):
        raise InvalidInput(f"Dit {naam} bestaat niet.", field=field, code=f"{code}-bestaat-niet")
    return cijfers
