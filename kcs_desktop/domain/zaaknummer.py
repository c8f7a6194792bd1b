"""Whether what was typed may be (a part of) the number of a zaak, so that registers are asked for one."""

from __future__ import annotations

import re

from kcs_desktop.domain.zoeken import Soortvraag, Zoekvraag

LEAST = 3  # characters from which a part of a number is asked
_NUMMER = re.compile(
    r"[A-Za-z]{0,6}[-_/. ]?[0-9][0-9A-Za-z-_/.]*"
)  # a part of an identificatie has a digit and no words
_GESCHREVEN = re.compile(r"[A-Za-z]{1,6}[-_/.][0-9][0-9A-Za-z-_/.]*")  # nobody is called ZAAK-20
_JAARNUMMER = re.compile(r"(?:19|20)[0-9]{2}[-_/.][0-9]{3,}")  # 2026-0166: no date, and no number of people
_OPEN = frozenset({Soortvraag.BSN, Soortvraag.TELEFOONNUMMER})  # what other digits are read as, until they are one
_ALMOST_BSN = range(7, 10)  # digits that say of hardly anybody else who it is, with a typing error or not whole yet
# What tells of people is not sent to a register of zaken as a part of a number.
_OF_PEOPLE = frozenset(
    {
        Soortvraag.EMAIL,
        Soortvraag.POSTCODE,
        Soortvraag.ADRES,
        Soortvraag.GEBOORTEDATUM,
        Soortvraag.NAAM_EN_GEBOORTEDATUM,
    }
)


def has_form_of_number(tekst: str) -> bool:
    return _NUMMER.fullmatch(tekst.strip()) is not None


def has_year(tekst: str) -> bool:
    """Whether it has the form of a year with a number, as most numbers of zaken have."""
    return _JAARNUMMER.fullmatch(tekst.strip()) is not None


def is_written_number(vraag: Zoekvraag) -> bool:
    """The number of a zaak, or its beginning, and no name: so no register of people or companies is asked for it."""
    tekst = vraag.tekst.strip()
    if vraag.soort is Soortvraag.NAAM:
        return _GESCHREVEN.fullmatch(tekst) is not None
    return vraag.soort not in _OF_PEOPLE and not vraag.bsn and has_year(tekst)


def is_part_of_number(vraag: Zoekvraag) -> bool:
    """`vraag` is the reading of the same text as a search for customers."""
    tekst = vraag.tekst.strip()
    if len(tekst) < LEAST or vraag.soort in _OF_PEOPLE or not has_form_of_number(tekst):
        return False
    return vraag.soort not in _OPEN or is_written_number(vraag) or not _is_of_people(vraag)


def _is_of_people(vraag: Zoekvraag) -> bool:
    digits = sum(sign.isdigit() for sign in vraag.tekst)
    return bool(vraag.bsn or vraag.telefoonnummer) or digits in _ALMOST_BSN
