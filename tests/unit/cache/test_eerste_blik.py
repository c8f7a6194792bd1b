"""The first glance shows the last opened customers before anything heavy is loaded, and only when it may."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from kcs_desktop.cache.cachebestand import Cachebestand
from kcs_desktop.cache.eerste_blik import recent
from kcs_desktop.domain.klant import Klantbeeld, KlantSleutel, Persoonsgegevens, SoortKlant
from kcs_desktop.domain.zitplaats import FILE, Zitplaats
from kcs_desktop.security.sleutelbos import OsSleutelbos
from kcs_desktop.security.sleutels import obtain_key
from tests.harness.kleine_schijf import small_disk

NU = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WINKEL = "abcdef0123456789abcd"
AAN_HET_WERK = Zitplaats(
    "aaf", "Aaf", winkel=WINKEL, sessie_tot=NU + timedelta(hours=8), laatst_bezig=NU, mag_klanten=True
)
NAMEN = ["Aaf van Duinrode", "Bakkerij De Korst"]


@pytest.fixture
def profile(tmp_path: Path, secret_service: dict[str, str]) -> Path:
    """A profile in which two customers were opened, the second one last."""
    assert secret_service
    key = obtain_key(OsSleutelbos(), WINKEL)
    moment = NU
    cache = Cachebestand(tmp_path / f"cache-{WINKEL}.db", key, lambda: moment)
    cache.open()
    for volg, naam in enumerate(NAMEN):
        moment = NU + timedelta(minutes=volg)
        sleutel = KlantSleutel(SoortKlant.PERSOON, partij=f"00000000-0000-4000-8000-00000000000{volg}")
        cache.write_klantbeeld(Klantbeeld(sleutel, naam), opened=True)
    cache.close()
    _remember(tmp_path, AAN_HET_WERK)
    return tmp_path


def _remember(profile: Path, zitplaats: Zitplaats) -> None:
    (profile / FILE).write_bytes(msgspec.json.encode(zitplaats))


def test_the_last_opened_customers_stand_first(profile: Path) -> None:
    blik = recent(profile, NU)
    assert blik is not None
    assert [beeld.naam for beeld in blik.klanten] == NAMEN[::-1]


@pytest.mark.parametrize(
    "zitplaats",
    [
        replace(AAN_HET_WERK, sessie_tot=None),
        replace(AAN_HET_WERK, sessie_tot=NU - timedelta(seconds=1)),
        replace(AAN_HET_WERK, vergrendeld=True),
        replace(AAN_HET_WERK, laatst_bezig=NU - timedelta(minutes=10)),
        replace(AAN_HET_WERK, laatst_bezig=NU - timedelta(minutes=2), slot_minuten=2),
        replace(AAN_HET_WERK, laatst_bezig=NU + timedelta(minutes=2)),
        replace(AAN_HET_WERK, laatst_bezig=None),
        replace(AAN_HET_WERK, winkel="f" * 20),
        replace(AAN_HET_WERK, mag_klanten=False),
    ],
    ids=[
        "signed out",
        "ended",
        "locked",
        "untouched for ten minutes",
        "untouched for the set minutes",
        "the clock was put back",
        "nobody knows since when",
        "another employee",
        "a role that sees no customers",
    ],
)
def test_nothing_is_shown_to_who_may_not_see_it(profile: Path, zitplaats: Zitplaats) -> None:
    _remember(profile, zitplaats)
    assert recent(profile, NU) is None


@pytest.mark.parametrize("mag", [True, False])
def test_what_the_base_registers_say_is_for_roles_that_may_see_it(profile: Path, mag: bool) -> None:
    key = obtain_key(OsSleutelbos(), WINKEL)
    cache = Cachebestand(profile / f"cache-{WINKEL}.db", key, lambda: NU + timedelta(hours=1))
    cache.open()
    persoon = Persoonsgegevens("999990019", "Johanna", adresregels=("Dorpsstraat 1",))
    sleutel = KlantSleutel(SoortKlant.PERSOON, bsn="999990019")
    cache.write_klantbeeld(Klantbeeld(sleutel, "Johanna", persoon=persoon), opened=True)
    cache.close()
    _remember(profile, replace(AAN_HET_WERK, mag_basisregistraties=mag))
    blik = recent(profile, NU)
    assert blik is not None
    assert blik.klanten[0].naam == "Johanna"
    assert blik.klanten[0].persoon == (persoon if mag else None)


@pytest.mark.parametrize("seconds", [-30, 0, 599])
def test_a_seat_left_for_less_than_the_lock_still_shows(profile: Path, seconds: int) -> None:
    assert recent(profile, NU + timedelta(seconds=seconds)) is not None


def test_a_moment_without_a_time_zone_shows_nothing(profile: Path) -> None:
    inhoud = (profile / FILE).read_bytes()
    (profile / FILE).write_bytes(inhoud.replace(b"09:00:00Z", b"09:00:00"))
    assert recent(profile, NU) is None


def test_a_read_only_disk_shows_them_too(profile: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "schijf") as schijf:
        for naam in (f"cache-{WINKEL}.db", FILE):
            (schijf.path / naam).write_bytes((profile / naam).read_bytes())
        schijf.make_read_only()
        blik = recent(schijf.path, NU)
        assert blik is not None
        assert [beeld.naam for beeld in blik.klanten] == NAMEN[::-1]


def test_a_key_that_is_gone_shows_nothing(profile: Path) -> None:
    OsSleutelbos().erase(f"sleutel-{WINKEL}")
    assert recent(profile, NU) is None


def test_a_damaged_store_shows_nothing_and_stays_as_it_is(profile: Path) -> None:
    path = profile / f"cache-{WINKEL}.db"
    path.write_bytes(os.urandom(8192))
    before = path.read_bytes()
    blik = recent(profile, NU)
    assert blik is not None
    assert blik.klanten == ()
    assert path.read_bytes() == before


def test_it_loads_nothing_heavy(profile: Path, secret_service: dict[str, str]) -> None:
    program = (
        "import sys, pathlib, datetime\n"
        "from kcs_desktop.cache.eerste_blik import recent\n"
        f"blik = recent(pathlib.Path({str(profile)!r}), datetime.datetime.fromisoformat({NU.isoformat()!r}))\n"
        "heavy = {'sqlalchemy', 'keyring', 'httpx', 'structlog', 'argon2', 'rapidfuzz', 'asyncio'} & set(sys.modules)\n"
        "print(len(blik.klanten), sorted(heavy))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **secret_service},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert answer.stdout.strip() == "2 []"
