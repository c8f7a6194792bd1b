"""What the profile says of the last sign-in is never staler than what happened, and follows no link."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from kcs_desktop.cache.eerste_blik import read_zitplaats
from kcs_desktop.domain.zitplaats import FILE, Zitplaats
from kcs_desktop.services.zitplaatsbestand import Zitplaatsbestand
from tests.harness.backend import BackendProcess
from tests.harness.zitplaats import running_seat

SIGNED_IN = Zitplaats("jan", "Jan", "balie-1", ("tic",), "winkel", datetime(2030, 1, 1, tzinfo=UTC))


def test_a_sign_out_that_cannot_be_written_leaves_nothing_to_show(tmp_path: Path) -> None:
    bestand = Zitplaatsbestand(tmp_path)
    bestand.write(SIGNED_IN)
    assert read_zitplaats(tmp_path) == SIGNED_IN
    (tmp_path / f"{FILE}.nieuw").mkdir()  # as with a full disk, nothing new can be written
    bestand.change(sessie_tot=None)
    assert read_zitplaats(tmp_path) == Zitplaats()


def test_a_moment_that_cannot_be_written_leaves_the_older_one(tmp_path: Path) -> None:
    bestand = Zitplaatsbestand(tmp_path)
    bestand.write(SIGNED_IN)
    (tmp_path / f"{FILE}.nieuw").mkdir()
    bestand.note_busy(datetime(2029, 12, 31, tzinfo=UTC), 5)
    assert read_zitplaats(tmp_path) == SIGNED_IN


def test_a_link_in_the_profile_is_not_written_through(tmp_path: Path) -> None:
    elders = tmp_path / "elders"
    elders.write_text("van een ander")
    profile = tmp_path / "profiel"
    profile.mkdir()
    (profile / f"{FILE}.nieuw").symlink_to(elders)
    Zitplaatsbestand(profile).write(SIGNED_IN)
    assert elders.read_text() == "van een ander"


async def test_roles_are_remembered_for_each_employee_and_never_for_another(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        sessie = seat.sessie
        assert sessie is not None
        rollen = sessie.rollen
        assert seat.aanmelden.last_rollen("snelbalie") == rollen
        assert seat.aanmelden.last_rollen("receptie") == ()
    async with running_seat(tmp_path, proefdam.url, account="tic") as seat:
        assert seat.aanmelden.last_rollen("snelbalie") == rollen
        assert seat.aanmelden.last_rollen("tic") != rollen
        assert seat.aanmelden.last_choice()[0] == "tic"
