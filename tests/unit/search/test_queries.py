"""The query set: for every way of asking, the customer who must come first, on every database."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from kcs_desktop.domain.klant import SoortKlant
from kcs_desktop.search.document import Document
from kcs_desktop.search.recognise import recognise
from kcs_desktop.search.zoeker import CUT
from tests.unit.search.conftest import SIZE, Zoekbank
from tests.unit.search.population import population

TODAY = date(2026, 11, 24)
_SET = tomllib.loads(Path(__file__).with_name("queries.toml").read_text("utf-8"))
QUERIES = [(text, expected) for group in _SET.values() for text, expected in group.items()]


@pytest.mark.parametrize(("text", "expected"), QUERIES)
def test_the_expected_customer_comes_first(bank: Zoekbank, text: str, expected: str) -> None:
    hits = bank.zoeker.search(bank.conn, recognise(text, TODAY))
    assert (hits[0].document.id if hits else "") == expected, [(h.document.naam, h.score, h.waarom) for h in hits[:5]]
    assert all(hit.waarom and 0 < hit.score <= 100 for hit in hits)


def test_every_prefix_of_a_surname_finds_who_has_it(bank: Zoekbank) -> None:
    for end in range(1, len("Visscher") + 1):
        hits = bank.zoeker.search(bank.conn, recognise("Visscher"[:end], TODAY), limit=CUT)
        assert hits
        assert end < 5 or "visscher" in {hit.document.id for hit in hits}


def test_every_person_is_first_under_the_whole_name_and_birth_date(bank: Zoekbank) -> None:
    for document in list(population(SIZE))[:SIZE:50]:
        day = "-".join(reversed(document.geboortedatum.split("-")))
        hits = bank.zoeker.search(bank.conn, recognise(f"{document.naam} {day}", TODAY))
        assert hits[0].document == document
        assert hits[0].exact


def test_a_changed_customer_is_found_under_the_new_facts_only(bank: Zoekbank) -> None:
    before = Document(
        "tijdelijk", SoortKlant.PERSOON, "Ubbo Nauta", "Ubbo", "", "Nauta", telefoonnummers=("0611111111",)
    )
    bank.index.upsert(bank.conn, [before])
    assert found(bank, "nauta") == "tijdelijk"
    after = Document(
        "tijdelijk", SoortKlant.PERSOON, "Ubbo Oosting", "Ubbo", "", "Oosting", telefoonnummers=("0622222222",)
    )
    bank.index.upsert(bank.conn, [after])
    assert found(bank, "oosting") == found(bank, "06-22222222") == "tijdelijk"
    assert found(bank, "nauta") == found(bank, "06-11111111") == ""
    bank.index.delete(bank.conn, ["tijdelijk", "nooit geweest"])
    assert found(bank, "oosting") == ""
    keys = bank.tables.sleutel
    left = bank.conn.execute(keys.select().where(keys.c.waarde.like("%oosting%"))).all()
    assert left == []


def test_the_same_document_twice_in_one_piece_is_kept_once(bank: Zoekbank) -> None:
    document = Document("dubbel", SoortKlant.PERSOON, "Ysbrand Uniek", "Ysbrand", "", "Uniek")
    assert bank.index.upsert(bank.conn, [document, document]) == 1
    assert [hit.document.id for hit in bank.zoeker.search(bank.conn, recognise("ysbrand uniek", TODAY))] == ["dubbel"]
    bank.index.delete(bank.conn, ["dubbel"])


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "1" * 10_000, "9999zz " * 2000, "\u202e\x00", "🦄", "@" * 5000, "12 " * 60]
)
def test_no_text_is_too_strange(bank: Zoekbank, text: str) -> None:
    assert isinstance(bank.zoeker.search(bank.conn, recognise(text, TODAY)), list)


def test_the_limit_is_kept(bank: Zoekbank) -> None:
    assert len(bank.zoeker.search(bank.conn, recognise("j", TODAY), limit=5)) == 5


def found(bank: Zoekbank, text: str) -> str:
    hits = bank.zoeker.search(bank.conn, recognise(text, TODAY))
    return hits[0].document.id if hits else ""
