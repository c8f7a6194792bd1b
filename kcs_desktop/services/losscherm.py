"""What stands on screen without a contact, per place, and which of it may be written over what the store holds.

How a place stands says nothing against what was typed there before. So where the store may hold typed text that this
sign-in never saw (its file cannot be used now, or the row does not parse), only what was typed since replaces it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from kcs_desktop.cache.werkbestand import LOS, Werkbestand
from kcs_desktop.domain.schermtoestand import Getypt, typed_in


class Bewaard(NamedTuple):
    """What the store holds; `onleesbaar` are places that do not parse, `may_hold_more`: its file cannot be used now."""

    standen: Mapping[str, str]
    onleesbaar: Collection[str]
    may_hold_more: bool


def read(werk: Werkbestand) -> Bewaard:
    """On the thread of the store."""
    onleesbaar = {al.id.removeprefix(LOS) for al in werk.unreadable_typed()}
    return Bewaard(werk.loose_screen(), onleesbaar, werk.bestand.may_hold_more)


class LosScherm:
    """Of one employee at a time."""

    def __init__(self) -> None:
        self._standen: dict[str, str] = {}  # "" where it stands no more
        self._bewaard = Bewaard({}, (), may_hold_more=False)
        self._seen: set[str] = set()  # the places of which the typed text was on screen in this sign-in

    def begin(self, bewaard: Bewaard) -> None:
        self._bewaard, self._standen, self._seen = bewaard, dict(bewaard.standen), _typed_places(bewaard.standen)

    def take_in(self, bewaard: Bewaard) -> Collection[str]:
        """The store holds its file again: what was typed there stands, unless something was typed since. The places
        that must be written."""
        self._seen |= _typed_places(self._standen)
        terug = _typed_places(bewaard.standen) - self._seen
        nu = {plek: stand for plek, stand in self._standen.items() if plek not in terug}
        self._bewaard, self._standen = bewaard, {**bewaard.standen, **nu}
        self._seen |= terug
        return nu.keys()

    def end(self) -> None:
        self.begin(Bewaard({}, (), may_hold_more=False))

    def remember(self, plek: str, stand: str) -> bool:
        """Whether it is another than before."""
        if self._standen.get(plek, "") == stand:
            return False
        self._standen[plek] = stand
        return True

    def at(self, plek: str) -> str:
        return self._standen.get(plek, "")

    def under(self, begin: str) -> Mapping[str, str]:
        """Where the place begins so, and something stands there."""
        return {plek: stand for plek, stand in self._standen.items() if plek.startswith(begin) and stand}

    @property
    def typed(self) -> Sequence[Getypt]:
        return typed_in(self._standen)

    def to_write(self, plekken: Collection[str]) -> Mapping[str, str]:
        """Of these places what may go into the store."""
        standen = {plek: stand for plek, stand in self._standen.items() if plek in plekken}
        self._seen |= _typed_places(standen)
        return {plek: stand for plek, stand in standen.items() if plek in self._seen or not self._may_hide(plek)}

    def _may_hide(self, plek: str) -> bool:
        """Whether the store may hold text of this place that nobody saw."""
        return self._bewaard.may_hold_more or plek in self._bewaard.onleesbaar


def _typed_places(standen: Mapping[str, str]) -> set[str]:
    return {plek for plek, stand in standen.items() if typed_in({plek: stand})}
