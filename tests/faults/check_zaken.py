"""Each zaak that was ordered is made once, with its number and all that belongs to it, and there is none of nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kcs_desktop.domain.opdracht import ZaakAanmaken, ZaaknummerReserveren
from tests.faults.registers import Registers, Zaak
from tests.faults.told import Given


def check(before: Registers, after: Registers, effective: Sequence[Given], *, restored: bool) -> Iterable[str]:
    """`restored`: a backup was put back, after which a number that was told may be another's."""
    new: dict[str, list[Zaak]] = {}
    for zaak in after.zaken.values():
        if zaak.uuid not in before.zaken:
            new.setdefault(zaak.omschrijving, []).append(zaak)
    for one in effective:
        gegevens = one.opdracht.gegevens
        if not isinstance(gegevens, ZaakAanmaken):
            continue
        rows = new.pop(gegevens.omschrijving, [])
        if len(rows) != 1:
            yield f"zaak {gegevens.omschrijving}: {len(rows)} keer in het register"
            continue
        resultaat = after.opdrachten[one.opdracht.id].resultaat
        if not restored and (told := _number(after, gegevens)) not in {"", rows[0].nummer}:
            yield f"zaak {gegevens.omschrijving} heeft nummer {rows[0].nummer}, verteld is {told}"
        wanted = _wanted(gegevens, resultaat)
        for key, value in wanted.items():
            if (found := getattr(rows[0], key)) != value:
                yield f"zaak {gegevens.omschrijving}: {key} is {found}, moest zijn {value}"
    for subject, rows in new.items():
        yield f"zaak {subject} staat {len(rows)} keer in het register, maar niemand heeft haar aangemaakt"
    yield from _numbers(after, effective, restored=restored)
    yield from _loose(before, after)


def made(after: Registers, opdracht: str) -> str:
    """The zaak that this command made, or ""."""
    row = after.opdrachten.get(opdracht)
    return str(row.resultaat.get("zaak") or "") if row is not None and row.stand == "geslaagd" else ""


def _number(after: Registers, gegevens: ZaakAanmaken) -> str:
    """What the customer was told, or would have been."""
    row = after.opdrachten.get(gegevens.reservering)
    return gegevens.nummer or (str(row.resultaat.get("nummer") or "") if row is not None else "")


def _wanted(gegevens: ZaakAanmaken, resultaat: dict[str, object]) -> dict[str, object]:
    bsn = gegevens.klant.sleutel.bsn if gegevens.klant else ""
    return {
        "uuid": resultaat.get("zaak"),
        "nummer": resultaat.get("nummer"),
        "zaaktype": gegevens.zaaktype,
        "statussen": 1,
        "rollen": [bsn] if bsn else [],
        "eigenschappen": sorted((al.eigenschap, al.waarde) for al in gegevens.eigenschappen),
        "documenten": [document] if (document := resultaat.get("ontvangstbevestiging")) else [],
        "objecten": int(gegevens.locatie is not None and gegevens.locatie.is_adres),
    }


def _numbers(after: Registers, effective: Sequence[Given], *, restored: bool) -> Iterable[str]:
    zaken = Counter(zaak.nummer for zaak in after.zaken.values())
    yield from (f"zaaknummer {nummer} is van {count} zaken" for nummer, count in zaken.items() if count > 1)
    if restored:
        return
    reserved = Counter(
        str(after.opdrachten[one.opdracht.id].resultaat.get("nummer"))
        for one in effective
        if isinstance(one.opdracht.gegevens, ZaaknummerReserveren)
    )
    yield from (f"zaaknummer {nummer} is {count} keer gereserveerd" for nummer, count in reserved.items() if count > 1)


def _loose(before: Registers, after: Registers) -> Iterable[str]:
    """A document that a zaak does not name is left behind by something that was broken off."""
    named = {document for zaak in after.zaken.values() for document in zaak.documenten}
    for document in sorted(set(after.documenten) - set(before.documenten) - named):
        yield f"document {document} hoort bij geen zaak"
    for document in sorted(named - set(after.documenten)):
        yield f"document {document} is er niet, maar een zaak noemt het"
