"""The fake seat's search: recognises as the words say, answers what a test laid ready, source by source."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from kcs_desktop.sdk import Bron, Bronstand, Klantverwijzing, Soortvraag, Treffer, Zoekresultaat, Zoekvraag
from tests.harness.seat_content import TREFFERS


class FakeZoeken:
    """`gate` holds the answers back until set, from the one with the number `gated`; `fouten` names sources that fail,
    with their message. `enige_exacte` is known from answer `exact_from` on."""

    def __init__(self) -> None:
        self.treffers: tuple[Treffer, ...] = TREFFERS
        self.fouten: dict[str, str] = {}
        self.enige_exacte: Klantverwijzing | None = None
        self.exact_from = 4
        self.gated = 1
        self.gate = asyncio.Event()
        self.gate.set()
        self.asked: list[tuple[str, str]] = []
        self.cancelled: list[str] = []

    def recognise(self, text: str) -> Zoekvraag:
        digits = text.replace(" ", "")
        if not digits:
            return Zoekvraag(text, Soortvraag.LEEG)
        if digits.isdecimal() and len(digits) == 10:
            return Zoekvraag(text, Soortvraag.TELEFOONNUMMER, "Telefoonnummer", telefoonnummer=f"+31{digits[1:]}")
        if digits.isdecimal() and len(digits) == 9:
            if digits.endswith("0"):
                return Zoekvraag(text, Soortvraag.BSN, fout="Dit is geen geldig BSN: de controle klopt niet.")
            return Zoekvraag(text, Soortvraag.BSN, "BSN · Enter zoekt in de BRP", is_volledig=True, bsn=digits)
        return Zoekvraag(text, Soortvraag.NAAM, "Naam · Enter zoekt in CRM en KvK", naam=text)

    def while_typing(self, text: str) -> AsyncIterator[Zoekresultaat]:
        return self._answer(text, "typen", ("eigen", "crm"))

    def on_enter(self, text: str) -> AsyncIterator[Zoekresultaat]:
        return self._answer(text, "enter", ("eigen", "crm", "brp", "kvk"))

    def retry(self, text: str, bron: str) -> AsyncIterator[Zoekresultaat]:
        self.fouten.pop(bron, None)
        return self._answer(text, f"opnieuw {bron}", ("eigen", "crm", "brp", "kvk"))

    async def _answer(self, text: str, how: str, sources: tuple[str, ...]) -> AsyncIterator[Zoekresultaat]:
        self.asked.append((how, text))
        vraag = self.recognise(text)
        if vraag.soort is Soortvraag.LEEG or vraag.fout:
            yield Zoekresultaat(vraag)
            return
        try:
            for ready in range(len(sources) + 1):
                if ready == self.gated:
                    await self.gate.wait()
                await asyncio.sleep(0)
                answered = sources[:ready]
                exact = self.enige_exacte if how == "enter" and ready >= self.exact_from else None
                hits = tuple(t for t in self.treffers if t.bron in answered and t.bron not in self.fouten)
                yield Zoekresultaat(vraag, hits, tuple(self._bron(s, answered) for s in sources), exact)
        except asyncio.CancelledError:
            self.cancelled.append(text)
            raise

    def _bron(self, source: str, answered: tuple[str, ...]) -> Bron:
        if source not in answered:
            return Bron(source, Bronstand.LAADT)
        if source in self.fouten:
            return Bron(source, Bronstand.FOUT, self.fouten[source])
        return Bron(source, Bronstand.KLAAR)
