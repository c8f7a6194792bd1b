"""A made-up population for the query set: the same for every run, with the customers that the queries expect."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from kcs_desktop.domain.klant import SoortKlant
from kcs_desktop.search.document import Document

_VOORNAMEN = (
    "Jan Piet Klaas Anna Maria Fatma Mohammed Sanne Daan Emma Lucas Julia Sem Tess Noah Zoë Lars Eva Finn Lotte Bram "
    "Sara Thijs Fleur Jesse Isa Gijs Noor Ruben Mila Hugo Roos Ahmed Aylin Youssef Björn Åsa Willem Hendrika Cornelis"
)
_ACHTERNAMEN = (
    "Jansen;de Jong;de Vries;van den Berg;van Dijk;Bakker;Janssen;Visser;Smit;Meijer;de Boer;Mulder;de Groot;Bos;Vos;"
    "Hendriks;van Leeuwen;Dekker;Brouwer;de Wit;Dijkstra;Smits;de Graaf;van der Meer;Kok;Jacobs;de Haan;Vermeulen;"
    "van den Heuvel;van der Veen;van den Broek;de Bruijn;de Bruin;van der Heijden;Schouten;van Beek;Willems;van Vliet;"
    "Hoekstra;Maas;Verhoeven;Koster;van Dam;van der Wal;Prins;Blom;Huisman;Peeters;Kuipers;van Veen;Postma;Çelik;Yılmaz"
)
_STRATEN = (
    "Kerkstraat Dorpsstraat Molenweg Stationsweg Schoolstraat Julianalaan Wilhelminastraat Beatrixlaan Nieuwstraat "
    "Hoofdstraat Parklaan Eikenlaan Lindelaan Havenkade Marktplein Torenstraat"
)
VOORNAMEN = _VOORNAMEN.split()
ACHTERNAMEN = _ACHTERNAMEN.split(";")
STRATEN = _STRATEN.split()
PLAATSEN = (("9999", "Voorbeeldstad"), ("9998", "Proefdorp"), ("9997", "Testerveen"))


def _person(nr: int, rng: random.Random) -> Document:
    voorvoegsel, _, achternaam = ACHTERNAMEN[rng.randrange(len(ACHTERNAMEN))].rpartition(" ")
    voornamen = " ".join(rng.sample(VOORNAMEN, rng.choice((1, 1, 2))))
    postcode, plaats = PLAATSEN[rng.randrange(len(PLAATSEN))]
    geboren = date(1935, 1, 1) + timedelta(days=rng.randrange(30_000))
    return Document(
        id=f"p{nr}",
        soort=SoortKlant.PERSOON,
        naam=" ".join(deel for deel in (voornamen, voorvoegsel, achternaam) if deel),
        voornamen=voornamen,
        voorvoegsel=voorvoegsel,
        geslachtsnaam=achternaam,
        bsn=f"{900_000_000 + nr}",
        telefoonnummers=(f"06{20_000_000 + nr}",),
        emails=(f"bewoner{nr}@voorbeeld.nl",),
        geboortedatum=geboren.isoformat(),
        straat=STRATEN[rng.randrange(len(STRATEN))],
        huisnummer=rng.randrange(1, 200),
        postcode=f"{postcode}{rng.choice('ABCDE')}{rng.choice('ABCDE')}",
        plaats=plaats,
    )


def expected() -> list[Document]:
    """The customers that the query set names."""
    persoon, bedrijf = SoortKlant.PERSOON, SoortKlant.ORGANISATIE
    return [
        Document(
            "quist", persoon, "Theodora van der Quist", "Theodora Anna", "van der", "Quist", bsn="999990019",
            telefoonnummers=("06-87654321",), emails=("T.Quist@Voorbeeld.nl",), geboortedatum="1971-03-14",
            straat="Burgemeester Quaadstraat", huisnummer=12, huisletter="A", postcode="9999ZZ", plaats="Voorbeeldstad",
        ),
        Document(
            "meyer", persoon, "Walburga Meyer", "Walburga", "", "Meyer", geboortedatum="1988-12-01",
            telefoonnummers=("(0515) 12 34 56",), straat="Plein 1945", huisnummer=3, toevoeging="bis",
            postcode="9998XA", plaats="Proefdorp",
        ),
        Document("dyck", persoon, "Egbert van Dyck", "Egbert", "van", "Dyck", geboortedatum="1960"),
        Document("visscher", persoon, "Godelieve Visscher", "Godelieve", "", "Visscher", partij="x", bsn="999990020"),
        Document("hof", persoon, "Xandra van 't Hof-de Boer", "Xandra", "van 't", "Hof-de Boer", overleden=True),
        Document("bjork", persoon, "Björk Ångström", "Björk", "", "Ångström", geheimhouding=True),
        Document(
            "krakeling", bedrijf, "Bakkerij De Gouden Krakeling B.V.", kvk_nummer="90000013", rsin="999993653",
            vestigingsnummer="000090000013", telefoonnummers=("14 0515",), emails=("info@krakeling.example",),
            straat="Ovenpad", huisnummer=7, postcode="9997QB", plaats="Testerveen",
            handelsnamen=("Krakeling Catering",),
        ),
        Document("studio", bedrijf, "Studio 54 Kapsalon", kvk_nummer="90000021", vestigingsnummer="000090000021"),
    ]  # fmt: skip


def population(size: int, seed: int = 7) -> Iterator[Document]:
    """`size` random customers and the expected ones."""
    rng = random.Random(seed)
    yield from (_person(nr, rng) for nr in range(size))
    yield from expected()
