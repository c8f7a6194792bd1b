"""Content of documents stays while there is work that cannot be read: it may be of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kcs_desktop.cache.schema import open_encrypted
from kcs_desktop.cache.werkbestand import TOEVOEGING, ZAAKCONCEPT
from kcs_desktop.domain.zitplaats import winkel_of
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.security.sleutels import obtain_key
from tests.harness.backend import BackendProcess
from tests.harness.dossier import draft, paper, row_of, with_draft
from tests.harness.zitplaats import running_seat
from tests.unit.voorbeeld import stukken

ACCOUNT = "alles"


def _put(bos: Geheugenbos, winkel: str, folder: Path, begin: str, inhoud: bytes) -> bytes:
    """Write this in the only row that begins so; what stood there."""
    db = open_encrypted(folder / f"werk-{winkel}.db", obtain_key(bos, winkel))
    ((stond,),) = db.execute("SELECT inhoud FROM waarde WHERE naam GLOB ?", (f"{begin}*",)).fetchall()
    db.execute("UPDATE waarde SET inhoud = ? WHERE naam GLOB ?", (inhoud, f"{begin}*"))
    db.close()
    return bytes(stond)


def _copies(folder: Path) -> list[Path]:
    return list(folder.glob("bijlagen-*/*"))


@pytest.mark.parametrize(
    ("begin", "gezegd"), [(ZAAKCONCEPT, "zaken in voorbereiding: 1."), (TOEVOEGING, "nog worden toegevoegd: 1.")]
)
async def test_a_document_stays_while_it_or_its_draft_cannot_be_read(
    proefdam: BackendProcess, tmp_path: Path, begin: str, gezegd: str
) -> None:
    bos, path, profiel = Geheugenbos(), paper(tmp_path, "brief.pdf", stukken.pdf()), tmp_path / "p"
    winkel = winkel_of(ACCOUNT, proefdam.url)
    async with running_seat(profiel, proefdam.url, bos=bos, account=ACCOUNT) as seat:
        concept = await draft(seat)
        al = await with_draft(seat, concept, path)
    kopie = [one.read_bytes() for one in _copies(profiel)]
    stond = _put(bos, winkel, profiel, begin, b'{"van":"later"}')
    async with running_seat(profiel, proefdam.url, bos=bos) as seat:
        assert await seat.aanmelden.resume() is not None
        assert gezegd in seat.bewaart
    assert [one.read_bytes() for one in _copies(profiel)] == kopie
    _put(bos, winkel, profiel, begin, stond)
    async with running_seat(profiel, proefdam.url, bos=bos) as seat:
        assert await seat.aanmelden.resume() is not None
        assert seat.zaakaanmaken.concept(concept.id) is not None
        assert row_of(seat, al) is not None


async def test_a_document_stays_while_a_file_that_may_speak_of_it_is_set_aside(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos, path, profiel = Geheugenbos(), paper(tmp_path, "brief.pdf", stukken.pdf()), tmp_path / "p"
    async with running_seat(profiel, proefdam.url, bos=bos, account=ACCOUNT) as seat:
        await with_draft(seat, await draft(seat), path)
    (werk,) = profiel.glob("werk-*.db")
    werk.write_bytes(bytes(8192))
    async with running_seat(profiel, proefdam.url, bos=bos) as seat:
        assert await seat.aanmelden.resume() is not None
        assert len(list(profiel.glob("werk-*.terzijde-*.db"))) == 1
    assert len(_copies(profiel)) == 1
    for weg in profiel.glob("werk-*.terzijde-*"):
        weg.unlink()  # as once its term has passed
    async with running_seat(profiel, proefdam.url, bos=bos) as seat:
        assert await seat.aanmelden.resume() is not None
    assert _copies(profiel) == []
