"""`python -m tests.zoekvragen.maak`: write `vragen.jsonl` anew from the population. The same every time."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kcs_desktop.domain.tekst import fold
from kcs_desktop.domain.weergave import datum as display_datum
from kcs_desktop.search.document import Document
from kcs_desktop.search.sleutels import name_words, words
from tests.zoekvragen.bevolking import BEDRIJVEN, PERSONEN, Lot, bedrijf, persoon
from tests.zoekvragen.vraag import FILE, Vraag

_MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
_LETTERS = "abcdefghijklmnoprstuvwz"
# How Dutch names are spelled otherwise; the second is what somebody hears who knows the first.
_SPELLINGEN = (
    ("ij", "y"), ("ij", "ei"), ("y", "ij"), ("dt", "d"), ("ck", "k"), ("k", "ck"), ("sch", "s"), ("ss", "s"),
    ("ks", "x"), ("x", "ks"), ("ph", "f"), ("th", "t"), ("oe", "u"), ("uy", "ui"), ("ui", "uy"), ("ou", "au"),
    ("ae", "aa"), ("z", "s"), ("v", "f"), ("c", "k"), ("tt", "t"), ("nn", "n"), ("ll", "l"), ("aa", "a"), ("ee", "e"),
)  # fmt: skip
# What is heard, and the names that are as likely meant.
_GEHOORD = {
    "meyer": "meijer/meyer", "meier": "meijer/meyer", "mayer": "meijer/meyer", "dyk": "dijk/dyck", "dijck": "dijk/dyck",
    "janssen": "jansen/janssen", "janse": "jansen/janssen", "smith": "smit/smid/schmidt", "fisser": "visser/visscher",
    "bosch": "bos/bosch", "kuyper": "kuiper/kuijper", "kuipers": "kuipers/kuijpers", "cuypers": "kuipers/cuijpers",
    "klaasen": "klaassen/claassen", "klaassen": "klaassen/claassen", "de fries": "vries",
    "schouwten": "schouten", "hendricks": "hendriks/hendrix", "pauw": "pauw/paauwe",
    "wilms": "willems", "yilmaz": "yılmaz", "celik": "çelik", "sahin": "şahin", "ozturk": "öztürk",
    "wisniewski": "wiśniewski", "mueller": "müller/muller/mulder", "rodriguez": "rodríguez", "quist": "quist",
    "kwist": "quist", "kwaadvlieg": "quaedvlieg", "reinders": "reinders/reijnders", "vanden heuvel": "heuvel",
    "zeilstra": "zijlstra", "seegers": "seegers/zeegers", "uittenbroek": "uijttenbroek",
}  # fmt: skip
_ZINLOOS = (
    "xqzwv", "zzzzyx", "qqqq jansen", "jansen wwwwwwww", "999990020 bestaat niet", "' OR 1=1 --", "%_%", "=CMD()",
    "<script>", "9999ZZ 99999", "1-1-1900 quist", "(((", "00000000", "xxxxx@nergens.example", "voorbeeldstadje 999",
    "kerkstraat 88888", "zq zq zq", "qwrtpsdf kerkstraat",
)  # fmt: skip


def everything() -> Iterator[Vraag]:
    """All queries, kind by kind."""
    yield from _prefixes()
    mensen = [(nr, persoon(nr)) for nr in _drawn(1, 400, PERSONEN)]
    gewoon = [(nr, document) for nr, document in mensen if "-" not in document.geslachtsnaam]
    for maker, van, aantal in (
        (_orders, gewoon, 30),
        (_whole_names, mensen, 20),
        (_errors, gewoon, 45),
        (_spellings, gewoon, 300),
        (_dates, gewoon, 25),
        (_addresses, mensen, 20),
        (_anywhere, gewoon, 25),
        (_streets, mensen, 25),
        (_numbers, mensen, 20),
    ):
        for nr, document in van[:aantal]:
            yield from maker(nr, document)
    yield from _heard()
    for nr in _drawn(2, 20, BEDRIJVEN):
        yield from _companies(nr, bedrijf(nr))
    yield from (Vraag("niets", tekst) for tekst in _ZINLOOS)


def _prefixes() -> Iterator[Vraag]:
    namen = "jansen de vries van den berg bakker meijer çelik maria johannes bakkerij garage kerkstraat quist"
    for naam in (*namen.split(), *(fold(name_words(persoon(nr).geslachtsnaam)[0]) for nr in _drawn(3, 25, PERSONEN))):
        if len(naam) > 3:
            yield from (
                Vraag("voorvoegsel", naam[:lengte], {"begint": naam[:lengte]}) for lengte in range(1, len(naam) + 1)
            )


def _orders(nr: int, document: Document) -> Iterator[Vraag]:
    voor, achter = document.voornamen.split()[-1], document.geslachtsnaam
    beide = {"achternaam": achter, "voornaam": voor}
    yield Vraag("twee_woorden", f"{voor} {achter}".lower(), beide, nr)
    yield Vraag("twee_woorden", f"{achter} {voor}".lower(), beide, nr)
    yield Vraag("twee_woorden", f"{achter[:6]} {voor[:3]}".lower(), {"begint": achter[:6]}, nr)


def _whole_names(nr: int, document: Document) -> Iterator[Vraag]:
    facts = {"achternaam": document.geslachtsnaam, "voornaam": document.voornamen}
    yield Vraag("hele_naam", document.naam, facts, nr)
    rest = f"{document.voornamen} {document.voorvoegsel}".strip()
    yield Vraag("hele_naam", f"{document.geslachtsnaam}, {rest}", facts, nr)
    yield Vraag(
        "hele_naam", f"{document.naam[0]}. {document.geslachtsnaam}", {"achternaam": document.geslachtsnaam}, nr
    )


def _errors(nr: int, document: Document) -> Iterator[Vraag]:
    lot, achter, voor = Lot(nr), document.geslachtsnaam.lower(), document.voornamen.split()[0].lower()
    facts = {"achternaam": achter, "voornaam": voor}
    fout = _mistyped(achter, lot)
    if len(achter) > 4:
        yield Vraag("tikfout", fout, {"achternaam": achter}, nr)
        yield Vraag("tikfout_met_voornaam", f"{voor} {fout}", facts, nr)
        yield Vraag("tikfout_met_voornaam", f"{fout} {voor}", facts, nr)
    if len(voor) > 4:
        yield Vraag("tikfout_met_voornaam", f"{_mistyped(voor, lot)} {achter}", facts, nr)


def _mistyped(woord: str, lot: Lot) -> str:
    """One error, not in the first letter: left out, doubled, another, or two changed about."""
    plek, letter = 1 + lot.below(len(woord) - 2), _LETTERS[lot.below(len(_LETTERS))]
    soort = lot.below(4)
    if soort == 3 and woord[plek] == woord[plek + 1]:
        soort = 0
    return (
        woord[:plek] + woord[plek + 1 :],
        woord[:plek] + woord[plek] + woord[plek:],
        woord[:plek] + letter + woord[plek + 1 :],
        woord[:plek] + woord[plek + 1] + woord[plek] + woord[plek + 2 :],
    )[soort]


def _spellings(nr: int, document: Document) -> Iterator[Vraag]:
    achter, voor = document.geslachtsnaam.lower(), document.voornamen.split()[0].lower()
    oud, anders = _SPELLINGEN[nr % len(_SPELLINGEN)]
    if oud in achter[1:] or (oud in ("c", "v", "z") and achter.startswith(oud)):
        gehoord = achter.replace(oud, anders, 1)
        facts = {"achternaam": f"{achter}/{gehoord}"}
        yield Vraag("spelling", gehoord, facts, nr)
        yield Vraag("spelling_met_voornaam", f"{voor} {gehoord}", {**facts, "voornaam": voor}, nr)


def _heard() -> Iterator[Vraag]:
    """Common names as the ear has them, with the first person of the population who bears such a name."""
    dragers: dict[str, int] = {}
    for nr in range(40_000):
        for woord in name_words(persoon(nr).geslachtsnaam):
            dragers.setdefault(woord, nr)
    for gehoord, bedoeld in _GEHOORD.items():
        nr = next(dragers[fold(naam)] for naam in bedoeld.split("/") if fold(naam) in dragers)
        voor = persoon(nr).voornamen.split()[0]
        yield Vraag("spelling", gehoord, {"achternaam": bedoeld}, nr)
        yield Vraag("spelling_met_voornaam", f"{voor} {gehoord}", {"achternaam": bedoeld, "voornaam": voor}, nr)


def _dates(nr: int, document: Document) -> Iterator[Vraag]:
    iso, achter, voor = document.geboortedatum, document.geslachtsnaam, document.voornamen.split()[0]
    jaar, maand, dag = iso.split("-")
    heel = {"achternaam": achter, "geboren": iso}
    soorten = (
        f"{achter} {display_datum(iso)}",
        f"{achter} {int(dag)} {_MAANDEN[int(maand) - 1]} {jaar}",
        f"{dag}-{maand}-{jaar[2:]} {achter}",
        f"{achter}, geb. {int(dag)}-{int(maand)}-{jaar}",
        f"{achter} {dag}{maand}{jaar}",
        f"{jaar}-{maand}-{dag} {voor} {achter}",
        f"{voor} {dag}/{maand}/{jaar} {achter}",
    )
    yield Vraag("naam_en_datum", soorten[nr % len(soorten)].lower(), heel, nr)
    yield Vraag("drie_delen", f"{voor} {achter} {display_datum(iso)}", {**heel, "voornaam": voor}, nr)
    yield Vraag("drie_delen", f"{int(dag)} {_MAANDEN[int(maand) - 1]} {jaar} {achter} {voor}".lower(), heel, nr)
    yield Vraag(
        "naam_en_jaar", f"{voor} {achter} {jaar}", {"achternaam": achter, "voornaam": voor, "geboren": jaar}, nr
    )
    yield Vraag(
        "naam_en_jaar", f"{achter} {int(maand)}-{jaar}", {"achternaam": achter, "geboren": f"{jaar}-{maand}"}, nr
    )
    yield Vraag(
        "datum",
        (display_datum(iso), f"geb. {int(dag)} {_MAANDEN[int(maand) - 1]} {jaar}")[nr % 2],
        {"geboren": iso},
        nr,
    )


def _addresses(nr: int, document: Document) -> Iterator[Vraag]:
    postcode, huis = document.postcode, f"{document.huisnummer}{document.huisletter}"
    facts = {"postcode": postcode, "huis": huis}
    vormen = (f"{postcode} {huis}", f"{postcode[:4]} {postcode[4:]} {huis}", f"{postcode}{huis}".lower())
    yield Vraag("postcode", vormen[nr % 3], facts, nr)
    yield Vraag("postcode", postcode[:4] + postcode[4:].lower(), {"postcode": postcode}, nr)
    wie = document.geslachtsnaam
    yield Vraag("postcode_en_naam", f"{postcode} {wie}", {"postcode": postcode, "achternaam": wie}, nr)
    adres = {"straat": document.straat, "huis": huis, "plaats": document.plaats}
    if document.straat.replace(" ", "").isalpha():
        yield Vraag("adres", f"{document.straat} {huis} {document.plaats}".lower(), adres, nr)
        yield Vraag("adres", f"{document.straat} {huis}, {document.plaats}", adres, nr)
        kort = document.straat.lower().replace("straat", "str")
        yield Vraag("adres", f"{kort} {huis}", {"straat": document.straat, "huis": huis}, nr)


def _anywhere(nr: int, document: Document) -> Iterator[Vraag]:
    achter, voor, straat = document.geslachtsnaam, document.voornamen.split()[0], document.straat
    if not straat.isalpha():
        return
    naam_straat = {"achternaam": achter, "straat": straat}
    yield Vraag("overal", f"{achter} {straat}".lower(), naam_straat, nr)
    yield Vraag("overal", f"{straat} {achter}", naam_straat, nr)
    yield Vraag("overal", f"{voor} {straat}", {"voornaam": voor, "straat": straat}, nr)
    yield Vraag("overal", f"{achter} {document.plaats}", {"achternaam": achter, "plaats": document.plaats}, nr)
    yield Vraag("overal", f"{document.plaats} {voor} {achter}", {"achternaam": achter, "voornaam": voor}, nr)
    yield Vraag("overal", f"{achter} {straat} {document.huisnummer}", naam_straat, nr)
    yield Vraag("overal", f"{achter} {straat[:-2]}".lower(), naam_straat, nr)
    if len(straat) > 6:
        yield Vraag("overal_met_tikfout", f"{achter} {_mistyped(straat.lower(), Lot(nr))}", naam_straat, nr)


def _streets(nr: int, document: Document) -> Iterator[Vraag]:
    straat = document.straat
    yield Vraag("straat", straat.lower(), {"straat": straat}, nr)
    yield Vraag("straat", straat[: len(straat) - 3], {"begint": fold(straat[: len(straat) - 3]).replace(" ", "")}, nr)
    if " " in straat and len(laatste := words(straat)[-1]) > 5:
        yield Vraag("straat", laatste, {"straatdeel": laatste}, nr)
    if straat.isalpha() and len(straat) > 6:
        yield Vraag("straat_met_tikfout", _mistyped(straat.lower(), Lot(nr)), {"straat": straat}, nr)


def _numbers(nr: int, document: Document) -> Iterator[Vraag]:
    yield Vraag("bsn", document.bsn, {"bsn": document.bsn}, nr)
    yield Vraag("bsn", f"{document.bsn[:4]} {document.bsn[4:6]} {document.bsn[6:]}", {"bsn": document.bsn}, nr)
    for telefoon in document.telefoonnummers:
        kaal = telefoon.removeprefix("0")
        vormen = (telefoon, f"06-{telefoon[2:]}", f"+31{kaal}", f"0031 {kaal}", f"06 {telefoon[2:5]} {telefoon[5:]}")
        yield Vraag("telefoon", vormen[nr % len(vormen)], {"telefoon": telefoon}, nr)
        yield Vraag("telefoon", telefoon[:9], {"telefoon": telefoon}, nr)
    for email in document.emails:
        yield Vraag("email", email.upper() if nr % 2 else email, {"email": email}, nr)


def _companies(nr: int, document: Document) -> Iterator[Vraag]:
    nummer = document.kvk_nummer
    yield Vraag("kvk", nummer if nr % 2 else f"{nummer[:4]} {nummer[4:]}", {"kvk": nummer}, bedrijf=nr)
    yield Vraag("kvk", document.vestigingsnummer, {"kvk": nummer}, bedrijf=nr)
    dragers = [woord for woord in name_words(document.naam) if len(woord) > 3]
    if len(dragers) > 1:
        facts = {"handelsnaam": " ".join(dragers)}
        yield Vraag("bedrijf", " ".join(dragers), facts, bedrijf=nr)
        yield Vraag("bedrijf", " ".join(reversed(dragers)), facts, bedrijf=nr)
        yield Vraag("bedrijf", document.naam, facts, bedrijf=nr)
        fout = _mistyped(dragers[0], Lot(nr))
        yield Vraag("bedrijf_met_tikfout", " ".join((fout, *dragers[1:])), facts, bedrijf=nr)


def _drawn(seed: int, aantal: int, uit: int) -> list[int]:
    """So many different numbers below `uit`."""
    lot = Lot(seed)
    return list(dict.fromkeys(lot.below(uit) for _ in range(aantal)))


def main() -> None:
    uniek = {(vraag.tekst, vraag.soort): vraag for vraag in everything()}
    FILE.write_bytes(b"".join(msgspec.json.encode(vraag) + b"\n" for vraag in uniek.values()))


if __name__ == "__main__":
    main()
