"""The trail in words: what was done, from which source, and why it was refused. Pure, without Qt."""

from __future__ import annotations

from datetime import datetime

import msgspec

from kcs_desktop.sdk import Auditonderwerp, Auditregel, clean, display_bsn, local

_BRONNEN = {
    "brp": "de BRP",
    "kvk": "het Handelsregister",
    "crm": "het klantenregister",
    "klantinteracties": "het klantenregister",
    "kcs": "het klantenregister",
    "audit": "het auditspoor",
    "werkplek": "de kopie op de werkplek",
}
_REDENEN = {
    "geen-recht": "deze rol mag dit niet",
    "conflict": "een collega had het al gewijzigd",
    "niet-gevonden": "niet gevonden",
    "ongeldige-invoer": "de gegevens klopten niet",
    "geheimhouding": "geheimhouding",
}
_SOORTEN = {
    "bsn": "BSN",
    "kvk_nummer": "KvK-nummer",
    "vestigingsnummer": "Vestigingsnummer",
    "rsin": "RSIN",
    "partij": "Partij",
    "klantcontact": "Klantcontact",
}
_FASEN = {"voornemen": "opdracht verstuurd", "uitkomst": "antwoord ontvangen"}


class Regel(msgspec.Struct, frozen=True):
    """One line of the list. `geweigerd` is "" when the act succeeded."""

    sleutel: str
    wie: str
    account: str
    wat: str
    waarom: str
    dag: str
    tijd: str
    geweigerd: str
    alles: str


def onderwerp(asked: Auditonderwerp) -> str:
    """BSN 999 990 019."""
    waarde = display_bsn(asked.waarde) if asked.soort == "bsn" else asked.waarde
    return f"{_SOORTEN.get(asked.soort, asked.soort)} {waarde}"


def regel(line: Auditregel, place: int, rollen: str) -> Regel:
    """`place` from the top names the line: the trail's lines have no name of their own. `rollen` are in words."""
    wie = _clean(line.medewerker or line.gebruikersnaam) or "Onbekend"
    account = _clean(line.gebruikersnaam) if line.soort_account != "toepassing" else "toepassing"
    plek = _clean(line.werkplek)
    wat = [what(line), rollen, plek]
    waarom = _clean(line.doelbinding) or "Geen doelbinding vastgelegd"
    geweigerd = "" if line.gelukt else refusal(line.reden)
    moment = local(line.op)
    alles = [
        f"{moment:%d-%m-%Y %H:%M:%S}",
        f"{wie} ({account})" if account else wie,
        f"Rol: {rollen or 'geen'}",
        f"Werkplek: {plek or 'geen'}",
        what(line),
        f"Over: {onderwerp(Auditonderwerp(line.onderwerp_soort, _clean(line.onderwerp)))}" if line.onderwerp else "",
        f"Doelbinding: {waarom}",
        geweigerd or "Gelukt",
        "Verzegeld" if line.verzegeld else "Nog niet verzegeld",
    ]
    return Regel(
        sleutel=f"{place}",
        wie=wie,
        account=account,
        wat=" · ".join(part for part in wat if part),
        waarom=waarom,
        dag=day(line.op),
        tijd=f"{moment:%H:%M:%S}",
        geweigerd=geweigerd,
        alles="\n".join(part for part in alles if part),
    )


def what(line: Auditregel) -> str:
    """Geraadpleegd in de BRP, gelukt."""
    handeling = _clean(line.handeling) or "onbekende handeling"
    source = _BRONNEN.get(line.bron, _clean(line.bron))
    said = f"{handeling[:1].upper()}{handeling[1:]}{f' in {source}' if source else ''}"
    phase = _FASEN.get(line.fase, _clean(line.fase))
    return f"{said} ({phase})" if phase else said


def refusal(reden: str) -> str:
    code = _clean(reden)
    return f"Geweigerd: {_REDENEN.get(code, code.replace('-', ' '))}" if code else "Niet gelukt"


def day(moment: datetime) -> str:
    """24-11-2026."""
    return f"{local(moment):%d-%m-%Y}"


def found(shown: int, total: int) -> str:
    """The count at the right of the list's title; says when not all of it is shown."""
    if not total:
        return ""
    if shown < total:
        return f"{shown} van {total}, nieuwste boven"
    return f"{total}, nieuwste boven"


def _clean(text: str) -> str:
    return clean(text[:500])
