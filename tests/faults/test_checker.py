"""The checker notices what it is there for: each kind of violation, planted in a journal or in the registers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from kcs_desktop.domain.klant import DigitaalAdres, SoortDigitaalAdres
from kcs_desktop.domain.klantcontact import Kanaal, Resultaat, Terugbelverzoek
from kcs_desktop.domain.opdracht import AdresWijziging, KlantcontactRegistreren, KlantWijzigen, Opdracht, VraagGegevens
from tests.faults import check_audit, check_drafts, check_effects
from tests.faults.journal import ALIVE, Entry
from tests.faults.registers import Auditfeit, Geregistreerd, Registers, Uitgevoerd
from tests.faults.script import ACCOUNTS, customer
from tests.faults.told import Kill, Told, kills_of, told_by

NU = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BSN, PARTIJ, NUMMER = "999900006", "p-1", "+31612345678"
TELEFOON = SoortDigitaalAdres.TELEFOONNUMMER

LOOKS = (("geraadpleegd", "werkplek"), ("geraadpleegd", "brp"), ("gezocht", "zaken"))


def _draft(notitie: str) -> dict[str, Any]:
    return {"id": "c-1", "vragen": [{"id": "v-1", "notitie": notitie}]}


def _back(op: float, *contacten: dict[str, Any], bewaart: str = "") -> Entry:
    return Entry(op, "terug", {"hoe": "hervat", "bewaart": bewaart, "contacten": list(contacten)})


def _typed(op: float, notitie: str) -> Entry:
    return Entry(op, "getypt", {"contact": _draft(notitie)})


BEGIN = [Entry(0.0, "start"), _back(0.1), _typed(1.0, "een"), _typed(1.5, "twee"), _typed(4.5, "drie")]
KILL = Kill(5.0, until=4.0)
AGAIN = Entry(5.5, "start")


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([*BEGIN, AGAIN, _back(6.0)], "is weg"),
        ([*BEGIN, AGAIN, _back(6.0, _draft("een"))], "is terug als"),
        ([*BEGIN, AGAIN, _back(6.0, _draft("twee"))], ""),
        ([*BEGIN, AGAIN, _back(6.0, _draft("drie"))], ""),
        ([*BEGIN[:3], Entry(2.0, "annuleert", {"contact": "c-1"}), Entry(2.1, "geannuleerd", {"contact": "c-1"}),
          Entry(4.9, "openen"), AGAIN, _back(6.0, _draft("een"))], "was afgerond of geannuleerd"),
        ([*BEGIN, AGAIN, _back(6.0, bewaart="Uw werk staat in het geheugen."), Entry(7.0, "start"),
          _back(7.5)], "is weg"),
    ],
)  # fmt: skip
def test_a_draft_is_back_as_it_was_a_second_before_the_kill(entries: list[Entry], says: str) -> None:
    violations, _ = check_drafts.check(0, entries, [KILL])
    assert (says in " ".join(violations)) if says else violations == []


@pytest.mark.parametrize(("notitie", "says"), [("twee", ""), ("een", "is terug als")])
def test_a_draft_that_was_taken_back_is_on_disk_what_its_command_held(notitie: str, says: str) -> None:
    done = Entry(2.0, "rondt af", {"contact": "c-1", "opdracht": "o-1"})
    taken_back = [Entry(2.1, "afgerond", {"contact": "c-1"}), Entry(2.2, "ingetrokken", {"opdracht": "o-1"})]
    back = {"id": "c-1", "vragen": [{"id": "v-2", "notitie": notitie}], "actieve_tab": "klant"}
    entries = [*BEGIN[:4], done, *taken_back, Entry(4.9, "openen"), AGAIN, _back(6.0, back)]
    violations, _ = check_drafts.check(0, entries, [KILL])
    assert (says in " ".join(violations)) if says else violations == []


def test_the_promised_second_is_one_in_which_the_seat_could_run() -> None:
    busy = [Entry(4.0 + nr / 10, ALIVE) for nr in range(20)]
    assert [round(kill.until, 3) for kill in kills_of(busy, [5.95])] == [4.9]
    starved = [Entry(1.0, ALIVE), Entry(5.5, ALIVE)]
    assert kills_of(starved, [5.95])[0].until == 0.0


def _contact(name: str, *, bsn: str = BSN) -> Opdracht:
    verzoek = Terugbelverzoek(f"Bel over {name}", afdeling="Burgerzaken", telefoonnummer=NUMMER)
    vraag = VraagGegevens(name, "notitie", resultaat=Resultaat.CONTACTVERZOEK, terugbelverzoek=verzoek)
    return Opdracht(f"o-{name}", KlantcontactRegistreren(name, Kanaal.BALIE, NU, NU, (vraag,), customer(bsn)), NU)


def _change(gezien: str, wordt: str) -> Opdracht:
    wijziging = AdresWijziging(DigitaalAdres(TELEFOON, gezien), DigitaalAdres(TELEFOON, wordt))
    return Opdracht(f"o-{wordt}", KlantWijzigen(customer(BSN), (wijziging,)), NU)


def _told(*opdrachten: Opdracht) -> Told:
    entries = []
    for op, opdracht in enumerate(opdrachten):
        wat = "afgerond" if isinstance(opdracht.gegevens, KlantcontactRegistreren) else "gewijzigd"
        entries.append(Entry(float(op), wat, {"opdracht": msgspec.to_builtins(opdracht)}))
        entries.append(Entry(op + 0.5, "geregistreerd", {"opdracht": opdracht.id}))
    entries.append(Entry(20.0, "gaat openen", {"bsn": BSN}))
    entries += [Entry(20.1, "gezien", {"bsn": BSN, "bron": bron}) for _, bron in LOOKS]
    return told_by(0, entries, [])


def _registers(*opdrachten: Opdracht, nummers: tuple[str, ...] = (NUMMER,)) -> Registers:
    """As they are when every command was carried out once."""
    contacts = [one for one in opdrachten if isinstance(one.gegevens, KlantcontactRegistreren)]
    contacten = {
        one.id: Geregistreerd(
            one.id, nr, one.id[2:], "notitie", one.id[2:], [(one.id, PARTIJ)], [NUMMER], [f"Bel over {one.id[2:]}"], 1
        )
        for nr, one in enumerate(contacts, start=1)
    }
    audit = [
        Auditfeit(ACCOUNTS[0], "geregistreerd" if one in contacts else "gewijzigd", "", True, frozenset({("bsn", BSN)}))
        for one in opdrachten
    ]
    looked = [Auditfeit(ACCOUNTS[0], act, bron, True, frozenset({("bsn", BSN)})) for act, bron in LOOKS]
    return Registers(
        contacten,
        len(contacts),
        len(contacts) + len(nummers),
        len(contacts),
        {BSN: [PARTIJ]},
        {BSN: sorted(nummers)},
        {},
        {one.id: Uitgevoerd(one.id, "geslaagd", "", "", "", NU) for one in opdrachten},
        [*audit, *looked],
    )


COMMANDS = (_contact("A"), _contact("B"), _change(NUMMER, "+31687654321"))
BEFORE = _registers()
AFTER = ("+31687654321",)


def _drop_contact(after: Registers) -> None:
    after.contacten.pop("o-A")


def _double_contact(after: Registers) -> None:
    after.contacten["nog eens"] = msgspec.structs.replace(after.contacten["o-A"], uuid="nog eens")


def _lose_command(after: Registers) -> None:
    after.opdrachten.pop("o-B")


def _add_stranger(after: Registers) -> None:
    after.opdrachten["o-X"] = Uitgevoerd("o-X", "geslaagd", "klantcontact.registreren", "", "", NU)


def _swap(after: Registers) -> None:
    after.contacten["o-A"].nr, after.contacten["o-B"].nr = 2, 1


def _double_note(after: Registers) -> None:
    after.contacten["o-A"].taken *= 2


def _double_involved(after: Registers) -> None:
    after.contacten["o-A"].betrokkenen *= 2


def _lose_number(after: Registers) -> None:
    after.nummers_van[BSN] = [NUMMER]


def _double_number(after: Registers) -> None:
    after.digitale_adressen += 1


def _refuse(after: Registers) -> None:
    after.opdrachten["o-+31687654321"].stand = "geweigerd"


@pytest.mark.parametrize(
    ("plant", "says"),
    [
        (_drop_contact, "klantcontact A: 0 keer"),
        (_double_contact, "klantcontact A: 2 keer"),
        (_lose_command, "o-B heette geregistreerd"),
        (_add_stranger, "niemand gaf hem"),
        (_swap, "volgorde: B"),
        (_double_note, "klantcontact A: taken"),
        (_double_involved, "klantcontact A: betrokkenen"),
        (_lose_number, f"telefoonnummers van {BSN}"),
        (_double_number, "digitale adressen: 3 erbij"),
        (_refuse, "heette geregistreerd, maar staat er als geweigerd"),
    ],
)
def test_what_is_missing_double_strange_or_out_of_order_is_told(plant: Callable[[Registers], None], says: str) -> None:
    after = _registers(*COMMANDS, nummers=AFTER)
    assert check_effects.check(BEFORE, after, [_told(*COMMANDS)], ()) == []
    plant(after)
    assert says in " ".join(check_effects.check(BEFORE, after, [_told(*COMMANDS)], ()))


def test_what_is_given_without_the_key_may_go_before_what_waits_behind_it_and_nothing_else_may() -> None:
    after = _registers(*COMMANDS, nummers=AFTER)
    _swap(after)
    for later_is_blind, says in ((True, ""), (False, "volgorde: B")):
        told = _told(*COMMANDS)
        told.given["o-B"].is_blind = later_is_blind
        found = check_effects.check(BEFORE, after, [told], ())
        assert (says in " ".join(found)) if says else found == []
    told = _told(*COMMANDS)
    for one in told.given.values():
        one.is_blind = True  # both of one window, that knows what it was given
    assert "volgorde: B" in " ".join(check_effects.check(BEFORE, after, [told], ()))


@pytest.mark.parametrize(("later", "says"), [("A", []), ("B", ["volgorde: A (1) is na B (2) gegeven"])])
def test_a_contact_that_was_taken_back_has_its_place_from_when_it_was_finished_again(
    later: str, says: list[str]
) -> None:
    entries = [
        Entry(float(op), "afgerond", {"opdracht": msgspec.to_builtins(_contact(name))}) for op, name in enumerate("ABA")
    ]
    entries.insert(1, Entry(0.5, "ingetrokken", {"opdracht": "o-A"}))
    after = _registers(*sorted((_contact("A"), _contact("B")), key=lambda one: one.id == f"o-{later}"))
    assert check_effects.check(BEFORE, after, [told_by(0, entries, [])], ()) == says


def test_a_command_of_the_last_second_may_be_lost_unless_its_draft_is_gone_too() -> None:
    entries = [Entry(4.5, "afgerond", {"opdracht": msgspec.to_builtins(_contact("A"))})]
    told = told_by(0, entries, [KILL])
    assert check_effects.check(BEFORE, _registers(), [told], ()) == []
    assert "is zoek" in " ".join(check_effects.check(BEFORE, _registers(), [told], {"o-A"}))


def test_a_line_that_is_missing_from_the_trail_is_told() -> None:
    told, after = _told(*COMMANDS), _registers(*COMMANDS, nummers=AFTER)
    whole = after.audit
    assert list(check_audit.check(after, [told], kills=[[]], backup=None)) == []
    for missing in range(len(whole)):
        after.audit = [fact for nr, fact in enumerate(whole) if nr != missing]
        assert list(check_audit.check(after, [told], kills=[[]], backup=None)) != []
    after.audit = [*whole, whole[0]]
    assert list(check_audit.check(after, [told], kills=[[]], backup=None)) != []


def test_the_gap_of_a_restored_backup_must_be_in_the_trail() -> None:
    told, after = _told(*COMMANDS), _registers(*COMMANDS, nummers=AFTER)
    assert "niet in het auditspoor" in " ".join(check_audit.check(after, [told], kills=[[]], backup=(0.0, 30.0)))
    after.audit.append(Auditfeit("systeem", "teruggezet", "audit", True, frozenset({("backup", "toen")})))
    assert list(check_audit.check(after, [told], kills=[[]], backup=(0.0, 30.0))) == []


def test_it_is_noticed_that_a_seat_kept_its_work_in_memory_alone() -> None:
    said = "De sleutelbos is niet beschikbaar. Op deze werkplek wordt niets bewaard als u afsluit."
    kept = [Entry(0.0, "start"), _back(0.1), Entry(0.2, "bewaart", {"melding": ""})]

    assert told_by(0, kept, []).unkept == ""
    assert told_by(0, [*kept, Entry(0.3, "bewaart", {"melding": said}), _back(0.4)], []).unkept == said
