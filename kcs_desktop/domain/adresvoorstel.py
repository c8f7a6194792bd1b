"""Addresses that are proposed while somebody types where something is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from kcs_desktop.domain.tekst import clean, fold
from kcs_desktop.domain.zaakgegevens import Locatie

MIN_LETTERS = 3  # fewer say nothing yet
_OMSCHRIJVING = re.compile(
    r"(?P<straat>.+?)\s+(?P<nummer>[0-9]{1,5})(?P<letter>[A-Za-z])?(?:-(?P<toevoeging>[A-Za-z0-9]{1,4}))?"
    r"(?:,\s*(?:(?P<postcode>[1-9][0-9]{3}\s?[A-Za-z]{2})\s+)?(?P<plaats>[^,]+))?"
)
_HUISNUMMER = re.compile(r"\s[0-9]")


class Adresvoorstel(msgspec.Struct, frozen=True, omit_defaults=True):
    """One to choose. `id` is what the BAG calls it; "" is a street without a house number."""

    omschrijving: str
    id: str = ""
    locatie: Locatie = Locatie()


class Adresantwoord(msgspec.Struct, frozen=True, omit_defaults=True):
    """`melding` says why there are none, or that what was typed is kept as it is."""

    voorstellen: tuple[Adresvoorstel, ...] = ()
    melding: str = ""


def locatie_from(omschrijving: str) -> Locatie:
    """An address as it is written on one line, in its parts; what is none of that is where it is, in words."""
    tekst = clean(omschrijving)
    gevonden = _OMSCHRIJVING.fullmatch(tekst)
    if gevonden is None:
        return Locatie(toelichting=tekst)
    return Locatie(
        gevonden["straat"],
        int(gevonden["nummer"]),
        (gevonden["letter"] or "").upper(),
        gevonden["toevoeging"] or "",
        (gevonden["postcode"] or "").replace(" ", "").upper(),
        (gevonden["plaats"] or "").strip(),
    )


def with_streets(tekst: str, voorstellen: Sequence[Adresvoorstel]) -> tuple[Adresvoorstel, ...]:
    """The proposals, with before them the streets themselves while no number was typed."""
    if _HUISNUMMER.search(tekst):
        return tuple(voorstellen)
    return (*_streets(voorstellen), *voorstellen)


def is_enough(tekst: str) -> bool:
    """Whether there is something to look for."""
    return len(fold(clean(tekst)).replace(" ", "")) >= MIN_LETTERS


def _streets(voorstellen: Iterable[Adresvoorstel]) -> list[Adresvoorstel]:
    gezien: dict[tuple[str, str], None] = {}
    for voorstel in voorstellen:
        if voorstel.locatie.straat and voorstel.locatie.woonplaats:
            gezien.setdefault((voorstel.locatie.straat, voorstel.locatie.woonplaats))
    return [
        Adresvoorstel(f"{straat}, {plaats} (zonder huisnummer)", locatie=Locatie(straat, woonplaats=plaats))
        for straat, plaats in gezien
    ]
