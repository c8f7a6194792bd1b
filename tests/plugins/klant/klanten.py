"""Customers of a town that does not exist."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from kcs_desktop.sdk import (
    Bedrijfsgegevens,
    Bron,
    Bronstand,
    Contactregel,
    DigitaalAdres,
    Klantbeeld,
    KlantSleutel,
    Klantverwijzing,
    Persoonsgegevens,
    Relatie,
    Relatiesoort,
    SoortDigitaalAdres,
    SoortKlant,
    Terugbelnotitie,
)
from tests.plugins.klant.zitplaats import NU

JOHANNA = KlantSleutel(SoortKlant.PERSOON, partij="p-1", bsn="999990019")
BAKKERIJ = KlantSleutel(SoortKlant.ORGANISATIE, partij="p-2", kvk_nummer="99000012")
MOBIEL = DigitaalAdres(SoortDigitaalAdres.TELEFOONNUMMER, "+31612345678", "a-1", standaard=True)
VAST = DigitaalAdres(SoortDigitaalAdres.TELEFOONNUMMER, "+31201234567", "a-2", "werk")
MAIL = DigitaalAdres(SoortDigitaalAdres.EMAIL, "j.vanduinrode@voorbeeld.nl", "a-3", standaard=True)
GOED = (Bron("brp", Bronstand.KLAAR, opgehaald_op=NU), Bron("klantinteracties", Bronstand.KLAAR, opgehaald_op=NU))
NAMENS = Relatie(Relatiesoort.HANDELT_NAMENS, Klantverwijzing(BAKKERIJ, "Bakkerij Proefduin"))

_ONDERWERPEN = (
    (
        "telefoon",
        "Vraag over de termijn van de uitrit",
        "beantwoord",
        "Termijn is acht weken, besluit uiterlijk 3 december.",
    ),
    ("email", "Bewijs van betaling toegestuurd", "doorverwezen", ""),
    ("balie", "Afspraak paspoort, opgehaald", "beantwoord", ""),
    ("chat", "Openingstijden milieustraat", "beantwoord", "Beantwoord uit de kennisbank."),
    ("social", "Losse stoeptegel Schelpenlaan", "contactverzoek", ""),
    ("telefoon", "Adreswijziging doorgegeven", "beantwoord", ""),
    ("post", "Bezwaar WOZ ontvangen", "beantwoord", "Ontvangst bevestigd."),
)


def contacten(aantal: int) -> tuple[Contactregel, ...]:
    regels = []
    for nummer in range(aantal):
        kanaal, onderwerp, resultaat, inhoud = _ONDERWERPEN[nummer % len(_ONDERWERPEN)]
        regels.append(
            Contactregel(
                uuid=f"c-{nummer}",
                onderwerp=onderwerp,
                kanaal=kanaal,
                plaatsgevonden_op=NU - timedelta(days=1 + nummer * 5, hours=nummer % 7),
                inhoud=inhoud,
                resultaat=resultaat,
                afdeling="Burgerzaken" if nummer % 3 else "",
                medewerker="S. Bakker",
            )
        )
    return tuple(regels)


def notities(aantal: int, *, open_: int = 1) -> tuple[Terugbelnotitie, ...]:
    return tuple(
        Terugbelnotitie(
            uuid=f"n-{nummer}",
            gevraagde_handeling="Betalingsregeling bespreken",
            status="te_verwerken" if nummer < open_ else "verwerkt",
            toelichting="Kan alleen na 16 uur",
            toegewezen_aan=("Belastingen", "M. Zandstra"),
            toegewezen_op=NU - timedelta(hours=2, days=nummer),
            afgehandeld_op=None if nummer < open_ else NU - timedelta(days=nummer),
        )
        for nummer in range(aantal)
    )


_PERSOON = Persoonsgegevens(
    "999990019",
    "Johanna van Duinrode",
    aanschrijfnaam="Mw. J. van Duinrode – de Proef",
    geboortedatum="1971-03-14",
    leeftijd=55,
    adresregels=("Schelpenlaan 12", "9999 ZZ Proefdam"),
)
_JOHANNA = Klantbeeld(
    JOHANNA,
    "Johanna van Duinrode",
    persoon=_PERSOON,
    digitale_adressen=(MOBIEL, MAIL),
    contacten=contacten(7),
    contacten_totaal=12,
    terugbelnotities=notities(1),
    relaties=(NAMENS,),
    bronnen=GOED,
    bijgewerkt_op=NU,
)
_BAKKERIJ = Klantbeeld(
    BAKKERIJ,
    "Bakkerij Proefduin",
    bedrijf=Bedrijfsgegevens(
        "99000012", "Bakkerij Proefduin", "990000000012", rechtsvorm="Eenmanszaak", adresregels=("Duinweg 1",)
    ),
    relaties=(Relatie(Relatiesoort.VERTEGENWOORDIGD_DOOR, Klantverwijzing(JOHANNA, "Johanna van Duinrode")),),
    bronnen=(Bron("kvk", Bronstand.KLAAR, opgehaald_op=NU), GOED[1]),
)


def persoon(**velden: Any) -> Persoonsgegevens:
    return replace(_PERSOON, **velden)


def johanna(**velden: Any) -> Klantbeeld:
    return replace(_JOHANNA, **velden)


def bakkerij(**velden: Any) -> Klantbeeld:
    return replace(_BAKKERIJ, **velden)


def verwijzing(beeld: Klantbeeld) -> Klantverwijzing:
    return Klantverwijzing(beeld.sleutel, beeld.naam)
