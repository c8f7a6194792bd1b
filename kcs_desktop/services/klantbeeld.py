"""Pure rules by which the parts of a customer picture come together. A part that failed leaves what was there."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import date, datetime

import msgspec

from kcs_desktop.api.klantinteracties import Contactpagina, Partijgegevens
from kcs_desktop.domain.klant import (
    Bedrijfsgegevens,
    Bron,
    Bronstand,
    Contactregel,
    Klantbeeld,
    Klantverwijzing,
    Persoonsgegevens,
    Relatie,
    SoortKlant,
    Terugbelnotitie,
)
from kcs_desktop.domain.klantidentiteit import merged
from kcs_desktop.domain.sessie import Sessie
from kcs_desktop.domain.zaak import Zaakregel
from kcs_desktop.domain.zaakbeeld import Zaakpagina

_replace = msgspec.structs.replace

# Functies of the roles, and the sources.
_REGISTRATIES, _NOTITIES, _CRM, _ZAKEN = "basisregistraties", "terugbelnotities", "crm", "zaken"
_OFFICIEEL, _VAN_KLANT, _VAN_ZAKEN = frozenset({"brp", "kvk"}), frozenset({"klantinteracties"}), frozenset({"zaken"})


def blank(klant: Klantverwijzing) -> Klantbeeld:
    """The picture before anything is known."""
    return Klantbeeld(klant.sleutel, klant.naam)


def with_persoon(beeld: Klantbeeld, persoon: Persoonsgegevens) -> Klantbeeld:
    return _replace(beeld, persoon=persoon, naam=persoon.naam or beeld.naam)


def with_bedrijf(beeld: Klantbeeld, bedrijf: Bedrijfsgegevens) -> Klantbeeld:
    sleutel = _replace(
        beeld.sleutel,
        kvk_nummer=beeld.sleutel.kvk_nummer or bedrijf.kvk_nummer,
        rsin=beeld.sleutel.rsin or bedrijf.rsin,
    )
    return _replace(beeld, bedrijf=bedrijf, naam=bedrijf.naam or beeld.naam, sleutel=sleutel)


def with_partij(beeld: Klantbeeld, partij: Partijgegevens | None) -> Klantbeeld:
    """None: the register does not know this customer, so nothing of it may stay."""
    if partij is None:
        return _replace(
            beeld,
            sleutel=_replace(beeld.sleutel, partij=""),
            digitale_adressen=(),
            voorkeurstaal="",
            voorkeurskanaal="",
            geheimhouding_partij=False,
            interne_notitie="",
            bezoekadres=(),
        )
    sleutel = merged(beeld.sleutel, partij.klant.sleutel)
    if partij.klant.sleutel.soort is SoortKlant.CONTACTPERSOON:
        sleutel = _replace(sleutel, soort=SoortKlant.CONTACTPERSOON)
    officieel = beeld.persoon is not None or beeld.bedrijf is not None
    return _replace(
        beeld,
        sleutel=_replace(sleutel, partij=partij.klant.sleutel.partij),
        naam=beeld.naam if officieel and beeld.naam else partij.klant.naam or beeld.naam,
        digitale_adressen=partij.digitale_adressen,
        voorkeurstaal=partij.voorkeurstaal,
        geheimhouding_partij=partij.geheimhouding,
        interne_notitie=partij.interne_notitie,
        bezoekadres=partij.bezoekadres,
    )


def with_newest(beeld: Klantbeeld, pagina: Contactpagina) -> Klantbeeld:
    """The first page read anew: what stands in its time and not in it is gone from the register, as after a backup was
    put back. Older rows come from further pages, and stay as long as there are such pages."""
    oudste = min((_stamp(regel.plaatsgevonden_op) for regel in pagina.contacten), default=0.0)
    ouder = () if pagina.is_laatste else beeld.contacten
    blijft = tuple(regel for regel in ouder if _stamp(regel.plaatsgevonden_op) < oudste)
    # Notes of contacts that no page brought yet stay until all notes are read anew.
    gelezen = {regel.uuid for regel in pagina.contacten}
    weg = {regel.uuid for regel in beeld.contacten} - {regel.uuid for regel in blijft}
    weg = weg | gelezen if pagina.met_notities else weg - gelezen
    oude = () if pagina.is_volledig else beeld.terugbelnotities
    notities = tuple(notitie for notitie in oude if notitie.klantcontact not in weg)
    return with_contacten(_replace(beeld, contacten=blijft, terugbelnotities=notities), pagina)


def with_terugbelnotities(beeld: Klantbeeld, notities: Iterable[Terugbelnotitie]) -> Klantbeeld:
    """All notes of this customer read anew: what is not among them is gone."""
    return _replace(beeld, terugbelnotities=open_first(notities))


def with_contacten(beeld: Klantbeeld, pagina: Contactpagina) -> Klantbeeld:
    """A fresh page over what was read before; what it holds replaces the older reading of the same rows."""
    contacten = {regel.uuid: regel for regel in (*beeld.contacten, *pagina.contacten)}
    notities = {notitie.uuid: notitie for notitie in (*beeld.terugbelnotities, *pagina.terugbelnotities)}
    return _replace(
        beeld,
        contacten=newest_first(contacten.values()),
        contacten_totaal=max(pagina.totaal, len(contacten)),
        terugbelnotities=open_first(notities.values()),
    )


def with_further(beeld: Klantbeeld, pagina: Contactpagina, ervoor: int) -> Klantbeeld:
    """A further page of the history, with `ervoor` rows of the register before it.

    What was read of those is listed once each; only the register's count tells how many stand behind the page.
    """
    na = with_contacten(beeld, pagina)
    return _replace(na, contacten_totaal=len(na.contacten) + rows_behind(pagina, ervoor))


def rows_behind(pagina: Contactpagina, ervoor: int) -> int:
    """How many rows the register has after this page."""
    return 0 if pagina.is_laatste else max(0, pagina.totaal - ervoor - len(pagina.contacten))


def with_new(beeld: Klantbeeld, pagina: Contactpagina) -> Klantbeeld:
    """New klantcontacten beside those that were read before."""
    bekend = {regel.uuid for regel in beeld.contacten}
    nieuw = sum(regel.uuid not in bekend for regel in pagina.contacten)
    return with_contacten(beeld, msgspec.structs.replace(pagina, totaal=beeld.contacten_totaal + nieuw))


def belongs_further(beeld: Klantbeeld, pagina: Contactpagina) -> bool:
    """Whether these klantcontacten stand on a page of the history that was not read yet."""
    if len(beeld.contacten) >= beeld.contacten_totaal:
        return False
    oudste = _stamp(beeld.contacten[-1].plaatsgevonden_op) if beeld.contacten else 0.0  # the newest stands first
    return any(_stamp(regel.plaatsgevonden_op) < oudste for regel in pagina.contacten)


def with_relaties(beeld: Klantbeeld, relaties: Iterable[Relatie]) -> Klantbeeld:
    return _replace(beeld, relaties=tuple(relaties))


def with_zaken(beeld: Klantbeeld, pagina: Zaakpagina, rollen: Iterable[str]) -> Klantbeeld:
    """The first page read anew, in these roles."""
    return _replace(
        beeld, zaken=open_zaken_first(pagina.regels), zaken_totaal=pagina.totaal, zaken_rollen=tuple(rollen)
    )


def open_zaken_first(regels: Iterable[Zaakregel]) -> tuple[Zaakregel, ...]:
    """Open ones by the day they must be done, then the finished ones, latest first."""

    def key(regel: Zaakregel) -> tuple[bool, int]:
        if regel.is_open:
            return False, regel.uiterlijk.toordinal() if regel.uiterlijk is not None else date.max.toordinal()
        return True, -(regel.einddatum.toordinal() if regel.einddatum is not None else 0)

    return tuple(sorted(regels, key=key))


def with_voorkeurskanaal(beeld: Klantbeeld, kanaal: str) -> Klantbeeld:
    return _replace(beeld, voorkeurskanaal=kanaal)


def newest_first(regels: Iterable[Contactregel]) -> tuple[Contactregel, ...]:
    return tuple(sorted(regels, key=lambda regel: _stamp(regel.plaatsgevonden_op), reverse=True))


def open_first(notities: Iterable[Terugbelnotitie]) -> tuple[Terugbelnotitie, ...]:
    """Open notes first, the oldest of them on top: that one waits longest."""

    def key(notitie: Terugbelnotitie) -> tuple[bool, float]:
        moment = _stamp(notitie.toegewezen_op)
        return (not notitie.is_open, moment if notitie.is_open else -moment)

    return tuple(sorted(notities, key=key))


def as_cached(beeld: Klantbeeld) -> Klantbeeld:
    """The picture as it comes out of the store: every source says that it is old, none that it is busy.

    A source that had not answered when the picture was stored is still to be asked: it has nothing old.
    """
    return _replace(beeld, bronnen=tuple(_replace(bron, uit_cache=True, stand=_rest(bron)) for bron in beeld.bronnen))


def sees_all(sessie: Sessie) -> bool:
    """Whether `within_rights` takes nothing away."""
    return all(sessie.mag(functie) for functie in (_REGISTRATIES, _NOTITIES, _CRM, _ZAKEN))


def with_unseen(beeld: Klantbeeld, bewaard: Klantbeeld, sessie: Sessie) -> Klantbeeld:
    """What is to be kept after this sign-in looked: the parts that it may not see stay as they were, with their age."""
    if not sessie.mag(_REGISTRATIES):
        bronnen = _from(bewaard, _OFFICIEEL, into=beeld)
        beeld = _replace(beeld, persoon=bewaard.persoon, bedrijf=bewaard.bedrijf, bronnen=bronnen)
    if not sessie.mag(_ZAKEN):
        beeld = _replace(
            beeld,
            zaken=bewaard.zaken,
            zaken_totaal=bewaard.zaken_totaal,
            zaken_rollen=bewaard.zaken_rollen,
            bronnen=_from(bewaard, _VAN_ZAKEN, into=beeld),
        )
    if not sessie.mag(_CRM):
        return _replace(
            bewaard,
            sleutel=merged(bewaard.sleutel, beeld.sleutel),
            naam=beeld.naam or bewaard.naam,
            persoon=beeld.persoon,
            bedrijf=beeld.bedrijf,
            zaken=beeld.zaken,
            zaken_totaal=beeld.zaken_totaal,
            zaken_rollen=beeld.zaken_rollen,
            bronnen=_from(bewaard, _VAN_KLANT, into=beeld),
            bijgewerkt_op=beeld.bijgewerkt_op,
        )
    if not sessie.mag(_NOTITIES):
        beeld = _replace(beeld, terugbelnotities=bewaard.terugbelnotities)
    return beeld


def within_rights(beeld: Klantbeeld, sessie: Sessie) -> Klantbeeld:
    """What this sign-in may see of a kept picture: another role of the same employee may have put it there."""
    if not sessie.mag(_REGISTRATIES):
        beeld = _replace(beeld, persoon=None, bedrijf=None, bronnen=_without(beeld, _OFFICIEEL))
    if not sessie.mag(_NOTITIES):
        beeld = _replace(beeld, terugbelnotities=())
    if not sessie.mag(_ZAKEN) or not set(beeld.zaken_rollen) <= set(sessie.rollen):
        bronnen = _without(beeld, _VAN_ZAKEN)
        beeld = _replace(beeld, zaken=(), zaken_totaal=0, zaken_rollen=(), bronnen=bronnen)
    if not sessie.mag(_CRM):
        beeld = _replace(
            with_partij(beeld, None),
            sleutel=beeld.sleutel,
            contacten=(),
            contacten_totaal=0,
            terugbelnotities=(),
            relaties=(),
            bronnen=_without(beeld, _VAN_KLANT),
        )
    return beeld


def _without(beeld: Klantbeeld, namen: Set[str]) -> tuple[Bron, ...]:
    return tuple(bron for bron in beeld.bronnen if bron.naam not in namen)


def _from(ander: Klantbeeld, namen: Set[str], *, into: Klantbeeld) -> tuple[Bron, ...]:
    """The sources of `into`, those with these names as `ander` has them."""
    return (*_without(into, namen), *(bron for bron in ander.bronnen if bron.naam in namen))


def has_answer(voor: Klantbeeld, na: Klantbeeld) -> bool:
    """Whether a source told something between the two, and not only that it was asked."""
    if any(bron.stand is Bronstand.KLAAR and not bron.uit_cache for bron in na.bronnen):
        return True
    return _replace(na, bronnen=voor.bronnen, bijgewerkt_op=voor.bijgewerkt_op) != voor


def _rest(bron: Bron) -> Bronstand:
    if bron.stand is not Bronstand.LAADT:
        return bron.stand
    return Bronstand.WACHT if bron.opgehaald_op is None else Bronstand.KLAAR


def _stamp(moment: datetime | None) -> float:
    return moment.timestamp() if moment is not None else 0.0
