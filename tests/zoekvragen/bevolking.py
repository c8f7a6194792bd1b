"""A made-up population of any size, the same for every run and machine: a person is a function of a number.

So a query set can name the persons it expects, and a test of two thousand has the same persons as a proof of a million.
Nobody in it exists: BSNs start with 9, postcodes are those kept for examples, numbers end nowhere.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path

import msgspec

from kcs_desktop.domain.klant import SoortKlant
from kcs_desktop.search.document import Document

PERSONEN = 1_000_000
BEDRIJVEN = 200_000
_SCALE = 100_000  # what the shares of surnames are of
_MASK = (1 << 64) - 1
_FIRST_BIRTH = date(1930, 1, 1)
_DAYS = 34_800
_STREETS_EACH = 620  # streets of a place
_VOWELS = frozenset("aeiouy")


class Lot:
    """Numbers that look drawn, from a seed; cheaper than `random` to start anew for every person."""

    def __init__(self, seed: int) -> None:
        # Mixed first: neighbouring seeds would otherwise draw the same numbers, one place apart.
        self._state = _mix((seed * 0xD1342543DE82EF95 + 0x2545F4914F6CDD1D) & _MASK)

    def below(self, limit: int) -> int:
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        return _mix(self._state) % limit


def _mix(x: int) -> int:
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _MASK
    return x ^ (x >> 31)


class _Gewogen(msgspec.Struct, frozen=True):
    """Names with the running sum of their weights."""

    namen: tuple[str, ...]
    sommen: tuple[int, ...]

    def pick(self, at: int) -> str:
        return self.namen[bisect_right(self.sommen, at)]

    @property
    def total(self) -> int:
        return self.sommen[-1]


class Namen(msgspec.Struct, frozen=True):
    """Everything that persons and companies are put together from."""

    achternamen: _Gewogen
    voornamen: _Gewogen
    voor: tuple[str, ...]
    achter: tuple[str, ...]
    plaatsen: _Gewogen
    cijfers: dict[str, str]  # of the postcode, per place
    straten: dict[str, tuple[str, ...]]
    bedrijfssoorten: tuple[str, ...]
    rechtsvormen: tuple[str, ...]


@cache
def namen() -> Namen:
    """The names, read once."""
    raw = tomllib.loads(Path(__file__).with_name("namen.toml").read_text("utf-8"))
    plaatsen = [deel.rsplit(" ", 2) for deel in _items(raw["plaatsen"])]
    return Namen(
        _weighed(raw["achternamen"]),
        _weighed(raw["voornamen"]),
        tuple(raw["naamdelen_voor"].split()),
        tuple(raw["naamdelen_achter"].split()),
        _gewogen((plaats, int(deel)) for plaats, deel, _ in plaatsen),
        {plaats: cijfers for plaats, _, cijfers in plaatsen},
        {plaats: _streets(raw, nr) for nr, (plaats, _, _) in enumerate(plaatsen)},
        tuple(_items(raw["bedrijfssoorten"])),
        tuple(vorm.strip() for vorm in raw["rechtsvormen"].split(";")),
    )


def persoon(nr: int) -> Document:
    """Person number `nr`."""
    lot, bron = Lot(nr), namen()
    voorvoegsel, geslachtsnaam = _surname(lot, bron)
    voornamen = " ".join(
        dict.fromkeys(bron.voornamen.pick(lot.below(bron.voornamen.total)) for _ in range(1 + lot.below(5) // 3))
    )
    geboren = _FIRST_BIRTH + timedelta(days=lot.below(_DAYS))
    has_mail, has_phone = lot.below(10) < 4, lot.below(10) < 8
    return _living_at(
        lot,
        bron,
        Document(
            id=f"p{nr}",
            soort=SoortKlant.PERSOON,
            naam=" ".join(deel for deel in (voornamen, voorvoegsel, geslachtsnaam) if deel),
            voornamen=voornamen,
            voorvoegsel=voorvoegsel,
            geslachtsnaam=geslachtsnaam,
            bsn=_bsn(nr),
            telefoonnummers=(f"06{30_000_000 + nr * 37 % 60_000_000:08d}",) if has_phone else (),
            emails=(f"bewoner{nr}@voorbeeld.nl",) if has_mail else (),
            geboortedatum=geboren.isoformat(),
            overleden=lot.below(50) == 0,
            geheimhouding=lot.below(60) == 0,
        ),
    )


def bedrijf(nr: int) -> Document:
    """Company number `nr`."""
    lot, bron = Lot(nr + 1_000_000_007), namen()
    soort = bron.bedrijfssoorten[lot.below(len(bron.bedrijfssoorten))]
    voorvoegsel, achternaam = _surname(lot, bron)
    eigen = f"{voorvoegsel} {achternaam}".strip() if lot.below(3) else _built(lot, bron)
    vorm = bron.rechtsvormen[lot.below(len(bron.rechtsvormen))]
    naam = " ".join(deel for deel in ((soort, eigen) if lot.below(4) else (eigen, soort)) if deel) + f" {vorm}"
    return _living_at(
        lot,
        bron,
        Document(
            id=f"b{nr}",
            soort=SoortKlant.ORGANISATIE,
            naam=naam.strip(),
            handelsnamen=(f"{_built(lot, bron)} {soort}",) if lot.below(5) == 0 else (),
            kvk_nummer=f"{90_000_000 + nr}",
            vestigingsnummer=f"{90_000_000 + nr:012d}",
            telefoonnummers=(f"0{515_000_000 + nr}",) if lot.below(3) else (),
            emails=(f"info@bedrijf{nr}.example",) if lot.below(3) else (),
        ),
    )


def population(personen: int = PERSONEN, bedrijven: int = BEDRIJVEN) -> Iterator[Document]:
    """The first so many persons and companies, companies among the persons as they would be in a register."""
    every = max(1, personen // bedrijven) if bedrijven else 0
    made = 0
    for nr in range(personen):
        yield persoon(nr)
        if every and nr % every == every - 1 and made < bedrijven:
            yield bedrijf(made)
            made += 1
    yield from (bedrijf(nr) for nr in range(made, bedrijven))


def _surname(lot: Lot, bron: Namen) -> tuple[str, str]:
    at = lot.below(_SCALE)
    if at < bron.achternamen.total:
        voorvoegsel, achternaam = _split(bron.achternamen.pick(at))
    else:
        voorvoegsel, achternaam = ("", "van", "van der", "de", "", "", "", "")[lot.below(8)], _built(lot, bron)
    if lot.below(14) == 0:  # two surnames, as after a marriage
        voor, tweede = _split(bron.achternamen.pick(lot.below(bron.achternamen.total)))
        achternaam = f"{achternaam}-{f'{voor} {tweede}'.strip()}"
    return voorvoegsel, achternaam


def _split(naam: str) -> tuple[str, str]:
    """ "van den Berg" in its prefix and its name; a name with capitals only has no prefix."""
    woorden = naam.split(" ")
    klein = next((plek for plek, woord in enumerate(woorden) if not woord.lstrip("'").islower()), 0)
    if woorden[0].startswith("'"):
        klein = max(klein, 1)
    return " ".join(woorden[:klein]), " ".join(woorden[klein:])


def _built(lot: Lot, bron: Namen) -> str:
    """A name of two parts; the first ones are drawn more often, so that some are common and most are rare."""
    voor = bron.voor[min(lot.below(len(bron.voor)), lot.below(len(bron.voor)))]
    achter = bron.achter[min(lot.below(len(bron.achter)), lot.below(len(bron.achter)))]
    midden = ("", "", "", "er", "en", "s")[lot.below(6)]
    if midden and voor[-1] in _VOWELS:
        midden = ""
    return f"{voor}{midden}{achter}"


def _living_at(lot: Lot, bron: Namen, document: Document) -> Document:
    """The same customer with an address."""
    plaats = bron.plaatsen.pick(lot.below(bron.plaatsen.total))
    straten = bron.straten[plaats]
    nummer = min(lot.below(len(straten)), lot.below(len(straten)))
    huisnummer = 1 + min(lot.below(260), lot.below(260))
    # A postcode holds one side of a piece of a street.
    blok = nummer * 26 + huisnummer // 20 * 2 + huisnummer % 2
    letter = "ABC"[lot.below(3)] if lot.below(12) == 0 else ""
    return msgspec.structs.replace(
        document,
        straat=straten[nummer],
        huisnummer=huisnummer,
        huisletter=letter,
        toevoeging=str(1 + lot.below(9)) if not letter and lot.below(20) == 0 else "",
        postcode=f"{bron.cijfers[plaats]}{_letters(blok)}",
        plaats=plaats,
    )


def _letters(blok: int) -> str:
    """Two letters of a postcode; the ones that postcodes never end in are left out."""
    alfabet = "ABCDEGHJKLMNPRTVWXZ"
    return alfabet[blok // len(alfabet) % len(alfabet)] + alfabet[blok % len(alfabet)]


def _bsn(nr: int) -> str:
    """A number that passes the elfproef, another one for each of the first two million persons."""
    for acht in range(90_000_000 + nr, 100_000_000, 2_000_000):
        rest = sum(int(cijfer) * gewicht for cijfer, gewicht in zip(str(acht), range(9, 1, -1), strict=True)) % 11
        if rest < 10:  # else no ninth digit makes it pass
            return f"{acht}{rest}"
    raise ValueError(f"no number for person {nr}")


def _streets(raw: dict[str, str], nr: int) -> tuple[str, ...]:
    """The streets of a place: some that every place has, then its own."""
    vast = _items(raw["straten_vast"])
    stammen, soorten = raw["straatnamen"].split(), raw["straatsoorten"].split()
    lot = Lot(7_000 + nr)
    made = dict.fromkeys(("Kerkstraat", "Dorpsstraat", "Molenweg", "Stationsweg", "Schoolstraat"))
    made.update(dict.fromkeys(naam for plek, naam in enumerate(vast) if plek % 3 == nr % 3 or nr == 0))
    while len(made) < _STREETS_EACH:
        stam, soort = stammen[lot.below(len(stammen))], soorten[lot.below(len(soorten))]
        tussen = "s" if stam in ("Station", "Dorp") else ""
        made[f"{stam}{tussen}{soort}"] = None
    return tuple(made)


def _items(tekst: str) -> Sequence[str]:
    return [deel for deel in (stuk.strip() for stuk in tekst.replace("\n", " ").split(";")) if deel]


def _weighed(tekst: str) -> _Gewogen:
    paren = (deel.rsplit(" ", 1) for deel in _items(tekst))
    return _gewogen((naam, int(gewicht)) for naam, gewicht in paren)


def _gewogen(paren: Iterator[tuple[str, int]]) -> _Gewogen:
    lijst = list(paren)
    return _Gewogen(tuple(naam for naam, _ in lijst), tuple(accumulate(gewicht for _, gewicht in lijst)))
