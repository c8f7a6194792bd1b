"""The rows from which a zaak is started: what was begun, what the vraag is about, every zaaktype, what is elsewhere."""

from __future__ import annotations

from kcs_desktop.sdk import Conceptstand, Zaakconcept, one_line
from plugins.zaken import aanmaken_tekst as tekst
from plugins.zaken.aanmaken_keuzes import Keuze
from plugins.zaken.aanmaken_presenter import AanmaakPresenter
from ui.sdk import Row, Toon

_APART: tuple[str, Toon] = ("Niet bekend of de zaak er is", "let_op")
_TONEN: dict[Conceptstand, tuple[str, Toon]] = {
    Conceptstand.VERSTUURD: ("Wordt aangemaakt", "accent"),
    Conceptstand.GEWEIGERD: ("Niet aangemaakt", "fout"),
}


def rows(presenter: AanmaakPresenter) -> list[Row]:
    """Everything the list shows, each group under its head."""
    made: list[Row] = []
    if presenter.concepten:
        made += [_head("Begonnen"), *(draft(al, is_online=presenter.is_online) for al in presenter.concepten)]
    keuzes = list(presenter.keuzes)
    product = presenter.product_van_vraag
    eigen = [al for al in keuzes if product and al.product == product]
    rest = [al for al in keuzes if al not in eigen]
    if eigen:
        made += [_head(f"Bij {one_line(product, 60)}"), *map(choice, eigen)]
    if rest:
        made += [_head("Gevonden" if presenter.zoekt.strip() else "Alle zaaktypen"), *map(choice, rest)]
    return made


def draft(concept: Zaakconcept, *, is_online: bool) -> Row:
    wie = concept.klant.naam if concept.klant is not None else tekst.GEEN_KLANT
    flag = _APART if concept.is_apart else _TONEN.get(concept.stand)
    stand = "" if flag is not None else tekst.draft_state(concept, is_online=is_online)
    return Row(
        key=f"concept:{concept.id}",
        title=one_line(concept.product or concept.naam, 120),
        subtitle=" · ".join(filter(None, (one_line(wie, 60), stand))),
        suffix=concept.nummer,
        keeps_suffix=True,
        icon="wijzigen" if concept.stand is Conceptstand.OPEN else "uitgaand",
        flags=(flag,) if flag is not None else (),
    )


def choice(keuze: Keuze) -> Row:
    if keuze.elders is not None:
        return Row(
            key=keuze.key,
            title=one_line(keuze.titel, 120),
            subtitle=f"Doorverwijzen naar {one_line(keuze.elders.loket, 80)}",
            icon="losmaken",
        )
    return Row(key=keuze.key, title=one_line(keuze.titel, 120), subtitle=_below(keuze), icon="zaken")


def _below(keuze: Keuze) -> str:
    zaaktype = keuze.zaaktype
    if zaaktype is None:
        return ""
    naam = zaaktype.naam if keuze.titel != zaaktype.naam else ""
    afdeling = zaaktype.kenmerk.afdeling
    return " · ".join(filter(None, (one_line(naam, 60), afdeling, zaaktype.knip.samenvatting)))


def _head(titel: str) -> Row:
    return Row(key=f"kop:{titel}", title=titel, is_kop=True)
