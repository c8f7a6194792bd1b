"""Which zaken somebody may see or change: by vertrouwelijkheidaanduiding, and by zaaktype where that is narrowed.

The functie `zaken` says whether somebody works with zaken at all; this says with which. Per role there is a highest
aanduiding and, optionally, the zaaktypen by identificatie; whoever signed in with several roles has them all together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum

import msgspec

from kcs_desktop.domain.errors import InvalidInput


class Vertrouwelijkheid(IntEnum):
    """The aanduidingen of the standard, from open to closed."""

    openbaar = 1
    beperkt_openbaar = 2
    intern = 3
    zaakvertrouwelijk = 4
    vertrouwelijk = 5
    confidentieel = 6
    geheim = 7
    zeer_geheim = 8


AANDUIDINGEN = tuple(Vertrouwelijkheid.__members__)
TOEPASSING = "toepassing"  # stands for a role with applications, whose own token says what they may do
_ANDERS = "*"  # every role that is not named


class Zaakrecht(msgspec.Struct, frozen=True):
    """Zaken up to and including `hoogste`; only of these zaaktypen, where any are named."""

    hoogste: Vertrouwelijkheid
    zaaktypen: frozenset[str] = frozenset()

    def mag(self, zaaktype: str, aanduiding: str) -> bool:
        """An aanduiding that the standard does not know is nobody's."""
        known = Vertrouwelijkheid.__members__.get(aanduiding)
        return known is not None and known <= self.hoogste and (not self.zaaktypen or zaaktype in self.zaaktypen)

    @property
    def aanduidingen(self) -> tuple[str, ...]:
        """Every aanduiding that this reaches to."""
        return AANDUIDINGEN[: self.hoogste]


Zaakrechten = frozenset[Zaakrecht]  # of one sign-in: what any of them allows, is allowed


def mag_zaak(rechten: Zaakrechten, zaaktype: str, aanduiding: str) -> bool:
    """Whether a zaak of this zaaktype (its identificatie) with this aanduiding may be seen and changed."""
    return any(recht.mag(zaaktype, aanduiding) for recht in rechten)


def most_closed(one: str, other: str) -> str:
    """Of two aanduidingen the one that fewer see; one that the standard does not know is nobody's."""
    return max(one, other, key=lambda al: Vertrouwelijkheid.__members__.get(al, len(AANDUIDINGEN) + 1))


def reaches_all(rechten: Zaakrechten) -> bool:
    """Whether one of these reaches to every zaak there is."""
    return any(recht.hoogste == len(AANDUIDINGEN) and not recht.zaaktypen for recht in rechten)


def reaching(rechten: Zaakrechten, aanduiding: str) -> Zaakrechten:
    """Those of them that reach to this aanduiding."""
    return frozenset(recht for recht in rechten if aanduiding in recht.aanduidingen)


class Zaakrechtentabel(msgspec.Struct, frozen=True):
    """What each role may; `anders` is for every role that is not named."""

    per_rol: Mapping[str, Zaakrechten]
    anders: Zaakrechten

    def van(self, rollen: Iterable[str]) -> Zaakrechten:
        """Of all these roles together; without a role nothing."""
        return frozenset(recht for rol in rollen for recht in self.per_rol.get(rol, self.anders))


STANDAARD = Zaakrechtentabel(
    {TOEPASSING: frozenset({Zaakrecht(Vertrouwelijkheid.zeer_geheim)})},
    frozenset({Zaakrecht(Vertrouwelijkheid.zaakvertrouwelijk)}),
)


def parse_zaakrechten(text: str) -> Zaakrechtentabel:
    """From `tweedelijn=vertrouwelijk; receptie=openbaar:uittreksel-brp,verhuizing; *=zaakvertrouwelijk`.

    What is not named keeps its default. Raises InvalidInput naming the part that is wrong.
    """
    per_rol: dict[str, Zaakrechten] = {}
    for part in filter(None, (one.strip() for one in text.split(";"))):
        rol, equals, given = (one.strip() for one in part.partition("="))
        hoogste, _, zaaktypen = (one.strip() for one in given.partition(":"))
        known = Vertrouwelijkheid.__members__.get(hoogste)
        if not rol or not equals or known is None:
            raise InvalidInput(
                f"In `{part}` staat geen rol met een aanduiding; kies uit {', '.join(AANDUIDINGEN)}.",
                field="zaakrechten",
            )
        recht = Zaakrecht(known, frozenset(filter(None, (one.strip() for one in zaaktypen.split(",")))))
        per_rol[rol] = per_rol.get(rol, frozenset()) | {recht}
    anders = per_rol.pop(_ANDERS, STANDAARD.anders)
    return Zaakrechtentabel({**STANDAARD.per_rol, **per_rol}, anders)
