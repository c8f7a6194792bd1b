"""The checker notices what is wrong with a zaak or with a draft of one, planted in registers and journals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.opdracht import (
    KlantcontactRegistreren,
    Opdracht,
    VraagGegevens,
    ZaakAanmaken,
    ZaaknummerReserveren,
)
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.domain.zaakgegevens import Eigenschapwaarde
from tests.faults import check_audit, check_effects, check_zaakconcepten
from tests.faults.journal import Entry
from tests.faults.registers import Auditfeit, Document, Geregistreerd, Registers, Uitgevoerd, Zaak
from tests.faults.script import ACCOUNTS, customer
from tests.faults.told import Kill, Told, told_by

NU = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BSN, PARTIJ = "999900006", "p-1"
ANSWERS = (Eigenschapwaarde("e-1", "ja"),)


def _commands() -> tuple[Opdracht, ...]:
    """Two numbers, two zaken, and the contact that the first came out of."""
    vraag = VraagGegevens("vraag", "tekst", zaak=Zaakverwijzing("", "Z-1", "melding", "o-A"))
    return (
        Opdracht("o-rA", ZaaknummerReserveren("t-1"), NU),
        Opdracht("o-rB", ZaaknummerReserveren("t-1"), NU),
        Opdracht(
            "o-A",
            ZaakAanmaken(
                "t-1", date(2026, 11, 24), "Z-1", omschrijving="A", klant=customer(BSN), eigenschappen=ANSWERS
            ),
            NU,
        ),
        Opdracht("o-B", ZaakAanmaken("t-1", date(2026, 11, 24), reservering="o-rB", omschrijving="B"), NU),
        Opdracht("o-C", KlantcontactRegistreren("c-1", Kanaal.BALIE, NU, NU, (vraag,), customer(BSN)), NU),
    )


def _told() -> Told:
    entries = []
    for op, opdracht in enumerate(_commands()):
        entries.append(Entry(float(op), "gewijzigd", {"opdracht": msgspec.to_builtins(opdracht)}))
        entries.append(Entry(op + 0.5, "geregistreerd", {"opdracht": opdracht.id}))
    return told_by(0, entries, [])


def _before() -> Registers:
    return Registers({}, 0, 0, 0, {BSN: [PARTIJ]}, {}, {}, {}, [])


def _after() -> Registers:
    zaken = {
        "z-A": Zaak("z-A", "Z-1", "A", "t-1", 1, [BSN], [("e-1", "ja")], ["d-1"]),
        "z-B": Zaak("z-B", "Z-2", "B", "t-1", 1),
    }
    results: dict[str, dict[str, Any]] = {
        "o-rA": {"nummer": "Z-1"},
        "o-rB": {"nummer": "Z-2"},
        "o-A": {"zaak": "z-A", "nummer": "Z-1", "ontvangstbevestiging": "d-1"},
        "o-B": {"zaak": "z-B", "nummer": "Z-2"},
        "o-C": {},
    }
    done = {name: Uitgevoerd(name, "geslaagd", "", "", "", NU, result) for name, result in results.items()}
    contacten = {
        "k-1": Geregistreerd("k-1", 1, "vraag", "tekst", "c-1", [("b-1", PARTIJ)], actoren=1, over=["z-A"]),
    }
    person = ("bsn", BSN)
    audit = [
        Auditfeit(ACCOUNTS[0], "geregistreerd", "zaken", True, frozenset({("zaak", "z-A"), person})),
        Auditfeit(ACCOUNTS[0], "geregistreerd", "zaken", True, frozenset({("zaak", "z-B")})),
        Auditfeit(ACCOUNTS[0], "geregistreerd", "klantinteracties", True, frozenset({person, ("zaak", "z-A")})),
    ]
    return Registers(
        contacten,
        0,
        0,
        1,
        {BSN: [PARTIJ]},
        {},
        {},
        done,
        audit,
        zaken=zaken,
        documenten={"d-1": Document("Ontvangstbevestiging", 9)},
    )


def _lose(after: Registers) -> None:
    del after.zaken["z-B"]


def _double(after: Registers) -> None:
    after.zaken["z-C"] = msgspec.structs.replace(after.zaken["z-B"], uuid="z-C", nummer="Z-3")


def _of_nobody(after: Registers) -> None:
    after.zaken["z-C"] = Zaak("z-C", "Z-3", "C", "t-1", 1)


def _other_number(after: Registers) -> None:
    after.zaken["z-B"].nummer = "Z-9"
    after.opdrachten["o-B"].resultaat["nummer"] = "Z-9"


def _same_number(after: Registers) -> None:
    after.zaken["z-B"].nummer = "Z-1"


def _reserved_twice(after: Registers) -> None:
    after.opdrachten["o-rA"].resultaat["nummer"] = "Z-2"


def _no_status(after: Registers) -> None:
    after.zaken["z-A"].statussen = 0


def _double_rol(after: Registers) -> None:
    after.zaken["z-A"].rollen *= 2


def _lose_answer(after: Registers) -> None:
    after.zaken["z-A"].eigenschappen = []


def _double_receipt(after: Registers) -> None:
    after.zaken["z-A"].documenten.append("d-2")
    after.documenten["d-2"] = Document("Nog een", 9)


def _loose_document(after: Registers) -> None:
    after.documenten["d-2"] = Document("Nog een", 9)


def _lose_document(after: Registers) -> None:
    after.documenten = {}


def _contact_without(after: Registers) -> None:
    after.contacten["k-1"].over = []


def _refuse(after: Registers) -> None:
    after.opdrachten["o-B"].stand = "geweigerd"


@pytest.mark.parametrize(
    ("plant", "says"),
    [
        (_lose, "zaak B: 0 keer"),
        (_double, "zaak B: 2 keer"),
        (_of_nobody, "zaak C staat 1 keer"),
        (_other_number, "zaak B heeft nummer Z-9, verteld is Z-2"),
        (_same_number, "zaaknummer Z-1 is van 2 zaken"),
        (_reserved_twice, "zaaknummer Z-2 is 2 keer gereserveerd"),
        (_no_status, "zaak A: statussen is 0"),
        (_double_rol, "zaak A: rollen"),
        (_lose_answer, "zaak A: eigenschappen"),
        (_double_receipt, "zaak A: documenten"),
        (_loose_document, "document d-2 hoort bij geen zaak"),
        (_lose_document, "document d-1 is er niet"),
        (_contact_without, "klantcontact vraag: over is []"),
        (_refuse, "o-B heette geregistreerd, maar staat er als geweigerd"),
    ],
)
def test_what_is_wrong_with_a_zaak_is_told(plant: Callable[[Registers], None], says: str) -> None:
    after = _after()
    assert check_effects.check(_before(), after, [_told()], ()) == []
    plant(after)
    assert says in " ".join(check_effects.check(_before(), after, [_told()], ()))


def test_a_contact_may_say_that_its_zaak_was_not_there_where_nobody_ordered_it() -> None:
    """The contact was kept just before a kill, and the order of its zaak was not."""
    after, told = _after(), _told()
    after.contacten["k-1"].inhoud = "tekst\nZaak Z-1 (melding) was nog niet aangemaakt."
    assert "inhoud is" in " ".join(check_effects.check(_before(), after, [told], ()))
    del told.given["o-A"], after.opdrachten["o-A"], after.zaken["z-A"], after.documenten["d-1"]
    after.contacten["k-1"].over = []
    assert check_effects.check(_before(), after, [told], ()) == []
    after.contacten["k-1"].inhoud = "Zaak Z-1 (melding) was nog niet aangemaakt."
    assert "inhoud is" in " ".join(check_effects.check(_before(), after, [told], ()))


def test_after_a_backup_a_zaak_may_have_another_number_than_was_told() -> None:
    after = _after()
    _other_number(after)
    assert check_effects.check(_before(), after, [_told()], (), restored=True) == []


def test_each_zaak_has_its_line() -> None:
    after = _after()
    whole = after.audit
    assert list(check_audit.check(after, [_told()], kills=[[]], backup=None)) == []
    for missing in range(len(whole)):
        after.audit = [fact for nr, fact in enumerate(whole) if nr != missing]
        assert list(check_audit.check(after, [_told()], kills=[[]], backup=None)) != []


def _typed(op: float, **state: Any) -> Entry:
    return Entry(op, "zaak getypt", {"zaak": {"id": "z", **state}})


def _back(op: float, **state: Any) -> Entry:
    concept = {"id": "z", "stand": "open", "omschrijving": "", "toelichting": "", "plek": "", "antwoorden": {}} | state
    return Entry(op, "terug", {"bewaart": "", "contacten": [], "zaken": [concept]})


def _gone(op: float) -> Entry:
    return Entry(op, "terug", {"bewaart": "", "contacten": [], "zaken": []})


START = [
    Entry(0.0, "start"),
    _gone(0.1),
    _typed(1.0),
    _typed(1.5, omschrijving="A"),
    _typed(2.0, omschrijving="A", antwoorden={"e-1": ["ja"]}),
]
MADE = [
    Entry(2.5, "maakt aan", {"concept": "z", "opdracht": "o-A"}),
    Entry(2.6, "aangemaakt", {"concept": "z", "opdracht": {}}),
]
DROPPED = [Entry(2.5, "annuleert zaak", {"concept": "z"}), Entry(2.6, "zaak geannuleerd", {"concept": "z"})]
KILL = Kill(5.0, until=4.0)
AGAIN = Entry(5.5, "start")


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([*START, AGAIN, _gone(6.0)], "is weg"),
        ([*START, AGAIN, _back(6.0)], "is terug als"),
        ([*START, AGAIN, _back(6.0, omschrijving="A")], "is terug als"),
        ([*START, AGAIN, _back(6.0, omschrijving="A", antwoorden={"e-1": ["nee"]})], "is terug als"),
        ([*START, AGAIN, _back(6.0, omschrijving="A", antwoorden={"e-1": ["ja"], "e-2": ["voor"]})], ""),
        ([*START, AGAIN, _back(6.0, stand="verstuurd")], "niemand verstuurde"),
        ([*START, *MADE, AGAIN, _back(6.0, stand="verstuurd"), Entry(7.0, "start"), _gone(7.5)], ""),
        ([*START, *MADE, AGAIN, _back(6.0, omschrijving="A", antwoorden={"e-1": ["ja"]})], "was afgerond"),
        ([*START, *DROPPED, AGAIN, _back(6.0, omschrijving="A", antwoorden={"e-1": ["ja"]})], "was afgerond"),
        ([*START, *DROPPED, AGAIN, _gone(6.0)], ""),
    ],
)
def test_a_draft_of_a_zaak_is_back_as_it_was_a_second_before_the_kill(entries: list[Entry], says: str) -> None:
    violations, _ = check_zaakconcepten.check(0, entries, [KILL])
    assert (says in " ".join(violations)) if says else violations == []


def test_of_a_draft_that_is_gone_the_command_must_exist() -> None:
    _, required = check_zaakconcepten.check(0, [*START, *MADE, AGAIN, _gone(6.0)], [KILL])
    assert required == {"o-A"}
