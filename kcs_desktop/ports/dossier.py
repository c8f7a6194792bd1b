"""The documents of a zaak: adding them, whatever the connection does, and looking at them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, Protocol

from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.toevoeging import Toevoeging
from kcs_desktop.domain.voorbeeld import Blad
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.domain.zaakbeeld import Zaakdocument
from kcs_desktop.domain.zaaktype import Documenttype

Voortgang = Callable[[int, int], object]  # bytes so far, and in all (0 where that is not known)


class Voorbeeld(Protocol):
    """A document that was opened to be looked at: pages to be drawn, or text. `close` must be called."""

    @property
    def bladen(self) -> int:
        """0 where it is text."""
        ...

    @property
    def tekst(self) -> str: ...

    @property
    def is_afgekapt(self) -> bool:
        """Whether there is more text than is shown."""
        ...

    async def page(self, blad: int, breedte: int) -> Blad:
        """Page `blad`, from 0, about `breedte` pixels wide. Raises UserError where it cannot be drawn."""
        ...

    async def close(self) -> None: ...


class Dossier(Protocol):
    """A zaak that is still to be made is given by its draft: `Zaakverwijzing("", "", opdracht=concept.id)`. What is
    chosen for it goes with the draft, and is linked once the zaak is made, without `confirm`.
    """

    changed: Signal[Toevoeging]

    def may_add(self, zaak: Zaakverwijzing) -> bool:
        """Whether this role may add documents to it. With a new zaak go documents of whoever may start one."""
        ...

    def of(self, zaak: Zaakverwijzing) -> Sequence[Toevoeging]:
        """What is on its way to this zaak, or just arrived, in the order it was chosen."""
        ...

    @property
    def waiting(self) -> Sequence[Toevoeging]:
        """What is lost when nothing of it was kept: on its way or failed, of every zaak."""

    async def export(self, path: Path) -> Sequence[str]:
        """Write the content of those beside the export at `path`, where it stands here only; the names of the files.
        Raises UserError where one could not be written; the others are."""
        ...

    def failed(self) -> Sequence[Toevoeging]:
        """What could not be sent or has a virus, of every zaak that is made, and waits for the employee. What failed
        with its command stands in the outbox."""
        ...

    async def types(self, zaaktype_url: str) -> Sequence[Documenttype]:
        """The kinds of document of a zaaktype, those that come in first."""
        ...

    async def add(
        self, zaak: Zaakverwijzing, bron: Path | bytes, naam: str = "", *, soorten: Sequence[Documenttype] = ()
    ) -> Toevoeging:
        """Take a file, or content without one; it is sent from now on, and belongs to the zaak after `confirm`.

        Title, kind and confidentiality are proposed, the last two from `soorten` where the name speaks of one. Raises
        UserError for what cannot be taken: a program, an empty or unreadable file, one that changes meanwhile.
        """
        ...

    def change(self, toevoeging: str, **velden: Any) -> Toevoeging:
        """Replace titel, informatieobjecttype, vertrouwelijkheidaanduiding, beschrijving or ontvangstdatum."""
        ...

    def confirm(self, toevoegingen: Collection[str]) -> None:
        """These belong to their zaak: each is linked as soon as the backend has it. Raises InvalidInput where a title
        or kind is missing; none is confirmed then."""
        ...

    def retry(self, toevoeging: str) -> None:
        """Try one that failed once more, from the start; one whose command was set apart by the same command."""
        ...

    def cancel(self, toevoeging: str) -> None:
        """Let go of one that is not linked yet, or of what is left of one that ended."""
        ...

    def cancel_all(self, zaak: Zaakverwijzing) -> None:
        """Let go of everything that is on its way to this zaak."""
        ...

    async def open(self, document: Zaakdocument, progress: Voortgang = ...) -> Voorbeeld:
        """Fetch a document to look at. Raises UserError, in words for the employee, for a kind that is not shown
        inside: what can do something when it is opened never is."""
        ...

    async def save(self, document: Zaakdocument, path: Path, progress: Voortgang = ...) -> None:
        """Fetch a document into a file, whole or not at all; cancelling leaves nothing behind."""
        ...
