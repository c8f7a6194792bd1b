"""A line of digits: which of the registers' numbers it can be. It may be several; all are searched, one is asked."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from kcs_desktop.domain.bsn import passes_elfproef
from kcs_desktop.domain.datum import parse_datum
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.telefoonnummer import display_telefoonnummer, parse_telefoonnummer
from kcs_desktop.domain.weergave import datum as display_datum
from kcs_desktop.domain.zaaknummer import has_year
from kcs_desktop.domain.zoeken import Soortvraag, Zoekvraag

_NUMBER = re.compile(r"\+?[\d\s.\-/()]*\d[\d\s.\-/()]*", re.ASCII)
_TELEFOON = "de BRP en het Handelsregister kunnen niet zoeken op telefoonnummer."
_LENGTHS = "Een BSN heeft 9 cijfers, een KvK-nummer 8, een vestigingsnummer 12 en een telefoonnummer 10."


def is_number(tekst: str) -> bool:
    """Whether the text is digits with the signs people put between them."""
    return _NUMBER.fullmatch(tekst) is not None


def recognise_number(tekst: str, today: date) -> Zoekvraag:
    """The question for a text that `is_number`."""
    cijfers = re.sub(r"\D", "", tekst)
    if tekst.startswith("+") or (cijfers.startswith("00") and len(cijfers) != 12 and not passes_elfproef(cijfers)):
        return _phone(tekst, cijfers)
    if len(cijfers) == 9:
        return _nine(tekst, cijfers)
    if len(cijfers) == 8 and not cijfers.startswith(("0800", "0900")):
        return _eight(tekst, cijfers, today)
    if len(cijfers) == 12:
        return Zoekvraag(
            tekst,
            Soortvraag.VESTIGINGSNUMMER,
            vestigingsnummer=cijfers,
            is_volledig=True,
            uitleg="Vestigingsnummer · Enter zoekt in het Handelsregister.",
        )
    if cijfers.startswith(("0", "14")) and len(cijfers) <= 11:
        return _phone(tekst, cijfers)
    if len(cijfers) < 8:
        return Zoekvraag(tekst, Soortvraag.BSN, uitleg="Nummer · typ verder.")
    return Zoekvraag(tekst, Soortvraag.BSN, fout=f"Dit nummer heeft {len(cijfers)} cijfers. {_LENGTHS}")


def _nine(tekst: str, cijfers: str) -> Zoekvraag:
    if passes_elfproef(cijfers) and cijfers.startswith("8"):
        # The same check, another range: no BSN begins with an 8, and a person's number must not go to the KvK.
        return Zoekvraag(
            tekst, Soortvraag.RSIN, rsin=cijfers, is_volledig=True, uitleg="RSIN · Enter zoekt in het Handelsregister."
        )
    if passes_elfproef(cijfers):
        return Zoekvraag(
            tekst, Soortvraag.BSN, bsn=cijfers, rsin=cijfers, is_volledig=True, uitleg="BSN · Enter zoekt in de BRP."
        )
    fout = "Dit is geen geldig BSN: de controle klopt niet."
    if cijfers.startswith("0"):
        return Zoekvraag(tekst, Soortvraag.BSN, fout=f"{fout} {_missing_digit(cijfers)}".strip())
    if has_year(tekst):
        return Zoekvraag(tekst, Soortvraag.BSN, fout=fout)
    vraag = Zoekvraag(tekst, Soortvraag.BSN, telefoonnummer=parse_telefoonnummer("0" + cijfers), fout=fout)
    if not vraag.beller:
        return vraag  # who is known by it is found, and no more is made of it
    uitleg = f"Als telefoonnummer: {display_telefoonnummer(vraag.beller)} · {_TELEFOON}"
    return msgspec.structs.replace(vraag, uitleg=uitleg)


def _missing_digit(cijfers: str) -> str:
    return "Is het een telefoonnummer, dan ontbreekt een cijfer." if cijfers[1] != "0" else ""


def _eight(tekst: str, cijfers: str, today: date) -> Zoekvraag:
    kort_bsn = cijfers.zfill(9)
    bsn = kort_bsn if passes_elfproef(kort_bsn) else ""
    try:
        geboren = parse_datum(cijfers, today).iso
    except InvalidInput:
        geboren = ""
    ook = [f"geboortedatum {display_datum(geboren)}"] if geboren else []
    ook += [f"BSN {kort_bsn}"] if bsn else []
    return Zoekvraag(
        tekst,
        Soortvraag.KVK_NUMMER,
        kvk_nummer=cijfers,
        bsn=bsn,
        geboortedatum=geboren,
        is_volledig=True,
        uitleg="KvK-nummer · Enter zoekt in het Handelsregister."
        + (f" Kan ook {' of '.join(ook)} zijn." if ook else ""),
    )


def _phone(tekst: str, cijfers: str) -> Zoekvraag:
    try:
        nummer = parse_telefoonnummer(tekst)
    except InvalidInput as error:
        fout = error.message if len(cijfers) > 10 else ""
        return Zoekvraag(tekst, Soortvraag.TELEFOONNUMMER, fout=fout, uitleg=f"Telefoonnummer · {_TELEFOON}")
    uitleg = f"Telefoonnummer {display_telefoonnummer(nummer)} · {_TELEFOON}"
    return Zoekvraag(tekst, Soortvraag.TELEFOONNUMMER, telefoonnummer=nummer, uitleg=uitleg)
