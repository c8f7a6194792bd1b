"""Who else is at a customer: joins while it is in sight, or its contact is, and says it in words. Qt-free."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kcs_desktop.sdk import Bezigheid, KlantSleutel, Klantverwijzing, Meekijker, Seat, Watch, is_same, one_line

_MEESTE = 2  # names in one sentence; the rest is counted
_NAAM = 40


class Gezelschap:
    """`text` is what is said of it; `on_change` is called when it differs."""

    def __init__(self, seat: Seat, on_change: Callable[[], None]) -> None:
        self.text = ""
        self._seat = seat
        self._on_change = on_change
        self._klant: Klantverwijzing | None = None
        self._in_sight = False
        self._watch: Watch | None = None
        self._disconnect = seat.meekijkers.changed.connect(self._on_changed)

    def at(self, klant: Klantverwijzing | None) -> None:
        """This customer is shown, or (None) nobody. The same one with more keys is told anew."""
        if klant == self._klant:
            return
        self._klant = klant
        self._follow()

    def set_in_sight(self, *, in_sight: bool) -> None:
        """Whether somebody can look at it: not under a lock, and not in a tab that is not on top."""
        if in_sight != self._in_sight:
            self._in_sight = in_sight
            self._follow()

    def typing(self) -> None:
        """Something is typed in a form of this customer."""
        if self._klant is not None and self._watch is not None:
            self._seat.meekijkers.typing(self._klant)

    def close(self) -> None:
        self._disconnect()
        self._klant = None
        self._follow()

    def _follow(self) -> None:
        # Joined anew before it is let go: a customer that only gained a key is not left for a moment.
        before, self._watch = self._watch, None
        if self._klant is not None and self._in_sight:
            self._watch = self._seat.meekijkers.join(self._klant)
        if before is not None:
            before.close()
        self._say()

    def _on_changed(self, sleutel: KlantSleutel) -> None:
        if self._klant is not None and is_same(self._klant.sleutel, sleutel):
            self._say()

    def _say(self) -> None:
        wie = self._seat.meekijkers.of(self._klant) if self._klant is not None and self._watch is not None else ()
        text = company(wie)
        if text != self.text:
            self.text = text
            self._on_change()


def company(meekijkers: Sequence[Meekijker]) -> str:
    """One line; who types comes first, because that is when two employees do the same work."""
    typing = [wie.naam for wie in meekijkers if wie.bezigheid is Bezigheid.TYPT]
    looking = [wie.naam for wie in meekijkers if wie.bezigheid is not Bezigheid.TYPT]
    parts = []
    if typing:
        parts.append(f"{_names(typing)} {'is' if len(typing) == 1 else 'zijn'} aan het typen")
    if looking:
        parts.append(f"{_names(looking)} {'kijkt' if len(looking) == 1 else 'kijken'} mee")
    return ", ".join(parts)


def _names(namen: list[str]) -> str:
    shown = [one_line(naam, _NAAM) for naam in namen]
    if len(shown) > _MEESTE:
        rest = len(shown) - 1
        return f"{shown[0]} en {rest} collega’s"
    return " en ".join(shown)
