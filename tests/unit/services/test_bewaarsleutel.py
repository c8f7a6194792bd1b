"""Without a keyring the store has a passphrase or keeps nothing; a key that is gone costs a file, never in silence."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.klantcontact import Contact, Kanaal, Vraag
from kcs_desktop.domain.zitplaats import sleutelnaam
from kcs_desktop.security.sleutelbos import Geheugenbos, KeyringFault, KeyringLocked
from kcs_desktop.services.opslag import Opslag
from tests.harness.kleine_schijf import small_disk

NU = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
A, B = "a" * 20, "b" * 20
ZIN = "vier paarden in de wei"


class Dichtbos(Geheugenbos):
    """A keyring that is absent, or locked, until it is opened."""

    def __init__(self, fout: KeyringFault | None) -> None:
        super().__init__()
        self.fout = fout

    def read(self, naam: str) -> str:
        if self.fout is not None:
            raise self.fout
        return super().read(naam)

    def write(self, naam: str, geheim: str) -> None:
        if self.fout is not None:
            raise self.fout
        super().write(naam, geheim)

    def unlock(self) -> None:
        if self.fout is not None:
            raise self.fout


ABSENT = KeyringFault("De sleutelbos van deze computer is niet beschikbaar.")
LOCKED = KeyringLocked("De sleutelbos van deze computer is op slot.")


def _contact(naam: str) -> Contact:
    return Contact(naam, f"o-{naam}", Kanaal.BALIE, NU, (Vraag("v1"),))


async def _keep(opslag: Opslag, naam: str) -> None:
    await opslag.werker.run(opslag.werk.save_contacten, [(0, _contact(naam))], naam)


async def _kept(opslag: Opslag) -> list[str]:
    return [contact.id for contact in await opslag.werker.run(opslag.werk.contacten)]


def _aside(profile: Path) -> set[str]:
    return {bestand.name.split(".terzijde-")[0] for bestand in profile.glob("*.terzijde-*")}


async def test_a_passphrase_keeps_the_work_over_sign_ins_and_is_asked_each_time(tmp_path: Path) -> None:
    opslag = Opslag(tmp_path, Dichtbos(ABSENT), lambda: NU)
    vraag = opslag.sleutel.question(A)
    assert vraag is not None
    assert (vraag.bekend, vraag.op_slot, vraag.werk_dicht) == (False, False, False)
    opslag.sleutel.use_passphrase(A, ZIN)
    await opslag.open(A)
    assert opslag.melding == ""
    await _keep(opslag, "c1")
    await opslag.close_stores()
    vraag = opslag.sleutel.question(A)
    assert vraag is not None
    assert vraag.bekend
    with pytest.raises(InvalidInput, match="klopt niet"):
        opslag.sleutel.use_passphrase(A, "vijf paarden in de wei")
    await opslag.open(A)  # not given: nothing is read, and it says so
    assert "beveiligd met een wachtzin" in opslag.melding
    assert await _kept(opslag) == []
    await opslag.close_stores()
    opslag.sleutel.use_passphrase(A, ZIN)
    await opslag.open(A)
    assert await _kept(opslag) == ["c1"]
    assert opslag.sleutel.question(B) is not None
    await opslag.close()


async def test_keeping_nothing_writes_no_file_and_says_so(tmp_path: Path) -> None:
    opslag = Opslag(tmp_path / "profiel", Dichtbos(ABSENT), lambda: NU)
    opslag.sleutel.keep_nothing(A)
    assert opslag.sleutel.question(A) is None
    await opslag.open(A)
    await _keep(opslag, "c1")
    assert "niet beschikbaar" in opslag.melding
    assert "wordt niets bewaard" in opslag.melding
    await opslag.close()
    assert not (tmp_path / "profiel").exists()


async def test_a_forgotten_passphrase_sets_the_work_aside_and_the_window_says_what_is_missing(tmp_path: Path) -> None:
    opslag = Opslag(tmp_path, Dichtbos(ABSENT), lambda: NU)
    opslag.sleutel.use_passphrase(A, ZIN)
    await opslag.open(A)
    await _keep(opslag, "c1")
    await opslag.close_stores()
    opslag.sleutel.forget_passphrase(A)
    vraag = opslag.sleutel.question(A)
    assert vraag is not None
    assert not vraag.bekend
    opslag.sleutel.use_passphrase(A, "een heel andere zin")
    await opslag.open(A)
    assert "ontbreken nu" in opslag.melding
    assert await _kept(opslag) == []
    await opslag.close()
    assert _aside(tmp_path) == {f"werk-{A}", f"sleutel-{A}"}


async def test_a_key_that_left_the_keyring_costs_a_file_that_is_set_aside_and_said(tmp_path: Path) -> None:
    bos = Geheugenbos()
    opslag = Opslag(tmp_path, bos, lambda: NU)
    await opslag.open(A)
    await _keep(opslag, "c1")
    await opslag.close_stores()
    bos.erase(sleutelnaam(A))
    await opslag.open(A)
    assert "De sleutel van uw bewaarde werk is niet meer op deze computer" in opslag.melding
    assert "ontbreken nu" in opslag.melding
    assert "apart gezet als werk-" in opslag.melding
    assert await _kept(opslag) == []
    await opslag.close()


async def test_a_locked_keyring_is_told_leaves_the_work_alone_and_opens_it_after_unlocking(tmp_path: Path) -> None:
    bos = Dichtbos(None)
    opslag = Opslag(tmp_path, bos, lambda: NU)
    await opslag.open(A)
    await _keep(opslag, "c1")
    await opslag.close_stores()
    bos.fout = LOCKED
    vraag = opslag.sleutel.question(A)
    assert vraag is not None
    assert (vraag.op_slot, vraag.werk_dicht) == (True, True)
    with pytest.raises(KeyringLocked):
        opslag.sleutel.unlock_keyring()
    await opslag.open(A)
    assert "op slot" in opslag.melding
    await opslag.close_stores()
    bos.fout = None
    opslag.sleutel.unlock_keyring()
    assert opslag.sleutel.question(A) is None
    await opslag.open(A)
    assert (opslag.melding, await _kept(opslag)) == ("", ["c1"])
    await opslag.close()


async def test_a_keyring_that_came_takes_the_key_over_so_that_nothing_is_asked_any_more(tmp_path: Path) -> None:
    bos = Dichtbos(ABSENT)
    opslag = Opslag(tmp_path, bos, lambda: NU)
    opslag.sleutel.use_passphrase(A, ZIN)
    await opslag.open(A)
    await _keep(opslag, "c1")
    await opslag.close_stores()
    bos.fout = None
    opslag.sleutel.use_passphrase(A, ZIN)
    assert opslag.sleutel.question(A) is None
    await opslag.open(A)
    assert await _kept(opslag) == ["c1"]
    await opslag.close_stores()
    await opslag.open(A)
    assert await _kept(opslag) == ["c1"]
    await opslag.close()


async def test_a_passphrase_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with small_disk(tmp_path / "schijf") as schijf:
        schijf.make_read_only()
        opslag = Opslag(schijf.path, Dichtbos(ABSENT), lambda: NU)
        with pytest.raises(InvalidInput, match="vol of alleen-lezen"):
            opslag.sleutel.use_passphrase(A, ZIN)
        await opslag.close()
