"""Pure rules of a search over several sources: one customer once, and the one that may open by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from kcs_desktop.domain.klant import (
    Bedrijfsgegevens,
    Bron,
    Bronstand,
    KlantSleutel,
    Klantverwijzing,
    Persoonsgegevens,
    SoortKlant,
)
from kcs_desktop.domain.klantidentiteit import is_same, merged
from kcs_desktop.domain.weergave import datum
from kcs_desktop.domain.zoeken import Soortvraag, Treffer, Zoekresultaat, Zoekvraag

_replace = msgspec.structs.replace
_OFFICIAL = {"brp", "kvk"}
_REGISTER_SCORE = 90.0  # a base register answers the whole question or nothing

# Keys that name one customer; a BSN names one by law, so it need not wait for the other sources.
_KEYS = {
    Soortvraag.BSN,
    Soortvraag.KVK_NUMMER,
    Soortvraag.VESTIGINGSNUMMER,
    Soortvraag.RSIN,
    Soortvraag.TELEFOONNUMMER,
    Soortvraag.EMAIL,
}


def person_hit(persoon: Persoonsgegevens, vraag: Zoekvraag) -> Treffer:
    exact = vraag.soort is Soortvraag.BSN
    delen = (datum(persoon.geboortedatum) if persoon.geboortedatum else "", ", ".join(persoon.adresregels))
    return Treffer(
        Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn=persoon.bsn), persoon.naam),
        "brp",
        omschrijving=" · ".join(deel for deel in delen if deel),
        score=100.0 if exact else _REGISTER_SCORE,
        waarom="BSN klopt precies" if exact else "Gevonden in de BRP",
        exact=exact,
        geheimhouding=persoon.geheimhouding,
        overleden=persoon.overleden,
    )


def company_hits(bedrijven: Sequence[Bedrijfsgegevens], vraag: Zoekvraag) -> list[Treffer]:
    """Each once: the register gives a company and its headquarters beside it, with one name and one address."""
    zelf = {al.kvk_nummer for al in bedrijven if not al.vestigingsnummer}
    shown = (al for al in bedrijven if not (al.vestigingsnummer and al.hoofdvestiging and al.kvk_nummer in zelf))
    return [_company_hit(al, vraag) for al in shown]


def _company_hit(bedrijf: Bedrijfsgegevens, vraag: Zoekvraag) -> Treffer:
    # Asked by its KvK number, the headquarters stands for the company itself.
    is_bedrijf = bedrijf.hoofdvestiging and vraag.soort in {Soortvraag.KVK_NUMMER, Soortvraag.RSIN}
    exact = is_bedrijf or vraag.soort is Soortvraag.VESTIGINGSNUMMER
    sleutel = KlantSleutel(
        SoortKlant.ORGANISATIE,
        kvk_nummer=bedrijf.kvk_nummer,
        vestigingsnummer="" if is_bedrijf else bedrijf.vestigingsnummer,
        rsin=bedrijf.rsin,
    )
    soort = "hoofdvestiging" if bedrijf.hoofdvestiging else "nevenvestiging"
    if not bedrijf.vestigingsnummer:
        soort = "rechtspersoon" if bedrijf.rsin else ""
    delen = (f"KvK {bedrijf.kvk_nummer}", soort, ", ".join(bedrijf.adresregels))
    return Treffer(
        Klantverwijzing(sleutel, bedrijf.naam),
        "kvk",
        omschrijving=" · ".join(deel for deel in delen if deel),
        score=100.0 if exact else _REGISTER_SCORE,
        waarom="Nummer klopt precies" if exact else "Gevonden in het Handelsregister",
        exact=exact,
    )


def without_registers(uitleg: str) -> str:
    """The line under the field for a role that may not ask BRP and KvK: what was recognised stays."""
    if "BRP" not in uitleg and "Handelsregister" not in uitleg:
        return uitleg
    return f"{uitleg.partition(' · ')[0]} · uw rol zoekt alleen in klanten en contactpersonen."


def merge_hits(treffers: Iterable[Treffer]) -> tuple[Treffer, ...]:
    """One customer once, whatever the sources call it; best first."""
    samen: list[Treffer] = []
    for treffer in treffers:
        plek = next((nr for nr, al in enumerate(samen) if is_same(al.klant.sleutel, treffer.klant.sleutel)), None)
        if plek is None:
            samen.append(treffer)
        else:
            samen[plek] = _merged(samen[plek], treffer)
    return tuple(sorted(samen, key=lambda treffer: (not treffer.exact, -treffer.score, treffer.klant.naam.casefold())))


def _merged(een: Treffer, ander: Treffer) -> Treffer:
    # The base register's name and address are the official ones.
    voor, na = (ander, een) if ander.bron in _OFFICIAL and een.bron not in _OFFICIAL else (een, ander)
    sleutel = merged(voor.klant.sleutel, na.klant.sleutel)
    beste = max(een, ander, key=lambda treffer: treffer.score)
    return _replace(
        voor,
        klant=Klantverwijzing(sleutel, voor.klant.naam),
        omschrijving=voor.omschrijving or na.omschrijving,
        score=beste.score,
        waarom=beste.waarom,
        exact=een.exact or ander.exact,
        geheimhouding=een.geheimhouding or ander.geheimhouding,
        overleden=een.overleden or ander.overleden,
    )


def result_of(
    vraag: Zoekvraag, treffers: Iterable[Treffer], bronnen: Iterable[Bron], *, entered: bool
) -> Zoekresultaat:
    """What stands in the list now; `entered`: the employee pressed Enter."""
    lijst, staat = merge_hits(treffers), tuple(bronnen)
    return Zoekresultaat(vraag, lijst, staat, _only_exact(vraag, lijst, staat) if entered else None)


def _only_exact(vraag: Zoekvraag, treffers: tuple[Treffer, ...], bronnen: tuple[Bron, ...]) -> Klantverwijzing | None:
    exact = [treffer.klant for treffer in treffers if treffer.exact]
    if vraag.soort not in _KEYS or len(exact) != 1:
        return None
    is_klaar = all(bron.stand not in {Bronstand.LAADT, Bronstand.WACHT} for bron in bronnen)
    return exact[0] if is_klaar or vraag.soort is Soortvraag.BSN else None
