"""The two profiles of the KvK APIs, from a source record."""

from __future__ import annotations

from typing import Any

from kcs_desktop.backend.standards.kvk.bron import Activiteit, Adres, Bedrijf, Vestiging


def basisprofiel(bedrijf: Bedrijf, basis: str) -> dict[str, Any]:
    """The basisprofiel with its hoofdvestiging and owner; `basis` is our address without a slash at the end."""
    hoofd = bedrijf.hoofdvestiging
    eigen = f"{basis}/v1/basisprofielen/{bedrijf.kvkNummer}"
    eigenaar = {
        "rsin": bedrijf.rsin,
        "rechtsvorm": bedrijf.rechtsvorm,
        "uitgebreideRechtsvorm": bedrijf.rechtsvorm,
        "adressen": [_adres(hoofd.adres)] if hoofd and bedrijf.rsin else [],
        "links": [_link("self", f"{eigen}/eigenaar")],
    }
    profiel: dict[str, Any] = {
        "kvkNummer": bedrijf.kvkNummer,
        "indNonMailing": "Nee",
        "naam": bedrijf.naam,
        "formeleRegistratiedatum": bedrijf.formeleRegistratiedatum,
        "materieleRegistratie": _materieel(bedrijf.datumAanvang, bedrijf.datumEinde),
        "totaalWerkzamePersonen": bedrijf.totaalWerkzamePersonen,
        "statutaireNaam": bedrijf.statutaireNaam,
        "handelsnamen": [{"naam": n, "volgorde": i} for i, n in enumerate(bedrijf.handelsnamen or [bedrijf.naam])],
        "sbiActiviteiten": _activiteiten(bedrijf.sbiActiviteiten),
        "links": [_link("self", eigen), _link("vestigingen", f"{eigen}/vestigingen")],
        "_embedded": _filled(
            {
                "hoofdvestiging": vestigingsprofiel(bedrijf, hoofd, basis) if hoofd else None,
                "eigenaar": _filled(eigenaar),
            }
        ),
    }
    return _filled(profiel)


def vestigingsprofiel(bedrijf: Bedrijf, vestiging: Vestiging, basis: str) -> dict[str, Any]:
    """The profile of one establishment."""
    namen = vestiging.handelsnamen or [vestiging.eersteHandelsnaam]
    profiel: dict[str, Any] = {
        "vestigingsnummer": vestiging.vestigingsnummer,
        "kvkNummer": bedrijf.kvkNummer,
        "rsin": bedrijf.rsin,
        "indNonMailing": "Nee",
        "formeleRegistratiedatum": bedrijf.formeleRegistratiedatum,
        "materieleRegistratie": _materieel(vestiging.datumAanvang, vestiging.datumEinde),
        "statutaireNaam": bedrijf.statutaireNaam,
        "eersteHandelsnaam": vestiging.eersteHandelsnaam,
        "indHoofdvestiging": "Ja" if vestiging.hoofdvestiging else "Nee",
        "indCommercieleVestiging": "Ja",
        "voltijdWerkzamePersonen": vestiging.voltijdWerkzamePersonen,
        "deeltijdWerkzamePersonen": vestiging.deeltijdWerkzamePersonen,
        "totaalWerkzamePersonen": vestiging.voltijdWerkzamePersonen + vestiging.deeltijdWerkzamePersonen,
        "handelsnamen": [{"naam": n, "volgorde": i} for i, n in enumerate(namen)],
        "adressen": [_adres(vestiging.adres)],
        "websites": vestiging.websites,
        "sbiActiviteiten": _activiteiten(vestiging.sbiActiviteiten or bedrijf.sbiActiviteiten),
        "links": [
            _link("self", f"{basis}/v1/vestigingsprofielen/{vestiging.vestigingsnummer}"),
            _link("basisprofiel", f"{basis}/v1/basisprofielen/{bedrijf.kvkNummer}"),
        ],
    }
    return _filled(profiel)


def _materieel(begin: str, einde: str) -> dict[str, str]:
    return _filled({"datumAanvang": begin, "datumEinde": einde})


def _adres(adres: Adres) -> dict[str, Any]:
    nummer = f"{adres.huisnummer or ''}{adres.huisletter}"
    if adres.huisnummerToevoeging:
        nummer = f"{nummer}-{adres.huisnummerToevoeging}"
    postcode = f"{adres.postcode[:4]} {adres.postcode[4:]}".strip()
    regels = (f"{adres.straatnaam} {nummer}".strip(), f"{postcode} {adres.plaats}".strip())
    return _filled(
        {
            "type": "bezoekadres",
            "indAfgeschermd": "Nee",
            "volledigAdres": " ".join(r for r in regels if r),
            "straatnaam": adres.straatnaam,
            "huisnummer": adres.huisnummer or None,
            "huisletter": adres.huisletter,
            "huisnummerToevoeging": adres.huisnummerToevoeging,
            "postcode": adres.postcode,
            "plaats": adres.plaats,
            "land": "Nederland",
        }
    )


def _activiteiten(activiteiten: list[Activiteit]) -> list[dict[str, str]]:
    return [
        {
            "sbiCode": a.sbiCode,
            "sbiOmschrijving": a.sbiOmschrijving,
            "indHoofdactiviteit": "Ja" if a.indHoofdactiviteit else "Nee",
        }
        for a in activiteiten
    ]


def _link(rel: str, href: str) -> dict[str, str]:
    return {"rel": rel, "href": href}


def _filled(velden: dict[str, Any]) -> dict[str, Any]:
    return {k: w for k, w in velden.items() if w not in (None, "", [], {})}
