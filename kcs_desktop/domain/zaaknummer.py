"""Whether what was typed may be (a part of) the number of a zaak, so that registers are asked for one."""

from __future__ import annotations

import re

from kcs_desktop.domain.zoeken import Soortvraag, Zoekvraag

LEAST = 3  # characters from which a part of a number is asked
_NUMMER = re.compile(
    r"[A-Za-z]{0,6}[-_/. ]?[0-9][0-9A-Za-z-_/.]*"
)  # a part of an identificatie has a digit and no words
_GESCHREVEN = re.compile(r"[A-Za-z]{1,6}[-_/.][0-9][0-9A-Za-z-_/.]*")  # nobody is called ZAAK-20
# Numbers of people are not sent to a register of zaken as a part of a number.
_OF_PEOPLE = frozenset(
    {
        Soortvraag.BSN,
        Soortvraag.TELEFOONNUMMER,
        Soortvraag.EMAIL,
        Soortvraag.POSTCODE,
        Soortvraag.ADRES,
        Soortvraag.GEBOORTEDATUM,
        Soortvraag.NAAM_EN_GEBOORTEDATUM,
    }
)


def has_form_of_number(tekst: str) -> bool:
    return _NUMMER.fullmatch(tekst.strip()) is not None


def is_written_number(vraag: Zoekvraag) -> bool:
    """The number of a zaak, or its beginning, and no name: so no register of people or companies is asked for it."""
    return vraag.soort is Soortvraag.NAAM and _GESCHREVEN.fullmatch(vraag.tekst.strip()) is not None


def is_part_of_number(vraag: Zoekvraag) -> bool:
    """`vraag` is the reading of the same text as a search for customers."""
    tekst = vraag.tekst.strip()
    return len(tekst) >= LEAST and vraag.soort not in _OF_PEOPLE and has_form_of_number(tekst)
