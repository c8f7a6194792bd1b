"""Each document that was added to a zaak stands once in its dossier, whole, and no dossier holds one of nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kcs_desktop.domain.opdracht import DocumentToevoegen
from tests.faults.registers import Registers
from tests.faults.told import Given, Told


def check(before: Registers, after: Registers, tolds: Sequence[Told], effective: Sequence[Given]) -> Iterable[str]:
    """`effective`: the commands that had effect."""
    files = {name: size for told in tolds for name, size in told.files.items()}
    dossiers = {uuid: list(zaak.documenten) for uuid, zaak in before.zaken.items()}
    for one in effective:
        gegevens = one.opdracht.gegevens
        if not isinstance(gegevens, DocumentToevoegen):
            continue
        uuid = str(after.opdrachten[one.opdracht.id].resultaat.get("document"))
        dossiers.setdefault(gegevens.zaak, []).append(uuid)
        named = [other for other, document in after.documenten.items() if document.titel == gegevens.titel]
        if named != [uuid]:
            yield f"document {gegevens.titel}: {named} in het register, moest zijn {[uuid]}"
            continue
        wanted = files.get(one.opdracht.id)
        if wanted is not None and after.documenten[uuid].omvang != wanted:
            yield f"document {gegevens.titel}: {after.documenten[uuid].omvang} bytes, moesten er {wanted} zijn"
    for zaak, documenten in dossiers.items():
        found = after.zaken[zaak].documenten if zaak in after.zaken else []
        if sorted(found) != sorted(documenten):
            yield f"dossier van zaak {zaak}: {sorted(found)}, moest zijn {sorted(documenten)}"
