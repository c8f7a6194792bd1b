"""Read producten.csv and knip.csv into the catalogue. Pure: no database, no file."""

from __future__ import annotations

import csv
from collections.abc import Mapping

from kcs_desktop.domain.catalogus import Catalogus, Knipstap, Lijstvraag, Product
from kcs_desktop.domain.errors import InvalidInput

STAPPEN = ("Intake", "Procedurele toets", "Registratie", "Inhoudelijke behandeling", "Besluit", "Levering")
NOT_ASSIGNED = "niet belegd"
_PRODUCTEN = ("product", "vakgebied", "afhandeling", "kanaal_voorkeur", "knipproces")
_GEMEENTEN = ("naam", "code")
_AFDELINGEN = ("afdeling", "coordinator", "groepen")
_VRAGENSETS = ("afdeling", "vraag", "keuzes", "verplicht")
MAX_VRAAG = 100
_KNIP = ("lijn", "vakgebied", "proces", "stappen", "uitvoerder", "herkomst")


def parse_catalogus(producten_csv: str, knip_csv: str, stappen: tuple[str, ...] = STAPPEN) -> Catalogus:
    """The catalogue. Raises InvalidInput naming file and line of what is wrong."""
    knip = _parse_knip(knip_csv, stappen)
    producten: dict[str, Product] = {}
    for line, row in _rows(producten_csv, "producten.csv", _PRODUCTEN):
        proces = row["knipproces"]
        if not row["product"] or not row["vakgebied"]:
            raise _wrong("producten.csv", line, "een product heeft een naam en een vakgebied")
        if proces and proces not in knip:
            raise _wrong("producten.csv", line, f"het proces {proces} staat niet in knip.csv")
        producten[row["product"]] = Product(
            naam=row["product"],
            vakgebied=row["vakgebied"],
            afdeling=row["vakgebied"],
            afhandeling=row["afhandeling"],
            kanaal_voorkeur=row["kanaal_voorkeur"],
            knipproces=proces,
            knip=knip.get(proces, ()),
        )
    afdelingen = sorted({product.afdeling for product in producten.values()})
    return Catalogus(tuple(producten.values()), tuple(afdelingen))


def parse_gemeenten(gemeenten_csv: str) -> dict[str, str]:
    """Code per name of a municipality or place. Raises InvalidInput naming the line of what is wrong."""
    gemeenten = {}
    for line, row in _rows(gemeenten_csv, "gemeenten.csv", _GEMEENTEN):
        code = row["code"]
        if not row["naam"] or len(code) != 4 or not (code.isascii() and code.isdigit()):
            raise _wrong("gemeenten.csv", line, "een gemeente heeft een naam en een code van vier cijfers")
        gemeenten[row["naam"]] = code
    return gemeenten


def parse_afdelingen(afdelingen_csv: str) -> tuple[dict[str, str], dict[str, str]]:
    """(department per group, coordinator per department). Raises InvalidInput naming the line of what is wrong."""
    groepen: dict[str, str] = {}
    coordinatoren: dict[str, str] = {}
    for line, row in _rows(afdelingen_csv, "afdelingen.csv", _AFDELINGEN):
        if not row["afdeling"]:
            raise _wrong("afdelingen.csv", line, "een afdeling heeft een naam")
        if row["coordinator"]:
            coordinatoren[row["afdeling"]] = row["coordinator"]
        for groep in filter(None, (part.strip() for part in row["groepen"].split("|"))):
            if groep in groepen:
                raise _wrong("afdelingen.csv", line, f"de groep {groep} staat al bij een andere afdeling")
            groepen[groep] = row["afdeling"]
    return groepen, coordinatoren


def parse_vragensets(vragensets_csv: str) -> dict[str, tuple[Lijstvraag, ...]]:
    """The questions per department, in the order of the file. Raises InvalidInput naming the line of what is wrong."""
    gevonden: dict[str, tuple[Lijstvraag, ...]] = {}
    for line, row in _rows(vragensets_csv, "vragensets.csv", _VRAGENSETS):
        if not row["afdeling"] or not row["vraag"] or len(row["vraag"]) > MAX_VRAAG:
            raise _wrong("vragensets.csv", line, f"een vraag heeft een afdeling en hoogstens {MAX_VRAAG} tekens")
        if row["verplicht"] not in {"", "ja", "nee"}:
            raise _wrong("vragensets.csv", line, "bij verplicht staat ja of nee")
        keuzes = tuple(filter(None, (part.strip() for part in row["keuzes"].split("|"))))
        vraag = Lijstvraag(row["vraag"], keuzes, row["verplicht"] == "ja")
        gevonden[row["afdeling"]] = (*gevonden.get(row["afdeling"], ()), vraag)
    return gevonden


def _parse_knip(text: str, stappen: tuple[str, ...]) -> dict[str, tuple[Knipstap, ...]]:
    """Six steps per process, those of both lines together. A step that nobody has stays open."""
    who: dict[str, dict[int, tuple[str, str]]] = {}
    for line, row in _rows(text, "knip.csv", _KNIP):
        try:
            numbers = [int(part) for part in row["stappen"].split(",")]
        except ValueError:
            numbers = [0]
        if not all(1 <= number <= len(stappen) for number in numbers):
            raise _wrong("knip.csv", line, f"de stappen zijn geen getallen van 1 tot {len(stappen)}")
        steps = who.setdefault(row["proces"], {})
        for number in numbers:
            done_by = _done_by(row)
            known = steps.get(number)
            if known is None or not any(known):
                steps[number] = done_by
            elif any(done_by) and known != done_by:
                # The source gives the step to both; nobody decides here who is right.
                steps[number] = ("", " of ".join(dict.fromkeys((known[1], done_by[1]))))
    return {
        proces: tuple(
            Knipstap(number, naam, *steps.get(number, ("", ""))) for number, naam in enumerate(stappen, start=1)
        )
        for proces, steps in who.items()
    }


def _done_by(row: Mapping[str, str]) -> tuple[str, str]:
    if row["herkomst"] == "open" or row["uitvoerder"] == NOT_ASSIGNED:
        return "", ""
    lijn = {"1e lijn": "1", "2e lijn": "2"}.get(row["uitvoerder"], "")
    return lijn, row["uitvoerder"]


def _rows(text: str, name: str, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(text.lstrip("\ufeff").splitlines(), delimiter=";")
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise _wrong(name, 1, f"de kolom {missing[0]} ontbreekt")
    rows = []
    for row in reader:
        if None in row or None in row.values():
            raise _wrong(name, reader.line_num, "het aantal kolommen klopt niet")
        rows.append((reader.line_num, {key: value.strip() for key, value in row.items()}))
    return rows


def _wrong(name: str, line: int, what: str) -> InvalidInput:
    return InvalidInput(f"{name}, regel {line}: {what}.", field=name)
