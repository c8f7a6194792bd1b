"""Nothing missing, nothing double, nothing of nobody, and the order per customer as the employee gave it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kcs_desktop.domain.klantcontact import Resultaat
from kcs_desktop.domain.opdracht import DocumentToevoegen, KlantcontactRegistreren, KlantRegistreren, KlantWijzigen
from tests.faults import check_documenten, check_notes, check_zaken
from tests.faults.registers import Geregistreerd, Registers
from tests.faults.told import Given, Told

WITHOUT_FILE = ("bestand-onbekend", "bestand-onvolledig")
ALREADY = "opdracht-anders"  # the id is known, with what was registered before


def check(
    before: Registers, after: Registers, tolds: Sequence[Told], required: Iterable[str], *, restored: bool = False
) -> list[str]:
    """`required`: commands that must exist beside those that were told, because their draft is gone. `restored`: a
    backup was put back."""
    must = set(required).union(*(told.required for told in tolds))
    given = {name: one for told in tolds for name, one in told.given.items()}
    intended = set().union(*(told.intended for told in tolds))
    done = {name for name, one in after.opdrachten.items() if one.stand == "geslaagd"} - set(before.opdrachten)
    found = [*_strangers(after, done, given, intended)]
    for name, one in given.items():
        if restored and _lost_its_file(one):
            continue
        found += _one(one, after, is_done=name in done, must=name in must)
    found += [f"opdracht {name} moest er zijn" for name in must - done - set(given)]
    effective = [one for name, one in given.items() if name in done]
    found += _contacts(before, after, effective)
    found += check_notes.check(before, after, effective)
    found += check_documenten.check(before, after, tolds, effective)
    found += check_zaken.check(before, after, effective, restored=restored)
    found += _numbers(before, after, effective)
    found += _companies(after, effective)
    found += _totals(before, after, effective)
    for told in tolds:
        found += _order(after, [one for one in effective if one.seat == told.seat])
    return found


def _strangers(after: Registers, done: set[str], given: Mapping[str, Given], intended: set[str]) -> Iterable[str]:
    for name in done - set(given) - intended:
        yield f"opdracht {name} ({after.opdrachten[name].soort}) is uitgevoerd, maar niemand gaf hem"
    for name, one in after.opdrachten.items():
        if one.stand == "bezig" and name in given:
            yield f"opdracht {name} ({one.soort}) staat nog als bezig"


def _lost_its_file(one: Given) -> bool:
    """A file that was sent after the backup is gone with it; the window says that it must be added again."""
    return isinstance(one.opdracht.gegevens, DocumentToevoegen) and one.refused.startswith(WITHOUT_FILE)


def _one(one: Given, after: Registers, *, is_done: bool, must: bool) -> Iterable[str]:
    name, soort = one.opdracht.id, type(one.opdracht.gegevens).__name__
    row = after.opdrachten.get(name)
    stand = row.stand if row else "niets"
    if one.registered and not is_done:
        yield f"stoel {one.seat}: {soort} {name} heette geregistreerd, maar staat er als {stand}"
    elif one.withdrawn and is_done:
        yield f"stoel {one.seat}: {soort} {name} heette ingetrokken, maar is uitgevoerd"
    elif (one.is_promised or must) and not is_done and not one.may_be_withdrawn and not one.refused:
        yield f"stoel {one.seat}: {soort} {name} is zoek (bij de server: {stand})"
    elif one.registered and one.refused.startswith(ALREADY):
        return  # finished once more after the disk that held the draft could not be written; it stands once
    elif one.refused and is_done:
        yield f"stoel {one.seat}: {soort} {name} heette geweigerd ({one.refused}), maar is uitgevoerd"
    elif one.refused:
        # A seat changes numbers of its own customers only, and in order: there is nobody to be in conflict with.
        yield f"stoel {one.seat}: {soort} {name} is geweigerd: {one.refused}"


def _contacts(before: Registers, after: Registers, effective: Sequence[Given]) -> Iterable[str]:
    by_subject: dict[str, list[Geregistreerd]] = {}
    for uuid, contact in after.contacten.items():
        if uuid not in before.contacten and not contact.notitie:
            by_subject.setdefault(contact.onderwerp, []).append(contact)
    ordered = {one.opdracht.id for one in effective}
    for one in effective:
        gegevens = one.opdracht.gegevens
        if not isinstance(gegevens, KlantcontactRegistreren):
            continue
        for vraag in gegevens.vragen:
            rows = by_subject.pop(vraag.onderwerp, [])
            if len(rows) != 1:
                yield f"klantcontact {vraag.onderwerp}: {len(rows)} keer in het register"
                continue
            row, nummer = rows[0], vraag.terugbelverzoek.telefoonnummer if vraag.terugbelverzoek else ""
            bsn = gegevens.klant.sleutel.bsn if gegevens.klant else ""
            partij = after.partij_van.get(bsn, ["?"])[0] if bsn else ""
            zaak = check_zaken.made(after, vraag.zaak.opdracht) if vraag.zaak else ""
            is_ordered = vraag.zaak is None or vraag.zaak.opdracht in ordered
            wanted = {
                "inhoud": vraag.inhoud if is_ordered else f"{vraag.inhoud}{_without_zaak(row.inhoud)}",
                "contact": gegevens.contact,
                "betrokkenen": [partij] if bsn or nummer else [],
                "nummers": [nummer] if nummer else [],
                "taken": [vraag.terugbelverzoek.gevraagde_handeling] if vraag.terugbelverzoek else [],
                "actoren": 1,
                "over": [zaak] if zaak else [],
            }
            has = {
                "inhoud": row.inhoud,
                "contact": row.contact,
                "betrokkenen": [partij for _, partij in row.betrokkenen],
                "nummers": row.nummers,
                "taken": row.taken,
                "actoren": row.actoren,
                "over": row.over,
            }
            for key, value in wanted.items():
                if has[key] != value:
                    yield f"klantcontact {vraag.onderwerp}: {key} is {has[key]}, moest zijn {value}"
    for subject, rows in by_subject.items():
        yield f"klantcontact {subject} staat {len(rows)} keer in het register, maar niemand heeft het geregistreerd"


def _without_zaak(inhoud: str) -> str:
    """The line under a contact whose zaak nobody ordered: the order was of the last second before a kill."""
    begin = inhoud.rfind("\nZaak ")
    return inhoud[begin:] if begin >= 0 and inhoud.endswith("was nog niet aangemaakt.") else ""


def _numbers(before: Registers, after: Registers, effective: Sequence[Given]) -> Iterable[str]:
    """Each customer's numbers after all changes, in the order in which they were made."""
    numbers = {bsn: list(values) for bsn, values in before.nummers_van.items()}
    for one in effective:
        gegevens = one.opdracht.gegevens
        if not isinstance(gegevens, KlantWijzigen):
            continue
        mine = numbers.setdefault(gegevens.klant.sleutel.bsn, [])
        for wijziging in gegevens.adressen:
            assert wijziging.wordt is not None
            if wijziging.gezien is not None and wijziging.gezien.adres in mine:
                mine.remove(wijziging.gezien.adres)
            if wijziging.wordt.adres not in mine:
                mine.append(wijziging.wordt.adres)
    for bsn, values in numbers.items():
        found = after.nummers_van.get(bsn, [])
        if sorted(values) != found:
            yield f"telefoonnummers van {bsn}: {found}, moest zijn {sorted(values)}"
    for bsn, partijen in after.partij_van.items():
        if len(partijen) != 1:
            yield f"{bsn} heeft {len(partijen)} partijen"


def _companies(after: Registers, effective: Sequence[Given]) -> Iterable[str]:
    for one in effective:
        gegevens = one.opdracht.gegevens
        if isinstance(gegevens, KlantRegistreren) and after.organisaties.get(gegevens.naam, 0) != 1:
            yield f"organisatie {gegevens.naam}: {after.organisaties.get(gegevens.naam, 0)} keer in het register"


def _totals(before: Registers, after: Registers, effective: Sequence[Given]) -> Iterable[str]:
    """What no single command accounts for shows in the totals."""
    contacts = [one.opdracht.gegevens for one in effective]
    vragen = [
        (gegevens, vraag)
        for gegevens in contacts
        if isinstance(gegevens, KlantcontactRegistreren)
        for vraag in gegevens.vragen
    ]
    notes = sum(vraag.resultaat is Resultaat.CONTACTVERZOEK for _, vraag in vragen)
    involved = sum(gegevens.klant is not None or vraag.terugbelverzoek is not None for gegevens, vraag in vragen)
    called = len(check_notes.calls(effective))
    mine_before = sum(map(len, before.nummers_van.values()))
    mine_after = sum(map(len, after.nummers_van.values()))
    totals = {
        "klantcontacten": (len(after.contacten) - len(before.contacten), len(vragen) + called),
        "internetaken": (after.losse_taken - before.losse_taken, notes),
        "betrokkenen": (
            after.betrokkenen - before.betrokkenen,
            involved + check_notes.involved(after, effective),
        ),
        "digitale adressen": (
            after.digitale_adressen - before.digitale_adressen,
            notes + mine_after - mine_before,
        ),
        "organisaties": (
            sum(after.organisaties.values()) - sum(before.organisaties.values()),
            sum(isinstance(gegevens, KlantRegistreren) for gegevens in contacts),
        ),
    }
    for what, (found, wanted) in totals.items():
        if found != wanted:
            yield f"{what}: {found} erbij, moesten er {wanted} zijn"


def _order(after: Registers, effective: Sequence[Given]) -> Iterable[str]:
    """Events are numbered in commit order: per customer they follow the order of the employee.

    What is given without the key may go before what waits from when there was one: the window said it keeps nothing.
    """
    nr_of = {contact.onderwerp: contact.nr for contact in after.contacten.values()}
    last: dict[tuple[str, bool], tuple[str, int]] = {}
    for one in effective:
        gegevens = one.opdracht.gegevens
        if not isinstance(gegevens, KlantcontactRegistreren) or gegevens.klant is None or one.is_given_twice:
            continue
        for vraag in gegevens.vragen:
            nr = nr_of.get(vraag.onderwerp, 0)
            bsn = gegevens.klant.sleutel.bsn
            # One given with the key again comes behind all.
            seen = [(bsn, one.is_blind)] if one.is_blind else [(bsn, False), (bsn, True)]
            subject, before = max((last.get(key, ("", 0)) for key in seen), key=lambda found: found[1])
            if nr <= before:
                yield f"volgorde: {vraag.onderwerp} ({nr}) is na {subject} ({before}) gegeven"
            last[bsn, one.is_blind] = (vraag.onderwerp, nr)
