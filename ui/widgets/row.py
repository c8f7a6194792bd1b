"""A row of a list, as data. A row shows; it never decides."""

from __future__ import annotations

import msgspec

from ui.widgets.flag import Toon


class Row(msgspec.Struct, frozen=True):
    """One row. `key` names it across updates; `suffix` stands softly after the title ("Z-2026-004127").

    `right` and `right_below` stand at the right edge; `progress` is (done, total) drawn as segments, the next one
    half; `flags` are (text, tone); `is_kop` makes it a group header that cannot be chosen; `keys` a key hint.
    """

    key: str
    title: str
    subtitle: str = ""
    icon: str = ""
    suffix: str = ""
    right: str = ""
    right_below: str = ""
    progress: tuple[int, int] | None = None
    flags: tuple[tuple[str, Toon], ...] = ()
    tip: str = ""
    keys: str = ""
    is_kop: bool = False
    is_off: bool = False
    tone: str = "tekst_zacht"  # of the icon
    keeps_suffix: bool = False  # where room lacks it goes under the title, whole

    @property
    def spoken(self) -> str:
        """What a screen reader says: everything, in reading order."""
        parts = [self.title, self.suffix, self.subtitle, *(f[0] for f in self.flags), self.right, self.right_below]
        return ", ".join(p for p in parts if p)
