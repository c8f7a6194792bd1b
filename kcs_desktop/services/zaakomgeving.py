"""What was reported at a place already, by whomever: looked up for a draft once it says where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import msgspec

from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.zaken import find_open_of_type
from kcs_desktop.domain.dubbelezaak import BINNEN, same_place
from kcs_desktop.domain.errors import KcsError
from kcs_desktop.domain.zaak import Zaakregel
from kcs_desktop.domain.zaakgegevens import Locatie


class Zaakomgeving:
    """By draft; a place that is another one is looked up anew."""

    def __init__(self, client: Client, doel: Callable[[], Doel]) -> None:
        self._client = client
        self._doel = doel
        self._gevonden: dict[str, tuple[Locatie, Sequence[Zaakregel]]] = {}

    def near(self, concept: str, plaats: Locatie | None) -> Sequence[Zaakregel]:
        """What was found for this place, latest first."""
        waar, zaken = self._gevonden.get(concept, (None, ()))
        return zaken if plaats is not None and waar == _spot(plaats) else ()

    async def look(self, concept: str, zaaktype: str, plaats: Locatie, vandaag: date) -> bool:
        """Whether something new is known. Without an answer nothing is suspected: it keeps nobody from going on."""
        waar = _spot(plaats)
        if concept in self._gevonden and self._gevonden[concept][0] == waar:
            return False
        try:
            zaken = await find_open_of_type(self._client, zaaktype, vandaag - timedelta(days=BINNEN), self._doel())
        except KcsError:
            return False
        self._gevonden[concept] = waar, tuple(regel for regel, daar in zaken if same_place(waar, daar))
        return True

    def forget(self, concept: str) -> None:
        self._gevonden.pop(concept, None)

    def end(self) -> None:
        self._gevonden.clear()


def _spot(plaats: Locatie) -> Locatie:
    """Without the remark on the spot, which makes an address no other one."""
    return msgspec.structs.replace(plaats, toelichting="") if plaats.straat else plaats
