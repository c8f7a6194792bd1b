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


def company_numbers(kvk_nummer: str, rsin: str) -> tuple[str, str]:
    """The KvK number and the RSIN of a company of which one stands in the field of the other: Open Formulieren writes
    the KvK number where the Zaken API asks the RSIN. Eight digits beside another KvK number are an RSIN without its
    leading zero, where the elfproef says so. All else stays as it was sent."""
    is_eight = len(rsin) == 8 and rsin.isascii() and rsin.isdigit()
    if not is_eight:
        return kvk_nummer, rsin
    if kvk_nummer in {"", rsin}:
        return rsin, ""
    return kvk_nummer, f"0{rsin}" if passes_elfproef(f"0{rsin}") else rsin


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
