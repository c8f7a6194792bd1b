"""Catalogi upstream. Nobody's data is in it, so looks are not audited.

A zaak is started at the default server, so that only its zaaktypen are listed; what hangs under one zaaktype is asked
of every server, because a zaak that somebody looks at may be of another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kcs_desktop.backend.gateway.zgw import Bron, Regels, soorten_of
from kcs_desktop.backend.standards.catalogi.api import CatalogiApi


class Catalogusregels(Regels):
    naam = "catalogi"
    version = CatalogiApi.version
    looks_are_audited = False

    def __init__(self) -> None:
        self.soorten = soorten_of(CatalogiApi())

    def sources(self, bronnen: Sequence[Bron], asked: Mapping[str, str]) -> Sequence[Bron]:
        return bronnen if any(bronnen[0].server.adresboek.is_ours(value) for value in asked.values()) else bronnen[:1]
