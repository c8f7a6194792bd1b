"""The rules of the fields that an employee fills in here: what is accepted, and what is said when it is not.

Limits are those of Klantinteracties 0.9.0. Pure; forms call it at every keystroke.
"""

from __future__ import annotations

from kcs_desktop.sdk import (
    DigitaalAdres,
    InvalidInput,
    SoortDigitaalAdres,
    clean,
    has_unwanted,
    parse_emailadres,
    parse_telefoonnummer,
)

MAX_ADRES = 80
MAX_OMSCHRIJVING = 40
MAX_NAAM = 200
MAX_VOORVOEGSEL = 10
MAX_ADRESREGEL = 80

_VREEMD = "Dit veld bevat onzichtbare tekens. Typ de tekst opnieuw."


def text(value: str, maximum: int, *, field: str, label: str, required: bool = False) -> str:
    """The cleaned text; raises InvalidInput when it is missing, too long or holds unseen characters."""
    cleaned = clean(value)
    if has_unwanted(value) or "\n" in value.strip():
        raise InvalidInput(_VREEMD, field=field, code="vreemde-tekens")
    if required and not cleaned:
        raise InvalidInput(f"Vul {label} in.", field=field, code="verplicht")
    if len(cleaned) > maximum:
        raise InvalidInput(
            f"Dit is te lang: {len(cleaned)} tekens, er mogen er {maximum}.", field=field, code="te-lang"
        )
    return cleaned


def phone(value: str, *, field: str) -> str:
    """A number in its normal form."""
    cleaned = text(value, MAX_ADRES, field=field, label="een telefoonnummer", required=True)
    return parse_telefoonnummer(cleaned, field=field)


def email(value: str, *, field: str) -> str:
    """An address that can be mailed to."""
    cleaned = text(value, MAX_ADRES, field=field, label="een e-mailadres", required=True)
    return parse_emailadres(cleaned, field=field)


def digital_address(soort: SoortDigitaalAdres, value: str, *, field: str) -> str:
    """The address in the form that is kept, by its kind."""
    if soort is SoortDigitaalAdres.TELEFOONNUMMER:
        return phone(value, field=field)
    if soort is SoortDigitaalAdres.EMAIL:
        return email(value, field=field)
    return text(value, MAX_ADRES, field=field, label="een adres", required=True)


def said(error: InvalidInput) -> str:
    """What is wrong and what to do, in one line."""
    return f"{error.message} {error.advice}".strip()


def same_address(one: DigitaalAdres, other: DigitaalAdres) -> bool:
    """Whether two addresses say the same to the employee: `uuid` aside."""
    return (one.soort, _plain(one), one.omschrijving, one.standaard) == (
        other.soort,
        _plain(other),
        other.omschrijving,
        other.standaard,
    )


def _plain(adres: DigitaalAdres) -> str:
    """The address in one notation: a number that was stored as 06-12345678 is the one that is typed as 0612345678."""
    try:
        return digital_address(adres.soort, adres.adres, field="").lower()
    except InvalidInput:
        return adres.adres.strip().lower()
