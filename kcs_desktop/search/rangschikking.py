"""The judge of one candidate: does it answer the question, how well, and why. Knows no database."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from kcs_desktop.domain.klant import SoortKlant
from kcs_desktop.domain.tekst import fold
from kcs_desktop.domain.zoeken import Soortvraag, Zoekvraag
from kcs_desktop.search.document import Document, Hit
from kcs_desktop.search.sleutels import name_words, phone_key, street_key
from kcs_desktop.search.vergelijk import document_words, match_words

_NO_BIRTH_DATE = 15.0
MIN_DIGITS = 3
MIN_STREET = 3
MAX_WORDS = 5


class Vraagdelen(msgspec.Struct, frozen=True):
    """The question in the forms that keys have."""

    vraag: Zoekvraag
    woorden: tuple[str, ...]  # of the name, without voorvoegsels
    straat: str
    losse_straat: str  # the name taken as the beginning of a street, without house number
    plaats: str
    cijfers: str  # an unfinished number
    email: str  # whole or the beginning
    telefoon: str
    heeft_cijfer: bool  # in a word, so that house number, year and postcode are looked at
    is_nummer: bool  # or an e-mail address: it may be a key by itself


def split(vraag: Zoekvraag) -> Vraagdelen:
    """Take the question apart once, before many candidates are judged."""
    losse_straat = street_key(vraag.naam) if vraag.soort is Soortvraag.NAAM else ""
    cijfers = ""
    if not (vraag.naam or vraag.straat or vraag.geboortedatum) and not re.search(r"[^\W\d_]", vraag.tekst):
        cijfers = (
            phone_key(vraag.tekst) if vraag.tekst.lstrip().startswith(("+", "00")) else re.sub(r"\D", "", vraag.tekst)
        )
    woorden = tuple(name_words(vraag.naam)[:MAX_WORDS])
    cijfers = cijfers if len(cijfers) >= MIN_DIGITS else ""
    email = fold(vraag.email or (vraag.tekst if vraag.soort is Soortvraag.EMAIL else ""))
    nummers = (vraag.bsn, vraag.rsin, vraag.kvk_nummer, vraag.vestigingsnummer, vraag.telefoonnummer, cijfers, email)
    return Vraagdelen(
        vraag,
        woorden,
        street_key(vraag.straat),
        losse_straat if len(losse_straat) >= MIN_STREET else "",
        fold(vraag.plaats),
        cijfers,
        email,
        phone_key(vraag.telefoonnummer) if vraag.telefoonnummer else "",
        any(teken.isdigit() for woord in woorden for teken in woord),
        any(nummers),
    )


def judge(document: Document, delen: Vraagdelen) -> Hit | None:
    """The hit, or None where something that was asked does not hold."""
    if delen.is_nummer and (by_key := _by_key(document, delen)) is not None:
        return by_key
    if delen.straat and (found := _by_address(document, delen)) is not None:
        return found
    vraag = delen.vraag
    reasons: list[str] = []
    scores: list[float] = []
    is_named = False
    if delen.woorden:
        match = match_words(delen.woorden, document_words(document, with_numbers=delen.heeft_cijfer))
        if match is None:
            return _by_street(document, delen)
        scores.append(match.score)
        reasons += match.waarom
        is_named = match.achternaam
    if vraag.postcode:
        if not _same_house(document, vraag):
            return None
        scores.append(90.0 if vraag.huisnummer else 80.0)
        reasons.append(
            "postcode en huisnummer kloppen" if vraag.huisnummer else f"postcode begint met {vraag.postcode}"
        )
    if vraag.geboortedatum and vraag.soort is not Soortvraag.KVK_NUMMER:
        return _with_birth_date(document, vraag, scores, reasons, is_named=is_named)
    if not scores:
        return _birth_date_only(document, vraag)
    return Hit(document, sum(scores) / len(scores), _said(reasons))


def _by_key(document: Document, delen: Vraagdelen) -> Hit | None:
    vraag = delen.vraag
    phones = [phone_key(nummer) for nummer in document.telefoonnummers] if delen.telefoon or delen.cijfers else []
    emails = [fold(email.strip()) for email in document.emails] if delen.email else []
    for typed, owned, naam in (
        (vraag.bsn, (document.bsn,), "BSN"),
        (vraag.rsin, (document.rsin,), "RSIN"),
        (vraag.kvk_nummer, (document.kvk_nummer,), "KvK-nummer"),
        (vraag.vestigingsnummer, (document.vestigingsnummer,), "vestigingsnummer"),
        (delen.telefoon, phones, "telefoonnummer"),
        (delen.email, emails, "e-mailadres"),
    ):
        if typed and typed in owned:
            return Hit(document, 100.0, f"{naam} klopt precies", exact=True)
    if delen.email and any(email.startswith(delen.email) for email in emails):
        return Hit(document, 85.0, f"e-mailadres begint met “{delen.email}”")
    if delen.cijfers:
        for owned, naam in (
            ((document.bsn,), "BSN"),
            ((document.kvk_nummer,), "KvK-nummer"),
            ((document.vestigingsnummer,), "vestigingsnummer"),
            ((document.rsin,), "RSIN"),
            (phones, "telefoonnummer"),
            ((document.postcode,), "postcode"),
        ):
            if any(waarde.startswith(delen.cijfers) for waarde in owned):
                return Hit(document, 80.0, f"{naam} begint met {delen.cijfers}")
    return None


def _by_street(document: Document, delen: Vraagdelen) -> Hit | None:
    straat = street_key(document.straat) if delen.losse_straat and document.straat else ""
    if straat and straat.startswith(delen.losse_straat):
        return Hit(
            document,
            45.0 + 10.0 * len(delen.losse_straat) / len(straat),
            f"straat {document.straat} begint met “{delen.vraag.tekst}”",
        )
    return None


def _by_address(document: Document, delen: Vraagdelen) -> Hit | None:
    vraag = delen.vraag
    if vraag.huisnummer is not None and document.huisnummer != vraag.huisnummer:
        return None
    if delen.plaats and not fold(document.plaats).startswith(delen.plaats):
        return None
    match = match_words([delen.straat], [w for w in document_words(document, with_numbers=False) if w.deel == "straat"])
    if match is None or not _same_part(document, vraag):
        return None
    return Hit(document, min(95.0, match.score / 0.6 * 0.95), _said((*match.waarom, "huisnummer klopt")))


def _same_house(document: Document, vraag: Zoekvraag) -> bool:
    if not document.postcode.replace(" ", "").upper().startswith(vraag.postcode):
        return False
    if vraag.huisnummer is None:
        return True
    return document.huisnummer == vraag.huisnummer and _same_part(document, vraag)


def _same_part(document: Document, vraag: Zoekvraag) -> bool:
    """A letter or addition that was typed must be there, in either of the two fields, as people mix them up."""
    typed = (vraag.huisletter + vraag.toevoeging).lower()
    return not typed or typed == (document.huisletter + document.toevoeging).replace(" ", "").lower()


def _with_birth_date(
    document: Document, vraag: Zoekvraag, scores: list[float], reasons: list[str], *, is_named: bool
) -> Hit | None:
    if not document.geboortedatum and scores and document.soort is not SoortKlant.ORGANISATIE:
        score = sum(scores) / len(scores) - _NO_BIRTH_DATE
        return Hit(document, max(1.0, score), _said((*reasons, "geboortedatum onbekend")))
    if not _same_day(document.geboortedatum, vraag.geboortedatum):
        return None
    exact = is_named and len(vraag.geboortedatum) == 10
    scores.append(96.0)
    return Hit(document, sum(scores) / len(scores), _said((*reasons, "geboortedatum klopt")), exact=exact)


def _said(reasons: Sequence[str]) -> str:
    return ", ".join(reasons)


def _birth_date_only(document: Document, vraag: Zoekvraag) -> Hit | None:
    """Eight digits that are a KvK number in the first place may be a birth date as well."""
    if vraag.geboortedatum and _same_day(document.geboortedatum, vraag.geboortedatum):
        return Hit(document, 75.0, "geboortedatum klopt")
    return None


def _same_day(known: str, asked: str) -> bool:
    return bool(known) and (known.startswith(asked) or asked.startswith(known))
