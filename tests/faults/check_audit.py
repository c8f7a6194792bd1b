"""Every look and every change has its line; after a restored backup those before it, with the gap recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kcs_desktop.domain.opdracht import (
    DocumentToevoegen,
    KlantcontactRegistreren,
    KlantWijzigen,
    OverTerugbelnotitie,
    ZaakAanmaken,
)
from tests.faults.registers import Auditfeit, Registers
from tests.faults.script import ACCOUNTS
from tests.faults.told import FROM_STORE, PROMISED, Kill, Told, is_safe

LOOKS = frozenset({"geraadpleegd", "gezocht"})  # a list of what is known of a customer is asked for with a search


def check(
    after: Registers, tolds: Sequence[Told], *, kills: Sequence[Sequence[Kill]], backup: tuple[float, float] | None
) -> Iterable[str]:
    """`backup`: the moments at which the backup was begun and put back, where one was."""
    yield from _changes(after, tolds)
    for told in tolds:
        yield from _looks(after, told, kills[told.seat], backup)
        yield from _lists(after, told, backup)
    if backup is not None and not any(fact.handeling == "teruggezet" for fact in after.audit):
        yield "de teruggezette back-up staat niet in het auditspoor"


def _changes(after: Registers, tolds: Sequence[Told]) -> Iterable[str]:
    """Exactly one line per effect and per refusal: they are written in one transaction with it."""
    lines = Counter(
        (fact.account, fact.handeling, bsn, fact.gelukt)
        for fact in after.audit
        if fact.handeling in {"geregistreerd", "gewijzigd"}
        for _, bsn in _subjects(fact)
    )
    wanted: Counter[tuple[str, str, str, bool]] = Counter()
    for told in tolds:
        for name, one in told.given.items():
            row, gegevens = after.opdrachten.get(name), one.opdracht.gegevens
            if row is None or row.stand == "bezig":
                continue
            is_done = row.stand == "geslaagd"
            if (
                isinstance(gegevens, KlantcontactRegistreren)
                and gegevens.klant is None
                and is_done
                and not _is_noted(after, gegevens)
            ):
                yield f"audit: anoniem contact {name} zonder regel"
            if isinstance(gegevens, KlantcontactRegistreren | KlantWijzigen) and gegevens.klant is not None:
                act = "gewijzigd" if isinstance(gegevens, KlantWijzigen) else "geregistreerd"
                wanted[ACCOUNTS[told.seat], act, gegevens.klant.sleutel.bsn, is_done] += 1
            if isinstance(gegevens, OverTerugbelnotitie):
                wanted[ACCOUNTS[told.seat], "gewijzigd", gegevens.notitie, is_done] += 1
            if isinstance(gegevens, DocumentToevoegen) and is_done:
                wanted[ACCOUNTS[told.seat], "geregistreerd", str(row.resultaat.get("document")), is_done] += 1
            if isinstance(gegevens, ZaakAanmaken) and is_done:
                wanted[ACCOUNTS[told.seat], "geregistreerd", str(row.resultaat.get("zaak")), is_done] += 1
    for key in sorted(set(lines) | set(wanted)):
        if lines[key] != wanted[key]:
            yield f"audit: {lines[key]} regels {key}, moesten er {wanted[key]} zijn"


def _subjects(fact: Auditfeit) -> Iterable[tuple[str, str]]:
    """What a line about a change is counted under: zaak, document or callback note, else the person."""
    about = {"zaken": "zaak", "documenten": "informatieobject"}.get(fact.bron, "internetaak")
    return [key for key in fact.keys if key[0] == about] or [key for key in fact.keys if key[0] == "bsn"]


def _is_noted(after: Registers, gegevens: KlantcontactRegistreren) -> bool:
    """Whether a line stands under one of the klantcontacten that this command made."""
    onderwerpen = {vraag.onderwerp for vraag in gegevens.vragen}
    uuids = {uuid for uuid, contact in after.contacten.items() if contact.onderwerp in onderwerpen}
    noted = {waarde for fact in after.audit for soort, waarde in fact.keys if soort == "klantcontact" and fact.gelukt}
    return bool(uuids & noted)


def _looks(after: Registers, told: Told, kills: Sequence[Kill], backup: tuple[float, float] | None) -> Iterable[str]:
    lines = Counter(
        (wie, fact.bron)
        for fact in after.audit
        if fact.account == ACCOUNTS[told.seat] and fact.handeling in LOOKS and fact.gelukt
        for wie in _seen(fact)
    )
    counted = [look for look in told.looked if backup is None or not _is_in_gap(look, backup)]
    seen = Counter((bsn, bron) for op, bsn, bron in counted if bron != FROM_STORE or is_safe(op, kills))
    for (bsn, bron), count in seen.items():
        if lines[bsn, bron] < count:
            yield f"audit: stoel {told.seat} zag {bsn} {count} keer uit {bron}, regels: {lines[bsn, bron]}"
    most = Counter(bsn for _, bsn in told.looking)
    for (bsn, bron), count in lines.items():
        if bron == FROM_STORE and count > most[bsn]:
            yield f"audit: {count} inzagen van {bsn} gemeld door stoel {told.seat}, gekeken: {most[bsn]}"


def _is_in_gap(look: tuple[float, str, str], backup: tuple[float, float]) -> bool:
    """Whether its line may have gone with the replaced trail. One from the store is told of a moment later."""
    op, _bsn, bron = look
    begun, put_back = backup
    return begun - (PROMISED if bron == FROM_STORE else 0) <= op <= put_back


def _seen(fact: Auditfeit) -> Iterable[str]:
    """Whom a look is counted under: the person, or the zaak that a seat told it had seen in its store."""
    zaken = [waarde for soort, waarde in fact.keys if soort == "zaak" and fact.bron == FROM_STORE]
    return zaken or [waarde for soort, waarde in fact.keys if soort == "bsn"]


def _lists(after: Registers, told: Told, backup: tuple[float, float] | None) -> Iterable[str]:
    """A list of callback notes shows customers: each time it was asked for is noted."""
    seen = Counter(name for op, name in told.lists if backup is None or not backup[0] <= op <= backup[1])
    lines = Counter(
        name
        for fact in after.audit
        if fact.account == ACCOUNTS[told.seat] and fact.handeling == "geraadpleegd" and fact.gelukt
        for soort, name in fact.keys
        if soort == "terugbelnotities"
    )
    for name, count in seen.items():
        if lines[name] < count:
            yield f"audit: stoel {told.seat} zag de lijst {name} {count} keer, regels: {lines[name]}"
