"""What the Zaken page needs to stand again exactly as it stood, per contact.

One JSON text. A text of another version or a broken one gives the page as it begins, never an error.
"""

from __future__ import annotations

import msgspec

from kcs_desktop.sdk import Klantverwijzing, Zaakverwijzing
from plugins.zaken.vraag import Filters


class Toestand(msgspec.Struct, omit_defaults=True):
    """`zoekt` is what stands in the search field; without it and filters the list holds the zaken of `klant`."""

    klant: Klantverwijzing | None = None
    zaak: Zaakverwijzing | None = None
    zoekt: str = ""
    filters: Filters = Filters()
    schuif: int = 0


def to_text(toestand: Toestand) -> str:
    return msgspec.json.encode(toestand).decode()


def from_text(text: str) -> Toestand:
    try:
        return msgspec.json.decode(text, type=Toestand)
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError):
        return Toestand()
