"""E-mail addresses: what can be mailed to at all. Whether anybody reads it only a mail can tell."""

from __future__ import annotations

import re
from typing import NewType

from kcs_desktop.domain.errors import InvalidInput

Emailadres = NewType("Emailadres", str)

MAX_EMAIL = 254
MAX_LOCAL = 64
_LOCAL = re.compile(r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]+")
_LABEL = re.compile(r"[^\W_](?:[\w\-]{0,61}[^\W_])?")
_VOORBEELD = "Schrijf een e-mailadres zo: naam@voorbeeld.nl."


def parse_emailadres(tekst: str, *, field: str = "email") -> Emailadres:
    """The address with its domain in lower case; the part before the @ keeps the case it was given."""
    adres = tekst.strip().removeprefix("mailto:")
    if not adres:
        raise InvalidInput("Vul een e-mailadres in.", field=field, code="email-leeg")
    if len(adres) > MAX_EMAIL:
        raise InvalidInput(f"Een e-mailadres heeft hoogstens {MAX_EMAIL} tekens.", field=field, code="email-lengte")
    if adres.count("@") != 1:
        reden = "Een e-mailadres heeft een @." if "@" not in adres else "Een e-mailadres heeft maar één @."
        raise InvalidInput(reden, field=field, code="email-vorm", advice=_VOORBEELD)
    voor, _, domein = adres.partition("@")
    if (
        not voor
        or len(voor) > MAX_LOCAL
        or not _LOCAL.fullmatch(voor)
        or ".." in voor
        or voor[0] == "."
        or voor[-1] == "."
    ):
        raise InvalidInput("Het deel voor de @ klopt niet.", field=field, code="email-vorm", advice=_VOORBEELD)
    delen = domein.split(".")
    if len(delen) < 2 or len(delen[-1]) < 2 or not all(_LABEL.fullmatch(deel) for deel in delen):
        raise InvalidInput("Het deel na de @ klopt niet.", field=field, code="email-vorm", advice=_VOORBEELD)
    return Emailadres(f"{voor}@{domein.lower()}")
