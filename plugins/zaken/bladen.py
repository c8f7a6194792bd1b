"""The pages of a long list of zaken: which are there, which are under way, which must be asked for. Qt-free.

A page is asked when a row of it is shown; of those that were read only the last used stay.
"""

from __future__ import annotations

from collections import OrderedDict

from kcs_desktop.sdk import PAGE_ROWS, Zaakpagina, Zaakregel

MOST = 24  # pages kept: some six thousand rows
AT_ONCE = 3  # pages asked for together; who drags the bar passes most of them by


def places_of(nummer: int) -> tuple[int, int]:
    """The first and last place of a page."""
    begin = (nummer - 1) * PAGE_ROWS
    return begin, begin + PAGE_ROWS - 1


class Bladen:
    """`wanted` are the pages to ask for next, those that were shown last first."""

    def __init__(self) -> None:
        self.totaal = 0  # known so far: a register may count only so far, and the list then grows while it is read
        self.is_geteld = True  # no more than `totaal`
        self.mislukt: set[int] = set()  # not asked again by itself
        self.ontbreekt: tuple[str, ...] = ()  # sources that did not answer, where the list is of several
        self._gelezen: OrderedDict[int, tuple[Zaakregel, ...]] = OrderedDict()
        self._typen: dict[int, frozenset[str]] = {}  # by page
        self._gevraagd: list[int] = []

    def begin(self, pagina: Zaakpagina) -> None:
        """The first page of another list."""
        self._gelezen.clear()
        self._typen.clear()
        self._gevraagd.clear()
        self.mislukt.clear()
        self._keep(1, pagina)
        self.totaal = max(pagina.totaal, len(pagina.regels))
        self.is_geteld, self.ontbreekt = True, ()
        self._count(1, pagina)

    def regel(self, place: int) -> Zaakregel | None:
        """The row at this place, from 0; None while its page is not there, which is then asked for."""
        nummer, plek = divmod(place, PAGE_ROWS)
        nummer += 1
        regels = self._gelezen.get(nummer)
        if regels is None:
            if nummer not in self.mislukt:
                if nummer in self._gevraagd:
                    self._gevraagd.remove(nummer)
                self._gevraagd.append(nummer)
            return None
        self._gelezen.move_to_end(nummer)
        return regels[plek] if plek < len(regels) else None

    def has_failed(self, place: int) -> bool:
        """Whether the page of this place was asked and did not come."""
        return place // PAGE_ROWS + 1 in self.mislukt

    def take_wanted(self) -> int | None:
        """The page that was shown last of those that are not there; None when none is wanted."""
        del self._gevraagd[:-AT_ONCE]
        return self._gevraagd.pop() if self._gevraagd else None

    def put(self, nummer: int, pagina: Zaakpagina) -> tuple[int, int]:
        """Keep a page; the first and last place that it holds."""
        self._keep(nummer, pagina)
        self.mislukt.discard(nummer)
        while len(self._gelezen) > MOST:
            del self._typen[self._gelezen.popitem(last=False)[0]]
        self._count(nummer, pagina)
        return places_of(nummer)

    def _keep(self, nummer: int, pagina: Zaakpagina) -> None:
        self._gelezen[nummer] = pagina.regels
        self._typen[nummer] = frozenset(regel.verwijzing.zaaktype for regel in pagina.regels)

    def _count(self, nummer: int, pagina: Zaakpagina) -> None:
        """The last page says how many there are; another one that ends the list says that there are more."""
        eind = (nummer - 1) * PAGE_ROWS + len(pagina.regels)
        self.ontbreekt = tuple(dict.fromkeys((*self.ontbreekt, *pagina.ontbreekt)))
        if pagina.is_laatste and pagina.regels:
            self.totaal, self.is_geteld = eind, True
        elif not pagina.is_laatste and eind >= self.totaal:
            self.totaal = eind + PAGE_ROWS
        if not pagina.is_laatste and pagina.totaal and pagina.totaal % 1000 == 0:
            self.is_geteld = False  # a round count is where the register stopped counting

    @property
    def zaaktypen(self) -> frozenset[str]:
        """Those of the rows that were read and stayed; asked at every key, so not from the rows."""
        return frozenset().union(*self._typen.values())

    def find(self, uuid: str) -> Zaakregel | None:
        """A row that was read, by its zaak."""
        return next((al for regels in self._gelezen.values() for al in regels if al.verwijzing.uuid == uuid), None)
