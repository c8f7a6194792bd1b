"""The measured processes: each is started fresh by a benchmark and prints one JSON object.

`kaal` and `frame` are timed from outside: they print the clock when their window is painted. `vul`, `stal` and
`geheugen` drive the real window. Imports of the product stay inside, so that each process loads only what it measures.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from kcs_desktop.sdk import Klantverwijzing
    from plugins.zaken.presenter import ZakenPresenter
    from tests.harness.venster import Stage, Venster

BIG = (1920, 1080)


def kaal() -> dict[str, Any]:
    """A window with nothing in it: the floor."""
    from PySide6.QtWidgets import QApplication, QWidget

    app = QApplication(["kaal"])
    window = QWidget()
    window.resize(1440, 900)
    window.show()
    return {"painted": _painted(app, window)}


def frame(profile: str) -> dict[str, Any]:
    """The product's first frame, as `ui.__main__.main` makes it."""
    from ui.__main__ import open_window

    started = open_window(Path(profile))
    painted = time.monotonic()
    assert started.window.isVisible()
    return {"painted": painted, "rows": len(started.glance.rows)}


def vul(url: str, profile: str) -> dict[str, Any]:
    """Open a customer, so that the store of this profile holds one."""

    async def journey(seat: Venster) -> dict[str, Any]:
        await _open(seat, "999990019")
        return {"bewaart": seat.seat.bewaart}

    return _drive(url, profile, journey)


def stal(url: str, profile: str, rondes: str) -> dict[str, Any]:
    """The longest time the GUI thread did not come back to its events while a large customer loaded."""

    async def journey(seat: Venster) -> dict[str, Any]:
        from PySide6.QtCore import Qt, QTimer

        await _open(seat, "999990019")  # the tab's code loads once, at the first customer
        longest: list[float] = []
        last = time.perf_counter()
        gap = 0.0

        def on_beat() -> None:
            # What comes every millisecond comes late by exactly as long as the thread was busy.
            nonlocal last, gap
            now = time.perf_counter()
            gap, last = max(gap, now - last), now

        beat = QTimer()
        beat.setTimerType(Qt.TimerType.PreciseTimer)
        beat.setInterval(1)
        beat.timeout.connect(on_beat)
        beat.start()
        for _ in range(int(rondes)):
            await _open(seat, "999990019")
            gap = 0.0
            await _open(seat, "999990020")
            longest.append(gap * 1000)
        beat.stop()
        return {"longest": longest}

    return _drive(url, profile, journey)


def handeling(url: str, profile: str, rondes: str) -> dict[str, Any]:
    """Milliseconds of each daily action, with a customer of 20 contacts and one of 12 at hand."""

    async def journey(seat: Venster) -> dict[str, Any]:
        from kcs_desktop.services.seat import SeatService
        from tests.perf import handelingen

        service = seat.seat
        assert isinstance(service, SeatService)
        klanten = [_reference(bsn) for bsn in ("999990019", "999990032")]
        for klant in klanten:
            await _open(seat, klant.sleutel.bsn)
        return {
            "contact wisselen": await handelingen.switches(seat, klanten, int(rondes)),
            "tabblad openen": await handelingen.tabs(seat, int(rondes)),
            "notitie bewaren": await handelingen.notes(seat, int(rondes), service.contacten.flush),
        }

    return _drive(url, profile, journey, *_versatile())


def uit_cache(url: str, profile: str, rondes: str, *bsns: str) -> dict[str, Any]:
    """Milliseconds until a customer from the encrypted store is known, and until it is painted; once per customer."""

    async def journey(seat: Venster) -> dict[str, Any]:
        from kcs_desktop.services.seat import SeatService
        from tests.perf import handelingen

        service = seat.seat
        assert isinstance(service, SeatService)
        for bsn in bsns:
            await _open(seat, bsn)
        known: list[float] = []
        painted: list[float] = []
        for bsn in bsns * int(rondes):
            klant = _reference(bsn)
            await service.klanten.end()  # nothing in memory: it must come from the store
            start = time.perf_counter()
            async for beeld in service.klanten.open(klant):
                known.append((time.perf_counter() - start) * 1000)
                assert beeld.contacten, "not from the store"
                break
            await service.klanten.end()
            assert seat.frame.run("klant.recent")

            def stands(klant: Klantverwijzing = klant) -> bool:
                shown = handelingen.klanttab(seat).presenter.beeld
                return shown is not None and shown.sleutel.bsn == klant.sleutel.bsn and bool(shown.contacten)

            painted.append(await handelingen.timed(seat, partial(seat.frame.open_klant, klant), stands))
            await handelingen.settle(seat)
        return {"bekend": known, "geschilderd": painted}

    return _drive(url, profile, journey)


def zaken_lijst(url: str, profile: str, steps: str) -> dict[str, Any]:
    """Milliseconds of each scrolled step of a long list of zaken, of its first page, of pages far down, and of searches
    for a part of a number that no, one and many zaken have."""

    async def journey(seat: Venster) -> dict[str, Any]:
        import asyncio
        import random

        from plugins.zaken.view import ZakenTab
        from plugins.zaken.vraag import Filters

        assert seat.frame.run("zaken.zoeken")
        tab = seat.frame.tabs.loaded["zaken"]
        assert isinstance(tab, ZakenTab)
        page = tab.show_zaken()
        lang, bladen = page.lijst.lang, page.presenter.bladen
        start = time.perf_counter()
        page.lijst.fill("", Filters(van="1-1-2000"))
        page.lijst.gezocht.emit()
        await seat.until(lambda: lang.isVisible() and lang.rows.rowCount() > 0, "the list", 120)
        eerste, totaal = (time.perf_counter() - start) * 1000, lang.rows.rowCount()
        bar, dice = lang.verticalScrollBar(), random.Random(7)
        scroll: list[float] = []
        diep: list[float] = []
        for step in range(int(steps)):
            if step % 50 == 49:
                place = dice.randrange(totaal)
                start = time.perf_counter()
                bar.setValue(place * lang.row_height)
                await seat.until(partial(bladen.regel, min(place + 1, totaal - 1)), "a page far down", 60)
                diep.append((time.perf_counter() - start) * 1000)
            start = time.perf_counter()
            bar.setValue(bar.value() + 3 * lang.row_height)
            lang.viewport().repaint()
            longest = time.perf_counter() - start
            for _ in range(8):
                start = time.perf_counter()
                await asyncio.sleep(0)
                longest = max(longest, time.perf_counter() - start)
            scroll.append(longest * 1000)
        nummers = {}
        for wat, nummer in (("geen", "Z-00000X"), ("een", "Z-000777777"), ("veel", "Z-0007")):
            start = time.perf_counter()
            page.lijst.fill(nummer, Filters())
            page.lijst.gezocht.emit()
            await seat.until(partial(_shows_number, page.presenter, nummer), nummer, 60)
            nummers[wat] = (time.perf_counter() - start) * 1000
        return {"scroll": scroll, "eerste": eerste, "diep": diep, "totaal": totaal, "nummers": nummers}

    return _drive(url, profile, journey)


def _shows_number(presenter: ZakenPresenter, nummer: str) -> bool:
    """Whether the list holds what was found of this number."""
    return presenter.vraag is not None and presenter.vraag.nummer == nummer


def geheugen(url: str, profile: str) -> dict[str, Any]:
    """Proportional set size with frame and Klant tab, a large customer on screen, in MB."""

    async def journey(seat: Venster) -> dict[str, Any]:
        await _open(seat, "999990019")
        await _open(seat, "999990020")
        import gc

        gc.collect()
        return {"pss": _pss()}

    return _drive(url, profile, journey)


def geheugen_tabs(url: str, profile: str) -> dict[str, Any]:
    """The same with every tab opened, every page of the Zaken tab, a zaak and the form of a new one."""

    async def journey(seat: Venster) -> dict[str, Any]:
        import asyncio

        from plugins.zaken.view import ZakenTab

        await _open(seat, "999990019")
        await _open(seat, "999990020")
        for manifest in seat.frame.manifests:
            seat.frame.open_tab(manifest.id)
            await seat.until(partial(_is_open, seat, manifest.id), manifest.id)
        tab = seat.frame.tabs.loaded["zaken"]
        assert isinstance(tab, ZakenTab)
        seat.frame.open_tab("zaken")
        making = tab.show_making()
        assert making is not None
        assert None not in (tab.show_notes(), tab.show_eformulieren()), "a page that this role has not"
        await seat.seat.zaakaanmaken.refresh()
        making.start("melding-openbare-ruimte")
        shown = making.formulier.kop.nummer
        await seat.until(lambda: shown.text().startswith("Z"), "the number of a new zaak")
        zaken = tab.show_zaken()
        zaken.show_klant(_reference("999990020"))
        await seat.until(lambda: bool(zaken.presenter.regels), "zaken of the customer")
        zaken.show_zaak(zaken.presenter.regels[0].verwijzing)
        await seat.until(lambda: zaken.presenter.beeld is not None, "a zaak")
        await asyncio.sleep(1)  # painted
        import gc

        gc.collect()
        return {"pss": _pss(), "tabs": sorted(seat.frame.tabs.loaded)}

    return _drive(url, profile, journey, *_versatile())


def zaak_aanmaken(url: str, profile: str, rondes: str, zaaktype: str, product: str) -> dict[str, Any]:
    """Milliseconds from a chosen zaaktype to its number, painted, and from Enter until all is painted and idle."""

    async def journey(seat: Venster) -> dict[str, Any]:
        from plugins.zaken.view import ZakenTab
        from tests.perf import aanmaken

        await _open(seat, "999990032")
        seat.frame.open_tab("zaken")
        tab = seat.frame.tabs.loaded["zaken"]
        assert isinstance(tab, ZakenTab)
        page = tab.show_making()
        assert page is not None
        return await aanmaken.zaken(seat, page, _reference("999990032"), zaaktype, product, int(rondes))

    return _drive(url, profile, journey)


def _is_open(seat: Venster, id_: str) -> bool:
    return seat.frame.tabs.current == id_ and id_ in seat.frame.tabs.loaded


def _pss() -> float:
    rollup = Path("/proc/self/smaps_rollup").read_text("ascii")
    pss = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
    return int(pss.split()[1]) / 1024


def _painted(app: QApplication, window: QWidget) -> float:
    """The clock after the first whole paint of the window."""
    for _ in range(3):
        app.processEvents()
    assert window.isVisible()
    return time.monotonic()


def _reference(bsn: str) -> Klantverwijzing:
    from kcs_desktop.sdk import KlantSleutel, Klantverwijzing, SoortKlant

    return Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn=bsn), "Klant")


def _versatile() -> tuple[str, ...]:
    from tests.perf.opstelling import VEELZIJDIG

    return VEELZIJDIG


def _drive(url: str, profile: str, journey: Any, account: str = "snelbalie", *rollen: str) -> dict[str, Any]:
    """Play `journey` in the real window; without `rollen` in the role that is named like the account."""
    from PySide6.QtWidgets import QApplication

    from tests.harness.venster import play

    result: dict[str, Any] = {}

    async def act(stage: Stage) -> None:
        seat = await stage.open(url, Path(profile))
        seat.window.resize(*BIG)
        await seat.sign_in(account, "balie-1", *(rollen or (account,)))
        result.update(await journey(seat))

    play(QApplication(["kcs-desktop"]), act, patience=400)
    return result


async def _open(seat: Venster, bsn: str) -> None:
    """Open by BSN, as a chosen hit does; until the whole picture is painted."""
    import asyncio

    from kcs_desktop.sdk import Bronstand
    from plugins.klant.view import KlantTab

    seat.frame.open_klant(_reference(bsn))
    tab = seat.frame.tabs.loaded["klant"]
    assert isinstance(tab, KlantTab)

    def stands() -> bool:
        beeld = tab.presenter.beeld
        if beeld is None or beeld.sleutel.bsn != bsn or not beeld.contacten:
            return False
        return all(beeld.bron(naam).stand is Bronstand.KLAAR for naam in ("brp", "klantinteracties"))

    await seat.until(stands, "the picture")
    for _ in range(30):  # the parts are painted one per turn
        await asyncio.sleep(0.01)


KINDS: dict[str, Callable[..., dict[str, Any]]] = {
    "kaal": kaal,
    "frame": frame,
    "vul": vul,
    "stal": stal,
    "geheugen": geheugen,
    "geheugen_tabs": geheugen_tabs,
    "handeling": handeling,
    "uit_cache": uit_cache,
    "zaken_lijst": zaken_lijst,
    "zaak_aanmaken": zaak_aanmaken,
}

if __name__ == "__main__":
    what, *arguments = sys.argv[1:]
    if what not in KINDS:
        from tests.perf.zoekend import KINDS as OF_SEARCH

        KINDS |= OF_SEARCH
    print(json.dumps(KINDS[what](*arguments)))
