"""Whom a cache held last: the customers its employee opened last, pinned or expects, in a small file beside it.

It survives a damaged cache, so that these customers can be read again, and is erased with the cache. Encrypted under
a key made from the store's own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from kcs_desktop.cache.terzijde import LIJST
from kcs_desktop.domain.bewaartermijnen import Bewaartermijnen
from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing
from kcs_desktop.domain.klantidentiteit import identities, is_same, merged
from kcs_desktop.domain.zitplaats import Moment

_NONCE = 12
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class Genoteerd(msgspec.Struct, frozen=True, omit_defaults=True):
    """One customer and why it is on the list."""

    klant: Klantverwijzing
    geopend_op: Moment | None = None
    vastgezet_op: Moment | None = None
    gepland_op: Moment | None = None


_regels = msgspec.json.Decoder(list[Genoteerd])


class Lijst:
    """Used from the worker thread only. A disk that refuses leaves the file as it was."""

    def __init__(self, cache: Path | None, key: bytes) -> None:
        import hashlib  # loads OpenSSL, which the first paint does not need
        import hmac

        self._path = cache.with_suffix(LIJST) if cache is not None else None
        self._key = hmac.new(key, b"kcs lijst", hashlib.sha256).digest()
        self._written = b""
        self.regels: list[Genoteerd] = []

    def load(self) -> None:
        """What the file says; an empty list where there is none or it cannot be read."""
        self.regels, self._written = [], b""
        if self._path is None:
            return
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        with suppress(OSError, InvalidTag, ValueError, msgspec.DecodeError):
            inhoud = self._path.read_bytes()
            klaar = AESGCM(self._key).decrypt(inhoud[:_NONCE], inhoud[_NONCE:], None)
            self.regels, self._written = _regels.decode(klaar), klaar

    def find(self, sleutel: KlantSleutel) -> Genoteerd | None:
        return next((regel for regel in self.regels if is_same(regel.klant.sleutel, sleutel)), None)

    def note(self, klant: Klantverwijzing, **velden: datetime | None) -> None:
        """Change what is noted of this customer; `save` writes it."""
        if not identities(klant.sleutel):
            return
        oud = self.find(klant.sleutel)
        if oud is None:
            regel = Genoteerd(klant)
        else:
            regel = replace(
                oud, klant=Klantverwijzing(merged(klant.sleutel, oud.klant.sleutel), klant.naam or oud.klant.naam)
            )
            self.regels.remove(oud)
        self.regels.append(replace(regel, **velden))

    def drop(self, nu: datetime, termijnen: Bewaartermijnen, recent: int) -> None:
        """Let go of what is past its term, as the cache does, and of all but the last opened."""
        geopend = sorted((al.geopend_op for al in self.regels if al.geopend_op is not None), reverse=True)[:recent]
        blijft = []
        for regel in self.regels:
            momenten = [al for al in (regel.geopend_op, regel.vastgezet_op) if al is not None]
            vast = regel.vastgezet_op is not None and max(momenten) + termijnen.vastgezet >= nu
            komt = regel.gepland_op is not None and regel.gepland_op + termijnen.gepland >= nu
            op = regel.geopend_op
            is_recent = op is not None and op in geopend and op + termijnen.geopend >= nu
            nieuw = replace(
                regel,
                geopend_op=op if is_recent or vast or komt else None,
                vastgezet_op=regel.vastgezet_op if vast else None,
                gepland_op=regel.gepland_op if komt else None,
            )
            if is_recent or vast or komt:
                blijft.append(nieuw)
        self.regels = blijft

    def pinned(self) -> Sequence[KlantSleutel]:
        return [regel.klant.sleutel for regel in self.regels if regel.vastgezet_op is not None]

    def take(self, regels: Iterable[Genoteerd]) -> None:
        """These know better: what the cache itself still holds."""
        for regel in regels:
            self.regels = [al for al in self.regels if not is_same(al.klant.sleutel, regel.klant.sleutel)]
            self.regels.append(regel)

    def save(self) -> None:
        if self._path is None:
            return
        klaar = msgspec.json.encode(self.regels)
        if klaar == self._written:
            return
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(_NONCE)
        nieuw = self._path.with_name(f"{self._path.name}.nieuw")
        with suppress(OSError):
            greep = os.open(nieuw, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _NO_LINK, 0o600)
            with os.fdopen(greep, "wb") as bestand:
                bestand.write(nonce + AESGCM(self._key).encrypt(nonce, klaar, None))
            nieuw.replace(self._path)
            self._written = klaar

    def clear(self) -> None:
        """The customers were erased, and the file with them."""
        self.regels, self._written = [], b""
