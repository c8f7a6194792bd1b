"""What stands there after "zaak with documents, and the contact that names it", whatever happened on the way: once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

from kcs_desktop.domain.ontvangstbevestiging import TITEL
from tests.faults.reading import Sources, read_registers
from tests.faults.registers import Auditfeit, Registers, Uitgevoerd, Zaak

COMMANDS = {
    "zaak.nummer-reserveren": 1,
    "zaak.aanmaken": 1,
    "document.toevoegen": 2,
    "klantcontact.registreren": 1,
}


class Eenmaal:
    """Begin it before the saga, and `check` after it."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._before = read_registers(sources)

    def standing(self, soort: str) -> list[str]:
        """How the commands of this kind stand that came since."""
        return [al.stand for al in self._new(read_registers(self._sources)) if al.soort == soort]

    def check(self, bsn: str, nummer: str, eigenschappen: Iterable[str], papieren: Mapping[str, bytes]) -> Zaak:
        """`papieren` are the two documents by title; `eigenschappen` the answers that were given."""
        before, after = self._before, read_registers(self._sources)
        [zaak] = [zaak for uuid, zaak in after.zaken.items() if uuid not in before.zaken]
        assert (zaak.nummer, zaak.statussen, zaak.rollen, zaak.objecten) == (nummer, 1, [bsn], 1)
        assert sorted(waarde for _eigenschap, waarde in zaak.eigenschappen) == sorted(eigenschappen)
        self._check_documents(after, zaak, papieren)
        [contact] = [contact for uuid, contact in after.contacten.items() if uuid not in before.contacten]
        assert (contact.over, contact.actoren, len(contact.betrokkenen)) == ([zaak.uuid], 1, 1)
        assert contact.taken == []
        new = self._new(after)
        assert Counter(al.soort for al in new) == COMMANDS
        assert {al.stand for al in new} == {"geslaagd"}
        self._check_audit(after.audit[len(before.audit) :], zaak.uuid, bsn)
        return zaak

    def _check_documents(self, after: Registers, zaak: Zaak, papieren: Mapping[str, bytes]) -> None:
        """Each once, linked once, with its own content; and the one confirmation."""
        new = {uuid: document for uuid, document in after.documenten.items() if uuid not in self._before.documenten}
        assert sorted(zaak.documenten) == sorted(new)
        wanted = {titel: hashlib.sha256(inhoud).hexdigest() for titel, inhoud in papieren.items()}
        found = [(al.titel, al.sha256) for al in new.values() if not al.titel.startswith(TITEL)]
        assert sorted(found) == sorted(wanted.items())
        [bevestiging] = [al for al in new.values() if al.titel.startswith(TITEL)]
        assert bevestiging.titel.endswith(zaak.nummer)
        assert bevestiging.omvang > 0

    def _check_audit(self, lines: list[Auditfeit], zaak: str, bsn: str) -> None:
        """Each command stands there as done, once, under the zaak; and whom it was for."""
        made = [line for line in lines if line.handeling == "geregistreerd" and ("zaak", zaak) in line.keys]
        done = Counter(line.bron for line in made if line.gelukt)
        assert done == {"zaken": 1, "documenten": 2, "klantinteracties": 1}, made
        of_klant = [line.bron for line in made if ("bsn", bsn) in line.keys]
        assert sorted(of_klant) == ["klantinteracties", "zaken"], made

    def _new(self, after: Registers) -> list[Uitgevoerd]:
        return [al for uuid, al in after.opdrachten.items() if uuid not in self._before.opdrachten]
