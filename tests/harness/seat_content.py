"""What the fake seat shows: one employee at balie 3 with two open contacts, and the customers of the pictures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kcs_desktop.domain.rechten import default_rechtentabel
from kcs_desktop.sdk import (
    Bedrijfsgegevens,
    Bron,
    Bronstand,
    Catalogus,
    Contact,
    Contactregel,
    DigitaalAdres,
    GeraadpleegdeBron,
    Kanaal,
    Klantbeeld,
    KlantSleutel,
    Klantverwijzing,
    Knipstap,
    Medewerker,
    Persoonsgegevens,
    Product,
    Relatie,
    Relatiesoort,
    Sessie,
    SoortDigitaalAdres,
    SoortKlant,
    Terugbelnotitie,
    Treffer,
    Vraag,
    Werkplek,
)

NU = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)


def sessie(*rollen: str) -> Sessie:
    """Signed in at balie 3; rights as the shipped table gives them to these roles (snelbalie by default)."""
    roles = rollen or ("snelbalie",)
    return Sessie(
        id="sessie-1",
        medewerker=Medewerker("s.bakker", "Sanne Bakker", roles, "Publiekszaken"),
        werkplek=Werkplek("balie-3", "Balie 3"),
        rollen=roles,
        rechten={functie: int(recht) for functie, recht in default_rechtentabel().rechten(roles).items()},
        verloopt_op=NU + timedelta(hours=8),
    )


JOHANNA = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, "p-1", "999990019"), "J. van Duinrode")
BAKKERIJ = Klantverwijzing(KlantSleutel(SoortKlant.ORGANISATIE, "p-2", kvk_nummer="90001354"), "Bakkerij Proefduin")
PIETER = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, "p-3", "999990238"), "P. de Duin")


def _regel(nummer: int, onderwerp: str, kanaal: str, dagen: float, rest: tuple[str, str]) -> Contactregel:
    return Contactregel(
        f"kc-{nummer}",
        onderwerp,
        kanaal,
        NU - timedelta(days=dagen),
        nummer=f"KC-2026-{nummer:06}",
        inhoud=rest[1],
        resultaat="beantwoord",
        afdeling=rest[0],
        medewerker="Tom Visser",
        gelukt=True,
    )


def beeld_johanna() -> Klantbeeld:
    """The customer of the pictures."""
    return Klantbeeld(
        JOHANNA.sleutel,
        "Johanna van Duinrode",
        persoon=Persoonsgegevens(
            "999990019",
            "Johanna van Duinrode",
            aanschrijfnaam="Mw. J. van Duinrode – de Proef",
            geboortedatum="1971-03-14",
            leeftijd=55,
            geslacht="vrouw",
            adresregels=("Schelpenlaan 12", "9999 ZZ Proefdam"),
            geheimhouding=True,
        ),
        digitale_adressen=(
            DigitaalAdres(SoortDigitaalAdres.TELEFOONNUMMER, "+31612345678", "da-1", standaard=True),
            DigitaalAdres(SoortDigitaalAdres.EMAIL, "j.vanduinrode@voorbeeld.nl", "da-2"),
        ),
        contacten=(
            _regel(
                4127, "Vraag over de termijn van de uitrit", "telefoon", 1, ("Vergunningen", "Termijn is acht weken.")
            ),
            _regel(4120, "Bewijs van betaling toegestuurd", "email", 7, ("Belastingen", "Doorgezet, binnen de norm.")),
            _regel(3980, "Afspraak paspoort, opgehaald", "balie", 21, ("Burgerzaken", "6 minuten")),
            _regel(3611, "Openingstijden milieustraat", "chat", 33, ("Afval", "Beantwoord uit de kennisbank.")),
            _regel(1204, "Bezwaar WOZ ontvangen", "post", 224, ("Belastingen", "Bevestigd.")),
        ),
        contacten_totaal=12,
        terugbelnotities=(
            Terugbelnotitie(
                "it-1", "Betalingsregeling bespreken", "te_verwerken", toegewezen_aan=("M. Zandstra",), toegewezen_op=NU
            ),
        ),
        relaties=(Relatie(Relatiesoort.HANDELT_NAMENS, BAKKERIJ),),
        bronnen=(
            Bron("brp", Bronstand.KLAAR, opgehaald_op=NU),
            Bron("klantinteracties", Bronstand.KLAAR, opgehaald_op=NU),
        ),
        bijgewerkt_op=NU,
    )


def beeld_bakkerij() -> Klantbeeld:
    return Klantbeeld(
        BAKKERIJ.sleutel,
        BAKKERIJ.naam,
        bedrijf=Bedrijfsgegevens(
            "90001354", BAKKERIJ.naam, rechtsvorm="Eenmanszaak", adresregels=("Duinweg 3", "Proefdam")
        ),
        bronnen=(Bron("kvk", Bronstand.KLAAR, opgehaald_op=NU),),
        bijgewerkt_op=NU,
    )


TREFFERS = (
    Treffer(
        JOHANNA,
        "eigen",
        "14-03-1971 · Schelpenlaan 12, Proefdam",
        9.0,
        "achternaam gelijk, onlangs geopend",
        geheimhouding=True,
    ),
    Treffer(BAKKERIJ, "crm", "KvK 90001354 · Duinweg 3, Proefdam", 7.0, "handelsnaam begint zo"),
    Treffer(PIETER, "crm", "02-07-1938 · Duinweg 8, Proefdam", 6.0, "achternaam klinkt zo", overleden=True),
)

CATALOGUS = Catalogus(
    producten=(
        Product(
            "Rijbewijs",
            "Reisdocumenten en rijbewijzen",
            "Burgerzaken",
            "inloop",
            knipproces="Reisdocumenten en rijbewijzen",
            knip=tuple(
                Knipstap(i, naam, "2" if i in {4, 5} else "1", "2e lijn, op afspraak" if i in {4, 5} else "")
                for i, naam in enumerate(("Vraag", "Identiteit", "Aanvraag", "Beoordelen", "Beslissen", "Uitreiken"), 1)
            ),
        ),
        Product("Uitrit aanleggen", "Vergunningen", "Bouwen en Wonen", "online"),
        Product("Kwijtschelding", "Belastingen", "Belastingen", "afspraak"),
    ),
    afdelingen=("Afval", "Belastingen", "Bouwen en Wonen", "Burgerzaken", "Groen en Reiniging"),
    medewerkers={"m.zandstra": "Maaike Zandstra", "t.visser": "Tom Visser"},
)


def open_contacten() -> tuple[Contact, ...]:
    """A ticket with two vragen, and an unknown caller past the norm."""
    eerste = Vraag(
        "v-1",
        "Rijbewijs verlengen",
        "Wil rijbewijs verlengen en vraagt of dat vandaag nog kan. Heeft pasfoto bij zich, oud rijbewijs ook.",
        "Rijbewijs",
        "Burgerzaken",
        bronnen=(
            GeraadpleegdeBron("kennis", "Rijbewijs › Meenemen"),
            GeraadpleegdeBron("kennis", "Rijbewijs › Kosten"),
        ),
        herkomst={"onderwerp": "artikel", "afdeling": "product"},
    )
    return (
        Contact("c-1", "o-1", Kanaal.BALIE, NU - timedelta(seconds=161), (eerste, Vraag("v-2")), klant=JOHANNA),
        Contact("c-2", "o-2", Kanaal.TELEFOON, NU - timedelta(seconds=372), (Vraag("v-3"),), beller="0612345678"),
    )
