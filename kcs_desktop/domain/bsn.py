"""The burgerservicenummer, and the check that it shares with the RSIN.

A `Bsn` is made by `parse_bsn` alone, so code that receives one need not doubt it.
"""

from __future__ import annotations

import re
from typing import NewType

from kcs_desktop.domain.errors import InvalidInput

Bsn = NewType("Bsn", str)

_SEPARATORS = re.compile(r"[\s.\-]+")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def passes_elfproef(cijfers: str) -> bool:
    """Whether nine digits pass the elfproef of BSN and RSIN. All zeros pass the sum and are refused."""
    if len(cijfers) != 9 or not (cijfers.isascii() and cijfers.isdigit()) or not cijfers.strip("0"):
        return False
    return sum(gewicht * int(cijfer) for gewicht, cijfer in zip(_WEIGHTS, cijfers, strict=True)) % 11 == 0


def only_digits(tekst: str) -> str:
    """The text without blanks, dots and hyphens between digits."""
    return _SEPARATORS.sub("", tekst)


def parse_bsn(tekst: str, *, field: str = "bsn") -> Bsn:
    """Nine digits, in any grouping; eight are an old number without its leading zero."""
    cijfers = only_digits(tekst)
    if not cijfers:
        raise InvalidInput("Vul een BSN in.", field=field, code="bsn-leeg")
    if not (cijfers.isascii() and cijfers.isdigit()):
        raise InvalidInput("Een BSN bestaat alleen uit cijfers.", field=field, code="bsn-tekens")
    if len(cijfers) not in (8, 9):
        raise InvalidInput(f"Een BSN heeft 9 cijfers. Dit zijn er {len(cijfers)}.", field=field, code="bsn-lengte")
    cijfers = cijfers.zfill(9)
    if not passes_elfproef(cijfers):
        raise InvalidInput(
            "Dit is geen geldig BSN: de controle klopt niet.",
            field=field,
            code="bsn-elfproef",
            advice="Kijk of er twee cijfers verwisseld zijn.",
        )
    return Bsn(cijfers)
