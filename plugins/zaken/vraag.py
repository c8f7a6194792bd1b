"""What was typed in the search field and the filters, read as the question to the register of zaken. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from kcs_desktop.sdk import (
    LEAST_OF_NUMBER,
    InvalidInput,
    KlantSleutel,
    SoortKlant,
    Soortvraag,
    Zaakvraag,
    Zoekvraag,
    first_ending_at,
    has_form_of_number,
    local,
    parse_auditperiode,
)

LOPEND, TE_LAAT, BIJNA, AFGEROND = "lopend", "te_laat", "bijna", "afgerond"
STANDEN = {
    LOPEND: "Lopend",
    TE_LAAT: "Te laat",
    BIJNA: "Termijn verloopt binnen een week",
    AFGEROND: "Afgerond",
}
DEEL = "Deel van een zaaknummer"
_WEEK = 7


class Filters(msgspec.Struct, frozen=True, omit_defaults=True):
    """The filters as they stand in their fields; dates as typed.

    `status` is one of STANDEN, or the address of a step of the zaaktype.
    """

    zaaktype: str = ""
    behandelaar: str = ""
    van: str = ""
    tot: str = ""
    status: str = ""


class Lezing(msgspec.Struct, frozen=True):
    """`vraag` is None where customers must be found first (`zoekt_klant`), or nothing is asked yet. `anders` is asked
    where it finds nothing: the same digits as a part of a number."""

    vraag: Zaakvraag | None = None
    anders: Zaakvraag | None = None
    zoekt_klant: bool = False
    adres: str = ""  # it may be a place as well as where somebody lives
    uitleg: str = ""


def read(tekst: str, herkend: Zoekvraag, filters: Filters, now: datetime) -> Lezing:
    """Raises InvalidInput for a date that is none; `field` is van or tot."""
    begrensd = _filtered(filters, now)
    getypt = tekst.strip()
    if not getypt:
        return Lezing() if begrensd.is_leeg else Lezing(begrensd, uitleg="Alle zaken met deze filters")
    if herkend.soort is Soortvraag.BSN and herkend.bsn and not herkend.fout:
        return _of_customer(KlantSleutel(SoortKlant.PERSOON, bsn=herkend.bsn), begrensd, "BSN · zaken van deze persoon")
    if herkend.soort is Soortvraag.KVK_NUMMER and herkend.kvk_nummer:
        sleutel = KlantSleutel(SoortKlant.ORGANISATIE, kvk_nummer=herkend.kvk_nummer)
        return _of_customer(sleutel, begrensd, "KvK-nummer · zaken van dit bedrijf", getypt)
    if herkend.soort is Soortvraag.VESTIGINGSNUMMER and herkend.vestigingsnummer:
        sleutel = KlantSleutel(SoortKlant.ORGANISATIE, vestigingsnummer=herkend.vestigingsnummer)
        return _of_customer(sleutel, begrensd, "Vestigingsnummer · zaken van deze vestiging", getypt)
    if herkend.soort is not Soortvraag.POSTCODE and has_form_of_number(getypt):
        if len(getypt) < LEAST_OF_NUMBER:
            return Lezing(uitleg=f"Typ minstens {LEAST_OF_NUMBER} tekens van het zaaknummer")
        return Lezing(msgspec.structs.replace(begrensd, nummer=getypt), uitleg=DEEL)
    is_adres = herkend.soort is Soortvraag.ADRES or (herkend.soort is Soortvraag.POSTCODE and herkend.is_volledig)
    uitleg = herkend.fout or herkend.uitleg or "Kies van wie u de zaken wilt zien"
    return Lezing(zoekt_klant=True, adres=getypt if is_adres else "", uitleg=uitleg)


def at(plaats: tuple[float, float], filters: Filters, now: datetime) -> Zaakvraag:
    """The zaken at a point. Raises as `read`."""
    return msgspec.structs.replace(_filtered(filters, now), plaats=plaats)


def _of_customer(sleutel: KlantSleutel, begrensd: Zaakvraag, uitleg: str, nummer: str = "") -> Lezing:
    """`nummer` is what was typed, where that can be a part of a number too."""
    anders = msgspec.structs.replace(begrensd, nummer=nummer) if has_form_of_number(nummer) else None
    if begrensd.behandelaar:  # the standard would look for one betrokkene who is both
        uitleg = f"{uitleg}, van elke behandelaar"
    return Lezing(msgspec.structs.replace(begrensd, klant=sleutel, behandelaar=""), anders, uitleg=uitleg)


def _filtered(filters: Filters, now: datetime) -> Zaakvraag:
    periode, vandaag = parse_auditperiode(filters.van, filters.tot, now), local(now).date()
    # The register has the day before the law moves it: what would end on a Saturday ends on the Monday.
    now_late, next_late = first_ending_at(vandaag), first_ending_at(vandaag + timedelta(days=_WEEK + 1))
    termijn_voor = {TE_LAAT: now_late, BIJNA: next_late}.get(filters.status)
    return Zaakvraag(
        zaaktype=filters.zaaktype.strip(),
        behandelaar=filters.behandelaar,
        van=_day(periode.van),
        tot=_day(periode.tot, before=1),
        alleen_open=filters.status in {LOPEND, TE_LAAT, BIJNA},
        alleen_afgerond=filters.status == AFGEROND,
        statustype="" if filters.status in STANDEN else filters.status,
        termijn_na=now_late - timedelta(days=1) if filters.status == BIJNA else None,
        termijn_voor=termijn_voor,
    )


def _day(moment: datetime | None, before: int = 0) -> date | None:
    return None if moment is None else local(moment).date() - timedelta(days=before)


def field_of(fout: InvalidInput) -> str:
    """Which filter is wrong."""
    return fout.field if fout.field in {"van", "tot"} else "van"
