"""A new zaak: choosing its zaaktype, filling in its form, and having it made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.opdracht import Opdracht
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.zaak import Zaakregel
from kcs_desktop.domain.zaakcatalogus import Zaaktypekeuze, Zaaktypenlijst
from kcs_desktop.domain.zaakconcept import Zaakconcept
from kcs_desktop.domain.zaakformulier import Zaakformulier
from kcs_desktop.domain.zaaktype import Doorverwijzing


class Zaakaanmaken(Protocol):
    """The catalogue is kept at the seat, so choosing and filling in work without a connection too."""

    # A draft: its number or its form came, a field changed, it was sent, refused, made, or cancelled (`concept` has it
    # no more).
    changed: Signal[Zaakconcept]
    catalogus_changed: Signal[Zaaktypenlijst]

    @property
    def may_start(self) -> bool:
        """Whether this role may make zaken at all."""
        ...

    @property
    def catalogus(self) -> Zaaktypenlijst:
        """The zaaktypen that may be started today, from memory."""
        ...

    async def refresh(self) -> None:
        """Read the catalogue anew; a failure is told in `catalogus`, never raised."""
        ...

    def startable(self, zaaktype: str) -> Zaaktypekeuze:
        """The zaaktype, where one may be started today. Raises UserError."""
        ...

    def find(self, tekst: str) -> Sequence[Zaaktypekeuze]:
        """Those in which every word stands, in name, product or trefwoord; best first. All for an empty text."""
        ...

    def for_product(self, product: str) -> Sequence[Zaaktypekeuze]:
        """What a product leads to."""
        ...

    def together_with(self, zaaktype: str) -> Sequence[Zaaktypekeuze]:
        """Others of the same levensgebeurtenis, those with most in common first."""
        ...

    def referral(self, product: str) -> Doorverwijzing | None:
        """Where a product is sent to instead, by the product, its zaaktype or the knip; None where a zaak is made.
        `domain.doorverwijzing.spoken` says what to tell that loket."""
        ...

    # drafts

    @property
    def concepten(self) -> Sequence[Zaakconcept]:
        """Those that are not made yet, oldest first; they survive the window, and the sign-in of this employee."""
        ...

    def concept(self, concept: str) -> Zaakconcept | None: ...

    def start(self, zaaktype: str, *, contact: str = "", product: str = "") -> Zaakconcept:
        """Begin a draft with everything that is known filled in, and reserve its number at once.

        From the contact with this id (its customer, channel, active vraag), or without one. Raises UserError for a
        zaaktype that is not in `catalogus`, or that is referred.
        """
        ...

    def move(self, concept: str, zaaktype: str) -> Zaakconcept:
        """Go on with this draft under another zaaktype: its number and documents stay, each answer goes to the question
        of the same name. Raises as `start`, and UserError once it was sent."""
        ...

    def form(self, concept: str) -> Zaakformulier:
        """What is asked; its `stand` says whether the catalogue is still being read. `changed` tells when it came."""
        ...

    def fill(self, concept: str, veld: str, *waarden: str) -> Zaakconcept:
        """Answer one field by its id; no value empties it. As typed: `12-3-2026` is understood."""
        ...

    def change(self, concept: str, **velden: Any) -> Zaakconcept:
        """Replace other fields: omschrijving, toelichting, startdatum, locatie, documenten, klant, namens."""
        ...

    def problems(self, concept: str) -> Sequence[InvalidInput]:
        """What keeps it from being made, in the order of the form. `field` is "eigenschappen.<id>" for a field of the
        form, else its own name ("omschrijving", "locatie", "documenten.0.titel")."""
        ...

    def duplicates(self, concept: str) -> Sequence[Zaakregel]:
        """Open zaken of this type that were started lately, latest first: of this customer, as far as the picture in
        memory knows them, and at this place, once `look_around` found them."""
        ...

    async def look_around(self, concept: str) -> None:
        """Ask the register what was reported where this draft is; `changed` tells when something came. Without a
        connection nothing is found, and nothing is raised."""
        ...

    def create(self, concept: str) -> Opdracht:
        """Queue it; raises the first of `problems`. The vraag of the contact names the zaak from here, and the zaak
        stands among those of the customer as pending. A second call gives the same command, and sends it again where it
        was set apart.

        Refused: the draft is open again with the reason. Set apart: it stays what was sent. Made: `changed` tells it
        once with its number, which is another than was reserved where somebody had used that one.
        """
        ...

    def cancel(self, concept: str) -> None:
        """Let go of a draft; one that was sent stays."""
        ...

    def undo_cancel(self) -> Zaakconcept | None:
        """The draft that was cancelled last, again."""
        ...
